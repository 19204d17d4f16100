"""The roll of a score: a colour for each part, chord symbols above, drums below, and what is not heard is pale."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from genstudio import paths
from genstudio.domains import Note, get_domain
from genstudio.domains.music.geometry import owners
from genstudio.domains.score import Part, Score
from genstudio.gui.items import Item
from genstudio.gui.theme import DARK, LIGHT, Theme
from genstudio.gui.views.colours import pitch_colours
from genstudio.gui.views.description import describe_roll
from genstudio.gui.views.parts import chords_of, part_colour
from genstudio.gui.views.roll import RollView
from genstudio.gui.views.thumb import paint_roll


def score(name: str) -> Score:
    (piece,) = get_domain("score").read(paths.resource(f"scores/{name}.musicxml")).pieces
    return piece


def with_drums(piece: Score) -> Score:
    hits = tuple(Note(tick, tick + 60, 36 if tick % 960 == 480 else 38, 100) for tick in range(480, 3840, 480))
    return replace(piece, parts=(*piece.parts, Part(name="Kit", role="drums", notes=hits)))


@pytest.fixture
def theme() -> Theme:
    return Theme()


@pytest.fixture
def show(theme, qtbot):
    def shown(piece: Score) -> RollView:
        view = RollView(theme)
        qtbot.addWidget(view)
        view.resize(1200, 420)
        view.show_items(Item(piece, "score", piece.title))
        view.show()
        QApplication.processEvents()  # the scroll bars find their place
        return view

    return shown


def colour_at(view: RollView, index: int) -> QColor:
    box = view.note_rect(index)
    return view.viewport().grab().toImage().pixelColor(QPoint(box.right() - 5, box.center().y()))


def test_each_note_belongs_to_its_part() -> None:
    hymn = score("old-hundredth")
    found = [(hymn.notes[index], part) for index, part in enumerate(owners(hymn))]
    assert len(found) == 128
    for part, voice in enumerate(hymn.parts):
        assert tuple(note for note, owner in found if owner == part) == voice.notes
    assert owners(get_domain("melody").from_symbols("")) == ()


def test_notes_have_the_colours_of_their_parts_and_pale_ones_are_not_heard(show, theme, qtbot) -> None:
    hymn = score("old-hundredth")
    view = show(hymn)
    for colours in (LIGHT, DARK):
        theme.use(colours)
        view.set_silent(())
        for index in range(8, 16):
            assert colour_at(view, index).name() == part_colour(owners(hymn)[index], colours).name()
        view.set_silent((1,))
        for index in range(8, 16):
            plain = colour_at(view, index).name() == part_colour(owners(hymn)[index], colours).name()
            assert plain == (owners(hymn)[index] != 1)


def test_one_voice_keeps_the_colours_of_pitch_classes(show) -> None:
    tune = score("amazing-grace")
    assert colour_at(show(tune), 1).name() == pitch_colours(LIGHT)[tune.notes[1].pitch % 12].name()


def test_chord_symbols_stand_over_their_places_in_the_spelling_of_the_key(show) -> None:
    tune = score("auld-lang-syne")
    assert [name for _, _, name in chords_of(tune)][:6] == ["F", "C7", "F", "F7", "B♭", "F"]
    view = show(tune)
    plain = show(replace(tune, parts=tune.parts[:1]))
    line, none = (one.viewport().grab().toImage() for one in (view, plain))
    ink = [
        sum(image.pixelColor(x, y) == QColor(LIGHT.text) for x in range(60, 300) for y in range(26, 44)) for image in (line, none)
    ]
    assert ink[0] > 10
    assert ink[1] == 0


def test_drums_have_rows_of_their_own_below(show) -> None:
    piece = with_drums(score("auld-lang-syne"))
    view = show(piece)
    image = view.viewport().grab().toImage()
    drums = part_colour(2, LIGHT)
    rows = {y for y in range(0, image.height(), 2) for x in range(100, 600) if image.pixelColor(x, y) == drums}
    assert rows
    assert min(rows) > max(view.note_rect(index).bottom() for index in range(10))
    view.set_silent((2,))
    image = view.viewport().grab().toImage()
    assert not any(image.pixelColor(x, y) == drums for y in range(0, image.height(), 2) for x in range(100, 600))


def test_pointing_names_the_part_and_keys_go_through_all(show, qtbot) -> None:
    view = show(score("old-hundredth"))
    with qtbot.waitSignal(view.pointed) as told:
        qtbot.mouseMove(view.viewport(), view.note_rect(2).center())
    assert told.args[0].startswith("Alto  ·  D4 (62)")
    view.set_position(0.1)
    assert [owners(view.melody)[index] for index in view.sounding()] == [3, 2, 1, 0]
    view.set_silent((0, 2))
    assert [owners(view.melody)[index] for index in view.sounding()] == [3, 1]


def test_a_score_in_words() -> None:
    said = describe_roll(score("old-hundredth"))
    assert said.startswith("8 bars in 4/4 with a pickup, G major, 80 quarters a minute, 25 seconds. Soprano: 32 notes from")
    assert "Bass: 32 notes from G2 to A3." in said
    said = describe_roll(with_drums(score("auld-lang-syne")))
    assert "23 chord symbols, beginning with F, C7, F, F7." in said
    assert "Kit: 7 hits." in said


def test_a_card_shows_parts_drums_and_chords() -> None:
    def drawn(piece: Score, height: int) -> QImage:
        image = QImage(400, height, QImage.Format.Format_ARGB32)
        image.fill(QColor(LIGHT.surface))
        painter = QPainter(image)
        paint_roll(painter, QRectF(image.rect()), piece, LIGHT)
        painter.end()
        return image

    def has(image: QImage, colour: QColor, rows: range) -> bool:
        return any(image.pixelColor(x, y) == colour for x in range(image.width()) for y in rows)

    piece = with_drums(score("old-hundredth"))
    image = drawn(piece, 120)
    for part in range(4):
        assert has(image, part_colour(part, LIGHT), range(90))
    assert has(image, part_colour(4, LIGHT), range(92, 120))
    tune = score("auld-lang-syne")
    ink = QColor(LIGHT.muted)
    assert has(drawn(tune, 120), ink, range(14))
    assert not has(drawn(tune, 36), ink, range(14))
