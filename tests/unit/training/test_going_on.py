"""Going on from a trained model on a few pieces of one's own, whatever tokens their corpus was built with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

import genstudio
from genstudio.config import get_preset
from genstudio.corpus import Corpus, Recoded
from genstudio.errors import CorpusError, ModelError
from genstudio.models.manifest import read_manifest
from genstudio.tokens import Tokenizer
from genstudio.training.measuring import better
from genstudio.training.state import read_state

LOOP = ["optimizer.batch_size=8", "optimizer.evaluate_every=20", "optimizer.evaluate_on=8", "optimizer.warmup=2", "prior.steps=0"]


@pytest.fixture(scope="module")
def few(make_tune: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of twelve short tunes of one bar each, with a tokenizer of its own."""
    folder = tmp_path_factory.mktemp("few")
    for seed in range(14):
        make_tune(5000 + seed, 1, (4, 4)).write(str(folder / f"{seed}.mid"))
    genstudio.build_corpus([folder], folder / "corpus", preset="melody-2bar", vocab_size=330, valid=0.1, test=0.0, workers=1)
    return folder / "corpus"


def trained(corpus: Path, out: Path, *more: str, **options: Any) -> list[Any]:
    events: list[Any] = []
    genstudio.train(corpus, out, overrides=[*LOOP, *more], device="cpu", report=events.append, **options)
    return events


def test_a_model_goes_on_on_few_pieces_of_other_tokens(melody_model: Path, few: Path, tmp_path: Path) -> None:
    before = read_manifest(melody_model)
    assert Corpus.open(few).tokenizer.digest != before["tokenizer_digest"]
    assert int(Corpus.open(few).manifest["segments"]) < before["model"]["segments"] - 1  # shorter than what the model knows
    trained(few, tmp_path / "mine", max_steps=6, start=melody_model)
    after = read_manifest(tmp_path / "mine")
    assert after["tokenizer_digest"] == before["tokenizer_digest"]
    for name in ("core", "core_options", "segments", "longest"):
        assert after["model"][name] == before["model"][name]
    assert after["preset"] == "melody-2bar"
    assert after["training"]["before"][0]["model"] == melody_model.name
    model = genstudio.load(tmp_path / "mine")
    former = genstudio.load(melody_model)
    store = Recoded(Corpus.open(few), model.tokenizer, 1000).split("train")
    piece = model.domain.from_symbols(model.tokenizer.decode(store[0].tolist()))
    # It began where the other one had ended, and moved.
    apart = float((model.encode([piece]) - former.encode([piece])).norm())
    assert 0 < apart < float(former.encode([piece]).norm())


def test_a_training_that_goes_on_is_stopped_and_resumed(melody_model: Path, few: Path, tmp_path: Path) -> None:
    trained(few, tmp_path / "whole", max_steps=6, start=melody_model)
    stop = genstudio.Stop()

    def halt(event: Any) -> None:
        if event.data.get("event") == "step" and event.data["step"] == 3:
            stop.request()

    about: dict[str, Any] = {"overrides": LOOP, "max_steps": 6, "device": "cpu", "start": melody_model}
    genstudio.train(few, tmp_path / "parts", report=halt, stop=stop, **about)
    genstudio.train(few, tmp_path / "parts", resume=True, **about)
    weights = [(tmp_path / name / "model.safetensors").read_bytes() for name in ("whole", "parts")]
    assert weights[0] == weights[1]


def test_a_model_goes_on_on_longer_phrases(melody_model: Path, tunes: Path, tmp_path: Path) -> None:
    known = read_manifest(melody_model)["model"]["segments"] - 1
    genstudio.build_corpus([tunes], tmp_path / "long", preset="melody-16bar", bars=5, stride=2, vocab_size=330, workers=1)
    trained(tmp_path / "long", tmp_path / "out", "optimizer.learning_rate=1e-12", "variants=0", max_steps=1, start=melody_model)
    after = read_manifest(tmp_path / "out")
    assert after["model"]["segments"] == 6 > known
    longer, former = genstudio.load(tmp_path / "out"), genstudio.load(melody_model)
    own, begun = longer.network.state_dict(), former.network.state_dict()
    assert {name: value.shape for name, value in own.items() if name not in ("core.place", "core.segment")} == {
        name: value.shape for name, value in begun.items() if name not in ("core.place", "core.segment")
    }
    for name in ("core.place", "core.segment"):
        for segment in range(6):
            like = 0 if segment == 0 else 1 + (segment - 1) % known
            assert np.allclose(own[name][segment], begun[name][like], atol=1e-6), (name, segment)
    # The bars that a short model wrote are read by the long one as they were.
    piece = longer.piece(sorted(tunes.glob("*.mid"))[0])[0]
    assert piece.bars == 5 > former.piece(sorted(tunes.glob("*.mid"))[0])[0].bars
    assert longer.reconstruct(piece)[0].bars == 5


def test_a_training_of_longer_phrases_is_resumed(melody_model: Path, tunes: Path, tmp_path: Path) -> None:
    genstudio.build_corpus([tunes], tmp_path / "long", preset="melody-16bar", bars=5, stride=2, vocab_size=330, workers=1)
    stop = genstudio.Stop()

    def halt(event: Any) -> None:
        if event.data.get("event") == "step" and event.data["step"] == 2:
            stop.request()

    about: dict[str, Any] = {"overrides": LOOP, "max_steps": 4, "device": "cpu", "start": melody_model}
    genstudio.train(tmp_path / "long", tmp_path / "parts", report=halt, stop=stop, **about)
    assert read_state(tmp_path / "parts" / "training")["step"] == 2
    genstudio.train(tmp_path / "long", tmp_path / "parts", resume=True, **about)
    assert read_state(tmp_path / "parts" / "training")["step"] == 4


@pytest.mark.slow
def test_a_model_of_the_flat_core_is_not_lengthened(melody_corpus: Path, tunes: Path, tmp_path: Path) -> None:
    genstudio.train(
        melody_corpus, tmp_path / "flat", preset="melody-2bar", max_steps=1, device="cpu",
        overrides=[*LOOP, "core=mlp", "features=0", "variants=0"],
    )  # fmt: skip
    genstudio.build_corpus([tunes], tmp_path / "long", preset="melody-16bar", bars=5, stride=2, vocab_size=330, workers=1)
    with pytest.raises(ModelError, match="another shape"):
        trained(tmp_path / "long", tmp_path / "out", max_steps=1, start=tmp_path / "flat")


def test_from_fresh_weights_so_few_are_refused(few: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="too few to learn from"):
        trained(few, tmp_path / "fresh", max_steps=2)


def test_recoded_pieces_are_the_same_pieces(melody_corpus: Path, few: Path) -> None:
    before = Corpus.open(melody_corpus)
    tokenizer = Corpus.open(few).tokenizer
    after = Recoded(before, tokenizer, 10_000)
    assert after.left_out == 0
    assert after.digest == Recoded(before, tokenizer, 10_000).digest != before.digest
    for split in ("train", "valid", "test"):
        one, two = before.split(split), after.split(split)
        assert len(one) == len(two)
        for row in range(0, len(one), 7):
            assert after.tokenizer.decode(two[row].tolist()) == before.tokenizer.decode(one[row].tolist())
            assert (two.title(row), two.source(row)) == (one.title(row), one.source(row))
        assert [len(ids) for ids in two] == two.lengths.tolist()
    assert after.manifest["segments"] == before.manifest["segments"]


def test_what_is_too_long_is_left_out_and_told(melody_corpus: Path, few: Path) -> None:
    before, tokenizer = Corpus.open(melody_corpus), Corpus.open(few).tokenizer
    whole = Recoded(before, tokenizer, 10_000)
    lengths = np.concatenate([whole.split(split).lengths for split in ("train", "valid", "test")])
    most = int(np.median(lengths))
    after = Recoded(before, tokenizer, most)
    assert after.left_out == int((lengths > most).sum()) > 0
    assert after.manifest["longest"] == most
    kept = after.split("train")
    rows = np.flatnonzero(whole.split("train").lengths <= most)
    assert [kept.title(place) for place in range(len(kept))] == [before.split("train").title(int(row)) for row in rows]
    with pytest.raises(CorpusError, match=r"every piece .* is longer than the 1 tokens"):
        Recoded(before, tokenizer, 1)


def test_a_corpus_of_another_kind_is_refused(melody_model: Path, text_corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is of text, and the model is of melody"):
        Recoded(Corpus.open(text_corpus), Tokenizer.load(melody_model / "tokenizer"), 100)


def test_the_best_state_by_held_out_pieces_is_kept(melody_model: Path, few: Path, tmp_path: Path) -> None:
    """Steps that are far too large spoil a model: what is delivered then is the one that it went on from, and that is said."""
    settings = ["optimizer.learning_rate=0.5", "optimizer.evaluate_every=2"]
    events = trained(few, tmp_path / "out", *settings, max_steps=4, start=melody_model)
    looks = [event.data for event in events if event.data.get("event") == "evaluation"]
    assert [(look["step"], look["kept"]) for look in looks] == [(0, 0), (2, 0), (4, 0)]
    said = [str(event.message) for event in events if event.data.get("kind") == "learned by heart"]
    assert len(said) == 1
    assert f"as good as {melody_model.name}, which it went on from, and no better" in said[0]
    made = read_manifest(tmp_path / "out")
    assert made["training"]["steps"] == made["metrics"]["step"] == 0
    weights = [load_file(folder / "model.safetensors") for folder in (melody_model, tmp_path / "out")]
    assert all(torch.equal(value, weights[0][name]) for name, value in weights[1].items())
    # More time makes it no worse, and starts where it had come to.
    about: dict[str, Any] = {"overrides": [*LOOP, *settings], "device": "cpu", "start": melody_model}
    again = genstudio.train(few, tmp_path / "out", resume=True, max_steps=6, **about)
    assert (again["step"], again["metrics"]["step"]) == (6, 0)
    assert read_manifest(tmp_path / "out")["metrics"]["step"] == 0


def test_a_state_is_better_where_it_costs_less_and_gives_as_much_back() -> None:
    config = get_preset("melody-2bar").config
    first = {"reconstruction_nll": 8.0, "kl": 20.0, "reconstruction": {"note_f1": 0.9}}
    cheaper = {**first, "reconstruction_nll": 4.0}
    assert better(cheaper, first, first, config)
    assert not better(first, first, first, config)
    assert not better({**cheaper, "reconstruction": {"note_f1": 0.8}}, first, first, config)
    alone = {**first, "kl_summary": 5.0, "elbo_summary": -95.0}
    assert better({**alone, "elbo_summary": -90.0}, alone, first, config)
