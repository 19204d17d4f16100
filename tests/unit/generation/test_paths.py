from __future__ import annotations

import math

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from genstudio.errors import ConfigError
from genstudio.generation.paths import METHODS, interpolate, legs, linear, point, slerp, slerp_details, steps_between, through, wave
from genstudio.models.layout import Layout

values = st.lists(st.floats(-50, 50, allow_subnormal=False), min_size=3, max_size=8)
shares = st.floats(0, 1)


def blocks_only(places: torch.Tensor, size: int = 1) -> Layout:
    """A code without a summary."""
    return Layout(0, size, places, len(places))


def whole(size: int) -> Layout:
    """A code without places."""
    return blocks_only(torch.tensor([-1]), size)


def pair(a: list[float], b: list[float]) -> tuple[torch.Tensor, torch.Tensor]:
    size = min(len(a), len(b))
    return torch.tensor(a[:size]), torch.tensor(b[:size])


@given(values, values, st.sampled_from(sorted(METHODS)))
def test_ends_are_exact(a, b, method):
    first, last = pair(a, b)
    places = blocks_only(torch.arange(len(first)) - 1)
    assert torch.equal(point(first, last, 0.0, method, places), first)
    assert torch.equal(point(first, last, 1.0, method, places), last)
    path = interpolate(first, last, 5, method, places)
    assert path.shape == (5, len(first))
    assert path.dtype == first.dtype
    assert torch.equal(path[0], first)
    assert torch.equal(path[-1], last)


@given(values, values, shares)
def test_lengths_lie_between(a, b, t):
    first, last = pair(a, b)
    lengths = float(first.norm()), float(last.norm())
    assume(min(lengths) > 1e-3)
    cosine = float(first.double() @ last.double()) / (lengths[0] * lengths[1])
    assume(cosine > -0.9999)
    found = slerp(first, last, t)
    assert torch.isfinite(found).all()
    assert float(found.norm()) == pytest.approx((1 - t) * lengths[0] + t * lengths[1], rel=1e-3, abs=1e-4)


@given(values, values, shares)
def test_always_finite(a, b, t):
    first, last = pair(a, b)
    for method in METHODS:
        found = point(first, last, t, method, blocks_only(torch.arange(len(first)) - 1))
        assert torch.isfinite(found).all()
        lengths = float(first.norm()), float(last.norm())
        # Some blocks of a wave are one piece's and some the other's.
        assert float(found.norm()) <= (math.hypot(*lengths) if method in ("details", "wave") else max(lengths)) * (1 + 1e-4) + 1e-5


@given(values, values, shares)
def test_backwards_is_the_same_path(a, b, t):
    first, last = pair(a, b)
    for method in (slerp, linear):
        torch.testing.assert_close(method(first, last, t), method(last, first, 1 - t), atol=1e-3, rtol=1e-3)


@given(st.floats(0.01, math.pi - 0.01), shares, st.floats(0.1, 10), st.floats(0.1, 10))
def test_a_known_arc(angle, t, short, long):
    a = short * torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64)
    b = long * torch.tensor([math.cos(angle), math.sin(angle), 0.0], dtype=torch.float64)
    length = (1 - t) * short + t * long
    expected = length * torch.tensor([math.cos(t * angle), math.sin(t * angle), 0.0], dtype=torch.float64)
    torch.testing.assert_close(slerp(a, b, t), expected, atol=1e-9, rtol=1e-7)


def test_a_quarter_turn():
    a, b = torch.tensor([2.0, 0.0]), torch.tensor([0.0, 2.0])
    torch.testing.assert_close(slerp(a, b, 0.5), torch.tensor([math.sqrt(2), math.sqrt(2)]))
    torch.testing.assert_close(linear(a, b, 0.5), torch.tensor([1.0, 1.0]))


@pytest.mark.parametrize(
    ("a", "b", "middle"),
    [
        ([0.0, 0.0], [2.0, 0.0], [1.0, 0.0]),
        ([2.0, 0.0], [0.0, 0.0], [1.0, 0.0]),
        ([0.0, 0.0], [0.0, 0.0], [0.0, 0.0]),
        ([1.0, 3.0], [1.0, 3.0], [1.0, 3.0]),
        ([1.0, 1.0], [3.0, 3.0], [2.0, 2.0]),
        ([1.0, 2.0], [-1.0, -2.0], [0.0, 0.0]),
        ([1.0, 0.0], [-3.0, 0.0], [-1.0, 0.0]),
        ([1e-20, 0.0], [0.0, 4.0], [0.0, 2.0]),
    ],
)
def test_without_a_great_circle_the_path_is_a_line(a, b, middle):
    found = slerp(torch.tensor(a), torch.tensor(b), 0.5)
    torch.testing.assert_close(found, torch.tensor(middle), atol=1e-6, rtol=1e-6)


@given(values, shares)
def test_nearly_the_same_stays_near(a, t):
    first = torch.tensor(a)
    last = first + 1e-4
    found = slerp(first, last, t)
    assert float((found - first).abs().max()) < 1e-3 * (1 + float(first.abs().max()))


def test_steps():
    assert steps_between(2) == [0.0, 1.0]
    assert steps_between(5) == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert len(steps_between(1000)) == 1000
    for wrong in (1, 0, -3, 1001):
        with pytest.raises(ConfigError, match="steps"):
            steps_between(wrong)


def test_unknown_method():
    with pytest.raises(ConfigError, match="did you mean 'slerp'"):
        interpolate(torch.zeros(2), torch.ones(2), 3, "slurp", whole(2))


@given(st.integers(2, 6), st.integers(2, 6), st.sampled_from(sorted(METHODS)))
def test_a_path_meets_every_waypoint_once(points, steps, method):
    places = [torch.randn(5, generator=torch.Generator().manual_seed(index)) for index in range(points)]
    found = through(places, steps, method, whole(5))
    assert len(found) == (points - 1) * (steps - 1) + 1 == len(legs(points, steps))
    for index, place in enumerate(places):
        assert [row for row, one in enumerate(found) if torch.equal(one, place)] == [index * (steps - 1)]
    for leg in range(points - 1):
        part = found[leg * (steps - 1) : (leg + 1) * (steps - 1) + 1]
        torch.testing.assert_close(part, interpolate(places[leg], places[leg + 1], steps, method, whole(5)))


def blocks(count: int, seed: int) -> torch.Tensor:
    return torch.randn(count, 4, generator=torch.Generator().manual_seed(seed))


def test_a_wave_turns_one_place_after_the_other():
    a, b, places = blocks(7, 1), blocks(7, 2), torch.tensor([-1, 0, 1, 2, 3, 4, 5])
    for t in (0.05, 0.3, 0.49, 0.5, 0.72, 0.95):
        found = wave(a.flatten(), b.flatten(), t, places).view(7, 4)
        assert torch.equal(found[0], a[0] if t < 0.5 else b[0])  # what is about the whole changes in the middle
        for place in range(6):
            begin = place / 5 * 0.8
            expected = slerp(a[place + 1], b[place + 1], (t - begin) / 0.2)
            torch.testing.assert_close(found[place + 1], expected)
            if t <= begin:
                assert torch.equal(found[place + 1], a[place + 1])
            if t >= begin + 0.2:
                torch.testing.assert_close(found[place + 1], b[place + 1])


def test_a_wave_covers_the_blocks_that_the_pieces_use():
    a, b, places = blocks(6, 1), blocks(6, 2), torch.arange(6)
    a[3:], b[4:] = 0.0, 0.0
    short = wave(a[:4].flatten(), b[:4].flatten(), 0.4, places[:4])
    assert torch.equal(wave(a.flatten(), b.flatten(), 0.4, places), torch.cat([short, torch.zeros(8)]))


def test_a_wave_of_a_code_without_places_is_the_arc():
    a, b = blocks(1, 1).flatten(), blocks(1, 2).flatten()
    for places in (torch.tensor([-1]), torch.tensor([0])):
        assert torch.equal(wave(a, b, 0.3, places), slerp(a, b, 0.3))
    assert torch.equal(point(a, b, 0.3, "details", whole(4)), slerp(a, b, 0.3))


def test_paths_of_too_few_points():
    for points, steps in ((1, 3), (0, 3), (3, 1), (3, 1001)):
        with pytest.raises(ConfigError):
            legs(points, steps)
    with pytest.raises(ConfigError, match="did you mean 'slerp'"):
        through([torch.zeros(2), torch.ones(2)], 3, "slurp", whole(2))


SUMMARY = Layout(6, 3, torch.tensor([-1, -1, -1, -1, *range(4, 12)]), 4)
"""A summary of six dimensions; three segments of four details of three dimensions, the first about the whole."""


def there(code: torch.Tensor) -> list[int]:
    """The details of a code of :data:`SUMMARY` that are not blank."""
    details = code[6:].view(-1, 3)
    blank = details.isnan()
    assert torch.equal(blank.any(1), blank.all(1))
    return (~blank.any(1)).nonzero().squeeze(1).tolist()


@given(st.floats(0.001, 0.999), st.integers(0, 50))
def test_on_a_path_the_summary_turns_and_details_disappear_and_appear(t, seed):
    a, b = torch.randn(2, 42, generator=torch.Generator().manual_seed(seed))
    found = slerp_details(a, b, t, SUMMARY)
    torch.testing.assert_close(found[:6], slerp(a[:6], b[:6], t))
    near = a if t < 0.5 else b
    kept = there(found)
    assert len(kept) == int(abs(1 - 2 * t) * 12)
    for detail in kept:
        assert torch.equal(found[6:].view(-1, 3)[detail], near[6:].view(-1, 3)[detail])
    # Nearer to an end more is kept, and never less of what was kept before.
    nearer = t / 2 if t < 0.5 else (1 + t) / 2
    assert set(kept) <= set(there(slerp_details(a, b, nearer, SUMMARY)))


def test_ends_of_a_path_are_whole_and_its_middle_has_no_details():
    a, b = torch.randn(2, 42, generator=torch.Generator().manual_seed(0))
    assert torch.equal(slerp_details(a, b, 0.0, SUMMARY), a)
    assert torch.equal(slerp_details(a, b, 1.0, SUMMARY), b)
    assert there(slerp_details(a, b, 0.5, SUMMARY)) == []


def test_details_of_the_whole_are_kept_longest_then_those_at_the_beginning_of_a_phrase():
    assert SUMMARY.order.tolist() == [0, 1, 2, 3, 4, 8, 5, 9, 6, 10, 7, 11]
    places = torch.cat([torch.full((2,), -1), torch.arange(2, 34)])
    sixteen = Layout(6, 3, places, 2).order
    assert sixteen[:2].tolist() == [0, 1]
    bars = [bar for first in (1, 2, 3, 4) for _ in range(2) for bar in range(first, 17, 4)]
    assert (sixteen[2:] // 2).tolist() == bars


@pytest.mark.parametrize("method", ["slerp", "linear"])
def test_other_paths_of_a_code_with_a_summary_are_the_summary_alone(method):
    a, b = torch.randn(2, 42, generator=torch.Generator().manual_seed(0))
    assert torch.equal(point(a, b, 0.0, method, SUMMARY), a)
    assert torch.equal(point(a, b, 1.0, method, SUMMARY), b)
    found = point(a, b, 0.25, method, SUMMARY)
    assert there(found) == []
    torch.testing.assert_close(found[:6], (slerp if method == "slerp" else linear)(a[:6], b[:6], 0.25))


def test_a_wave_of_a_code_with_a_summary_goes_through_its_details():
    a, b = torch.randn(2, 42, generator=torch.Generator().manual_seed(0))
    found = point(a, b, 0.5, "wave", SUMMARY)
    assert len(there(found)) == 12
    torch.testing.assert_close(found[6:], wave(a[6:], b[6:], 0.5, SUMMARY.places))


@given(st.floats(0.0, 1.0), st.integers(0, 50))
def test_only_the_details_that_a_piece_uses_are_counted(share, seed):
    """A tune of eighth notes does not use the details of other sixteenths; half of its details are half of its notes."""
    draw = torch.Generator().manual_seed(seed)
    code = torch.randn(42, generator=draw)
    used = torch.rand(12, generator=draw) < 0.5
    code[6:].view(-1, 3)[~used] = 0
    kept = SUMMARY.kept(share, code)
    if share == 1.0:
        assert kept.all()
        return
    assert not (kept & ~used).any()
    assert int(kept.sum()) == int(share * int(used.sum()))
    order = [detail for detail in SUMMARY.order.tolist() if used[detail]]
    assert kept[order[: int(kept.sum())]].all()


SENTENCE = Layout(2, 2, torch.arange(8), 8)
"""A summary of two dimensions and eight details of two, in one segment."""


@given(st.floats(0.0, 0.999), st.integers(1, 8))
def test_the_beginning_of_a_sentence_is_kept_longest(share, words):
    """Shares are of the words that it has, and at least one word is left to the model."""
    code = torch.randn(18, generator=torch.Generator().manual_seed(words))
    code[2 + 2 * words :] = 0
    kept = SENTENCE.kept(share, code)
    count = int(kept.sum())
    assert count == int(share * words) < words
    assert kept[:count].all()
    assert SENTENCE.kept(1.0, code).all()
