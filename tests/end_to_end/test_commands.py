"""The command line as a person uses it: files to a corpus, a corpus to a model, a model to music and text."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import pretty_midi
import pytest

from genstudio.domains import get_domain

Cli = Callable[..., subprocess.CompletedProcess[str]]


def result_of(ended: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The one JSON object on standard output, and nothing else there."""
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("\n") == 1
    value = json.loads(ended.stdout)
    assert isinstance(value, dict)
    return value


def refusal_of(ended: subprocess.CompletedProcess[str]) -> str:
    """The one clear line about a wrong call."""
    assert ended.returncode == 2, (ended.returncode, ended.stdout, ended.stderr)
    assert ended.stdout == ""
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith("genstudio: ")
    assert "Traceback" not in ended.stderr
    return lines[0]


@pytest.fixture(scope="module")
def songs(tmp_path_factory, make_tune) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("songs")
    made = {}
    for name, seed, bars, metre, tempo in (("a", 1, 2, (4, 4), 80), ("b", 2, 2, (6, 8), 120), ("long", 3, 8, (4, 4), 100)):
        made[name] = folder / f"{name}.mid"
        make_tune(seed, bars, metre, tempo).write(str(made[name]))
    return made


def notes_in(path: str | Path) -> int:
    assert mido.MidiFile(str(path)).ticks_per_beat == 480
    return sum(len(instrument.notes) for instrument in pretty_midi.PrettyMIDI(str(path)).instruments)


def music_of(path: str) -> list[list[dict]]:
    """All events of a MIDI file but the text that tells how it was made."""
    return [[event.dict() for event in track if event.type != "text"] for track in mido.MidiFile(path).tracks]


def test_from_files_to_music(cli: Cli, tunes, songs, tiny, tmp_path):
    source = tmp_path / "files"
    shutil.copytree(tunes, source)
    (source / "broken.mid").write_bytes(b"MThd\0\0\0\6\0")
    corpus, model = tmp_path / "corpus", tmp_path / "model"
    built = result_of(
        cli(
            "corpus",
            source,
            "--out",
            corpus,
            "--preset",
            "melody-2bar",
            "--stride",
            2,
            "--vocab-size",
            340,
            "--workers",
            1,
            "--valid",
            0.1,
            "--test",
            0.1,
            "--json",
        )
    )
    assert {"files", "pieces", "train", "valid", "test", "refused"} <= set(built)
    assert built["files"] == 61
    (refused,) = built["refused"]
    assert refused["path"].endswith("broken.mid")
    assert "damaged" in refused["reason"] or "header" in refused["reason"]

    settings = [
        word for text in [*tiny["melody"], "optimizer.batch_size=16", "optimizer.evaluate_every=10"] for word in ("--set", text)
    ]
    events = tmp_path / "events.jsonl"
    trained = result_of(
        cli("train", "--corpus", corpus, "--out", model, "--max-steps", 20, "--events", events, "--json", *settings)
    )
    assert trained["step"] == 20
    lines = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    assert all({"event", "version", "time"} <= set(line) for line in lines)
    assert [line["event"] for line in lines].count("step") == 20
    assert lines[-1]["event"] == "end"
    refused_again = refusal_of(cli("train", "--corpus", corpus, "--out", model, "--max-steps", 20, *settings))
    assert "--resume" in refused_again

    measured = result_of(cli("evaluate", "--model", model, "--corpus", corpus, "--samples", 2, "--json"))
    assert {"n", "reconstruction", "likelihood", "latent"} <= set(measured)

    out = tmp_path / "between"
    found = result_of(cli("interpolate", songs["a"], songs["b"], "--model", model, "--steps", 5, "--out", out, "--json"))
    assert [step["t"] for step in found["steps"]] == [0, 0.25, 0.5, 0.75, 1]
    assert sorted(path.name for path in out.iterdir()) == ["joined.mid", *(f"step-0{number}.mid" for number in range(5))]
    for step in found["steps"]:
        notes_in(step["path"])
    told = result_of(cli("trace", out / "joined.mid", "--json"))
    assert (told["operation"], told["index"], told["count"]) == ("interpolate", None, 5)
    assert told["job"] == result_of(cli("trace", found["steps"][1]["path"], "--json"))["job"]
    assert "all 5 pieces" in cli("trace", out / "joined.mid").stdout
    back = result_of(cli("reconstruct", songs["a"], "--model", model, "--out", tmp_path / "back.mid", "--json"))
    assert back["kept"] == found["kept"][0]
    given = [note.pitch for note in get_domain("melody").read(songs["a"]).pieces[0].notes]
    first = [note.pitch for note in get_domain("melody").read(found["steps"][0]["path"]).pieces[0].notes]
    assert first == given[: len(first)]  # the end is the source itself, as far as the model's phrase goes
    sampled = result_of(cli("sample", "--model", model, "-n", 3, "--seed", 4, "--out", tmp_path / "samples", "--json"))
    assert len(sampled["samples"]) == 3
    assert sampled["seed"] == 4
    for entry in sampled["samples"]:
        notes_in(entry["path"])


def test_sentences(cli: Cli, text_model, tmp_path):
    a, b = "the cat sees the moon today.", "nobody paints a letter again."
    found = result_of(cli("interpolate", a, b, "--model", text_model, "--steps", 3, "--out", tmp_path / "out", "--json"))
    assert len(found["steps"]) == 3
    assert all(step["text"] for step in found["steps"])
    shown = cli("interpolate", a, b, "--model", text_model, "--steps", 3, "--out", tmp_path / "again", fresh=True)
    assert shown.returncode == 0
    words = [step["text"].split() for step in found["steps"]]
    assert any(words)
    assert all(some[0] in shown.stdout for some in words if some)


def test_for_people(cli: Cli, melody_model, songs, tmp_path):
    ended = cli("interpolate", songs["long"], songs["b"], "--model", melody_model, "--steps", 3, "--out", tmp_path / "out")
    assert ended.returncode == 0
    assert "step-00.mid" in ended.stdout
    assert "first was used" in ended.stderr + ended.stdout
    picked = result_of(
        cli(
            "interpolate",
            songs["long"],
            songs["long"],
            "--phrase",
            2,
            "--model",
            melody_model,
            "--steps",
            2,
            "--out",
            tmp_path / "other",
            "--json",
        )
    )
    assert any("phrase 2" in remark for remark in picked["remarks"])
    assert any("same piece" in remark for remark in picked["remarks"])


def test_models(cli: Cli, melody_model, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(melody_model, home / "models" / "mine")
    env = {"GENSTUDIO_HOME": str(home)}
    listed = result_of(cli("models", "--json", env=env))
    assert "mine" in [entry["name"] for entry in listed["models"]]
    card = cli("models", "show", "mine", env=env, fresh=True)
    assert card.stdout.startswith("# ")
    assert "did you mean 'mine'" in refusal_of(cli("models", "show", "mien", env=env))


# Damaged input


def make_damaged(folder: Path, whole: Path) -> dict[str, Path]:
    data = whole.read_bytes()
    draw = random.Random(0)
    files = {
        "cut in the header": data[:9],
        "cut after the header": data[:14],
        "cut in the track": data[: len(data) // 2],
        "0xFF": b"\xff" * 300_000,
        "zero length": b"",
        "text": b"Dear friend, this is no music.\n" * 50,
        "zeros": b"\0" * 10_000,
        "noise": bytes(draw.randrange(256) for _ in range(20_000)),
        "a header of many tracks": data[:10] + b"\xff\xff" + data[12:14],
        "a track longer than the file": data[:18] + b"\xff\xff\xff\xff" + data[22:],
        "no ticks": data[:12] + b"\0\0" + data[14:],
    }
    made = {}
    for name, content in files.items():
        made[name] = folder / f"{name}.mid"
        made[name].write_bytes(content)
    (folder / "a folder.mid").mkdir()
    made["a folder"] = folder / "a folder.mid"
    made["missing"] = folder / "missing.mid"
    if os.name == "posix" and os.geteuid() != 0:
        closed = folder / "closed.mid"
        closed.write_bytes(data)
        closed.chmod(0)
        made["no permission"] = closed
    return made


# These may be read for what is left of them; whatever happens is told, and quickly.
READABLE = {"cut in the track", "a track longer than the file", "no ticks"}

WATCHED = """
import contextlib, io, json, sys, time
from genstudio.cli import main

found = []
for name in sys.argv[4:]:
    said = io.StringIO()
    began = time.process_time()
    with contextlib.redirect_stderr(said):
        status = main(["interpolate", name, sys.argv[1], "--model", sys.argv[2], "--steps", "2", "--out", sys.argv[3]])
    found.append([status, said.getvalue(), time.process_time() - began])
# Of this program alone: what getrusage tells has the memory of the one that started it in it.
peak = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
print(json.dumps({"found": found, "peak": peak}), file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory in Linux's unit")
def test_damaged_songs(melody_model, songs, tmp_path):
    made = make_damaged(tmp_path, songs["long"])
    command = [sys.executable, "-c", WATCHED, str(songs["b"]), str(melody_model), str(tmp_path / "out"), *map(str, made.values())]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stderr.splitlines()[-1])
    assert told["peak"] < 500_000  # kilobytes, of all together
    for (what, path), (status, said, seconds) in zip(made.items(), told["found"], strict=True):
        assert seconds < 60, what
        if what in READABLE and status == 0:
            continue
        assert status == 2, (what, said)
        (line,) = said.strip().splitlines()
        assert line.startswith("genstudio: ")
        assert path.name in line


def test_a_damaged_song_by_itself(cli: Cli, melody_model, songs, tmp_path):
    path = make_damaged(tmp_path, songs["long"])["0xFF"]
    line = refusal_of(cli("interpolate", path, songs["b"], "--model", melody_model, "--out", tmp_path / "out"))
    assert "0xFF.mid" in line
    assert not (tmp_path / "out").exists()


def test_a_corpus_goes_on_past_damaged_files(cli: Cli, songs, tmp_path):
    source = tmp_path / "files"
    source.mkdir()
    made = make_damaged(source, songs["long"])
    shutil.copy(songs["long"], source / "whole.mid")
    found = result_of(cli("corpus", source, "--preset", "melody-2bar", "--out", tmp_path / "corpus", "--workers", 1, "--json"))
    told = {Path(entry["path"]).name: entry["reason"] for entry in found["refused"]}
    for name, path in made.items():
        if name not in READABLE | {"missing", "a folder"}:
            assert told[path.name], name
    assert "whole.mid" not in told
    assert found["train"] + found["valid"] + found["test"] >= 4
    # What a folder holds beside them is counted and named, and XML that is no score is refused as such.
    for name in ("list.txt", "cover.jpg", "README"):
        (source / name).write_text("x", encoding="utf-8")
    (source / "settings.xml").write_text("<settings/>", encoding="utf-8")
    told = cli("corpus", source, "--preset", "melody-2bar", "--out", tmp_path / "corpus", "--workers", 1, "--verbose")
    assert told.returncode == 0
    assert "of other kinds, not read: 3 (1 without a suffix, 1 .jpg, 1 .txt)" in told.stdout
    assert all(f"  {source / name}\n" in told.stdout for name in ("list.txt", "cover.jpg", "README"))
    assert f"{source / 'settings.xml'}: no MusicXML score: it begins with <settings>" in told.stdout
    (source / "whole.mid").unlink()
    for name in READABLE:
        made[name].unlink()
    nothing = cli("corpus", source, "--preset", "melody-2bar", "--out", tmp_path / "none", "--workers", 1, fresh=True)
    assert nothing.returncode == 2
    assert nothing.stderr.splitlines()[-1].startswith("genstudio: nothing can be learned from")
    assert not (tmp_path / "none").exists()


def test_wrong_calls(cli: Cli, melody_model, melody_corpus, songs, tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    out = tmp_path / "out"
    for words, told in (
        (["interpolat", "a", "b"], "did you mean 'interpolate'"),
        (["interpolate", songs["a"], songs["b"], "--model", melody_model, "--out", blocker], "is a file"),
        (["reconstruct", songs["a"], "--model", melody_model, "--phrase", 3, "--out", tmp_path / "x.mid"], "phrase 3"),
        (["train", "--corpus", melody_corpus, "--out", out, "--set", "core.witdh=3"], "did you mean 'width'"),
    ):
        line = refusal_of(cli(*words))
        assert told in line, line
        assert not out.exists()
    ended = cli("reconstruct", "none.mid", "--model", melody_model, "--out", tmp_path / "x.mid", "--json")
    assert ended.returncode == 2
    assert "none.mid" in json.loads(ended.stdout)["error"]["message"]


def test_a_corpus_too_small_to_learn_from(cli: Cli, songs, tmp_path):
    result_of(cli("corpus", songs["long"], "--preset", "melody-2bar", "--out", tmp_path / "corpus", "--workers", 1, "--json"))
    assert "too few to learn from" in refusal_of(cli("train", "--corpus", tmp_path / "corpus", "--out", tmp_path / "model"))
    assert not (tmp_path / "model").exists()


# Stopping


def training(corpus: Path, out: Path, settings: list[str], *more: str) -> list[str]:
    words = ["train", "--corpus", str(corpus), "--out", str(out), "--max-steps", "40", "--events", str(out.with_suffix(".jsonl"))]
    return [*words, *more, *(word for text in settings for word in ("--set", text))]


# Ctrl-C in the middle of the training, at the same step however fast the machine is.
INTERRUPTED = """
import os, signal, sys
from genstudio.cli import main
from genstudio.training import loop

steps, step = [], loop._Loop.one_step

def one_step(self, indices):
    steps.append(indices)
    if len(steps) == 6:
        os.kill(os.getpid(), signal.SIGINT)
    return step(self, indices)

loop._Loop.one_step = one_step
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_interrupted_training_goes_on_exactly(cli: Cli, python: Cli, melody_corpus, tiny, tmp_path):
    settings = [*tiny["melody"], "optimizer.batch_size=32", "optimizer.evaluate_every=1000", "optimizer.evaluate_on=4"]
    ended = python("-c", INTERRUPTED, *training(melody_corpus, tmp_path / "stopped", settings))
    assert ended.returncode == 130, ended.stderr
    assert "--resume" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    done = json.loads((tmp_path / "stopped" / "training" / "state.json").read_text(encoding="utf-8"))["step"]
    assert done == 6
    assert cli(*training(melody_corpus, tmp_path / "stopped", settings, "--resume")).returncode == 0
    assert cli(*training(melody_corpus, tmp_path / "straight", settings)).returncode == 0
    weights = [(tmp_path / name / "model.safetensors").read_bytes() for name in ("stopped", "straight")]
    assert weights[0] == weights[1]


@pytest.mark.slow
def test_augment_a_table(cli: Cli, writer, sentences, tmp_path):
    rows = [line for line in sentences.read_text(encoding="utf-8").splitlines() if '"' not in line][:18]
    table = tmp_path / "t.csv"
    lines = ["text,kind", *(f"{row},{'long' if number % 3 else 'rare'}" for number, row in enumerate(rows))]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "more.tsv"
    words = ["augment", table, "--model", writer, "--label", "kind", "--out", out]
    result = result_of(cli(*words, "--per-class", "9", "--amount", "1", "--doubtful", "--json"))
    assert [(one["label"], one["before"], one["wanted"]) for one in result["classes"]] == [("long", 12, 12), ("rare", 6, 9)]
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "text\tkind\tsource_row\tmate_row\tamount\tseed\tweight"
    assert [line.split("\t")[:2] for line in lines[1:19]] == [line.split(",") for line in table.read_text().splitlines()[1:]]
    assert len(lines) == 19 + result["new"]
    assert "did you mean 'kind'" in refusal_of(cli(*words[:-3], "kinds", "--out", out))
    assert "expected a name that ends in" in refusal_of(cli(*words[:-1], tmp_path / "o.doc"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["more.tsv", "t.csv"]
