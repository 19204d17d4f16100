"""Create with a model of drums: the ends, every tool, and the words."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio.domains import Note
from genstudio.domains.drums import DOMAIN, DrumPattern
from genstudio.gui.pages.create.keeping import end_from, end_record
from tests.gui.create.fakes import STEPS, through_a_file

ENDS = ["Rock", "Bossa nova"]


def played(seed: int) -> DrumPattern:
    draw = random.Random(seed)
    notes = []
    for step in range(64):
        for drum, chance in ((36, 0.8 * (step % 8 == 0)), (38, 0.9 * (step % 8 == 4)), (42, 0.9 * (step % 2 == 0))):
            if draw.random() < chance + 0.1:
                notes.append(Note(120 * step, 120 * step + 40, drum, draw.choice((26, 54, 84, 120))))
    return DrumPattern(notes=tuple(sorted(notes)), length=4 * 1920)


@pytest.fixture(scope="session")
def beats(tmp_path_factory: pytest.TempPathFactory, tiny: dict[str, list[str]]) -> Any:
    """A model of drums that was trained for a moment."""

    folder: Path = tmp_path_factory.mktemp("drums")
    (folder / "files").mkdir()
    for seed in range(16):
        DOMAIN.write(played(seed), folder / "files" / f"{seed}.mid")
    asked: dict[str, Any] = {"preset": "drums-2bar", "vocab_size": 150, "valid": 0.2, "test": 0.1, "workers": 1}
    genstudio.build_corpus([folder / "files"], folder / "corpus", **asked)
    few = ["optimizer.batch_size=8", "optimizer.evaluate_every=2", "optimizer.evaluate_on=2"]
    small = [*tiny["melody"], *few]
    genstudio.train(folder / "corpus", folder / "model", preset="drums-2bar", overrides=small, max_steps=2, device="cpu")
    return genstudio.load(folder / "model")


@pytest.fixture
def ready(page, context, beats, calm) -> Any:
    """The page with the model and the bundled beats between A and B."""
    context.models.current = beats
    context.models.changed.emit(beats)
    page.filling.begin_with_example()
    calm()
    return page


def test_the_way_between_two_beats(ready, context):
    assert ready.desk.domain == "drums"
    assert [end.item.title for end in ready.desk.state.ends[:2]] == ENDS
    results = ready.desk.state.results["interpolate"].items
    assert len(results) == STEPS
    assert all(isinstance(item.piece, DrumPattern) and item.piece.program == 0 for item in results)
    assert ready.stage.grid.pieces.said(0) == "A, 4/4, 26 hits"
    assert (results[0].piece, results[-1].piece) == tuple(end.shown(2).piece for end in ready.desk.state.ends[:2])
    assert "hits" in ready.stage.grid.pieces.said(0) or "1 hit" in ready.stage.grid.pieces.said(0)
    assert not ready.parameters._boxes["metre"].isHidden()
    assert ready.parameters._boxes["key"].isHidden()


@pytest.mark.parametrize("tool", ["blend", "sample", "vary", "continue"])
@pytest.mark.slow
def test_every_tool_makes_beats(ready, calm, tool):
    ready.parameters.put("blend", {"grid": 2})
    for name in ("sample", "vary", "continue"):
        ready.parameters.put(name, {"n": 2})
    if tool == "blend":
        a, b = (end.item for end in ready.desk.state.ends[:2])
        ready.filling.take(a, "c")
        ready.filling.take(b, "d")
    ready.choose(tool)
    if tool == "sample":
        ready.making.run()
    calm()
    made = ready.desk.state.results[tool].items
    assert [type(item.piece) for item in made] == [DrumPattern] * (4 if tool == "blend" else len(made))
    assert 1 <= len(made) <= 4


def test_new_ends_are_drawn(ready, calm):
    ready.filling.draw_all()
    calm()
    assert all(isinstance(end.item.piece, DrumPattern) for end in ready.desk.state.ends[:2])
    assert ready.desk.state.ends[0].item.title.startswith("Random ")


def test_the_sliders_are_those_of_drums(ready):
    ready.choose("shape")
    attributes = [
        {"name": one.name, "label": one.label, "unit": one.unit, "kind": "measure", "deviation": 1.0} for one in DOMAIN.attributes
    ]
    ready.shaping._have(ready.desk.model, attributes)
    names = [label.text() for label in ready.shaping._names.values()]
    assert names[:3] == ["Hits", "Syncopation", "Swing"]
    assert ready.shaping.readouts["density"].text().endswith(" hits a quarter")


def test_words_for_beats_and_back(page, context, beats, melodies):
    context.models.current = beats
    context.models.changed.emit(beats)
    assert page.lesson.lead.text() == "Everything between two beats"
    assert page.ends.wells[0].empty.hint.text() == "Drop a file here, or"
    page.choose("vary")
    assert page.lesson.lead.text() == "A beat, and others like it"
    context.models.current = melodies
    context.models.changed.emit(melodies)
    assert page.lesson.lead.text() == "A melody, and others like it"


def test_a_file_of_drums_is_dropped_on_an_end(ready, calm, qtbot, tmp_path):
    DOMAIN.write(played(99), tmp_path / "mine.mid")
    ready.filling.read(0, [str(tmp_path / "mine.mid")])
    calm()
    assert ready.desk.state.ends[0].item.piece.notes == played(99).notes
    assert not ready.ends.wells[0].phrases.isHidden()
    assert ready.ends.wells[0].phrases.itemText(1) == "Bars 3 to 4"


def test_an_end_is_kept_between_starts(ready):
    end = ready.desk.state.ends[0]
    back = end_from(through_a_file(end_record(end)), "drums")
    assert back is not None
    assert back.item.piece == end.item.piece
    assert ready.save()["ends"]["drums"][0]["piece"] is end.item
