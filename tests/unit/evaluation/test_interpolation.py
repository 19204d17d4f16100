"""How good paths are: the measures on made curves, and the whole on a small model."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from genstudio.decoding.trained import Trained
from genstudio.domains import MetreChange, Note, TempoChange, get_domain
from genstudio.domains.score import Part, Score
from genstudio.errors import InputError, Stopped
from genstudio.evaluation.interpolation import STEPS, Between, distance_metrics, draw_pairs, interpolation
from genstudio.evaluation.ngrams import ORDER, NgramModel
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE
from genstudio.progress import Monitor, Progress, Stop
from genstudio.tokens import Tokenizer, TokenizerOptions

RISING = np.linspace(0.0, 1.0, 6)
EVEN = np.full(5, 0.2)


def test_a_path_that_goes_straight() -> None:
    found = distance_metrics(np.stack([RISING] * 3), np.stack([1.0 - RISING] * 3), np.stack([EVEN] * 3))
    assert found["monotone"] == 1.0
    assert found["rank_correlation"] == pytest.approx(1.0)
    assert found["step_back"] == found["step_back_error"] == 0.0
    assert found["largest_step"] == found["largest_step_curve"] == pytest.approx(1.0)
    assert found["largest_step_under_3"] == 1.0
    assert found["to_first"] == pytest.approx(RISING.tolist())
    assert found["to_last"] == pytest.approx(RISING[::-1].tolist())


def test_a_path_that_turns_round_once() -> None:
    bent = np.array([0.0, 0.3, 0.2, 0.6, 0.6, 1.0])  # the third is nearer to the first end than the second
    found = distance_metrics(np.stack([RISING, bent]), np.stack([1.0 - RISING] * 2), np.stack([EVEN] * 2))
    assert found["monotone"] == pytest.approx(19 / 20)
    # The mean of the two does not turn; one alone does.
    assert found["step_back"] == 0.0
    alone = distance_metrics(bent[None], 1.0 - RISING[None], EVEN[None])
    assert alone["step_back"] == pytest.approx(0.1)
    ranks = np.array([1, 3, 2, 4.5, 4.5, 6])
    assert alone["rank_correlation"] == pytest.approx((float(np.corrcoef(ranks, np.arange(6))[0, 1]) + 1) / 2)
    both = np.stack([bent, bent - np.array([0, 0, 0.2, 0, 0, 0])])
    two = distance_metrics(both, 1.0 - np.stack([RISING] * 2), np.stack([EVEN] * 2))
    assert two["step_back"] == pytest.approx(0.2)
    assert two["step_back_error"] == pytest.approx(0.1)  # steps back of 0.1 and 0.3


def test_a_path_that_leaves_the_last_end_again() -> None:
    away = np.array([1.0, 0.7, 0.9, 0.4, 0.2, 0.0])
    found = distance_metrics(RISING[None], away[None], EVEN[None])
    assert found["monotone"] == pytest.approx(9 / 10)
    assert found["step_back"] == pytest.approx(0.2)


def test_jumps() -> None:
    moves = np.array([[0.0, 0.0, 0.8, 0.1, 0.1], [0.2, 0.2, 0.2, 0.2, 0.2], [0.0, 0.0, 0.0, 0.0, 0.0]])
    found = distance_metrics(np.stack([RISING] * 3), np.stack([1.0 - RISING] * 3), moves)
    assert found["largest_step"] == pytest.approx((4.0 + 1.0 + 5.0) / 3)  # what stands still is one jump
    assert found["largest_step_under_3"] == pytest.approx(1 / 3)
    assert found["largest_step_curve"] == pytest.approx(5 / 2)  # of 1/15, 1/15, 1/3, 1/10, 1/10


def test_pairs_are_of_one_length_and_no_piece_is_in_two() -> None:
    segments = [1, 2, 2, 1, 1, 3, 2, 2, 1, 2]
    found = draw_pairs(segments, 100, seed=4)
    assert len(found) == 4  # one of the five of two bars is left over, and the one of three
    assert all(segments[a] == segments[b] for a, b in found)
    used = [index for pair in found for index in pair]
    assert len(set(used)) == len(used)
    assert draw_pairs(segments, 2, seed=4) == found[:2]
    assert {tuple(draw_pairs(segments, 2, seed=seed)) for seed in range(5)} != {tuple(found[:2])}
    with pytest.raises(InputError, match="no two pieces of the same length among the 3"):
        draw_pairs([1, 2, 3], 5, seed=0)


LINES = ["nobody spoke", "the tide was out", "nobody moved at all", "boats lay on the sand", "a gull cried", "the sand was wet"]


@pytest.fixture(scope="module")
def words() -> Tokenizer:
    return Tokenizer.train(LINES * 5, get_domain("text").grammar, TokenizerOptions(330), domain="text")


def model_of(words: Tokenizer, seed: int) -> SequenceVAE:
    torch.manual_seed(seed)
    options = {"latent_dims": 3, "embedding": 8, "encoder_hidden": 8, "hidden": 8}
    advance = tuple(int(value) for value in words.layout.advance)
    return SequenceVAE(ModelSpec("lstm", options, words.vocab_size, -1, 1, words.layout.phases, advance, 8))


@pytest.mark.slow
def test_a_small_model(words: Tokenizer) -> None:
    trained = Trained(model_of(words, 0), get_domain("text"), words)
    sequences = [np.array(ids) for ids in words.encode_many(LINES)]
    pairs = draw_pairs([0] * 6, 3, seed=1)
    usual = NgramModel(sequences, words.vocab_size, order=ORDER)
    told: list[Progress] = []
    found = interpolation(trained, sequences, pairs, usual=usual, seed=1, monitor=Monitor(told.append))
    assert found["pairs"] == 3
    assert found["ends_exact"] == 1.0
    assert all(math.isfinite(value) for value in found.values() if isinstance(value, float))
    assert all(len(found[name]) == STEPS for name in ("to_first", "to_last", "costs", "costs_mixed"))
    assert len(found["moves"]) == STEPS - 1
    assert found["to_first"][0] == found["to_last"][-1] == 0.0
    # Half and half of sentences that were learned is dearer than they are.
    assert found["cost_real"] == pytest.approx((found["costs_mixed"][0] + found["costs_mixed"][-1]) / 2)
    assert found["cost_mixed"] > found["cost_real"]
    assert found["cost_middle"] == found["costs"][STEPS // 2]
    assert found["cost_mixed"] == found["costs_mixed"][STEPS // 2] != found["costs_mixed"][0]
    assert found["cost_ratio"] == pytest.approx(found["cost_middle"] / found["cost_real"])
    assert [event.done for event in told if event.message == "pairs"] == [0, 1, 2, 3]
    assert interpolation(trained, sequences, pairs, usual=usual, seed=1) == found
    assert interpolation(trained, sequences, pairs, usual=usual, seed=2)["costs_mixed"] != found["costs_mixed"]
    assert 1 <= found["distinct"] <= STEPS
    assert 0 <= found["copied_middle"] <= 1
    assert "betweenness" not in found  # nothing is heard of a text
    without = interpolation(trained, sequences, pairs, seed=1)
    assert without == {name: value for name, value in found.items() if not name.startswith("cost")}


def test_it_stops(words: Tokenizer) -> None:
    stop = Stop()
    sequences = [np.array(ids) for ids in words.encode_many(LINES)]

    def report(event: Progress) -> None:
        if event.done == 1:
            stop.request()

    with pytest.raises(Stopped):
        interpolation(
            Trained(model_of(words, 0), get_domain("text"), words), sequences, [(0, 1), (2, 3)], monitor=Monitor(report, stop)
        )


def test_what_is_between_is_measured_on_the_path(words: Tokenizer) -> None:
    """The ends of a path that stands still until it jumps are copied, and there are two different steps."""
    text = get_domain("text")
    ends = [text.from_symbols(line) for line in ("the tide was out", "a gull cried loudly there")]
    between = Between(text)
    between.add(ends, [text.to_symbols(ends[0])] * 5 + [text.to_symbols(ends[1])] * 4)
    found = between.metrics()
    assert found == {"copied_middle": 1.0, "copied_quarter": 1.0, "distinct": 2.0}
    between.add(ends, [text.to_symbols(ends[0]), *(f"step {at} is new" for at in range(STEPS - 2)), text.to_symbols(ends[1])])
    assert between.metrics() == {"copied_middle": 0.5, "copied_quarter": 0.5, "distinct": (2 + STEPS) / 2}


def test_middles_of_scores_are_measured_by_part() -> None:
    domain = get_domain("score")

    def score(tune: list[int], bass: list[int]) -> Score:
        parts = [
            Part(role=role, notes=tuple(Note(480 * at, 480 * at + 480, pitch) for at, pitch in enumerate(pitches)))
            for role, pitches in (("melody", tune), ("bass", bass))
        ]
        return Score.build(parts, [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], tonic=60)

    a, b = score([60, 62, 64, 65], [48, 47, 48, 43]), score([67, 69, 71, 72], [52, 53, 55, 48])
    other = score([72, 71, 72, 74], [41, 43, 45, 47])
    spliced = score([60, 62, 64, 65], [52, 53, 55, 48])
    away = score([72, 71, 72, 74], [42, 44, 46, 49])
    between = Between(domain)
    for ends, middle in (((a, b), spliced), ((other, a), away)):
        symbols = [domain.to_symbols(piece) for piece in (ends[0], middle, ends[1])]
        between.add(ends, [symbols[0]] * (STEPS // 2) + [symbols[1]] + [symbols[2]] * (STEPS // 2))
    found = between.metrics()
    assert found["copied_middle"] == 0.0
    assert found["copied_parts_middle"] == pytest.approx((1 + 0.5) / 2)
    # In place of the first middle the second pair's first end, which is unrelated, and of the second that of the first, an end.
    assert found["copied_parts_unrelated"] == pytest.approx((0 + 1) / 2)
    assert (found["one_key_middle"], found["one_key_ends"]) == (0.5, 1.0)
