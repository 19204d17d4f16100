"""The mixer of a score: a row for each part with its instrument, its level and whether it is heard; and the legend of the parts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSlider, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.instruments import families, instrument_name, kit_name, kits
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, having, named
from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.views.colours import ink, smooth
from genstudio.gui.views.parts import by_part, part_colour, part_names
from genstudio.gui.widgets.chooser import Choice, Chooser
from genstudio.gui.widgets.flow import Flow
from genstudio.gui.widgets.popover import Popover
from genstudio.gui.widgets.short import ShortLabel

__all__ = ["MixerPanel", "PartsBar", "choices"]

_NAME = 128  # pixels
_INSTRUMENT = 188
_LEVEL = 120
_SWATCH, _SIGN = 12, 16


def choices(own: str, drums: bool) -> list[Choice]:
    """The instruments that can be chosen, by their families, or the kits of drums; and first what it is called that a piece has its
    ``own``."""
    found = [Choice(0, own)]
    if drums:
        return found + [Choice(number, kit_name(number), also=str(number)) for number in kits()]
    for family, numbers in families():
        found.append(Choice(None, family, heading=True))
        found += [Choice(number, instrument_name(number), also=str(number)) for number in numbers]
    return found


def swatch(index: int | None, colours: Colours, *, hollow: bool = False) -> QIcon:
    """A square in the colour of a part, hollow where the part is not heard; where notes have no colour of their part (None), only
    the sign of what is heard or not."""
    if index is None:
        return icon("mute" if hollow else "volume", colours)
    made = QPixmap(2 * _SWATCH, 2 * _SWATCH)
    made.fill(Qt.GlobalColor.transparent)
    colour = part_colour(index, colours)
    painter = smooth(made)
    ink(painter, QPen(colour, 3), Qt.BrushStyle.NoBrush if hollow else colour)
    painter.drawRoundedRect(QRectF(3.5, 3.5, 2 * _SWATCH - 7, 2 * _SWATCH - 7), 4, 4)
    painter.end()
    made.setDevicePixelRatio(2.0)
    return QIcon(made)


def _colour_of(item: Item, part: int) -> int | None:
    """The index of the colour of a part; None where its notes have another one, or it has no notes."""
    return part if by_part(item.piece) and item.piece.parts[part].role != "symbols" else None


class PartsBar(Worded, QFrame):
    """The legend of a score: each part with its colour. A click silences a part or lets it be heard again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._item: Item | None = None
        self.buttons: list[QToolButton] = []
        self._flow = Flow(self)
        self._flow.setContentsMargins(2 * SPACE, 0, 12, 6)
        self._flow.setSpacing(2)
        self._flow.gap = 4
        context.player.mixers.changed.connect(lambda item: self._show())
        context.theme.changed.connect(self._show)
        self.hide()

    def show_item(self, item: Item | None) -> None:
        """Show the parts of a score; other pieces have none."""
        self._item = item if item is not None and item.music and len(item.piece.parts) > 1 else None
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for part in range(len(self._item.piece.parts) if self._item is not None else 0):
            button = QToolButton(self, toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self._toggle, part))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self.setVisible(self._item is not None)
        self._show()

    def _toggle(self, part: int) -> None:
        if self._item is not None:
            mixers = self.context.player.mixers
            mixers.change(self._item, part, muted=not mixers.channel(self._item, part).muted)

    def _show(self) -> None:
        item, colours = self._item, self.context.theme.colours
        if item is None:
            return
        heard = self.context.player.mixers.heard(item)
        for part, (button, name) in enumerate(zip(self.buttons, part_names(item.piece.parts), strict=True)):
            silent = part not in heard
            button.setText(name)
            font = button.font()
            font.setStrikeOut(silent)
            button.setFont(font)
            colour = _colour_of(item, part)
            button.setIcon(swatch(colour, colours, hollow=silent))
            button.setIconSize(QSize(_SWATCH, _SWATCH) if colour is not None else QSize(_SIGN, _SIGN))
            told = self.tr("{name}: silent; click to hear it") if silent else self.tr("{name}: click to silence it")
            named(button, told.format(name=name))

    def retranslate(self) -> None:
        self._show()


class _Strip(QObject):
    """The controls of one part, in a row of a grid."""

    def __init__(self, panel: MixerPanel, item: Item, part: int, grid: QGridLayout) -> None:
        super().__init__(panel)
        self._panel, self._item, self._part = panel, item, part
        self.sign, self.name = QLabel(panel), ShortLabel(panel)
        self.instrument = having(Chooser(self._choices, panel), "chooser", toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.level = having(QSlider(Qt.Orientation.Horizontal, panel), maximum=100, pageStep=10)
        for widget, wide in ((self.name, _NAME), (self.instrument, _INSTRUMENT), (self.level, _LEVEL)):
            widget.setFixedWidth(wide)
        strong = Qt.FocusPolicy.StrongFocus
        self.mute, self.solo = (having(QToolButton(panel), checkable=True, focusPolicy=strong) for _ in range(2))
        for button in (self.mute, self.solo):
            button.setFixedSize(32, 32)
        self.widgets: tuple[QWidget, ...] = (self.sign, self.name, self.instrument, self.level, self.mute, self.solo)
        for column, one in enumerate(self.widgets):
            grid.addWidget(one, part, column)
        mixers = panel.context.player.mixers
        self.instrument.chosen.connect(lambda number: mixers.change(item, part, program=int(str(number)) - 1 if number else None))
        self.level.valueChanged.connect(lambda value: mixers.change(item, part, level=value / 100))
        self.mute.clicked.connect(lambda on: mixers.change(item, part, muted=bool(on)))
        self.solo.clicked.connect(lambda on: mixers.change(item, part, solo=bool(on)))

    @property
    def _drums(self) -> bool:
        return not self._item.piece.instruments[self._part].pitched

    def _choices(self) -> list[Choice]:
        return choices(self.tr("Its own kit") if self._drums else self.tr("Its own instrument"), self._drums)

    def show(self) -> None:
        """Show what the mixer says."""
        item, part = self._item, self._part
        mixers, own = self._panel.context.player.mixers, item.piece.parts[part]
        channel, heard = mixers.channel(item, part), part in mixers.heard(item)
        name = part_names(item.piece.parts)[part]
        colours = self._panel.context.theme.colours
        colour = _colour_of(item, part)
        self.sign.setPixmap(swatch(colour, colours, hollow=not heard).pixmap(_SWATCH if colour is not None else _SIGN))
        self.name.setText(name)
        self.name.setToolTip(name)
        self.name.setEnabled(heard)
        program = own.program if channel.program is None else channel.program
        said = kit_name(program + 1) if self._drums else instrument_name(program + 1)
        room = _INSTRUMENT - 32
        self.instrument.set_current(
            0 if channel.program is None else program + 1,
            QFontMetrics(self.instrument.font()).elidedText(said, Qt.TextElideMode.ElideRight, room),
        )
        self.instrument.set_words(self.tr("Instrument of {name}").format(name=name), self.tr("Search instruments"))
        self.instrument.setToolTip(said)
        level = own.level if channel.level is None else channel.level
        with QSignalBlocker(self.level):
            self.level.setValue(round(100 * level))
        named(self.level, self.tr("Level of {name}").format(name=name), f"{level:.0%}")
        self.mute.setChecked(channel.muted)
        self.solo.setChecked(channel.solo)
        for button, letter, told in (
            (self.mute, self.tr("M", "mute"), self.tr("Mute {name}")),
            (self.solo, self.tr("S", "solo"), self.tr("Hear {name} alone")),
        ):  # fmt: skip
            button.setText(letter)
            named(button, told.format(name=name))


class MixerPanel(Popover):
    """The parts of the score that plays; what is changed is heard at once."""

    def __init__(self, context: Context, button: QWidget) -> None:
        super().__init__(context, button)
        self._item: Item | None = None
        self.strips: list[_Strip] = []
        self.hint, self.reset = having(QLabel(self), "caption"), having(QPushButton(self), "quiet")
        self.reset.clicked.connect(self._reset)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(4)
        self.box.addLayout(self._grid)
        self.box.addLayout(beside((self.hint, 1), self.reset))
        context.player.mixers.changed.connect(lambda item: self.show_state())
        context.theme.changed.connect(self.show_state)
        self.retranslate()

    def show_item(self, item: Item | None) -> None:
        """Show the parts of a score; without parts it closes."""
        item = item if item is not None and item.music and item.piece.parts else None
        if item is self._item:
            return
        self._item = item
        for strip in self.strips:
            for widget in strip.widgets:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
            strip.deleteLater()
        self.strips = []
        if item is None:
            self.hide()
            return
        self.strips = [_Strip(self, item, part, self._grid) for part in range(len(item.piece.parts))]
        self.show_state()
        self.place()

    @property
    def first(self) -> QWidget | None:
        return self.strips[0].instrument if self.strips else None

    def ready(self) -> bool:
        return self._item is not None

    def _reset(self) -> None:
        if self._item is not None:
            self.context.player.mixers.reset(self._item)

    def show_state(self) -> None:
        if self._item is None:
            return
        for strip in self.strips:
            strip.show()
        self.reset.setEnabled(bool(self.context.player.mixers.of(self._item)))

    def retranslate(self) -> None:
        super().retranslate()
        self.setAccessibleName(self.tr("Mixer"))
        self.title.setText(self.tr("Mixer"))
        self.hint.setText(self.tr("It is kept with the piece, and exports sound as it does."))
        self.reset.setText(self.tr("As written"))
        named(self.reset, self.tr("Play every part as it is written"))
        named(self.shut, self.tr("Close the mixer"))
