"""A kind of data that is neither music nor text: a domain of its own, and a row and a line in the table of kinds. The window, the
library and the export know nothing else of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from genstudio import domains, rendering
from genstudio.domains import get_domain
from genstudio.errors import InputError
from genstudio.gui import kinds
from genstudio.gui.editor.base import EditDialog
from genstudio.gui.items import Item
from genstudio.gui.showing import Panel, Showing
from genstudio.gui.theme import Colours
from genstudio.gui.widgets.export_dialog import ExportDialog
from genstudio.gui.widgets.handing import items_in, mime_for

DOMAIN = '''
"""Curves: a number a line, 0 to 9."""
from dataclasses import dataclass

from genstudio.domains.base import Attribute, Domain, Grammar, Piece, ReadResult
from genstudio.errors import FileError
from genstudio.files import write_text


@dataclass(frozen=True, kw_only=True)
class Curve(Piece):
    values: tuple = ()


class CurveDomain(Domain):
    name, label, kind, unit = "curves", "Curves", "curve", "step"
    suffixes, output_suffix, grammar = (".curve",), ".curve", Grammar(alphabet="0123456789")
    attributes = (Attribute("height", "Height", "", "The mean", lambda curve: sum(curve.values) / max(1, len(curve.values))),)

    def read(self, path, *args, **options):
        try:
            return ReadResult([Curve(title=path.stem, source=str(path), values=tuple(map(int, path.read_text().split())))])
        except ValueError as error:
            raise FileError("{path} is not a curve; expected a number a line.", path=path.name) from error

    def write(self, piece, path, text=""):
        write_text(path, "".join(f"{value}\\n" for value in piece.values))

    def to_symbols(self, piece):
        return "".join(map(str, piece.values))

    def from_symbols(self, symbols):
        return Curve(values=tuple(int(one) for one in symbols if one in self.grammar.alphabet))

    def units(self, piece):
        return len(piece.values)

    def part(self, piece, first, last):
        return Curve(values=piece.values[first - 1 : last])

    def mix(self, a, b, share, seed):
        return a if share < 0.5 else b

    def show(self, piece, width=80):
        return " ".join(map(str, piece.values))

    def describe(self, piece):
        return {"title": piece.title, "source": piece.source, "steps": len(piece.values), "highest": max(piece.values, default=0)}

    def compare(self, references, hypotheses):
        return {"exact": sum(a == b for a, b in zip(references, hypotheses)) / max(1, len(references))}

    def parts(self, piece):
        return list(enumerate(piece.values))

    def part_name(self, piece):
        return "step"


DOMAIN = CurveDomain()
'''
FILLED = QColor("#aa00ff")


class CurvePanel(Panel):
    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.said = QLabel(self)

    def show_items(self, item: Item | None, other: Item | None) -> None:
        self.said.setText("" if item is None else ", ".join(map(str, item.piece.values)))


class CurveDialog(EditDialog):
    def __init__(self, context: Any, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(context, item, parent)
        self.field = QLineEdit(self)
        self._column().addWidget(self.field)
        self.retranslate()

    def accept(self) -> None:
        piece = get_domain("curves").from_symbols(self.field.text())
        self.made.emit(Item(piece, "curves", self._title()))
        super().accept()


class Curves(Showing):
    icon = "chart"

    def paint(
        self, painter: QPainter, rect: QRectF, piece: Any, colours: Colours, *, before: Any = None, t: float | None = None,
        position: float | None = None, small: bool = False,
    ) -> None:  # fmt: skip
        painter.fillRect(rect, FILLED)

    def panel(self, context: Any, parent: QWidget | None = None) -> Panel:
        return CurvePanel(context, parent)

    def editor(self, context: Any, item: Item, parent: QWidget | None = None) -> EditDialog:
        return CurveDialog(context, item, parent)


def _forget() -> None:
    for known in (domains.names, domains.get_domain, domains.piece_type):
        known.cache_clear()


@pytest.fixture
def domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The domain alone, as one that is put into its folder."""
    (tmp_path / "curves").mkdir()
    (tmp_path / "curves" / "__init__.py").write_text(DOMAIN)
    monkeypatch.setattr(domains, "__path__", [*domains.__path__, str(tmp_path)])
    _forget()
    yield get_domain("curves")
    sys.modules.pop("genstudio.domains.curves")
    monkeypatch.undo()
    _forget()


@pytest.fixture
def kind(domain: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The domain and its entry in the table of the window."""
    monkeypatch.setitem(kinds.KINDS, "curves", kinds.Kind("Curves", "curves", "curve", "curves", (), kind="curve"))
    monkeypatch.setitem(kinds.SHOWN, "curve", f"{__name__}:Curves")
    return domain


def curve(folder: Path, name: str = "rise", values: str = "1\n2\n3\n") -> Path:
    path = folder / f"{name}.curve"
    path.write_text(values)
    return path


def filled(view: QWidget) -> bool:
    """Whether a card of it is painted."""
    image = view.grab().toImage()
    return any(image.pixelColor(x, y) == FILLED for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))


def test_a_new_kind_is_opened_seen_edited_kept_found_and_exported(
    kind: Any, tmp_path: Path, start: Callable[..., Any], qtbot: QtBot, calm: Callable[[Any], None]
) -> None:
    studio = start("create", [str(curve(tmp_path))])
    window = studio.window
    qtbot.waitUntil(lambda: studio.context.bus.selection is not None and studio.context.bus.selection.domain == "curves")
    calm(studio)

    # It is an end, seen large, and the bar at the bottom has what can be done with what does not play.
    create = window.pages["create"]
    panel = create.stage.view.panel
    assert isinstance(panel, CurvePanel)
    assert (panel.said.text(), panel.isVisible()) == ("1, 2, 3", True)
    assert create.ends.wells[0].card.shown.row(0).title == "rise"
    bar = window.transport.text
    assert (bar.isVisible(), bar.sentence.text(), bar.copy.isVisible(), bar.letters.isVisible()) == (True, "rise", False, False)
    qtbot.keyClick(create.stage.view, Qt.Key.Key_E)
    dialog = next(one for one in window.findChildren(CurveDialog) if one.isVisible())
    dialog.field.setText("775")
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    calm(studio)
    assert panel.said.text() == "7, 7, 5"

    # What was edited is in the library, where its card is painted and it is found by its name.
    studio.context.bus.go.emit("library")
    library = window.pages["library"]
    qtbot.waitUntil(lambda: library.model.rowCount() == 1)
    row = library.model.row(0)
    assert (row.title, row.music, row.is_text) == ("rise", False, False)
    assert row.piece is not None
    assert row.piece().values == (7, 7, 5)
    assert filled(library.list.viewport())
    library.list.setCurrentIndex(library.model.index(0))
    qtbot.waitUntil(lambda: studio.context.bus.selection.number is not None)
    calm(studio)
    assert dict(kinds.showing("curves").facts(studio.context.bus.selection)) == {"Steps": "3", "Highest": "7"}
    assert not library.buttons["play"].isVisible()

    # It is exported as it is read.
    library.list.piece_actions.export()
    calm(studio)
    export = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
    assert export.formats.ticked == ["own"]
    export.place.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(export.written):
        qtbot.mouseClick(export.go, Qt.MouseButton.LeftButton)
    export.close()
    (written,) = (tmp_path / "out").iterdir()
    assert (written.suffix, written.read_text()) == (".curve", "7\n7\n5\n")


def test_one_that_is_not_in_the_table_is_shown_by_what_its_domain_says_of_it(
    domain: Any, tmp_path: Path, start: Callable[..., Any], qtbot: QtBot, calm: Callable[[Any], None]
) -> None:
    studio = start("create", [str(curve(tmp_path))])
    qtbot.waitUntil(lambda: studio.context.bus.selection is not None and studio.context.bus.selection.domain == "curves")
    calm(studio)
    assert (kinds.label("curves"), kinds.one("curves"), kinds.icon_of("curves")) == ("Curves", "piece", "text")
    stage = studio.window.pages["create"].stage
    assert stage.view.panel.picture.toPlainText() == "1 2 3"
    assert kinds.showing("curves").about(stage.item) == ["3 steps"]
    said: list[str] = []
    studio.context.bus.say.connect(said.append)
    qtbot.keyClick(stage.view, Qt.Key.Key_E)
    assert said == ["There is no editor for curves."]
    home = studio.window.pages["home"]
    home.recent.set_items([stage.item])
    home.recent.resize(400, 120)
    assert not home.recent.grab().isNull()


def test_it_is_dragged_from_window_to_window_and_out_as_a_file(kind: Any, tmp_path: Path, qtbot: QtBot) -> None:
    item = Item(kind.read(curve(tmp_path)).pieces[0], "curves", "rise")
    data = mime_for([item])
    assert items_in(data)[0].piece == item.piece
    (url,) = data.urls()
    assert Path(url.toLocalFile()).read_text() == "1\n2\n3\n"


def test_it_is_exported_without_the_window_too(domain: Any, tmp_path: Path) -> None:
    import genstudio

    found = genstudio.export(curve(tmp_path), tmp_path / "copy.curve")
    assert (found["format"], (tmp_path / "copy.curve").read_text()) == ("own", "1\n2\n3\n")
    piece = domain.read(tmp_path / "rise.curve").pieces[0]
    with pytest.raises(InputError, match="choose one of own"):
        rendering.export(piece, tmp_path / "rise.mid")
    with pytest.raises(InputError, match="2 curves cannot be written into one file"):
        rendering.export([piece, piece], tmp_path / "two.curve")
