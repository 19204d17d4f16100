"""Random actions on the whole studio: nothing that a person can do makes a fault, loses what is typed, or shows what one model made
as the work of another.

``GENSTUDIO_MONKEY`` is the number of actions (100), ``GENSTUDIO_MONKEY_SEEDS`` how many seeds from which on, such as ``1:5``. What
is done is drawn from the seed, but work on threads takes the time that it takes, so that a failure may not come back at once. After
a crash of the process the file ``actions.txt`` in the test's folder has what was done.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from genstudio import paths
from genstudio.domains import plays
from genstudio.gui.pages.create.desk import Change, typed
from genstudio.gui.widgets.cards import CardStrip

COUNT = int(os.environ.get("GENSTUDIO_MONKEY", "100"))
FIRST, _, SEEDS = os.environ.get("GENSTUDIO_MONKEY_SEEDS", "1:1").partition(":")
FEW = 60  # actions that are told when something fails
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
KEYS = [
    *[(key, NONE) for key in (
        Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up,
        Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
        Qt.Key.Key_F, Qt.Key.Key_A, Qt.Key.Key_7, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_F1, Qt.Key.Key_F11, Qt.Key.Key_F10,
    )],
    *[(key, CTRL) for key in (
        Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_Return, Qt.Key.Key_K,
        Qt.Key.Key_I, Qt.Key.Key_B, Qt.Key.Key_J, Qt.Key.Key_E, Qt.Key.Key_F, Qt.Key.Key_Comma, Qt.Key.Key_Space,
    )],
    *[(key, CTRL | SHIFT) for key in (Qt.Key.Key_Z, Qt.Key.Key_X, Qt.Key.Key_Space, Qt.Key.Key_O)],
    *[(Qt.Key(Qt.Key.Key_1.value + number), ALT) for number in range(6)],
    (Qt.Key.Key_Tab, SHIFT), (Qt.Key.Key_Return, SHIFT), (Qt.Key.Key_Right, SHIFT),
]  # fmt: skip


def files(folder: Path) -> list[Path]:
    """What a person may drop: good files, damaged ones, empty ones, folders, other things, one that is not there."""
    folder.mkdir()
    songs = sorted((paths.resources() / "songs").iterdir())[:4]
    made = [Path(shutil.copy(song, folder / song.name)) for song in songs]
    whole = songs[-1].read_bytes()
    contents: dict[str, bytes] = {
        "damaged.mid": b"MThd\0\0\0\6\0\1\0\2\1\xe0MTrk\0\0\1\0\0\x90", "cut.mid": whole[: len(whole) // 2], "empty.mid": b"",
        "empty.abc": b"", "words.txt": b"The cat sees the moon.\nNobody hears the wind.\n", "noise.txt": bytes(range(256)) * 4,
        "wrong.musicxml": b"<score-partwise><part>", "picture.png": b"\x89PNG\r\n\x1a\n", "no suffix": b"?",
    }  # fmt: skip
    for name, data in contents.items():
        (folder / name).write_bytes(data)
        made.append(folder / name)
    (folder / "empty").mkdir()
    (folder / "songs").mkdir()
    for song in songs:
        shutil.copy(song, folder / "songs" / song.name)
    broken = folder / "model"
    broken.mkdir()
    (broken / "manifest.json").write_text("{")
    (broken / "model.safetensors").write_bytes(b"")
    return [*made, folder / "empty", folder / "songs", broken, folder / "gone.mid"]


class Monkey:
    """Does one thing after another in a window."""

    def __init__(self, studio: Any, seed: int, dropped: list[Path], journal: Path) -> None:
        self.studio, self.window = studio, studio.window
        self.draw = random.Random(seed)
        self.dropped = dropped
        self.done: list[str] = []
        self.journal = open(journal, "w", buffering=1, encoding="utf-8")  # noqa: SIM115 - it is there when the process dies
        self._acting = False
        # A menu of a button is waited for in the middle of the click: somebody has to choose from it, or close it.
        self._choose = QTimer()
        self._choose.setInterval(15)
        self._choose.timeout.connect(self._answer)
        self._choose.start()
        self.actions: list[tuple[int, Callable[[], None]]] = [
            (48, self.click), (22, self.key), (8, self.go), (4, self.drop), (4, self.other_click), (3, self.wheel), (2, self.drag),
            (3, self.type), (2, self.theme), (1, self.language), (5, self.model), (3, self.undo), (2, self.resize), (3, self.menu),
            (3, self.wait), (5, self.write),
        ]  # fmt: skip

    def act(self) -> None:
        """One action."""
        what = self.draw.choices([action for _, action in self.actions], [weight for weight, _ in self.actions])[0]
        if QApplication.activePopupWidget() is not None:
            what = self.draw.choice([self.close, self.key, self.click])
        elif QApplication.activeModalWidget() is not None and self.draw.random() < 0.25:
            what = self.close
        self._acting = True
        what()
        self._acting = False
        QTest.qWait(self.draw.choice([0, 0, 0, 5, 20]))

    def say(self, what: str) -> None:
        """Note what is about to be done."""
        self.done.append(what)
        self.journal.write(what + "\n")

    def stop(self) -> None:
        """No more."""
        self.journal.close()
        self._choose.stop()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()

    def _answer(self) -> None:
        popup = QApplication.activePopupWidget()
        if self._acting and isinstance(popup, QMenu):
            key = self.draw.choice([Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape])
            self.say(f"  key in a menu: {key.name}")
            QTest.keyClick(popup, key)

    # -- where

    def front(self) -> QWidget:
        """What gets clicks now."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def seen(self, *, buttons: bool = False) -> list[QWidget]:
        """The enabled widgets of what is in front, as far as they can be seen."""
        kinds: Any = QAbstractButton if buttons else QWidget
        found = self.front().findChildren(kinds)
        return [one for one in found if one.isVisible() and one.isEnabled() and not one.visibleRegion().isEmpty()
                and not isinstance(one, (QLabel, QScrollBar))]  # fmt: skip

    def spot(self, widget: QWidget) -> tuple[Any, QPoint]:
        """A place in a widget that can be seen: the window to click on, and where."""
        region = widget.visibleRegion().boundingRect()
        inside = QPoint(region.x() + self.draw.randrange(region.width()), region.y() + self.draw.randrange(region.height()))
        window = widget.window()
        return window.windowHandle(), widget.mapTo(window, inside)

    @staticmethod
    def there(handle: Any) -> bool:
        """Whether a window is still there: what is pressed may close it."""
        return handle is not None and handle in QGuiApplication.topLevelWindows()

    def press(self, handle: Any, place: QPoint) -> None:
        if self.there(handle):
            QTest.mousePress(handle, Qt.MouseButton.LeftButton, NONE, place)

    def release(self, handle: Any, place: QPoint) -> None:
        if self.there(handle):
            QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NONE, place)

    @staticmethod
    def name(widget: QWidget) -> str:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        return f"{type(widget).__name__} {widget.accessibleName() or text or widget.objectName()!r}"

    def any_widget(self) -> QWidget | None:
        found = self.seen(buttons=self.draw.random() < 0.6) or self.seen()
        return self.draw.choice(found) if found else None

    # -- what

    def click(self) -> None:
        widget = self.any_widget()
        if widget is None:
            return
        handle, place = self.spot(widget)
        name = self.name(widget)
        self.say(f"click {name} at {place.x()}, {place.y()}")
        for _ in range(2 if self.draw.random() < 0.06 else 1):
            self.press(handle, place)
            self.release(handle, place)

    def other_click(self) -> None:
        """The menu of what is there."""
        widget = self.any_widget()
        if widget is None:
            return
        place = widget.visibleRegion().boundingRect().center()
        name = self.name(widget)
        self.say(f"menu of {name}")
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)

    def drag(self) -> None:
        widget = self.any_widget()
        if widget is None:
            return
        handle, place = self.spot(widget)
        _, other = self.spot(widget)
        self.say(f"drag {self.name(widget)}")
        self.press(handle, place)
        for step in range(1, 5):
            if self.there(handle):
                QTest.mouseMove(handle, place + (other - place) * (step / 4))
        self.release(handle, other)

    def wheel(self) -> None:
        widget = self.any_widget()
        if widget is None:
            return
        self.say(f"wheel over {self.name(widget)}")
        place = QPointF(widget.visibleRegion().boundingRect().center())
        way = QPoint(0, self.draw.choice([-240, -120, 120, 240]))
        keys = self.draw.choice([NONE, NONE, CTRL, SHIFT])
        button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(place, widget.mapToGlobal(place), QPoint(), way, button, keys, phase, False)
        QApplication.sendEvent(widget, event)

    def key(self) -> None:
        key, modifiers = self.draw.choice(KEYS)
        if modifiers == ALT and QApplication.activePopupWidget() is not None:
            key, modifiers = Qt.Key.Key_Alt, NONE  # closes the menu, whose window would get the rest in a test only
        focus = QApplication.focusWidget()
        self.say(f"key {modifiers.name} {key.name} in {self.name(focus) if focus is not None else 'nothing'}")
        for send in (QTest.keyPress, QTest.keyRelease):
            handle = self.front().window().windowHandle()
            if self.there(handle):
                send(handle, key, modifiers)

    def type(self) -> None:
        focus = QApplication.focusWidget()
        text = self.draw.choice(["the cat", "3", "-1", "99999999", "0.5", "no such thing", "/", "."])
        self.say(f"type {text!r} into {self.name(focus) if focus is not None else 'nothing'}")
        if focus is not None:
            QTest.keyClicks(focus, text)

    def write(self) -> None:
        """A few words into the field of an end, which nothing but a change of that end may take away."""
        page = self.window.pages.get("create")
        if page is None or self.front() is not self.window:
            return
        wells = [well for well in page.ends.wells if well.typing.isVisible()]
        if not wells:
            return
        well = self.draw.choice(wells)
        words = self.draw.choice(["the moon ", "is out", " and nobody", "，月"])
        self.say(f"write {words!r} into end {well.letter}")
        well.typing.setFocus()
        well.typing.moveCursor(QTextCursor.MoveOperation.End)
        well.typing.insertPlainText(words)

    def close(self) -> None:
        front = self.front()
        self.say(f"close {type(front).__name__}")
        front.reject() if isinstance(front, QDialog) else front.close()

    def go(self) -> None:
        name = self.draw.choice(list(self.window.places))
        self.say(f"go to {name}")
        if QApplication.activeModalWidget() is None:
            QTest.mouseClick(self.window.rail.buttons[name], Qt.MouseButton.LeftButton)

    def drop(self) -> None:
        chosen = [self.draw.choice(self.dropped) for _ in range(self.draw.choice([1, 1, 2, 3]))]
        self.say(f"drop {', '.join(path.name for path in chosen)}")
        if QApplication.activeModalWidget() is None:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in chosen])
            self.window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE))

    def theme(self) -> None:
        self.studio.context.settings["theme"] = chosen = self.draw.choice(["light", "dark", "system"])
        self.say(f"theme {chosen}")

    def language(self) -> None:
        self.studio.context.settings["language"] = chosen = self.draw.choice(["en", "zh_CN"])
        self.say(f"language {chosen}")

    def model(self) -> None:
        name = self.draw.choice(["melodies", "sentences", "other melodies", "melodies", "no such model"])
        self.studio.context.models.load(name)
        self.say(f"model {name}")

    def undo(self) -> None:
        name = self.draw.choice(["undo", "undo", "redo"])
        self.say(name)
        if QApplication.activeModalWidget() is None:
            self.window.actions_by_name[name].trigger()

    def menu(self) -> None:
        """A command, as from the search field."""
        names = [name for name in self.window.actions_by_name if name not in ("quit", "menu")]
        name = self.draw.choice(names)
        self.say(f"command {name}")
        if QApplication.activeModalWidget() is None:
            self.window.actions_by_name[name].trigger()

    def resize(self) -> None:
        width, height = self.draw.choice([(960, 600), (1280, 720), (1280, 800), (1600, 1000), (1119, 700), (2560, 1440)])
        self.say(f"resize to {width} by {height}")
        if not self.window.isFullScreen():
            self.window.resize(width, height)

    def wait(self) -> None:
        self.say("wait")
        QTest.qWait(120)


class Watch:
    """Looks after each action whether something that was typed is lost, or a result stands under a model that did not make it.

    What is typed is lost when a field says something else than before and neither the end it belongs to, nor any step that can be
    undone or redone, has what it said.
    """

    def __init__(self, studio: Any) -> None:
        self.studio = studio
        self.page = studio.window.stack.build("create")
        self.lost: list[str] = []
        for well in self.page.ends.wells:
            self.follow(well)

    def follow(self, well: Any) -> None:
        """Have what the page writes into a field of an end looked at before it is written."""
        written = well._write

        def write(text: str) -> None:
            before = well.typing.toPlainText()
            said = typed(before, "text")
            written(text)
            if said is not None and said.piece.text not in self.known():
                self.lost.append(f"end {well.letter}: {before!r} was written over by {text!r}")

        well._write = write

    def known(self) -> set[str]:
        """Every sentence that is an end now, or was one in a step that can be undone or redone."""
        undo = self.studio.context.undo
        states = [self.page.desk.states["text"]]
        for number in range(undo.count()):
            command = undo.command(number)
            commands = [command, *(command.child(at) for at in range(command.childCount()))]
            states += [state for one in commands if isinstance(one, Change) for state in (one.after, one._before)]
        pieces = [end.item.piece for state in states for end in state.ends if end is not None]
        return {str(piece.text) for piece in pieces if hasattr(piece, "text")}

    def wrong(self) -> list[str]:
        """What is not as it should be."""
        return [*self.lost, *self.untyped(), *self.strangers()]

    def untyped(self) -> list[str]:
        """Fields that say something else than the end they belong to, and are not about to be taken over."""
        found = []
        for well in self.page.ends.wells:
            if well.uncommitted and not plays(self.page.desk.domain) and not well._timer.isActive():
                found.append(f"end {well.letter}: {well.typing.toPlainText()!r} will not be taken over")
        return found

    def strangers(self) -> list[str]:
        """Results of other models that do not say so."""
        context = self.studio.context
        found = []
        shown = [(grid, number) for grid in self.studio.window.findChildren(CardStrip) for number in range(grid.count)]
        for grid, number in shown:
            item = grid.items[number]
            if item is None or item.job is None or item.given or grid.rows.look == "slim" or not grid.isVisible():
                continue
            mine = context.models.current is not None and item.job.digest == context.models.current.digest
            if not mine and item.job.model not in grid.pieces.said(number):
                found.append(f"a card shows {item.title!r} by {item.job.model} under {context.models.wanted} and does not say so")
        page = self.page
        results = page.desk.state.results.get(page.desk.tool)
        grid = page.stage.grid
        if page.isVisible() and grid.isVisible() and results is not None and any(item is not None for item in grid.items):
            makers = {item.job.digest for item in results.items if item.job is not None and not item.given}
            current = context.models.current.digest if context.models.current is not None else ""
            if makers - {current} and not page.origin.isVisible():
                found.append(f"the results of {page.desk.tool} are not marked")
        return found


@pytest.mark.parametrize("seed", range(int(FIRST), int(FIRST) + int(SEEDS or "1")))
@pytest.mark.usefixtures("stocked", "quick_work")
def test_random_actions(
    seed: int, start: Any, calm: Any, desktop: Any, heard: Any, qtbot: QtBot, qtlog: Any, tmp_path: Path
) -> None:
    dropped = files(tmp_path / "dropped")
    desktop(random.Random(seed), dropped, [path for path in dropped if path.is_dir()] + [tmp_path / "out"])
    studio = start("home")
    studio.context.models.load("melodies")
    calm(studio)
    studio.window.actions_by_name["quit"].setEnabled(False)
    told: list[str] = []
    studio.context.bus.trouble.connect(lambda sentence, details: told.append(f"{sentence}\n{details}"))
    monkey = Monkey(studio, seed, dropped, tmp_path / "actions.txt")
    watch = Watch(studio)
    bad = partial(_bad, told, heard, qtlog)
    with qtbot.capture_exceptions() as raised:
        for number in range(COUNT):
            monkey.act()
            wrong = [*("".join(map(str, one[:2])) for one in raised), *bad(), *watch.wrong()]
            if wrong:
                lines = "\n".join(monkey.done[-FEW:])
                monkey.stop()
                pytest.fail(f"seed {seed}, action {number}:\n{lines}\n\n" + "\n".join(wrong))
        monkey.stop()
        _still_works(studio, qtbot, calm)
    assert not raised, raised
    assert not bad()


def _bad(told: list[str], heard: Any, qtlog: Any) -> list[str]:
    ours = [one for one in told if "fault of ours" in one]
    said = [str(one.message) for one in qtlog.records if one.type.name in ("QtWarningMsg", "QtCriticalMsg") and not one.ignored]
    return [*ours, *heard.faults, *said]


def _still_works(studio: Any, qtbot: QtBot, calm: Any) -> None:
    """What the window is for: two songs, the way between them, and its sound."""
    context, window = studio.context, studio.window
    for job in list(context.jobs.running):
        job.stop()
    context.player.stop()
    context.models.load("melodies")
    window.go("create")
    page = window.pages["create"]
    page.choose("interpolate")
    calm(studio)
    page.filling.begin_with_example()
    calm(studio)
    made = page.desk.state.results["interpolate"].items
    assert len(made) == page.parameters.of("interpolate")["steps"]
    assert all(item is not None for item in page.stage.grid.items)
    heard = next(item for item in (*made, page.desk.state.ends[0].item) if item.piece.notes)  # so small a model may write a silence
    context.bus.play.emit(heard)
    assert context.player.item is heard
    qtbot.waitUntil(lambda: context.player.playing and context.player.position > 0, timeout=20_000)
    context.player.stop()
    qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)
    calm(studio)
