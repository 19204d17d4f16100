"""Export pieces to files for other programs (sound, notation, scores, pictures, tables), and read the provenance from such files.

A format is described once, in ``formats``. Libraries are imported late, so that each format needs only its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genstudio.config import build_options
from genstudio.domains import Domain, Piece, domain_of
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

    Several pieces of music are drawn one below the other in a roll, and written one after the other in a tunebook; in other formats
    they are joined to one piece.

    Args:
        pieces: a piece or several.
        path: the file. Without a suffix it gets the usual one of ``to``.
        to: the name of a format (:func:`names`); None: the format of the suffix of ``path``.
        provenance: how the piece, or each of them, was made; it is stored in the file if the format has a place for it.
        options: for music ``instrument`` (General MIDI number from 1, or name; of drums the kit) and ``tempo`` (a factor), for
            scores ``parts`` (by number from 1, name or role, with commas between: "melody,symbols" is a lead sheet); for sound
            ``rate`` (samples per second) and ``soundfont`` (a path); for pictures ``picture`` ("score" or "roll") and
            ``title``, for rolls also ``theme`` ("light" or "dark") and ``captions`` (one for each piece), for PNG ``scale``
            (pixels for one of the SVG); charts of time series have ``title``, ``theme`` and ``scale``. None is the same as not
            given.

    Returns:
        The path, and remarks for a person.

    Raises:
        ConfigError: there is no such format, or an option is unknown, out of range, or not one of the format.
        FileError: the file cannot be written, or a library that the format needs is missing.
        InputError: the format does not take such pieces.
    """
    place = Path(path)
    items: list[Any] = [pieces] if isinstance(pieces, Piece) else list(pieces)
    if not items:
        raise InputError("there is nothing to export; give at least one piece.")
    chosen = format_of(place, to, domain_of(items[0]))
    if not place.suffix:
        place = place.with_name(place.name + chosen.suffix_for(items[0]))
    for item in items:
        if not chosen.fits(item):
            fitting = ", ".join(known.name for known in FORMATS.values() if known.fits(item))
            why = Message(", which is for pitched notes only" if chosen.kind == domain_of(item).kind else "")
            raise InputError(
                "{label} cannot be written as {chosen}{why}; choose one of {fitting}.",
                label=domain_of(item).label.lower(),
                chosen=chosen.name,
                why=why,
                fitting=fitting,
            )
    if len({type(item) for item in items}) > 1:
        raise InputError("pieces of different kinds cannot be written into one file; give those of one kind.")
    settled = _options(chosen, domain_of(items[0]), {name: value for name, value in options.items() if value is not None})
    traces = [provenance] if isinstance(provenance, Provenance) else list(provenance or ())
    remarks = chosen.write(Request([settled.prepare(item) for item in items], place, settled, traces))
    return place, remarks


def _options(chosen: Format[Any], domain: Domain, given: dict[str, Any]) -> Any:
    """The options of a format."""
    for name in given:
        if name not in OPTIONS:
            raise ConfigError("export does not know {name!r}; expected some of {options}.", name=name, options=", ".join(OPTIONS))
        if name not in chosen.options_for(domain):
            known = ", ".join(sorted(chosen.options_for(domain))) or "none"
            raise ConfigError(
                "{name} means nothing for {chosen}; it takes: {known}.", name=name, chosen=chosen.name, known=known
            )
    return build_options(chosen.options, given)
