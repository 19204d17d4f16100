"""Scores of several parts as MusicXML."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import music21
import pytest

from genstudio import rendering
from genstudio.domains import get_domain
from genstudio.domains.melody import MetreChange, Note, TempoChange
from genstudio.domains.music.keys import STEPS
from genstudio.domains.score.piece import ChordSymbol, Part, Score
from genstudio.rendering import musicxml
from genstudio.rendering.notation import Clef, Head, engrave


def one_part(*notes: tuple[int, int, int], program: int = 0, role: str = "other") -> Score:
    part = Part(name="Part", role=role, program=program, notes=tuple(Note(*note) for note in notes))
    return Score.build([part], [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], key="C major")


def voices(score: Score, bar: int = 0) -> list[str]:
    """Each voice of a bar of the first staff: MIDI pitches of chords with "~" after tied ones, "r" for rests, with their ticks."""

    def text(heads: tuple[Head, ...]) -> str:
        notes = (f"{12 * octave + 12 + STEPS[letter] + alter}{'~' * ties}" for (letter, alter, octave), _, ties in heads)
        return "+".join(notes) or "r"

    measure = engrave(score).measures[bar]
    return [" ".join(f"{text(one.heads)}:{one.ticks}" for one in voice) for voice in measure.voices]


def test_notes_together_are_a_chord() -> None:
    assert voices(one_part((0, 960, 60), (0, 960, 64), (960, 1920, 62))) == ["64+60:960 62:960"]


def test_notes_that_overlap_are_voices_the_higher_first() -> None:
    score = one_part((0, 1920, 48), (0, 480, 72), (480, 960, 74), (960, 1920, 76))
    assert voices(score) == ["72:480 74:480 76:960", "48:1920"]
    low_first = one_part((0, 1440, 50), (480, 1920, 70))
    assert voices(low_first) == ["r:480 70:1440", "50:1440 r:480"]


def test_voices_do_not_cross_where_that_can_be_avoided() -> None:
    found = voices(one_part((0, 1440, 61), (240, 480, 59), (720, 1680, 48), (960, 1200, 70)))
    assert [" ".join(re.findall(r"(\d+~?):", voice)) for voice in found] == ["70", "61", "59 48~ 48"]


def test_one_note_of_a_chord_may_be_tied() -> None:
    score = one_part((0, 2400, 60), (0, 1920, 64), (1920, 2400, 67))
    assert (voices(score, 0), voices(score, 1)) == (["64+60~:1920"], ["67+60:480 r:480 r:960"])


def test_more_than_four_voices_become_tied_chords() -> None:
    score = one_part(*((60 * at, 1920, 50 + 3 * at) for at in range(6)))
    (voice,) = voices(score)
    assert voice.startswith("50~:60 53~+50~:60 56~+53~+50~:60")
    assert voice.endswith("65~+62~+59~+56~+53~+50~:480 65+62+59+56+53+50:960")


@pytest.mark.parametrize(
    ("pitch", "program", "role", "clef"),
    [(72, 73, "melody", Clef("G", 2)), (43, 42, "bass", Clef("F", 4)), (60, 41, "other", Clef("C", 3)),
     (60, 24, "chords", Clef("G", 2, -1)), (57, 52, "other", Clef("G", 2, -1)), (62, 52, "other", Clef("G", 2)),
     (50, 52, "bass", Clef("F", 4)), (33, 33, "bass", Clef("F", 4, -1)), (36, 0, "drums", Clef("percussion"))],
)  # fmt: skip
def test_clefs(pitch: int, program: int, role: str, clef: Clef) -> None:
    assert engrave(one_part((0, 1920, pitch), program=program, role=role)).players[0].staves[0].clef == clef


def test_the_parts_of_a_song(song: Score) -> None:
    root = ElementTree.fromstring(musicxml.document(song).split("\n", 2)[2])
    names = [one.findtext("part-name") for one in root.iterfind("part-list/score-part")]
    assert names == ["Voice", "Piano", "Bass", "Drums"]
    programs = [one.findtext("midi-instrument/midi-program") for one in root.iterfind("part-list/score-part")]
    assert programs == ["53", "1", "34", "1"]
    assert [one.findtext("midi-instrument/midi-channel") for one in root.iterfind("part-list/score-part")] == ["1", "2", "3", "10"]
    piano = root.findall("part")[1]
    assert piano.findtext("measure/attributes/staves") == "2"
    assert [clef.findtext("sign") for clef in piano.iterfind("measure/attributes/clef")] == ["G", "F"]
    assert {(note.findtext("staff"), note.findtext("voice")) for note in piano.iter("note")} == {("1", "1"), ("1", "2"), ("2", "5")}
    assert [one.get("implicit") for one in root.findall("part")[0].iterfind("measure")] == ["yes", None, None]
    kinds = [(one.findtext("kind"), one.find("kind").get("text")) for one in root.iter("harmony")]  # type: ignore[union-attr]
    assert kinds == [("major", ""), ("suspended-fourth", "7sus4"), ("major-sixth", "6"), ("none", "N.C.")]
    assert [one.find("harmony") is not None for one in root.iterfind("part")] == [False] * 4
    assert {one.findtext("syllabic") for one in root.iter("lyric")} == {"single", "begin", "end"}
    assert len(list(root.iter("metronome"))) == 1


def test_a_song_is_read_back(song: Score, tmp_path: Path) -> None:
    _, remarks = rendering.export(song, tmp_path / "a.mxl")
    assert remarks == []
    back = get_domain("score").read(tmp_path / "a.mxl").pieces[0]
    assert [replace(part, notes=[note[:3] for note in part.notes]) for part in back.parts] == [  # type: ignore[arg-type]
        replace(part, notes=[note[:3] for note in part.notes]) for part in song.parts  # type: ignore[arg-type]
    ]
    assert (back.key, back.key_changes, back.pickup) == (song.key, song.key_changes, song.pickup)
    assert (back.metres, back.tempos) == (song.metres, song.tempos)


def test_music21_reads_chords_and_words(song: Score, tmp_path: Path) -> None:
    musicxml.write(song, tmp_path / "a.musicxml")
    found = music21.converter.parse(tmp_path / "a.musicxml")
    symbols = list(found.recurse().getElementsByClass(music21.harmony.ChordSymbol))
    assert [one.root().name for one in symbols[:3]] == ["F", "C", "F"]
    assert [sorted({note.name for note in symbols[at].notes}) for at in (0, 2)] == [["A", "C", "F"], ["A", "C", "D", "F"]]
    assert symbols[1].bass().name == "B-"
    words = [(lyric.text, lyric.syllabic) for note in found.parts[0].recurse().notes for lyric in note.lyrics]
    assert words == [("My", "single"), ("coun", "begin"), ("try", "end"), ("song", "single")]
    assert {note.displayName for note in found.parts[-1].recurse().notes} == {"F4", "C5"}


def test_chord_symbols_alone_stand_over_rests(tmp_path: Path) -> None:
    chords = (ChordSymbol(0, 960, 0, "major"), ChordSymbol(960, 1920, 7, "dominant", 11))
    score = Score.build([Part(name="Chords", role="symbols", chords=chords)], [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)])
    musicxml.write(score, tmp_path / "a.musicxml")
    back = get_domain("score").read(tmp_path / "a.musicxml").pieces[0]
    assert [part.chords for part in back.parts] == [chords]


def test_an_accidental_of_one_voice_holds_for_the_other() -> None:
    # F sharp in the first voice; the F natural of the second one needs a sign, and the second F sharp none.
    score = one_part((0, 960, 66), (0, 1920, 50), (960, 1920, 66))
    assert musicxml.document(score).count("<accidental>sharp</accidental>") == 1
    score = one_part((0, 480, 66), (480, 1920, 69), (0, 960, 50), (960, 1920, 65))
    assert "<accidental>natural</accidental>" in musicxml.document(score)
