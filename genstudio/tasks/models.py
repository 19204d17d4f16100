"""List installed models, read their cards, and pack copies of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from genstudio import paths
from genstudio.errors import FileError, ModelError
from genstudio.files import read_bytes
from genstudio.tasks.base import PathLike
from genstudio.tasks.map import carry_map
from genstudio.tasks.train import LARGEST_CARD, read_text

__all__ = ["list_models", "model_card", "pack"]


def list_models() -> list[dict[str, Any]]:
    """List the installed models.

    Returns:
        For each model ``name``, ``folder``, ``domain``, ``preset``, ``phrase``, ``core``, ``bytes`` and ``metrics``; of one that
        its owner has named ``title``, and of a model of scores ``parts``, what each part is for; for a damaged one ``name``,
        ``folder`` and ``error``.
    """
    from genstudio.domains import get_domain
    from genstudio.models.manifest import read_manifest

    found: list[dict[str, Any]] = []
    for name, folder in paths.installed_models().items():
        try:
            manifest = read_manifest(folder)
        except ModelError as error:
            found.append({"name": name, "folder": str(folder), "error": str(error)})
            continue
        kept = (file for file in folder.rglob("*") if file.relative_to(folder).parts[0] not in ("training", "prior"))
        size = sum(file.stat().st_size for file in kept if file.is_file())
        found.append(
            {
                "name": name,
                "folder": str(folder),
                "domain": manifest["domain"],
                "preset": str(manifest.get("preset", "")),
                "phrase": manifest["phrase"],
                "core": manifest["model"]["core"],
                "bytes": size,
                "metrics": manifest.get("metrics", {}),
            }
        )
        if title := manifest.get("title", ""):
            found[-1]["title"] = title
        if lineup := manifest.get("lineup", ""):
            domain = get_domain(manifest["domain"])
            found[-1]["parts"] = domain.roles(domain.from_symbols(lineup))
    return found


def model_card(model: PathLike) -> str:
    """The text of the card of a model.

    Raises:
        ModelError: there is no such model, or it has no card.
    """
    folder = paths.find_model(model)
    try:
        return read_bytes(folder / "card.md", LARGEST_CARD).decode("utf-8")
    except (FileError, ValueError) as error:
        raise ModelError("the model {name} has no readable card ({why}).", name=folder.name, why=str(error).rstrip(".")) from error


def pack(model: PathLike, out: PathLike, *, about: PathLike | None = None) -> dict[str, Any]:
    """Copy a model to the new folder ``out`` without its training state and in half precision, to keep it or to pass it on.

    Args:
        about: a text file for the card (the data, their credits and licences, limits); None: the text that the model has.

    Returns:
        ``model``, ``folder`` and ``bytes`` of the copy.

    Raises:
        ModelError: there is no such model, it is damaged, or ``out`` is not empty.
    """
    from genstudio.models.card import write_card
    from genstudio.models.checkpoint import pack_model

    text = read_text(about)
    folder = paths.find_model(model)
    pack_model(folder, Path(out))
    carry_map(folder, Path(out))
    write_card(Path(out), about=text)
    size = sum(file.stat().st_size for file in Path(out).rglob("*") if file.is_file())
    return {"model": folder.name, "folder": os.fspath(out), "bytes": size}
