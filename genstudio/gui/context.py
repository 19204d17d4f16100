"""What the parts of the window share, handed to each; there is no global of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genstudio.gui.items import Item
from genstudio.gui.selection import Selection

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from genstudio.gui.engine import Engine
    from genstudio.gui.jobs import Jobs
    from genstudio.gui.models import Models
    from genstudio.gui.player import Player
    from genstudio.gui.settings import Settings
    from genstudio.gui.shelf import Shelf
    from genstudio.gui.theme import Theme

__all__ = ["Bus", "Context"]


class Bus(QObject):
    """What one part says to all others. A page never calls another page: it says what is wanted, and the window sees to it.

    chosen: what ``selected`` told last, and what sounds.
    """

    selected = Signal(object)  # Item or None: the inspector and the player follow
    play = Signal(object)  # Item: play it from the start (or stop it, when it is playing)
    make_end = Signal(object, str)  # Item, "a" | "b" | "" (the next free one): becomes an end on the Create page
    settle = Signal()  # what is typed and not taken over yet is to be taken over: before something is undone
    ends_changed = Signal(object, object)  # Item or None, twice: what A and B are now on the Create page
    operate = Signal(object, str)  # Item, "vary" | "shape" | "continue" | "sample": opens Create with that tool on the item
    edit = Signal(object)  # Item: opens an editor for it
    edited = Signal(object, object)  # Item, the Item that came of it
    show_on_map = Signal(object)  # Item
    show_collection = Signal(str)  # its name: what it holds, in the library
    learn_from = Signal(list)  # [Item]: a model is to learn from them, on the Train page
    again = Signal(object)  # Item: what its job made is made again, on the Create page
    show_figures = Signal(str)  # folder of a model: what was measured of it
    ask_reading = Signal(str, str)  # path of a file and its domain: what of it is meant is asked, and it becomes an end
    open_files = Signal(list)  # [str]: dropped or opened anywhere
    open_project = Signal(str, bool, str)  # its file, whether only a copy of it is wanted, and the name of that
    go = Signal(str)  # the name of a page
    say = Signal(str)  # a quiet sentence in the status line
    wrote = Signal(str, object)  # the same of files that were written, and the folder that they are in
    trouble = Signal(str, str)  # a sentence, details: shown in place by the window
    models_changed = Signal()
    corpora_changed = Signal(str)  # folder of a corpus that is new or changed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chosen = Selection(self)
        self.ends: tuple[Item | None, Item | None] = (None, None)  # what A and B are on the Create page
        self.train_on = ""  # folder of the corpus that the Train page takes when it comes to the front
        # Before everyone else, so that they see the new ones.
        self.selected.connect(self.chosen.select)
        self.ends_changed.connect(lambda a, b: setattr(self, "ends", (a, b)))

    @property
    def selection(self) -> Item | None:
        """What was selected last."""
        return self.chosen.item


@dataclass(frozen=True)
class Context:
    """Handed to every page.

    engine: work on threads. models: the model that is loaded, and loading others. player: sound. jobs: long work with a place in
    the tray. settings: what is kept between starts. shelf: the library, with undo. theme: colours and the signal that they
    changed. bus: see :class:`Bus`. confirm: asks yes or no (a dialog; replaced in tests).
    undo: changes that can be taken back.
    """

    engine: Engine
    models: Models
    player: Player
    jobs: Jobs
    settings: Settings
    shelf: Shelf
    theme: Theme
    bus: Bus
    confirm: Callable[[str, str], bool]
    undo: QUndoStack
