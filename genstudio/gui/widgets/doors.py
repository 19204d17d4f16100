"""The projects on Home: those that were open last, and an example of each kind of data."""

from __future__ import annotations

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
from genstudio.gui.layouts import Worded, stacked
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


class _Door(QPushButton):
    """A project: its name, and under it what is known of it."""

    def __init__(self, shown: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(icon(shown))
        self._told = "", ""
        self.setFixedHeight(_HEIGHT)
        self.setIconSize(QSize(_ICON, _ICON))
        self.name, self.about = QLabel(self), QLabel(self)
        self.about.setProperty("kind", "caption")
        box = stacked(None, into=self, margins=(_ICON + 3 * SPACE, 0, SPACE, 0), gap=0)
        for label in (self.name, self.about):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            box.addWidget(label)
        box.addStretch(1)
        self.setProperty("kind", "door")

    def tell(self, name: str, about: str, called: str, tip: str) -> None:
        """Say what it opens."""
        self._told = name, about
        self.setAccessibleName(called)
        self.setToolTip(tip)
        self._shorten()

    def _shorten(self) -> None:
        room = self.width() - _ICON - 4 * SPACE
        for label, text in zip((self.name, self.about), self._told, strict=True):
            label.ensurePolished()
            label.setText(QFontMetrics(label.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()


class Doors(Worded, QWidget):
    """Two rows: recent projects, where there are any, and examples."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        box = stacked(into=self, gap=12)
        self.headings = QLabel(self), QLabel(self)
        self._rows = QWidget(self), QWidget(self)
        self._flows: list[Flow] = []
        for heading, row in zip(self.headings, self._rows, strict=True):
            heading.setProperty("kind", "title")
            flow = Flow(row)
            flow.gap = SPACE
            self._flows.append(flow)
            box.addWidget(heading)
            box.addWidget(row)
            if row is self._rows[0]:
                box.addSpacing(12)
        self.recent: dict[Path, _Door] = {}
        self.examples: dict[str, _Door] = {}
        for domain, path in example_files().items():
            door = self.examples[domain] = _Door(kinds.icon_of(domain), self)
            door.clicked.connect(lambda _=False, path=path, domain=domain: self._example(path, domain))
            self._flows[1].addWidget(door)
        context.settings.changed.connect(lambda name: self.refresh() if name == "projects" else None)
        self.refresh()

    def _example(self, path: Path, domain: str) -> None:
        title = self.tr("Example, {many}").format(many=kinds.many(domain))
        self.context.bus.open_project.emit(str(path), True, title)

    def refresh(self) -> None:
        """Show the projects that were open last."""
        files = recent_projects(self.context.settings)
        if files != list(self.recent):
            for door in self.recent.values():
                self._flows[0].removeWidget(door)
                door.hide()
                door.deleteLater()
            self.recent = {path: _Door("file", self) for path in files}
            for path, door in self.recent.items():
                door.clicked.connect(lambda _=False, path=path: self.context.bus.open_project.emit(str(path), False, ""))
                self._flows[0].addWidget(door)
            self._fit()
        self.headings[0].setVisible(bool(files))
        self._rows[0].setVisible(bool(files))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every string."""
        self.headings[0].setText(self.tr("Recent projects"))
        self.headings[1].setText(self.tr("Example projects"))
        for path, door in self.recent.items():
            called = self.tr("Open the project {name}").format(name=path.stem)
            door.tell(path.stem, str(path.parent), called, str(path))
        for domain, door in self.examples.items():
            label, many = kinds.label(domain), kinds.many(domain)
            about = self.tr("Two {many} and what lies between").format(many=many)
            door.tell(label, about, self.tr("Open the example of {many}").format(many=many), about)

    def _fit(self) -> None:
        columns = next(columns for least, columns in _COLUMNS if self.width() >= least)
        for door in (*self.recent.values(), *self.examples.values()):
            door.setFixedWidth((self.width() - (columns - 1) * SPACE) // columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
