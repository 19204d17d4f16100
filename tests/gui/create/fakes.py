"""A context for the widgets and the page of Create: a real engine, theme, settings and bus; a player and a shelf that remember."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from genstudio.domains.melody import DOMAIN, Melody, Note
from genstudio.gui.context import Bus, Context
from genstudio.gui.editor.draft import begun
from genstudio.gui.editor.notes import NotesDialog
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item, items_of
from genstudio.gui.mixers import Mixers
from genstudio.gui.models import Models
from genstudio.gui.project import archive
from genstudio.gui.settings import Settings
from genstudio.gui.theme import LIGHT, Colours, Theme

STEPS = 5


class FakeLive:
    """Remembers the keys that were touched: the instrument, pitch and velocity."""

    def __init__(self) -> None:
        self.touched: list[tuple[Any, int, int]] = []

    def touch(self, voice: Any, pitch: int, velocity: int = 80) -> None:
        self.touched.append((voice, pitch, velocity))


class FakePlayer(QObject):
    started = Signal(object)
    paused = Signal()
    ended = Signal()
    moved = Signal(float)
    changed = Signal()
    unavailable = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.mixers = Mixers(settings, self)
        self.live = FakeLive()
        self.item: Item | None = None
        self.items: list[Item] = []
        self.playing = self.preparing = self.loops = False
        self.loop_span: tuple[float, float] | None = None
        self.selected: list[Item] = []
        self.position = 0.0
        self.reason = ""

    def set_items(self, items: list[Item]) -> None:
        self.items = items

    def play(self, item: Item, at: float = 0.0) -> None:
        self.item, self.playing = item, True
        self.started.emit(item)

    def select(self, item: Item) -> None:
        self.selected.append(item)

    def repeat(self) -> None:
        self.loops = True

    def stop(self) -> None:
        self.playing = False
        self.ended.emit()


class FakeShelf(QObject):
    changed = Signal()
    kept = Signal(object)
    unkept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Item] = []
        self.recorded: list[Any] = []

    def keep(self, item: Item) -> None:
        self.held.append(item)
        self.kept.emit(item)
        self.changed.emit()

    def unkeep(self, item: Item) -> None:
        self.held.remove(item)
        self.unkept.emit(item)
        self.changed.emit()

    def is_kept(self, item: Item) -> bool:
        return item in self.held

    def toggle(self, item: Item) -> None:
        (self.unkeep if self.is_kept(item) else self.keep)(item)

    def record(self, pieces: Any) -> None:
        self.recorded.append(pieces)

    def again(self, job: Any, models: Any, done: Any) -> None:
        self.asked = job
        done(items_of(models.current.again(job)))


def through_a_file(state: Any) -> Any:
    """A state as it comes back from the file of a project."""
    files = archive.pack(archive.Project(states={"create": state}))
    return archive.unpack(files, "test.genstudio").states["create"]


def make_context(folder: Path, colours: Colours = LIGHT) -> Context:
    """All that Create needs. Ways have ``STEPS`` steps."""
    engine = Engine()
    settings = Settings(folder / "studio.json")
    settings["steps"] = STEPS
    context = Context(
        engine=engine,
        models=Models(engine),
        player=FakePlayer(settings),  # type: ignore[arg-type]
        jobs=QObject(),  # type: ignore[arg-type]
        settings=settings,
        shelf=FakeShelf(),  # type: ignore[arg-type]
        theme=Theme(colours),
        bus=Bus(),
        confirm=lambda title, question: True,
        undo=QUndoStack(),
    )
    context.bus.play.connect(context.player.play)
    return context


def melody(pitches: list[int], title: str = "A tune", step: int = 240) -> Melody:
    """Notes of one length in 4/4."""
    notes = tuple(Note(index * step, (index + 1) * step, pitch) for index, pitch in enumerate(pitches))
    whole = -(-len(pitches) * step // 1920) * 1920
    return Melody(notes=notes, length=whole, title=title, tonic=60, key="C major")


def item(pitches: list[int] | None = None, title: str = "A tune", **more: Any) -> Item:
    """An item of :func:`melody`."""
    return Item(melody(pitches or [60, 62, 64, 65, 67, 69, 71, 72], title), DOMAIN.name, title, **more)


def writing(context: Context, domain: str, piece: Any = None) -> NotesDialog:
    """The editor on a piece that is written in it, from nothing or from ``piece``."""
    return NotesDialog(context, Item(piece or begun(domain), domain, ""), new=True)
