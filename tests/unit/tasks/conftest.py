"""The model of melodies is one that writes notes, not only bars."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def melody_model(composer: Path) -> Path:
    return composer
