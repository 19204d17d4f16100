from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from genstudio.models.positions import advance_positions, positions_of

ADVANCE = torch.tensor([0, 0, 0, 0, 0, 1, 2, 30])
BAR = 4


def test_by_hand():
    ids = torch.tensor([[1, 5, 6, BAR, 6, 7, BAR, BAR, 5, BAR]])
    found = positions_of(ids, ADVANCE, BAR, segments=4, phases=32)
    assert found.segment.tolist() == [[0, 0, 0, 1, 1, 1, 2, 3, 3, 3]]
    assert found.phase.tolist() == [[0, 1, 3, 0, 2, 31, 0, 0, 1, 0]]
    assert found.onset.tolist() == [[0, 0, 1, 0, 0, 2, 0, 0, 0, 0]]


def test_without_a_separator():
    found = positions_of(torch.tensor([[1, 5, 6, BAR, 6]]), ADVANCE, -1, segments=1, phases=5)
    assert found.segment.tolist() == [[0, 0, 0, 0, 0]]
    assert found.phase.tolist() == [[0, 1, 3, 3, 4]]
    assert found.onset.tolist() == [[0, 0, 1, 3, 3]]


def test_empty():
    found = positions_of(torch.zeros(2, 0, dtype=torch.int64), ADVANCE, BAR, segments=4, phases=32)
    assert found.segment.shape == found.phase.shape == found.onset.shape == (2, 0)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=40), st.sampled_from([-1, BAR]), st.integers(1, 4), st.integers(1, 40))
def test_step_by_step_is_the_whole(tokens, separator, segments, phases):
    segments = 1 if separator < 0 else segments
    ids = torch.tensor([tokens, tokens[::-1]])
    whole = positions_of(ids, ADVANCE, separator, segments, phases)
    segment = since = torch.zeros(2, dtype=torch.int64)
    for at in range(ids.shape[1]):
        segment, since = advance_positions(segment, since, ids[:, at], ADVANCE, separator, segments)
        assert segment.tolist() == whole.segment[:, at].tolist()
        assert since.clamp(max=phases - 1).tolist() == whole.phase[:, at].tolist()
    for values, below in ((whole.segment, segments), (whole.phase, phases), (whole.onset, phases)):
        assert ((values >= 0) & (values < below)).all()


@given(st.lists(st.integers(0, 7), min_size=1, max_size=30), st.lists(st.integers(0, 7), max_size=10))
def test_what_follows_changes_nothing_before(tokens, more):
    short = positions_of(torch.tensor([tokens]), ADVANCE, BAR, 3, 20)
    long = positions_of(torch.tensor([tokens + more]), ADVANCE, BAR, 3, 20)
    for name in ("segment", "phase", "onset"):
        assert getattr(long, name)[:, : len(tokens)].tolist() == getattr(short, name).tolist()
