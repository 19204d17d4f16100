"""What models are called and for, what they can show, what their figures mean, and models as things of one's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.errors import FileError
from genstudio.gui import faces
from genstudio.gui.context import Context
from genstudio.gui.measured import listed, measured
from genstudio.gui.verdicts import FEW, comes_back, summary, verdicts
from genstudio.gui.widgets.entries import _ENTRY
from genstudio.gui.widgets.model_menu import ModelMenu
from genstudio.models.manifest import read_manifest


@pytest.fixture
def own(home: Path, melody_model: Path) -> Path:
    """A model of one's own."""
    folder = home / "models" / "jigs"
    shutil.copytree(melody_model, folder)
    return folder


def test_every_model_that_comes_along_has_a_face_and_shows_three_pieces() -> None:
    shipped = [folder for folder in paths.installed_models().values() if faces.shipped(folder)]
    assert shipped
    for folder in shipped:
        found = measured(folder)
        face = found.face
        assert face.title != folder.name
        assert face.purpose.endswith(".")
        assert face.data
        assert face.licence
        assert not face.own
        items = faces.kept_examples(str(folder), face.title)
        assert len(items) == faces.EXAMPLES
        assert all(item.piece.notes if item.music else get_domain(item.domain).units(item.piece) for item in items)
        assert items[0].title == f"{face.title}, example 1"


def test_beats_are_read_back_from_the_examples_as_they_were() -> None:
    folder, drums = paths.checkpoints() / "drums-2bar", get_domain("drums")
    for text in (read_manifest(folder).get("examples") or {})["samples"]:
        piece = drums.parse(text)
        assert piece is not None
        assert drums.show(piece) == text
    for wrong in ("", "words", "BD|x-y-|", "BD|x---|\nSD|x-|", "BD|"):
        assert drums.parse(wrong) is None


def test_a_model_of_ones_own_is_called_as_one_likes(own: Path) -> None:
    assert measured(own).face.title == "jigs"
    faces.rename(str(own), "  My   jigs ")
    found = measured(own)
    assert (found.face.title, found.face.own, found.key) == ("My jigs", True, str(own))
    assert found.face.purpose.startswith("Writes melodies of up to ")
    assert faces.title_of(own) == "jigs"  # without its manifest
    for wrong in (" ", "x" * 81):
        with pytest.raises(FileError, match="1 to 80 letters"):
            faces.rename(str(own), wrong)
    assert measured(own).face.title == "My jigs"


def test_a_model_is_duplicated_without_what_only_its_training_needs(own: Path) -> None:
    (own / "training").mkdir(exist_ok=True)
    (own / "training" / "state").write_text("much")
    copy = Path(faces.duplicate(str(own), "Jigs, copy"))
    assert copy.parent == own.parent
    assert read_manifest(copy)["title"] == "Jigs, copy"
    assert (copy / "model.safetensors").read_bytes() == (own / "model.safetensors").read_bytes()
    assert not (copy / "training").exists()
    assert Path(faces.duplicate(str(own), "Jigs, copy")) != copy
    with pytest.raises(FileError):
        faces.duplicate(str(own.parent / "gone"), "x")
    assert sorted(one.name for one in paths.home().iterdir()) == ["models"]  # nothing half done is left


def test_only_a_model_of_ones_own_is_deleted(own: Path, melody_model: Path) -> None:
    for other in (melody_model, paths.checkpoints() / "drums-2bar"):
        with pytest.raises(FileError, match="not in your folder"):
            faces.delete(str(other))
        assert (other / "manifest.json").is_file()
    faces.delete(str(own))
    assert not own.exists()
    assert sorted(one.name for one in paths.home().iterdir()) == ["models"]
    with pytest.raises(FileError, match="cannot be deleted"):
        faces.delete(str(own))


def test_a_model_writes_pieces_of_its_own_where_none_are_kept(own: Path) -> None:
    manifest = json.loads((own / "manifest.json").read_text())
    manifest.pop("examples", None)
    (own / "manifest.json").write_text(json.dumps(manifest))
    assert faces.kept_examples(str(own), "Jigs") == []
    items = faces.written_examples(str(own), "Jigs")
    assert items  # alike ones are there once
    assert [item.title for item in items] == [f"Jigs, example {number}" for number in (1, 2, 3)[: len(items)]]
    assert all(item.job is not None for item in items)


def test_a_model_is_listed_once_whichever_way_it_came(own: Path, home: Path) -> None:
    run = home / "runs" / "one"
    shutil.copytree(own, run)
    (run / "run.json").write_text('{"title": "Jigs", "model": "jigs"}', encoding="utf-8")
    found = [one.key for one in listed([str(run), str(own / ".." / "jigs"), str(home / "models" / "jigs")])]
    assert [key for key in found if "checkpoints" not in key] == [str(own)]


# -- what figures mean


def told(**shares: Any) -> dict[tuple[str, ...], Any]:
    return {tuple(name.split("__")): share for name, share in shares.items()}


@pytest.mark.parametrize(
    ("share", "tone", "words"),
    [
        (0.949, "good", "Good enough to use: 94 of 100 notes come back."),
        (0.9, "good", "Good enough to use: 90 of 100 notes come back."),
        (0.899, "warn", "Use it with care: 89 of 100 notes come back, so ends may sound changed."),
        (0.41, "bad", "Not good enough to use yet: only 41 of 100 notes come back."),
    ],
)
def test_how_much_comes_back_is_said_in_words(share: float, tone: str, words: str) -> None:
    (verdict,) = verdicts(told(reconstruction__note_f1=share), "melody")
    assert (verdict.tone, verdict.words) == (tone, words)


def test_a_share_is_never_told_better_than_it_is() -> None:
    found = verdicts(told(reconstruction__hit_f1=0.9999, interpolation__copied_middle=0.011), "drums")
    assert [one.words.partition(": ")[2][:9] for one in found] == ["99 of 100", "2 in 100 "]
    assert {one.tone for one in found} == {"good"}


def test_what_real_pieces_do_is_no_fault_of_a_model() -> None:
    copied = told(novelty__copied=0.2)
    assert [one.tone for one in verdicts(copied, "melody")] == ["warn"]
    assert [one.tone for one in verdicts(copied | told(novelty__copied_real=0.25), "melody")] == ["good"]
    chords = told(harmony__in_chord=0.7, harmony__in_chord_real=0.72)
    assert [one.tone for one in verdicts(chords, "score")] == ["good"]
    assert [one.tone for one in verdicts(chords | told(harmony__in_chord_real=0.9), "score")] == ["bad"]


def test_few_pieces_prove_nothing_and_nonsense_is_left_out() -> None:
    assert [one.tone for one in verdicts(told(n=FEW - 1, reconstruction__note_f1=1.0), "melody")] == ["warn"]
    assert verdicts(told(reconstruction__note_f1=float("nan"), novelty__copied="x", novelty__whole=None), "melody") == []
    assert comes_back(told(reconstruction__character_accuracy=0.5)) == ("characters", 0.5)


def test_time_series_are_judged_by_what_comes_back_and_by_forecasts() -> None:
    found = measured(paths.checkpoints() / "series-daily")
    assert summary(found.judged) == ("Good enough to use", "")
    said = [one.words for one in verdicts(found.judged, found.domain, found.preset)]
    assert said[0] == "Good enough to use: 99 of 100 steps come back."
    assert "It forecasts: its errors are 89 in 100 of those of repeating the season before." in said


def test_the_verdict_of_a_training_follows_the_model(own: Path) -> None:
    manifest = json.loads((own / "manifest.json").read_text())
    manifest.pop("evaluation", None)
    for step, share, words in ((60, 0.08, "Not good enough yet"), (0, 1.0, "Learned nothing new")):
        manifest["metrics"] = {"step": step, "reconstruction": {"note_f1": share}}
        (own / "manifest.json").write_text(json.dumps(manifest))
        assert summary(measured(own).judged) == (words, "bad")
    assert verdicts(measured(own).judged, "melody")[0].words.startswith("It learned from too few pieces: it is as good as")
    manifest["metrics"] = {"reconstruction": "nonsense"}
    (own / "manifest.json").write_text(json.dumps(manifest))
    assert summary(measured(own).judged)[0] == "Not measured"


def test_where_a_model_is_chosen_its_verdict_stands(context: Context, own: Path, qtbot: Any) -> None:
    manifest = json.loads((own / "manifest.json").read_text())
    manifest["metrics"] = {"step": 60, "reconstruction": {"note_f1": 0.08}}
    (own / "manifest.json").write_text(json.dumps(manifest))
    with qtbot.waitSignal(context.models.listed, timeout=20_000):
        context.models.refresh()
    button = QPushButton()
    qtbot.addWidget(button)
    menu = ModelMenu(context, button)
    menu.show_models(context.models.known, "jigs")
    entries = {entry.key: entry for row in range(menu.list.count()) if (entry := menu.list.item(row).data(_ENTRY))}
    assert entries["jigs"].about.startswith("Not good enough yet. Writes melodies")
    assert entries["jigs"].tone == "bad"
    assert not entries["series-daily"].tone
