"""The parts of a window around the Corpus and Train pages, and a stand-in for ``genstudio train``: the same files and manners, no
model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QUndoStack

from genstudio.gui import child
from genstudio.gui.context import Bus, Context
from genstudio.gui.engine import Engine
from genstudio.gui.jobs import Jobs
from genstudio.gui.models import Models
from genstudio.gui.settings import Settings
from genstudio.gui.theme import Theme

FAKE = r'''
import json, os, sys, threading, time
sys.path[:] = {path!r}
from pathlib import Path
from genstudio.files import holding, write_json
from genstudio.paths import training_lock

words = sys.argv[1:]
value = lambda name: words[words.index(name) + 1]
settings = dict(text.split("=") for name, text in zip(words, words[1:]) if name == "--set")
out, events = Path(value("--out")), Path(value("--events"))
resume = "--resume" in words
stop = threading.Event()
threading.Thread(target=lambda: (os.read(0, 1), stop.set()), daemon=True).start()
total = int(settings.get("optimizer.steps", 20))
state = out / "training" / "state.json"
step = json.loads(state.read_text())["step"] if resume else 0

def save():
    (out / "training").mkdir(parents=True, exist_ok=True)
    (out / "training" / "state.safetensors").write_text("")
    write_json(state, {{"step": step, "file": "state.safetensors"}})

with open(events, "a" if resume else "w", buffering=1) as file, holding(training_lock(out)) as free:
    def tell(event, **data):
        file.write(json.dumps({{"event": event, "time": time.time(), "version": 1, **data}}) + "\n")
    assert free
    tell("begin")
    if "fail" in settings:
        tell("end", status="failed", error="the corpus has 3 pieces to train on, too few.")
        print("genstudio: the corpus has 3 pieces to train on, too few.", file=sys.stderr)
        sys.exit(2)
    save()
    while step < total and not stop.is_set():
        step += 1
        tell("step", step=step, total=total, reconstruction_nll=100 / step, kl=1.0 + step / 10)
        if step % 5 == 0:
            save()
            collapsed = "collapse" in settings and "word_dropout" not in settings
            tell("evaluation", step=step, negative_elbo=90.0 / step, reconstruction_nll=80.0 / step, latent_dims=8,
                 kl=2.0 - 1.99 * collapsed, active_units=6 - 6 * collapsed, reconstruction={{"exact": 0.5}}, example="",
                 original="a", reconstructed="b")
            if collapsed:
                tell("warning", kind="posterior collapse", message="posterior collapse: KL is 0.01 nats.")
        stop.wait(float(settings.get("pause", 0.01)))
    save()
    prior = json.loads((out / "prior.json").read_text()) if (out / "prior.json").exists() else 0
    if "prior.steps" in settings and not stop.is_set():
        tell("progress", stage="encoding", done=3, total=7)
    while prior < int(settings.get("prior.steps", 0)) and not stop.is_set():
        prior += 1
        write_json(out / "prior.json", prior)
        tell("prior_step", stage="prior", step=prior, total=int(settings["prior.steps"]), kl=9.0 - prior)
        stop.wait(float(settings.get("pause", 0.01)))
    if prior and not stop.is_set():
        tell("done", prior={{"kl": 4.5, "kl_standard": 6.25, "kept": True}})
    tell("end", status="stopped" if stop.is_set() else "done")
sys.exit(130 if stop.is_set() else 0)
'''


def click(qtbot: Any, button: Any) -> None:
    """Click on a button that can be seen and used."""
    assert button.isVisible()
    assert button.isEnabled(), button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class SilentPlayer(QObject):
    """What cards ask of a player."""

    started, ended, moved = Signal(object), Signal(), Signal(float)
    item = None
    playing = False
    position = 0.0


class NoShelf(QObject):
    """What cards ask of the shelf."""

    changed, kept, unkept = Signal(), Signal(object), Signal(object)

    def is_kept(self, item: Any) -> bool:
        return False


@pytest.fixture
def context(qtbot: Any, home: Path) -> Iterator[Context]:
    engine = Engine()
    yield Context(
        engine=engine,
        models=Models(engine, engine),
        player=SilentPlayer(engine),  # type: ignore[arg-type]
        jobs=Jobs(engine, engine),
        settings=Settings(home / "studio.json", engine),
        shelf=NoShelf(engine),  # type: ignore[arg-type]
        theme=Theme(parent=engine),
        bus=Bus(engine),
        confirm=lambda title, question: True,
        undo=QUndoStack(engine),
    )
    engine.close()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_page(qtbot: Any, context: Context) -> Iterator[Callable[[type[Any]], Any]]:
    """Makes a page and brings it to the front; it is closed as the window closes it."""
    made: list[Any] = []

    def show(kind: type[Any]) -> Any:
        page = kind(context)
        made.append(page)
        page.retranslate()
        page.retheme()
        page.resize(1100, 720)
        page.show()
        page.entered()
        return page

    yield show
    for page in made:
        page.shut()
        page.hide()
        page.deleteLater()


@pytest.fixture
def fake_code() -> str:
    """The program that stands in for ``genstudio``, as :data:`genstudio.gui.child.CODE`."""
    return FAKE


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "CODE", FAKE)
