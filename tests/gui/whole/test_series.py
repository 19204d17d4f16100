"""Time series in the window: opened, seen, read, drawn by hand, forecast, kept and exported."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.domains.series import Series
from genstudio.gui import kinds
from genstudio.gui.app import application
from genstudio.gui.context import Context
from genstudio.gui.corpora import Facts
from genstudio.gui.faces import face_of
from genstudio.gui.items import Item
from genstudio.gui.opening import understand
from genstudio.gui.pages.create.desk import End, Results, State
from genstudio.gui.pages.create.head import choose
from genstudio.gui.pages.create.work import Request
from genstudio.gui.readings import table_among
from genstudio.gui.shown.curve import Curve, value
from genstudio.gui.shown.series_editor import CurveDialog
from genstudio.gui.shown.series_panel import SeriesPanel
from genstudio.gui.shown.sketch import Sketch
from genstudio.gui.theme import DARK, LIGHT
from genstudio.gui.toolwords import offered, tools_for
from genstudio.gui.widgets.corpus_details import about_corpus
from genstudio.gui.widgets.export_dialog import ExportDialog, export
from genstudio.gui.widgets.exporting import ExportOptions, write_items
from genstudio.gui.widgets.importing import import_settings
from genstudio.progress import Stop

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
YEARS = 4


def table(folder: Path, name: str = "air.csv", gap: bool = False) -> Path:
    """Four years of months that rise, with a season."""
    rows = [(f"{1949 + month // 12}-{month % 12 + 1:02d}", 100 + month + 5 * (month % 12)) for month in range(12 * YEARS)]
    cells = [f"{time},{'' if gap and place in (20, 21) else number}" for place, (time, number) in enumerate(rows)]
    path = folder / name
    path.write_text("\n".join(["month,passengers", *cells]) + "\n")
    return path


def series(folder: Path, **about: Any) -> Item:
    (piece,) = get_domain("series").read(table(folder, **about)).pieces
    return Item(piece, "series", "Air")


def forecast(piece: Series, steps: int = 6) -> Series:
    """With what a forecast has."""
    middle = tuple(200.0 + step for step in range(steps))
    bands = tuple((share, tuple(one + 100 * (share - 0.5) for one in middle)) for share in (0.1, 0.3, 0.5, 0.7, 0.9))
    return replace(piece, values=(*piece.values, *middle), bands=bands)


@pytest.fixture
def context(qtbot: QtBot, home: Path) -> Any:
    from tests.gui.create.fakes import make_context

    made = make_context(home)
    yield made
    made.engine.close()


# -- on cards


def painted(piece: Series, colours: Any = LIGHT, **about: Any) -> QImage:
    image = QImage(200, 80, QImage.Format.Format_ARGB32)
    image.fill(QColor(colours.surface))
    painter = QPainter(image)
    kinds.showing("series").paint(painter, QRectF(0, 0, 200, 80), piece, colours, **about)
    painter.end()
    return image


def columns(image: QImage, like: str, far: int = 90) -> list[int]:
    """The columns of a picture in which something is nearly of a colour."""
    wanted = QColor(like)

    def near(x: int, y: int) -> bool:
        found = image.pixelColor(x, y)
        return sum(abs(a - b) for a, b in zip(found.getRgb()[:3], wanted.getRgb()[:3], strict=True)) < far

    return [x for x in range(image.width()) if any(near(x, y) for y in range(image.height()))]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_a_card_shows_a_line_that_is_broken_at_gaps(qapp, tmp_path, colours):
    whole, gap = (columns(painted(series(tmp_path, name=f"{name}.csv", gap=name == "gap").piece, colours), colours.text)
                  for name in ("whole", "gap"))  # fmt: skip
    assert len(whole) > 190
    lost = sorted(set(whole) - set(gap))
    assert 3 <= len(lost) <= 20
    assert 75 < lost[0] < lost[-1] < 100


def test_a_card_shows_a_forecast_with_its_fan_and_unusual_steps_in_rings(qapp, tmp_path):
    piece = series(tmp_path).piece
    image = painted(forecast(piece))
    assert min(columns(image, LIGHT.accent)) > 160
    assert not columns(painted(piece), LIGHT.accent)
    band = QColor(LIGHT.accent)
    outer = [round(255 - 0.16 * (255 - one)) for one in band.getRgb()[:3]]
    assert min(columns(image, QColor(*outer).name(), far=8)) > 160
    scored = replace(piece, scores=tuple(9.0 if step == 24 else 0.1 for step in range(len(piece))))
    assert any(95 <= x <= 105 for x in columns(painted(scored), LIGHT.bad))


def test_a_long_series_keeps_its_highest_and_lowest_values(qapp):
    values = [0.0] * 50_000
    values[31_234] = 1.0
    curve = Curve(Series.of(values), QRectF(0, 0, 200, 100))
    (run,) = curve._runs(0, 50_000)
    assert len(run) < 1000
    assert min(point.y() for point in run) == pytest.approx(0.0)


def test_it_says_in_words_what_it_is(qapp, tmp_path):
    showing, item = kinds.showing("series"), series(tmp_path)
    assert showing.about(item) == ["48 months, 1949 to 1952", "rising", "yearly season"]
    assert showing.about(Item(forecast(item.piece), "series", "")) == ["6 months ahead", "48 months, 1949 to 1952"]
    scored = replace(item.piece, scores=(0.0,) * 5 + (7.0,) + (0.0,) * 42)
    assert showing.about(Item(scored, "series", ""))[1] == "most unusual: 1949-06"
    facts = dict(showing.facts(series(tmp_path, gap=True)))
    assert (facts["Length"], facts["Season"], facts["Missing"], facts["Lowest"]) == ("48 months", "12 months", "2 steps", "100")
    facts = dict(showing.facts(Item(forecast(item.piece), "series", "")))
    assert (facts["Length"], facts["Time"], facts["Highest"]) == ("48 months", "1949 to 1952", "202")
    assert (facts["Forecast"], facts["Its values"]) == ("6 months, 1953-01 to 1953-06", "200 to 205")
    plain = Item(Series.of([1.0, 2.0, 1.0, 2.0]), "series", "")
    assert showing.about(plain) == ["4 steps"]
    quarters = Series.of([1.0] * 9, start="2024-01-01T10:00:00", step="15 minute")
    assert showing.about(Item(quarters, "series", ""))[0] == "9 steps of 15 minutes, 2024-01-01 10:00:00 to 2024-01-01 12:00:00"
    assert [value(one).replace(",", "") for one in (-0.00001234, 1.5, 1234567.0, 0.0)] == ["−1.234e−05", "1.5", "1234567", "0"]


# -- seen large


@pytest.fixture
def panel(context: Context, qtbot: QtBot) -> SeriesPanel:
    made = SeriesPanel(context)
    qtbot.addWidget(made)
    made.resize(900, 360)
    made.show()
    return made


def drawn(panel: SeriesPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.chart.plot is not None and not panel.chart._stale)


def test_the_value_is_read_where_the_pointer_is_and_with_the_keys(panel, qtbot, tmp_path):
    item = series(tmp_path)
    panel.show_items(item, None)
    drawn(panel, qtbot)
    chart = panel.chart
    qtbot.waitUntil(lambda: chart.plot.mapViewToScene(QPointF(30, 150)).x() > 450)  # it has its size

    def place() -> QPoint:
        return chart.plot.getViewWidget().mapTo(chart, chart.plot.mapViewToScene(QPointF(30, 150)).toPoint())

    qtbot.mouseMove(chart, place())
    assert chart.read.text() == "1951-07: 160"
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read.text() == "1951-08: 166"
    qtbot.keyClick(chart, Qt.Key.Key_PageDown)
    assert (chart.read.text(), chart.accessibleDescription()) == ("1952-08: 178", "1952-08: 178")
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.read.text() == "1949-01: 100"
    ticks = dict(chart._axes["bottom"]._tickLevels[0])
    assert (ticks[0], ticks[12]) == ("1949", "1950")
    assert chart.accessibleName() == "Chart of Air"


def test_a_forecast_has_bands_and_another_series_lies_over_it(panel, qtbot, tmp_path):
    item = series(tmp_path)
    ahead = Item(forecast(item.piece), "series", "Ahead")
    panel.show_items(ahead, item)
    drawn(panel, qtbot)
    chart = panel.chart
    assert [type(one).__name__ for one in chart.items].count("FillBetweenItem") == 2
    chart.point(49.0)
    assert chart.read.text() == "1953-02: 201   in 8 of 10 cases 161 to 241"
    chart.point(2.0)
    assert chart.read.text() == "1949-03: 112   Air: 112"
    assert (chart.named[0], chart.named[2]) == ("known values", "Air")
    panel.show_items(Item(replace(item.piece, scores=(0.5,) * 48), "series", "Scored"), None)
    drawn(panel, qtbot)
    chart.point(3.0)
    assert chart.read.text() == "1949-04: 118   unusual by 0.5 nats"
    assert not chart.named


def test_it_is_seen_larger_and_whole_again_and_in_other_colours(panel, qtbot, tmp_path):
    panel.show_items(series(tmp_path), None)
    drawn(panel, qtbot)
    chart = panel.chart
    panel.zoom(4.0)
    low, high = chart.plot.viewRange()[0]
    assert high - low < 15
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.plot.viewRange()[0][1] > 47
    panel.fit()
    assert chart.plot.viewRange()[0][0] <= 0
    panel.context.theme.use(DARK)
    drawn(panel, qtbot)
    assert chart._ink.color() == QColor(DARK.text)


# -- drawn by hand


def test_a_sketch_is_changed_and_taken_back():
    sketch = Sketch((0.0, 0.0, 4.0, 0.0))
    sketch.begin()
    sketch.smooth()
    assert sketch.values == (0.0, 1.0, 2.0, 0.0)
    sketch.begin()
    sketch.line(0, None, 1, 2.0)
    assert sketch.values[:2] == (None, None)
    sketch.undo()
    sketch.undo()
    assert (sketch.values, sketch.can) == (sketch.given, (False, True))
    sketch.redo()
    sketch.begin()
    sketch.resize(6)
    assert sketch.values == (0.0, 1.0, 2.0, 0.0, 0.0, 0.0)
    assert sketch.can == (True, False)


@pytest.fixture
def dialog(context: Context, qtbot: QtBot, tmp_path: Path) -> CurveDialog:
    made = kinds.showing("series").editor(context, series(tmp_path))
    assert isinstance(made, CurveDialog)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def at(dialog: CurveDialog, step: int, found: float) -> QPoint:
    """Where a step and a value are."""
    curve = dialog.paper.curve
    return QPoint(round(curve.x(step)), round(curve.y(found)))


def drag(qtbot: QtBot, widget: QWidget, button: Qt.MouseButton, *places: QPoint) -> None:
    qtbot.mousePress(widget, button, pos=places[0])
    for place in places[1:]:
        global_place = widget.mapToGlobal(place)
        application().sendEvent(
            widget, QMouseEvent(QMouseEvent.Type.MouseMove, place, global_place, button, button, Qt.KeyboardModifier.NoModifier)
        )
    qtbot.mouseRelease(widget, button, pos=places[-1])


def test_values_are_drawn_with_the_mouse_and_gaps_with_its_right_button(dialog, qtbot):
    paper, before = dialog.paper, dialog.paper.sketch.values
    assert not dialog.use.isEnabled()
    drag(qtbot, paper, LEFT, at(dialog, 10, 120.0), at(dialog, 20, 160.0))
    found = paper.sketch.values
    assert found[10] == pytest.approx(120.0, abs=1.5)
    assert found[15] == pytest.approx(140.0, abs=1.5)  # between two places of the pointer it is a straight line
    assert (found[:10], found[21:]) == (before[:10], before[21:])
    drag(qtbot, paper, RIGHT, at(dialog, 30, 150.0), at(dialog, 33, 120.0))
    assert paper.sketch.values[29:35] == (before[29], None, None, None, None, before[34])
    qtbot.mouseClick(dialog.undo, LEFT)
    assert paper.sketch.values == found
    qtbot.mouseClick(dialog.redo, LEFT)
    with qtbot.waitSignal(dialog.made) as made:
        qtbot.mouseClick(dialog.use, LEFT)
    piece = made.args[0].piece
    assert (piece.values[30], piece.season, piece.labels_of(0, 1)) == (None, 12, ["1949-01"])
    assert piece.mean != dialog.item.piece.mean
    assert (piece.bands, made.args[0].title) == ((), "Air")


def test_values_are_moved_with_keys_and_typed(dialog, qtbot):
    paper = dialog.paper
    qtbot.keyClick(paper, Qt.Key.Key_End)
    qtbot.keyClick(paper, Qt.Key.Key_Left)
    assert (paper.at, dialog.typed.text()) == (46, "196")
    qtbot.keyClick(paper, Qt.Key.Key_Up)
    little = paper.sketch.values[46] - 196
    qtbot.keyClick(paper, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert 0 < little < 3
    assert paper.sketch.values[46] < 196 - 5 * little
    dialog.typed.setFocus()
    dialog.typed.selectAll()
    qtbot.keyClicks(dialog.typed, "many")
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert "“many” is no number" in dialog.told.text()
    dialog.typed.selectAll()
    qtbot.keyClicks(dialog.typed, "-12.5")
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert paper.sketch.values[46] == -12.5
    qtbot.keyClick(paper, Qt.Key.Key_Delete)
    assert paper.sketch.values[46] is None
    dialog.steps.setValue(60)
    assert (len(paper.sketch.values), paper.sketch.values[59]) == (60, paper.sketch.values[47])
    assert dialog.use.isEnabled()


def test_what_becomes_of_a_forecast_that_is_edited_is_said_before(context, qtbot, tmp_path):
    item = Item(forecast(series(tmp_path).piece), "series", "Air, forecast")
    made = kinds.showing("series").editor(context, item)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made.paper, Qt.Key.Key_Up)
    assert made.fate.isVisible()
    size = made.paper.size()
    assert "is left out; forecast the edited series again" in made.fate.text()
    assert (made.paper.piece.forecast, made.steps.value(), len(made.paper.curve.piece)) == (0, 54, 54)
    qtbot.mouseClick(made.undo, LEFT)
    assert (made.fate.text(), made.paper.piece.bands) == ("", item.piece.bands)
    assert made.paper.size() == size  # what is drawn stays under the pointer
    qtbot.keyClick(made.paper, Qt.Key.Key_End)
    qtbot.keyClick(made.paper, Qt.Key.Key_Up)
    assert "now written by hand" in made.fate.text()
    qtbot.keyClick(made.paper, Qt.Key.Key_Delete)
    assert (made.use.isEnabled(), made.fate.text()[:23]) == (False, "A forecast has no gaps;")
    qtbot.mouseClick(made.undo, LEFT)
    with qtbot.waitSignal(made.made) as heard:
        qtbot.mouseClick(made.use, LEFT)
    piece = heard.args[0].piece
    assert (piece.forecast, piece.by_hand, piece.values[:48]) == (6, True, item.piece.values[:48])
    facts = dict(kinds.showing("series").facts(Item(piece, "series", "")))
    assert facts["Forecast"] == "6 months, 1953-01 to 1953-06, written by hand"


# -- tools and files


def test_forecasts_are_offered_for_series_alone(qapp):
    for domain in ("melody", "drums", "text", "score"):
        assert not {"forecast", "anomalies"} & set(offered(domain, parts=domain == "score"))
    assert tools_for("series") == ("vary", "shape", "continue", "fill", "forecast", "anomalies")


def test_a_table_of_numbers_is_series_and_one_of_sentences_is_text(tmp_path):
    texts = tmp_path / "said.csv"
    texts.write_text("id,text\n1,the wind is cold today\n2,nobody came to see the old house\n3,my sister sings at night again\n")
    for first in ("", "melody", "text", "series"):
        found = understand([str(table(tmp_path)), str(texts)], first=first)
        assert [item.domain for item in found.items] == ["series", "text", "text", "text"], first
        assert not found.questions
        alone = understand([str(table(tmp_path))], first=first)
        assert [item.title for item in alone.items] == ["passengers"]


def test_times_that_are_not_regular_are_asked_about(
    tmp_path: Path, start: Callable[..., Any], qtbot: QtBot, calm: Callable[[Any], None]
) -> None:
    path = tmp_path / "visits.csv"
    days = [f"2024-{month:02d}-{day:02d},{month * 10 + day},{month}" for month in range(1, 13) for day in (1, 1, 5, 11, 20)]
    path.write_text("\n".join(["day,visits,month number", *days]) + "\n")
    studio = start("create", [str(path)])
    create = studio.window.pages["create"]
    qtbot.waitUntil(lambda: create.filling.reading.dialog is not None)
    dialog = create.filling.reading.dialog
    qtbot.waitUntil(lambda: dialog.column.count() == 4)
    dialog.column.setCurrentText("visits")
    dialog.every.setCurrentText("Month")
    dialog.accept()
    qtbot.waitUntil(lambda: create.desk.states["series"].ends[0] is not None)
    calm(studio)
    end = create.desk.states["series"].ends[0].item
    assert (end.piece.values[0], len(end.piece), end.piece.season) == (pytest.approx(17.6), 12, 12)
    assert end.read == {"column": "visits", "every": "month"}
    dialog = kinds.showing("series").reading(studio.context, end.source, end.read, studio.window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.column.count() == 4)
    assert (dialog.column.currentText(), dialog.every.currentText()) == ("visits", "Month")


def test_what_comes_along_is_read_and_painted(qapp):
    found = kinds.welcome("series")
    assert [(item.piece.season, len(item.piece)) for item in found] == [(12, 526), (12, 168)]
    assert len(kinds.files("series")) == 4
    assert (paths.resources() / "series" / "README.md").is_file()
    assert columns(painted(found[0].piece), LIGHT.text)


def test_a_series_is_opened_forecast_scored_edited_kept_and_exported(
    series_model: Path, home: Path, tmp_path: Path, start: Callable[..., Any], qtbot: QtBot, calm: Callable[[Any], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(paths, "checkpoints", lambda: home / "none")
    shutil.copytree(series_model, home / "models" / "series")
    studio = start("create", [str(table(tmp_path))])
    window, bus = studio.window, studio.context.bus
    qtbot.waitUntil(lambda: bus.selection is not None and bus.selection.domain == "series")
    with qtbot.waitSignal(studio.context.models.changed):
        studio.context.models.load("series")
    calm(studio)
    create = window.pages["create"]
    panel = create.stage.view.panel
    assert isinstance(panel, SeriesPanel)
    assert panel.chart.item.piece.values[0] == 100
    assert window.transport.text.isVisible()
    assert not create.head.tools.buttons["harmonise"].isVisible()

    # A forecast, as it is set.
    create.parameters.put("forecast", {"steps": 5, "draws": 12})
    create.choose("forecast")
    qtbot.waitUntil(lambda: "forecast" in create.desk.state.results)
    calm(studio)
    (made,) = create.desk.state.results["forecast"].items
    assert (len(made.piece), made.piece.forecast, made.title) == (12 * YEARS + 5, 5, "passengers, forecast")
    assert panel.chart.item is made

    # What is unusual; and nothing to fill where there is no gap.
    choose(create, 9)  # the keys are those of the tools for series, in their order
    qtbot.waitUntil(lambda: "anomalies" in create.desk.state.results)
    calm(studio)
    (scored,) = create.desk.state.results["anomalies"].items
    assert len(scored.piece.scores) == 12 * YEARS
    create.choose("fill")
    assert create.making.why_not() == "A has no gaps; make some in the editor."

    # It is edited on the stage; what comes of it is in the library.
    create.choose("forecast")
    create.stage.view.panel.focus()
    qtbot.keyClick(create.stage.view, Qt.Key.Key_E)
    dialog = next(one for one in window.findChildren(CurveDialog) if one.isVisible())
    drag(qtbot, dialog.paper, LEFT, at(dialog, 40, 150.0), at(dialog, 44, 150.0))
    qtbot.mouseClick(dialog.use, LEFT)
    calm(studio)
    bus.go.emit("library")
    library = window.pages["library"]
    qtbot.waitUntil(lambda: library.model.rowCount() >= 1)
    calm(studio)
    row = library.model.row(0)
    assert (row.domain, row.title) == ("series", "passengers, edited")
    library.list.setCurrentIndex(library.model.index(0))
    qtbot.waitUntil(lambda: bus.selection.number is not None)

    # It is exported as it is read.
    library.list.piece_actions.export()
    calm(studio)
    export = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
    assert export.formats.ticked == ["own"]
    assert not export.options_form.isVisible()  # nothing has a tempo
    listed = [export.formats.item(row).text() for row in range(export.formats.count())]
    assert listed == ["Chart", "Chart, PDF", "Chart, SVG", "Chart, PNG", "Data", "Table, CSV"]
    export.place.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(export.written):
        qtbot.mouseClick(export.go, LEFT)
    export.close()
    (written,) = (tmp_path / "out").iterdir()
    rows = list(csv.reader(written.open()))
    assert (len(rows), rows[1][0]) == (1 + 12 * YEARS, "1949-01")  # the forecast was of other values
    assert float(rows[42][1]) == pytest.approx(150.0, abs=3.0)


def test_a_forecast_is_exported_as_a_chart_beside_its_table(home, tmp_path):
    item = Item(forecast(series(tmp_path).piece), "series", "Air, forecast")
    settings = ExportOptions(settings={"tempo": 2.0, "theme": "dark", "scale": 1.0})  # as they were for music
    written = write_items([item], tmp_path / "out", ["chart-svg", "chart-png", "own"], settings)
    assert [path.suffix for path in written.paths] == [".svg", ".png", ".csv"]
    svg = written.paths[0].read_text(encoding="utf-8")
    assert (svg.count("<polygon"), 'fill="#12151c"' in svg) == (2, True)
    assert QImage(str(written.paths[1])).size() == QSize(640, 240)
    (again,) = get_domain("series").read(written.paths[2]).pieces
    assert again.bands == item.piece.bands


def test_what_stands_beside_a_series_and_plays_is_not_exported_with_it(context, qtbot, tmp_path):
    item, tune = series(tmp_path), kinds.welcome("melody")[0]
    dialog = export(context, [item], [tune, item])
    qtbot.addWidget(dialog)
    assert dialog.items == [item]
    assert dialog.formats.ticked == ["own"]
    assert not dialog.options_form.isVisible()  # a tempo, say


def test_what_was_made_of_one_series_is_not_shown_for_another(tmp_path):
    a, b = (End(series(tmp_path, name=name)) for name in ("a.csv", "b.csv"))
    ahead = Results(Request("forecast", (a.item.piece,), {}), (Item(forecast(a.item.piece), "series", "Ahead"),))
    mixed = Results(Request("blend", (a.item.piece,) * 4, {"grid": 3}), (a.item,) * 9)
    state = State((a, None, None, None), {"forecast": ahead, "blend": mixed})
    assert set(state.with_end(3, b).results) == {"forecast"}
    assert not state.with_end(0, b).results


def test_a_table_of_numbers_is_not_asked_for_its_texts(tmp_path):
    path = str(table(tmp_path))
    assert table_among([path], "series", Stop()) is None
    found = table_among([path], "text", Stop())
    assert found is not None
    assert found[0] == path


def test_models_of_series_have_no_bars(home):
    assert {about["unit"] for about in import_settings("series-daily")[0] if about["name"] in ("bars", "stride")} == {"seasons"}
    said = face_of(home / "models" / "own", "series", "", 14, "Sales")
    assert "bars" not in said.purpose
    assert about_corpus(Facts("", "series", counts={"train": 3}, length=14)) == "Time series  ·  3 phrases"


def test_a_curve_is_drawn_from_nothing_for_an_end(
    home: Path, start: Callable[..., Any], qtbot: QtBot, calm: Callable[[Any], None]
) -> None:
    studio = start("create")
    calm(studio)
    create = studio.window.pages["create"]
    create.desk.domain = "series"
    create.desk.applied.emit()
    button = create.ends.wells[0].ways["compose"]
    assert (button.isVisible(), button.text()) == (True, "Draw")
    qtbot.mouseClick(button, LEFT)
    dialog = create.filling.composer
    assert isinstance(dialog, CurveDialog)
    assert dialog.windowTitle() == "Draw a time series"
    dialog.steps.setValue(24)
    drag(qtbot, dialog.paper, LEFT, at(dialog, 0, -1.0), at(dialog, 12, 1.0), at(dialog, 23, 0.0))
    dialog.season.setCurrentIndex(dialog.season.findData(12))
    dialog.season.activated.emit(dialog.season.currentIndex())
    qtbot.mouseClick(dialog.use, LEFT)
    end = create.desk.state.ends[0]
    assert end is not None
    assert (len(end.item.piece), end.item.piece.season, end.item.title) == (24, 12, "Drawn by hand")
    assert end.item.piece.values[12] == pytest.approx(1.0, abs=0.05)
