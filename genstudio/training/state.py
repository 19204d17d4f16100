"""The state of a training on disk: weights, optimiser moments and counters, in safetensors and JSON.

A new state is written beside the former one and becomes current when ``state.json`` is replaced; so whenever the process ends,
a whole state is there. All randomness of the loop is derived from (seed, step), so no random state needs keeping.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from genstudio.errors import FileError, ModelError
from genstudio.files import read_json, replacing, write_json

__all__ = ["load_state", "save_state"]


def save_state(folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer, counters: dict[str, Any]) -> None:
    """Write the state and make it the current one; older states are removed afterwards.

    Raises:
        FileError: it cannot be written; the former one is still there.
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
        except SafetensorError as error:  # how it tells of a full disk
            raise FileError(f"cannot write {folder / name} ({error}); free some space or choose another place.") from error
    write_json(folder / "state.json", {"file": name, **counters})
    for old in folder.glob("state-*.safetensors"):
        if old.name != name:
            old.unlink(missing_ok=True)


def _buffers(model: nn.Module) -> list[tuple[str, Tensor]]:
    """The model's buffers that are kept with its weights, by name."""
    kept = model.state_dict(keep_vars=True)
    return [(name, buffer) for name, buffer in model.named_buffers() if name in kept]


def load_state(folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    """Put the current state into model and optimiser and return its counters.

    Raises:
        ModelError: there is no state, or it is damaged or of another model.
    """
    try:
        counters = read_json(folder / "state.json")
        tensors = load_file(folder / Path(str(counters["file"])).name)
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.copy_(tensors[f"model/{name}"])
            for name, buffer in _buffers(model):
                buffer.copy_(tensors[f"model/{name}"])
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                optimizer.state.pop(parameter, None)
        for name, parameter in model.named_parameters():
            for kind in ("step", "exp_avg", "exp_avg_sq"):
                key = f"optimizer/{kind}/{name}"
                if key in tensors:
                    where = "cpu" if kind == "step" and not optimizer.defaults.get("fused") else parameter.device
                    optimizer.state.setdefault(parameter, {})[kind] = tensors[key].to(where)
    except (FileError, SafetensorError, OSError, KeyError, TypeError, RuntimeError) as error:
        raise ModelError(
            "no training can be resumed from {folder} ({reason}).", remedy="begin-anew", folder=folder, reason=error
        ) from error
    return dict(counters)
