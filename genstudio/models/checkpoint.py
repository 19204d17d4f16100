"""Model folders: ``model.safetensors``, ``manifest.json``, the tokenizer and ``card.md``.

Nothing is unpickled. The manifest is checked before a model is built, and the header of the weights (names, types, shapes) is
checked against that model before memory is allocated for them, so a foreign or damaged folder is refused with one sentence.
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
"""The file of learned attributes, see :mod:`genstudio.models.attributes`."""
WORDS = "words.txt"
"""The words of the training data of a text model, one per line."""
NOTICE = "NOTICE.md"
"""Notices that licences of the training data require."""
MOST_ATTRIBUTES = 64_000_000
"""Size limit of the file of attributes, in bytes."""
_MOST_WORDS = 10_000_000  # bytes
_MOST_PARAMETERS = 2_000_000_000


def save_model(folder: Path, model: SequenceVAE, tokenizer: Tokenizer, about: Mapping[str, Any], card: str | None = None) -> None:
    """Write a model folder, each file atomically, the manifest last.

    Args:
        folder: where to write.
        model: the model.
        tokenizer: its tokenizer.
        about: further entries of the manifest: domain, phrase, preset, training configuration, metrics …
        card: text of the model card; None: an existing card is left as it is.
    """
    folder = Path(folder)
    spec = dataclasses.asdict(model.spec)
    del spec["advance"]  # it is part of the layout of the tokenizer
    tokenizer.save(folder / "tokenizer")
    weights = {name: value.detach().contiguous().cpu() for name, value in model.state_dict().items()}
    for name in shared_names(model):
        weights.pop(name, None)
    write_bytes(folder / "model.safetensors", save(weights, metadata={"format": "pt"}))
    if card is not None:
        write_text(folder / "card.md", card)
    write_json(folder / "manifest.json", {"format": FORMAT, "model": spec, "tokenizer_digest": tokenizer.digest, **about})


def pack_model(folder: Path, out: Path) -> None:
    """Pack a model for distribution: copy what is needed to use it, with weights in half precision.

    Half precision keeps 11 bits of each weight; it changes the decoded pieces no more than another processor would.

    Args:
        folder: the model folder.
        out: a new or empty folder.

    Raises:
        ModelError: ``folder`` is not a complete model, ``out`` is not empty, or a weight is too large for half precision.
    """
    folder, out = Path(folder), Path(out)
    model, tokenizer, manifest = load_model(folder)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ModelError("{out} exists already; choose a new folder for the packed model.", out=out)
    if not all(bool(torch.isfinite(value.half()).all()) for value in model.parameters()):
        raise ModelError("the weights of {folder} are too large for half precision; copy the folder as it is.", folder=folder)
    about = {key: value for key, value in manifest.items() if key not in ("format", "model", "tokenizer_digest")}
    # Everything is read before anything is written.
    kept = {ATTRIBUTES: read_bytes(folder / ATTRIBUTES, MOST_ATTRIBUTES)} if about.get("attributes") else {}
    kept |= {name: read_bytes(folder / name, _MOST_WORDS) for name in (WORDS, NOTICE) if (folder / name).exists()}
    for name, data in kept.items():
        write_bytes(out / name, data)
    save_model(out, model.half(), tokenizer, about)


def write_words(folder: Path, words: Iterable[str]) -> None:
    """Store the distinct words of the training data in a model folder; without words no file is written."""
    text = "\n".join(sorted(set(words)))
    if text:
        write_text(Path(folder) / WORDS, text + "\n")


def read_words(folder: Path) -> list[str]:
    """Read the words of the training data that are stored in a model folder; an empty list where there are none.

    Raises:
        ModelError: the file exists but is not text.
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
    """Names of parameters that are a second name of another parameter (tied weights), which is stored only once."""
    seen: set[int] = set()
    twice = []
    for name, parameter in model.named_parameters(remove_duplicate=False):
        if id(parameter) in seen:
            twice.append(name)
        seen.add(id(parameter))
    return twice


def load_model(folder: Path) -> tuple[SequenceVAE, Tokenizer, Manifest]:
    """Load a model folder: the model (in evaluation mode, on the CPU), its tokenizer and its manifest.

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
        # Earlier versions stored language models with an encoder that they do not use.
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
    """Skip torch.nn.init while a model is built whose weights are loaded afterwards; on the meta device initialisation would also
    import torch's compiler, which takes longer than everything else here."""

    def __torch_function__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        kwargs = kwargs or {}
        if getattr(func, "__module__", None) == "torch.nn.init":
            return kwargs.get("tensor", args[0] if args else None)
        return func(*args, **kwargs)


class _Entry(TypedDict, total=False):
    dtype: str
    shape: list[int]


def _header(path: Path) -> dict[str, tuple[int, ...]]:
    """Read names and shapes of the tensors of a safetensors file from its header alone.

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
