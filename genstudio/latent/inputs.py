"""Prepare the inputs of operations: phrases that a model can read, and the lengths of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.domains import domain_of
from genstudio.errors import ConfigError, InputError, Message
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.holding import check_hold, held_of, held_prefix
from genstudio.latent.pieces import Pieces
from genstudio.latent.plan import Asked, Plan, carry_out
from genstudio.latent.sources import Song, name_of, phrase_of, song_of
from genstudio.models.encoding import encode_all
from genstudio.progress import Stop

__all__ = ["Ends", "as_it_is", "code_of", "ends_of", "lengths", "one_or_whole", "phrases_of", "song_plan", "texts", "unit_of"]


def phrases_of(model: Codec, sources: Sequence[Any], options: DecodingOptions, operation: str) -> tuple[list[Any], list[str]]:
    """The chosen phrase of each source, and remarks."""
    if options.whole:
        raise ConfigError("{operation} works on one phrase of each piece, not on whole ones; leave that out.", operation=operation)
    pieces, remarks = [], []
    for source in sources:
        piece, more = phrase_of(model, source, options)
        pieces.append(piece)
        remarks += more
    return pieces, remarks


@dataclass(frozen=True)
class Ends:
    """The phrases that an operation combines, and the tokens that hold the traits of the first of them, and those that all share.

    Attributes:
        codes: [pieces, dims].
        bars: the number of bars of each.
        prefix: the prefix of every row, a list of one entry; None where nothing is held.
        forbid: token ids that are excluded.
        names: the names of the sources.
    """

    pieces: list[Any]
    codes: Tensor
    bars: list[int]
    prefix: list[list[int]] | None
    forbid: list[int]
    names: list[str]
    remarks: list[str]

    def asked(self, operation: str, options: DecodingOptions, **settings: Any) -> Asked:
        """The request of an operation on them, for its job."""
        return Asked(operation, options, settings, self.names, self.remarks)

    def decoding(self, segments: Sequence[int]) -> Decoding:
        """How rows between them are decoded, with the numbers ``segments`` of bars and the traits that are held."""
        prefix = self.prefix * len(segments) if self.prefix is not None else None
        return Decoding(segments=segments, prefix=prefix, forbid=self.forbid, known=texts(self.pieces))

    def carry_out(self, model: Codec, asked: Asked, plan: Plan, stop: Stop | None) -> Pieces:
        """Decode a plan, holding parts of the first piece as the options say."""
        held = held_of(model, self.pieces[0], self.codes[0], asked.options)
        return carry_out(model, asked, plan if held is None else held.plan(model, plan), stop=stop)


def ends_of(model: Codec, sources: Sequence[Any], options: DecodingOptions, operation: str) -> Ends:
    """The chosen phrase of each source with its code, for an operation that combines them."""
    check_hold(model, options)
    pieces, remarks = phrases_of(model, sources, options, operation)
    names = [name_of(source, piece) for source, piece in zip(sources, pieces, strict=True)]
    codes, bars = model.encode(pieces), [model.bars(piece) for piece in pieces]
    return Ends(pieces, codes, bars, *held_prefix(model, pieces[:1], options, others=pieces[1:]), names, remarks)


def one_or_whole(model: Codec, source: Any, options: DecodingOptions) -> tuple[Song, list[str]]:
    """A song of all phrases of a source, or of the chosen phrase alone, and remarks."""
    if options.whole:
        return song_of(model, source, options)
    (piece,), remarks = phrases_of(model, [source], options, "this")
    return Song(piece, [piece], [False]), remarks


def song_plan(model: Codec, song: Song, codes: Tensor, options: DecodingOptions) -> Plan:
    """A plan that decodes ``codes`` [songs, phrases, dims] to variants of a song."""
    songs, count = len(codes), len(song.phrases)
    prefix, forbid = held_prefix(model, song.phrases, options, [index > 0 for index in range(count)])
    if any(song.silent):
        prefix = prefix or [[] for _ in song.phrases]
        for row, (phrase, silent) in enumerate(zip(song.phrases, song.silent, strict=True)):
            if silent:
                as_it_is(model, phrase, prefix, row)

    def metadata(row: int, piece: Any) -> Any:
        phrase = song.phrases[row % count]
        return model.domain.with_metadata_between(piece, phrase, phrase, 0.0)

    decoding = Decoding(
        segments=[model.bars(phrase) for phrase in song.phrases] * songs,
        prefix=prefix * songs if prefix is not None else None,
        forbid=forbid,
        known=texts(song.phrases),
        joins=[count] * songs if count > 1 else None,
    )
    return Plan(codes.flatten(0, 1), metadata, decoding, titles=[song.piece.title] * songs if count > 1 else None)


def as_it_is(model: Codec, piece: Any, prefix: list[list[int]], row: int) -> None:
    """Set the prefix of a row so that ``piece`` is written token for token (silence, which no model was trained on)."""
    prefix[row] = model.ids(piece)


def texts(pieces: Sequence[Any]) -> list[str]:
    """The texts of the pieces that have one."""
    return [text for piece in pieces if (text := domain_of(piece).text_of(piece))]


def lengths(model: Codec, length: int | None, rows: int) -> tuple[list[int] | None, list[int] | None]:
    """The requested ``length`` as the numbers of bars and of words of ``rows`` rows, of which one is None.

    Raises:
        ConfigError: the model cannot write that length.
    """
    if length is None:
        return None, None
    unit = model.domain.unit
    most = model.most_bars if model.domain.grammar.separator else model.network.spec.longest
    if not 1 <= length <= most:
        raise ConfigError(
            "the length is {length} {unit}s; {model} writes 1 to {most}.",
            length=length, unit=unit_of(unit), model=model.name, most=most,
        )
    wanted = [length] * rows
    return (wanted, None) if model.domain.grammar.separator else (None, wanted)


def unit_of(name: str) -> Message:
    """The unit in which a domain measures lengths, in a word that can be translated."""
    return Message("bar") if name == "bar" else Message("season") if name == "season" else Message("word")


def code_of(model: Codec, source: Any, options: DecodingOptions) -> tuple[Any, Any, int, Any | None, list[str]]:
    """Encode a source, or take a code as it is.

    Returns:
        The code and the dimensions that it uses [1, dims], the number of bars, the piece (None for a code), and remarks.
    """
    if isinstance(source, torch.Tensor):
        z = source.detach().cpu().float()
        z = z[None] if z.dim() == 1 else z
        if len(z) != 1:
            raise InputError(
                "a code has the shape {tuple}; expected one code, [{latent_dims}].",
                tuple=tuple(source.shape),
                latent_dims=model.network.latent_dims,
            )
        (decoded,) = model.decode(z, known=[])
        ids = model.ids(decoded)
        _, used = encode_all(model.network, [ids])
        return z.numpy(), used, model.bars(decoded), None, []
    (piece,), remarks = phrases_of(model, [source], options, "this")
    code, used = encode_all(model.network, [model.ids(piece)])
    return code, used, model.bars(piece), piece, remarks
