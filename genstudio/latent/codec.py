"""A trained model as a codec: encode pieces to codes, and decode codes to pieces."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.config import SamplingOptions, build_options, drawing_of, settle
from genstudio.domains import get_domain
from genstudio.errors import ConfigError, InputError, Message, ModelError
from genstudio.latent.decoding import Decoding
from genstudio.progress import Stop, go_on

if TYPE_CHECKING:
    from torch import Tensor

    from genstudio.decoding import Automaton
    from genstudio.decoding.lexicon import Lexicon
    from genstudio.decoding.trained import Trained
    from genstudio.models.attributes import AttributeSpace

__all__ = ["Codec"]

_SYMBOLS = 64  # symbols of a token, at most: a piece that is certainly too long is cut before it is tokenized


class Codec:
    """A trained model that encodes and decodes pieces; :class:`~genstudio.latent.model.Model` adds all operations."""

    def __init__(self, folder: Path) -> None:
        from genstudio.models.checkpoint import load_model

        self.folder = Path(folder)
        self._weights_seen = _state(self._weights)
        self.network, self.tokenizer, self.manifest = load_model(self.folder)
        try:
            self.domain = get_domain(self.manifest["domain"])
        except ConfigError as error:
            raise ModelError("the model {folder} cannot be used: {reason}", folder=self.folder, reason=error) from error
        grammar = self.domain.grammar
        if self.tokenizer.missing(grammar.alphabet) or not self.tokenizer.fits(grammar):
            raise ModelError(
                "the model {folder} cannot be used: its tokenizer is of another version of {domain}; train it again.",
                folder=self.folder,
                domain=self.domain.label,
            )
        self.name = self.folder.name
        # The tokens of a piece are needed several times: for its length, its code and its beginning.
        self._tokens = lru_cache(maxsize=256)(lambda symbols: tuple(self.tokenizer.encode(symbols)))

    def __repr__(self) -> str:
        return f"<genstudio.Model {self.name}: {self.domain.label}, {self.network.latent_dims} latent dimensions>"

    @property
    def _weights(self) -> Path:
        return self.folder / "model.safetensors"

    @property
    def phrase_length(self) -> int:
        """Length of the phrases that the model was trained on, in bars; 0 where pieces are not cut into phrases."""
        return int(self.manifest["phrase"]["length"])

    @cached_property
    def sampling(self) -> SamplingOptions:
        """The sampling options in the manifest of the model, used where no others are given.

        Raises:
            ModelError: those in the manifest are not valid.
        """
        kept = self.manifest.get("sampling") or {}
        try:
            return build_options(SamplingOptions, kept, "sampling.")
        except (ConfigError, AttributeError) as error:
            raise ModelError(
                "the manifest of {folder} has wrong settings for sampling: {reason}", folder=self.folder, reason=error
            ) from error

    def drawn(self, given: Mapping[str, Any]) -> SamplingOptions:
        """:attr:`sampling` with the values of ``given`` that are not None.

        Raises:
            ConfigError: a value is out of range.
        """
        own = {name: value for name, value in given.items() if value is not None}
        return build_options(SamplingOptions, {**dataclasses.asdict(self.sampling), **own})

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over the weights, the digest of the tokenizer and the known words: models with equal digests decode alike.

        Raises:
            ModelError: the weights on disk are missing or have changed since they were loaded.
        """
        from genstudio.models.checkpoint import read_words

        found = hashlib.sha256()
        try:
            with open(self._weights, "rb") as file:
                while block := file.read(1 << 20):
                    found.update(block)
        except OSError as error:
            raise ModelError(
                "the weights of {folder} are gone ({reason}); load the model again.", folder=self.folder, reason=error.strerror
            ) from error
        if _state(self._weights) != self._weights_seen:
            raise ModelError(
                "the weights of {folder} have changed since they were loaded; load the model again.", folder=self.folder
            )
        found.update(self.tokenizer.digest.encode("ascii"))
        for word in read_words(self.folder):
            found.update(word.encode("utf-8"))
        return found.hexdigest()

    @property
    def fills(self) -> bool:
        """Whether the model can fill a gap: its codes have a summary, and details that can be left out."""
        return bool(self.network.layout.summary)

    def need_codes(self) -> None:
        """Refuse a model without a latent space.

        Raises:
            ModelError: this is a language model.
        """
        if self.network.spec.bottleneck == "none":
            raise ModelError(
                (
                    "{model} is a language model (bottleneck none) and has no latent space: it can sample, continue and be "
                    "evaluated; for all else train a model with bottleneck=vae or ae."
                ),
                model=self.name,
            )

    def need_details(self) -> None:
        """Refuse a model whose details cannot be left out.

        Raises:
            ModelError: the codes of this model have no summary.
        """
        if not self.fills:
            raise ModelError(
                "{model} has no summary with details that can be left out, and this needs one; choose another model, or train one "
                "with core.summary_dims above 0.",
                model=self.name,
            )

    # -- pieces, ids and codes

    def piece(
        self, source: Any, *, phrase: int = 1, bars: tuple[int, int] | None = None, read: Mapping[str, Any] | None = None
    ) -> tuple[Any, list[str]]:
        """The phrase ``phrase`` (from 1) of ``source``, or of some of its bars, as a piece, and remarks on the choice.

        Raises:
            FileError: the source cannot be read or is empty.
            ConfigError: the phrase or the bars do not exist.
        """
        from genstudio.latent.sources import phrase_of

        return phrase_of(self, source, settle(None, {"phrase": phrase, "bars": bars, "read": read}))

    def ids(self, piece: Any) -> list[int]:
        """Token ids of a piece, cut where it is far longer than all training sequences."""
        from genstudio.decoding import most_tokens

        most = most_tokens(self.network)
        return list(self._tokens(self.domain.to_symbols(piece)[: most * _SYMBOLS])[:most])

    def ids_of(self, symbols: str) -> list[int] | None:
        """Token ids of symbols; None where they are far longer than all training sequences."""
        from genstudio.decoding import most_tokens

        most = most_tokens(self.network)
        if len(symbols) > most * _SYMBOLS:
            return None
        ids = list(self._tokens(symbols))
        return ids if len(ids) <= most else None

    def fitted(self, piece: Any) -> tuple[Any, list[str]]:
        """``piece`` or the beginning of it that the model can read, and a remark where it is longer than all training sequences."""
        from genstudio.decoding import most_tokens

        longest, most = self.network.spec.longest, most_tokens(self.network)
        symbols = self.domain.to_symbols(piece)
        ids = self._tokens(symbols[: most * _SYMBOLS])
        if len(ids) <= longest and len(symbols) <= most * _SYMBOLS:
            return piece, []
        names = {"piece": piece.title or piece.source or "a piece", "model": self.name}
        told = Message("{piece} is longer than anything that {model} was trained on; expect its end to be lost.", **names)
        if len(ids) <= most and len(symbols) <= most * _SYMBOLS:
            return piece, [told]
        begun = self.domain.from_symbols(self.tokenizer.decode(list(ids[:most])))
        begun = self.domain.with_metadata_between(begun, piece, piece, 0.0)
        cut = dataclasses.replace(begun, title=piece.title, source=piece.source)
        count, used = self.domain.units(piece), self.domain.units(cut)
        if used < count:
            told = Message(
                "{piece} is longer than anything that {model} was trained on: of its {count} {unit}s the first {used} were used.",
                count=count, unit=Message("bar") if self.domain.unit == "bar" else Message("word"), used=used, **names,
            )  # fmt: skip
        return cut, [told]

    def bars(self, piece: Any) -> int:
        """The number of bars of a piece that the model reads; 0 where pieces have none."""
        return self.ids(piece).count(self.network.spec.separator) // self.strands

    @property
    def most_bars(self) -> int:
        """The largest number of bars that the model writes; 0 where pieces have none."""
        return self.trained.most_bars

    @property
    def lineup(self) -> str:
        """The parts of the pieces that the model writes, see :meth:`genstudio.domains.Domain.lineup`; "" without parts."""
        return self.manifest.get("lineup", "")

    @property
    def strands(self) -> int:
        """How many segments a bar has: one for each part."""
        return max(1, len(self.lineup))

    @cached_property
    def bar_of(self) -> Tensor:
        """The bar that each detail is about, from 1, int64 [details]; 0 for what comes before the first bar line."""
        return (self._segment_of + self.strands - 1) // self.strands

    @cached_property
    def part_of(self) -> Tensor:
        """The part that each detail is about, from 0, int64 [details]; -1 for what comes before the first bar line."""
        import torch

        return torch.where(self._segment_of > 0, (self._segment_of - 1) % self.strands, -1)

    def contents(self, piece: Any, free: Tensor) -> list[list[int]]:
        """The token ids of each segment of a score, for :class:`genstudio.decoding.Request`.

        Args:
            free: bool [details], True for those of the segments that the model is to write; the metres at their end stay.
        """
        return self.trained.contents(self.domain.to_symbols(piece), free.view(-1, self.network.layout.period).any(1).numpy())

    @property
    def _segment_of(self) -> Tensor:
        import torch

        layout = self.network.layout
        return torch.arange(len(layout.places)) // layout.period

    def encode(self, pieces: Sequence[Any]) -> Tensor:
        """Posterior means [pieces, dims] of ``pieces``."""
        return self.encode_used(pieces)[0]

    def encode_used(self, pieces: Sequence[Any]) -> tuple[Tensor, Tensor]:
        """Posterior means float32 [pieces, dims] of ``pieces``, and bool [pieces, dims], which dimensions each piece uses.

        Raises:
            ModelError: the model has no latent space.
        """
        self.need_codes()
        import torch

        from genstudio.corpus import collate

        means, used = [], []
        with torch.inference_mode():
            for piece in pieces:  # one by one, so that a code does not depend on the rest of a batch
                ids = collate([_array(self.ids(piece))])
                posterior = self.network.posterior(torch.from_numpy(ids))
                means.append(posterior.mean)
                used.append(torch.ones_like(posterior.mean, dtype=torch.bool) if posterior.used is None else posterior.used)
        if not means:
            nothing = torch.zeros(0, self.network.latent_dims)
            return nothing, nothing.bool()
        return torch.cat(means), torch.cat(used)

    def decode(self, z: Tensor, decoding: Decoding | None = None, *, stop: Stop | None = None, **changes: Any) -> list[Any]:
        """Decode codes to pieces.

        Args:
            z: [rows, dims].
            decoding: how they are decoded.
            changes: fields to change in ``decoding``.

        Returns:
            A piece for each row, or for each entry of ``joins``.

        Raises:
            InputError: an option has not one entry for each row of z, or z has not the dimensions of the model.
        """
        how = replace(decoding or Decoding(), **changes)
        rows = self._rows(z, how, stop)
        if how.parts is not None:
            rows = [self._part(row, *part) for row, part in zip(rows, how.parts, strict=True)]
        if how.around is not None:
            rows = [self._within(row, *sides) for row, sides in zip(rows, how.around, strict=True)]
        if how.bars is not None:
            rows = [self._with_bars(row, stretches) for row, stretches in zip(rows, how.bars, strict=True)]
        made = rows if how.joins is None else self.join(rows, how.joins)
        return made if how.exact is None else self.replaced(made, how.exact)

    def _part(self, row: Any, first: int, last: int) -> Any:
        has = self.domain.units(row)
        if not first <= last <= has:
            raise InputError("bars {first} to {last} of a row were to be used; it has {has}.", first=first, last=last, has=has)
        return self.domain.part(row, first, last)

    def _with_bars(self, row: Any, stretches: Sequence[Sequence[Any]]) -> Any:
        domain = self.domain
        for first, symbols in stretches:
            piece = domain.from_symbols(symbols)
            after, has = first + domain.units(piece), domain.units(row)
            if first > has + 1:
                raise InputError("bar {first} of a row was to be put; it has {has}.", first=first, has=has)
            before = [domain.part(row, 1, first - 1)] if first > 1 else []
            rest = [domain.part(row, after, has)] if after <= has else []
            row = domain.join([*before, piece, *rest])
        return row

    def _within(self, row: Any, before: str, after: str) -> Any:
        sides = [self.domain.from_symbols(side) if side else None for side in (before, after)]
        return self.domain.join([piece for piece in (sides[0], row, sides[1]) if piece is not None])

    def _rows(self, z: Tensor, how: Decoding, stop: Stop | None) -> list[Any]:
        from genstudio.decoding import AT_ONCE, Request, decode_best
        from genstudio.decoding.rhythm import Rhythm

        if z.dim() != 2 or z.shape[1] != self.network.latent_dims:
            raise InputError(
                "z has the shape {tuple}; expected [pieces, {latent_dims}].",
                tuple=tuple(z.shape),
                latent_dims=self.network.latent_dims,
            )
        for name in ("segments", "words", "prefix", "contents"):
            values = getattr(how, name)
            if values is not None and len(values) != len(z):
                raise InputError(
                    "{name} has {count} entries; expected {count_2}, one for each row of z.",
                    name=name,
                    count=len(values),
                    count_2=len(z),
                )
        automaton: Automaton | None = self.knowing(how.known) if how.known is not None else None
        if how.rhythm is not None:
            automaton = Rhythm(self.tokenizer, self.domain.grammar, how.rhythm)
        request = Request(
            segments=None if how.segments is None else [bars * self.strands for bars in how.segments],
            words=how.words,
            begins=self._begins if how.words is not None else None,
            prefix=how.prefix,
            beyond=how.beyond,
            sizes=self.sizes,
            forbid=how.forbid,
            lineup=self.trained.lineup,
            contents=how.contents,
            automaton=automaton,
            check=stop.check if stop is not None else go_on,
            **drawing_of(how),
        )
        found: list[Any] = []
        # In batches of a fixed size, since the random numbers of a row depend on its batch.
        for start in range(0, len(z), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            batch = replace(request.of(part), seed=how.seed + start)
            sequences = decode_best(self.network, z[part], how.best_of, batch)
            found += [self.domain.from_symbols(self.tokenizer.decode(ids)) for ids in sequences]
        return found

    @cached_property
    def trained(self) -> Trained:
        """The network with its domain, tokenizer and known words."""
        from genstudio.decoding.trained import Trained

        return Trained(self.network, self.domain, self.tokenizer, self.lexicon, self.lineup)

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """The words of the training data, where the model has a list of them.

        Raises:
            ModelError: the list cannot be read.
        """
        from genstudio.decoding.lexicon import Lexicon
        from genstudio.models.checkpoint import read_words

        words = read_words(self.folder)
        return Lexicon(self.tokenizer, words) if words else None

    def knowing(self, texts: Sequence[str]) -> Lexicon | None:
        """The words of the training data and of ``texts``; None where the model has no list of words."""
        return None if self.lexicon is None else self.lexicon.knowing(self.tokenizer, texts)

    @cached_property
    def _begins(self) -> Tensor | None:
        """The number of words that each token begins, int64 [vocab]."""
        from genstudio.decoding import per_token

        return per_token(self.tokenizer, self.domain.grammar.words)

    @cached_property
    def sizes(self) -> Tensor | None:
        """``size`` of the grammar for each token, int64 [vocab]; None where segments have no size."""
        return self.trained.sizes

    def join(self, rows: Sequence[Any], joins: Sequence[int]) -> list[Any]:
        """Join consecutive ``rows`` to pieces; ``joins`` are the numbers of rows of each piece."""
        if sum(joins) != len(rows) or any(count < 1 for count in joins):
            raise InputError("joins are {joins}; expected counts that add up to {count} rows.", joins=list(joins), count=len(rows))
        found, at = [], 0
        for count in joins:
            part = rows[at : at + count]
            found.append(part[0] if count == 1 else self.domain.join(part))
            at += count
        return found

    def replaced(self, pieces: Sequence[Any], exact: Sequence[str | None]) -> list[Any]:
        """``pieces``, those for which ``exact`` has symbols replaced by the pieces of these symbols."""
        if len(exact) != len(pieces):
            template = "exact has {count} entries; expected {wanted}, one for each piece."
            raise InputError(template, count=len(exact), wanted=len(pieces))
        return [
            piece if symbols is None else self.domain.from_symbols(symbols) for piece, symbols in zip(pieces, exact, strict=True)
        ]

    @cached_property
    def attribute_space(self) -> AttributeSpace:
        """The learned directions of attributes in the latent space.

        Raises:
            ModelError: the model has learned none; the message names the command for it.
        """
        from genstudio.models.attributes import load_space

        layout = self.network.layout
        whole, block = (layout.summary,) * 2 if layout.summary else (self.network.latent_dims, layout.block)
        return load_space(self.folder, self.manifest, whole, block)

    @property
    def attributes(self) -> list[dict[str, Any]]:
        """``name``, ``label``, ``unit``, ``kind``, ``mean`` and ``deviation`` of each attribute that can be changed.

        Raises:
            ModelError: the model has learned none.
        """
        return [dict(vars(attribute)) for attribute in self.attribute_space.attributes]


def _array(ids: Sequence[int]) -> Any:
    import numpy as np

    return np.asarray(ids, dtype=np.int64)


def _state(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, which change when it is written again; None where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns
