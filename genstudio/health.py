"""What works on this machine, for ``genstudio doctor``."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from genstudio import paths
from genstudio.errors import GenStudioError

__all__ = ["examine"]

# Package, what it is for, and its distribution on PyPI.
_PACKAGES = (
    ("torch", "the models", "torch"),
    ("safetensors", "model files", "safetensors"),
    ("accelerate", "training", "accelerate"),
    ("sentencepiece", "tokens", "sentencepiece"),
    ("symusic", "reading MIDI", "symusic>=0.5.8,<0.6"),
    ("pretty_midi", "writing MIDI", "pretty_midi"),
    ("sacrebleu", "BLEU", "sacrebleu"),
)


def examine() -> list[dict[str, Any]]:
    """One entry a check: ``name``, ``ok``, ``detail`` and, where something is missing, ``fix``, the command that mends it."""
    checks: list[dict[str, Any]] = [_python()]
    checks += [_package(*item) for item in _PACKAGES]
    checks += [_try("processor", _processor), _try("models", _models), _try("own folder", _own_folder), _try("library", _library),
               _try("temporary files", _temporary), _try("round trip", _round_trip)]
    return checks


def _entry(name: str, ok: bool, detail: str, fix: str = "") -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail, "fix": fix}


def _python() -> dict[str, Any]:
    fine = sys.version_info >= (3, 10)
    return _entry("Python", fine, platform.python_version(), "" if fine else "install Python 3.10 or later")


def _package(module: str, purpose: str, distribution: str) -> dict[str, Any]:
    try:
        importlib.import_module(module)
        version = importlib.metadata.version(module)
    except ImportError as error:
        return _entry(module, False, f"needed for {purpose}: {error}", f'pip install "{distribution}"')
    return _entry(module, True, f"{version}, for {purpose}")


def _try(name: str, check: Callable[[], tuple[bool, str, str]]) -> dict[str, Any]:
    try:
        return _entry(name, *check())
    except (GenStudioError, OSError, ImportError, RuntimeError) as error:
        return _entry(name, False, str(error), "install GenStudio again")


def _processor() -> tuple[bool, str, str]:
    import torch

    threads = torch.get_num_threads()
    if torch.cuda.is_available():
        return True, f"GPU {torch.cuda.get_device_name(0)}; {threads} CPU threads", ""
    return True, f"no GPU, {threads} CPU threads ({torch.backends.cpu.get_cpu_capability()})", ""


def _models() -> tuple[bool, str, str]:
    from genstudio.models.manifest import read_manifest

    found = paths.installed_models()
    for folder in found.values():
        read_manifest(folder)
    fix = "" if found else "install GenStudio again, or train a model with 'genstudio train'"
    return bool(found), ", ".join(found) or f"none in {paths.checkpoints()}", fix


def _own_folder() -> tuple[bool, str, str]:
    folder = paths.home()
    place = folder
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        return False, f"{folder} cannot be written", "set GENSTUDIO_HOME to a folder that can be written"
    free = shutil.disk_usage(place).free
    return free > 200e6, f"{folder}, {free / 1e9:.1f} GB free", "" if free > 200e6 else "free some space on that disk"


def _library() -> tuple[bool, str, str]:
    from genstudio.library import examine as look

    found = look()
    count = f"{found.pieces:,} {'piece' if found.pieces == 1 else 'pieces'}, " if found.ok and found.exists else ""
    fix = "" if found.ok else "genstudio history repair" if found.damaged else "install the newest GenStudio"
    return found.ok, f"{found.path}: {count}{found.detail}", fix


def _temporary() -> tuple[bool, str, str]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "check").write_bytes(b"x")
        return True, str(Path(folder).parent), ""


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
