"""Music from MIDI files and the objects of MIDI libraries, and music written to them.

The bytes of a file are parsed in ``smf``; ``midi_line`` turns one voice of a song into a line of notes.

A metre change inside a bar ends that bar early if there is a metre of that length; else it moves to the next bar line.
"""

from __future__ import annotations

import io
import itertools
import re
import sys
from collections.abc import Container, Sequence
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from genstudio.domains.base import Track
from genstudio.domains.music.keys import MODES, key_pitch_class
from genstudio.domains.music.notes import Instrument, Music, Note
from genstudio.domains.music.smf import LYRIC, MARKER, TAG, TEXT, Notes, Song, Text, Voice
from genstudio.domains.music.time import TICKS, MetreChange, TempoChange, bar_ticks, metre_for, metres_within, supported_metre
from genstudio.errors import ConfigError, FileError, Message, did_you_mean
from genstudio.files import replacing

if TYPE_CHECKING:
    import pretty_midi

__all__ = [
    "MAX_BYTES",
    "in_one_track",
    "key_number",
    "lay",
    "metres_of",
    "named",
    "names_drums",
    "song_of_object",
    "song_of_pretty_midi",
    "title_of",
    "to_pretty_midi",
    "tracks_of",
    "write",
]

MAX_BYTES = 16_000_000

_DRUMS_NAME = re.compile(r"drum|perc|\bkit\b|beats?\b|schlagzeug|batterie|鼓", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(melody|melodie|voice|vocals?|lead|solo|tune|track|piano|drums?|drum ?kit|percussion|untitled|"
    r"words|lyrics?|(soft )?karaoke|conductor|tempo|(base )?midi.*)?[\s#\d]*",
    re.IGNORECASE,
)
_tick_of = itemgetter(0)


def names_drums(name: str) -> bool:
    """Whether the name of a track suggests drums."""
    return bool(_DRUMS_NAME.search(name))


def named(voices: list[Voice], track: int | str) -> int:
    """The index of the voice with that number (from 1) or name.

    Raises:
        FileError: there is none.
    """
    text = str(track).strip()
    if text.lstrip("-").isdigit():
        number = int(text)
        if 1 <= number <= len(voices):
            return number - 1
        raise FileError("there is no track {number}; it has {count} with notes, counted from 1", number=number, count=len(voices))
    for same in (str.__eq__, lambda a, b: a.lower() == b.lower(), lambda a, b: b.lower() in a.lower()):
        for index, voice in enumerate(voices):
            if same(voice.name, text):
                return index
    names = {voice.name for voice in voices if voice.name}
    if not names:
        raise FileError(
            "there is no track {text!r}: its tracks have no names; choose by number, 1 to {count}", text=text, count=len(voices)
        )
    raise FileError("there is no track {text!r}; {hint}", text=text, hint=did_you_mean(text, names))


def tracks_of(song: Song, chosen: Container[int | None]) -> list[Track]:
    """The voices of a song, for a person to choose from; those with the indices ``chosen`` are read by default."""
    return [
        Track(index + 1, voice.name, voice.notes.number, voice.drums, voice.program, index in chosen)
        for index, voice in enumerate(song.voices)
    ]


def in_one_track(song: Song) -> bool:
    """Whether one track has all voices, so that its name is that of the song."""
    return len({voice.track for voice in song.voices}) == 1


def title_of(song: Song) -> str:
    """The title of a song, or ""; the name of its only track counts as title, unless it is that of an instrument or the like."""
    names = [song.voices[0].name, *song.names] if in_one_track(song) else song.names
    return song.title or next((name for name in names if name and not _NO_TITLE.fullmatch(name)), "")


def metres_of(song: Song, began: int) -> tuple[list[MetreChange], list[str]]:
    """The metres of a song whose music begins at tick ``began`` (480 per quarter), from tick 0 on, and remarks.

    Bars that are longer than those of all supported metres are split, and bars that are too fine are joined.
    """
    scale = TICKS / song.resolution
    remarks: list[str] = []
    stated = [
        MetreChange(round(tick * scale), numerator, denominator)
        for tick, numerator, denominator in (sorted(song.metres, key=_tick_of) if len(song.metres) > 1 else song.metres)
        if numerator > 0 and denominator > 0
    ]
    metres: list[MetreChange] = []

    def take(at: int, metre: tuple[int, int]) -> None:
        if metres and metres[-1].tick == at:
            metres.pop()
        if not metres or metres[-1][1:] != metre:
            metres.append(MetreChange(at, *metre))

    for index, (at, numerator, denominator) in enumerate(stated):
        parts = metres_within(numerator, denominator)
        take(at, parts[0])
        if parts[0] == supported_metre(numerator, denominator):
            continue
        split = " + ".join(f"{over}/{under}" for over, under in parts)
        remark = f"its bars of {numerator}/{denominator} are longer or finer than supported ones, and were divided as {split}"
        if remark not in remarks:
            remarks.append(remark)
        if len(set(parts)) > 1:
            end = max((round(voice.end * scale) for voice in song.voices), default=0)
            until = stated[index + 1].tick if index + 1 < len(stated) else max(end, at + 1)
            for part in itertools.cycle(parts):
                if at >= until:
                    break
                take(at, part)
                at += bar_ticks(*part)
    if not metres or metres[0].tick > began:
        if not metres:
            remarks.append(Message("it states no metre: 4/4 was assumed"))
        metres.insert(0, MetreChange(0, 4, 4))
    metres[0] = MetreChange(0, *metres[0][1:])
    return metres, remarks


def lay(metres: Sequence[MetreChange], first: int, start: int) -> tuple[list[MetreChange], int, int]:
    """Move metre changes to bar lines.

    Args:
        metres: the first at tick 0, others anywhere.
        first: the tick of the first bar line.
        start: a tick of interest.

    Returns:
        The changes, the last bar line before or at ``start``, and the next one.
    """
    laid = [metres[0]]
    line = first
    before, after = 0, first
    settled = start < first
    for change, following in zip(metres, [*metres[1:], None], strict=True):
        bar = bar_ticks(change.numerator, change.denominator)
        if change is not metres[0] and laid[-1].tick <= line:
            if laid[-1].tick == line and len(laid) > 1:
                laid.pop()
            laid.append(MetreChange(line, change.numerator, change.denominator))
        until = max(line, following.tick) if following is not None else None
        if not settled and (until is None or start < until):
            before = line + (start - line) // bar * bar
            after = before + bar
            settled = True
        if until is None:
            break
        whole, rest = divmod(until - line, bar)
        line += whole * bar
        if rest:
            short = metre_for(rest)
            if short is not None:
                laid.append(MetreChange(line, *short))
                line += rest
            else:
                line += bar
    return laid, before, after


def song_of_pretty_midi(pm: pretty_midi.PrettyMIDI) -> Song:
    """The content of a ``pretty_midi.PrettyMIDI`` as a song."""
    song = Song(float(pm.resolution))
    end = pm.time_to_tick(pm.get_end_time())
    for number, instrument in enumerate(pm.instruments, 1):
        rows = [
            Note(pm.time_to_tick(note.start), pm.time_to_tick(note.end), int(note.pitch), int(note.velocity))
            for note in instrument.notes
        ]
        if rows:
            drums, program = bool(instrument.is_drum), int(instrument.program)
            song.voices.append(Voice(instrument.name, drums, program, Notes.of(rows), end, number))
    for kind, texts in ((LYRIC, pm.lyrics), (TEXT, pm.text_events)):
        song.texts += [Text(pm.time_to_tick(one.time), kind, 0, one.text) for one in texts]
    times, bpms = pm.get_tempo_changes()
    song.tempos = [TempoChange(pm.time_to_tick(time), float(bpm)) for time, bpm in zip(times, bpms, strict=True)]
    song.metres = [MetreChange(pm.time_to_tick(c.time), c.numerator, c.denominator) for c in pm.time_signature_changes]
    song.keys = [(pm.time_to_tick(c.time), *_sharps(c.key_number)) for c in pm.key_signature_changes if 0 <= c.key_number < 24]
    return song


def song_of_object(source: Any) -> Song | None:
    """The content of a ``pretty_midi.PrettyMIDI`` or ``symusic.Score`` (in any unit of time) as a song; None for other objects."""
    # Whoever has such an object has imported the library already; others should not wait for the import.
    if type(source).__module__.partition(".")[0] == "symusic":
        import symusic

        return _song_of_symusic(source) if isinstance(source, symusic.Score) else None
    if "pretty_midi" in sys.modules:
        import pretty_midi

        return song_of_pretty_midi(source) if isinstance(source, pretty_midi.PrettyMIDI) else None
    return None


def _song_of_symusic(score: Any) -> Song:
    score = score.to("tick")
    song = Song(float(score.ticks_per_quarter))
    end = int(score.end())
    song.texts = [Text(int(one.time), MARKER, 0, one.text) for one in score.markers]
    for number, part in enumerate(score.tracks, 1):
        song.texts += [Text(int(one.time), LYRIC, number, one.text) for one in part.lyrics]
        if len(part.notes):
            values = part.notes.numpy()
            times = np.stack((values["time"], values["time"] + values["duration"])).astype(np.int64)
            notes = Notes(times, values["pitch"], values["velocity"])
            song.voices.append(Voice(part.name, bool(part.is_drum), int(part.program), notes, end, number))
    song.tempos = [TempoChange(int(tempo.time), float(tempo.qpm)) for tempo in score.tempos]
    song.metres = [MetreChange(int(c.time), int(c.numerator), int(c.denominator)) for c in score.time_signatures]
    song.keys = [(int(c.time), int(c.key), bool(c.tonality)) for c in score.key_signatures]
    return song


def _sharps(number: int) -> tuple[int, bool]:
    """The number of sharps, and whether it is minor, of a key number of pretty_midi: 0 .. 11 major from C, 12 .. 23 minor."""
    minor = number >= 12
    sharps = (number + 3 * minor) % 12 * 7 % 12
    return (sharps if sharps <= 6 else sharps - 12), minor


def to_pretty_midi(music: Music) -> pretty_midi.PrettyMIDI:
    """Music as a ``pretty_midi.PrettyMIDI``: exact ticks, all tempos, metres and the key.

    A pickup becomes a first bar with its own, shorter metre; if there is no such metre, rests before it fill the bar. Each
    instrument that plays is a track. Captions are text events; the lyrics are those of the first instrument that is sung to.
    """
    import pretty_midi as library

    players, metres, shift = _laid_out(music)
    pm = library.PrettyMIDI(resolution=TICKS, initial_tempo=music.tempos[0].bpm)
    ends = [later.tick + shift for later in music.tempos[1:]]
    pm._tick_scales = [(0, 60.0 / (music.tempos[0].bpm * TICKS))]
    pm._tick_scales += [(tick, 60.0 / (change.bpm * TICKS)) for tick, change in zip(ends, music.tempos[1:], strict=True)]
    pm._update_tick_to_time(music.length + shift + 4 * TICKS)
    for player in players:
        instrument = library.Instrument(program=player.program, is_drum=not player.pitched, name=player.name)
        instrument.notes = [
            library.Note(
                velocity=max(1, min(127, note.velocity)),
                pitch=note.pitch,
                start=pm.tick_to_time(note.start + shift),
                end=pm.tick_to_time(note.end + shift),
            )
            for note in player.notes
        ]
        if player.level != 1.0:  # 100 is what a channel has without a word
            instrument.control_changes.append(library.ControlChange(7, round(100 * player.level), 0.0))
        pm.instruments.append(instrument)
    # An event at the end keeps the silence after the last note: a file ends at its last event.
    pm.instruments[0].control_changes.append(
        library.ControlChange(number=123, value=0, time=pm.tick_to_time(max(music.length, 1) + shift))
    )
    pm.text_events = [library.Text(text, pm.tick_to_time(tick + shift)) for tick, text in music.captions]
    sung = next((player.lyrics for player in players if player.lyrics), ())
    pm.lyrics = [library.Lyric(_syllable(*one), pm.tick_to_time(one[0] + shift)) for one in sung]
    pm.time_signature_changes = [
        library.TimeSignature(change.numerator, change.denominator, pm.tick_to_time(change.tick + (shift if change.tick else 0)))
        for change in metres
    ]
    stated = [(0, music.stated_key), *((tick + shift, name) for tick, name in music.later_keys)]
    keys = ((tick, key_number(name)) for tick, name in stated)
    pm.key_signature_changes = [library.KeySignature(key, pm.tick_to_time(tick)) for tick, key in keys if key is not None]
    return pm


def _laid_out(music: Music) -> tuple[list[Instrument], list[MetreChange], int]:
    """The instruments that play, the metres in the file, and the ticks by which all that comes after its start is moved."""
    players = [one for one in music.instruments if one.notes] or list(music.instruments[:1])
    metres = list(music.metres)
    if not music.pickup:
        return players, metres, 0
    short = metre_for(music.pickup)
    begins = min((one.notes[0].start for one in players if one.notes), default=0) == 0
    # Readers of music without tags take a silent beginning for no part of the pickup.
    if short is not None and (begins or any(one.tag for one in players)):
        return players, [MetreChange(0, *short), metres[0]._replace(tick=music.pickup), *metres[1:]], 0
    return players, metres, metres[0].bar - music.pickup


def _syllable(tick: int, text: str, joins: bool) -> str:
    """A syllable as it stands in a file: a space ends the last syllable of a word.

    Source: SMF Lyric Meta Event Definition (RP-017), MIDI Manufacturers Association, 1998.
    """
    return text if joins else f"{text} "


def key_number(key: str | None) -> int | None:
    """The number of a key in pretty_midi; other modes become the major key with the same signature."""
    if not key:
        return None
    tonic = key_pitch_class(key)
    mode = key.split()[-1].lower() if len(key.split()) > 1 else "major"
    if tonic is None:
        return None
    if mode == "minor" or mode == "aeolian":
        return 12 + tonic
    return (tonic + 7 * MODES.get(mode, 0)) % 12


def write(music: Music, path: Path | str, text: str = "", what: str = "melodies") -> None:
    """Write music as a MIDI file, whole or not at all.

    Each instrument that plays is a track with a channel of its own. Syllables are lyric events in the track of their instrument,
    captions (chord symbols) are markers in the first track, where other programs show them; the title of music of several
    instruments is the name of the first track.

    Args:
        music: the music.
        path: the file, .mid or .midi.
        text: ASCII for a text event at tick 0 of the first track.
        what: the name of such music in error messages.

    Raises:
        ConfigError: the suffix is not supported.
        FileError: the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in (".mid", ".midi"):
        raise ConfigError("{path}: {what} are written as .mid or .midi files; choose one of these suffixes.", path=path, what=what)
    pm = to_pretty_midi(music)
    for instrument in pm.instruments:  # the library writes Latin-1 only; names are in UTF-8, as most programs expect them
        instrument.name = _latin(instrument.name)
    pm.lyrics, pm.text_events = [], []
    file = io.BytesIO()
    pm.write(file)
    data = file.getvalue()
    if len(music.instruments) > 1 or music.captions or any(one.tag or one.lyrics for one in music.instruments):
        data = _with_more(data, music)
    if text:
        data = _with_text(data, text)
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def _latin(text: str) -> str:
    """The text whose bytes in Latin-1 are those of ``text`` in UTF-8."""
    return text.encode("utf-8", "replace").decode("latin-1")


def _with_more(data: bytes, music: Music) -> bytes:
    """The bytes of a MIDI file of music with its title, captions, lyrics and tags."""
    import mido

    players, _, shift = _laid_out(music)

    def tagged(tick: int, text: str) -> list[tuple[int, Any]]:
        return [(tick, mido.MetaMessage("sequencer_specific", data=TAG + text.encode("ascii", "replace")))] if text else []

    head = [(0, mido.MetaMessage("track_name", name=_latin(music.title)))] if music.title else []
    head += ((tick + shift, mido.MetaMessage("marker", text=_latin(text))) for tick, text in music.captions)
    # What a key signature, and a first bar that is shorter, do not say.
    for tick, name in ((0, music.stated_key), *((tick + shift, name) for tick, name in music.later_keys)):
        head += tagged(tick, f"key={name.replace(' ', '_')}" if name else "")
    head += tagged(0, f"pickup={music.pickup}")
    found = [head]
    for player in players:
        sung = ((one[0] + shift, mido.MetaMessage("lyrics", text=_latin(_syllable(*one)))) for one in player.lyrics)
        found.append([*tagged(0, player.tag), *sung])
    file = mido.MidiFile(file=io.BytesIO(data))
    for track, more in zip(file.tracks, found, strict=True):
        times = itertools.accumulate(message.time for message in track)
        timed = sorted([*more, *zip(times, list(track), strict=True)], key=_tick_of)
        before = itertools.chain((0,), (tick for tick, _ in timed))
        track[:] = [message.copy(time=tick - last) for (tick, message), last in zip(timed, before, strict=False)]
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def _with_text(data: bytes, text: str) -> bytes:
    """The bytes of a MIDI file with a text event (FF 01) inserted at the start of its first track."""
    start = 8 + int.from_bytes(data[4:8], "big")  # of the first track, after the header of the file
    length = int.from_bytes(data[start + 4 : start + 8], "big")
    value = text.encode("ascii", "backslashreplace")
    size = [len(value) & 0x7F]  # seven bits per byte, the highest first
    while (rest := len(value) >> 7 * len(size)) > 0:
        size.insert(0, 0x80 | (rest & 0x7F))
    event = b"\0\xff\x01" + bytes(size) + value
    return data[: start + 4] + (length + len(event)).to_bytes(4, "big") + event + data[start + 8 :]
