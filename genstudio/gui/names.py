"""Names that people give, as names of folders."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path

__all__ = ["folder_for", "free_title"]

_UNFIT = re.compile(r"[\x00-\x1f<>:\"/\\|?*\s]+")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


def folder_for(title: str, parent: Path) -> Path:
    """A folder of ``parent`` that is called as nearly like ``title`` as every system allows, and is not there yet."""
    plain = _UNFIT.sub("-", title).strip("-. ")[:60].rstrip("-. ") or "untitled"
    if plain.lower() in _RESERVED:
        plain += "-1"
    taken = {place.name.lower() for place in parent.iterdir()} if parent.is_dir() else set()
    return parent / free_title(plain, taken, "-")


def free_title(title: str, taken: Container[str], between: str = " ") -> str:
    """``title``, with a number after it where it is taken (in lower case)."""
    if title.lower() not in taken:
        return title
    number = 2
    while f"{title}{between}{number}".lower() in taken:
        number += 1
    return f"{title}{between}{number}"
