"""The packages that GenStudio uses, and the command that installs missing ones.

The table repeats that of pyproject.toml, which an installed program cannot read; a test compares the two. The command names the
packages and the running interpreter: so it works however GenStudio was installed, and cannot install another project of that name.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Mapping

__all__ = ["BASE", "EXTRAS", "distribution", "install_command"]

BASE: Mapping[str, str] = {
    "accelerate": "accelerate>=1.0,<2",
    "charset_normalizer": "charset-normalizer>=3.3,<4",
    "filelock": "filelock>=3.30,<5",
    "numpy": "numpy>=1.26,<3",
    "platformdirs": "platformdirs>=4.2,<5",
    "msgspec": "msgspec>=0.20,<1",
    "pretty_midi": "pretty_midi>=0.2.10,<0.3",
    "rapidfuzz": "rapidfuzz>=3.9,<4",
    "rich": "rich>=13.7,<16",
    "sacrebleu": "sacrebleu>=2.4,<3",
    "safetensors": "safetensors>=0.4.5,<1",
    "sentencepiece": "sentencepiece>=0.2.3,<0.3",
    "soundfile": "soundfile>=0.12,<0.15",
    "torch": "torch>=2.4,<3",
}
"""Module and requirement of each package that GenStudio always needs."""

EXTRAS: Mapping[str, Mapping[str, str]] = {
    "augment": {"sklearn": "scikit-learn>=1.5,<2"},
    "gui": {"PySide6": "PySide6==6.11.3", "pyqtgraph": "pyqtgraph>=0.13.7,<0.15", "rtmidi": "python-rtmidi>=1.5,<2"},
    "map": {"umap": "umap-learn>=0.5.7,<0.6"},
    "score": {
        "reportlab": "reportlab>=4.4.3,<6",
        "resvg_py": "resvg_py>=0.5,<0.6",
        "svglib": "svglib>=2,<3",
        "verovio": "verovio>=5,<7",
    },
    "series": {"pyarrow": "pyarrow>=17,<27"},
}
"""Module and requirement of each further package that a part of the program needs."""


def install_command(*names: str) -> str:
    """The command that installs missing packages, for the shell of any system.

    Args:
        names: modules, or names of :data:`EXTRAS`, which stand for all modules of that extra. If none of them is missing (one is
            installed but cannot be loaded), the command installs all of them again.

    Returns:
        The command. In a bundle, which has no Python that could install anything: what to do instead.
    """
    if getattr(sys, "frozen", False):
        return "take the edition of GenStudio for Python, to which packages can be added"
    wanted: dict[str, str] = {}
    for name in names:
        wanted.update(EXTRAS[name] if name in EXTRAS else {name: _requirements()[name]})
    missing = [requirement for module, requirement in wanted.items() if not _is_there(module)]
    again = [] if missing else ["--force-reinstall"]
    words = [sys.executable or "python", "-m", "pip", "install", *again, *(missing or wanted.values())]
    return " ".join(f'"{word}"' if re.search(r"[^\w./\\:+-]", word) else word for word in words)


def distribution(module: str) -> str:
    """The name on the package index of the package with a module of the table."""
    return re.split(r"[=<>~!]", _requirements()[module], maxsplit=1)[0]


def _requirements() -> dict[str, str]:
    found = dict(BASE)
    for extra in EXTRAS.values():
        found.update(extra)
    return found


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
