"""Filling a gap: what is outside stays exactly, and what is inside is new.

In music the gap is some bars. The model reads a window of the piece around them, as long as it knows pieces; the details of the gap
are blank, its summary and all other details are there, and it is decoded from the gap's first bar on. So what is written leads to
what follows. In a text the gap is marked with ``___``: what may stand there is drawn several times at several lengths, and what
makes the likeliest text with what follows is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from genstudio.config import GAP, DecodingOptions, OperationOptions, checked
from genstudio.errors import ConfigError, InputError, Message, ModelError
from genstudio.models.latent import sample_posterior
from genstudio.progress import Stop
from genstudio.workbench.operations import APART, Plan, carry_out, told_apart
from genstudio.workbench.pieces import Pieces
from genstudio.workbench.sources import name_of, taken

if TYPE_CHECKING:
    from genstudio.workbench.model import Model

__all__ = ["fill"]

_LONGEST_GAP = 6  # words that are tried in a gap of a text, at most
_TRIES = 24  # drawings of each length


def fill(
    model: Model, source: Any, gap: tuple[int, int] | None, n: int, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.fill`."""
    n = checked(OperationOptions, "n", n)
    model.need_codes()
    if not model.fills:
        raise ModelError(
            "{model} has no summary with details that can be left out, so it cannot fill a gap; choose another model, or train one "
            "with core.summary_dims above 0.",
            model=model.name,
        )
    if model.domain.grammar.separator:
        return _bars(model, source, gap, n, options, stop)
    if gap is not None:
        raise ConfigError("{label} has no bars; mark the gap with {gap} in the text.", label=model.domain.label, gap=GAP)
    return _words(model, source, n, options, stop)


def _bars(
    model: Model, source: Any, gap: tuple[int, int] | None, n: int, options: DecodingOptions, stop: Stop | None
) -> Pieces:
    domain, layout, spec = model.domain, model.network.layout, model.network.spec
    piece, remarks = taken(model, source, options)
    has, most = domain.units(piece), spec.segments - 1
    name = piece.title or piece.source or "the piece"
    if gap is None:
        raise ConfigError("no gap was given; say which of the {has} bars of {name} are to be filled.", has=has, name=name)
    first, last = gap
    if not 1 <= first <= last <= has:
        asked = f"{first}-{last}" if last > first else f"{first}"
        raise ConfigError(
            "there are no bars {asked} in {name}; expected bars within 1 to {count}.", asked=asked, name=name, count=has
        )
    size = last - first + 1
    if size > most:
        raise ConfigError(
            "{size} bars are to be filled; {model} writes 1 to {most} at once.", size=size, model=model.name, most=most
        )
    after = min(has - last, (most - size) // 2)
    before = min(first - 1, most - size - after)
    after = min(has - last, most - size - before)
    window = domain.part(piece, first - before, last + after)
    head = [domain.part(piece, 1, first - 1)] if first > 1 else []
    tail = [domain.part(piece, last + 1, has)] if last < has else []
    sides = ("".join(map(domain.to_symbols, head)), "".join(map(domain.to_symbols, tail)))
    ids = torch.tensor([model.ids(window)])
    posterior = model.network.posterior(ids)
    inside = torch.arange(len(layout.places)) // layout.period
    # What stands before the first bar line (key and metre) is given; a pickup is a part of the first bar.
    kept = (inside < before + 1) | (inside > before + size)
    if not before:
        kept &= inside > 0

    def drawn(attempt: int) -> Tensor:
        generator = torch.Generator().manual_seed((options.seed + attempt * APART) % 2**63)
        noise = torch.randn(n, model.network.latent_dims, generator=generator)
        near = sample_posterior(posterior, noise if n > 1 or attempt else torch.zeros_like(noise))
        return torch.stack([layout.with_details(layout.summary_of(row), posterior.mean[0], kept) for row in near])

    def dress(row: int, made: Any) -> Any:
        new = domain.dress(domain.part(made, first, last), window, window, 0.0)
        whole = domain.join([*head, new, *tail])
        assert whole is not None
        return replace(whole, title=piece.title, source=piece.source)

    plan = Plan(
        drawn(0),
        dress,
        segments=[model.segments(window)] * n,
        prefix=[_beginning(model, window, before)] * n,
        forbid=_sizes(model),
        parts=[(before + 1, before + size)] * n,
        around=[sides] * n,
    )
    plan, rows, more = told_apart(model, plan, options, drawn, [(domain.to_symbols(piece),)], stop)
    settings = {"n": n, "gap": [first, last]}
    return carry_out(
        model, "fill", plan, options, settings=settings, sources=[name_of(source, piece)], remarks=[*remarks, *more], rows=rows,
        stop=stop,
    )  # fmt: skip


def _beginning(model: Model, window: Any, before: int) -> list[int]:
    """The token ids with which the window begins, up to the bar line of the gap."""
    domain, separator = model.domain, model.domain.grammar.separator
    if before:
        parts = domain.to_symbols(window).split(separator)
        return model.tokenizer.encode(separator.join(parts[: before + 1]) + separator)
    begin, _ = domain.held(window, [*domain.holds, *domain.holds_within])
    return [model.tokenizer.encode(symbol)[0] if symbol else -1 for symbol in begin]


def _sizes(model: Model) -> list[int]:
    """The tokens of metres: what is written keeps to the metre of the piece."""
    sizes = model._sizes
    return [] if sizes is None else sizes.nonzero().squeeze(1).tolist()


def _words(model: Model, source: Any, n: int, options: DecodingOptions, stop: Stop | None) -> Pieces:
    domain, layout, network = model.domain, model.network.layout, model.network
    piece, remarks = taken(model, source, options)
    before, mark, after = (part.strip() for part in piece.text.partition(GAP))
    if not mark or GAP in after:
        raise InputError("the text marks {count} gaps; mark one with {gap}.", count=piece.text.count(GAP), gap=GAP)
    if not before and not after:
        raise InputError("there is nothing but a gap; write what comes before or after it.")
    known = domain.from_symbols(f"{before} {after}".strip())
    posterior = network.posterior(torch.tensor([model.ids(known)]))
    begin = model.tokenizer.encode(before) if before else []
    check = stop.check if stop is not None else None
    found: dict[str, float] = {}
    codes: dict[str, Tensor] = {}
    warm = replace(options, temperature=options.temperature or 0.8)
    for words in range(1, _LONGEST_GAP + 1):
        generator = torch.Generator().manual_seed((options.seed + words * APART) % 2**63)
        noise = torch.randn(_TRIES, network.latent_dims, generator=generator)
        near = sample_posterior(posterior, noise)[:, : layout.summary]
        z = layout.alone(near)
        written = model.decode(
            z, words=[domain.units(domain.from_symbols(before)) * bool(before) + words] * _TRIES, prefix=[begin] * _TRIES, beyond=1,
            known=[piece.text], temperature=warm.temperature, top_p=warm.top_p, seed=options.seed, stop=stop,
        )  # fmt: skip
        texts = [_put(one.text[len(before) :], before, after) for one in written]
        judged = _nll(model, texts, layout.alone(posterior.mean[:, : layout.summary]), check)
        for text, nll, code in zip(texts, judged, z, strict=True):
            if nll < found.get(text, float("inf")):
                found[text], codes[text] = nll, code
    best = sorted(found, key=lambda text: found[text])[:n]
    filled = [domain.dress(domain.from_symbols(text), piece, piece, 0.0) for text in best]
    plan = Plan(
        torch.stack([codes[text] for text in best]),
        lambda row, made: filled[row],
        known=[piece.text, *best],
        exact=dict(enumerate(filled)),
    )
    if len(best) < n:
        remarks.append(Message("only {found} different texts were found, not {wanted}.", found=len(best), wanted=n))
    return carry_out(
        model, "fill", plan, options, settings={"n": n}, sources=[name_of(source, piece)], remarks=remarks, stop=stop
    )


def _put(new: str, before: str, after: str) -> str:
    """A text with its gap filled."""
    inside = new.strip()
    if after and inside[-1:] in ".!?":
        inside = inside[:-1].rstrip()
    joint = "" if after[:1] in ".,;:!?" else " "
    return f"{before} {inside}{joint}{after}".strip()


@torch.inference_mode()
def _nll(model: Model, texts: Sequence[str], z: Tensor, check: Any) -> list[float]:
    """NLL a token of each text given one code [1, dims]."""
    from genstudio.corpus import collate

    if check is not None:
        check()
    ids = [torch.tensor(model.tokenizer.encode(text)).numpy() for text in texts]
    nll, _, tokens = model.network.score(torch.from_numpy(collate(ids)), z.expand(len(ids), -1))
    found: list[float] = (nll / tokens).tolist()
    return found
