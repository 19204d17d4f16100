"""The end of a task: what it held is let go of, whoever goes last."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref

from genstudio.gui.engine import Engine

# In a process of its own: where this fails, it does so by crashing.
LAST = """
from functools import partial
from PySide6.QtCore import QCoreApplication, QEvent
from genstudio.gui.engine import Engine

app = QCoreApplication([])
for _ in range(5):
    engine, results = Engine(), []
    task = engine.run(lambda: 1, done=lambda value, results=results, engine=engine: results.append(value))
    while not results:
        app.processEvents()
    engine.close()
    del engine, task, results  # what is connected to the task has the last reference to the engine now
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
print("well")
"""


def test_a_task_may_hold_the_last_reference_to_its_engine():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", LAST], env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.stdout.strip() == "well", (done.returncode, done.stderr)


def test_what_a_task_held_is_let_go_of(engine: Engine, qtbot):
    class Piece:
        pass

    piece = Piece()
    gone = weakref.ref(piece)
    told = []

    def work(report):
        report("half")
        return 7

    task = engine.run(work, done=lambda value, piece=piece: told.append(value))
    task.progressed.connect(lambda event, piece=piece: told.append(event))
    del piece
    with qtbot.waitSignal(task.finished):
        pass
    qtbot.waitUntil(lambda: gone() is None)
    assert told == ["half", 7]
    assert not engine.working
