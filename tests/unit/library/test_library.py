"""What is kept is found again, whole, and changed only as asked."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.domains.melody import Melody
from genstudio.errors import ConfigError, DamagedFileError
from genstudio.library import Library
from genstudio.provenance import Job

MakeJob = Callable[..., Job]
Passages = Callable[..., list[Any]]


def test_a_job_comes_back_whole(library: Library, path: Path, make_job: MakeJob, passages: Passages) -> None:
    job = make_job(7, settings={"amount": 0.1 + 0.2, "deep": {"a": [1, None, "欢"]}})
    library.record(job, passages("a", "b", "c"), "text")
    with Library(path) as again:
        back = again.job(job.id)
    assert back.id == job.id
    assert back.facts() == job.facts()
    assert back.codes.dtype == np.float32
    assert back.codes.tobytes() == job.codes.tobytes()


def test_pieces_of_a_job(library: Library, make_job: MakeJob, passages: Passages, tmp_path: Path) -> None:
    job = make_job()
    before = time.time()
    numbers = library.record(job, passages("first", "", "third"), "text", [tmp_path / "a.txt", None, "b.txt"])
    assert numbers == [1, 2, 3]
    entries = [library.get(number) for number in numbers]
    assert [entry.place for entry in entries] == [0, 1, 2]
    assert {entry.job for entry in entries} == {job.id}
    assert {(entry.operation, entry.model, entry.domain) for entry in entries} == {("interpolate", "folk", "text")}
    assert [entry.path for entry in entries] == [str(tmp_path / "a.txt"), None, str(Path("b.txt").absolute())]
    assert [entry.title for entry in entries] == ["first", "Ode an die Freude.mid → 欢乐颂 (2 of 3)", "third"]
    assert all(before <= entry.made <= time.time() for entry in entries)
    assert entries[0].description["text"] == "first"
    assert [entry.piece().text for entry in entries] == ["first", "", "third"]
    assert library.of_job(job.id) == entries
    assert len(library) == 3


def test_some_of_a_job(library: Library, make_job: MakeJob, passages: Passages) -> None:
    job = make_job()
    (third,) = library.record(job, passages(""), "text", places=[2])
    assert library.get(third).place == 2
    assert library.get(third).title.endswith("(3 of 3)")
    numbers = library.record(job, passages("a", "b", "c"), "text")
    assert numbers[2] == third
    assert [entry.place for entry in library.of_job(job.id)] == [0, 1, 2]
    with pytest.raises(ValueError, match="places"):
        library.record(job, passages("a"), "text", places=[0, 1])


def test_a_melody_comes_back_as_it_was(library: Library, make_tune: Callable[..., Any]) -> None:
    domain = get_domain("melody")
    tune = Melody.from_pretty_midi(make_tune(1, 8, (6, 8), tempo=93.5))
    number = library.add(tune, domain, title="Mein Lied")
    entry = library.get(number)
    assert (entry.job, entry.operation, entry.model, entry.title) == (None, "import", "", "Mein Lied")
    back = entry.piece()
    assert (back.notes, back.metres, back.tempos, back.program) == (tune.notes, tune.metres, tune.tempos, tune.program)
    assert back.title == "Mein Lied"


def test_the_same_again_is_not_doubled(library: Library, make_job: MakeJob, passages: Passages, tmp_path: Path) -> None:
    pieces = passages("a", "b", "c")
    numbers = library.record(make_job(), pieces, "text", [tmp_path / "old.txt"] * 3)
    library.favourite(numbers[0])
    library.tag(numbers[1], "x")
    library.remove(numbers[2])
    assert library.record(make_job(), pieces, "text", [None, tmp_path / "new.txt", None]) == numbers
    entries = [library.get(number) for number in numbers]
    assert [Path(str(entry.path)).name for entry in entries] == ["old.txt", "new.txt", "old.txt"]
    assert entries[0].favourite
    assert entries[1].tags == ("x",)
    assert entries[2].removed is None
    assert len(library.jobs()) == 1
    assert [entry.id for entry in library.search("new")] == [numbers[1]]

    (song,) = passages("my own")
    own = library.add(song, "text", tags=["mine"])
    assert library.add(song, "text", favourite=True, tags=["Mine", "song"]) == own
    assert library.get(own).favourite
    assert library.get(own).tags == ("mine", "song")


def test_changes(library: Library, make_job: MakeJob, passages: Passages) -> None:
    first, second, third = library.record(make_job(), passages("a", "b", "c"), "text")
    library.favourite(first)
    library.tag(first, "Slow  Waltz", "gut")
    library.tag(first, "slow waltz")
    library.tag(second, "SLOW WALTZ")
    library.rename(second, " Die Moldau ")
    assert library.get(first).favourite
    assert library.get(first).tags == ("Slow Waltz", "gut")
    assert library.tags() == [("gut", 1), ("SLOW WALTZ", 2)]
    assert library.get(second).title == "Die Moldau"
    assert [entry.id for entry in library.search("moldau")] == [second]
    assert [entry.id for entry in library.search(tag="slow waltz")] == [second, first]
    library.untag(first, "SLOW waltz", "never had")
    library.favourite(first, False)
    assert library.get(first).tags == ("gut",)
    assert library.search(favourite=True) == []
    assert [entry.id for entry in library.search(favourite=False)] == [third, second, first]


def test_removed_pieces_come_back_until_they_are_purged(library: Library, make_job: MakeJob, passages: Passages) -> None:
    job, other = make_job(), make_job(1)
    numbers = library.record(job, passages("apple", "pear", "plum"), "text")
    (kept, *_) = library.record(other, passages("apple", "x", "y"), "text")
    library.tag(numbers[0], "fruit")
    library.favourite(numbers[0])
    library.remove(numbers[0])
    when = library.get(numbers[0]).removed
    assert when is not None
    library.remove(numbers[0])  # once more changes nothing
    assert library.get(numbers[0]).removed == when
    assert [entry.id for entry in library.search("apple")] == [kept]
    assert [entry.id for entry in library.search("apple", removed=True)] == [numbers[0]]
    assert library.tags() == []
    library.restore(numbers[0])
    assert library.get(numbers[0]).favourite
    assert library.tags() == [("fruit", 1)]
    for number in numbers:
        library.remove(number)
    assert library.purge(before=when) == 0
    assert library.purge() == 3
    assert library.search("apple", removed=True) == []
    with pytest.raises(ConfigError, match="there is no piece"):
        library.get(numbers[0])
    with pytest.raises(ConfigError, match="there is no job"):
        library.job(job.id)
    assert library.job(other.id).id == other.id
    # A number is never given twice.
    assert min(library.record(job, passages("apple", "pear", "plum"), "text")) > max(numbers) + 3


def test_filters(library: Library, make_job: MakeJob, passages: Passages) -> None:
    a = library.record(make_job(1), passages("red", "green", "blue"), "text")
    b = library.record(make_job(2, operation="sample", model="other", sources=()), passages("red"), "text")
    c = [library.add(passages("red wine")[0], "text")]
    assert [entry.id for entry in library.search()] == [*c, *b, *a[::-1]]
    assert [entry.id for entry in library.search("red")] == [*c, *b, a[0]]
    assert [entry.id for entry in library.search("red", model="folk")] == [a[0]]
    assert [entry.id for entry in library.search(operation="sample")] == b
    assert [entry.id for entry in library.search(operation="import")] == c
    assert library.search(domain="melody") == []
    assert [entry.id for entry in library.search("red", limit=1, offset=1)] == b
    assert len(library.search(limit=None)) == library.count() == 5
    assert library.count("red", domain="text") == 3
    now = library.get(b[0]).made
    assert [entry.id for entry in library.search(since=now)] == [*c, *b]
    assert library.search(since=datetime.now() + timedelta(hours=1)) == []
    assert len(library.search(since=datetime.now() - timedelta(hours=1))) == 5
    jobs = library.jobs()
    assert [(one.operation, one.model, one.pieces, one.sources) for one in jobs] == [
        ("sample", "other", 1, ()),
        ("interpolate", "folk", 3, ("songs/Ode an die Freude.mid", "欢乐颂")),
    ]
    assert jobs[1].settings == {"steps": 3, "method": "slerp"}


WORDS = [
    ("freude", True), ("FREU", True), ("ode freude", True), ("Ode-an-die", True), ("欢", True), ("乐", True), ("乐颂", True),
    ("欢颂", False), ("interpol", True), ("folk", True), ("reude", False), ("ode xyz", False), ("schoner", True), ("schöner", True),
    ("götterfunken", True), ("Ｆｒｅｕｄｅ", True), ("!!!", False), ('"', False), ("ode OR xyz", False), ("ode*", True),
    ("found:ode", False), ("'; DROP TABLE pieces; --", False), ("%", False), ("o_e", False), ("d e", False), ("\0", False),
    ("", True),
]  # fmt: skip


@pytest.mark.parametrize(("query", "hit"), WORDS)
@pytest.mark.parametrize("full_text", [True, False])
def test_words(
    path: Path, make_job: MakeJob, passages: Passages, query: str, hit: bool, full_text: bool, without_full_text: Callable[[], Any]
) -> None:
    with contextlib.nullcontext() if full_text else without_full_text(), Library(path) as library:
        (number,) = library.record(make_job(0, 1), passages("Schöner Götterfunken"), "text")
        library.add(passages("nothing of the kind")[0], "text")
        found = [entry.id for entry in library.search(query)]
        assert (number in found) is hit
        assert library.count(query) == len(found)


@pytest.mark.parametrize("number", [0, -1, 4, 10**30])
def test_an_unknown_number_is_told(library: Library, make_job: MakeJob, passages: Passages, number: int) -> None:
    library.record(make_job(), passages("a", "b", "c"), "text")
    for call in (library.get, library.favourite, library.remove, library.restore, lambda n: library.rename(n, "x"),
                 lambda n: library.tag(n, "x"), lambda n: library.untag(n, "x")):  # fmt: skip
        with pytest.raises(ConfigError, match=f"there is no piece {number} in the library"):
            call(number)


@pytest.mark.parametrize("name", ["", "  ", "\n", "x" * 101])
def test_a_tag_has_a_name(library: Library, passages: Passages, name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be a tag"):
        library.add(passages("a")[0], "text", tags=[name])
    assert len(library) == 0


def test_names_and_texts_of_every_kind(library: Library, passages: Passages) -> None:
    odd = os.fsdecode(b"/songs/caf\xe9.txt") if sys.platform != "win32" else "C:\\caf\u00e9.txt"
    number = library.add(passages("a\udc00b \U0001f3b5 \0c")[0], "text", path=odd, title="t\udcffx")
    entry = library.get(number)
    assert entry.path == str(Path(odd).absolute())
    assert entry.title == "t?x"
    assert "\U0001f3b5" in entry.symbols
    library.tag(number, "\U0001f3b5", "a\x1fb")
    assert library.get(number).tags == ("a b", "\U0001f3b5")
    assert [one.id for one in library.search(tag="\U0001f3b5")] == [number]


def test_a_failing_record_keeps_nothing(library: Library, make_job: MakeJob, passages: Passages) -> None:
    with pytest.raises(ValueError, match="3 pieces, but 1 paths"):
        library.record(make_job(), passages("a", "b", "c"), "text", [None])
    with contextlib.closing(sqlite3.connect(library.path)) as db:
        db.execute("CREATE TRIGGER no BEFORE INSERT ON pieces WHEN NEW.place = 2 BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="cannot be used"):
        library.record(make_job(), passages("a", "b", "c"), "text")
    assert len(library) == 0
    assert library.jobs() == []
    assert library.search("a") == []


def test_a_changed_record_is_not_taken_for_the_job(library: Library, make_job: MakeJob, passages: Passages) -> None:
    job = make_job()
    library.record(job, passages("a", "b", "c"), "text")
    with contextlib.closing(sqlite3.connect(library.path, isolation_level=None)) as db:
        db.execute("UPDATE jobs SET codes = zeroblob(length(codes))")
    with pytest.raises(DamagedFileError, match="changed or damaged"):
        library.job(job.id)


def test_the_users_library_is_the_default(tmp_path: Path, passages: Passages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "not" / "there"))
    with Library() as library:
        library.add(passages("a")[0], "text")
    assert paths.library() == tmp_path / "not" / "there" / "library.db"
    assert paths.library().is_file()


def test_another_program_can_read_it(library: Library, path: Path, make_job: MakeJob, passages: Passages) -> None:
    library.record(make_job(), passages("a", "b", "c"), "text")
    library.close()
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        assert plain.execute("SELECT title FROM pieces JOIN jobs ON jobs.id = pieces.job ORDER BY place").fetchall()[0] == ("a",)
    plain.close()


def test_no_torch_is_loaded() -> None:
    import subprocess

    code = "import sys, genstudio.library; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_what_is_kept(library: Library, make_job: MakeJob, passages: Passages) -> None:
    first, second, third = library.record(make_job(), passages("a", "b", "c"), "text")
    own = library.add(passages("my own")[0], "text")
    assert [entry.id for entry in library.search(kept=True)] == [own]
    library.tag(first, "waltz")
    library.keep(second)
    assert [entry.id for entry in library.search(kept=True)] == [own, second, first]
    assert [entry.id for entry in library.search(kept=False)] == [third]
    assert [entry.id for entry in library.search("b", kept=True)] == [second]
    assert library.let_go(first) == ("waltz",)
    assert library.let_go(own) == ()
    assert library.get(own).removed is not None
    assert library.get(first).removed is None
    library.keep(own, ["song"])
    assert (library.get(own).removed, library.get(own).tags, library.get(own).kept) == (None, ("song",), True)
    with pytest.raises(ConfigError):
        library.keep(999)
    with pytest.raises(ConfigError):
        library.let_go(999)


def test_the_order_of_a_search(library: Library, make_job: MakeJob, passages: Passages) -> None:
    for number, title in zip(library.record(make_job(), passages("x", "x", "x"), "text"), ("b", "C", "a"), strict=True):
        library.rename(number, title)
    for order, titles in (("newest", "aCb"), ("oldest", "bCa"), ("title", "abC"), ("kind", "abC")):
        assert "".join(entry.title for entry in library.search(order=order)) == titles
        assert "".join(entry.title for entry in library.search("x", order=order)) == titles
    with pytest.raises(ValueError, match="no order 'colour'"):
        library.search(order="colour")


def test_jobs_are_found_by_their_pieces(library: Library, make_job: MakeJob, passages: Passages) -> None:
    first, second = make_job(1), make_job(2)
    numbers = library.record(first, passages("a horse", "b", "c"), "text")
    library.record(second, passages("a house", "b", "c"), "text")
    found, total = library.find_jobs("a ho")
    assert ([job.id for job in found], total) == ([second.id, first.id], 2)
    assert [job.id for job in library.find_jobs("horse")[0]] == [first.id]
    assert library.find_jobs(limit=1) == (found[:1], 2)
    assert library.find_jobs(limit=1, offset=1) == (found[1:], 2)
    assert library.find_jobs(limit=1, offset=9) == ([], 2)
    assert library.find_jobs(limit=None, offset=1) == (found[1:], 2)
    assert library.find_jobs(domain="melody") == ([], 0)
    assert library.find_jobs("!") == ([], 0)
    for number in numbers:
        library.remove(number)
    assert [job.id for job in library.find_jobs()[0]] == [second.id]


def test_pruning(library: Library, make_job: MakeJob, passages: Passages) -> None:
    jobs = [make_job(seed) for seed in range(4)]
    for job in jobs:
        library.record(job, passages("a", "b", "c"), "text")
    library.favourite(1)
    library.tag(4, "waltz")
    own = library.add(passages("my own")[0], "text")
    now = time.time()
    assert library.prune() == 0
    assert library.prune(before=now - 1000) == 0
    assert library.prune(most=3) == 2
    assert [entry.place for entry in library.of_job(jobs[0].id)] == [0]  # the kept one, which can still be made again
    assert library.job(jobs[0].id).seed == 0
    assert library.prune(before=now + 1000, spare=[(jobs[1].id, 2)]) == 7
    assert [job.id for job in library.jobs()] == [jobs[1].id, jobs[0].id]
    assert [entry.id for entry in library.search()] == [own, 6, 4, 1]
    assert library.search("b") == []
