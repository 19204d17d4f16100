"""Comparisons: variants are trained and measured alike, kept, resumed, and shown in one table."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio.cli import main
from genstudio.config import BOTTLENECKS
from genstudio.errors import ConfigError, CorpusError, ModelError, Stopped
from genstudio.models import cores
from genstudio.progress import Progress, Stop
from genstudio.tasks.compare import markdown

ROOT = Path(genstudio.__file__).parent.parent

LSTM = ["core.latent_dims=4", "core.embedding=8", "core.encoder_hidden=8", "core.hidden=12"]
SMALL = ["optimizer.batch_size=16", "optimizer.evaluate_every=50", "optimizer.evaluate_on=4", "optimizer.warmup=2",
         "prior.steps=0"]  # fmt: skip
VARIANTS = {"small": ["core=lstm", *LSTM], "smaller": ["core=lstm", *LSTM, "core.hidden=8"]}


def compared(corpus: Path, out: Path, **options: Any) -> dict[str, Any]:
    options = {"overrides": SMALL, "max_steps": 3, "samples": 2, "limit": 6, "device": "cpu", **options}
    return genstudio.compare(corpus, out, **options)


def read(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "comparison.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def two(melody_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("comparison") / "two"
    compared(melody_corpus, out, variants=VARIANTS, command="genstudio compare --out two")
    return out


def test_every_variant_is_trained_and_measured_alike(two: Path, melody_corpus: Path) -> None:
    found = read(two)
    assert [entry["name"] for entry in found["variants"]] == ["small", "smaller"]
    small, smaller = found["variants"]
    assert small["parameters"] > smaller["parameters"] > 0
    assert small["step"] == smaller["step"] == 3
    assert small["n"] == smaller["n"] == 6
    assert small["likelihood"] != smaller["likelihood"]
    # The models are there, and measured again they give the same.
    again = genstudio.evaluate(two / "small", melody_corpus, samples=2, limit=6)
    assert again["likelihood"] == small["likelihood"]
    assert again["reconstruction"] == small["reconstruction"]


def test_the_page_has_the_table_and_its_explanations(two: Path) -> None:
    page = (two / "comparison.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert [row.split("|")[1].strip() for row in rows] == ["variant", "small", "smaller"]
    assert len({row.count("|") for row in rows}) == 1
    small = read(two)["variants"][0]
    assert f"| {small['likelihood']['kl']:.2f} |" in rows[1]
    assert f"| {-small['likelihood']['elbo']:,.2f} |" in rows[1]
    assert "genstudio compare --out two" in page
    assert "3 steps for each variant" in page
    assert "- −ELBO: minus the evidence lower bound" in page


def test_finished_variants_are_kept_and_others_added(two: Path, melody_corpus: Path) -> None:
    before = (two / "small" / "model.safetensors").stat().st_mtime_ns
    trained: list[str] = []

    def hear(event: Progress) -> None:
        if event.data.get("event") == "variant":
            trained.append(event.data["name"])

    found = compared(melody_corpus, two, variants={"third": ["core=lstm", *LSTM]}, report=hear)
    assert trained == ["third"]
    assert [entry["name"] for entry in found["variants"]] == ["third", "small", "smaller"]
    assert (two / "small" / "model.safetensors").stat().st_mtime_ns == before
    # The same settings and seed give the same metrics.
    third, small, _ = found["variants"]
    assert third["likelihood"] == small["likelihood"]


def test_a_stopped_comparison_can_be_resumed(melody_corpus: Path, tmp_path: Path, two: Path) -> None:
    stop = Stop()

    def hear(event: Progress) -> None:
        if event.data.get("event") == "step" and event.message.startswith("smaller") and event.done == 2:
            stop.request()

    out = tmp_path / "stopped"
    with pytest.raises(Stopped):
        compared(melody_corpus, out, variants=VARIANTS, report=hear, stop=stop)
    assert [entry["name"] for entry in read(out)["variants"]] == ["small"]
    found = compared(melody_corpus, out, variants=VARIANTS)
    whole = {entry["name"]: entry for entry in read(two)["variants"]}
    for entry in found["variants"]:
        assert entry["step"] == 3
        assert entry["likelihood"] == whole[entry["name"]]["likelihood"]


def test_another_comparison_is_not_mixed_in(two: Path, melody_corpus: Path) -> None:
    before = read(two)
    with pytest.raises(ModelError, match="other conditions"):
        compared(melody_corpus, two, variants=VARIANTS, max_steps=4)
    with pytest.raises(ModelError, match="another variant called small"):
        compared(melody_corpus, two, variants={"small": ["core=lstm", *LSTM, "core.hidden=16"]})
    assert read(two) == before


def test_a_failed_variant_is_reported_and_the_others_are_trained(melody_corpus: Path, tmp_path: Path) -> None:
    # More heads than fit the width: known only when the model is built.
    variants = {"odd": ["core=transformer", "core.width=10", "core.heads=4"], "small": VARIANTS["small"]}
    found = compared(melody_corpus, tmp_path / "out", variants=variants)
    odd, small = found["variants"]
    assert "multiple of core.heads" in odd["error"]
    assert "likelihood" in small
    page = (tmp_path / "out" / "comparison.md").read_text("utf-8")
    assert "odd: core.width 10" in page


def test_wrong_calls(melody_corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean 'lstm'"):
        compared(melody_corpus, tmp_path / "out", cores=["lsmt"], bottlenecks=["vae"])
    with pytest.raises(ConfigError, match="cannot be the name"):
        compared(melody_corpus, tmp_path / "out", variants={"../up": ["core=lstm"]})
    with pytest.raises(CorpusError):
        compared(tmp_path / "nothing", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_command_prints_the_table_and_how_to_resume(
    melody_corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["compare", "--corpus", str(melody_corpus), "--out", str(tmp_path / "out"), "--device", "cpu", "--max-steps", "2"]
    for name, settings in VARIANTS.items():
        call += ["--variant", f"{name}:{','.join(settings)}"]
    for setting in SMALL:
        call += ["--set", setting]
    call += ["--samples", "2", "--limit", "4"]
    assert main(call) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].split()[0] == "variant"
    assert {"small", "smaller"} <= {line.split()[0] for line in out if line}
    kept = read(tmp_path / "out")["command"]
    assert shlex.split(kept)[0] == "genstudio"
    assert main([*shlex.split(kept)[1:], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["variants"] == read(tmp_path / "out")["variants"]
    assert main(["compare", "--corpus", "c", "--out", "o", "--variant", "nonsense"]) == 2
    assert "NAME:SETTING=VALUE" in capsys.readouterr().err


@pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="the table is in the checkout")
def test_the_published_table_fits_its_metrics() -> None:
    kept = json.loads((ROOT / "benchmarks" / "laboratory.json").read_text("utf-8"))
    page = (ROOT / "benchmarks" / "LABORATORY.md").read_text("utf-8")
    table = [line for line in markdown(kept).splitlines() if line.startswith("|")]
    assert "\n".join(table) in page
    assert kept["command"] in page
    trained = {(entry["core"], bottleneck) for entry in kept["variants"] for bottleneck in BOTTLENECKS
               if f"bottleneck={bottleneck}" in entry["settings"]}  # fmt: skip
    assert trained == {(core, bottleneck) for core in cores.names() for bottleneck in BOTTLENECKS}
