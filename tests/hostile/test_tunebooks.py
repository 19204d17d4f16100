"""Tunebooks as large as they may be are read in bounds: what is beyond a limit is told, and not read.

Each takes seconds: they are made where GENSTUDIO_HOSTILE is in the environment, see conftest.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genstudio.domains import get_domain

Bounded = Callable[[Callable[[], Any]], None]
pytestmark = pytest.mark.skipif(not os.environ.get("GENSTUDIO_HOSTILE"), reason="takes a minute")

ROW = "|".join(["CDEF GABc", "d2e2 f/2g/2a3", "^c'_b,=E2 F4", "(3ABc d>e f2"] * 2) + "|\n"
TUNES = {
    "tiny": "X:1\nT:t\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|]\n\n",
    "usual": "X:1\nT:A tune\nM:4/4\nL:1/8\nQ:1/4=120\nK:G\n" + ROW * 8 + "\n",
    "one bar": "X:1\nK:C\n" + "C" * 199_900 + "\n\n",
    "bars": "X:1\nK:C\n" + "C|" * 3_900 + "\n\n",
    "chords": "X:1\nK:C\n" + "[CEG]2|" * 3_900 + "\n\n",
    "signs": "X:1\nK:C\n" + "!a!" * 60_000 + "C\n\n",
    "keys": "X:1\nK:C\n" + "[K:D exp _B_e^f]" * 12_000 + "C\n\n",
    "voices": "X:1\nK:C\n" + "".join(f"[V:{number}]C" for number in range(22_000)) + "C\n\n",
    "words": "X:1\nK:C\nCDEF|\nSome words of the song are here and there\n\nfree text between\n\n",
    "many times": "X:1\nL:1/4\nP:A400\nK:C\nP:A\n" + "C/64" * 49_000 + "\n\n",
    "nothing": "X:1\n",
}


@pytest.mark.parametrize("name", TUNES)
def test_the_largest_tunebook_is_read_in_bounds(name: str, tmp_path: Path, bounded: Bounded) -> None:
    domain = get_domain("melody")
    path = tmp_path / "book.abc"
    few = tmp_path / "few.abc"
    few.write_text("X:1\nK:C\nC\n")
    domain.read(few)  # what is loaded for it is no cost of the book
    times = 50_000 if name == "tiny" else 15_990_000 // len(TUNES[name])
    path.write_text(TUNES[name] * times)

    def read() -> None:
        result = domain.read(path)
        assert str(result.refused[-1].reason).endswith(": the rest was not read")

    bounded(read)
