"""The manifest of a model folder, read and checked without torch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from genstudio.errors import FileError, ModelError
from genstudio.files import read_json, write_json

__all__ = ["FORMAT", "read_manifest", "update_manifest"]

FORMAT = 1
_LARGEST = {"vocab_size": 1_000_000, "segments": 4096, "phases": 65536, "longest": 1_000_000}
_LONGEST_PHRASE = 4096


def update_manifest(folder: Path, entries: Mapping[str, Any]) -> None:
    """Replace or add entries of a model's manifest."""
    write_json(Path(folder) / "manifest.json", {**read_manifest(folder), **entries})


def read_manifest(folder: Path) -> dict[str, Any]:
    """The checked manifest of a model folder.

    Raises:
        ModelError: there is none, it is damaged, or of a later format.
    """
    path = Path(folder) / "manifest.json"
    if not path.is_file():
        raise ModelError(f"{folder} is not a model folder: it has no manifest.json; give a folder that a training made.")
    try:
        manifest = read_json(path)
    except FileError as error:
        raise ModelError(f"the model {folder} is damaged: {error}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise ModelError(f"the model {folder} is damaged: its manifest names no format; copy or train it again.")
    if manifest["format"] > FORMAT:
        raise ModelError(f"the model {folder} was made by a later GenStudio (format {manifest['format']}); update GenStudio.")
    spec = manifest.get("model")
    if not isinstance(spec, dict) or not isinstance(spec.get("core_options"), dict) or not isinstance(spec.get("core"), str):
        raise ModelError(f"the model {folder} is damaged: its manifest does not describe a model; copy or train it again.")
    for name, most in _LARGEST.items():
        value = spec.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise ModelError(f"the model {folder} is damaged: {name} is {value!r}, expected 1 to {most}; copy it again.")
    for name, kind in (("domain", str), ("phrase", dict), ("tokenizer_digest", str)):
        if not isinstance(manifest.get(name), kind):
            raise ModelError(f"the model {folder} is damaged: its manifest lacks {name!r}; copy or train it again.")
    for name in ("length", "shortest"):
        value = manifest["phrase"].get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LONGEST_PHRASE:
            expected = f"expected 0 to {_LONGEST_PHRASE}"
            raise ModelError(f"the model {folder} is damaged: phrase.{name} is {value!r}, {expected}; copy it again.")
    return manifest
