"""Regions of a map are found and named from what the map holds, and always alike."""

from __future__ import annotations

import numpy as np

from genstudio.gui.regions import named, regions_of

LABELS = [("density", "Note density"), ("toms", "Toms")]


def _cloud() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Two kinds of pieces at two places, and a third without a name of its own."""
    random = np.random.default_rng(3)
    middles = np.repeat([(-3.0, 0.0), (3.0, 0.0), (0.0, 4.0)], 60, axis=0)
    points = (middles + 0.3 * random.standard_normal((180, 2))).astype(np.float32)
    values = np.repeat([(1.2, 0.0), (0.0, 1.0), (-1.2, 0.0)], 60, axis=0).astype(np.float32)
    kinds = ["reel", "jig", ""]
    titles = [f"{'abcdefgh'[n % 8] * 3}{'xyz'[n % 3] * 3} ({kinds[n // 60]})" for n in range(180)]
    return points, values, titles


def test_regions_are_named_by_what_is_common_there() -> None:
    points, values, titles = _cloud()
    found = regions_of(points, values, titles)
    names = {named(region, LABELS) for region in found}
    assert "reel, many notes" in names
    assert "jig, much toms" in names
    assert "few notes" in names
    assert len(names) == len(found)
    reels = next(region for region in found if named(region, LABELS) == "reel, many notes")
    assert set(reels.rows.tolist()) <= set(range(60))
    assert reels.x < -2.5
    again = regions_of(points, values, titles)
    assert [(one.word, one.traits, one.x) for one in again] == [(one.word, one.traits, one.x) for one in found]


def test_words_of_sentences_name_nothing() -> None:
    points, values, titles = _cloud()
    assert all(not region.word for region in regions_of(points, values, titles, words=False))


def test_few_pieces_have_no_regions() -> None:
    points, values, titles = _cloud()
    assert regions_of(points[:20], values[:20], titles[:20]) == []
    one = regions_of(np.zeros((80, 2), np.float32), values[:80] * 0, ["the same"] * 80)
    assert one == []
