"""Pieces to files that other programs open: sound, notation, scores, pictures, tables; and what such a file says of its origin.

A format is one entry of ``formats.FORMATS``. Libraries are imported late, so that each format needs only its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from genstudio.domains import Music, Piece, TempoChange, domain_of
from genstudio.errors import ConfigError, InputError, Message
from genstudio.provenance import Provenance
from genstudio.rendering.formats import FORMATS, Format, Request, format_of, names
from genstudio.rendering.instruments import kit_of, program_of
from genstudio.rendering.sources import pieces_of
from genstudio.rendering.traces import provenance_of

__all__ = ["Format", "export", "format_of", "names", "pieces_of", "provenance_of"]

_OPTIONS = ("captions", "instrument", "picture", "rate", "scale", "soundfont", "tempo", "theme", "title")


def export(
    pieces: Sequence[Piece] | Piece,
    path: str | os.PathLike[str],
    *,
    to: str | None = None,
    provenance: Provenance | Sequence[Provenance | None] | None = None,
    **options: Any,
) -> tuple[Path, list[str]]:
    """Write pieces of one domain to a file, whole or not at all; the path, and remarks for a person.

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
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        if name not in _OPTIONS:
            raise ConfigError("export does not know {name!r}; expected some of {options}.", name=name, options=", ".join(_OPTIONS))
        if name not in chosen.options:
            known = ", ".join(sorted(chosen.options)) or "none"
            raise ConfigError(
                "{name} means nothing for {chosen}; what can be said of it: {known}.", name=name, chosen=chosen.name, known=known
            )
    if given.get("picture", "score") not in ("score", "roll"):
        raise ConfigError("there is no picture {picture!r}; expected score or roll.", picture=given["picture"])
    if chosen.kind == "music":
        items = [_dressed(item, given.get("instrument"), given.get("tempo")) for item in items]
    traces = [provenance] if isinstance(provenance, Provenance) else list(provenance or ())
    remarks = chosen.write(Request(items, place, traces, given))
    return place, remarks


def _dressed(music: Music, instrument: int | str | None, tempo: float | None) -> Music:
    """The music with another instrument (a kit for drums), and so many times as fast."""
    if instrument is not None:
        music = replace(music, program=program_of(instrument) if music.pitched else kit_of(instrument))
    if tempo is not None:
        if not 0.1 <= tempo <= 10:
            raise ConfigError("the tempo factor is {tempo:g}; expected 0.1 to 10, where 1 is as written.", tempo=tempo)
        music = replace(music, tempos=tuple(TempoChange(tick, bpm * tempo) for tick, bpm in music.tempos))
    return music
