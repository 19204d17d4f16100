"""Above the seam no kind of data is asked for by its name, but where one is meant: a new one needs no edit there."""

from __future__ import annotations

import ast
from pathlib import Path

import genstudio
from genstudio.domains import domain_of, get_domain, names, readers

ROOT = Path(genstudio.__file__).parent
# The table of words, and the check that reads a bundled song.
ROLES = {"latent/combining.py", "latent/operations/accompany.py", "rendering/notation.py"}  # they name roles of parts
MEANT = {"gui/kinds.py", "health.py", *ROLES}


def test_no_music_is_asked_for_by_name() -> None:
    # "score" is also the name of an export format and of a view.
    music = {name for name in names() if get_domain(name).kind == "music"} - {"score"}
    found = set()
    folders = [file for name in ("cli", "gui", "latent", "rendering", "tasks") for file in (ROOT / name).rglob("*.py")]
    files = [*folders, ROOT / "health.py"]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in music:
                found.add(file.relative_to(ROOT).as_posix())
    assert found == MEANT


def test_each_piece_has_its_domain_and_each_file_its_readers() -> None:
    for name in names():
        assert domain_of(get_domain(name).from_symbols("")).name == name
    assert [domain.name for domain in readers(".MID")] == ["melody", "drums", "score"]
    assert [domain.name for domain in readers(".txt")] == ["text"]
    assert readers(".png") == []
