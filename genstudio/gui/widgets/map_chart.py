"""The map with its buttons and the bars of its tools, and what was found on it at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.layouts import beside, stacked
from genstudio.gui.places import Places
from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.views.latent_map import GATHER, PATH, MapView
from genstudio.gui.widgets.map_bars import GatherBar, PathBar
from genstudio.gui.widgets.pieces import PieceView
from genstudio.gui.widgets.rows import ItemModel

__all__ = ["MapChart"]

_LIST = 38 * SPACE  # what was found: as wide as a title needs


class MapChart(QWidget):
    """What is seen where there is a map."""

    def __init__(self, context: Context, places: Places, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView(context.theme, self)
        self.buttons = {name: QToolButton(self.view) for name in ("zoom-in", "zoom-out", "fit")}
        self.controls = QFrame(self.view)
        self.controls.setProperty("kind", "panel")
        stacked(*self.buttons.values(), into=self.controls, margins=2, gap=0)
        self.path_bar, self.gather_bar = PathBar(self), GatherBar(context, self.view, places, self)
        self.path_bar.hide()
        self.gather_bar.hide()
        self.found = ItemModel(context, self)
        self.list = PieceView(context, self)
        self.list.setModel(self.found)
        self.head, self.hint = QLabel(self), QLabel(self)
        self.head.setProperty("kind", "heading")
        self.hint.setProperty("kind", "muted")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.side = QWidget(self)
        stacked(self.head, (self.hint, 1), (self.list, 1), into=self.side, gap=SPACE)
        beside((stacked((self.view, 1), self.path_bar, self.gather_bar, gap=SPACE), 1), self.side, into=self, gap=2 * SPACE)
        self.buttons["zoom-in"].clicked.connect(lambda: self.view.zoom(1.5))
        self.buttons["zoom-out"].clicked.connect(lambda: self.view.zoom(1 / 1.5))
        self.buttons["fit"].clicked.connect(self.view.fit)
        self.found.rowsInserted.connect(self._show_list)
        self.found.modelReset.connect(self._show_list)
        self.view.tool_changed.connect(self._show_bar)
        self.view.installEventFilter(self)
        self._show_list()

    def _show_bar(self, tool: str) -> None:
        self.path_bar.setVisible(tool == PATH)
        self.gather_bar.setVisible(tool == GATHER)

    def _show_list(self) -> None:
        some = bool(self.found.items)
        self.list.setVisible(some)
        self.hint.setVisible(not some)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The same width whether there is a list or a hint: the map shall not move when the first piece is found.
        self.side.setFixedWidth(min(_LIST, max(26 * SPACE, self.width() * 3 // 10)))
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() in (event.Type.Resize, event.Type.Show):
            size = self.controls.sizeHint()
            self.controls.resize(size)
            self.controls.move(self.view.width() - size.width() - 2 * SPACE, self.view.height() - size.height() - 2 * SPACE)
        return super().eventFilter(watched, event)

    def retheme(self, colours: Colours) -> None:
        """Draw the buttons anew."""
        for name, button in self.buttons.items():
            button.setIcon(icon(name, colours))

    def retranslate(self) -> None:
        """Set every string."""
        for name, text in (
            ("zoom-in", self.tr("Zoom in (+)")), ("zoom-out", self.tr("Zoom out (-)")), ("fit", self.tr("Show all (0)")),
        ):  # fmt: skip
            self.buttons[name].setToolTip(text)
            self.buttons[name].setAccessibleName(text)
        self.head.setText(self.tr("Found on the map"))
        self.list.setAccessibleName(self.tr("Pieces found on the map"))
        self.view.setAccessibleName(self.tr("Map of the pieces"))
        self.path_bar.retranslate()
        self.gather_bar.retranslate()
