"""What the tests share: one thread, a home of their own, small tunes and sentences, and models trained on them once."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

# Before anything loads torch: one thread, so that results are the same everywhere and tests beside one another stay fast.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

settings.register_profile("genstudio", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("genstudio")

# A code without a summary trains quickest; what a summary brings is tested where it is (unit/tasks/test_summary.py).
PLAIN = ["core.summary_dims=0", "features=0", "kl.weight=0.35", "kl.start=0.02", "kl.begin=0.1", "kl.warmup=0.8"]
PLAIN += ["kl.floor_mode=none"]
TINY = ["core.width=32", "core.heads=2", "core.encoder_layers=1", "core.decoder_layers=1", "core.slots=2", "core.slot_dims=4"]
TINY += ["core.mixing_layers=1", *PLAIN]
NO_PRIOR = ["prior.steps=0"]
TINY_TEXT = ["core=lstm", "core.latent_dims=8", "core.embedding=24", "core.encoder_hidden=16", "core.hidden=32", "core.dropout=0"]
METRES = ((4, 4), (3, 4), (6, 8))

# Slow, like the tests that are marked so: these folders and modules, and what uses these fixtures, which train a model, load a
# shipped one or start a process.
SLOW = (
    "benchmarks", "contract/test_cores", "docs", "end_to_end", "gui/create/test_drums", "gui/shell/test_garbage",
    "gui/shell/test_home", "gui/shell/test_start", "gui/shell/test_window", "gui/training/test_corpus", "gui/training/test_train",
    "gui/music/test_player", "gui/whole", "golden", "hostile", "property", "unit/library/test_damage", "unit/models/test_flow",
    "unit/rendering/test_export",
)  # fmt: skip
COSTLY = {"forecaster", "melody_model", "composer", "text_model", "walker", "writer", "band", "melodies", "spoken", "python", "cli"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        path = item.path.relative_to(Path(__file__).parent).as_posix()
        if path.startswith(SLOW) or COSTLY.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module", autouse=True)
def _free_memory_is_given_back() -> Iterator[None]:
    """A process that runs thousands of tests would hold gigabytes that it has freed, and may be ended for it."""
    yield
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory):
    """No test sees the models of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GENSTUDIO_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Callable[[Path], object]], Path]:
    """``once(name, make)``: a folder that ``make`` is called with once, however many processes run the tests beside one another."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if hasattr(request.config, "workerinput") else base) / "shared"

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what one that failed has left
                make(folder)
                done.touch()
        return folder

    return made


def _tune(seed: int, bars: int, metre: tuple[int, int], tempo: float = 110.0, transpose: int = 0) -> Any:
    """A walk over a major scale in notes of a few lengths, as pretty_midi's object."""
    import pretty_midi

    draw = random.Random(seed)
    made = pretty_midi.PrettyMIDI(resolution=480, initial_tempo=tempo)
    made.time_signature_changes.append(pretty_midi.TimeSignature(*metre, 0.0))
    instrument = pretty_midi.Instrument(program=73, name="melody")
    scale = [0, 2, 4, 5, 7, 9, 11]
    degree, eighth = draw.randrange(7), 30.0 / tempo
    for bar in range(bars):
        left = metre[0] * 8 // metre[1]
        at = bar * left
        while left:
            length = min(left, draw.choice([1, 1, 2, 2, 3, 4]))
            degree = min(14, max(0, degree + draw.choice([-2, -1, -1, 0, 1, 1, 2])))
            pitch = 60 + transpose + 12 * (degree // 7) + scale[degree % 7]
            instrument.notes.append(pretty_midi.Note(90, pitch, at * eighth, (at + length) * eighth))
            at, left = at + length, left - length
    made.instruments.append(instrument)
    return made


@pytest.fixture(scope="session")
def make_tune() -> Callable[..., Any]:
    """``make_tune(seed, bars, metre, tempo, transpose)``: a melody as a ``pretty_midi.PrettyMIDI``."""
    return _tune


@pytest.fixture(scope="session")
def tunes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sixty MIDI files of eight bars."""
    folder = tmp_path_factory.mktemp("tunes")
    for number in range(60):
        _tune(number, 8, METRES[number % 3], tempo=90 + number).write(str(folder / f"tune-{number:02d}.mid"))
    return folder


def _sentences(count: int) -> list[str]:
    draw = random.Random(0)
    who = ["the cat", "a dog", "my sister", "the old man", "nobody", "our teacher", "the wind", "a small boat"]
    does = ["sees", "hears", "finds", "loves", "follows", "leaves", "paints", "remembers"]
    what = ["the house", "a river", "the moon", "some bread", "the long road", "a letter", "the garden", "an apple"]
    when = ["today", "at night", "in spring", "again", "without a word", "before noon", "every year", "too late"]
    every = [f"{a} {b} {c} {d}." for a in who for b in does for c in what for d in when]
    draw.shuffle(every)
    return every[:count]


@pytest.fixture(scope="session")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text file of 400 short sentences, one a line."""
    path = tmp_path_factory.mktemp("sentences") / "lines.txt"
    path.write_text("\n".join(_sentences(400)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def melody_corpus(tunes: Path, once: Callable[..., Path]) -> Path:
    """A corpus of two-bar phrases of :func:`tunes`."""
    import genstudio

    options: dict[str, Any] = {"stride": 2, "vocab_size": 340, "valid": 0.1, "test": 0.1, "workers": 1}
    return once("corpora/melodies", lambda out: genstudio.build_corpus([tunes], out, preset="melody-2bar", **options))


@pytest.fixture(scope="session")
def text_corpus(sentences: Path, once: Callable[..., Path]) -> Path:
    """A corpus of :func:`sentences`."""
    import genstudio

    options: dict[str, Any] = {"vocab_size": 360, "valid": 0.1, "test": 0.1, "workers": 1}
    return once("corpora/sentences", lambda out: genstudio.build_corpus([sentences], out, preset="sentence", **options))


@pytest.fixture(scope="session")
def tiny() -> dict[str, list[str]]:
    """Settings that make a preset's model small and leave its learned prior out, by domain."""
    return {"melody": [*TINY, *NO_PRIOR], "text": [*TINY_TEXT, *NO_PRIOR]}


@pytest.fixture(scope="session")
def melody_model(melody_corpus: Path, once: Callable[..., Path]) -> Path:
    """A model folder, trained for a moment on :func:`melody_corpus`."""
    import genstudio

    steps = ["optimizer.batch_size=16", "optimizer.evaluate_every=40", "optimizer.evaluate_on=16", "optimizer.warmup=10"]
    options: dict[str, Any] = {"overrides": [*TINY, *NO_PRIOR, *steps], "max_steps": 80, "device": "cpu"}
    return once("models/tiny-melody", lambda out: genstudio.train(melody_corpus, out, preset="melody-2bar", **options))


@pytest.fixture(scope="session")
def composer(melody_corpus: Path, once: Callable[..., Path]) -> Path:
    """A model like :func:`melody_model`, trained until it writes notes that follow its code."""
    import genstudio

    steps = ["optimizer.batch_size=16", "optimizer.evaluate_every=200", "optimizer.evaluate_on=16", "optimizer.warmup=10"]
    steps += ["optimizer.learning_rate=0.008", "kl.weight=0.03"]
    options: dict[str, Any] = {"overrides": [*TINY, *NO_PRIOR, *steps], "max_steps": 200, "device": "cpu"}
    return once("composer/tiny-melody", lambda out: genstudio.train(melody_corpus, out, preset="melody-2bar", **options))


@pytest.fixture(scope="session")
def text_model(text_corpus: Path, once: Callable[..., Path]) -> Path:
    """A model folder, trained for a moment on :func:`text_corpus`, until it writes words."""
    import genstudio

    steps = ["optimizer.batch_size=16", "optimizer.evaluate_every=120", "optimizer.evaluate_on=16", "optimizer.warmup=10"]
    steps += ["optimizer.learning_rate=0.01", "kl.weight=0.1"]
    options: dict[str, Any] = {"overrides": [*TINY_TEXT, *NO_PRIOR, *steps], "max_steps": 240, "device": "cpu"}

    def make(out: Path) -> None:
        genstudio.train(text_corpus, out, preset="sentence", **options)
        _draw_few(out)

    return once("models/tiny-text", make)


def _draw_few(folder: Path) -> None:
    """Let a model choose among 2 decodings of a sample, not among 32."""
    from genstudio.models.manifest import read_manifest, update_manifest

    update_manifest(folder, {"sampling": {**read_manifest(folder)["sampling"], "best_of": 2}})


SUMMARY = ["core.summary_dims=12", "features=2", "kl.weight=0.3", "kl.details=0.02", "kl.floor=0.5", "kl.floor_mode=dimension"]
SUMMARY_STEPS = ["optimizer.batch_size=16", "optimizer.evaluate_every=150", "optimizer.evaluate_on=16", "optimizer.warmup=10",
                 "optimizer.learning_rate=0.006"]  # fmt: skip


@pytest.fixture(scope="session")
def walker(melody_corpus: Path, once: Callable[..., Path]) -> Path:
    """A model of melodies with a summary, trained until it writes notes that follow its code."""
    import genstudio

    options: dict[str, Any] = {"overrides": [*TINY, *NO_PRIOR, *SUMMARY, *SUMMARY_STEPS], "max_steps": 180, "device": "cpu"}
    return once("models/walker", lambda out: genstudio.train(melody_corpus, out, preset="melody-2bar", **options))


@pytest.fixture(scope="session")
def writer(text_corpus: Path, once: Callable[..., Path]) -> Path:
    """A model of sentences with a summary, trained until it writes words."""
    import genstudio

    shape = ["core.width=32", "core.heads=2", "core.encoder_layers=1", "core.decoder_layers=1", "core.slots=16", "core.slot_dims=4"]
    options: dict[str, Any] = {"overrides": [*shape, *NO_PRIOR, *SUMMARY, *SUMMARY_STEPS], "max_steps": 150, "device": "cpu"}

    def make(out: Path) -> None:
        genstudio.train(text_corpus, out, preset="sentence", **options)
        _draw_few(out)

    return once("models/writer", make)


def _sheet(seed: int, bars: int, metre: tuple[int, int] = (4, 4), pickup: int = 0, change: int = 0) -> str:
    """A lead sheet with a bass as MusicXML: a flute walks over the chord of each bar, whose root the bass plays.

    Args:
        seed: of the random choices.
        bars: how many.
        metre: of all bars.
        pickup: quarters before the first bar.
        change: the bar, from 1, from which on the metre is 3/4.
    """
    draw = random.Random(seed)
    kinds = {"C": ("major", "CEG"), "F": ("major", "FAC"), "G": ("dominant", "GBDF"), "A": ("minor", "ACE"), "D": ("minor", "DFA")}
    roots = [draw.choice("CFGAD") for _ in range(bars)]

    def note(step: str, octave: int, quarters: int, lyric: str = "") -> str:
        sung = f"<lyric><syllabic>single</syllabic><text>{lyric}</text></lyric>" if lyric else ""
        pitch = f"<pitch><step>{step}</step><octave>{octave}</octave></pitch>" if step else "<rest/>"
        return f"<note>{pitch}<duration>{quarters}</duration><voice>1</voice><type>quarter</type>{sung}</note>"

    parts = []
    for bass in (False, True):
        measures = []
        if pickup:
            measures.append("".join(note("" if bass else "G", 4, 1) for _ in range(pickup)))
        for number, root in enumerate(roots, 1):
            beats = 3 if change and number >= change else metre[0]
            kind, notes = kinds[root]
            begin = "<attributes><time><beats>3</beats><beat-type>4</beat-type></time></attributes>" if number == change else ""
            if bass:
                measures.append(begin + note(root, 2, 2) + note(root, 3, beats - 2))
                continue
            begin += f"<harmony><root><root-step>{root}</root-step></root><kind>{kind}</kind></harmony>"
            measures.append(begin + "".join(note(draw.choice(notes), 5, 1, "la" if beat == 0 else "") for beat in range(beats)))
        first = (
            "<attributes><divisions>1</divisions><key><fifths>0</fifths><mode>major</mode></key>"
            f"<time><beats>{metre[0]}</beats><beat-type>{metre[1]}</beat-type></time></attributes>"
        )
        whole = []
        for number, text in enumerate(measures, 0 if pickup else 1):
            implicit = "" if number else ' implicit="yes"'
            whole.append(f'<measure number="{number}"{implicit}>{"" if whole else first}{text}</measure>')
        parts.append("".join(whole))
    names = (("P1", "Flute", 74), ("P2", "Bass", 33))
    listed = "".join(
        f'<score-part id="{one}"><part-name>{name}</part-name><midi-instrument id="{one}-I"><midi-program>{program}</midi-program>'
        "</midi-instrument></score-part>"
        for one, name, program in names
    )
    both = "".join(f'<part id="{one}">{text}</part>' for (one, _, _), text in zip(names, parts, strict=True))
    return f'<?xml version="1.0"?><score-partwise version="4.0"><part-list>{listed}</part-list>{both}</score-partwise>'


@pytest.fixture(scope="session")
def make_sheet() -> Callable[..., str]:
    """``make_sheet(seed, bars, metre, pickup, change)``: a melody with a bass and chord symbols, as MusicXML."""
    return _sheet


@pytest.fixture(scope="session")
def band(tmp_path_factory: pytest.TempPathFactory, once: Callable[..., Path]) -> Path:
    """A model of scores (a melody, a bass, chord symbols), trained until it writes what stands in the bars."""
    import genstudio

    sheets = tmp_path_factory.mktemp("sheets")
    for number in range(60):
        metre = METRES[number % 2]
        (sheets / f"sheet-{number:02d}.musicxml").write_text(_sheet(number, 8, metre, pickup=number % 3 == 0), encoding="utf-8")
    corpus: dict[str, Any] = {"bars": 2, "stride": 2, "vocab_size": 800, "valid": 0.1, "test": 0.1, "workers": 1}
    sheet = ["core.slots=4", "core.cell=24", "blank.parts=0.4", "blank.all=0.2", "blank.none=0.2", "variants=0", "emphasis=0"]
    options: dict[str, Any] = {"overrides": [*TINY, *NO_PRIOR, *SUMMARY, *SUMMARY_STEPS, *sheet], "max_steps": 300, "device": "cpu"}

    def make(out: Path) -> None:
        made = genstudio.build_corpus([sheets], out / "corpus", preset="lead-sheet-8bar", **corpus)
        assert made["train"]
        genstudio.train(out / "corpus", out / "model", preset="lead-sheet-8bar", **options)

    return once("models/band", make) / "model"


@pytest.fixture(scope="session")
def forecaster(tmp_path_factory: pytest.TempPathFactory, once: Callable[..., Path]) -> Path:
    """A model of time series of up to four years of months, trained until it writes numbers."""
    import math

    import genstudio

    folder = tmp_path_factory.mktemp("curves")
    for number in range(12):
        draw = random.Random(number)
        swing, rise = draw.uniform(1, 3), draw.uniform(-0.05, 0.05)
        rows = (
            f"{2000 + at // 12}-{at % 12 + 1:02d},{swing * math.sin(math.pi * (at + number) / 6) + rise * at:.3f}"
            for at in range(96)
        )
        (folder / f"curve-{number:02d}.csv").write_text("\n".join(["month,value", *rows]) + "\n", encoding="utf-8")
    corpus: dict[str, Any] = {"bars": 4, "stride": 1, "vocab_size": 300, "valid": 0.1, "test": 0.1, "workers": 1}
    shape = ["core.width=32", "core.heads=2", "core.encoder_layers=1", "core.mixing_layers=1", "core.decoder_layers=1"]
    shape += ["core.summary_dims=8", "core.slot_dims=4", "core.slots=6", "blank.end=0.4", "optimizer.batch_size=8"]
    options: dict[str, Any] = {"overrides": [*NO_PRIOR, *SUMMARY_STEPS, *shape], "max_steps": 80, "device": "cpu"}

    def make(out: Path) -> None:
        genstudio.build_corpus([folder], out / "corpus", preset="series-daily", **corpus)
        genstudio.train(out / "corpus", out / "model", preset="series-daily", **options)

    return once("models/forecaster", make) / "model"


class Forks:
    """Processes of Python that need not load torch, where they can be forked; see ``forking.py``. One at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[str] | None = None

    def run(self, arguments: list[str], timeout: float, env: dict[str, str], cwd: Path | None) -> Any:
        if self._server is None:
            command = [sys.executable, str(Path(__file__).with_name("forking.py"))]
            self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        said = [self._folder / name for name in ("out", "err")]
        for path in said:
            path.write_bytes(b"")
        wanted = {"arguments": arguments, "environment": env, "folder": str(cwd or Path.cwd())}
        print(json.dumps({**wanted, "out": str(said[0]), "err": str(said[1])}), file=self._server.stdin, flush=True)
        number = int(self._server.stdout.readline())
        late: list[int] = []

        def end() -> None:
            late.append(number)
            os.killpg(number, signal.SIGKILL)

        clock = threading.Timer(timeout, end)
        clock.start()
        status = int(self._server.stdout.readline())
        clock.cancel()
        out, err = (path.read_text(encoding="utf-8") for path in said)
        if late:
            raise subprocess.TimeoutExpired(arguments, timeout, out, err)
        return subprocess.CompletedProcess(arguments, status, out, err)

    def close(self) -> None:
        if self._server is not None:
            self._server.communicate()


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """Runs Python in a process of its own: ``python("-m", "genstudio", …, env={…})``.

    Where the system can, the process has loaded the libraries already; with ``fresh`` it is a new one in any case.
    """
    forks = Forks(tmp_path_factory.mktemp("forks"))

    def run(
        *arguments: object, timeout: float = 600.0, env: dict[str, str] | None = None, cwd: Path | None = None, fresh: bool = False
    ) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        whole = {**os.environ, "DISPLAY": "", "WAYLAND_DISPLAY": "", **(env or {})}  # no test opens a window unasked
        if sys.platform == "linux" and not fresh:
            return forks.run(words, timeout, whole, cwd)
        return subprocess.run(
            [sys.executable, *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            cwd=cwd,
            env=whole,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    yield run
    forks.close()


class PlainConnection(sqlite3.Connection):
    """A connection of a SQLite without FTS5."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        there = "SELECT 1 FROM sqlite_master WHERE name = 'found'"
        used = re.search(r"\b(FROM|INTO|JOIN|UPDATE) found\b", sql) is not None and super().execute(there).fetchone()
        if used or re.search(r"USING fts5\b", sql):
            raise sqlite3.OperationalError("no such module: fts5")
        return super().execute(sql, *values)


@pytest.fixture(scope="session")
def without_full_text() -> Callable[[], Any]:
    """``with without_full_text():`` connects as a SQLite without FTS5 does."""

    @contextlib.contextmanager
    def patched() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=PlainConnection))
            yield

    return patched


@pytest.fixture(scope="session")
def cli(python: Callable[..., Any]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command line in a process of its own: ``cli("sample", "--model", m, …, env={…}, fresh=…)``; see :func:`python`."""
    return lambda *arguments, **options: python("-m", "genstudio", *arguments, **options)
