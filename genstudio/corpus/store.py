"""A corpus on disk: memory-mapped token ids, and title and source of each sequence.

Conventions
    A split NAME is ``NAME.tokens.npy`` (uint16 or uint32, all sequences concatenated, without BOS and EOS), ``NAME.offsets.npy``
    (int64 [N + 1], the beginning of each) and ``NAME.index.jsonl`` (one ``[title, source]`` per line).
    If the pieces have labels, ``NAME.labels.json`` holds a list for each column: numbers or strings, null where there is no label.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NoReturn, TypedDict

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from genstudio.config import LONGEST, LONGEST_PHRASE
from genstudio.errors import CorpusError, FileError, TokenizerError, did_you_mean
from genstudio.files import decode_json, map_array, read_json, read_lines, write_text
from genstudio.tokens import Tokenizer

__all__ = ["SPLITS", "Corpus", "Manifest", "TokenStore", "read_manifest"]

FORMAT = 1
SPLITS = ("train", "valid", "test")
MANIFEST, REPORT, TOKENIZER = "manifest.json", "report.json", "tokenizer"
_AT_ONCE = 1 << 20  # values processed at once
_FEW_LABELS, _LABELS = 1_000_000, 500  # size limit of a file of labels in bytes, and its increase per sequence


class Options(TypedDict, total=False):
    """The options with which a corpus was built, as far as they are used later."""

    length: Annotated[int, Meta(ge=0, le=LONGEST_PHRASE)]
    stride: Annotated[int, Meta(ge=0, le=LONGEST_PHRASE)]
    shortest: Annotated[int, Meta(ge=0, le=LONGEST_PHRASE)]
    longest_token: Annotated[int, Meta(ge=1, le=512)]


class Counts(TypedDict):
    """Number of sequences of each split."""

    train: Annotated[int, Meta(ge=0)]
    valid: Annotated[int, Meta(ge=0)]
    test: Annotated[int, Meta(ge=0)]


class _Format(TypedDict):
    kind: Literal["corpus"]
    format: int


class _Manifest(_Format):
    domain: str
    options: Options
    counts: Counts
    longest: Annotated[int, Meta(ge=1, le=LONGEST)]
    segments: Annotated[int, Meta(ge=0, le=LONGEST)]
    tokenizer: str
    digest: Annotated[str, Meta(max_length=128)]


class Manifest(_Manifest, total=False):
    """The contents of ``manifest.json``.

    ``longest``: tokens of the longest sequence. ``segments``: the largest number of separators in a sequence. ``tokenizer``: digest
    of the tokenizer. ``digest``: see :attr:`Corpus.digest`. ``labels``: the kind of each column of labels.
    ``lineup``: see :attr:`Corpus.lineup`.
    """

    labels: dict[str, Literal["number", "category"]]
    lineup: Annotated[str, Meta(max_length=64)]


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a corpus.

    Raises:
        CorpusError: there is none, it is damaged, or a newer version wrote it.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise CorpusError("there is no corpus in {folder}.", remedy="build-corpus", folder=folder)
    try:
        if read_json(path, _Format)["format"] > FORMAT:
            raise CorpusError("the corpus in {path} was written by a newer version; update this program.", path=folder)
        manifest = read_json(path, Manifest)
    except FileError as error:
        raise CorpusError("{why}; build the corpus again.", why=_whole(path, error)) from error
    if len(manifest["options"]) < len(Options.__annotations__):
        raise CorpusError("{path} does not say how the corpus was built; build it again.", path=path)
    return manifest


class TokenStore:
    """The token ids of the N sequences of a split, memory-mapped.

    Args:
        folder: folder of the corpus.
        split: name of the split.
        vocab_size: size of the vocabulary; larger ids are refused.

    Raises:
        CorpusError: a file is missing or damaged.
    """

    def __init__(self, folder: Path | str, split: str, vocab_size: int) -> None:
        self._folder, self.split = Path(folder), split
        try:
            self._tokens = map_array(self._path("tokens.npy"), (np.uint16, np.uint32))
            self._offsets = map_array(self._path("offsets.npy"), (np.int64,))
        except FileError as error:
            raise CorpusError("{why}; build the corpus again.", why=str(error).rstrip(".")) from error
        offsets = self._offsets
        if len(offsets) < 1 or offsets[0] != 0 or offsets[-1] != len(self._tokens) or (np.diff(offsets) < 1).any():
            self._refuse("offsets.npy")
        for start in range(0, len(self._tokens), _AT_ONCE):
            part = self._tokens[start : start + _AT_ONCE]
            if part.min() < Tokenizer.UNK or part.max() >= vocab_size:
                self._refuse("tokens.npy")

    def _path(self, what: str) -> Path:
        return self._folder / f"{self.split}.{what}"

    def _refuse(self, what: str) -> NoReturn:
        raise CorpusError(
            "{path} does not fit the other files of the corpus, which is damaged; build the corpus again.", path=self._path(what)
        )

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, index: int) -> NDArray[np.int32]:
        """The ids of one sequence, int32 [T], without BOS and EOS."""
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(f"there are {len(self)} sequences, and none is number {index}.")
        return np.asarray(self._tokens[self._offsets[index] : self._offsets[index + 1]], np.int32)

    def __iter__(self) -> Iterator[NDArray[np.int32]]:
        return (self[index] for index in range(len(self)))

    def __repr__(self) -> str:
        return f"TokenStore({self.split!r}, {len(self)} sequences, {len(self._tokens)} tokens)"

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Number of tokens of each sequence, int64 [N]."""
        return np.diff(np.asarray(self._offsets))

    def most_of(self, token: int) -> int:
        """The largest number of occurrences of ``token`` in a sequence."""
        most = 0
        for start in range(0, len(self) if token >= 0 else 0, _AT_ONCE):
            bounds = self._offsets[start : start + _AT_ONCE + 1]
            places = np.flatnonzero(self._tokens[bounds[0] : bounds[-1]] == token) + bounds[0]
            most = max(most, int(np.bincount(np.searchsorted(bounds, places, side="right"), minlength=1).max()))
        return most

    @cached_property
    def _index(self) -> list[tuple[str, str]]:
        path = self._path("index.jsonl")
        try:
            index = [decode_json(line, tuple[str, str]) for line in read_lines(path, len(self))]
        except (FileError, ValueError) as error:
            raise CorpusError("{why}; build the corpus again.", why=_whole(path, error)) from error
        if len(index) != len(self):
            self._refuse("index.jsonl")
        return index

    @cached_property
    def labels(self) -> dict[str, list[float | str | None]]:
        """The labels of every sequence by column, None where it has none; empty for a corpus without labels.

        Raises:
            CorpusError: they are damaged.
        """
        path = self._path("labels.json")
        if not path.exists():
            return {}
        try:
            found = read_json(path, dict[str, list[float | str | None]], limit=_FEW_LABELS + _LABELS * len(self))
        except FileError as error:
            raise CorpusError("{why}; build the corpus again.", why=_whole(path, error)) from error
        if any(len(values) != len(self) for values in found.values()):
            self._refuse("labels.json")
        return found

    def title(self, index: int) -> str:
        """Title of the piece that a sequence is from."""
        return self._index[index][0]

    def source(self, index: int) -> str:
        """File, and part of it, that a sequence is from."""
        return self._index[index][1]


def _whole(path: Path, error: Exception) -> str:
    """The problem with a file in words, without a full stop."""
    return str(error).rstrip(".") if isinstance(error, FileError) else f"{path} is damaged ({error})"


def write_split(
    folder: Path, split: str, sequences: Sequence[Sequence[int]], index: Iterable[tuple[str, str]], vocab_size: int
) -> None:
    """Write a split into ``folder``. The files are not written atomically, so the folder must not be in use yet.

    Args:
        folder: folder of the corpus.
        split: name of the split.
        sequences: token ids.
        index: title and source of each sequence.
        vocab_size: determines the type of the ids.
    """
    kind = np.uint16 if vocab_size <= 1 << 16 else np.uint32
    offsets = np.zeros(len(sequences) + 1, np.int64)
    np.cumsum([len(sequence) for sequence in sequences], out=offsets[1:])
    tokens = np.empty(int(offsets[-1]), kind)
    for number, sequence in enumerate(sequences):
        tokens[offsets[number] : offsets[number + 1]] = sequence
    try:
        np.save(folder / f"{split}.tokens.npy", tokens, allow_pickle=False)
        np.save(folder / f"{split}.offsets.npy", offsets, allow_pickle=False)
    except OSError as error:
        raise FileError(
            "cannot write into {folder}: {reason}; free some space.", folder=folder, reason=error.strerror or error
        ) from error
    lines = [json.dumps(entry, ensure_ascii=False) for entry in index]
    write_text(folder / f"{split}.index.jsonl", "".join(line + "\n" for line in lines))


def as_number(text: str) -> float | None:
    """The finite number in a cell of a table, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def write_labels(folder: Path, split: str, kinds: Mapping[str, str], labels: Sequence[Mapping[str, str]]) -> None:
    """Write the labels of a split.

    Args:
        folder: folder of the corpus.
        split: name of the split.
        kinds: "number" or "category" for each column.
        labels: for each sequence, its labels as text by column.
    """
    columns: dict[str, list[float | str | None]] = {}
    for name, kind in kinds.items():
        texts = [row.get(name, "").strip() for row in labels]
        columns[name] = [as_number(text) for text in texts] if kind == "number" else [text or None for text in texts]
    write_text(folder / f"{split}.labels.json", json.dumps(columns, ensure_ascii=False))


class Corpus:
    """A corpus that :func:`genstudio.corpus.build` wrote.

    Attributes:
        path: its folder.
        manifest: its ``manifest.json``: domain, options, counts, length of the longest sequence …
        tokenizer: its tokenizer.
        lineup: the parts that most of its pieces have, see :meth:`genstudio.domains.Domain.lineup`; "" where pieces have no parts.
    """

    def __init__(self, path: Path, manifest: Manifest, tokenizer: Tokenizer) -> None:
        self.path, self.manifest, self.tokenizer = path, manifest, tokenizer
        self.lineup = manifest.get("lineup", "")
        self._splits: dict[str, TokenStore] = {}

    @property
    def strands(self) -> int:
        """How many segments a bar has: one for each part."""
        return max(1, len(self.lineup))

    @classmethod
    def open(cls, path: Path | str) -> Corpus:
        """Open the corpus in a folder, and check that its parts are consistent.

        Raises:
            CorpusError: there is none, it is damaged, or a newer version wrote it.
        """
        path = Path(path)
        manifest = read_manifest(path)
        try:
            tokenizer = Tokenizer.load(path / TOKENIZER)
        except TokenizerError as error:
            raise CorpusError("the corpus in {path} cannot be used: {why}.", path=path, why=str(error).rstrip(".")) from error
        if tokenizer.digest != manifest["tokenizer"] or tokenizer.domain != manifest["domain"]:
            raise CorpusError("the tokenizer in {path} is not the one that the corpus was built with; build it again.", path=path)
        corpus = cls(path, manifest, tokenizer)
        stores = [corpus.split(split) for split in SPLITS]
        lengths = [int(store.lengths.max()) for store in stores if len(store)]
        found = {
            **{f"{store.split} sequences": (len(store), manifest["counts"].get(store.split)) for store in stores},
            "tokens in the longest sequence": (max(lengths, default=0), manifest["longest"]),
            "segments in a sequence": (
                max((store.most_of(tokenizer.layout.separator) for store in stores), default=0), manifest["segments"]
            ),
        }  # fmt: skip
        for what, (count, said) in found.items():
            if count != said:
                raise CorpusError(
                    "the corpus in {path} is damaged: it has {count} {what}, and says {said}; build it again.",
                    path=path, count=count, what=what, said=said,
                )  # fmt: skip
        return corpus

    @property
    def domain(self) -> str:
        """Name of its domain."""
        return self.manifest["domain"]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of tokens and tokenizer; equal digests mean equal training data."""
        return self.manifest["digest"]

    def split(self, name: str) -> TokenStore:
        """The split "train", "valid" or "test".

        Raises:
            CorpusError: there is no such split, or it is damaged.
        """
        if name not in SPLITS:
            raise CorpusError("there is no split {name!r}; {hint}", name=name, hint=did_you_mean(name, SPLITS))
        if name not in self._splits:
            self._splits[name] = TokenStore(self.path, name, self.tokenizer.vocab_size)
        return self._splits[name]

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(self.split(name))}" for name in SPLITS)
        return f"Corpus({str(self.path)!r}, domain={self.domain!r}, {sizes})"
