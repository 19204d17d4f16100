"""What the figures of a model mean to those who want to use it, or wait for it: sentences, each good, doubtful or wrong.

The thresholds are here and nowhere else, each with its reason.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from genstudio.gui import kinds
from genstudio.gui.record import Record

__all__ = ["COMES_BACK", "FEW", "LEARNED", "TONES", "Verdict", "comes_back", "so_far", "summary", "verdicts"]

TONES = ("good", "warn", "bad")
FEW = 30
"""Pieces below which shares are told as doubtful at best: of 30 pieces one is 3 in 100."""

COMES_BACK = (0.9, 0.75)
"""Of the notes, hits or letters of a piece. With nine of ten right a bar has less than one wrong note, and the piece is the same to
those who know it; with less than three of four it is another one, and an end is not what was given."""
LEARNED = ("training", "step")
"""Path of the step that a model is kept of, where it went on from another: 0 where nothing made it better."""
_NAMES = {"note_f1": "notes", "hit_f1": "hits", "character_accuracy": "characters", "level_accuracy": "steps"}


class _Rule(NamedTuple):
    """path: of the figure. bounds: the share from which, or up to which, it is good, and doubtful. The others: the sentences."""

    path: tuple[str, ...]
    bounds: tuple[float, float]
    good: object
    warn: object
    bad: object


_RULES = (
    _Rule(  # one bar in ten is chance; with one in three it is a medley of the ends
        ("interpolation", "copied_middle"), (0.1, 0.3),
        QT_TRANSLATE_NOOP("Verdicts", "Halfway pieces are new: {count} in 100 of their bars or phrases are copied from an end."),
        QT_TRANSLATE_NOOP("Verdicts", "Halfway pieces are partly copied: {count} in 100 of their bars or phrases are from an end."),
        QT_TRANSLATE_NOOP("Verdicts", "Halfway pieces are mostly copied: {count} in 100 of their bars or phrases are from an end."),
    ),
    _Rule(  # half would be chance
        ("interpolation", "nearer_quarter"), (0.9, 0.75),
        QT_TRANSLATE_NOOP("Verdicts", "The way leads from end to end: {count} of 100 pieces near an end sound like it."),
        QT_TRANSLATE_NOOP("Verdicts", "The way wanders a little: {count} of 100 pieces near an end sound like it."),
        QT_TRANSLATE_NOOP("Verdicts", "The way wanders: only {count} of 100 pieces near an end sound like it."),
    ),
    _Rule(  # a step of three times the mean is heard as a break
        ("interpolation", "largest_step_under_3"), (0.9, 0.7),
        QT_TRANSLATE_NOOP("Verdicts", "The way is even: {count} of 100 have no sudden change."),
        QT_TRANSLATE_NOOP("Verdicts", "The way is mostly even: {count} of 100 have no sudden change."),
        QT_TRANSLATE_NOOP("Verdicts", "The way has sudden changes: only {count} of 100 have none."),
    ),
    _Rule(  # who plays them notices each bar that is not full
        ("generated", "bars_filled"), (0.97, 0.85),
        QT_TRANSLATE_NOOP("Verdicts", "It keeps time: the bars of {count} of 100 new {kind} are full."),
        QT_TRANSLATE_NOOP("Verdicts", "It mostly keeps time: the bars of {count} of 100 new {kind} are full."),
        QT_TRANSLATE_NOOP("Verdicts", "It loses time: the bars of only {count} of 100 new {kind} are full."),
    ),
    _Rule(  # passages of two bars, or eight words; real pieces share some, too
        ("novelty", "copied"), (0.1, 0.3),
        QT_TRANSLATE_NOOP("Verdicts", "New {kind} are its own: {count} in 100 have a long passage that it learned."),
        QT_TRANSLATE_NOOP("Verdicts", "New {kind} quote at times: {count} in 100 have a long passage that it learned."),
        QT_TRANSLATE_NOOP("Verdicts", "New {kind} quote often: {count} in 100 have a long passage that it learned."),
    ),
    _Rule(  # short sentences happen to be known ones
        ("novelty", "whole"), (0.02, 0.15),
        QT_TRANSLATE_NOOP("Verdicts", "It does not repeat what it learned: {count} in 100 new {kind} are known ones."),
        QT_TRANSLATE_NOOP("Verdicts", "It repeats some of what it learned: {count} in 100 new {kind} are known ones."),
        QT_TRANSLATE_NOOP("Verdicts", "It repeats what it learned: {count} in 100 new {kind} are known ones."),
    ),
    _Rule(  # as of halfway pieces
        ("filled", "gaps_copied"), (0.1, 0.3),
        QT_TRANSLATE_NOOP("Verdicts", "Bars that it fills in are new: {count} in 100 are a copy of a bar beside them."),
        QT_TRANSLATE_NOOP("Verdicts", "Bars that it fills in are partly new: {count} in 100 are a copy of a bar beside them."),
        QT_TRANSLATE_NOOP("Verdicts", "Bars that it fills in are mostly copies: {count} in 100 are that of a bar beside them."),
    ),
    _Rule(  # of the error of repeating what was one step before, or one season: what forecasts it better is of use
        ("forecast", "mase"), (0.95, 1.05),
        QT_TRANSLATE_NOOP("Verdicts", "It forecasts: its errors are {count} in 100 of those of repeating the season before."),
        QT_TRANSLATE_NOOP("Verdicts", "It forecasts about as well as repeating the season before."),
        QT_TRANSLATE_NOOP("Verdicts", "It forecasts less well than repeating the season before."),
    ),
    _Rule(  # of what composers reach
        ("harmony", "in_chord"), (0.95, 0.8),
        QT_TRANSLATE_NOOP("Verdicts", "Its chords fit the tune: {count} of 100 strong notes are in the chord."),
        QT_TRANSLATE_NOOP("Verdicts", "Its chords fit less well than a composer's: {count} of 100 strong notes are in the chord."),
        QT_TRANSLATE_NOOP("Verdicts", "Its chords do not fit the tune: only {count} of 100 strong notes are in the chord."),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """tone: one of :data:`TONES`. words: the sentence, which has its number in it. figure: the path of the figure. head: of a model
    that learns, whether it is good enough."""

    tone: str
    words: str
    figure: tuple[str, ...]
    head: str = ""


def comes_back(figures: Mapping[tuple[str, ...], Any]) -> tuple[str, float] | None:
    """What of a piece comes back (a value of ``_NAMES``), and which share of it; None where it was not measured."""
    for name, unit in _NAMES.items():
        share = figures.get(("reconstruction", name))
        if isinstance(share, (int, float)) and math.isfinite(share):
            return unit, float(share)
    return None


def verdicts(figures: Mapping[tuple[str, ...], Any], domain: str, preset: str = "") -> list[Verdict]:
    """The sentences about a model whose figures are given by path; none where nothing was measured that can be judged."""
    many, found = kinds.many(domain, preset), list[Verdict]()
    if figures.get(LEARNED) == 0:
        words = QCoreApplication.translate(
            "Verdicts", "It learned from too few pieces: it is as good as the model that it went on from, and no better."
        )
        found.append(Verdict("bad", words, LEARNED))
    back, few = comes_back(figures), _few(figures)
    if back is not None:
        tone = _tone(back[1], COMES_BACK, few)
        found.append(Verdict(tone, _back(tone, *back), ("reconstruction",)))
    for rule in _RULES:
        share = figures.get(rule.path)
        if not isinstance(share, (int, float)) or isinstance(share, bool) or not math.isfinite(share):
            continue
        bounds = _beside(rule, figures)
        tone = _tone(float(share), bounds, few)
        words = QCoreApplication.translate("Verdicts", str(getattr(rule, tone)))
        count = _hundredth(float(share), up=bounds[0] < bounds[1])
        found.append(Verdict(tone, words.format(count=count, kind=many), rule.path))
    return found


_SO_FAR = {  # the first that there is
    "note_f1": QT_TRANSLATE_NOOP("Verdict", "{count} of 100 notes come back in pieces that it has not seen."),
    "hit_f1": QT_TRANSLATE_NOOP("Verdict", "{count} of 100 hits come back in beats that it has not seen."),
    "character_accuracy": QT_TRANSLATE_NOOP("Verdict", "{count} of 100 characters come back in texts that it has not seen."),
    "level_accuracy": QT_TRANSLATE_NOOP("Verdict", "{count} of 100 steps come back in series that it has not seen."),
}


def so_far(record: Record) -> Verdict | None:
    """What the evaluations say of a model that learns, or has learned; None where they say nothing of pieces that come back."""
    translate, kept = QCoreApplication.translate, record.kept
    measure = next((name for name in _SO_FAR if kept is not None and name in kept.figures), None)
    if kept is None or measure is None:
        return None
    first, last = record.evaluations[0], record.evaluations[-1]
    words = translate("Verdict", str(_SO_FAR[measure])).format(count=_hundredth(kept.figures[measure]))
    if first.step == 0 < kept.step and measure in first.figures:
        earlier = translate("Verdict", "Before it learned from yours it was {count}.")
        words += " " + earlier.format(count=_hundredth(first.figures[measure]))
    heart = last.step > kept.step
    if heart and kept.step == 0:
        words += " " + translate("Verdict", "All that it learned of yours it learned by heart, so it was left as it was.")
        head = translate("Verdict", "Too few to learn from: the model that it went on from remains the better one")
        return Verdict("bad", words, ("reconstruction", measure), head)
    if heart:
        words += " " + translate("Verdict", "After that it began to learn by heart, so its best state is kept.")
    tone = _tone(kept.figures[measure], COMES_BACK)
    head = {
        "good": translate("Verdict", "Good enough to use"),
        "warn": translate("Verdict", "Nearly there: it can be tried, and more pieces help") if heart
        else translate("Verdict", "Nearly there: it can be tried, and more time helps"),
        "bad": translate("Verdict", "Not good enough yet: give it more pieces") if heart
        else translate("Verdict", "Not good enough yet: give it more time, or more pieces"),
    }[tone]
    return Verdict(tone, words, ("reconstruction", measure), head)


def summary(figures: Mapping[tuple[str, ...], Any]) -> tuple[str, str]:
    """Whether a model can be used, in a few words, and their tone: "" where there is nothing to care about."""
    back = comes_back(figures)
    if figures.get(LEARNED) == 0:
        return QCoreApplication.translate("Verdicts", "Learned nothing new"), "bad"
    if back is None:
        return QCoreApplication.translate("Verdicts", "Not measured"), ""
    tone = _tone(back[1], COMES_BACK, _few(figures))
    words = {
        "good": QCoreApplication.translate("Verdicts", "Good enough to use"),
        "warn": QCoreApplication.translate("Verdicts", "To be used with care"),
        "bad": QCoreApplication.translate("Verdicts", "Not good enough yet"),
    }[tone]
    return words, "" if tone == "good" else tone


def _few(figures: Mapping[tuple[str, ...], Any]) -> bool:
    count = figures.get(("n",))
    return isinstance(count, int) and count < FEW


def _tone(share: float, bounds: tuple[float, float], few: bool = False) -> str:
    good, doubtful = bounds
    if good < doubtful:
        share, good, doubtful = -share, -good, -doubtful
    tone = "good" if share >= good else "warn" if share >= doubtful else "bad"
    return "warn" if few and tone == "good" else tone


def _beside(rule: _Rule, figures: Mapping[tuple[str, ...], Any]) -> tuple[float, float]:
    """The bounds where real pieces, measured likewise, say what can be expected."""
    real = figures.get((*rule.path[:-1], f"{rule.path[-1]}_real"))
    good, doubtful = rule.bounds
    if not isinstance(real, (int, float)) or not math.isfinite(real):
        return rule.bounds
    return (real * good, real * doubtful) if rule.path[-1] == "in_chord" else (max(good, real), max(doubtful, real))


def _hundredth(share: float, *, up: bool = False) -> int:
    """So many in 100, never better than it is."""
    number = 100 * min(1.0, max(0.0, share))
    return math.ceil(round(number, 6)) if up else math.floor(round(number, 6))


def _back(tone: str, unit: str, share: float) -> str:
    translate = QCoreApplication.translate
    counted = {
        "notes": translate("Verdicts", "{count} of 100 notes come back"),
        "hits": translate("Verdicts", "{count} of 100 hits come back"),
        "characters": translate("Verdicts", "{count} of 100 letters come back"),
        "steps": translate("Verdicts", "{count} of 100 steps come back"),
    }[unit].format(count=_hundredth(share))
    return {
        "good": translate("Verdicts", "Good enough to use: {what}."),
        "warn": translate("Verdicts", "Use it with care: {what}, so ends may sound changed."),
        "bad": translate("Verdicts", "Not good enough to use yet: only {what}."),
    }[tone].format(what=counted)
