"""What a listener hears of a piece: known values, and what it does not depend on."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest

from genstudio import paths
from genstudio.domains import get_domain, names
from genstudio.domains.melody.features import MELODY_FEATURES, melody_features


def by_name(piece: object, domain: str = "melody") -> dict[str, float]:
    known = get_domain(domain)
    values = known.measure_features(piece)
    return dict(zip(known.features, values.tolist(), strict=True))


def test_a_known_melody(tmp_path: Path) -> None:
    file = tmp_path / "tune.abc"
    file.write_text("X:1\nM:4/4\nL:1/4\nK:C\nCDEG|c4|\n", encoding="utf-8")
    tune = get_domain("melody").read(file).pieces[0]
    found = by_name(tune)
    assert found["notes a quarter"] == pytest.approx(5 / 8)
    assert found["mean pitch"] == pytest.approx((60 + 62 + 64 + 67 + 72) / 5)
    assert found["range"] == 12
    assert found["mean interval"] == pytest.approx((2 + 2 + 3 + 5) / 4)
    assert found["log of the mean length"] == pytest.approx(math.log(8 / 5))
    assert [found[f"onsets {place} of 12 of the bar"] for place in (1, 4, 7, 10)] == pytest.approx([0.4, 0.2, 0.2, 0.2])
    assert [found[f"degree {degree}"] for degree in (0, 2, 4, 7)] == pytest.approx([0.4, 0.2, 0.2, 0.2])
    assert found["up a step"] == pytest.approx(0.5)
    assert found["up by 3 to 5"] == pytest.approx(0.5)
    contour = [found[f"contour {place + 1} of 8"] for place in range(8)]
    assert sum(contour) == pytest.approx(0, abs=1e-4)
    assert contour[0] < contour[3] < contour[4]


def test_a_transposed_melody_differs_in_its_height_only() -> None:
    tune = get_domain("melody").read(paths.resource("songs/the-kesh.mid")).pieces[0]
    up = dataclasses.replace(
        tune, tonic=tune.tonic + 5, notes=tuple(note._replace(pitch=note.pitch + 5) for note in tune.notes)
    )
    a, b = by_name(tune), by_name(up)
    assert b.pop("mean pitch") - a.pop("mean pitch") == pytest.approx(5, abs=1e-3)
    assert b == pytest.approx(a, abs=1e-4)


def test_a_melody_without_notes_has_no_features() -> None:
    tune = get_domain("melody").read(paths.resource("songs/the-kesh.mid")).pieces[0]
    empty = dataclasses.replace(tune, notes=())
    assert np.array_equal(melody_features(empty), np.zeros(len(MELODY_FEATURES), np.float32))


def test_a_known_beat() -> None:
    drums = get_domain("drums")
    beat = drums.read(paths.resource("beats/bossa-nova.mid")).pieces[0]
    found = by_name(beat, "drums")
    kicks = [note for note in beat.notes if note.pitch == 36]
    assert found["kick a quarter"] == pytest.approx(len(kicks) * 480 / beat.length)
    assert found["hits a quarter"] == pytest.approx(len(beat.notes) * 480 / beat.length)


@pytest.mark.parametrize("name", names())
def test_every_domain_gives_what_it_names(name: str) -> None:
    domain = get_domain(name)
    values = domain.measure_features(domain.from_symbols(""))
    assert values.shape == (len(domain.features),)
    assert np.isfinite(values).all()
    assert len(set(domain.features)) == len(domain.features)

