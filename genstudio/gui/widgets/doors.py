"""The projects on Home: those that were open last, and an example of each kind of data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from genstudio import paths
from genstudio.domains import names
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.folders import recent_projects
from genstudio.gui.icons import icon
from genstudio.gui.layouts import Worded, having, named, new_label, stacked
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.flow import Flow

__all__ = ["Doors", "example_files"]

_HEIGHT, _ICON = 60, 20
_COLUMNS = ((960, 4), (440, 2), (0, 1))  # from these widths on


def example_files() -> dict[str, Path]:
    """The example projects, by the domains of their pieces."""
    folder = paths.resources() / "projects"
    found = {name: folder / f"{name}{SUFFIX}" for name in names()}
    return {name: path for name, path in found.items() if path.is_file()}


class _Door(Worded, QPushButton):
    """A project: its name, and under it what is known of it."""

    def __init__(self, shown: str, words: Callable[[], tuple[str, str, str, str]], parent: QWidget) -> None:
        """``words``: its name, what is known of it, what it is called for a screen reader, and its tip."""
        super().__init__(parent)
        self._words = words
        self.setFixedHeight(_HEIGHT)
        having(self, icon=icon(shown), iconSize=QSize(_ICON, _ICON))
        self.name, self.about = QLabel(self), new_label(self, "caption")
        for label in (self.name, self.about):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        stacked(None, self.name, self.about, None, into=self, margins=(_ICON + 3 * SPACE, 0, SPACE, 0), gap=0)
        self.setProperty("kind", "door")
        self.retranslate()

    def retranslate(self) -> None:
        """Say what it opens."""
        *self._told, called, tip = self._words()
        named(self, called, tip)
        self._shorten()

    def _shorten(self) -> None:
        room = self.width() - _ICON - 4 * SPACE
        for label, text in zip((self.name, self.about), self._told, strict=True):
            label.ensurePolished()
            label.setText(QFontMetrics(label.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()


class Doors(QWidget):
    """Two rows: recent projects, where there are any, and examples."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.heading = new_label(self, "title", lambda: self.tr("Recent projects"))
        below = new_label(self, "title", lambda: self.tr("Example projects"))
        rows = self._row, _ = QWidget(self), QWidget(self)
        self._flow, examples = (Flow(row) for row in rows)
        self._flow.gap = examples.gap = SPACE
        stacked(self.heading, rows[0], 12, below, rows[1], into=self, gap=12)
        self.recent: dict[Path, _Door] = {}
        self.examples: dict[str, _Door] = {}
        for domain, path in example_files().items():
            door = self.examples[domain] = _Door(kinds.icon_of(domain), partial(self._example_words, domain), self)
            door.clicked.connect(lambda _=False, path=path, domain=domain: self._example(path, domain))
            examples.addWidget(door)
        context.settings.changed.connect(lambda name: self.refresh() if name == "projects" else None)
        self.refresh()

    def _example(self, path: Path, domain: str) -> None:
        title = self.tr("Example, {many}").format(many=kinds.many(domain))
        self.context.bus.open_project.emit(str(path), True, title)

    def _example_words(self, domain: str) -> tuple[str, str, str, str]:
        many = kinds.many(domain)
        about = self.tr("Two {many} and what lies between").format(many=many)
        return kinds.label(domain), about, self.tr("Open the example of {many}").format(many=many), about

    def _recent_words(self, path: Path) -> tuple[str, str, str, str]:
        return path.stem, str(path.parent), self.tr("Open the project {name}").format(name=path.stem), str(path)

    def refresh(self) -> None:
        """Show the projects that were open last."""
        files = recent_projects(self.context.settings)
        if files != list(self.recent):
            for door in self.recent.values():
                self._flow.removeWidget(door)
                door.hide()
                door.deleteLater()
            self.recent = {path: _Door("file", partial(self._recent_words, path), self) for path in files}
            for path, door in self.recent.items():
                door.clicked.connect(lambda _=False, path=path: self.context.bus.open_project.emit(str(path), False, ""))
                self._flow.addWidget(door)
            self._fit()
        for widget in (self.heading, self._row):
            widget.setVisible(bool(files))

    def _fit(self) -> None:
        columns = next(columns for least, columns in _COLUMNS if self.width() >= least)
        for door in (*self.recent.values(), *self.examples.values()):
            door.setFixedWidth((self.width() - (columns - 1) * SPACE) // columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
