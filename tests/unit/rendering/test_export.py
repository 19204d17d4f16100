"""Export by name, and what a file says of its origin, written and read back."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import mido
import music21
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import genstudio
from genstudio import cli, rendering
from genstudio.domains.melody import DOMAIN, Melody
from genstudio.domains.music.midi import write as write_midi
from genstudio.domains.text import Passage
from genstudio.errors import ConfigError, DamagedFileError, FileError, InputError
from genstudio.provenance import Provenance
from genstudio.rendering.formats.registry import FORMATS
from genstudio.rendering.traces import provenance_of

Make = Callable[..., Melody]
SUFFIXES = [suffix for known in FORMATS.values() if known.kind == "music" and known.traces for suffix in known.suffixes]


# Traces


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_keeps_the_trace(tmp_path: Path, scale: Melody, trace: Provenance, suffix: str) -> None:
    path, remarks = rendering.export(scale, tmp_path / f"a{suffix}", provenance=trace)
    assert remarks == []
    found = provenance_of(path)
    assert found is not None
    assert found.to_text() == trace.to_text()
    assert np.array_equal(found.code, trace.code)
    # Without one there is none; and one is not made up.
    assert provenance_of(rendering.export(scale, tmp_path / f"b{suffix}")[0]) is None


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in (".midi", ".xml")])
def test_titles_of_any_script_are_written(tmp_path: Path, scale: Melody, suffix: str) -> None:
    titled = dataclasses.replace(scale, title="Första → 茉莉花")
    path, _ = rendering.export(titled, tmp_path / f"a{suffix}")
    if suffix in (".mid", ".abc", ".musicxml"):
        assert DOMAIN.read(path).pieces[0].title == "Första → 茉莉花"


@pytest.mark.parametrize("picture", ["roll", "score"])
def test_a_picture_has_the_title_that_is_asked_for(tmp_path: Path, scale: Melody, picture: str) -> None:
    path, _ = rendering.export(scale, tmp_path / "a.svg", picture=picture, title="Another tune")
    assert "<title>Another tune</title>" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("picture", ["roll", "score"])
@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_pictures_keep_the_trace(tmp_path: Path, scale: Melody, trace: Provenance, suffix: str, picture: str) -> None:
    path, _ = rendering.export(scale, tmp_path / f"a{suffix}", provenance=trace, picture=picture)
    found = provenance_of(path)
    assert found is not None
    assert found.to_text() == trace.to_text()


def test_the_trace_by_other_readers(tmp_path: Path, scale: Melody, trace: Provenance) -> None:
    text = trace.to_text()
    for suffix in (".mid", ".flac", ".ogg", ".wav", ".musicxml", ".png", ".svg"):
        rendering.export(scale, tmp_path / f"a{suffix}", provenance=trace)
    first = mido.MidiFile(tmp_path / "a.mid").tracks[0]
    assert (first[0].type, first[0].time, first[0].text) == ("text", 0, text)
    assert soundfile.SoundFile(tmp_path / "a.flac").comment == text
    assert soundfile.SoundFile(tmp_path / "a.ogg").comment == text
    assert Image.open(tmp_path / "a.png").text["genstudio"] == text
    assert ElementTree.parse(tmp_path / "a.svg").findtext("{http://www.w3.org/2000/svg}metadata") == text
    field = ElementTree.parse(tmp_path / "a.musicxml").find("./identification/miscellaneous/miscellaneous-field")
    assert field is not None
    assert field.text == text
    # The sound is not hurt by it.
    bare, _ = rendering.export(scale, tmp_path / "b.wav")
    assert np.array_equal(soundfile.read(tmp_path / "a.wav")[0], soundfile.read(bare)[0])


def test_midi_without_a_text_has_the_same_bytes_and_with_it_the_same_notes(tmp_path: Path, scale: Melody) -> None:
    DOMAIN.write(scale, tmp_path / "a.mid")
    DOMAIN.write(scale, tmp_path / "b.mid", "")
    assert (tmp_path / "a.mid").read_bytes() == (tmp_path / "b.mid").read_bytes()
    for length in (1, 127, 128, 16383, 16384, 100_000):
        write_midi(scale, tmp_path / "c.mid", "x" * length)
        assert mido.MidiFile(tmp_path / "c.mid").tracks[0][0].text == "x" * length
        a, c = (DOMAIN.read(tmp_path / name).pieces[0] for name in ("a.mid", "c.mid"))
        assert (a.notes, a.metres, a.tempos, a.title) == (c.notes, c.metres, c.tempos, c.title)


def test_a_trace_survives_another_program(tmp_path: Path, scale: Melody, trace: Provenance) -> None:
    rendering.export(scale, tmp_path / "a.mid", provenance=trace)
    song = mido.MidiFile(tmp_path / "a.mid")
    song.tracks.append(song.tracks.pop(0))
    song.tracks[0].insert(0, mido.Message("sysex", data=(1, 2, 3)))
    song.save(tmp_path / "b.mid")
    found = provenance_of(tmp_path / "b.mid")
    assert found is not None
    assert found.job == trace.job
    (tmp_path / "c.abc").write_bytes(b"X:9\nT:other\nK:C\nC|\n")
    assert provenance_of(tmp_path / "c.abc") is None


def test_a_damaged_trace_is_told(tmp_path: Path, trace: Provenance) -> None:
    (tmp_path / "a.svg").write_text('<svg><metadata>genstudio {"format":1}</metadata></svg>')
    with pytest.raises(DamagedFileError):
        provenance_of(tmp_path / "a.svg")
    (tmp_path / "a.svg").write_text(
        f"<svg><metadata>genstudio {'{' + chr(34) + 'a' + chr(34) + ':' + '[' * 100_000}</metadata></svg>"
    )
    with pytest.raises(DamagedFileError):
        provenance_of(tmp_path / "a.svg")
    with pytest.raises(FileError, match="there is no file"):
        provenance_of(tmp_path / "none.mid")


@settings(max_examples=150, deadline=None)
@given(
    head=st.sampled_from(
        [b"MThd\0\0\0\6", b"RIFF\0\0\0\0WAVE", b"fLaC", b"OggS", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4 /Keywords (", b"PK\3\4", b""]
    ),
    body=st.binary(max_size=300),
)
def test_any_bytes_hold_a_trace_or_none(tmp_path_factory: pytest.TempPathFactory, head: bytes, body: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(head + body)
    assert provenance_of(path) is None


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_cut_files_do_no_harm(tmp_path: Path, scale: Melody, trace: Provenance, suffix: str) -> None:
    path, _ = rendering.export(scale, tmp_path / f"a{suffix}", provenance=trace)
    data = path.read_bytes()
    whole = provenance_of(path)
    assert whole is not None
    for length in {0, 1, 7, 13, 40, 500, 3000, len(data) // 2, len(data) - 1}:
        path.write_bytes(data[:length])
        try:
            found = provenance_of(path)
        except FileError as error:
            assert "damaged" in str(error) or path.name in str(error), length  # noqa: PT017
        else:
            assert found is None or found.job == whole.job, length


def test_a_bomb_of_zip_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.mxl", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.musicxml", bytes(60_000_000))
    assert provenance_of(tmp_path / "a.mxl") is None


# Export


@pytest.mark.parametrize("suffix", [".mid", ".abc", ".musicxml", ".mxl"])
def test_notation_has_the_same_notes(tmp_path: Path, scale: Melody, suffix: str) -> None:
    path, _ = rendering.export(scale, tmp_path / f"a{suffix}", tempo=1.5)
    back = DOMAIN.read(path).pieces[0]
    assert [note[:3] for note in back.notes] == [note[:3] for note in scale.notes]
    assert back.tempos[0].bpm == pytest.approx(180.0)
    if suffix != ".mid":
        assert [note.pitch.midi for note in music21.converter.parse(path).flatten().notes] == [60, 62, 64, 65, 67, 69, 71, 72]


def test_several_melodies(tmp_path: Path, scale: Melody) -> None:
    path, remarks = rendering.export([scale, scale], tmp_path / "a.mid", instrument="flute")
    assert remarks == ["2 pieces were put one after the other."]
    assert DOMAIN.read(path).pieces[0].program == 73
    assert len(DOMAIN.read(path).pieces[0].notes) == 16
    path, remarks = rendering.export([scale, scale], tmp_path / "a.abc")
    assert remarks == []
    assert len(DOMAIN.read(path).pieces) == 2
    path, remarks = rendering.export(
        [scale] * 3, tmp_path / "a.png", picture="roll", title="Steps", captions=["0 %", "50 %", "100 %"]
    )
    assert remarks == []
    assert Image.open(path).size[1] > 3 * 150


def test_names_and_suffixes(tmp_path: Path, scale: Melody) -> None:
    assert rendering.export(scale, tmp_path / "a", to="wav", rate=8000)[0] == tmp_path / "a.wav"
    assert rendering.export(scale, tmp_path / "a.midi")[0].read_bytes()[:4] == b"MThd"
    for path, to, said in (
        ("a.wav", "wave", "did you mean 'wav'"),
        ("a.flac", "wav", "not a name for wav"),
        ("a.mp3", None, "cannot tell the format"),
        ("a", None, "cannot tell the format"),
    ):
        with pytest.raises(ConfigError, match=said):
            rendering.export(scale, tmp_path / path, to=to)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("a.wav", {"theme": "dark"}, "theme means nothing for wav"),
        ("a.wav", {"volume": 3}, "does not know 'volume'"),
        ("a.svg", {"theme": "dark"}, "a score has no theme"),
        ("a.svg", {"picture": "photo"}, "picture is 'photo'"),
        ("a.mid", {"tempo": 99}, "tempo is 99"),
        ("a.mid", {"instrument": "violn"}, "did you mean 'Violin'"),
    ],
)
def test_wrong_options(tmp_path: Path, scale: Melody, name: str, options: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        rendering.export(scale, tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []


def test_the_wrong_kind_of_piece(tmp_path: Path, scale: Melody) -> None:
    with pytest.raises(InputError, match="text cannot be written as wav; choose one of txt, csv"):
        rendering.export(Passage(text="words"), tmp_path / "a.wav")
    with pytest.raises(InputError, match="melodies cannot be written as csv"):
        rendering.export(scale, tmp_path / "a.csv")
    with pytest.raises(InputError, match="nothing to export"):
        rendering.export([], tmp_path / "a.csv")


def test_a_place_that_cannot_be_written(tmp_path: Path, scale: Melody) -> None:
    (tmp_path / "file").write_text("x")
    for suffix in (".wav", ".ogg", ".svg"):
        with pytest.raises(FileError, match="cannot write"):
            rendering.export(scale, tmp_path / "file" / f"a{suffix}")


# Text


def test_tables(tmp_path: Path, trace: Provenance) -> None:
    passages = [Passage(text='say "yes", 诗\nsecond line', source="a.txt#1"), Passage(text="=1+1")]
    path, _ = rendering.export(passages, tmp_path / "a.csv", provenance=[trace, None])
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert [row["text"] for row in rows] == [passage.text for passage in passages]
    assert (rows[0]["source"], rows[0]["t"], rows[0]["seed"], rows[0]["model"]) == ("a.txt#1", "0.5", "7", "folk")
    assert (rows[0]["operation"], rows[0]["job"]) == (trace.operation, trace.job)
    assert (rows[1]["seed"], rows[1]["job"]) == ("", "")
    assert not any(len(cell) > 80 for row in rows for cell in row.values())  # nothing that is only for machines
    assert provenance_of(path) is None
    old = tmp_path / "old.csv"  # of an earlier version, which wrote it into a column
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("text", "provenance"), ("words", trace.to_text())])
    old.write_text(out.getvalue(), encoding="utf-8")
    found = provenance_of(old)
    assert found is not None
    assert found.to_text() == trace.to_text()
    path, _ = rendering.export(passages, tmp_path / "a.txt")
    assert path.read_text(encoding="utf-8") == 'say "yes", 诗\nsecond line\n=1+1\n'
    assert provenance_of(path) is None


# The studio and the commands


def test_studio_takes_files_pieces_and_words(
    tmp_path: Path, scale: Melody, trace: Provenance, make_tune: Callable[..., object]
) -> None:
    rendering.export(scale, tmp_path / "a.mid", provenance=trace)
    result = genstudio.export(tmp_path / "a.mid", tmp_path / "b.flac", rate=22050)
    assert result["format"] == "flac"
    assert result["bytes"] == (tmp_path / "b.flac").stat().st_size
    # What the file said of its origin goes along.
    assert genstudio.trace(tmp_path / "b.flac")["job"] == trace.job
    genstudio.export([scale, tmp_path / "a.mid", make_tune(1, 4, (4, 4), 100)], tmp_path / "c.svg", picture="roll")
    assert genstudio.export("Words of a sentence.", tmp_path / "d.txt")["pieces"][0]["text"] == "Words of a sentence."
    (tmp_path / "lines.txt").write_text("one line\nanother line\n")
    assert len(genstudio.export(tmp_path / "lines.txt", tmp_path / "e.csv")["pieces"]) == 2
    for source, said in (("none.mid", "no file 'none.mid'"), (tmp_path / "none.abc", "no file"), ("", "no file")):
        with pytest.raises(FileError, match=said):
            genstudio.export(source, tmp_path / "f.wav")
    with pytest.raises(FileError, match="does not say how it was made"):
        genstudio.trace(tmp_path / "lines.txt")


def test_tunebooks_give_one_of_their_tunes(tmp_path: Path, make: Make, trace: Provenance) -> None:
    melodies = [make([(60 + step, 480)] * 4, title=f"Tune {step}") for step in range(3)]
    rendering.export(melodies, tmp_path / "a.abc", provenance=trace)
    first = genstudio.export(tmp_path / "a.abc", tmp_path / "a.mid")
    assert "holds 3 pieces: the first was used" in first["remarks"][0]
    assert genstudio.trace(tmp_path / "a.mid")["job"] == trace.job
    second = genstudio.export(tmp_path / "a.abc", tmp_path / "b.mid", number=2)
    assert second["pieces"][0]["title"] == "Tune 1"
    assert provenance_of(tmp_path / "b.mid") is None
    with pytest.raises(ConfigError, match="expected 1 to 3"):
        genstudio.export(tmp_path / "a.abc", tmp_path / "c.mid", number=4)


def test_commands(tmp_path: Path, scale: Melody, trace: Provenance, capsys: pytest.CaptureFixture[str]) -> None:
    rendering.export(scale, tmp_path / "a.mid", provenance=trace)
    assert cli.main(["export", str(tmp_path / "a.mid"), "--to", "musicxml", "--out", str(tmp_path / "b"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["path"] == str(tmp_path / "b.musicxml")
    assert cli.main(["trace", str(tmp_path / "b.musicxml"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["seed"], said["model"], said["index"], said["count"]) == (7, "folk", 1, 3)
    assert np.allclose(said["code"], trace.code)
    assert cli.main(["trace", str(tmp_path / "b.musicxml")]) == 0
    told = capsys.readouterr().out
    assert "interpolate, piece 2 of 3" in told
    assert "Ode an die Freude 欢乐颂" in told
    (tmp_path / "c.mid").write_bytes(b"MThd")
    assert cli.main(["trace", str(tmp_path / "c.mid")]) == 2
    assert "does not say how it was made" in capsys.readouterr().err
    assert cli.main(["export", str(tmp_path / "a.mid"), "--to", "mp3", "--out", str(tmp_path / "d")]) == 2
    assert "there is no format 'mp3'" in capsys.readouterr().err
