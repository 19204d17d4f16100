"""A corpus on disk: memory-mapped token ids, and who each sequence came from.

Conventions
    A split NAME is ``NAME.tokens.npy`` (uint16 or uint32, all sequences one after the other, without begin and end),
    ``NAME.offsets.npy`` (int64 [N + 1], where each begins) and ``NAME.index.jsonl`` (``[title, source]`` a line).
    Where the pieces have labels, ``NAME.labels.json`` holds a list for each column: numbers or words, null where there is none.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from genstudio.errors import CorpusError, FileError, TokenizerError, did_you_mean
from genstudio.files import read_json, write_text
from genstudio.tokens import Tokenizer

__all__ = ["SPLITS", "Corpus", "TokenStore"]

FORMAT = 1
SPLITS = ("train", "valid", "test")
MANIFEST, REPORT, TOKENIZER = "manifest.json", "report.json", "tokenizer"
_HEADER = 128  # bytes of a .npy file without any value


class TokenStore:
    """The token ids of N sequences, memory-mapped: only what is looked at is read.

    Raises:
        CorpusError: a file is missing or damaged.
    """

    def __init__(self, folder: Path | str, split: str) -> None:
        self._folder, self.split = Path(folder), split
        self._tokens = self._map("tokens", (np.uint16, np.uint32))
        self._offsets = self._map("offsets", (np.int64,))
        offsets = np.asarray(self._offsets)
        if len(offsets) < 1 or offsets[0] != 0 or offsets[-1] != len(self._tokens) or (np.diff(offsets) < 0).any():
            raise CorpusError(f"{self._path('offsets')} does not fit its tokens; the corpus is damaged, build it again.")

    def _path(self, what: str) -> Path:
        return self._folder / f"{self.split}.{what}.npy"

    def _map(self, what: str, types: Sequence[type]) -> NDArray[Any]:
        path = self._path(what)
        try:
            mode: Literal["r"] | None = "r" if path.stat().st_size > _HEADER else None  # an empty array cannot be mapped
            array = np.load(path, mmap_mode=mode, allow_pickle=False)
        except OSError as error:
            raise CorpusError(f"cannot read {path}: {error.strerror or error}; build the corpus again.") from error
        except (ValueError, EOFError, SyntaxError, MemoryError) as error:
            raise CorpusError(f"{path} is damaged; build the corpus again.") from error
        if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype not in types:
            raise CorpusError(f"{path} is not what a corpus holds there; build the corpus again.")
        return array

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, index: int) -> NDArray[np.int32]:
        """The ids of one sequence, int32 [T], without begin and end."""
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(f"there are {len(self)} sequences, and none is number {index}.")
        return np.asarray(self._tokens[self._offsets[index] : self._offsets[index + 1]], np.int32)

    def __iter__(self) -> Iterator[NDArray[np.int32]]:
        return (self[index] for index in range(len(self)))

    def __repr__(self) -> str:
        return f"TokenStore({self.split!r}, {len(self)} sequences, {len(self._tokens)} tokens)"

    def ids_of(self, indices: Iterable[int]) -> list[NDArray[np.int32]]:
        """The ids of several sequences."""
        return [self[int(index)] for index in indices]

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """int64 [N], the number of tokens of each sequence."""
        return np.diff(np.asarray(self._offsets))

    @cached_property
    def _index(self) -> list[tuple[str, str]]:
        path = self._folder / f"{self.split}.index.jsonl"
        try:
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
            index = [(str(title), str(source)) for title, source in rows]
        except OSError as error:
            raise CorpusError(f"cannot read {path}: {error.strerror or error}; build the corpus again.") from error
        except (ValueError, TypeError) as error:
            raise CorpusError(f"{path} is damaged; build the corpus again.") from error
        if len(index) != len(self):
            raise CorpusError(f"{path} has {len(index)} lines for {len(self)} sequences; build the corpus again.")
        return index

    @cached_property
    def labels(self) -> dict[str, list[float | str | None]]:
        """The labels of every sequence by column, None where it has none; empty where the corpus was built without.

        Raises:
            CorpusError: they are damaged.
        """
        path = self._folder / f"{self.split}.labels.json"
        if not path.exists():
            return {}
        try:
            found = read_json(path, limit=1_000_000_000)
        except FileError as error:
            raise CorpusError(f"{error} Build the corpus again.") from error
        if not isinstance(found, dict) or not all(
            isinstance(values, list)
            and len(values) == len(self)
            and all(value is None or isinstance(value, (int, float, str)) for value in values)
            for values in found.values()
        ):
            raise CorpusError(f"{path} does not fit the sequences; build the corpus again.")
        return {str(name): list(values) for name, values in found.items()}

    def title(self, index: int) -> str:
        """The title of the piece that a sequence is from."""
        return self._index[index][0]

    def source(self, index: int) -> str:
        """The file (and the part of it) that a sequence is from."""
        return self._index[index][1]


def write_split(
    folder: Path, split: str, sequences: Sequence[Sequence[int]], index: Iterable[tuple[str, str]], vocab_size: int
) -> None:
    """Write one split into ``folder``, which no one reads yet."""
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
        raise FileError(f"cannot write into {folder}: {error.strerror or error}; free some space.") from error
    lines = [json.dumps(entry, ensure_ascii=False) for entry in index]
    write_text(folder / f"{split}.index.jsonl", "".join(line + "\n" for line in lines))


def as_number(text: str) -> float | None:
    """The finite number that a cell of a table holds, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def write_labels(folder: Path, split: str, kinds: Mapping[str, str], labels: Sequence[Mapping[str, str]]) -> None:
    """Write the labels of one split: for each column of ``kinds`` ("number" or "category") a value a sequence."""
    columns: dict[str, list[float | str | None]] = {}
    for name, kind in kinds.items():
        texts = [row.get(name, "").strip() for row in labels]
        columns[name] = [as_number(text) for text in texts] if kind == "number" else [text or None for text in texts]
    write_text(folder / f"{split}.labels.json", json.dumps(columns, ensure_ascii=False))


class Corpus:
    """A corpus that :func:`genstudio.corpus.build` wrote.

    Attributes:
        path: its folder.
        manifest: its ``manifest.json``: domain, options, counts, the longest sequence …
        tokenizer: what its ids mean.
    """

    def __init__(self, path: Path, manifest: dict[str, Any], tokenizer: Tokenizer) -> None:
        self.path, self.manifest, self.tokenizer = path, manifest, tokenizer
        self._splits: dict[str, TokenStore] = {}

    @classmethod
    def open(cls, path: Path | str) -> Corpus:
        """The corpus in a folder, its parts checked against each other.

        Raises:
            CorpusError: there is none, it is damaged, or a newer version wrote it.
        """
        path = Path(path)
        if not (path / MANIFEST).is_file():
            raise CorpusError("there is no corpus in {path}.", remedy="build-corpus", path=path)
        try:
            manifest = read_json(path / MANIFEST)
        except FileError as error:
            raise CorpusError(str(error)) from error
        if not isinstance(manifest, dict) or manifest.get("kind") != "corpus" or not isinstance(manifest.get("format"), int):
            raise CorpusError("{path} does not describe a corpus; expected a folder that was built as one.", path=path / MANIFEST)
        if manifest["format"] > FORMAT:
            raise CorpusError(f"the corpus in {path} was written by a newer version; update this program.")
        counts = manifest.get("counts")
        if (
            not isinstance(manifest.get("domain"), str)
            or not isinstance(manifest.get("digest"), str)
            or not isinstance(counts, dict)
            or not all(isinstance(counts.get(split), int) for split in SPLITS)
        ):
            raise CorpusError(f"{path / MANIFEST} lacks its domain, digest or counts; the corpus is damaged, build it again.")
        try:
            tokenizer = Tokenizer.load(path / TOKENIZER)
        except TokenizerError as error:
            raise CorpusError(f"the corpus in {path} cannot be used: {error}") from error
        if tokenizer.digest != manifest.get("tokenizer"):
            raise CorpusError(f"the tokenizer in {path} is not the one the corpus was built with; build it again.")
        corpus = cls(path, manifest, tokenizer)
        for split in SPLITS:
            store = corpus.split(split)
            if len(store) != counts[split]:
                raise CorpusError(f"{path} has {len(store)} {split} sequences, not {counts[split]}; build it again.")
        return corpus

    @property
    def domain(self) -> str:
        """The name of its domain."""
        return str(self.manifest["domain"])

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of its tokens and its tokenizer: equal digests mean equal training data."""
        return str(self.manifest["digest"])

    def split(self, name: str) -> TokenStore:
        """The split "train", "valid" or "test".

        Raises:
            CorpusError: there is no such split, or it is damaged.
        """
        if name not in SPLITS:
            raise CorpusError(f"there is no split {name!r}; {did_you_mean(name, SPLITS)}")
        if name not in self._splits:
            self._splits[name] = TokenStore(self.path, name)
        return self._splits[name]

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {self.manifest['counts'][name]}" for name in SPLITS)
        return f"Corpus({str(self.path)!r}, domain={self.domain!r}, {sizes})"
