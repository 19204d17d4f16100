"""What a view knows of music: its bars and beats, times, names of notes, and the music in words.

Conventions: ticks are 480 a quarter; seconds are those of the music as written, whatever the tempo factor of the player.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from genstudio.domains.music import notes

if TYPE_CHECKING:
    from genstudio.domains import Music, Note
    from genstudio.domains.music.notes import Bar

__all__ = ["Words", "bar_at", "bars_of", "describe_roll", "key_name", "seconds_of", "tick_at", "words_of"]

translate = QCoreApplication.translate

QUARTER = 480
WHOLE = 4 * QUARTER
_LETTERS = {1: "♯", 2: "𝄪", -1: "♭", -2: "𝄫", 0: ""}


@lru_cache(maxsize=256)
def bars_of(melody: Music) -> tuple[Bar, ...]:
    """The bars of a piece, a pickup first."""
    return tuple(notes.bars_of(melody))


def bar_at(melody: Music, tick: int) -> Bar | None:
    """The bar that holds a tick; the last one past the end, None where there are no bars."""
    bars = bars_of(melody)
    return bars[max(0, bisect_right(bars, tick, key=lambda bar: bar.start) - 1)] if bars else None


def seconds_of(melody: Music, tick: float) -> float:
    """The time of a tick."""
    seconds = 0.0
    for change, until in zip(melody.tempos, [*(later.tick for later in melody.tempos[1:]), tick], strict=True):
        span = min(until, tick) - change.tick
        if span <= 0:
            break
        seconds += span * 60 / (QUARTER * change.bpm)
    return seconds


def tick_at(melody: Music, seconds: float) -> float:
    """The tick of a time; inverse of :func:`seconds_of`."""
    left = max(0.0, seconds)
    last = len(melody.tempos) - 1
    for index, change in enumerate(melody.tempos):
        rate = QUARTER * change.bpm / 60
        room = float("inf") if index == last else (melody.tempos[index + 1].tick - change.tick) / rate
        if left <= room:
            return change.tick + left * rate
        left -= room
    return 0.0


class Words:
    """Names of a melody's notes, spelled in its key."""

    def __init__(self, melody: Music) -> None:
        from genstudio.rendering.spelling import signature

        self._melody = melody
        self._sharps = signature(melody)[0]

    def pitch(self, pitch: int) -> str:
        """A pitch, as "B♭4"."""
        from genstudio.rendering.spelling import spell

        letter, alter, octave = spell(pitch, self._sharps)
        return f"{letter}{_LETTERS[alter]}{octave}"

    def length(self, ticks: int) -> str:
        """A length, as "dotted quarter", or in quarters where there is no name."""
        plain = {
            WHOLE: translate("Roll", "whole note"),
            WHOLE // 2: translate("Roll", "half note"),
            QUARTER: translate("Roll", "quarter"),
            QUARTER // 2: translate("Roll", "eighth"),
            QUARTER // 4: translate("Roll", "sixteenth"),
            QUARTER // 8: translate("Roll", "thirty-second"),
        }
        for whole, name in plain.items():
            if ticks == whole:
                return name
            if 2 * ticks == 3 * whole:
                return translate("Roll", "dotted {length}").format(length=name)
            if 3 * ticks == 2 * whole:
                return translate("Roll", "{length} of a triplet").format(length=name)
        return translate("Roll", "{count} quarters").format(count=f"{ticks / QUARTER:.3g}")

    def place(self, tick: int) -> str:
        """A place, as "bar 3, beat 2.5"."""
        bar = bar_at(self._melody, tick)
        if bar is None:
            return ""
        if bar.number == 0:
            return translate("Roll", "pickup")
        beat = f"{(tick - bar.start) / bar.beat + 1:.2f}".rstrip("0").rstrip(".")
        return translate("Roll", "bar {bar}, beat {beat}").format(bar=bar.number, beat=beat)

    def note(self, note: Note) -> str:
        """The name of a note, its pitch as a MIDI number, where it begins, and how long it is."""
        seconds = seconds_of(self._melody, note.end) - seconds_of(self._melody, note.start)
        return "  ·  ".join(
            (
                f"{self.pitch(note.pitch)} ({note.pitch})",
                self.place(note.start),
                f"{self.length(note.end - note.start)}, {seconds:.2f} s",
            )
        )


@lru_cache(maxsize=64)
def words_of(melody: Music) -> Words:
    """The words for a piece of music."""
    if melody.pitched:
        return Words(melody)
    from genstudio.gui.views.drums import DrumWords

    return DrumWords(melody)


def _count(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(count=number)


def describe_roll(melody: Music) -> str:
    """The music in words, for those who do not see the roll.

    "16 bars in 6/8, G major, 96 notes from D4 to B5, 112 quarters a minute, 28 seconds. It begins on D4 and ends on G4; its
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
    if not melody.notes:
        return ", ".join([*parts, translate("Roll", "no notes") if melody.pitched else translate("Roll", "no hits")]) + "."
    if not melody.pitched:
        from genstudio.gui.views.drums import describe_drums

        parts += [translate("Roll", "{tempo} quarters a minute").format(tempo=f"{melody.tempos[0].bpm:.0f}"),
                  translate("Roll", "{seconds} seconds").format(seconds=f"{melody.seconds:.0f}")]  # fmt: skip
        return " ".join((", ".join(parts) + ".", *describe_drums(melody)))
    pitches = [note.pitch for note in melody.notes]
    parts.append(
        translate("Roll", "{notes} from {low} to {high}").format(
            notes=_count(len(pitches), translate("Roll", "1 note"), translate("Roll", "{count} notes")),
            low=words.pitch(min(pitches)), high=words.pitch(max(pitches)),
        )
    )  # fmt: skip
    parts.append(translate("Roll", "{tempo} quarters a minute").format(tempo=f"{melody.tempos[0].bpm:.0f}"))
    parts.append(translate("Roll", "{seconds} seconds").format(seconds=f"{melody.seconds:.0f}"))
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
