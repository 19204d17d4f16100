"""Two melodies mixed by sixteenths, and two passages by words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genstudio.domains import get_domain
from genstudio.domains.melody import Melody
from genstudio.domains.melody.mix import mix
from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import MetreChange
from genstudio.domains.text import Passage

LOW = Melody(notes=tuple(Note(at, at + 120, 60) for at in range(0, 1920, 120)), length=1920, tonic=60)
HIGH = replace(LOW, notes=tuple(note._replace(pitch=79) for note in LOW.notes), tonic=67)


def test_sixteenths_stay_where_they_are_and_pitches_follow_the_reference() -> None:
    mixed = mix(LOW, HIGH, 0.5, 1)
    assert [note[:2] for note in mixed.notes] == [note[:2] for note in LOW.notes]
    assert mixed.tonic in (60, 67)
    assert {note.pitch - mixed.tonic for note in mixed.notes} == {0, 12}


def test_the_share_is_that_of_the_second() -> None:
    made = [[mix(LOW, HIGH, share, seed) for seed in range(40)] for share in (0.2, 0.8)]
    counts = [sum(note.pitch - one.tonic == 12 for one in several for note in one.notes) for several in made]
    assert counts[0] / 640 == pytest.approx(0.2, abs=0.06)
    assert counts[1] / 640 == pytest.approx(0.8, abs=0.06)


def test_a_note_goes_on_where_the_other_goes_on_and_ends_where_it_rests() -> None:
    long = replace(LOW, notes=(Note(0, 1920, 60),))
    silent = replace(LOW, notes=())
    ends = set()
    for seed in range(20):
        made = mix(long, silent, 0.3, seed)
        assert len(made.notes) <= 1  # a note that was ended does not begin again in its middle
        ends |= {note.end for note in made.notes}
    assert len(ends) > 4
    assert max(ends) <= 1920
    other = replace(long, notes=(Note(0, 1920, 72),))
    assert all(mix(long, other, 0.5, seed).notes[0][:2] == (0, 1920) for seed in range(5))


def test_triplets_survive() -> None:
    triplets = replace(LOW, notes=tuple(Note(at, at + 160, 60 + at // 160 % 3) for at in range(0, 1920, 160)))
    made = mix(triplets, replace(triplets, tonic=48), 0.5, 2)
    assert [note[:2] for note in made.notes] == [note[:2] for note in triplets.notes]


def test_short_notes_stay_short() -> None:
    short = replace(LOW, notes=tuple(note._replace(end=note.start + 80) for note in LOW.notes))
    made = mix(short, replace(short, tonic=48), 0.5, 2)
    assert [note[:2] for note in made.notes] == [note[:2] for note in short.notes]


def test_a_pickup_that_is_no_whole_number_of_sixteenths() -> None:
    first = Melody(notes=(Note(0, 60, 60), Note(60, 180, 60), Note(180, 2100, 60)), pickup=180, length=2100, tonic=60)
    second = replace(first, notes=tuple(note._replace(pitch=72) for note in first.notes), metres=(MetreChange(0, 2, 2),))
    made = [mix(first, second, 0.5, seed) for seed in range(24)]
    assert {(one.pickup, one.length) for one in made} == {(180, 2100)}
    assert len({(one.metres, one.notes[0].pitch) for one in made}) == 4  # whichever the bars are from
    assert all(one.notes[0][:2] == (0, 60) for one in made)


def test_bar_is_laid_on_bar() -> None:
    # The pitch says the bar.
    waltz = Melody(
        notes=tuple(Note(240 + at, 240 + at + 240, 61 + at // 1440) for at in range(0, 2880, 240)), metres=(MetreChange(0, 3, 4),),
        pickup=240, length=3120, tonic=60,
    )  # fmt: skip
    four = replace(LOW, notes=tuple(Note(at, at + 120, 61 + at // 1920) for at in range(0, 3840, 120)), length=3840)
    seen = set()
    for seed in range(20):
        made = mix(waltz, four, 0.5, seed)
        frame = waltz if made.metres == waltz.metres else four
        assert (made.pickup, made.length) == (frame.pickup, frame.length)
        seen.add(made.metres)
        # On every bar line both have a note, so there is one, whichever it is.
        size = 1440 if frame is waltz else 1920
        assert {note.start for note in made.notes} >= {made.pickup, made.pickup + size}
        assert all(note.pitch == 61 + (note.start - made.pickup) // size for note in made.notes)
    assert len(seen) == 2


def test_words_by_place() -> None:
    text = get_domain("text")
    a, b = Passage(text="one two three four"), Passage(text="eins zwei drei vier")
    places = [{"one", "eins"}, {"two", "zwei"}, {"three", "drei"}, {"four", "vier"}]
    for seed in range(8):
        words = text.mix(a, b, 0.5, seed).text.split(" ")
        assert all(word in place for word, place in zip(words, places, strict=True))
    short = {text.mix(a, Passage(text="eins"), 0.5, seed).text for seed in range(12)}
    assert len({len(one.split()) for one in short}) > 1
    assert all("  " not in one and one == one.strip() for one in short)
    assert set(text.mix(Passage(text="你好"), Passage(text="再见"), 0.5, 1).text) <= set("你好再见")
    glued = [text.mix(Passage(text="海x 海x"), Passage(text="a b c d"), 0.5, seed).text for seed in range(20)]
    assert not any("bx" in one or "xc" in one or "ax" in one for one in glued)
