"""Scores from MusicXML: parts and staves, chord symbols, lyrics, percussion, keys, and which parts are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from genstudio.domains.music.notes import Note
from genstudio.domains.score import DOMAIN, Score
from genstudio.domains.score.piece import ChordSymbol, KeyChange, Lyric, Part, staves_of
from genstudio.domains.score.roles import with_roles
from genstudio.errors import FileError

HEAD = '<?xml version="1.0"?><score-partwise version="4.0"><work><work-title>Song</work-title></work><part-list>'
NAMES = {
    "V": '<score-part id="V"><part-name>Voice</part-name><midi-instrument id="v"><midi-program>53</midi-program></midi-instrument>'
    "</score-part>",
    "P": '<score-part id="P"><part-name>Piano</part-name><midi-instrument id="p"><midi-program>1</midi-program></midi-instrument>'
    "</score-part>",
    "D": '<score-part id="D"><part-name>Kit</part-name><midi-instrument id="snare"><midi-unpitched>39</midi-unpitched>'
    "</midi-instrument></score-part>",
}
FIRST = (
    "<attributes><divisions>2</divisions><key><fifths>1</fifths></key>"
    "<time><beats>3</beats><beat-type>4</beat-type></time></attributes>"
)


def note(
    step: str, duration: int, *, octave: int = 4, staff: int = 1, voice: str = "1", extra: str = "", chord: bool = False
) -> str:
    return (
        f"<note>{'<chord/>' if chord else ''}<pitch><step>{step}</step><octave>{octave}</octave></pitch>"
        f"<duration>{duration}</duration>{extra}<voice>{voice}</voice><staff>{staff}</staff></note>"
    )


def file(tmp_path: Path, **parts: list[str]) -> Path:
    """A score with the measures of each part."""
    names = "".join(NAMES[name] for name in parts)
    body = "".join(
        f'<part id="{name}">' + "".join(f'<measure number="{at}">{one}</measure>' for at, one in enumerate(measures, 1)) + "</part>"
        for name, measures in parts.items()
    )
    path = tmp_path / "song.musicxml"
    path.write_text(f"{HEAD}{names}</part-list>{body}</score-partwise>", encoding="utf-8")
    return path


def read(path: Path, **options: object) -> Score:
    (piece,) = DOMAIN.read(path, **options).pieces
    assert isinstance(piece, Score)
    return piece


def harmony(root: str, kind: str, *, bass: str = "", degree: bool = False, text: str = "") -> str:
    under = f"<bass><bass-step>{bass}</bass-step></bass>" if bass else ""
    more = "<degree><degree-value>9</degree-value><degree-alter>-1</degree-alter><degree-type>add</degree-type></degree>"
    above = f'<root><root-step>{root}</root-step></root><kind text="{text}">{kind}</kind>'
    return f"<harmony>{above}{under}{more if degree else ''}</harmony>"


SUNG = [
    FIRST + harmony("G", "major") + note("G", 2, extra="<lyric><syllabic>begin</syllabic><text>Mor</text></lyric>")
    + note("A", 2, extra="<lyric><syllabic>end</syllabic><text>ning</text></lyric>") + harmony("D", "dominant", bass="F")
    + note("B", 2, extra='<tie type="start"/>'),
    note("B", 4, extra='<tie type="stop"/>') + harmony("G", "major") + note("G", 2),
]  # fmt: skip
HANDS = [
    FIRST + note("G", 6) + note("B", 6, chord=True) + "<backup><duration>6</duration></backup>" + note("G", 6, octave=2, staff=2),
    note("D", 6) + "<backup><duration>6</duration></backup>" + note("D", 3, octave=3, staff=2, voice="5")
    + note("C", 3, octave=3, staff=2, voice="5") + "<backup><duration>6</duration></backup>"
    + note("D", 6, octave=2, staff=2, voice="6"),
]  # fmt: skip


def test_each_part_and_each_hand_is_read_with_chord_symbols_and_lyrics(tmp_path: Path) -> None:
    piece = read(file(tmp_path, V=SUNG, P=HANDS))
    assert [(part.name, part.role, part.program) for part in piece.parts] == [
        ("Voice", "melody", 52), ("Piano", "chords", 0), ("Piano", "bass", 0), ("Chords", "symbols", 0),
    ]  # fmt: skip
    voice, upper, lower, symbols = piece.parts
    assert [n[:3] for n in voice.notes] == [(0, 480, 67), (480, 960, 69), (960, 2400, 71), (2400, 2880, 67)]
    assert voice.lyrics == (Lyric(0, "Mor", True), Lyric(480, "ning", False))
    assert [n[:3] for n in upper.notes] == [(0, 1440, 71), (0, 1440, 67), (1440, 2880, 62)]
    assert [n[:3] for n in lower.notes] == [(0, 1440, 43), (1440, 2160, 50), (1440, 2880, 38), (2160, 2880, 48)]
    assert symbols.chords == (
        ChordSymbol(0, 960, 7, "major"), ChordSymbol(960, 2400, 2, "dominant", 5), ChordSymbol(2400, 2880, 7, "major"),
    )  # fmt: skip
    assert (piece.bars, piece.metres[0].name, piece.key, piece.tonic % 12) == (2, "3/4", "G major", 7)
    assert staves_of(piece) == [(0,), (1, 2), (3,)]


def test_a_piano_alone_has_its_melody_in_the_upper_hand(tmp_path: Path) -> None:
    assert [part.role for part in read(file(tmp_path, P=HANDS)).parts] == ["melody", "bass"]


def test_percussion_is_read_as_what_is_struck(tmp_path: Path) -> None:
    hit = '<note><unpitched><display-step>C</display-step></unpitched><duration>2</duration><instrument id="snare"/></note>'
    rest = "<note><rest/><duration>2</duration></note>"
    piece = read(file(tmp_path, V=SUNG, D=[FIRST + hit + rest + hit, rest * 3]))
    drums = piece.parts[1]
    assert (drums.name, drums.role) == ("Kit", "drums")
    assert [(n.start, n.pitch) for n in drums.notes] == [(0, 38), (960, 38)]
    assert 38 not in [n.pitch for n in piece.notes]


def test_what_a_chord_symbol_cannot_say_is_simplified_and_counted(tmp_path: Path) -> None:
    measures = [
        FIRST + harmony("C", "dominant", degree=True) + note("C", 2) + harmony("G", "suspended-fourth", text="7sus4") + note("D", 2)
        + harmony("A", "Tristan") + note("E", 2),
        "<harmony><kind>none</kind></harmony>" + note("F", 6),
    ]  # fmt: skip
    result = DOMAIN.read(file(tmp_path, V=measures))
    assert result.pieces[0].symbols == (
        ChordSymbol(0, 480, 0, "dominant"), ChordSymbol(480, 960, 7, "dominant-suspended"),
        ChordSymbol(960, 1440, 9, "half-diminished"),
    )  # fmt: skip
    assert "2 chord symbols were simplified" in list(map(str, result.remarks))


def test_repeats_are_played_in_all_parts(tmp_path: Path) -> None:
    again = '<barline location="right"><repeat direction="backward"/></barline>'
    piece = read(file(tmp_path, V=[SUNG[0] + again, SUNG[1]], P=HANDS))
    assert piece.bars == 3
    assert [n.start for n in piece.parts[1].notes] == [0, 0, 1440, 1440, 2880]
    assert piece.parts[0].lyrics[2] == Lyric(1440, "Mor", True)


def test_keys_change_with_the_signature(tmp_path: Path) -> None:
    other = FIRST.replace("<fifths>1</fifths>", "<fifths>-3</fifths>")
    piece = read(file(tmp_path, V=[SUNG[0], SUNG[1], other + note("E", 6), note("E", 6)]))
    assert (piece.key, piece.key_changes) == ("G major", (KeyChange(2880, "Eb major"),))
    assert DOMAIN.part(piece, 2, 4).key_changes == (KeyChange(1440, "Eb major"),)
    assert DOMAIN.part(piece, 3, 4).key == "Eb major"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [("melody", ["Voice"]), ("symbols,melody", ["Chords", "Voice"]), ("piano", ["Piano", "Piano"]), ("3,1", ["Piano", "Voice"])],
)
def test_parts_are_taken_by_role_name_or_number(tmp_path: Path, wanted: str, names: list[str]) -> None:
    assert [part.name for part in read(file(tmp_path, V=SUNG, P=HANDS), parts=wanted).parts] == names


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [("9", "there is no part 9; it has 4"), ("pianola", "did you mean 'Piano'"), (" , ", "no part was named")],
)
def test_a_part_that_is_not_there_is_refused(tmp_path: Path, wanted: str, reason: str) -> None:
    with pytest.raises(FileError, match=reason):
        DOMAIN.read(file(tmp_path, V=SUNG, P=HANDS), parts=wanted)


def test_of_many_parts_the_fullest_are_kept(tmp_path: Path) -> None:
    names = {f"X{at}": f'<score-part id="X{at}"><part-name>Part {at}</part-name></score-part>' for at in range(10)}
    NAMES.update(names)
    long = FIRST + note("C", 2) * 3
    parts = {name: [long if at not in (3, 7) else FIRST + note("C", 6)] for at, name in enumerate(names)}
    result = DOMAIN.read(file(tmp_path, **parts))
    assert [part.name for part in result.pieces[0].parts] == [f"Part {at}" for at in range(10) if at not in (3, 7)]
    assert "of its 10 parts 8 were kept; left out: Part 3, Part 7" in list(map(str, result.remarks))


def quartet(*means: int) -> list[Part]:
    return [
        Part(name=name, program=program, notes=(Note(0, 480, pitch), Note(480, 960, pitch + 2)))
        for name, program, pitch in zip(("Violin", "Violin", "Viola", "Cello"), (40, 40, 41, 42), means, strict=True)
    ]


def test_the_highest_of_equal_voices_is_the_melody_and_the_lowest_the_bass() -> None:
    assert [part.role for part in with_roles(quartet(76, 70, 62, 48))] == ["melody", "other", "other", "bass"]
    plain = [Part(name="", notes=(Note(0, 480, pitch),)) for pitch in (72, 65, 60, 50)]
    assert [part.role for part in with_roles(plain)] == ["melody", "other", "other", "bass"]


def test_a_part_of_chords_accompanies() -> None:
    chords = Part(name="Guitar", program=24, notes=tuple(Note(at, at + 480, pitch) for at in (0, 480) for pitch in (52, 59, 64)))
    tune = Part(name="Flute", program=73, notes=(Note(0, 960, 74),))
    assert [part.role for part in with_roles([chords, tune])] == ["chords", "melody"]
