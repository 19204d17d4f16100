"""GenStudio: compose music and write text in the latent space of sequence VAEs.

::

    import genstudio

    model = genstudio.load("folk-melody-16bar")
    model.interpolate("a.mid", "b.mid", steps=9)

Names are loaded when they are first used, so that ``import genstudio`` is fast.
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
    from genstudio.health import examine as doctor
    from genstudio.latent import Model, Pieces, again, load, nearest
    from genstudio.library import Library
    from genstudio.progress import Progress, Stop
    from genstudio.tasks.attributes import learn_attributes
    from genstudio.tasks.augment import augment
    from genstudio.tasks.compare import compare
    from genstudio.tasks.corpus import build_corpus
    from genstudio.tasks.evaluate import evaluate
    from genstudio.tasks.export import export, trace
    from genstudio.tasks.map import make_map
    from genstudio.tasks.models import list_models, model_card, pack
    from genstudio.tasks.prior import fit_prior
    from genstudio.tasks.train import train, train_config, training_history

__version__ = "0.1.0"

__all__ = [
    "ConfigError",
    "CorpusError",
    "DamagedFileError",
    "DrumPattern",
    "FileError",
    "GenStudioError",
    "InputError",
    "Library",
    "Melody",
    "Model",
    "ModelError",
    "Passage",
    "Pieces",
    "Progress",
    "Stop",
    "Stopped",
    "TokenizerError",
    "__version__",
    "again",
    "augment",
    "build_corpus",
    "compare",
    "doctor",
    "evaluate",
    "export",
    "fit_prior",
    "learn_attributes",
    "list_models",
    "load",
    "make_map",
    "model_card",
    "nearest",
    "pack",
    "trace",
    "train",
    "train_config",
    "training_history",
]

# The module of each name, with its name there after a colon if that differs.
_HOMES = {
    **dict.fromkeys(
        (
            "ConfigError", "CorpusError", "DamagedFileError", "FileError", "GenStudioError", "InputError", "ModelError", "Stopped",
            "TokenizerError",
        ),
        "errors",
    ),
    **dict.fromkeys(("Model", "Pieces", "again", "load", "nearest"), "latent"),
    **dict.fromkeys(("Progress", "Stop"), "progress"),
    **dict.fromkeys(("export", "trace"), "tasks.export"),
    **dict.fromkeys(("list_models", "model_card", "pack"), "tasks.models"),
    **dict.fromkeys(("train", "train_config", "training_history"), "tasks.train"),
    "DrumPattern": "domains.drums",
    "Library": "library",
    "Melody": "domains.melody",
    "Passage": "domains.text",
    "augment": "tasks.augment",
    "build_corpus": "tasks.corpus",
    "compare": "tasks.compare",
    "doctor": "health:examine",
    "evaluate": "tasks.evaluate",
    "fit_prior": "tasks.prior",
    "learn_attributes": "tasks.attributes",
    "make_map": "tasks.map",
}  # fmt: skip

# The operations on the latent space, as functions that write files: one module each, of the same name.
OPERATION_NAMES = {one.name for one in pkgutil.iter_modules([str(Path(__path__[0], "latent", "operations"))]) if one.name != "base"}

__all__ += OPERATION_NAMES
__all__.sort()

processors.settle()


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        module, _, original = _HOMES[name].partition(":")
        value = getattr(importlib.import_module(f"genstudio.{module}"), original or name)
    elif name in OPERATION_NAMES:
        value = importlib.import_module("genstudio.latent.operations").WRITERS[name]
    else:
        raise AttributeError(f"module 'genstudio' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
