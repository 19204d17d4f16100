"""Export: every format that the engine has, for one piece, some or all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from genstudio.domains import get_domain
from genstudio.errors import GenStudioError, InputError
from genstudio.gui.items import Item
from genstudio.gui.widgets.handing import files_in, items_in, mime_for
from genstudio.gui.widgets.naming import file_names, plain_name, stem_for
from genstudio.progress import Progress, Report, Stop, silent
from genstudio.rendering.formats.registry import CHOICES

__all__ = [
    "ExportOptions",
    "Written",
    "files_in",
    "groups",
    "items_in",
    "mime_for",
    "names_of",
    "told",
    "words",
    "write_items",
]

translate = QCoreApplication.translate


@dataclass(frozen=True)
class ExportOptions:
    """joined: all in one file. stem: of the names, "" for the pieces' titles. replace: files of the same names are written over,
    instead of new names being found. settings: options of the engine's export (instrument, tempo …)."""

    joined: bool = False
    stem: str = ""
    replace: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """The files that were written, and what a person should know of them."""

    paths: list[Path]
    remarks: list[str]


def names_of(items: Sequence[Item], format: str, options: ExportOptions) -> list[str]:
    """The names of the files that :func:`write_items` writes where there are none yet."""
    suffix = CHOICES[format][0].suffixes[0]
    if options.joined and len(items) > 1:
        return [plain_name(options.stem or stem_for(items), get_domain(items[0].domain).label.lower()) + suffix]
    return file_names(items, suffix, options.stem)


def write_items(
    items: Sequence[Item],
    folder: Path,
    format: str,
    options: ExportOptions | None = None,
    *,
    report: Report = silent,
    stop: Stop | None = None,
) -> Written:
    """Write pieces into a folder, each file whole or not at all.

    Args:
        format: a name of :data:`genstudio.rendering.formats.registry.CHOICES`.

    Raises:
        InputError: there is no such choice, or it is not for these pieces.
        FileError: a file cannot be written; those before it are there.
    """
    import genstudio

    wish = options or ExportOptions()
    if format not in CHOICES:
        raise InputError(f"there is no format {format!r}; expected one of {', '.join(CHOICES)}.")
    written_as, choice = CHOICES[format]
    if not items:
        raise InputError("there is nothing to export; choose at least one piece.")
    names = names_of(items, format, wish)
    groups = [list(items)] if len(names) == 1 else [[item] for item in items]
    settings = {**wish.settings, **choice.fixed}
    if "captions" not in settings and choice.fixed.get("picture") == "roll" and len(groups[0]) > 1:
        settings["captions"] = [item.title for item in items]
    written: list[Path] = []
    remarks: list[str] = []
    for number, (group, name) in enumerate(zip(groups, names, strict=True)):
        if stop is not None:
            stop.check()
        report(Progress("exporting", number, len(groups), name))
        path = folder / name if wish.replace else _free(folder / name)
        pieces = [_titled(item) for item in group]
        traces = [item.provenance for item in group]
        try:
            result = genstudio.export(
                pieces if len(pieces) > 1 else pieces[0], path, to=written_as.name, provenance=traces, **settings
            )
        except GenStudioError as error:
            if not written:
                raise
            raise type(error)(f"{len(written)} of {len(groups)} files were written; then: {error}") from error
        written.append(Path(result["path"]))
        remarks += result["remarks"]
    report(Progress("exporting", len(groups), len(groups)))
    return Written(written, list(dict.fromkeys(remarks)))


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


def words(*, drums: bool = False) -> dict[str, tuple[str, str]]:
    """Label and help of each choice; ``drums``: for pieces whose roll is a grid of drums."""
    return {
        name: (
            translate("Exporting", choice.unpitched if drums and choice.unpitched else choice.label),
            translate("Exporting", choice.help),
        )
        for name, (_, choice) in CHOICES.items()
    }


def groups(*, drums: bool = False) -> dict[str, str]:
    """Label of each group of choices."""
    return {
        "music": translate("Exporting", "Music"),
        "sound": translate("Exporting", "Sound"),
        "score": translate("Exporting", "Score"),
        "roll": translate("Exporting", "Drum grid") if drums else translate("Exporting", "Piano roll"),
        "text": translate("Exporting", "Text"),
    }


def told(written: Written) -> str:
    """What was written, in a sentence."""
    if len(written.paths) == 1:
        said = translate("Exporting", "Written: {path}").format(path=written.paths[0])
    else:
        said = translate("Exporting", "{count} files were written into {folder}")
        said = said.format(count=len(written.paths), folder=written.paths[0].parent)
    return "  ·  ".join([said, *written.remarks])
