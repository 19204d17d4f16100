"""The figures that are in the checkout are those that the script draws."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import genstudio

DOCS = Path(genstudio.__file__).parent.parent / "docs"
NUMBER = re.compile(r"\d+\.\d+")

pytestmark = pytest.mark.skipif(not (DOCS / "tools").is_dir(), reason="the documentation is in the checkout")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_figures", DOCS / "tools" / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_figures_are_the_scripts(script: ModuleType) -> None:
    assert {path.stem for path in (DOCS / "figures").glob("*.svg")} == set(script.FIGURES)
    for name, draw in script.FIGURES.items():
        kept, drawn = (DOCS / "figures" / f"{name}.svg").read_text(encoding="utf-8"), draw().svg()
        assert NUMBER.sub("", kept) == NUMBER.sub("", drawn), name
        numbers = [[float(number) for number in NUMBER.findall(text)] for text in (kept, drawn)]
        assert numbers[0] == pytest.approx(numbers[1], abs=0.2), name


def test_every_figure_is_on_a_page(script: ModuleType) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))
    assert [name for name in script.FIGURES if f"figures/{name}.svg" not in text] == []
