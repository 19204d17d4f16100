"""Whatever stands in a model folder or a corpus folder costs one sentence.

A quick share of what ``folders.py`` goes through by hand, in this process: two fifths of the folders, some of the calls for each.
"""

from __future__ import annotations

import importlib.util
import random
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from genstudio.cli import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the folders hold pipes and links")


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile_folders", Path(__file__).with_name("folders.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


folders = _load()


@pytest.fixture(scope="module")
def good(once) -> tuple[Path, Path, Path]:
    def make(place: Path) -> None:
        place.mkdir()
        folders.make_good(place)

    place = once("good", make)
    return place / "corpus", place / "model", place / "tunes" / "0.mid"


@pytest.fixture(autouse=True)
def _without_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENSTUDIO_NO_HISTORY", "1")


def _asked(kind: str, good: tuple[Path, Path, Path], place: Path, folder: Path) -> dict[str, list[str]]:
    corpus, model, song = good
    out = place / "out"
    out.mkdir()
    if kind == "model":
        found: dict[str, list[str]] = folders.of_models(str(folder), str(song), str(corpus), str(out))
        return found
    shutil.copytree(model, place / "own")
    found = folders.of_corpora(str(folder), str(place / "own"), str(out))
    del found["compare"]  # which is train and evaluate in turn, and takes seconds
    return found


@pytest.mark.parametrize("kind", ["model", "corpus"])
def test_the_good_folder_works(kind, good, tmp_path):
    """Without which the others would prove nothing."""
    folder = tmp_path / "good"
    shutil.copytree(good[1] if kind == "model" else good[0], folder)
    for what, call in _asked(kind, good, tmp_path, folder).items():
        assert main(call) == 0, what


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["model", "corpus"])
def test_a_hostile_folder_costs_a_sentence(kind, seed, good, tmp_path, capfd):
    folder = tmp_path / "hostile"
    told = folders.hostile(good[1] if kind == "model" else good[0], folder, seed)
    calls = list(_asked(kind, good, tmp_path, folder).items())
    for what, call in random.Random(seed).sample(calls, 3 if kind == "model" else 2):
        status = main(call)
        said = capfd.readouterr().err
        assert status in (0, 2), f"{what} of {told}: {said}"
        assert "Traceback" not in said
        if status == 2:
            assert said.splitlines()[-1].startswith("genstudio: "), said
