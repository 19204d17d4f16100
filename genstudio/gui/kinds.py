"""The table of kinds of data: how pieces of each are shown and edited, what they are called, and which come along.

It is all that the window knows of domains by name. To add a kind of data, give its domain a row in :data:`KINDS` and, where it is
neither music nor text, its ``kind`` a line in :data:`SHOWN`: a class derived from :class:`genstudio.gui.showing.Showing`, in a
module of ``genstudio/gui/shown``. What is not in the table is called what it calls itself, and shown as a terminal shows it.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from genstudio import paths
from genstudio.domains import get_domain, names, read_file
from genstudio.gui.items import Item
from genstudio.gui.showing import Showing

__all__ = [
    "FIRST",
    "KINDS",
    "SHOWN",
    "Kind",
    "bundled",
    "files",
    "files_told",
    "icon_of",
    "is_text",
    "kind_of",
    "label",
    "many",
    "one",
    "plays",
    "showing",
    "welcome",
]


class Kind(NamedTuple):
    """label: as a heading. many, one: within a sentence. folder: of the resources, with pieces. welcome: the files of it, and the
    numbers of the pieces in them, that are the two ends of the welcome. kind: that of the domain (``Domain.kind``), which is known
    here without loading it, for the sake of the first window. icon: that of its class, where loading this takes long."""

    label: object
    many: object
    one: object
    folder: str
    welcome: tuple[tuple[str, int], tuple[str, int]]
    kind: str = "music"
    icon: str = ""


SHOWN: dict[str, str] = {
    "music": "genstudio.gui.shown.music:Music",
    "series": "genstudio.gui.shown.series:Curves",
    "text": "genstudio.gui.shown.text:Text",
}
"""The class that shows the pieces of each kind, loaded when a piece is first shown."""
KINDS: dict[str, Kind] = {
    "melody": Kind(
        QT_TRANSLATE_NOOP("Kinds", "Melodies"), QT_TRANSLATE_NOOP("Kinds", "melodies"), QT_TRANSLATE_NOOP("Kinds", "melody"),
        "songs", (("the-kesh.mid", 0), ("ode-to-joy.mid", 0)),
    ),
    "drums": Kind(
        QT_TRANSLATE_NOOP("Kinds", "Beats"), QT_TRANSLATE_NOOP("Kinds", "beats"), QT_TRANSLATE_NOOP("Kinds", "beat"),
        "beats", (("rock.mid", 0), ("bossa-nova.mid", 0)),
    ),
    "score": Kind(
        QT_TRANSLATE_NOOP("Kinds", "Scores"), QT_TRANSLATE_NOOP("Kinds", "scores"), QT_TRANSLATE_NOOP("Kinds", "score"),
        "scores", (("amazing-grace.musicxml", 0), ("auld-lang-syne.musicxml", 0)),
    ),
    "series": Kind(
        QT_TRANSLATE_NOOP("Kinds", "Time series"), QT_TRANSLATE_NOOP("Kinds", "time series"),
        QT_TRANSLATE_NOOP("Kinds", "time series"), "series", (("co2.csv", 0), ("generated-months.csv", 0)),
        kind="series", icon="chart",
    ),
    "text": Kind(
        QT_TRANSLATE_NOOP("Kinds", "Sentences"), QT_TRANSLATE_NOOP("Kinds", "sentences"), QT_TRANSLATE_NOOP("Kinds", "sentence"),
        "sentences", (("pairs.txt", 0), ("pairs.txt", 1)), kind="text",
    ),
}  # fmt: skip
_OF_PRESETS = {"verse": QT_TRANSLATE_NOOP("Kinds", "Poems")}
"""What models of a preset make, where its domain's word says too little."""
FIRST = "melody"
"""The domain that the window shows until a model says otherwise."""


def label(domain: str, preset: str = "") -> str:
    """What its pieces, or those of models of the preset, are called, as a heading."""
    if preset in _OF_PRESETS:
        return QCoreApplication.translate("Kinds", str(_OF_PRESETS[preset]))
    if domain in KINDS:
        return QCoreApplication.translate("Kinds", str(KINDS[domain].label))
    return get_domain(domain).label if domain in names() else domain


def many(domain: str, preset: str = "") -> str:
    """What its pieces, or those of models of the preset, are called within a sentence."""
    if preset in _OF_PRESETS:
        return label(domain, preset).lower()
    return QCoreApplication.translate("Kinds", str(KINDS[domain].many)) if domain in KINDS else label(domain).lower()


def one(domain: str) -> str:
    """What a piece of it is called within a sentence."""
    if domain in KINDS:
        return QCoreApplication.translate("Kinds", str(KINDS[domain].one))
    return QCoreApplication.translate("Kinds", "piece")


def files_told(domain: str, count: int) -> str:
    """So many files that pieces of it are read from."""
    translate = QCoreApplication.translate
    if plays(domain):
        said = translate("Kinds", "1 file of music") if count == 1 else translate("Kinds", "{count} files of music")
    elif is_text(domain):
        said = translate("Kinds", "1 file of text") if count == 1 else translate("Kinds", "{count} files of text")
    else:
        said = translate("Kinds", "1 file of {things}") if count == 1 else translate("Kinds", "{count} files of {things}")
    return said.format(count=f"{count:,}", things=many(domain))


def kind_of(domain: str) -> str:
    """The kind of its pieces; "" for an unknown name."""
    if domain in KINDS:
        return KINDS[domain].kind
    return get_domain(domain).kind if domain in names() else ""


def plays(domain: str) -> bool:
    """Whether pieces of it are music; False for an unknown name."""
    return kind_of(domain) == "music"


def is_text(domain: str) -> bool:
    """Whether pieces of it are text; False for an unknown name."""
    return kind_of(domain) == "text"


def showing(domain: str) -> Showing:
    """How pieces of it are shown."""
    return _showing(SHOWN.get(kind_of(domain), ""))


@cache
def _showing(place: str) -> Showing:
    return pkgutil.resolve_name(place)() if place else Showing()


def icon_of(domain: str) -> str:
    """The icon of what is of it."""
    return (KINDS[domain].icon if domain in KINDS else "") or showing(domain).icon


def bundled(domain: str, most: int) -> list[Item]:
    """At most ``most`` pieces of a domain that come along: the first of each file of music, the lines of text.

    Raises:
        FileError: a file cannot be read.
    """
    if domain not in KINDS:
        return []
    known = get_domain(domain)
    found: list[Item] = []
    for path in files(domain):
        pieces = read_file(known, path).pieces
        found += [_item(piece, domain, path) for piece in (pieces[:1] if not known.is_text else pieces)]
    return found[:most]


def welcome(domain: str) -> list[Item]:
    """The two pieces that the window begins with; none where there are none of this domain.

    Raises:
        FileError: a file cannot be read.
    """
    if domain not in KINDS:
        return []
    known, kind = get_domain(domain), KINDS[domain]
    wanted = [(paths.resources() / kind.folder / name, number) for name, number in kind.welcome]
    if not all(path.is_file() for path, _ in wanted):
        wanted = [(path, 0) for path in files(domain)[:2]]
    return [_item(read_file(known, path).pieces[number], domain, path) for path, number in wanted] if len(wanted) == 2 else []


def files(domain: str) -> list[Path]:
    """The files of a domain that come along."""
    if domain not in KINDS:
        return []
    folder, suffixes = paths.resources() / KINDS[domain].folder, get_domain(domain).suffixes
    if not folder.is_dir():
        return []
    found = sorted(path for path in folder.iterdir() if path.suffix in suffixes and path.stem != "README")
    return list({path.stem: path for path in reversed(found)}.values())[::-1]  # some songs are there in two formats


def _item(piece: Any, domain: str, path: Path) -> Item:
    title = get_domain(domain).text_of(piece) or piece.title
    return Item(piece, domain, title or path.stem, source=str(path))
