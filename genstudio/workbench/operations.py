"""The operations on the latent space: each finds codes for what it is given and has them decoded, as a job that can be done again.

Codes are float32 [rows, dims]. A row becomes a phrase; a piece is one row, or with ``joins`` several in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from genstudio.config import DecodingOptions, SamplingOptions
from genstudio.errors import ConfigError, Message, did_you_mean
from genstudio.generation.continuation import continuation_codes
from genstudio.generation.paths import check_method, legs, point, steps_between
from genstudio.generation.places import analogy as away
from genstudio.generation.places import blend as between
from genstudio.generation.places import corners, neighbours
from genstudio.progress import Stop
from genstudio.provenance import Job
from genstudio.workbench.pieces import Pieces
from genstudio.workbench.sources import Song, name_of, phrase_of, song_of

if TYPE_CHECKING:
    from genstudio.workbench.model import Model

__all__ = [
    "Plan",
    "Way",
    "analogy",
    "blend",
    "carry_out",
    "continue_",
    "interpolate",
    "path",
    "reconstruct",
    "sample",
    "ts_of",
    "vary",
]

_LARGEST = 10_000
_MOST_CONTINUATIONS = 1_000


@dataclass
class Plan:
    """What is to be decoded, row by row.

    codes: [rows, dims]. segments, words, prefix, beyond, forbid, known, best_of: as ``Model.decode`` takes them. dress: from the
    number of a row and its bare piece to the dressed one. joins: how many rows make up each piece; None: one. titles: of each
    piece; None: as dressed.
    """

    codes: Tensor
    dress: Callable[[int, Any], Any]
    segments: list[int] | None = None
    words: list[int] | None = None
    prefix: list[list[int]] | None = None
    beyond: int = 0
    forbid: list[int] = field(default_factory=list)
    known: list[str] | None = None
    best_of: int = 1
    joins: list[int] | None = None
    titles: list[str] | None = None


def carry_out(
    model: Model,
    operation: str,
    plan: Plan,
    options: DecodingOptions,
    *,
    settings: Mapping[str, Any],
    sources: Sequence[str] = (),
    remarks: Sequence[str] = (),
    stop: Stop | None = None,
) -> Pieces:
    """Decode and dress what a plan says; the job of the result does the same again.

    Args:
        settings: what was asked for beside the options, JSON values.
        sources: what it was made from, as a person would name it.
    """
    decoding: dict[str, Any] = {"temperature": options.temperature, "top_p": options.top_p, "seed": options.seed}
    for name in ("segments", "words", "prefix"):
        if getattr(plan, name) is not None:
            decoding[name] = getattr(plan, name)
    for name in ("beyond", "forbid"):
        if getattr(plan, name):
            decoding[name] = getattr(plan, name)
    if plan.known is not None and model.spelling is not None:
        decoding["known"] = plan.known
    if plan.best_of > 1:
        decoding["best_of"] = plan.best_of
    rows = model.decode(plan.codes, **decoding, stop=stop)
    dressed = [plan.dress(row, piece) for row, piece in enumerate(rows)]
    if plan.joins is not None:
        rows, dressed = model.join(rows, plan.joins), model.join(dressed, plan.joins)
        decoding["joins"] = plan.joins
    if plan.titles is not None:
        dressed = [replace(piece, title=title) for piece, title in zip(dressed, plan.titles, strict=True)]
    dressing = [model.domain.dressing(piece) for piece in dressed]
    # Through the record, so that what is made now is what the job makes.
    pieces = [model.domain.dressed(piece, one) for piece, one in zip(rows, dressing, strict=True)]
    job = Job(
        operation=operation,
        model=model.name,
        digest=model.digest,
        seed=options.seed,
        settings={**settings, **_told(options)},
        sources=tuple(sources),
        codes=plan.codes.detach().cpu().numpy().copy(),
        decoding=decoding,
        dressing=tuple(dressing),
    )
    return Pieces(pieces, domain=model.domain, remarks=list(dict.fromkeys(remarks)), ts=ts_of(operation, settings), job=job)


def _told(options: DecodingOptions) -> dict[str, Any]:
    """The options of a person's choice, without those of decoding, which a job has for itself."""
    chosen: dict[str, Any] = {}
    if options.phrase != 1:
        chosen["phrase"] = options.phrase
    if options.bars is not None:
        chosen["bars"] = list(options.bars)
    if options.whole:
        chosen["whole"] = True
    if options.hold:
        chosen["hold"] = list(options.hold)
    if options.read:
        chosen["read"] = {str(name): value for name, value in options.read.items()}
    return chosen


def ts_of(operation: str, settings: Mapping[str, Any]) -> list[float]:
    """The places on the path of an operation that is one, from 0 to 1; else none."""
    if operation == "interpolate":
        return steps_between(int(settings["steps"]))
    if operation == "morph":
        return [float(t) for t in settings["ts"]]
    if operation == "path":
        points = int(settings["points"])
        return [(leg + t) / (points - 1) for leg, t in legs(points, int(settings["steps"]))]
    return []


# -- what the operations share


def _about(model: Model, piece: Any) -> list[str]:
    """Remarks on a piece that the model can only do half justice."""
    count, longest = len(model.ids(piece)), model.network.spec.longest
    if count > longest:
        name = piece.title or piece.source or "a piece"
        text = f"{name} is longer ({count} tokens) than anything that {model.name} was trained on ({longest})"
        return [f"{text}; expect its end to be lost."]
    return []


def _phrases(model: Model, sources: Sequence[Any], options: DecodingOptions, operation: str) -> tuple[list[Any], list[str]]:
    """One phrase of each source, and remarks."""
    if options.whole:
        raise ConfigError("{operation} works on one phrase of each piece, not on whole ones; leave that out.", operation=operation)
    pieces, remarks = [], []
    for source in sources:
        piece, more = phrase_of(model, source, options)
        pieces.append(piece)
        remarks += more
    for piece in pieces:
        remarks += _about(model, piece)
    return pieces, remarks


def _check_hold(model: Model, options: DecodingOptions) -> None:
    for name in options.hold:
        if name not in model.domain.holds:
            raise ConfigError(f"there is no {name!r} to hold in {model.domain.label}; {did_you_mean(name, model.domain.holds)}")


def _held(
    model: Model, pieces: Sequence[Any], options: DecodingOptions, within: Sequence[bool] = ()
) -> tuple[list[list[int]] | None, list[int]]:
    """The prefix of each row that keeps it to the traits of its piece, and the tokens that are ruled out in all of them.

    Args:
        within: of each piece, whether it follows another in a song.
    """
    _check_hold(model, options)
    if not options.hold and not any(within):
        return None, []
    domain, follows = model.domain, within or [False] * len(pieces)
    held = [
        domain.held(piece, [*options.hold, *(domain.holds_within if inside else ())])
        for piece, inside in zip(pieces, follows, strict=True)
    ]
    prefix = [[_token(model, symbol) if symbol else -1 for symbol in begin] for begin, _ in held]
    forbid = set.intersection(*(set(others) for _, others in held)) if held else set()
    return prefix, sorted(_token(model, symbol) for symbol in forbid)


def _token(model: Model, symbol: str) -> int:
    (token,) = model.tokenizer.encode(symbol)
    return token


def _count(model: Model, n: int, most: int = _LARGEST) -> None:
    if not 1 <= n <= most:
        raise ConfigError(f"n is {n}; expected 1 to {most}.")


def _length(model: Model, length: int | None, rows: int) -> tuple[list[int] | None, list[int] | None]:
    """How many segments, and how many words, every row shall have."""
    if length is None:
        return None, None
    unit = model.domain.unit
    most = model.network.spec.segments - 1 if model.domain.grammar.separator else model.network.spec.longest
    if not 1 <= length <= most:
        raise ConfigError(f"the length is {length} {unit}s; {model.name} writes 1 to {most}.")
    wanted = [length] * rows
    return (wanted, None) if model.domain.grammar.separator else (None, wanted)


def _song(model: Model, source: Any, options: DecodingOptions) -> tuple[Song, list[str]]:
    song, remarks = song_of(model, source, options)
    for phrase in song.phrases:
        remarks += _about(model, phrase)
    return song, remarks


def _texts(pieces: Sequence[Any]) -> list[str]:
    """What pieces say, of those that say something in words."""
    return [text for piece in pieces if (text := getattr(piece, "text", ""))]


def _as_it_is(model: Model, piece: Any, prefix: list[list[int]], row: int) -> None:
    """Have a row written as ``piece`` is, token for token: silence, which no model was trained on."""
    prefix[row] = model.ids(piece)


# -- the operations


def reconstruct(model: Model, source: Any, options: DecodingOptions, stop: Stop | None = None) -> Pieces:
    """See :meth:`Model.reconstruct`."""
    song, remarks = _one_or_whole(model, source, options)
    codes = model.encode(song.phrases)
    return _songs(model, "reconstruct", song, codes[None], options, {}, source, remarks, stop)


def vary(model: Model, source: Any, n: int, amount: float, options: DecodingOptions, stop: Stop | None = None) -> Pieces:
    """See :meth:`Model.vary`."""
    _count(model, n)
    song, remarks = _one_or_whole(model, source, options)
    codes, used = model.encode_used(song.phrases)
    block = model.network.core.block_dims
    moved = [
        neighbours(code, n, amount, seed=options.seed + index, used=where, block=block)
        for index, (code, where) in enumerate(zip(codes, used, strict=True))
    ]
    settings = {"n": n, "amount": amount}
    return _songs(model, "vary", song, torch.stack(moved, 1), options, settings, source, remarks, stop)


def _one_or_whole(model: Model, source: Any, options: DecodingOptions) -> tuple[Song, list[str]]:
    """A song of all phrases of a source, or of the chosen one."""
    if options.whole:
        return _song(model, source, options)
    (piece,), remarks = _phrases(model, [source], options, "this")
    return Song(piece, [piece], [False]), remarks


def _songs(
    model: Model,
    operation: str,
    song: Song,
    codes: Tensor,
    options: DecodingOptions,
    settings: Mapping[str, Any],
    source: Any,
    remarks: Sequence[str],
    stop: Stop | None,
) -> Pieces:
    """A song once for each entry of ``codes`` [songs, phrases, dims]."""
    songs, count = len(codes), len(song.phrases)
    prefix, forbid = _held(model, song.phrases, options, [index > 0 for index in range(count)])
    if any(song.silent):
        prefix = prefix or [[] for _ in song.phrases]
        for row, (phrase, silent) in enumerate(zip(song.phrases, song.silent, strict=True)):
            if silent:
                _as_it_is(model, phrase, prefix, row)

    def dress(row: int, piece: Any) -> Any:
        phrase = song.phrases[row % count]
        return model.domain.dress(piece, phrase, phrase, 0.0)

    plan = Plan(
        codes.flatten(0, 1),
        dress,
        segments=[model.segments(phrase) for phrase in song.phrases] * songs,
        prefix=prefix * songs if prefix is not None else None,
        forbid=forbid,
        known=_texts(song.phrases),
        joins=[count] * songs if count > 1 else None,
        titles=[song.piece.title] * songs if count > 1 else None,
    )
    names = [name_of(source, song.piece)]
    return carry_out(model, operation, plan, options, settings=settings, sources=names, remarks=remarks, stop=stop)


def sample(
    model: Model, n: int, length: int | None, how: SamplingOptions, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.sample`."""
    _count(model, n)
    z = model.network.prior_codes(n, torch.Generator().manual_seed(options.seed), how.spread)
    segments, words = _length(model, length, n)
    plan = Plan(z, lambda row, piece: model.domain.dress(piece, piece, piece, 0.0), segments=segments, words=words, known=[])
    plan.best_of = how.best_of
    settings = {"n": n, "spread": how.spread, **({"length": length} if length is not None else {})}
    remarks = []
    if model.network.spec.bottleneck == "ae":
        remarks.append(
            f"{model.name} is an autoencoder, trained without a prior: these are drawn from a Gaussian fitted to the codes of its "
            "training pieces (ex-post density estimation, Ghosh et al. 2020)."
        )
    return carry_out(model, "sample", plan, options, settings=settings, remarks=remarks, stop=stop)


class Way:
    """The way from one piece to another: the ends are read and encoded once, and any place between them can be decoded.

    At temperature 0 what stands at a place does not depend on what else is decoded: :meth:`at` gives what :func:`interpolate` has
    there.
    """

    def __init__(self, model: Model, a: Any, b: Any, method: str, options: DecodingOptions) -> None:
        """See :meth:`Model.way`."""
        check_method(method)
        _check_hold(model, options)
        self._model, self._method, self._options = model, method, options
        if options.whole:
            self._first, remarks = _song(model, a, options)
            self._last, more = _song(model, b, options)
        else:
            self._first, remarks = _one_or_whole(model, a, options)
            self._last, more = _one_or_whole(model, b, options)
        self._remarks = [*remarks, *more]
        first, last = self._first, self._last
        if model.domain.to_symbols(first.piece) == model.domain.to_symbols(last.piece):
            self._remarks.append("both ends are the same piece, so every step is its reconstruction.")
        self._names = [name_of(a, first.piece), name_of(b, last.piece)]
        self._from, self._to = model.encode(first.phrases), model.encode(last.phrases)
        self._opening, self._forbid = _held(model, first.phrases, options)
        self._following, _ = _held(model, first.phrases, options, [True] * len(first.phrases))
        self._begin, self._end = ([model.segments(phrase) for phrase in song.phrases] for song in (first, last))

    def at(self, *ts: float, stop: Stop | None = None) -> Pieces:
        """What stands at each of ``ts``, 0 (a) to 1 (b).

        Raises:
            ConfigError: there is no place, or one is out of range.
        """
        for t in ts or (-1.0,):
            if not 0.0 <= t <= 1.0:
                raise ConfigError(f"the place is {t:g}; expected 0 (the first piece) to 1 (the second).")
        return self.decode(ts, "morph", {"ts": list(ts), "method": self._method}, stop)

    def decode(self, ts: Sequence[float], operation: str, settings: Mapping[str, Any], stop: Stop | None = None) -> Pieces:
        """What stands at ``ts``, as pieces of one job."""
        model, first, last, begin, end = self._model, self._first, self._last, self._begin, self._end
        codes, segments, places, joins = [], [], [], []
        prefix: list[list[int]] = []
        for t in ts:
            count = round((1 - t) * len(begin) + t * len(end))
            joins.append(count)
            for k in range(count):
                i, j = k % len(begin), k % len(end)
                header = self._following if k else self._opening
                prefix.append(list(header[i]) if header is not None else [])
                segments.append(round((1 - t) * begin[i] + t * end[j]))
                places.append((i, j, t))
                # Silence has no place in the latent space: the other phrase stands for it, and is left out in its half of the path.
                silent = first.silent[i] if t < 0.5 else last.silent[j]
                if silent:
                    near = first.phrases[i] if t < 0.5 else last.phrases[j]
                    segments[-1] = begin[i] if t < 0.5 else end[j]
                    _as_it_is(model, near, prefix, len(prefix) - 1)
                if first.silent[i] or last.silent[j]:
                    codes.append(self._to[j] if first.silent[i] else self._from[i])
                else:
                    codes.append(point(self._from[i], self._to[j], t, self._method, model.network.core.block_places))

        def dress(row: int, piece: Any) -> Any:
            i, j, t = places[row]
            return model.domain.dress(piece, first.phrases[i], last.phrases[j], t)

        several = any(count > 1 for count in joins)
        plan = Plan(
            torch.stack(codes),
            dress,
            segments=segments,
            prefix=prefix if any(prefix) else None,
            forbid=self._forbid,
            known=_texts([*first.phrases, *last.phrases]),
            joins=joins if several else None,
            titles=[(first if t < 0.5 else last).piece.title for t in ts] if several else None,
        )
        return carry_out(
            model, operation, plan, self._options, settings=settings, sources=self._names, remarks=self._remarks, stop=stop
        )


def interpolate(
    model: Model, a: Any, b: Any, steps: int, method: str, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.interpolate`."""
    ts = steps_between(steps)
    return Way(model, a, b, method, options).decode(ts, "interpolate", {"steps": steps, "method": method}, stop)


def blend(
    model: Model, four: Sequence[Any], grid: int | tuple[int, int], options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.blend`."""
    try:
        rows, columns = (grid, grid) if isinstance(grid, int) else (int(size) for size in grid)
    except (TypeError, ValueError):
        raise ConfigError(f"the grid is {grid!r}; expected one number, or rows and columns.") from None
    places = corners(rows, columns)
    _check_hold(model, options)
    pieces, remarks = _phrases(model, four, options, "blend")
    codes = model.encode(pieces)
    bars = [model.segments(piece) for piece in pieces]
    prefix, forbid = _held(model, pieces[:1], options)

    def dress(row: int, piece: Any) -> Any:
        u, v = places[row]
        above = model.domain.dress(piece, pieces[0], pieces[1], u)
        below = model.domain.dress(piece, pieces[2], pieces[3], u)
        return model.domain.dress(piece, above, below, v)

    plan = Plan(
        torch.stack([between(list(codes), u, v) for u, v in places]),
        dress,
        segments=[round((1 - v) * ((1 - u) * bars[0] + u * bars[1]) + v * ((1 - u) * bars[2] + u * bars[3])) for u, v in places],
        prefix=prefix * len(places) if prefix is not None else None,
        forbid=forbid,
        known=_texts(pieces),
    )
    names = [name_of(source, piece) for source, piece in zip(four, pieces, strict=True)]
    settings = {"grid": [rows, columns]}
    return carry_out(model, "blend", plan, options, settings=settings, sources=names, remarks=remarks, stop=stop)


def path(
    model: Model, sources: Sequence[Any], steps: int, method: str, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.path`."""
    places = legs(len(sources), steps)
    check_method(method)
    _check_hold(model, options)
    pieces, remarks = _phrases(model, sources, options, "path")
    codes = model.encode(pieces)
    bars = [model.segments(piece) for piece in pieces]
    prefix, forbid = _held(model, pieces[:1], options)

    def dress(row: int, piece: Any) -> Any:
        leg, t = places[row]
        return model.domain.dress(piece, pieces[leg], pieces[leg + 1], t)

    plan = Plan(
        torch.stack([point(codes[leg], codes[leg + 1], t, method, model.network.core.block_places) for leg, t in places]),
        dress,
        segments=[round((1 - t) * bars[leg] + t * bars[leg + 1]) for leg, t in places],
        prefix=prefix * len(places) if prefix is not None else None,
        forbid=forbid,
        known=_texts(pieces),
    )
    names = [name_of(source, piece) for source, piece in zip(sources, pieces, strict=True)]
    settings = {"points": len(sources), "steps": steps, "method": method}
    return carry_out(model, "path", plan, options, settings=settings, sources=names, remarks=remarks, stop=stop)


def analogy(model: Model, a: Any, b: Any, c: Any, options: DecodingOptions, stop: Stop | None = None) -> Pieces:
    """See :meth:`Model.analogy`."""
    _check_hold(model, options)
    pieces, remarks = _phrases(model, [a, b, c], options, "analogy")
    codes = model.encode(pieces)
    bars = [model.segments(piece) for piece in pieces]
    prefix, forbid = _held(model, pieces[:1], options)
    most = max(bars)
    plan = Plan(
        away(*codes)[None],
        lambda row, piece: model.domain.dress(piece, pieces[2], pieces[2], 0.0),
        segments=[min(most, max(min(1, most), bars[0] - bars[1] + bars[2]))],
        prefix=prefix,
        forbid=forbid,
        known=_texts(pieces),
    )
    names = [name_of(source, piece) for source, piece in zip((a, b, c), pieces, strict=True)]
    return carry_out(model, "analogy", plan, options, settings={}, sources=names, remarks=remarks, stop=stop)


def continue_(
    model: Model,
    source: Any,
    n: int,
    length: int | None,
    given: int | None,
    options: DecodingOptions,
    stop: Stop | None = None,
) -> Pieces:
    """See :meth:`Model.continue_`."""
    _count(model, n, _MOST_CONTINUATIONS)
    _check_hold(model, options)
    domain = model.domain
    (piece,), remarks = _phrases(model, [source], options, "continue")
    unit, has = domain.unit, domain.units(piece)
    total = model.phrase_length if length is None and domain.grammar.separator else length
    segments, words = _length(model, total, n)
    name = piece.title or piece.source or "the piece"
    if given is not None:
        if not 1 <= given <= has:
            raise ConfigError(f"{given} {unit}s were to be kept of {name}; expected 1 to {has}, which is what it has.")
        if total is not None and given >= total:
            raise ConfigError(f"{given} {unit}s are given and {total} wanted in all; there is nothing to write: keep fewer.")
    elif total is not None and has >= total:
        if total < 2:
            raise ConfigError(f"{total} {unit} is wanted in all; expected 2 or more, so that something follows what is given.")
        given = total // 2
        about: dict[str, Any] = {"piece": name, "has": has, "given": given}
        if unit == "bar":
            remarks.append(Message("{piece} has {has} bars: the first {given} were kept.", remedy="how-many-kept", **about))
        else:
            remarks.append(Message("{piece} has {has} words: the first {given} were kept.", remedy="how-many-kept", **about))
    begin = piece if given is None or given == has else domain.part(piece, 1, given)
    ids = model.tokenizer.encode(domain.opening(begin, begin is piece and options.bars is None))
    _, forbid = _held(model, [begin], options)
    check = stop.check if stop is not None else None
    plan = Plan(
        continuation_codes(
            model.network, ids, n, segments=max(segments or (0,)), spread=model.sampling.spread, seed=options.seed, check=check
        ),
        lambda row, made: domain.keep(domain.dress(made, begin, begin, 0.0), begin),
        segments=segments,
        words=words,
        prefix=[ids] * n,
        beyond=1,
        forbid=forbid,
        known=_texts([begin]),
    )
    settings: dict[str, Any] = {"n": n, "given": domain.units(begin)}
    if total is not None:
        settings["length"] = total
    names = [name_of(source, piece)]
    return carry_out(model, "continue", plan, options, settings=settings, sources=names, remarks=remarks, stop=stop)
