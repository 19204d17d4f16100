from __future__ import annotations

import json

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from genstudio.errors import ModelError
from genstudio.training.state import load_state, save_state


def made(seed: int = 0, steps: int = 3, width: int = 4) -> tuple[nn.Module, torch.optim.Optimizer]:
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(3, width), nn.Tanh(), nn.Linear(width, 1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1, fused=True)
    for _ in range(steps):
        step(model, optimizer)
    return model, optimizer


def step(model: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    optimizer.zero_grad()
    model(torch.ones(2, 3)).square().sum().backward()
    optimizer.step()


def weights(model: nn.Module) -> list[bytes]:
    return [value.detach().numpy().tobytes() for value in model.state_dict().values()]


def test_goes_on_as_if_nothing_had_happened(tmp_path):
    model, optimizer = made()
    save_state(tmp_path, model, optimizer, {"step": 3, "corpus": "kept"})
    other, fresh = made(seed=1, steps=2)
    assert weights(other) != weights(model)
    assert load_state(tmp_path, other, fresh)["corpus"] == "kept"
    assert weights(other) == weights(model)
    for _ in range(4):
        step(model, optimizer)
        step(other, fresh)
    assert weights(other) == weights(model)


def test_only_the_newest_state_stays(tmp_path):
    model, optimizer = made()
    for number in (1, 2, 3):
        save_state(tmp_path, model, optimizer, {"step": number})
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["state-00000003.safetensors", "state.json"]


def test_a_state_that_was_not_finished_does_not_count(tmp_path):
    model, optimizer = made()
    save_state(tmp_path, model, optimizer, {"step": 1})
    before = weights(model)
    (tmp_path / "state-00000002.safetensors").write_bytes(b"half")
    (tmp_path / ".state-00000002-xyz.safetensors").write_bytes(b"half")
    other, fresh = made(seed=1)
    assert load_state(tmp_path, other, fresh)["step"] == 1
    assert weights(other) == before


def test_it_is_no_pickle(tmp_path):
    model, optimizer = made()
    save_state(tmp_path, model, optimizer, {"step": 1})
    assert set(load_file(tmp_path / "state-00000001.safetensors")) >= {"model/0.weight", "optimizer/exp_avg/0.weight"}


def damage(folder, how):
    state, weights = folder / "state.json", folder / "state-00000001.safetensors"
    if how == "nothing there":
        state.unlink()
    elif how == "no json":
        state.write_text("{", encoding="utf-8")
    elif how == "a list":
        state.write_text("[]", encoding="utf-8")
    elif how == "no file":
        state.write_text("{}", encoding="utf-8")
    elif how == "weights missing":
        weights.unlink()
    elif how == "weights cut":
        weights.write_bytes(weights.read_bytes()[:-40])
    elif how == "outside":
        state.write_text(json.dumps({"file": "../../elsewhere.safetensors", "step": 1}), encoding="utf-8")


@pytest.mark.parametrize("how", ["nothing there", "no json", "a list", "no file", "weights missing", "weights cut", "outside"])
def test_damage_is_told(tmp_path, how):
    model, optimizer = made()
    save_state(tmp_path, model, optimizer, {"step": 1})
    damage(tmp_path, how)
    with pytest.raises(ModelError, match="no training can be resumed"):
        load_state(tmp_path, *made())


def test_another_model_is_told(tmp_path):
    model, optimizer = made()
    save_state(tmp_path, model, optimizer, {"step": 1})
    with pytest.raises(ModelError, match="no training can be resumed"):
        load_state(tmp_path, *made(width=5))
