"""A model on disk: a folder of ``model.safetensors``, ``manifest.json``, the tokenizer and ``card.md``.

Nothing here unpickles. The manifest is checked before a model is built, and the header of the weights (names, types, shapes)
against that model before memory is taken for them, so a foreign or damaged folder costs a sentence and no more.
"""

from __future__ import annotations

import dataclasses
import os
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch.overrides import TorchFunctionMode

from genstudio.config import with_bottleneck
from genstudio.errors import ConfigError, FileError, ModelError, TokenizerError
from genstudio.files import decode_json, opened, read_bytes, write_bytes, write_json, write_text
from genstudio.models.manifest import FORMAT, Manifest, read_manifest
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE
from genstudio.tokens import Tokenizer

__all__ = ["load_model", "pack_model", "read_words", "save_model", "write_words"]

ATTRIBUTES = "attributes.safetensors"
"""What :mod:`genstudio.models.attributes` keeps beside the weights."""
WORDS = "words.txt"
"""The words of the training data, one a line, of a model of text."""
NOTICE = "NOTICE.md"
"""Notices that licences of the data ask for."""
MOST_ATTRIBUTES = 64_000_000
"""Bytes of the largest file of attributes."""
_MOST_WORDS = 10_000_000
_MOST_PARAMETERS = 2_000_000_000


def save_model(folder: Path, model: SequenceVAE, tokenizer: Tokenizer, about: Mapping[str, Any], card: str | None = None) -> None:
    """Write a model folder, each file whole or not at all, the manifest last.

    Args:
        about: further entries of the manifest: domain, phrase, preset, training configuration, metrics …
        card: text of the model card; None leaves the card that is there.
    """
    folder = Path(folder)
    spec = dataclasses.asdict(model.spec)
    del spec["advance"]  # it is the tokenizer's
    tokenizer.save(folder / "tokenizer")
    weights = {name: value.detach().contiguous().cpu() for name, value in model.state_dict().items()}
    for name in shared_names(model):
        weights.pop(name, None)
    write_bytes(folder / "model.safetensors", save(weights, metadata={"format": "pt"}))
    if card is not None:
        write_text(folder / "card.md", card)
    write_json(folder / "manifest.json", {"format": FORMAT, "model": spec, "tokenizer_digest": tokenizer.digest, **about})


def pack_model(folder: Path, out: Path) -> None:
    """Write the model of ``folder`` into the new folder ``out``: what is needed to use it, with weights in half precision.

    Half precision keeps 11 bits of each weight; what a model decodes changes by no more than the choice of another processor
    would change it.

    Raises:
        ModelError: ``folder`` holds no whole model, or ``out`` holds something already.
    """
    folder, out = Path(folder), Path(out)
    model, tokenizer, manifest = load_model(folder)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ModelError("{out} exists already; choose a new folder for the packed model.", out=out)
    if not all(bool(torch.isfinite(value.half()).all()) for value in model.parameters()):
        raise ModelError("the weights of {folder} are too large for half precision; copy the folder as it is.", folder=folder)
    about = {key: value for key, value in manifest.items() if key not in ("format", "model", "tokenizer_digest")}
    # All is read before anything is written.
    kept = {ATTRIBUTES: read_bytes(folder / ATTRIBUTES, MOST_ATTRIBUTES)} if about.get("attributes") else {}
    kept |= {name: read_bytes(folder / name, _MOST_WORDS) for name in (WORDS, NOTICE) if (folder / name).exists()}
    for name, data in kept.items():
        write_bytes(out / name, data)
    save_model(out, model.half(), tokenizer, about)


def write_words(folder: Path, words: Iterable[str]) -> None:
    """Keep the words of the training data with a model; where there are none nothing is written."""
    told = "\n".join(sorted(set(words)))
    if told:
        write_text(Path(folder) / WORDS, told + "\n")


def read_words(folder: Path) -> list[str]:
    """The words of the training data that are kept with a model; none where it keeps none.

    Raises:
        ModelError: the file is there and is not text.
    """
    path = folder / WORDS
    if not path.exists():
        return []
    try:
        return read_bytes(path, _MOST_WORDS).decode("utf-8").split()
    except (FileError, ValueError) as error:
        raise ModelError(
            "the words of {folder} cannot be read ({why}); remove {path}, or train the model again.",
            folder=folder,
            why=str(error).rstrip("."),
            path=path,
        ) from error


def shared_names(model: SequenceVAE) -> list[str]:
    """Names of parameters that are another one under a second name (tied weights); they are stored once."""
    seen: set[int] = set()
    twice = []
    for name, parameter in model.named_parameters(remove_duplicate=False):
        if id(parameter) in seen:
            twice.append(name)
        seen.add(id(parameter))
    return twice


def load_model(folder: Path) -> tuple[SequenceVAE, Tokenizer, Manifest]:
    """Model (evaluation mode, on the CPU), tokenizer and manifest of a folder.

    Raises:
        ModelError: a part is missing, damaged or does not fit the others.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    try:
        tokenizer = Tokenizer.load(folder / "tokenizer")
    except TokenizerError as error:
        raise ModelError("the model {folder} cannot be used: {reason}", folder=folder, reason=error) from error
    if tokenizer.digest != manifest["tokenizer_digest"]:
        raise ModelError(
            "the tokenizer in {folder} is not the one that the model was trained with; copy the model again.", folder=folder
        )
    values = with_bottleneck(manifest["model"])
    values["advance"] = tuple(int(step) for step in tokenizer.layout.advance)
    layout = (tokenizer.vocab_size, tokenizer.layout.separator, tokenizer.layout.phases, tokenizer.domain)
    if (values["vocab_size"], values["separator"], values["phases"], manifest["domain"]) != layout:
        raise ModelError("the tokenizer in {folder} does not fit the model; copy the model again.", folder=folder)
    path = folder / "model.safetensors"
    try:
        spec = ModelSpec(**values)
        with torch.device("meta"), _Uninitialised():
            empty = SequenceVAE(spec)
        if sum(parameter.numel() for parameter in empty.parameters()) > _MOST_PARAMETERS:
            raise ModelError(
                "the manifest of {folder} describes a model of over {most_parameters} numbers; it may be damaged.",
                folder=folder,
                most_parameters=_MOST_PARAMETERS,
            )
        shared = set(shared_names(empty))
        expected = {name: tuple(value.shape) for name, value in empty.state_dict().items() if name not in shared}
        # Language models were once kept with the encoder that they do not use.
        left_out = tuple(f"core.{name}." for name in empty.core.encoder_parts) if spec.bottleneck == "none" else ()
        found = {name: shape for name, shape in _header(path).items() if not left_out or not f"{name}.".startswith(left_out)}
        if found != expected:
            odd = sorted(set(found.items()) ^ set(expected.items()))[0][0]
            raise ModelError(
                "the weights in {folder} do not fit its manifest (first difference: {odd}); copy the model again.",
                folder=folder,
                odd=odd,
            )
        with _Uninitialised():
            model = SequenceVAE(spec)
        weights = load_file(path)
        if any(not torch.isfinite(value).all() for value in weights.values()):
            raise ModelError(
                "the weights in {folder} hold values that are not numbers; copy or train the model again.", folder=folder
            )
        model.load_state_dict({name: value.float() for name, value in weights.items()}, strict=False)
    except (FileError, SafetensorError, OSError, ValueError) as error:
        raise ModelError(
            "the weights of {folder} are missing or damaged ({why}); copy or train the model again.",
            folder=folder,
            why=str(error).rstrip("."),
        ) from error
    except ConfigError as error:
        raise ModelError(
            "the manifest of {folder} describes no model that this GenStudio knows ({why}).",
            folder=folder,
            why=str(error).rstrip("."),
        ) from error
    return model.eval(), tokenizer, manifest


class _Uninitialised(TorchFunctionMode):
    """Leaves out torch.nn.init while a model is built whose weights are loaded next; on the meta device it would also load
    torch's compiler, which takes longer than everything else here."""

    def __torch_function__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        kwargs = kwargs or {}
        if getattr(func, "__module__", None) == "torch.nn.init":
            return kwargs.get("tensor", args[0] if args else None)
        return func(*args, **kwargs)


class _Entry(TypedDict, total=False):
    dtype: str
    shape: list[int]


def _header(path: Path) -> dict[str, tuple[int, ...]]:
    """Names and shapes in a safetensors file, from its header alone.

    Raises:
        ValueError, OSError: it is not such a file.
    """
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        start = file.read(8)
        if len(start) < 8:
            raise ValueError("the file ends before its header")
        (length,) = struct.unpack("<Q", start)
        if length > min(size - 8, 10_000_000):
            raise ValueError("its header is longer than the file")
        header = decode_json(file.read(length), dict[str, _Entry])
    shapes = {}
    for name, entry in header.items():
        if name != "__metadata__":
            if "shape" not in entry or entry.get("dtype") not in ("F32", "F16", "BF16"):
                raise ValueError(f"{name} is no tensor of floats")
            shapes[name] = tuple(entry["shape"])
    return shapes
