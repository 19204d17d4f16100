"""ABC as it is found: in pages and letters, with the signs and spellings that people use."""

from __future__ import annotations

from pathlib import Path

import pytest

from genstudio.domains.base import ReadResult
from genstudio.domains.melody import DOMAIN

_NAMES = {60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A", 71: "B", 72: "c", 74: "d", 76: "e", 77: "f", 79: "g"}


def read(folder: Path, text: str | bytes, track: int | str | None = None) -> ReadResult:
    path = folder / "book.abc"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return DOMAIN.read(path, track=track)


def heard(result: ReadResult) -> list[str]:
    return ["".join(_NAMES.get(note.pitch, f"({note.pitch})") for note in piece.notes) for piece in result.pieces]


def a_tune(number: int = 1, body: str = "C|D|]") -> str:
    return f"X:{number}\nT:t\nM:4/4\nL:1/1\nK:C\n{body}\n"


LETTER = "From: bob@abc.de\nSubject: A big bad egg\nDate: Feb 3\n\nDear all,\nE: a b c\nQ: what a cage?\nL: a\n\n"


@pytest.mark.parametrize(
    ("text", "tunes"),
    [
        (LETTER + a_tune() + "\nBe good, Abe\n-- \nBC\n\n" + a_tune(2, "E|F|]"), ["CD", "EF"]),
        ("%% begintext\nX:5\nK:C\nCDE|\n%% endtext\n\n" + a_tune(), ["CD"]),
        ("%%begintext\nA bad egg\n\n" + a_tune() + "\n" + a_tune(2, "E|]"), ["CD", "E"]),
        (a_tune(1, "C|\n%%begintext\nDEFG|\n\nABC|\n%%endtext\nD|]"), ["CD"]),
        (
            "<html><head><style>b {c:d}</style></head><body><pre>\n" + a_tune(1, "C&gt;D|E&lt;F|]") + "</pre><p>Bad egg</p></body>",
            ["CDEF"],
        ),
        ("<pre>\n" + a_tune(1, "C<D E>F|]") + "</pre>", ["CDEF"]),
        (
            "<html><p>Tunes<br>\n" + a_tune().replace("\n", "<br>\n") + "<br>\n" + a_tune(2, "E|]").replace("\n", "<br/>\n"),
            ["CD", "E"],
        ),
        ("<html><!-- \nX:9\nK:C\nABC|\n--><pre>\n" + a_tune() + "</pre>", ["CD"]),
        ('<html><script>\nX: 1\nvar a = "K:C";\n</script><pre>\n' + a_tune() + "</pre>", ["CD"]),
        ('<html><script type="text/vnd.abc">\n' + a_tune() + "</script>", ["CD"]),
        ("".join(f"> {line}\n" for line in a_tune().split("\n")) + "> Bad egg\n", ["CD"]),
        ("  " + a_tune().replace("\n", "\n  "), ["CD"]),
        ("T:t\nM:4/4\nL:1/1\nK:C\nC|D|]\n\nA bad egg\n", ["CD"]),
        ("X:1\nT:t\n\nM:4/4\nL:1/1\nK:C\n\nC|D|]\n", ["CD"]),
        ("X: marks the spot\n\n" + a_tune(), ["CD"]),
    ],
)
def test_only_tunes_are_played(tmp_path: Path, text: str, tunes: list[str]) -> None:
    assert heard(read(tmp_path, text)) == tunes


def test_fields_of_free_text_count_for_no_tune(tmp_path: Path) -> None:
    (piece,) = read(tmp_path, LETTER + "L: 1/16\nQ:1/4=33\n\nX:1\nM:4/4\nK:C\nC8|D8|]\n").pieces
    assert [(note.end - note.start) for note in piece.notes] == [1920, 1920]
    assert piece.tempos[0].bpm == 120


def test_millions_of_empty_lines(tmp_path: Path) -> None:
    assert heard(read(tmp_path, a_tune() + "\n" * 3_000_000 + a_tune(2, "E|]"))) == ["CD", "E"]


@pytest.mark.parametrize("line", ["%%abc-charset iso-8859-2", "I:abc-charset ISO-8859-2"])
def test_the_encoding_that_a_file_states(tmp_path: Path, line: str) -> None:
    data = f"{line}\n\n{a_tune().replace('T:t', 'T:Żołnierz')}".encode("iso-8859-2")
    assert read(tmp_path, data).pieces[0].title == "Żołnierz"


def test_accents_that_are_written_in_ascii(tmp_path: Path) -> None:
    assert read(tmp_path, a_tune().replace("T:t", "T:F\\'e\\`a \\\"u &eacute;")).pieces[0].title == "Féà ü é"


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ('|:C|["1."D:|["2."E|]', "CDCE"),
        ("|:C|1D:|E|F:|", "CDCEFEF"),
        ("|::C:::D:|", "CCCDD"),
        ("C|!fine!D|E|!D.C.!F|]", "CDEFCD"),
        ('C|"Fine"D|E|"D.C. al Fine"F|]', "CDEFCD"),
        ("C|D!coda!|E!D.C.!|!coda!F|]", "CDECDF"),
        ('C|D"^To Coda"|E"^D.C. al Coda"|"^Coda"F|]', "CDECDF"),
        ("C!segno!|D|E!fine!|F!D.S.alfine!|]", "CDEFDE"),
    ],
)
def test_the_order_of_bars(tmp_path: Path, body: str, order: str) -> None:
    assert heard(read(tmp_path, a_tune(1, body))) == [order]


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ("C|D!D.C.!|]", "CD"),
        ("C|D!D.C.alfine!|]", "CD"),
        ("C!fine!|D|E!fine!|F!D.C.!|]", "CDEF"),
        ("C|!segno!D|!segno!E|F!D.S.!|]", "CDEF"),
        ("C|D!D.C.alcoda!|E|]", "CDE"),
    ],
)
def test_a_da_capo_that_is_not_clear_is_told(tmp_path: Path, body: str, order: str) -> None:
    result = read(tmp_path, a_tune(1, body))
    assert heard(result) == [order]
    assert any("is not played" in remark for remark in result.remarks)


@pytest.mark.parametrize(("order", "parts"), [("(A.B)2.C", "CDCDE"), ("((AB)2C)2", "CDCDECDCDE"), ("Aria", "CDE"), ("A2", "CC")])
def test_orders_of_parts(tmp_path: Path, order: str, parts: str) -> None:
    text = f"X:1\nM:4/4\nL:1/1\nP:{order}\nK:C\nP:A\nC|\nP:B\nD|\nP:C\nE|\n"
    assert heard(read(tmp_path, text)) == [parts]


def test_an_order_without_end_is_refused(tmp_path: Path) -> None:
    result = read(tmp_path, "X:1\nM:4/4\nL:1/1\nP:" + "(" * 30 + "A" + ")9" * 30 + "\nK:C\nP:A\nC|\n")
    assert "order of its parts" in result.refused[0].reason


@pytest.mark.parametrize("length", ["9" * 5000, "/" + "9" * 5000, "99999"])
def test_lengths_that_no_note_has_are_refused(tmp_path: Path, length: str) -> None:
    assert "digits, which no note or rest has" in read(tmp_path, a_tune(1, f"C{length}|")).refused[0].reason


VOICES = "X:1\nM:4/4\nL:1/1\nP:AAB\nK:C\nP:A\nV:1\nC|\nV:2 snm=\"Fl.\"\nE|\nP:B\nV:1\nD|\nV:2\nF|\n"


@pytest.mark.parametrize(("track", "notes"), [(1, "CCD"), (2, "EEF"), ("Fl.", "EEF")])
def test_parts_are_those_of_all_voices(tmp_path: Path, track: int | str, notes: str) -> None:
    assert heard(read(tmp_path, VOICES, track)) == [notes]


def test_fields_before_the_first_voice_are_those_of_all_voices(tmp_path: Path) -> None:
    result = read(tmp_path, "X:1\nM:4/4\nL:1/1\nK:C\nK:D\nV:1\nF|\nV:2\nF|\n", 2)
    assert heard(result) == ["(66)"]


@pytest.mark.parametrize(
    ("fields", "pitch"),
    [
        ("K:C clef=treble_8\n", 60),
        ("K:C clef=treble^8\n", 84),
        ("%%midi transpose -12\nK:C\n", 60),
        ("V:1 octave=0\nK:C octave=1\nV:1\n", 72),
        ("V:1\nV:2 transpose=-12\nK:C\nV:1\n", 72),
    ],
)
def test_where_it_sounds(tmp_path: Path, fields: str, pitch: int) -> None:
    (piece,) = read(tmp_path, f"X:1\nM:4/4\nL:1/1\n{fields}c|]\n").pieces
    assert [note.pitch for note in piece.notes] == [pitch]


def test_the_key_is_that_which_sounds(tmp_path: Path) -> None:
    assert read(tmp_path, a_tune().replace("K:C", "K:G transpose=-2")).pieces[0].key == "F major"


@pytest.mark.parametrize(("tempo", "bpm"), [("c3=40", 60), ("C3/2=40", 30), ("1=60", 240), ("=120", 60)])
def test_more_tempos(tmp_path: Path, tempo: str, bpm: float) -> None:
    (piece,) = read(tmp_path, f"X:1\nM:6/8\nL:1/8\nQ:{tempo}\nK:C\nC6|\n").pieces
    assert piece.tempos[0].bpm == bpm


def test_a_metre_that_melodies_have_not(tmp_path: Path) -> None:
    result = read(tmp_path, "X:1\nM:19/8\nL:1/8\nK:C\nC19|D19|\n")
    assert [(note.start, note.pitch) for note in result.pieces[0].notes] == [(0, 60), (4560, 62)]
    assert any("19/8" in remark for remark in result.remarks)
