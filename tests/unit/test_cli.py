"""The command line with an engine that only remembers how it was called, and the real program where it is cheap."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio import cli
from genstudio.cli import _show
from genstudio.cli._parser import add_common, command_line
from genstudio.cli._session import Session, jsonable
from genstudio.errors import ConfigError, FileError, GenStudioError, ModelError, Stopped
from genstudio.latent.operations import WRITERS
from genstudio.progress import Progress, Stop
from genstudio.tasks.compare import Options as CompareOptions

LIBRARY = ["again", "history", "keep"]  # without the engine: see test_history
SPACE = ["anomalies", "attributes", "average", "forecast", "map", "nearest", "shape"]  # with a model: test_shape, tasks/test_series
LABORATORY = ["compare", "prior"]  # with a corpus: see tasks/test_comparing, training/test_prior
WINDOW = ["gui"]  # the desktop studio: see tests/gui
COMMANDS = [
    "accompany", "analogy", "answer", "blend", "chords", "continue", "corpus", "doctor", "evaluate", "export", "fill", "harmonise",
    "interpolate", "models", "path", "reconstruct", "rhythm", "sample", "trace", "train", "vary",
]  # fmt: skip

CORPUS = {"files": 40, "pieces": 50, "train": 40, "valid": 5, "test": 5, "duplicate_pieces": 3, "duplicate_phrases": 2,
          "refused": [{"path": f"f{index}.mid", "reason": "no notes"} for index in range(30)], "remarks": ["track 2 was taken"]}
STEPS = [{"t": t, "path": f"o/step-{index}.mid", "show": f"roll {index}"} for index, t in enumerate((0.0, 0.5, 1.0))]
ANSWERS: dict[str, Any] = {
    "build_corpus": CORPUS,
    "train": {"out": "m", "step": 10, "steps": 10, "seconds": 75.0, "stopped": False, "metrics": {"kl": 12.5}},
    "evaluate": {"digest": "4427dc", "corpus": "80f852", "n": 7, "reconstruction": {"accuracy": 0.98, "exact": 0.5},
                 "likelihood": {"nll": float("inf")}},
    "reconstruct": {"model": "m", "seed": 0, "path": "o.mid", "show": "roll", "remarks": ["it is short"]},
    "sample": {"model": "m", "seed": 0, "samples": [{"path": "o/sample-00.mid", "show": "roll"}]},
    "interpolate": {"model": "m", "seed": 0, "method": "wave", "steps": STEPS, "joined": "o/joined.mid", "remarks": []},
    "path": {"model": "m", "seed": 0, "method": "wave", "steps": STEPS, "joined": "o/joined.mid", "remarks": []},
    "vary": {"model": "m", "seed": 0, "samples": [{"path": "o/variation-00.mid", "show": "roll"}]},
    "continue_": {"model": "m", "seed": 0, "samples": [{"path": "o/continuation-00.mid", "show": "roll"}]},
    "rhythm": {"model": "m", "seed": 0, "samples": [{"path": "o/rhythm-00.mid", "show": "roll"}]},
    "fill": {"model": "m", "seed": 0, "samples": [{"path": "o/filled-00.mid", "show": "roll"}]},
    "chords": {"model": "m", "seed": 0, "samples": [{"path": "o/chords-00.mid", "show": "roll"}]},
    "answer": {"model": "m", "seed": 0, "samples": [{"path": "o/answer-00.mid", "show": "roll"}]},
    "harmonise": {"model": "m", "seed": 0, "path": "o.mid", "show": "roll", "remarks": []},
    "accompany": {"model": "m", "seed": 0, "samples": [{"path": "o/accompanied-00.mid", "show": "roll"}]},
    "blend": {"model": "m", "seed": 0, "grid": [2, 2], "cells": [{"row": 1, "column": 1, "path": "o/c.mid", "show": "roll"}]},
    "analogy": {"model": "m", "seed": 0, "path": "o.mid", "show": "roll", "remarks": []},
    "export": {"path": "o.wav", "format": "wav", "label": "WAV sound", "bytes": 2_000_000, "pieces": [{}],
               "remarks": ["it is short"]},
    "trace": {"path": "o.wav", "operation": "vary", "model": "m", "digest": "abc", "seed": 7, "settings": {"amount": 0.3},
              "sources": ["Ode"], "job": "f00", "index": 0, "count": 3, "code": [0.5, 1.0], "version": "0.1.0"},
    "list_models": [{"name": "m", "folder": "/m", "domain": "melody", "phrase": {"length": 16}, "core": "lstm", "bytes": 3_000_000},
               {"name": "broken", "folder": "/b", "error": "the model /b is damaged"}],
    "model_card": "# The card\n",
    "doctor": [{"name": "torch", "ok": True, "detail": "2.13", "fix": ""},
               {"name": "mido", "ok": False, "detail": "not there", "fix": "pip install mido"}],
}
CALLS = {
    "accompany": ["accompany", "a.mid", "--parts", "bass,chords", "-n", "2", "--model", "m", "--out", "o"],
    "answer": ["answer", "a.mid", "--part", "bass", "--model", "m", "--out", "o"],
    "chords": ["chords", "a.mid", "b.mid", "--model", "m", "--out", "o"],
    "harmonise": ["harmonise", "a.mid", "--model", "m", "--out", "o.mid"],
    "analogy": ["analogy", "a.mid", "b.mid", "c.mid", "--model", "m", "--out", "o.mid"],
    "blend": ["blend", "a.mid", "b.mid", "c.mid", "d.mid", "--model", "m", "--out", "o"],
    "continue": ["continue", "a.mid", "--model", "m", "--out", "o"],
    "rhythm": ["rhythm", "a.mid", "b.mid", "--model", "m", "--out", "o"],
    "fill": ["fill", "a.mid", "--bars", "5-8", "--model", "m", "--out", "o"],
    "path": ["path", "a.mid", "b.mid", "c.mid", "--model", "m", "--out", "o"],
    "vary": ["vary", "a.mid", "--model", "m", "--out", "o"],
    "corpus": ["corpus", "a", "b", "--out", "c"],
    "doctor": ["doctor"],
    "evaluate": ["evaluate", "--model", "m", "--corpus", "c"],
    "export": ["export", "a.mid", "--out", "o.wav", "--tempo", "1.5"],
    "interpolate": ["interpolate", "a.mid", "b.mid", "--model", "m", "--out", "o"],
    "models": ["models"],
    "reconstruct": ["reconstruct", "a.mid", "--model", "m", "--out", "o.mid"],
    "sample": ["sample", "--model", "m", "--out", "o"],
    "trace": ["trace", "o.wav"],
    "train": ["train", "--corpus", "c", "--out", "m"],
}
FUNCTIONS = {name: {"corpus": "build_corpus", "continue": "continue_", "models": "list_models"}.get(name, name) for name in CALLS}


class Engine:
    """Stands for what the commands call; ``answers[name]`` is what a function returns, or calls, or raises."""

    def __init__(self) -> None:
        self.answers = dict(ANSWERS)
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def function(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, keep: Any = None, **kwargs: Any) -> Any:
            self.calls.append((name, args, kwargs))
            answer = self.answers[name]
            if isinstance(answer, BaseException):
                raise answer
            return answer(*args, **kwargs) if callable(answer) else answer

        return call


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    for name in (*ANSWERS, "pack"):
        if name in WRITERS:
            monkeypatch.setitem(WRITERS, name, made.function(name))
        else:
            monkeypatch.setattr(genstudio, name, made.function(name))
    monkeypatch.delenv("RANK", raising=False)
    return made


# The package that is tested, also where it is not installed.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(genstudio.__file__).parents[1]), "PYTHONUTF8": "1"}


def start(command: list[str], **options: Any) -> subprocess.Popen[str]:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
    return subprocess.Popen(command, text=True, encoding="utf-8", env=ENVIRONMENT, **streams)


def run(command: list[str], **options: Any) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    with start(command, **options) as process:
        out, err = process.communicate(timeout=600)
    return process.returncode, out or "", err or ""


PROGRAM = [sys.executable, "-m", "genstudio"]


# What commands there are


def test_the_commands_come_from_the_folder_and_the_operations() -> None:
    assert list(cli.commands()) == sorted([*COMMANDS, *LIBRARY, *SPACE, *LABORATORY, *WINDOW])
    assert all(command.HELP and command.__doc__ for command in cli.commands().values())


@pytest.mark.parametrize("name", [*COMMANDS, *LIBRARY, *SPACE, *LABORATORY])
def test_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"usage: genstudio {name}")
    assert "--json" in said
    assert "--seed" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_json_is_one_object_and_nothing_else(name: str, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*CALLS[name], "--json", "--seed", "3"]) == 0
    said = capsys.readouterr().out
    assert said.endswith("\n")
    assert said.count("\n") == 1
    assert isinstance(json.loads(said), dict)
    assert "roll" not in said
    assert "Infinity" not in said


@pytest.mark.parametrize("name", COMMANDS)
def test_people_get_words(name: str, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(CALLS[name]) == 0
    said = capsys.readouterr().out
    assert said
    assert not said.startswith("{")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_an_error_of_each_command(name: str, form: list[str], engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers[FUNCTIONS[name]] = ModelError("there is no model 'x';\n give another.")
    assert cli.main([*CALLS[name], *form]) == 2
    out, err = capsys.readouterr()
    assert err == "genstudio: there is no model 'x'; give another.\n"
    if form:
        assert json.loads(out)["error"]["status"] == 2
    else:
        assert out == ""


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (FileError("a.mid is damaged."), 2, "a.mid is damaged."),
        (GenStudioError("training diverged."), 1, "training diverged."),
        (ZeroDivisionError("a\nb"), 1, "this is a fault of ours; run again with --debug for the details"),
        (FileNotFoundError(2, "No such file", "x"), 1, "this is a fault of ours"),
        (PermissionError(13, "Permission denied", "/x"), 2, "cannot use /x: Permission denied"),
        (OSError(28, "No space left on device"), 2, "No space left on device"),
        (MemoryError(), 2, "not enough memory"),
        (ModuleNotFoundError("no", name="torch"), 1, "torch is not installed; 'genstudio doctor'"),
        (ModuleNotFoundError("no", name="genstudio.x"), 1, "this is a fault of ours"),
        (KeyboardInterrupt(), 130, "interrupted."),
        (Stopped("stopped at your request."), 130, "stopped"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_errors_of_each_kind(
    error: BaseException, status: int, words: str, form: list[str], engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.answers["evaluate"] = error
    assert cli.main([*CALLS["evaluate"], *form]) == status
    out, err = capsys.readouterr()
    assert err.startswith("genstudio: ")
    assert err.count("\n") == 1
    assert words in err
    if form:
        assert json.loads(out)["error"]["status"] == status
    else:
        assert out == ""


def test_debug_shows_the_traceback(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers["list_models"] = ZeroDivisionError("x")
    assert cli.main(["models", "--debug"]) == 1
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.splitlines()[-1].startswith("genstudio: this is a fault of ours")


# Wrong calls


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["interpolat"], "no command 'interpolat'; did you mean 'interpolate'? Known: accompany, again, "),
        (["--nothing"], "unrecognized arguments: --nothing"),
        (["interpolate"], "required: A, B, --model, --out"),
        (["interpolate", "a", "b", "--modle", "m", "--out", "o"], "no option --modle; did you mean '--model'?"),
        (["interpolate", "a", "b", "--mod", "m", "--out", "o"], "no option --mod"),
        ([*CALLS["interpolate"], "--steps", "1"], "'1' is not a whole number from 2 to"),
        ([*CALLS["interpolate"], "--steps", "nine"], "'nine' is not a whole number"),
        ([*CALLS["interpolate"], "--method", "sleep"], "did you mean 'slerp'?"),
        ([*CALLS["interpolate"], "--top-p", "0"], "'0' is not a number above 0 to 1"),
        ([*CALLS["interpolate"], "--temperature", "nan"], "'nan' is not a number from 0"),
        ([*CALLS["interpolate"], "--phrase", "0"], "'0' is not a whole number from 1"),
        ([*CALLS["interpolate"], "c.mid"], "unrecognized arguments: c.mid"),
        ([*CALLS["interpolate"], "--seed", "-1"], "'-1' is not a whole number from 0"),
        ([*CALLS["sample"], "-n", "0"], "'0' is not a whole number from 1"),
        (["corpus", "--out", "c"], "required: SRC"),
        ([*CALLS["corpus"], "--domain", "melodie"], "there is no domain 'melodie'; did you mean 'melody'?"),
        ([*CALLS["corpus"], "--preset", "melody-2"], "there is no preset 'melody-2'; did you mean 'melody-2bar'?"),
        ([*CALLS["train"], "--preset", "sentense"], "did you mean 'sentence'?"),
        ([*CALLS["train"], "--set", "kl.weight"], "cannot understand --set kl.weight; expected NAME=VALUE"),
        ([*CALLS["train"], "--max-minutes", "0"], "'0' is not a number above 0"),
        ([*CALLS["train"], "--events", "/dev/null/x"], "cannot write events to /dev/null/x"),
        (["evaluate", "--model", "m"], "give --corpus DIR, or files"),
        (["evaluate", "--model", "m", "--corpus", "c", "f.mid"], "either a corpus or files"),
        ([*CALLS["evaluate"], "--split", "tests"], "did you mean 'test'?"),
        (["models", "show"], "which model?"),
        (["models", "m"], "there is no 'm'"),
        (["models", "list", "m"], "did you mean 'genstudio models show m'?"),
    ],
)
def test_wrong_calls(arguments: list[str], words: str, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("genstudio: ")
    assert err.count("\n") == 1
    assert words in err
    assert engine.calls == []


def test_a_wrong_call_is_answered_in_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["interpolate", "--json"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["kind"] == "ConfigError"
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_without_a_command(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("genstudio.cli.gui.sys.platform", "linux")
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)
    assert ("'genstudio gui', is not opened: there is no display" in said) is (arguments == [])


def test_without_a_command_on_a_desktop_the_studio_opens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr("genstudio.cli.gui.why_not", lambda platform=True: "")
    monkeypatch.setattr("genstudio.cli.gui.run", lambda args, session: opened.append(args.files) or {"closed": True})
    assert cli.main([]) == 0
    assert opened == [[]]
    assert cli.main(["--json"]) == 0  # a program asks, not a person
    assert opened == [[]]
    assert "commands" in json.loads(capsys.readouterr().out)


def test_without_the_package_of_the_studio(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("genstudio.cli.gui.importlib.util.find_spec", lambda name: None)
    assert cli.main(["gui"]) == 2
    output = capsys.readouterr().err
    assert f"{sys.executable} -m pip install" in output
    assert "PySide6" in output


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"genstudio {genstudio.__version__}\n"
    assert cli.main(["--version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": genstudio.__version__}


# What the engine is asked


def test_a_stopped_comparison_is_called_as_it_was() -> None:
    parser = argparse.ArgumentParser()
    compare = cli.commands()["compare"]
    compare.add_arguments(parser)
    add_common(parser)
    words = "--cores lstm,gru --variant a:core=lstm,core.hidden=64 --set kl.weight=0.5 --max-minutes 1.5 --device cpu".split()
    typed = ["--corpus", "c", "--out", "m", *words, "--seed", "3"]
    again = command_line("compare", parser.parse_args(typed), [], CompareOptions)
    assert again[:2] == ["genstudio", "compare"]
    assert vars(parser.parse_args(again[2:])) == vars(parser.parse_args(typed))


def test_models_show(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "show", "m"]) == 0
    assert capsys.readouterr().out == "# The card\n"
    assert engine.calls == [("model_card", ("m",), {})]


def test_models_pack(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers["pack"] = {"model": "m", "folder": "small", "bytes": 6_200_000}
    assert cli.main(["models", "pack", "m", "--out", "small", "--about", "credits.md"]) == 0
    assert capsys.readouterr().out == "small: 6.2 MB\n"
    assert engine.calls == [("pack", ("m", "small"), {"about": "credits.md"})]
    assert cli.main(["models", "pack", "m"]) == 2
    assert "--out" in capsys.readouterr().err


# What people see


def test_steps_are_listed_and_three_are_drawn(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [{"t": index / 8, "path": f"o/step-{index}.mid", "show": f"roll {index}"} for index in range(9)]
    engine.answers["interpolate"] = {**ANSWERS["interpolate"], "steps": steps, "remarks": ["a.mid has 3 phrases."]}
    assert cli.main(CALLS["interpolate"]) == 0
    out, err = capsys.readouterr()
    assert all(f"o/step-{index}.mid" in out for index in range(9))
    assert [index for index in range(9) if f"roll {index}" in out] == [0, 4, 8]
    assert "joined.mid" in out
    assert err == "note: a.mid has 3 phrases.\n"


def test_sentences_are_not_said_twice(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [{"t": t, "path": f"o/{t}.txt", "text": f"It was {t}.", "show": f"It was {t}."} for t in (0.0, 1.0)]
    engine.answers["interpolate"] = {"model": "m", "steps": steps, "all": "o/all.txt"}
    assert cli.main(CALLS["interpolate"]) == 0
    out = capsys.readouterr().out
    assert out.count("It was 0.0.") == 1
    assert "o/all.txt" in out


@pytest.mark.parametrize(("flags", "shown"), [([], 20), (["--verbose"], 30)])
def test_refusals_are_listed(flags: list[str], shown: int, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*CALLS["corpus"], *flags]) == 0
    out = capsys.readouterr().out
    assert out.count(": no notes\n") == shown
    assert ("and 10 more" in out) == (shown == 20)
    assert "40 files, 50 pieces; phrases: 40 train, 5 valid, 5 test" in out


def test_the_table_of_evaluate(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(CALLS["evaluate"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("n")
    assert "reconstruction" in lines
    assert any(line.split()[:2] == ["accuracy", "0.98"] for line in lines)


def test_evaluate_shows_features_side_by_side_and_what_samples_are_near_to(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    features = {"note_count": {"real": 12.5, "overlap_area": 0.75}, "note_length_histogram": {"overlap_area": 0.5}}
    pieces = [
        {"number": 0, "longest": 3, "distance": 0.5, "nearest": None},
        {"number": 1, "longest": 4, "distance": 0.25, "nearest": 8, "title": "A tune", "source": "book.abc#7"},
        {"number": 2, "longest": 9, "distance": 0.125, "nearest": 9, "title": "", "source": "b.mid"},
    ]
    engine.answers["evaluate"] = {"n": 2, "music": features, "novelty": {"copied": 0.25, "pieces": pieces}}
    assert cli.main(CALLS["evaluate"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["music", "real", "overlap_area"] in lines
    assert any(line[:3] == ["note_count", "12.5", "0.75"] for line in lines)
    assert any(line[:2] == ["note_length_histogram", "0.5"] for line in lines)
    assert any(line[:2] == ["overlap_area", "overlap"] for line in lines)
    assert any(line[:2] == ["copied", "0.25"] for line in lines)
    near = [line for line in lines if line[:1] == ["sample"]]
    assert near == [["sample", "3", "9", "0.125", "b.mid"], "sample 2 4 0.25 A tune in book.abc#7".split()]


def test_doctor_names_the_command(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "what to do: pip install mido" in out
    assert "1 of 2 checks found a fault" in out


def test_models_are_listed_and_a_damaged_one_is_told(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1].split() == ["m", "melody", "16", "bars", "lstm", "3.0", "MB", "/m"]
    assert "damaged" in err
    engine.answers["list_models"] = []
    assert cli.main(["models"]) == 0
    assert "genstudio train" in capsys.readouterr().out


def test_tables_know_wide_characters() -> None:
    assert _show.table([("曲", "1"), ("ab", "22")], right=(1,)) == ["曲   1", "ab  22"]
    assert _show.table([("e\u0301", "1"), ("ab", "2")]) == ["e\u0301   1", "ab  2"]
    assert _show.table([]) == []


@pytest.mark.parametrize(("seconds", "said"), [(4.21, "4.2 s"), (190, "3 min 10 s"), (3720, "1 h 02 min")])
def test_durations(seconds: float, said: str) -> None:
    assert _show.duration(seconds) == said


@pytest.mark.parametrize(("value", "said"), [(3, "3"), (12345, "12,345"), (0.98765, "0.9877"), (1234.5678, "1,234.6"), (None, "-")])
def test_figures(value: Any, said: str) -> None:
    assert _show.rounded(value) == said


# Training


def reporting(*events: Progress, then: Any = None) -> Callable[..., Any]:
    def train(*args: Any, report: Callable[[Progress], None], **kwargs: Any) -> Any:
        for event in events:
            report(event)
        if isinstance(then, BaseException):
            raise then
        return then if then is not None else ANSWERS["train"]

    return train


EVENTS = (
    Progress("training", 1, 10, "NLL 1.00", {"event": "step", "step": 1, "loss": float("nan")}),
    Progress("warning", 1, 10, "posterior collapse", {"event": "warning"}),
    Progress("tokenizer", 0, 1),
)


def test_events_are_lines_of_json(engine: Engine, tmp_path: Path) -> None:
    engine.answers["train"] = reporting(*EVENTS)
    path = tmp_path / "new" / "events.jsonl"
    assert cli.main([*CALLS["train"], "--events", str(path)]) == 0
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["begin", "step", "warning", "progress", "end"]
    assert all(line["version"] == 1 and line["time"] > 0 for line in lines)
    assert lines[1]["loss"] is None
    assert lines[1]["step"] == 1
    assert lines[-1]["status"] == "done"


def test_events_of_a_resumed_training_are_added(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    for flags in ([], ["--resume"]):
        assert cli.main([*CALLS["train"], "--events", str(path), *flags]) == 0
    assert path.read_text().count('"begin"') == 2
    assert cli.main([*CALLS["train"], "--events", str(path)]) == 0
    assert path.read_text().count('"begin"') == 1


def test_half_a_line_of_a_killed_training_spoils_no_other(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"event": "begin"}\n{"event": "st')
    assert cli.main([*CALLS["train"], "--events", str(path), "--resume"]) == 0
    lines = path.read_text().splitlines()
    assert lines[1] == '{"event": "st'
    assert [json.loads(line)["event"] for line in lines[2:]] == ["begin", "end"]


def test_a_corpus_tells_events(engine: Engine, tmp_path: Path) -> None:
    def build(*args: Any, report: Callable[[Progress], None], **kwargs: Any) -> Any:
        report(Progress("reading", 1, 2, "Reading"))
        raise ConfigError("no.")

    engine.answers["build_corpus"] = build
    path = tmp_path / "events.jsonl"
    assert cli.main([*CALLS["corpus"], "--events", str(path)]) == 2
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(line["event"], line.get("stage"), line.get("status")) for line in lines] == [
        ("begin", None, None), ("progress", "reading", None), ("end", None, "failed"),
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["train", "corpus"])
def test_an_attended_command_stops_when_its_input_ends(command: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = os.pipe()
    monkeypatch.setattr("genstudio.cli._events.STDIN", here)

    def work(*args: Any, stop: Stop, **kwargs: Any) -> Any:
        assert not stop.requested
        os.write(there, b"anything")
        os.close(there)
        for _ in range(1000):
            stop.check()
            time.sleep(0.01)
        pytest.fail("nobody asked it to stop")

    engine.answers[FUNCTIONS[command]] = work
    assert cli.main([*CALLS[command], "--attended"]) == 130
    os.close(here)


def test_events_end_with_the_error(engine: Engine, tmp_path: Path) -> None:
    engine.answers["train"] = reporting(then=ConfigError("there is no setting 'x'."))
    path = tmp_path / "events.jsonl"
    assert cli.main([*CALLS["train"], "--events", str(path)]) == 2
    last = json.loads(path.read_text().splitlines()[-1])
    assert (last["event"], last["status"], last["error"]) == ("end", "failed", "there is no setting 'x'.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_events_on_a_full_disk_do_not_end_the_training(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers["train"] = reporting(*EVENTS)
    assert cli.main([*CALLS["train"], "--events", "/dev/full"]) == 0
    assert "no more events are written to /dev/full" in capsys.readouterr().err


@pytest.mark.parametrize("then", [Stopped("stopped."), {**ANSWERS["train"], "stopped": True}])
def test_a_stopped_training_says_how_to_go_on(then: Any, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers["train"] = reporting(then=then)
    arguments = ["train", "--corpus", "my corpus", "--out", "m", "--set", "kl.weight=1", "--max-minutes", "2.5", "--seed", "4"]
    assert cli.main(arguments) == 130
    said = "".join(capsys.readouterr())
    command = "genstudio train --corpus 'my corpus' --out m --set kl.weight=1 --max-minutes 2.5 --seed 4 --resume"
    assert f"to go on: {command}" in said


def test_remarks_are_shown_and_steps_now_and_then(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [Progress("training", step, 1000, f"NLL {step}", {"event": "step"}) for step in range(1, 1001)]
    engine.answers["train"] = reporting(*steps, EVENTS[1])
    assert cli.main(CALLS["train"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["training: 1 of 1,000  NLL 1", "training: 1,000 of 1,000  NLL 1000", "warning: posterior collapse"]


def test_only_the_first_of_many_processes_speaks(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RANK", "1")
    engine.answers["train"] = reporting(*EVENTS)
    assert cli.main([*CALLS["train"], "--json", "--events", str(tmp_path / "e")]) == 0
    assert capsys.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []


# JSON


def test_jsonable() -> None:
    class Number:
        def item(self) -> float:
            return 1.5

    value = {"a": (1, float("nan")), Path("k"): Path("x"), "n": Number(), "show": "roll", "s": {2, 1}}
    value["t"] = [{"piece": object(), "u": None}]
    assert jsonable(value) == {"a": [1, None], "k": "x", "n": 1.5, "s": [1, 2], "t": [{"u": None}]}
    with pytest.raises(TypeError, match="object cannot be part"):
        jsonable({"x": object()})


def test_a_name_that_is_not_unicode(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers["interpolate"] = {"steps": [{"t": 0.0, "path": "caf\udce9.mid"}]}
    assert cli.main([*CALLS["interpolate"], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["steps"][0]["path"] == "caf\udce9.mid"
    assert cli.main(CALLS["interpolate"]) == 0


# The real program


@pytest.mark.slow
def test_help_and_version_load_nothing_heavy() -> None:
    for arguments in (["--help"], ["--version"], ["train", "--help"], ["corpus", "--help"]):
        status, _, err = run([sys.executable, "-X", "importtime", "-m", "genstudio", *arguments])
        assert status == 0
        loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in err.splitlines() if line.startswith("import time")}
        assert "argparse" in loaded
        assert not loaded & {"torch", "numpy", "symusic", "music21", "pretty_midi", "sentencepiece", "accelerate", "rich"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    call = "import sys, genstudio; genstudio.Stopped; print(sorted({'torch', 'numpy', 'symusic', 'music21'} & set(sys.modules)))"
    assert run([sys.executable, "-c", call]) == (0, "[]\n", "")


def test_the_public_names() -> None:
    assert genstudio.__all__ == sorted(genstudio.__all__)
    assert set(genstudio.__all__) <= set(dir(genstudio))
    with pytest.raises(AttributeError, match="nothing"):
        _ = genstudio.nothing


def test_a_wrong_call_of_the_real_program() -> None:
    status, out, err = run([*PROGRAM, "interpolate", "a", "b", "--json"])
    assert status == 2
    assert err.count("\n") == 1
    assert json.loads(out)["error"]["status"] == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_standard_output_on_a_full_disk() -> None:
    with open("/dev/full", "w") as full:
        status, _, err = run([*PROGRAM, "--version"], stdout=full)
    assert status == 2
    assert err == "genstudio: cannot write to standard output: No space left on device; free some space.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_that_leaves() -> None:
    read, write = os.pipe()
    os.close(read)
    done = run([*PROGRAM, "--help"], stdout=write)
    os.close(write)
    assert done == (0, "", "")


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], list[str]]:
    """A program that is the real command line over an engine whose ``train`` is the given code."""

    def make(body: str) -> list[str]:
        path = tmp_path / "program.py"
        path.write_text(
            "import os, sys, time\n"
            "import genstudio\n"
            "from genstudio.errors import Stopped\n"
            "def train(*args, report, stop, **kwargs):\n" + textwrap.indent(textwrap.dedent(body), "    ") + "\n"
            "genstudio.train = train\n"
            "from genstudio.cli import main\n"
            "sys.exit(main(['train', '--corpus', 'c', '--out', 'm', *sys.argv[1:]]))\n",
            encoding="utf-8",
        )
        return [sys.executable, str(path)]

    return make


def test_json_stays_clean_under_native_code(script: Callable[[str], list[str]]) -> None:
    body = "print('chatter'); sys.stdout.flush(); os.write(1, b'more\\n'); os.system('echo yet more'); return {'step': 1}"
    status, out, err = run([*script(body), "--json"])
    assert status == 0
    assert json.loads(out) == {"step": 1}
    assert out.count("\n") == 1
    assert all(word in err for word in ("chatter", "more", "yet more"))


def ready(command: list[str]) -> subprocess.Popen[str]:
    process = start(command)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_interrupt_saves(number: signal.Signals, script: Callable[[str], list[str]]) -> None:
    process = ready(script("""
        print('ready', flush=True)
        while not stop.requested:
            time.sleep(0.01)
        raise Stopped('saved.')
    """))
    process.send_signal(number)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "stopping: the training is saved first; once more to abort at once." in err
    assert err.splitlines()[-1] == "genstudio: stopped; to go on: genstudio train --corpus c --out m --resume"


@posix
def test_the_second_interrupt_aborts(script: Callable[[str], list[str]]) -> None:
    process = ready(script("""
        print('ready', flush=True)
        while True:
            time.sleep(0.01)
    """))
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    while "stopping" not in process.stderr.readline():
        pass
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert err == "genstudio: interrupted.\n"


@posix
def test_progress_on_a_terminal(script: Callable[[str], list[str]]) -> None:
    import pty

    command = script("""
        from genstudio.progress import Progress
        for step in range(1, 6):
            report(Progress('training', step, 5, 'NLL [1.00]', {'event': 'step'}))
        report(Progress('evaluation', 5, 5, 'held-out [fine]', {'event': 'evaluation'}))
        return {'step': 5, 'metrics': {}}
    """)
    ours, theirs = pty.openpty()
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=theirs, stdin=subprocess.DEVNULL,
                          env={**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "120"}) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            said += part
        assert process.stdout is not None
        out = process.stdout.read()
    os.close(ours)
    assert process.returncode == 0
    assert json.loads(out) == {"step": 5, "metrics": {}}
    assert b"5/5" in said
    assert b"NLL [1.00]" in said
    assert b"held-out [fine]" in said


def test_a_session_outside_the_main_thread_leaves_signals_alone() -> None:
    import threading

    seen = []

    def work() -> None:
        with Session().stoppable() as stop:
            seen.append(stop.requested)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]


def test_the_module_can_be_run() -> None:
    assert run([*PROGRAM, "--version"]) == (0, f"genstudio {genstudio.__version__}\n", "")


# The operations on pieces


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ([*CALLS["vary"], "--bars", "16-9"], "range of bars"),
        ([*CALLS["vary"], "--bars", "x"], "range of bars"),
        ([*CALLS["vary"], "--bars", "1-2", "--phrase", "2"], "not allowed with"),
        ([*CALLS["vary"], "--amount", "2"], "from 0 to 1"),
        ([*CALLS["blend"], "--grid", "1"], "grid"),
        ([*CALLS["blend"], "--grid", "3xq"], "grid"),
    ],
)
def test_wrong_options_of_the_operations_are_told(
    call: list[str], said: str, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(call) == 2
    heard = capsys.readouterr().err
    assert said in heard
    assert heard.count("\n") == 1
    assert not engine.calls
