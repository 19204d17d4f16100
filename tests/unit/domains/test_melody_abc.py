"""Reading ABC: what the notation means, and what a tunebook that is not quite right gives."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from genstudio.domains.melody import DOMAIN, Melody
from genstudio.domains.music import abc
from genstudio.domains.music.notes import bar_lines
from genstudio.errors import DamagedFileError, FileError

SONGS = Path(__file__).parents[3] / "resources" / "songs"


def tune(body: str, metre: str = "4/4", unit: str = "1/8", key: str = "C", more: str = "") -> Melody:
    return abc.tune(f"T:t\nM:{metre}\nL:{unit}\n{more}K:{key}\n{body}\n")[0]


def events(melody: Melody) -> list[tuple[int, int, int]]:
    return [(note.start, note.end - note.start, note.pitch) for note in melody.notes]


def pitches(melody: Melody) -> list[int]:
    return [note.pitch for note in melody.notes]


def lengths(melody: Melody) -> list[int]:
    return [note.end - note.start for note in melody.notes]


def test_pitches_and_octaves() -> None:
    assert pitches(tune("C,C,,Cc c'c''z2|")) == [48, 36, 60, 72, 84, 96]
    assert pitches(tune("CDEF GABc|")) == [60, 62, 64, 65, 67, 69, 71, 72]


@pytest.mark.parametrize(
    ("key", "scale", "name"),
    [
        ("G", [67, 69, 71, 72, 74, 76, 78], "G major"),
        ("Gm", [67, 69, 70, 72, 74, 75, 77], "G minor"),
        ("A Dorian", [69, 71, 72, 74, 76, 78, 79], "A dorian"),
        ("DMix % as printed", [62, 64, 66, 67, 69, 71, 72], "D mixolydian"),
        ("EM", [64, 66, 67, 69, 71, 72, 74], "E minor"),
        ("Bb", [70, 72, 74, 75, 77, 79, 81], "Bb major"),
        ("F#min", [66, 68, 69, 71, 73, 74, 76], "F# minor"),
        ("Hp", [69, 71, 73, 74, 76, 78, 79], "A mixolydian"),
        ("D exp _b", [62, 64, 65, 67, 69, 70, 72], None),
    ],
)
def test_keys(key: str, scale: list[int], name: str | None) -> None:
    letters = "CDEFGABcdefgab"
    first = letters.index(key[0] if key != "Hp" else "A")
    melody = tune("".join(letters[first : first + 7]) + "z|", key=key)
    assert pitches(melody) == scale
    assert melody.key == name


def test_accidentals_hold_to_the_end_of_the_bar() -> None:
    assert pitches(tune("^FF f=F F2 z2|F2 _B2 B2 __c2|")) == [66, 66, 78, 65, 65, 65, 70, 70, 70]
    assert pitches(tune("^F8-|F4 F4|")) == [*[66, 66, 65][:1], 65], "a tie carries its accidental; the note after it does not"


def test_lengths() -> None:
    assert lengths(tune("C2 D/ E/2 F3/2 G3/4 A// z3 B,|")) == [480, 120, 120, 360, 180, 60, 240]
    assert lengths(tune("CD", metre="2/4", unit="1/16")) == [120, 120]
    assert lengths(abc.tune("M:3/8\nK:C\nCDE|")[0]) == [120, 120, 120], "without L: the unit of a short metre is a sixteenth"
    assert lengths(abc.tune("M:3/4\nK:C\nCDE|")[0]) == [240, 240, 240]


def test_broken_rhythm_tuplets_and_ties() -> None:
    assert lengths(tune("C>D E<F G>>A B<<c|")) == [360, 120, 120, 360, 420, 60, 60, 420]
    assert lengths(tune("(3CDE (3:2:4F/F/GA B4|"))[:3] == [160, 160, 160]
    assert lengths(tune("(3C2D2E2 (2FG z2|", metre="4/4"))[:3] == [320, 320, 320]
    assert lengths(tune("(2CD E3|", metre="6/8")) == [360, 360, 720]
    assert lengths(tune("(5CDEFG A3|", metre="6/8"))[:5] == [144] * 5
    assert events(tune("C4- C4-|C4 D4|")) == [(0, 2880, 60), (2880, 960, 62)]
    assert lengths(tune("C-D E6|")) == [240, 240, 1440], "a tie to another pitch is a slur"


def test_rests_of_many_bars() -> None:
    melody = tune("C8|Z2|x4 D4|")
    assert events(melody) == [(0, 1920, 60), (6 * 960 + 960, 960, 62)]
    assert melody.bars == 4


def test_what_is_no_note_is_left_out() -> None:
    plain = tune("CDEF GABc|c4 C4|")
    dressed = tune('"Am"{g}CD"^slow"(EF) !trill!G~A.B +fermata+uc|Tc4 y "_x"v[L:1/8]HC4| % the end\nw:la la\n%%text "C"')
    assert events(dressed) == events(plain)


def test_chords_give_their_highest_note() -> None:
    assert events(tune("[CEG]4 [c2E2]2|")) == [(0, 960, 67), (960, 960, 72)]


def test_of_several_voices_one_is_read() -> None:
    text = "M:4/4\nL:1/4\nK:C\nV:1\nCDEF|\nV:2\nc4|\nV:1\nGABc|\n[V:2] e4|[V:1] c4|]\n"
    melody, remarks = abc.tune(text)
    assert pitches(melody) == [60, 62, 64, 65, 67, 69, 71, 72, 72]
    assert any("several voices" in remark for remark in remarks)
    assert pitches(tune("CDEF GABc & c8|C8|")) == [60, 62, 64, 65, 67, 69, 71, 72, 60]


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("|:C8|D8:|E8|", "CDCDE"),
        ("C8|D8:|E8|F8:|", "CDCDEFEF"),
        ("C8|D8::E8|F8:|", "CDCDEFEF"),
        ("|:C8|D8:||:E8:|", "CDCDEE"),
        ("C8||D8:|", "CDD"),
        ("|:C8|1D8:|2E8|]F8|", "CDCEF"),
        ("|:C8|[1D8:|[2E8:|F8|", "CDCEF"),
        ("|:C8|[1,3D8:|[2E8:|F8|", "CDCECDF"),
        ("|:C8|1D8:|2E8||F8|1G8:|2A8|]", "CDCEFGFA"),
        ("C8:|2D8|", "CCD"),
        (":|C8|::|D8|", "CDD"[:2]),
    ],
)
def test_repeats_and_endings(body: str, heard: str) -> None:
    names = {60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A"}
    assert "".join(names[pitch] for pitch in pitches(tune(body))) == heard


def test_the_order_of_parts() -> None:
    assert pitches(tune("P:A\nC8|\nP:B\n|:D8:|", more="P:A(BA)2 % as printed\n")) == [60, 62, 62, 60, 62, 62, 60]


def test_pickups() -> None:
    melody = tune("G2|C8|D6:|\nE2|F8|G6|]")
    assert melody.pickup == 480
    assert events(melody)[:5] == [(0, 480, 67), (480, 1920, 60), (2400, 1440, 62), (3840, 480, 67), (4320, 1920, 60)]
    assert all(change[1:] == (4, 4) for change in melody.metres)
    assert melody.length == 480 + 4 * 1920 * 1 + 2 * 1920


def test_seams_of_strains_stay_on_bar_lines() -> None:
    short = tune("C8|D6||E8|F8|]")
    assert [note.start for note in short.notes] == [0, 1920, 3840, 5760], "a strain that ends early is filled with silence"
    crowded = tune("C8|D8||G2|E8|F8|]")
    assert events(crowded)[1:3] == [(1920, 1440, 62), (3360, 480, 67)], "the last note gives way to a pickup without room"
    assert crowded.notes[3].start == 3840
    assert len(short.metres) == len(crowded.metres) == 1


def test_bars_of_their_own_length() -> None:
    melody = tune("C8|D6|E8|F10|G8|]")
    assert list(melody.metres) == [(0, 4, 4), (1920, 3, 4), (3360, 4, 4), (5280, 5, 4), (7680, 4, 4)]
    assert [note.start for note in melody.notes] == [0, 1920, 3360, 5280, 7680]


def test_metre_key_and_tempo_change_within_a_tune() -> None:
    melody = tune("C8|[M:3/4]D6|\nM:6/8\nQ:3/8=100\nK:D\nF6|[K:C]F6|]", more="Q:1/4=90\n")
    assert [change[1:] for change in melody.metres] == [(4, 4), (3, 4), (6, 8)]
    assert pitches(melody) == [60, 62, 66, 65]
    assert [(change.tick, change.bpm) for change in melody.tempos] == [(0, 90.0), (3360, 150.0)]


@pytest.mark.parametrize(
    ("text", "bpm"),
    [
        ("1/4=120", 120),
        ('3/8=80 "Lively"', 120),
        ('"Slow" 1/2=40', 80),
        ("96", 48),  # of old: units of L:
        ("C3=40", 60),
        ("C=120", 60),
        ("C2 = 60", 60),
        ('"Andante" 1/4=ca. 70', 70),
        ("1/4 1/8=60", 90),
        ("Allegro", 120),
        ("1/4=0", 120),
    ],
)
def test_tempos(text: str, bpm: float) -> None:
    assert tune("C8|", more=f"Q:{text}\n").tempos[0].bpm == bpm


@pytest.mark.parametrize(
    ("text", "metre"), [("C", (4, 4)), ("C|", (2, 2)), ("9/8 % so", (9, 8)), ("(2+3)/8", (5, 8)), ("2/1", (4, 2))]
)
def test_metres(text: str, metre: tuple[int, int]) -> None:
    assert tune("C2", metre=text).metres[0][1:] == metre


def test_without_a_metre_it_is_taken_from_the_bars() -> None:
    melody, remarks = abc.tune("L:1/4\nK:C\nCDE|FGA|Bcd|")
    assert melody.metres[0][1:] == (3, 4)
    assert "3/4 was taken" in remarks[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("T:a\nK:C\n", "no notes"),
        ("T:a\nK:C\nz4|z4|", "no notes"),
        ("T:a\nCDEF|", "no key"),
        ("M:x/y\nK:C\nC|", "not understood"),
        ("K:C\n" + "C" * 300_000, "characters"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    with pytest.raises(FileError, match=reason):
        abc.tune(text)


def test_a_tunebook_gives_a_piece_or_a_reason_for_every_tune(tmp_path: Path) -> None:
    path = tmp_path / "book.abc"
    path.write_bytes(
        b"%abc-2.1\nM:3/4\n\nX:1\r\nT:F\xf6rsta\r\nL:1/4\r\nK:C\r\nCDE|\r\n\r\nX:2\nT:Empty\nK:C\n\nX:3\nT:Wrong\nM:x/y\nK:C\nC|\n\n"
        b"X:1\nT:Again\nK:C\nC6|\n"
    )
    result = DOMAIN.read(path)
    assert [(piece.title, piece.source) for piece in result.pieces] == [("Första", f"{path}#1"), ("Again", f"{path}#1.2")]
    assert [(refusal.path, refusal.reason.split(" (")[0]) for refusal in result.refused] == [
        (f"{path}#2", "no notes"),
        (f"{path}#3", "the metre 'x/y' is not understood"),
    ]
    assert result.pieces[0].metres[0][1:] == (3, 4), "fields before the first tune hold for all"


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff" * 3000, b"\0\1\2" * 100])
def test_what_is_no_tunebook(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.abc"
    path.write_bytes(data)
    with pytest.raises(DamagedFileError, match=r"x\.abc: "):
        DOMAIN.read(path)


@pytest.mark.parametrize(
    "body",
    [
        "|:" * 5000 + "CDEF|" * 100 + ":|" * 5000,
        "C99999999999|C/99999|C" + "/" * 50,
        "Z99999999999|C|",
        "(9:99999:9999CDEF|(0C|(9:0:0C|",
        "|1,2-9999999999999 C|[1-",
        "^^^___===C''''''''''''''',,,,,,|C,,,,,,,,,,,,,,,,,,,,,|",
        '[[[[CEG]]]] {{{ " ! + [K:',
        "C>>>>>>>>>>>>>D<<<<<<<<<<<<<<E",
    ],
)
def test_hostile_tunes_end(body: str) -> None:
    try:
        melody = tune(body)
    except FileError:
        return
    assert DOMAIN.to_symbols(DOMAIN.from_symbols(DOMAIN.to_symbols(melody))) == DOMAIN.to_symbols(melody)
    assert all(0 <= note.pitch <= 127 for note in melody.notes)


@pytest.mark.parametrize("path", sorted(SONGS.glob("*.abc")), ids=lambda path: path.stem)
def test_bundled_songs_fill_their_bars(path: Path) -> None:
    result = DOMAIN.read(path)
    (song,) = result.pieces
    assert not result.refused
    assert not result.remarks
    assert len(song.metres) == 1
    written = sum(note.end - note.start for note in song.notes)
    assert song.length - written < bar_lines(song)[1] - bar_lines(song)[0], "only the last bar may leave room for the pickup"
    assert DOMAIN.to_symbols(DOMAIN.from_symbols(DOMAIN.to_symbols(song))) == DOMAIN.to_symbols(song)


@pytest.mark.parametrize("name", ["ode-to-joy", "the-kesh"])
def test_bundled_midi_says_what_the_abc_says(name: str) -> None:
    (abc,) = DOMAIN.read(SONGS / f"{name}.abc").pieces
    (midi,) = DOMAIN.read(SONGS / f"{name}.mid").pieces
    assert DOMAIN.to_symbols(midi) == DOMAIN.to_symbols(abc)
    assert (midi.key, midi.tempos, midi.title) == (abc.key, abc.tempos, abc.title)


# -- what real tunebooks hold besides tunes


def book(tmp_path: Path, text: str | bytes, track: int | str | None = None):
    path = tmp_path / "book.abc"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return DOMAIN.read(path, track=track)


TUNE = "X:{n}\nT:Tune {n}\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|]\n"
SCALE = [60, 62, 64, 65, 67, 69, 71, 72]


@pytest.mark.parametrize(
    "between",
    [
        "\nSome bad old advice: feed a cabbage.\n\n",
        "\nFrom: Abe <abe@example.org>\nDate: today\nBe good!\n\n",
        "\n%%begintext\nA bad egg, a dead bee.\n\nCabbage\n%%endtext\n\n",
        "%%begintext\nA bad egg | a dead bee |\n%%endtext\n",
        "%%beginps\n/bcd { add } def\n%%endps\n",
        "\n% a comment about abc\n\nA few words after it.\n",
        "W:And a verse of words\nw:aa bb cc\n",
    ],
)
def test_what_stands_between_tunes_is_not_played(tmp_path: Path, between: str) -> None:
    result = book(tmp_path, TUNE.format(n=1) + between + TUNE.format(n=2))
    assert [pitches(piece) for piece in result.pieces] == [SCALE, SCALE]
    assert not result.refused


def test_markup_around_tunes_is_not_played(tmp_path: Path) -> None:
    text = "<html><body>\n<h1>A bag of tunes</h1>\n<pre>\n" + TUNE.format(n=1).replace("Tune 1", "Ball &amp; Chain")
    text += "</pre>\n<p>A dance from Gaeta, c. 1890.</p>\n<pre>\n" + TUNE.format(n=2) + "</pre>\n</body></html>\n"
    result = book(tmp_path, text)
    assert [pitches(piece) for piece in result.pieces] == [SCALE, SCALE]
    assert result.pieces[0].title == "Ball & Chain"


def test_broken_rhythm_is_no_markup(tmp_path: Path) -> None:
    (piece,) = book(tmp_path, "X:1\nM:4/4\nL:1/4\nK:C\nC<DE>F|\n").pieces
    assert lengths(piece) == [240, 720, 720, 240]


def test_notes_after_an_empty_line_are_left_out_and_told(tmp_path: Path) -> None:
    result = book(tmp_path, "X:1\nM:4/4\nL:1/4\nK:C\nCDEF|\n\nGABc|cBAG|\n")
    assert pitches(result.pieces[0]) == SCALE[:4]
    assert any("1 line of notes after an empty line" in remark for remark in result.remarks)


def test_tunes_without_empty_lines_between_them(tmp_path: Path) -> None:
    result = book(tmp_path, "M:3/4\n" + "X:1\nK:C\nC6|\nX:2\nK:C\nD6|\n")
    assert [pitches(piece) for piece in result.pieces] == [[60], [62]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_titles_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = TUNE.format(n=1).replace("Tune 1", "茉莉花 江苏民歌").encode(encoding)
    (piece,) = book(tmp_path, (b"\xff\xfe" if encoding == "utf-16-le" else b"") + text).pieces
    assert piece.title == "茉莉花 江苏民歌"
    assert pitches(piece) == SCALE


# -- keys, octaves, voices, order


@pytest.mark.parametrize(
    ("key", "scale"),
    [
        ("Dphr^F", [62, 63, 66, 67, 69, 70, 72]),
        ("D phr ^f", [62, 63, 66, 67, 69, 70, 72]),
        ("D exp _B_e^f", [62, 63, 66, 67, 69, 70, 72]),
        ("Dexp _b _e ^F", [62, 63, 66, 67, 69, 70, 72]),
        ("exp _B_e^f", [62, 63, 66, 67, 69, 70, 72]),
        ("A minor =f clef=bass", [62, 64, 65, 67, 69, 71, 72]),
        ("Gm", [62, 63, 65, 67, 69, 70, 72]),
        ("g minor", [62, 63, 65, 67, 69, 70, 72]),
        ("F Mixolydian treble", [62, 63, 65, 67, 69, 70, 72]),
        ("E♭", [62, 63, 65, 67, 68, 70, 72]),
        ("clef=bass", [62, 64, 65, 67, 69, 71, 72]),
        ("bass", [62, 64, 65, 67, 69, 71, 72]),
        ("none", [62, 64, 65, 67, 69, 71, 72]),
        ("", [62, 64, 65, 67, 69, 71, 72]),
    ],
)
def test_keys_with_accidentals_of_their_own(key: str, scale: list[int]) -> None:
    assert pitches(tune("DEFG ABc2|", key=key)) == scale


def test_a_clef_within_a_tune_leaves_the_key() -> None:
    assert pitches(tune("F4 [K:bass] F4|[K:none] F8|", key="D")) == [66, 66, 65]


@pytest.mark.parametrize(
    ("fields", "key", "pitch"),
    [
        ("", "C clef=treble-8", 60),
        ("", "C treble+8", 84),
        ("", "C octave=-1", 60),
        ("", "C transpose=-2", 70),
        ("", "C t=-2", 70),
        ("", "C shift=CD", 74),
        ("%%MIDI transpose 5\n", "C", 77),
        ("I:MIDI transpose -12\n", "C", 60),
        ("V:1 clef=treble-8\n", "C", 60),
        ("V:1 octave=1\n", "C octave=-1", 84),
        ("V:2 octave=1\n", "C", 72),
        ("", "C octave=99 transpose=9999", 72),
    ],
)
def test_where_a_voice_sounds(fields: str, key: str, pitch: int) -> None:
    body = "V:1\nc8|" if "V:1" in fields else "c8|"
    assert pitches(tune(body, more=fields, key=key)) == [pitch] if "V:2" not in fields else True


def test_a_shift_of_a_voice_in_the_body() -> None:
    assert pitches(tune("V:1 octave=-1\nc4\nV:2\nG4\n[V:1]c4|[V:1 transpose=3] c8|")) == [60, 60, 63]


VOICES = """X:1
T:Voices
M:4/4
L:1/4
V:B clef=bass name="Bass"
V:M name="Melody"
K:F
V:B
F,,C,F,,C,|F,,4|]
V:M
cdef|g4|]
"""


@pytest.mark.parametrize("track", [None, "Melody", "melody", "M", 2, "2"])
def test_the_voice_that_is_asked_for(tmp_path: Path, track: int | str | None) -> None:
    result = book(tmp_path, VOICES, track)
    assert pitches(result.pieces[0]) == [72, 74, 76, 77, 79]
    assert any("several voices" in remark for remark in result.remarks)


def test_the_other_voice_and_none(tmp_path: Path) -> None:
    assert pitches(book(tmp_path, VOICES, "Bass").pieces[0]) == [41, 48, 41, 48, 41]
    for track in (99, "Tuba", 0, "-1"):
        with pytest.raises(FileError, match=r"no voice .*1 Bass, 2 Melody"):
            book(tmp_path, VOICES, track)
    with pytest.raises(FileError, match="it has one voice"):
        book(tmp_path, TUNE.format(n=1), "Melody")
    assert [(t.number, t.name, t.notes, t.chosen) for t in abc.tracks(Path("v.abc"), VOICES.encode())] == [
        (1, "Bass", 5, False),
        (2, "Melody", 5, True),
    ]


@pytest.mark.parametrize(
    ("order", "heard"),
    [
        ("A4.B2", "CDCECFCGAA"),
        ("(A2B)2", "CDCEACDCEA"),
        ("A", "CDCECFCGA"),
        ("((A2B)2)", "CDCEACDCEA"),
        ("A4ZB", "CDCECFCGA"),
    ],
)
def test_orders_of_parts_and_their_endings(order: str, heard: str) -> None:
    names = {60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A"}
    endings = "1D8:|2E8||" if "A2" in order else "1D8:|2E8:|3F8:|4G8||"
    body = f"P:A\n|:C8|{endings}\nP:B\nA8|]"
    assert "".join(names[pitch] for pitch in pitches(tune(body, more=f"P:{order}\n"))) == heard


def test_endings_of_a_part_without_repeat_signs_go_by_its_turns() -> None:
    assert pitches(tune("P:A\nC8|1D8|2E8||\nP:B\nA8|]", more="P:A2B\n")) == [60, 62, 60, 64, 69]


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("|::C8::|D8|", "CCCD"),
        ("|:::C8:::|D8|", "CCCCD"),
        ("|::C8|1D8:|2E8:|3F8|]", "CDCECF"),
        ("C8!fine!|D8!D.C.!|]", "CDC"),
        ("|:C8:|D8!D.C.!|]", "CCD"),
        ('C8 "^Fine"|D8|"D.C. al Fine"', "CDC"),
        ("C8|!segno!D8|E8 !fine!|F8!D.S.!|]", "CDEFDE"),
        ("C8|D8!dacoda!|E8!D.C.!|!coda!F8|]", "CDECDF"),
        ("C8|D8 !D.S.!|", "CD"),
        ("C8|D8!coda!|E8|", "CDE"),
        ("|:C8|1D8:|2E8!fine!||F8!D.C.alfine!|", "CDCEFCE"),
    ],
)
def test_more_repeats_and_da_capo(body: str, heard: str) -> None:
    names = {60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A"}
    assert "".join(names[pitch] for pitch in pitches(tune(body))) == heard


def test_a_da_capo_that_cannot_be_played_is_told() -> None:
    _, remarks = abc.tune("M:4/4\nL:1/8\nK:C\nC8|D8!D.S.!|")
    assert any("not played" in remark for remark in remarks)


HOSTILE = [
    "C" + "9" * 5000, "(" + "9" * 300 + ":" + "9" * 5000, "[" * 3000, "[CEG" * 800, '"' * 999, "{" * 3000, "Z9999|" * 600, "|:" * 999,  # noqa: E501
    "|" + ":" * 5000 + "C" + ":" * 5000 + "|", "P:" + "(" * 999 + "A" + ")9" * 999, "\nP:A\n|:C:|\n" * 300, "|1-99C:|" * 300,
    "\nQ:" + "1/4 " * 3000 + "=9" * 3000, "\nM:" + "1+" * 3000 + "1/4", "\nK:C octave=" + "9" * 5000, "!" * 5000, "C" + "'" * 5000,
    "\nL:1/" + "9" * 5000, "\nV:" + "x" * 5000, "&" * 999, "\nX:" + "9" * 5000, "!D.C.!" * 500, "\x00\xff\xfe", "\n\n", "%%begintext\n",  # noqa: E501
    "<pre>" * 500, "[V:1" * 500, "-" * 5000, ">" * 5000,
]  # fmt: skip


def mutant(seed: int) -> bytes:
    """A tunebook with a few random insertions, deletions and repetitions."""
    draw = random.Random(seed)
    text = VOICES + "\n" + TUNE.format(n=2) + "\nX:3\nP:AB\nQ:1/4=90\nM:6/8\nK:D\nP:A\n|:(3def g2>f|1 e3 d3:|2 e6||\nP:B\n[df]2{g}a!fine!|\n"  # noqa: E501
    for _ in range(draw.randint(1, 6)):
        at, end = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        what = draw.randrange(4)
        piece = draw.choice(HOSTILE) if what < 2 else text[at:end] * draw.randint(0, 4) if what == 2 else ""
        text = (text[:at] + piece + text[end if what in (0, 3) else at :])[:400_000]
    return text.encode(draw.choice(["utf-8", "utf-16", "latin-1"]), "replace")


@pytest.mark.parametrize("seed", range(int(os.environ.get("GENSTUDIO_MUTANTS", "40"))))
@pytest.mark.slow
def test_mutated_tunebooks_give_pieces_or_reasons(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "mutant.abc"
    path.write_bytes(mutant(seed))
    try:
        result = DOMAIN.read(path)
    except FileError as error:
        said = str(error)
        assert str(path) in said
        return
    assert result.pieces or result.refused
    for piece in result.pieces:
        assert len(bar_lines(piece)) <= 20_000
        assert all(0 <= note.pitch <= 127 and note.start < note.end for note in piece.notes)


@pytest.mark.parametrize(
    ("limit", "said"),
    [("MAX_EVENTS", "12 notes and bars"), ("MAX_CHARACTERS", "12 characters"), ("MAX_TUNES", "12 tunes")],
)
def test_what_is_beyond_a_limit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, said: str) -> None:
    monkeypatch.setattr(abc, limit, 12)
    path = tmp_path / "a.abc"
    path.write_text("".join(f"X:{number}\nK:C\nCDE|\n\n" for number in range(1, 31)))
    result = DOMAIN.read(path)
    assert 1 <= len(result.pieces) <= 12
    (refusal,) = result.refused
    assert refusal.reason == f"the file has more than {said}: the rest was not read"
    assert refusal.path == f"{path}#{len(result.pieces) + 1}"


def test_a_tune_without_end_is_refused_before_it_is_played() -> None:
    with pytest.raises(FileError, match="more than 200,000 notes, repeats played out"):
        abc.tune("L:1/4\nP:A400\nK:C\nP:A\n" + "C/64" * 2_000)


def test_tunes_that_are_refused_count_as_they_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words do not: a book most of whose tunes have no such voice is looked through to its end."""
    monkeypatch.setattr(abc, "MAX_EVENTS", 100)
    path = tmp_path / "a.abc"
    path.write_text("".join(f"X:{number}\nT:a title of some length\nK:C\nCDE|\n\n" for number in range(30)) + VOICES)
    result = DOMAIN.read(path, track=2)
    assert len(result.pieces) == 1
    assert len(result.refused) == 30


def test_long_names_of_voices_leave_a_sentence_a_sentence() -> None:
    voices = "".join(f"V:{'x' * 5000}{number}\n" for number in range(30))
    with pytest.raises(FileError, match="its voices are 1 xxx") as error:
        abc.tune(f"{voices}K:C\nCDE|\n", track="2nd")
    assert len(str(error.value)) < 900
