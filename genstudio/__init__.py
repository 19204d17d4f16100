"""GenStudio: latent-space writing and composing.

::

    import genstudio

    model = genstudio.load("folk-melody-16bar")
    model.interpolate("a.mid", "b.mid", steps=9)

Names are loaded when they are first used, so that ``import genstudio`` costs next to nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio import processors

if TYPE_CHECKING:
    from genstudio.domains.drums import DrumPattern
    from genstudio.domains.melody import Melody
    from genstudio.domains.text import Passage
    from genstudio.errors import (
        ConfigError,
        CorpusError,
        DamagedFileError,
        FileError,
        GenStudioError,
        InputError,
        ModelError,
        Stopped,
        TokenizerError,
    )
    from genstudio.latent import again, load, nearest
    from genstudio.library import Library
    from genstudio.progress import Progress, Stop
    from genstudio.studio import build_corpus, doctor, evaluate, export, trace, train
    from genstudio.studio import models as list_models

__version__ = "0.1.0"

# Where a name lives, and what it is called there if it is called otherwise: `models` is a package of this one.
_HOMES = {
    **dict.fromkeys(
        (
            "ConfigError", "CorpusError", "DamagedFileError", "FileError", "GenStudioError", "InputError", "ModelError", "Stopped",
            "TokenizerError",
        ),
        "errors",
    ),
    "DrumPattern": "domains.drums",
    "Library": "library",
    "Melody": "domains.melody",
    "Passage": "domains.text",
    "Progress": "progress",
    "Stop": "progress",
    "again": "latent",
    "build_corpus": "studio",
    "doctor": "studio",
    "evaluate": "studio",
    "export": "studio",
    "list_models": "studio:models",
    "load": "latent",
    "nearest": "latent",
    "trace": "studio",
    "train": "studio",
}  # fmt: skip

# The operations on the latent space, as functions that write files: one module each, of the same name.
_OPERATIONS = {one.name for one in pkgutil.iter_modules([str(Path(__path__[0], "latent", "operations"))]) if one.name != "base"}

__all__ = sorted({"__version__", *_HOMES, *_OPERATIONS})

processors.settle()


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        module, _, original = _HOMES[name].partition(":")
        value = getattr(importlib.import_module(f"genstudio.{module}"), original or name)
    elif name in _OPERATIONS:
        value = importlib.import_module("genstudio.latent.operations").WRITERS[name]
    else:
        raise AttributeError(f"module 'genstudio' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
