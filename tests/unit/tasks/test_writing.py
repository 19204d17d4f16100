"""The operations that write files: files, results and recorded jobs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import pytest

import genstudio
from genstudio.errors import ConfigError, FileError

SENTENCES = ("the cat sees the house today.", "a dog hears the moon.", "my sister loves a river.", "nobody paints the garden.")


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory, make_tune: Callable[..., Any]) -> list[Path]:
    folder = tmp_path_factory.mktemp("songs")
    paths = [folder / f"{seed}.mid" for seed in range(4)]
    for seed, path in enumerate(paths):
        make_tune(seed, 2, (4, 4)).write(str(path))
    return paths


CALLS: dict[str, tuple[Callable[..., dict[str, Any]], str, int]] = {
    "reconstruct": (lambda m, s, out, **k: genstudio.reconstruct(m, s[0], out / "back.mid", **k), "", 1),
    "sample": (lambda m, s, out, **k: genstudio.sample(m, 2, out, **k), "samples", 2),
    "vary": (lambda m, s, out, **k: genstudio.vary(m, s[0], out, n=2, **k), "samples", 2),
    "continue": (lambda m, s, out, **k: genstudio.continue_(m, s[0], out, n=2, given=1, **k), "samples", 2),
    "interpolate": (lambda m, s, out, **k: genstudio.interpolate(m, s[0], s[1], out, steps=3, **k), "steps", 3),
    "path": (lambda m, s, out, **k: genstudio.path(m, s[:3], out, steps=2, **k), "steps", 3),
    "blend": (lambda m, s, out, **k: genstudio.blend(m, *s, out, grid=(2, 3), **k), "cells", 6),
    "analogy": (lambda m, s, out, **k: genstudio.analogy(m, *s[:3], out / "new.mid", **k), "", 1),
}


@pytest.mark.parametrize("name", CALLS)
def test_written_files_and_kept_jobs(name, melody_model, songs, tmp_path):
    call, key, count = CALLS[name]
    kept: list[Any] = []
    result = call(melody_model, songs, tmp_path / "out", seed=3, keep=lambda job, pieces: kept.append((job, pieces)))
    json.dumps(result)
    assert (result["model"], result["seed"]) == ("tiny-melody", 3)
    assert isinstance(result["remarks"], list)
    entries = result[key] if key else [result]
    assert len(entries) == count
    written = {Path(entry["path"]) for entry in entries} | ({Path(result["joined"])} if "joined" in result else set())
    assert written == set((tmp_path / "out").iterdir())
    ((job, pieces),) = kept
    assert job is pieces.job
    assert job.operation == name
    assert job.count == count
    for entry, piece in zip(entries, pieces, strict=True):
        assert entry["notes"] == len(piece.notes)
        heard = [message for track in mido.MidiFile(entry["path"]).tracks for message in track if message.type == "note_on"]
        assert sum(message.velocity > 0 for message in heard) == len(piece.notes)
    assert ("joined" in result) == (name in ("interpolate", "path"))


def test_a_grid_names_its_cells(melody_model, songs, tmp_path):
    result = genstudio.blend(melody_model, *songs, tmp_path / "out", grid=(2, 3))
    assert result["grid"] == [2, 3]
    assert [(cell["row"], cell["column"]) for cell in result["cells"]] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]


def test_sentences(text_model, tmp_path):
    blended = genstudio.blend(text_model, *SENTENCES, tmp_path / "b", grid=2)
    lines = Path(blended["all"]).read_text(encoding="utf-8").splitlines()
    assert lines == [cell["text"] for cell in blended["cells"]]
    way = genstudio.path(text_model, SENTENCES[:3], tmp_path / "p", steps=2)
    assert len(Path(way["all"]).read_text(encoding="utf-8").splitlines()) == 3
    assert "joined" not in way
    found = genstudio.continue_(text_model, "the cat", tmp_path / "c", n=2)
    assert all(Path(entry["path"]).read_text(encoding="utf-8").startswith("the cat") for entry in found["samples"])


def test_places_that_cannot_be_written(melody_model, songs, tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    for name in ("vary", "continue", "path", "blend"):
        with pytest.raises(FileError, match="expected a folder"):
            CALLS[name][0](melody_model, songs, blocker)
    with pytest.raises(ConfigError, match="ends in"):
        genstudio.analogy(melody_model, *songs[:3], tmp_path / "a.txt")
