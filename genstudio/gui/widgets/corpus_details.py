"""A corpus that is looked at: what is in it, its phrases one by one, and what was left out and why."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from genstudio.gui import corpora, kinds
from genstudio.gui.context import Context
from genstudio.gui.corpora import Examined, Facts
from genstudio.gui.layouts import Worded, allow, beside, new_button, new_label, stacked
from genstudio.gui.spans import date, size
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.form import engine_word
from genstudio.gui.widgets.plots import Bars, Shares, counted
from genstudio.gui.widgets.tables import Table

__all__ = ["CorpusDetails", "about_corpus"]

_WAIT, _ERROR, _TABS = range(3)


def about_corpus(facts: Facts) -> str:
    """A line about a corpus."""
    if facts.error:
        return facts.error
    translate = QCoreApplication.translate
    parts = [kinds.label(facts.domain)]
    if facts.length and kinds.plays(facts.domain):
        parts.append(translate("Corpora", "{count} bars").format(count=facts.length))
    parts.append(translate("Corpora", "{count} phrases").format(count=counted(sum(facts.counts.values()))))
    return "  ·  ".join(parts)


class _Path(QStyledItemDelegate):
    """The name of a file is at its end, and must be seen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class CorpusDetails(Worded, QWidget):
    """Shows one corpus after another."""

    remove = Signal(str)  # folder

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.folder = ""
        self.examined: Examined | None = None
        self._texts: dict[int, str] = {}
        self._row = -1
        self.title = new_label(self, "title", wrap=True)
        self.about = new_label(self, "muted", wrap=True)
        self.train_button = new_button(self, self._train, "primary", lambda: self.tr("Train on it"))
        self.folder_button = new_button(self, self._show_folder, "icon", lambda: ("", self.tr("Show the folder")), picture="folder")
        self.remove_button = new_button(
            self, lambda: self.remove.emit(self.folder), "icon", lambda: ("", self.tr("Remove the corpus")), picture="trash"
        )
        head = beside((stacked(self.title, self.about, gap=4), 1), gap=SPACE)
        for button in (self.remove_button, self.folder_button, self.train_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.wait = new_label(self, "muted", lambda: self.tr("Looking through it …"))
        self.wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.error = new_label(self, "error", wrap=True)
        self.error.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.tabs = QTabWidget(self)
        self.tabs.tabBar().setDrawBase(False)
        self._make_overview()
        self.pieces = Table(self._piece_words, 0, self)
        self.pieces.picked.connect(self._picked)
        self.pieces.asked.connect(self._asked)
        play = lambda: self._asked(self._row, int(Qt.Key.Key_Space))  # noqa: E731
        self.play_button = new_button(self.pieces, play, "", lambda: self.tr("Play"))
        self.pieces_hint = new_label(self.pieces, "caption")
        layout = self.pieces.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(beside((self.pieces_hint, 1), self.play_button))
        self.left_out = Table(self._refused_words, 2, self, many=True)
        self.left_out.view.setItemDelegateForColumn(1, _Path(self))
        for table in (self.pieces, self.left_out):
            page = QWidget()
            stacked(table, into=page, margins=(0, 2 * SPACE, 0, 0))
            self.tabs.addTab(page, "")
        self.stack = QStackedWidget(self)
        for part in (self.wait, self.error, self.tabs):
            self.stack.addWidget(part)
        stacked(head, (self.stack, 1), into=self, gap=2 * SPACE)
        self.retranslate()

    def _make_overview(self) -> None:
        self.overview = QScrollArea(self)
        self.overview.setWidgetResizable(True)
        page = QWidget(self.overview)
        page.setProperty("kind", "page")
        self.shares, self.splits = Shares(self.context, page), Shares(self.context, page)
        self.drawn = new_label(page, "caption")
        self.bars = [Bars(self.context, page) for _ in range(6)]
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * SPACE)
        self._grid.setVerticalSpacing(3 * SPACE)
        for number, bars in enumerate(self.bars):
            self._grid.addWidget(bars, number // 2, number % 2)
            self._grid.setColumnStretch(number % 2, 1)
        stacked(
            self.shares, 2 * SPACE, self.splits, 2 * SPACE, self._grid, self.drawn, None,
            into=page, margins=(0, 2 * SPACE, 2 * SPACE, 0), gap=SPACE,
        )  # fmt: skip
        self.overview.setWidget(page)
        self.tabs.addTab(self.overview, "")

    # -- showing one

    def show_corpus(self, facts: Facts) -> None:
        """Look at another corpus."""
        self.folder = facts.folder
        self.examined = None
        self._texts.clear()
        self._row = -1
        self.title.setText(facts.name)
        self._tell_about(facts)
        self.error.setText(facts.error)
        allow(self.train_button, facts.error)
        if facts.error:
            self.stack.setCurrentIndex(_ERROR)
            return
        self.stack.setCurrentIndex(_WAIT)
        self.context.engine.run(
            partial(corpora.examine, facts.folder), channel="corpus", name="examine a corpus",
            done=self._have, failed=self._failed,
        )  # fmt: skip

    def _tell_keys(self) -> None:
        text = self.examined is not None and not kinds.plays(self.examined.facts.domain)
        enter = self.tr("Enter makes it an end of the next interpolation.")
        self.pieces_hint.setText(enter if text else self.tr("Space plays it. {more}").format(more=enter))

    def _tell_about(self, facts: Facts) -> None:
        line = about_corpus(facts)
        self.about.setText(line if facts.error else f"{line}  ·  {size(facts.size)}  ·  {date(facts.created)}")

    def _failed(self, sentence: str, details: str) -> None:
        self.error.setText(sentence)
        allow(self.train_button, sentence)
        self.stack.setCurrentIndex(_ERROR)

    def _have(self, examined: Examined) -> None:
        if examined.facts.folder != self.folder:
            return
        self.examined = examined
        self.pieces.put([(title, split, tokens, Path(source).name) for split, _, title, source, tokens in examined.rows])
        self.left_out.put([(one.kind, one.path, one.reason) for one in examined.refused])
        self.play_button.setVisible(kinds.plays(examined.facts.domain))
        self.stack.setCurrentIndex(_TABS)
        self._tell()
        self._tell_keys()
        self._no_piece()

    def _tell(self) -> None:
        examined = self.examined
        if examined is None:
            return
        report, counts = examined.report, examined.facts.counts
        refused = sum(one.kind == "refused" for one in examined.refused)
        self.shares.show_parts(self.tr("What became of the pieces"), [
            (self.tr("taken"), report.get("used_pieces", 0), "accent"),
            (self.tr("there twice"), report.get("duplicate_pieces", 0), "faint"),
            (self.tr("refused"), refused, "warn"),
        ])  # fmt: skip
        self.splits.show_parts(self.tr("Phrases"), [
            (self.tr("to train on"), counts.get("train", 0), "accent"),
            (self.tr("held out while training"), counts.get("valid", 0), "muted"),
            (self.tr("held out to the end"), counts.get("test", 0), "text"),
            (self.tr("left out, there twice"), report.get("duplicate_phrases", 0), "faint"),
        ])  # fmt: skip
        titles = {"length": self.tr("Length"), "metre": self.tr("Metre"), "tonic": self.tr("Keynote")}
        units = {"bar": self.tr("bars"), "word": self.tr("words")}
        for place, bars in enumerate(self.bars):
            bars.setVisible(place < len(examined.plots))
            if place < len(examined.plots):
                plot = examined.plots[place]
                bars.show_counts(
                    titles.get(plot.name) or engine_word(plot.name), plot.bars, units.get(plot.unit) or engine_word(plot.unit)
                )
        total = sum(counts.values())
        some = self.tr("The plots are of {count} phrases, drawn at random.").format(count=counted(examined.drawn))
        self.drawn.setText(some if examined.drawn < total else "")
        self.tabs.setTabText(1, self.tr("Phrases ({count})").format(count=counted(len(examined.rows))))
        self.tabs.setTabText(2, self.tr("Left out ({count})").format(count=counted(len(examined.refused))))

    def _train(self) -> None:
        self.context.bus.train_on = self.folder  # taken by the Train page when it comes to the front
        self.context.bus.go.emit("train")

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder))

    # -- phrases

    def _piece_words(self, row: int, column: int, value: Any) -> str:
        examined = self.examined
        if column == 1:
            return {"train": self.tr("training"), "valid": self.tr("held out"), "test": self.tr("test")}.get(value, str(value))
        if column != 0 or examined is None or not kinds.is_text(examined.facts.domain):
            return str(value)
        if row not in self._texts:  # texts are their own title
            split, number = examined.rows[row][:2]
            self._texts[row] = str(corpora.piece_of(examined.corpus, split, number).piece)
        return self._texts[row]

    def _picked(self, row: int) -> None:
        self._row = row
        self._no_piece()
        self._fetch(row, "select")

    def _no_piece(self) -> None:
        allow(self.play_button, "" if self._row >= 0 else self.tr("Choose a phrase first."))

    def _asked(self, row: int, key: int) -> None:
        self._fetch(row, "play" if key == int(Qt.Key.Key_Space) else "make an end")

    def _fetch(self, row: int, use: str) -> None:
        examined, bus = self.examined, self.context.bus
        if examined is not None and row >= 0:
            split, number = examined.rows[row][:2]
            done = {"select": bus.selected.emit, "play": bus.play.emit, "make an end": lambda item: bus.make_end.emit(item, "")}
            self.context.engine.run(
                partial(corpora.piece_of, examined.corpus, split, number), channel=f"corpus {use}", name="read a phrase",
                done=done[use], failed=bus.trouble.emit,
            )  # fmt: skip

    # -- what was left out

    def _refused_words(self, row: int, column: int, value: Any) -> str:
        if column == 0:
            return {
                "refused": self.tr("refused"), "duplicate": self.tr("there twice"), "other": self.tr("of another kind"),
                "remark": self.tr("remark"),
            }[value]  # fmt: skip
        return str(value)

    # -- words

    def retranslate(self) -> None:
        self.tabs.setTabText(0, self.tr("Overview"))
        self.overview.setAccessibleName(self.tr("Overview"))
        self.tabs.setTabText(1, self.tr("Phrases"))
        self.tabs.setTabText(2, self.tr("Left out"))
        self.tabs.setAccessibleName(self.tr("Parts of the corpus"))
        self.pieces.name(
            (self.tr("Phrase"), self.tr("Used for"), self.tr("Tokens"), self.tr("File")), self.tr("Find a phrase"), (0, 10, 7, 14)
        )
        self.pieces.view.setAccessibleName(self.tr("Phrases of the corpus"))
        self._tell_keys()
        self.left_out.name((self.tr("What"), self.tr("File"), self.tr("Why")), self.tr("Find a file or a reason"), (12, 32, 0))
        self.left_out.view.setAccessibleName(self.tr("What was left out, and why"))
        if self.examined is not None:
            self._tell_about(self.examined.facts)
        self._tell()
        self._no_piece()
