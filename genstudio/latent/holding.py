"""Hold a part of the first source in all results: bars of a song, parts of a score, words of a sentence.

The key and the metre in which all sources agree are held without being asked for: two songs in 4/4 have nothing else between them.
The details of the held part are kept wherever the summary moves to, so that the rest is written to fit it. Held bars are put into
the result at their positions, note for note; held words and parts of a score are given to the decoder as tokens at their positions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from genstudio.domains import Domain
    from genstudio.latent.codec import Codec
    from genstudio.latent.plan import Plan

__all__ = ["Held", "agreed", "check_hold", "held_of", "held_prefix", "traits"]

_BARS = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def check_hold(model: Codec, options: DecodingOptions) -> None:
    """Check that the model can hold what ``options.hold`` names.

    Raises:
        ConfigError: its pieces have no such part.
        ModelError: its codes have no details that can be blank.
    """
    bars = bool(model.domain.grammar.separator)
    for name in options.hold:
        if name in model.domain.holds:
            continue
        if bars and not _BARS.fullmatch(name) and model.strands == 1:
            raise ConfigError(
                "there is no {name!r} to hold in {label}; {hint}",
                name=name,
                label=model.domain.label,
                hint=did_you_mean(name, model.domain.holds),
            )
        model.need_details()
        if options.whole:
            raise ConfigError("bars and parts are held of one phrase; leave the whole song out, or what is held.")


def traits(model: Codec, options: DecodingOptions) -> list[str]:
    """The held traits of the whole piece (key, metre). Where bars or parts are held their metre is too, since they fit into no
    other."""
    found = [name for name in options.hold if name in model.domain.holds]
    if len(found) < len(options.hold):
        found += [name for name in ("metre",) if name in model.domain.holds and name not in found]
    return found


def agreed(model: Codec, pieces: Sequence[Any]) -> list[str]:
    """The traits of a whole piece (key, metre) that are the same in all these pieces, at their beginnings."""
    domain = model.domain
    return [name for name in domain.holds if len({tuple(domain.held(piece, [name])[0]) for piece in pieces}) == 1]


@dataclass(frozen=True)
class Held:
    """The held part of a piece.

    Attributes:
        details: bool [details], the details of its code that are kept.
        code: the code of the piece [dims].
        bars: the number of the first bar and the symbols of each run of held bars.
        last: the number of the last held bar, 0 where there is none.
        tokens: the token ids of held words at their positions, -1 elsewhere.
        contents: the token ids of each segment of a score of which parts are held, see :class:`genstudio.decoding.Request`.
        parts: the numbers of these parts, from 0, and the score.
    """

    details: Tensor
    code: Tensor
    bars: tuple[tuple[int, str], ...] = ()
    last: int = 0
    tokens: tuple[int, ...] = ()
    contents: tuple[tuple[int, ...], ...] = ()
    parts: tuple[tuple[int, ...], Any] = ((), None)

    def codes(self, model: Codec, codes: Tensor) -> Tensor:
        """``codes`` [rows, dims] with the held details."""
        layout = model.network.layout
        mask = torch.cat([torch.zeros(layout.summary, dtype=torch.bool), self.details.repeat_interleave(layout.block)])
        return torch.where(mask, self.code, codes)

    def plan(self, model: Codec, plan: Plan) -> Plan:
        """``plan`` with the held part in each of its rows; of its exact pieces only those stay that have the held part."""
        rows, decoding = len(plan.codes), plan.decoding
        segments = decoding.segments
        if segments is not None and self.bars:
            segments = [max(count, self.last) for count in segments]
        if self.contents:
            segments = [len(self.contents) // model.strands] * rows
        exact = {number: piece for number, piece in plan.exact.items() if self.stands(model, piece)}

        def metadata(row: int, piece: Any) -> Any:
            made = plan.metadata(row, piece)
            return model.domain.rewritten(made, self.parts[1], self.parts[0], model.lineup) if self.contents else made

        return replace(
            plan,
            codes=self.codes(model, plan.codes),
            metadata=metadata,
            decoding=replace(
                decoding,
                segments=segments,
                bars=[[list(stretch) for stretch in self.bars]] * rows if self.bars else None,
                prefix=[list(self.tokens)] * rows if self.tokens else decoding.prefix,
                contents=[list(map(list, self.contents))] * rows if self.contents else None,
            ),
            exact=exact,
        )

    def stands(self, model: Codec, piece: Any) -> bool:
        """Whether a piece has the held part."""
        domain = model.domain
        ids = model.ids(piece)
        if len(ids) < len(self.tokens) or any(mine not in (-1, own) for mine, own in zip(self.tokens, ids, strict=False)):
            return False
        if self.contents:
            segments = model.domain.to_symbols(piece).split(model.domain.grammar.separator)
            pairs = zip(self.contents, map(model.tokenizer.encode, segments), strict=False)
            if len(segments) != len(self.contents) or any(mine[0] >= 0 and list(mine) != own for mine, own in pairs):
                return False
        for first, symbols in self.bars:
            own = domain.from_symbols(symbols)
            last = first + domain.units(own) - 1
            if domain.units(piece) < last:
                return False
            bars = domain.from_symbols(domain.to_symbols(domain.part(piece, first, last)))  # without metadata
            if bars.notes != own.notes:
                return False
        return True


def held_of(model: Codec, piece: Any, code: Tensor, options: DecodingOptions) -> Held | None:
    """The part of ``piece`` (with the code ``code`` [dims]) that ``options`` hold; None where they hold only traits, or nothing.

    Raises:
        ConfigError: the piece does not have these bars or words.
    """
    asked = [name for name in options.hold if name not in model.domain.holds]
    if not asked:
        return None
    return _bars(model, piece, code, asked) if model.domain.grammar.separator else _words(model, piece, code, asked)


def held_prefix(
    model: Codec, pieces: Sequence[Any], options: DecodingOptions, within: Sequence[bool] = (), others: Sequence[Any] = ()
) -> tuple[list[list[int]] | None, list[int]]:
    """The prefixes that hold the traits of ``pieces``: those that are asked for, and those in which the ``others`` agree with them.

    Args:
        within: for each piece, whether it follows another one in a song.
        others: the pieces that they are combined with.

    Returns:
        The prefix of each row (None where nothing is held), and the token ids that are excluded in all rows.
    """
    check_hold(model, options)
    domain, follows = model.domain, within or [False] * len(pieces)
    kept, everyone = traits(model, options), [*pieces, *others]
    shared = [name for name in agreed(model, everyone) if name not in kept] if others else []
    if not kept and not shared and not any(within):
        return None, []
    prefix = []
    for piece, inside in zip(pieces, follows, strict=True):
        begin, _ = domain.held(piece, [*kept, *shared, *(domain.holds_within if inside else ())])
        prefix.append([_token_of(model, symbol) if symbol else -1 for symbol in begin])
    forbid = _excluded(domain, pieces, kept) | _excluded(domain, everyone, shared)
    return prefix, sorted(_token_of(model, symbol) for symbol in forbid)


def _excluded(domain: Domain, pieces: Sequence[Any], names: Sequence[str]) -> set[str]:
    """The symbols that must not stand in any of these pieces where the traits are held."""
    return set.intersection(*(set(domain.held(piece, names)[1]) for piece in pieces)) if pieces and names else set()


def _token_of(model: Codec, symbol: str) -> int:
    (token,) = model.tokenizer.encode(symbol)
    return token


def _bars(model: Codec, piece: Any, code: Tensor, asked: Sequence[str]) -> Held:
    domain = model.domain
    has, name = domain.units(piece), piece.title or piece.source or "the piece"
    details = torch.zeros(len(model.bar_of), dtype=torch.bool)
    spans = []
    names = [text for text in asked if not _BARS.fullmatch(text)]
    for text in asked:
        match = _BARS.fullmatch(text)
        if match is None:
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= has:
            raise ConfigError(
                "there are no bars {asked} in {name}; expected bars within 1 to {count}.", asked=text, name=name, count=has
            )
        spans.append((first, last))
        details |= (model.bar_of >= first) & (model.bar_of <= last)
    bars = tuple((first, domain.to_symbols(domain.part(piece, first, last))) for first, last in sorted(spans))
    last = max((last for _, last in spans), default=0)
    if not names:
        return Held(details, code, bars, last)
    numbers = domain.part_numbers(piece, names)
    free = (model.bar_of > 0) & ~torch.isin(model.part_of, torch.tensor(numbers))
    contents = model.contents(piece, free)
    return Held(details | ~free, code, bars, last, contents=tuple(map(tuple, contents)), parts=(tuple(numbers), piece))


def _words(model: Codec, piece: Any, code: Tensor, asked: Sequence[str]) -> Held:
    layout, text, ids = model.network.layout, piece.text, model.ids(piece)
    tokens = [-1] * len(ids)
    for word in asked:
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        if match is None:
            raise ConfigError("there is no {word!r} in {text!r}; hold words that stand there.", word=word, text=text)
        # The tokens whose text overlaps the word.
        reach = [len(model.tokenizer.decode(ids[: at + 1])) for at in range(len(ids))]
        for at, (before, end) in enumerate(zip([0, *reach[:-1]], reach, strict=True)):
            if end > match.start() and before < match.end():
                tokens[at] = ids[at]
    last = max(at for at, token in enumerate(tokens) if token >= 0)
    there = torch.tensor([at for at, token in enumerate(tokens) if token >= 0])
    return Held(torch.isin(layout.places, there), code, tokens=tuple(tokens[: last + 1]))
