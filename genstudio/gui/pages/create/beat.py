"""Tapping in a beat that becomes an end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from genstudio.domains import Music
from genstudio.gui.context import Context
from genstudio.gui.editor.draft import begun
from genstudio.gui.editor.notes import NotesDialog
from genstudio.gui.items import Item

__all__ = ["BeatDialog"]


class BeatDialog(NotesDialog):
    """The editor on a beat that is written in it, from nothing or from ``piece``; ``made`` brings it."""

    def __init__(self, context: Context, domain: str, piece: Music | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, Item(piece if piece is not None else begun(domain), domain, ""), parent, new=True)
