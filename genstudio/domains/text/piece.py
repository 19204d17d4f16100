"""A passage of text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from genstudio.domains.base import Piece

__all__ = ["UNWANTED", "Labels", "Passage", "clean", "title_of"]

UNWANTED = re.compile("[\0\ud800-\udfff]")

Labels = tuple[tuple[str, str], ...]
"""Pairs ``(column, value)`` from the table that a passage was read from."""


@dataclass(frozen=True, kw_only=True)
class Passage(Piece):
    """A line, a sentence or a cell of text."""

    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        title = f"<cite>{html.escape(self.title)}</cite>" if self.title and self.title != self.text else ""
        return f'<blockquote style="white-space: pre-wrap">{html.escape(self.text)}{title}</blockquote>'


def clean(text: str) -> str:
    """The text without NUL, and with U+FFFD for lone surrogates: no file can hold these."""
    if not UNWANTED.search(text):
        return text
    return UNWANTED.sub(lambda found: "" if found[0] == "\0" else "\ufffd", text)


def title_of(text: str, longest: int = 60) -> str:
    """The beginning of a text in one line of at most ``longest`` characters."""
    line = " ".join(text[: 50 * longest].split())
    return line if len(line) <= longest and len(text) <= 50 * longest else line[: longest - 1].rstrip() + "…"
