"""What a model that learns has written: what it can do now, and one piece at each evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from genstudio.config import get_preset
from genstudio.domains import get_domain, read_file
from genstudio.errors import GenStudioError
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, Words, new_label, stacked
from genstudio.gui.record import Evaluation
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Run
from genstudio.gui.verdicts import so_far
from genstudio.gui.widgets.cards import CardStrip

__all__ = ["Examples", "HistoryStrip", "NowStrip"]

_MOST = 16  # of one piece; of more evaluations some between the first and the last are left out


def _read(folder: Path, domain: str, names: Sequence[str]) -> list[Item | None]:
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


class Examples(Worded, QWidget):
    """Cards that play, or are read; they are new at each evaluation. A subclass says which (:meth:`_wanted`)."""

    def __init__(self, context: Context, title: Words, room: int, parent: QWidget | None = None) -> None:
        """title: says what it is, and what the cards are called. room: pixels above the cards."""
        super().__init__(parent)
        self.context = context
        self._run: Run | None = None
        self._shown: list[tuple[str, str]] = []
        self.cards = CardStrip(context, self)
        self.cards.setFixedHeight(156)
        self.hint = new_label(self, "caption", wrap=True)
        stacked(new_label(self, "heading", title, of=self.cards), self.hint, room, self.cards, into=self, gap=SPACE // 2)
        self.hide()

    def show_run(self, run: Run | None) -> None:
        """Look at another training."""
        self._run, self._shown = run, []
        self.cards.set_items([])
        self.hide()

    def draw(self) -> None:
        """Show what there is."""
        run = self._run
        evaluations = [one for one in run.record.evaluations if one.example] if run is not None else []
        self.setVisible(bool(evaluations))
        if run is None or run.order is None or not evaluations:
            return
        self._tell(run, evaluations[-1])
        domain = get_preset(run.order.preset).domain
        wanted = self._wanted(f"original{get_domain(domain).output_suffix}", evaluations)
        if wanted != self._shown:
            self._shown = wanted
            self.context.engine.run(
                partial(_read, run.folder, domain, [name for name, _ in wanted]), channel=f"examples {id(self)}",
                name="read examples", done=partial(self._have, run, wanted),
            )  # fmt: skip

    def _wanted(self, original: str, evaluations: Sequence[Evaluation]) -> list[tuple[str, str]]:
        """The name of the file of each card, and what stands on it. original: of the piece that is to be learned."""
        raise NotImplementedError

    def _tell(self, run: Run, last: Evaluation) -> None:
        """Say what it is about."""
        raise NotImplementedError

    def _have(self, run: Run, wanted: list[tuple[str, str]], items: list[Item | None]) -> None:
        if run is self._run and wanted == self._shown:
            shown = [(item, caption) for item, (_, caption) in zip(items, wanted, strict=True) if item is not None]
            self.cards.set_items([item for item, _ in shown], [caption for _, caption in shown], current=self.cards.current)

    def retranslate(self) -> None:
        if self._shown:
            self.draw()


class NowStrip(Examples):
    """What a model can do now: a piece that was kept back, what comes back of it, and a new one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, lambda: self.tr("What it can do now"), 0, parent)

    def _wanted(self, original: str, evaluations: Sequence[Evaluation]) -> list[tuple[str, str]]:
        kept = self._run.record.kept if self._run is not None else None
        last = kept if kept is not None and kept.example else evaluations[-1]
        names = original, Path(last.example).name, Path(last.new).name if last.new else ""
        captions = (
            self.tr("Yours, kept back"), self.tr("Comes back as a copy") if last.copied else self.tr("What comes back"),
            self.tr("Not new: a copy of yours") if last.new_copied else self.tr("A new one"),
        )  # fmt: skip
        return list(zip(names, captions, strict=True))

    def _tell(self, run: Run, last: Evaluation) -> None:
        judged = None if run.has_model else so_far(run.record)  # else it is said above
        about = self.tr("A piece that it does not learn from, what it gives back of it, and a piece that it wrote by itself.")
        self.hint.setText(about if judged is None else f"{judged.words} {about}")


class HistoryStrip(Examples):
    """One piece, and what a model made of it at each evaluation, the latest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = lambda: (self.tr("As it learns"), self.tr("Examples of what it has learned"))  # noqa: E731
        super().__init__(context, words, SPACE + 4, parent)

    def _wanted(self, original: str, evaluations: Sequence[Evaluation]) -> list[tuple[str, str]]:
        if len(evaluations) > _MOST:
            last = len(evaluations) - 1
            evaluations = [evaluations[round(number * last / (_MOST - 1))] for number in range(_MOST)]
        step = self.tr("Step {step}")
        return [(original, self.tr("The piece")),
                *((Path(one.example).name, step.format(step=f"{one.step:,}")) for one in reversed(evaluations))]  # fmt: skip

    def _tell(self, run: Run, last: Evaluation) -> None:
        self.hint.setText(self.tr("One piece that it has not seen, and what it made of it at each evaluation; Space plays."))
