"""The place of an end: what it holds, which bars of it, and every way to fill it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QSizePolicy, QStackedWidget, QToolButton, QWidget

from genstudio.domains import Kept
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.kept import words_of_kept
from genstudio.gui.kinds import FIRST
from genstudio.gui.layouts import Worded, beside, called, having, named, new_label, stacked
from genstudio.gui.pages.create.desk import End, editor_of, typed
from genstudio.gui.pages.create.filling import readable
from genstudio.gui.pages.create.pad import CORNERS
from genstudio.gui.pages.create.ways import ICONS, Phrases, Ways
from genstudio.gui.style import set_kind
from genstudio.gui.theme import SPACE
from genstudio.gui.views.colours import mixed, smooth
from genstudio.gui.widgets.cards import CardStrip
from genstudio.gui.widgets.pieces import PieceView
from genstudio.gui.widgets.short import ShortLabel

__all__ = ["Well"]

_TYPING = 700  # milliseconds after the last key, then what is typed is the end
_FOOT = 20  # pixels
_NAME = 40  # of the name of a piece, and what there is to say of it
_LITTLE = 0.8  # of its parts; where less is kept, something can be done


class Badge(QWidget):
    """The letter of an end in its colour; of a piece that stands in for it the colour alone, of its place between A and B."""

    def __init__(self, context: Context, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._letter = letter
        self.instead: float | None = None
        self.setFixedSize(28, 28)
        context.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.theme.colours
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(colours.a, colours.b, CORNERS[self._letter] if self.instead is None else self.instead))
        painter.drawRoundedRect(QRectF(1, 1, 26, 26), 8, 8)
        if self.instead is not None:
            return
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.surface))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letter)


class _Typing(QPlainTextEdit):
    """A field for a sentence; Enter ends it, and so does going somewhere else."""

    entered = Signal()
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Well(Worded, QFrame):
    """One end. It never changes by itself: it says what is wanted, and is shown what there is."""

    wanted = Signal(str)  # "open", "library", "prior", "map", "compose", "reading", "clear"
    edited = Signal()  # something is being typed into it
    ended = Signal(object)  # End or None: another part, or other words
    dropped = Signal(object)  # Item
    files = Signal(list)  # [str]

    def __init__(self, context: Context, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.letter = letter.upper()
        self.end: End | None = None
        self._domain, self._length, self._whole = FIRST, 0, False
        self._over = False
        self.setProperty("kind", "panel")
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)  # as high as its neighbour
        self.badge = Badge(context, self.letter)
        at_once = QToolButton.ToolButtonPopupMode.InstantPopup
        self.menu_button = QToolButton(popupMode=at_once)
        self.menu_button.setIcon(icon("more"))
        self._menu = QMenu(self.menu_button)
        self.menu_button.setMenu(self._menu)
        self.phrases = Phrases()
        self.phrases.chosen.connect(self._other_bars)
        self._stack = QStackedWidget()
        row = beside(self.badge, (self._stack, 1), self.menu_button, gap=SPACE)
        for button in (self.badge, self.menu_button):
            row.setAlignment(button, Qt.AlignmentFlag.AlignTop)
        self.empty = Ways(self.letter)
        self.empty.wanted.connect(self.wanted)
        self.ways = self.empty.buttons
        self.card = CardStrip(context, look="slim")
        self.typing = _Typing(tabChangesFocus=True)
        self.typing.entered.connect(self.commit)
        self.typing.left.connect(self.commit)
        for widget in (self.empty, self.card, self.typing):
            self._stack.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=_TYPING)
        self._timer.timeout.connect(self._pause)
        self.typing.textChanged.connect(self._timer.start)
        self.typing.textChanged.connect(self.edited)
        self.foot = QWidget()
        self.kept = having(ShortLabel(), "caption", textFormat=Qt.TextFormat.PlainText)
        self.mend = QToolButton(popupMode=at_once, toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.back = QToolButton()
        for link in (self.mend, self.back):
            having(link, "link", focusPolicy=Qt.FocusPolicy.StrongFocus).setFixedHeight(_FOOT)
        self.back.clicked.connect(lambda: self.wanted.emit("clear"))
        beside(self.phrases, (self.kept, 1), self.mend, self.back, into=self.foot, gap=SPACE)
        self._kept: Kept | None = None
        offers = QMenu(self.mend)
        offers.aboutToShow.connect(self._offer)
        self.mend.setMenu(offers)
        self._remedies: Callable[[], list[tuple[str, Callable[[], object]]]] = list
        self.error = new_label(kind="error", wrap=True)
        self.error.hide()
        stacked((row, 1), self.foot, self.error, into=self, margins=SPACE, gap=4)
        self.show_end(None, FIRST, 0, False)

    # -- what it shows

    def show_end(self, end: End | None, domain: str, length: int, whole: bool, *, apart: bool = False) -> None:
        """Show an end.

        Args:
            length: bars of the model's phrase, 0 where it takes any.
            whole: all of it is meant, however long.
            apart: it is another piece, in which something was marked; the end itself is as it was.
        """
        self.back.setVisible(apart)
        self.badge.instead = (0.5 if end is None or end.item.t is None else end.item.t) if apart else None
        self.badge.update()
        another = end is not self.end or domain != self._domain
        self.end, self._domain, self._length, self._whole = end, domain, length, whole
        text = kinds.is_text(domain)
        self._stack.setFixedHeight(64 if text else 92 if end is None else _NAME)  # below it stands how much of it is kept
        if text:
            self._stack.setCurrentWidget(self.typing)
            # What is in the field may be more than the end has of it: it is written to only when the end is another one, and not
            # even then when it says that already.
            if another and self._says() != ("" if end is None else end.item.piece.text):
                self._write("" if end is None else end.item.piece.text)
        elif end is None:
            self._stack.setCurrentIndex(0)
        else:
            caption = f"{end.item.title} · {end.item.part}" if end.item.part else end.item.title
            self.card.set_items([end.item if whole else end.shown(length)], [caption])
            self._stack.setCurrentWidget(self.card)
        self.tell("")
        self.retranslate()

    # -- what is typed

    def _says(self) -> str:
        """What the field says, as an end would have it."""
        item = typed(self.typing.toPlainText(), self._domain)
        return "" if item is None else str(item.piece.text)

    def _write(self, text: str) -> None:
        self._timer.stop()
        with QSignalBlocker(self.typing):
            self.typing.setPlainText(text)

    @property
    def uncommitted(self) -> bool:
        """Whether something is typed that is not the end yet."""
        return kinds.is_text(self._domain) and self._says() != ("" if self.end is None else self.end.item.piece.text)

    @property
    def meant(self) -> End | None:
        """The end with what is typed."""
        if not self.uncommitted:
            return self.end
        item = typed(self.typing.toPlainText(), self._domain)
        return None if item is None else End(item)

    def commit(self) -> None:
        """Make what is typed the end, where it is not yet."""
        if self.typing.hasFocus() and kinds.is_text(self._domain):
            QGuiApplication.inputMethod().commit()  # characters that are being put together
        self._timer.stop()
        self._pause()

    def _pause(self) -> None:
        """Nothing was typed for a while: it is taken, but for characters that are being put together."""
        if self.uncommitted:
            self.ended.emit(self.meant)

    # -- how much of it the model keeps

    def tell_kept(
        self, kept: Kept | None, remedies: Callable[[], list[tuple[str, Callable[[], object]]]] | None = None
    ) -> None:
        """Say how much of it the model keeps; None: that is not known. ``remedies``: what can be done where it is little, as words
        and what they do, asked for when the menu is opened."""
        self._kept = kept
        if remedies is not None:
            self._remedies = remedies
        called(self.kept, words_of_kept(kept) if kept is not None else "")
        self.kept.setToolTip(self.kept.text())
        little = kept is not None and kept.share < _LITTLE
        set_kind(self.kept, "captionwarn" if little else "caption")
        self.foot.setVisible(self.end is not None)
        self.mend.setVisible(little)

    def _offer(self) -> None:
        """Fill the menu of remedies."""
        menu = self.mend.menu()
        menu.clear()
        for words, action in self._remedies():
            menu.addAction(words, action)

    def tell(self, sentence: str) -> None:
        """Say below it what is wrong with it."""
        called(self.error, sentence)
        self.error.setVisible(bool(sentence))

    def _other_bars(self, span: tuple[int, int]) -> None:
        if self.end is not None:
            self.ended.emit(End(self.end.item, span))

    # -- dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if isinstance(event.source(), PieceView) or data.hasUrls() or (kinds.is_text(self._domain) and data.hasText()):
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        source, data = event.source(), event.mimeData()
        event.acceptProposedAction()
        if isinstance(source, PieceView) and source.dragged:
            self.dropped.emit(source.dragged[0])
        elif data.hasUrls():
            self.files.emit([url.toLocalFile() for url in data.urls() if url.isLocalFile()])
        elif data.hasText() and (item := typed(data.text(), self._domain)) is not None:
            self.dropped.emit(item)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = self.context.theme.colours
        painter = smooth(self)
        if self._over:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        elif self.end is None and not kinds.is_text(self._domain):
            painter.setPen(QPen(QColor(colours.edge), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), 8, 8)

    # -- strings

    def retranslate(self) -> None:
        called(self.back, self.tr("Back to {letter}").format(letter=self.letter), self.tr("Work on the end again; it is as it was"))
        words = self.empty.retranslate(editor_of(self._domain))
        self.typing.setPlaceholderText(self.tr("Type or paste a sentence"))
        self.typing.setAccessibleName(self.tr("The sentence of end {letter}").format(letter=self.letter))
        music = kinds.plays(self._domain)
        which = self.tr("Which bars of end {letter}") if music else self.tr("Which part of end {letter}")
        meant = self.tr("Which bars are meant") if music else self.tr("Which part is meant")
        named(self.phrases, which.format(letter=self.letter), meant)
        replaced = self.tr("Replace end {letter}").format(letter=self.letter)
        named(self.menu_button, replaced, self.tr("Replace or clear this end"))
        self._menu.clear()
        for way, (name, help_) in words.items():
            self._menu.addAction(icon(ICONS[way]), name, partial(self.wanted.emit, way)).setToolTip(help_)
        if self.end is not None:
            self._menu.addSeparator()
            if readable(self.end.item):
                action = self._menu.addAction(self.tr("How it is read…"), lambda: self.wanted.emit("reading"))
                action.setToolTip(self.tr("Another track or column of the file, another metre or key"))
            self._menu.addAction(self.tr("Edit…"), lambda: self.wanted.emit("edit"))
            clear = self.back.text() if self.back.isVisibleTo(self.foot) else self.tr("Clear")
            self._menu.addAction(clear, lambda: self.wanted.emit("clear"))
        self.mend.setText(self.tr("Improve"))
        self.mend.setAccessibleName(self.tr("Improve what is kept of end {letter}").format(letter=self.letter))
        self.mend.setToolTip(self.tr("What can be done so that the model keeps more of it"))
        self.tell_kept(self._kept)
        self.phrases.show_end(None if self._whole or kinds.is_text(self._domain) else self.end, self._length)
        self.setAccessibleName(self.tr("End {letter}").format(letter=self.letter))
        self.card.setAccessibleName(self.accessibleName())
