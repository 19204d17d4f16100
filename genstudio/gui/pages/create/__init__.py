"""The Create page: two ends and the line between them, and below it what lies there, large and playing.

``page`` puts it together, ``desk`` is what it holds.
Ends: ``ends`` what one is, ``filling`` how it comes to be, ``ends_bar`` and ``well`` where it stands.
Making: ``asking`` what is asked of the model, ``work`` what runs in the engine, ``making`` what comes of it, ``state`` what can be
undone; ``head``, ``tools`` and ``shaping`` say what is wanted.
Looking: ``stage`` with ``strip`` (the cards) and ``pad`` (the square), ``morphing`` what the line shows, ``hearing`` what is heard
of it, ``marking`` what is kept or replaced.
"""

from __future__ import annotations

from genstudio.gui.pages.create.page import CreatePage

__all__ = ["CreatePage"]
