"""A corpus re-encoded in memory with another tokenizer, so that the training of a model can be continued on other pieces."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from genstudio.corpus.store import SPLITS, Corpus, TokenStore
from genstudio.errors import CorpusError
from genstudio.progress import Check, go_on
from genstudio.tokens import Tokenizer

__all__ = ["Recoded"]

_CHUNK = 2048


class _Store(TokenStore):
    """A re-encoded split, with titles, sources and labels of the original one."""

    def __init__(self, before: TokenStore, sequences: Sequence[Sequence[int]], rows: Sequence[int]) -> None:
        self._folder, self.split = before._folder, before.split
        self._before, self._rows = before, list(rows)
        self._offsets = np.concatenate([[0], np.cumsum([len(ids) for ids in sequences], dtype=np.int64)]).astype(np.int64)
        self._tokens = np.asarray([token for ids in sequences for token in ids], np.uint32)

    @cached_property
    def _index(self) -> list[tuple[str, str]]:
        return [(self._before.title(row), self._before.source(row)) for row in self._rows]

    @cached_property
    def labels(self) -> dict[str, list[float | str | None]]:
        return {name: [values[row] for row in self._rows] for name, values in self._before.labels.items()}


class Recoded(Corpus):
    """A corpus encoded with another tokenizer, without the sequences that are then longer than ``longest`` tokens.

    Its digest is computed from those of the corpus and the tokenizer and the length of the longest sequence, which determine the
    training data.
    """

    def __init__(self, corpus: Corpus, tokenizer: Tokenizer, longest: int, check: Check = go_on) -> None:
        """Read all of ``corpus`` and encode it with ``tokenizer``.

        Args:
            corpus: the original corpus.
            tokenizer: the other tokenizer, of the same domain.
            longest: the largest number of tokens of a sequence.
            check: called repeatedly; may raise to stop.

        Raises:
            CorpusError: the tokenizer is of another domain, or every sequence is too long for it.
        """
        if tokenizer.domain != corpus.domain:
            raise CorpusError(
                "the corpus in {path} is of {domain}, and the model is of {other}; give a corpus of its kind.",
                path=corpus.path, domain=corpus.domain, other=tokenizer.domain,
            )  # fmt: skip
        self._splits = {split: _recoded(corpus.split(split), corpus.tokenizer, tokenizer, longest, check) for split in SPLITS}
        lengths = [int(store.lengths.max()) for store in self._splits.values() if len(store)]
        if not lengths or not len(self._splits["train"]):
            raise CorpusError(
                "every piece in {path} is longer than the {longest} tokens that the model knows; build a corpus of shorter ones.",
                path=corpus.path, longest=longest,
            )  # fmt: skip
        self.path, self.tokenizer, self.lineup = corpus.path, tokenizer, corpus.lineup
        separator = tokenizer.layout.separator
        self.manifest = {
            **corpus.manifest,
            "counts": {"train": len(self.split("train")), "valid": len(self.split("valid")), "test": len(self.split("test"))},
            "longest": max(lengths),
            "segments": max(store.most_of(separator) for store in self._splits.values()),
            "tokenizer": tokenizer.digest,
            "digest": hashlib.sha256(f"{corpus.digest} {tokenizer.digest} {max(lengths)}".encode()).hexdigest(),
        }

    @property
    def left_out(self) -> int:
        """The number of sequences that were too long."""
        return sum(len(store._before) - len(store) for store in self._splits.values() if isinstance(store, _Store))


def _recoded(store: TokenStore, before: Tokenizer, after: Tokenizer, longest: int, check: Check) -> TokenStore:
    sequences: list[list[int]] = []
    rows: list[int] = []
    for start in range(0, len(store), _CHUNK):
        check()
        part = range(start, min(len(store), start + _CHUNK))
        for row, ids in zip(part, after.encode_many([before.decode(store[row].tolist()) for row in part]), strict=True):
            if 0 < len(ids) <= longest:
                sequences.append(ids)
                rows.append(row)
    return _Store(store, sequences, rows)
