"""The files in which a kind of data is read, for the kinds that no other format is for."""

from __future__ import annotations

from genstudio.errors import InputError
from genstudio.rendering.formats.base import Choice, Format, NoOptions, Request

__all__ = ["OWN"]


def _write(request: Request[NoOptions]) -> list[str]:
    piece = request.domain.join(request.pieces) if len(request.pieces) > 1 else request.pieces[0]
    if piece is None:
        raise InputError("{count} {label} cannot be written into one file; give one of them, or a file for each.",
                         count=len(request.pieces), label=request.domain.label.lower())  # fmt: skip
    request.domain.write(piece, request.path, request.note)
    return request.joined()


OWN = Format(
    name="own",
    label="file of its own kind",
    suffixes=(),
    kind="",
    options=NoOptions,
    write=_write,
    choices=(Choice("own", "other", "Its own kind of file", "As such pieces are read, here and elsewhere."),),
)
