"""Libraries are loaded by one thread at a time, what Qt says needs no interpreter, and a window that hangs leaves its stacks."""

from __future__ import annotations

import ast
import builtins
import importlib
import importlib.util
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

import genstudio
from genstudio.gui.lane import Lane
from genstudio.gui.logs import Log
from genstudio.gui.watchdog import Watchdog

PACKAGE = Path(genstudio.__file__).parent
PATIENCE = 600.0  # seconds: nothing is measured by it


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane()
    made.open()
    yield made
    made.close()


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the packages of the test did, in order; they find ``told`` and ``wait`` among the builtins."""
    said: list[str] = []
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(builtins, "told", said.append, raising=False)
    before = set(sys.modules)
    yield said
    for name in set(sys.modules) - before:
        if name.startswith("lane_"):
            del sys.modules[name]


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.001)


# -- the lane


@pytest.mark.parametrize(
    "how",
    [
        "import lane_second",
        "from lane_second import y",
        "import importlib; importlib.import_module('lane_second')",
        "import importlib; importlib.import_module('.second', 'lane_package')",
        "from lane_package import late; late()",
        "from lane_package import second",
    ],
)
def test_one_thread_loads_at_a_time(
    how: str, lane: Lane, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lane_package").mkdir()
    (tmp_path / "lane_package" / "__init__.py").write_text("def late():\n    from . import second\n", encoding="utf-8")
    (tmp_path / "lane_package" / "second.py").write_text("import lane_second\n", encoding="utf-8")
    importlib.import_module("lane_package")
    # The first goes on when the second waits for it, or, where nothing holds the second back, has been loaded.
    monkeypatch.setattr(builtins, "wait", lambda: until(lambda: bool(lane.waiting) or "second" in told), raising=False)
    (tmp_path / "lane_first.py").write_text("told('first begins')\nwait()\ntold('first ends')\n", encoding="utf-8")
    (tmp_path / "lane_second.py").write_text("told('second')\ny = 1\n", encoding="utf-8")
    first = threading.Thread(target=lambda: importlib.import_module("lane_first"))
    first.start()
    until(lambda: bool(told))
    second = threading.Thread(target=lambda: exec(how, {}))
    second.start()
    first.join(PATIENCE)
    second.join(PATIENCE)
    assert told == ["first begins", "first ends", "second"]


def test_what_is_there_is_had_without_waiting(
    lane: Lane, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let = threading.Event()
    monkeypatch.setattr(builtins, "wait", lambda: let.wait(PATIENCE), raising=False)
    (tmp_path / "lane_slow.py").write_text("told('slow')\nwait()\n", encoding="utf-8")
    (tmp_path / "lane_known.py").write_text("x = 1\n", encoding="utf-8")
    importlib.import_module("lane_known")
    slow = threading.Thread(target=lambda: importlib.import_module("lane_slow"))
    slow.start()
    until(lambda: bool(told))
    lines = ("from lane_known import x", "import lane_known", "import json.tool, genstudio.gui.names",
             "from PySide6.QtCore import QObject")  # fmt: skip
    for line in lines:
        exec(line, {})  # in this thread: it would stand still here
    with pytest.raises(ImportError):
        exec("from genstudio.progress import nothing", {})
    let.set()
    slow.join(PATIENCE)


def test_a_library_that_cannot_be_loaded_lets_go_of_the_lane(lane: Lane, told: list[str], tmp_path: Path) -> None:
    (tmp_path / "lane_broken.py").write_text("raise OSError('no such library')\n", encoding="utf-8")
    with pytest.raises(OSError, match="no such library"):
        importlib.import_module("lane_broken")
    with pytest.raises(ModuleNotFoundError):
        exec("import lane_missing", {})
    other = threading.Thread(target=lambda: told_import(told, "lane_broken"))
    other.start()
    other.join(PATIENCE)
    assert told == ["OSError"]
    assert not lane.mine


def told_import(told: list[str], name: str) -> None:
    try:
        importlib.import_module(name)
    except OSError as error:
        told.append(type(error).__name__)


def test_a_library_that_never_comes_back_keeps_nobody_for_ever(
    lane: Lane, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genstudio.gui.lane._LONGEST", 0.01)
    let = threading.Event()
    monkeypatch.setattr(builtins, "wait", lambda: let.wait(PATIENCE), raising=False)
    (tmp_path / "lane_stuck.py").write_text("told('stuck')\nwait()\n", encoding="utf-8")
    (tmp_path / "lane_other.py").write_text("told('other')\n", encoding="utf-8")
    stuck = threading.Thread(target=lambda: importlib.import_module("lane_stuck"))
    stuck.start()
    until(lambda: bool(told))
    importlib.import_module("lane_other")
    assert told == ["stuck", "other"]
    let.set()
    stuck.join(PATIENCE)


def test_imports_are_left_as_they_were() -> None:
    before = importlib._bootstrap._find_and_load  # type: ignore[attr-defined]
    lane = Lane()
    lane.open()
    assert importlib._bootstrap._find_and_load != before  # type: ignore[attr-defined]
    lane.close()
    assert importlib._bootstrap._find_and_load is before  # type: ignore[attr-defined]


# In a real window: every native library of others that is loaded once the window is there is loaded in the lane. Python's audit
# events tell of each, whoever asks for it.
WINDOW = r"""
import faulthandler, os, sys, threading
from pathlib import Path
faulthandler.dump_traceback_later(580, exit=True)
from genstudio.gui import app, lane
lanes, seen, outside = [], [], []
opened = lane.Lane.open
lane.Lane.open = lambda self: (opened(self), lanes.append(self))
free = Path(os.__file__).parent / "lib-dynload"
def heard(event, arguments):
    if event == "import" and arguments[1] and lanes:
        seen.append(str(arguments[1]))
        if not lanes[0].mine and Path(arguments[1]).parent != free:
            outside.append(f"{arguments[0]} in {threading.current_thread().name}")
sys.addaudithook(heard)
begin = app.Studio.start
def start(studio, *arguments):
    from functools import partial
    from PySide6.QtCore import QTimer
    from genstudio import paths
    begin(studio, *arguments)
    context, out = studio.context, Path(os.environ["GENSTUDIO_HOME"])
    def export(ending):
        import genstudio
        genstudio.export(paths.resource("songs/ode-to-joy.mid"), out / f"song.{ending}")
    studio.window.stack.complete.connect(lambda: [context.engine.run(partial(export, one)) for one in ENDINGS])
    clock = QTimer(studio.window)
    clock.timeout.connect(lambda: context.models.current is not None and not context.engine.working and studio.window.close())
    clock.start(50)
app.Studio.start = start
app.run(page="create")
print(outside)
print("torch" in {Path(path).parent.name for path in seen})
print(sorted(path.name for path in Path(os.environ["GENSTUDIO_HOME"]).glob("song.*")))
"""


@pytest.mark.slow
def test_every_library_of_a_real_window_is_loaded_in_the_lane(tmp_path: Path) -> None:
    endings = ["flac", "musicxml", "wav"]
    if importlib.util.find_spec("verovio"):
        endings = sorted([*endings, "pdf", "png", "svg"])
    code = f"ENDINGS = {endings!r}\n{WINDOW}"
    env = {**os.environ, "GENSTUDIO_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    outside, seen, made = done.stdout.splitlines()
    assert outside == "[]"
    assert seen == "True"
    assert made == str([f"song.{ending}" for ending in endings])


@pytest.mark.slow
def test_nothing_of_the_window_is_called_by_qts_messages() -> None:
    """A handler in Python waits for the interpreter inside of the system's loader: the window hung for ever."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.id] if isinstance(node, ast.Name) else [node.attr] if isinstance(node, ast.Attribute) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            assert "qInstallMessageHandler" not in names, path


# -- what native code says

SAYS = r"""
import os, sys
from pathlib import Path
from PySide6.QtCore import qInfo, qWarning
from genstudio.gui.logs import Log
log = Log(Path(sys.argv[1]))
log.open()
qWarning("first word")
log.look()
os.write(2, b"a library speaks\n")
print("python speaks", file=sys.stderr)
qInfo("second word")
log.close()
print("afterwards", file=sys.stderr)
os.write(2, b"a library speaks afterwards\n")
qWarning("third word")
"""


def test_what_native_code_says_is_kept_and_still_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAYS, str(tmp_path)], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    said = done.stderr.splitlines()
    assert set(said) == {
        "Qt warning: first word", "a library speaks", "python speaks", "Qt info: second word", "afterwards",
        "a library speaks afterwards", "third word",
    }  # fmt: skip
    assert said[-3:] == ["afterwards", "a library speaks afterwards", "third word"]
    native = (tmp_path / "native.log").read_text(encoding="utf-8").splitlines()
    assert native == ["Qt warning: first word", "a library speaks", "Qt info: second word"]
    log = (tmp_path / "studio.log").read_text(encoding="utf-8")
    assert "WARNING genstudio.gui: Qt: first word" in log
    assert "INFO genstudio.gui: Qt: second word" in log
    assert "a library" not in log


def test_files_beside_the_log_do_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genstudio.gui.logs._BYTES", 100)
    for _ in range(5):
        log = Log(tmp_path)
        log.open()
        os.write(2, b"x" * 150 + b"\n")
        log.close()
    for name in ("native.log", "crash.log"):
        assert (tmp_path / name).stat().st_size < 500
        assert (tmp_path / f"{name}.1").exists()


# -- the watchdog

# A thread holds the interpreter and waits, in native code, for what does not come: the window cannot answer, and no Python runs.
HANGS = r"""
import ctypes, os, sys, threading
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from genstudio.gui.logs import Log
from genstudio.gui.watchdog import Watchdog
app = QCoreApplication([])
log = Log(Path(sys.argv[1]))
log.open()
dog = Watchdog(log.crashes, seconds=0.5)
def holds_everything():
    ctypes.PyDLL(None).read(0, ctypes.create_string_buffer(1), 1)
    QTimer.singleShot(0, app, app.quit)
thread = threading.Thread(target=holds_everything)
QTimer.singleShot(0, thread.start)
app.exec()
dog.wind()
dog.close()
log.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads from a descriptor of POSIX")
def test_a_window_that_does_not_answer_leaves_its_stacks(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", HANGS, str(tmp_path)], stdin=subprocess.PIPE)
    assert process.stdin is not None
    crash = tmp_path / "crash.log"
    try:
        until(lambda: crash.exists() and "holds_everything" in crash.read_text(encoding="utf-8"))
        process.stdin.write(b".")  # now it may go on
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    log = (tmp_path / "studio.log").read_text(encoding="utf-8")
    assert "the window did not answer for" in log
    assert "holds_everything" in log


def test_a_window_that_answers_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QObject) -> None:
    calls: list[tuple[float, bool]] = []
    monkeypatch.setattr("faulthandler.dump_traceback_later", lambda after, **more: calls.append((after, "exit" in more)))
    monkeypatch.setattr("faulthandler.cancel_dump_traceback_later", lambda: calls.append((0, False)))
    now = [100.0]
    monkeypatch.setattr("genstudio.gui.watchdog.time.monotonic", lambda: now[0])
    log = Log(tmp_path)
    log.open()
    dog = Watchdog(log.crashes)
    for _ in range(5):
        now[0] += 19
        dog.wind()
    dog.last()
    dog.close()
    log.close()
    assert calls == [(20, False)] * 6 + [(60, True), (0, False)]
    assert "did not answer" not in (tmp_path / "studio.log").read_text(encoding="utf-8")


def test_without_a_log_nothing_is_watched(qapp: QObject) -> None:
    dog = Watchdog(None)
    dog.wind()
    dog.last()
    dog.close()
