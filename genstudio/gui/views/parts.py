"""The parts of a score in the views: their names and colours, and its chord symbols.

The colours follow M. Okabe and K. Ito, "Color Universal Design", 2008: blue, vermilion, green, purple, orange, sky blue, grey and
yellow. Lightness differs as well as hue, so that they are told apart with every kind of colour vision; each stands out from the
ground by 3 to 1, and words on it by 4.5 to 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from genstudio.gui.theme import Colours

if TYPE_CHECKING:
    from genstudio.domains import Music, Note
    from genstudio.domains.score import Part

__all__ = [
    "by_part", "chords_of", "hits_of", "ink_on", "paint_chords", "part_colour", "part_colours", "part_names", "progression",
    "sounding",
]  # fmt: skip

translate = QCoreApplication.translate

_INKS = ("#ffffff", "#10162a")
# In the order of the roles of parts.
_ROLES = (
    QT_TRANSLATE_NOOP("Parts", "Melody"), QT_TRANSLATE_NOOP("Parts", "Accompaniment"), QT_TRANSLATE_NOOP("Parts", "Bass"),
    QT_TRANSLATE_NOOP("Parts", "Other part"), QT_TRANSLATE_NOOP("Parts", "Drums"), QT_TRANSLATE_NOOP("Parts", "Chord symbols"),
)  # fmt: skip


def part_names(parts: tuple[Part, ...]) -> list[str]:
    """What parts are called, each with a name of its own: equal names are numbered. Chord symbols and parts without a name are
    called by what they are for."""
    from genstudio.domains.score.piece import ROLES

    roles = [translate("Parts", str(_ROLES[ROLES.index(part.role)])) for part in parts]
    plain = [part.name if part.name and part.role != "symbols" else role for part, role in zip(parts, roles, strict=True)]
    count, seen = Counter(plain), Counter[str]()
    found = []
    for name in plain:
        seen[name] += 1
        found.append(f"{name} {seen[name]}" if count[name] > 1 else name)
    return found


@lru_cache(maxsize=4)
def part_colours(colours: Colours) -> tuple[QColor, ...]:
    """The colours of parts in their order; after the last comes the first again."""
    from genstudio.rendering.roll import PART_COLOURS

    return tuple(QColor(name) for name in PART_COLOURS[colours.name])


def by_part(music: Music) -> bool:
    """Whether notes have the colours of their parts: where there are several voices; one voice has those of pitch classes."""
    return len([part for part in music.parts if part.role != "symbols"]) > 1


def part_colour(index: int, colours: Colours) -> QColor:
    """The colour of the part with this index."""
    found = part_colours(colours)
    return found[index % len(found)]


def ink_on(colour: QColor) -> QColor:
    """White or nearly black, whichever is read better on a colour."""
    light = _luminance(colour)
    best = max(_INKS, key=lambda ink: _contrast(light, _luminance(QColor(ink))))
    return QColor(best)


def _luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in colour.getRgbF()[:3])  # type: ignore[index]
    return float(sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)))


def _contrast(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


@lru_cache(maxsize=128)
def hits_of(music: Music) -> tuple[tuple[Note, int], ...]:
    """The hits of the drum parts of a score, each with the index of its part, by their onsets."""
    found = [(note, index) for index, part in enumerate(music.parts) if not part.pitched for note in part.notes]
    return tuple(sorted(found))


@lru_cache(maxsize=128)
def chords_of(music: Music) -> tuple[tuple[int, int, str], ...]:
    """The chord symbols of a score: start and end in ticks, and the symbol as it is read."""
    if not music.symbols:
        return ()
    from genstudio.domains.score.piece import chord_name
    from genstudio.rendering.spelling import signature

    flats = signature(music)[0] < 0
    return tuple((chord.start, chord.end, chord_name(chord, flats)) for chord in music.symbols)


def progression(music: Music, most: int = 8) -> str:
    """The chords that a score begins with, at most so many; one that is repeated is there once."""
    names = [name for name, _ in groupby(name for _, _, name in chords_of(music))]
    return " ".join([*names[:most], *(["…"] if len(names) > most else [])])


def sounding(music: Music, tick: float) -> list[int]:
    """The indices of the notes of a score that sound at a tick."""
    begun = bisect_right(music.notes, tick, key=lambda note: note.start)
    return [index for index, note in enumerate(music.notes[:begun]) if tick < note.end]


def paint_chords(painter: QPainter, rect: QRectF, music: Music, x_of: Callable[[int], float], colour: QColor) -> None:
    """Write chord symbols into a line, each at the place of its tick (``x_of``); one that has no room is left out."""
    metrics = QFontMetricsF(painter.font())
    painter.setPen(colour)
    y = rect.center().y() + metrics.capHeight() / 2
    free = rect.left()
    for start, _, name in chords_of(music):
        x, wide = x_of(start) + 2, metrics.horizontalAdvance(name)
        if free <= x <= rect.right() - wide:
            painter.drawText(QPointF(x, y), name)
            free = x + wide + 5
