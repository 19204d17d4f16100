"""What a model that learns can do now: a piece that was kept back, what comes back of it, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from genstudio.config import get_preset
from genstudio.domains import get_domain, read_file
from genstudio.errors import GenStudioError
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import stacked
from genstudio.gui.record import Evaluation
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Run
from genstudio.gui.verdicts import so_far
from genstudio.gui.widgets.cards import CardStrip

__all__ = ["NowStrip", "read_examples"]


def read_examples(folder: Path, domain: str, names: Sequence[str]) -> list[Item | None]:
    """Pieces that a training has written into ``folder``, by the names of their files; None where one cannot be read."""
    kind = get_domain(domain)
    found: list[Item | None] = []
    for name in names:
        place = folder / "training" / "examples" / name
        try:
            pieces = read_file(kind, place).pieces if name else []
        except GenStudioError:
            pieces = []
        found.append(Item(pieces[0], domain, place.stem, source=str(place)) if pieces else None)
    return found


class NowStrip(QWidget):
    """Cards that play, or are read; they are new at each evaluation."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._run: Run | None = None
        self._shown = -1
        self.title, self.hint = QLabel(self), QLabel(self)
        self.title.setProperty("kind", "heading")
        self.hint.setProperty("kind", "caption")
        self.hint.setWordWrap(True)
        self.cards = CardStrip(context, self)
        self.cards.setFixedHeight(156)
        stacked(self.title, self.hint, self.cards, into=self, gap=SPACE // 2)
        self.hide()

    def show_run(self, run: Run | None) -> None:
        """Look at another training."""
        self._run, self._shown = run, -1
        self.cards.set_items([])
        self.hide()

    def draw(self) -> None:
        """Show the evaluation of the model that is kept."""
        run = self._run
        last = self._last
        self.setVisible(last is not None)
        if run is not None and last is not None:
            self._tell(run, last)
        if run is None or last is None or run.order is None or last.step == self._shown:
            return
        self._shown = last.step
        domain = get_preset(run.order.preset).domain
        names = [f"original{get_domain(domain).output_suffix}", Path(last.example).name, Path(last.new).name if last.new else ""]
        self.context.engine.run(
            partial(read_examples, run.folder, domain, names), channel="training now", name="read what it can do",
            done=partial(self._have, run, last),
        )  # fmt: skip

    @property
    def _last(self) -> Evaluation | None:
        kept = self._run.record.kept if self._run is not None else None
        return kept if kept is not None and kept.example else None

    def _have(self, run: Run, last: Evaluation, items: list[Item | None]) -> None:
        if run is not self._run or last.step != self._shown:
            return
        captions = (
            self.tr("Yours, kept back"), self.tr("Comes back as a copy") if last.copied else self.tr("What comes back"),
            self.tr("Not new: a copy of yours") if last.new_copied else self.tr("A new one"),
        )  # fmt: skip
        pairs = [(item, caption) for item, caption in zip(items, captions, strict=True) if item is not None]
        self.cards.set_items([item for item, _ in pairs], [caption for _, caption in pairs], current=self.cards.current)

    def _tell(self, run: Run, last: Evaluation) -> None:
        judged = None if run.has_model else so_far(run.record)  # else it is said above
        about = self.tr("A piece that it does not learn from, what it gives back of it, and a piece that it wrote by itself.")
        self.hint.setText(about if judged is None else f"{judged.words} {about}")

    def retranslate(self) -> None:
        """Set every string."""
        self.title.setText(self.tr("What it can do now"))
        self.cards.setAccessibleName(self.title.text())
        self._shown = -1
        self.draw()
