"""Harmonise a melody: write chord symbols for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import DecodingOptions, OperationOptions, checked, like
from genstudio.errors import ConfigError
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneOrSeveral
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

__all__ = ["HARMONISE", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of harmonising."""

    n: int = like(OperationOptions, "n", 1)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """All other parts stay exactly as they are, also those that the model does not read; chord symbols that the source has are
    replaced. At temperature 0 the first result is the likeliest.

    Raises:
        ConfigError: the model writes no chord symbols.
        ModelError: the model has no summary with details that can be blank.
        FileError: the melody is silent.
    """
    from genstudio.latent.plan import Asked
    from genstudio.latent.rewriting import rewritten

    def symbols(piece: Any) -> list[int]:
        found = [number for number, role in enumerate(model.domain.roles(piece)) if role == "symbols"]
        if not found:
            raise ConfigError(
                "{model} writes no chord symbols; choose another model, such as {another}.",
                model=model.name,
                another="lead-sheet-8bar",
            )
        return found

    n = checked(Options, "n", own.n)
    return rewritten(model, sources[0], symbols, n, Asked("harmonise", options, {"n": n}), stop=stop)


HARMONISE = Operation(
    name="harmonise",
    help="write chord symbols for a melody",
    about="Write chord symbols for a melody; all its notes stay as they are.",
    options=Options,
    run=_run,
    result=OneOrSeveral("harmonised"),
    sources=(Source("source", "a file with a melody"),),
    part="",
    tool=Tool(
        "Add chords",
        "Chord symbols for a melody, whose notes stay as they are",
        "Which chords go with it?",
        "Give it A with a melody; chord symbols are written for all of it, and its notes stay.",
        "{title}, chords {number}",
        values={"n": 4},
        place=9,
        needs="details",
        writes="symbols",
    ),
)
