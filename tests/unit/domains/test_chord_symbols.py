"""Chord symbols as text."""

from __future__ import annotations

import pytest

from genstudio.domains.score.piece import QUALITIES, ChordSymbol, chord_name
from genstudio.domains.score.symbol_text import Named, chord_named, is_no_chord, simplified, until_next


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("flats", [False, True])
def test_a_name_is_read_back(quality: str, flats: bool) -> None:
    for root in range(12):
        for bass in (-1, (root + 3) % 12):
            name = chord_name(ChordSymbol(0, 480, root, quality, bass), flats)
            assert chord_named(name) == (root, quality, bass, True), name


@pytest.mark.parametrize(
    ("texts", "quality"),
    [
        ("C CM Cmaj Cma Cmajor (C)", "major"),
        ("Cm C- Cmin Cmi c- cm", "minor"),
        ("Cmaj7 CM7 C^7 C^ CΔ CΔ7 Cma7 Cj7 C△7 C(maj7)", "major-seventh"),
        ("Cm7 C-7 Cmin7 Cmi7 C−7", "minor-seventh"),
        ("Cm7b5 C-7b5 Cø Cø7 Cm7(b5) Cm7-5 Cm7♭5", "half-diminished"),
        ("Cdim Co C° Cmb5", "diminished"),
        ("Cdim7 Co7 C°7", "diminished-seventh"),
        ("C+ Caug C+5 C(#5)", "augmented"),
        ("C+7 C7+ Caug7 C7#5 C7+5", "augmented-seventh"),
        ("CmM7 Cm(maj7) C-^7 Cmmaj7", "major-minor"),
        ("C7 Cdom7", "dominant"),
        ("C9 C(9)", "dominant-ninth"),
        ("Csus Csus4 C4", "suspended-fourth"),
        ("Csus2 C2", "suspended-second"),
        ("C7sus C7sus4 Csus7", "dominant-suspended"),
        ("C5", "power"),
    ],
)
def test_spellings(texts: str, quality: str) -> None:
    assert {text: chord_named(text) for text in texts.split()} == dict.fromkeys(texts.split(), Named(0, quality, -1, True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bb-7", (10, "minor-seventh", -1)), ("F#m7b5", (6, "half-diminished", -1)), ("D/F#", (2, "major", 6)),
        ("E♭maj7/B♭", (3, "major-seventh", 10)), ("Cbb", (10, "major", -1)), ("H7", (11, "dominant", -1)),
        ("Am/A", (9, "minor", -1)), ("G6/B", (7, "major-sixth", 11)),
    ],
)  # fmt: skip
def test_roots_and_basses(text: str, expected: tuple[int, str, int]) -> None:
    assert chord_named(text) == (*expected, True)


@pytest.mark.parametrize(
    ("text", "quality"),
    [("C7b9", "dominant"), ("Cadd9", "major"), ("C6/9", "major-sixth"), ("Cm11", "minor-ninth"), ("Cmaj7#11", "major-seventh"),
     ("C9sus4", "dominant-suspended"), ("Calt", "dominant"), ("Cmaj13", "major-ninth"), ("C-5", "major"), ("Cno3", "major"),
     ("Cm6/9", "minor-sixth"), ("Cdim(maj7)", "diminished")],
)  # fmt: skip
def test_what_cannot_be_said_is_simplified(text: str, quality: str) -> None:
    assert chord_named(text) == (0, quality, -1, False)


@pytest.mark.parametrize("text", ["", "Bridge", "Verse", "D.C.", "Fine", "Coda", "Am7 G", "I", "1.", "C" * 50, "J7", "C/", "C7/9"])
def test_other_texts_are_no_chords(text: str) -> None:
    assert chord_named(text) is None


def test_no_chord() -> None:
    assert [is_no_chord(text) for text in ("N.C.", "NC", "n.c.", "No chord", "C", "")] == [True] * 4 + [False] * 2


def test_chords_last_until_the_next_one() -> None:
    rows = [(480, chord_named("C7b9")), (0, chord_named("F")), (960, None), (1440, chord_named("G")), (1440, chord_named("Am"))]
    chords, odd = until_next(rows, 1920)
    assert chords == (ChordSymbol(0, 480, 5, "major"), ChordSymbol(480, 960, 0, "dominant"), ChordSymbol(1440, 1920, 9, "minor"))
    assert odd == 1
    assert simplified(odd) == ["1 chord symbol was simplified"]
    assert simplified(0) == []
