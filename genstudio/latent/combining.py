"""Combine two pieces: the code of one says what is written, a pattern taken from both what must stand there.

Several pieces are drawn in the pattern, and the likeliest are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.corpus import collate
from genstudio.decoding.rhythm import FREE, pattern
from genstudio.errors import ConfigError, Message
from genstudio.generation.choosing import TEMPERATURE, reseeded
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.inputs import phrases_of
from genstudio.latent.pieces import Pieces
from genstudio.latent.plan import Asked, Plan, carry_out
from genstudio.latent.sources import name_of
from genstudio.progress import Stop

__all__ = ["combined", "with_chords", "with_rhythm"]

_TRIES = 8  # random decodings for each result


def combined(
    model: Codec,
    sources: Sequence[Any],
    make: Callable[[Codec, Sequence[Any], float], tuple[str, Tensor, int]],
    tune: float,
    asked: Asked,
    n: int,
    stop: Stop | None,
) -> Pieces:
    """Combine two sources to ``n`` different pieces, with a remark where fewer are found.

    Args:
        make: :func:`with_rhythm` or :func:`with_chords`.
        tune: the share of the details of the tune that is kept.
        asked: the request, without the sources.

    Raises:
        ConfigError: the domain has no pitches, or the sources do not fit.
        ModelError: the model has no summary with details that can be blank.
    """
    domain = model.domain
    if not domain.grammar.pitches:
        raise ConfigError("{label} have no pitches, so there is no tune to combine.", label=domain.label)
    model.need_details()
    pieces, remarks = phrases_of(model, sources, asked.options, asked.operation)
    form, code, like = make(model, pieces, tune)
    best = _likeliest(model, form, code, n, asked.options, stop)
    if len(best) < n:
        fewer = Message("only {found} different pieces were found, not {wanted}.", found=len(best), wanted=n)
        remarks = [*remarks, fewer]

    def metadata(row: int, piece: Any) -> Any:
        return replace(domain.with_metadata_between(piece, pieces[like], pieces[like], 0.0), title=pieces[like].title)

    plan = Plan(code.repeat(len(best), 1), metadata, Decoding(segments=[_bars(model, form)] * len(best)))
    names = [name_of(source, piece) for source, piece in zip(sources, pieces, strict=True)]
    whole = replace(asked, sources=names, remarks=remarks)
    return carry_out(model, whole, plan, rows=best, settled=True, stop=stop)


def with_rhythm(model: Codec, pieces: Sequence[Any], tune: float) -> tuple[str, Tensor, int]:
    """The rhythm of the first piece, for the tune of the second. Of a score it is that of the melody, and the other parts are
    written to fit.

    Returns:
        The pattern, the code [dims], and the number of the piece that gives tempo and title.
    """
    domain, grammar = model.domain, model.domain.grammar
    roles = domain.roles(pieces[0])
    others = [number for number, role in enumerate(roles) if role != "melody"] if "melody" in roles else []
    first, second = (domain.to_symbols(domain.arranged(piece, model.lineup, others)[0]) for piece in pieces)
    segments = _in_key_of(model, first, second).split(grammar.separator)
    form = [
        FREE + _sizes(model, segment) if _part(model, at) in others else pattern(grammar, segment)
        for at, segment in enumerate(segments)
    ]
    return grammar.separator.join(form), _code(model, pieces[1], tune), 0


def with_chords(model: Codec, pieces: Sequence[Any], tune: float) -> tuple[str, Tensor, int]:
    """The chords of the first piece in the key of the second, for the tune of the second in its rhythm; other parts are written to
    fit.

    Returns:
        As for :func:`with_rhythm`.

    Raises:
        ConfigError: the model writes no chords, the first piece has none, or the pieces differ in the length of their bars.
    """
    domain, grammar = model.domain, model.domain.grammar
    roles = domain.roles(pieces[0])
    chords = next(([at for at, role in enumerate(roles) if role == one] for one in ("symbols", "chords") if one in roles), [])
    if not chords:
        raise ConfigError(
            "{model} writes no chords; choose another model, such as {another}.",
            model=model.name,
            another="lead-sheet-8bar",
        )
    others = [number for number, role in enumerate(roles) if role != "melody" and number not in chords]
    a, b = (piece.title or piece.source or "the piece" for piece in pieces)
    alone, _ = domain.arranged(pieces[0], model.lineup, [at for at in range(len(roles)) if at not in chords])
    if not domain.phrases(alone, 0, 0, 1):
        raise ConfigError("{name} has no chords; expected some to put under the tune.", name=a)
    second = domain.to_symbols(domain.arranged(pieces[1], model.lineup, [*others, *chords])[0])
    given = _in_key_of(model, domain.to_symbols(alone), second).split(grammar.separator)
    form = []
    for at, segment in enumerate(second.split(grammar.separator)):
        part = _part(model, at)
        if part in chords and at < len(given):
            inside = "".join(symbol for symbol in given[at] if _size(model, symbol) <= 0)
            if grammar.advance(inside) != grammar.advance(segment):
                raise ConfigError(
                    "bar {bar} of {a} is not as long as that of {b}; choose two in the same metre.",
                    bar=(at - 1) // model.strands + 1, a=a, b=b,
                )  # fmt: skip
            form.append(inside + _sizes(model, segment))
        else:
            form.append(pattern(grammar, segment) if part not in others and part not in chords else FREE + _sizes(model, segment))
    code, under = _code(model, pieces[1], tune), model.encode([pieces[0]])[0]
    layout = model.network.layout
    free = torch.isin(model.part_of, torch.tensor(others, dtype=torch.int64))
    theirs = torch.isin(model.part_of, torch.tensor(chords)) & (model.bar_of <= min(map(domain.units, pieces)))
    theirs = torch.cat([torch.zeros(layout.summary, dtype=torch.bool), theirs.repeat_interleave(layout.block)])
    code = layout.with_details(layout.summary_of(code), torch.where(theirs, under, code), ~free)
    return grammar.separator.join(form), code, 1


def _part(model: Codec, segment: int) -> int:
    """The number of the part that a segment belongs to, from 0; -1 for what comes before the first bar line."""
    return (segment - 1) % model.strands if segment else -1


def _size(model: Codec, symbol: str) -> int:
    size = model.domain.grammar.size
    return 0 if size is None else size(symbol)


def _sizes(model: Codec, segment: str) -> str:
    """The metres that stand in a segment."""
    return "".join(symbol for symbol in segment if _size(model, symbol) > 0)


def _bars(model: Codec, form: str) -> int:
    return form.count(model.domain.grammar.separator) // model.strands


def _code(model: Codec, piece: Any, tune: float) -> Tensor:
    """The code [dims] of a piece with the share ``tune`` of its details; details of bars beyond its end are blank."""
    layout = model.network.layout
    code = model.encode([piece])[0]
    kept = layout.kept(tune, code) & (model.bar_of <= model.domain.units(piece))
    return layout.with_details(layout.summary_of(code), code, kept)


def _in_key_of(model: Codec, symbols: str, other: str) -> str:
    """Symbols with their key (an interchangeable symbol) replaced by that of others."""
    keys = model.domain.grammar.interchangeable
    key = next((symbol for symbol in other if symbol in keys), "")
    return "".join(key if key and symbol in keys else symbol for symbol in symbols)


def _likeliest(model: Codec, form: str, code: Tensor, n: int, options: DecodingOptions, stop: Stop | None) -> list[Any]:
    """The ``n`` likeliest of several random decodings of a code [dims] in a pattern."""
    count = n * _TRIES
    how: dict[str, Any] = {"segments": [_bars(model, form)], "rhythm": form, "stop": stop}
    rows = model.decode(code[None], **how)
    how["segments"] *= count
    rows += model.decode(code.repeat(count, 1), temperature=options.temperature or TEMPERATURE, seed=reseeded(options.seed), **how)
    different = list({model.domain.to_symbols(row): row for row in rows}.values())
    ids = torch.from_numpy(collate([np.asarray(model.ids(row), np.int64) for row in different]))
    with torch.inference_mode():
        nll, _, _ = model.network.score(ids, code.repeat(len(different), 1))
    return [different[int(row)] for row in nll.argsort(stable=True)[:n]]
