"""A trained model with everything that can be done in its latent space, as methods."""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio import paths
from genstudio.config import (
    METHODS,
    DecodingKeywords,
    DecodingOptions,
    OperationOptions,
    SamplingOptions,
    build_options,
    range_of,
    settle,
)
from genstudio.domains import get_domain
from genstudio.errors import ConfigError, DamagedFileError, InputError, ModelError
from genstudio.progress import Stop
from genstudio.workbench.pieces import Pieces

if TYPE_CHECKING:
    from torch import Tensor
    from typing_extensions import Unpack

    from genstudio.domains import Kept
    from genstudio.generation.decoding import Constraint
    from genstudio.generation.spelling import Spelling
    from genstudio.models.attributes import AttributeSpace
    from genstudio.models.latent_map import LatentMap
    from genstudio.provenance import Job
    from genstudio.workbench.operations import Way

__all__ = ["LARGEST_SAMPLE", "Model", "load"]

LARGEST_SAMPLE: int = range_of(OperationOptions, "n")[1]
_SYMBOLS = 64  # symbols of a token, at most: what is certainly too long is cut before it is made into tokens
_LONGEST_PREFIX = 8  # times what the model was trained on


class Model:
    """A trained model, ready to use; see :func:`load`.

    Wherever a source is taken it may be a path, a piece of the model's domain, a ``pretty_midi.PrettyMIDI`` (melodies) or what
    a person would type (a sentence).

    Every operation returns :class:`Pieces` with the job that made them. Operations take the fields of
    :class:`~genstudio.config.DecodingOptions` as keyword arguments, or one such object as ``options`` with single fields changed,
    and a ``stop`` that is looked at while decoding. They raise FileError for a source that cannot be read, and ConfigError for an
    option that is out of range.
    """

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

    def __repr__(self) -> str:
        return f"<genstudio.Model {self.name}: {self.domain.label}, {self.network.latent_dims} latent dimensions>"

    @property
    def _weights(self) -> Path:
        return self.folder / "model.safetensors"

    @property
    def phrase_length(self) -> int:
        """Length of the phrases that the model was trained on, in bars; 0 where a piece is not cut."""
        return int(self.manifest["phrase"]["length"])

    @cached_property
    def sampling(self) -> SamplingOptions:
        """How samples are drawn where nothing else is said.

        Raises:
            ModelError: the manifest says something else.
        """
        kept = self.manifest.get("sampling") or {}
        try:
            return build_options(SamplingOptions, kept, "sampling.")
        except (ConfigError, AttributeError) as error:
            raise ModelError(
                "the manifest of {folder} says how samples are drawn, wrongly: {reason}", folder=self.folder, reason=error
            ) from error

    def drawn(
        self, temperature: float | None, top_p: float | None, spread: float | None, best_of: int | None = None
    ) -> SamplingOptions:
        """:attr:`sampling` with what is given.

        Raises:
            ConfigError: one of them is out of range.
        """
        given = {"temperature": temperature, "top_p": top_p, "spread": spread, "best_of": best_of}
        told = {**dataclasses.asdict(self.sampling), **{name: value for name, value in given.items() if value is not None}}
        return build_options(SamplingOptions, told)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over the weights, the tokenizer's digest and the known words: models of equal digests decode alike.

        Raises:
            ModelError: the weights on disk are gone or no longer those that were loaded.
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
        """Whether it can fill a gap: its code has details of which any can be left out."""
        return bool(self.network.layout.summary)

    def need_codes(self) -> None:
        """Refuse what a model without a code cannot do.

        Raises:
            ModelError: this is a language model: it has no latent space.
        """
        if self.network.spec.bottleneck == "none":
            raise ModelError(
                (
                    "{name} is a language model (bottleneck none) and has no latent space: it can sample, continue and be "
                    "evaluated; for all else train a model with bottleneck=vae or ae."
                ),
                name=self.name,
            )

    # -- pieces, ids and codes

    def piece(
        self, source: Any, *, phrase: int = 1, bars: tuple[int, int] | None = None, read: Mapping[str, Any] | None = None
    ) -> tuple[Any, list[str]]:
        """The phrase ``phrase`` (from 1) of ``source``, or of some of its bars, as a piece, and remarks on what was chosen.

        Raises:
            FileError: the source cannot be read or holds nothing.
            ConfigError: there is no such phrase, or there are no such bars.
        """
        from genstudio.workbench.sources import phrase_of

        return phrase_of(self, source, settle(None, {"phrase": phrase, "bars": bars, "read": read}))

    def ids(self, piece: Any) -> list[int]:
        """Token ids of a piece; of one that is far longer than all that the model was trained on, those of its beginning."""
        from genstudio.generation.decoding import most_tokens

        most = most_tokens(self.network)
        return self.tokenizer.encode(self.domain.to_symbols(piece)[: most * _SYMBOLS])[:most]

    def ids_of(self, symbols: str) -> list[int] | None:
        """Token ids of symbols, or None where they are far longer than all that the model was trained on."""
        from genstudio.generation.decoding import most_tokens

        most = most_tokens(self.network)
        if len(symbols) > most * _SYMBOLS:
            return None
        ids = self.tokenizer.encode(symbols)
        return ids if len(ids) <= most else None

    def fitted(self, piece: Any) -> tuple[Any, list[str]]:
        """``piece``, or the beginning of it that the model can read, and a remark where it is longer than what the model knows."""
        from genstudio.generation.decoding import most_tokens

        longest, most = self.network.spec.longest, most_tokens(self.network)
        symbols = self.domain.to_symbols(piece)
        ids = self.tokenizer.encode(symbols[: most * _SYMBOLS])
        if len(ids) <= longest and len(symbols) <= most * _SYMBOLS:
            return piece, []
        name = piece.title or piece.source or "a piece"
        known = f"{name} is longer than anything that {self.name} was trained on ({longest} tokens)"
        if len(ids) <= most and len(symbols) <= most * _SYMBOLS:
            return piece, [f"{known}; expect its end to be lost."]
        begun = self.domain.from_symbols(self.tokenizer.decode(ids[:most]))
        cut = dataclasses.replace(self.domain.dress(begun, piece, piece, 0.0), title=piece.title, source=piece.source)
        return cut, [f"{known}; only its beginning was used, {min(len(ids), most)} tokens of it."]

    def segments(self, piece: Any) -> int:
        """The number of segments (bars) of a piece; 0 where the model has none."""
        return self.ids(piece).count(self.network.spec.separator)

    def encode(self, pieces: Sequence[Any]) -> Tensor:
        """Posterior means [pieces, dims] of ``pieces``."""
        return self.encode_used(pieces)[0]

    def encode_used(self, pieces: Sequence[Any]) -> tuple[Tensor, Tensor]:
        """Posterior means [pieces, dims] of ``pieces``, and bool [pieces, dims], where they carry something; see
        :meth:`need_codes`."""
        self.need_codes()
        import torch

        from genstudio.corpus import collate

        means, used = [], []
        with torch.inference_mode():
            for piece in pieces:  # one by one: a code must not depend on what else is asked for
                ids = collate([_array(self.ids(piece))])
                posterior = self.network.posterior(torch.from_numpy(ids))
                means.append(posterior.mean)
                used.append(torch.ones_like(posterior.mean, dtype=torch.bool) if posterior.used is None else posterior.used)
        if not means:
            nothing = torch.zeros(0, self.network.latent_dims)
            return nothing, nothing.bool()
        return torch.cat(means), torch.cat(used)

    def decode(
        self,
        z: Tensor,
        *,
        segments: Sequence[int] | None = None,
        words: Sequence[int] | None = None,
        prefix: Sequence[Sequence[int]] | None = None,
        beyond: int = 0,
        forbid: Sequence[int] = (),
        known: Sequence[str] | None = None,
        best_of: int = 1,
        joins: Sequence[int] | None = None,
        exact: Sequence[str | None] | None = None,
        parts: Sequence[Sequence[int]] | None = None,
        around: Sequence[Sequence[str]] | None = None,
        bars: Sequence[Sequence[Sequence[Any]]] | None = None,
        rhythm: str | None = None,
        temperature: float = 0.0,
        top_p: float = 1.0,
        seed: int = 0,
        stop: Stop | None = None,
    ) -> list[Any]:
        """Pieces from codes ``z`` [rows, dims]; greedy at temperature 0.

        Args:
            segments: the number of bars of each row.
            words: the number of words of each row, where the model has no bars.
            prefix: token ids that each row begins with, -1 where the model is free.
            beyond: how many tokens follow a prefix at least.
            forbid: token ids that are not written but in a prefix.
            known: only words of the training data are written, and of these texts; None, or a model that keeps none: any.
            best_of: how often each row is decoded, where that is by chance; the likeliest is kept.
            joins: how many rows in turn are joined to one piece, for each piece; None: every row is one.
            parts: the first and the last bar of each row that are used, from 1; None: all of it.
            around: for each row the symbols of what comes before it and after it, "" for nothing; these are joined to it.
            bars: for each row the bars that stand in it whatever is decoded: of each stretch its first number and its symbols.
            rhythm: symbols in whose rhythm all rows are written, see :mod:`genstudio.generation.rhythm`.
            exact: for each piece the symbols that it is instead of what was decoded, None for those that are decoded.
        """
        rows = self._rows(
            z,
            segments=segments,
            words=words,
            prefix=prefix,
            beyond=beyond,
            forbid=forbid,
            known=known,
            best_of=best_of,
            rhythm=rhythm,
            temperature=temperature,
            top_p=top_p,
            seed=seed,
            stop=stop,
        )
        if parts is not None:
            rows = [self._part(row, *part) for row, part in zip(rows, parts, strict=True)]
        if around is not None:
            rows = [self._within(row, *sides) for row, sides in zip(rows, around, strict=True)]
        if bars is not None:
            rows = [self._with_bars(row, stretches) for row, stretches in zip(rows, bars, strict=True)]
        made = rows if joins is None else self.join(rows, joins)
        return made if exact is None else self.replaced(made, exact)

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

    def _rows(
        self,
        z: Tensor,
        *,
        segments: Sequence[int] | None,
        words: Sequence[int] | None,
        prefix: Sequence[Sequence[int]] | None,
        beyond: int,
        forbid: Sequence[int],
        known: Sequence[str] | None,
        best_of: int,
        rhythm: str | None,
        temperature: float,
        top_p: float,
        seed: int,
        stop: Stop | None,
    ) -> list[Any]:
        from genstudio.generation.decoding import AT_ONCE, decode_best
        from genstudio.generation.rhythm import Rhythm

        if z.dim() != 2 or z.shape[1] != self.network.latent_dims:
            raise InputError(
                "z has the shape {tuple}; expected [pieces, {latent_dims}].",
                tuple=tuple(z.shape),
                latent_dims=self.network.latent_dims,
            )
        for name, values in (("segments", segments), ("words", words), ("prefix", prefix)):
            if values is not None and len(values) != len(z):
                raise InputError(
                    "{name} has {count} entries; expected {count_2}, one for each row of z.",
                    name=name,
                    count=len(values),
                    count_2=len(z),
                )
        check = stop.check if stop is not None else None
        spelling: Constraint | None = self.knowing(known) if known is not None else None
        if rhythm is not None:
            spelling = Rhythm(self.tokenizer, self.domain.grammar, rhythm)
        found: list[Any] = []
        # In batches of a fixed size, so that the same codes give the same pieces whatever they are decoded with.
        for start in range(0, len(z), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            sequences = decode_best(
                self.network,
                z[part],
                best_of,
                segments=segments[part] if segments is not None else None,
                words=words[part] if words is not None else None,
                begins=self._begins if words is not None else None,
                prefix=prefix[part] if prefix is not None else None,
                beyond=beyond,
                sizes=self._sizes,
                forbid=forbid,
                spelling=spelling,
                temperature=temperature,
                top_p=top_p,
                seed=seed + start,
                check=check,
            )
            found += [self.domain.from_symbols(self.tokenizer.decode(ids)) for ids in sequences]
        return found

    @cached_property
    def spelling(self) -> Spelling | None:
        """The words of the training data, where the model keeps them.

        Raises:
            ModelError: they cannot be read.
        """
        from genstudio.generation.spelling import Spelling
        from genstudio.models.checkpoint import read_words

        words = read_words(self.folder)
        return Spelling(self.tokenizer, words) if words else None

    def knowing(self, texts: Sequence[str]) -> Spelling | None:
        """The words of the training data and of ``texts``; None where the model keeps none."""
        return None if self.spelling is None else self.spelling.knowing(self.tokenizer, texts)

    @cached_property
    def _begins(self) -> Tensor | None:
        """How many words each token begins, int64 [vocab]."""
        from genstudio.generation.decoding import told_of_tokens

        return told_of_tokens(self.tokenizer, self.domain.grammar.words)

    @cached_property
    def _sizes(self) -> Tensor | None:
        """How long a segment is after each token that says so, int64 [vocab]."""
        from genstudio.generation.decoding import told_of_tokens

        return told_of_tokens(self.tokenizer, self.domain.grammar.size)

    def join(self, rows: Sequence[Any], joins: Sequence[int]) -> list[Any]:
        """``rows`` with as many of them in turn joined to one piece as each entry of ``joins`` says."""
        if sum(joins) != len(rows) or any(count < 1 for count in joins):
            raise InputError("joins are {joins}; expected counts that add up to {count} rows.", joins=list(joins), count=len(rows))
        found, at = [], 0
        for count in joins:
            part = rows[at : at + count]
            found.append(part[0] if count == 1 else self.domain.join(part))
            at += count
        return found

    def replaced(self, pieces: Sequence[Any], exact: Sequence[str | None]) -> list[Any]:
        """``pieces`` with those that ``exact`` gives symbols of in their places; see :meth:`decode`."""
        if len(exact) != len(pieces):
            told = "exact has {count} entries; expected {wanted}, one for each piece."
            raise InputError(told, count=len(exact), wanted=len(pieces))
        return [
            piece if symbols is None else self.domain.from_symbols(symbols) for piece, symbols in zip(pieces, exact, strict=True)
        ]

    def again(self, job: Job, *, stop: Stop | None = None) -> Pieces:
        """The pieces that a job made, made again: equal ones, so that the same files are written.

        Raises:
            ModelError: the job was another model's, or a later GenStudio's.
        """
        import numpy as np
        import torch

        from genstudio.workbench.operations import ts_of

        if job.digest != self.digest:
            raise ModelError(
                (
                    "these pieces were made by the model {model} ({digest}), and {name} is another ({digest_2}); load the "
                    "one that made them."
                ),
                model=job.model,
                digest=job.digest[:12],
                name=self.name,
                digest_2=self.digest[:12],
            )
        unknown = set(job.decoding) - set(inspect.signature(self.decode).parameters)
        if unknown or len(job.dressing) != job.count:
            raise ModelError(
                "the record of how these pieces were made is of a later GenStudio ({version}) or damaged; update GenStudio.",
                version=job.version,
            )
        self._check_tokens(job)
        codes = torch.from_numpy(np.array(job.codes, dtype=np.float32))
        bare = self.decode(codes, **dict(job.decoding), stop=stop)
        dressed = [self.domain.dressed(piece, dressing) for piece, dressing in zip(bare, job.dressing, strict=True)]
        return Pieces(dressed, domain=self.domain, ts=ts_of(job.operation, job.settings, job.count), job=job)

    def _check_tokens(self, job: Job) -> None:
        """Refuse a record whose tokens no sequence of this model has: it was damaged, or written to harm."""
        from genstudio.models.sequence_vae import BOS, EOS, PAD

        spec = self.network.spec
        never = (PAD, BOS, EOS)
        prefix, forbid = job.decoding.get("prefix") or [], job.decoding.get("forbid") or []
        longest = _LONGEST_PREFIX * (spec.longest + 16)
        if (
            job.codes.shape[1] != self.network.latent_dims
            or not self.network.layout.fits(job.codes)
            or any(len(ids) > longest or any(token >= spec.vocab_size or token in never for token in ids) for ids in prefix)
            or any(token >= spec.vocab_size for token in forbid)
            or len(set(forbid)) >= spec.vocab_size - len(never)
        ):
            raise DamagedFileError(
                "the record of how these pieces were made is damaged: it does not fit the model {model} that it names.",
                model=job.model,
            )

    # -- operations

    def reconstruct(
        self, source: Any, *, options: DecodingOptions | None = None, stop: Stop | None = None, **changes: Unpack[DecodingKeywords]
    ) -> Pieces:
        """``source`` through the latent space and back; a list of one."""
        from genstudio.workbench import operations

        return operations.reconstruct(self, source, settle(options, changes), stop)

    def kept(
        self,
        source: Any,
        *,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Kept:
        """How much of ``source`` comes back through the latent space, the likeliest being taken: a count of notes or words."""
        from genstudio.workbench import operations

        return operations.kept(self, source, settle(options, changes), stop)

    def sample(
        self,
        n: int = 8,
        *,
        length: int | None = None,
        temperature: float | None = None,
        top_p: float | None = None,
        spread: float | None = None,
        best_of: int | None = None,
        seed: int = 0,
        stop: Stop | None = None,
    ) -> Pieces:
        """``n`` pieces decoded from points of the prior, the learned one where there is one; ``length`` sets their number of bars
        or words. ``spread`` is the factor of the prior's standard deviations. Each code is decoded ``best_of``
        times and the likeliest kept. What comes out like another one is drawn again, some times; a remark says when fewer than
        ``n`` different ones are found. Where one of these, the temperature or top_p is None, it is what :attr:`sampling` says.

        Raises:
            ConfigError: n, length, temperature, top_p, spread or best_of is out of range.
        """
        from genstudio.workbench import operations

        how = self.drawn(temperature, top_p, spread, best_of)
        options = settle(None, {"temperature": how.temperature, "top_p": how.top_p, "seed": seed})
        return operations.sample(self, n, length, how, options, stop)

    def interpolate(
        self,
        a: Any,
        b: Any,
        steps: int = 9,
        *,
        method: str = METHODS[0],
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """``steps`` pieces from ``a`` to ``b``; the first and the last are the two themselves. How much of them the model keeps is
        in ``kept`` of the result.

        With ``whole``, phrase k of a step lies between phrase k of a and phrase k of b; the phrases of the one that has fewer come
        again from the start. The number of phrases goes from a's to b's as t does, so that both ends are whole songs. Phrases
        of silence stay silent in the half of the path that is nearer to them.
        """
        from genstudio.workbench import operations

        return operations.interpolate(self, a, b, steps, method, settle(options, changes), stop)

    def way(
        self,
        a: Any,
        b: Any,
        *,
        method: str = METHODS[0],
        options: DecodingOptions | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Way:
        """The way from ``a`` to ``b``, of which any place can be decoded at once: what a slider between the two needs."""
        from genstudio.workbench import operations

        return operations.Way(self, a, b, method, settle(options, changes))

    def vary(
        self,
        source: Any,
        n: int = 8,
        amount: float = 0.3,
        *,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """``n`` different neighbours of ``source``, all at the same distance: ``amount`` 0 is its reconstruction (given once), 1 as
        far as any other piece; see :func:`genstudio.generation.places.neighbours`. With ``whole`` every phrase is varied. What
        comes out like another one or like the source is drawn again, some times; a remark says when fewer than ``n`` are found."""
        from genstudio.workbench import operations

        return operations.vary(self, source, n, amount, settle(options, changes), stop)

    def blend(
        self,
        a: Any,
        b: Any,
        c: Any,
        d: Any,
        grid: int | tuple[int, int] = 5,
        *,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """A grid (rows, columns) of pieces between four, row by row: a top left, b top right, c bottom left, d bottom right,
        exactly; see :func:`genstudio.generation.places.blend`. ``kept`` of the result says how much of each the model keeps."""
        from genstudio.workbench import operations

        return operations.blend(self, (a, b, c, d), grid, settle(options, changes), stop)

    def path(
        self,
        sources: Sequence[Any],
        steps: int = 5,
        *,
        method: str = METHODS[0],
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """The pieces on the way through ``sources``, ``steps`` from each to the next with both of them; every source stands once,
        as it is. ``kept`` of the result says how much of each the model keeps."""
        from genstudio.workbench import operations

        return operations.path(self, list(sources), steps, method, settle(options, changes), stop)

    def analogy(
        self,
        a: Any,
        b: Any,
        c: Any,
        *,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """A − B + C: what is to ``c`` as ``a`` is to ``b``, a list of one; see :func:`genstudio.generation.places.analogy`."""
        from genstudio.workbench import operations

        return operations.analogy(self, a, b, c, settle(options, changes), stop)

    def rhythm(
        self,
        a: Any,
        b: Any,
        n: int = 4,
        *,
        tune: float = 1.0,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """``n`` different pieces with the rhythm of ``a``, exactly, and the tune of ``b`` as far as that lets; fewer, with a
        remark, where no more are found.

        Args:
            tune: how much of ``b``'s tune is kept: 1 all, 0 only what it is like.

        Raises:
            ConfigError: these pieces have no pitches. ModelError: the model has no summary with details that can be blank.
        """
        from genstudio.workbench import rhythm

        return rhythm.rhythm(self, a, b, n, tune, settle(options, changes), stop)

    def continue_(
        self,
        source: Any,
        n: int = 4,
        *,
        length: int | None = None,
        given: int | None = None,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """``n`` different pieces that begin with ``source`` exactly and go on; fewer, with a remark, where no more are found.

        What is as long as the model's phrase or longer is kept whole and gone on with from its end: the model reads the last bars.

        Args:
            length: bars (words) of the result, the given ones included. None: for music the model's phrase, or half a phrase more
                than what is given where that fills the phrase; for text as the model ends.
            given: how many of the source's first bars (words) are kept; None: all, or half of ``length`` where there are as many.
        """
        from genstudio.workbench import operations

        chosen = settle(options, changes, temperature=self.sampling.temperature, top_p=self.sampling.top_p)
        return operations.continue_(self, source, n, length, given, chosen, stop)

    def fill(
        self,
        source: Any,
        gap: tuple[int, int] | None = None,
        n: int = 4,
        *,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:
        """``n`` different pieces that are ``source`` outside a gap, exactly, and new inside it; fewer, with a remark, where no more
        are found.

        Args:
            gap: the first and the last bar that are replaced by new ones, from 1. In a text the gap is marked with ``___`` instead.

        Raises:
            ModelError: the model has no summary with details that can be blank.
            ConfigError: there are no such bars, or more than the model writes at once.
            InputError: the text marks no gap, or several.
        """
        from genstudio.generation.choosing import TEMPERATURE
        from genstudio.workbench import filling

        # Greedily there would be one filling for each summary, and often the same for all.
        chosen = settle(options, changes, temperature=self.sampling.temperature or TEMPERATURE, top_p=self.sampling.top_p)
        return filling.fill(self, source, gap, n, chosen, stop)

    # -- attributes, nearest pieces, the map

    @cached_property
    def attribute_space(self) -> AttributeSpace:
        """The directions of the attributes that the model has learned.

        Raises:
            ModelError: it has learned none; the message says which command does.
        """
        from genstudio.models.attributes import load_space

        layout = self.network.layout
        whole, block = (layout.summary,) * 2 if layout.summary else (self.network.latent_dims, layout.block)
        return load_space(self.folder, self.manifest, whole, block)

    @property
    def attributes(self) -> list[dict[str, Any]]:
        """Name, label, unit, kind, mean and deviation of each attribute that :meth:`shape` can move; see there for errors."""
        return [dict(vars(attribute)) for attribute in self.attribute_space.attributes]

    def shape(
        self,
        source: Any,
        changes: Mapping[str, float],
        *,
        rounds: int = 12,
        candidates: int = 32,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **given: Unpack[DecodingKeywords],
    ) -> Pieces:
        """``source`` with attributes changed by so many standard deviations, the others kept as near as may be: a list of one.

        Key and metre are held, but where they have to give way: the key where "pitch" is asked for, both where a label is.

        Args:
            source: as everywhere, or a code, a tensor [dims].
            changes: ``{"density": +2.0}``; :attr:`attributes` lists the names.
            rounds, candidates: of the search, see :func:`genstudio.generation.attributes.search`.

        Raises:
            ModelError: the model has learned no attributes.
            ConfigError: a name is unknown or an amount out of range.
        """
        from genstudio.workbench import shaping

        return shaping.reshape(self, source, changes, rounds, candidates, settle(options, given), stop)[0]

    def nearest(
        self,
        source: Any,
        of: str | os.PathLike[str] | LatentMap | None = None,
        k: int = 5,
        *,
        metric: str = "euclidean",
        options: DecodingOptions | None = None,
        **given: Unpack[DecodingKeywords],
    ) -> list[dict[str, Any]]:
        """The ``k`` pieces of a map nearest to ``source`` (or a code [dims]), nearest first.

        Args:
            of: the map's folder, or an opened map; None: the map that is kept with the model.
            metric: "euclidean" or "cosine", see :func:`genstudio.models.latent_map.nearest`.

        Returns:
            ``rank``, ``distance``, ``title``, ``source``, ``row``, ``x`` and ``y`` of each.
        """
        from genstudio.workbench import shaping

        return shaping.nearest_of(self, source, of, k, metric, settle(options, given))

    def at_places(
        self,
        of: str | os.PathLike[str] | LatentMap | None,
        places: Sequence[int | tuple[float, float]],
        *,
        join: bool = False,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **given: Unpack[DecodingKeywords],
    ) -> Pieces:
        """The pieces that are decoded at places of a map: rows of its index (from 0), or points of its plane.

        Args:
            of: as for :meth:`nearest`.
            join: make one piece of them, in turn, where the domain has bars.

        Raises:
            ConfigError: a row is not there, a point is not of finite numbers, or there are no places or too many.
            FileError: the map came without codes.
            ModelError: the map is another model's.
        """
        from genstudio.workbench import shaping

        return shaping.at_places(self, of, places, join, settle(options, given), stop)


def _array(ids: Sequence[int]) -> Any:
    import numpy as np

    return np.asarray(ids, dtype=np.int64)


def _state(path: Path) -> tuple[int, int] | None:
    """What changes when a file is written anew."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns


def load(model: str | os.PathLike[str]) -> Model:
    """The model of that name or in that folder.

    Raises:
        ModelError: there is no such model, or it is damaged.
    """
    return Model(paths.find_model(model))
