"""What the first edition wrote can be used: a corpus, a model, a library and its jobs, and files that say how they were made.

``first-edition/`` was written by its command line: a corpus of 24 melodies of four bars, a transformer of 600 steps without a
summary, and three jobs with seed 3 (``interpolate``, ``vary``, ``sample``).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio import cli
from genstudio.corpus import Corpus
from genstudio.domains import get_domain
from genstudio.library import Library

FOLDER = Path(__file__).parent / "first-edition"
MADE = ("interpolate", "vary", "sample")
pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the library and the model of the first edition."""
    (tmp_path / "models").mkdir()
    shutil.copytree(FOLDER / "model", tmp_path / "models" / "model")
    shutil.copy(FOLDER / "library.db", tmp_path)
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path))
    return tmp_path


def test_a_corpus() -> None:
    corpus, domain = Corpus.open(FOLDER / "corpus"), get_domain("melody")
    assert {name: len(corpus.split(name)) for name in ("train", "valid", "test")} == {"train": 40, "valid": 4, "test": 4}
    store = corpus.split("train")
    symbols = [corpus.tokenizer.decode(store[row].tolist()) for row in range(len(store))]
    pieces = [domain.from_symbols(one) for one in symbols]
    assert all(domain.units(piece) == 2 and piece.notes for piece in pieces)
    assert [domain.to_symbols(piece) for piece in pieces] == symbols
    assert store.title(0)


def test_the_same_files_give_the_same_vocabulary_and_tokens(make_tune: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "tunes").mkdir()
    for seed in range(24):
        make_tune(seed, 4, (4, 4)).write(str(tmp_path / "tunes" / f"{seed:02d}.mid"))
    options: dict[str, Any] = {"stride": 2, "vocab_size": 340, "valid": 0.1, "test": 0.1, "workers": 1}
    genstudio.build_corpus([tmp_path / "tunes"], tmp_path / "corpus", preset="melody-2bar", **options)
    assert Corpus.open(tmp_path / "corpus").tokenizer.digest == Corpus.open(FOLDER / "corpus").tokenizer.digest
    for name in ("train", "valid", "test"):
        file = f"{name}.tokens.npy"
        assert (tmp_path / "corpus" / file).read_bytes() == (FOLDER / "corpus" / file).read_bytes()


def test_a_corpus_and_a_model_are_trained_on(tmp_path: Path) -> None:
    tiny = ["optimizer.batch_size=8", "optimizer.evaluate_every=2", "prior.steps=0"]
    start = FOLDER / "model"
    result = genstudio.train(FOLDER / "corpus", tmp_path / "model", start=start, overrides=tiny, max_steps=2, device="cpu")
    assert result["step"] == 2
    made, begun = (genstudio.load(folder) for folder in (tmp_path / "model", start))
    assert made.network.spec == begun.network.spec


def test_a_model_reads_and_is_measured() -> None:
    model = genstudio.load(FOLDER / "model")
    assert genstudio.model_card(FOLDER / "model").startswith("# model")
    tunes = [FOLDER / "tunes" / name for name in ("00.mid", "01.mid")]
    pieces = model.interpolate(*tunes, steps=3)
    assert [pieces[0].notes, pieces[-1].notes] == [model.piece(tune)[0].notes for tune in tunes]
    metrics = genstudio.evaluate(FOLDER / "model", FOLDER / "corpus", samples=2, generated=0)
    assert metrics["n"] == 4
    assert metrics["likelihood"]["nll"] > 0


def test_a_library_and_its_jobs(home: Path, tmp_path: Path) -> None:
    with Library() as library:
        entries = library.search(limit=20)
        jobs = {library.job(entry.job).operation: entry.job for entry in entries if entry.job is not None}
    assert len(entries) == 7
    assert set(jobs) == set(MADE)
    for operation, job in jobs.items():
        assert cli.main(["again", job, "--out", str(tmp_path / operation)]) == 0
        made = {path.name: path.read_bytes() for path in (tmp_path / operation).iterdir()}
        assert made == {path.name: path.read_bytes() for path in (FOLDER / "out" / operation).iterdir()}


@pytest.mark.parametrize("operation", MADE)
def test_files_say_how_they_were_made(operation: str, capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted((FOLDER / "out" / operation).iterdir()):
        assert cli.main(["trace", str(path), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["operation"], found["model"], found["seed"]) == (operation, "model", 3)
