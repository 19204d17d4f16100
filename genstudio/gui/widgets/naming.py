"""Names of files for pieces: readable, valid on every system, each its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from genstudio.gui.items import Item

__all__ = ["file_names", "plain_name", "stem_for"]

_LONGEST = 80
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


def file_names(items: Sequence[Item], suffix: str, stem: str = "") -> list[str]:
    """A name for each piece: its title, or with a stem that, a number and the title. No two are alike, whatever their case."""
    digits = max(2, len(str(len(items))))
    names = []
    for number, item in enumerate(items, 1):
        if len(items) == 1 and stem:
            name = plain_name(stem)
        elif stem:
            title = plain_name(item.title, "")
            name = plain_name(f"{stem} {number:0{digits}d}{' ' + title if title and title != stem else ''}")
        else:
            name = plain_name(item.title)
        names.append(name)
    taken: set[str] = set()
    found = []
    for name in names:
        unique, count = name, 1
        while unique.casefold() in taken:
            count += 1
            unique = f"{name} ({count})"
        taken.add(unique.casefold())
        found.append(unique + suffix)
    return found
