"""Out as lines of JSON and in again: nothing is lost, nothing is doubled, and a damaged file changes nothing."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio.errors import DamagedFileError, FileError, Stopped
from genstudio.library import Library
from genstudio.progress import Progress, Stop
from genstudio.provenance import Job


@pytest.fixture
def full(library: Library, make_job: Callable[..., Job], passages: Callable[..., list[Any]]) -> Library:
    library.record(make_job(0), passages("a", "b 欢乐", "c"), "text", ["a.txt", None, "c\udce9.txt"])
    library.record(make_job(2**63 - 1, 1, operation="sample"), passages("d"), "text")
    library.record(make_job(2), passages("x", "y", "z"), "text")
    library.add(passages("my own")[0], "text", title="Mine", favourite=True, tags=["t", "好"])
    library.favourite(2)
    library.remove(3)
    for number in (5, 6, 7):
        library.remove(number)
    library.purge(before=library.get(5).removed)
    return library


def everything(library: Library) -> tuple[list[Any], list[Any]]:
    entries = library.search(limit=None) + library.search(limit=None, removed=True)
    jobs = [(job.made, library.job(job.id).facts(), library.job(job.id).codes.tobytes()) for job in library.jobs(limit=None)]
    return sorted(entries, key=lambda entry: entry.id), jobs


def test_all_of_it_comes_back(full: Library, tmp_path: Path) -> None:
    counts = full.export_file(tmp_path / "out.jsonl")
    assert (counts.jobs, counts.pieces) == (3, 7)
    with Library(tmp_path / "other.db") as other:
        taken = other.import_file(tmp_path / "out.jsonl")
        assert (taken.jobs, taken.pieces, taken.known, taken.lost) == (3, 7, 0, 0)
        assert everything(other) == everything(full)
        assert [entry.id for entry in other.search("欢")] == [entry.id for entry in full.search("欢")] != []
        again = other.import_file(tmp_path / "out.jsonl")
        assert (again.jobs, again.pieces, again.known) == (0, 0, 7)
        assert everything(other) == everything(full)


def test_the_file_can_be_read_without_the_program(full: Library, make_job: Callable[..., Job], tmp_path: Path) -> None:
    full.export_file(tmp_path / "out.jsonl")
    head, *lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="ascii").splitlines()]
    assert (head["genstudio"], head["format"]) == ("library", 1)
    jobs = [line for line in lines if line["kind"] == "job"]
    codes = np.frombuffer(base64.b64decode(jobs[0]["codes"]), "<f4").reshape(jobs[0]["facts"]["shape"])
    assert np.array_equal(codes, make_job(0).codes)
    own = next(line for line in lines if line["kind"] == "piece" and line["job"] is None)
    assert (own["title"], own["symbols"], own["tags"], own["favourite"]) == ("Mine", "my own", ["t", "好"], True)


def test_into_a_library_that_has_something(
    full: Library, tmp_path: Path, make_job: Callable[..., Job], passages: Callable[..., list[Any]]
) -> None:
    full.export_file(tmp_path / "out.jsonl")
    with Library(tmp_path / "other.db") as other:
        first = other.add(passages("another")[0], "text")
        (known,) = other.record(make_job(2**63 - 1, 1, operation="sample"), passages("d"), "text")
        other.tag(known, "here")
        taken = other.import_file(tmp_path / "out.jsonl")
        assert (taken.jobs, taken.pieces, taken.known) == (2, 6, 1)
        assert other.get(first).symbols == "another"
        assert other.get(known).tags == ("here",)
        assert len({entry.id for entry in everything(other)[0]}) == 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: [*lines[:3], lines[3][:100]], "line 4 of .* is no JSON"),
        (lambda lines: lines[1:], "is no exported library"),
        (lambda lines: [], "is empty"),
        (lambda lines: ["[]"], "is no exported library"),
        (lambda lines: [lines[0].replace('"format":1', '"format":2'), *lines[1:]], "of the format 2; this GenStudio reads 1"),
        (lambda lines: [*lines, "7"], "line 12 of .* is neither a job nor a piece"),
        (lambda lines: [*lines, '{"kind":"song"}'], "line 12 of .* is damaged: neither a job nor a piece"),
        (lambda lines: [*lines, '{"kind":"piece"}'], "line 12 of .* is damaged: domain is missing; nothing of it"),
        (lambda lines: [lines[0], lines[1].replace('"codes":"', '"codes":"AAAA'), *lines[2:]], "line 2 of .* is damaged"),
        (lambda lines: [lines[0], lines[1].replace('"seed":0', '"seed":5'), *lines[2:]], "line 2 of .* changed or damaged"),
        (lambda lines: [lines[0], *lines[2:]], "line 4 of .* is damaged: it is of the job .*, which is not there"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"tags":[', '"tags":["",')], "cannot be a tag"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"symbols":"my own"', '"symbols":7')], "symbols is no text"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"dressing":{', '"dressing":[{').replace("},", "}],", 1)], "is"),
        (lambda lines: ["[" * 100_000], "is no JSON"),
        (lambda lines: [*lines[:-1], re.sub(r'"made":[\d.]+', '"made":NaN', lines[-1])], "line 11 .*NaN is no number"),
    ],
)
def test_a_damaged_file_changes_nothing(
    full: Library, tmp_path: Path, change: Callable[[list[str]], list[str]], words: str
) -> None:
    file = tmp_path / "out.jsonl"
    full.export_file(file)
    lines = file.read_text().splitlines()
    assert len(lines) == 11
    file.write_text("".join(f"{line}\n" for line in change(lines)))
    with Library(tmp_path / "other.db") as other:
        with pytest.raises(FileError, match=words):
            other.import_file(file)
        assert everything(other) == ([], [])
        assert other.search("mine") == []


def test_files_that_are_not_there(full: Library, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot read"):
        full.import_file(tmp_path / "none.jsonl")
    with pytest.raises(FileError, match="cannot write"):
        full.export_file(tmp_path / "library.db" / "x.jsonl")
    with pytest.raises(FileError, match="is the library itself"):
        full.export_file(full.path)
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DamagedFileError, match="no JSON"):
        full.import_file(tmp_path / "bytes.jsonl")
    full.add(full.get(1).piece(), "text")  # it goes on


@pytest.mark.slow
def test_it_stops_and_reports(
    library: Library, tmp_path: Path, make_job: Callable[..., Job], passages: Callable[..., list[Any]]
) -> None:
    library.record(make_job(0, 2500), passages(*map(str, range(2500))), "text")
    file = tmp_path / "out.jsonl"
    events: list[Progress] = []
    library.export_file(file, report=events.append)
    assert events
    assert {event.total for event in events} == {2501}
    stop = Stop()
    stop.request()
    before = file.read_bytes()
    with pytest.raises(Stopped):
        library.export_file(file, stop=stop)
    assert file.read_bytes() == before
    with Library(tmp_path / "other.db") as other:
        with pytest.raises(Stopped):
            other.import_file(file, stop=stop)
        assert len(other) == 0
        assert other.import_file(file).pieces == 2500
