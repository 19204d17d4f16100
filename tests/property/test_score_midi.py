"""Whatever a MIDI file holds, it becomes a valid score or one sentence; and a score that is written comes back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genstudio.domains.music import smf
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.score import DOMAIN, ChordSymbol, Lyric, Part, Score
from genstudio.domains.score.from_midi import score_of
from genstudio.domains.score.piece import MOST_PARTS, QUALITIES
from genstudio.errors import FileError
from tests.property.test_midi_reading import any_file, meta, some_track
from tests.property.test_midi_reading import file as written

pytestmark = pytest.mark.slow

WORDS = [b"la", b"la ", b"Hal-", b"/Oh", b"\\You ", b"-", b" ", b"", b"\xff\xfe", "größ".encode(), b"C", b"Am7", b"N.C.", b"@KMIDI"]

OWN = [b"role=symbols", b"role=bass level=2", b"role level=x", b"=", b"pickup=480", b"pickup=99999", b"key=Q", b"key=A_dorian"]


def checked(score: Score) -> Score:
    """A score whose parts are tidy: sorted, without overlaps, within its bars."""
    lines = bar_lines(score)
    assert lines[-1] == score.length
    assert 0 <= score.pickup < score.metres[0].bar
    assert all(change.tick in (0, *lines) for change in score.metres)
    assert 1 <= len(score.parts) <= MOST_PARTS
    for part in score.parts:
        assert not part.empty
        assert list(part.notes) == sorted(part.notes, key=lambda note: (note.start, -note.pitch))
        for pitch in {note.pitch for note in part.notes}:
            same = [note for note in part.notes if note.pitch == pitch]
            assert all(before.end <= after.start for before, after in pairwise(same))
        items = (*part.notes, *part.chords)
        assert all(0 <= item.start < item.end <= score.length for item in items)
        assert all(one.text.strip() and one.tick >= 0 for one in part.lyrics)
    assert DOMAIN.from_symbols(DOMAIN.to_symbols(score)).length >= 0
    return score


@given(st.integers(0, 2**32), st.booleans())
@settings(max_examples=120)
def test_any_file_gives_a_valid_score_or_a_sentence(seed: int, grid: bool) -> None:
    chance = Random(seed)
    try:
        song = smf.parse(any_file(chance))
        score = score_of(song, grid=grid, chords=chance.random() < 0.5)[0]
    except FileError:
        return
    checked(score)


@given(st.integers(0, 2**32))
@settings(max_examples=120)
def test_texts_of_all_kinds_do_no_harm(seed: int) -> None:
    chance = Random(seed)
    tracks = [some_track(chance, tidy=True) for _ in range(chance.randint(1, 3))]
    for track in tracks:
        kind = chance.choice([smf.TEXT, smf.LYRIC, smf.MARKER, smf.PRIVATE])
        for _ in range(chance.randrange(12)):
            own = smf.TAG + chance.choice(OWN)
            text = own if kind == smf.PRIVATE and chance.random() < 0.7 else chance.choice(WORDS)
            track.insert(chance.randint(0, len(track)), (0, meta(kind, text)))
    song = smf.parse(written(tracks, 480, False))
    if song.voices:
        checked(score_of(song)[0])


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60)
def test_a_score_that_is_written_comes_back(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = Random(seed)
    try:
        score = checked(score_of(smf.parse(any_file(chance)))[0])
    except FileError:
        return
    score = decorated(score, chance)
    path = tmp_path_factory.mktemp("score") / "a.mid"
    DOMAIN.write(score, path)
    (back,) = DOMAIN.read(path).pieces
    assert back == replace(score, source=str(path), tonic=back.tonic, program=back.program)


def decorated(score: Score, chance: Random) -> Score:
    """The score with lyrics, chord symbols, levels and a title."""
    parts = [replace(part, level=chance.choice([1.0, 0.25]), name=part.name.strip()) for part in score.parts[: MOST_PARTS - 1]]
    for index, part in enumerate(parts):
        if part.pitched and chance.random() < 0.5:
            starts = sorted({note.start for note in part.notes})
            words = [Lyric(start, chance.choice(["la", "größ", "Oh,", "it's"]), chance.random() < 0.4) for start in starts]
            parts[index] = replace(part, lyrics=(*words[:-1], words[-1]._replace(joins=False)))
    if chance.random() < 0.7:
        lines = bar_lines(score)
        chords = tuple(
            ChordSymbol(start, chance.choice([end, end, (start + end) // 2]), chance.randrange(12), chance.choice(list(QUALITIES)))
            for start, end in pairwise(lines)
        )
        parts.append(Part(name="Chords", role="symbols", program=chance.choice([0, 89]), chords=chords))
    recognised = bool(parts[-1].chords) and chance.random() < 0.5
    return Score.build(
        parts, score.metres, score.tempos, score.pickup, score.length, key=chance.choice([score.key, "A dorian"]),
        key_changes=score.key_changes, title="Größe", recognised=recognised,
    )  # fmt: skip
