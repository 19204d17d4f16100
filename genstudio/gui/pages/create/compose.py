"""Playing or drawing a melody that becomes an end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from genstudio.domains.melody import Melody
from genstudio.gui.context import Context
from genstudio.gui.editor.draft import begun
from genstudio.gui.editor.notes import NotesDialog
from genstudio.gui.items import Item

__all__ = ["ComposeDialog"]


class ComposeDialog(NotesDialog):
    """The editor on a melody that is written in it, from nothing or from ``melody``; ``made`` brings it."""

    def __init__(self, context: Context, melody: Melody | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, Item(melody if melody is not None else begun("melody"), "melody", ""), parent, new=True)
