"""Turn music into sound, offline: ``synthesizer`` plays a SoundFont; libsndfile (or, for WAV, this module) writes the file.

Conventions: sound is float32 [frames, 2], full scale 1. It is normalised so that the loudest sample is at -1 dBFS: nothing clips,
and quiet instruments are heard. After the music the last note decays, for at most 3 seconds.
"""

from __future__ import annotations

import os
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Music
from genstudio.domains.music.notes import Instrument
from genstudio.domains.music.time import seconds_at
from genstudio.errors import ConfigError, FileError
from genstudio.files import replacing
from genstudio.packages import install_command
from genstudio.rendering import soundfont as soundfonts
from genstudio.rendering import synthesizer
from genstudio.rendering.instruments import instrument_name
from genstudio.rendering.soundfont import SoundFont

__all__ = ["PEAK", "RATES", "TAIL", "render", "write"]

RATES = (8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000)
PEAK = 10 ** (-1 / 20)
"""-1 dBFS."""
TAIL = 3.0
"""Seconds in which the last note decays, at most."""
LONGEST = 3600.0  # seconds
_SILENCE = 10 ** (-60 / 20)  # of the peak
_FADE = 0.05  # seconds
_SERIAL = 0x47454E53


def render(
    melody: Music, *, rate: int = 44100, soundfont: str | os.PathLike[str] | None = None, like: Music | None = None
) -> NDArray[np.float32]:
    """The sound of a piece of music: that of all its instruments, each at its level.

    Args:
        melody: the music.
        rate: samples per second, one of :data:`RATES`.
        soundfont: a .sf2 or .sf3 file; None: the bundled one.
        like: music whose loudest sample decides how loud this is: a part of it alone is as loud as in it. None: the music itself.

    Returns:
        Float32, [frames, 2].

    Raises:
        ConfigError: an option is out of range.
        FileError: there is no such SoundFont, it is damaged, or has no sound for the instrument.
    """
    if rate not in RATES:
        raise ConfigError("there is no sample rate {rate}; expected one of {rates}.", rate=rate, rates=", ".join(map(str, RATES)))
    seconds = melody.seconds
    if seconds > LONGEST:
        raise ConfigError(
            "the music lasts {seconds:.0f} minutes; sound is made of at most {longest:.0f}.",
            seconds=seconds / 60,
            longest=LONGEST / 60,
        )
    place = soundfonts.find(soundfont)
    sound = _together(melody, soundfonts.read(place), rate)
    peak = float(np.abs(sound).max(initial=0.0))
    loudest = peak if like is None else max(peak, _peak(like, place, rate))
    return _ended(sound, round(seconds * rate), rate, peak) * np.float32(PEAK / loudest if loudest else 1.0)


def _together(music: Music, font: SoundFont, rate: int) -> NDArray[np.float32]:
    """The sound of all instruments, each at its level."""
    sound = synthesizer.play((), font, 0, rate, music.seconds)
    for instrument in music.instruments:
        if instrument.notes and instrument.level > 0:
            sound += _played(instrument, music, font, rate) * np.float32(instrument.level**2)
    return sound


@lru_cache(maxsize=64)
def _peak(music: Music, soundfont: Path, rate: int) -> float:
    """The loudest sample of music as it is played."""
    return float(np.abs(_together(music, soundfonts.read(soundfont), rate)).max(initial=0.0))


def _played(instrument: Instrument, music: Music, font: SoundFont, rate: int) -> NDArray[np.float32]:
    """The sound of one instrument of the music, before its level.

    Raises:
        FileError: the SoundFont is damaged, or has no sound for it.
    """
    timed = [(seconds_at(music.tempos, note.start), seconds_at(music.tempos, note.end), note) for note in instrument.notes]
    play = synthesizer.play if instrument.pitched else synthesizer.strike
    sound = play(timed, font, instrument.program, rate, music.seconds)
    if not np.all(np.isfinite(sound)):
        raise FileError("the SoundFont gives sound that is not finite.", remedy="choose-soundfont")
    if float(np.abs(sound).max(initial=0.0)) < 1e-6:
        name = instrument_name(instrument.program, pitched=instrument.pitched)
        raise FileError("the SoundFont has no sound for the instrument {name}; choose another instrument or SoundFont.", name=name)
    return sound


def _ended(sound: NDArray[np.float32], music: int, rate: int, peak: float) -> NDArray[np.float32]:
    """The sound up to where it stays 60 dB below its peak, but at least to the end of the music, with a fade at its end."""
    loud = np.flatnonzero(np.abs(sound).max(axis=1) > _SILENCE * peak)
    fade = round(_FADE * rate)
    last = max(music, int(loud[-1]) + 1 + fade if len(loud) else 0)
    ended = sound[:last].copy()
    if len(ended) < last:
        ended = np.concatenate((ended, np.zeros((last - len(ended), 2), np.float32)))
    fade = min(fade, len(ended))
    ended[len(ended) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    return ended


def write(sound: NDArray[np.float32], path: Path, kind: str, rate: int, *, title: str = "", note: str = "") -> None:
    """Write sound as "wav" or "flac" (16 bits) or "ogg" (Vorbis), whole or not at all; ``note`` is written as the comment.

    The same sound gives the same bytes.

    Raises:
        FileError: the file cannot be written, or the format needs soundfile, which is missing.
    """
    # Sound from render() cannot clip; other sound is limited.
    held = np.clip(sound, -1.0, 1.0)
    if kind == "wav":
        with replacing(path) as temporary:
            temporary.write_bytes(_wav(held, rate, title, note))
        return
    try:
        import soundfile
    except (ImportError, OSError) as error:
        raise FileError(
            "{kind} files need soundfile ({reason})", remedy="install",
            kind=kind.upper(), reason=error, command=install_command("soundfile"),
        ) from error  # fmt: skip
    subtype = {"flac": "PCM_16", "ogg": "VORBIS"}[kind]
    with replacing(path) as temporary:
        try:
            with soundfile.SoundFile(temporary, "w", rate, 2, subtype, format=kind.upper()) as file:
                if title:
                    file.title = title
                if note:
                    file.comment = note
                # In parts, because the Vorbis encoder of libsndfile puts each block on the stack.
                for start in range(0, len(held), 1 << 15):
                    file.write(held[start : start + (1 << 15)])
        except soundfile.LibsndfileError as error:
            raise FileError("cannot write {path}: {error_string}", path=path, error_string=error.error_string) from error
        if kind == "ogg":
            temporary.write_bytes(_with_serial(temporary.read_bytes()))


def _wav(sound: NDArray[np.float32], rate: int, title: str, note: str) -> bytes:
    """A WAV file of 16 bits; title and note are its LIST INFO chunks INAM and ICMT."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    samples = np.rint(sound * 32767).astype("<i2").tobytes()
    info = b"".join(
        chunk(name, text.encode("utf-8", "replace") + b"\0") for name, text in ((b"INAM", title), (b"ICMT", note)) if text
    )
    body = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 2, rate, 4 * rate, 4, 16))
    body += chunk(b"LIST", b"INFO" + info) if info else b""
    return chunk(b"RIFF", b"WAVE" + body + chunk(b"data", samples))


def _crc_table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return table


def _with_serial(data: bytes) -> bytes:
    """The Ogg stream with a constant serial number in place of the random one of libsndfile.

    Source: RFC 3533, section 6 (pages, and their checksum).
    """
    table = _crc_table()
    pages = []
    at = 0
    while data[at : at + 4] == b"OggS":
        segments = data[at + 26]
        end = at + 27 + segments + sum(data[at + 27 : at + 27 + segments])
        page = bytearray(data[at:end])
        page[14:18] = struct.pack("<I", _SERIAL)
        page[22:26] = b"\0\0\0\0"
        crc = 0
        for byte in page:
            crc = ((crc << 8) & 0xFFFFFFFF) ^ table[(crc >> 24) ^ byte]
        page[22:26] = struct.pack("<I", crc)
        pages.append(bytes(page))
        at = end
    return b"".join(pages)
