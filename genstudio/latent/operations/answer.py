"""Replace one part of a score with a new one, as another answer to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import DecodingOptions, OperationOptions, checked, field, like
from genstudio.errors import ConfigError
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source, of_sampling
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.progress import Stop

__all__ = ["ANSWER", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of an answer."""

    part: str = field("", "Part", "The part that is replaced: a name, a role or a number.", flag="--part")
    n: int = like(OperationOptions, "n", 4)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The part differs from that of the source in all results; the other parts stay exactly as they are, also those that the model
    does not read.

    Raises:
        ConfigError: no part is given, the model writes no such part, or only one voice.
        ModelError: the model has no summary with details that can be blank.
        FileError: the other parts are silent.
    """
    from genstudio.latent.plan import Asked
    from genstudio.latent.rewriting import rewritten

    def chosen(piece: Any) -> list[int]:
        if not own.part.strip():
            names = ", ".join(dict.fromkeys(model.domain.roles(piece)))
            raise ConfigError("no part was given; say which is to be replaced: {names}.", names=names)
        return model.domain.part_numbers(piece, [own.part])

    n = checked(Options, "n", own.n)
    how = Asked("answer", options, {"n": n, "part": own.part})
    return rewritten(model, sources[0], chosen, n, how, new=True, stop=stop)


def _defaults(model: Codec) -> dict[str, Any]:
    from genstudio.generation.choosing import TEMPERATURE

    # Greedy decoding often gives the part that is there.
    return {**of_sampling(model), "temperature": model.sampling.temperature or TEMPERATURE}


ANSWER = Operation(
    name="answer",
    help="replace one part of a score with a new one that answers the others",
    about="Replace one part of a score with a new one that answers the others, which stay as they are.",
    options=Options,
    run=_run,
    result=Several("answer"),
    sources=(Source("source", "a file with several parts"),),
    part="",
    drawn=True,
    defaults=_defaults,
)
