"""The operations on the latent space: each finds codes for what it is given and has them decoded, as a job that can be done again.

Codes are float32 [rows, dims]. A row becomes a phrase; a piece is one row, or with ``joins`` several in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.config import DecodingOptions, OperationOptions, SamplingOptions, checked
from genstudio.domains import Kept
from genstudio.domains import kept as kept_of
from genstudio.errors import ConfigError, DamagedFileError, FileError, Message
from genstudio.generation.choosing import CHOICES, TEMPERATURE, between, choose, chooses, reseeded
from genstudio.generation.continuation import continuation_codes
from genstudio.generation.decoding import AT_ONCE
from genstudio.generation.paths import check_method, legs, point, steps_between
from genstudio.generation.places import between_corners, corners, moved_by_difference, neighbours, varied
from genstudio.progress import Stop
from genstudio.provenance import BY_ROW, Job
from genstudio.records import Record
from genstudio.workbench.holding import check_hold, held_of, traits
from genstudio.workbench.pieces import Pieces
from genstudio.workbench.sources import Song, name_of, phrase_of, song_of, taken

if TYPE_CHECKING:
    from genstudio.workbench.model import Model

__all__ = [
    "APART",
    "Plan",
    "Way",
    "analogy",
    "blend",
    "carry_out",
    "continue_",
    "interpolate",
    "kept",
    "path",
    "phrases_of",
    "reconstruct",
    "sample",
    "ts_of",
    "vary",
]

_ATTEMPTS = 8  # how often equal pieces are drawn at most
APART = 1_000_003
"""Between the seeds of attempts."""
_CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))  # of a blend: a, b, c and d


@dataclass
class Plan:
    """What is to be decoded, row by row.

    codes: [rows, dims]. segments, words, prefix, beyond, forbid, known, best_of, parts, around, bars: as ``Model.decode`` has them.
    dress: from the number of a row and its bare piece to the dressed one. joins: how many rows make up each piece; None: one.
    titles: of each piece; None: as dressed. exact: pieces, by their number, that are not decoded but what they were made from, such
    as the ends of a way; how much of each the model keeps is measured. goals: features that rows should have, by their number; at
    temperature 0 several decodings of each are compared with them.
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
    exact: Mapping[int, Any] = field(default_factory=dict)
    parts: list[tuple[int, int]] | None = None
    around: list[tuple[str, str]] | None = None
    goals: Mapping[int, NDArray[np.float64]] = field(default_factory=dict)
    bars: list[list[list[Any]]] | None = None

    def without(self, pieces: Collection[int]) -> Plan:
        """The plan without some of its pieces."""
        ends = list(accumulate(self.joins or [1] * len(self.codes)))
        kept = [index for index in range(len(ends)) if index not in pieces]
        rows = [row for index in kept for row in range(ends[index - 1] if index else 0, ends[index])]

        def some(values: list[Any] | None, which: list[int]) -> Any:
            return values if values is None else [values[index] for index in which]

        return replace(
            self,
            codes=self.codes[rows],
            dress=lambda row, piece: self.dress(rows[row], piece),
            segments=some(self.segments, rows),
            words=some(self.words, rows),
            prefix=some(self.prefix, rows),
            parts=some(self.parts, rows),
            around=some(self.around, rows),
            bars=some(self.bars, rows),
            joins=some(self.joins, kept),
            titles=some(self.titles, kept),
        )


def _decoding(model: Model, plan: Plan, options: DecodingOptions) -> dict[str, Any]:
    """The keyword arguments of ``Model.decode`` for all rows of a plan."""
    decoding: dict[str, Any] = {"temperature": options.temperature, "top_p": options.top_p, "seed": options.seed}
    for name in BY_ROW:
        if getattr(plan, name) is not None:
            decoding[name] = getattr(plan, name)
    for name in ("beyond", "forbid"):
        if getattr(plan, name):
            decoding[name] = getattr(plan, name)
    if plan.known is not None and model.spelling is not None:
        decoding["known"] = plan.known
    if plan.best_of > 1:
        decoding["best_of"] = plan.best_of
    return decoding


def told_apart(
    model: Model,
    plan: Plan,
    options: DecodingOptions,
    redraw: Callable[[int], Tensor],
    taken: Collection[tuple[str, ...]] = (),
    stop: Stop | None = None,
) -> tuple[Plan, list[Any], list[str]]:
    """A plan with different pieces only: what is equal to another one, or to one of ``taken``, is drawn again, some times; what is
    still equal then is left out, and that is said.

    Pieces keep their places in the plan, since what temperature draws for a row depends on its place.

    Args:
        redraw: from the number of a further attempt (from 1) to codes like those of the plan.
        taken: the symbols of each phrase of pieces that shall not come.

    Returns:
        The plan, its rows as they are decoded, and remarks.
    """
    wanted = len(plan.joins or plan.codes)
    rows: list[Any] = [None] * len(plan.codes)
    changed: Sequence[int] = range(len(rows))
    doubles: set[int] = set()
    for attempt in range(_ATTEMPTS):
        if attempt:
            fresh = redraw(attempt)
            changed = [row for index in sorted(doubles) for row in _rows_of(plan, index)]
            if torch.equal(fresh[changed].nan_to_num(), plan.codes[changed].nan_to_num()):
                break  # all codes of this model are one and the same
            plan.codes = plan.codes.index_copy(0, torch.tensor(changed), fresh[changed])
        _decode_again(model, plan, options, rows, changed, stop)
        doubles = _doubles(model, plan, rows, taken)
        if not doubles:
            return plan, rows, []
    while doubles:
        alone = len(doubles) == len(plan.joins or plan.codes)
        plan = plan.without(doubles - {min(doubles)} if alone else doubles)
        rows = [None] * len(plan.codes)
        _decode_again(model, plan, options, rows, range(len(rows)), stop)
        if alone:
            return plan, rows, ["all that was found is the piece itself, and it is given once; a larger distance brings others."]
        doubles = _doubles(model, plan, rows, taken)
    found = len(plan.joins or plan.codes)
    told = "only one piece was found" if found == 1 else f"only {found} different pieces were found"
    return plan, rows, [f"{told}, not {wanted}: the others were drawn {_ATTEMPTS} times and came out the same."]


def _rows_of(plan: Plan, index: int) -> range:
    if plan.joins is None:
        return range(index, index + 1)
    start = sum(plan.joins[:index])
    return range(start, start + plan.joins[index])


def _doubles(model: Model, plan: Plan, rows: Sequence[Any], taken: Collection[tuple[str, ...]]) -> set[int]:
    """The pieces that are equal to one before them, or to one that is taken."""
    seen, doubles, at = set(taken), set(), 0
    for index, count in enumerate(plan.joins or [1] * len(rows)):
        symbols = tuple(model.domain.to_symbols(row) for row in rows[at : at + count])
        at += count
        if symbols in seen:
            doubles.add(index)
        seen.add(symbols)
    return doubles


def _decode_again(
    model: Model, plan: Plan, options: DecodingOptions, rows: list[Any], changed: Iterable[int], stop: Stop | None
) -> None:
    """Decode the batches that hold ``changed`` rows of a plan into ``rows``, as if all were decoded."""
    decoding = _decoding(model, plan, options)
    for batch in sorted({row // AT_ONCE for row in changed}):
        start = batch * AT_ONCE
        part = slice(start, start + AT_ONCE)
        own = {name: value[part] if name in BY_ROW else value for name, value in decoding.items()}
        rows[part] = model.decode(plan.codes[part], **{**own, "seed": options.seed + start}, stop=stop)


def carry_out(
    model: Model,
    operation: str,
    plan: Plan,
    options: DecodingOptions,
    *,
    settings: Mapping[str, Any],
    sources: Sequence[str] = (),
    remarks: Sequence[str] = (),
    rows: list[Any] | None = None,
    settled: bool = False,
    stop: Stop | None = None,
) -> Pieces:
    """Decode and dress what a plan says; the job of the result does the same again.

    Args:
        rows: the pieces that the plan's rows are decoded to, where that is known. settled: whether they are kept as they are, since
            they were chosen among others.
        settings: what was asked for beside the options, JSON values.
        sources: what it was made from, as a person would name it.
    """
    decoding = _decoding(model, plan, options)
    rows = model.decode(plan.codes, **decoding, stop=stop) if rows is None else rows
    chosen_rows = set(range(len(rows))) if settled else set()
    if plan.goals and options.temperature == 0:
        chosen = _chosen(model, plan, rows, decoding, stop)
        rows = [chosen.get(row, piece) for row, piece in enumerate(rows)]
        counts = plan.joins or [1] * len(rows)
        owner = [index for index, count in enumerate(counts) for _ in range(count)]
        chosen_rows = {owner[row] for row in chosen}
    dressed = [plan.dress(row, piece) for row, piece in enumerate(rows)]
    if plan.joins is not None:
        rows, dressed = model.join(rows, plan.joins), model.join(dressed, plan.joins)
        decoding["joins"] = plan.joins
    if plan.titles is not None:
        dressed = [replace(piece, title=title) for piece, title in zip(dressed, plan.titles, strict=True)]
    found = _kept(model, plan, rows, options, stop) if operation not in ("morph", "fill") else {}
    if plan.exact or chosen_rows:
        itself = {**{index: rows[index] for index in chosen_rows}, **plan.exact}
        decoding["exact"] = [model.domain.to_symbols(itself[index]) if index in itself else None for index in range(len(rows))]
        rows = model.replaced(rows, decoding["exact"])
        if chosen_rows:  # else all that is exact was given
            settings = {**settings, "ends": sorted(plan.exact)}
        dressed = [plan.exact.get(index, piece) for index, piece in enumerate(dressed)]
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
    ts = ts_of(operation, settings, len(pieces))
    return Pieces(pieces, domain=model.domain, remarks=list(dict.fromkeys(remarks)), ts=ts, job=job, kept=found)


def _chosen(
    model: Model, plan: Plan, rows: Sequence[Any], decoding: Mapping[str, Any], stop: Stop | None
) -> dict[int, Any]:
    """For each row with a goal the piece that is nearest to it among several decodings."""
    wanted = sorted(plan.goals)
    again: dict[str, Any] = {
        name: [value[row] for row in wanted] * CHOICES if name in BY_ROW else value for name, value in decoding.items()
    }
    again |= {"temperature": TEMPERATURE, "top_p": 1.0, "seed": reseeded(decoding["seed"])}
    found = choose(
        model.network, model.tokenizer, model.domain, plan.codes[wanted], [rows[row] for row in wanted],
        [plan.goals[row] for row in wanted], lambda z: model.decode(z, **again, stop=stop),
        list(plan.exact.values()) if plan.joins is None else None,
    )  # fmt: skip
    return dict(zip(wanted, found, strict=True))


def _kept(
    model: Model, plan: Plan, rows: Sequence[Any], options: DecodingOptions, stop: Stop | None
) -> dict[int, Kept]:
    """How much the model keeps of the pieces that stand in a result as they are. ``rows``: what was decoded at their places."""
    if not plan.exact:
        return {}
    came_back = {index: rows[index] for index in plan.exact}
    if options.temperature > 0 or options.hold:  # then what was decoded there is not what the model keeps of the piece
        joins = plan.joins or [1] * len(rows)
        starts = [0, *accumulate(joins)]
        wanted = [row for index in plan.exact for row in range(starts[index], starts[index + 1])]
        again = model.decode(
            plan.codes[wanted],
            segments=[plan.segments[row] for row in wanted] if plan.segments is not None else None,
            prefix=[plan.prefix[row] for row in wanted] if plan.prefix is not None and options.whole and not options.hold else None,
            known=plan.known,
            joins=[joins[index] for index in plan.exact],
            stop=stop,
        )
        came_back = dict(zip(plan.exact, again, strict=True))
    return {index: kept_of(model.domain, piece, came_back[index]) for index, piece in plan.exact.items()}


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


def ts_of(operation: str, settings: Mapping[str, Any], count: int) -> list[float]:
    """The places of the ``count`` pieces on the path of an operation that is one, from 0 to 1; else none.

    Raises:
        DamagedFileError: the settings, which may come from a file, are not those of such an operation with so many pieces.
    """
    record = Record(settings)
    found: list[float] = []
    try:
        if operation == "interpolate":
            found = steps_between(record.whole("steps", count, count))
        elif operation == "morph":
            found = [Record({"t": t}).number("t", 0.0, 1.0) for t in record.array("ts", count)]
        elif operation == "path":
            points, steps = record.whole("points", 2, count), record.whole("steps", 2, count)
            if (points - 1) * (steps - 1) + 1 == count:
                found = [(leg + t) / (points - 1) for leg, t in legs(points, steps)]
        if operation in ("interpolate", "morph", "path") and len(found) != count:
            raise ValueError("there is not one place for each piece")
    except ValueError as error:
        raise DamagedFileError("the record of how these pieces were made is damaged ({reason}).", reason=error) from error
    return found


# -- what the operations share


def phrases_of(model: Model, sources: Sequence[Any], options: DecodingOptions, operation: str) -> tuple[list[Any], list[str]]:
    """One phrase of each source, and remarks."""
    if options.whole:
        raise ConfigError("{operation} works on one phrase of each piece, not on whole ones; leave that out.", operation=operation)
    pieces, remarks = [], []
    for source in sources:
        piece, more = phrase_of(model, source, options)
        pieces.append(piece)
        remarks += more
    return pieces, remarks


def _held(
    model: Model, pieces: Sequence[Any], options: DecodingOptions, within: Sequence[bool] = ()
) -> tuple[list[list[int]] | None, list[int]]:
    """The prefix of each row that keeps it to the traits of its piece, and the tokens that are ruled out in all of them.

    Args:
        within: of each piece, whether it follows another in a song.
    """
    check_hold(model, options)
    kept = traits(model, options)
    if not kept and not any(within):
        return None, []
    domain, follows = model.domain, within or [False] * len(pieces)
    held = [
        domain.held(piece, [*kept, *(name for name in domain.holds_within if inside and name not in kept)])
        for piece, inside in zip(pieces, follows, strict=True)
    ]
    prefix = [[_token(model, symbol) if symbol else -1 for symbol in begin] for begin, _ in held]
    forbid = set.intersection(*(set(others) for _, others in held)) if held else set()
    return prefix, sorted(_token(model, symbol) for symbol in forbid)


def _method(model: Model, method: str) -> str:
    """The method that is meant for the codes of a model, see :func:`point`.

    Raises:
        ConfigError: there is no such method.
    """
    check_method(method)
    return "wave" if method == "details" and not model.network.layout.summary else method


def _token(model: Model, symbol: str) -> int:
    (token,) = model.tokenizer.encode(symbol)
    return token


def _unit(name: str) -> Message:
    """What a domain counts, in words that can be translated."""
    return Message("bar") if name == "bar" else Message("word")


def _length(model: Model, length: int | None, rows: int) -> tuple[list[int] | None, list[int] | None]:
    """How many segments, and how many words, every row shall have."""
    if length is None:
        return None, None
    unit = model.domain.unit
    most = model.network.spec.segments - 1 if model.domain.grammar.separator else model.network.spec.longest
    if not 1 <= length <= most:
        raise ConfigError(
            "the length is {length} {unit}s; {model} writes 1 to {most}.",
            length=length, unit=_unit(unit), model=model.name, most=most,
        )
    wanted = [length] * rows
    return (wanted, None) if model.domain.grammar.separator else (None, wanted)


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
    names = [name_of(source, song.piece)]
    plan = _song_plan(model, song, codes[None], options)
    made = carry_out(model, "reconstruct", plan, options, settings={}, sources=names, remarks=remarks, stop=stop)
    made.kept = {0: kept_of(model.domain, song.piece, made[0])}
    return made


def kept(model: Model, source: Any, options: DecodingOptions, stop: Stop | None = None) -> Kept:
    """See :meth:`Model.kept`."""
    return reconstruct(model, source, replace(options, temperature=0.0, hold=()), stop).kept[0]


def vary(model: Model, source: Any, n: int, amount: float, options: DecodingOptions, stop: Stop | None = None) -> Pieces:
    """See :meth:`Model.vary`."""
    n = checked(OperationOptions, "n", n)
    song, remarks = _one_or_whole(model, source, options)
    codes, used = model.encode_used(song.phrases)
    layout = model.network.layout

    def moved(code: Tensor, where: Tensor, count: int, seed: int) -> Tensor:
        if layout.summary:
            return varied(code, count, amount, layout, seed=seed)
        return neighbours(code, count, amount, seed=seed, used=where, block=layout.block)

    def drawn(attempt: int) -> Tensor:
        # Further neighbours come from where the random numbers of the first ones end.
        found = [
            moved(code, where, n * (attempt + 1), options.seed + index)[n * attempt :]
            for index, (code, where) in enumerate(zip(codes, used, strict=True))
        ]
        return torch.stack(found, 1)

    settings = {"n": n, "amount": amount}
    plan = _song_plan(model, song, drawn(0)[: n if amount else 1], options)
    held = held_of(model, song.piece, codes[0], options)
    plan = plan if held is None else held.plan(model, plan)

    def redrawn(attempt: int) -> Tensor:
        fresh = drawn(attempt).flatten(0, 1)
        return fresh if held is None else held.codes(model, fresh)

    names = [name_of(source, song.piece)]
    rows = None
    if amount:
        own = tuple(model.domain.to_symbols(phrase) for phrase in song.phrases)
        plan, rows, more = told_apart(model, plan, options, redrawn, [own], stop)
        remarks = [*remarks, *more]
    elif n > 1:
        remarks = [*remarks, "at a distance of 0 there is only the piece as the model keeps it, and it is given once."]
    return carry_out(
        model, "vary", plan, options, settings=settings, sources=names, remarks=remarks, rows=rows, stop=stop
    )


def _one_or_whole(model: Model, source: Any, options: DecodingOptions) -> tuple[Song, list[str]]:
    """A song of all phrases of a source, or of the chosen one."""
    if options.whole:
        return song_of(model, source, options)
    (piece,), remarks = phrases_of(model, [source], options, "this")
    return Song(piece, [piece], [False]), remarks


def _song_plan(model: Model, song: Song, codes: Tensor, options: DecodingOptions) -> Plan:
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

    return Plan(
        codes.flatten(0, 1),
        dress,
        segments=[model.segments(phrase) for phrase in song.phrases] * songs,
        prefix=prefix * songs if prefix is not None else None,
        forbid=forbid,
        known=_texts(song.phrases),
        joins=[count] * songs if count > 1 else None,
        titles=[song.piece.title] * songs if count > 1 else None,
    )


def sample(
    model: Model, n: int, length: int | None, how: SamplingOptions, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.sample`."""
    n = checked(OperationOptions, "n", n)

    def drawn(attempt: int) -> Tensor:
        generator = torch.Generator().manual_seed((options.seed + attempt * APART) % 2**63)
        return model.network.prior_codes(n, generator, how.spread)

    z = drawn(0)
    segments, words = _length(model, length, n)
    plan = Plan(z, lambda row, piece: model.domain.dress(piece, piece, piece, 0.0), segments=segments, words=words, known=[])
    plan.best_of = how.best_of
    settings = {"n": n, "spread": how.spread, **({"length": length} if length is not None else {})}
    remarks = []
    if model.network.spec.bottleneck == "ae":
        remarks.append(
            Message(
                (
                    "{model} is an autoencoder, trained without a prior: these are drawn from a Gaussian fitted to the codes "
                    "of its training pieces (ex-post density estimation, Ghosh et al. 2020)."
                ),
                model=model.name,
            )
        )
    plan, rows, more = told_apart(model, plan, options, drawn, stop=stop)
    return carry_out(model, "sample", plan, options, settings=settings, remarks=[*remarks, *more], rows=rows, stop=stop)


class Way:
    """The way from one piece to another: the ends are read and encoded once, and any place between them can be decoded.

    At temperature 0 what stands at a place does not depend on what else is decoded: :meth:`at` gives what :func:`interpolate` has
    there. Of a model that hears pieces it is the greedy decoding, of which :func:`interpolate` makes a choice among several.
    """

    def __init__(self, model: Model, a: Any, b: Any, method: str, options: DecodingOptions) -> None:
        """See :meth:`Model.way`."""
        method = _method(model, method)
        check_hold(model, options)
        self._model, self._method, self._options = model, method, options
        if options.whole:
            self._first, remarks = song_of(model, a, options)
            self._last, more = song_of(model, b, options)
        else:
            self._first, remarks = _one_or_whole(model, a, options)
            self._last, more = _one_or_whole(model, b, options)
        self._remarks = [*remarks, *more]
        first, last = self._first, self._last
        if model.domain.to_symbols(first.piece) == model.domain.to_symbols(last.piece):
            self._remarks.append("both ends are the same piece, so every step between them is its reconstruction.")
        self._names = [name_of(a, first.piece), name_of(b, last.piece)]
        self._from, self._to = model.encode(first.phrases), model.encode(last.phrases)
        self._opening, self._forbid = _held(model, first.phrases, options)
        self._following, _ = _held(model, first.phrases, options, [True] * len(first.phrases))
        self._held = held_of(model, first.piece, self._from[0], options)
        self._begin, self._end = ([model.segments(phrase) for phrase in song.phrases] for song in (first, last))

    def _goals(self, places: Sequence[tuple[int, int, float]], codes: Sequence[Tensor]) -> dict[int, NDArray[np.float64]]:
        """What should be heard at each place where something is left to the model."""
        first, last = self._first.phrases, self._last.phrases
        return {
            row: between(self._model.domain, [first[i], last[j]], [1 - t, t])
            for row, ((i, j, t), code) in enumerate(zip(places, codes, strict=True))
            if bool(code.isnan().any())
        }

    def at(self, *ts: float, stop: Stop | None = None) -> Pieces:
        """What stands at each of ``ts``, 0 (a) to 1 (b).

        Raises:
            ConfigError: there is no place, or one is out of range.
        """
        for t in ts or (-1.0,):
            if not 0.0 <= t <= 1.0:
                raise ConfigError("the place is {t:g}; expected 0 (the first piece) to 1 (the second).", t=t)
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
                    codes.append(point(self._from[i], self._to[j], t, self._method, model.network.layout))

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
            exact={index: (last if t else first).piece for index, t in enumerate(ts) if t in (0.0, 1.0)},
            goals=self._goals(places, codes) if operation != "morph" and chooses(model.network, model.domain) else {},
        )
        plan = plan if self._held is None else self._held.plan(model, plan)
        return carry_out(
            model, operation, plan, self._options, settings=settings, sources=self._names, remarks=self._remarks, stop=stop
        )


def interpolate(
    model: Model, a: Any, b: Any, steps: int, method: str, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.interpolate`."""
    ts = steps_between(steps)
    method = _method(model, method)
    return Way(model, a, b, method, options).decode(ts, "interpolate", {"steps": steps, "method": method}, stop)


def blend(
    model: Model, four: Sequence[Any], grid: int | tuple[int, int], options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.blend`."""
    try:
        rows, columns = (grid, grid) if isinstance(grid, int) else (int(size) for size in grid)
    except (TypeError, ValueError):
        raise ConfigError("the grid is {grid!r}; expected one number, or rows and columns.", grid=grid) from None
    places = corners(rows, columns)
    check_hold(model, options)
    pieces, remarks = phrases_of(model, four, options, "blend")
    codes = model.encode(pieces)
    bars = [model.segments(piece) for piece in pieces]
    prefix, forbid = _held(model, pieces[:1], options)

    goals = {
        row: between(model.domain, pieces, [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v])
        for row, (u, v) in enumerate(places)
        if (u, v) not in _CORNERS and chooses(model.network, model.domain)
    }

    def dress(row: int, piece: Any) -> Any:
        u, v = places[row]
        above = model.domain.dress(piece, pieces[0], pieces[1], u)
        below = model.domain.dress(piece, pieces[2], pieces[3], u)
        return model.domain.dress(piece, above, below, v)

    plan = Plan(
        torch.stack([between_corners(list(codes), u, v, model.network.layout) for u, v in places]),
        dress,
        segments=[round((1 - v) * ((1 - u) * bars[0] + u * bars[1]) + v * ((1 - u) * bars[2] + u * bars[3])) for u, v in places],
        prefix=prefix * len(places) if prefix is not None else None,
        forbid=forbid,
        known=_texts(pieces),
        exact={places.index(corner): piece for corner, piece in zip(_CORNERS, pieces, strict=True)},
        goals=goals,
    )
    names = [name_of(source, piece) for source, piece in zip(four, pieces, strict=True)]
    held = held_of(model, pieces[0], codes[0], options)
    plan = plan if held is None else held.plan(model, plan)
    settings = {"grid": [rows, columns]}
    return carry_out(model, "blend", plan, options, settings=settings, sources=names, remarks=remarks, stop=stop)


def path(
    model: Model, sources: Sequence[Any], steps: int, method: str, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.path`."""
    places = legs(len(sources), steps)
    method = _method(model, method)
    check_hold(model, options)
    pieces, remarks = phrases_of(model, sources, options, "path")
    codes = model.encode(pieces)
    bars = [model.segments(piece) for piece in pieces]
    prefix, forbid = _held(model, pieces[:1], options)

    goals = {
        row: between(model.domain, pieces[leg : leg + 2], [1 - t, t])
        for row, (leg, t) in enumerate(places)
        if t not in (0.0, 1.0) and chooses(model.network, model.domain)
    }

    def dress(row: int, piece: Any) -> Any:
        leg, t = places[row]
        return model.domain.dress(piece, pieces[leg], pieces[leg + 1], t)

    plan = Plan(
        torch.stack([point(codes[leg], codes[leg + 1], t, method, model.network.layout) for leg, t in places]),
        dress,
        segments=[round((1 - t) * bars[leg] + t * bars[leg + 1]) for leg, t in places],
        prefix=prefix * len(places) if prefix is not None else None,
        forbid=forbid,
        known=_texts(pieces),
        exact={index: pieces[leg + int(t)] for index, (leg, t) in enumerate(places) if t in (0.0, 1.0)},
        goals=goals,
    )
    names = [name_of(source, piece) for source, piece in zip(sources, pieces, strict=True)]
    held = held_of(model, pieces[0], codes[0], options)
    plan = plan if held is None else held.plan(model, plan)
    settings = {"points": len(sources), "steps": steps, "method": method}
    return carry_out(model, "path", plan, options, settings=settings, sources=names, remarks=remarks, stop=stop)


def analogy(model: Model, a: Any, b: Any, c: Any, options: DecodingOptions, stop: Stop | None = None) -> Pieces:
    """See :meth:`Model.analogy`."""
    check_hold(model, options)
    pieces, remarks = phrases_of(model, [a, b, c], options, "analogy")
    codes = model.encode(pieces)
    bars = [model.segments(piece) for piece in pieces]
    prefix, forbid = _held(model, pieces[:1], options)
    most = max(bars)
    plan = Plan(
        moved_by_difference(codes[0], codes[1], codes[2], model.network.layout)[None],
        lambda row, piece: model.domain.dress(piece, pieces[2], pieces[2], 0.0),
        segments=[min(most, max(min(1, most), bars[0] - bars[1] + bars[2]))],
        prefix=prefix,
        forbid=forbid,
        known=_texts(pieces),
    )
    names = [name_of(source, piece) for source, piece in zip((a, b, c), pieces, strict=True)]
    held = held_of(model, pieces[0], codes[0], options)
    plan = plan if held is None else held.plan(model, plan)
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
    n = checked(OperationOptions, "n", n)
    check_hold(model, options)
    domain = model.domain
    if domain.grammar.separator and options.phrase == 1 and not options.whole:
        piece, remarks = taken(model, source, options)
        if not domain.phrases(piece, 0, 0, 1):
            raise FileError("{name} is empty; expected at least one note.", name=piece.title or piece.source or "the piece")
        if domain.units(piece) < model.network.spec.segments:  # of a longer tune only the last bars are read
            piece, cut = model.fitted(piece)
            remarks = [*remarks, *cut]
    else:
        (piece,), remarks = phrases_of(model, [source], options, "continue")
    unit, has = domain.unit, domain.units(piece)
    name = piece.title or piece.source or "the piece"
    if given is not None and not 1 <= given <= has:
        raise ConfigError(
            "{given} {unit}s were to be kept of {name}; expected 1 to {has}, which is what it has.",
            given=given, unit=_unit(unit), name=name, has=has,
        )  # fmt: skip
    if given is None and length is not None and has >= length:
        if length < 2:
            raise ConfigError(
                "{length} {unit} is wanted in all; expected 2 or more, so that something follows what is given.",
                length=length, unit=_unit(unit),
            )  # fmt: skip
        given = length // 2
        about: dict[str, Any] = {"piece": name, "has": has, "length": length, "given": given}
        if unit == "bar":
            said = "{piece} has {has} bars, and {length} are wanted in all: the first {given} were kept."
        else:
            said = "{piece} has {has} words, and {length} are wanted in all: the first {given} were kept."
        remarks.append(Message(said, remedy="how-many-kept", **about))
    begin = piece if given is None or given == has else domain.part(piece, 1, given)
    kept = domain.units(begin)
    most = model.network.spec.segments - 1
    total = length
    if length is None and domain.grammar.separator:
        phrase = model.phrase_length or most
        total = phrase if kept < phrase else kept + max(1, phrase // 2)
    if total is not None and total <= kept:
        raise ConfigError(
            "{kept} {unit}s are given and {total} wanted in all; there is nothing to write: keep fewer.",
            kept=kept, unit=_unit(unit), total=total,
        )  # fmt: skip
    head, tail, heads, written = begin, begin, [], total
    if domain.grammar.separator and total is not None and total > most:
        if total - kept > most - 1:
            raise ConfigError(
                "{kept} {unit}s are given and {total} wanted in all; {model} writes 1 to {most} more.",
                kept=kept, unit=_unit(unit), total=total, model=model.name, most=most - 1,
            )  # fmt: skip
        head, tail = _ahead(model, begin, most - (total - kept))
        heads, written = _songphrases_of(model, head), total - domain.units(head)
        remarks.append(
            Message(
                (
                    "{name} has {kept} {unit}s, and {model} writes {most} at once: all of it is kept, and it goes on from "
                    "its end ({total} new after the last {domain}, which were read)."
                ),
                name=name,
                kept=kept,
                unit=_unit(unit),
                model=model.name,
                most=most,
                total=total - kept,
                domain=domain.units(tail),
            )
        )
    segments, words = _length(model, written, n)
    ids = model.tokenizer.encode(domain.opening(tail, begin is piece and options.bars is None))
    _, forbid = _held(model, [begin], options)
    check = stop.check if stop is not None else None
    parts = [*heads, tail]

    def drawn(attempt: int) -> Tensor:
        codes = continuation_codes(
            model.network,
            ids,
            n,
            segments=max(segments or (0,)),
            spread=model.sampling.spread,
            seed=(options.seed + attempt * APART) % 2**63,
            check=check,
        )
        # What is written token for token needs no code.
        return torch.cat([torch.zeros(n, len(heads), codes.shape[1]), codes[:, None]], 1).flatten(0, 1)

    def dress(row: int, made: Any) -> Any:
        part = parts[row % len(parts)]
        return domain.keep(domain.dress(made, part, part, 0.0), part)

    plan = Plan(
        drawn(0),
        dress,
        segments=[*(model.segments(part) for part in heads), *segments[:1]] * n if segments is not None else None,
        words=words,
        prefix=[*(model.ids(part) for part in heads), ids] * n,
        # Among several rows the count of bars sees to it that something follows.
        beyond=0 if heads else 1,
        forbid=forbid,
        known=_texts([begin]),
        joins=[len(parts)] * n if heads else None,
        titles=[begin.title] * n if heads else None,
    )
    settings: dict[str, Any] = {"n": n, "given": kept}
    if total is not None:
        settings["length"] = total
    names = [name_of(source, piece)]
    plan, rows, more = told_apart(model, plan, options, drawn, stop=stop)
    return carry_out(
        model, "continue", plan, options, settings=settings, sources=names, remarks=[*remarks, *more], rows=rows, stop=stop
    )


def _ahead(model: Model, piece: Any, room: int) -> tuple[Any, Any]:
    """A piece in two at a bar line: what stays as it is, and at most ``room`` bars that the model goes on from; where no note is
    held over the bar line, if there is such a place."""
    domain, has = model.domain, model.domain.units(piece)
    whole = domain.to_symbols(piece)
    places = [has - bars for bars in range(min(room, has - 1), 0, -1)]
    halves = ((domain.part(piece, 1, place), domain.part(piece, place + 1, has)) for place in places)
    first = (domain.part(piece, 1, places[0]), domain.part(piece, places[0] + 1, has))
    return next((two for two in halves if domain.to_symbols(domain.join(two)) == whole), first)


def _songphrases_of(model: Model, piece: Any) -> list[Any]:
    """A piece in phrases that the model can write."""
    domain, has = model.domain, model.domain.units(piece)
    most = model.network.spec.segments - 1
    return [domain.part(piece, first + 1, min(first + most, has)) for first in range(0, has, most)]
