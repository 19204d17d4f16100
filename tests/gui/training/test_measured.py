"""What was measured of models, read from their folders and put side by side: no window."""

from __future__ import annotations

import json
import math
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from genstudio import paths
from genstudio.gui import kinds
from genstudio.gui.corpora import known
from genstudio.gui.measured import Measured, Row, listed, measured, rows_of, side_by_side, with_result, written
from genstudio.metrics import METRICS, Metric, metric


def model(name: str, tokenizer: str = "t", on: str = "test split of tunes", **figures: Any) -> Measured:
    """``figures``: "group__name" or "name", of a hundred pieces."""
    paths = {tuple(key.split("__")): value for key, value in figures.items()}
    return Measured(f"/models/{name}", name, "melody", tokenizer=tokenizer, on=on, figures={("n",): 100, **paths})


def row(models: list[Measured], *path: str) -> Row:
    return next(one for one in rows_of(models) if one.path == path)


def test_the_best_of_a_row_depends_on_the_figure() -> None:
    models = [
        model("a", likelihood__nll=55.0, reconstruction__exact=0.9, likelihood__kl=3.0),
        model("b", likelihood__nll=50.0, reconstruction__exact=0.8, likelihood__kl=4.0),
    ]
    assert [cell.best for cell in row(models, "likelihood", "nll").cells] == [False, True]
    assert [cell.best for cell in row(models, "reconstruction", "exact").cells] == [True, False]
    assert [cell.best for cell in row(models, "likelihood", "kl").cells] == [False, False]  # neither is better by itself
    assert [cell.verdict for cell in row(models, "likelihood", "nll").cells] == ["", "better"]
    assert [cell.verdict for cell in row(models, "reconstruction", "exact").cells] == ["", "worse"]
    assert row(models, "likelihood", "nll").cells[1].change == -5.0
    assert row(models, "likelihood", "kl").cells[1].change == 1.0


def test_none_is_best_where_all_are_alike_and_both_where_two_are() -> None:
    alike = [model(name, reconstruction__exact=0.9) for name in "ab"]
    assert not any(cell.best for cell in row(alike, "reconstruction", "exact").cells)
    three = [*alike, model("c", reconstruction__exact=0.5)]
    assert [cell.best for cell in row(three, "reconstruction", "exact").cells] == [True, True, False]


def test_what_cannot_be_compared_is_not() -> None:
    first = model("a", reconstruction__exact=0.5)
    other = model("b", on="test split of songs", reconstruction__exact=0.9)
    third = model("c", reconstruction__exact=0.4)
    cells = row([first, other, third], "reconstruction", "exact").cells
    assert [cell.best for cell in cells] == [True, False, False]
    assert [cell.change for cell in cells] == [None, None, pytest.approx(-0.1)]
    fewer = Measured("/d", "d", on=first.on, figures={**first.figures, ("n",): 50})
    assert row([first, fewer], "reconstruction", "exact").cells[1].change is None


def test_tokens_and_samples_must_agree_where_they_count() -> None:
    first = model("a", likelihood__ppl_token=30.0, likelihood__nll=50.0, likelihood__nll_samples=5)
    other = model("b", tokenizer="u", likelihood__ppl_token=20.0, likelihood__nll=45.0, likelihood__nll_samples=5)
    assert not any(cell.best for cell in row([first, other], "likelihood", "ppl_token").cells)
    assert row([first, other], "likelihood", "nll").cells[1].best
    more = model("c", likelihood__ppl_token=20.0, likelihood__nll=45.0, likelihood__nll_samples=500)
    assert not row([first, more], "likelihood", "nll").cells[1].best
    # What a group does not say itself, another may: how samples were drawn.
    drawn = [model(name, generated__temperature=t, novelty__copied=c) for name, t, c in (("a", 1.0, 0.5), ("b", 0.5, 0.1))]
    assert not any(cell.best for cell in row(drawn, "novelty", "copied").cells)


def test_what_is_undefined_or_not_there_is_told_apart() -> None:
    models = [model("a", likelihood__nll=None), model("b", likelihood__nll=math.nan), model("c"), model("d", likelihood__nll=3.0)]
    cells = row(models, "likelihood", "nll").cells
    assert [cell.there for cell in cells] == [True, True, False, True]
    assert not any(cell.best for cell in cells)
    assert written(math.nan, 2) == "NaN"


def test_parts_of_a_figure_stand_after_it_whichever_model_has_which() -> None:
    models = [
        Measured("/a", "a", figures={("r", "note_f1"): 0.9, ("r", "note_f1 6/8"): 0.8, ("r", "exact"): 0.5}),
        Measured("/b", "b", figures={("r", "note_f1"): 0.9, ("r", "note_f1 3/4"): 0.7, ("r", "exact"): 0.5}),
    ]
    assert [one.path[-1] for one in rows_of(models)] == ["note_f1", "note_f1 3/4", "note_f1 6/8", "exact"]


@pytest.mark.parametrize(("value", "unit", "said"), [
    (4171, "", "4,171"), (922.0, "pieces", "922"), (0.96982, "share", "0.9698"), (1.0, "share", "1.0000"), (55.189, "", "55.19"),
    (416.6964, "", "416.7"), (12345.6, "", "12,346"), (0.0, "", "0.0000"), (1.23e-6, "", "1.230e-06"), (-59.493, "", "−59.49"),
    ("yes", "", "yes"), (None, "", ""), (math.inf, "", "∞"),
])  # fmt: skip
def test_numbers(value: Any, unit: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METRICS, "x", Metric("x", unit=unit))
    one = rows_of([Measured("/a", "a", figures={("x",): value})])[0]
    assert written(one.cells[0].value, one.decimals) == said


def test_differences_have_a_sign_unless_they_are_nought() -> None:
    assert [written(value, 3, sign=True) for value in (0.01, -0.01, 0.00001, -0.00001)] == ["+0.010", "−0.010", "0.000", "0.000"]


def test_names_that_are_not_known_are_shown_as_they_are() -> None:
    assert metric("something_new") == Metric("something_new")
    how = metric("note_f1 6/8")
    assert (how.label, how.better, how.about) == ("Note F1, 6/8", "higher", METRICS["note_f1"].about)


def test_a_metric_is_better_one_way_or_neither() -> None:
    assert {one.better for one in METRICS.values()} <= {"", "higher", "lower"}


def test_tables_to_copy() -> None:
    models = [model("a|b", reconstruction__exact=0.98765432), model("c", reconstruction__exact=0.5)]
    words = ("Group", "Figure", "Unit", "Measured on")
    name = lambda one: (one.path[0] if len(one.path) > 1 else "", one.metric.label, one.metric.unit)  # noqa: E731
    lines = side_by_side(models, rows_of(models), name, words, markdown=True).splitlines()
    assert lines[0] == "| Group | Figure | a\\|b | c | Unit |"
    assert lines[1] == "| --- | --- | ---: | ---: | --- |"
    assert lines[2] == "|  | Measured on | test split of tunes | test split of tunes |  |"
    assert lines[-1] == "| reconstruction | Exact reconstructions | **0.9877** | 0.5000 | share |"
    assert {line.replace("\\|", "").count("|") for line in lines} == {6}
    cells = [line.split("\t") for line in side_by_side(models, rows_of(models), name, words, markdown=False).splitlines()]
    assert cells[-1] == ["reconstruction", "Exact reconstructions", "0.98765432", "0.5", "share"]
    assert {len(line) for line in cells} == {5}


# -- folders


def keep(folder: Path, evaluation: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "evaluation": evaluation}))


@pytest.fixture
def folder(home: Path, melody_model: Path) -> Path:
    out = home / "models" / "mine"
    shutil.copytree(melody_model, out)
    return out


def test_the_figures_of_a_folder(folder: Path) -> None:
    curve = [0.0, 0.5, 1]
    near = {"number": 0, "longest": 12, "copied": True, "nearest": 3, "distance": 0.25, "title": "The Kesh", "source": "kesh.mid"}
    keep(folder, {
        "model": "mine", "seed": 4, "on": "test split of tunes", "n": 100, "remarks": ["few pieces"],
        "reconstruction": {"exact": 0.5, "bleu": None, "note_f1 6/8": 0.25},
        "interpolation": {"pairs": 3, "to_first": curve, "names": ["a", "b"], "holes": [0.0, None]},
        "novelty": {"copied": 0.5},
    })  # fmt: skip
    one = measured(folder)
    assert (one.name, one.domain, one.on, one.seed, one.remarks) == ("mine", "melody", "test split of tunes", 4, ("few pieces",))
    assert one.figures == {
        ("n",): 100, ("reconstruction", "exact"): 0.5, ("reconstruction", "bleu"): None, ("reconstruction", "note_f1 6/8"): 0.25,
        ("interpolation", "pairs"): 3, ("novelty", "copied"): 0.5,
    }  # fmt: skip
    assert one.curves == {("interpolation", "to_first"): [0.0, 0.5, 1.0]}
    # What a measurement says beside is shown while it is the last one.
    pieces = [near, {"number": 1}, {**near, "number": 2, "nearest": None, "distance": 1.0}, 7]
    result = {"on": one.on, "n": 100, "seed": 4, "remarks": ["too few"], "novelty": {"pieces": pieces}}
    told = with_result(one, result)
    assert [(sample.number, sample.distance) for sample in told.nearest] == [(1, 0.25), (3, None)]
    assert {sample.title for sample in told.nearest} == {"The Kesh"}
    assert told.remarks == ("too few",)
    assert with_result(one, {**result, "n": 50}) is one
    for strange in (3, {}, {"pieces": {}}):
        assert with_result(one, {**result, "novelty": strange, "remarks": 3}).nearest == ()


def test_a_strange_evaluation_is_none(folder: Path) -> None:
    keep(folder, {"on": "files", "n": 3, "seed": "x", "remarks": 5, "novelty": 3})
    one = measured(folder)
    assert (one.error, one.seed, one.remarks) == ("", 0, ())
    assert set(one.figures) == {("n",), ("novelty",)}


def nested(depth: int) -> dict[str, Any]:
    return {"x": 1, "in": nested(depth - 1)} if depth else {"x": 1}


@pytest.mark.parametrize(
    ("evaluation", "told"),
    [([1], "at evaluation"), ("x", "at evaluation"), ({"on": 3, "n": 1}, "at on"), ({"on": "files"}, "field n"),
     ({"on": "files", "n": 1, "deep": nested(50)}, "too deep")],
)  # fmt: skip
def test_a_damaged_evaluation_is_told(folder: Path, evaluation: Any, told: str) -> None:
    keep(folder, evaluation)
    assert told in measured(folder).error


def test_a_long_evaluation_is_cut(folder: Path) -> None:
    keep(folder, {"on": "files", "n": 1, "deep": nested(20), "many": {f"f{number}": number for number in range(5000)}})
    assert max(len(path) for path in measured(folder).figures) < 10
    assert len(measured(folder).figures) <= 500


def test_a_training_is_not_listed_beside_its_installed_model(melody_model: Path, home: Path) -> None:
    run, copy = home / "runs" / "one", home / "models" / "tunes"
    shutil.copytree(melody_model, run)
    shutil.copytree(melody_model, copy)
    (run / "run.json").write_text('{"title": "My tunes", "model": "tunes"}', encoding="utf-8")
    os.utime(run / "model.safetensors", (100, 100))
    keys = [one.key for one in listed()]
    assert str(copy) in keys
    assert str(run) not in keys
    os.utime(run / "model.safetensors")  # it was trained further since
    os.utime(copy / "model.safetensors", (200, 200))
    assert [one.name for one in listed() if one.key == str(run)] == ["My tunes"]


def test_all_models_are_listed(folder: Path, melody_model: Path, home: Path) -> None:
    run = home / "runs" / "tunes-1"
    shutil.copytree(melody_model, run)
    (run / "run.json").write_text(json.dumps({"title": "My tunes"}))
    (home / "runs" / "empty").mkdir()
    damaged = home / "models" / "damaged"
    shutil.copytree(folder, damaged)
    (damaged / "manifest.json").write_text("{")
    found = {one.name: one for one in listed([str(melody_model), str(home / "gone")])}
    assert {"mine", "My tunes", "damaged", melody_model.name} <= set(found)
    assert found["My tunes"].run
    assert not found["mine"].run
    assert found["damaged"].error
    assert "gone" not in found


def test_corpora_to_measure_on(home: Path, melody_corpus: Path, tmp_path: Path) -> None:
    valid = tmp_path / "valid"
    shutil.copytree(melody_corpus, valid)
    manifest = json.loads((valid / "manifest.json").read_text())
    (valid / "manifest.json").write_text(json.dumps({**manifest, "counts": {**manifest["counts"], "test": 0}}))
    found = {one.name: one for one in known([str(melody_corpus), str(valid)], "melody")}
    assert found[melody_corpus.name].held_out == "test"
    assert found["valid"].held_out == "valid"
    assert known([str(melody_corpus)], "text") == []


def test_what_a_model_makes_is_told_by_its_preset_where_that_says_more() -> None:
    installed = paths.installed_models()
    poems, sentences = (measured(installed[name]) for name in ("tang-quatrain", "english-sentence"))
    assert kinds.label(poems.domain, poems.preset) == "Poems"
    assert kinds.label(sentences.domain, sentences.preset) == "Sentences"
    assert kinds.label("melody") == "Melodies"
