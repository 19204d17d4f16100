"""Titles of any script come out in pictures: every letter in a font that has it, and nothing as a box."""

from __future__ import annotations

import dataclasses
import importlib.util
import io
import os
import re
from collections.abc import Callable

import pytest

from genstudio.domains.melody import Melody
from genstudio.rendering import pictures, roll, score

pytest.importorskip("reportlab", reason="needs the extra score")

from reportlab.graphics.shapes import Group, String
from reportlab.pdfbase import pdfmetrics

from genstudio.rendering import letters

TITLES = (
    "Ode to Joy → The Kesh", "茉莉花 → 欢乐颂", "Dvořák: Žluťoučký kůň, Łódź", "Привет Ελληνικά", "♥ ✓ ★ “x” – …", "さくら",
    "아리랑",
)  # fmt: skip
WESTERN = "Times-Roman"


Set = Callable[[str], list[tuple[str, str]]]


def fresh() -> Set:
    """Sets a text as a program does that has just begun: the fonts of the machine are looked for once.

    Returns:
        Gives the parts of a text: font and text.
    """
    spec = importlib.util.spec_from_file_location("fresh_letters", letters.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def runs(text: str) -> list[tuple[str, str]]:
        group = Group(String(0, 0, text, fontName=WESTERN))
        module.set_letters(group)
        parts = getattr(group.contents[0], "contents", group.contents)
        return [(part.fontName, part.text) for part in parts]

    return runs


@pytest.fixture(params=["this machine", "no fonts"])
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def runs(machine: str, monkeypatch: pytest.MonkeyPatch) -> Set:
    if machine == "no fonts":
        monkeypatch.setattr(os, "walk", lambda folder: iter(()))
    return fresh()


def encodes(codec: str, char: str) -> bool:
    try:
        return bool(char.encode(codec))
    except UnicodeError:
        return False


def has(font: str, char: str) -> bool:
    if font == WESTERN:
        return encodes("cp1252", char)
    if font in ("Symbol", "ZapfDingbats"):
        return encodes(font.lower(), char)
    embedded = getattr(pdfmetrics.getFont(font), "face", None)
    return ord(char) in embedded.charToGlyph if hasattr(embedded, "charToGlyph") else ord(char) > 255


@pytest.mark.parametrize("title", TITLES)
def test_every_letter_has_a_font_that_has_it(title: str, machine: str, runs: Set) -> None:
    parts = runs(title)
    for font, text in parts:
        for char in text:
            assert has(font, char), (font, char)
    whole = "".join(text for _, text in parts)
    assert whole == title or machine == "no fonts"
    assert "?" not in whole
    assert "→" in whole or "→" not in title


@pytest.mark.parametrize("machine", ["no fonts"], indirect=True)
def test_on_a_machine_without_fonts_letters_are_written_plainly(runs: Set) -> None:
    said = "".join(text for _, text in runs("Dvořák, Žluťoučký kůň, ⅓ ⟶"))
    assert said.startswith("Dvorák, Žlut")
    assert said.endswith("?")


@pytest.mark.parametrize(
    ("text", "left"),
    [("🎵 Tune 😀", "Tune"), ("❤️ song", "song"), ("👩‍👩‍👧 family", "family"), ("1️⃣ one", "1 one"), ("♥ stays", "♥ stays")],
)
def test_emoji_are_left_out(text: str, left: str) -> None:
    assert letters.without_emoji(text).strip() == left


def test_hebrew_is_set_from_right_to_left() -> None:
    assert "".join(text for _, text in fresh()("שיר יפה")) == "הפי ריש"


@pytest.mark.parametrize("draw", [lambda piece: score.pages(piece), lambda piece: [roll.draw([piece])]], ids=["score", "roll"])
def test_a_pdf_names_the_fonts_of_its_title(scale: Melody, draw) -> None:
    def fonts(title: str) -> set[bytes]:
        data = pictures.pdf(draw(dataclasses.replace(scale, title=title)))
        return set(re.findall(rb"/BaseFont /([\w+-]+)", data))

    plain = fonts("Ode")
    assert plain == fonts("Öde “x” – …")
    assert any(b"Song" in font for font in fonts("欢乐颂") - plain)
    assert fonts("A → B") - plain
    assert fonts("🎵 Ode") == plain


def test_the_same_title_gives_the_same_bytes(scale: Melody) -> None:
    page = score.pages(dataclasses.replace(scale, title="A → Žluť 欢"))
    assert pictures.pdf(page) == pictures.pdf(page)


def test_a_png_has_no_box_where_an_emoji_was(scale: Melody) -> None:
    image = pytest.importorskip("PIL.Image")

    def picture(title: str) -> bytes:
        svg = roll.draw([dataclasses.replace(scale, title=title)])
        return image.open(io.BytesIO(pictures.png(svg))).tobytes()

    assert picture("Ode 😀") == picture("Ode ")
    assert picture("Ode") != picture("Oda")
