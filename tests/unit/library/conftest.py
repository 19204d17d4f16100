from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio.domains import get_domain
from genstudio.library import Library
from genstudio.provenance import Job


def _job(seed: int = 0, count: int = 3, **changes: Any) -> Job:
    values: dict[str, Any] = {
        "operation": "interpolate",
        "model": "folk",
        "digest": "d" * 64,
        "seed": seed,
        "settings": {"steps": count, "method": "slerp"},
        "sources": ("songs/Ode an die Freude.mid", "欢乐颂"),
        "codes": np.random.default_rng(seed).standard_normal((count, 4)).astype(np.float32),
        "decoding": {"temperature": 0.0, "seed": seed},
        "metadata": ({"title": ""},) * count,
    }
    return Job(**{**values, **changes})


@pytest.fixture(scope="session")
def make_job() -> Callable[..., Job]:
    """``make_job(seed, count, **changes)``: a job as an operation leaves it."""
    return _job


@pytest.fixture(scope="session")
def passages() -> Callable[..., list[Any]]:
    """``passages(*texts)``: pieces of text."""
    return lambda *texts: [get_domain("text").from_symbols(text) for text in texts]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library(path) as opened:
        yield opened
