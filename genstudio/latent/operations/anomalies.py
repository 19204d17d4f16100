"""Score how unusual each step of a time series is: the negative log-likelihood of its level, given all steps before it.

The summary is the posterior mean of a window of the series, so what is usual is what the rest of the window does; all details are
blank, since they would give each value away. Long series are scored in windows that overlap by half, of which the later half
counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions, checked, field
from genstudio.errors import ConfigError, FileError, Message
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.operations.forecast import Charted
from genstudio.latent.pieces import Pieces
from genstudio.latent.sources import name_of, taken
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.domains.series import Series

__all__ = ["ANOMALIES", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of looking for unusual steps."""

    top: int = field(5, "Steps told", "How many of the most unusual steps are told.", low=1, high=100)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is one piece: the series with a score for each step, in nats.

    Raises:
        ConfigError: the model is of another kind.
        ModelError: the model has no summary with details that can be blank.
    """
    from genstudio.latent.decoding import Decoding
    from genstudio.latent.plan import Asked, Plan, carry_out

    top, domain = checked(Options, "top", own.top), model.domain
    if domain.kind != "series":
        raise ConfigError("{label} have no steps to score; a model of time series does that.", label=domain.label)
    model.need_details()
    piece, remarks = taken(model, sources[0], options)
    if not len(piece):
        raise FileError("{name} is empty; expected numbers.", name=name_of(sources[0], piece))
    scores: list[float | None] = []
    for window, first in _windows(model, piece):
        if stop is not None:
            stop.check()
        found, code = _scored(model, window)
        scores += found[len(scores) - first :]
    whole = replace(piece, scores=tuple(scores), bands=())
    known = [(score, step) for step, score in enumerate(scores) if score is not None]
    worst = sorted(known, reverse=True)[:top]
    labels = piece.labels_of()
    for score, step in worst:
        remarks.append(Message("{time}: {score} nats", time=labels[step], score=f"{score:.1f}"))
    asked = Asked("anomalies", options, {"top": top}, [name_of(sources[0], piece)], remarks)
    plan = Plan(code, lambda row, made: whole, Decoding(segments=[domain.units(piece)]))
    bare = domain.from_symbols(domain.to_symbols(piece))
    pieces = carry_out(model, asked, plan, rows=[bare], settled=True, stop=stop)
    pieces.facts = {"unusual": [{"time": labels[step], "value": piece.values[step], "score": score} for score, step in worst]}
    return pieces


def _windows(model: Codec, piece: Series) -> list[tuple[Series, int]]:
    """Parts of a series that overlap by half, and their first steps."""
    from genstudio.domains.series import LONGEST

    size = min(LONGEST, (model.most_bars - 1) * piece.size)
    if len(piece) <= size:
        return [(piece, 0)]
    starts = [*range(0, len(piece) - size, max(1, size // 2)), len(piece) - size]
    return [(piece.cut(start, start + size).scaled(), start) for start in starts]


def _scored(model: Codec, window: Series) -> tuple[list[float | None], Any]:
    """The score of each step of a window, and the code that it was scored with [1, dims]."""
    import torch
    import torch.nn.functional as F

    from genstudio.models.sequence_vae import BOS

    domain, network = model.domain, model.network
    symbols = domain.to_symbols(window)
    ids = torch.tensor([model.tokenizer.encode(symbols)])
    with torch.inference_mode():
        mean = network.posterior(ids).mean
        code = network.layout.alone(mean[:, : network.layout.summary])
        inputs = F.pad(ids, (1, 0), value=BOS)[:, :-1]
        logits = network.core.decode(inputs, code, network.positions(inputs))
        nll = F.cross_entropy(logits[0].double(), ids[0], reduction="none").tolist()
    outer = set(domain.grammar.indivisible)
    steps = [score for score, symbol in zip(nll, symbols, strict=True) if symbol not in outer]
    return [None if value is None else round(steps[at], 4) for at, value in enumerate(window.values)], code


def _rows(piece: Series) -> list[list[str]]:
    labels = piece.labels_of()
    rows = (
        [label, "" if value is None else repr(value), "" if score is None else repr(score)]
        for label, value, score in zip(labels, piece.values, piece.scores, strict=True)
    )
    return [["time", "value", "score"], *rows]


ANOMALIES = Operation(
    name="anomalies",
    help="score how unusual each step of a time series is",
    about="Score how unusual each step of a time series is, and name the most unusual ones.",
    options=Options,
    run=_run,
    result=Charted(_rows),
    sources=(Source("source", "a table with a column of numbers"),),
    part="column",
    decoding=(),
    tool=Tool(
        "Unusual steps",
        "What in a time series does not go with the rest of it",
        "What is unusual in it?",
        "Give it A; each step is scored by how little the model expects it.",
        "{title}, scored",
        place=12,
        whole=True,
        needs="series details",
    ),
)
