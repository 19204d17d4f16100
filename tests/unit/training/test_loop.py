"""The loop: resume, seeds, warnings and refusals."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import signal
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from safetensors.torch import load_file

from genstudio.errors import ConfigError, CorpusError, FileError, GenStudioError, ModelError
from genstudio.files import holding
from genstudio.models.checkpoint import load_model
from genstudio.paths import training_lock
from genstudio.training import loop


def weights(out: Path) -> bytes:
    return (out / "model.safetensors").read_bytes()


def state(out: Path) -> dict:
    return json.loads((out / "training" / "state.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("core", ["transformer", "lstm"])
@pytest.mark.parametrize("stops", [[7], [10, 11, 19]])
@pytest.mark.slow
def test_a_stopped_training_goes_on_exactly(train, configure, tmp_path, core, stops):
    config = configure(core)
    straight, told = train(tmp_path / "straight", config)
    assert (straight.step, straight.stopped) == (20, False)
    losses = {event.data["step"]: event.data["loss"] for event in told.of("step")}
    again = {}
    for number, at in enumerate([*stops, -1]):
        result, heard = train(tmp_path / "halting", config, after=at, resume=number > 0)
        assert result.stopped == (at > 0)
        assert result.step == (at if at > 0 else 20)
        again |= {event.data["step"]: event.data["loss"] for event in heard.of("step")}
    assert again == losses
    assert weights(tmp_path / "straight") == weights(tmp_path / "halting")
    names = [state(tmp_path / where)["file"] for where in ("straight", "halting")]
    moments = [load_file(tmp_path / where / "training" / name) for where, name in zip(("straight", "halting"), names, strict=True)]
    assert moments[0].keys() == moments[1].keys()
    assert all(torch.equal(value, moments[1][key]) for key, value in moments[0].items())
    assert straight.metrics == result.metrics


@pytest.mark.slow
def test_more_than_an_epoch(train, configure, few, tmp_path):
    config = configure(optimizer={"batch_size": 16, "steps": 9})
    train(tmp_path / "a", config, on=few(40))
    assert state(tmp_path / "a")["epoch"] == 2
    for number, at in enumerate([3, 4, -1]):  # an epoch has three batches
        train(tmp_path / "b", config, on=few(40), after=at, resume=number > 0)
    assert weights(tmp_path / "a") == weights(tmp_path / "b")


@pytest.mark.parametrize("core", ["transformer", "lstm"])
@pytest.mark.slow
def test_same_seed_same_bytes(train, configure, tmp_path, core):
    config = configure(core, optimizer={"steps": 5})
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        torch.manual_seed(hash(name) % 1000)  # what went before must not matter
        train(tmp_path / name, config, seed=seed)
    assert weights(tmp_path / "a") == weights(tmp_path / "b") != weights(tmp_path / "c")


def test_resume_of_a_finished_training_changes_nothing(train, configure, tmp_path):
    config = configure(optimizer={"steps": 4})
    first, _ = train(tmp_path, config)
    before = weights(tmp_path)
    again, told = train(tmp_path, config, resume=True)
    assert (again.step, again.stopped) == (4, False)
    assert again.metrics == first.metrics
    assert told.of("step") == []
    assert weights(tmp_path) == before


@pytest.mark.slow
def test_what_is_told(train, configure, tmp_path):
    result, told = train(tmp_path, configure())
    steps = told.of("step")
    assert [event.data["step"] for event in steps] == list(range(1, 21))
    assert [(event.done, event.total) for event in steps] == [(number, 20) for number in range(1, 21)]
    learned = [event.data["reconstruction_nll"] * 13 / event.data["tokens"] for event in steps if event.data["tokens"] > 100]
    assert learned[-1] < learned[0]  # nats a token
    assert steps[0].data["kl_weight"] == 0.0
    assert steps[-1].data["kl_weight"] == 0.5
    assert told.of("warning")[0].data["kind"] == "small corpus"
    evaluations = told.of("evaluation")
    assert [event.data["step"] for event in evaluations] == [10, 20]
    last = evaluations[-1].data
    assert {"negative_elbo", "kl", "active_units", "reconstruction", "reconstruction_nll", "example"} <= set(last)
    assert last["negative_elbo"] == pytest.approx(last["reconstruction_nll"] + last["kl"], rel=1e-5)
    assert "exact" in last["reconstruction"]
    assert [event.data["step"] for event in told.of("done")] == [20]
    assert json.loads(json.dumps(last))["step"] == 20
    assert result.metrics["step"] == 20
    assert len(state(tmp_path)["history"]) == 2
    json.dumps(dataclasses.asdict(result))


@pytest.mark.slow
def test_examples_are_written(train, configure, tmp_path):
    import pretty_midi

    _, told = train(tmp_path, configure())
    folder = tmp_path / "training" / "examples"
    names = ["new-000010.mid", "new-000020.mid", "original.mid", "step-000010.mid", "step-000020.mid"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert pretty_midi.PrettyMIDI(str(folder / "original.mid")).instruments[0].notes
    data = told.of("evaluation")[-1].data
    assert data["example"] == str(folder / "step-000020.mid")
    assert data["original"]
    assert data["reconstructed"]
    assert data["new"] == str(folder / "new-000020.mid")
    assert pretty_midi.PrettyMIDI(str(folder / "new-000020.mid")).instruments[0].notes


@pytest.mark.slow
def test_one_that_is_done_goes_on_with_more_time(train, configure, tmp_path, monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(loop, "time", SimpleNamespace(monotonic=lambda: 0.1 * next(ticks)))
    config = configure("lstm", optimizer={"steps": 100_000})
    first, _ = train(tmp_path, config, max_minutes=0.1)
    assert not first.stopped
    assert 0 < first.step < 60
    second, _ = train(tmp_path, config, max_minutes=0.2, resume=True)
    assert second.step > first.step


@pytest.mark.slow
def test_an_evaluation_by_the_clock_is_also_at_the_start(train, configure, tmp_path):
    _, told = train(tmp_path, configure(), evaluate_minutes=1e-9)
    assert [event.data["step"] for event in told.of("evaluation")] == list(range(21))


def test_the_model_loads_and_says_how_it_was_made(train, configure, corpus, tmp_path):
    train(tmp_path, configure("lstm"), seed=5)
    model, tokenizer, manifest = load_model(tmp_path)
    assert tokenizer.digest == corpus.tokenizer.digest
    assert model.spec.longest == corpus.manifest["longest"]
    assert manifest["domain"] == "melody"
    assert manifest["phrase"]["length"] == 2
    assert manifest["training"]["seed"] == 5
    assert manifest["training"]["steps"] == 20
    assert manifest["corpus"] == {"digest": corpus.digest, "train": len(corpus.split("train"))}
    assert manifest["metrics"]["step"] == 20


def test_without_a_latent(train, configure, tmp_path):
    result, told = train(tmp_path, configure(bottleneck="none"))
    assert all(event.data["kl"] == 0 for event in told.of("step"))
    assert result.metrics["kl"] == 0
    assert [event for event in told.of("warning") if event.data["kind"] == "posterior collapse"] == []
    assert result.metrics["reconstruction"] == {}  # nothing comes back from nothing
    assert {name for name in result.metrics if result.metrics[name] is None} == {"kl_weight", "active_units", "latent_dims"}


@pytest.mark.slow
def test_an_autoencoder_pays_no_kl_and_reports_none(train, configure, tmp_path):
    result, told = train(tmp_path, configure(bottleneck="ae"))
    steps = told.of("step")
    assert all(event.data["kl"] is None and event.data["kl_weight"] is None for event in steps)
    assert all("KL" not in event.message for event in [*steps, *told.of("evaluation")])
    assert {name for name in result.metrics if result.metrics[name] is None} == {"negative_elbo", "kl", "kl_weight"}
    assert result.metrics["active_units"] > 0
    assert [event for event in told.of("warning") if event.data["kind"] == "posterior collapse"] == []


@pytest.mark.slow
def test_pre_training_as_an_autoencoder(train, configure, tmp_path):
    config = configure("lstm", kl={"pretrain": 0.4, "schedule": "constant", "floor": 0.0}, optimizer={"evaluate_every": 4})
    _, told = train(tmp_path / "fresh", config)
    steps = [event.data for event in told.of("step")]
    assert [step["kl"] is None for step in steps] == [step["kl_weight"] == 0 for step in steps] == [True] * 8 + [False] * 12
    # Before the ninth step the decoder, and it alone, is drawn anew, unless that is not wanted.
    same = configure("lstm", kl={**vars(config.kl), "fresh_decoder": False}, optimizer={"evaluate_every": 4})
    for name, with_what, far in (("a", config, True), ("b", same, False)):
        kept = []
        for number, at in enumerate((8, 9)):
            train(tmp_path / name, with_what, after=at, resume=number > 0)
            kept.append(load_file(tmp_path / name / "model.safetensors"))
        moved = {key: float((kept[1][key] - kept[0][key]).abs().max()) for key in kept[0]}
        assert max(value for key, value in moved.items() if ".encoder." in key or ".embedding." in key) < 0.02
        assert (moved["core.decoder.weight_hh_l0"] > 0.1) == far


@pytest.mark.parametrize("stops", [[5], [7, 8, 9, 15]])
@pytest.mark.parametrize("core", ["transformer", "lstm"])
@pytest.mark.slow
def test_pre_training_and_batch_norm_go_on_exactly(train, configure, tmp_path, core, stops):
    config = configure(core, kl={"pretrain": 0.4, "batch_norm": 0.6, "floor": 0.0})
    train(tmp_path / "straight", config)
    for number, at in enumerate([*stops, -1]):
        train(tmp_path / "halting", config, after=at, resume=number > 0)
    assert weights(tmp_path / "straight") == weights(tmp_path / "halting")


@pytest.mark.slow
def test_a_rate_that_is_aimed_at_is_reached(train, configure, tmp_path):
    kl = {"target": 4.0, "weight": 3.0, "schedule": "constant", "floor": 0.0}
    optimizer = {"steps": 120, "evaluate_every": 120, "learning_rate": 0.02, "evaluate_on": 16}
    _, told = train(tmp_path, configure("lstm", kl=kl, optimizer=optimizer))
    reached = [event.data["kl"] for event in told.of("step")][-30:]
    assert sum(reached) / len(reached) == pytest.approx(4.0, abs=0.3)


def plain(config):
    """Without dropout, whose noise is variance of the mean, too."""
    return dataclasses.replace(config, core_options={**config.core_options, "dropout": 0.0})


@pytest.mark.slow
def test_batch_norm_keeps_the_kl_above_its_bound(train, configure, tmp_path):
    """Zhu et al. 2020, eq. 9: six dimensions, half of 0.64 each, though the weight is such that all of it would be given up."""
    optimizer = {"steps": 30, "evaluate_every": 30, "learning_rate": 0.02, "evaluate_on": 16}
    kl = {"weight": 20.0, "schedule": "constant", "floor": 0.0}
    collapsed, _ = train(tmp_path / "without", plain(configure("lstm", kl=kl, optimizer=optimizer)))
    kept, told = train(tmp_path / "with", plain(configure("lstm", kl={**kl, "batch_norm": 0.8}, optimizer=optimizer)))
    assert collapsed.metrics["kl"] < 0.5
    assert all(event.data["kl"] > 0.99 * 6 * 0.5 * 0.8**2 for event in told.of("step"))
    assert kept.metrics["kl"] > 1.0
    model, _, manifest = load_model(tmp_path / "with")
    assert model.norm is not None
    assert manifest["model"]["batch_norm"] == 0.8


def test_a_target_and_free_bits_exclude_each_other(train, configure, tmp_path):
    with pytest.raises(ConfigError, match="set one of them to 0"):
        train(tmp_path / "a", configure(kl={"target": 4.0, "floor": 0.1}))
    assert not (tmp_path / "a").exists()
    train(tmp_path / "b", configure(bottleneck="ae", kl={"target": 4.0, "floor": 0.1}, optimizer={"steps": 1}))


def test_a_state_of_before_goes_on(train, configure, tmp_path):
    """Settings once said ``latent`` where they say ``bottleneck`` now."""
    config = configure(optimizer={"steps": 4})
    train(tmp_path, config, after=2)
    before = state(tmp_path)
    before["config"]["latent"] = before["config"].pop("bottleneck") == "vae"
    (tmp_path / "training" / "state.json").write_text(json.dumps(before), encoding="utf-8")
    result, _ = train(tmp_path, config, resume=True)
    assert result.step == 4


# Refusals


def test_what_is_there_is_not_overwritten(train, configure, tmp_path):
    config = configure(optimizer={"steps": 2})
    train(tmp_path, config)
    before = weights(tmp_path)
    with pytest.raises(ModelError, match=r"already holds a training \(2 steps\); go on with it"):
        train(tmp_path, config)
    for path in (tmp_path / "training").glob("state*"):
        path.unlink()
    with pytest.raises(ModelError, match="already holds a model"):
        train(tmp_path, config)
    assert weights(tmp_path) == before


def test_a_place_that_cannot_be_written_is_told_at_once(train, configure, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileError, match="choose another"):
        train(tmp_path / "file", configure())


def test_two_do_not_train_into_one_folder(train, configure, tmp_path):
    out = tmp_path / "m"
    train(out, configure(), max_steps=2)
    with holding(training_lock(out)), pytest.raises(ModelError, match="another training writes into"):
        train(out, configure(), max_steps=4, resume=True)
    assert state(out)["step"] == 2


def test_resume_needs_what_it_was_begun_with(train, configure, few, tmp_path):
    config = configure(optimizer={"steps": 6})
    train(tmp_path, config, after=2, seed=3)
    with pytest.raises(ModelError, match="begun with seed 3"):
        train(tmp_path, config, resume=True, seed=4)
    with pytest.raises(ModelError, match="other settings"):
        train(tmp_path, configure(optimizer={"steps": 6, "learning_rate": 0.1}), resume=True, seed=3)
    other = few(50)
    other.manifest = {**other.manifest, "digest": "0" * 64}
    with pytest.raises(ModelError, match="another corpus"):
        train(tmp_path, config, resume=True, seed=3, on=other)
    with pytest.raises(ModelError, match="no training can be resumed"):
        train(tmp_path / "nothing", config, resume=True)
    with pytest.raises(ModelError, match="no training can be resumed"):
        train(tmp_path, configure("lstm"), resume=True, seed=3)


def test_a_corpus_too_small_is_told_before_time_is_spent(train, configure, few, tmp_path):
    with pytest.raises(CorpusError, match="has 31 pieces to train on, too few"):
        train(tmp_path, configure(), on=few(loop.FEWEST - 1))
    assert not (tmp_path / "training").exists()
    _, told = train(tmp_path, configure(optimizer={"steps": 1}), on=few(loop.FEWEST))
    assert "only 32 pieces" in told.of("warning")[0].message


@pytest.mark.slow
def test_collapse_is_told_with_a_remedy(train, configure, tmp_path):
    kl = {"weight": 100.0, "start": 100.0, "schedule": "constant", "floor": 0.0}
    config = configure(
        "lstm", kl=kl, word_dropout=0.0, word_dropout_end=-1.0, optimizer={"steps": 60, "evaluate_every": 60, "learning_rate": 0.03}
    )
    result, told = train(tmp_path, config)
    assert result.metrics["kl"] < 0.5
    (warning,) = [event for event in told.of("warning") if event.data["kind"] == "posterior collapse"]
    for word in ("posterior collapse", "word dropout", "floor of the KL", "lower weight of the KL"):
        assert word in warning.message


@pytest.mark.slow
def test_a_healthy_model_gives_no_warning(train, configure, tmp_path):
    _, told = train(tmp_path, configure(kl={"weight": 0.0, "start": 0.0}))
    assert [event.data["kind"] for event in told.of("warning")] == ["small corpus"]


def test_divergence_is_told_and_the_last_state_kept(train, configure, tmp_path, monkeypatch):
    config = configure(optimizer={"evaluate_every": 5})
    original = loop.free_bits
    calls = []

    def poisoned(*arguments):
        calls.append(1)
        return original(*arguments) * (float("nan") if len(calls) == 8 else 1.0)

    monkeypatch.setattr(loop, "free_bits", poisoned)
    with pytest.raises(GenStudioError, match=r"diverged at step 7.*optimizer\.learning_rate"):
        train(tmp_path, config)
    assert state(tmp_path)["step"] == 5
    load_model(tmp_path)


@pytest.mark.slow
def test_minutes_end_the_training_and_drive_the_schedules(train, configure, tmp_path):
    config = configure(optimizer={"steps": 100_000, "evaluate_every": 100_000})
    result, told = train(tmp_path, config, max_minutes=0.02)
    assert 0 < result.step < 100_000
    assert not result.stopped
    assert result.metrics["kl_weight"] == 0.5
    weights_seen = [event.data["kl_weight"] for event in told.of("step")]
    assert weights_seen == sorted(weights_seen)
    assert weights_seen[-1] > 0.4
    assert result.seconds < 120  # all steps would take hours


# Ends that nobody asked for

KILLED = """
import os, signal, sys
from pathlib import Path
import genstudio
from genstudio.training import state

corpus, out = sys.argv[1:3]
writes = 0
original = os.replace

def replace(source, target):
    # Die in the middle of a save: after its weights, before its counters or the model.
    global writes
    writes += 1
    original(source, target)
    if writes == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

os.replace = replace
genstudio.train(corpus, out, preset="melody-2bar", overrides=sys.argv[4:], max_steps=12, device="cpu")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("write", [13, 16])
def test_killed_in_the_middle_of_a_save(melody_corpus, tiny, tmp_path, write, cli, python):
    settings = [*tiny["melody"], "optimizer.batch_size=8", "optimizer.evaluate_every=4", "optimizer.evaluate_on=2"]
    out = tmp_path / "killed"
    ended = python("-c", KILLED, melody_corpus, out, write, *settings, timeout=600)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    load_model(out)
    assert 4 <= state(out)["step"] < 12
    # A process that has died goes on in another. All that is compared is trained in fresh ones.
    given = [word for text in settings for word in ("--set", text)]
    for place, more in ((out, ["--resume"]), (tmp_path / "straight", [])):
        done = cli(
            "train", "--corpus", melody_corpus, "--out", place, "--preset", "melody-2bar", "--device", "cpu", "--max-steps", 12,
            *given, *more, timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert weights(out) == weights(tmp_path / "straight")


# Several processes


def events(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# As torchrun does, but the two need not load torch.
TWO = """
import os, socket, sys
from genstudio.cli import main

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), WORLD_SIZE="2", LOCAL_WORLD_SIZE="2")
children = []
for rank in range(2):
    children.append(os.fork())
    if not children[-1]:
        os.environ.update(RANK=str(rank), LOCAL_RANK=str(rank))
        os._exit(main(sys.argv[1:]))
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""
LAUNCHED = ["torch.distributed.run", "--nproc-per-node", "2", "--master-port", "0", "--rdzv-backend", "c10d"]
LAUNCHED += ["--rdzv-endpoint", "localhost:0", "-m"]
# As on two machines, but the two agents need not load torch.
AGENTS = """
import os, runpy, socket, sys

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
agent = ["run", "--nnodes", "2", "--nproc-per-node", "1", "--rdzv-id", "tunes"]
agent += ["--rdzv-backend", "c10d", "--rdzv-endpoint", f"127.0.0.1:{port}", "-m", "genstudio", *sys.argv[1:]]
sys.argv = agent
both = []
for _ in range(2):
    both.append(os.fork())
    if not both[-1]:
        try:
            runpy.run_module("torch.distributed.run", run_name="__main__")
        except BaseException as left:
            os._exit(left.code or 0 if isinstance(left, SystemExit) else 1)
        os._exit(0)
sys.exit(any([os.waitpid(one, 0)[1] for one in both]))
"""


def run_processes(python, begin: list[str], corpus: Path, out: Path, settings: list[str], *more: str) -> list[dict]:
    told = out.with_suffix(".jsonl")
    words = ["train", "--corpus", corpus, "--out", out, "--preset", "melody-2bar", "--device", "cpu", "--events", told, *more]
    words += [word for text in settings for word in ("--set", text)]
    ended = python(*begin, *words, timeout=600)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return events(told)


@pytest.mark.skipif(not torch.distributed.is_available(), reason="this torch has no distributed training")
@pytest.mark.parametrize("more", [[], ["kl.batch_norm=0.5"]], ids=["free bits", "batch norm"])
def test_two_processes_follow_the_curve_of_one(melody_corpus, tiny, tmp_path, corpus, more, python):
    # A batch size that leaves an odd last batch of each epoch, and free bits that some dimensions are under and some over.
    size = len(corpus.split("train"))
    batch = next(number for number in range(25, 60) if size % number % 2 == 1)
    settings = [
        *tiny["melody"],
        f"optimizer.batch_size={batch}",
        "optimizer.evaluate_every=10",
        "optimizer.evaluate_on=8",
        f"kl.floor={0.3 if more else 0.02}",
        "kl.floor_mode=dimension",
        "kl.start=0.5",
        "optimizer.warmup=2",
        "optimizer.learning_rate=0.003",
        "precision=float32",  # bfloat16 rounds the sums of half a batch otherwise than those of a whole one
        *more,
    ]
    steps = str(-(-size // batch) + 2)
    one = run_processes(python, ["-m", "genstudio"], melody_corpus, tmp_path / "one", settings, "--max-steps", steps)
    begin = ["-c", TWO] if hasattr(os, "fork") else ["-m", *LAUNCHED, "genstudio"]
    two = run_processes(python, begin, melody_corpus, tmp_path / "two", settings, "--max-steps", steps)
    curves = [[event for event in told if event["event"] == "step"] for told in (one, two)]
    assert len(curves[0]) == len(curves[1]) == int(steps)
    for name in ("loss", "reconstruction_nll", "kl", "gradient_norm"):
        for a, b in zip(*curves, strict=True):
            assert b[name] == pytest.approx(a[name], rel=3e-4, abs=1e-5), (name, a["step"])
    ends = [[event for event in told if event["event"] == "evaluation"][-1] for told in (one, two)]
    # Batch normalisation enlarges what rounding leaves, where the mean varied little.
    assert ends[1]["negative_elbo"] == pytest.approx(ends[0]["negative_elbo"], rel=2e-3 if more else 3e-4)
    load_model(tmp_path / "two")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.skipif(not torch.distributed.is_available(), reason="this torch has no distributed training")
def test_two_agents_end_by_the_clock_together(melody_corpus, tiny, tmp_path, python):
    settings = [*tiny["melody"], "optimizer.batch_size=8", "optimizer.evaluate_every=5", "optimizer.evaluate_on=2"]
    began = time.monotonic()
    told = run_processes(python, ["-c", AGENTS], melody_corpus, tmp_path / "two", settings, "--max-minutes", "0.03")
    assert time.monotonic() - began < 600  # all steps would take hours
    assert told[-1] | {"time": 0} == told[-1] | {"time": 0, "event": "end", "status": "done"}
    load_model(tmp_path / "two")


@pytest.mark.slow
def test_variants_change_what_is_trained_on_and_resume_exactly(train, configure, tmp_path):
    config = configure(variants=0.7)
    train(tmp_path / "plain", configure())
    train(tmp_path / "straight", config)
    for number, at in enumerate([8, -1]):
        train(tmp_path / "halting", config, after=at, resume=number > 0)
    assert weights(tmp_path / "straight") == weights(tmp_path / "halting") != weights(tmp_path / "plain")


def test_a_state_without_a_newer_setting_goes_on(train, configure, tmp_path):
    config = configure(optimizer={"steps": 4})
    train(tmp_path, config, after=2)
    kept = state(tmp_path)
    for name in ("variants", "emphasis", "precision"):
        del kept["config"][name]
    (tmp_path / "training" / "state.json").write_text(json.dumps(kept), encoding="utf-8")
    result, _ = train(tmp_path, config, resume=True)
    assert result.step == 4


def test_bfloat16_where_the_processor_has_none(train, configure, tmp_path, monkeypatch):
    from genstudio.training import precision

    monkeypatch.setattr(precision, "cpu_has_bfloat16", lambda: False)
    with pytest.raises(ConfigError, match="precision at auto"):
        train(tmp_path / "m", configure(precision="bfloat16", optimizer={"steps": 3}))
    result, _ = train(tmp_path / "m", configure(optimizer={"steps": 3}))
    assert result.step == 3


@pytest.mark.skipif(not torch.ops.mkldnn._is_mkldnn_bf16_supported(), reason="the processor has no bfloat16")
@pytest.mark.parametrize("core", ["transformer", "lstm"])
def test_bfloat16_trains_decodes_and_gives_float32_codes(train, configure, tmp_path, core):
    result, told = train(tmp_path, configure(core, precision="bfloat16", optimizer={"steps": 3}))
    assert result.metrics["reconstruction"]
    assert len(told.of("step")) == 3
    about = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert about["training"]["precision"] == "bf16"
    assert {str(value.dtype) for value in load_file(tmp_path / "model.safetensors").values()} == {"torch.float32"}
