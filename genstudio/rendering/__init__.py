"""Pieces to files that other programs open: sound, notation, scores, pictures, tables; and what such a file says of its origin.

A format is described once, in ``formats``. Libraries are imported late, so that each format needs only its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genstudio.config import build_options
from genstudio.domains import Piece, domain_of
from genstudio.errors import ConfigError, InputError, Message
from genstudio.provenance import Provenance
from genstudio.rendering.formats.base import Format, Request
from genstudio.rendering.formats.registry import FORMATS, OPTIONS, format_of, names
from genstudio.rendering.sources import pieces_of
from genstudio.rendering.traces import provenance_of

__all__ = ["Format", "export", "format_of", "names", "pieces_of", "provenance_of"]


def export(
    pieces: Sequence[Piece] | Piece,
    path: str | os.PathLike[str],
    *,
    to: str | None = None,
    provenance: Provenance | Sequence[Provenance | None] | None = None,
    **options: Any,
) -> tuple[Path, list[str]]:
    """Write pieces of one domain to a file, whole or not at all.

    Several pieces of music stand under each other in a roll and one after the other in a tunebook; elsewhere they become one.

    Args:
        pieces: a piece or several.
        path: the file. Without a suffix it gets the usual one of ``to``.
        to: the name of a format (:func:`names`); None: what the suffix of ``path`` says.
        provenance: how the piece, or each of them, was made; it is kept in the file wherever the format has room.
        options: of music ``instrument`` (General MIDI number from 1, or name; of drums the kit) and ``tempo`` (how many times as
            fast); ``rate`` (samples a second) and ``soundfont`` (a path) of sound; ``picture`` ("score" or "roll") and its
            ``title``, and of a roll ``theme`` ("light" or "dark") and ``captions`` (one for each piece); ``scale`` of PNG (pixels
            for one of the SVG). None is as if not given.

    Returns:
        The path, and remarks for a person.

    Raises:
        ConfigError: there is no such format, or an option is unknown, out of range, or means nothing for the format.
        FileError: the file cannot be written, or a library that the format needs is missing.
        InputError: the format is not for such pieces.
    """
    place = Path(path)
    chosen = format_of(place, to)
    if not place.suffix:
        place = place.with_name(place.name + chosen.suffixes[0])
    items: list[Any] = [pieces] if isinstance(pieces, Piece) else list(pieces)
    if not items:
        raise InputError("there is nothing to export; give at least one piece.")
    for item in items:
        if not chosen.fits(item):
            fitting = ", ".join(known.name for known in FORMATS.values() if known.fits(item))
            why = Message(", which knows tones only" if chosen.kind == domain_of(item).kind else "")
            raise InputError(
                "{label} cannot be written as {chosen}{why}; choose one of {fitting}.",
                label=domain_of(item).label.lower(),
                chosen=chosen.name,
                why=why,
                fitting=fitting,
            )
    if len({type(item) for item in items}) > 1:
        raise InputError("pieces of different kinds cannot be written into one file; give those of one kind.")
    settled = _options(chosen, {name: value for name, value in options.items() if value is not None})
    traces = [provenance] if isinstance(provenance, Provenance) else list(provenance or ())
    remarks = chosen.write(Request([settled.prepare(item) for item in items], place, settled, traces))
    return place, remarks


def _options(chosen: Format[Any], given: dict[str, Any]) -> Any:
    """The options of a format."""
    for name in given:
        if name not in OPTIONS:
            raise ConfigError("export does not know {name!r}; expected some of {options}.", name=name, options=", ".join(OPTIONS))
        if name not in chosen.option_names:
            known = ", ".join(sorted(chosen.option_names)) or "none"
            raise ConfigError(
                "{name} means nothing for {chosen}; what can be said of it: {known}.", name=name, chosen=chosen.name, known=known
            )
    return build_options(chosen.options, given)
