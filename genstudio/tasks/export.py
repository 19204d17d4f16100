"""Export pieces to files of other formats, and read the provenance in a file."""

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
    """Write one or several pieces to a file of another format.

    Args:
        sources: a path, a piece or typed text, or a list of them.
        to: the name of the format; None: the suffix of ``out`` decides.
        number: which piece of a file with several, from 1.
        read: how the sources are read.
        provenance: the provenance that is written into the file (one, or one for each piece); None: that in the source files.
        options: see :func:`genstudio.rendering.export`.

    Returns:
        ``path``, ``format``, ``label`` (of the format), ``bytes``, ``pieces`` (a description of each) and ``remarks``.

    Raises:
        ConfigError, FileError, InputError: see :func:`genstudio.rendering.export`.
    """
    from genstudio import rendering

    several = isinstance(sources, (list, tuple))
    rendering.format_of(Path(out), to)  # first, so that a wrong name is reported before files are read
    pieces, traces, remarks = rendering.pieces_of(sources if several else [sources], number=number, read=read)
    known = rendering.format_of(Path(out), to, domain_of(pieces[0]))
    path, more = rendering.export(pieces, out, to=to, provenance=traces if provenance is None else provenance, **options)
    about = {"format": known.name, "label": known.label, "bytes": path.stat().st_size}
    return {"path": str(path), **about, "pieces": [domain_of(piece).describe(piece) for piece in pieces],
            "remarks": [*remarks, *more]}  # fmt: skip


def trace(path: PathLike) -> dict[str, Any]:
    """Read the provenance in a file.

    Returns:
        ``path`` and the fields of :class:`genstudio.provenance.Provenance`.

    Raises:
        FileError: the file cannot be read, or has no provenance.
    """
    from genstudio import rendering

    found = rendering.provenance_of(Path(path))
    if found is None:
        raise FileError(
            "{path} does not say how it was made; files that GenStudio generated and exported do.", path=os.fspath(path)
        )
    return {"path": os.fspath(path), **dataclasses.asdict(found), "code": found.code.tolist()}
