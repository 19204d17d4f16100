"""GenStudio: latent-space writing and composing.

::

    import genstudio

    model = genstudio.load("folk-melody-16bar")
    model.interpolate("a.mid", "b.mid", steps=9)

Names are loaded when they are first used, so that ``import genstudio`` costs next to nothing.
"""

from __future__ import annotations

import importlib
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
    from genstudio.library import Library
    from genstudio.progress import Progress, Stop
    from genstudio.studio import (
        analogy,
        blend,
        build_corpus,
        continue_,
        doctor,
        evaluate,
        export,
        fill,
        interpolate,
        load,
        path,
        reconstruct,
        rhythm,
        sample,
        trace,
        train,
        vary,
    )
    from genstudio.studio import models as list_models

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
    "ModelError",
    "Passage",
    "Progress",
    "Stop",
    "Stopped",
    "TokenizerError",
    "__version__",
    "analogy",
    "blend",
    "build_corpus",
    "continue_",
    "doctor",
    "evaluate",
    "export",
    "fill",
    "interpolate",
    "list_models",
    "load",
    "path",
    "reconstruct",
    "rhythm",
    "sample",
    "trace",
    "train",
    "vary",
]

# Where a name lives, and what it is called there. `models` is a package of this one, so the function has another name here.
_HOMES = {
    "DrumPattern": ("domains.drums", "DrumPattern"),
    "Library": ("library", "Library"),
    "Melody": ("domains.melody", "Melody"),
    "Passage": ("domains.text", "Passage"),
    "Progress": ("progress", "Progress"),
    "Stop": ("progress", "Stop"),
    "analogy": ("studio", "analogy"),
    "blend": ("studio", "blend"),
    "build_corpus": ("studio", "build_corpus"),
    "continue_": ("studio", "continue_"),
    "doctor": ("studio", "doctor"),
    "evaluate": ("studio", "evaluate"),
    "export": ("studio", "export"),
    "fill": ("studio", "fill"),
    "interpolate": ("studio", "interpolate"),
    "list_models": ("studio", "models"),
    "load": ("studio", "load"),
    "path": ("studio", "path"),
    "reconstruct": ("studio", "reconstruct"),
    "rhythm": ("studio", "rhythm"),
    "sample": ("studio", "sample"),
    "trace": ("studio", "trace"),
    "train": ("studio", "train"),
    "vary": ("studio", "vary"),
}


processors.settle()


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'genstudio' has no attribute {name!r}")
    module, original = _HOMES.get(name, ("errors", name))
    value = getattr(importlib.import_module(f"genstudio.{module}"), original)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
