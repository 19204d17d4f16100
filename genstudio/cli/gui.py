"""Open the desktop studio, a window for everything that GenStudio can do.

Files are opened as if they were dropped into it. 'genstudio' alone opens it too."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

from genstudio.cli._parser import choice
from genstudio.cli._session import Session
from genstudio.errors import ConfigError, GenStudioError
from genstudio.packages import install_command

HELP = "open the desktop studio"

PAGES = ("home", "create", "map", "corpus", "train", "models", "library")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    files = "a project, songs, sentences, a model, or a folder to build a corpus from"
    parser.add_argument("files", nargs="*", metavar="FILE", help=files)
    parser.add_argument("--page", type=choice(*PAGES), metavar="|".join(PAGES), help="the page to open first")
    parser.add_argument("--theme", type=choice("system", "light", "dark"), metavar="system|light|dark", help="colours")
    parser.add_argument("--language", type=choice("system", "en", "zh_CN"), metavar="system|en|zh_CN", help="its language")
    parser.add_argument("--desktop-entry", action="store_true", help="add it to the menu of the desktop (Linux), and exit")
    parser.add_argument("--tour", metavar="DIR", help="write a picture of every page, in both themes and languages, and exit")


def why_not(*, platform: bool = True) -> str:
    """A sentence that says why no window can be opened here and what to do; "" where one can.

    Args:
        platform: accept a platform of Qt that needs no display (``QT_QPA_PLATFORM``).
    """
    if importlib.util.find_spec("PySide6") is None:
        return f"the desktop studio needs PySide6; install it: {install_command('gui')}"
    if not has_display(platform=platform):
        return "there is no display here; start the studio on a desktop, or set DISPLAY or WAYLAND_DISPLAY."
    return ""


def has_display(*, platform: bool = True) -> bool:
    """Whether windows can be shown: on a desktop, or, with ``platform``, on a platform of Qt that needs no display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", *(["QT_QPA_PLATFORM"] if platform else [])))


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if args.desktop_entry:
        from genstudio.gui import desktop

        return {"files": desktop.install()}
    if args.tour and not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # pictures need no display
    reason = why_not()
    if reason:
        raise ConfigError(reason)
    from genstudio.health import missing_for_window

    missing = missing_for_window()
    if missing:
        raise GenStudioError(f"the window cannot be opened: {'; '.join(missing)}")
    from genstudio.gui import app

    if args.tour:
        from genstudio.gui.tour import tour

        status = tour(app.application(), Path(args.tour))
    else:
        status = app.run(args.files, page=args.page or "", theme=args.theme or "", language=args.language or "")
    if status:
        raise GenStudioError(f"the studio has ended with the status {status}; 'genstudio doctor' says what may be missing.")
    return {"tour": args.tour} if args.tour else {"closed": True}


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    if "files" in result:
        session.out(f"the studio is in the menu of the desktop now: {result['files'][0]}")
    elif "tour" in result:
        session.out(f"pictures are in {result['tour']}")
