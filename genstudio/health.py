"""What works on this machine, what is missing, and the command that installs it."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from typing import Any

from genstudio import paths
from genstudio.errors import GenStudioError
from genstudio.models.manifest import read_manifest

__all__ = ["LIBRARIES", "examine"]

# Name to import, name to install, what it is for.
LIBRARIES = (
    ("accelerate", "accelerate", "training on one processor or many"),
    ("charset_normalizer", "charset-normalizer", "encodings of text files"),
    ("mido", "mido", "damaged and unusual MIDI files"),
    ("music21", "music21", "MusicXML"),
    ("numpy", "numpy", "arrays"),
    ("platformdirs", "platformdirs", "the place of your own models"),
    ("pretty_midi", "pretty_midi", "writing MIDI"),
    ("rich", "rich", "progress bars"),
    ("sacrebleu", "sacrebleu", "measures of text"),
    ("safetensors", "safetensors", "model files"),
    ("sentencepiece", "sentencepiece", "tokens"),
    ("symusic", "symusic", "reading MIDI"),
    ("torch", "torch", "the models"),
)


def examine() -> list[dict[str, Any]]:
    """Every check as ``{"name", "ok", "detail", "fix"}``; ``fix`` is a command or a sentence, "" where nothing is missing."""
    checks = [_check("Python", _python, "")]
    for module, package, purpose in LIBRARIES:
        fix = f"{_interpreter()} -m pip install {package}"
        checks.append(_check(module, partial(_library, module, purpose), fix))
    checks.append(_check("processor", _processor, f"{_interpreter()} -m pip install torch"))
    checks.append(_check("sample songs", _samples, "install GenStudio again, or run it from a whole checkout"))
    checks.append(_check("models", _models, "install GenStudio again, or train one: genstudio train --help"))
    checks.append(_check("your own folder", _home, "set GENSTUDIO_HOME to a folder that you may write to"))
    return checks


def _check(name: str, look: Callable[[], str], fix: str) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "detail": look(), "fix": ""}
    except Exception as error:  # a broken library may raise anything at all when it is loaded
        detail = " ".join(str(error).split()) or type(error).__name__
        return {"name": name, "ok": False, "detail": detail[:300], "fix": fix}


def _interpreter() -> str:
    return f'"{sys.executable}"' if " " in sys.executable else sys.executable or "python"


def _python() -> str:
    return f"{platform.python_version()} at {sys.executable}"  # an older one than 3.10 does not come so far


def _library(module: str, purpose: str) -> str:
    # Loading it is the check: a package can be there and not work, for want of a system library or of a fitting processor.
    loaded = importlib.import_module(module)
    version = getattr(loaded, "__version__", None)
    if version is None:
        version = importlib.metadata.version(module)
    return f"{version}, for {purpose}"


def _processor() -> str:
    torch = importlib.import_module("torch")
    said = f"{torch.get_num_threads()} threads of {os.cpu_count()} processors"
    if torch.cuda.is_available():
        return f"{torch.cuda.get_device_name(0)}; {said}"
    return f"{said}; no GPU, which is fine for these models"


def _samples() -> str:
    folder = paths.resources() / "songs"
    songs = sorted(path.name for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    if not songs:
        raise GenStudioError(f"there are none in {folder}")
    return f"{len(songs)} in {folder}"


def _models() -> str:
    installed = paths.installed_models()
    if not installed:
        raise GenStudioError(f"there is none in {paths.checkpoints()} or {paths.user_models()}")
    for folder in installed.values():
        read_manifest(folder)
    return ", ".join(installed)


def _home() -> str:
    folder = paths.home()
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise GenStudioError(f"cannot write to {folder}: {error.strerror or error}") from error
    return str(folder)
