"""Read scores from MusicXML files: every part, each staff of it as a part of its own, with chord symbols and lyrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from genstudio.domains.base import ReadResult
from genstudio.domains.music.bars import Event, Layout, Measure, laid_out, played
from genstudio.domains.music.musicxml import WrittenChord, WrittenPart, written
from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import DEFAULT_TEMPO, TICKS, bar_ticks, metre_for
from genstudio.domains.score.piece import QUALITIES, KeyChange, Lyric, Part, Score, trimmed
from genstudio.domains.score.recognise import add_chords
from genstudio.domains.score.roles import STATED, with_roles
from genstudio.domains.score.selection import selected
from genstudio.domains.score.symbol_text import Named, chord_named, simplified, until_next
from genstudio.domains.score.tied import TiedNotes
from genstudio.errors import FileError, Message

__all__ = ["read"]

_MOST_NOTES = 200_000  # with repeats played
_KINDS = {
    "major-11th": "major-ninth", "major-13th": "major-ninth", "minor-11th": "minor-ninth", "minor-13th": "minor-ninth",
    "pedal": "power", "Neapolitan": "major", "Italian": "dominant", "French": "dominant", "German": "dominant",
    "Tristan": "half-diminished", "augmented-ninth": "augmented-seventh",
}  # fmt: skip


@dataclass
class _Staff:
    """The notes of one staff of a part, as they are played."""

    part: WrittenPart
    number: int
    sounding: TiedNotes = field(default_factory=TiedNotes)
    lyrics: list[Lyric] = field(default_factory=list)


def read(path: Path, data: bytes, *, parts: str | None, chords: bool = False) -> ReadResult:
    """Read the score from the bytes of a MusicXML file, compressed or not.

    Args:
        path: of the file, for title and source.
        data: its bytes.
        parts: the parts to take; see :func:`~genstudio.domains.score.selection.selected`.
        chords: recognise chord symbols where it has none.

    Raises:
        FileError: it is damaged, or has no notes; the message is a clause without the path.
    """
    score = written(data)
    remarks = list(score.remarks)
    layout = laid_out(played(_bar_lines(score.parts), "", remarks.append), remarks.append)
    staves = [
        _Staff(part, number)
        for part in score.parts
        for number in sorted({note.staff for one in part.written for note in one.notes})
    ]
    if sum(len(one.notes) for part in score.parts for one in part.written) * 2 > _MOST_NOTES:
        raise FileError("it has more than {most:,} notes", most=_MOST_NOTES // 2)
    hits: dict[int, list[Note]] = {}
    harmony: list[tuple[int, WrittenChord]] = []
    symbols = max(score.parts, key=lambda part: sum(len(one.chords) for one in part.written))
    total = 0
    for measure, at in layout.placed:
        for staff in staves:
            total += _put(staff, measure.index, at)
        for index, part in enumerate(score.parts):
            if measure.index < len(part.written):
                one = part.written[measure.index]
                hits.setdefault(index, []).extend(_hits(part, one.hits, at))
                if part is symbols:
                    harmony += [(round(at + chord.start), chord) for chord in one.chords if chord.start < measure.ticks]
        if total > _MOST_NOTES:
            raise FileError("it has more than {most:,} notes, repeats played out", most=_MOST_NOTES)
    order = {id(part): index for index, part in enumerate(score.parts)}
    rows = [(order[id(staff.part)], _part(staff)) for staff in staves if staff.sounding.notes]
    rows += [(index, _drums(score.parts[index], struck)) for index, struck in hits.items() if struck]
    found = [part for _, part in sorted(rows, key=lambda row: row[0])]
    found = with_roles(found, stated=score.fields.get(STATED, "").split())
    made, odd = until_next(((at, _named(chord)) for at, chord in harmony), layout.length)
    if made:
        found.append(Part(name="Chords", role="symbols", chords=made))
    if not found:
        raise FileError("no notes")
    remarks += simplified(odd)
    if any(part.verses > 1 for part in score.parts):
        remarks.append(Message("only the first verse of its lyrics is kept"))
    for part in score.parts:
        remarks += part.remarks
    key, key_changes = _keys(score.parts, layout)
    if chords:
        found, parts = add_chords(found, parts, layout.metres, layout.pickup, layout.length, key)
    found, more = selected(found, parts)
    remarks += more
    piece = Score.build(
        found, layout.metres, layout.tempos, layout.pickup, layout.length, key=key, key_changes=key_changes,
        title=score.title or path.stem, source=str(path), recognised=not made and any(part.chords for part in found),
    )  # fmt: skip
    return ReadResult(pieces=[trimmed(piece)], remarks=list(dict.fromkeys(remarks)))


def _keys(parts: Sequence[WrittenPart], layout: Layout) -> tuple[str | None, tuple[KeyChange, ...]]:
    """The key at the beginning, and its later changes."""
    found: list[KeyChange] = []
    for measure, at in layout.placed:
        stated = [part.written[measure.index].key for part in parts if measure.index < len(part.written)]
        name = next((key for key in stated if key), None)
        if name is not None and (not found or found[-1].name != name):
            found.append(KeyChange(round(at), name))
    return (found[0].name if found else None), tuple(found[1:])


def _bar_lines(parts: Sequence[WrittenPart]) -> list[Measure]:
    """The measures that all parts share, each as long as its longest part: a rest, with the marks of the first part."""
    longest = max(parts, key=lambda part: len(part.written))
    found: list[Measure] = []
    for index, one in enumerate(longest.written):
        same = [part.written[index] for part in parts if index < len(part.written)]
        first = same[0].measure
        length = max((other.length for other in same if not other.silent), default=one.length) or one.length
        metre = first.metre
        if metre is None:
            sixteenths = max(1, round(length / (TICKS // 4)))
            metre = metre_for(sixteenths * (TICKS // 4)) or (4, 4)
            length = float(bar_ticks(*metre)) if abs(length - bar_ticks(*metre)) < TICKS // 4 else length
        bpm = next((other.measure.bpm for other in same if other.measure.bpm != DEFAULT_TEMPO), first.bpm)
        found.append(
            Measure(
                metre, bpm, events=[Event(None, length)], endings=first.endings, starts_repeat=first.starts_repeat,
                ends_repeat=first.ends_repeat, times=first.times, ends_section=first.ends_section, index=index,
            )
        )  # fmt: skip
    return found


def _put(staff: _Staff, index: int, at: float) -> int:
    """Add the notes and syllables that a staff has in a measure, which begins at tick ``at``; return their number."""
    if index >= len(staff.part.written):
        return 0
    one = staff.part.written[index]
    rows = sorted(note for note in one.notes if note.staff == staff.number and not note.aside and note.ticks > 0)
    for note in rows:
        start, end = round(at + note.start), round(at + note.start + note.ticks)
        staff.sounding.add(start, end, note.pitch, tied=note.tied, ties=note.ties)
    staff.lyrics += [
        Lyric(round(at + lyric.start), lyric.text, lyric.joins) for lyric in one.lyrics if lyric.staff == staff.number
    ]
    return len(rows)


def _part(staff: _Staff) -> Part:
    about = staff.part
    return Part(name=about.name, program=about.program, notes=tuple(staff.sounding.notes), lyrics=tuple(staff.lyrics))


def _drums(part: WrittenPart, hits: Sequence[Note]) -> Part:
    return Part(name=part.name or "Drums", role="drums", program=part.program, notes=tuple(hits))


def _hits(part: WrittenPart, hits: Sequence[tuple[float, str]], at: float) -> list[Note]:
    return [Note(round(at + start), round(at + start) + 1, part.struck.get(instrument, 38)) for start, instrument in hits]


def _named(chord: WrittenChord) -> Named | None:
    """A written chord as a chord symbol; None where it is "no chord"."""
    if chord.root < 0:
        return None
    quality, exact = _quality(chord)
    return Named(chord.root, quality, chord.bass, exact)


def _quality(chord: WrittenChord) -> tuple[str, bool]:
    """The quality of a written chord, and whether it says all that is written."""
    suspended = chord.kind == "suspended-fourth" and ("7" in chord.text or chord.degrees > 0)
    if suspended or (chord.kind == "dominant" and "sus" in chord.text):
        return "dominant-suspended", True
    if chord.kind in QUALITIES:
        return chord.kind, chord.degrees == 0
    if chord.kind in _KINDS:
        return _KINDS[chord.kind], False
    shown = chord_named(f"C{chord.text}")  # "other", or a kind that is not in the standard
    return (shown.quality, shown.exact) if shown is not None else ("major", False)
