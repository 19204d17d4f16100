"""An offline SoundFont synthesizer in numpy, for one voice of notes or a drum kit.

The synthesizer of symusic plays many SoundFonts off key (piano and violin of General MIDI by octaves), and others need system
packages. This one renders each note by itself, all its samples at once, and adds the notes up.

Source: SoundFont Technical Specification 2.04, section 9. Implemented are pitch (root, tuning, scale), loops, volume envelope,
modulation envelope and both oscillators on pitch, tremolo, attenuation, velocity (8.4.1), pan, and the low-pass filter with its
value a tenth of a second into the note. Not implemented are modulators of the file, reverb and chorus.

A hit of a drum sounds until its sample ends, whatever the length of the note (General MIDI System Level 1: percussion ignores the
end of notes); if the sample is a loop, the hit is held as long as its note, and released by the generators. A hit ends sounding
hits of the same exclusive class (8.1.2, 57): a closed hi-hat ends an open one.

Conventions: sound is float32 [frames, 2]; envelopes and pitches are arrays over frames.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Note
from genstudio.rendering.soundfont import DEFAULTS, SoundFont, Zone

__all__ = ["play", "strike"]

Sound = NDArray[np.float32]
_LONGEST_RELEASE = 3.0  # seconds
_SHORTEST_RELEASE = 0.012  # a shorter one clicks
_QUIET = 80.0  # dB: sound that far below its beginning is not heard
_LONGEST_HIT = 6.0  # seconds
_CHOKE = 0.02  # seconds in which a drum fades out when another of its class ends it
_CLASS, _MODE = 57, 54  # generators
_EMU = 0.4  # the share of an attenuation that the reference synthesizers apply


def play(notes: Iterable[tuple[float, float, Note]], font: SoundFont, program: int, rate: int, seconds: float) -> Sound:
    """Render notes.

    Args:
        notes: ``(start, end, note)`` in seconds.
        font: the SoundFont.
        program: the General MIDI program, 0 .. 127.
        rate: samples per second.
        seconds: the length of the music.

    Returns:
        The sound, float32 [frames, 2], 3 seconds longer than the music, in which the last notes decay.
    """
    out = np.zeros((math.ceil((seconds + _LONGEST_RELEASE) * rate) + 1, 2), np.float32)
    known: dict[tuple[int, int, int], Sound] = {}
    for start, end, note in notes:
        at = round(start * rate)
        frames = max(1, round(end * rate) - at)
        key = (note.pitch, max(1, min(127, note.velocity)), frames)
        if key not in known:
            known[key] = _note(font, program, *key, rate)
        made = known[key][: len(out) - at]
        out[at : at + len(made)] += made
    return out


def strike(notes: Iterable[tuple[float, float, Note]], font: SoundFont, kit: int, rate: int, seconds: float) -> Sound:
    """Render drums, as :func:`play` renders notes; the pitch of a note is the number of the drum, ``kit`` the program."""
    out = np.zeros((math.ceil((seconds + _LONGEST_RELEASE) * rate) + 1, 2), np.float32)
    timed = sorted(notes, key=lambda one: one[0])
    zones = {note.pitch: font.zones(kit, note.pitch, max(1, min(127, note.velocity)), drums=True) for _, _, note in timed}
    classes = {pitch: next((zone.generators.get(_CLASS, 0) for zone in found), 0) for pitch, found in zones.items()}
    known: dict[tuple[int, int, int], Sound] = {}
    ends: dict[int, float] = {}  # by class: the time of the next hit
    for start, end, note in reversed(timed):
        at = round(start * rate)
        key = (note.pitch, max(1, min(127, note.velocity)), max(1, round(end * rate) - at))
        if key not in known:
            known[key] = _hit(font, kit, *key, rate)
        made = known[key][: len(out) - at]
        kind = classes[note.pitch]
        # Simultaneous hits of a class do not end each other.
        until = ends.get(kind, math.inf) if kind else math.inf
        if until - start < len(made) / rate:
            made = _choked(made, round((until - start) * rate), rate)
        out[at : at + len(made)] += made
        if kind:
            ends[kind] = start
    return out


def _hit(font: SoundFont, kit: int, pitch: int, velocity: int, frames: int, rate: int) -> Sound:
    """One hit of a drum, to its end."""
    parts = []
    for zone in font.zones(kit, pitch, velocity, drums=True):
        looped = zone.generators.get(_MODE, 0) & 3 in (1, 3)
        whole = math.ceil(_LONGEST_HIT * rate)
        parts.append(_zone(zone, pitch, velocity, frames if looped else whole, rate))
    return _added(parts)


def _choked(sound: Sound, frames: int, rate: int) -> Sound:
    """The sound up to a frame, with a short fade after it."""
    fall = min(len(sound) - frames, round(_CHOKE * rate))
    ended = sound[: frames + fall].copy()
    ended[frames:] *= np.linspace(1, 0, fall, dtype=np.float32)[:, None]
    return ended


def _note(font: SoundFont, program: int, pitch: int, velocity: int, frames: int, rate: int) -> Sound:
    return _added([_zone(zone, pitch, velocity, frames, rate) for zone in font.zones(program, pitch, velocity)])


def _added(parts: list[Sound]) -> Sound:
    out = np.zeros((max((len(part) for part in parts), default=0), 2), np.float32)
    for part in parts:
        out[: len(part)] += part
    return out


@dataclass(frozen=True)
class _Voice:
    """A zone that sounds for a key, released after ``held`` frames; ``rate`` is the number of frames per second."""

    zone: Zone
    key: int
    held: int
    rate: int

    def get(self, operator: int) -> int:
        """The value of a generator."""
        return _value(self.zone, operator)

    def time(self, operator: int, by: int | None = None) -> float:
        """The value of a generator in seconds; ``by``: the generator for its dependence on the key."""
        seconds = min(40.0, math.pow(2, max(-12000, min(8000, self.get(operator))) / 1200))
        return seconds if by is None else seconds * 2.0 ** (self.get(by) * (60 - self.key) / 1200)


def _value(zone: Zone, operator: int) -> int:
    return zone.generators.get(operator, DEFAULTS.get(operator, 0))


def _zone(zone: Zone, pitch: int, velocity: int, held: int, rate: int) -> Sound:
    key, loud = _value(zone, 46), _value(zone, 47)
    loud = loud if 1 <= loud <= 127 else velocity
    voice = _Voice(zone, key if 0 <= key <= 127 else pitch, held, rate)
    get, key, sample = voice.get, voice.key, zone.sample
    envelope = _volume(voice)
    frames = len(envelope)
    root = get(58) if 0 <= get(58) <= 127 else sample.root
    cents = get(56) * (key - root) + 100.0 * get(51) + get(52) + sample.correction
    bend = _bend(voice, frames)
    step = sample.rate / rate
    if isinstance(bend, float):
        places = np.arange(frames) * (step * 2.0 ** ((cents + bend) / 1200))
    else:
        steps = step * np.exp2((cents + bend) / 1200)
        places = np.concatenate(([0.0], np.cumsum(steps[:-1])))
    wave = _read(voice, places)
    wave = wave[: len(envelope)] * envelope[: len(wave)]
    if get(13):
        wave *= np.exp2(_triangle(voice, len(wave), 21, 22) * (get(13) / 60.206)).astype(np.float32)
    wave = _filtered(voice, wave)
    attenuation = _EMU * max(0, get(48)) / 10 + 40 * math.log10(127 / loud)
    angle = (max(-500, min(500, get(17))) + 500) / 1000 * math.pi / 2
    gain = 10 ** (-attenuation / 20)
    out = np.empty((len(wave), 2), np.float32)
    np.multiply(wave, np.float32(gain * math.cos(angle)), out=out[:, 0])
    np.multiply(wave, np.float32(gain * math.sin(angle)), out=out[:, 1])
    return out


def _volume(voice: _Voice) -> Sound:
    """The volume envelope: a linear attack, then decay and release in decibels (section 8.1.2, 33 to 38)."""
    delay, attack, hold, decay = voice.time(33), voice.time(34), voice.time(35, 39), voice.time(36, 40)
    sustain, release = max(0.0, min(100.0, voice.get(37) / 10)), max(_SHORTEST_RELEASE, voice.time(38))
    # The release falls by 100 dB in its time.
    ringing = math.ceil(min(_LONGEST_RELEASE, release * _QUIET / 100) * voice.rate)
    time = np.arange(voice.held, dtype=np.float32) / np.float32(voice.rate)
    start, top = delay + attack, delay + attack + hold
    drop = np.clip((time - top) * (100 / decay), 0, sustain)
    level = np.exp(drop * np.float32(-math.log(10) / 20))
    rising = time < start
    level[rising] = np.clip((time[rising] - delay) / attack, 0, 1)
    last = float(level[-1]) if len(level) else 0.0
    fall = np.exp(np.arange(ringing, dtype=np.float32) * np.float32(-5 * math.log(10) / (release * voice.rate)))
    out: Sound = np.concatenate((level, last * fall)).astype(np.float32)
    return out


def _bend(voice: _Voice, frames: int) -> float | NDArray[np.float64]:
    """Cents that the oscillators and the modulation envelope add to the pitch; a number if they are constant."""
    total: float | NDArray[np.float64] = 0.0
    for operator, delay, speed in ((6, 23, 24), (5, 21, 22)):
        if amount := voice.get(operator):
            total = total + amount * _triangle(voice, frames, delay, speed)
    if voice.get(7):
        total = total + voice.get(7) * _modulation(voice, frames)
    return total


def _modulation(voice: _Voice, frames: int) -> NDArray[np.float64]:
    """The modulation envelope, 0 .. 1, which is linear throughout (section 8.1.2, 25 to 30)."""
    delay, attack, hold, decay, release = voice.time(25), voice.time(26), voice.time(27, 31), voice.time(28, 32), voice.time(30)
    sustain = 1 - max(0, min(1000, voice.get(29))) / 1000
    seconds = np.arange(frames) / voice.rate
    top = delay + attack + hold
    level = np.where(seconds < delay + attack, (seconds - delay) / attack, np.maximum(sustain, 1 - (seconds - top) / decay))
    level = np.clip(level, 0, 1)
    let_go = min(voice.held, frames) - 1
    level[let_go:] = np.maximum(0, level[let_go] - np.arange(frames - let_go) / (release * voice.rate))
    return level


def _triangle(voice: _Voice, frames: int, delay: int, speed: int) -> NDArray[np.float64]:
    """A low-frequency oscillator, -1 .. 1, starting at 0; ``delay`` and ``speed`` are the generators of its delay and frequency."""
    frequency: float = min(8.176 * 2.0 ** (voice.get(speed) / 1200), 100.0)
    phase = np.maximum(0, np.arange(frames) / voice.rate - voice.time(delay)) * frequency + 0.75
    return 4 * np.abs(phase - np.floor(phase) - 0.5) - 1


def _read(voice: _Voice, places: NDArray[np.float64]) -> Sound:
    """The values of the sample at ``places``, with cubic interpolation (Catmull and Rom), looped as the zone states."""
    sample, get, held = voice.zone.sample, voice.get, voice.held
    data = sample.data
    first = max(0, get(0) + 32768 * get(4))
    last = min(len(data), len(data) + get(1) + 32768 * get(12))
    low = sample.loop_start + get(2) + 32768 * get(45)
    high = sample.loop_end + get(3) + 32768 * get(50)
    mode = get(54) & 3
    looped = mode in (1, 3) and 0 <= low < high <= len(data) and high - low >= 4
    places = places + first
    if looped:
        # Places are ascending, so from one index on all are past the end of the loop.
        turn = int(np.searchsorted(places, high))
        let_go = places[held - 1 :].copy() if mode == 3 and held < len(places) else None
        places[turn:] = low + np.mod(places[turn:] - low, high - low)
        if let_go is not None:  # after the release the sample is played to its end
            places[held - 1 :] = places[held - 1] + (let_go - let_go[0])
            places = places[: held + int(np.searchsorted(places[held:], last - 1))]
    else:
        places = places[: int(np.searchsorted(places, last - 1))]
    if len(places) == 0 or last - first < 4:
        return np.zeros(0, np.float32)
    # Interpolation at the end of the loop needs two more points: those after its start.
    ring = (data[:high], data[low : low + 3]) if looped and mode == 1 else (data, data[-1:], data[-1:])
    padded = np.concatenate((data[:1], *ring))
    index = places.astype(np.int64)
    np.clip(index, 0, len(padded) - 4, out=index)
    part = (places - index).astype(np.float32)
    a, b, c, d = (padded[shift:].take(index) for shift in range(4))
    wave: Sound = b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)))
    return wave


def _filtered(voice: _Voice, wave: Sound) -> Sound:
    """The wave through the two-pole low-pass filter (section 8.1.2, 8 and 9), in the frequency domain."""
    get, rate = voice.get, voice.rate
    # The filter is constant: its value a tenth of a second into a held note of the middle key.
    early = _modulation(_Voice(voice.zone, 60, 2, 10), 2)[1] if get(11) else 0.0
    cutoff = 8.176 * 2.0 ** (max(1500.0, min(13500.0, get(8) + get(11) * float(early))) / 1200)
    if cutoff > 0.42 * rate or cutoff > 16000 or len(wave) == 0:
        return wave
    size = 1 << (len(wave) + 512).bit_length()
    ratio = np.fft.rfftfreq(size, 1 / rate) / cutoff
    quality = max(0.7071, 10 ** ((max(0, min(960, get(9))) / 10 - 3.01) / 20))
    response = 1 / (1 - ratio**2 + 1j * ratio / quality)
    out: Sound = np.fft.irfft(np.fft.rfft(wave, size) * response, size)[: len(wave)].astype(np.float32)
    return out
