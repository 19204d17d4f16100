"""What is heard: melodies are played to a PulseAudio server with a null sink, whose monitor is recorded and looked at.

It takes as long as the music does, and a busy machine stumbles, so it is played where GENSTUDIO_ALOUD is in the environment. What
the player does is in test_player.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio.gui.sounds import RATE

TOOLS = ("pulseaudio", "parec", "pactl")
pytestmark = [
    pytest.mark.skipif("GENSTUDIO_ALOUD" not in os.environ, reason="takes as long as the music that is played"),
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="pulseaudio and its tools are not installed"),
]
PITCHES = [72, 76, 79, 84]
_TURNS = 3
SCRIPT = Path(__file__).with_name("play_aloud.py")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A PulseAudio server of our own, with a sink that goes nowhere; the environment that leads to it."""
    home = tmp_path_factory.mktemp("pulse")
    home.chmod(0o700)
    socket = home / "native"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PULSE")},
        "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PULSE_SERVER": f"unix:{socket}", "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
    command += ["-L", f"module-null-sink sink_name=first rate={RATE}", "-L", "module-rescue-streams"]
    command += ["-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1", f"--log-target=file:{home / 'log'}"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if process.poll() is not None:
                pytest.skip(f"pulseaudio does not start here (status {process.returncode})")
            if subprocess.run(["pactl", "info"], env=environment, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)  # no event tells that it listens
        else:
            pytest.fail("pulseaudio does not answer")
        yield environment
    finally:
        process.terminate()
        process.wait(10)


class Recording:
    """What a monitor heard, with the time of each part."""

    def __init__(self, environment: dict[str, str], source: str) -> None:
        command = ["parec", "-d", source, "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=20"]
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        self._data = bytearray()
        self._times: list[tuple[float, int]] = []
        self.begun = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while part := self._process.stdout.read1(8820):  # type: ignore[union-attr]
            self._data += part
            self._times.append((time.monotonic(), len(self._data) // 2))
            self.begun.set()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)

    @property
    def samples(self) -> np.ndarray:
        return np.frombuffer(bytes(self._data[: len(self._data) // 2 * 2]), "<i2").astype(np.float64)

    def between(self, first: float, last: float) -> np.ndarray:
        """What came in between two moments."""
        moments, counts = (np.array(column) for column in zip(*self._times, strict=True))
        return self.samples[int(np.interp(first, moments, counts)) : int(np.interp(last, moments, counts))]


def pitch_of(samples: np.ndarray) -> int | None:
    """The MIDI number of the strongest fundamental, None in silence."""
    if len(samples) < 2048 or np.sqrt(np.mean(samples**2)) < 60:
        return None
    size = 1 << 17
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), size))
    return max(range(55, 100), key=lambda pitch: spectrum[round(440 * 2 ** ((pitch - 69) / 12) * size / RATE)])


def heard(samples: np.ndarray) -> list[int]:
    """The pitches that follow one another, each at least a tenth of a second long; silence is left out."""
    window = RATE // 20
    found = [pitch_of(samples[at : at + window]) for at in range(0, len(samples) - window, window)]
    steady = [a for a, b in pairwise(found) if a is not None and a == b]
    return [pitch for before, pitch in pairwise([None, *steady]) if pitch is not None and pitch != before]


def play(server: dict[str, str], tmp_path: Path, *actions: str, pitches: list[int] = PITCHES):
    """Play and record; the recording and the events."""
    recording = Recording(server, "first.monitor")
    try:
        assert recording.begun.wait(120)
        command = [sys.executable, str(SCRIPT), str(tmp_path / "settings.json"), ",".join(map(str, pitches)), "12", *actions]
        done = subprocess.run(command, env=server, capture_output=True, text=True, timeout=600, check=False)
        time.sleep(0.2)  # what is on its way into the recording
    finally:
        recording.close()
    assert done.returncode == 0, done.stderr
    events: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert not [one for one in events if one["event"] == "unavailable"]
    return recording, events


def real_time(test: Any) -> Any:
    """What is heard is recorded as time goes by, and a sound server without priority misses moments on a busy machine; so what is
    not heard as it should be is played again. A fault of the player is there each time."""

    @functools.wraps(test)
    def repeated(server: dict[str, str], tmp_path: Path) -> None:
        for turn in range(_TURNS):
            folder = tmp_path / str(turn)
            folder.mkdir()
            try:
                return test(server, folder)
            except (AssertionError, StopIteration):
                if turn == _TURNS - 1:
                    raise
        return None

    return repeated


def moment(events: list[dict[str, Any]], name: str) -> float:
    return next(float(one["time"]) for one in events if one["event"] == name)


@real_time
def test_notes_are_heard_in_time_and_a_pause_is_silent(server, tmp_path):
    recording, events = play(server, tmp_path, "pause@0.8", "resume@1.6")
    assert heard(recording.samples) == PITCHES
    paused, resumed = moment(events, "pause"), moment(events, "resume")
    assert pitch_of(recording.between(paused + 0.2, resumed)) is None
    assert pitch_of(recording.between(resumed + 0.1, resumed + 0.3)) == PITCHES[1]  # it goes on where it was
    assert [one["event"] for one in events if one["event"] not in ("moved", "started")] == ["pause", "resume", "ended"]
    # The cursor is where the sound is: in the middle of the third note the third note is heard.
    middle = next(one["time"] for one in events if one["position"] >= 1.5)
    assert pitch_of(recording.between(middle - 0.1, middle + 0.1)) == PITCHES[2]


@real_time
def test_seeking_looping_tempo_and_a_busy_window(server, tmp_path):
    # At twice the tempo, from the last note back to the first two, which are repeated while the window does nothing for a second.
    (tmp_path / "settings.json").write_text('{"tempo": 2.0}')
    recording, events = play(
        server, tmp_path, "seek=1.8@0.3", "span=0:1.2@0.6", "brace@0.8", "sleep=1.0@1.0", "set=volume:0.0@3.0", "quit@3.7",
    )  # fmt: skip
    found = heard(recording.samples)
    assert found[:2] in ([72, 84], [72, 76]), found
    assert 84 in found
    rest = found[found.index(84) + 1 :]
    assert len(rest) >= 6
    assert set(rest) == {72, 76}
    asleep = moment(events, "sleep=1.0")
    window = recording.between(asleep - 0.9, asleep)
    silent = [at for at in range(0, len(window) - 2205, 2205) if np.abs(window[at : at + 2205]).max() < 60]
    assert len(silent) <= 3, "a gap"  # of 18 parts; a sound server without priority may miss a moment itself
    muted = moment(events, "set=volume:0.0")
    assert pitch_of(recording.between(muted + 0.3, muted + 0.6)) is None


@real_time
def test_what_is_selected_is_heard_from_the_next_beat_on(server, tmp_path):
    """Nothing is missing between the two, and the beat goes on."""
    low, high = [72, 74, 76, 77, 79, 81, 83, 84], [81, 83, 85, 86, 88, 90, 92, 93]
    recording, events = play(server, tmp_path, f"select={'_'.join(map(str, high))}@0.8", pitches=low)
    found = heard(recording.samples)
    turn = next(at for at, pitch in enumerate(found) if pitch != low[at])
    assert found == [*low[:turn], *high[turn:]], found  # each at its place in the bar
    assert 2 <= turn <= 3  # the beat that was to come when it was selected, or the one after
    window = RATE // 100
    samples = recording.samples
    loud = [at for at in range(0, len(samples) - window, window) if np.abs(samples[at : at + window]).max() > 60]
    gaps = [b - a for a, b in pairwise(loud)]
    assert max(gaps) <= 5 * window, "a gap"
    # Eight beats of 0.6 s, whatever was changed.
    assert (loud[-1] - loud[0]) / RATE == pytest.approx(8 * 0.6, abs=0.7)
    selected = moment(events, "select=" + "_".join(map(str, high)))
    started = [one["time"] for one in events if one["event"] == "started"][-1]
    assert started - selected < 0.6 + 0.25 + 0.15
    positions = [one["position"] for one in events if one["event"] == "moved"]
    assert all(b >= a - 0.02 for a, b in pairwise(positions[:-1]))  # the cursor goes on as the music does


@real_time
def test_a_device_that_goes_is_replaced_by_another(server, tmp_path):
    def tool(*words: str) -> str:
        return subprocess.run(["pactl", *words], env=server, capture_output=True, text=True, check=True).stdout.strip()

    number = tool("load-module", "module-null-sink", "sink_name=second", f"rate={RATE}")
    tool("set-default-sink", "second")
    recording, events = play(
        server, tmp_path, f"run=pactl_unload-module_{number}@0.8", "quit@2.8", pitches=[72, 76, 79, 84, 81, 77, 74]
    )
    assert heard(recording.samples)[-1] in (84, 81, 77, 74)
    positions = [one["position"] for one in events if one["event"] == "moved"]
    assert positions[-1] > 2.0


def test_without_a_server_the_reason_is_told_and_the_cursor_moves(server, tmp_path):
    environment = {**server, "PULSE_SERVER": f"unix:{tmp_path}/nothing"}
    command = [sys.executable, str(SCRIPT), str(tmp_path / "settings.json"), "60,62", "10"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    reason = next(one["reason"] for one in events if one["event"] == "unavailable")
    assert "no device" in reason
    assert events[-1]["event"] == "ended"
    assert max(one["position"] for one in events) > 1.1
