from __future__ import annotations

import numpy as np
import pytest

from genstudio.corpus import batches, collate


@pytest.fixture
def lengths():
    return np.random.default_rng(0).integers(1, 100, 3001)


def test_every_sequence_once(lengths):
    found = batches(lengths, batch_size=16, seed=0, epoch=0)
    assert sorted(np.concatenate(found).tolist()) == list(range(3001))
    assert sorted({len(batch) for batch in found}) in ([16], [9, 16])


def test_deterministic_and_new_every_epoch(lengths):
    def flat(**options):
        return [batch.tolist() for batch in batches(lengths, batch_size=16, **options)]

    assert flat(seed=3, epoch=1) == flat(seed=3, epoch=1)
    assert flat(seed=3, epoch=1) != flat(seed=3, epoch=2)
    assert flat(seed=3, epoch=1) != flat(seed=4, epoch=1)
    assert flat(seed=-1, epoch=0)


def test_like_lengths_go_together(lengths):
    found = batches(lengths, batch_size=16, seed=0, epoch=0)
    padding = sum(int(lengths[batch].max()) * len(batch) - int(lengths[batch].sum()) for batch in found)
    assert padding < 0.05 * lengths.sum()
    longest = [int(lengths[batch].max()) for batch in found]
    assert longest != sorted(longest)


def test_edges():
    assert batches([], batch_size=4, seed=0, epoch=0) == []
    assert [batch.tolist() for batch in batches([7], batch_size=4, seed=0, epoch=0)] == [[0]]
    with pytest.raises(ValueError, match="at least one"):
        batches([1], batch_size=0, seed=0, epoch=0)


def test_collate():
    table = collate([np.asarray([5, 6, 7], np.int32), np.asarray([8], np.int32), np.zeros(0, np.int32)])
    assert table.tolist() == [[5, 6, 7], [8, 0, 0], [0, 0, 0]]
    assert table.dtype == np.int64
    assert collate([[1], [2, 3]], pad=9).tolist() == [[1, 9], [2, 3]]
    assert collate([]).shape == (0, 0)
