"""What the parts of a score are for: melody, chords, bass, drums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from genstudio.domains.score.piece import ROLES, Part, hands_of

__all__ = ["STATED", "with_roles"]

_RARE = 8  # a part with so many times fewer notes than another is an effect
_MELODY = re.compile(
    r"melod|vocal|voice|vox|\bsing|lead|solo|tune|chant|canto|gesang|stimme|cantus|sopran|violin(e|o)? ?(1|i)\b|旋律|主旋|人声",
    re.IGNORECASE,
)
_BASS = re.compile(r"bass|contrabass|cello|tuba|bassoon|fagott|pedal|贝斯", re.IGNORECASE)
_CHORDS = re.compile(r"chord|pad\b|accomp|rhythm|harmon|\bcomp|begleit|guitar|piano|klavier|organ|strings|伴奏", re.IGNORECASE)


STATED = "genstudio-roles"
"""The name under which MusicXML and ABC files keep the roles of their parts, with spaces between."""


def with_roles(parts: Sequence[Part], sung: Sequence[bool] = (), stated: Sequence[str] = ()) -> list[Part]:
    """Give parts their roles: at most one melody and, if there are several lines, one bass.

    The two hands of a keyboard accompany as "chords" and "bass" where another part has the melody; otherwise the upper hand has it.

    Args:
        parts: drums and chord symbols have their roles already.
        sung: for each part, whether it has lyrics.
        stated: the role of each part as the file states it. They are taken if there is one for each part.
    """
    found = list(parts)
    if len(stated) == len(found) and all(
        role in ROLES and (role == "drums") == (part.role == "drums") for role, part in zip(stated, found, strict=True)
    ):
        return [replace(part, role=role) for role, part in zip(stated, found, strict=True)]
    lyrics = list(sung) or [bool(part.lyrics) for part in parts]
    pitched = [index for index, part in enumerate(found) if part.pitched and part.notes]
    if not pitched:
        return found
    most = max(len(found[index].notes) for index in pitched)
    melody = max(
        pitched,
        key=lambda index: (
            _melodic(found[index], lyrics[index]) - 4.0 * (len(found[index].notes) * _RARE < most), _mean(found[index]), -index
        ),
    )  # fmt: skip
    roles: dict[int, str] = {melody: "melody"}
    others = [index for index in pitched if index != melody]
    for upper, lower in (hands for hands in hands_of(found) if len(hands) == 2):
        if upper not in roles and lower not in roles:
            roles[upper] = "chords"
        roles.setdefault(lower, "bass")
    if "bass" not in roles.values() and others:
        free = [index for index in others if index not in roles]
        low = min(free, key=lambda index: (-_is_bass(found[index]), _mean(found[index])), default=None)
        lowest = low is not None and _mean(found[low]) <= min(_mean(found[index]) for index in pitched)
        if low is not None and (_is_bass(found[low]) or (lowest and _at_once(found[low]) < 1.5)):
            roles[low] = "bass"
    for index in others:
        part = found[index]
        chordal = _at_once(part) >= 1.5 or bool(_CHORDS.search(part.name))
        roles.setdefault(index, "chords" if chordal else "other")
    return [replace(part, role=roles.get(index, part.role)) for index, part in enumerate(found)]


def _melodic(part: Part, sung: bool) -> float:
    alone = 1.0 / max(1.0, _at_once(part))
    named = 2.0 * bool(_MELODY.search(part.name)) - 1.5 * _is_bass(part) - 1.0 * bool(_CHORDS.search(part.name))
    return 4.0 * sung + named + alone + min(1.0, (_mean(part) - 48) / 36)


def _is_bass(part: Part) -> bool:
    return 32 <= part.program < 40 or part.program in (42, 43, 58, 70) or bool(_BASS.search(part.name))


def _mean(part: Part) -> float:
    return sum(note.pitch for note in part.notes) / len(part.notes) if part.notes else 60.0


def _at_once(part: Part) -> float:
    """Notes that begin together, on average."""
    return len(part.notes) / max(1, len({note.start for note in part.notes}))
