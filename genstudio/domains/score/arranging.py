"""Give a score the parts that a model writes, and take parts that it wrote into a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from genstudio.domains.score.piece import MOST_PARTS, Part, Score, family_of, top_line
from genstudio.domains.score.symbols import named_part, part_about, part_symbol
from genstudio.errors import ConfigError, Message

__all__ = ["arranged", "rewritten"]


def arranged(score: Score, lineup: str, silent: Sequence[int] = ()) -> tuple[Score, list[str]]:
    """The score with the parts of a lineup in their order, each with its own name and instrument; missing ones are silent.

    Where no part is a melody and the lineup has one, it is the highest notes of the score.

    Args:
        score: the score.
        lineup: the symbol of each part.
        silent: numbers, from 0, of parts that get nothing.

    Returns:
        The score, and remarks on the parts that were left out.
    """
    homes = _homes(score, lineup)
    parts: list[Part] = []
    remarks: list[str] = []
    for number, (symbol, home) in enumerate(zip(lineup, homes, strict=True)):
        role, family = part_about(symbol)
        if home is not None:
            part = replace(score.parts[home], role=role)
        else:
            part = named_part(role, family)
            if role == "melody" and not any(one.role == "melody" for one in score.parts) and (notes := top_line(score)):
                part = replace(part, notes=notes)
                remarks.append(Message("no part is a melody; the highest notes were taken as one."))
        if number in silent:
            part = replace(part, notes=(), chords=(), lyrics=())
        parts.append(replace(part, family="" if family in ("", family_of(part.program)) else family))
    left = [part.name or part.role for index, part in enumerate(score.parts) if index not in homes and not part.empty]
    if left:
        remarks.append(Message("the model has no parts for these, so they were not read: {names}.", names=", ".join(left)))
    return replace(score, parts=tuple(parts)), remarks


def rewritten(score: Score, made: Score, numbers: Sequence[int], lineup: str) -> Score:
    """The score with the parts ``numbers`` (from 0) of ``made``, whose parts are those of ``lineup``, in place of its own; those
    that it lacks are added after its parts.

    Raises:
        ConfigError: it would have too many parts.
    """
    homes, parts = _homes(score, lineup), list(score.parts)
    for number in numbers:
        home, new = homes[number], made.parts[number]
        if home is None:
            parts.append(new)
        else:
            parts[home] = replace(parts[home], notes=new.notes, chords=new.chords, lyrics=new.lyrics)
    if len(parts) > MOST_PARTS:
        raise ConfigError(
            "{name} has {count} parts, and a score has at most {most}; leave some of them out.",
            name=score.title or score.source or "the piece", count=len(score.parts), most=MOST_PARTS,
        )  # fmt: skip
    recognised = score.recognised and all(made.parts[number].role != "symbols" for number in numbers)
    return replace(score, parts=tuple(parts), recognised=recognised)


def _homes(score: Score, lineup: str) -> list[int | None]:
    """For each part of a lineup the index of the part of the score that takes it: one with the same role and family, else with the
    same role, else another that accompanies."""
    about = [part_about(symbol) for symbol in lineup]
    homes: list[int | None] = [None] * len(lineup)
    accompanies = ("chords", "bass", "other")
    fits: Iterable[Callable[[int, Part], bool]] = (
        lambda place, part: part_symbol(part) == lineup[place],
        lambda place, part: part.role == about[place][0],
        lambda place, part: part.role in accompanies and about[place][0] in accompanies and not part.empty,
    )
    full_first = sorted(range(len(score.parts)), key=lambda at: score.parts[at].empty)
    for fit in fits:
        for place, home in enumerate(homes):
            if home is None:
                free = (at for at in full_first if at not in homes and fit(place, score.parts[at]))
                homes[place] = next(free, None)
    return homes
