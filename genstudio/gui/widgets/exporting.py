"""Export: every format that the engine has, for one piece, some or all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QWidget

from genstudio.domains import get_domain
from genstudio.errors import GenStudioError, InputError
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.widgets.handing import files_in, items_in, mime_for
from genstudio.gui.widgets.naming import file_names, plain_name, stem_for
from genstudio.progress import Progress, Report, Stop, silent

if TYPE_CHECKING:
    from genstudio.gui.widgets.export_dialog import ExportDialog

__all__ = [
    "CHOICES",
    "Choice",
    "ExportOptions",
    "Exporter",
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
class Choice:
    """A way of writing. format: of the engine. kind: of the pieces it takes, "music" or "text". options: which of the engine's mean
    something here. fixed: options that make it what it is. together: "no", "yes" (several may go into one file) or "usual" (they
    do, if nothing else is asked for)."""

    name: str
    group: str
    format: str
    kind: str = "music"
    options: tuple[str, ...] = ("tempo",)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    together: str = "yes"

    def fits(self, item: Item) -> bool:
        """Whether such a piece can be written so."""
        from genstudio.rendering.formats import FORMATS

        return FORMATS[self.format].fits(item.piece)


_SOUND = ("instrument", "tempo", "rate")
_SCORE = {"picture": "score"}
_ROLL = {"picture": "roll"}
CHOICES: dict[str, Choice] = {
    choice.name: choice
    for choice in (
        Choice("midi", "music", "midi", options=("instrument", "tempo")),
        Choice("musicxml", "music", "musicxml", options=("instrument", "tempo")),
        Choice("abc", "music", "abc", together="usual"),
        Choice("wav", "sound", "wav", options=_SOUND),
        Choice("flac", "sound", "flac", options=_SOUND),
        Choice("ogg", "sound", "ogg", options=_SOUND),
        Choice("score-pdf", "score", "pdf", fixed=_SCORE),
        Choice("score-svg", "score", "svg", fixed=_SCORE),
        Choice("score-png", "score", "png", options=("tempo", "scale"), fixed=_SCORE),
        Choice("roll-svg", "roll", "svg", options=("theme",), fixed=_ROLL, together="usual"),
        Choice("roll-png", "roll", "png", options=("theme", "scale"), fixed=_ROLL, together="usual"),
        Choice("roll-pdf", "roll", "pdf", options=("theme",), fixed=_ROLL, together="usual"),
        Choice("txt", "text", "txt", kind="text", options=(), together="usual"),
        Choice("csv", "text", "csv", kind="text", options=(), together="usual"),
    )
}


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
    from genstudio.rendering.formats import FORMATS

    suffix = FORMATS[CHOICES[format].format].suffixes[0]
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
        format: a name of :data:`CHOICES`.

    Raises:
        InputError: there is no such choice, or it is not for these pieces.
        FileError: a file cannot be written; those before it are there.
    """
    import genstudio

    wish = options or ExportOptions()
    choice = CHOICES.get(format)
    if choice is None:
        raise InputError(f"there is no format {format!r}; expected one of {', '.join(CHOICES)}.")
    if not items:
        raise InputError("there is nothing to export; choose at least one piece.")
    names = names_of(items, format, wish)
    groups = [list(items)] if len(names) == 1 else [[item] for item in items]
    settings = {**wish.settings, **choice.fixed}
    if "captions" not in settings and choice.fixed is _ROLL and len(groups[0]) > 1:
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
                pieces if len(pieces) > 1 else pieces[0], path, to=choice.format, provenance=traces, **settings
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
    grid = {
        "roll-svg": translate("Exporting", "Drum grid, SVG"),
        "roll-png": translate("Exporting", "Drum grid, PNG"),
        "roll-pdf": translate("Exporting", "Drum grid, PDF"),
    }
    found = {
        "midi": (translate("Exporting", "MIDI"), translate("Exporting", "Notes, tempo and instrument, for every music program.")),
        "musicxml": (translate("Exporting", "MusicXML"), translate("Exporting", "For notation programs such as MuseScore.")),
        "abc": (translate("Exporting", "ABC"), translate("Exporting", "A tunebook in letters, as folk musicians share them.")),
        "wav": (translate("Exporting", "WAV"), translate("Exporting", "Sound without loss, for every program.")),
        "flac": (translate("Exporting", "FLAC"), translate("Exporting", "Sound without loss, in half the space.")),
        "ogg": (translate("Exporting", "Ogg Vorbis"), translate("Exporting", "Sound in little space, to send to somebody.")),
        "score-pdf": (translate("Exporting", "Score, PDF"), translate("Exporting", "Engraved notes to print.")),
        "score-svg": (translate("Exporting", "Score, SVG"), translate("Exporting", "Engraved notes as a drawing; the first page.")),
        "score-png": (translate("Exporting", "Score, PNG"), translate("Exporting", "Engraved notes as a picture; the first page.")),
        "roll-svg": (translate("Exporting", "Piano roll, SVG"), translate("Exporting", "A drawing, sharp at every size.")),
        "roll-png": (translate("Exporting", "Piano roll, PNG"), translate("Exporting", "A picture for the web or a document.")),
        "roll-pdf": (translate("Exporting", "Piano roll, PDF"), translate("Exporting", "A drawing to print.")),
        "txt": (translate("Exporting", "Plain text"), translate("Exporting", "The sentences, a line each.")),
        "csv": (translate("Exporting", "Table, CSV"), translate("Exporting", "A row for each: model, seed, how it was made.")),
    }
    return {name: (grid[name], told) if drums and name in grid else (label, told) for name, (label, told) in found.items()}


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


class Exporter(QObject):
    """Opens the export dialog."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._window = parent

    def export(
        self, items: Sequence[Item], among: Sequence[Item] = (), done: Callable[[Written], None] | None = None
    ) -> ExportDialog:
        """Ask how ``items`` are to be written, and write them; others of ``among`` can be ticked too."""
        from genstudio.gui.widgets.export_dialog import ExportDialog

        listed = [*among, *(item for item in items if all(item is not other for other in among))]
        dialog = ExportDialog(self.context, listed, items, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if done is not None:
            dialog.written.connect(done)
        dialog.open()
        return dialog
