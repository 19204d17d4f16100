from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.config import KLOptions, OptimizerOptions
from genstudio.training.schedules import kl_weight, learning_rate, pretraining


def test_constant():
    options = KLOptions(weight=0.7, start=0.1, schedule="constant")
    assert [kl_weight(options, at) for at in (0.0, 0.5, 1.0)] == [0.7, 0.7, 0.7]


@pytest.mark.parametrize(("at", "weight"), [(0.0, 0.2), (0.1, 0.2), (0.3, 0.4), (0.5, 0.6), (0.75, 0.6), (1.0, 0.6)])
def test_linear(at, weight):
    options = KLOptions(weight=0.6, start=0.2, schedule="linear", begin=0.1, warmup=0.5)
    assert kl_weight(options, at) == pytest.approx(weight)


def test_linear_without_a_rise_is_a_step():
    options = KLOptions(weight=1.0, start=0.0, schedule="linear", begin=0.4, warmup=0.4)
    assert [kl_weight(options, at) for at in (0.0, 0.39, 0.4, 1.0)] == [0.0, 0.0, 1.0, 1.0]


def test_sigmoid():
    options = KLOptions(weight=1.0, start=0.0, schedule="sigmoid", begin=0.0, warmup=0.5)
    assert kl_weight(options, 0.0) == pytest.approx(0.0)
    assert kl_weight(options, 0.25) == pytest.approx(0.5)
    assert kl_weight(options, 0.5) == pytest.approx(1.0)
    assert kl_weight(options, 1.0) == pytest.approx(1.0)
    # A quarter of the way up the logistic curve from -6 to 6, scaled to begin at 0 and to end at 1.
    low, high = 1 / (1 + math.exp(6)), 1 / (1 + math.exp(-6))
    assert kl_weight(options, 0.125) == pytest.approx((1 / (1 + math.exp(3)) - low) / (high - low))


@pytest.mark.parametrize(
    ("at", "weight"), [(0.0, 0.1), (0.0625, 0.35), (0.125, 0.6), (0.2, 0.6), (0.25, 0.1), (0.3125, 0.35), (0.875, 0.6), (1.0, 0.6)]
)
def test_cyclical(at, weight):
    options = KLOptions(weight=0.6, start=0.1, schedule="cyclical", cycles=4, warmup=0.5)
    assert kl_weight(options, at) == pytest.approx(weight)


def test_after_pre_training_the_schedule_has_what_is_left():
    options = KLOptions(weight=0.6, start=0.2, schedule="linear", begin=0.0, warmup=0.5, pretrain=0.2)
    assert [pretraining(options, at) for at in (0.0, 0.19, 0.2, 1.0)] == [True, True, False, False]
    weights = [kl_weight(options, at) for at in (0.0, 0.19, 0.2, 0.4, 0.6, 1.0)]
    assert weights == pytest.approx([0.0, 0.0, 0.2, 0.4, 0.6, 0.6])


@given(
    st.sampled_from(["constant", "linear", "sigmoid", "cyclical"]),
    st.floats(0, 2),
    st.floats(0, 2),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(1, 9),
    st.floats(0, 1),
)
def test_the_weight_stays_between_its_ends(schedule, weight, start, begin, warmup, cycles, at):
    options = KLOptions(weight=weight, start=start, schedule=schedule, begin=begin, warmup=warmup, cycles=cycles)
    assert min(weight, start) - 1e-9 <= kl_weight(options, at) <= max(weight, start) + 1e-9
    assert kl_weight(options, 1.0) == pytest.approx(weight) or begin >= 1.0


def test_learning_rate():
    options = OptimizerOptions(learning_rate=2.0e-3, warmup=4, final=0.1)
    assert [learning_rate(options, step, 0.0) for step in range(5)] == pytest.approx([5e-4, 1e-3, 1.5e-3, 2e-3, 2e-3])
    assert learning_rate(options, 100, 0.5) == pytest.approx(2.0e-3 * 0.55)
    assert learning_rate(options, 100, 1.0) == pytest.approx(2.0e-4)
    assert learning_rate(OptimizerOptions(learning_rate=1.0, warmup=0, final=1.0), 0, 0.3) == 1.0
