"""Score and text views."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QApplication

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.domains.text import Passage
from genstudio.gui.items import Item
from genstudio.gui.theme import DARK
from genstudio.gui.views.score import ScoreView
from genstudio.gui.views.text import TextView, differences


def wheel(widget, up: bool) -> None:
    event = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120 if up else -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget.viewport(), event)


def ink(view) -> tuple[int, int]:
    """How many of the view's pixels are dark, and how many light."""
    image = view.viewport().grab().toImage()
    levels = [image.pixelColor(x, y).lightness() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    return sum(level < 90 for level in levels), sum(level > 200 for level in levels)


def test_a_score_is_engraved_and_drawn_on_light_and_dark_paper(context, theme, make, qtbot):
    pytest.importorskip("verovio", reason="needs the extra score")
    view = ScoreView(context)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_item(Item(make([60, 62, 64, 65] * 8), "melody", "Long"))
    qtbot.waitUntil(lambda: view.ready, timeout=10000)
    dark, light = ink(view)
    assert dark > 150
    assert light > 10 * dark
    theme.use(DARK)
    dark, light = ink(view)
    assert light > 150
    assert dark > 10 * light
    before = view.horizontalScrollBar().maximum()
    wheel(view, up=True)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.horizontalScrollBar().maximum() > before
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.horizontalScrollBar().maximum() == before
    assert view.accessibleDescription().startswith("8 bars in 4/4")


@pytest.mark.parametrize("serif", [True, False])
def test_words_below_the_notes_do_not_touch(context, qtbot, monkeypatch, serif):
    pytest.importorskip("verovio", reason="needs the extra score")
    if not serif:  # where there is none of the fonts that are wanted
        monkeypatch.setattr("genstudio.rendering.pictures.SERIF", "'None such', serif")
        monkeypatch.setattr("genstudio.rendering.score.SERIF", "'None such', serif")
    song = get_domain("score").read(paths.resource("scores/amazing-grace.musicxml")).pieces[0]
    view = ScoreView(context)
    qtbot.addWidget(view)
    view.show_item(Item(song, "score", song.title))
    qtbot.waitUntil(lambda: view.ready)
    lines: dict[str, list[tuple[float, float]]] = {}
    for said in ElementTree.fromstring(view._svgs[0]).iter("{http://www.w3.org/2000/svg}text"):
        if said.get("text-anchor") == "start":
            assert "," not in said.get("font-family", "")  # which the renderer would take for the name of one family
            font = QFont(said.get("font-family", ""))
            font.setPixelSize(100)
            size, left = float(said.get("font-size", 0)), float(said.get("x", 0))
            wide = QFontMetricsF(font).horizontalAdvance("".join(said.itertext())) * size / 100
            lines.setdefault(said.get("y", ""), []).append((left, left + wide))
    words = max(lines.values(), key=len)
    assert len(words) > 10
    assert all(right < left for (_, right), (left, _) in pairwise(sorted(words)))


def test_without_verovio_it_is_told_what_helps(context, tune, qtbot, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "verovio", None)
    view = ScoreView(context)
    qtbot.addWidget(view)
    view.show_item(tune)
    qtbot.waitUntil(lambda: view.trouble != "", timeout=5000)
    assert view.trouble == "an engraved score needs verovio, which is not installed; install GenStudio again, with all its parts"
    assert view.accessibleDescription() == view.trouble
    assert not view.grab().isNull()


def test_only_the_last_melody_that_was_asked_for_is_shown(context, tune, make, words, qtbot):
    pytest.importorskip("verovio", reason="needs the extra score")
    view = ScoreView(context)
    qtbot.addWidget(view)
    view.show_item(Item(make([60] * 64), "melody", "First"))
    view.show_item(tune)
    qtbot.waitUntil(lambda: view.ready, timeout=10000)
    assert "Four notes" not in view._svgs[0]
    assert "Test" in view._svgs[0]
    view.show_item(words)
    assert not view.ready
    assert view.accessibleDescription() == "Nothing is shown."


def test_differences_by_word_and_by_character():
    assert differences("the old man sleeps", "the man sleeps well") == [
        ("same", "the"), ("new", " old"), ("same", " man sleeps"), ("gone", " well"),
    ]  # fmt: skip
    assert differences("我爱你", "我恨你") == [("same", "我"), ("gone", "恨"), ("new", "爱"), ("same", "你")]
    assert differences("same", "same") == [("same", "same")]
    for text, other in (("a b c", "c b a"), ("", "x y"), ("x <b>", "")):
        parts = differences(text, other)
        assert "".join(words for kind, words in parts if kind != "gone") == text
        assert sorted("".join(words for kind, words in parts if kind != "new").split()) == sorted(other.split())


@pytest.fixture
def reader(context, qtbot) -> TextView:
    view = TextView(context)
    qtbot.addWidget(view)
    view.resize(700, 300)
    return view


def formats(view: TextView) -> dict[str, object]:
    """The format of each run of the comparison."""
    found = {}
    block = view.document().begin()
    while block.isValid():
        for run in block:
            fragment = run.fragment()
            found[fragment.text().strip()] = fragment.charFormat()
        block = block.next()
    return found


def test_differences_are_marked_by_line_and_weight(reader, context):
    a = Item(Passage(text="The old man & his <dog> sleep."), "text", "50%")
    b = Item(Passage(text="The young man & his <dog> run."), "text", "25%")
    reader.show_items(a, b)
    assert "The old man & his <dog> sleep." in reader.toPlainText()
    found = formats(reader)
    for word in ("old", "sleep."):
        assert found[word].fontUnderline()
        assert found[word].fontWeight() >= 600
    for word in ("young", "run."):
        assert found[word].fontStrikeOut()
    assert not found["man & his <dog>"].fontUnderline()
    assert reader.accessibleDescription() == "The old man & his <dog> sleep. New: old, sleep. Gone: young, run."
    reader.show_items(a, a)
    assert reader.accessibleDescription().endswith("The same as its neighbour.")


def test_the_size_of_the_words_is_that_of_the_settings(reader, settings, words, qtbot):
    reader.show_items(words)
    before = formats(reader)[words.title].fontPointSize()
    wheel(reader, up=True)
    assert settings["text_size"] == pytest.approx(1.3)
    assert formats(reader)[words.title].fontPointSize() > before
    qtbot.keyClick(reader, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(reader, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert settings["text_size"] == pytest.approx(1.1)
    qtbot.keyClick(reader, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert formats(reader)[words.title].fontPointSize() == before
    settings["text_size"] = 3.0
    wheel(reader, up=True)
    assert settings["text_size"] == 3.0


def test_a_melody_is_not_read_and_colours_follow_the_theme(reader, theme, tune, words):
    reader.show_items(tune)
    assert reader.toPlainText() == "Choose a sentence to read it here."
    reader.show_items(words)
    theme.use(DARK)
    assert formats(reader)[words.title].foreground().color() == QColor(DARK.text)


def test_a_text_that_brings_the_scroll_bar_is_shown_once(reader, context, qtbot):
    context.settings["text_size"] = 2.0
    reader.show()
    reader.show_items(Item(Passage(text="I read the book every day."), "text", "Reading"))
    for width in range(700, 180, -20):
        reader.resize(width, reader.minimumHeight())
        assert reader.toPlainText() == "I read the book every day."
        reader.resize(width, 600)
