"""Imports and databases of the library that were written to hurt, and jobs that ask for too much."""

from __future__ import annotations

import base64
import json
import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import genstudio
from genstudio.errors import FileError, GenStudioError
from genstudio.latent.remaking import again
from genstudio.library import Library, examine, store
from genstudio.provenance import Job

COUNT = int(os.environ.get("GENSTUDIO_HOSTILE", "0"))  # see conftest.py
Bounded = Callable[[Callable[[], Any]], None]
HUGE = 10**300
VALUES: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 3, 2**31, 2**63, HUGE, 1e308, -1e308, "", "x", "x" * 1_000_000, [], {}, [[]], {"a": []},
    [None] * 9, [10**9], [-5], ["a"], list(range(50_000)), {"steps": 10**9}, {"steps": 2, "points": 10**9},
    {"ts": [0.5] * 100_000}, "x",
    [{"tempos": [[0, 0]]}] * 2, [{"tempos": [[0, HUGE]]}] * 2, [[1, 2, 3]] * 2, [[10**9]] * 2, [[-7] * 50_000] * 2, "tang-quatrain",
)  # fmt: skip
DECODING = ("temperature", "top_p", "seed", "best_of", "beyond", "segments", "words", "prefix", "forbid", "joins", "known", "more")
SETTINGS = ("steps", "points", "ts", "grid", "changes")


@pytest.fixture(scope="module")
def good() -> list[dict[str, Any]]:
    """The lines of a library that holds an interpolation of two beats."""
    model = genstudio.load("tang-quatrain")
    spring, moon = "春眠不覺曉，處處聞啼鳥。夜來風雨聲，花落知多少。", "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。"
    pieces = model.interpolate(spring, moon, 3)
    facts, codes = pieces.job.facts(), pieces.job.codes
    lines: list[dict[str, Any]] = [{"genstudio": "library", "format": 1, "version": "0.1.0", "made": 1.0}]
    text = base64.b64encode(codes.tobytes()).decode()
    lines.append({"kind": "job", "id": pieces.job.id, "made": 1.0, "facts": facts, "codes": text})
    for place, piece in enumerate(pieces):
        lines.append({
            "kind": "piece", "id": place + 1, "job": pieces.job.id, "place": place, "made": 2.0, "operation": "interpolate",
            "model": "tang-quatrain", "domain": "text", "title": "t", "symbols": model.domain.to_symbols(piece),
            "dressing": model.domain.metadata(piece), "description": {"words": 3}, "path": None, "favourite": False,
            "removed": None, "tags": ["a"],
        })  # fmt: skip
    return lines


def with_its_id(line: dict[str, Any]) -> dict[str, Any]:
    """A job's line whose id is right, as one who writes to hurt would have it."""
    try:
        codes = base64.b64decode(line["codes"])
        shape = line["facts"]["shape"]
        facts = line["facts"]
        fields = {name: facts[name] for name in ("operation", "model", "digest", "seed", "version")}
        matrix = np.frombuffer(codes, "<f4").reshape(shape)
        job = Job(
            **fields, settings=facts["settings"], sources=tuple(facts["sources"]), codes=matrix, decoding=facts["decoding"],
            metadata=tuple(facts["dressing"]),
        )  # fmt: skip
        return {**line, "id": job.id}
    except Exception:  # what is too wrong for an id
        return line


def changed(good: list[dict[str, Any]], draw: random.Random) -> list[dict[str, Any]]:
    """The lines with one thing changed."""
    lines = json.loads(json.dumps(good))
    job, piece = lines[1], lines[draw.randrange(2, len(lines))]
    facts = job["facts"]
    where: dict[str, Any]
    where, name = draw.choice([
        (facts["decoding"], draw.choice(DECODING)), (facts["decoding"], draw.choice(DECODING)),
        (facts["settings"], draw.choice(SETTINGS)), (facts, draw.choice(list(facts))), (piece, draw.choice(list(piece))),
        (piece["dressing"], draw.choice(("title", "labels"))),
        (job, draw.choice(list(job))), (lines[0], draw.choice(list(lines[0]))),
    ])  # fmt: skip
    if draw.random() < 0.1:
        where.pop(name, None)
    else:
        where[name] = draw.choice(VALUES)
    if draw.random() < 0.2:
        facts["operation"] = draw.choice(("morph", "path", "interpolate", "map"))
    if draw.random() < 0.1:
        rows = draw.choice((1, 5, 10_000))
        facts["shape"] = [rows, draw.choice((1, 64, good[1]["facts"]["shape"][1]))]
        value = np.float32(draw.choice((0.0, np.nan, np.inf, 1e38)))
        job["codes"] = base64.b64encode(np.full(facts["shape"], value, np.float32).tobytes()).decode()
    lines[1] = with_its_id(job)
    for line in lines[2:]:
        line["job"] = lines[1]["id"] if line["job"] == good[2]["job"] else line["job"]
    return lines


def written(lines: list[Any], path: Path) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="ascii", errors="surrogatepass")
    return path


def used(file: Path, folder: Path) -> None:
    """Import a file and do with it what a person would."""
    with Library(folder / "library.db") as library:
        library.import_file(file)
        entries = library.search(limit=None)
        for entry in entries:
            library.get(entry.id)
        for number in {entry.job for entry in entries if entry.job}:
            library.job(number)
        for entry in entries:
            piece = entry.piece()
            genstudio.domains.get_domain(entry.domain).show(piece)
        library.jobs()
        library.export_file(folder / "out.jsonl")
        for number in {entry.job for entry in entries if entry.job}:
            again(library.job(number), folder / "again")
    assert examine(folder / "library.db").ok


def test_changed_imports(good: list[dict[str, Any]], bounded: Bounded, tmp_path: Path) -> None:
    used(written(good, tmp_path / "good.jsonl"), tmp_path)  # what is not changed works
    for seed in range(max(40, COUNT)):
        folder = tmp_path / str(seed)
        folder.mkdir()
        file = written(changed(good, random.Random(seed)), folder / "in.jsonl")
        bounded(lambda file=file, folder=folder: used(file, folder))


TEXTS: dict[str, Callable[[list[dict[str, Any]]], str]] = {
    "brackets": lambda good: json.dumps(good[0]) + "\n" + "[" * 2_000_000,
    "lists": lambda good: json.dumps(good[0]) + '\n{"kind":"piece","tags":[' + "[]," * 5_000_000,
    "nested": lambda good: json.dumps(good[0]) + '\n{"kind":"piece","description":' + '{"a":' * 900 + "1" + "}" * 901,
    "one long line": lambda good: json.dumps(good[0]) + "\n" + "x" * 80_000_000,
    "blank lines": lambda good: json.dumps(good[0]) + "\n" * 2_000_000,
    "digits": lambda good: json.dumps(good[0]) + '\n{"kind":"piece","made":' + "9" * 5_000_000 + "}",
    "constants": lambda good: json.dumps(good[0]) + '\n{"kind":"piece","made":NaN,"removed":-Infinity}',
    "a pile of objects": lambda good: json.dumps(good[0]) + "\n" + "{}\n" * 500_000,
    "keys": lambda good: json.dumps(good[0]) + "\n{" + ",".join(f'"k{number}":0' for number in range(2_000_000)) + "}",
}


@pytest.mark.parametrize("name", TEXTS)
def test_imports_that_are_no_library(name: str, good: list[dict[str, Any]], bounded: Bounded, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(TEXTS[name](good), encoding="ascii")
    with Library(tmp_path / "library.db") as library:

        def take() -> None:
            with pytest.raises(FileError):
                library.import_file(file)

        bounded(take)
        assert len(library) == 0


PIECES: dict[str, dict[str, Any]] = {
    "a word": {"domain": "text", "symbols": "x" * 1_900_000},
    "spaces": {"domain": "text", "symbols": " " * 1_900_000},
    "wide": {"domain": "text", "symbols": "詩" * 500_000},
    "bars": {"domain": "melody", "symbols": "\ue000" * 200_000},
    "metres": {"domain": "melody", "symbols": "\ue060\ue000\ue071\ue000" * 50_000},
    "notes": {"domain": "melody", "symbols": "\ue100\ue0b0" * 300_000},
    "beats": {"domain": "drums", "symbols": "\ue000" * 400_000},
    "no domain": {"domain": "nothing", "symbols": "x"},
    "too long": {"domain": "melody", "symbols": "\ue000" * 3_000_000},
}


@pytest.mark.parametrize("name", PIECES)
def test_pieces_that_are_long_to_look_at(name: str, good: list[dict[str, Any]], bounded: Bounded, tmp_path: Path) -> None:
    music = {"tempos": [[0, 120.0]], "key": None, "program": 0, "title": "", "source": ""}
    piece = {**good[2], "job": None, "operation": "import", "dressing": music, **PIECES[name]}
    if piece["domain"] == "text":
        piece["dressing"] = {}
    file = written([good[0], piece], tmp_path / "in.jsonl")
    bounded(lambda: used(file, tmp_path))


# Databases


def filled(path: Path, good: list[dict[str, Any]]) -> None:
    with Library(path) as library:
        library.import_file(written(good, path.with_suffix(".jsonl")))


def _scripted(script: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        db = sqlite3.connect(path)
        db.executescript(script)
        db.commit()
        db.close()

    return change


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
COLUMNS = (
    "i AS id, NULL AS job, 0 AS place, 1.0 AS made, '' AS operation, '' AS model, 'text' AS domain, 't' AS title, 'x' AS symbols, "
    "'{}' AS dressing, '{}' AS description, NULL AS path, 0 AS favourite, NULL AS removed, '' AS words, '' AS key"
)
DAMAGE: dict[str, Callable[[Path], None]] = {
    "endless view": _scripted(
        f"PRAGMA foreign_keys = OFF; DROP TABLE pieces; CREATE VIEW pieces AS {ENDLESS} SELECT {COLUMNS} FROM n"
    ),
    "view of views": _scripted("DROP TABLE tags; CREATE VIEW tags AS SELECT * FROM tags2; CREATE VIEW tags2 AS SELECT * FROM tags"),
    "endless trigger": _scripted(
        f"CREATE TRIGGER t AFTER INSERT ON pieces BEGIN INSERT INTO unindexed {ENDLESS} SELECT i FROM n; END"
    ),
    "huge text": _scripted("UPDATE pieces SET symbols = hex(zeroblob(30000000))"),
    "huge description": _scripted("UPDATE pieces SET description = '{\"a\":\"' || hex(zeroblob(12000000)) || '\"}'"),
    "huge codes": _scripted("UPDATE jobs SET codes = zeroblob(300000000)"),
    "huge facts": _scripted("UPDATE jobs SET facts = '[' || replace(hex(zeroblob(4000000)), '00', '[],') || '0]'"),
    "other types": _scripted("UPDATE pieces SET symbols = x'ff00', dressing = 5, title = x'fe', made = 'soon', place = 1e300"),
    "nested": _scripted(f"UPDATE pieces SET description = '{'[' * 5000}'"),
    "computed": _scripted("ALTER TABLE pieces ADD COLUMN more TEXT AS (hex(zeroblob(90000000)))"),
    "cyclic schema": _scripted("PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 2"),
    "no schema": _scripted("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE x(' || name || ')'"),
    "no root": _scripted("PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 2000000000"),
    "many tags": _scripted(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) INSERT INTO tags SELECT 1, i, i FROM n"
    ),
    "later version": _scripted("PRAGMA user_version = 2000000000"),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),  # type: ignore[dict-item]
}


def looked_at(path: Path) -> None:
    examine(path)
    with Library(path) as library:
        entries = library.search(limit=None)
        library.tags()
        library.jobs()
        library.count("x")
        for entry in entries:
            genstudio.domains.get_domain(entry.domain).show(entry.piece())
            if entry.job:
                library.job(entry.job)
        library.export_file(path.with_suffix(".out"))


@pytest.mark.parametrize("name", DAMAGE)
def test_databases_that_were_built_to_hurt(name: str, good: list[dict[str, Any]], bounded: Bounded, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    filled(path, good)
    try:
        DAMAGE[name](path)
    except sqlite3.Error as error:
        pytest.skip(f"this SQLite does not make it: {error}")
    bounded(lambda: examine(path))
    bounded(lambda: looked_at(path))


def test_pages_that_were_mixed_up(good: list[dict[str, Any]], bounded: Bounded, tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    filled(whole, good)
    data = whole.read_bytes()
    pages = len(data) // 4096
    for seed in range(max(12, COUNT // 3)):
        draw = random.Random(seed)
        path = tmp_path / str(seed) / "library.db"
        path.parent.mkdir()
        damaged = bytearray(data)
        for _ in range(draw.randrange(1, 4)):
            one, two = draw.randrange(pages), draw.randrange(pages)
            damaged[one * 4096 : one * 4096 + 4096] = data[two * 4096 : two * 4096 + 4096]
        for _ in range(draw.randrange(20)):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        path.write_bytes(damaged[: draw.randrange(1, len(damaged))] if draw.random() < 0.2 else damaged)
        if draw.random() < 0.3:
            path.with_name("library.db-wal").write_bytes(draw.randbytes(9000))

        def use(path: Path = path) -> None:
            examine(path)
            looked_at(path)

        bounded(use)


def test_a_library_that_another_program_writes_to_is_looked_at_soon(
    good: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store._LOOK < 5  # seconds that it is waited for
    monkeypatch.setattr(store, "_LOOK", 0.01)
    path = tmp_path / "library.db"
    filled(path, good)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("BEGIN EXCLUSIVE")
    try:
        found = examine(path)
    finally:
        db.close()
    assert not found.ok
    assert "another program" in found.detail


def test_jobs_that_ask_for_too_much(good: list[dict[str, Any]], bounded: Bounded, tmp_path: Path) -> None:
    model = genstudio.load("tang-quatrain")
    facts = good[1]["facts"]
    codes = base64.b64decode(good[1]["codes"])
    rows = facts["shape"][0]
    for decoding in (
        {"prefix": [[5] * 60_000] * rows}, {"prefix": [[2**31 - 1]] * rows}, {"prefix": [[0]] * rows}, {"forbid": [2**31 - 1]},
        {"forbid": list(range(3000))}, {"words": [10**6] * rows}, {"beyond": 10**6}, {"best_of": 10**9},
        {"segments": [10**9] * rows}, {"joins": [rows] * 10**5}, {"known": ["x"] * 10**5}, {"temperature": float("nan")},
        {"top_p": 0.0, "temperature": 1.0},
    ):  # fmt: skip
        def make(decoding: dict[str, Any] = decoding) -> None:
            model.again(Job.from_facts({**facts, "decoding": {**facts["decoding"], **decoding}}, codes))

        bounded(make)


def test_a_path_with_too_many_steps_is_refused_at_once(good: list[dict[str, Any]], bounded: Bounded) -> None:
    model = genstudio.load("tang-quatrain")
    codes = base64.b64decode(good[1]["codes"])
    asked = (("interpolate", {"steps": 10**9}), ("path", {"steps": 1000, "points": 10**6}), ("morph", {"ts": ["a"]}))
    for operation, settings in asked:
        facts = {**good[1]["facts"], "operation": operation, "settings": settings}
        with pytest.raises(GenStudioError, match="damaged"):
            model.again(Job.from_facts(facts, codes))
