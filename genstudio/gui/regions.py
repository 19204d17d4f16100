"""Names for the regions of a map: what the pieces of a neighbourhood have in common and those elsewhere have not.

Computed from what a map holds already, its coordinates, its attributes and the titles of its pieces; the same map gives the same
names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

__all__ = ["Region", "named", "regions_of"]

_MOST = 9  # regions
_LEAST = 12  # pieces of a region
_ROUNDS = 25
_TITLES, _SHARE, _LIFT = 4, 0.1, 1.4  # a word must be in so many of the titles of a region, and so many times as often as elsewhere
_CLEAR = 0.2  # standard deviations by which a region must differ to be named by it
_WORDS = 40_000  # titles that are looked at; beyond that every so many
_STOP = frozenset(
    "a an and are as at be by de for from had has have he her his i in is it its la le me my no not of on or she so that the their "
    "them they this to was we were what with you your do did does if but can there all just like know one out up who will would "
    "about got get bar bars beat fill sa version part setting".split()
)


@dataclass(frozen=True)
class Region:
    """A neighbourhood of a map. word: one of the titles that is common there; "" for none. traits: numbers of the attributes that
    the pieces there have much (True) or little (False) of. x, y: its middle. rows: its pieces."""

    word: str
    traits: tuple[tuple[int, bool], ...]
    x: float
    y: float
    rows: NDArray[np.int64]


def regions_of(
    coordinates: NDArray[np.float32], values: NDArray[np.float32], titles: Sequence[str], *, words: bool = True
) -> list[Region]:
    """Find the regions of a map that can be named, those of a kind first, then the largest; no two have the same name.

    Args:
        coordinates: [N, 2]. values: attributes [N, A] in standard deviations from the mean. titles: of each piece.
        words: whether words of titles name what a piece is, as a dance or a genre does.
    """
    points = np.asarray(coordinates, np.float64)
    if len(points) < 3 * _LEAST:
        return []
    marked = _words_of(titles) if words else []
    everywhere = Counter(word for entry in marked for word in entry)
    labels, middles = _parted(points, min(_MOST, len(points) // _LEAST))
    found: list[Region] = []
    taken = set()
    for group in np.argsort(-np.bincount(labels, minlength=len(middles)), kind="stable"):
        rows = np.flatnonzero(labels == group)
        if len(rows) < _LEAST:
            continue
        word, traits = _common(rows, marked, everywhere), _traits(values[rows].mean(0))
        for kept in (traits[: 1 if word else 2], traits[: 0 if word else 1]):  # two words, or one where two are taken
            if (word or kept) and (word, kept) not in taken:
                taken.add((word, kept))
                found.append(Region(word, kept, float(middles[group][0]), float(middles[group][1]), rows))
                break
    return sorted(found, key=lambda region: not region.word)  # a dance or a genre says more than a trait


def named(region: Region, attributes: Sequence[tuple[str, str]]) -> str:
    """What a region is called; ``attributes``: name and label of each, the label in the language of the window."""
    translate = QCoreApplication.translate
    words = {
        "density": (translate("Regions", "few notes"), translate("Regions", "many notes")),
        "pitch": (translate("Regions", "low"), translate("Regions", "high")),
        "range": (translate("Regions", "narrow range"), translate("Regions", "wide range")),
        "interval": (translate("Regions", "small intervals"), translate("Regions", "leaps")),
        "syncopation": (translate("Regions", "on the beat"), translate("Regions", "syncopated")),
        "steps": (translate("Regions", "few steps"), translate("Regions", "stepwise")),
        "rests": (translate("Regions", "few rests"), translate("Regions", "many rests")),
        "diatonicity": (translate("Regions", "chromatic"), translate("Regions", "in one scale")),
        "thickness": (translate("Regions", "thin"), translate("Regions", "full")),
        "harmony": (translate("Regions", "few chords"), translate("Regions", "many chords")),
        "swing": (translate("Regions", "straight"), translate("Regions", "swung")),
        "loudness": (translate("Regions", "soft"), translate("Regions", "loud")),
        "length": (translate("Regions", "short"), translate("Regions", "long")),
        "word-length": (translate("Regions", "short words"), translate("Regions", "long words")),
        "punctuation": (translate("Regions", "few marks"), translate("Regions", "many marks")),
    }
    little, much = translate("Regions", "little {what}"), translate("Regions", "much {what}")
    said = [region.word] if region.word else []
    for number, high in region.traits:
        name, label = attributes[number]
        label = label if label.isupper() else label[:1].lower() + label[1:]
        said.append(words[name][high] if name in words else (much if high else little).format(what=label))
    return ", ".join(said)


def _parted(points: NDArray[np.float64], count: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """k-means (Lloyd 1982), begun at points that lie far from one another, so that nothing is left to chance."""
    middles = points.mean(0)[None]
    away = ((points - middles[0]) ** 2).sum(1)
    spread = np.quantile(away, 0.95)  # a single piece far out is no region
    for _ in range(count - 1):
        inner = np.where(away <= np.maximum(spread, away.min()), away, -1.0)
        middles = np.concatenate([middles, points[[int(inner.argmax())]]])
        away = np.minimum(away, ((points - middles[-1]) ** 2).sum(1))
    labels = np.zeros(len(points), np.int64)
    for _ in range(_ROUNDS):
        before = labels
        labels = ((points[:, None] - middles[None]) ** 2).sum(2).argmin(1)
        if (labels == before).all():
            break
        for group in range(len(middles)):
            if (labels == group).any():
                middles[group] = points[labels == group].mean(0)
    return labels, middles


def _words_of(titles: Sequence[str]) -> list[frozenset[str]]:
    """The words of each title that may say what kind of piece it is."""
    step = -(-len(titles) // _WORDS)
    kept = []
    for number, title in enumerate(titles):
        plain = unicodedata.normalize("NFC", title).casefold() if number % step == 0 else ""
        kept.append(frozenset(word for word in re.findall(r"[^\W\d_]{3,}", plain) if word not in _STOP))
    return kept


def _common(rows: NDArray[np.int64], marked: list[frozenset[str]], everywhere: Counter[str]) -> str:
    """The word that most marks the titles of a region: in many of them, and in few elsewhere."""
    titles: dict[str, set[frozenset[str]]] = {}  # one tune of many phrases makes no kind
    here: Counter[str] = Counter()
    for entry in (marked[row] for row in rows.tolist()) if marked else ():
        here.update(entry)
        for word in entry:
            titles.setdefault(word, set()).add(entry)
    scores = {}
    for word, count in here.items():
        share, times = count / len(rows), count / len(rows) / (everywhere[word] / len(marked))
        if len(titles[word]) >= _TITLES and share >= _SHARE and times >= _LIFT:
            scores[word] = share * np.log(times)
    return max(scores, key=lambda word: (scores[word], word), default="")


def _traits(mean: NDArray[np.float32]) -> tuple[tuple[int, bool], ...]:
    """What a region has much or little of, the clearest first."""
    order = np.argsort(-np.abs(mean), kind="stable").tolist()
    return tuple((number, bool(mean[number] > 0)) for number in order if abs(float(mean[number])) >= _CLEAR)
