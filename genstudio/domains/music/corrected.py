"""What a person knows better than a file of music: its metre and its key."""

from __future__ import annotations

from dataclasses import replace

from genstudio.domains.music import keys
from genstudio.domains.music.notes import Melody, MetreChange, bar_ticks, build, supported_metre
from genstudio.errors import ConfigError

__all__ = ["in_key", "in_metre", "metre_of"]


def metre_of(text: str | None) -> tuple[int, int] | None:
    """``3/4`` as numbers; None as None.

    Raises:
        ConfigError: it is no metre that music here has.
    """
    if text is None:
        return None
    numerator, _, denominator = str(text).partition("/")
    if numerator.strip().isdecimal() and denominator.strip().isdecimal() and int(denominator) > 0:
        metre = supported_metre(int(numerator), int(denominator))
        if metre is not None:
            return metre
    raise ConfigError("{metre!r} is no metre that can be read; expected one such as 3/4, 1 to 16 over 2, 4, 8 or 16.", metre=text)


def in_metre(melody: Melody, metre: tuple[int, int]) -> Melody:
    """The same notes in bars of one metre; what was a pickup stays one where it is shorter than a bar."""
    pickup = melody.pickup % bar_ticks(*metre)
    return build(
        melody.notes, [MetreChange(0, *metre)], melody.tempos, pickup, tonic=melody.tonic, key=melody.key, program=melody.program,
        title=melody.title, source=melody.source, labels=melody.labels,
    )  # fmt: skip


def in_key(melody: Melody, key: str) -> Melody:
    """The melody with its key, and so its reference pitch, as said ("G major", "A dorian").

    Raises:
        ConfigError: it is no name of a key.
    """
    wanted = keys.key_pitch_class(key)
    words = key.split()
    if wanted is None or len(words) > 2:
        raise ConfigError("{key!r} is no key; expected one such as G major, D minor or A dorian.", key=key)
    notes = [(note.pitch, note.end - note.start) for note in melody.notes] or [(60, 1)]
    mean = sum(pitch * length for pitch, length in notes) / sum(length for _, length in notes)
    tonic = wanted + 12 * int((mean - wanted) // 12)
    tonic = max(tonic, wanted + 12 * -((wanted - keys.LOWEST) // 12))
    while tonic > keys.HIGHEST:
        tonic -= 12
    return replace(melody, tonic=tonic, key=key if len(words) == 2 else f"{key} major")
