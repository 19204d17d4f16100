"""Check what works on this machine, for ``genstudio doctor``."""

from __future__ import annotations

import ctypes
import importlib
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from genstudio import paths
from genstudio.errors import GenStudioError, clause
from genstudio.packages import distribution, install_command

__all__ = ["examine", "missing_for_window"]

# Packages and their purposes.
_PACKAGES = (
    ("torch", "the models"),
    ("safetensors", "model files"),
    ("accelerate", "training"),
    ("sentencepiece", "tokens"),
    ("pretty_midi", "writing MIDI"),
    ("sacrebleu", "BLEU"),
    ("soundfile", "FLAC and Ogg sound"),
    ("verovio", "engraved scores"),
    ("resvg_py", "PNG pictures"),
    ("svglib", "PDF scores"),
    ("PySide6", "the desktop studio"),
    ("pyqtgraph", "curves and maps of the studio"),
)
# Linux libraries that do not come with Qt, and their packages in Debian and Ubuntu: for any window, for windows on X11, and (below)
# for sound.
_QT = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
_XCB = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
_MOVE = "move what is in the way, or set GENSTUDIO_HOME to a folder that can be written"
_AUDIO = (("libpulse.so.0", "libpulse0"),)


def examine(names: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Run the checks of this machine.

    Args:
        names: of the checks to run; by default all.

    Returns:
        An entry for each check: ``name``, ``ok``, ``detail``, and ``fix``, the command or advice that solves the problem, or "".
    """
    checks: dict[str, Callable[[], dict[str, Any]]] = {"Python": _python}
    checks |= {module: partial(_package, module, purpose) for module, purpose in _PACKAGES}
    checks |= {
        name: partial(_try, name, check)
        for name, check in (
            ("window", _window), ("sound of the window", _window_sound), ("processor", _processor), ("models", _models),
            ("own folder", _own_folder), ("library", _library), ("temporary files", _temporary), ("round trip", _round_trip),
            ("sound", _sound),
        )
    }  # fmt: skip
    return [check() for name, check in checks.items() if names is None or name in names]


def _entry(name: str, ok: bool, detail: str, fix: str = "") -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail, "fix": fix}


def _python() -> dict[str, Any]:
    fine = sys.version_info >= (3, 10)
    return _entry("Python", fine, platform.python_version(), "" if fine else "install Python 3.10 or later")


def _package(module: str, purpose: str) -> dict[str, Any]:
    try:
        importlib.import_module(module)
        from importlib import metadata  # late: a start of the window does not wait for it

        version = metadata.version(distribution(module))
    except (ImportError, OSError) as error:  # OSError: a system library that the package loads is missing
        return _entry(module, False, f"needed for {purpose}: {error}", install_command(module))
    return _entry(module, True, f"{version}, for {purpose}")


def _try(name: str, check: Callable[[], tuple[bool, str, str]]) -> dict[str, Any]:
    try:
        return _entry(name, *check())
    except (GenStudioError, OSError, ImportError, RuntimeError) as error:
        # The message of a GenStudioError includes the advice.
        return _entry(name, False, str(error), "" if isinstance(error, GenStudioError) else "install GenStudio again")


def _processor() -> tuple[bool, str, str]:
    import torch

    threads = torch.get_num_threads()
    if torch.cuda.is_available():
        return True, f"GPU {torch.cuda.get_device_name(0)}; {threads} CPU threads", ""
    return True, f"no GPU, {threads} CPU threads ({torch.backends.cpu.get_cpu_capability()})", ""


def _models() -> tuple[bool, str, str]:
    from genstudio.models.manifest import read_manifest

    found = paths.installed_models()
    damaged = []
    for name, folder in found.items():
        try:
            read_manifest(folder)
        except GenStudioError as error:
            own = folder.parent == paths.user_models()
            remedy = f"move {folder} away, or train that model again" if own else "install GenStudio again"
            damaged.append((f"{name}: {clause(error)}", remedy))
    if damaged:
        return False, damaged[0][0], damaged[0][1]
    fix = "" if found else "install GenStudio again, or train a model with 'genstudio train'"
    return bool(found), ", ".join(found) or f"none in {paths.checkpoints()}", fix


def _own_folder() -> tuple[bool, str, str]:
    folder = paths.home()
    trouble = paths.home_trouble()
    if trouble:
        return False, trouble, _MOVE
    place = folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    return free > 200e6, f"{folder}, {free / 1e9:.1f} GB free", "" if free > 200e6 else "free some space on that disk"


def _library() -> tuple[bool, str, str]:
    from genstudio.library import examine as look

    found = look()
    place = found.path.parent
    blocked = not place.exists() and place.is_symlink()
    if blocked or any(above.exists() and not above.is_dir() for above in (place, *place.parents)):
        return False, f"{found.path}: it cannot be made ({clause(paths.home_trouble())})", _MOVE
    count = f"{found.pieces:,} {'piece' if found.pieces == 1 else 'pieces'}, " if found.ok and found.exists else ""
    return found.ok, f"{found.path}: {count}{found.detail}", found.fix


def _temporary() -> tuple[bool, str, str]:
    try:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "check").write_bytes(b"x")
            return True, str(Path(folder).parent), ""
    except OSError as error:
        return False, str(error), "free some space on that disk, or set TMPDIR to a folder that can be written"


def _round_trip() -> tuple[bool, str, str]:
    from genstudio.domains import get_domain

    domain = get_domain("melody")
    piece = domain.read(paths.resource("songs/ode-to-joy.mid")).pieces[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "song.mid"
        domain.write(piece, path)
        same = domain.to_symbols(domain.read(path).pieces[0]) == domain.to_symbols(piece)
    return same, "a bundled song was read, written and read back" + ("" if same else ", and came back changed"), \
        "" if same else "install GenStudio again"


def _sound() -> tuple[bool, str, str]:
    from genstudio.domains import get_domain
    from genstudio.rendering import audio, soundfont

    found = soundfont.find()
    piece = get_domain("melody").read(paths.resource("songs/ode-to-joy.mid")).pieces[0]
    began = time.perf_counter()
    audio.render(piece)
    faster = piece.seconds / max(1e-9, time.perf_counter() - began)
    return True, f"SoundFont {found.name}; a bundled song was rendered {faster:.0f} times as fast as it plays", ""


def missing_for_window() -> list[str]:
    """Clauses on the system libraries that are missing for a window, with the command that installs them; always empty on other
    systems than Linux, where all libraries come with Qt."""
    x11 = bool(os.environ.get("DISPLAY")) and not os.environ.get("QT_QPA_PLATFORM")
    lacking = _lacking(_QT + (_XCB if x11 else ()))
    if not lacking:
        return []
    return [f"{', '.join(name for name, _ in lacking)} missing; on Debian and Ubuntu: {_install(lacking)}"]


def _lacking(libraries: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    if not sys.platform.startswith("linux"):
        return []
    lacking = []
    for library, package in libraries:
        try:
            ctypes.CDLL(library)
        except OSError:
            lacking.append((library, package))
    return lacking


def _install(lacking: list[tuple[str, str]]) -> str:
    return "sudo apt install " + " ".join(package for _, package in lacking)


def _window() -> tuple[bool, str, str]:
    lacking = _lacking(_QT + _XCB)
    if lacking:
        return False, f"the desktop studio needs {', '.join(name for name, _ in lacking)}", _install(lacking)
    if not sys.platform.startswith("linux"):
        return True, "windows can be opened", ""
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return True, f"windows can be opened on {display}" if display else "the libraries for windows are there, but no display", ""


def _window_sound() -> tuple[bool, str, str]:
    lacking = _lacking(_AUDIO)
    if lacking:
        return False, f"playing in the studio needs {', '.join(name for name, _ in lacking)}", _install(lacking)
    return True, "the libraries for playing in the studio are there", ""
