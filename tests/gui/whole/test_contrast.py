"""What is drawn on what, by the style sheet and by hand, can be read in both themes (WCAG 2.2: 4.5 for words, 3 for shapes)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor

from genstudio.gui.style import style_sheet
from genstudio.gui.theme import DARK, LIGHT, Colours
from genstudio.gui.views.colours import mixed, pitch_colours, weighted
from genstudio.gui.views.parts import ink_on
from tests.gui.shell.test_theme import contrast

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
WORDS = 4.5
SHAPES = 3.0


def rules(colours: Colours) -> Iterator[tuple[str, dict[str, str]]]:
    """Each selector of the style sheet, alone, with what is set for it."""
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style_sheet(colours)):
        values = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        for one in selectors.split(","):
            yield one.strip(), {name.strip(): value.strip() for name, value in values.items()}


def looks(colours: Colours) -> dict[str, tuple[str, str]]:
    """The colour of words and of the ground of every control in each of its states; of what is disabled nothing is asked."""
    grounds: dict[str, str] = {}
    words: dict[str, str] = {}
    for selector, values in rules(colours):
        base = re.sub(r":[a-z]+$", "", selector)
        kind = re.sub(r"\[.*$", "", base)
        ground = values.get("background", values.get("background-color", ""))
        words[selector] = values.get("color") or words.get(base) or words.get(kind) or colours.text
        grounds[selector] = ground or grounds.get(base) or grounds.get(kind) or "transparent"
    return {
        one: (words[one], grounds[one]) for one in words
        if ":disabled" not in one and "::" not in one and words[one].startswith("#")
    }  # fmt: skip


@BOTH
def test_words_of_the_style_sheet(colours: Colours) -> None:
    found = looks(colours)
    assert len(found) > 40
    for selector, (word, ground) in found.items():
        below = [ground] if ground.startswith("#") else [colours.page, colours.surface, colours.raised]
        for one in below:
            assert contrast(word, one) >= WORDS, (selector, word, one)


@BOTH
def test_words_that_are_drawn(colours: Colours) -> None:
    # The lists: titles and what is said of them, at rest, under the pointer and chosen.
    for ground in (colours.surface, colours.page, colours.sunken, colours.selection):
        for word in (colours.text, colours.muted, colours.good, colours.warn, colours.bad, colours.accent):
            assert contrast(word, ground) >= WORDS, (word, ground)
    # The letters of the ends beside the slider, on their badges and on the map.
    for word in (colours.a, colours.b):
        assert contrast(word, colours.page) >= WORDS
    for share in (0.0, 0.33, 0.67, 1.0):
        for word in (colours.surface, colours.page):
            assert contrast(word, mixed(colours.a, colours.b, share).name()) >= WORDS, share
    # Names of notes on notes and on keys that are pressed.
    for colour in pitch_colours(colours):
        assert contrast(ink_on(colour).name(), colour.name()) >= WORDS, colour.name()


@BOTH
def test_shapes_that_are_drawn(colours: Colours) -> None:
    for ground in (colours.surface, colours.page, colours.sunken):
        for colour in pitch_colours(colours):
            assert contrast(colour.name(), ground) >= SHAPES, colour.name()
            for loud in (0.0, 0.5, 1.0):
                least = SHAPES if colours is LIGHT or loud else 2.4
                assert contrast(weighted(colour, loud, colours).name(), colours.surface) >= least, colour.name()
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            assert contrast(mixed(colours.a, colours.b, share).name(), ground) >= SHAPES
        assert contrast(colours.accent, ground) >= SHAPES  # the ring of what has the focus, the cursor, the heart
    assert QColor(colours.a) != QColor(colours.b)


@BOTH
def test_neighbours_on_the_circle_of_fifths_are_told_apart(colours: Colours) -> None:
    palette = pitch_colours(colours)
    for pitch in range(12):
        assert math.dist(oklab(palette[pitch]), oklab(palette[(pitch + 7) % 12])) > 0.06
        assert math.dist(oklab(palette[pitch]), oklab(palette[(pitch + 1) % 12])) > 0.15  # a semitone is far apart


def oklab(colour: QColor) -> tuple[float, ...]:
    """Where a colour lies in a space in which distances are as they are seen (Ottosson 2020)."""
    red, green, blue = ((x + 0.055) ** 2.4 / 1.055**2.4 if x > 0.04045 else x / 12.92 for x in colour.getRgbF()[:3])
    cones = [
        math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue),
        math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue),
        math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue),
    ]
    rows = (
        (0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )  # fmt: skip
    return tuple(sum(weight * cone for weight, cone in zip(row, cones, strict=True)) for row in rows)
