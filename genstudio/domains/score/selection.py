"""Which parts of a file are taken."""

from __future__ import annotations

from collections.abc import Sequence

from genstudio.domains.score.piece import MOST_PARTS, ROLES, Part
from genstudio.errors import FileError, Message, did_you_mean

__all__ = ["numbers_of", "selected"]


def selected(parts: Sequence[Part], wanted: str | None) -> tuple[list[Part], list[str]]:
    """Choose parts, and say which were left out.

    Args:
        parts: all parts.
        wanted: numbers from 1, names or roles, separated by commas, in the order in which the parts are to stand; a role stands for
            all parts that have it. None: all, or if there are more than :data:`MOST_PARTS`, those with most notes.

    Raises:
        FileError: there is no such part, or more than :data:`MOST_PARTS` are wanted; the message is a clause.
    """
    if wanted is None:
        if len(parts) <= MOST_PARTS:
            return list(parts), []
        kept = sorted(range(len(parts)), key=lambda index: (-_weight(parts[index]), index))[:MOST_PARTS]
        left = ", ".join(part.name or f"{index + 1}" for index, part in enumerate(parts) if index not in kept)
        remark = Message("of its {count} parts {most} were kept; left out: {names}", count=len(parts), most=MOST_PARTS, names=left)
        return [parts[index] for index in sorted(kept)], [remark]
    found = numbers_of(parts, wanted.split(","))
    if not found:
        raise FileError("no part was named; expected numbers, names or roles such as melody,bass")
    if len(found) > MOST_PARTS:
        raise FileError("{count} parts were chosen; a score has at most {most}", count=len(found), most=MOST_PARTS)
    return [parts[index] for index in found], []


def numbers_of(parts: Sequence[Part], names: Sequence[str]) -> list[int]:
    """The numbers (from 0) of parts that are given by number from 1, name or role, each once.

    Raises:
        FileError: there is no such part; the message is a clause.
    """
    found: list[int] = []
    for text in filter(None, (one.strip() for one in names)):
        found += [index for index in _matching(parts, text) if index not in found]
    return found


def _weight(part: Part) -> int:
    return 1_000_000 if part.role in ("melody", "symbols") else len(part.notes)


def _matching(parts: Sequence[Part], text: str) -> list[int]:
    if text.isdecimal():
        if 1 <= int(text[:6]) <= len(parts):
            return [int(text[:6]) - 1]
        raise FileError("there is no part {number}; it has {count}, counted from 1", number=text[:6], count=len(parts))
    name = text.lower()
    for fits in (
        lambda part: part.role == name,
        lambda part: part.name.lower() == name,
        lambda part: name in part.name.lower(),
    ):
        found = [index for index, part in enumerate(parts) if fits(part)]
        if found:
            return found
    known = {part.name for part in parts if part.name} | {part.role for part in parts if part.role in ROLES}
    raise FileError("there is no part {text!r}; {hint}", text=text[:100], hint=did_you_mean(text, known))
