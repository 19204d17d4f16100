"""Fill a gap in a piece: the rest stays exactly as it is, the gap is written again.

In music the gap is a range of bars. The model encodes a window of the piece around them, as long as its training phrases. The
details of the gap are made blank; the summary and all other details are kept. The window is decoded several times from the first
bar of the gap on, and the likeliest decoding is taken, which leads to the bars after the gap. In a text the gap is marked with
``___``: fillings of several lengths are drawn, and those that make the likeliest text together with the rest are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from genstudio.config import GAP, DecodingOptions, OperationOptions, checked, field, like
from genstudio.errors import ConfigError, InputError, Message
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.operations.base import Operation, Source, of_sampling
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.latent.sources import in_units, name_of, taken
from genstudio.latent.tools import Tool
from genstudio.progress import Stop, go_on

if TYPE_CHECKING:
    from torch import Tensor

    from genstudio.models.latent import Posterior

__all__ = ["FILL", "Options"]

_LONGEST_GAP = 6  # the largest number of words in a gap of a text
_TRIES = 24  # random fillings of each length


@dataclass(frozen=True)
class Options:
    """The options of filling."""

    gap: tuple[int, int] | None = field(
        None, "Gap", "The bars that are replaced by new ones, such as 5-8.", flag="--bars",
        called="From bar", said="The first and the last bar that are made new", needs="bar",
    )  # fmt: skip
    n: int = like(OperationOptions, "n", 4)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is ``n`` different pieces; a remark says when fewer are found.

    Raises:
        ModelError: the model has no summary with details that can be blank.
        ConfigError: the bars do not exist, or are more than the model writes at once.
        InputError: the text marks no gap, or several.
    """
    n = checked(Options, "n", own.n)
    model.need_codes()
    model.need_details()
    if own.gap is None and model.domain.grammar.gap:
        return _steps(model, sources[0], n, options, stop)
    if model.domain.grammar.separator:
        return _bars(model, sources[0], own.gap, n, options, stop)
    if own.gap is not None:
        raise ConfigError("{label} has no bars; mark the gap with {gap} in the text.", label=model.domain.label, gap=GAP)
    return _words(model, sources[0], n, options, stop)


def _bars(
    model: Codec, source: Any, gap: tuple[int, int] | None, n: int, options: DecodingOptions, stop: Stop | None
) -> Pieces:
    import torch

    from genstudio.generation.choosing import FILLINGS, WARMER, repeats
    from genstudio.latent.distinct import distinct
    from genstudio.latent.plan import Asked, Plan, carry_out

    domain = model.domain
    piece, remarks = taken(model, source, options)
    has, most = domain.units(piece), model.most_bars
    name = piece.title or piece.source or "the piece"
    if gap is None:
        said = in_units(domain, "no gap was given; say which of the {has} bars of {name} are to be filled.")
        raise ConfigError(said, has=has, name=name)
    first, last = gap
    if not 1 <= first <= last <= has:
        asked = f"{first}-{last}" if last > first else f"{first}"
        raise ConfigError(
            in_units(domain, "there are no bars {asked} in {name}; expected bars within 1 to {count}."),
            asked=asked, name=name, count=has,
        )  # fmt: skip
    size = last - first + 1
    if size > most:
        raise ConfigError(
            in_units(domain, "{size} bars are to be filled; {model} writes 1 to {most} at once."),
            size=size, model=model.name, most=most,
        )  # fmt: skip
    after = min(has - last, (most - size) // 2)
    before = min(first - 1, most - size - after)
    after = min(has - last, most - size - before)
    window = domain.part(piece, first - before, last + after)
    head = [domain.part(piece, 1, first - 1)] if first > 1 else []
    tail = [domain.part(piece, last + 1, has)] if last < has else []
    sides = ("".join(map(domain.to_symbols, head)), "".join(map(domain.to_symbols, tail)))
    ids = torch.tensor([model.ids(window)])
    posterior = model.network.posterior(ids)
    inside = model.bar_of
    # The symbols before the first bar line (key and metre) are in the prefix; a pickup belongs to the first bar.
    kept = (inside < before + 1) | (inside > before + size)
    if not before:
        kept &= inside > 0

    drawn = _codes(model, posterior, kept, n, options.seed)

    def metadata(row: int, made: Any) -> Any:
        new = domain.with_metadata_between(domain.part(made, first, last), window, window, 0.0)
        whole = domain.join([*head, new, *tail])
        assert whole is not None
        return replace(whole, title=piece.title, source=piece.source)

    plan = Plan(
        drawn(0),
        metadata,
        Decoding(
            segments=[model.bars(window)] * n,
            prefix=[_beginning(model, window, before)] * n,
            forbid=_sizes(model),
            parts=[(before + 1, before + size)] * n,
            around=[sides] * n,
            best_of=FILLINGS,
        ),
    )
    bars = domain.bars_of(domain.to_symbols(piece))

    def unwanted(symbols: tuple[str, ...]) -> bool:
        return repeats(domain.bars_of(symbols[0]), first - 1, last - 1, bars)

    plan, rows, more = distinct(model, plan, options, drawn, unwanted, WARMER, stop)
    how = Asked("fill", options, {"n": n, "gap": [first, last]}, [name_of(source, piece)], [*remarks, *more])
    return carry_out(model, how, plan, rows=rows, settled=True, stop=stop)


def _codes(model: Codec, posterior: Posterior, kept: Tensor, n: int, seed: int) -> Callable[[int], Tensor]:
    """A function that draws the codes [n, dims] of an attempt, with the details ``kept``, bool [details]. The first attempt at a
    single filling takes the posterior mean."""
    import torch

    from genstudio.latent.distinct import APART
    from genstudio.models.latent import sample_posterior

    layout = model.network.layout

    def drawn(attempt: int) -> Tensor:
        generator = torch.Generator().manual_seed((seed + attempt * APART) % 2**63)
        noise = torch.randn(n, model.network.latent_dims, generator=generator)
        near = sample_posterior(posterior, noise if n > 1 or attempt else torch.zeros_like(noise))
        return torch.stack([layout.with_details(layout.summary_of(row), posterior.mean[0], kept) for row in near])

    return drawn


def _steps(model: Codec, source: Any, n: int, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """Fill the steps that are missing in a piece; each is written with all that stands around it given."""
    import torch

    from genstudio.generation.choosing import FILLINGS
    from genstudio.latent.distinct import distinct
    from genstudio.latent.inputs import phrases_of
    from genstudio.latent.plan import Asked, Plan, carry_out
    from genstudio.models.sequence_vae import EOS

    domain = model.domain
    (piece,), remarks = phrases_of(model, [source], options, "fill")
    ids = model.ids(piece)
    (gap,) = model.tokenizer.encode(domain.grammar.gap)
    if gap not in ids:
        raise InputError("no step of {name} is missing, and no range to be filled was given.", name=name_of(source, piece))
    posterior = model.network.posterior(torch.tensor([ids]))
    # Details are kept in the segments where nothing is missing; in the others the steps that are there are given as tokens.
    segment = (torch.tensor(ids) == model.network.spec.separator).cumsum(0)
    kept = ~torch.isin(model.bar_of, segment[torch.tensor(ids) == gap])

    drawn = _codes(model, posterior, kept, n, options.seed)

    def metadata(row: int, made: Any) -> Any:
        return replace(domain.keep(domain.with_metadata_between(made, piece, piece, 0.0), piece), title=piece.title)

    given = [*(-1 if token == gap else token for token in ids), EOS]
    decoding = Decoding(segments=[model.bars(piece)] * n, prefix=[given] * n, forbid=[gap], best_of=FILLINGS)
    plan, rows, more = distinct(model, Plan(drawn(0), metadata, decoding), options, drawn, stop=stop)
    how = Asked("fill", options, {"n": n}, [name_of(source, piece)], [*remarks, *more])
    return carry_out(model, how, plan, rows=rows, settled=True, stop=stop)


def _beginning(model: Codec, window: Any, before: int) -> list[int]:
    """The token ids of the window up to the bar line at the beginning of the gap."""
    domain, separator = model.domain, model.domain.grammar.separator
    if before:
        parts = domain.to_symbols(window).split(separator)
        return model.tokenizer.encode(separator.join(parts[: before * model.strands + 1]) + separator)
    begin, _ = domain.held(window, [*domain.holds, *domain.holds_within])
    return [model.tokenizer.encode(symbol)[0] if symbol else -1 for symbol in begin]


def _sizes(model: Codec) -> list[int]:
    """The token ids of metres, which are excluded so that the filling keeps the metre of the piece."""
    sizes = model.sizes
    return [] if sizes is None else (sizes > 0).nonzero().squeeze(1).tolist()


def _words(model: Codec, source: Any, n: int, options: DecodingOptions, stop: Stop | None) -> Pieces:
    import torch

    from genstudio.latent.distinct import APART
    from genstudio.latent.plan import Asked, Plan, carry_out
    from genstudio.models.latent import sample_posterior

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
    check = stop.check if stop is not None else go_on
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
    filled = [domain.with_metadata_between(domain.from_symbols(text), piece, piece, 0.0) for text in best]
    plan = Plan(
        torch.stack([codes[text] for text in best]),
        lambda row, made: filled[row],
        Decoding(known=[piece.text, *best]),
        exact=dict(enumerate(filled)),
    )
    if len(best) < n:
        remarks.append(Message("only {found} different texts were found, not {wanted}.", found=len(best), wanted=n))
    return carry_out(model, Asked("fill", options, {"n": n}, [name_of(source, piece)], remarks), plan, stop=stop)


def _put(new: str, before: str, after: str) -> str:
    """Join a filling with the text before and after it."""
    inside = new.strip()
    if after and inside[-1:] in ".!?":
        inside = inside[:-1].rstrip()
    joint = "" if after[:1] in ".,;:!?" else " "
    return f"{before} {inside}{joint}{after}".strip()


def _nll(model: Codec, texts: Sequence[str], z: Tensor, check: Any) -> list[float]:
    """The negative log-likelihood per token, in nats, of each text given one code [1, dims]."""
    import torch

    from genstudio.corpus import collate

    if check is not None:
        check()
    ids = [torch.tensor(model.tokenizer.encode(text)).numpy() for text in texts]
    with torch.inference_mode():
        nll, _, tokens = model.network.score(torch.from_numpy(collate(ids)), z.expand(len(ids), -1))
    found: list[float] = (nll / tokens).tolist()
    return found


def _defaults(model: Codec) -> dict[str, Any]:
    from genstudio.generation.choosing import TEMPERATURE

    # Greedy decoding gives one filling for each summary, and often the same for all.
    return {**of_sampling(model), "temperature": model.sampling.temperature or TEMPERATURE}


FILL = Operation(
    name="fill",
    help="write new bars into a song, or missing words into a sentence",
    about="Fill a gap and keep the rest exactly as it is. The gap is a range of bars of a song, or the mark ``___`` in a text.",
    options=Options,
    run=_run,
    result=Several("filled"),
    sources=(Source("source", "a file, or a sentence with ___ where something is missing"),),
    part="column",
    drawn=True,
    defaults=_defaults,
    tool=Tool(
        "Fill in",
        "New bars or words in a gap; what is around it stays",
        "What could stand there?",
        "Give it A and say which bars are to be new; what is around them stays as it is.",
        "{title}, filled in {number}",
        "Give it A with ___ where something is missing; what could stand there is found.",
        values={"gap": (2, 2), "temperature": 0.6},
        place=7,
        needs="details",
    ),
)
