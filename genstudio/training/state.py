"""The state of a training on disk: weights, optimiser moments and counters, in safetensors and JSON.

A new state is written beside the old one and becomes current when ``state.json`` is replaced, so there is a complete state whenever
the process ends. All randomness of the loop is derived from (seed, step), so no random state needs to be stored.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypedDict

import torch
from msgspec import Meta
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from genstudio.errors import FileError, ModelError
from genstudio.files import opened, read_json, replacing, write_json
from genstudio.models.manifest import Count, Option, Stage

__all__ = ["State", "load_state", "read_state", "save_state"]


class _Counted(TypedDict):
    file: Annotated[str, Meta(pattern=r"^state-[0-9]+\.safetensors$")]
    step: Count


class State(_Counted, total=False):
    """The contents of ``state.json`` of a training or of the fitting of a prior.

    ``epoch`` and ``position``: epoch, and index of the next batch in it. ``config``: the settings. ``metrics`` and ``history``:
    results of evaluations. ``best``: those of the state that the folder of the model holds, empty where it is the last one.
    ``before``: earlier stages of the training. ``options``, ``optimizer``, ``limit``, ``weights`` and
    ``further``: of the fitting of a prior only.
    """

    seconds: Annotated[float, Meta(ge=0)]
    seed: Count
    epoch: Count
    position: Count
    fresh_decoder: bool
    corpus: str
    config: dict[str, Option | dict[str, Option]]
    metrics: dict[str, Any]
    history: list[dict[str, Any]]
    best: dict[str, Any]
    before: list[Stage]
    options: dict[str, Option]
    optimizer: dict[str, Option]
    limit: Annotated[int, Meta(ge=1)] | None
    weights: str
    further: bool


def read_state(folder: Path) -> State:
    """Read ``state.json`` in ``folder``.

    Raises:
        FileError: it does not exist or is damaged.
    """
    return read_json(folder / "state.json", State)


def save_state(folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer, counters: dict[str, Any]) -> None:
    """Write the state and make it the current one; older states are removed afterwards.

    Args:
        folder: the folder of the states.
        model: the model.
        optimizer: its optimiser.
        counters: further entries of ``state.json``, see :class:`State`; ``step`` is needed.

    Raises:
        FileError: it cannot be written; the old state is kept.
    """
    names: dict[Tensor, str] = {parameter: name for name, parameter in model.named_parameters()}
    tensors: dict[str, Tensor] = {f"model/{name}": parameter for parameter, name in names.items()}
    tensors |= {f"model/{name}": buffer for name, buffer in _buffers(model)}
    for parameter, moments in optimizer.state.items():
        for kind, value in moments.items():
            tensors[f"optimizer/{kind}/{names[parameter]}"] = torch.as_tensor(value)
    name = f"state-{counters['step']:08d}.safetensors"
    with replacing(folder / name) as temporary:
        try:
            save_file({key: value.detach().contiguous().cpu() for key, value in tensors.items()}, temporary)
        except SafetensorError as error:  # raised for a full disk
            raise FileError(
                "cannot write {path} ({reason}); free some space or choose another place.",
                path=folder / name, reason=error,
            ) from error
    write_json(folder / "state.json", {"file": name, **counters})
    for old in folder.glob("state-*.safetensors"):
        if old.name != name:
            old.unlink(missing_ok=True)


def _buffers(model: nn.Module) -> list[tuple[str, Tensor]]:
    """The model's buffers that are kept with its weights, by name."""
    kept = model.state_dict(keep_vars=True)
    return [(name, buffer) for name, buffer in model.named_buffers() if name in kept]


def load_state(folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> State:
    """Put the current state into model and optimiser and return its counters.

    Raises:
        ModelError: there is no state, or it is damaged or of another model.
    """
    try:
        counters = read_state(folder)
        path = folder / counters["file"]
        with opened(path):  # a plain file, not a device
            tensors = load_file(path)
        kept = [*model.named_parameters(), *_buffers(model)]
        for name, value in kept:
            found = tensors[f"model/{name}"]
            if found.shape != value.shape or not found.isfinite().all():
                raise ValueError(f"{name} does not fit the model")
        moments: dict[Tensor, dict[str, Tensor]] = {}
        for name, parameter in model.named_parameters():
            for kind in ("step", "exp_avg", "exp_avg_sq"):
                moment = tensors.get(f"optimizer/{kind}/{name}")
                if moment is None:
                    continue
                if moment.shape != (() if kind == "step" else parameter.shape) or not moment.is_floating_point():
                    raise ValueError(f"what the optimiser keeps of {name} does not fit the model")
                where = "cpu" if kind == "step" and not optimizer.defaults.get("fused") else parameter.device
                moments.setdefault(parameter, {})[kind] = moment.to(where)
        with torch.no_grad():
            for name, value in kept:
                value.copy_(tensors[f"model/{name}"])
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                optimizer.state.pop(parameter, None)
        optimizer.state.update(moments)
    except (FileError, SafetensorError, OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(
            "no training can be resumed from {folder} ({reason}).", remedy="begin-again", folder=folder, reason=error
        ) from error
    return counters
