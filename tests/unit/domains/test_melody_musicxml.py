"""Reading MusicXML: parts, pickups, repeats, and archives from strangers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from genstudio.domains.melody import DOMAIN, Melody
from genstudio.errors import DamagedFileError, FileError

FIRST = (
    "<attributes><divisions>4</divisions><key><fifths>2</fifths><mode>major</mode></key>"
    "<time><beats>3</beats><beat-type>4</beat-type></time></attributes><sound tempo='90'/>"
)


def note(step: str, ticks: int, octave: int = 4, more: str = "", alter: int = 0) -> str:
    chord = "<chord/>" if "chord" in more else ""
    tie = "<tie type='stop'/>" if "stop" in more else ""
    voice = "<voice>2</voice>" if "voice2" in more else "<voice>1</voice>"
    staff = "<staff>2</staff>" if "staff2" in more else ""
    what = f"<pitch><step>{step}</step><alter>{alter}</alter><octave>{octave}</octave></pitch>" if step != "R" else "<rest/>"
    return f"<note>{chord}{what}<duration>{ticks}</duration>{tie}{voice}{staff}</note>"


def score(*parts: tuple[str, str], title: str = "A song") -> str:
    listed = "".join(f"<score-part id='P{i}'><part-name>{name}</part-name></score-part>" for i, (name, _) in enumerate(parts))
    bodies = "".join(f"<part id='P{i}'>{body}</part>" for i, (_, body) in enumerate(parts))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML//EN" "x.dtd">'
        f"<score-partwise><work><work-title>{title}</work-title></work><part-list>{listed}</part-list>{bodies}</score-partwise>"
    )


def measures(*contents: str) -> str:
    return "".join(f"<measure number='{i}'>{content}</measure>" for i, content in enumerate(contents))


def read(tmp_path: Path, text: str | bytes, name: str = "a.musicxml", **options: object) -> Melody:
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return DOMAIN.read(tmp_path / name, **options).pieces[0]


def rows(melody: Melody) -> list[tuple[int, int, int]]:
    return [one[:3] for one in melody.notes]


def test_pickup_key_metre_tempo_title(tmp_path: Path) -> None:
    body = measures(FIRST + note("A", 4), note("D", 12, 5), note("C", 6, 5, alter=1) + note("R", 2) + note("D", 4, 5))
    melody = read(tmp_path, score(("Voice", body)))
    assert rows(melody) == [(0, 480, 69), (480, 1920, 74), (1920, 2640, 73), (2880, 3360, 74)]
    assert (melody.pickup, melody.key, melody.title, melody.tempos[0].bpm) == (480, "D major", "A song", 90)
    assert melody.metres == ((0, 3, 4),)


def test_chords_ties_voices_staves_and_grace_notes(tmp_path: Path) -> None:
    body = measures(
        FIRST
        + note("C", 12)
        + note("E", 12, more="chord")
        + "<backup><duration>12</duration></backup>"
        + note("A", 12, 2, "staff2"),
        note("E", 4, more="stop") + "<note><grace/><pitch><step>B</step><octave>6</octave></pitch></note>" + note("F", 8),
        note("R", 12) + "<backup><duration>12</duration></backup>" + note("G", 12, more="voice2"),
    )
    assert rows(read(tmp_path, score(("Voice", body)))) == [(0, 1920, 64), (1920, 2880, 65), (2880, 4320, 67)]


def test_repeats_endings_and_times(tmp_path: Path) -> None:
    forward = "<barline location='left'><repeat direction='forward'/></barline>"
    again = "<barline location='right'><repeat direction='backward'/></barline>"
    first = "<barline location='left'><ending number='1' type='start'/></barline>"
    first_end = "<barline location='right'><ending number='1' type='stop'/><repeat direction='backward'/></barline>"
    second = "<barline location='left'><ending number='2' type='start'/></barline>"
    second_end = "<barline location='right'><ending number='2' type='stop'/></barline>"
    body = measures(
        FIRST + note("C", 12),
        forward + note("D", 12),
        first + note("E", 12) + first_end,
        second + note("F", 12) + second_end,
        note("G", 12),
    )
    assert [pitch for _, _, pitch in rows(read(tmp_path, score(("Voice", body))))] == [60, 62, 64, 62, 65, 67]
    thrice = measures(FIRST + note("C", 12) + again.replace("'backward'", "'backward' times='3'"), note("D", 12))
    assert [pitch for _, _, pitch in rows(read(tmp_path, score(("Voice", thrice))))] == [60, 60, 60, 62]


def test_silence_at_the_ends_is_left_out(tmp_path: Path) -> None:
    rest = note("R", 12)
    melody = read(tmp_path, score(("Voice", measures(FIRST + rest, rest, note("R", 8) + note("C", 4), note("D", 12), rest, rest))))
    assert (rows(melody), melody.pickup, melody.length) == ([(0, 480, 60), (480, 1920, 62)], 480, 1920)


def test_the_part_is_chosen_and_told(tmp_path: Path) -> None:
    piano = measures(FIRST + "".join(note("C", 1, 5) for _ in range(12)))
    voice = measures(FIRST + note("A", 12))
    text = score(("Piano", piano), ("Singstimme", voice))
    path = tmp_path / "a.musicxml"
    assert rows(read(tmp_path, text)) == [(0, 1440, 69)]
    assert any("part 2 'Singstimme' of 2" in remark for remark in DOMAIN.read(path).remarks)
    assert len(read(tmp_path, text, track="piano").notes) == 12
    assert len(read(tmp_path, text, track=1).notes) == 12
    with pytest.raises(FileError, match="did you mean 'Piano'"):
        DOMAIN.read(path, track="Pianu")
    with pytest.raises(FileError, match="it has 2"):
        DOMAIN.read(path, track=3)


def test_transposing_parts_sound(tmp_path: Path) -> None:
    clarinet = FIRST.replace("</attributes>", "<transpose><chromatic>-2</chromatic></transpose></attributes>")
    melody = read(tmp_path, score(("Solo clarinet", measures(clarinet + note("D", 12)))))
    assert rows(melody) == [(0, 1440, 60)]
    assert melody.key == "C major"


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_compressed_scores(tmp_path: Path) -> None:
    text = score(("Voice", measures(FIRST + note("C", 12)))).encode()
    container = b"<container><rootfiles><rootfile full-path='in/song.xml'/></rootfiles></container>"
    assert rows(read(tmp_path, zipped({"META-INF/container.xml": container, "in/song.xml": text}), "a.mxl")) == [(0, 1440, 60)]
    assert rows(read(tmp_path, zipped({"song.musicxml": text}), "b.mxl")) == [(0, 1440, 60)]
    assert rows(read(tmp_path, text.decode().replace("UTF-8", "UTF-16").encode("utf-16"))) == [(0, 1440, 60)]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.mxl", b"PK\3\4" + b"x" * 500, "cannot be unpacked"),
        ("a.mxl", zipped({"readme.txt": b"hello"}), "holds no score"),
        ("a.mxl", zipped({"a.xml": b"<score-partwise>" + b" " * 30_000_000}), "unpacks to more than"),
        ("a.mxl", zipped({f"{i}.txt": b"" for i in range(1200)}), "more than 1000 files"),
        ("a.musicxml", b"<score-partwise>", "not well-formed"),
        ("a.musicxml", b"hello", "not well-formed"),
        ("a.musicxml", b"<html></html>", "begins with <html>"),
        ("a.musicxml", b"<score-timewise/>", "no parts"),
        ("a.musicxml", b"<score-partwise/>", "no parts"),
        ("a.musicxml", b"<!DOCTYPE a [<!ENTITY b 'ccc'>]><score-partwise>&b;</score-partwise>", "entities"),
        ("a.musicxml", score(("Voice", measures(FIRST + note("R", 12)))).encode(), "no notes"),
        ("a.musicxml", b"<a>" * 100_000 + b"</a>" * 100_000, "begins with"),
    ],
)
def test_what_cannot_be_read_has_a_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FileError, match=reason) as error:
        DOMAIN.read(path)
    assert str(error.value).startswith(str(path))
    assert isinstance(error.value, DamagedFileError) or reason in ("no notes", "unpacks to more than")
