"""The Create page: ends, tools, the morph slider and what is made.

``page`` puts it together; ``ends`` and ``well`` are the ends, ``tools`` and ``shape`` the settings, ``work`` what runs in the
engine, ``state`` what can be undone, ``morphing`` what the slider shows.
"""

from __future__ import annotations

from genstudio.gui.pages.create.page import CreatePage

__all__ = ["CreatePage"]
