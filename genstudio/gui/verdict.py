"""What an evaluation says of a model that is learning: how much of a piece comes back, and whether that is good enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from genstudio.gui.verdicts import COMES_BACK

__all__ = ["Verdict", "comes_back", "verdict"]

_MEASURES = ("note_f1", "hit_f1", "word_accuracy", "character_accuracy")  # the first that there is


@dataclass(frozen=True)
class Verdict:
    """tone: "good", "warn" or "bad". head: whether it is good enough. words: what comes back."""

    tone: str
    head: str
    words: str


def comes_back(figures: Mapping[str, float]) -> float | None:
    """The share of a piece that comes back, 0 to 1; None where it was not measured."""
    return next((figures[name] for name in _MEASURES if name in figures), None)


def verdict(figures: Mapping[str, float], before: Mapping[str, float] | None = None) -> Verdict | None:
    """What the figures of an evaluation say; None where they say nothing of pieces that come back.

    Args:
        before: those before it learned.
    """
    share = comes_back(figures)
    if share is None:
        return None
    translate = QCoreApplication.translate
    measure = next(name for name in _MEASURES if name in figures)
    words = {
        "note_f1": translate("Verdict", "{count} of 100 notes come back in pieces that it has not seen."),
        "hit_f1": translate("Verdict", "{count} of 100 hits come back in beats that it has not seen."),
        "word_accuracy": translate("Verdict", "{count} of 100 words come back in texts that it has not seen."),
        "character_accuracy": translate("Verdict", "{count} of 100 characters come back in texts that it has not seen."),
    }[measure].format(count=int(100 * share + 0.5))
    earlier = comes_back(before) if before is not None else None
    if earlier is not None:
        words += " " + translate("Verdict", "Before it learned from yours it was {count}.").format(count=int(100 * earlier + 0.5))
    good, usable = COMES_BACK
    if share >= good:
        return Verdict("good", translate("Verdict", "Good enough to use"), words)
    if share >= usable:
        return Verdict("warn", translate("Verdict", "Nearly there: it can be tried, and more time helps"), words)
    return Verdict("bad", translate("Verdict", "Not good enough yet: give it more time, or more pieces"), words)
