"""Notes that are edited: what a change does to them and to the others, for every kind of music, and undo."""

from __future__ import annotations

import random
from typing import Any

import pytest

from genstudio import paths
from genstudio.domains import get_domain, read_file
from genstudio.domains.melody import Melody, Note
from genstudio.gui.editor.draft import GRIDS, Draft

FILES = {"melody": "songs/ode-to-joy.mid", "drums": "beats/rock.mid", "score": "scores/auld-lang-syne.musicxml"}


@pytest.fixture(params=FILES)
def draft(request: pytest.FixtureRequest) -> Draft:
    return opened(request.param)


def opened(domain: str) -> Draft:
    return Draft(read_file(get_domain(domain), paths.resource(FILES[domain])).pieces[0], domain)


def fits(draft: Draft) -> None:
    """Whether the piece is one of its domain: it comes back from its symbols, and lies inside of its bars."""
    assert all(0 <= note.start < note.end <= draft.piece.length for note in draft.notes)
    assert list(draft.notes) == sorted(draft.notes, key=lambda note: (note.start, -note.pitch if draft.piece.parts else note.pitch))
    domain = get_domain(draft.domain)
    again: Any = domain.from_symbols(domain.to_symbols(draft.piece))
    assert again.bars == draft.piece.bars
    if draft.domain == "melody":
        assert all(one.end <= other.start for one, other in zip(draft.notes, draft.notes[1:], strict=False))


def test_a_note_is_written_and_taken_out(draft: Draft) -> None:
    count = len(draft.notes)
    first = draft.notes[0]
    pitch = next(row for row in draft.rows if row != first.pitch and draft.note_at(first.start, row) is None)
    draft.add(first.start, first.end, pitch, 99)
    (new,) = draft.selected
    assert (new.start, new.pitch, new.velocity) == (first.start, pitch, 99)
    assert draft.note_at(first.start, pitch) == new
    assert (first in draft.notes) == (draft.domain != "melody")  # one voice: it takes the place of what was there
    assert draft.taken == (draft.domain == "melody")
    fits(draft)
    draft.delete()
    assert new not in draft.notes
    assert len(draft.notes) == count - (draft.domain == "melody")
    draft.undo()
    draft.undo()
    assert first in draft.notes
    assert not draft.can_undo
    draft.redo()
    assert draft.note_at(first.start, pitch) == new


def test_what_a_note_of_one_voice_covers_in_part_keeps_the_rest() -> None:
    notes = tuple(Note(start, end, 60) for start, end in ((0, 480), (480, 720), (720, 1440), (1440, 1920)))
    draft = Draft(Melody(notes=notes, length=1920), "melody")
    draft.add(240, 960, 64)
    assert [note[:3] for note in draft.notes] == [(0, 240, 60), (240, 960, 64), (960, 1440, 60), (1440, 1920, 60)]
    assert draft.taken == 1
    fits(draft)
    draft.undo()
    assert (draft.notes, draft.taken) == (notes, 0)
    draft.add(720, 1420, 64)
    assert draft.taken == 1  # less than a thirty-second would be left of it
    draft.select([])
    draft.add(1440, 1680, 64)
    assert [note[:3] for note in draft.notes[-2:]] == [(1440, 1680, 64), (1680, 1920, 60)]
    assert draft.taken == 0


def test_notes_move_together_as_far_as_all_fit(draft: Draft) -> None:
    draft.select(draft.notes)
    starts = sorted(note.start for note in draft.notes)
    room = draft.piece.length - max(note.end for note in draft.notes)
    draft.move(10 * draft.piece.length)
    assert sorted(note.start for note in draft.notes) == [start + room for start in starts]
    draft.move(-10 * draft.piece.length, 1000)
    assert min(note.start for note in draft.notes) == 0
    places = [draft.rows.index(note.pitch) for note in draft.notes]
    assert min(places) == 0
    fits(draft)


def test_only_the_part_that_is_edited_changes() -> None:
    draft = opened("score")
    before = draft.piece
    assert [before.parts[index].role for index in draft.parts] == ["melody"]
    assert before.symbols
    draft.select(draft.notes[:4])
    draft.move(0, 12)
    assert draft.piece.symbols == before.symbols
    assert [note.pitch for note in draft.notes[:4]] == [note.pitch + 12 for note in before.parts[draft.part].notes[:4]]
    assert draft.notes[4:] == before.parts[draft.part].notes[4:]


def test_lengths_loudness_and_steps() -> None:
    draft = opened("melody")
    first, second = draft.notes[:2]
    draft.select([first])
    draft.stretch(240)
    assert draft.notes[0].end == first.end + 240
    assert draft.notes[1].start == max(second.start, first.end + 240) or draft.notes[1] != second
    draft.stretch(-10_000, 120)
    assert draft.notes[0].end - draft.notes[0].start == 120
    draft.louder(500)
    assert draft.notes[0].velocity == 127
    draft.move(37)
    draft.quantise(GRIDS["1/8"])
    assert draft.notes[0].start % 240 == 0
    assert (draft.notes[0].end - draft.notes[0].start) % 240 == 0
    fits(draft)


def test_bars_come_and_go(draft: Draft) -> None:
    before = draft.piece
    draft.longer()
    assert draft.piece.bars == before.bars + 1
    assert draft.notes == (before.parts[draft.part].notes if before.parts else before.notes)
    fits(draft)
    draft.shorter()
    assert draft.piece.bars == before.bars
    draft.shorter()
    assert draft.piece.bars == before.bars - 1
    assert draft.piece.title == before.title
    fits(draft)
    while draft.piece.bars > 1:
        draft.shorter()
    draft.shorter()
    assert draft.piece.bars == 1


def test_what_is_dragged_is_one_step_of_undo(draft: Draft) -> None:
    before = draft.state
    draft.select(draft.notes[:1])
    held = draft.state
    for ticks in (120, 240, 360):
        draft.drag(held, lambda ticks=ticks: draft.move(ticks))
    assert not draft.can_undo
    draft.settle(held)
    assert draft.piece != before.piece
    draft.undo()
    assert draft.piece == before.piece
    assert not draft.can_undo


@pytest.mark.parametrize("domain", FILES)
@pytest.mark.parametrize("seed", range(4))
def test_any_changes_leave_a_piece_of_its_kind_and_can_all_be_undone(domain: str, seed: int) -> None:
    draft, chance = opened(domain), random.Random(seed)
    before = draft.piece

    def some() -> list[Any]:
        return chance.sample(draft.notes, min(len(draft.notes), chance.randint(0, 6)))

    for _ in range(60):
        draft.select(some())
        start = chance.randrange(draft.piece.length // 60) * 60
        chance.choice([
            lambda at=start: draft.add(at, at + chance.randint(1, 1000), chance.choice(draft.rows), chance.randint(1, 127)),
            draft.delete,
            lambda: draft.move(chance.randint(-2000, 2000), chance.randint(-14, 14)),
            lambda: draft.stretch(chance.randint(-900, 900), 60),
            lambda: draft.louder(chance.randint(-90, 90)),
            lambda: draft.quantise(chance.choice(list(GRIDS.values()))),
            draft.longer,
            draft.shorter,
        ])()  # fmt: skip
        fits(draft)
        assert draft.selected <= set(draft.notes)
    after = draft.piece
    while draft.can_undo:
        draft.undo()
    assert draft.piece == before
    while draft.can_redo:
        draft.redo()
    assert draft.piece == after
