"""Plays to the default device in a process of its own and tells what it does; see test_playback. Not a test.

Usage: play_aloud.py SETTINGS PITCHES SECONDS ACTION@TIME ...   (times in seconds from the first sound on)
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from genstudio.domains.melody import Melody, Note, TempoChange
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.player import Player
from genstudio.gui.settings import Settings


def main() -> None:
    app = QCoreApplication([])

    def made(text: str) -> Item:
        pitches = [int(one) for one in text.split(",")]
        melody = Melody(
            notes=tuple(Note(480 * at, 480 * (at + 1), pitch) for at, pitch in enumerate(pitches)),
            tempos=(TempoChange(0, 100.0),), length=480 * len(pitches), program=73,
        )  # fmt: skip
        return Item(melody, "melody", "aloud")

    settings = Settings(Path(sys.argv[1]))
    engine = Engine()
    player = Player(engine, settings)

    def say(name: str, **more: object) -> None:
        print(json.dumps({"event": name, "time": time.monotonic(), "position": player.position, **more}), flush=True)

    def do(action: str) -> None:
        name, _, value = action.partition("=")
        if name == "seek":
            player.seek(float(value))
        elif name == "set":
            key, _, setting = value.partition(":")
            settings[key] = json.loads(setting)
        elif name == "select":
            player.select(made(value.replace("_", ",")))
        elif name == "span":
            first, _, last = value.partition(":")
            player.set_loop_span((float(first), float(last)))
        elif name == "run":
            subprocess.run(value.split("_"), check=False)
        elif name == "sleep":
            time.sleep(float(value))  # the window's thread is held up
        elif name == "quit":
            app.quit()
        else:
            getattr(player, name)()
        say(action)

    begun = False

    def moved(position: float) -> None:
        nonlocal begun
        if position > 0:
            say("moved")
            if not begun:
                begun = True
                for action, at in (one.split("@") for one in sys.argv[4:]):
                    QTimer.singleShot(round(1000 * float(at)), lambda action=action: do(action))

    player.moved.connect(moved)
    player.ended.connect(lambda: (say("ended"), app.quit()))
    player.started.connect(lambda item: say("started"))
    player.unavailable.connect(lambda reason: say("unavailable", reason=reason))
    QTimer.singleShot(0, lambda: player.play(made(sys.argv[2])))
    QTimer.singleShot(round(1000 * float(sys.argv[3])), app.quit)
    app.exec()
    player.close()
    engine.close()


if __name__ == "__main__":
    main()
