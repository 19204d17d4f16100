"""Replace some parts of a score with new ones, while the others stay exactly as they are.

The encoder does not read the parts that are to be written, and their details are blank, as in training
(:mod:`genstudio.training.blanks`). The decoder is given the tokens of the other parts at their places. A score that is longer than
the phrases of the model is written phrase by phrase. Each begins with bars that are written already, half a phrase of them, so that
voices go on; chord symbols need none: with them as many agree with those of the composer as without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.errors import ConfigError, FileError, Message
from genstudio.generation.choosing import WARMER
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.distinct import APART, ATTEMPTS
from genstudio.latent.pieces import Pieces
from genstudio.latent.plan import Asked, Plan, carry_out
from genstudio.latent.sources import given, name_of
from genstudio.models.latent import sample_posterior
from genstudio.progress import Stop

__all__ = ["rewritten"]


@dataclass
class _Draft:
    """A score that is being written: its symbols by segment (see :meth:`genstudio.domains.Domain.lineup`), and the code of the
    first phrase."""

    segments: list[str]
    code: Tensor | None = None


def rewritten(
    model: Codec,
    source: Any,
    choose: Callable[[Any], Sequence[int]],
    n: int,
    asked: Asked,
    *,
    new: bool = False,
    stop: Stop | None = None,
) -> Pieces:
    """Replace parts of a source with new ones: ``n`` different pieces, with a remark where fewer are found.

    At temperature 0 the first is the likeliest; for the others the summary is drawn from its posterior, and the temperature is
    raised until they differ.

    Args:
        choose: the numbers (from 0) of the parts that are written, given the source with the parts that the model writes.
        asked: the request, without the source.
        new: whether the parts must differ from those of the source.

    Raises:
        ConfigError: the model writes only one voice.
        ModelError: the model has no summary with details that can be blank.
        FileError: the other parts are silent.
    """
    model.need_codes()
    model.need_details()
    domain, options = model.domain, asked.options
    if model.strands == 1:
        raise ConfigError(
            "{model} writes a single voice; choose a model of scores, such as {another}.",
            model=model.name,
            another="lead-sheet-8bar",
        )
    piece, remarks = given(model, source, options)
    arranged, more = domain.arranged(piece, model.lineup)
    numbers = choose(arranged)
    known, _ = domain.arranged(piece, model.lineup, numbers)
    if not domain.phrases(known, 0, 0, 1):
        raise FileError(
            "{name} has nothing in the parts that are kept; expected at least one note in them.",
            name=piece.title or piece.source or "the piece",
        )
    found: dict[str, tuple[Any, Tensor]] = {}
    itself = domain.to_symbols(arranged) if new else ""
    for attempt in range(ATTEMPTS):
        for draft in _drafts(model, known, numbers, n, options, attempt, stop):
            symbols = domain.grammar.separator.join(draft.segments)
            if symbols != itself and draft.code is not None:
                made = domain.with_metadata_between(domain.from_symbols(symbols), known, known, 0.0)
                found.setdefault(symbols, (domain.rewritten(piece, made, numbers, model.lineup), draft.code))
        if len(found) >= n:
            break
    if not found:
        raise ConfigError("nothing new was found; another seed or a higher temperature may give something.")
    if len(found) < n:
        remarks.append(Message("only {found} different pieces were found, not {wanted}.", found=len(found), wanted=n))
    pieces, codes = zip(*list(found.values())[:n], strict=True)
    segments = [min(domain.units(piece), _length(model))] * len(pieces)
    plan = Plan(torch.stack(codes), lambda row, _: pieces[row], Decoding(segments=segments))
    whole = replace(asked, sources=[name_of(source, piece)], remarks=[*remarks, *more])
    return carry_out(model, whole, plan, rows=list(pieces), settled=True, stop=stop)


def _length(model: Codec) -> int:
    """The number of bars that are written at once."""
    return min(model.phrase_length or model.most_bars, model.most_bars)


def _drafts(
    model: Codec, known: Any, numbers: Sequence[int], n: int, options: DecodingOptions, attempt: int, stop: Stop | None
) -> list[_Draft]:
    """Write the parts ``numbers`` of ``known``, in which they are silent, ``n`` times."""
    domain, length, bars = model.domain, _length(model), model.domain.units(known)
    drafts = [_Draft(domain.to_symbols(known).split(domain.grammar.separator)) for _ in range(n)]
    seed = (options.seed + attempt * APART) % 2**63
    options = replace(options, seed=seed, temperature=min(2.0, options.temperature + WARMER * attempt))
    before = 0 if all(domain.roles(known)[number] == "symbols" for number in numbers) else length // 2
    phrases = []
    written = 0
    while written < bars:
        last = min(bars, max(length, written - before + length))
        phrases.append(_Phrase(max(1, last - length + 1) if before else written + 1, written + 1, last))
        written = last
    for some in [[phrase] for phrase in phrases] if before else [phrases]:
        _write(model, drafts, numbers, some, options, attempt == 0, stop)
    return drafts


class _Phrase(NamedTuple):
    """The first bar of a phrase, the first that is written, and the last; from 1."""

    first: int
    new: int
    last: int


def _write(
    model: Codec,
    drafts: Sequence[_Draft],
    numbers: Sequence[int],
    phrases: Sequence[_Phrase],
    options: DecodingOptions,
    likeliest: bool,
    stop: Stop | None,
) -> None:
    """Write parts of phrases into ``drafts``.

    Args:
        likeliest: whether the first draft is written from the mean of the posterior.
    """
    domain, layout, separator = model.domain, model.network.layout, model.domain.grammar.separator
    noise = torch.randn(len(drafts), model.network.latent_dims, generator=torch.Generator().manual_seed(options.seed))
    if likeliest:
        noise[0] = 0.0
    codes, contents, written = [], [], []
    for draft, own in zip(drafts, noise, strict=True):
        whole = domain.from_symbols(separator.join(draft.segments))
        for phrase in phrases:
            piece = domain.part(whole, phrase.first, phrase.last)
            free = (model.bar_of > phrase.new - phrase.first) & torch.isin(model.part_of, torch.tensor(numbers))
            unread = free.view(-1, layout.period).any(1).numpy()
            ids = model.trained.without(np.array(model.ids(piece)), unread)
            posterior = model.network.posterior(torch.from_numpy(ids)[None])
            summary = layout.summary_of(sample_posterior(posterior, own[None])[0])
            codes.append(layout.with_details(summary, posterior.mean[0], ~free))
            contents.append(model.contents(piece, free))
            written.append((draft, phrase, unread))
    how = Decoding(
        seed=options.seed, temperature=options.temperature, top_p=options.top_p, contents=contents,
        segments=[phrase.last - phrase.first + 1 for _, phrase, _ in written],
    )  # fmt: skip
    made = model.decode(torch.stack(codes), how, stop=stop)
    for piece, code, (draft, phrase, unread) in zip(made, codes, written, strict=True):
        segments = domain.to_symbols(piece).split(separator)
        for at in unread[: len(segments)].nonzero()[0].tolist():
            place = at + (phrase.first - 1) * model.strands
            draft.segments[place] = _contents(model, segments[at], draft.segments[place])
        draft.code = code if draft.code is None else draft.code


def _contents(model: Codec, symbols: str, like: str) -> str:
    """The symbols of a segment, with the metre at the end that ``like`` has."""
    size = model.domain.grammar.size
    if size is None:
        return symbols
    return "".join([symbol for symbol in symbols if size(symbol) <= 0] + [symbol for symbol in like if size(symbol) > 0])
