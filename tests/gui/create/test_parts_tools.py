"""Chords and other parts for a melody, with a model of scores: from a card, and as tools of the page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import genstudio
from genstudio import paths
from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.pages.create import CreatePage
from genstudio.gui.pages.create.tools import Parameters, ToolRow
from genstudio.gui.pages.create.work import Request
from genstudio.gui.toolwords import writes
from genstudio.gui.views.parts import chords_of
from genstudio.gui.widgets.cards import CardStrip

SHEETS = {"name": "sheets", "domain": "score", "parts": ["melody", "symbols"]}
VOICES = {"name": "voices", "domain": "score", "parts": ["melody", "other", "other", "bass"]}
TUNES = {"name": "tunes", "domain": "melody"}


@pytest.fixture
def tune() -> Item:
    (piece,) = get_domain("melody").read(paths.resource("songs/amazing-grace.abc")).pieces
    return Item(piece, "melody", piece.title)


def sheet(text: str, tmp_path: Path) -> Item:
    path = tmp_path / "sheet.musicxml"
    path.write_text(text, encoding="utf-8")
    (piece,) = get_domain("score").read(path).pieces
    return Item(piece, "score", "Sheet")


@pytest.fixture
def loaded(context: Context, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the models that are asked for."""
    asked: list[str] = []
    monkeypatch.setattr(context.models, "load", asked.append)
    return asked


def choose(card: CardStrip, name: str) -> None:
    next(action for action in card.piece_actions.menu().actions() if action.text() == name).trigger()


def test_what_a_model_can_write_follows_from_its_parts() -> None:
    assert [writes("harmonise", one.get("parts", ())) for one in (SHEETS, VOICES, TUNES)] == [True, False, False]
    assert [writes("accompany", one.get("parts", ())) for one in (SHEETS, VOICES, TUNES)] == [False, True, False]


def test_a_score_gets_the_model_whose_parts_it_has(context: Context) -> None:
    context.models.known = [TUNES, VOICES, SHEETS]
    domain = get_domain("score")
    (sheet_,) = domain.read(paths.resource("scores/amazing-grace.musicxml")).pieces
    (hymn,) = domain.read(paths.resource("scores/old-hundredth.musicxml")).pieces
    assert domain.roles(sheet_) == ["melody", "symbols"]
    assert [context.models.suiting("score", piece) for piece in (sheet_, hymn)] == ["sheets", "voices"]
    assert context.models.suiting("melody", sheet_) == "tunes"
    assert context.models.suiting("score") in ("sheets", "voices")
    assert context.models.suiting("drums") == ""


def test_a_melody_card_takes_the_first_model_that_can(
    page: CreatePage, context: Context, loaded: list[str], tune: Item, qtbot: QtBot
) -> None:
    context.models.known = [TUNES, VOICES, SHEETS]
    card = CardStrip(context)
    card.set_items([tune])
    qtbot.addWidget(card)
    for name, tool, model in (("Add chords", "harmonise", "sheets"), ("Accompany", "accompany", "voices")):
        choose(card, name)
        assert (page.desk.tool, page.desk.domain, loaded[-1]) == (tool, "score", model)
        end = page.desk.states["score"].ends[0]
        assert end is not None
        (part,) = end.item.piece.parts
        assert [note[:3] for note in part.notes] == [note[:3] for note in tune.piece.notes]
        assert page.head.tools.buttons[tool].isChecked()


def test_the_model_that_is_chosen_is_taken_where_it_can(
    page: CreatePage, context: Context, loaded: list[str], tune: Item, qtbot: QtBot
) -> None:
    context.models.known, context.models.wanted = [SHEETS, {**SHEETS, "name": "others"}], "others"
    card = CardStrip(context)
    card.set_items([tune])
    qtbot.addWidget(card)
    choose(card, "Add chords")
    assert (page.desk.tool, loaded) == ("harmonise", [])


def test_without_such_a_model_that_is_said(page: CreatePage, context: Context, tune: Item, qtbot: QtBot) -> None:
    context.models.known = [TUNES, VOICES]
    told: list[str] = []
    context.bus.trouble.connect(lambda sentence, details: told.append(sentence))
    card = CardStrip(context)
    card.set_items([tune])
    qtbot.addWidget(card)
    choose(card, "Add chords")
    assert told == ["No model that is installed writes chord symbols; train one of lead sheets, or get one."]
    assert (page.desk.tool, page.desk.states["score"].ends[0]) == ("interpolate", None)


def test_only_scores_have_these_tools(page: CreatePage, context: Context, qtbot: QtBot) -> None:
    assert page.head.tools.buttons["harmonise"].isHidden()
    page.desk.apply("score", "harmonise", page.desk.states["score"])
    assert not page.head.tools.buttons["accompany"].isHidden()
    page.desk.apply("melody", "harmonise", page.desk.states["melody"])
    assert (page.desk.tool, page.head.tools.buttons["harmonise"].isHidden()) == ("interpolate", True)


def test_tools_without_room_are_in_a_menu(qtbot: QtBot) -> None:
    window = QWidget()
    row = ToolRow(window)
    qtbot.addWidget(window)
    window.show()
    row.resize(row.sizeHint())
    assert not any(button.isHidden() for button in row.buttons.values())
    assert row.others.isHidden()
    height = row.height()
    row.resize(row.sizeHint().width() - 100, height)
    hidden = [tool for tool, button in row.buttons.items() if button.isHidden()]
    assert hidden
    assert not {"interpolate", "harmonise", "accompany"} & set(hidden)
    row.others.click()
    actions = {action.text(): action for action in row.menu.actions()}
    row.menu.close()
    assert list(actions) == [row.buttons[tool].text() for tool in hidden]
    with qtbot.waitSignal(row.chosen) as told:
        actions["Rhythm"].trigger()
    assert told.args == ["rhythm"]
    row.choose("rhythm")
    assert not row.buttons["rhythm"].isHidden()
    assert (row.height(), row.sizeHint().height()) == (height, height)


def test_a_melody_that_is_dropped_on_a_score_becomes_one(page: CreatePage, tune: Item) -> None:
    page.desk.apply("score", "interpolate", page.desk.states["score"])
    page.ends.wells[1].dropped.emit(tune)
    end = page.desk.states["score"].ends[1]
    assert end is not None
    assert page.desk.domain == "score"
    assert [part.role for part in end.item.piece.parts] == ["melody"]


def test_chords_and_parts_are_written_and_the_melody_stays(
    page: CreatePage, context: Context, band: Path, make_sheet: Callable[..., str], tmp_path: Path, calm: Callable[[], None]
) -> None:
    model: Any = genstudio.load(band)
    context.models.known = [{"name": model.name, "domain": "score", "parts": ["melody", "bass", "symbols"]}]
    context.models.current, context.models.wanted = model, model.name
    context.models.changed.emit(model)
    given = sheet(make_sheet(3, 4), tmp_path)
    roles = [part.role for part in given.piece.parts]
    page.operate(given, "harmonise")
    calm()
    made = page.desk.state.results["harmonise"].items
    assert made[0].title == "Sheet, chords 1"
    captions = [page.stage.grid.caption(number) for number in range(len(made))]
    for number, item in enumerate(made, 1):
        begins = [name for name, _ in groupby(name for _, _, name in chords_of(item.piece))][:8]
        assert captions[number - 1].removesuffix(" …") == f"{number} · {' '.join(begins)}"
    for item in made:
        parts = {part.role: part for part in item.piece.parts}
        assert parts["symbols"].chords
        for role in roles:
            if role != "symbols":
                assert parts[role].notes == given.piece.parts[roles.index(role)].notes
        assert item.of is page.desk.state.ends[0].item  # type: ignore[union-attr]
    page.parameters.put("accompany", {"written": "bass", "n": 1})
    page.operate(given, "accompany")
    calm()
    (item,) = page.desk.state.results["accompany"].items
    parts = {part.role: part for part in item.piece.parts}
    assert parts["melody"].notes == given.piece.parts[roles.index("melody")].notes
    assert parts["symbols"].chords == given.piece.parts[roles.index("symbols")].chords
    assert parts["bass"].notes


def test_parts_of_a_score_can_be_held(qtbot: QtBot) -> None:
    settings = Parameters()
    qtbot.addWidget(settings)
    settings.choose("vary", {"key", "metre", "bar", "details", "parts"})
    settings.show()
    for name, typed in (("bars", "3-4"), ("parts", "melody, bass")):
        field = settings.fields[name]
        assert isinstance(field, QLineEdit)
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert Request("vary", (), settings.of("vary")).options()["hold"] == ("3-4", "melody", "bass")
    settings.choose("vary", {"key", "metre", "bar", "details"})
    assert not settings.fields["parts"].isVisible()
