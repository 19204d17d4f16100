"""Damaged MusicXML is a melody or one sentence: whatever is changed in a score, nothing else comes out of its reader."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from random import Random

import pytest

from genstudio.domains.melody import DOMAIN, Melody
from genstudio.errors import FileError

MUTANTS = 150
VALUES = [
    "", "0", "-1", "1e999", "-1e308", "nan", "inf", "1e-320", "9" * 5000, "0.3333333333", "1000000", "x", "²", "4+4", "&", "yes",
    "C", "127", "start", "stop", "1,2,3,4,5,6,7,8,9",
]  # fmt: skip
ELEMENTS = [
    "<chord/>", "<grace/>", "<cue/>", "<backup><duration>7</duration></backup>", "<forward><duration>9</duration></forward>",
    "<attributes><divisions>3</divisions></attributes>",
    "<attributes><time><beats>7</beats><beat-type>32</beat-type></time></attributes>",
    "<attributes><time><senza-misura/></time></attributes>", "<barline><repeat direction='backward' times='9'/></barline>",
    "<barline><repeat direction='forward'/></barline>", "<barline><ending number='2' type='start'/></barline>",
    "<attributes><measure-style><measure-repeat type='start'>1</measure-repeat></measure-style></attributes>",
    "<attributes><measure-style><multiple-rest>4000</multiple-rest></measure-style></attributes>",
    "<attributes><transpose><chromatic>-99</chromatic></transpose></attributes>",
    "<part/>", "<measure/>", "</measure>", "<measure>",
]  # fmt: skip


def a_score(chance: Random) -> str:
    """A score of two parts with repeats, tuplets, chords, voices and rests."""

    def note(ticks: int) -> str:
        step, alter, octave = chance.choice("ABCDEFG"), chance.randint(-1, 1), chance.randint(3, 5)
        what = f"<pitch><step>{step}</step><alter>{alter}</alter><octave>{octave}</octave></pitch>"
        what = "<rest/>" if chance.random() < 0.2 else what
        extra = chance.choice(["", "", "<tie type='start'/>", "<tie type='stop'/>", "<lyric><text>la</text></lyric>"])
        return f"<note>{what}<duration>{ticks}</duration><voice>{chance.choice('1112')}</voice>{extra}</note>"

    def measure(number: int) -> str:
        first = (
            "<attributes><divisions>12</divisions><key><fifths>1</fifths></key><time><beats>3</beats><beat-type>4</beat-type></time>"
            "</attributes><direction><sound tempo='96'/></direction>"
        )
        body = "".join(note(ticks) for ticks in chance.choice([(12, 12, 12), (36,), (4, 4, 4, 24), (18, 6, 12), (12,)]))
        bar = chance.choice(["", "", "<barline><repeat direction='backward'/></barline>"])
        return f"<measure number='{number}'>{first * (number == 1)}{body}{bar}</measure>"

    parts = "".join(f"<part id='P{i}'>{''.join(map(measure, range(1, 9)))}</part>" for i in range(2))
    names = ("Voice", "Piano")
    listed = "".join(f"<score-part id='P{i}'><part-name>{name}</part-name></score-part>" for i, name in enumerate(names))
    return (
        "<?xml version='1.0' encoding='UTF-8'?><score-partwise><work><work-title>Title</work-title></work>"
        f"<part-list>{listed}</part-list>{parts}</score-partwise>"
    )


def changed(text: str, chance: Random) -> str:
    """The text with one thing changed: a value, an element, a stretch, or what makes it XML at all."""
    kinds = {"value": 8, "all values": 4, "element": 6, "copy": 4, "leave out": 4, "tag": 1, "cut": 1, "case": 1}
    kind = chance.choices(list(kinds), list(kinds.values()))[0]
    if kind == "value":
        found = chance.choice(list(re.finditer(r"(?<=[>'])[^<>'\"]{1,8}(?=[<'])", text)))
        return text[: found.start()] + chance.choice(VALUES) + text[found.end() :]
    if kind == "all values":
        name = chance.choice(["duration", "divisions", "beats", "octave", "fifths", "alter", "beat-type", "voice", "step"])
        return re.sub(f"<{name}>[^<]*<", lambda _: f"<{name}>{chance.choice(VALUES)}<", text)
    if kind in ("element", "copy", "leave out"):
        whole = chance.choice(["note", "measure", "attributes", "duration", "pitch", "barline", "part"])
        found = chance.choice(list(re.finditer(rf"<{whole}\b.*?</{whole}>", text, re.DOTALL)) or [re.search("<part-list>", text)])
        if kind == "element":
            return text[: found.start()] + chance.choice(ELEMENTS) + text[found.start() :]
        if kind == "copy":
            return text[: found.end()] + found[0] * chance.randint(1, 20) + text[found.end() :]
        return text[: found.start()] + text[found.end() :]
    at = chance.choice([found.start() for found in re.finditer("<", text)])
    if kind == "tag":
        return text[:at] + text[text.find(">", at) + 1 :]
    return text[: at + 1] if kind == "cut" else text.swapcase()


def mutant(chance: Random) -> bytes:
    """A score in which one to four things are changed, compressed now and then."""
    text = a_score(chance)
    for _ in range(chance.randint(1, 4)):
        if "<part-list>" not in text or "'" not in text:
            break
        text = changed(text, chance)
    if chance.random() < 0.1:
        text = text.replace("score-partwise", "score-timewise")
    data = bytearray(text.encode(chance.choice(["utf-8", "utf-8", "utf-16", "utf-32"]), "replace"))
    if chance.random() < 0.3:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
            archive.writestr("META-INF/container.xml", chance.choice(["", "<a/>", "<a><rootfile full-path='a.xml'/></a>"]))
            archive.writestr("a.xml", bytes(data))
        data = bytearray(buffer.getvalue())
    if chance.random() < 0.2:
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def outcome(data: bytes, path: Path) -> Melody | str:
    """The melody that the reader gives, or the sentence with which it refuses."""
    path.write_bytes(data)
    try:
        return DOMAIN.read(path).pieces[0]
    except FileError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(5))
def test_mutants_are_melodies_or_refused_in_a_sentence(tmp_path: Path, seed: int) -> None:
    read = 0
    for number in range(MUTANTS // 5):
        found = outcome(mutant(Random(1000 * seed + number)), tmp_path / "a.musicxml")
        if isinstance(found, str):
            assert found.startswith(str(tmp_path / "a.musicxml: ")), found
            assert len(found) < 600, found
            assert found.endswith("."), found
            continue
        read += 1
        # What is read can be learned from and written again.
        assert DOMAIN.from_symbols(DOMAIN.to_symbols(found)).notes
        assert all(0 <= note.start < note.end and 0 <= note.pitch <= 127 for note in found.notes)
        assert [after.start >= before.end for before, after in zip(found.notes, found.notes[1:], strict=False)].count(False) == 0
    # The mutants are near enough to scores to get into the reader.
    assert read >= MUTANTS // 5 // 4
