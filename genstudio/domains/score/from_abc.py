"""Read scores from ABC tunebooks: every voice of a tune, with chord symbols and the first verse of the lyrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from genstudio.domains.base import ReadResult
from genstudio.domains.music.abc import Beside, VoiceReader, read_tunes
from genstudio.domains.music.abc_fields import Voice, voices_of
from genstudio.domains.music.bars import CLOSE, Event, Measure, laid_out, played
from genstudio.domains.score.piece import KeyChange, Lyric, Part, Score, trimmed
from genstudio.domains.score.recognise import add_chords
from genstudio.domains.score.roles import STATED, with_roles
from genstudio.domains.score.selection import selected
from genstudio.domains.score.symbol_text import Named, chord_named, is_no_chord, simplified, until_next
from genstudio.domains.score.tied import TiedNotes
from genstudio.errors import FileError, Message

__all__ = ["read"]

_MOST_VOICES = 32
_MOST_NOTES = 200_000  # with repeats played


def read(path: Path, data: bytes, *, parts: str | None, chords: bool = False) -> ReadResult:
    """Read a score from each tune of a tunebook.

    Args:
        path: of the file.
        data: its bytes.
        parts: the parts to take; see :func:`~genstudio.domains.score.selection.selected`.
        chords: recognise chord symbols where a tune has none.

    Raises:
        DamagedFileError: it is not ABC; the message is a clause without the path.
    """
    result = read_tunes(path, data, lambda name: _TuneReader(name, parts, chords))
    if parts is not None and not result.pieces:
        raise FileError("{reason}", reason=result.refused[0].reason)
    return result


@dataclass
class _VoiceNotes:
    """A voice, and its notes and syllables as they are played."""

    reader: VoiceReader
    voice: Voice | None
    places: dict[int, int]  # the number of each measure by its id
    sounding: TiedNotes = field(default_factory=TiedNotes)
    lyrics: list[Lyric] = field(default_factory=list)

    @property
    def measures(self) -> list[Measure]:
        return self.reader.measures

    def beside(self, items: Sequence[Beside]) -> dict[int, list[Beside]]:
        """What is written beside the notes, by the number of its measure."""
        found: dict[int, list[Beside]] = {}
        for one in items:
            # A symbol before a bar line that no note follows belongs to no measure.
            if id(one.measure) in self.places:
                found.setdefault(self.places[id(one.measure)], []).append(one)
        return found


class _TuneReader:
    """Reads one tune; see :class:`~genstudio.domains.music.abc.TuneReader`."""

    def __init__(self, name: str, parts: str | None, chords: bool) -> None:
        self.name, self.parts, self.chords = name, parts, chords
        self.readers: list[VoiceReader] = []

    @property
    def work(self) -> int:
        return sum(reader.work for reader in self.readers)

    def run(self, text: str) -> tuple[Score, list[str]]:
        lines = text.split("\n")
        written = voices_of(lines)
        if len(written) > _MOST_VOICES:
            raise FileError("it has more than {most} voices", most=_MOST_VOICES)
        chosen: list[Voice | None] = [*written] or [None]
        voices = [self._voice(lines, written, voice) for voice in chosen]
        remarks = [remark for voice in voices for remark in voice.reader.remarks]
        voices = [voice for voice in voices if voice.measures]
        if not voices:
            raise FileError("no notes")
        first = voices[0].reader
        common = _common(voices)
        heard = played(common, first.order, remarks.append)
        if not heard:
            raise FileError("no notes")
        first.find_metre(heard)
        layout = laid_out(heard, remarks.append)
        named = max(voices, key=lambda voice: len(voice.reader.symbols))
        symbols: list[tuple[int, Named | None]] = []
        keys = [KeyChange(0, first.sounding_key)]
        stated = _keys(voices[0])
        beside = named.beside(named.reader.symbols)
        extra = [_by_measure(voice) for voice in voices]
        sung = [voice.beside(voice.reader.lyrics) for voice in voices]
        until = 0.0
        for measure, at in layout.placed:
            if at < until - CLOSE:  # a pickup in the bar before
                for voice in voices:
                    voice.sounding.give_way(round(at))
            until = at + measure.ticks
            keys += (KeyChange(round(at + ticks), name) for ticks, name in stated[min(measure.index, len(stated) - 1)])
            for voice, others, words in zip(voices, extra, sung, strict=True):
                _put(voice, measure.index, at, others, words)
            symbols += (
                (round(at + one.ticks), chord)
                for one in beside.get(measure.index, ())
                if (chord := chord_named(one.text)) is not None or is_no_chord(one.text)
            )
            if sum(len(voice.sounding.notes) for voice in voices) > _MOST_NOTES:
                raise FileError("it has more than {most:,} notes, repeats played out", most=_MOST_NOTES)
        found = [
            Part(
                name=voice.voice.label if voice.voice is not None else "", role="drums" if voice.reader.drums else "other",
                program=voice.reader.program or 0, notes=tuple(voice.sounding.notes), lyrics=tuple(voice.lyrics),
            )
            for voice in voices
            if voice.sounding.notes
        ]  # fmt: skip
        roles = next((line.split()[1:] for line in lines if line.startswith(f"%{STATED} ")), [])
        found = with_roles(found, stated=roles)
        made, odd = until_next(symbols, layout.length)
        if made:
            found.append(Part(name="Chords", role="symbols", chords=made))
        if not found:
            raise FileError("no notes")
        remarks += simplified(odd)
        if any(voice.reader.verses > 1 for voice in voices):
            remarks.append(Message("only the first verse of its lyrics is kept"))
        parts = self.parts
        if self.chords:
            found, parts = add_chords(found, parts, layout.metres, layout.pickup, layout.length, first.sounding_key)
        found, more = selected(found, parts)
        score = Score.build(
            found, layout.metres, layout.tempos, layout.pickup, layout.length, key=first.sounding_key,
            key_changes=tuple(now for before, now in pairwise(keys) if now.name != before.name), title=first.shown_title,
            source=self.name, recognised=not made and any(part.chords for part in found),
        )  # fmt: skip
        return trimmed(score), list(dict.fromkeys([*remarks, *more]))

    def _voice(self, lines: list[str], voices: list[Voice], voice: Voice | None) -> _VoiceNotes:
        reader = VoiceReader(self.name)
        self.readers.append(reader)
        reader.parse(lines, voices, voice)
        reader.measures = [measure for measure in reader.measures if measure.events]
        return _VoiceNotes(reader, voice, {id(measure): index for index, measure in enumerate(reader.measures)})


def _keys(voice: _VoiceNotes) -> list[list[tuple[float, str | None]]]:
    """The keys of each measure of a voice: that at its beginning, and later ones with their ticks."""
    changes = voice.beside(voice.reader.keys)
    name = voice.reader.sounding_key
    found: list[list[tuple[float, str | None]]] = []
    for index in range(len(voice.measures)):
        inside = [(one.ticks, one.text or None) for one in changes.get(index, ())]
        found.append([(0.0, name), *inside])
        name = inside[-1][1] if inside else name
    return found


def _common(voices: Sequence[_VoiceNotes]) -> list[Measure]:
    """The measures that all voices share, each as long as in its longest voice, with the marks of all voices. They have the notes
    of the first voice, which say where there is room for a pickup."""
    longest = max(voices, key=lambda voice: len(voice.measures))
    found = []
    for index, one in enumerate(longest.measures):
        same = [voice.measures[index] for voice in voices if index < len(voice.measures)]
        first = same[0]
        more = max(other.ticks for other in same) - first.ticks
        events = [*first.events, Event(None, more)] if more > CLOSE else first.events
        found.append(
            Measure(
                first.metre or one.metre, first.bpm, first.part, events,
                endings=next((other.endings for other in same if other.endings), None),
                starts_repeat=any(other.starts_repeat for other in same), ends_repeat=any(other.ends_repeat for other in same),
                times=max(other.times for other in same), ends_section=any(other.ends_section for other in same), index=index,
                marks=frozenset().union(*(other.marks for other in same)),
            )
        )  # fmt: skip
    return found


def _by_measure(voice: _VoiceNotes) -> dict[int, list[list[Event]]]:
    """The voices beside the first one, by the number of their measure."""
    found: dict[int, list[list[Event]]] = {}
    for measure, events in voice.reader.others:
        if id(measure) in voice.places:
            found.setdefault(voice.places[id(measure)], []).append(events)
    return found


def _put(
    voice: _VoiceNotes, index: int, at: float, others: dict[int, list[list[Event]]], words: dict[int, list[Beside]]
) -> None:
    """Add the notes and syllables that a voice has in a measure, which begins at tick ``at``."""
    if index >= len(voice.measures):
        return
    rows = []
    for events in (voice.measures[index].events, *others.get(index, ())):
        position = at
        for event in events:
            start, end = round(position), round(position + event.ticks)
            rows += [(start, end, pitch, ties) for pitch, ties in event.notes]
            position += event.ticks
    for start, end, pitch, ties in sorted(rows):
        voice.sounding.add(start, end, pitch, tied=False, ties=ties)
    voice.lyrics += (Lyric(round(at + one.ticks), one.text, one.joins) for one in words.get(index, ()))
