"""The results of all operations and commands, as JSON values that are equal on every machine."""

from __future__ import annotations

import argparse
import contextlib
import inspect
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import genstudio
from genstudio import cli
from genstudio.errors import GenStudioError
from genstudio.latent import Model, Pieces
from tests.golden.models import SENTENCES, write_models, write_songs

__all__ = ["MODELS", "calls", "commands", "interfaces", "made", "prepare", "said"]

OPERATIONS = (
    "reconstruct", "sample", "interpolate", "path", "blend", "analogy", "vary", "continue", "fill", "rhythm", "shape",
)  # fmt: skip
MODELS = ("melody", "drums", "text", "verse")
METHODS = (*("continue_" if name == "continue" else name for name in OPERATIONS), "kept", "way", "nearest", "at_places")
Call = Callable[[Any, list[Any]], Any]


def prepare(folder: Path) -> None:
    """Models and songs."""
    write_models(folder)
    write_songs(folder)


def _sources(folder: Path, name: str) -> list[Any]:
    if name == "melody":
        return [folder / f"{song}.abc" for song in ("one", "two", "three", "four", "long")]
    if name == "drums":
        return [Path("resources/beats") / f"{beat}.mid" for beat in ("funk", "rock", "shuffle", "bossa-nova", "six-eight")]
    return [*SENTENCES, "all of them were there.", "we ___ a lot of time."]


def calls() -> Iterator[tuple[str, str, Call]]:
    """Name, model and call of every case of an operation."""
    shared: dict[str, Call] = {
        "reconstruct": lambda m, s: m.reconstruct(s[0]),
        "reconstruct warm": lambda m, s: m.reconstruct(s[1], temperature=0.8, top_p=0.9, seed=3),
        "sample": lambda m, s: m.sample(3, seed=1),
        "sample length": lambda m, s: m.sample(2, length=2, temperature=0.7, top_p=0.9, spread=0.5, best_of=2, seed=4),
        "interpolate": lambda m, s: m.interpolate(s[0], s[1], 4),
        "interpolate linear": lambda m, s: m.interpolate(s[0], s[1], steps=3, method="linear", seed=2, temperature=0.5),
        "path": lambda m, s: m.path(s[:3], 3),
        "path slerp": lambda m, s: m.path(s[:2], steps=3, method="slerp"),
        "blend": lambda m, s: m.blend(*s[:4], 2),
        "blend grid": lambda m, s: m.blend(*s[:4], grid=(2, 3), seed=1),
        "analogy": lambda m, s: m.analogy(*s[:3]),
        "vary": lambda m, s: m.vary(s[0], 3, 0.5, seed=2),
        "vary none": lambda m, s: m.vary(s[0], n=3, amount=0.0),
        "continue": lambda m, s: m.continue_(s[0], 2, given=1, seed=1),
        "continue length": lambda m, s: m.continue_(s[0], n=2, length=2, temperature=0.9),
        "way": lambda m, s: m.way(s[0], s[1]).at(0.0, 0.3, 1.0),
        "kept": lambda m, s: m.kept(s[0]),
        "steps": lambda m, s: m.interpolate(s[0], s[1], 1),
        "method": lambda m, s: m.path(s[:2], 3, method="sleep"),
        "grid": lambda m, s: m.blend(*s[:4], "x"),
        "amount": lambda m, s: m.vary(s[0], 3, 2.0),
        "number": lambda m, s: m.continue_(s[0], 0),
        "whole": lambda m, s: m.analogy(*s[:3], whole=True),
        "setting": lambda m, s: m.vary(s[0], temprature=1.0),
        "nothing": lambda m, s: m.vary("", 2),
        "hold": lambda m, s: m.vary(s[0], 2, hold=("tempo",)),
        "fill": lambda m, s: m.fill(s[4], (2, 3) if m.domain.grammar.separator else None, 2, seed=3),
        "shape": lambda m, s: m.shape(s[0], {"density": 1.5}, rounds=2, candidates=4, seed=1),
        "rhythm": lambda m, s: m.rhythm(s[0], s[1], 2, seed=3),
    }
    melody: dict[str, Call] = {
        "reconstruct whole": lambda m, s: m.reconstruct(s[4], whole=True),
        "interpolate whole": lambda m, s: m.interpolate(s[4], s[1], 3, whole=True),
        "interpolate hold": lambda m, s: m.interpolate(s[0], s[1], 3, hold=("key", "metre")),
        "interpolate bars": lambda m, s: m.interpolate(s[0], s[1], 3, bars=(1, 2), hold=("1",)),
        "path hold": lambda m, s: m.path(s[:2], 3, hold=("key",)),
        "blend hold": lambda m, s: m.blend(*s[:4], 2, hold=("2",)),
        "analogy hold": lambda m, s: m.analogy(*s[:3], hold=("metre",), seed=1, temperature=0.4),
        "vary near": lambda m, s: m.vary(s[0], 3, 0.001),
        "vary whole": lambda m, s: m.vary(s[4], 2, 0.4, whole=True),
        "vary hold": lambda m, s: m.vary(s[0], 2, 0.4, hold=("key", "1")),
        "continue long": lambda m, s: m.continue_(s[4], 2, seed=1),
        "continue whole": lambda m, s: m.continue_(s[4], 2, length=6, whole=True, seed=1),
        "fill first": lambda m, s: m.fill(s[4], (1, 1), n=2, temperature=0.9, top_p=0.9),
        "fill none": lambda m, s: m.fill(s[4]),
        "rhythm half": lambda m, s: m.rhythm(s[2], s[1], n=2, tune=0.5, temperature=0.8),
        "shape two": lambda m, s: m.shape(s[1], {"density": -1.0, "pitch": 1.0}, rounds=2, candidates=4),
        "shape hold": lambda m, s: m.shape(s[1], {"density": -1.0}, hold=("key",)),
        "phrase": lambda m, s: m.reconstruct(s[4], phrase=2),
    }
    verse: dict[str, Call] = {
        "fill": lambda m, s: m.fill(s[4], n=2, seed=2),
        "fill bars": lambda m, s: m.fill(s[4], (1, 2)),
        "fill nothing": lambda m, s: m.fill(s[0]),
        "interpolate hold": lambda m, s: m.interpolate(s[0], s[1], 3, hold=("garden",)),
        "vary hold": lambda m, s: m.vary(s[0], 2, 0.4, hold=["children", "were"]),
        "hold": lambda m, s: m.vary(s[0], 2, hold="key"),
    }
    for model, cases in (("melody", {**shared, **melody}), ("drums", shared), ("text", shared), ("verse", verse)):
        for name, call in cases.items():
            yield name, model, call


def made(folder: Path, model: Any, name: str, call: Call) -> Any:
    """The result of a call, or the error that it raises."""
    try:
        return _facts(call(model, _sources(folder, name)), folder)
    except GenStudioError as error:
        return {"error": [type(error).__name__, str(error).replace(str(folder), "")]}


def _facts(found: Any, folder: Path) -> Any:
    if not isinstance(found, Pieces):
        return vars(found) if hasattr(found, "__dict__") else str(found)
    job = found.job
    facts = job.facts()
    del facts["digest"], facts["version"]
    made = _plain({
        "pieces": [ascii(found.domain.to_symbols(piece)) for piece in found],
        "remarks": [str(remark) for remark in found.remarks],
        "ts": found.ts,
        "kept": {str(index): vars(one) for index, one in sorted(found.kept.items())},
        "job": facts,
        "again": [ascii(found.domain.to_symbols(piece)) for piece in _again(folder, job)] == [
            ascii(found.domain.to_symbols(piece)) for piece in found
        ],
        # The last digits of a code depend on the processor.
        "codes": [[None if value != value else round(float(value), 2) + 0.0 for value in row[:6]] for row in job.codes],
    })  # fmt: skip
    return json.loads(json.dumps(made).replace(f"{folder}/", ""))


def _again(folder: Path, job: Any) -> Any:
    return genstudio.load(folder / job.model).again(job)


def _plain(value: Any) -> Any:
    """``value`` after it was written to JSON and read again."""
    return json.loads(json.dumps(value))


def commands() -> Iterator[tuple[str, list[str]]]:
    """Name and arguments of every case of a command, without the model and ``--json``."""
    one, two, three, four, long = (f"{name}.abc" for name in ("one", "two", "three", "four", "long"))
    melody: list[tuple[str, str]] = [
        ("reconstruct", f"reconstruct {one} --out one.mid"),
        ("reconstruct options", f"reconstruct {long} --out two.mid --whole --temperature 0.5 --seed 3"),
        ("sample", "sample -n 2 --out sample --seed 1"),
        ("sample options", "sample --number 2 --out sampled --length 2 --temperature 0.6 --top-p 0.9 --spread 0.4 --best-of 2"),
        ("interpolate", f"interpolate {one} {two} --out way --steps 4"),
        ("interpolate options", f"interpolate {one} {two} --out way2 --steps 3 --method slerp --hold key,metre --top-p 0.9"),
        ("path", f"path {one} {two} {three} --out path --steps 2"),
        ("blend", f"blend {one} {two} {three} {four} --out blend --grid 2x2"),
        ("analogy", f"analogy {one} {two} {three} --out new.mid --hold metre"),
        ("vary", f"vary {one} --out vary -n 2 --amount 0.6 --seed 2"),
        ("continue", f"continue {one} --out continue -n 2 --given 1 --length 2"),
        ("fill", f"fill {long} --bars 2-3 --out fill -n 2"),
        ("rhythm", f"rhythm {one} {two} --out rhythm -n 2 --tune 0.5 --temperature 0.7"),
        ("shape", f"shape {one} --set density=+1 --set pitch=-1 --out shape.mid --rounds 2 --candidates 4"),
        ("shape twice", f"shape {one} --set density=+1 --set density=-1 --out shape.mid"),
        ("suffix", f"reconstruct {one} --out one.doc"),
        ("folder", f"vary {one} --out {two}"),
        ("part", f"vary {long} --out part -n 2 --bars 2-3 --metre 4/4"),
        ("both", f"vary {long} --out part -n 2 --bars 2-3 --phrase 2"),
        ("steps", f"interpolate {one} {two} --out x --steps 1"),
    ]
    for name, words in melody:
        yield f"melody {name}", [*words.split(), "--model", "melody"]
    yield "text interpolate", ["interpolate", *SENTENCES[:2], "--out", "words", "--steps", "3", "--model", "text"]
    yield "text blend", ["blend", *SENTENCES, "we are there.", "--out", "words2", "--grid", "2", "--model", "text"]
    yield "text vary", ["vary", SENTENCES[0], "--out", "words3", "-n", "2", "--model", "text"]
    yield "text reconstruct", ["reconstruct", SENTENCES[0], "--out", "words.txt", "--model", "text"]


def said(arguments: list[str]) -> dict[str, Any]:
    """Status, JSON and text output of a command that is run in the folder of the models."""
    found: dict[str, Any] = {}
    for form in (["--json"], []):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            found["status"] = cli.main([*arguments, "--no-history", *form])
        if form:
            found["result"] = json.loads(out.getvalue()) if out.getvalue() else None
            found["keys"] = list(found["result"] or ())
        else:
            found["shown"] = [*out.getvalue().splitlines(), *err.getvalue().splitlines()]
    return _plain(_rounded(found))


def _rounded(value: Any) -> Any:
    """``value`` with two decimals, since the last digits of metrics depend on the processor."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 2) if isinstance(value, float) else value


def interfaces() -> dict[str, Any]:
    """Parameters of the methods and functions, and the arguments of the commands."""
    functions = [name for name in METHODS if name not in ("kept", "way", "at_places")]
    return {
        "methods": {name: _parameters(getattr(Model, name)) for name in METHODS},
        "functions": {name: _parameters(getattr(genstudio, name)) for name in functions},
        "commands": {name: _arguments(name) for name in OPERATIONS},
    }


def _parameters(function: Callable[..., Any]) -> list[str]:
    found = inspect.signature(function).parameters.values()
    return [f"{one.kind.description}: {one.replace(annotation=one.empty, kind=one.KEYWORD_ONLY)}" for one in found]


def _arguments(name: str) -> dict[str, Any]:
    command = cli.commands()[name]
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    found = {
        action.option_strings[-1] if action.option_strings else action.dest: {
            "options": action.option_strings, "default": repr(action.default), "help": action.help, "metavar": action.metavar,
            "nargs": action.nargs, "required": action.required,
        }
        for action in parser._actions
    }  # fmt: skip
    about = " ".join((command.__doc__ or "").split())
    return {"help": command.HELP, "about": about, "arguments": dict(sorted(found.items()))}
