"""Scores as ABC."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from genstudio import rendering
from genstudio.domains import get_domain
from genstudio.domains.melody import MetreChange, Note, TempoChange
from genstudio.domains.score.piece import ChordSymbol, Lyric, Part, Score
from genstudio.rendering import tunebook


def lead_sheet(*chords: ChordSymbol, lyrics: tuple[Lyric, ...] = ()) -> Score:
    notes = tuple(Note(960 * at, 960 * at + 960, pitch) for at, pitch in enumerate((65, 69, 72, 70)))
    parts = [Part(role="melody", notes=notes, lyrics=lyrics), Part(name="Chords", role="symbols", chords=chords)]
    return Score.build(parts, [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], key="Db major", title="A tune")


def body(score: Score) -> list[str]:
    lines = tunebook.document([score])[0].split("\n")
    return lines[next(at for at, line in enumerate(lines) if line.startswith("K:")) + 1 :]


def test_a_lead_sheet_needs_no_voices() -> None:
    chords = ChordSymbol(0, 960, 1, "major"), ChordSymbol(960, 1920, 8, "dominant", 0), ChordSymbol(1920, 2880, 10, "minor-seventh")
    words = Lyric(0, "sweet-est", True), Lyric(960, "of all"), Lyric(2880, "50%")
    assert body(lead_sheet(*chords, lyrics=words)) == [
        '"Db"F4 "Ab7/C"=A4 | "Bbm7"c4 "N.C."B4 |]', "w: sweet\\-est- of~all * 50％", ""
    ]  # fmt: skip


def test_symbols_between_notes_have_a_voice_of_their_own() -> None:
    chords = ChordSymbol(0, 480, 1, "major"), ChordSymbol(480, 1920, 6, "major"), ChordSymbol(2400, 3840, 8, "dominant")
    assert body(lead_sheet(*chords))[0] == 'F4 =A4 & "Db"x2 "Gb"x6 | c4 B4 & "N.C."x2 "Ab7"x6 |]'


def test_the_voices_of_a_song(song: Score) -> None:
    lines = tunebook.document([song])[0].split("\n")
    assert '%%score 1 {2 3} 4 5' in lines
    assert 'V:3 clef=bass name="Piano"' in lines
    assert 'V:5 clef=perc name="Drums"' in lines
    assert lines[lines.index("V:4") + 1] == "%%MIDI program 33"
    assert lines[lines.index("V:5") + 1] == "%%MIDI channel 10"
    assert next(line for line in lines if line.startswith("[V:2]")) == "[V:2] z2 | [AFC]4 [GEB,]4 | [K:C] F4 A4 & C8 |]"
    assert next(line for line in lines if line.startswith("[V:5]")).startswith("[V:5] z2 | D,,2 C,,2")


def test_a_song_is_read_back(song: Score, tmp_path: Path) -> None:
    _, remarks = rendering.export(song, tmp_path / "a.abc")
    assert remarks == []
    back = get_domain("score").read(tmp_path / "a.abc").pieces[0]
    assert [replace(part, notes=[note[:3] for note in part.notes]) for part in back.parts] == [  # type: ignore[arg-type]
        replace(part, notes=[note[:3] for note in part.notes]) for part in song.parts  # type: ignore[arg-type]
    ]
    assert (back.key, back.key_changes, back.metres, back.tempos) == (song.key, song.key_changes, song.metres, song.tempos)


def test_melodies_and_scores_are_tunes_of_a_book(tmp_path: Path, song: Score) -> None:
    path, _ = rendering.export([song, replace(song, title="Another")], tmp_path / "a.abc")
    assert [one.title for one in get_domain("score").read(path).pieces] == ["A song", "Another"]


def test_an_accidental_is_repeated_for_a_voice_beside() -> None:
    notes = Note(0, 960, 66), Note(960, 1920, 65), Note(0, 1920, 54), Note(1920, 3840, 53)
    part = Part(role="melody", notes=notes)
    score = Score.build([part], [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], key="C major")
    assert body(score)[0] == "^F4 =F4 & ^F,8 | F,8 |]"
    natural = replace(part, notes=(Note(0, 960, 66), Note(960, 1920, 72), Note(0, 1920, 53)))
    assert body(Score.build([natural], score.metres, score.tempos, key="C major"))[0] == "^F4 c4 & =F,8 |]"
