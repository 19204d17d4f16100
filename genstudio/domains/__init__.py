"""The kinds of data. Each package in this folder is a domain of that name and has a ``DOMAIN``; ``music`` is shared code."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import Any

from genstudio.domains.base import Attribute, Domain, Grammar, Piece, Preview, ReadResult, Refusal, Track
from genstudio.domains.edit import edit_distance
from genstudio.domains.music.notes import Music, Note
from genstudio.domains.music.time import MetreChange, TempoChange
from genstudio.domains.parts import Difference, Kept, difference, kept
from genstudio.domains.reading import read_file
from genstudio.domains.words import words
from genstudio.errors import ConfigError, did_you_mean

__all__ = [
    "Attribute",
    "Difference",
    "Domain",
    "Grammar",
    "Kept",
    "MetreChange",
    "Music",
    "Note",
    "Piece",
    "Preview",
    "ReadResult",
    "Refusal",
    "TempoChange",
    "Track",
    "check_options",
    "difference",
    "domain_of",
    "edit_distance",
    "get_domain",
    "is_text",
    "kept",
    "known_options",
    "names",
    "piece_type",
    "plays",
    "read_file",
    "readers",
    "words",
]


@cache
def names() -> tuple[str, ...]:
    """The names of all domains, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg and module.name != "music"))


@cache
def get_domain(name: str) -> Domain:
    """The domain of that name.

    Raises:
        ConfigError: there is no such domain.
    """
    if name not in names():
        raise ConfigError("there is no domain {name!r}; {hint}", name=name, hint=did_you_mean(name, names()))
    domain: Domain = importlib.import_module(f"{__name__}.{name}").DOMAIN
    return domain


def plays(name: str) -> bool:
    """Whether pieces of the domain of that name are music, which can be played and drawn; False for an unknown name."""
    return name in names() and get_domain(name).plays


def is_text(name: str) -> bool:
    """Whether pieces of the domain of that name are text, which is read and typed; False for an unknown name."""
    return name in names() and get_domain(name).is_text


def known_options(domain: Domain) -> list[str]:
    """The names of the options of a domain's reader (:meth:`Domain.read`)."""
    parameters = inspect.signature(domain.read).parameters.values()
    return [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]


def check_options(domain: Domain, options: Iterable[str]) -> None:
    """Refuse options that a domain's reader does not know.

    Raises:
        ConfigError: an option is unknown.
    """
    known = known_options(domain)
    for name in options:
        if name not in known:
            message = "the reader of {domain} does not know {name!r}; {hint}"
            raise ConfigError(message, domain=domain.name, name=name, hint=did_you_mean(name, known))


def domain_of(piece: Any) -> Domain:
    """The domain that a piece belongs to, by its class.

    Raises:
        ConfigError: it is not a piece of any domain.
    """
    for name in names():
        if isinstance(piece, piece_type(name)):
            return get_domain(name)
    known = ", ".join(get_domain(name).label for name in names())
    raise ConfigError("a {name} is no piece; expected one of: {known}.", name=type(piece).__name__, known=known)


@cache
def piece_type(name: str) -> type:
    """The class of a domain's pieces.

    Raises:
        ConfigError: there is no such domain.
    """
    return type(get_domain(name).from_symbols(""))


def readers(suffix: str) -> list[Domain]:
    """The domains that read files with this suffix. Those that claim only some of them (:meth:`Domain.claims`) come last; of the
    others the one that reads most kinds of files comes first, so that the remarks on the melody of a file come before those on its
    drums."""
    found = [domain for domain in map(get_domain, names()) if suffix.lower() in domain.suffixes]
    return sorted(found, key=lambda domain: (type(domain).claims is not Domain.claims, -len(domain.suffixes)))
