"""The second stage of a training: a prior is fitted to the codes of a corpus and kept with the model."""

from __future__ import annotations

import dataclasses
import shlex
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio.cli import main
from genstudio.config import PRESETS, PRIOR_OF_BLOCKS
from genstudio.errors import ConfigError, ModelError, Stopped
from genstudio.models.checkpoint import load_model
from genstudio.models.manifest import read_manifest, update_manifest
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.progress import Monitor, Progress, Stop


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prior of the preset is made smaller, like the model."""
    preset = PRESETS["melody-2bar"]
    prior = dataclasses.replace(preset.config.prior, width=32, heads=2, layers=1, mixtures=4)
    small = dataclasses.replace(preset, config=dataclasses.replace(preset.config, prior=prior))
    monkeypatch.setattr("genstudio.tasks.prior.PRESETS", {**PRESETS, "melody-2bar": small})
    blocks = dataclasses.replace(PRIOR_OF_BLOCKS, width=32, heads=2, layers=1, mixtures=4)
    monkeypatch.setattr("genstudio.tasks.prior.PRIOR_OF_BLOCKS", blocks)


@pytest.fixture
def model(melody_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(melody_model, tmp_path / "model"))


def fitted(folder: Path, corpus: Path, **options: Any) -> dict[str, Any]:
    return genstudio.fit_prior(folder, corpus, **{"max_steps": 12, "limit": 60, **options})


def test_samples_come_from_it_and_all_else_stays(model: Path, melody_corpus: Path, make_tune: Any, tmp_path: Path) -> None:
    before, _, _ = load_model(model)
    tune = tmp_path / "tune.mid"
    make_tune(1, 2, (4, 4), 100.0).write(str(tune))
    kept = genstudio.load(model).reconstruct(tune)[0]
    sampled = [piece.notes for piece in genstudio.load(model).sample(3, temperature=1.0, spread=1.0, seed=1)]
    genstudio.make_map(model, melody_corpus, limit=20)
    found = fitted(model, melody_corpus)
    assert found["step"] == 12
    assert found["kl"] > 0
    after, _, manifest = load_model(model)
    assert manifest["prior"]["step"] == 12
    assert after.spec.prior is not None
    for name, value in before.state_dict().items():
        assert after.state_dict()[name].equal(value), name
    again = genstudio.load(model)
    assert again.reconstruct(tune)[0] == kept
    how: dict[str, Any] = {"temperature": 1.0, "spread": 1.0, "seed": 1}
    drawn = [piece.notes for piece in again.sample(3, **how)]
    assert drawn != sampled
    assert drawn == [piece.notes for piece in genstudio.load(model).sample(3, **how)]
    # The map is of the encoder, which is the same.
    assert genstudio.nearest(model, tune, n=2)["pieces"]
    assert not (model / "prior").exists()


def test_one_that_is_there_is_gone_on_from(model: Path, melody_corpus: Path) -> None:
    with pytest.raises(ModelError, match="no prior to continue from"):
        fitted(model, melody_corpus, further=True)
    first = fitted(model, melody_corpus, max_steps=60, limit=None)
    second = fitted(model, melody_corpus, max_steps=1, limit=None, further=True)
    assert second["kl"] < (first["kl"] + first["kl_standard"]) / 2  # one step after a fresh start is as good as N(0, I)
    third = fitted(model, melody_corpus, max_steps=2, limit=50, further=True)
    assert [leg["step"] for leg in third["before"]] == [60, 1]
    assert not any("before" in leg for leg in third["before"])
    assert "fitted in 63 steps in 3 turns" in (model / "card.md").read_text(encoding="utf-8")
    assert "before" not in fitted(model, melody_corpus, max_steps=1)
    update_manifest(model, {"prior": None})  # of a model whose fitting is not on record
    assert "before" not in fitted(model, melody_corpus, max_steps=1, further=True)
    fitted(model, melody_corpus, max_steps=60, limit=None)
    second = fitted(model, melody_corpus, max_steps=1, limit=None, further=True)
    assert fitted(model, melody_corpus, max_steps=1, limit=None)["kl"] > second["kl"]


def test_it_makes_codes_cheaper(model: Path, melody_corpus: Path) -> None:
    found = fitted(model, melody_corpus, max_steps=120, limit=None)
    assert found["kl"] < found["kl_standard"]
    measured = genstudio.evaluate(model, melody_corpus, samples=1, generated=0)["likelihood"]
    assert measured["kl_prior"] < measured["kl"]
    assert measured["elbo_prior"] == pytest.approx(-(measured["reconstruction_nll"] + measured["kl_prior"]), abs=1e-3)
    assert measured["elbo"] == pytest.approx(-(measured["reconstruction_nll"] + measured["kl"]), abs=1e-3)


def test_stopped_and_gone_on_with_it_is_the_same(melody_model: Path, melody_corpus: Path, tmp_path: Path) -> None:
    whole, parts = (Path(shutil.copytree(melody_model, tmp_path / name)) for name in ("whole", "parts"))
    fitted(whole, melody_corpus, seed=3)
    weights = (parts / "model.safetensors").read_bytes()
    stop = Stop()

    def hear(event: Progress) -> None:
        if event.stage == "prior" and event.done == 5:
            stop.request()

    with pytest.raises(Stopped):
        fitted(parts, melody_corpus, seed=3, report=hear, stop=stop)
    assert (parts / "model.safetensors").read_bytes() == weights
    with pytest.raises(ModelError, match="go on with it"):
        fitted(parts, melody_corpus, seed=3)
    fitted(parts, melody_corpus, resume=True)
    assert (parts / "model.safetensors").read_bytes() == (whole / "model.safetensors").read_bytes()
    with pytest.raises(ModelError, match="begin one"):
        fitted(parts, melody_corpus, resume=True)


def test_what_cannot_be(model: Path, melody_corpus: Path, text_corpus: Path) -> None:
    with pytest.raises(ModelError, match="holds text"):
        fitted(model, text_corpus)
    with pytest.raises(ConfigError, match="max_steps"):
        fitted(model, melody_corpus, max_steps=0)
    weights = (model / "model.safetensors").read_bytes()
    with pytest.raises(ConfigError, match="too few to fit a prior"):
        fitted(model, melody_corpus, max_minutes=1e-6)
    assert (model / "model.safetensors").read_bytes() == weights


def test_the_command(model: Path, melody_corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prior", str(model), "--corpus", str(melody_corpus), "--max-steps", "3", "--limit", "40"]) == 0
    assert "against the learned prior" in capsys.readouterr().out
    assert main(["prior", str(model), "--corpus", str(melody_corpus), "--max-steps", "2", "--resume"]) == 2


def test_a_stop_says_how_to_go_on(
    model: Path, melody_corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from genstudio.training import prior

    begun, posterior = prior.Fitting.run, SequenceVAE.posterior

    def stopped(self: prior.Fitting, train: Any, valid: Any, monitor: Monitor) -> dict[str, Any]:
        monitor.stop.request()
        return begun(self, train, valid, monitor)

    def interrupted(self: SequenceVAE, ids: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return posterior(self, ids)

    words = ["prior", str(model), "--corpus", str(melody_corpus), "--limit", "40"]
    monkeypatch.setattr(SequenceVAE, "posterior", interrupted)
    assert main(words) == 130
    assert "the model stays as it was" in capsys.readouterr().err
    monkeypatch.setattr(SequenceVAE, "posterior", posterior)
    monkeypatch.setattr(prior.Fitting, "run", stopped)
    main([*words, "--max-minutes", "1.5"])
    call = capsys.readouterr().err.split("to go on: ")[1].splitlines()[0]
    assert shlex.split(call)[1:] == [*words[:-2], "--max-minutes", "1.5", *words[-2:], "--resume"]
    monkeypatch.setattr(prior.Fitting, "run", begun)
    # What is begun with the steps of its preset, and a minute and a half, may be ended sooner.
    assert main([*shlex.split(call)[1:], "--max-steps", "2"]) == 0
    assert read_manifest(model)["prior"]["step"] == 2


def test_a_training_goes_on_from_the_weights_without_it(
    model: Path, melody_corpus: Path, tiny: dict[str, list[str]], tmp_path: Path
) -> None:
    fitted(model, melody_corpus, max_steps=2)
    out = tmp_path / "on"
    genstudio.train(
        melody_corpus, out, preset="melody-2bar", overrides=[*tiny["melody"], "optimizer.batch_size=8"], max_steps=1, start=model,
        device="cpu",
    )  # fmt: skip
    assert load_model(out)[0].spec.prior is None
