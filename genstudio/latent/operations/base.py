"""What an operation on the latent space is: the one description that its method, its function and its command come from.

Nothing here needs torch, so the command line can read the descriptions in no time.
"""

from __future__ import annotations

import keyword
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from genstudio import paths
from genstudio.config import DecodingKeywords, DecodingOptions, settle
from genstudio.latent.codec import Codec
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Result, job_of
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = ["ANY", "Keep", "Operation", "PathLike", "Source", "of_sampling"]

PathLike = str | os.PathLike[str]
Keep = Callable[["Job", Pieces], None]
"""Called with what was made before a function returns, so that a library can record it."""
ANY = "a file, or a sentence for a model of text"
Own = TypeVar("Own")


@dataclass(frozen=True)
class Source:
    """A piece that an operation is given. ``many``: any number of them, as one list."""

    name: str
    help: str = ANY
    many: bool = False


def _nothing(model: Codec) -> dict[str, Any]:
    return {}


def of_sampling(model: Codec) -> dict[str, Any]:
    """How codes are decoded where the model says how its samples are best drawn."""
    return {"temperature": model.sampling.temperature, "top_p": model.sampling.top_p}


@dataclass(frozen=True)
class Operation(Generic[Own]):
    """An operation on the latent space.

    name: of the command, and in jobs. help: one line; about: what the command's page says. sources: what it is given. options: the
    dataclass of its own options. run: from a model, sources, options, how codes are decoded and a stop to pieces. result: how these
    are written. part: which part of a longer source can be asked for: "column" only of a table, "phrase" also a phrase or some
    bars, "whole" also a whole song. hold: whether parts of the first source can be held. decoding: which options of decoding the
    command has. drawn: whether these are the model's own where none is given. defaults: those of a model, where it has its own.
    slow: whether a command can be stopped in the midst of it. words: help of options that are described in other words than usual.
    """

    name: str
    help: str
    about: str
    options: type[Own]
    run: Callable[[Codec, Sequence[Any], Own, DecodingOptions, Stop | None], Pieces]
    result: Result
    sources: tuple[Source, ...] = (Source("source"),)
    part: Literal["", "column", "phrase", "whole"] = "phrase"
    hold: bool = False
    decoding: tuple[str, ...] = ("temperature", "top_p")
    drawn: bool = False
    defaults: Callable[[Codec], dict[str, Any]] = _nothing
    slow: bool = False
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def function(self) -> str:
        """Name of the method and of the function."""
        return f"{self.name}_" if keyword.iskeyword(self.name) else self.name

    def perform(
        self, model: Codec, sources: Sequence[Any], own: Own, options: DecodingOptions | None, changes: DecodingKeywords,
        stop: Stop | None,
    ) -> Pieces:  # fmt: skip
        """The pieces that ``own`` options and those of decoding ask for."""
        return self.run(model, sources, own, settle(options, changes, **self.defaults(model)), stop)

    def write(
        self, model: PathLike, sources: Sequence[Any], own: Own, out: PathLike, options: DecodingOptions | None,
        changes: DecodingKeywords, keep: Keep | None, stop: Stop | None,
    ) -> dict[str, Any]:  # fmt: skip
        """:meth:`perform` with the model of that name or folder, written to ``out``; returns the command's JSON result."""
        loaded, place = Codec(paths.find_model(model)), Path(out)
        self.result.check(loaded.domain, place)
        pieces = self.perform(loaded, sources, own, options, changes, stop)
        result = self.result.write(pieces, place)
        if keep is not None:
            keep(job_of(pieces), pieces)
        return result
