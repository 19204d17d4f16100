"""What is around the window: the log, other starts, work that comes back, what is meant by files, and what a start loads."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt, qWarning
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from genstudio import paths
from genstudio.files import set_aside
from genstudio.gui import instance
from genstudio.gui.instance import Instance
from genstudio.gui.language import chosen
from genstudio.gui.logs import Log
from genstudio.gui.opening import MANY, understand
from genstudio.gui.project import session
from genstudio.gui.settings import DEFAULTS

Start = Callable[..., Any]


# -- what a start loads


def test_the_first_painting_needs_no_torch_no_sound_and_nothing_of_the_engine(tmp_path: Path) -> None:
    heavy = (
        "torch", "numpy", "pyqtgraph", "PySide6.QtMultimedia", "verovio", "symusic", "scipy", "genstudio.domains.melody",
        "genstudio.domains.score", "genstudio.config", "genstudio.latent", "genstudio.library", "genstudio.models",
        "genstudio.health", "subprocess",
    )  # fmt: skip
    code = f"""
import sys
from genstudio.gui.app import Studio, application
studio = Studio(application(), load=False)
def drawn():
    print([m for m in {heavy!r} if m in sys.modules])
    studio.window.close()
    studio.close()
    application().exit()
studio.window.painted.connect(drawn)
studio.start("home")
application().exec()
"""
    environment = {**os.environ, "GENSTUDIO_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600, check=True, env=environment)
    assert done.stdout.strip() == "[]"


def test_the_settings_begin_with_the_usual_method() -> None:
    from genstudio.config import METHODS

    assert DEFAULTS["method"] == METHODS[0]


# -- the log


def test_faults_reach_the_log_and_the_listener(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = sys.excepthook
    log = Log()
    log.open()
    told: list[tuple[str, str]] = []
    log.listener = lambda sentence, details: told.append((sentence, details))
    try:
        raise KeyError("here")
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    log.close()
    text = (home / "logs" / "studio.log").read_text(encoding="utf-8")
    assert "KeyError: 'here'" in text
    assert "ZeroDivisionError" in text
    assert "KeyError" in told[0][0]
    assert "ZeroDivisionError" in told[1][1]
    assert sys.excepthook is before


@pytest.mark.no_qt_log
def test_what_qt_says_is_in_the_log(home: Path) -> None:
    log = Log()
    log.open()
    qWarning("a word of Qt")
    log.close()
    assert "Qt: a word of Qt" in (home / "logs" / "studio.log").read_text(encoding="utf-8")


def test_the_log_turns_over(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genstudio.gui.logs._BYTES", 2000)
    log = Log()
    log.open()
    for number in range(100):
        logging.getLogger("genstudio.gui").info("line %d %s", number, "x" * 50)
    log.close()
    files = sorted(file.name for file in (home / "logs").glob("studio.log*"))
    assert files == ["studio.log", "studio.log.1", "studio.log.2", "studio.log.3"]


def test_a_folder_that_cannot_be_written_costs_the_log_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    log = Log(tmp_path / "file" / "logs")
    log.open()
    assert log.path is None
    log.close()


# -- one studio at a time


def test_a_second_start_hands_its_files_over(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Instance(tmp_path)
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from genstudio.gui.instance import hand_over; print(hand_over(['/a.mid', 'ü b.abc'], Path(sys.argv[1])))"
    )
    with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
        second = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert asked.args == [["/a.mid", "ü b.abc"]]
    out, _ = second.communicate(timeout=600)
    assert out.strip() == "True"
    first.close()


def test_nobody_is_there(tmp_path: Path, qtbot: QtBot) -> None:
    assert not instance.hand_over(["/a.mid"], tmp_path)


def test_noise_on_the_socket_is_left_alone(tmp_path: Path, qtbot: QtBot) -> None:
    first = Instance(tmp_path)
    asked: list[Any] = []
    first.asked.connect(asked.append)
    for noise in (b"\x00\xff\n", b"[1]\n", b'{"files": 3}\n'):
        socket = QLocalSocket()
        socket.connectToServer(instance._name(tmp_path))
        assert socket.waitForConnected(2000)
        socket.write(noise)
        qtbot.waitUntil(lambda socket=socket: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert asked == []
    first.close()


def test_a_second_start_comes_to_the_window(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    studio.window.showMinimized()
    studio.asked([])
    assert not studio.window.windowState() & Qt.WindowState.WindowMinimized


# -- work


def left(home: Path) -> dict[str, Any]:
    """What was left for the next start."""
    with zipfile.ZipFile(home / "work.genstudio") as archive:
        found: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return found


class Remembers:
    """Puts a state into the Home page, which has none of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from genstudio.gui.pages.home import HomePage

        self.state: dict[str, object] = {"draft": 1}
        self.restored: list[dict[str, object]] = []
        monkeypatch.setattr(HomePage, "save", lambda page: dict(self.state))
        monkeypatch.setattr(HomePage, "restore", lambda page, state: self.restored.append(state))


@pytest.fixture
def remembers(monkeypatch: pytest.MonkeyPatch) -> Remembers:
    return Remembers(monkeypatch)


@pytest.mark.slow
def test_work_is_there_again(start: Start, home: Path, remembers: Remembers) -> None:
    first = start("home")
    first.close()
    assert left(home)["places"]["home"] == {"draft": 1}
    assert not (home / "work.open").exists()
    second = start("home")
    assert remembers.restored == [{"draft": 1}]
    assert not second.session.recovered


@pytest.mark.slow
def test_work_is_saved_while_it_goes_on_and_survives_a_crash(
    start: Start, home: Path, remembers: Remembers, qtbot: QtBot, calm: Callable[[Any], None]
) -> None:
    first = start("home")
    remembers.state["draft"] = 2
    first.session.save()
    calm(first)
    assert left(home)["places"]["home"] == {"draft": 2}
    second = start("home")  # the first has not ended
    assert remembers.restored[-1] == {"draft": 2}
    assert second.session.recovered
    assert "unexpectedly" in second.window.notice.sentence.text()
    second.context.bus.say.emit("Ready")
    second.context.bus.trouble.emit("No such file.", "")
    assert second.window.notice.isVisible()  # until it is closed
    qtbot.mouseClick(second.window.notice.close_button, Qt.MouseButton.LeftButton)
    assert not second.window.notice.isVisible()
    assert (home / "work.open").exists()  # it has not ended yet


def test_a_start_that_goes_well_counts_no_longer(
    start: Start, home: Path, remembers: Remembers, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(session, "_WELL", 0)
    home.mkdir(parents=True)
    (home / "work.json").write_text(json.dumps({"version": 1, "pages": {"home": {"draft": 3}}}), encoding="utf-8")
    (home / "work.open").write_text("2", encoding="utf-8")  # starts that died in opening it
    studio = start("home")
    assert remembers.restored[0] == {"draft": 3}
    qtbot.waitUntil(lambda: (home / "work.open").read_text(encoding="utf-8") == "0")
    assert studio.session.recovered
    assert studio.session.set_aside is None


def test_what_is_set_aside_overwrites_nothing(tmp_path: Path) -> None:
    names = []
    for number in range(12):
        (tmp_path / "work.genstudio").write_text(str(number), encoding="utf-8")
        names.append(set_aside(tmp_path / "work.genstudio").name)
    assert names[:2] == ["work.damaged.genstudio", "work.damaged-2.genstudio"]
    assert (tmp_path / names[-1]).read_text(encoding="utf-8") == "11"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[-9:])


@pytest.mark.slow
def test_work_that_cannot_be_read_is_set_aside(start: Start, home: Path, remembers: Remembers) -> None:
    home.mkdir(parents=True)
    (home / "work.genstudio").write_bytes(b"PK no archive")
    studio = start("home")
    assert (home / "work.damaged.genstudio").exists()
    assert remembers.restored == []
    assert "work.damaged.genstudio" in studio.window.notice.sentence.text()


def test_work_that_the_studio_dies_of_is_set_aside(start: Start, home: Path, remembers: Remembers) -> None:
    home.mkdir(parents=True)
    (home / "work.json").write_text(json.dumps({"version": 1, "pages": {"home": {"draft": 3}}}), encoding="utf-8")
    (home / "work.open").write_text("3", encoding="utf-8")
    studio = start("home")
    assert remembers.restored == []
    assert (home / "work.aside.json").exists()
    assert "unchanged, as work.aside.json" in studio.window.notice.sentence.text()


def test_a_page_that_cannot_take_its_state_opens_all_the_same(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genstudio.gui.pages.home import HomePage

    home.mkdir(parents=True)
    (home / "work.json").write_text(json.dumps({"version": 1, "pages": {"home": {"draft": 3}}}), encoding="utf-8")

    def fail(page: Any, state: Any) -> None:
        raise KeyError("draft")

    monkeypatch.setattr(HomePage, "restore", fail)
    assert start("home").window.current == "home"


@pytest.mark.slow
def test_a_full_disk_is_told_once_and_costs_nothing_else(
    start: Start, remembers: Remembers, monkeypatch: pytest.MonkeyPatch, calm: Callable[[Any], None]
) -> None:
    from genstudio.errors import FileError

    studio = start("home")
    told: list[str] = []
    studio.session.trouble.connect(told.append)

    def full(path: Path, value: Any) -> None:
        raise FileError(f"cannot write {path}: no space; free some space.")

    monkeypatch.setattr("genstudio.gui.project.archive.write", full)
    for draft in range(3):
        remembers.state["draft"] = draft
        studio.session.save()
        calm(studio)
    assert len(told) == 1


# -- what is meant by files


def test_what_is_dropped_is_understood(tmp_path: Path, melody_model: Path, melody_corpus: Path) -> None:
    folder = tmp_path / "tunes"
    folder.mkdir()
    lines = tmp_path / "lines.txt"
    lines.write_text("\n".join(f"sentence number {number}." for number in range(MANY + 1)), encoding="utf-8")
    few = tmp_path / "few.txt"
    few.write_text("She opened the window.\nHe closed the book.\n", encoding="utf-8")
    strange = tmp_path / "picture.png"
    strange.write_bytes(b"\x89PNG")
    files = [
        paths.resource("songs/the-kesh.mid"), paths.resource("songs/greensleeves.abc"), few, lines, folder, melody_model,
        melody_model / "model.safetensors", melody_corpus, strange, tmp_path / "gone.mid",
    ]  # fmt: skip
    found = understand([str(file) for file in files])
    assert [item.title for item in found.items[:2]] == ["The Kesh", "Greensleeves"]
    assert [item.domain for item in found.items] == ["melody", "melody", "text", "text"]
    assert found.items[2].title == "She opened the window."
    assert found.collections == [str(lines), str(folder)]
    assert found.models == [str(melody_model)] * 2
    assert found.corpora == [str(melody_corpus)]
    assert [Path(path).name for path, _ in found.refused] == ["picture.png", "gone.mid"]
    assert "expected one of" in found.refused[0][1]


def test_a_large_text_is_a_collection_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(20_000_000)
    monkeypatch.setattr("genstudio.gui.opening.read_file", lambda *_: pytest.fail("it was read"))
    found = understand([str(large)])
    assert (found.collections, found.refused) == ([str(large)], [])


# -- language


def test_the_language_follows_the_desktop_where_we_have_it() -> None:
    assert chosen("system", QLocale("zh_CN")) == "zh_CN"
    assert chosen("system", QLocale("de_DE")) == "en"
    assert chosen("zh_CN", QLocale("de_DE")) == "zh_CN"


# -- the command line


@pytest.mark.slow
def test_without_a_display_the_command_says_what_to_do(cli: Callable[..., Any]) -> None:
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    done = cli("gui", env=nothing)
    assert done.returncode == 2
    assert "there is no display here" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    plain = cli(env=nothing)
    assert plain.returncode == 0
    assert "COMMAND" in plain.stdout
    assert "genstudio gui" in plain.stdout


@pytest.mark.parametrize("moment", ["work.open", "logs/studio.log: every page is built"])
@pytest.mark.slow
def test_the_studio_opens_and_closes_on_a_signal(moment: str, tmp_path: Path) -> None:
    """Also while it loads the libraries of sound and of the model."""
    import signal

    name, _, sign = moment.partition(": ")
    env = {**os.environ, "GENSTUDIO_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "genstudio", "gui", "--page", "home"]
    studio = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
    log = tmp_path / "work.open"

    def reached() -> bool:
        file = tmp_path / name
        return file.exists() and sign in file.read_text(encoding="utf-8")

    try:
        for _ in range(6000):
            if reached():
                break
            with pytest.raises(subprocess.TimeoutExpired):
                studio.wait(0.1)
        studio.send_signal(signal.SIGTERM)
        _, said = studio.communicate(timeout=600)
    finally:
        studio.kill()
    assert studio.returncode == 0, said
    assert not log.exists()
    assert (tmp_path / "work.genstudio").exists()
