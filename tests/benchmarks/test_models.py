"""A model that ships is trained again with one command: the commands of its recipe, one after the other."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import genstudio
from genstudio.cli import commands
from genstudio.cli._parser import Parser, add_common
from genstudio.config import TrainConfig, build_options, from_dict, get_preset
from genstudio.models import cores
from genstudio.tasks.train import train_config

ROOT = Path(genstudio.__file__).parent.parent
SCRIPT = ROOT / "benchmarks" / "models.py"

pytestmark = pytest.mark.skipif(not SCRIPT.is_file(), reason="the benchmarks are in the checkout")

RECIPE = {
    "sources": ["text/lines.txt"],
    "corpus": {"preset": "sentence", "valid": 0.1, "test": 0.1},
    "stages": [
        {
            "sources": ["text/lines.txt"],
            "corpus": {"preset": "sentence", "valid": 0.2},
            "preset": "sentence",
            "set": {"kl.floor": 0.2},
            "max-minutes": 30,
            "seed": 3,
        },
        {"preset": "sentence", "set": {"kl.floor": 0.1}, "max-steps": 900, "seed": 3},
    ],
    "prior": [{"max-steps": 3000}, {"max-steps": 2000, "further": True}],
    "attributes": {"measure": 200},
    "map": {"limit": 2000},
    "sampling": {"spread": 0.7},
    "evaluate": {"samples": 5, "interpolation": 100},
    "about": "LICENSE",
    "files": ["LICENSE"],
}


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with a recipe of this test instead of those of the repository."""
    spec = importlib.util.spec_from_file_location("again", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "again", module)  # a dataclass looks for its module
    spec.loader.exec_module(module)
    (tmp_path / "recipes.json").write_text(json.dumps({"lines": RECIPE}), encoding="utf-8")
    monkeypatch.setattr(module, "RECIPES", tmp_path / "recipes.json")
    return module


@pytest.fixture
def call(models: ModuleType, sentences: Path, tmp_path: Path) -> Callable[..., int]:
    (tmp_path / "data" / "text").mkdir(parents=True)
    (tmp_path / "data" / "text" / "lines.txt").symlink_to(sentences)

    def run(*words: str) -> int:
        status: int = models.main(["lines", "--data", str(tmp_path / "data"), "--out", str(tmp_path / "out"), *words])
        return status

    return run


@pytest.fixture
def called(models: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands are noted and not run, but that the last one makes its folder; the one of the map fails the first time."""
    noted: list[list[str]] = []

    def note(words: list[str]) -> int:
        noted.append(words)
        if words[0] == "models":
            Path(words[-1]).mkdir()  # as pack does, which refuses a folder that is there
        return 130 if words[0] == "map" and [one[0] for one in noted].count("map") == 1 else 0

    monkeypatch.setattr(models, "genstudio", note)
    monkeypatch.setattr(models, "read_manifest", lambda folder: {})
    monkeypatch.setattr(models, "update_manifest", lambda folder, entries: None)
    return noted


def test_all_of_it_works(call: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--quick") == 0, capsys.readouterr().err
    made = tmp_path / "out" / "lines"
    manifest: dict[str, Any] = json.loads((made / "manifest.json").read_text("utf-8"))
    assert manifest["model"]["prior"]
    assert manifest["training"]["seed"] == 3
    assert [leg["step"] for leg in (*manifest["prior"]["before"], manifest["prior"])] == [2, 2]
    assert manifest["sampling"]["spread"] == manifest["evaluation"]["generated"]["spread"] == manifest["examples"]["spread"] == 0.7
    assert manifest["evaluation"]["on"] == "test split of lines"
    assert manifest["evaluation"]["model"] == "lines"
    assert manifest["attributes"]["control"]["n"] == 4
    assert (made / "map" / "map.json").is_file()
    assert (made / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert "MIT License" in (made / "card.md").read_text("utf-8")  # what it says of its data
    capsys.readouterr()
    assert call("--quick") == 0
    said = capsys.readouterr().out
    assert "$ genstudio" not in said
    assert said.count("done: genstudio") == 10


def test_commands_are_printed_in_their_order_and_none_is_run(
    call: Callable[..., int], called: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--dry-run") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("#")] == ["# into the manifest, how samples are drawn: {'spread': 0.7}"]
    said = [shlex.split(line)[1:] for line in lines if not line.startswith("#")]
    names = ["corpus", "corpus", "train", "train", "prior", "prior", "attributes", "map", "models", "evaluate"]
    assert [words[0] for words in said] == names
    out = tmp_path / "out"
    whole, own = out / "corpus" / "lines", out / "corpus" / "lines-1"
    for words, folder in ((said[0], whole), (said[1], own)):
        assert words[1] == str(tmp_path / "data" / "text" / "lines.txt")
        assert words[-2:] == ["--out", str(folder)]
    assert said[1][2:-2] == ["--preset", "sentence", "--valid", "0.2", "--tokenizer", str(whole / "tokenizer")]
    assert "--from" not in said[2]
    assert [words[2] for words in said[2:4]] == [str(own), str(whole)]  # the corpora of the two stages
    assert said[3][said[3].index("--from") + 1] == str(out / "stage-1" / "lines")
    assert said[3][said[3].index("--set") : -4] == ["--set", "kl.floor=0.1", "--max-steps", "900", "--seed", "3"]
    assert said[-2] == ["models", "pack", str(out / "stage-2" / "lines"), "--out", str(out / "lines")]
    assert said[-1][1:3] == ["--model", str(out / "lines")]  # figures are of what ships
    assert not called
    assert not out.exists()


def test_what_was_stopped_goes_on_and_what_is_finished_is_not_done_again(
    call: Callable[..., int], called: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call() == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    assert [words[0] for words in called] == ["corpus", "corpus", "train", "train", "prior", "prior", "attributes", "map"]
    del called[:-1]
    assert call() == 0
    assert [words[0] for words in called] == ["map", "map", "models", "evaluate"]
    assert (tmp_path / "out" / "lines" / "LICENSE").is_file()


def test_a_training_or_a_prior_that_is_half_done_is_gone_on_with(
    call: Callable[..., int], called: list[list[str]], tmp_path: Path
) -> None:
    for half in ("stage-2/lines/training", "stage-2/lines/prior"):
        (tmp_path / "out" / half).mkdir(parents=True)
        (tmp_path / "out" / half / "state.json").write_text("{}", encoding="utf-8")
    call()
    assert [words[0] for words in called if "--resume" in words] == ["train", "prior", "prior"]
    assert "--resume" not in called[2]  # the first stage has nothing yet


def test_a_model_that_is_there_already_is_left_alone(
    call: Callable[..., int], called: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / "out" / "lines" / "model.safetensors"
    theirs.parent.mkdir(parents=True)
    theirs.touch()
    assert call() == 2
    assert "was not made by this recipe" in capsys.readouterr().err
    assert theirs.exists()
    assert not called


def test_another_recipe_does_not_go_on_in_the_folder_of_one(
    call: Callable[..., int], called: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    call()
    assert call("--quick") == 2
    assert "was begun with another recipe" in capsys.readouterr().err


def test_what_is_missing_is_said_before_anything_is_done(
    call: Callable[..., int], called: list[list[str]], models: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "text" / "lines.txt").unlink()
    assert call() == 2
    assert "has no text/lines.txt; give with --data the folder" in capsys.readouterr().err
    assert not called
    assert models.main(["line", "--data", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "did you mean 'lines'" in capsys.readouterr().err


def trained(config: TrainConfig) -> dict[str, Any]:
    """What decides a training but for its length; a prior that is not fitted has no settings that count."""
    values = dataclasses.asdict(config)
    del values["optimizer"]["steps"]
    # With what is not said: an option that is newer than the model has the value that it had unsaid.
    values["core_options"] = vars(build_options(cores.options_class(config.core), config.core_options, "core."))
    if not config.prior.steps:
        values["prior"] = {"steps": 0}
    return values


def test_a_recipe_has_the_settings_that_the_model_was_trained_with(models: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a preset that changes changes no recipe unnoticed."""
    monkeypatch.setattr(models, "RECIPES", ROOT / "checkpoints" / "recipes.json")
    for name, recipe in models.recipes().items():
        manifest = ROOT / "checkpoints" / name / "manifest.json"
        if not manifest.is_file():
            continue  # its model is not there yet
        told = json.loads(manifest.read_text("utf-8"))
        last = recipe["stages"][-1]
        start = ROOT / "checkpoints" / last["from"] if "from" in last else None
        config = train_config(last["preset"], [f"{key}={value}" for key, value in last.get("set", {}).items()], start)
        assert trained(config) == trained(from_dict(told["training"]["config"])), name
        assert last["preset"] == told["preset"]
        assert last["seed"] == told["training"]["seed"]
        assert last.get("max-steps", told["training"]["steps"]) == told["training"]["steps"]
        assert bool(recipe["prior"]) == ("prior" in told and not config.prior.steps)
        if recipe["prior"]:
            turns = [*told["prior"].get("before", ()), told["prior"]]
            legs = models.legs_of(recipe["prior"])
            assert [leg["max-steps"] for leg in legs] == [leg["step"] for leg in turns], name
            assert [bool(leg.get("further")) for leg in legs] == [place > 0 for place in range(len(turns))]
        drawn = {**dataclasses.asdict(get_preset(last["preset"]).sampling), **recipe.get("sampling", {})}
        assert {"best_of": 1, **told["sampling"]} == drawn, name


def test_every_recipe_of_the_repository_is_of_a_model_and_commands_that_there_are(
    models: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(models, "RECIPES", ROOT / "checkpoints" / "recipes.json")
    known = models.recipes()
    assert set(known) >= {path.parent.name for path in (ROOT / "checkpoints").glob("*/manifest.json")}
    for name, recipe in known.items():
        assert (ROOT / recipe["about"]).is_file()
        assert all((ROOT / file).is_file() for file in recipe.get("files", []))
        for one in (recipe, models.quickly(recipe)):
            for step in models.steps(name, one, tmp_path, tmp_path / "out"):
                parser = Parser(prog=step.words[0])
                commands()[step.words[0]].add_arguments(parser)
                add_common(parser)
                args = parser.parse_args(step.words[1:])
                if step.words[0] == "train":
                    train_config(args.preset, args.overrides)
                if step.words[0] == "corpus" and args.tokenizer and step.name == "corpus":
                    assert (Path(args.tokenizer) / "tokenizer.json").is_file()
