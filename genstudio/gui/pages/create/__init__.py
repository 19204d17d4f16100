"""The Create page: two ends and the line between them, and below it what lies there, large and playing.

``page`` puts it together, ``desk`` is what it holds, ``keeping`` brings that back.
Ends: ``filling`` how one comes to be, ``ends_bar`` and ``well`` where it stands, ``ways`` what is offered there.
Making: ``making`` what is asked of the model and what comes of it, ``work`` what runs in the engine; ``head``, ``tools`` and
``shaping`` say what is wanted, ``lesson`` what goes here.
Looking: ``stage`` with the cards, ``pad`` the square, ``morphing`` what the line shows and what is heard of it, ``marking`` what is
kept or replaced.
"""

from __future__ import annotations

from genstudio.gui.pages.create.page import CreatePage

__all__ = ["CreatePage"]
