"""The scoreboard is what the result files give, and says so of each bar."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import genstudio

ROOT = Path(genstudio.__file__).parent.parent
SCRIPT = ROOT / "benchmarks" / "scoreboard.py"

pytestmark = pytest.mark.skipif(not SCRIPT.is_file(), reason="the benchmarks are in the checkout")

PLAN = {
    "models": [
        {
            "name": "beats",
            "about": "Beats.",
            "bars": [
                {"name": "Steps", "measure": "reconstruction.step_accuracy", "direction": "at least", "value": 0.94},
                {"name": "Copies", "measure": "novelty.copied", "direction": "below", "value": 0.02},
                {"name": "Bound", "measure": "likelihood.negative_elbo_own", "direction": "below",
                 "value": {"model": "plain", "measure": "likelihood.negative_elbo_own"},
                 "beside": [{"name": "with N(0, I)", "measure": "likelihood.negative_elbo"}]},
                {"name": "Active", "measure": "latent.active_share", "direction": "at least", "value": 0.5},
                {"name": "Well made", "measure": "samples.fine", "direction": "at least", "value": 0.6, "published": ["theirs"]},
            ],
        }
    ],
    "recipes": "All alike.",
    "budgets": [{"name": "beats", "about": "Beats."}],
    "published": "Others.",
}  # fmt: skip
PUBLISHED = {
    "groups": [
        {
            "name": "Theirs", "authors": "A. Body", "title": "On beats", "where": "Somewhere", "year": 2020, "table": "table 3",
            "url": "https://example.org", "data": "their own", "measure": "steps", "comparable": "no: other data",
            "figures": [{"id": "theirs", "what": "two bars", "short": "theirs: 0.9", "values": {"sampled": 0.9}}],
        }
    ]
}  # fmt: skip
RESULT = {
    "model": "beats",
    "on": "test split of played",
    "n": 1102,
    "reconstruction": {"step_accuracy": 0.9872, "exact": 0.66},
    "likelihood": {"elbo": -278.5, "elbo_prior": -253.2, "kl": 272.2},
    "latent": {"active_units": 384, "latent_dims": 576},
    "novelty": {"copied": 0.02, "pieces": [{"source": "/home/somebody/beat.mid"}]},
    "remarks": ["of no use to others"],
}


@pytest.fixture(scope="module")
def board() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scoreboard", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "bars.json").write_text(json.dumps(PLAN), encoding="utf-8")
    (folder / "published.json").write_text(json.dumps(PUBLISHED), encoding="utf-8")
    return folder


@pytest.fixture
def call(board: ModuleType, results: Path, tmp_path: Path) -> Any:
    def run(*words: str) -> int:
        status: int = board.main(["--results", str(results), "--page", str(tmp_path / "PAGE.md"), *words])
        return status

    return run


def written(tmp_path: Path, value: Any, name: str = "given.json") -> str:
    path = tmp_path / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


def line(page: str, begin: str) -> list[str]:
    """The cells of the row of a table that begins so."""
    (found,) = [row for row in page.splitlines() if row.startswith(f"| {begin} |")]
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_the_page_in_the_repository_is_what_its_files_give() -> None:
    """As the command says, which needs no torch for it."""
    code = f"import runpy, sys; sys.argv = ['scoreboard.py', '--check']; import atexit; sys.path.insert(0, {str(ROOT)!r})\n"
    code += "atexit.register(lambda: print('torch' in sys.modules))\n"
    code += f"runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["False"]


def test_every_bar_of_the_repository_can_be_found_in_a_result(board: ModuleType) -> None:
    """Each measure is a figure that there is, so that no bar stays unmeasured because of a slip."""
    plan = json.loads((ROOT / "benchmarks" / "results" / "bars.json").read_text("utf-8"))
    for model in plan["models"]:
        for bar in model["bars"]:
            assert ("value" in bar) == ("direction" in bar)
            assert bar.get("direction", "below") in board.REACHED
            for one in (bar, *bar.get("beside", [])):
                groups, _, last = one["measure"].rpartition(".")
                names = [*groups.split(".")[1:], last.partition(" ")[0]]
                assert groups == "samples" or all(name in board.OWN or name in board.METRICS for name in names), one


def test_the_figures_are_those_of_the_models_that_ship() -> None:
    """Of the weights, tokens and words that are there, and the same in the manifest and on the page."""
    shipped = sorted(path.parent for path in (ROOT / "checkpoints").glob("*/manifest.json"))
    assert shipped
    for folder in shipped:
        told = json.loads((folder / "manifest.json").read_text("utf-8"))["evaluation"]
        printed = json.loads((ROOT / "benchmarks" / "results" / "models" / f"{folder.name}.json").read_text("utf-8"))["result"]
        assert told == printed, folder.name
        if "digest" in told:
            assert told["digest"] == genstudio.load(folder).digest, folder.name


def test_what_has_no_file_is_not_measured(board: ModuleType, results: Path) -> None:
    page = board.page(results)
    assert line(page, "Steps") == ["Steps", "at least 0.940", "–", "not measured", ""]
    assert "there is no `results/budget/beats.json` yet" in page
    assert line(page, "[beats](#beats)")[1:] == ["–", "0", "0", "5"]


def test_a_bar_is_met_or_not_by_the_figure_that_was_printed(call: Any, results: Path, tmp_path: Path, board: ModuleType) -> None:
    assert call("add", "models/beats", "--command", "genstudio evaluate --json", written(tmp_path, RESULT)) == 0
    page = board.page(results)
    assert line(page, "Steps")[2:4] == ["0.987", "met"]
    assert line(page, "Copies")[1:4] == ["below 0.020", "0.020", "**not met**"]  # it is the bar, and not below it
    assert line(page, "Active")[2:4] == ["0.667", "met"]
    assert line(page, "Bound")[1:] == ["below (plain)", "253.2", "not measured", "with N(0, I): 278.5"]
    assert line(page, "[beats](#beats)")[1:] == ["1,102", "2", "1", "2"]
    assert "genstudio evaluate --json" in page


def test_a_figure_without_a_bar_has_no_verdict(call: Any, results: Path, tmp_path: Path, board: ModuleType) -> None:
    plan = json.loads(json.dumps(PLAN))
    plan["models"][0]["bars"].append({"name": "Whole", "measure": "reconstruction.exact", "remark": "times too"})
    (results / "bars.json").write_text(json.dumps(plan), encoding="utf-8")
    before = line(board.page(results), "[beats](#beats)")
    assert line(board.page(results), "Whole") == ["Whole", "–", "–", "", "times too"]
    assert call("add", "models/beats", "--command", "genstudio evaluate --json", written(tmp_path, RESULT)) == 0
    page = board.page(results)
    assert line(page, "Whole") == ["Whole", "–", "0.660", "", "times too"]
    assert sum(map(int, line(page, "[beats](#beats)")[2:])) == sum(map(int, before[2:]))


def test_a_figure_next_to_its_bar_is_shown_apart_from_it(call: Any, results: Path, tmp_path: Path, board: ModuleType) -> None:
    near = {**RESULT, "reconstruction": {"step_accuracy": 0.93996}}
    assert call("add", "models/beats", "--command", "c", written(tmp_path, near)) == 0
    assert line(board.page(results), "Steps")[1:4] == ["at least 0.940", "0.93996", "**not met**"]


def test_a_model_is_set_beside_another_on_the_same_pieces_only(call: Any, results: Path, tmp_path: Path, board: ModuleType) -> None:
    plain = {"model": "plain", "on": RESULT["on"], "n": 1102, "likelihood": {"elbo": -260.0}}
    for name, result in (("beats", RESULT), ("plain", plain)):
        assert call("add", f"models/{name}", "--command", "c", written(tmp_path, result)) == 0
    assert line(board.page(results), "Bound")[1:4] == ["below 260 (plain)", "253.2", "met"]
    assert call("add", "models/plain", "--command", "c", written(tmp_path, {**plain, "n": 7})) == 0
    assert line(board.page(results), "Bound")[1:4] == ["below (plain): measured on other pieces", "253.2", "not measured"]


def test_a_result_is_kept_as_it_was_printed_without_others_files(call: Any, results: Path, tmp_path: Path) -> None:
    said = ["--command", "genstudio evaluate", "--date", "2026-01-02", "--machine", "2 vCPU of some kind"]
    assert call("add", "models/beats", *said, written(tmp_path, RESULT)) == 0
    kept = json.loads((results / "models" / "beats.json").read_text("utf-8"))
    assert (kept["command"], kept["date"], kept["machine"]) == ("genstudio evaluate", "2026-01-02", "2 vCPU of some kind")
    assert kept["result"] == {**{key: RESULT[key] for key in RESULT if key != "remarks"}, "novelty": {"copied": 0.02}}


def test_a_manifest_gives_the_figures_that_were_written_into_it(call: Any, results: Path, tmp_path: Path) -> None:
    manifest = {"format": 1, "evaluation": {key: value for key, value in RESULT.items() if key != "remarks"}}
    assert call("add", "models/beats", "--command", "genstudio evaluate --write", written(tmp_path, manifest)) == 0
    assert json.loads((results / "models" / "beats.json").read_text("utf-8"))["result"]["n"] == RESULT["n"]


def test_samples_are_counted_from_their_marks(call: Any, results: Path, tmp_path: Path, board: ModuleType) -> None:
    marked = written(tmp_path, "1\ta fine *beat*\n0\tno beat\n1\tline one\\nline two\n", "marked.tsv")
    said = ["--command", "genstudio sample", "--rule", "fine=it can be danced to", "--reader", "one reader"]
    assert call("add", "samples/beats", *said, marked) == 0
    page = board.page(results)
    assert line(page, "Well made")[2:] == ["0.667", "met", "[theirs: 0.9](#published-figures)"]
    assert "- fine: 2 of 3. The rule: it can be danced to" in page
    assert r"- a fine \*beat\* (fine)" in page
    assert "- line one / line two (fine)" in page
    assert "- no beat (not fine)" in page
    kept = json.loads((results / "samples" / "beats.json").read_text("utf-8"))
    assert kept["samples"][2] == {"text": "line one\nline two", "fine": True}


def test_samples_that_nobody_has_read_meet_no_bar(results: Path, board: ModuleType) -> None:
    (results / "samples").mkdir()
    unread = {"command": "c", "date": "d", "rules": {"fine": "so"}, "samples": [{"text": "a", "fine": True}, {"text": "b"}]}
    (results / "samples" / "beats.json").write_text(json.dumps(unread), encoding="utf-8")
    page = board.page(results)
    assert line(page, "Well made")[2:4] == ["–", "not measured"]
    assert "1 are not judged yet" in page


def test_recipes_of_one_budget_are_one_table(call: Any, results: Path, tmp_path: Path, board: ModuleType) -> None:
    compared = {
        "version": 1, "genstudio": "0.1.0", "command": "genstudio compare --max-minutes 20", "domain": "drums",
        "conditions": {"corpus": "played", "preset": "drums-2bar", "budget": {"max_steps": None, "max_minutes": 20}, "seed": 0},
        "pieces": {"train": 19828},
        "variants": [
            {"name": "ours", "settings": [], "parameters": 10, "n": 300, "reconstruction": {"step_accuracy": 0.9}},
            {"name": "flat", "settings": ["core=lstm"], "parameters": 20, "n": 300, "reconstruction": {"step_accuracy": 0.5}},
            {"name": "wide", "settings": ["core=lstm"], "error": "it has no place in memory."},
        ],
    }  # fmt: skip
    assert call("add", "budget/beats", "--machine", "a small one", written(tmp_path, compared)) == 0
    page = board.page(results)
    assert line(page, "flat") == ["flat", "20", "0.500"]
    assert "- flat: `core=lstm`" in page
    assert "- wide: `core=lstm`; it failed: it has no place in memory." in page
    assert "19,828 phrases to train on; figures are of 300 held-out ones. Preset drums-2bar, 20 minutes for each" in page
    assert "a small one" in page
    assert "- step accuracy: share of sixteenth steps that are reconstructed correctly" in page


def test_published_figures_stand_with_their_source_and_a_word_on_what_they_tell(board: ModuleType, results: Path) -> None:
    page = board.page(results)
    assert "A. Body: *On beats*. Somewhere, 2020; table 3. <https://example.org>" in page
    assert "- Comparable with ours: no: other data" in page
    assert line(page, "two bars") == ["two bars", "0.9"]


def test_check_notices_a_page_that_is_out_of_date(call: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 0
    assert call("--check") == 0
    assert call("add", "models/beats", "--command", "c", written(tmp_path, RESULT)) == 0
    capsys.readouterr()
    assert call("--check") == 1
    assert "+| Steps | at least 0.940 | 0.987 | met |" in capsys.readouterr().out
    assert call() == 0
    assert call("--check") == 0


@pytest.mark.parametrize(
    ("target", "text", "wrong"),
    [
        ("models/beats", "step_accuracy 0.9", "is not JSON"),
        ("models/beats", "[]", "it is not a JSON object"),
        ("models/beats", '{"error": "x"}', "its result lacks model, on, n"),
        ("budget/beats", '{"model": "beats"}', "it lacks command, conditions"),
        ("samples/beats", "a fine beat\n", "expected 1 or 0 for fine"),
    ],
)
def test_what_is_no_result_is_refused_in_a_sentence(
    target: str, text: str, wrong: str, call: Any, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("add", target, "--command", "c", "--rule", "fine=so", written(tmp_path, text)) == 2
    assert wrong in capsys.readouterr().err
    assert not (results / target.partition("/")[0]).exists()


def test_a_damaged_file_is_named(call: Any, results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (results / "models").mkdir()
    (results / "models" / "beats.json").write_text('{"result": {}}', encoding="utf-8")
    assert call() == 2
    assert "beats.json is no result for models/: it lacks command, date, machine" in capsys.readouterr().err


def test_figures_of_scores_that_are_made_of_others(board: ModuleType) -> None:
    harmony = {"harmony_chords": 0.5, "harmony_chords_baseline": 0.375, "in_chord": 0.75, "in_chord_real": 0.875}
    voices = {"parallel_fifths": 0.5, "parallel_fifths_real": 0.25, "parallel_octaves": 1.5, "parallel_octaves_real": 0.75}
    figures = {name: board.OWN[name][1](harmony) for name in ("chords_gain", "in_chord_gap")}
    figures["parallels_ratio"] = board.OWN["parallels_ratio"][1](voices)
    figures["crossings_ratio"] = board.OWN["crossings_ratio"][1]({"crossings": 3.0, "crossings_real": 2.0})
    assert figures == {"chords_gain": 0.125, "in_chord_gap": 0.125, "parallels_ratio": 2.0, "crossings_ratio": 1.5}
