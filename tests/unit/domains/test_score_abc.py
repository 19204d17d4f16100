"""Scores from ABC: voices, chords, chord symbols, lyrics."""

from __future__ import annotations

from pathlib import Path

import pytest

from genstudio.domains import get_domain
from genstudio.domains.score.piece import ChordSymbol, Lyric, Score
from genstudio.errors import FileError

HEAD = "X:1\nT:A tune\nM:4/4\nL:1/4\nQ:1/4=90\nK:F\n"


def read(tmp_path: Path, body: str, head: str = HEAD, **options: str) -> tuple[Score, list[str]]:
    path = tmp_path / "a.abc"
    path.write_text(head + body, encoding="utf-8")
    result = get_domain("score").read(path, **options)
    return result.pieces[0], result.remarks


def rows(score: Score, index: int = 0) -> list[tuple[int, int, int]]:
    return [note[:3] for note in score.parts[index].notes]


def test_a_tune_with_chord_symbols(tmp_path: Path) -> None:
    score, remarks = read(tmp_path, 'C | "F"c2 "C7/E"d "^slow"e | "Bbmaj7"f2 "N.C."f2 | "Fadd9"f4 |]\n')
    assert [(part.role, part.name) for part in score.parts] == [("melody", ""), ("symbols", "Chords")]
    assert score.symbols == (
        ChordSymbol(480, 1440, 5, "major"), ChordSymbol(1440, 2400, 0, "dominant", 4), ChordSymbol(2400, 3360, 10, "major-seventh"),
        ChordSymbol(4320, 6240, 5, "major"),
    )  # fmt: skip
    assert (score.pickup, score.key, score.tempos[0].bpm, score.title) == (480, "F major", 90, "A tune")
    assert remarks == ["tune 1: 1 chord symbol was simplified"]


def test_voices_are_parts(tmp_path: Path) -> None:
    head = 'X:1\nM:4/4\nL:1/4\nV:S name="Soprano" clef=treble\nV:B name="Bass" clef=bass octave=-1\nK:C\n'
    blocks, _ = read(tmp_path, "V:S\nCDEF|G4|]\nV:B\nC4|[CE]4|]\n", head)
    inline, _ = read(tmp_path, "%%score (S B)\n[V:S] CDEF|\n[V:B] C4|\n[V:S] G4|]\n[V:B] [CE]4|]\n", head)
    assert [(part.name, part.role) for part in blocks.parts] == [("Soprano", "melody"), ("Bass", "bass")]
    assert rows(blocks, 0) == [(0, 480, 60), (480, 960, 62), (960, 1440, 64), (1440, 1920, 65), (1920, 3840, 67)]
    assert rows(blocks, 1) == [(0, 1920, 48), (1920, 3840, 52), (1920, 3840, 48)]
    assert [part.notes for part in inline.parts] == [part.notes for part in blocks.parts]


def test_ties_of_chords_and_voices_beside_the_first_one(tmp_path: Path) -> None:
    score, _ = read(tmp_path, "[FA-c]4 & z2 D2- | [Ac]2 z2 & D4 |]\n")
    assert rows(score) == [(0, 1920, 72), (0, 2880, 69), (0, 1920, 65), (960, 3840, 62), (1920, 2880, 72)]
    whole, _ = read(tmp_path, "[FA]4- | [FA]4 |]\n")
    assert rows(whole) == [(0, 3840, 69), (0, 3840, 65)]


def test_a_voice_beside_the_first_one_leaves_its_ties_alone(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "^c4- & E4 | c4 |]\n")[0]) == [(0, 3840, 73), (0, 1920, 64)]


def test_lyrics(tmp_path: Path) -> None:
    body = "CDEF | G2 A2 |]\nw: My coun-try * of~thee_ sweet\\-est\nw: a sec-ond verse\n"
    score, remarks = read(tmp_path, body)
    assert score.parts[0].lyrics == (
        Lyric(0, "My"), Lyric(480, "coun", True), Lyric(960, "try"), Lyric(1920, "of thee")
    )  # fmt: skip
    assert remarks == ["tune 1: only the first verse of its lyrics is kept"]
    bars, _ = read(tmp_path, "C2 D2 | E2 F2 |]\nw: one | two three\n")
    assert [lyric[:2] for lyric in bars.parts[0].lyrics] == [(0, "one"), (1920, "two"), (2880, "three")]
    more, _ = read(tmp_path, "C4 |]\nw: a- * _ | b c\n")
    assert more.parts[0].lyrics == (Lyric(0, "a", True),)


def test_lyrics_of_a_voice_and_of_a_continued_line(tmp_path: Path) -> None:
    body = "V:1\nCDEF|\\\nGABc|]\nw: a b c d e f g h\nV:2\nC4|C4|]\nw: low one\n"
    score, _ = read(tmp_path, body)
    assert "".join(lyric.text for lyric in score.parts[0].lyrics) == "abcdefgh"
    assert [lyric.text for lyric in score.parts[1].lyrics] == ["low", "one"]


def test_repeats_are_those_of_all_voices(tmp_path: Path) -> None:
    score, _ = read(tmp_path, 'V:1\n|: "F"CDEF |1 G4 :|2 c4 |]\nV:2\n|: C4 |1 D4 :|2 E4 |]\n')
    assert [note[2] for note in score.parts[0].notes] == [60, 62, 64, 65, 67, 60, 62, 64, 65, 72]
    assert [note[2] for note in score.parts[1].notes] == [60, 62, 60, 64]
    assert score.symbols == (ChordSymbol(0, 7680, 5, "major"),)


def test_a_shorter_voice_rests(tmp_path: Path) -> None:
    score, _ = read(tmp_path, "V:1\nCDEF|C4|C4|]\nV:2\nC4|Z|C4|]\nV:3\nC2|]\n")
    assert [len(part.notes) for part in score.parts] == [6, 2, 1]
    assert rows(score, 1)[1] == (3840, 5760, 60)
    assert score.length == 5760


def test_instruments_and_drums(tmp_path: Path) -> None:
    body = "V:1\n%%MIDI program 73\nCDEF|]\nV:2\n%%MIDI channel 10\nC,,D,,C,,D,,|]\n"
    score, _ = read(tmp_path, body)
    assert [(part.role, part.program) for part in score.parts] == [("melody", 73), ("drums", 0)]
    assert [note.pitch for note in score.parts[1].notes] == [36, 38, 36, 38]


def test_a_pickup_within_a_tune_shortens_every_voice(tmp_path: Path) -> None:
    body = "V:1\nF4|F4|| C|CDEF|]\nV:2\nC4|[CE]4|| z|C4|]\n"
    score, _ = read(tmp_path, body)
    assert rows(score, 0)[:3] == [(0, 1920, 65), (1920, 3360, 65), (3360, 3840, 60)]
    assert rows(score, 1)[1:3] == [(1920, 3360, 64), (1920, 3360, 60)]


def test_each_tune_is_a_score_and_parts_can_be_chosen(tmp_path: Path) -> None:
    body = "CDEF|]\n\nX:2\nK:G\nV:1 name=Top\nV:2 name=Low\nV:1\nGABc|]\nV:2\nG,4|]\n"
    path = tmp_path / "a.abc"
    path.write_text(HEAD + body, encoding="utf-8")
    assert [len(one.parts) for one in get_domain("score").read(path).pieces] == [1, 2]
    path.write_text("X:2\nL:1/4\nK:G\nV:1 name=Top\nV:2 name=Low\nV:1\nGABc|]\nV:2\nG,4|]\n", encoding="utf-8")
    assert [part.name for part in get_domain("score").read(path, parts="low").pieces[0].parts] == ["Low"]
    with pytest.raises(FileError, match="there is no part 'middle'"):
        get_domain("score").read(path, parts="middle")


def test_chord_symbols_without_notes_are_a_score(tmp_path: Path) -> None:
    score, _ = read(tmp_path, '"F"z4 | "C7"z4 |]\n')
    assert [part.role for part in score.parts] == ["symbols"]
    assert score.symbols == (ChordSymbol(0, 1920, 5, "major"), ChordSymbol(1920, 3840, 0, "dominant"))
