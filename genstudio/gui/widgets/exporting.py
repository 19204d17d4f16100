"""Export: every format that the engine has, for one piece, some or all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from genstudio.domains import get_domain
from genstudio.errors import GenStudioError, InputError, Stopped
from genstudio.gui import kinds
from genstudio.gui.items import Item
from genstudio.gui.widgets.naming import file_names, filled, plain_name, stem_for
from genstudio.progress import Progress, Report, Stop, silent
from genstudio.rendering.formats.registry import CHOICES

__all__ = ["ExportOptions", "Planned", "Written", "groups", "planned", "told", "words", "write_items"]

translate = QCoreApplication.translate


@dataclass(frozen=True)
class ExportOptions:
    """joined: all in one file. pattern: of the names, see :func:`genstudio.gui.widgets.naming.filled`; "" for the titles. replace:
    files of the same names are written over, instead of new names being found. settings: options of the engine's export
    (instrument, tempo …); each format takes those that it has."""

    joined: bool = False
    pattern: str = ""
    replace: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """A file that is to be written: its name, the choice of format, and the pieces in it."""

    name: str
    format: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Written:
    """The files that were written, and what a person should know of them."""

    paths: list[Path]
    remarks: list[str]


def planned(items: Sequence[Item], formats: Sequence[str], options: ExportOptions, folder: Path | None = None) -> list[Planned]:
    """The files that :func:`write_items` writes: of each format those of the pieces that it is for. Two formats with the same
    suffix say in the name which they are. With ``folder`` the names are free in it, unless files there are to be replaced."""
    found: list[Planned] = []
    taken: set[str] = set()
    for chosen in formats:
        written_as, choice = CHOICES[chosen]
        fitting = [item for item in items if written_as.offers(choice, item.piece)]
        if not fitting:
            continue
        suffix = written_as.suffix_for(fitting[0].piece)
        if options.joined and len(fitting) > 1:
            names = [_joined_name(fitting, options.pattern) + suffix]
        else:
            names = file_names(fitting, suffix, options.pattern or "{title}")
        files = [tuple(fitting)] if len(names) < len(fitting) else [(item,) for item in fitting]
        if taken & {name.casefold() for name in names}:
            which = groups(drums=not any(item.music and item.piece.pitched for item in fitting))[choice.group].lower()
            names = [f"{name.removesuffix(suffix)} - {which}{suffix}" for name in names]
        taken |= {name.casefold() for name in names}
        if folder is not None and not options.replace:
            names = [_free(folder / name).name for name in names]
        found += [Planned(name, chosen, group) for name, group in zip(names, files, strict=True)]
    return found


def _joined_name(items: Sequence[Item], pattern: str) -> str:
    """The name of a file with several pieces: the pattern without what is of each alone."""
    pattern = pattern or "{name}"
    for word in ("{number}", "{title}"):
        pattern = pattern.replace(word, "")
    name = " ".join(filled(pattern, items[0], 1, 1, stem_for(items)).split())
    return plain_name(name.strip(" -_"), get_domain(items[0].domain).label.lower())


def write_items(
    items: Sequence[Item],
    folder: Path,
    formats: Sequence[str],
    options: ExportOptions | None = None,
    *,
    report: Report = silent,
    stop: Stop | None = None,
) -> Written:
    """Write pieces into a folder, each file whole or not at all.

    Args:
        formats: names of :data:`genstudio.rendering.formats.registry.CHOICES`.

    Raises:
        InputError: there is no such choice, or none is for these pieces.
        FileError: a file cannot be written; those before it are there.
    """
    import genstudio

    wish = options or ExportOptions()
    for chosen in formats:
        if chosen not in CHOICES:
            raise InputError(f"there is no format {chosen!r}; expected one of {', '.join(CHOICES)}.")
    files = planned(items, formats, wish)
    if not files:
        raise InputError("there is nothing to export; choose at least one piece.")
    written: list[Path] = []
    remarks: list[str] = []
    for number, file in enumerate(files):
        if stop is not None:
            stop.check()
        report(Progress("exporting", number, len(files), file.name))
        path = folder / file.name if wish.replace else _free(folder / file.name)
        pieces = [_titled(item) for item in file.items]
        traces = [item.provenance for item in file.items]
        try:
            result = genstudio.export(
                pieces if len(pieces) > 1 else pieces[0], path, to=CHOICES[file.format][0].name, provenance=traces,
                **_settings(file, wish),
            )  # fmt: skip
        except GenStudioError as error:
            if not written or isinstance(error, Stopped):
                raise
            raise type(error)(f"{len(written)} of {len(files)} files were written; then: {error}") from error
        written.append(Path(result["path"]))
        remarks += result["remarks"]
    report(Progress("exporting", len(files), len(files)))
    return Written(written, list(dict.fromkeys(remarks)))


def _settings(file: Planned, wish: ExportOptions) -> dict[str, Any]:
    """The options of a file: those of the wish that are for it, and those that its choice of format sets."""
    written_as, choice = CHOICES[file.format]
    # A format has options for all of its choices: a score has no colours, though the picture of a roll in the same format has.
    others = {name for known, other in CHOICES.values() if known is written_as for name in other.asks} - set(choice.asks)
    fitting = set(written_as.option_names) - others
    known = {name: value for name, value in wish.settings.items() if name in fitting}
    settings = {**known, **choice.fixed}
    if "captions" not in settings and choice.fixed.get("picture") == "roll" and len(file.items) > 1:
        settings["captions"] = [item.title for item in file.items]
    return settings


def _titled(item: Item) -> Any:
    return item.piece if item.piece.title else dataclasses.replace(item.piece, title=item.title)


def _free(path: Path) -> Path:
    """The path, or the first one like it with a number behind that is not there yet."""
    found, count = path, 1
    while found.exists():
        count += 1
        found = path.with_name(f"{path.stem} ({count}){path.suffix}")
    return found


# -- words


def words(*, drums: bool = False, domain: str = "") -> dict[str, tuple[str, str]]:
    """Label and help of each choice; ``drums``: for pieces whose roll is a grid of drums; ``domain``: whose own files are meant."""
    labels = {
        name: choice.unpitched if drums and choice.unpitched else choice.label for name, (_, choice) in CHOICES.items()
    }
    labels["own"] = kinds.showing(domain).own or labels["own"]
    return {
        name: (translate("Exporting", labels[name]), translate("Exporting", choice.help)) for name, (_, choice) in CHOICES.items()
    }


def groups(*, drums: bool = False) -> dict[str, str]:
    """Label of each group of choices."""
    return {
        "music": translate("Exporting", "Music"),
        "sound": translate("Exporting", "Sound"),
        "score": translate("Exporting", "Score"),
        "roll": translate("Exporting", "Drum grid") if drums else translate("Exporting", "Piano roll"),
        "text": translate("Exporting", "Text"),
        "chart": translate("Exporting", "Chart"),
        "other": translate("Exporting", "Data"),
    }


def told(written: Written) -> str:
    """What was written, in a sentence."""
    if len(written.paths) == 1:
        said = translate("Exporting", "Written: {path}").format(path=written.paths[0])
    else:
        said = translate("Exporting", "{count} files were written into {folder}")
        said = said.format(count=len(written.paths), folder=written.paths[0].parent)
    return "  ·  ".join([said, *written.remarks])
