"""The dialogs of the system for files and folders. They begin where files of the same use were chosen last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from genstudio.gui.settings import Settings

__all__ = ["choose_file", "choose_files", "choose_folder", "choose_place", "recent_projects"]

_RECENT = 8


def choose_files(parent: QWidget, settings: Settings, use: str, title: str, kinds: str = "") -> list[str]:
    """Files to be opened; ``use``: "songs", "projects" …, under which the folder is remembered, ``kinds``: as Qt has filters."""
    found, _ = QFileDialog.getOpenFileNames(parent, title, _folder(settings, use), kinds)
    return _remembered(settings, use, list(found))


def choose_file(parent: QWidget, settings: Settings, use: str, title: str, kinds: str = "", now: str = "") -> str:
    """One file to be opened, "" for none; ``now``: the one that is chosen."""
    found, _ = QFileDialog.getOpenFileName(parent, title, now or _folder(settings, use), kinds)
    return "".join(_remembered(settings, use, [found]))


def choose_place(parent: QWidget, settings: Settings, use: str, title: str, kinds: str, name: str) -> str:
    """Where a file is to be written, "" for nowhere; ``name``: what it is called unless another name is typed. That a file which
    is there shall be replaced has been asked then."""
    found, _ = QFileDialog.getSaveFileName(parent, title, str(Path(_folder(settings, use), name)), kinds)
    return "".join(_remembered(settings, use, [found]))


def choose_folder(parent: QWidget, settings: Settings, use: str, title: str, now: str = "") -> str:
    """A folder, "" for none; ``now``: the one that is chosen, or where to begin when none has been yet."""
    found = QFileDialog.getExistingDirectory(parent, title, _folder(settings, use) or now)
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
