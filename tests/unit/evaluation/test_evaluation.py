"""The figures, against models whose likelihood can be worked out by hand."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from genstudio.config import SamplingOptions
from genstudio.corpus import in_batches
from genstudio.decoding import Request
from genstudio.decoding.trained import Trained
from genstudio.domains import MetreChange, Music, Note, get_domain
from genstudio.domains.melody.symbols import DURATIONS, PITCHES
from genstudio.domains.music.symbols import BAR, METRES
from genstudio.domains.text import Passage
from genstudio.errors import ConfigError, Stopped
from genstudio.evaluation import music
from genstudio.evaluation.latent_health import latent_health, neighbours
from genstudio.evaluation.likelihood import importance_weighted_nll, likelihood
from genstudio.evaluation.music import compare_music
from genstudio.evaluation.options import EvaluationOptions
from genstudio.evaluation.prior import Samples, completeness, filled, sample_prior
from genstudio.evaluation.reconstruction import decode_all, reconstruction
from genstudio.evaluation.report import Known, evaluate
from genstudio.evaluation.scoring import score
from genstudio.evaluation.text import compare_text
from genstudio.metrics import METRICS
from genstudio.models.latent import Posterior
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE
from genstudio.progress import Monitor, Progress, Stop, silent
from genstudio.tokens import Tokenizer, TokenizerOptions

VOCAB = 8
TUNE = Music(notes=(Note(0, 480, 60), Note(480, 960, 64)), metres=(MetreChange(0, 2, 4),), length=1920)
MEAN, LOGVAR = 0.7, -0.9


class OneNumber(nn.Module):
    """z is one number; a token's logit grows with z times its id where ``heard``, and does not know z where not."""

    latent_dims = 1

    def __init__(self, heard: float, mean: float, logvar: float, used: bool = True) -> None:
        super().__init__()
        self.heard, self.mean, self.logvar, self.used = heard, mean, logvar, used

    def encode(self, ids: Tensor, mask: Tensor, positions: Any) -> Posterior:
        whole = torch.ones(len(ids), 1)
        return Posterior(whole * self.mean, whole * self.logvar, torch.full((len(ids), 1), self.used))

    def decode(self, inputs: Tensor, z: Tensor, positions: Any) -> Tensor:
        slope = 0.3 * torch.arange(VOCAB) + 0.1 * inputs[..., None] % 0.7
        return slope * (1.0 + self.heard * z[:, None, :])


def model_of(heard: float = 0.0, mean: float = MEAN, logvar: float = LOGVAR, **more: Any) -> SequenceVAE:
    spec = ModelSpec("lstm", {"latent_dims": 1, "embedding": 4, "encoder_hidden": 4, "hidden": 4}, VOCAB, -1, 1, 4, (0,) * VOCAB, 9)
    model = SequenceVAE(spec)
    model.core = OneNumber(heard, mean, logvar, **more)  # type: ignore[assignment]
    return model


def nll_at(model: SequenceVAE, ids: np.ndarray, z: float) -> float:
    return float(model.score(torch.from_numpy(ids)[None], torch.tensor([[z]]))[0])


def kl() -> float:
    return 0.5 * (MEAN**2 + math.exp(LOGVAR) - 1 - LOGVAR)


SEQUENCES = [np.array(ids) for ids in ([4, 5, 6], [7], [4, 4, 7, 5, 6])]


def test_the_exact_posterior_needs_one_sample():
    # The decoder does not hear z and the posterior is the prior, so -log p(x) is the NLL, whatever is drawn.
    model = model_of(mean=0.0, logvar=0.0)
    exact = np.mean([nll_at(model, ids, 0.0) for ids in SEQUENCES])
    for samples in (1, 5):
        assert importance_weighted_nll(model, SEQUENCES, samples) == pytest.approx(exact, rel=1e-5)


def test_a_code_that_is_not_heard():
    model = model_of(logvar=0.4)  # wider than the prior, so that no weight is large
    exact = np.mean([nll_at(model, ids, 0.0) for ids in SEQUENCES])
    assert importance_weighted_nll(model, SEQUENCES, 4000) == pytest.approx(exact, abs=0.02)


def test_one_sample_is_the_elbo():
    model = model_of(heard=0.5)
    ids = SEQUENCES[2]
    found = importance_weighted_nll(model, [ids] * 6000, 1)
    # E_q[-log p(x|z)] by quadrature, plus the KL.
    grid = torch.linspace(-6, 6, 801, dtype=torch.float64)
    density = torch.exp(-0.5 * grid**2)
    points = MEAN + math.exp(0.5 * LOGVAR) * grid
    nll = model.score(torch.from_numpy(ids)[None].repeat(801, 1), points.float()[:, None])[0].double()
    expected = float((density * nll).sum() / density.sum()) + kl()
    assert found == pytest.approx(expected, abs=0.05)
    scores = score(model, [ids] * 6000)
    assert scores.negative_elbo == pytest.approx(expected, abs=0.05)


def test_many_samples_are_the_likelihood():
    model = model_of(heard=0.5)
    ids = SEQUENCES[2]
    grid = torch.linspace(-8, 8, 4001, dtype=torch.float64)
    nll = model.score(torch.from_numpy(ids)[None].repeat(4001, 1), grid.float()[:, None])[0].double()
    log_joint = -0.5 * grid**2 - 0.5 * math.log(2 * math.pi) - nll
    exact = -float(torch.logsumexp(log_joint, 0) + math.log(16 / 4000))
    bounds = [importance_weighted_nll(model, [ids] * 300, samples) for samples in (1, 10, 400)]
    assert bounds[2] == pytest.approx(exact, abs=0.03)
    assert exact - 0.02 < bounds[1] < bounds[0]


def test_dimensions_that_carry_nothing_cancel():
    # Where a segment is missing the posterior is the prior by definition: neither KL nor ratio may count it.
    model = model_of(mean=0.0, logvar=0.0, used=False)
    exact = np.mean([nll_at(model, ids, 0.0) for ids in SEQUENCES])
    assert importance_weighted_nll(model, SEQUENCES, 3) == pytest.approx(exact, rel=1e-5)


def test_likelihood_figures():
    model = model_of()
    scores = score(model, SEQUENCES, seed=1)
    found = likelihood(model, SEQUENCES, scores, samples=500, seed=1)
    assert found["kl"] == pytest.approx(kl(), rel=1e-5)
    assert found["elbo"] == pytest.approx(-(found["reconstruction_nll"] + found["kl"]), rel=1e-5)
    assert found["nll"] < -found["elbo"]
    assert found["nll_samples"] == 500
    assert found["ppl_token"] == pytest.approx(math.exp(found["nll"] / 4.0))  # 3 + 1 + 5 tokens and three ends, over three
    assert likelihood(model, SEQUENCES, scores, samples=5, seed=1) == likelihood(model, SEQUENCES, scores, samples=5, seed=1)


@pytest.mark.slow
def test_scores_keep_the_order_and_do_not_depend_on_batches(monkeypatch):
    torch.manual_seed(0)
    spec = ModelSpec("lstm", {"latent_dims": 3, "embedding": 8, "encoder_hidden": 8, "hidden": 8}, VOCAB, -1, 1, 4, (0,) * VOCAB, 9)
    model = SequenceVAE(spec)
    draw = np.random.default_rng(0)
    sequences = [draw.integers(4, VOCAB, size) for size in draw.integers(1, 30, 40)]
    whole = score(model, sequences, seed=2)
    assert whole.tokens.tolist() == [len(ids) + 1 for ids in sequences]
    means = [model.posterior(torch.from_numpy(ids)[None]).mean[0, 0].item() for ids in sequences]
    assert whole.means[:, 0].tolist() == pytest.approx(means, abs=1e-5)
    from genstudio.evaluation import scoring

    monkeypatch.setattr(scoring, "in_batches", lambda parts: iter(np.arange(len(parts))[:, None]))
    single = score(model, sequences, seed=2)
    for name in ("nll", "kl", "correct", "tokens", "means", "logvars", "kl_dimensions"):
        torch.testing.assert_close(getattr(single, name), getattr(whole, name), atol=1e-4, rtol=1e-4)


def test_batches_hold_everything_once_within_their_size():
    draw = np.random.default_rng(1)
    sequences = [np.zeros(size) for size in [*draw.integers(0, 300, 50), 9000]]
    found = list(in_batches(sequences, tokens=1000))
    assert sorted(np.concatenate(found).tolist()) == list(range(51))
    for part in found:
        assert len(part) == 1 or len(part) * (max(len(sequences[index]) for index in part) + 1) <= 1000
    assert list(in_batches([])) == []


# Reconstruction and the whole report, with a real tokenizer


@pytest.fixture(scope="module")
def words() -> Tokenizer:
    lines = ["the tide was out", "boats lay on the sand", "nobody spoke", "nobody moved at all"] * 5
    return Tokenizer.train(lines, get_domain("text").grammar, TokenizerOptions(330), domain="text")


def test_reconstruction(words, real):
    text = get_domain("text")
    references = [np.array(ids) for ids in words.encode_many(["nobody spoke", "the tide was out"])]
    perfect = reconstruction(Trained(real, text, words), references, [ids.tolist() for ids in references], torch.tensor([3, 4]))
    assert perfect["accuracy"] == 1.0
    assert perfect["accuracy_teacher_forced"] == 0.75
    assert perfect["exact"] == 1.0
    assert perfect == {**text.compare([Passage(text="a")], [Passage(text="a")]), **perfect}
    wrong = [[int(token) + 1 for token in references[0][:-1]], [*references[1].tolist(), 5, 5]]
    some = reconstruction(Trained(real, text, words), references, wrong, torch.tensor([0, 0]))
    assert some["accuracy"] == pytest.approx(len(references[1]) / sum(map(len, references)))
    assert some["exact"] == 0.0
    assert some["accuracy_teacher_forced"] == 0.0
    assert reconstruction(Trained(real, text, words), references, [[], []], torch.tensor([0, 1]))["accuracy"] == 0.0


def test_neighbours_have_tokens_in_common():
    means = torch.tensor([[0.0, 0.0], [0.1, 0.0], [5.0, 5.0], [5.1, 5.0]])
    sequences = [np.array(ids) for ids in ([4, 5, 5], [5, 5, 6], [7], [7, 7])]
    found = neighbours(means, sequences)
    assert found["neighbour_overlap"] == pytest.approx((0.5 + 0.5 + 0.5 + 0.5) / 4)  # 5 5 of 4 5 5 6; 7 of 7 7
    drawn = [neighbours(means, sequences, seed=seed)["random_overlap"] for seed in range(300)]
    assert np.mean(drawn) == pytest.approx(1 / 6, abs=0.02)  # one of three others has half in common, the other two nothing
    assert neighbours(means[:2], sequences[:2]) == {}


def test_latent_health():
    model = model_of()
    scores = score(model, SEQUENCES)
    found = latent_health(scores)
    assert found["active_units"] == 0
    assert found["latent_dims"] == 1
    assert found["mutual_information"] == pytest.approx(0.0, abs=1e-6)
    assert found["largest_mutual_information"] == pytest.approx(math.log(3))


@pytest.fixture(scope="module")
def real(words: Tokenizer) -> SequenceVAE:
    torch.manual_seed(0)
    advance = tuple(int(value) for value in words.layout.advance)
    return SequenceVAE(
        ModelSpec(
            "lstm",
            {"latent_dims": 3, "embedding": 8, "encoder_hidden": 8, "hidden": 8},
            words.vocab_size,
            -1,
            1,
            words.layout.phases,
            advance,
            8,
        )
    )


def measured(
    model: SequenceVAE, words: Tokenizer, sequences: Any, *, known: Any = (), sampling: SamplingOptions = SamplingOptions(),
    report: Any = silent, **options: Any,
) -> dict[str, Any]:  # fmt: skip
    """What is measured of a model of text, by default no samples of it."""
    how = EvaluationOptions(**{"generated": 0, **options})
    return evaluate(Trained(model, get_domain("text"), words), sequences, how, sampling, Known(known), Monitor(report))


def test_the_whole_report(words, real):
    sequences = [np.array(ids) for ids in words.encode_many(["nobody spoke", "the tide was out", "nobody moved at all"])]
    told: list[Progress] = []
    found = measured(real, words, sequences, samples=3, seed=1, report=told.append)
    assert found["n"] == 3
    assert {"accuracy", "accuracy_teacher_forced", "exact", "bleu"} <= set(found["reconstruction"])
    assert {"nll", "elbo", "kl", "reconstruction_nll", "ppl_token"} <= set(found["likelihood"])
    assert {"active_units", "mutual_information"} <= set(found["latent"])
    assert all(math.isfinite(value) for group in ("reconstruction", "likelihood", "latent") for value in found[group].values())
    assert told[0].total == 3
    assert told[-1].done == 3
    assert measured(real, words, sequences, samples=3, seed=1) == found
    backwards = measured(real, words, sequences[::-1], samples=3, seed=1)
    assert backwards["reconstruction"]["accuracy"] == pytest.approx(found["reconstruction"]["accuracy"])


def with_bottleneck(model: SequenceVAE, bottleneck: str) -> SequenceVAE:
    torch.manual_seed(0)
    return SequenceVAE(dataclasses.replace(model.spec, bottleneck=bottleneck))


def test_an_autoencoder_has_reconstruction_only(words, real):
    sequences = [np.array(ids) for ids in words.encode_many(["nobody spoke", "the tide was out"])]
    model = with_bottleneck(real, "ae")
    found = measured(model, words, sequences, samples=3)
    likelihoods = found["likelihood"]
    assert [name for name, value in likelihoods.items() if value is not None] == ["reconstruction_nll"]
    assert found["latent"]["mutual_information"] is None
    assert found["latent"]["latent_dims"] == 3
    assert found["reconstruction"]["accuracy"] is not None
    with pytest.raises(ConfigError, match="no likelihood"):
        importance_weighted_nll(model, sequences, 3)


def test_a_language_model_has_its_likelihood_and_nothing_that_comes_back(words, real):
    sequences = [np.array(ids) for ids in words.encode_many(["nobody spoke", "the tide was out"])]
    model = with_bottleneck(real, "none")
    found = measured(model, words, sequences, samples=3)
    assert found["likelihood"]["nll"] == pytest.approx(-found["likelihood"]["elbo"]) != 0
    assert found["likelihood"]["kl"] == 0
    assert set(found["latent"].values()) == {None}
    assert [name for name, value in found["reconstruction"].items() if value is not None] == ["accuracy_teacher_forced"]
    with pytest.raises(ConfigError, match="interpolate"):
        measured(model, words, sequences, interpolation=2)


def test_decodes_in_parts_are_decodes_of_the_whole(real):
    means = torch.randn(7, 3)
    done: list[int] = []
    assert decode_all(real, means, Request(), batch=3, done=done.append) == decode_all(real, means, Request())
    assert done == [3, 6, 7]


def test_perplexity_a_word(words, real):
    texts = ["nobody spoke", "the tide was out", "nobody moved at all"]
    sequences = [np.array(ids) for ids in words.encode_many(texts)]
    found = measured(real, words, sequences, samples=3, seed=1)["likelihood"]
    assert found["ppl_word"] == pytest.approx(math.exp(found["nll"] * 3 / (2 + 4 + 4 + 3)))
    assert found["nll_samples"] == 3


def test_samples_of_the_prior_are_measured(words, real):
    lines = ["nobody spoke", "the tide was out", "nobody moved at all"]
    sequences = [np.array(ids) for ids in words.encode_many(lines)]
    told: list[Progress] = []
    sampling = SamplingOptions(temperature=0.8, spread=0.5, best_of=2)
    options = {"samples": 1, "generated": 5, "sampling": sampling, "known": sequences[:2]}
    found = measured(real, words, sequences, seed=1, report=told.append, **options)
    drawn = sample_prior(Trained(real, get_domain("text"), words), 5, sampling, seed=1)
    how = {"temperature": 0.8, "top_p": 1.0, "spread": 0.5, "best_of": 2}
    cost = found["generated"]["samples_cost_ratio"]
    assert cost > 0
    share = sum(drawn.ended) / 5
    assert found["generated"] == {"samples": 5, "beside": 3, **how, "ended": share, "samples_cost_ratio": cost}
    expected = compare_text(words, lines, drawn.symbols, lines[:2], seed=1)
    assert found["text"] == expected
    assert len(found["novelty"]["pieces"]) == 5
    assert found["novelty"]["whole_real"] == pytest.approx(2 / 3)  # two of these pieces are in the training data
    assert {"evaluating", "generating", "comparing"} <= {event.stage for event in told}
    assert measured(real, words, sequences, seed=1, **options) == found
    alone = measured(real, words, sequences, seed=1, samples=1, generated=5)
    assert "novelty" not in alone
    assert "forward_ppl" not in alone["text"]
    groups = {"generated", "text", "music", "novelty"}
    assert not groups & set(measured(real, words, sequences, samples=1))


def test_every_figure_is_explained(words, real):
    sequences = [np.array(ids) for ids in words.encode_many(["nobody spoke", "the tide was out"])]
    found = measured(real, words, sequences, samples=1, generated=3, interpolation=1, known=sequences)
    groups = [group for group in found.values() if isinstance(group, dict)]
    names = {name for group in groups for name, value in group.items() if isinstance(value, (int, float))}
    assert len(names) > 50
    assert not {name for name in names if name not in METRICS or not METRICS[name].about}
    features = {**music.FEATURES, **music.UNPITCHED}
    columns = compare_music([TUNE] * 2, [TUNE] * 2)["note_count"]
    more = (*features, *columns, "known_form", "known_form_real", "bars_filled")
    assert not {name for name in more if name not in METRICS or not METRICS[name].about}


def test_samples_that_end_and_fill_their_bars():
    grammar = get_domain("melody").grammar
    bar, four, three = BAR, METRES[4, 4], METRES[3, 4]
    quarter, half, whole = (PITCHES[0] + DURATIONS[ticks] for ticks in (480, 960, 1920))
    full = (
        f"{four}{bar}{whole}{bar}{half}{half}",
        f"{four}{quarter}{bar}{whole}",  # a pickup
        f"{four}{bar}{whole}{three}{bar}{half}{quarter}",  # the metre changes at the bar line
    )
    for symbols in full:
        assert filled(symbols, grammar), symbols
    for symbols in (f"{four}{bar}{half}", f"{four}{bar}{whole}{quarter}", f"{four}{whole}{bar}{whole}", f"{four}{bar}{whole}{bar}"):
        assert not filled(symbols, grammar), symbols
    samples = Samples([[5]] * 4, [full[0], full[1], f"{four}{bar}", full[2]], [], [True, True, False, True])
    assert completeness(samples, grammar) == {"ended": 0.75, "bars_filled": 0.75}
    assert completeness(samples, get_domain("text").grammar) == {"ended": 0.75}


def test_a_sample_that_is_cut_off_has_not_ended(words, real, monkeypatch):
    from genstudio.evaluation import prior

    monkeypatch.setattr(prior, "AT_ONCE", 20)
    counts: list[int] = []
    drawn = sample_prior(
        Trained(real, get_domain("text"), words), 50, seed=3, monitor=Monitor(lambda event: counts.append(event.done))
    )
    longest = 2 * real.spec.longest + 16
    assert drawn.ended == [len(ids) < longest for ids in drawn.ids]
    assert {True, False} == set(drawn.ended)
    assert drawn.symbols == [words.decode(ids) for ids in drawn.ids]
    assert counts == [0, 20, 40, 50]


def test_it_can_be_stopped(words, real):
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        evaluate(Trained(real, get_domain("text"), words), [np.array([5, 6])], monitor=Monitor(stop=stop))
