"""Continue a piece: its bars or words are kept, and the model writes what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import LONGEST, DecodingOptions, OperationOptions, checked, field, like
from genstudio.errors import ConfigError, FileError, Message
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.operations.base import Operation, of_sampling
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.latent.sources import in_units, name_of, taken
from genstudio.latent.tools import Tool
from genstudio.progress import Stop, go_on

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["CONTINUE", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of a continuation."""

    n: int = like(OperationOptions, "n", 4)
    length: int | None = field(
        None, "Length",
        "Bars (words) of the result with the given ones (default: the model's phrase, or half a phrase more than A where A fills "
        "it; a text ends where the model ends it).",
        low=1, high=LONGEST, called="Length in {units}", said="Length of each piece; free: as the model ends it", hint="free",
    )  # fmt: skip
    given: int | None = field(
        None, "Keep", "Keep only the first N bars (words) of A (default: all of it).", low=1, high=LONGEST,
        called="Keep {units}", said="How much of the beginning is kept; free: what leaves room", hint="free",
    )  # fmt: skip


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is ``n`` different pieces; a remark says when fewer are found. A piece that is at least as long as the phrases of
    the model is kept whole and continued at its end: the model reads its last bars.
    """
    import torch

    from genstudio.generation.continuation import continuation_codes
    from genstudio.latent.distinct import APART, distinct
    from genstudio.latent.holding import check_hold, held_prefix
    from genstudio.latent.inputs import lengths, texts
    from genstudio.latent.plan import Asked, Plan, carry_out

    n, domain = checked(Options, "n", own.n), model.domain
    check_hold(model, options)
    piece, remarks = _read(model, sources[0], options)
    begin, more = _beginning(model, piece, own)
    total = _total(model, begin, own.length)
    heads, tail, notes = _halves(model, begin, total, _name(piece))
    remarks = [*remarks, *more, *notes]
    written = total if total is None or not heads else total - sum(domain.units(head) for head in heads)
    segments, words = lengths(model, written, n)
    ids = model.tokenizer.encode(domain.opening(tail, begin is piece and options.bars is None))
    _, forbid = held_prefix(model, [begin], options)
    check = stop.check if stop is not None else go_on
    parts = [*heads, tail]

    def drawn(attempt: int) -> Tensor:
        codes = continuation_codes(
            model.network,
            ids,
            n,
            segments=max(segments or (0,)) * model.strands,
            spread=model.sampling.spread,
            seed=(options.seed + attempt * APART) % 2**63,
            check=check,
        )
        # Phrases that are written token for token need no code.
        return torch.cat([torch.zeros(n, len(heads), codes.shape[1]), codes[:, None]], 1).flatten(0, 1)

    def metadata(row: int, made: Any) -> Any:
        part = parts[row % len(parts)]
        return domain.keep(domain.with_metadata_between(made, part, part, 0.0), part)

    plan = Plan(
        drawn(0),
        metadata,
        Decoding(
            segments=[*(model.bars(part) for part in heads), *segments[:1]] * n if segments is not None else None,
            words=words,
            prefix=[*(model.ids(part) for part in heads), ids] * n,
            # With several rows the number of bars ensures that something follows.
            beyond=0 if heads else 1,
            forbid=forbid,
            known=texts([begin]),
            joins=[len(parts)] * n if heads else None,
        ),
        titles=[begin.title] * n if heads else None,
    )
    settings: dict[str, Any] = {"n": n, "given": domain.units(begin), **({"length": total} if total is not None else {})}
    plan, rows, same = distinct(model, plan, options, drawn, stop=stop)
    asked = Asked("continue", options, settings, [name_of(sources[0], piece)], [*remarks, *same])
    return carry_out(model, asked, plan, rows=rows, stop=stop)


def _name(piece: Any) -> str:
    return str(piece.title or piece.source or "the piece")


def _read(model: Codec, source: Any, options: DecodingOptions) -> tuple[Any, list[str]]:
    """Read the piece that is continued; returns it and remarks."""
    from genstudio.latent.inputs import phrases_of

    domain = model.domain
    if not domain.grammar.separator or options.phrase != 1 or options.whole:
        (piece,), remarks = phrases_of(model, [source], options, "continue")
        return piece, remarks
    piece, remarks = taken(model, source, options)
    if not domain.phrases(piece, 0, 0, 1):
        raise FileError(in_units(domain, "{name} is empty; expected at least one note."), name=_name(piece))
    if domain.units(piece) <= model.most_bars:  # of a longer tune only the last bars are read
        piece, cut = model.fitted(piece)
        remarks = [*remarks, *cut]
    return piece, remarks


def _beginning(model: Codec, piece: Any, own: Options) -> tuple[Any, list[str]]:
    """Cut a piece to the part that is kept; returns it and remarks."""
    from genstudio.latent.inputs import unit_of

    domain, given, length = model.domain, own.given, own.length
    unit, has = domain.unit, domain.units(piece)
    name = _name(piece)
    remarks: list[str] = []
    if given is not None and not 1 <= given <= has:
        raise ConfigError(
            "cannot keep {given} {unit}s of {name}; expected 1 to {has}, which is what it has.",
            given=given, unit=unit_of(unit), name=name, has=has,
        )  # fmt: skip
    if given is None and length is not None and has >= length:
        if length < 2:
            raise ConfigError(
                "the result should have {length} {unit}; expected 2 or more, so that something follows what is given.",
                length=length, unit=unit_of(unit),
            )  # fmt: skip
        given = length // 2
        about: dict[str, Any] = {"piece": name, "has": has, "length": length, "given": given}
        if domain.grammar.separator:
            template = in_units(domain, "{piece} has {has} bars, and {length} are wanted in all: the first {given} were kept.")
        else:
            template = "{piece} has {has} words, and {length} are wanted in all: the first {given} were kept."
        remarks.append(Message(template, remedy="how-many-kept", **about))
    return piece if given is None or given == has else domain.part(piece, 1, given), remarks


def _total(model: Codec, begin: Any, length: int | None) -> int | None:
    """The number of bars or words of the result; None: the model decides where it ends."""
    from genstudio.latent.inputs import unit_of

    domain, kept, total = model.domain, model.domain.units(begin), length
    if length is None and domain.grammar.separator:
        phrase = model.phrase_length or model.most_bars
        total = phrase if kept < phrase else kept + max(1, phrase // 2)
    if total is not None and total <= kept:
        raise ConfigError(
            "{kept} {unit}s are given and {total} wanted in all; there is nothing to write: keep fewer.",
            kept=kept, unit=unit_of(domain.unit), total=total,
        )  # fmt: skip
    return total


def _halves(model: Codec, begin: Any, total: int | None, name: str) -> tuple[list[Any], Any, list[str]]:
    """Split the kept part into phrases that are copied and the end that the model reads and continues.

    Returns:
        The copied phrases, the end, and remarks.
    """
    from genstudio.latent.inputs import unit_of

    domain, most = model.domain, model.most_bars
    if not domain.grammar.separator or total is None or total <= most:
        return [], begin, []
    kept = domain.units(begin)
    if total - kept > most - 1:
        raise ConfigError(
            "{kept} {unit}s are given and {total} wanted in all; {model} writes 1 to {most} more.",
            kept=kept, unit=unit_of(domain.unit), total=total, model=model.name, most=most - 1,
        )  # fmt: skip
    head, tail = _ahead(model, begin, most - (total - kept))
    note = Message(
        (
            "{name} has {kept} {unit}s, and {model} writes {most} at once: all of it is kept, and it goes on from "
            "its end ({total} new after the last {domain}, which were read)."
        ),
        name=name,
        kept=kept,
        unit=unit_of(domain.unit),
        model=model.name,
        most=most,
        total=total - kept,
        domain=domain.units(tail),
    )
    return _phrases(model, head), tail, [note]


def _ahead(model: Codec, piece: Any, room: int) -> tuple[Any, Any]:
    """Split a piece at a bar line into a part that is copied and at most ``room`` bars that the model continues.

    Bar lines that no note is tied over are preferred.
    """
    domain, has = model.domain, model.domain.units(piece)
    whole = domain.to_symbols(piece)
    places = [has - bars for bars in range(min(room, has - 1), 0, -1)]
    halves = ((domain.part(piece, 1, place), domain.part(piece, place + 1, has)) for place in places)
    first = (domain.part(piece, 1, places[0]), domain.part(piece, places[0] + 1, has))
    return next((two for two in halves if domain.to_symbols(domain.join(two)) == whole), first)


def _phrases(model: Codec, piece: Any) -> list[Any]:
    """Cut a piece into phrases that the model can write."""
    domain, has = model.domain, model.domain.units(piece)
    most = model.most_bars
    return [domain.part(piece, first + 1, min(first + most, has)) for first in range(0, has, most)]


CONTINUE = Operation(
    name="continue",
    help="keep a song or the beginning of a sentence and write what follows",
    about="Continue a song or a sentence: the given bars or words are kept, and the model writes what follows.",
    options=Options,
    run=_run,
    result=Several("continuation"),
    drawn=True,
    defaults=of_sampling,
    tool=Tool(
        "Go on",
        "A piece that goes on",
        "How could it go on?",
        "Give it A; its beginning is kept and several ways to go on are made.",
        "{title}, continued {number}",
        values={"temperature": 1.0, "top_p": 0.95},
        place=6,
    ),
)
