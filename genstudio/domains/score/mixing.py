"""The mixer: with which instrument and how loud each part of a score is played, and which parts are heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from genstudio.domains.score.piece import Score
from genstudio.records import Record

__all__ = ["Channel", "Mix", "heard", "lead_sheet", "mix_from", "mix_record", "mixed"]


@dataclass(frozen=True)
class Channel:
    """What the mixer says of a part.

    program: the General MIDI instrument, 0 .. 127, of drums the kit; None: that of the part. level: how loud, 0 .. 1; see
    :class:`~genstudio.domains.score.piece.Part`. None: that of the part. muted: whether it is silent. solo: whether only it, and
    others that are solo, are heard.
    """

    program: int | None = None
    level: float | None = None
    muted: bool = False
    solo: bool = False


Mix = Mapping[int, Channel]
"""The channels that were changed, by the index of their part."""


def heard(score: Score, mix: Mix) -> tuple[int, ...]:
    """The indices of the parts that are heard: those that are solo, or all if none is, without those that are muted."""
    channels = [mix.get(index, Channel()) for index in range(len(score.parts))]
    solo = any(channel.solo for channel in channels)
    return tuple(index for index, one in enumerate(channels) if not one.muted and (one.solo or not solo))


def mixed(score: Score, mix: Mix, only: tuple[int, ...] | None = None) -> Score:
    """The score as the mixer has it: the parts that are heard, with their instruments and levels. Its length stays.

    Args:
        score: the score.
        mix: the mixer.
        only: the indices of the parts to keep; None: those that are :func:`heard`.
    """
    parts = []
    for index in heard(score, mix) if only is None else only:
        part, channel = score.parts[index], mix.get(index, Channel())
        program = part.program if channel.program is None else channel.program
        parts.append(replace(part, program=program, level=part.level if channel.level is None else channel.level))
    return score if tuple(parts) == score.parts else replace(score, parts=tuple(parts))


def lead_sheet(score: Score) -> Score:
    """The tune of a score, which is its first melody, else its first part with notes, and its chord symbols."""
    pitched = [index for index, part in enumerate(score.parts) if part.pitched and part.notes]
    tunes = [index for index in pitched if score.parts[index].role == "melody"] or pitched
    symbols = [index for index, part in enumerate(score.parts) if part.role == "symbols"]
    return mixed(score, {}, (*tunes[:1], *symbols))


def mix_record(mix: Mix) -> dict[str, Any]:
    """A mixer as JSON; :func:`mix_from` is the inverse."""
    return {
        str(index): {name: value for name, value in vars(channel).items() if value is not None and value is not False}
        for index, channel in sorted(mix.items())
        if channel != Channel()
    }


def mix_from(recorded: object) -> dict[int, Channel]:
    """The mixer of a record; what is damaged in it is left out."""
    found = {}
    for name, about in recorded.items() if isinstance(recorded, Mapping) else ():
        try:
            record = Record(about, "channel")
            found[int(name)] = Channel(
                record.whole("program", 0, 127) if "program" in record else None,
                record.number("level", 0.0, 1.0) if "level" in record else None,
                "muted" in record and record.flag("muted"),
                "solo" in record and record.flag("solo"),
            )
        except ValueError:
            continue
    return found
