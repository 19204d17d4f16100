"""Pieces as files of other formats, and what a file says of how it was made."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from genstudio.domains import domain_of
from genstudio.errors import FileError
from genstudio.tasks.base import PathLike

__all__ = ["export", "trace"]


def export(
    sources: Any,
    out: PathLike,
    *,
    to: str | None = None,
    number: int = 1,
    read: Mapping[str, Any] | None = None,
    provenance: Any = None,
    **options: Any,
) -> dict[str, Any]:
    """A melody or a text (a path, a piece, what a person would type; or a list of them) as a file of another format.

    Args:
        to: the format's name; None: what ``out`` ends in.
        number: which melody of a file with many, from 1.
        provenance: how it was made (one, or one a piece); None: what the source files say of it.
        options: see :func:`genstudio.rendering.export`.

    Raises:
        ConfigError, FileError, InputError: as there.
    """
    from genstudio import rendering

    several = isinstance(sources, (list, tuple))
    known = rendering.format_of(Path(out), to)  # a wrong name is told before files are read
    pieces, traces, remarks = rendering.pieces_of(sources if several else [sources], number=number, read=read)
    path, more = rendering.export(pieces, out, to=to, provenance=traces if provenance is None else provenance, **options)
    about = {"format": known.name, "label": known.label, "bytes": path.stat().st_size}
    return {"path": str(path), **about, "pieces": [domain_of(piece).describe(piece) for piece in pieces],
            "remarks": [*remarks, *more]}  # fmt: skip


def trace(path: PathLike) -> dict[str, Any]:
    """What a file says of how it was made.

    Raises:
        FileError: it cannot be read, or says nothing.
    """
    from genstudio import rendering

    found = rendering.provenance_of(Path(path))
    if found is None:
        raise FileError(
            "{path} does not say how it was made; files that GenStudio generated and exported do.", path=os.fspath(path)
        )
    return {"path": os.fspath(path), **dataclasses.asdict(found), "code": found.code.tolist()}
