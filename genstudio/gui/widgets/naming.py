"""Names of files for pieces: readable, valid on every system, each its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from genstudio.gui.items import Item

__all__ = ["TOKENS", "file_names", "filled", "plain_name", "stem_for"]

TOKENS = ("number", "title", "name", "model", "kind", "date")
"""What a pattern for names can have in braces; "name" is what the pieces have in common."""

_LONGEST = 80
_TOKEN = re.compile(r"\{(\w+)\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}  # of Windows


def plain_name(text: str, default: str = "piece") -> str:
    """``text`` as the name of a file, without a suffix: valid on Linux, macOS and Windows, and not too long."""
    tidy = "".join(char for char in unicodedata.normalize("NFC", text) if not "\ud800" <= char <= "\udfff")
    tidy = " ".join(_FORBIDDEN.sub(" ", tidy).split())
    while len(tidy.encode("utf-8")) > 2 * _LONGEST or len(tidy) > _LONGEST:
        tidy = tidy[:-1]
    tidy = tidy.strip(" .")
    if tidy.partition(".")[0].casefold() in _RESERVED:
        tidy = f"{tidy}_"
    return tidy or default


def stem_for(items: Sequence[Item]) -> str:
    """What pieces have in common, as a name: the title of one, or what they were made from; "" where that differs."""
    if len(items) == 1:
        return plain_name(items[0].title)
    jobs = {id(item.job): item.job for item in items}
    (job,) = jobs.values() if len(jobs) == 1 else (None,)
    if job is None:
        return ""
    names = [re.sub(r"\.\w{1,8}$", "", source.replace("\\", "/").rsplit("/", 1)[-1]) for source in job.sources[:2]]
    return plain_name(" - ".join(name[:30] for name in names if name) or job.operation)


def filled(pattern: str, item: Item, number: int, count: int, name: str) -> str:
    """A pattern with what it stands for put in; words in braces that are not known stay as they are.

    Args:
        pattern: has words of :data:`TOKENS` in braces.
        item: the piece.
        number: of the piece, from 1, of ``count``.
        name: what the pieces have in common, see :func:`stem_for`.
    """
    told = item.job is not None and item.title == item.job.title(item.place) and "{number}" in pattern
    values = {
        "number": f"{number:0{max(2, len(str(count)))}d}",
        "title": "" if told else plain_name(item.title, ""),  # the number and what it was made of are all that it says
        "name": name,
        "model": item.job.model if item.job is not None else "",
        "kind": item.domain,
        "date": date.today().isoformat(),
    }
    return _TOKEN.sub(lambda found: values.get(found.group(1), found.group(0)), pattern)


def file_names(items: Sequence[Item], suffix: str, pattern: str = "{title}") -> list[str]:
    """A name for each piece after a pattern, see :func:`filled`. No two are alike, whatever their case; several get a number where
    the pattern tells them apart in no way."""
    if len(items) > 1 and not {"number", "title"} & set(_TOKEN.findall(pattern)):
        pattern += " {number}"
    common = stem_for(items)
    taken: set[str] = set()
    found = []
    for number, item in enumerate(items, 1):
        name = plain_name(filled(pattern, item, number, len(items), common))
        unique, count = name, 1
        while unique.casefold() in taken:
            count += 1
            unique = f"{name} ({count})"
        taken.add(unique.casefold())
        found.append(unique + suffix)
    return found
