"""Music in words, for those who do not see its picture."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from genstudio.gui.views.bars import Words, counted_in
from genstudio.gui.views.drums import DrumWords, describe_drums
from genstudio.gui.views.parts import chords_of, part_names

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["describe_roll", "key_name", "words_of"]

translate = QCoreApplication.translate


@lru_cache(maxsize=64)
def words_of(melody: Music) -> Words:
    """The words for a piece of music."""
    return Words(melody) if melody.pitched else DrumWords(melody)


def _count(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(count=number)


def describe_roll(melody: Music) -> str:
    """The music in words, for those who do not see the roll.

    "16 bars in 6/8, G major, 96 notes from D4 to B5, 112 dotted quarters a minute, 28 seconds. It begins on D4 and ends on G4; its
    highest note comes in bar 9. Most notes are eighths …"
    """
    words = words_of(melody)
    metres = ", ".join(dict.fromkeys(f"{change.numerator}/{change.denominator}" for change in melody.metres))
    bars = _count(melody.bars, translate("Roll", "1 bar"), translate("Roll", "{count} bars"))
    parts = [translate("Roll", "{bars} in {metre}").format(bars=bars, metre=metres)]
    if melody.pickup:
        parts[0] += " " + translate("Roll", "with a pickup")
    key = melody.stated_key
    if key:
        parts.append(key_name(key))
    seconds = translate("Roll", "{seconds} seconds").format(seconds=f"{melody.seconds:.0f}")
    lasts = [counted_in(melody).said(melody.tempos[0].bpm), seconds]
    if melody.parts:
        parts += lasts
        return " ".join((", ".join(parts) + ".", *_describe_parts(melody)))
    if not melody.notes:
        return ", ".join([*parts, translate("Roll", "no notes") if melody.pitched else translate("Roll", "no hits")]) + "."
    if not melody.pitched:
        parts += lasts
        return " ".join((", ".join(parts) + ".", *describe_drums(melody)))
    pitches = [note.pitch for note in melody.notes]
    parts.append(
        translate("Roll", "{notes} from {low} to {high}").format(
            notes=_count(len(pitches), translate("Roll", "1 note"), translate("Roll", "{count} notes")),
            low=words.pitch(min(pitches)), high=words.pitch(max(pitches)),
        )
    )  # fmt: skip
    parts += lasts
    highest = melody.notes[pitches.index(max(pitches))]
    lengths = [note.end - note.start for note in melody.notes]
    common = max(set(lengths), key=lambda length: (lengths.count(length), length))
    steps = [abs(b - a) for a, b in pairwise(pitches)]
    smooth = 2 * sum(step <= 2 for step in steps) >= len(steps)
    return " ".join(
        (
            ", ".join(parts) + ".",
            translate("Roll", "It begins on {first} and ends on {last}; its highest note comes at {place}.").format(
                first=words.pitch(pitches[0]), last=words.pitch(pitches[-1]), place=words.place(highest.start)
            ),
            translate("Roll", "The commonest length is: {length}.").format(length=words.length(common)),
            translate("Roll", "It moves mostly by step.") if smooth else translate("Roll", "It moves mostly by leaps."),
        )
    )


def _describe_parts(score: Music) -> list[str]:
    """What each part of a score has, in sentences."""
    words, found = words_of(score), []
    for name, part in zip(part_names(score.parts), score.parts, strict=True):
        if part.chords:
            first = ", ".join(name for _, _, name in chords_of(score)[:4])
            count = _count(len(part.chords), translate("Roll", "1 chord symbol"), translate("Roll", "{count} chord symbols"))
            found.append(translate("Roll", "{count}, beginning with {first}.").format(count=count, first=first))
            continue
        if part.pitched and part.notes:
            pitches = [note.pitch for note in part.notes]
            said = translate("Roll", "{notes} from {low} to {high}").format(
                notes=_count(len(pitches), translate("Roll", "1 note"), translate("Roll", "{count} notes")),
                low=words.pitch(min(pitches)), high=words.pitch(max(pitches)),
            )  # fmt: skip
        else:
            said = _count(len(part.notes), translate("Roll", "1 hit"), translate("Roll", "{count} hits"))
        found.append(f"{name}: {said}.")
    return found


def key_name(key: str) -> str:
    """A stated key with its mode in the language of the window."""
    modes = {
        "major": translate("Roll", "{tonic} major"),
        "minor": translate("Roll", "{tonic} minor"),
        "dorian": translate("Roll", "{tonic} dorian"),
        "mixolydian": translate("Roll", "{tonic} mixolydian"),
        "lydian": translate("Roll", "{tonic} lydian"),
        "phrygian": translate("Roll", "{tonic} phrygian"),
        "locrian": translate("Roll", "{tonic} locrian"),
        "aeolian": translate("Roll", "{tonic} aeolian"),
        "ionian": translate("Roll", "{tonic} ionian"),
    }
    tonic, _, mode = key.partition(" ")
    named = modes.get(mode)
    return named.format(tonic=tonic.replace("#", "♯").replace("b", "♭")) if named else key
