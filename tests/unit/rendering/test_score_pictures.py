"""Scores of several parts as pictures, and as text in a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from genstudio import rendering
from genstudio.domains import get_domain
from genstudio.domains.melody import Melody
from genstudio.domains.score.piece import ChordSymbol, Score
from genstudio.errors import ConfigError
from genstudio.rendering import roll, score
from genstudio.rendering.roll import PART_COLOURS

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_roll_has_a_colour_for_each_part(song: Score) -> None:
    root = ElementTree.fromstring(roll.draw([song]))
    drawn = [rect.get("fill") for rect in root.iter(f"{SVG}rect") if rect.get("rx")]
    swatches = 1  # each part has one in the legend
    for place, part in enumerate(song.parts[:5]):
        assert drawn.count(PART_COLOURS["light"][place]) == len(part.notes) + swatches
    assert len(drawn) == sum(len(part.notes) for part in song.parts) + 5


def test_a_roll_has_a_legend_chord_symbols_and_drums(song: Score) -> None:
    found = texts(roll.draw([song], theme="dark"))
    assert found[2:7] == ["Voice", "Piano 1", "Piano 2", "Bass", "Drums"]
    assert [text for text in found if text in ("F", "C7sus4/B♭", "F6")] == ["F", "C7sus4/B♭", "F6"]
    assert {"Kick", "Snare"} <= set(found)
    assert "Closed hat" not in found
    assert found.count("1") == 1  # bar numbers only above the notes


def test_a_roll_of_one_part_has_colours_of_pitch_classes(song: Score) -> None:
    lead = replace(song, parts=(song.parts[0], song.parts[5]))
    found = roll.draw([lead])
    assert not any(colour in found for colour in PART_COLOURS["light"])
    assert "Voice" not in texts(found)
    assert "F6" in texts(found)


def test_a_chord_that_goes_on_is_muted_in_the_next_line(song: Score) -> None:
    long = get_domain("score").join([song] * 40)
    assert isinstance(long, Score)
    root = ElementTree.fromstring(roll.draw([replace(long, parts=(*long.parts[:5], replace(long.parts[5], chords=(
        ChordSymbol(480, long.length, 0, "minor-seventh"),))))]))  # fmt: skip
    found = [text for text in root.iter(f"{SVG}text") if "".join(text.itertext()) == "Cm7"]
    assert len(found) > 1
    assert len({text.get("fill") for text in found[1:]}) == 1
    assert found[0].get("fill") != found[1].get("fill")


def test_scores_below_each_other_share_one_legend(song: Score) -> None:
    found = texts(roll.draw([song, song], captions=["0 %", "100 %"]))
    assert found.count("Voice") == 1
    assert found.count("F6") == 2


def test_an_engraved_score_has_all_parts_symbols_and_words(song: Score) -> None:
    (page,) = score.pages(song)
    found = texts(page)
    assert {"A song", "Voice", "Piano", "Bass", "Drums", "F", "F6", "N.C.", "My", "coun", "try", "song"} <= set(found)
    assert found.count("Piano") == 1
    assert "C7sus4/B" in found  # the flat is a path beside it
    names = [text for text in found if re.search("[\ue000-\uf8ff]", text)]
    assert names == []


def test_chosen_parts_are_written(song: Score, tmp_path: Path) -> None:
    domain = get_domain("score")
    rendering.export(song, tmp_path / "a.musicxml", parts="melody,symbols")
    assert [part.role for part in domain.read(tmp_path / "a.musicxml").pieces[0].parts] == ["melody", "symbols"]
    rendering.export(song, tmp_path / "b.abc", parts="4")
    assert [part.name for part in domain.read(tmp_path / "b.abc").pieces[0].parts] == ["Bass"]
    rendering.export(song, tmp_path / "c.svg", parts="melody,drums", picture="roll")
    assert texts((tmp_path / "c.svg").read_text())[2:4] == ["Voice", "Drums"]
    with pytest.raises(ConfigError, match="there is no part 'flute'"):
        rendering.export(song, tmp_path / "d.mid", parts="flute")


def test_only_scores_have_parts(scale: Melody, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="only scores have parts"):
        rendering.export(scale, tmp_path / "a.mid", parts="1")


@pytest.mark.parametrize("name", ["a.mid", "a.wav", "a.musicxml", "a.mxl", "a.abc", "a.pdf", "a.svg", "a.png"])
def test_every_format_takes_scores(song: Score, tmp_path: Path, name: str) -> None:
    symbols = replace(song, parts=(song.parts[5],))
    for number, one in enumerate((song, symbols, replace(song, parts=(song.parts[4],)))):
        path, remarks = rendering.export(one, tmp_path / f"{number}{name}")
        assert path.stat().st_size > 100
        assert remarks == []


def test_a_terminal_shows_parts_with_common_bars(song: Score) -> None:
    lines = get_domain("score").show(song, 80).split("\n")
    assert lines[0] == "          F       C7sus4/B♭"  # F6 would touch it
    assert lines[1:4] == ["Voice", "  F5     │▇███████        │        ▇███████│", "  E5     │        ▇███████│████            │"]
    assert [line for line in lines if not re.search("[│0-9]", line)] == ["Voice", "Piano", "Piano", "Bass", "Drums"]
    assert "  SD     │▌       ▌       │▌       ▌       │" in lines
    assert lines[-1] == "          1                2"


def test_a_terminal_shows_a_lead_sheet_without_labels(song: Score) -> None:
    lines = get_domain("score").show(replace(song, parts=(song.parts[0], song.parts[5])), 80).split("\n")
    assert len(lines) == 5
    assert get_domain("score").show(replace(song, parts=(song.parts[5],)), 80).split("\n") == [lines[0], lines[-1]]
    assert get_domain("score").show(replace(song, parts=()), 80) == "(silence)"


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_a_terminal_has_room_for_every_line(song: Score, width: int) -> None:
    long = get_domain("score").join([song] * 30)
    lines = get_domain("score").show(long, width).split("\n")
    assert max(len(line) for line in lines) <= width
    assert lines[-1].strip().endswith("more bars")
