"""Read scores from MIDI files: every voice as a part, with chord symbols and lyrics.

Rules
- The voice of each channel in a track is a part; those of channel 10 are one part, the drums.
- Times are put on the grid as those of melodies (:mod:`genstudio.domains.music.midi_line`), each voice by itself. Where the ends of
  notes were played, a gap before the next onset of the voice that is shorter than an eighth of a quarter, or than a quarter of the
  note, is articulation, not a rest; and so is an overlap of at most an eighth of a quarter.
- Chord symbols are markers (text events, where there are no markers) of which nearly all are names of chords; "N.C." ends a chord.
  A voice that plays just these chords, as this program writes it, is their sound, and no part of its own.
- Lyrics are lyric events, or the texts of a karaoke file. They belong to the voice of their track, or else to that which has most
  onsets at their times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import ReadResult, Track
from genstudio.domains.music.keys import key_text
from genstudio.domains.music.midi import in_one_track, key_number, title_of
from genstudio.domains.music.midi_line import key_of, layout_of, placed_times
from genstudio.domains.music.notes import Note
from genstudio.domains.music.smf import LYRIC, MARKER, PRIVATE, TEXT, Notes, Song, Text, Voice
from genstudio.domains.music.time import TICKS, MetreChange, TempoChange, full_bars
from genstudio.domains.score import tonality
from genstudio.domains.score.piece import (
    ChordSymbol,
    KeyChange,
    Lyric,
    Part,
    Score,
    durations,
    last_pitch_class,
    tidy_chords,
    trimmed,
    voicing,
)
from genstudio.domains.score.recognise import add_chords
from genstudio.domains.score.roles import with_roles
from genstudio.domains.score.selection import selected
from genstudio.domains.score.symbol_text import chord_named, is_no_chord, simplified
from genstudio.errors import FileError, Message

__all__ = ["read", "score_of", "tracks"]

_MOST_NOTES = 200_000
_NEAR = TICKS // 4  # a syllable that is no farther from an onset belongs to its note
_SAME = TICKS // 16  # and if it is no farther than that, it is sung there
_LEGATO = TICKS // 8
_RANDOM = 35 / 3  # the mean distance in ticks of random times from the grid
_MANY = 32  # times, from which that can be judged
_FOREVER = 1 << 40
_CHORDS = 0.9  # the share of names of chords among markers that are chord symbols
_FEWEST = 3


@dataclass
class _Player:
    """What plays one part: its voices, their notes in 480 ticks per quarter, and whether these do not follow the beat."""

    voices: list[Voice]
    notes: Notes
    off: bool = False


class _Content(NamedTuple):
    """What is in a song: all its parts, in bars, and remarks."""

    parts: list[Part]
    metres: list[MetreChange]
    shift: int  # the tick at which the bars begin
    pickup: int
    exact: bool  # whether this program wrote the file
    recognised: bool
    remarks: list[str]


def read(path: Path, song: Song, *, parts: str | None, grid: bool, chords: bool = False) -> ReadResult:
    """Read the score of a song from a MIDI file.

    Raises:
        FileError: see :func:`score_of`; the message is a clause without the path.
    """
    own = any(text.kind == PRIVATE for text in song.texts)  # then the first track has the title, if there is one
    title = (next(iter(song.names), "") if own else title_of(song)) or path.stem
    score, remarks = score_of(song, parts=parts, grid=grid, chords=chords, title=title, source=str(path))
    return ReadResult(pieces=[score], remarks=remarks)


def score_of(
    song: Song, *, parts: str | None = None, grid: bool = True, chords: bool = False, title: str = "", source: str = ""
) -> tuple[Score, list[str]]:
    """The score of a song, and remarks.

    Args:
        song: the content of a MIDI file.
        parts: the parts to take; see :func:`~genstudio.domains.score.selection.selected`.
        grid: put notes on the grid of eighths and sixths of a quarter; False keeps every tick.
        chords: recognise chord symbols where the song has none.
        title: of the result.
        source: of the result.

    Raises:
        FileError: it has no notes or too many, or no such part.
    """
    found = _content(song, grid)
    suggested = tonality.key_of(durations(found.parts, 0, _FOREVER), None, last_pitch_class(found.parts, 0, _FOREVER))
    key = key_of(song, None if found.exact else tonality.reference_pitch(suggested))
    changes = _key_changes(song, key, found.shift)
    if key is not None:
        key = _spelled(song, 0, key)
    everything, recognised = found.parts, found.recognised
    if chords and not any(part.chords for part in everything):
        everything, parts = add_chords(everything, parts, found.metres, found.pickup, 0, key)
        recognised = True
    chosen, more = selected(everything, parts)
    tempos = [TempoChange(_scaled(song, tick) - found.shift, round(bpm, 4)) for tick, bpm in song.tempos]
    score = Score.build(
        chosen, found.metres, tempos, found.pickup, key=key, key_changes=changes, title=title, source=source,
        recognised=recognised and any(part.chords for part in chosen),
    )  # fmt: skip
    return trimmed(score), list(dict.fromkeys(found.remarks + more))


def _key_changes(song: Song, first: str | None, shift: int) -> tuple[KeyChange, ...]:
    """The keys that a song states after its first one."""
    found: list[KeyChange] = []
    for tick, sharps, minor in sorted(song.keys)[1:]:
        name = key_text(sharps, minor)
        if name != (found[-1].name if found else first) and _scaled(song, tick) > shift:
            found.append(KeyChange(_scaled(song, tick) - shift, name))
    return tuple(change._replace(name=_spelled(song, change.tick + shift, str(change.name))) for change in found)


def _spelled(song: Song, tick: int, key: str) -> str:
    """The key at a tick (480 per quarter) as a tag names it, if that has the same signature: "A dorian" for G major."""
    named = (
        _tag(text.text).get("key", "").replace("_", " ")
        for text in song.texts
        if text.kind == PRIVATE and _scaled(song, text.tick) == tick
    )
    return next((name for name in named if name and key_number(name) == key_number(key)), key)


def tracks(song: Song) -> list[Track]:
    """The parts of a song, with the numbers by which ``parts`` chooses them; those that are read by default are chosen.

    Raises:
        FileError: it has no notes, or too many.
    """
    parts = _content(song, True).parts
    taken = {id(part) for part in selected(parts, None)[0]}
    return [
        Track(number, part.name, len(part.notes or part.chords), part.role == "drums", part.program, id(part) in taken)
        for number, part in enumerate(parts, 1)
    ]


def _content(song: Song, grid: bool) -> _Content:
    players = _players(song, grid)
    remarks = list(song.remarks)
    chords, odd = _chords(song)
    starts = [int(np.minimum.reduce(player.notes.times[0])) for player in players]
    tags = {text.track: text.text for text in song.texts if text.kind == PRIVATE and not text.text.startswith("key=")}
    began = min([*starts, *(chord.start for chord in chords[:1])])
    end = _scaled(song, max(voice.end for voice in song.voices))
    known = _tag(tags.get(1, "")).get("pickup", "")[:6]
    metres, shift, pickup, more = layout_of(song, _guide(players), began, end, int(known) if known.isdecimal() else None)
    last = max(int(np.maximum.reduce(player.notes.times[1])) for player in players) - shift
    end = full_bars(metres, pickup, last)[2]
    symbols = tidy_chords(
        chord._replace(start=max(0, chord.start - shift), end=min(end, chord.end - shift)) for chord in chords
    )
    sound = next((player for player in players if symbols and _is_sound(player, symbols, shift, tags)), None)
    players = [player for player in players if player is not sound]
    parts = _parts(song, players, shift, tags)
    if symbols:
        parts.append(Part(name="Chords", role="symbols", chords=symbols))
        if sound is not None:
            tag = _tag(tags.get(sound.voices[0].track, ""))
            name = sound.voices[0].name
            parts[-1] = replace(parts[-1], name=name, program=sound.voices[0].program, level=_level(tag))
    remarks += simplified(odd)
    for player in players:
        if len(player.voices) > 1:
            remarks.append(Message("its {count} tracks of drums were read as one part", count=len(player.voices)))
    off = [player.voices[0].name or str(number) for number, player in enumerate(players, 1) if player.off]
    if off:
        names = ", ".join(off)
        remarks.append(Message("the notes of {names} do not follow the beat, and were moved to the grid", names=names))
    recognised = any("recognised" in tag for tag in tags.values())
    return _Content(parts, metres, shift, pickup, bool(tags), recognised, remarks + more)


def _scaled(song: Song, tick: int) -> int:
    return round(tick * TICKS / song.resolution)


# -- notes ---------------------------------------------------------------------------------------------------------------


def _players(song: Song, grid: bool) -> list[_Player]:
    """The players of a song: one for each voice with a pitch, then that of the drums."""
    if not song.voices:
        raise FileError("no notes")
    if sum(voice.notes.number for voice in song.voices) > _MOST_NOTES:
        raise FileError("it has more than {most:,} notes", most=_MOST_NOTES)
    pitched = [[voice] for voice in song.voices if not voice.drums]
    drums = [voice for voice in song.voices if voice.drums]
    return [_player(voices, song.resolution, grid) for voices in (*pitched, *([drums] if drums else []))]


def _player(voices: list[Voice], resolution: float, grid: bool) -> _Player:
    placed: list[Notes] = []
    off = False
    for voice in voices:
        played = voice.notes.times * (TICKS / resolution)
        if grid:
            times, written = placed_times(voice.notes, resolution)
            distance = np.abs(played[0] - times[0])
            off |= len(distance) >= _MANY and float(distance.mean()) > 0.9 * _RANDOM
            if not written and not voice.drums:
                times[1] = _articulated(*times)
        else:
            times = np.rint(played).astype(np.int64)
            np.maximum(times[1], times[0] + 1, out=times[1])
        placed.append(Notes(times, voice.notes.pitch, voice.notes.velocity))
    columns = (np.concatenate([notes[at] for notes in placed], axis=-1) for at in range(3))
    return _Player(voices, Notes(*columns).ordered(), off)


def _articulated(start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """The ends of notes, moved to an onset near them where that is articulation; see the rules of this module."""
    onsets = np.append(np.unique(start), _FOREVER)
    index = np.searchsorted(onsets, end)
    after, before = onsets[index], onsets[index - 1]
    held = np.where((after - end) * 4 < np.maximum(end - start, TICKS // 2), after, end)
    return np.where((before > start) & (end - before <= _LEGATO) & (end - before < after - end), before, held)


def _guide(players: Sequence[_Player]) -> Notes:
    """The notes that show where bars begin: all that have a pitch, or else those of drums."""
    guides = [player.notes for player in players if not player.voices[0].drums] or [player.notes for player in players]
    return Notes(*(np.concatenate(columns, axis=-1) for columns in zip(*guides, strict=True))).ordered()


def _rows(notes: Notes, shift: int) -> Iterable[Note]:
    times = (notes.times - shift).tolist()
    velocity = np.maximum(notes.velocity, 1).tolist()
    return map(Note, *times, notes.pitch.tolist(), velocity)


def _parts(song: Song, players: Sequence[_Player], shift: int, tags: dict[int, str]) -> list[Part]:
    """The parts, with roles and lyrics."""
    shared = len(song.voices) > 1 and in_one_track(song)
    lyrics = _lyrics(song, players, shift)
    found: list[Part] = []
    stated: list[str] = []  # the roles
    for index, player in enumerate(players):
        first = player.voices[0]
        name = "" if shared else next((voice.name for voice in player.voices if voice.name), "")
        role = "drums" if first.drums else "other"
        part = Part(name=name, role=role, program=first.program, notes=tuple(_rows(player.notes, shift)))
        tag = _tag(tags.get(first.track, ""))
        found.append(replace(part, lyrics=tuple(lyrics.get(index, ())), level=_level(tag)))
        stated.append(tag.get("role", ""))
    return with_roles(found, stated=stated)


def _tag(text: str) -> dict[str, str]:
    """The values in the tag of a track, by name."""
    return dict(pair for word in text.split() if len(pair := word.split("=", 1)) == 2)


def _level(tag: dict[str, str]) -> float:
    try:
        return min(1.0, max(0.0, float(tag["level"])))
    except (KeyError, ValueError):
        return 1.0


# -- chord symbols -------------------------------------------------------------------------------------------------------


def _chords(song: Song) -> tuple[list[ChordSymbol], int]:
    """The chord symbols of a song, each until the next one, and how many had to be simplified."""
    for kind in (MARKER, TEXT):
        texts = sorted((text for text in song.texts if text.kind == kind and text.text.strip()), key=attrgetter("tick"))
        named = [(text, chord_named(text.text)) for text in texts]
        good = sum(chord is not None or is_no_chord(text.text) for text, chord in named)
        own = any("role=symbols" in text.text for text in song.texts if text.kind == PRIVATE)
        names = [text.text.strip() for text in texts]
        # A, B, C … are the sections of a song.
        sections = all(len(name) == 1 for name in names) and sorted(set(names)) == names
        if not names or good < _CHORDS * len(names) or (not own and (len(names) < _FEWEST or sections)):
            continue
        found = []
        for (text, chord), end in zip(named, [*(text.tick for text in texts[1:]), _FOREVER], strict=True):
            if chord is not None:
                end = _FOREVER if end == _FOREVER else _scaled(song, end)
                found.append(ChordSymbol(_scaled(song, text.tick), end, *chord[:3]))
        return found, sum(chord is not None and not chord[3] for _, chord in named)
    return [], 0


def _is_sound(player: _Player, chords: Sequence[ChordSymbol], shift: int, tags: dict[int, str]) -> bool:
    """Whether a player plays chord symbols, and nothing else."""
    if player.voices[0].drums:
        return False
    if "role=symbols" in tags.get(player.voices[0].track, ""):
        return True
    blocks = ((chord.start, chord.end, pitch) for chord in chords for pitch in voicing(chord))
    return _joined(note[:3] for note in _rows(player.notes, shift)) == _joined(blocks)


def _joined(notes: Iterable[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """Notes with those joined that follow one another on one pitch without a gap."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for start, end, pitch in sorted(notes):
        own = found.setdefault(pitch, [])
        if own and own[-1][1] == start:
            start = own.pop()[0]
        own.append((start, end, pitch))
    return {note for own in found.values() for note in own}


# -- lyrics --------------------------------------------------------------------------------------------------------------

_LINE = re.compile(r"^[/\\\s]+|[\s/\\]+$")  # karaoke files begin a line with a stroke


def _lyrics(song: Song, players: Sequence[_Player], shift: int) -> dict[int, list[Lyric]]:
    """The lyrics of each player that is sung to, by its index."""
    texts = [text for text in song.texts if text.kind == LYRIC]
    if not texts and any(text.text.startswith("@K") for text in song.texts):
        texts = [text for text in song.texts if text.kind == TEXT and not text.text.startswith("@")]
    found: dict[int, list[Lyric]] = {}
    onsets = {
        index: np.unique(player.notes.times[0]) for index, player in enumerate(players) if not player.voices[0].drums
    }
    for track, group in groupby(sorted(texts, key=attrgetter("track", "tick")), attrgetter("track")):
        syllables = _syllables(list(group))
        if not onsets or not syllables:
            continue
        ticks = np.array([_scaled(song, lyric.tick) for lyric in syllables])
        own = [index for index in onsets if any(voice.track == track for voice in players[index].voices)]
        index = max(own or onsets, key=lambda one: (int((_nearest(onsets[one], ticks)[1] <= _SAME).sum()), -one))
        if index in found:
            continue
        places, distance = _nearest(onsets[index], ticks)
        placed = np.where(distance <= _NEAR, places, ticks) - shift
        sung: dict[int, Lyric] = {}
        for lyric, tick in zip(syllables, placed.tolist(), strict=True):
            if tick >= 0:
                sung.setdefault(tick, lyric._replace(tick=tick))
        found[index] = list(sung.values())
    return found


def _nearest(onsets: NDArray[np.int64], ticks: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The onset nearest to each tick, and its distance."""
    index = np.searchsorted(onsets, ticks)
    after, before = onsets[np.minimum(index, len(onsets) - 1)], onsets[np.maximum(index - 1, 0)]
    nearest = np.where(np.abs(after - ticks) < np.abs(ticks - before), after, before)
    return nearest, np.abs(nearest - ticks)


def _syllables(texts: Sequence[Text]) -> list[Lyric]:
    """The syllables of one track, at the ticks of the file.

    A word goes on after a syllable that ends with a hyphen, and in files whose texts have spaces or line breaks also after one
    that neither ends with one nor is followed by one.
    """
    marked = any(_LINE.search(text.text) for text in texts)
    found: list[Lyric] = []
    for text, following in zip(texts, [*texts[1:], None], strict=True):
        word = _LINE.sub("", text.text)
        hyphen = text.text.endswith("-") and re.search(r"\w-$", word) is not None
        ends = text.text[-1:].isspace() or following is None or _LINE.match(following.text) is not None
        if word.strip("_~"):
            found.append(Lyric(text.tick, word.removesuffix("-") if hyphen else word, hyphen or (marked and not ends)))
    return found
