"""The last stage of a training: the prior is fitted where the configuration says so, stopped and gone on with like all else."""

from __future__ import annotations

import dataclasses
import json
import time
from pathlib import Path
from typing import Any

import pytest

from genstudio.cli import main
from genstudio.config import PRESETS, PriorFitting
from genstudio.errors import ConfigError
from genstudio.models.checkpoint import load_model
from genstudio.models.manifest import read_manifest
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.progress import Progress, Stop

SMALL = {"width": 16, "heads": 2, "layers": 1, "mixtures": 2, "batch_size": 32, "learning_rate": 0.02}


@pytest.fixture
def with_prior(configure: Any) -> Any:
    """A small configuration of six steps, with a prior of ``steps``."""

    def make(core: str = "lstm", steps: int = 6, of: int = 6, **changes: Any) -> Any:
        return configure(core, prior={"steps": steps, **SMALL}, optimizer={"steps": of, "evaluate_every": 1000}, **changes)

    return make


class Stopping:
    """Asks to stop at a step of the prior."""

    def __init__(self, at: int) -> None:
        self.stop, self.at = Stop(), at
        self.stages: list[str] = []

    def __call__(self, event: Progress) -> None:
        self.stages.append(event.stage)
        if event.stage == "prior" and event.done == self.at:
            self.stop.request()


def weights(out: Path) -> bytes:
    return (out / "model.safetensors").read_bytes()


@pytest.mark.slow
def test_samples_of_a_trained_model_come_from_a_prior_of_its_own(train: Any, with_prior: Any, tmp_path: Path) -> None:
    config = with_prior(steps=20, of=24)
    result, told = train(tmp_path / "with", config)
    assert result.prior["step"] == 20
    assert result.prior["kl"] < result.prior["kl_standard"]
    assert result.prior["kept"]
    assert result.step == result.metrics["step"] == 24
    assert [event.done for event in told.of("prior_step")] == list(range(1, 21))
    assert {event.total for event in told.of("prior_step")} == {20}
    assert told.of("done")[-1].data["prior"] == result.prior
    assert told.events[-1].data["event"] == "done"
    json.dumps(dataclasses.asdict(result))
    model, _, manifest = load_model(tmp_path / "with")
    assert model.spec.prior is not None
    assert model.spec.prior["width"] == 16
    assert manifest["prior"]["kl"] == result.prior["kl"]
    assert manifest["training"]["config"]["prior"]["steps"] == 20
    # All else is as without it.
    train(tmp_path / "without", with_prior(steps=0, of=24))
    plain, _, _ = load_model(tmp_path / "without")
    assert plain.spec.prior is None
    assert all(model.state_dict()[name].equal(value) for name, value in plain.state_dict().items())


@pytest.mark.parametrize("bottleneck", ["ae", "none"])
def test_what_has_no_posterior_has_no_such_stage(train: Any, with_prior: Any, tmp_path: Path, bottleneck: str) -> None:
    result, told = train(tmp_path, with_prior(bottleneck=bottleneck))
    assert result.prior is None
    assert told.of("prior_step") == []


def test_a_short_training_has_a_short_one() -> None:
    prior = PriorFitting(steps=3000)
    assert prior.planned(5000, 5000) == 3000
    assert prior.planned(5000, 500) == 300  # --max-steps 500
    assert prior.planned(5000, 1) == 1
    assert prior.planned(100, 100) == 100  # --set optimizer.steps=100
    assert PriorFitting().planned(5000, 5000) == 0
    assert all(preset.config.prior.steps >= 1500 for preset in PRESETS.values() if preset.name != "sentence")


def test_one_that_is_worse_than_none_is_left_out(train: Any, with_prior: Any, tmp_path: Path) -> None:
    config = with_prior(steps=1)
    config = dataclasses.replace(config, prior=dataclasses.replace(config.prior, learning_rate=0.9))
    result, told = train(tmp_path, config)
    assert result.prior["kl"] > result.prior["kl_standard"]
    assert not result.prior["kept"]
    assert load_model(tmp_path)[0].spec.prior is None
    assert "costs more than N(0, I)" in told.of("warning")[-1].message
    # It was tried, and is not tried again.
    again, told = train(tmp_path, config, resume=True)
    assert again.prior == result.prior
    assert told.of("prior_step") == []


@pytest.mark.slow
def test_stopped_in_it_and_gone_on_with_it_is_the_same(train: Any, with_prior: Any, tmp_path: Path) -> None:
    config = with_prior(steps=20, of=30)
    straight, _ = train(tmp_path / "straight", config)
    hear = Stopping(4)
    out = tmp_path / "halting"
    result, _ = train(out, config, report=hear, stop=hear.stop)
    assert result.stopped
    assert result.prior == {"step": 4, "of": 20}
    assert load_model(out)[0].spec.prior is None  # and it can be used
    later, told = train(out, config, resume=True)
    assert told.of("step") == []
    assert [event.done for event in told.of("prior_step")] == list(range(5, 21))
    assert not later.stopped
    assert weights(out) == weights(tmp_path / "straight")
    assert not (out / "prior").exists()
    before = weights(out)
    done, told = train(out, config, resume=True)
    assert told.of("prior_step") == []
    assert done.prior == later.prior
    assert weights(out) == before
    assert straight.prior["kl"] == later.prior["kl"]


def test_stopped_before_its_first_step_it_begins_when_gone_on_with(train: Any, with_prior: Any, tmp_path: Path) -> None:
    stop, seen = Stop(), []

    def hear(event: Progress) -> None:
        seen.append(event.stage)
        if event.stage == "encoding":
            stop.request()

    result, _ = train(tmp_path, with_prior(), report=hear, stop=stop)
    assert (result.stopped, result.prior) == (True, {"step": 0, "of": 6})
    assert "prior" not in seen
    later, _ = train(tmp_path, with_prior(), resume=True)
    assert later.prior["step"] == 6


@pytest.mark.slow
def test_a_model_that_learns_on_gets_a_new_one(train: Any, with_prior: Any, tmp_path: Path) -> None:
    config = with_prior(steps=20, of=20)
    hear = Stopping(3)
    train(tmp_path, config, max_steps=10, report=hear, stop=hear.stop)
    assert (tmp_path / "prior" / "state.json").is_file()
    result, told = train(tmp_path, config, resume=True)
    assert [event.data["step"] for event in told.of("step")] == list(range(11, 21))
    assert [event.done for event in told.of("prior_step")] == list(range(1, 21))
    assert result.prior["step"] == 20
    assert not (tmp_path / "prior").exists()


def test_it_has_its_share_of_the_minutes(train: Any, configure: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def fit(folder: Path, *arguments: Any, **options: Any) -> dict[str, Any]:
        given.update(options)
        return {"step": 1, "kl": 1.0, "kl_standard": 2.0, "seconds": 0.5, "kept": True}

    monkeypatch.setattr("genstudio.training.loop.fit_prior", fit)
    prior = {"steps": 50_000, "share": 0.5, **SMALL}
    config = configure("lstm", prior=prior, optimizer={"steps": 100_000, "evaluate_every": 100_000})
    result, _ = train(tmp_path, config, max_minutes=0.02)
    trained = read_manifest(tmp_path)["training"]["seconds"]
    assert trained >= 0.6
    assert given["run"].max_minutes <= 0.02 - trained / 60 + 0.002
    assert given["optimizer"].steps == 50_000
    assert result.seconds == pytest.approx(trained + 0.5, abs=0.2)


def test_with_a_clock_it_learns_from_as_many_pieces_as_there_is_time_for(
    train: Any, with_prior: Any, corpus: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An encoding of 128 pieces seems to take two minutes here: after 512, more than a quarter of half an hour is over."""
    from genstudio.training import prior
    from genstudio.training.options import PriorRun

    train(tmp_path, with_prior(steps=0))
    passed, clock, posterior = [0.0], time.monotonic, SequenceVAE.posterior

    def slow(self: SequenceVAE, ids: Any) -> Any:
        passed[0] += 120.0
        return posterior(self, ids)

    monkeypatch.setattr(time, "monotonic", lambda: clock() + passed[0])
    monkeypatch.setattr(SequenceVAE, "posterior", slow)
    store = corpus.split("train")
    pieces = [store[row % len(store)] for row in range(600)]
    optimizer = dataclasses.replace(prior.PRIOR, steps=2)
    options = with_prior().prior.options
    found = prior.fit_prior(tmp_path, pieces, pieces[:5], options=options, optimizer=optimizer, run=PriorRun(max_minutes=30.0))
    assert found["pieces"] == 512
    found = prior.fit_prior(tmp_path, pieces, pieces[:5], options=options, optimizer=optimizer)
    assert found["pieces"] == len(pieces)


def test_a_state_of_before_there_was_such_a_stage_goes_on_without(train: Any, with_prior: Any, tmp_path: Path) -> None:
    train(tmp_path, with_prior(steps=0), after=2)
    state = tmp_path / "training" / "state.json"
    kept = json.loads(state.read_text(encoding="utf-8"))
    del kept["config"]["prior"]
    state.write_text(json.dumps(kept), encoding="utf-8")
    result, told = train(tmp_path, with_prior(steps=6), resume=True)
    assert (result.step, result.prior) == (6, None)
    assert any("continues without one" in event.message for event in told.of("warning"))
    # Nor does an autoencoder's ask for one.
    train(tmp_path / "ae", with_prior(bottleneck="ae"), after=2)
    state = tmp_path / "ae" / "training" / "state.json"
    kept = json.loads(state.read_text(encoding="utf-8"))
    del kept["config"]["prior"]
    state.write_text(json.dumps(kept), encoding="utf-8")
    assert train(tmp_path / "ae", with_prior(bottleneck="ae"), resume=True)[0].step == 6


def test_options_that_fit_no_prior_are_told_before_time_is_spent(train: Any, with_prior: Any, tmp_path: Path) -> None:
    config = with_prior()
    with pytest.raises(ConfigError, match=r"prior\.width 16 is not a multiple of prior\.heads 3"):
        train(tmp_path / "m", dataclasses.replace(config, prior=dataclasses.replace(config.prior, heads=3)))
    assert not (tmp_path / "m").exists()


@pytest.mark.slow
def test_the_command_tells_of_it(
    melody_corpus: Path, tiny: dict[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["train", "--corpus", str(melody_corpus), "--out", str(tmp_path / "m"), "--device", "cpu", "--max-steps", "12"]
    call += ["--events", str(tmp_path / "events.jsonl")]
    changes = ["optimizer.batch_size=8", "optimizer.steps=24", "optimizer.evaluate_every=100", "optimizer.evaluate_on=4"]
    for text in [*tiny["melody"], *changes, "prior.steps=20", *(f"prior.{name}={value}" for name, value in SMALL.items())]:
        call += ["--set", text]
    assert main(call) == 0
    said = capsys.readouterr()
    assert "trained 12 steps and its prior 10" in said.out
    assert said.err.count("prior:") <= 2  # a line now and then, not one a step
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [event["done"] for event in events if event["event"] == "prior_step"] == list(range(1, 11))
    assert sum(event["event"] == "step" for event in events) == 12
    assert main([*call, "--resume", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["prior"]["step"] == 10
