"""Records of how pieces were made, from which any file can be traced to its model and made again, byte for byte.

A :class:`Job` records one call that decoded codes. Every operation on the latent space ends in a matrix of codes and the settings
of the decoder; together with the digest of the model these determine every byte of the result. Codes are float32 [rows, dims].
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from genstudio import __version__
from genstudio.config import Drawing, drawing_of, range_of
from genstudio.errors import DamagedFileError
from genstudio.records import LARGEST_SEED, Record, parse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BY_ROW", "FORMAT", "LONGEST", "Job", "Provenance"]

FORMAT = 1
LONGEST = 24_000_000
"""The largest number of characters that :meth:`Provenance.from_text` reads."""
_MARK = "genstudio"
_NAME = 10_000  # characters of a name, a digest, a version
_MOST_PIECES = 10_000
_MOST_ROWS = 10_000_000
BY_ROW = ("segments", "words", "prefix", "parts", "around", "bars", "contents")
"""The settings of the decoder that have an entry for each row."""
_FARTHEST = 1e6  # the largest absolute value in a code; those of models are around 1


@dataclass(frozen=True, eq=False)
class Job:
    """The record of one decoding of a matrix of codes.

    Attributes:
        operation: the name of the operation ("vary", "interpolate" …).
        model, digest: the name of the model, and the digest of its weights and tokenizer.
        seed: the seed of the request.
        settings: the options of the request (amount, steps, method …), JSON values, for people and pages.
        sources: the names of the sources, for a person.
        codes: float32 [rows, dims].
        decoding: the keyword arguments of ``Model.decode``, JSON values; ``joins`` has the number of consecutive rows of each
            piece, where that is not one.
        metadata: for each piece what its domain adds after decoding (tempo, key, instrument …), JSON objects; "dressing" in
            files.
        version: the version of GenStudio.
    """

    operation: str
    model: str
    digest: str
    seed: int
    settings: Mapping[str, Any]
    sources: tuple[str, ...]
    codes: NDArray[np.float32]
    decoding: Mapping[str, Any]
    metadata: tuple[Mapping[str, Any], ...] = ()
    version: str = __version__

    @cached_property
    def id(self) -> str:
        """A digest of everything that determines the result; equal jobs have equal ids."""
        whole = hashlib.sha256(json.dumps(self.facts(), sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        whole.update(_packed(self.codes))
        return whole.hexdigest()[:16]

    @property
    def count(self) -> int:
        """The number of pieces."""
        return len(self.decoding["joins"]) if "joins" in self.decoding else len(self.codes)

    def title(self, index: int) -> str:
        """A title for piece ``index`` (from 0), if it has none: what it was made of and how."""
        names = [source.replace("\\", "/").rsplit("/", 1)[-1][:40] or source[:40] for source in self.sources[:4]]
        which = f" ({index + 1} of {self.count})" if self.count > 1 else ""
        if len(names) > 1 and self.operation in ("interpolate", "morph", "path"):
            return " → ".join(names) + which
        return f"{self.operation} {', '.join(names)}".rstrip() + which

    def rows(self, index: int) -> slice:
        """The rows of ``codes`` that piece ``index`` (from 0) is decoded from."""
        joins = self.decoding.get("joins")
        if joins is None:
            return slice(index, index + 1)
        start = sum(joins[:index])
        return slice(start, start + joins[index])

    def code(self, index: int) -> NDArray[np.float32]:
        """The code of piece ``index`` (from 0), [dims]; for a piece of several rows those of all of them, [rows * dims]."""
        return self.codes[self.rows(index)].astype("f4").reshape(-1)

    def facts(self) -> dict[str, Any]:
        """Everything but the codes, as JSON values."""
        return {
            "operation": self.operation,
            "model": self.model,
            "digest": self.digest,
            "seed": self.seed,
            "settings": dict(self.settings),
            "sources": list(self.sources),
            "shape": list(self.codes.shape),
            "decoding": dict(self.decoding),
            "dressing": [dict(one) for one in self.metadata],
            "version": self.version,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any], codes: bytes) -> Job:
        """Inverse of :meth:`facts` with the codes' bytes (little-endian float32).

        Raises:
            DamagedFileError: a value is missing or not valid.
        """
        try:
            record = Record(facts)
            shape = record.wholes("shape", 1, _MOST_ROWS, 2)
            if len(shape) != 2 or shape[0] * shape[1] * 4 != len(codes):
                raise ValueError("its codes do not have the shape that it says")
            return cls(
                **_common(record),
                codes=_unpacked(codes).reshape(shape),
                decoding=_decoding(record.object("decoding"), shape[0]),
                metadata=tuple(record.objects("dressing", _MOST_PIECES)),
            )
        except (ValueError, OverflowError) as error:
            raise DamagedFileError(
                "the record of how a piece was made is damaged ({reason}); it cannot be made again.", reason=error
            ) from error


@dataclass(frozen=True, eq=False)
class Provenance:
    """The record in an exported file: its job in short, and the code of this one piece.

    Attributes:
        job: the id of the :class:`Job`, from which the other attributes are taken as well.
        index: the number of the piece (from 0) out of ``count``; None where the file contains all of them, joined.
        code: float32 [dims], see :meth:`Job.code`; for joined pieces their codes one after another.
    """

    job: str
    operation: str
    model: str
    digest: str
    seed: int
    settings: Mapping[str, Any]
    sources: tuple[str, ...]
    index: int | None
    count: int
    code: NDArray[np.float32]
    version: str = field(default=__version__)

    @classmethod
    def of(cls, job: Job, index: int | None) -> Provenance:
        """The provenance of piece ``index`` (from 0) of a job, or of all of them joined to one (None)."""
        # Of the settings for each row only those for the rows of this piece.
        rows = slice(None) if index is None else job.rows(index)
        decoding = {
            name: list(value[rows]) if name in BY_ROW else value
            for name, value in job.decoding.items()
            if name != "joins" or index is None
        }
        if index is not None and "exact" in decoding:
            del decoding["exact"]
            if (itself := job.decoding["exact"][index]) is not None:
                decoding["exact"] = [itself]
        return cls(
            job=job.id,
            operation=job.operation,
            model=job.model,
            digest=job.digest,
            seed=job.seed,
            settings={**job.settings, "decoding": decoding},
            sources=job.sources,
            index=index,
            count=job.count,
            code=job.codes[rows].astype("f4").reshape(-1),
            version=job.version,
        )

    def to_text(self) -> str:
        """One line of ASCII for a MIDI text event, a WAV tag or a comment; :meth:`from_text` reads it."""
        code = base64.b64encode(_packed(self.code)).decode("ascii")
        about = {
            "format": FORMAT,
            "version": self.version,
            "operation": self.operation,
            "model": self.model,
            "digest": self.digest,
            "seed": self.seed,
            "settings": dict(self.settings),
            "sources": list(self.sources),
            "job": self.job,
            "index": self.index,
            "count": self.count,
            "code": code,
        }
        # Sorted, since the settings of a job from a database may be in another order.
        return f"{_MARK} " + json.dumps(about, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Provenance | None:
        """Read the provenance in a text; None where there is none.

        Raises:
            DamagedFileError: the text begins as a provenance but cannot be read.
        """
        mark, _, rest = text.strip().partition(" ")
        if mark != _MARK or not rest.startswith("{"):
            return None
        try:
            about = parse(rest, most=LONGEST)
            record = Record(about)
            count = record.whole("count", 1, _MOST_PIECES)
            return cls(
                job=record.text("job", _NAME),
                **_common(record),
                index=None if about.get("index") is None else record.whole("index", 0, count - 1),
                count=count,
                code=_unpacked(base64.b64decode(record.text("code", LONGEST), validate=True)),
            )
        except (ValueError, OverflowError) as error:
            raise DamagedFileError("the record in the file of how it was made is damaged ({reason}).", reason=error) from error


def _common(record: Record) -> dict[str, Any]:
    """The checked values that the records of a job and of a provenance have in common.

    Raises:
        ValueError: a value is missing, of another type or out of range.
    """
    names = {name: record.text(name, _NAME) for name in ("operation", "model", "digest", "version")}
    sources = tuple(record.texts("sources", _MOST_PIECES))
    return {**names, "seed": record.whole("seed", -LARGEST_SEED - 1), "settings": record.object("settings"), "sources": sources}


def _packed(codes: NDArray[np.float32]) -> bytes:
    """Codes as little-endian float32."""
    return codes.astype("<f4").tobytes()


def _unpacked(data: bytes) -> NDArray[np.float32]:
    """Inverse of :func:`_packed`.

    Raises:
        ValueError: a number is out of range (NaN is not: it stands for a blank detail).
    """
    import numpy as np  # late: the command line names formats, and needs no numpy for that

    codes = np.frombuffer(data, "<f4").astype(np.float32)
    if bool((np.abs(codes) > _FARTHEST).any()):
        raise ValueError("a code is out of range")
    return codes


def _pair(values: list[Any], name: str) -> list[Any]:
    if len(values) != 2:
        raise ValueError(f"decoding.{name} holds no pairs")
    return values


def _stretches(values: Any, name: str) -> list[list[Any]]:
    """Check pairs of the number of a bar and symbols."""
    if not isinstance(values, list):
        raise ValueError(f"decoding.{name} is no list")
    pairs = [_pair(pair if isinstance(pair, list) else [], name) for pair in values]
    return [[Record({name: first}).whole(name, 1, 1_000_000), Record({name: text}).text(name, LONGEST)] for first, text in pairs]


def _decoding(values: dict[str, Any], rows: int) -> dict[str, Any]:
    """Check the settings of the decoder; unknown ones (of a later GenStudio) are kept, and the model refuses them.

    Raises:
        ValueError: a value is out of range, or the number of entries differs from ``rows``.
    """
    record = Record(values, "decoding")
    checks: dict[str, Callable[[str], Any]] = {
        **dict.fromkeys(drawing_of(Drawing()), lambda name: record.number(name, *range_of(Drawing, name))),
        "seed": lambda name: record.whole(name, -LARGEST_SEED - 1),
        "best_of": lambda name: record.whole(name, 1, 1000),
        "beyond": lambda name: record.whole(name, 0, 1_000_000),
        "segments": lambda name: record.wholes(name, 0, 1_000_000, rows),
        "words": lambda name: record.wholes(name, 0, 1_000_000, rows),
        "prefix": lambda name: record.tables(name, -1, 2**31 - 1, rows),
        "parts": lambda name: [_pair(pair, name) for pair in record.tables(name, 1, 1_000_000, rows)],
        "around": lambda name: [_pair(Record({name: pair}).texts(name, 2), name) for pair in record.array(name, rows)],
        "bars": lambda name: [_stretches(one, name) for one in record.array(name, rows)],
        "contents": lambda name: [Record({name: row}).tables(name, -1, 2**31 - 1) for row in record.array(name, rows)],
        "forbid": lambda name: record.wholes(name, 0, 2**31 - 1, 1_000_000),
        "joins": lambda name: record.wholes(name, 1, rows, _MOST_PIECES),
        "known": lambda name: record.texts(name, _MOST_PIECES),
    }
    found = {name: checks[name](name) if name in checks else value for name, value in values.items()}
    for name in BY_ROW:
        if name in found and len(found[name]) != rows:
            raise ValueError(f"decoding.{name} has {len(found[name])} entries for {rows} rows")
    if sum(found.get("joins", [rows])) != rows:
        raise ValueError(f"decoding.joins do not add up to {rows} rows")
    return found
