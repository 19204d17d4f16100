"""Read the sources of an operation (a path, a piece, an object of a music library, typed text) as phrases for a model."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions
from genstudio.domains import Domain, check_options, read_file
from genstudio.errors import ConfigError, FileError, InputError, Message

if TYPE_CHECKING:
    from genstudio.latent.codec import Codec

__all__ = ["Song", "given", "in_units", "name_of", "phrase_of", "read_source", "reworded", "song_of", "taken"]


@dataclass(frozen=True)
class Song:
    """A whole piece, cut into phrases.

    Attributes:
        phrases: the phrases in order, none longer than those that the model was trained on.
        silent: for each phrase, whether it is empty; no model was trained on silence, so these are kept as they are.
    """

    piece: Any
    phrases: list[Any]
    silent: list[bool]


def name_of(source: Any, piece: Any) -> str:
    """The name of a source for a person: its path, the typed text, or the title of the piece."""
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source)
    return piece.title or piece.source or type(source).__name__


def read_source(domain: Domain, source: Any, read: Mapping[str, Any] | None = None) -> tuple[Any, list[str]]:
    """Read the whole piece of a source.

    Returns:
        The piece, and remarks on what was chosen.

    Raises:
        FileError: the source cannot be read or is empty.
        InputError: an object of this type is no source.
    """
    if isinstance(source, type(domain.from_symbols(""))):
        return source, []
    if not isinstance(source, (str, os.PathLike)):
        piece = domain.from_object(source)
        if piece is None:
            raise InputError(
                "cannot use a {name} as {label}; give a path or a piece.", name=type(source).__name__, label=domain.label
            )
        return piece, []
    text = os.fspath(source)
    if not text.strip():
        expected = Message("a file" if domain.parse("words") is None else "words, or a file")
        raise FileError("an end is empty; expected {expected}.", expected=expected)
    path = Path(text)
    try:
        exists = path.exists()
    except (OSError, ValueError):  # too long for a path, or with a zero byte: then it is no path
        exists = False
    if not exists or (path.is_dir() and isinstance(source, str) and domain.parse(text) is not None):
        typed = domain.parse(text) if isinstance(source, str) else None
        if typed is None or path.suffix.lower() in domain.suffixes:
            raise FileError(
                "there is no file {text!r}; give {label} as one of: {suffixes}.",
                text=text,
                label=domain.label,
                suffixes=", ".join(domain.suffixes),
            )
        return typed, []
    if path.is_dir():
        raise FileError("{path} is a folder, and a file was expected; give one of the files in it.", path=text)
    check_options(domain, read or {})
    result = read_file(domain, path, **dict(read or {}))
    if not result.pieces:
        reason = result.refused[0].reason if result.refused else "it is empty"
        raise FileError("{text} gave nothing: {reason}.", text=text, reason=reason)
    remarks = list(result.remarks)
    if len(result.pieces) > 1:
        remarks.append(
            Message(
                "{text} holds {count} pieces; the first was used ({title}).",
                text=text,
                count=len(result.pieces),
                title=result.pieces[0].title or "untitled",
            )
        )
    return result.pieces[0], remarks


def taken(model: Codec, source: Any, options: DecodingOptions) -> tuple[Any, list[str]]:
    """Read the piece of a source, cut it to ``options.bars``, and give it the parts that the model writes.

    Returns:
        The piece, and remarks on what was chosen.

    Raises:
        FileError: the source cannot be read or is empty.
        ConfigError: the bars do not exist.
    """
    piece, remarks = given(model, source, options)
    arranged, more = model.domain.arranged(piece, model.lineup)
    return arranged, [*remarks, *more]


def given(model: Codec, source: Any, options: DecodingOptions) -> tuple[Any, list[str]]:
    """The same with all parts that the source has."""
    domain = model.domain
    piece, remarks = read_source(domain, source, options.read)
    if options.bars is None:
        return piece, remarks
    if not domain.grammar.separator:
        raise ConfigError("bars were asked for, but a piece of {label} has none; leave the bars out.", label=domain.label)
    first, last = options.bars
    count = domain.units(piece)
    if not 1 <= first <= last <= count:
        asked = f"{first}-{last}" if last > first else f"{first}"
        raise ConfigError(
            in_units(domain, "there are no bars {asked} in {name}; expected bars within 1 to {count}."),
            asked=asked, name=_name(piece), count=count,
        )  # fmt: skip
    return domain.part(piece, first, last), remarks


def phrase_of(model: Codec, source: Any, options: DecodingOptions) -> tuple[Any, list[str]]:
    """Read the phrase of ``source`` that the options choose.

    Returns:
        The phrase as a piece, and remarks on what was chosen.

    Raises:
        FileError: the source cannot be read or is empty.
        ConfigError: the phrase or the bars do not exist.
    """
    whole, remarks = taken(model, source, options)
    name = _name(whole)
    phrases = model.domain.phrases(whole, model.phrase_length, model.phrase_length, 1)
    if not phrases:
        raise FileError(in_units(model.domain, "{name} is empty; expected at least one note or word."), name=name)
    phrase = options.phrase
    if not 1 <= phrase <= len(phrases):
        raise ConfigError(
            "there is no phrase {phrase} in {name}; expected 1 to {count}.", phrase=phrase, name=name, count=len(phrases)
        )
    if len(phrases) > 1:
        many: dict[str, Any] = {"piece": name, "count": len(phrases), "bars": model.phrase_length}
        if phrase == 1:
            used = in_units(model.domain, "{piece} has {count} phrases of up to {bars} bars: the first was used.")
            remarks.append(Message(used, remedy="choose-phrase", **many))
        else:
            used = in_units(model.domain, "{piece} has {count} phrases of up to {bars} bars: phrase {number} was used.")
            remarks.append(Message(used, number=phrase, **many))
    piece, more = model.fitted(phrases[phrase - 1])
    return piece, remarks + more


def song_of(model: Codec, source: Any, options: DecodingOptions) -> tuple[Song, list[str]]:
    """Read all of ``source`` and cut it into phrases of the length that the model was trained on.

    Returns:
        The song, and remarks on what was chosen.

    Raises:
        FileError: the source cannot be read or is empty.
        ConfigError: the bars do not exist, or a phrase is chosen as well.
    """
    if options.phrase != 1:
        raise ConfigError(
            "phrase {phrase} was asked for, and the whole piece too; leave one of the two out.", phrase=options.phrase
        )
    domain, length = model.domain, model.phrase_length
    piece, remarks = taken(model, source, options)
    if not domain.phrases(piece, 0, 0, 1):
        raise FileError(in_units(domain, "{name} is empty; expected at least one note or word."), name=_name(piece))
    count = domain.units(piece)
    if not length or count <= length:
        phrases = [piece]
    else:
        phrases = [domain.part(piece, first + 1, min(first + length, count)) for first in range(0, count, length)]
    fitted = [model.fitted(phrase) for phrase in phrases]
    phrases = [phrase for phrase, _ in fitted]
    remarks += [remark for _, more in fitted for remark in more]
    silent = [not domain.phrases(phrase, 0, 0, 1) for phrase in phrases] if len(phrases) > 1 else [False]
    return Song(phrases[0] if len(phrases) == 1 else piece, phrases, silent), remarks


def in_units(domain: Domain, template: str) -> str:
    """A sentence about bars, notes and words for a kind of data that has others."""
    if domain.plays or domain.is_text:
        return template
    return reworded(template, domain.unit, domain.part_name(domain.from_symbols("")))


def reworded(template: str, unit: str, part: str) -> str:
    """A sentence about bars, notes and words with other names for them."""
    template = re.sub("note( or word)?", part, template)
    return re.sub(r"(?<!\{)\bbar(s?)\b", rf"{unit}\1", template)


def _name(piece: Any) -> str:
    return str(piece.title or piece.source or "the piece")
