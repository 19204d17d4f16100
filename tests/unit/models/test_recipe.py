"""The commands that train a model again are those that trained it."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genstudio.cli import train
from genstudio.config import get_preset, override, to_dict
from genstudio.models import cores
from genstudio.models.manifest import read_manifest
from genstudio.models.recipe import commands
from genstudio.tasks.train import train_config

CORES = {name: cores.options_class(name) for name in cores.names()}


def manifest_of(preset: str, overrides: list[str], **training: Any) -> dict[str, Any]:
    config = override(get_preset(preset).config, overrides, CORES)
    told = {"config": to_dict(config), "seed": 0, "steps": config.optimizer.steps, "of": config.optimizer.steps, **training}
    return {"preset": preset, "corpus": {"digest": "a"}, "training": told}


def parsed(command: str) -> Any:
    parser = argparse.ArgumentParser()
    train.add_arguments(parser)
    parser.add_argument("--seed", type=int, default=0)
    words = shlex.split(command)
    assert words[:2] == ["genstudio", "train"]
    return parser.parse_args(words[2:])


@pytest.mark.parametrize(
    ("preset", "overrides"),
    [
        ("melody-2bar", []),
        ("melody-2bar", ["core.slots=6", "kl.weight=0.1", "optimizer.learning_rate=0.0003", "word_dropout=0", "prior.width=64"]),
        ("drums-2bar", ["core=lstm", "core.hidden=96", "core.tie=false", "kl.fresh_decoder=false"]),
        ("sentence", ["bottleneck=none", "core.dropout=0.25"]),
        ("verse", ["prior.steps=0", "prior.width=64"]),
    ],
)
def test_they_give_the_settings_again(preset: str, overrides: list[str]) -> None:
    (command,) = commands("m", manifest_of(preset, overrides))
    found = parsed(command)
    wanted = train_config(preset, overrides)
    again = train_config(found.preset, found.overrides)
    if not wanted.prior.steps:  # of what is not fitted the rest is not told
        wanted, again = (override(one, ["prior.width=128"], CORES) for one in (wanted, again))
    assert to_dict(again) == {**to_dict(wanted), "core_options": to_dict(again)["core_options"]}
    assert CORES[again.core](**again.core_options) == CORES[wanted.core](**wanted.core_options)
    assert len(found.overrides) <= len(overrides)
    assert (found.out, found.max_steps, found.max_minutes, found.seed) == ("./m", None, None, 0)


def test_they_tell_of_limits_and_the_seed() -> None:
    (command,) = commands("m", manifest_of("melody-2bar", [], steps=70, of=70, seed=3))
    found = parsed(command)
    assert (found.max_steps, found.max_minutes, found.seed) == (70, None, 3)
    (command,) = commands("m", manifest_of("melody-2bar", [], steps=70, minutes=2.5))
    assert (parsed(command).max_steps, parsed(command).max_minutes) == (None, 2.5)
    # Before the minutes were kept: as many steps as it made.
    (command,) = commands("m", manifest_of("melody-2bar", [], steps=70))
    assert parsed(command).max_steps == 70
    (command,) = commands("m", manifest_of("melody-2bar", ["optimizer.evaluate_every=7"]))
    assert parsed(command).overrides == []


def test_a_prior_that_was_fitted_afterwards_has_a_command_of_its_own() -> None:
    manifest = manifest_of("melody-2bar", ["prior.steps=0"])
    manifest["prior"] = {"step": 12, "seed": 4, "limit": 60, "kl": 1.0, "kl_standard": 2.0}
    assert commands("m", manifest)[1] == "genstudio prior ./m --corpus CORPUS --max-steps 12 --limit 60 --seed 4"
    assert len(commands("m", {**manifest_of("melody-2bar", []), "prior": manifest["prior"]})) == 1


def test_a_prior_that_was_fitted_in_turns_has_a_command_for_each() -> None:
    manifest = manifest_of("melody-2bar", ["prior.steps=0"])
    manifest["prior"] = {"step": 30, "seed": 0, "before": [{"step": 10, "seed": 0}, {"step": 20, "seed": 1}]}
    assert commands("m", manifest)[1:] == [
        "genstudio prior ./m --corpus CORPUS --max-steps 10",
        "genstudio prior ./m --corpus CORPUS --max-steps 20 --further --seed 1",
        "genstudio prior ./m --corpus CORPUS --max-steps 30 --further",
    ]
    # The first of them was the last stage of the training.
    turns = commands("m", {**manifest_of("melody-2bar", []), "prior": manifest["prior"]})[1:]
    assert [turn.split(" --max-steps ")[1] for turn in turns] == ["20 --further --seed 1", "30 --further"]


def test_what_is_not_known_gives_none() -> None:
    assert commands("m", {}) == []
    assert commands("m", {**manifest_of("melody-2bar", []), "preset": "lost"}) == []
    odd = manifest_of("melody-2bar", [])
    odd["training"]["config"]["future"] = 1
    assert commands("m", odd) == []


def test_a_model_that_went_on_from_another_tells_of_both(
    melody_model: Path, melody_corpus: Path, tiny: dict[str, list[str]], tmp_path: Path, on: Callable[..., Path]
) -> None:
    out = on(melody_model, tmp_path / "more", seed=5)
    first, second = commands("more", read_manifest(out))
    assert "--from" not in first
    assert (parsed(first).out, parsed(first).max_steps) == ("./more-1", 80)
    assert (parsed(second).start, parsed(second).out, parsed(second).seed) == ("./more-1", "./more", 5)
    assert parsed(second).max_steps == 2
    # And on from there, after a stop, too.
    third = on(out, tmp_path / "most", max_steps=1)
    third = on(out, tmp_path / "most", max_steps=2, resume=True)
    assert [parsed(command).out for command in commands("most", read_manifest(third))] == ["./most-1", "./most-2", "./most"]
    text = (third / "card.md").read_text(encoding="utf-8")
    assert "--from ./most-2" in text.replace(" \\\n   ", "")
    assert "One after the other; CORPUS is a folder" in text


@pytest.fixture
def on(melody_corpus: Path, tiny: dict[str, list[str]]) -> Callable[..., Path]:
    import genstudio

    def go(start: Path, out: Path, **options: Any) -> Path:
        few = ["optimizer.batch_size=8", "optimizer.evaluate_on=2"]
        options = {"max_steps": 2, **options}
        genstudio.train(
            melody_corpus, out, preset="melody-2bar", overrides=[*tiny["melody"], *few], start=start, device="cpu", **options
        )  # fmt: skip
        return out

    return go
