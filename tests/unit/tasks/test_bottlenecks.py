"""Operations with an autoencoder and with a language model, and those that they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

import genstudio
from genstudio.errors import ModelError

SENTENCE, OTHER = "the cat sees the house today.", "a dog hears the moon."


def trained(corpus: Path, tiny: dict[str, list[str]], out: Path, bottleneck: str) -> genstudio.Model:
    few = ["optimizer.batch_size=16", "optimizer.evaluate_every=60", "optimizer.evaluate_on=8", "optimizer.warmup=10"]
    few += ["optimizer.learning_rate=0.01", f"bottleneck={bottleneck}"]
    genstudio.train(corpus, out, preset="sentence", overrides=[*tiny["text"], *few], max_steps=60, device="cpu")
    return genstudio.load(out)


@pytest.fixture(scope="module")
def language_model(text_corpus, tiny, tmp_path_factory) -> genstudio.Model:
    return trained(text_corpus, tiny, tmp_path_factory.mktemp("models") / "words", "none")


@pytest.mark.slow
def test_a_language_model_samples_and_continues(language_model):
    pieces = language_model.sample(6, seed=1)
    assert len({piece.text for piece in pieces}) > 1
    assert (pieces.job.codes == 0).all()
    assert [piece.text for piece in language_model.again(pieces.job)] == [piece.text for piece in pieces]
    assert all(piece.text.startswith("the cat") for piece in language_model.continue_(SENTENCE, 3, given=2))


def test_operations_that_need_a_code_are_refused(language_model, text_corpus):
    model = language_model
    for asked in (
        lambda: model.reconstruct(SENTENCE),
        lambda: model.interpolate(SENTENCE, OTHER),
        lambda: model.way(SENTENCE, OTHER),
        lambda: model.vary(SENTENCE),
        lambda: model.path([SENTENCE, OTHER]),
        lambda: model.analogy(SENTENCE, OTHER, SENTENCE),
        lambda: model.blend(SENTENCE, OTHER, SENTENCE, OTHER),
        lambda: model.shape(SENTENCE, {"length": 1.0}),
        lambda: model.nearest(SENTENCE),
        lambda: model.at_places(None, [0]),
        lambda: genstudio.make_map(model.folder, text_corpus),
        lambda: genstudio.learn_attributes(model.folder, text_corpus),
    ):
        with pytest.raises(ModelError, match="no latent space: it can sample, continue"):
            asked()


@pytest.mark.slow
def test_a_language_model_is_evaluated(language_model, text_corpus):
    found = genstudio.evaluate(language_model.folder, text_corpus, samples=2, limit=20, generated=4, best_of=2)
    assert found["likelihood"]["nll"] > 0
    assert found["latent"]["active_units"] is None
