"""Random variants of scores, for training on what a collection lacks; see :mod:`genstudio.domains.melody.variants`.

A model that has seen only quartets of one style reconstructs chorales as if they were such quartets. Each variant is a valid score
with the same parts, but not meant to be heard.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from genstudio.domains.music.notes import Note, bar_lines
from genstudio.domains.music.time import beat_ticks
from genstudio.domains.music.variants import rebarred, stretch
from genstudio.domains.score.piece import Part, Score, cut
from genstudio.domains.score.tonality import reference_pitch

__all__ = ["variant"]


def variant(piece: Score, rng: np.random.Generator, length: int) -> Score:
    """A random variant of at most ``length`` bars; the piece itself where nothing would be left.

    One after another, each with its own probability: its speed is halved or doubled; the bar lines change; of the first bar only
    the end is left, as a pickup, which few phrases of a collection have; parts are exchanged, moved by octaves or steps, thinned,
    or left silent; all begin their notes together; the key is taken for a related one, as it may be where only one part is known.

    Args:
        piece: the score.
        rng: for all random choices.
        length: the largest number of bars; 0: no limit.
    """
    drawn = rng.random(7)
    made = piece
    free = not piece.symbols  # notes under chord symbols keep their pitches, and chord symbols stay, since they belong together
    if drawn[0] < 0.3:
        made = _stretched(made, rng)
    if drawn[1] < 0.3:
        made = rebarred(made, rng)
    if drawn[6] < 0.25:
        made = _with_pickup(made, rng)
    if free and drawn[2] < 0.4:
        made = _exchanged(made, rng)
    if drawn[3] < 0.25:
        made = _together(made)
    if drawn[4] < 0.6:
        made = replace(made, parts=tuple(_changed(part, rng, free) for part in made.parts))
    lines = bar_lines(made)
    if length and len(lines) - 1 > length:
        made = cut(made, 0, lines[length], made.title)
    made = Score.build(
        made.parts, made.metres, made.tempos, made.pickup, made.length, title=piece.title, source=piece.source, labels=piece.labels,
        key=piece.key, tonic=made.tonic if drawn[5] > 0.4 else _related(made.tonic, rng),
    )  # fmt: skip
    return piece if made.silent else made


def _related(tonic: int, rng: np.random.Generator) -> int:
    """The tonic of the dominant, subdominant or relative key."""
    return reference_pitch(2 * ((tonic + int(rng.choice((5, 7, 3, 9)))) % 12))


def _stretched(score: Score, rng: np.random.Generator) -> Score:
    found = stretch(score, (tick for part in score.parts for span in part.spans() for tick in span), rng)
    if found is None:
        return score
    scaled, metres = found

    def part(one: Part) -> Part:
        return replace(
            one,
            notes=tuple(note._replace(start=scaled(note.start), end=scaled(note.end)) for note in one.notes),
            chords=tuple(chord._replace(start=scaled(chord.start), end=scaled(chord.end)) for chord in one.chords),
            lyrics=(),
        )

    return replace(
        score, parts=tuple(map(part, score.parts)), metres=metres, pickup=scaled(score.pickup), length=scaled(score.length)
    )


def _with_pickup(score: Score, rng: np.random.Generator) -> Score:
    """Leave out the beginning of the first bar, so that its last beats are a pickup."""
    lines = bar_lines(score)
    first = score.metres[0]
    beats = lines[1] // beat_ticks(*first[1:])
    if score.pickup or len(lines) < 3 or beats < 2:
        return score
    pickup = int(rng.integers(1, max(2, beats // 2 + 1))) * beat_ticks(*first[1:])
    return replace(cut(score, lines[1] - pickup, score.length, score.title), pickup=pickup)


def _exchanged(score: Score, rng: np.random.Generator) -> Score:
    """Exchange the notes of two pitched parts."""
    pitched = [index for index, part in enumerate(score.parts) if part.pitched]
    if len(pitched) < 2:
        return score
    a, b = rng.choice(pitched, 2, replace=False).tolist()
    parts = list(score.parts)
    parts[a], parts[b] = (replace(parts[a], notes=parts[b].notes, lyrics=()), replace(parts[b], notes=parts[a].notes, lyrics=()))
    return replace(score, parts=tuple(parts))


def _together(score: Score) -> Score:
    """Let all notes begin and end on quarters, so that the parts move together, as in a chorale."""

    def part(one: Part) -> Part:
        if not one.pitched or not one.notes:
            return one
        first: dict[tuple[int, int], Note] = {}
        places: dict[int, int] = {}
        for note in one.notes:
            beat = (note.start - score.pickup) // 480
            if places.setdefault(beat, note.start) == note.start:
                first[beat, note.pitch] = note
        start = {beat: max(0, score.pickup + 480 * beat) for beat in places}
        notes = [
            note._replace(start=start[beat], end=max(start[beat] + 480, score.pickup + -(-(note.end - score.pickup) // 480) * 480))
            for (beat, _), note in first.items()
        ]
        following = sorted(set(start.values()))
        ends = dict(zip(following, [*following[1:], score.length], strict=True))
        return replace(one, notes=tuple(note._replace(end=min(note.end, ends[note.start])) for note in notes), lyrics=())

    return replace(score, parts=tuple(map(part, score.parts)))


def _changed(part: Part, rng: np.random.Generator, free: bool) -> Part:
    """Change one part: leave it silent, thin it, move it by octaves, or (if ``free``) change some pitches."""
    drawn = float(rng.random())
    notes = part.notes
    if part.role == "symbols":
        return part
    if drawn < 0.1 and free:
        notes = ()
    elif drawn < 0.4:
        gone = rng.random(len(notes)) < rng.uniform(0.1, 0.7)
        notes = tuple(note for note, drop in zip(notes, gone, strict=True) if not drop)
    elif drawn < 0.6 and part.pitched:
        step = int(rng.choice((-12, 12)))
        notes = tuple(note._replace(pitch=note.pitch + step) for note in notes if 0 <= note.pitch + step <= 127)
    elif drawn < 0.8 and part.pitched and free:
        moved = rng.random(len(notes)) < rng.uniform(0.05, 0.5)
        steps = np.where(moved, rng.integers(-7, 8, len(notes)), 0).tolist()
        notes = tuple(note._replace(pitch=min(127, max(0, note.pitch + step))) for note, step in zip(notes, steps, strict=True))
    return replace(part, notes=notes, lyrics=())
