"""The mixer of scores: what is clicked is what is heard, and it is kept with the piece."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget

from genstudio import paths
from genstudio.domains import TempoChange, get_domain
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.time import seconds_at
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.midi_out import _channels, _plan
from genstudio.gui.mixers import Mixers
from genstudio.gui.pages.create.ends_bar import straightened
from genstudio.gui.settings import Settings
from genstudio.gui.sounds import Take, _opening, _render
from genstudio.gui.theme import DARK, LIGHT
from genstudio.gui.views.parts import ink_on, part_colours, part_names
from genstudio.gui.widgets.mixer import MixerPanel, PartsBar
from genstudio.gui.widgets.viewer import Viewer


def score(name: str) -> Item:
    (piece,) = get_domain("score").read(paths.resource(f"scores/{name}.musicxml")).pieces
    return Item(piece, "score", piece.title)


@pytest.fixture
def hymn() -> Item:
    return score("old-hundredth")


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    made.resize(900, 700)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def panel(context, hymn, window) -> MixerPanel:
    button = QPushButton(window)
    button.move(700, 640)
    made = MixerPanel(context, button)
    made.show_item(hymn)
    made.open()
    return made


def click(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_clicks_change_what_is_played(context, panel, hymn, qtbot) -> None:
    mixers = context.player.mixers
    soprano, alto, _, bass = panel.strips
    click(qtbot, alto.mute)
    assert mixers.heard(hymn) == (0, 2, 3)
    click(qtbot, bass.solo)
    assert mixers.heard(hymn) == (3,)
    click(qtbot, bass.solo)
    soprano.level.setValue(40)
    soprano.instrument.open()
    soprano.instrument.field.setText("violin")
    qtbot.keyClick(soprano.instrument.field, Qt.Key.Key_Return)
    played = mixers.mixed(hymn)
    assert [(part.name, part.program, part.level) for part in played.parts] == [
        ("Soprano", 40, 0.4), ("Tenor", 52, 1.0), ("Bass", 52, 1.0),
    ]  # fmt: skip
    assert "Violin" in soprano.instrument.text()
    assert mixers.mixed(hymn) is played
    click(qtbot, panel.reset)
    assert mixers.mixed(hymn) is hymn.piece
    assert not panel.reset.isEnabled()
    assert soprano.level.value() == 100


def test_the_player_plays_it_as_it_is_mixed(context, silent, hymn, qtbot) -> None:
    player = context.player
    player.play(hymn)
    assert len(player._heard.take.melody.parts) == 4
    player.mixers.change(hymn, 0, muted=True)
    qtbot.waitUntil(lambda: len(player._heard.take.melody.parts) == 3)
    assert player.playing
    player.stop()


def test_it_is_kept_between_starts_and_for_the_same_piece_elsewhere(context, settings, hymn) -> None:
    context.player.mixers.change(hymn, 2, level=0.25, solo=True)
    settings.write()
    again = Mixers(Settings(settings.path))
    assert [(part.name, part.level) for part in again.mixed(score("old-hundredth")).parts] == [("Tenor", 0.25)]
    assert again.of(score("amazing-grace")) == {}


def test_a_part_of_a_piece_and_what_is_made_of_it_are_played_like_it(context, hymn) -> None:
    mixers = context.player.mixers
    mixers.change(hymn, 1, muted=True)
    bars = Item(get_domain("score").part(hymn.piece, 1, 4), "score", "Bars 1-4", of=hymn)
    assert mixers.heard(bars) == (0, 2, 3)
    mixers.change(bars, 3, muted=True)
    assert mixers.heard(hymn) == (0, 2)
    alone = Item(bars.piece, "score", bars.title)
    assert mixers.heard(alone) == (0, 1, 2, 3)
    mixers.take_along(bars)
    assert mixers.heard(alone) == (0, 2)
    tune = Item(score("amazing-grace").piece, "score", "Of another kind", of=hymn)
    assert mixers.heard(tune) == (0, 1)


def test_the_legend_names_the_parts_and_a_click_silences_one(context, hymn, qtbot) -> None:
    bar = PartsBar(context)
    qtbot.addWidget(bar)
    bar.show_item(hymn)
    assert [button.text() for button in bar.buttons] == ["Soprano", "Alto", "Tenor", "Bass"]
    click(qtbot, bar.buttons[1])
    assert context.player.mixers.heard(hymn) == (0, 2, 3)
    assert "silent" in bar.buttons[1].accessibleName()
    assert bar.buttons[1].font().strikeOut()
    click(qtbot, bar.buttons[1])
    assert context.player.mixers.heard(hymn) == (0, 1, 2, 3)
    bar.show_item(None)
    assert bar.isHidden()


def test_parts_without_a_colour_have_the_sign_of_what_is_heard(context, qtbot) -> None:
    """One tune and its chord symbols: notes have the colours of their pitches, and a grey square would mean nothing."""
    bar, song = PartsBar(context), score("amazing-grace")
    qtbot.addWidget(bar)
    bar.show_item(song)
    looks = lambda: [button.icon().pixmap(16).toImage() for button in bar.buttons]  # noqa: E731
    signs = [icon(name, context.theme.colours).pixmap(16).toImage() for name in ("volume", "mute")]
    assert looks() == [signs[0], signs[0]]
    click(qtbot, bar.buttons[1])
    assert looks() == signs


def test_each_part_has_a_channel_of_a_port_at_its_level(hymn) -> None:
    take = Take(hymn.piece)
    assert _channels(take) == [(channel, 52, 1.0) for channel in range(4)]
    begun = [message for at, message in _plan(take) if at == 0.0 and message[0] & 0xF0 == 0x90]
    assert sorted((message[0] & 0x0F, message[1]) for message in begun) == [(0, 67), (1, 62), (2, 59), (3, 55)]


def test_parts_are_told_apart_by_everyone_and_words_on_them_can_be_read() -> None:
    """Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009."""
    views = (
        np.eye(3),
        np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    )

    def linear(colour):
        parts = np.array(colour.getRgbF()[:3])
        return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)

    def lab(parts):
        cones = np.array([
            [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ])  # fmt: skip
        axes = np.array([
            [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ])  # fmt: skip
        return axes @ np.cbrt(np.clip(cones @ parts, 0, None))

    def contrast(one, other):
        weights = np.array([0.2126, 0.7152, 0.0722])
        low, high = sorted((float(weights @ linear(one)), float(weights @ linear(other))))
        return (high + 0.05) / (low + 0.05)

    for colours in (LIGHT, DARK):
        found = part_colours(colours)
        for colour in found:
            assert contrast(colour, QColor(colours.surface)) >= 3
            assert contrast(colour, ink_on(colour)) >= 4.5
        seen = [[lab(np.clip(view @ linear(colour), 0, 1)) for view in views] for colour in found]
        for count, least in ((4, 0.1), (5, 0.09), (8, 0.025)):
            apart = min(
                float(np.linalg.norm(a - b)) for n, one in enumerate(seen[:count]) for other in seen[:n]
                for a, b in zip(one, other, strict=True)
            )  # fmt: skip
            assert apart >= least


def test_equal_names_are_numbered_and_empty_ones_say_what_they_are_for(hymn) -> None:
    parts = tuple(replace(part, name=name) for part, name in zip(hymn.piece.parts, ("Violin", "Violin", "", "Cello"), strict=True))
    assert part_names(parts) == ["Violin 1", "Violin 2", "Other part", "Cello"]


def test_the_large_view_has_the_legend_and_engraves_all_parts_or_the_lead_sheet(context, hymn, monkeypatch, qtbot) -> None:
    engraved: list[list[str]] = []
    monkeypatch.setattr("genstudio.rendering.score.pages", lambda music: engraved.append([part.name for part in music.parts]) or [])
    viewer = Viewer(context)
    qtbot.addWidget(viewer)
    viewer.resize(900, 400)
    viewer.show_item(hymn)
    viewer.show()
    assert [button.text() for button in viewer.panel_of("melody").parts.buttons] == ["Soprano", "Alto", "Tenor", "Bass"]
    assert viewer.panel_of("melody").lead.isHidden()
    click(qtbot, viewer.panel_of("melody").parts.buttons[3])
    assert viewer.panel_of("melody").roll.silent == {3}
    click(qtbot, viewer.panel_of("melody").kinds["score"])
    qtbot.waitUntil(lambda: engraved == [["Soprano", "Alto", "Tenor", "Bass"]])
    assert viewer.panel_of("melody").parts.isHidden()
    click(qtbot, viewer.panel_of("melody").lead)
    qtbot.waitUntil(lambda: engraved[1:] == [["Soprano"]])
    assert context.settings["lead_sheet"]


def test_a_long_score_begins_with_the_sound_of_its_first_bars(hymn) -> None:
    slow = replace(hymn.piece, tempos=(TempoChange(0, 30.0),))
    take = Take(slow, rate=8000)
    assert take.seconds > 60
    opening = _opening(take)
    lines = [seconds_at(slow.tempos, line) for line in bar_lines(slow)]
    assert opening.ready == round(next(line for line in lines if line >= 12) * 8000)
    assert len(opening.data) < 30 * 8000
    assert np.abs(opening.data[: opening.ready]).max() > 10_000


def test_a_rhythm_that_is_off_the_grid_is_put_on_it_in_every_part(hymn) -> None:
    assert straightened(hymn) is None
    late = [tuple(note._replace(start=note.start + 20) for note in part.notes) for part in hymn.piece.parts]
    parts = tuple(replace(part, notes=notes) for part, notes in zip(hymn.piece.parts, late, strict=True))
    shifted = replace(hymn.piece, parts=parts)
    made = straightened(Item(shifted, "score", "Late"))
    assert made is not None
    assert [[note[:3] for note in part.notes] for part in made.piece.parts] == [
        [note[:3] for note in part.notes] for part in hymn.piece.parts
    ]
    assert [part.name for part in made.piece.parts] == ["Soprano", "Alto", "Tenor", "Bass"]


def test_a_part_alone_is_as_loud_as_among_the_others(context, hymn) -> None:
    def loudness(**changes: object) -> float:
        context.player.mixers.reset(hymn)
        for part, muted in enumerate((False, True, True, True)):
            context.player.mixers.change(hymn, part, muted=muted, **(changes if part == 0 else {}))
        take = replace(context.player._wanted(hymn), rate=8000)
        return float(np.sqrt(np.mean(_render(take).data.astype(float) ** 2)))

    whole = float(np.sqrt(np.mean(_render(Take(hymn.piece, rate=8000)).data.astype(float) ** 2)))
    alone = loudness()
    assert alone < 0.8 * whole
    assert loudness(level=0.5) == pytest.approx(alone / 4, rel=0.01)
