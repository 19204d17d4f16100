"""Fold text into words for searching.

Case, width and accents do not matter; each Chinese or Japanese character is a word, so that a name is found by any part of it,
however short. Folded words consist of letters and digits and are separated by single spaces, so that a full-text index and a plain
search for a substring (`` ode to jo`` in `` ode to joy ``) have the same results.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["fold", "full_text", "parts", "strings"]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_CJK}]|(?:(?![{_CJK}])[^\\W_])+")
_ACCENTS = re.compile("[\u0300-\u036f]")


def _tokens(text: str) -> list[str]:
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _WORD.findall(unicodedata.normalize("NFKC", plain))


def fold(texts: Iterable[str]) -> str:
    """The folded words of several texts, with a space before and after each word; between texts there are two spaces, so that no
    phrase spans two texts.

    >>> fold(["Ode an die Freude", "欢乐颂.mid"])
    ' ode an die freude  欢 乐 颂 mid '
    """
    return " ".join(f" {' '.join(words)} " for text in texts if (words := _tokens(text)))


def parts(query: str) -> list[str] | None:
    """The folded parts of a query, one for each of its words, all of which must be found; None if nothing can be found.

    >>> parts("ODE-to 欢乐"), parts(" "), parts("!")
    (['ode to', '欢 乐'], [], None)
    """
    found = [" ".join(_tokens(word)) for word in query.split()]
    return [part for part in found if part] if any(found) or not found else None


def full_text(part: str) -> str:
    """A part as an expression of FTS5: a phrase whose last word may be the beginning of a longer one."""
    return f'"{part}" *'


def strings(value: Any) -> list[str]:
    """All texts in a JSON value, without the names of fields."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in strings(item)]
    return []
