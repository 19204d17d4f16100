"""Scores and piano rolls, as pictures that other programs open."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from genstudio.domains.melody import Melody
from genstudio.errors import ConfigError, FileError
from genstudio.rendering import musicxml, pictures, roll, score

SVG = "{http://www.w3.org/2000/svg}"

Make = Callable[..., Melody]


def picture(svg: str, scale: float = 1.0) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(pictures.png(svg, scale=scale))).convert("RGB")).astype(int)


def test_a_score_shows_every_note(scale: Melody) -> None:
    (svg,) = score.pages(scale)
    root = ElementTree.fromstring(svg)
    # Filled noteheads in the font: SMuFL E0A4.
    heads = [use for use in root.iter(f"{SVG}use") if use.get("{http://www.w3.org/1999/xlink}href", "").startswith("#E0A4")]
    assert len(heads) == 8
    heights = [float(re.findall(r"[\d.]+", head.get("transform", ""))[1]) for head in heads]
    assert heights == sorted(heights, reverse=True)
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts[0] == "A tune"
    assert "= 120" in texts
    assert not list(root.iter(f"{SVG}style"))
    assert score.pages(scale) == [svg]


def glyphs(svg: str, name: str) -> int:
    return svg.count(f'xlink:href="#{name}')


def test_a_score_shows_accidentals_once_a_bar_and_not_after_ties(make: Make) -> None:
    notes = [(61, 480), (61, 480), (60, 480), (63, 480 + 480), (63, 480), (66, 480), (65, 480)]
    (svg,) = score.pages(make(notes, key="G major"))
    # Sharps: F of the signature, C, D (tied over the bar line, where it has none), D again. Naturals: C, F.
    assert (glyphs(svg, "E262"), glyphs(svg, "E261")) == (4, 2)


def test_a_score_shows_tuplets(make: Make) -> None:
    beamed = score.pages(make([(60, 160)] * 3 + [(60, 480)], (2, 4)))[0]
    bare = score.pages(make([(60, 320)] * 3, (2, 4)))[0]
    for svg in (beamed, bare):
        assert glyphs(svg, "E883") == 1
    document = musicxml.document(make([(60, 320)] * 3, (2, 4)))
    assert '<tuplet type="start" bracket="yes"/>' in document
    assert 'bracket="no"' in musicxml.document(make([(60, 160)] * 3 + [(60, 480)], (2, 4)))


@pytest.mark.slow
def test_a_score_is_trimmed_and_a_long_one_has_pages(make: Make) -> None:
    short = pictures.size(score.pages(make([(60, 1920)] * 2))[0])
    long = make([(60 + index % 12, 240) for index in range(8 * 120)])
    (whole,) = score.pages(long)
    assert short[0] < 500
    assert pictures.size(whole)[0] > 800
    assert pictures.size(whole)[1] > 5 * short[1]
    assert len(score.pages(long, paper=True)) >= 2


def test_a_score_in_png(scale: Melody) -> None:
    image = picture(score.pages(scale)[0], 2.0)
    width = image.shape[1]
    dark = np.argwhere(image.sum(axis=2) < 200)
    assert len(dark) > 2000
    assert (image[:4] == 255).all()
    assert dark[:, 1].max() > 0.8 * width
    # The title's letters stand above the staff, in the middle.
    head = dark[dark[:, 0] < 110]
    assert len(head) > 100
    assert abs(head[:, 1].mean() - width / 2) < width / 10


def test_pdf(scale: Melody) -> None:
    chinese = dataclasses.replace(scale, title="欢乐颂 — Ōde")
    made = pictures.pdf(score.pages(chinese, paper=True), title="A tune", paper=score.A4)
    assert made.startswith(b"%PDF-")
    assert made.rstrip().endswith(b"%%EOF")
    assert made.count(b"/Type /Page\n") == 1
    assert made == pictures.pdf(score.pages(chinese, paper=True), title="A tune", paper=score.A4)
    assert pictures.pdf([roll.draw([scale])]).startswith(b"%PDF-")


def test_a_roll_shows_every_note_in_its_colour(scale: Melody) -> None:
    root = ElementTree.fromstring(roll.draw([scale]))
    drawn = [rect for rect in root.iter(f"{SVG}rect") if rect.get("rx")]
    assert len(drawn) == 8
    colours = [rect.get("fill") for rect in drawn]
    assert colours[0] == colours[7]
    assert len(set(colours)) == 7
    lefts = [float(rect.get("x", "")) for rect in drawn]
    assert lefts == sorted(lefts)
    assert len({round(b - a, 1) for a, b in itertools.pairwise(lefts)}) == 1
    tops = [float(rect.get("y", "")) for rect in drawn]
    assert [round((tops[0] - top) / 9) for top in tops] == [0, 2, 4, 5, 7, 9, 11, 12]
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts[0] == "A tune"
    assert {"C4", "B4", "C5", "1", "2"} <= set(texts)
    assert "C major" in texts[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes(scale: Melody, theme: str) -> None:
    image = picture(roll.draw([scale, scale], theme=theme, captions=["0 %", "100 %"]))
    corner = image[2, 2].mean()
    assert corner > 240 if theme == "light" else corner < 40
    # The colours of notes are there.
    assert ((image.max(axis=2) - image.min(axis=2)) > 90).sum() > 1000


def test_many_melodies_and_long_ones(scale: Melody, make: Make) -> None:
    one, nine = (pictures.size(roll.draw([scale] * count))[1] for count in (1, 9))
    assert nine > 7 * one * 0.8
    svg = roll.draw([make([(60, 1920)] * 200, pickup=480)])
    assert pictures.size(svg)[0] < 1400
    assert svg.count(">200<") <= 1
    for count in (0, 401):
        if count:
            with pytest.raises(ConfigError, match="too many"):
                roll.draw([scale] * count)
    with pytest.raises(ConfigError, match="did you mean 'dark'"):
        roll.draw([scale], theme="darc")


def test_silence_can_be_drawn(make: Make, scale: Melody) -> None:
    none = dataclasses.replace(scale, notes=(), title="<Silence & co>")
    for drawn in (roll.draw([none]), score.pages(none)[0]):
        root = ElementTree.fromstring(drawn)
        assert root.tag.endswith("svg")
        assert len(list(root.iter())) > 5
    assert "<Silence & co>" in "".join(ElementTree.fromstring(roll.draw([none], captions=["<Silence & co>"])).itertext())


def test_png_text_and_size(scale: Melody, tmp_path: Path) -> None:
    data = pictures.png(roll.draw([scale]), scale=2.0, text=("genstudio", "words"))
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.text == {"genstudio": "words"}
    width, height = pictures.size(roll.draw([scale]))
    assert image.size == (round(2 * width), round(2 * height))


@pytest.mark.parametrize("name", ["verovio", "resvg_py", "svglib.svglib"])
def test_what_is_missing_is_told_with_the_command(scale: Melody, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(FileError, match=f"needs {name.partition('.')[0]}, which .*-m pip install .*{name.partition('.')[0]}"):
        {
            "verovio": lambda: score.pages(scale),
            "resvg_py": lambda: pictures.png(roll.draw([scale])),
            "svglib.svglib": lambda: pictures.pdf([roll.draw([scale])]),
        }[name]()
