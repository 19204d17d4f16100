"""All export formats. To add one, write a module in this folder and add it to the list."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from genstudio.domains import Domain, readers
from genstudio.errors import ConfigError, did_you_mean
from genstudio.rendering.formats.base import Choice, Format
from genstudio.rendering.formats.midi import MIDI
from genstudio.rendering.formats.notation import ABC, MUSICXML
from genstudio.rendering.formats.own import OWN
from genstudio.rendering.formats.picture import PDF, PNG, SVG
from genstudio.rendering.formats.sound import FLAC, OGG, WAV
from genstudio.rendering.formats.text import CSV, TXT

__all__ = ["CHOICES", "FORMATS", "OPTIONS", "format_of", "names", "suffixes_of"]

FORMATS: dict[str, Format[Any]] = {
    known.name: known for known in (MIDI, WAV, FLAC, OGG, MUSICXML, ABC, PDF, SVG, PNG, TXT, CSV, OWN)
}  # fmt: skip
"""The formats by name."""
OPTIONS: dict[str, dataclasses.Field[Any]] = {
    item.name: item for known in FORMATS.values() for item in dataclasses.fields(known.options)
}
"""The options of all formats by name; an option has the same meaning in all formats."""
CHOICES: dict[str, tuple[Format[Any], Choice]] = {
    choice.name: (known, choice)
    for group in ("music", "sound", "score", "roll", "text", "chart", "other")
    for known in FORMATS.values()
    for choice in known.choices
    if choice.group == group
}
"""The entries of the list in the window by name, in order, each with its format."""


def names() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(FORMATS)


def suffixes_of(domain: Domain) -> tuple[str, ...]:
    """The suffixes of the files in which pieces of a domain can be written, that of the domain's own files first."""
    all_of_them = (suffix for known in FORMATS.values() if known.takes(domain) for suffix in known.suffixes)
    return tuple(dict.fromkeys((domain.output_suffix, *all_of_them)))


def format_of(path: Path, to: str | None = None, domain: Domain | None = None) -> Format[Any]:
    """The format with a name, or, without a name, that of the suffix of the path.

    Args:
        path: the file to be written.
        to: the name of the format.
        domain: of the pieces; of several formats with this suffix it is the one that takes them.

    Raises:
        ConfigError: there is no such format, or the suffix of the path is that of another format.
    """
    if to is not None:
        if to not in FORMATS:
            raise ConfigError("there is no format {to!r}; {hint}", to=to, hint=did_you_mean(to, FORMATS))
        named = FORMATS[to]
        suffixes, suffix = named.suffixes, path.suffix.lower()
        if suffix and suffixes and suffix not in suffixes and any(suffix in other.suffixes for other in FORMATS.values()):
            raise ConfigError(
                "{path} is not a name for {to}; expected one that ends in {suffixes}.",
                path=path.name,
                to=to,
                suffixes=" or ".join(suffixes),
            )
        return named
    suffix = path.suffix.lower()
    found = [known for known in FORMATS.values() if suffix in known.suffixes]
    domains = readers(suffix) if domain is None else [domain] if suffix in (*domain.suffixes, domain.output_suffix) else []
    found += [known for known in FORMATS.values() if not known.suffixes and any(map(known.takes, domains))]
    if found:
        return next((known for known in found if domain is not None and known.takes(domain)), found[0])
    all_of_them = ", ".join(suffix for known in FORMATS.values() for suffix in known.suffixes)
    raise ConfigError(
        "cannot tell the format of {path!r}; give a name that ends in one of {suffixes}, or name the format.",
        path=path.name,
        suffixes=all_of_them,
    )
