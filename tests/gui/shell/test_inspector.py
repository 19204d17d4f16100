"""What the inspector says of a piece's code."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import genstudio
from genstudio.gui.items import Item
from genstudio.gui.widgets.inspector import look_closer


def test_blank_details_have_no_norm(walker: Path, make_tune: Any, tmp_path: Path) -> None:
    model = genstudio.load(walker)
    songs = [tmp_path / f"{seed}.mid" for seed in range(2)]
    for seed, song in enumerate(songs):
        make_tune(2000 + seed, 2, (4, 4)).write(str(song))
    pieces = model.interpolate(*songs, steps=3)
    found = look_closer(model, Item(pieces[1], "melody", "", job=pieces.job, place=1), "")
    summary = pieces.job.codes[1][: model.network.layout.summary]
    assert np.isnan(pieces.job.codes[1]).any(), "else this test says nothing"
    assert found == {"norm": pytest.approx(float(np.linalg.norm(summary))), "dims": len(summary)}
