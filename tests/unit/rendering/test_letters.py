"""Titles of any script come out in pictures: every letter in a font that has it, and nothing as a box."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator

import pytest

from genstudio.domains.melody import Melody
from genstudio.rendering import pictures, roll, score

pytest.importorskip("reportlab", reason="needs the extra score")

from genstudio.rendering import letters

TITLES = (
    "Ode to Joy → The Kesh", "茉莉花 → 欢乐颂", "Dvořák: Žluťoučký kůň, Łódź", "Привет Ελληνικά", "♥ ✓ ★ “x” – …", "さくら",
    "아리랑",
)  # fmt: skip
WESTERN = "Times-Roman"


@pytest.fixture(params=["this machine", "no fonts"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "no fonts":
        monkeypatch.setattr(letters, "_system_fonts", list)
    letters._embedded.cache_clear()
    yield str(request.param)
    letters._embedded.cache_clear()


def has(font: str, char: str) -> bool:
    if font == WESTERN:
        return letters._encodes("cp1252", char)
    if font in ("Symbol", "ZapfDingbats"):
        return letters._encodes(font.lower(), char)
    embedded = dict(letters._embedded())
    return embedded[font](ord(char)) if font in embedded else ord(char) > 255


@pytest.mark.parametrize("title", TITLES)
def test_every_letter_has_a_font_that_has_it(title: str, machine: str) -> None:
    runs = letters._runs(title, WESTERN)
    for font, text in runs:
        for char in text:
            assert has(font, char), (font, char)
    whole = "".join(text for _, text in runs)
    assert whole == title or machine == "no fonts"
    assert "?" not in whole
    assert "→" in whole or "→" not in title


def test_on_a_machine_without_fonts_letters_are_written_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_system_fonts", list)
    letters._embedded.cache_clear()
    said = "".join(text for _, text in letters._runs("Dvořák, Žluťoučký kůň, ⅓ ⟶", WESTERN))
    letters._embedded.cache_clear()
    assert said.startswith("Dvorák, Žlut")
    assert said.endswith("?")


@pytest.mark.parametrize(
    ("text", "left"),
    [("🎵 Tune 😀", "Tune"), ("❤️ song", "song"), ("👩‍👩‍👧 family", "family"), ("1️⃣ one", "1 one"), ("♥ stays", "♥ stays")],
)
def test_emoji_are_left_out(text: str, left: str) -> None:
    assert letters.without_emoji(text).strip() == left


def test_hebrew_is_set_from_right_to_left() -> None:
    assert "".join(text for _, text in letters._runs("שיר יפה", WESTERN)) == "הפי ריש"


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
