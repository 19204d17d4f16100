"""The dialogs of the system for files and folders. They begin where files of the same use were chosen last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeView, QWidget

from genstudio.domains import get_domain, names, plays
from genstudio.gui.settings import Settings

__all__ = ["ask", "choose_file", "choose_files", "choose_folder", "choose_place", "recent_projects"]

_RECENT = 8
_LEAST = 880, 560  # pixels of Qt's own dialog, in which no word is cut

Mode = QFileDialog.FileMode


def ask(parent: QWidget, title: str, start: str, kinds: str = "", mode: Mode = Mode.ExistingFiles) -> list[str]:
    """What a person chooses; nothing where they choose nothing.

    Args:
        start: the folder to begin with, or a file in it that is chosen already. kinds: as Qt has filters.
        mode: ``AnyFile`` for one that is to be written; that a file which is there shall be replaced has been asked then.
    """
    folder = not start or Path(start).is_dir()
    dialog = QFileDialog(parent, title, start if folder else str(Path(start).parent), kinds, fileMode=mode)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if mode is Mode.AnyFile else QFileDialog.AcceptMode.AcceptOpen)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, mode is Mode.Directory)
    if not folder and mode is not Mode.Directory:
        dialog.selectFile(Path(start).name)
    if rows := dialog.findChild(QTreeView):  # where the desktop has no dialog of its own
        dialog.resize(*_LEAST)
        head, fit = rows.header(), QHeaderView.ResizeMode.ResizeToContents
        for column in range(head.count()):
            head.setSectionResizeMode(column, fit if column else QHeaderView.ResizeMode.Stretch)
    found = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return found


def songs_and_texts() -> str:
    """The filters for everything that can be read as music or text."""
    music, text = (dict.fromkeys(f"*{suffix}" for name in names() if plays(name) is sounds for suffix in get_domain(name).suffixes)
                   for sounds in (True, False))  # fmt: skip
    translate = QCoreApplication.translate
    filters = (
        (translate("Folders", "Music and text"), {**music, **text}), (translate("Folders", "Music"), music),
        (translate("Folders", "Text"), text), (translate("Folders", "All files"), ("*",)),
    )  # fmt: skip
    return ";;".join(f"{name} ({' '.join(suffixes)})" for name, suffixes in filters)


def choose_files(parent: QWidget, settings: Settings, use: str, title: str, kinds: str = "") -> list[str]:
    """Files to be opened; ``use``: "songs", "projects" …, under which the folder is remembered, ``kinds``: as Qt has filters,
    otherwise those of all songs and texts."""
    return _remembered(settings, use, ask(parent, title, _folder(settings, use), kinds or songs_and_texts()))


def choose_file(parent: QWidget, settings: Settings, use: str, title: str, kinds: str = "", now: str = "") -> str:
    """One file to be opened, "" for none; ``now``: the one that is chosen."""
    return "".join(_remembered(settings, use, ask(parent, title, now or _folder(settings, use), kinds, Mode.ExistingFile)))


def choose_place(parent: QWidget, settings: Settings, use: str, title: str, kinds: str, name: str) -> str:
    """Where a file is to be written, "" for nowhere; ``name``: what it is called unless another name is typed. That a file which
    is there shall be replaced has been asked then."""
    folder = _folder(settings, use) or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return "".join(_remembered(settings, use, ask(parent, title, str(Path(folder, name)), kinds, Mode.AnyFile)))


def choose_folder(parent: QWidget, settings: Settings, use: str, title: str, now: str = "") -> str:
    """A folder, "" for none; ``now``: the one that is chosen, or where to begin when none has been yet."""
    found = "".join(ask(parent, title, _folder(settings, use) or now, mode=Mode.Directory))
    if found:
        settings["folders"] = {**settings["folders"], use: found}
    return found


def recent_projects(settings: Settings) -> list[Path]:
    """The files of the projects that were open last, as far as they are there."""
    return [path for path in map(Path, filter(None, map(str, settings["projects"]))) if path.is_file()][:_RECENT]


def _folder(settings: Settings, use: str) -> str:
    found = settings["folders"].get(use)
    return found if isinstance(found, str) and Path(found).is_dir() else ""


def _remembered(settings: Settings, use: str, files: list[str]) -> list[str]:
    if files and files[0]:
        settings["folders"] = {**settings["folders"], use: str(Path(files[0]).parent)}
    return files
