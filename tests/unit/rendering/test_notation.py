"""Written notes: values, ties, tuplets, beams, spelling."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import music21
import pytest

from genstudio.domains.melody import DOMAIN, Melody, MetreChange, Note, TempoChange
from genstudio.rendering import musicxml, tunebook
from genstudio.rendering.notation import Element, engrave
from genstudio.rendering.spelling import Spelled, signature, spell

Make = Callable[..., Melody]


def written(melody: Melody) -> list[str]:
    """Each element as text: "q." a dotted quarter, "r" before rests, "~" after what is tied on, "3:" before triplets."""

    def text(one: Element) -> str:
        value = one.kind and one.kind[0] + "." * one.dots
        return f"{f'{one.tuplet[0]}:' if one.tuplet else ''}{'r' if one.pitch is None else ''}{value}{'~' if one.ties else ''}"

    return [" ".join(text(one) for one in measure.elements) for measure in engrave(melody).measures]


@pytest.mark.parametrize(
    ("notes", "metre", "expected"),
    [
        ([(60, 480)] * 4, (4, 4), ["q q q q"]),
        ([(60, 720), (60, 240), (60, 960)], (4, 4), ["q. e h"]),
        ([(60, 240), (60, 480), (60, 240), (60, 960)], (4, 4), ["e q e h"]),
        ([(60, 720), (60, 480), (60, 720)], (4, 4), ["q. e~ e q."]),  # the middle of the bar is seen
        ([(60, 480), (60, 960), (60, 480)], (4, 4), ["q h q"]),
        ([(60, 1440), (60, 2400)], (4, 4), ["h. q~", "w"]),
        ([(60, 1200), (60, 720)], (4, 4), ["h~ e q."]),
        ([(60, 1440)], (6, 8), ["h."]),
        ([(60, 480), (60, 480), (60, 480)], (6, 8), ["q e~ e q"]),  # the beat of a compound metre is seen
        ([(60, 480), (60, 960)], (3, 4), ["q h"]),
        ([(60, 160)] * 3 + [(60, 480)], (2, 4), ["3:e 3:e 3:e q"]),
        ([(60, 320), (60, 160), (60, 480)], (2, 4), ["3:q 3:e q"]),
        ([(60, 320)] * 3, (2, 4), ["3:q 3:q 3:q"]),
        ([(60, 80)] * 3 + [(60, 240), (60, 480)], (2, 4), ["3:1 3:1 3:1 e q"]),
        ([(60, 96)] * 5 + [(60, 480)], (2, 4), ["5:1 5:1 5:1 5:1 5:1 q"]),
        ([(60, 480), (None, 960), (60, 480)], (4, 4), ["q rq rq q"]),
        ([(60, 1920), (None, 1920), (60, 1920)], (4, 4), ["w", "r", "w"]),
    ],
)
def test_values(make: Make, notes: list[tuple[int | None, int]], metre: tuple[int, int], expected: list[str]) -> None:
    assert written(make(notes, metre)) == expected


def test_pickup_and_numbers(make: Make) -> None:
    sheet = engrave(make([(67, 480), (60, 1440), (62, 1440)], (3, 4), pickup=480))
    found = [(measure.number, measure.start, measure.ticks) for measure in sheet.measures]
    assert found == [(0, 0, 480), (1, 480, 1440), (2, 1920, 1440)]


def test_beams(make: Make) -> None:
    def beams(notes: list[tuple[int | None, int]], metre: tuple[int, int]) -> list[str]:
        measures = engrave(make(notes, metre)).measures
        return ["/".join(mark[0] for mark in one.beams) for measure in measures for one in measure.elements]

    assert beams([(60, 240)] * 8, (4, 4)) == ["b", "c", "c", "e"] * 2
    assert beams([(60, 240)] * 6, (6, 8)) == ["b", "c", "e"] * 2
    assert beams([(60, 240)] * 6, (3, 4)) == ["b", "e"] * 3
    assert beams([(60, 360), (60, 120), (60, 120), (60, 120), (60, 240)], (2, 4)) == ["b", "e/b", "b/b", "c/e", "e"]
    assert beams([(60, 240), (None, 240), (60, 480)], (2, 4)) == ["", "", ""]


@pytest.mark.parametrize(
    ("key", "sharps", "mode"),
    [("G major", 1, "major"), ("D minor", -1, "minor"), ("A dorian", 1, "dorian"), ("Bb mixolydian", -3, "mixolydian"),
     ("G# major", -4, "major"), ("Cb lydian", -6, "lydian"), ("E phrygian", 0, "phrygian"), ("F♯ minor", 3, "minor"),
     ("B locrian", 0, "locrian")],
)  # fmt: skip
def test_signatures(make: Make, key: str, sharps: int, mode: str) -> None:
    assert signature(make([(60, 480)], key=key)) == (sharps, mode)


def test_a_signature_is_found_where_none_is_stated(make: Make) -> None:
    for tonic, sharps in ((60, 0), (62, 2), (65, -1), (70, -2), (64, 4)):
        assert signature(make([(tonic + step, 480) for step in (0, 2, 4, 5, 7, 9, 11, 12)])) == (sharps, "")


def test_spelling() -> None:
    assert [spell(pitch, 0)[:2] for pitch in (60, 61, 63, 66, 68, 70)] == [
        ("C", 0), ("C", 1), ("E", -1), ("F", 1), ("G", 1), ("B", -1)
    ]  # fmt: skip
    assert spell(61, -4)[:2] == ("D", -1)
    assert spell(60, 7) == Spelled("B", 1, 3)
    assert spell(71, -7) == Spelled("C", -1, 5)
    for sharps in range(-7, 8):
        for pitch in range(128):
            letter, alter, octave = spell(pitch, sharps)
            assert 12 * (octave + 1) + {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}[letter] + alter == pitch


def changing(make: Make) -> Melody:
    notes = [Note(tick, tick + 240, 60 + tick // 240 % 12) for tick in range(0, 9600, 240)]
    made = make([(60, 9600)], (4, 4), title='Ča <& "x"> 曲', key="Eb major", program=40)
    metres = (MetreChange(0, 4, 4), MetreChange(3840, 3, 4), MetreChange(6720, 6, 8))
    tempos = (TempoChange(0, 96.5), TempoChange(3840, 140.0))
    from genstudio.domains.melody import Melody

    return Melody.build(notes, metres, tempos, 0, 9600, key=made.key, title=made.title, program=40)


def test_musicxml_by_music21(make: Make, tmp_path: Path) -> None:
    melody = changing(make)
    path = tmp_path / "a.musicxml"
    musicxml.write(melody, path, note="a note")
    score = music21.converter.parse(path)
    part = score.parts[0]
    assert score.metadata.title == melody.title
    assert [sign.ratioString for sign in part.recurse().getElementsByClass("TimeSignature")] == ["4/4", "3/4", "6/8"]
    assert [key.sharps for key in part.recurse().getElementsByClass("KeySignature")] == [-3]
    assert [mark.number for mark in part.recurse().getElementsByClass("MetronomeMark")] == [96.5, 140.0]
    assert part.getInstrument().midiProgram == 40
    assert [note.beams.beamsList[0].type for note in part.recurse().notes][:4] == ["start", "continue", "continue", "stop"]
    notes = part.flatten().stripTies().notes
    assert [(note.offset * 480, note.pitch.midi) for note in notes] == [(note.start, note.pitch) for note in melody.notes]
    back = DOMAIN.read(path).pieces[0]
    assert (back.notes and back.key, back.metres, back.tempos, back.program) == ("Eb major", melody.metres, melody.tempos, 40)


def test_mxl_is_compressed_and_the_same_each_time(make: Make, tmp_path: Path) -> None:
    for name in ("a.mxl", "b.mxl"):
        musicxml.write(changing(make), tmp_path / name)
    assert (tmp_path / "a.mxl").read_bytes() == (tmp_path / "b.mxl").read_bytes()
    assert zipfile.is_zipfile(tmp_path / "a.mxl")
    assert [note[:3] for note in DOMAIN.read(tmp_path / "a.mxl").pieces[0].notes] == [note[:3] for note in changing(make).notes]


def test_the_text_of_a_tune(make: Make) -> None:
    notes = [(67, 240), (66, 480), (66, 240), (65, 160), (67, 160), (69, 160), (None, 240), (74, 1440), (62, 1440)]
    text, moved = tunebook.document([make(notes, (6, 8), pickup=240, key="G major", bpm=180.0)])
    assert moved == 0
    assert text == ("%abc-2.1\nX:1\nT:A tune\nM:6/8\nL:1/8\nQ:3/8=120\nK:G\nG | F2F (3=FGAz | d6 | D6 |]\n"), text


def test_a_tunebook_of_many(make: Make, tmp_path: Path) -> None:
    melodies = [make([(60 + step, 480)] * 4, title=f"Tune {step}") for step in range(3)]
    (tmp_path / "a.abc").write_text(tunebook.document(melodies)[0], encoding="utf-8")
    back = DOMAIN.read(tmp_path / "a.abc").pieces
    assert [(one.title, one.notes[0].pitch) for one in back] == [("Tune 0", 60), ("Tune 1", 61), ("Tune 2", 62)]
    assert len(music21.converter.parse(tmp_path / "a.abc").scores) == 3


def test_lines_of_four_bars(make: Make) -> None:
    text = tunebook.document([make([(60, 1920)] * 10)])[0]
    assert [line.count("|") for line in text.split("\n")[7:-1]] == [4, 4, 2]


def test_times_that_abc_cannot_tell_are_moved_and_told(make: Make) -> None:
    text, moved = tunebook.document([make([(60, 487), (62, 473), (64, 960), (65, 1920)])])
    assert moved == 1
    assert "C2 D2 E4 | F8 |]" in text
