"""What is kept in the window is in the library, in the order in which it was done, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genstudio.domains import get_domain
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item, items_of
from genstudio.gui.shelf import Found, Query, Shelf
from genstudio.latent.pieces import Pieces
from genstudio.library import Library

TEXT = get_domain("text")
ANY = Query()
Made = Callable[..., Any]


@pytest.fixture
def find(qtbot: QtBot, shelf: Shelf, settled: Callable[[], None]) -> Callable[..., Found]:
    def find(query: Query = ANY, **options: Any) -> Found:
        found: list[Found] = []
        settled()
        shelf.search(query, found.append, **options)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return find


def test_keeping_and_undo(made: Made, qtbot: QtBot, shelf: Shelf, find: Callable[..., Found]) -> None:
    first, second = items_of(made("one red house", "two"))
    with qtbot.waitSignal(shelf.kept) as told:
        shelf.keep(second)
    assert told.args == [second]
    assert shelf.is_kept(second)
    assert not shelf.is_kept(first)
    kept = find(Query(view="kept"))
    assert [entry.symbols for entry in kept.entries] == ["two"]
    assert kept.entries[0].place == 1
    shelf.undo.undo()
    assert not shelf.is_kept(second)
    assert find(Query(view="kept")).total == 0
    assert find().total == 1  # it stays in the history
    shelf.undo.redo()
    assert find(Query(view="kept")).total == 1


def test_the_last_of_many_changes_stands(made: Made, shelf: Shelf, find: Callable[..., Found]) -> None:
    (item,) = items_of(made("back and forth"))
    for _ in range(7):
        (shelf.unkeep if shelf.is_kept(item) else shelf.keep)(item)
    assert shelf.is_kept(item)
    assert find(Query(view="kept")).total == 1
    shelf.unkeep(item)
    assert find(Query(view="kept")).total == 0


def test_another_item_of_the_same_piece_is_kept_too(
    made: Made, shelf: Shelf, engine: Engine, path: Path, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    done = made("a", "b")
    own = Item(TEXT.from_symbols("my own words"), "text", "mine")
    shelf.keep(items_of(done)[0])
    shelf.keep(own)
    assert shelf.is_kept(items_of(done, ["x", "y"])[0])
    assert not shelf.is_kept(items_of(done)[1])
    assert shelf.is_kept(Item(own.piece, "text", "another title"))
    settled()
    later = Shelf(engine, None, path, engine)  # the next start
    with qtbot.waitSignal(later.changed):
        later.start()
    assert later.is_kept(own)
    assert later.is_kept(items_of(done)[0])
    later.unkeep(own)
    qtbot.waitUntil(lambda: not later.writing)
    with Library(path) as library:
        assert library.count(favourite=True) == 1


def test_what_is_not_yet_written_is_written_at_the_end(made: Made, shelf: Shelf, engine: Engine, path: Path) -> None:
    items = items_of(made(*map(str, range(6))))
    for item in items:
        shelf.keep(item)
    shelf.close()
    engine.close()
    with Library(path) as library:
        assert library.count(favourite=True) == 6


def test_the_history_has_all_that_was_made(made: Made, shelf: Shelf, find: Callable[..., Found], qtbot: QtBot) -> None:
    numbers: list[list[int]] = []
    done = made("x y", "y z", "z", seed=3)
    shelf.record(done, numbers.append)
    found = find()
    assert [entry.id for entry in reversed(found.entries)] == numbers[0]
    assert shelf.number_of(items_of(done)[2]) == numbers[0][2]
    assert find(Query("y")).total == 2
    (making,) = find(Query(view="history")).makings
    assert (making.id, making.job.seed, len(making.pieces), making.sample.symbols) == (done.job.id, 3, 3, "y z")
    opened: list[Item] = []
    shelf.open(found.entries, opened.extend)
    qtbot.waitUntil(lambda: len(opened) == 3)
    assert all(item.job is not None and item.job.id == done.job.id for item in opened)
    assert opened[0].provenance is not None
    assert opened[0].provenance.index == 2


def test_a_page_of_a_search(made: Made, shelf: Shelf, find: Callable[..., Found]) -> None:
    shelf.record(made(*(f"number {number}" for number in range(25))))
    first = find(limit=10)
    assert (len(first.entries), first.total, first.offset) == (10, 25, 0)
    last = find(limit=10, offset=20)
    assert (len(last.entries), last.total) == (5, 25)
    assert last.entries[-1].symbols == "number 0"


def test_of_searches_as_one_types_the_last_answers(made: Made, shelf: Shelf, qtbot: QtBot, settled: Callable[[], None]) -> None:
    shelf.record(made("alpha", "alp"))
    settled()
    found: list[Found] = []
    for length in range(1, 6):
        shelf.search(Query("alpha"[:length]), found.append)
    qtbot.waitUntil(lambda: bool(found) and found[-1].query.text == "alpha")
    assert len(found) == 1
    assert found[0].total == 1


def test_changes_and_their_undo(made: Made, shelf: Shelf, find: Callable[..., Found]) -> None:
    shelf.record(made("a", "b", "c"))
    entries = find().entries
    shelf.rename(entries[0], "  The third  ")
    shelf.tag(entries[:2], "waltz")
    shelf.tag(find(Query(tag="waltz")).entries, "Waltz")  # nothing to do, nothing to undo
    shelf.remove(entries[1:])
    shelf.favour(entries[:1], True)
    assert shelf.undo.count() == 4
    (left,) = find().entries
    assert (left.title, left.tags, left.favourite) == ("The third", ("waltz",), True)
    assert {entry.symbols for entry in find(Query(view="removed")).entries} == {"a", "b"}
    for _ in range(4):
        shelf.undo.undo()
    assert find().entries == entries
    shelf.remove(entries)
    shelf.remove(find(Query(view="removed")).entries, False)
    assert find().total == 3
    shelf.tag(find().entries, "waltz", False)  # none has it
    assert shelf.undo.count() == 2


def test_a_failing_write_takes_the_mark_back(made: Made, engine: Engine, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "library.db").mkdir()
    shelf = Shelf(engine, None, tmp_path / "library.db", engine)
    (item,) = items_of(made("a"))
    with qtbot.waitSignals([shelf.kept, shelf.unkept]), qtbot.waitSignal(shelf.trouble) as told:
        shelf.keep(item)
    assert not shelf.is_kept(item)
    assert "is a folder" in told.args[0]


def test_damage_is_told(engine: Engine, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(b"no database " * 100)
    shelf = Shelf(engine, None, path, engine)
    with qtbot.waitSignal(shelf.remarked) as told:
        shelf.start()
    assert "set aside" in told.args[0]
    qtbot.waitUntil(lambda: not engine.working)


def test_made_again(made: Made, shelf: Shelf, find: Callable[..., Found], qtbot: QtBot) -> None:
    done = made("a", "b", seed=5)
    model = SimpleNamespace(digest=done.job.digest, again=lambda job, stop: done)
    shelf.keep(items_of(done)[0])
    items: list[Item] = []
    shelf.again(done.job, SimpleNamespace(current=model), items.extend)
    qtbot.waitUntil(lambda: len(items) == 2)
    assert find().total == 2
    assert find(Query(view="kept")).total == 1


def test_a_model_that_is_gone_is_told(made: Made, shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.trouble) as told:
        shelf.again(made("a").job, SimpleNamespace(current=None), lambda items: None)
    assert "there is no model 'words'" in told.args[0]


def test_a_new_piece_has_the_title_of_its_card(shelf: Shelf, find: Callable[..., Found], melodies: Any) -> None:
    first, second = melodies(2)
    shelf.keep(replace(first, title="Near The Kesh"))
    (entry,) = find().entries
    assert entry.title == "Near The Kesh"
    shelf.rename(entry, "Mine")
    shelf.unkeep(first)
    shelf.keep(first)
    shelf.add([second])
    assert [entry.title for entry in find().entries] == ["step 1", "Mine"]


def test_what_is_named_or_tagged_is_kept(made: Made, shelf: Shelf, find: Callable[..., Found]) -> None:
    shelf.record(made("a", "b", "c"))
    third, second, _ = find().entries
    shelf.rename(third, "My favourite")
    shelf.tag([second], "waltz")
    assert [entry.symbols for entry in find(Query(view="kept")).entries] == ["c", "b"]
    assert shelf.is_kept(items_of(made("a", "b", "c"))[1])
    shelf.tag(find(Query(tag="waltz")).entries, "waltz", False)
    assert find(Query(view="kept")).total == 2
    for _ in range(3):
        shelf.undo.undo()
    assert find(Query(view="kept")).total == 0


def test_what_is_kept_no_longer_comes_back_with_its_tags(made: Made, shelf: Shelf, find: Callable[..., Found]) -> None:
    shelf.record(made("a"))
    shelf.tag(find().entries, "waltz")
    (item,) = items_of(made("a"))
    shelf.unkeep(item)
    (entry,) = find().entries
    assert (entry.kept, entry.tags) == (False, ())
    shelf.undo.undo()
    (entry,) = find(Query(view="kept")).entries
    assert entry.tags == ("waltz",)
    own = Item(TEXT.from_symbols("my own words"), "text", "mine")
    shelf.keep(own)
    shelf.unkeep(own)
    assert [entry.title for entry in find(Query(view="removed")).entries] == ["mine"]
    shelf.undo.undo()
    assert find(Query(view="kept")).total == 2


def test_pruning_leaves_what_is_kept_and_what_is_in_use(
    made: Made, shelf: Shelf, find: Callable[..., Found], qtbot: QtBot
) -> None:
    for seed in range(4):
        shelf.record(made("a", "b", seed=seed))
    shelf.keep(items_of(made("a", "b", seed=0))[1])
    counts: list[int] = []
    shelf.prune("all", [], counts.append)
    shelf.prune("30 days", [], counts.append)
    assert find().total == 8
    assert counts == [0]
    with Library(shelf._path) as library:
        assert library.prune(most=2, spare=[(made("a", "b", seed=1).job.id, 0)]) == 2
    makings = find(Query(view="history")).makings
    assert [(making.job.seed, [entry.symbols for entry in making.pieces]) for making in makings] == [
        (3, ["a", "b"]), (2, ["a", "b"]), (1, ["a"]), (0, ["b"]),
    ]  # fmt: skip


def test_what_is_kept_has_the_title_that_was_seen(shelf: Shelf, find: Callable[..., Found], melodies: Any) -> None:
    first, second = melodies(2)
    shelf.record(Pieces([first.piece, second.piece], domain=get_domain("melody"), job=first.job))
    shelf.keep(replace(second, title="The Kesh, variation 2"))
    kept = find(Query(view="kept")).entries
    assert [entry.title for entry in kept] == ["The Kesh, variation 2"]
    shelf.rename(kept[0], "Mine")
    shelf.unkeep(second)
    shelf.keep(second)
    assert [entry.title for entry in find(Query(view="kept")).entries] == ["Mine"]
