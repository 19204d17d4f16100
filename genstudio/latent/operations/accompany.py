"""Accompany a melody: write other parts for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import DecodingOptions, OperationOptions, checked, field, like
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneOrSeveral
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

__all__ = ["ACCOMPANY", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of accompanying."""

    written: tuple[str, ...] | None = field(
        None, "Parts", "The parts that are written: names, roles or numbers (default: all but the melody).", flag="--parts",
        unit="PART,PART", hint="all but the melody",
        said="The parts that are made, by name or what they are for, such as bass, chords; empty: all but the melody",
    )  # fmt: skip
    n: int = like(OperationOptions, "n", 1)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The other parts stay exactly as they are, also those that the model does not read; what the source has in the parts that are
    written is replaced. At temperature 0 the first result is the likeliest.

    Raises:
        ConfigError: the model writes no such part, or only one voice.
        ModelError: the model has no summary with details that can be blank.
        FileError: the other parts are silent.
    """
    from genstudio.latent.plan import Asked
    from genstudio.latent.rewriting import rewritten

    def chosen(piece: Any) -> list[int]:
        if own.written:
            return model.domain.part_numbers(piece, own.written)
        return [number for number, role in enumerate(model.domain.roles(piece)) if role != "melody"]

    n = checked(Options, "n", own.n)
    settings = {"n": n, **({"written": list(own.written)} if own.written else {})}
    return rewritten(model, sources[0], chosen, n, Asked("accompany", options, settings), stop=stop)


def _defaults(model: Codec) -> dict[str, Any]:
    from genstudio.generation.choosing import TEMPERATURE

    # The likeliest notes are held and repeated ones: of those for 25 phrases of quartets 50 % repeated the note before (composers:
    # 26 %), and a quarter of the parts were silent. Drawn at this temperature, 25 % and a tenth.
    return {"temperature": TEMPERATURE}


ACCOMPANY = Operation(
    name="accompany",
    help="write other parts for a melody: chords, a bass, more voices",
    about="Write other parts for a melody, or for any part of a score: chords, a bass, more voices. The parts that are given stay "
    "as they are.",
    options=Options,
    run=_run,
    result=OneOrSeveral("accompanied"),
    sources=(Source("source", "a file with a melody or several parts"),),
    part="",
    drawn=True,
    defaults=_defaults,
    tool=Tool(
        "Accompany",
        "Other parts for a melody: chords, a bass, more voices",
        "What could the others play?",
        "Give it A with a melody; the other parts are written for all of it, and the melody stays.",
        "{title}, accompanied {number}",
        values={"n": 4, "temperature": 0.6},
        place=10,
        needs="details",
        writes="parts",
    ),
)
