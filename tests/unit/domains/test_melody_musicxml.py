"""Reading MusicXML: parts, pickups, repeats, and archives from strangers."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
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
    alone = FIRST + note("C", 12), first + note("E", 12) + first_end  # what follows stands for the second ending
    assert [pitch for _, _, pitch in rows(read(tmp_path, score(("Voice", measures(*alone)))))] == [60, 64]
    followed = measures(*alone, note("G", 12))
    assert [pitch for _, _, pitch in rows(read(tmp_path, score(("Voice", followed))))] == [60, 64, 60, 67]
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


# -- bars that are not as they are stated

NO_TIME = re.sub(r"<time>.*</time>", "", FIRST)
FOUR = FIRST.replace("<beats>3", "<beats>4")


def test_without_a_metre_bars_are_as_long_as_they_are_written(tmp_path: Path) -> None:
    def bar(steps: str) -> str:
        return "".join(note(step, 4) for step in steps)

    text = score(("Voice", measures(NO_TIME + bar("CDE"), bar("CDEFG"), bar("GF"))))
    melody = read(tmp_path, text)
    assert rows(melody) == [(480 * i, 480 * i + 480, p) for i, p in enumerate([60, 62, 64, 60, 62, 64, 65, 67, 67, 65])]
    assert melody.metres == ((0, 3, 4), (1440, 5, 4), (3840, 2, 4))
    assert "it states no supported metre" in DOMAIN.read(tmp_path / "a.musicxml").remarks[0]
    # Where most bars are equally long, a first one that is shorter is a pickup.
    melody = read(tmp_path, score(("Voice", measures(NO_TIME + bar("G"), bar("CDEF"), bar("CDEF"), bar("CDE")))))
    assert (melody.pickup, melody.metres[0][1:], melody.bars) == (480, (4, 4), 3)
    assert rows(melody)[1] == (480, 960, 60)


@pytest.mark.parametrize(
    "sign", ["<senza-misura/>", "<beats>31</beats><beat-type>8</beat-type>", "<beats>2</beats><beat-type>64</beat-type>"]
)
def test_bars_that_no_metre_has_are_split(tmp_path: Path, sign: str) -> None:
    start = re.sub(r"<time>.*</time>", f"<time>{sign}</time>", FIRST)
    lengths = [62, 62] if "31" in sign else [0.5, 0.5, 1, 0.25] if "64" in sign else [75, 3]
    melody = read(tmp_path, score(("Voice", measures(*(start * (i == 0) + note("C", n) for i, n in enumerate(lengths))))))  # type: ignore[arg-type]
    onsets = [round(120 * sum(lengths[:i])) for i in range(len(lengths))]
    assert rows(melody) == [(at, at + round(120 * n), 60) for at, n in zip(onsets, lengths, strict=True)]
    assert all(1 <= change.numerator <= 16 for change in melody.metres)


def test_metres_of_several_fractions_and_of_several_staves(tmp_path: Path) -> None:
    both = "<time><beats>2</beats><beat-type>4</beat-type><beats>3</beats><beat-type>8</beat-type></time>"
    melody = read(tmp_path, score(("Voice", measures(re.sub("<time>.*</time>", both, FIRST) + note("C", 14), note("D", 14)))))
    assert melody.metres == ((0, 7, 8),)
    staves = (
        "<time number='2'><beats>6</beats><beat-type>8</beat-type></time>"
        "<time number='1'><beats>4</beats><beat-type>4</beat-type></time>"
    )
    melody = read(tmp_path, score(("Voice", measures(re.sub("<time>.*</time>", staves, FIRST) + note("C", 16)))))
    assert melody.metres == ((0, 4, 4),)


def test_a_bar_that_is_too_long_moves_nothing(tmp_path: Path) -> None:
    text = score(("Voice", measures(FOUR + note("C", 16), note("D", 16) + note("E", 1), note("F", 16))))
    melody = read(tmp_path, text)
    assert rows(melody) == [(0, 1920, 60), (1920, 3840, 62), (3840, 3960, 64), (3960, 5880, 65)]


# -- bars of rest, and signs for bars

REPEAT = "<attributes><measure-style><measure-repeat type='{kind}'>{bars}</measure-repeat></measure-style></attributes>"


@pytest.mark.parametrize(
    "empty",
    ["", "<forward><duration>16</duration></forward>", note("R", 16), "<note><rest measure='yes'/><voice>1</voice></note>",
     "<note><rest measure='yes'/><duration>64</duration></note>", "<print new-system='yes'/><barline location='right'/>"],
)  # fmt: skip
def test_a_measure_without_notes_is_a_bar_of_rest(tmp_path: Path, empty: str) -> None:
    melody = read(tmp_path, score(("Voice", measures(FOUR + note("C", 16), empty, note("G", 16)))))
    assert rows(melody) == [(0, 1920, 60), (3840, 5760, 67)]
    assert melody.bars == 3


def test_a_whole_rest_in_a_short_bar(tmp_path: Path) -> None:
    melody = read(tmp_path, score(("Voice", measures(FIRST + note("C", 12), note("R", 16), note("G", 12)))))
    assert rows(melody) == [(0, 1440, 60), (2880, 4320, 67)]
    assert melody.metres == ((0, 3, 4),)


def test_a_measure_that_is_cut_at_a_strain_stays_short(tmp_path: Path) -> None:
    text = score(("Voice", measures(FIRST + note("C", 12), note("R", 4), note("D", 8), note("E", 12))))
    assert [row[0] for row in rows(read(tmp_path, text))] == [0, 1920, 2880]


def test_a_measure_that_is_not_full_lasts_as_in_the_other_parts(tmp_path: Path) -> None:
    piano = measures(FOUR + note("C", 4, 3), note("C", 16, 3), note("C", 16, 3))
    voice = measures(FOUR, note("C", 8), note("D", 16))
    melody = read(tmp_path, score(("Voice", voice), ("Piano", piano)))
    # The empty first measure is a pickup, as it is in the piano.
    assert [row[0] - rows(melody)[0][0] for row in rows(melody)] == [0, 1920]
    assert melody.metres == ((0, 4, 4),)


@pytest.mark.parametrize("silence", ["", "<forward><duration>16</duration></forward>", note("R", 16)])
def test_measure_repeat_signs_are_played(tmp_path: Path, silence: str) -> None:
    one = score(("Voice", measures(
        FOUR + note("C", 16), REPEAT.format(kind="start", bars=1) + silence, silence,
        REPEAT.format(kind="stop", bars=1) + note("G", 16),
    )))  # fmt: skip
    assert [row[2] for row in rows(read(tmp_path, one))] == [60, 60, 60, 67]
    two = score(("Voice", measures(
        FOUR + note("C", 16), note("D", 16), REPEAT.format(kind="start", bars=2) + silence, silence,
        REPEAT.format(kind="stop", bars=2) + silence, note("G", 16),
    )))  # fmt: skip
    assert [(row[0] // 1920, row[2]) for row in rows(read(tmp_path, two))] == [(0, 60), (1, 62), (2, 60), (3, 62), (5, 67)]
    written = score(("Voice", measures(FOUR + note("C", 16), REPEAT.format(kind="start", bars=1) + note("E", 16), note("G", 16))))
    assert [row[2] for row in rows(read(tmp_path, written))] == [60, 64, 67]


def test_multiple_rests(tmp_path: Path) -> None:
    rest = "<attributes><measure-style><multiple-rest>3</multiple-rest></measure-style></attributes>" + note("R", 16)
    each = score(("Voice", measures(FOUR + note("C", 16), rest, note("R", 16), "", note("G", 16))))
    assert [row[0] for row in rows(read(tmp_path, each))] == [0, 4 * 1920]
    # Written as one measure, after which the numbers go on as if there were three.
    once = measures(FOUR + note("C", 16), rest, note("G", 16)).replace("number='2'", "number='4'")
    assert [row[0] for row in rows(read(tmp_path, score(("Voice", once))))] == [0, 4 * 1920]


# -- notes


def test_cue_notes_and_slashes_take_time_and_are_not_heard(tmp_path: Path) -> None:
    cue = note("B", 4).replace("<note>", "<note><cue/>")
    slash = note("B", 4).replace("<voice>", "<notehead>slash</notehead><voice>")
    melody = read(tmp_path, score(("Voice", measures(FOUR + note("C", 4) + cue + slash + note("D", 4)))))
    assert rows(melody) == [(0, 480, 60), (1440, 1920, 62)]
    # A part that has nothing else has these.
    assert [row[2] for row in rows(read(tmp_path, score(("Voice", measures(FOUR + slash * 4)))))] == [71] * 4


def test_percussion_is_no_melody(tmp_path: Path) -> None:
    where = "<display-step>E</display-step><display-octave>4</display-octave>"
    drum = f"<note><unpitched>{where}</unpitched><duration>16</duration></note>"
    with pytest.raises(FileError, match="no notes"):
        read(tmp_path, score(("Drums", measures(FOUR + drum))))
    text = score(("Drums", measures(FOUR + drum)), ("Voice", measures(FOUR + note("C", 16))))
    assert rows(read(tmp_path, text)) == [(0, 1920, 60)]
    with pytest.raises(FileError, match="no notes of a pitch"):
        read(tmp_path, text, track="Drums")


@pytest.mark.parametrize(
    "signs",
    [
        ("<tie type='start'/>", ""), ("", "<tie type='stop'/>"),
        ("<notations><tied type='start'/></notations>", "<notations><tied type='stop'/></notations>"),
    ],
)  # fmt: skip
def test_one_end_of_a_tie_will_do(tmp_path: Path, signs: tuple[str, str]) -> None:
    first, second = (note("C", 16).replace("</note>", f"{sign}</note>") for sign in signs)
    assert rows(read(tmp_path, score(("Voice", measures(FOUR + first, second, note("C", 16)))))) == [
        (0, 3840, 60),
        (3840, 5760, 60),
    ]
    other = score(("Voice", measures(FOUR + note("C", 16).replace("</note>", "<tie type='start'/></note>"), note("D", 16))))
    assert [row[2] for row in rows(read(tmp_path, other))] == [60, 62]


def test_a_melody_in_the_second_voice_or_staff(tmp_path: Path) -> None:
    back = "<backup><duration>16</duration></backup>"
    upper = "".join(note(step, 4, 5) for step in "CDEF")
    text = score(("Piano", measures(FOUR + note("R", 16) + back + note("G", 16, 3, "voice2"), upper, upper)))
    assert [row[2] for row in rows(read(tmp_path, text))] == [55, *[72, 74, 76, 77] * 2]
    low = score(("Piano", measures(FOUR + note("R", 16) + back + note("G", 16, 3, "staff2"))))
    assert rows(read(tmp_path, low)) == [(0, 1920, 55)]


def test_lengths_from_forms_where_durations_are_missing(tmp_path: Path) -> None:
    bare = "<note><pitch><step>C</step><octave>4</octave></pitch><type>quarter</type><dot/></note>"
    triplet = ("<note><pitch><step>D</step><octave>4</octave></pitch><type>eighth</type><time-modification><actual-notes>3"
               "</actual-notes><normal-notes>2</normal-notes></time-modification></note>")  # fmt: skip
    assert rows(read(tmp_path, score(("Voice", measures(FOUR + bare + triplet))))) == [(0, 720, 60), (720, 880, 62)]


def test_notes_for_later_times_through_are_left_out(tmp_path: Path) -> None:
    later = note("D", 16).replace("<note>", "<note time-only='2'>")
    text = score(("Voice", measures(FOUR + note("C", 16).replace("<note>", "<note time-only='1, 3'>"), later + note("E", 16))))
    assert [row[2] for row in rows(read(tmp_path, text))] == [60, 64]


@pytest.mark.parametrize(
    "sign", ["<sound dacapo='yes'/>", "<direction><direction-type><words>D.S. al Coda</words></direction-type></direction>"]
)
def test_jumps_are_told(tmp_path: Path, sign: str) -> None:
    (tmp_path / "a.musicxml").write_text(score(("Voice", measures(FOUR + note("C", 16), note("D", 16) + sign))), encoding="utf-8")
    assert any("jump" in remark for remark in DOMAIN.read(tmp_path / "a.musicxml").remarks)


METRONOME = "<direction><direction-type><metronome>{}</metronome></direction-type></direction>"


@pytest.mark.parametrize(
    ("mark", "bpm"),
    [
        ("<sound tempo='90'/>", 90),
        (METRONOME.format("<beat-unit>half</beat-unit><per-minute>60</per-minute>"), 120),
        (METRONOME.format("<beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>c. 60</per-minute>"), 90),
        ("<sound tempo='1e400'/>", 120), ("<sound tempo='nan'/>", 120),
    ],
)  # fmt: skip
def test_tempos(tmp_path: Path, mark: str, bpm: float) -> None:
    text = score(("Voice", measures(FOUR.replace("<sound tempo='90'/>", mark) + note("C", 16))))
    assert read(tmp_path, text).tempos[0].bpm == bpm


# -- files


def test_scores_by_time(tmp_path: Path) -> None:
    parts = "".join(f"<score-part id='{name}'><part-name>{name}</part-name></score-part>" for name in ("Piano", "Voice"))
    bars = "".join(
        f"<measure number='{i}'><part id='Piano'>{FOUR * (i == 0)}{note('C', 16, 3)}</part>"
        f"<part id='Voice'>{FOUR * (i == 0)}{note(step, 16)}</part></measure>"
        for i, step in enumerate("DEF")
    )
    melody = read(tmp_path, f"<score-timewise><part-list>{parts}</part-list>{bars}</score-timewise>")
    assert rows(melody) == [(0, 1920, 62), (1920, 3840, 64), (3840, 5760, 65)]


def test_a_name_space_is_no_hindrance(tmp_path: Path) -> None:
    text = score(("Voice", measures(FOUR + note("C", 16))), title="Spaced").replace(
        "<score-partwise>", "<score-partwise xmlns='urn:x'>"
    )
    melody = read(tmp_path, text)
    assert (rows(melody), melody.title) == ([(0, 1920, 60)], "Spaced")


@pytest.mark.parametrize(
    "container",
    [
        b"<container><rootfiles><rootfile full-path='L'Isle.xml'/></rootfiles></container>",
        b"", b"\xff\xfe\x00", b"<container/>", b"<a>" * 5000,
        b"<container><rootfiles><rootfile full-path='missing.xml'/></rootfiles></container>",
        (b"<container><rootfiles><rootfile full-path='a.pdf' media-type='application/pdf'/>"
         b"<rootfile full-path=\"L'Isle.xml\" media-type='application/vnd.recordare.musicxml+xml'/></rootfiles></container>"),
    ],
)  # fmt: skip
def test_a_damaged_container_does_not_hide_the_score(tmp_path: Path, container: bytes) -> None:
    text = score(("Voice", measures(FOUR + note("C", 16)))).encode()
    part = score(("Voice", measures(FOUR + note("G", 16)))).encode()
    files = {
        "META-INF/container.xml": container,
        "a.pdf": b"%PDF",
        "notes.xml": b"<html/>",
        "parts/a.xml": part,
        "L'Isle.xml": text,
    }
    assert rows(read(tmp_path, zipped(files), "a.mxl")) == [(0, 1920, 60)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso-8859-1", "gb18030", "shift_jis"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    title = "Für Elise" if "8859" in encoding else "歌" if "_" in encoding else "主旋律 Für"
    declared = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    text = score(("Voice", measures(FOUR + note("C", 16))), title=title).replace("UTF-8", declared)
    assert read(tmp_path, text.encode(encoding)).title == title


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (lambda data: data.replace(b"A song", "\0 and Müller, Bülow, Händel".encode()).replace(b"\0", b"\xe9"),
         "\ufffd and Müller, Bülow, Händel"),
        (lambda data: data.replace(b"A song", b"Rock & Roll"), "Rock & Roll"),
        (lambda data: data.replace(b"A song", b"A\x0bsong"), "Asong"),
        (lambda data: data.replace(b"A song", b"Caf&eacute; & &#0;co"), "Café & co"),
        (lambda data: b"\n \n" + data + b"\0\0\r\n", "A song"),
    ],
)  # fmt: skip
def test_what_makes_xml_ill_formed_is_mended(tmp_path: Path, change: Callable[[bytes], bytes], title: str) -> None:
    data = change(score(("Voice", measures(FOUR + note("C", 16)))).encode())
    melody = read(tmp_path, data)
    assert (melody.title, rows(melody)) == (title, [(0, 1920, 60)])


def test_xml_files(tmp_path: Path) -> None:
    assert rows(read(tmp_path, score(("Voice", measures(FOUR + note("C", 16)))), "a.xml")) == [(0, 1920, 60)]
    (tmp_path / "b.xml").write_text("<?xml version='1.0'?><project><a/></project>", encoding="utf-8")
    with pytest.raises(FileError, match=r"b\.xml: no MusicXML score: it begins with <project>"):
        DOMAIN.read(tmp_path / "b.xml")


# -- written to hurt: a sentence each, or a melody, in little time and memory

BILLION = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)) + "]>"
GREAT = "9" * 5000


def _bar(content: str) -> str:
    return score(("Voice", measures(content)))


HOSTILE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "entities": (lambda: BILLION + "<score-partwise>&a9;</score-partwise>", "entities"),
    "entities in UTF-16": (lambda: (BILLION + "<score-partwise>&a9;</score-partwise>").encode("utf-16"), "entities"),
    "entities that appear in mending": (
        lambda: BILLION.replace("<!ENTITY", "<!EN\x01TITY") + "<score-partwise>&a9;</score-partwise>", "entities"),
    "default attributes": (
        lambda: f"<!DOCTYPE a [<!ATTLIST note x CDATA '{'x' * 90_000}'>]>" + _bar("<note/>" * 99_999), "attributes"),
    "external": (lambda: "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + _bar(FOUR + note("C", 16)).split("x.dtd\">")[1], ""),
    "a great duration": (lambda: _bar(FOUR + note("C", 16).replace("16", GREAT)), "more than 1,000 quarters"),
    "an infinite duration": (lambda: _bar(FOUR + note("C", 16).replace("16", "inf") + note("D", 4)), ""),
    "a great move": (lambda: _bar(FOUR + f"<forward><duration>{GREAT}</duration></forward>" + note("C", 4)), "1,000 quarters"),
    "no number": (lambda: _bar(FOUR.replace("<divisions>4", "<divisions>nan") + note("C", 1)), ""),
    "tiny divisions": (lambda: _bar(FOUR.replace("<divisions>4", "<divisions>1e-320") + note("C", 1)), "1,000 quarters"),
    "great divisions": (lambda: _bar(FOUR.replace("<divisions>4", "<divisions>1e300") + note("C", 1)), "no notes"),
    "negative divisions": (lambda: _bar(FOUR.replace("<divisions>4", "<divisions>-4") + note("C", 1)), "less than 1 division"),
    "great beats": (lambda: _bar(FOUR.replace("<beats>4", f"<beats>{GREAT}") + note("C", 16)), ""),
    "many beats": (lambda: _bar(FOUR.replace("<beats>4", "<beats>" + "1+" * 200_000) + note("C", 16)), ""),
    "a great key": (lambda: _bar(FOUR.replace("<fifths>2", f"<fifths>{GREAT}").replace(
        "</attributes>", f"<transpose><chromatic>{GREAT}</chromatic></transpose></attributes>") + note("C", 16)), ""),
    "a great octave": (lambda: _bar(FOUR + note("C", 16).replace("<octave>4", f"<octave>{GREAT}")), "no notes"),
    "a great alteration": (lambda: _bar(FOUR + note("C", 16).replace("<alter>0", "<alter>1e308")), "no notes"),
    "great repeats": (lambda: _bar(
        FOUR + note("C", 16) + f"<barline><repeat direction='backward' times='{GREAT}'/></barline>"), ""),
    "many endings": (lambda: score(("V", measures(*[FOUR + note("C", 16) + (
        "<barline location='left'><ending number='1,2,3,4,5,6,7,8,9' type='start'/></barline>"
        "<barline><ending type='stop'/><repeat direction='backward' times='9'/></barline>")] * 2000))), "4,000 bars"),
    "a great rest": (lambda: score(("V", measures(FOUR + note("C", 16), "<attributes><measure-style><multiple-rest>"
        f"{GREAT}</multiple-rest></measure-style></attributes>", note("C", 16)))), ""),
    "long bars in a short metre": (lambda: score(("V", measures(*[FOUR.replace(
        "<beats>4</beats><beat-type>4", "<beats>1</beats><beat-type>16") + note("C", 3800)] * 40))), "16,000 bars"),
    "empty elements": (lambda: _bar("<a/>" * 1_000_000), "more XML elements"),
    "empty measures": (lambda: score(("V", "<measure/>" * 1_000_000)), "4,000 bars"),
    "empty parts": (lambda: score(("V", "")).replace("</score-partwise>", "<part><measure/></part>" * 100_000), "500 parts"),
    "many parts of many bars": (lambda: score(*[("V", "<measure/>" * 3999)] * 100), "together"),
    "many notes that begin together": (lambda: _bar(FOUR + note("C", 16) + note("E", 16, 4, "chord") * 20_000), ""),
    "many voices": (lambda: _bar(
        FOUR + "".join(note("C", 1).replace("<voice>1", f"<voice>{i}") for i in range(12_000))), "1,000 quarters"),
    "many repeated notes": (lambda: _bar(
        FOUR + "<note><pitch><step>C</step><octave>4</octave></pitch><duration>.01</duration></note>" * 40_000
        + "<barline><repeat direction='backward' times='9'/></barline>"), "200,000 notes"),
    "deep nesting": (lambda: "<score-partwise>" + "<a>" * 500_000, ""),
    "one long tag": (lambda: "<score-partwise " + " ".join(f"a{i}='>'" for i in range(400_000)) + "/>", "more than a megabyte"),
    "one long text": (lambda: "<score-partwise>" + "x" * 5_000_000 + "</score-partwise>", "more than a megabyte"),
    "one long comment": (lambda: "<score-partwise><!--" + "x" * 5_000_000 + "--></score-partwise>", "more than a megabyte"),
    "a bomb": (lambda: zipped({"a.xml": b"<score-partwise>" + b"<part>" * 5_000_000}), "unpacks to more"),
    "a container that is a bomb": (lambda: zipped(
        {"META-INF/container.xml": b"x" * 30_000_000, "a.xml": _bar(FOUR + note("C", 16)).encode()}), ""),
    "many members": (lambda: zipped({f"{i}.xml": b"" for i in range(3_000)}), "1000 files"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.slow
def test_what_is_written_to_hurt_costs_little(tmp_path: Path, name: str) -> None:
    make, reason = HOSTILE[name]
    data = make()
    path = tmp_path / "a.xml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    before = time.process_time()
    try:
        DOMAIN.read(path)
        said = ""
    except FileError as error:
        said = str(error)
        assert said.startswith(str(path))
        assert len(said) < 400
    assert time.process_time() - before < 5
    assert reason in said
    assert bool(reason) == bool(said) or name == "deep nesting"
