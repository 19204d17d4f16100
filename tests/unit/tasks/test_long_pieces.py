"""Pieces far longer than those that a model knows are cut before they are tokenized and memory is taken for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio.decoding import most_tokens
from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
from genstudio.tasks.sequences import file_sequences

LONG = "the cat sees the house today, " * 30_000

OPERATIONS: dict[str, Callable[[genstudio.Model, Any], genstudio.Pieces]] = {
    "reconstruct": lambda model, source: model.reconstruct(source),
    "whole": lambda model, source: model.reconstruct(source, whole=True),
    "interpolate": lambda model, source: model.interpolate(source, source, 2),
    "vary": lambda model, source: model.vary(source, 1),
    "blend": lambda model, source: model.blend(source, source, source, source, 2),
    "path": lambda model, source: model.path([source, source], 2),
    "analogy": lambda model, source: model.analogy(source, source, source),
    "continue": lambda model, source: model.continue_(source, 1),
}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of all texts that are tokenized."""
    lengths: list[int] = []
    encode = genstudio.tokens.Tokenizer.encode

    def watched(self: Any, symbols: str) -> list[int]:
        lengths.append(len(symbols))
        return encode(self, symbols)

    monkeypatch.setattr(genstudio.tokens.Tokenizer, "encode", watched)
    return lengths


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_long_text_is_cut_with_a_remark(text_model: Path, tmp_path: Path, operation: str, seen: list[int]) -> None:
    model = genstudio.load(text_model)
    path = tmp_path / "long.txt"
    path.write_text(LONG, encoding="utf-8")
    made = OPERATIONS[operation](model, str(path))
    assert max(seen) <= 64 * most_tokens(model.network)
    (told,) = (remark for remark in made.remarks if "longer than anything that tiny-text was trained on" in remark)
    found = re.search(r": of its (\d+) words the first (\d+) were used\.$", told)
    assert found is not None
    assert 1 < int(found[2]) < int(found[1]) == model.domain.units(model.domain.parse(LONG))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_two_bars_of_very_many_notes_are_cut_with_a_remark(melody_model: Path, operation: str, seen: list[int]) -> None:
    model = genstudio.load(melody_model)
    notes = [Note(tick, tick + 1, 60 + tick % 12) for tick in range(3840)]
    crowded = Melody.build(notes, [MetreChange(0, 4, 4)], [TempoChange(0, 90.0)], title="Crowded")
    made = OPERATIONS[operation](model, crowded)
    assert [remark for remark in made.remarks if remark.startswith("Crowded is longer than anything")]
    assert max(map(len, map(model.ids, made))) <= 2 * most_tokens(model.network)


def test_the_beginning_is_used(text_model: Path) -> None:
    model = genstudio.load(text_model)
    whole = model.domain.parse(LONG)
    cut, remarks = model.fitted(whole)
    assert LONG.startswith(cut.text)
    assert 0 < len(model.ids(cut)) <= most_tokens(model.network)
    assert (cut.title, len(remarks)) == (whole.title, 1)
    assert model.fitted(cut)[0] is cut
    assert model.encode([whole]).equal(model.encode([cut])), "codes are of what is used"


def test_a_long_piece_keeps_its_tempo(melody_model: Path) -> None:
    model = genstudio.load(melody_model)
    notes = [Note(tick, tick + 1, 60 + tick % 12) for tick in range(3840)]
    cut, _ = model.fitted(Melody.build(notes, [MetreChange(0, 4, 4)], [TempoChange(0, 90.0)], program=40))
    assert (cut.tempos[0].bpm, cut.program) == (90.0, 40)
    assert [note.pitch for note in cut.notes] == [note.pitch for note in notes[: len(cut.notes)]]


def test_files_that_are_measured_are_refused_where_they_are_too_long(text_model: Path, tmp_path: Path) -> None:
    model = genstudio.load(text_model)
    (tmp_path / "a.txt").write_text("the cat sees the house today.\n" + LONG + "\n", encoding="utf-8")
    sequences, _, refused = file_sequences(model, [tmp_path / "a.txt"], {"unit": "line"}, genstudio.Stop())
    assert len(sequences) == 1
    assert [item["path"].rpartition("#")[2] for item in refused] == ["2"]
