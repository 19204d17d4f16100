"""Every command that the README and the documentation show is run.

The commands are the lines of ``sh`` fences. Those of a page are run one after the other in a folder of their own, in this process,
as they stand; what makes a corpus or a model comes first, since a page may speak of a model before it shows how one is made. The
files that pages speak of (``a.mid``, ``~/tunes`` …) are put there before, see :data:`PLACED` and :data:`OWN`. What would take long
is cut by options that are added (:func:`added`), and what cannot run here (it opens a window, it installs) is in :data:`NOT_RUN`
with the reason or in :func:`check_otherwise`, and is checked in another way. ``python`` fences are run too, and commands within
sentences are looked at word by word.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomllib

import genstudio
from genstudio import config
from genstudio.cli import commands, main
from genstudio.cli._parser import Parser, add_common
from genstudio.domains import get_domain

ROOT = Path(genstudio.__file__).parent.parent
PAGES = [path for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))] if path.is_file()]

pytestmark = pytest.mark.skipif(not (ROOT / "docs" / "guide").is_dir(), reason="the documentation is in the checkout")

SONGS = ROOT / "resources" / "songs"

# What pages speak of, and the bundled file that stands for it.
PLACED = {
    "a.mid": SONGS / "ode-to-joy.mid",
    "b.mid": SONGS / "the-kesh.mid",
    "c.mid": SONGS / "ode-to-joy.mid",
    "d.mid": SONGS / "the-kesh.mid",
    "resources": ROOT / "resources",
    "tokenizers": ROOT / "tokenizers",
    "checkpoints": ROOT / "checkpoints",
}
# A person's own files: fixtures, sixty tunes, 400 sentences, and forty beats that are mixed from the bundled ones.
OWN = {"~/tunes": "tunes", "~/beats": "beats", "~/sentences.txt": "sentences", "~/poems.csv": "sentences"}

SMALL = {
    "transformer": ["core.width=32", "core.heads=2", "core.encoder_layers=1", "core.decoder_layers=1"],
    "recurrent": ["core.latent_dims=8", "core.embedding=24", "core.encoder_hidden=16", "core.hidden=24"],
}
LOOP = ["optimizer.batch_size=8", "optimizer.evaluate_on=8", "optimizer.evaluate_every=100", "optimizer.warmup=2"]
LOOP += ["prior.width=16", "prior.heads=2", "prior.layers=1"]
FROM = ["optimizer.batch_size=4", "optimizer.evaluate_on=4", "prior.steps=0"]  # a model that has its size

NOT_RUN = {"gui": "it opens a window"}  # parsed only
MADE = "made.mid"  # what is exported: a piece that was made here, since `trace` asks for its past


class Line:
    """A command of a page: the words, and where it stands."""

    def __init__(self, page: Path, number: int, text: str) -> None:
        self.where = f"{page.relative_to(ROOT)}:{number}: {text}"
        self.words = shlex.split(text, comments=True)


def fences(page: Path, language: str) -> Iterator[tuple[int, str]]:
    """The fences of a language: the number of the first line in it, and its text."""
    for found in re.finditer(rf"^( *)```{language}\n(.*?)^ *```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        indent = len(found[1])
        text = "".join(line[indent:] for line in found[2].splitlines(keepends=True))
        yield page.read_text(encoding="utf-8")[: found.start(2)].count("\n") + 1, text


def lines(page: Path) -> list[Line]:
    found = []
    for first, text in fences(page, "sh"):
        joined = re.sub(r"\\\n\s*", lambda cut: " ", text)
        found += [Line(page, first + at, line) for at, line in enumerate(joined.splitlines()) if shlex.split(line, comments=True)]
    return found


def parser_of(name: str) -> Parser:
    parser = Parser(prog=f"genstudio {name}")
    commands()[name].add_arguments(parser)
    add_common(parser)
    return parser


@pytest.fixture(scope="session")
def beats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beats")
    drums = get_domain("drums")
    known = [drums.read(path).pieces[0] for path in sorted((ROOT / "resources" / "beats").glob("*.mid"))]
    for number in range(40):
        one, two = known[number % len(known)], known[(number + 1 + number // len(known)) % len(known)]
        drums.write(drums.mix(one, two, 0.5, number), folder / f"beat-{number:02d}.mid")
    return folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A folder with all that the pages speak of, which is also the home folder."""
    for name, source in PLACED.items():
        if source.is_dir():
            (tmp_path / name).symlink_to(source)
        else:
            shutil.copy(source, tmp_path / name)
    for name, fixture in OWN.items():
        target = tmp_path / name.removeprefix("~/")
        if target.suffix == ".csv":
            rows = request.getfixturevalue(fixture).read_text(encoding="utf-8").splitlines()
            table = "".join(f"{row},{('spring', 'autumn')[len(row) % 2]}\n" for row in rows)
            target.write_text(f"text,season\n{table}", encoding="utf-8")
        else:
            target.symlink_to(request.getfixturevalue(fixture))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "data"))
    return tmp_path


def added(words: list[str]) -> list[str]:
    """What is added to a command so that it does not take long: fewer steps (a later option wins), smaller models, fewer pieces.

    A setting that the page itself gives is left as it is.
    """
    command = words[0]
    if command == "train":
        shown = " ".join(words)
        start = re.search(r"--preset (\S+)", shown)
        core = re.search(r"--set core=(\S+)", shown)
        preset = config.PRESETS[start[1]] if start else None
        name = core[1] if core else preset.config.core if preset else ""
        kind = "recurrent" if name in ("gru", "lstm", "rnn") else name
        small = FROM if "--from" in words else [*SMALL.get(kind, []), *LOOP]
        new = [setting for setting in small if setting.partition("=")[0] not in shown]
        return ["--max-steps", "3", *(part for setting in new for part in ("--set", setting))]
    if command == "compare":
        small = [*SMALL["recurrent"], *LOOP]  # the pages compare recurrent cores
        return ["--max-steps", "3", "--limit", "4", "--samples", "2", *(part for setting in small for part in ("--set", setting))]
    if command == "corpus":
        return ["--workers", "1", *([] if "--vocab-size" in words or "--tokenizer" in words else ["--vocab-size", "400"])]
    if command == "evaluate":
        few = {"--interpolation": "1", "--samples": "2"}
        short = ["--limit", "4", "--generated", "2", "--best-of", "2"]
        return [*short, *(part for option in few if option in words for part in (option, few[option]))]
    if command == "attributes" and "--measure" in words:
        return ["--rounds", "1", "--candidates", "4"]
    if command == "shape":
        return ["--rounds", "2"]
    if command == "interpolate":  # each place is chosen among many decodings
        return ["--steps", "3"]
    if "folk-melody-16bar" in words:
        return {"path": ["--steps", "2"], "blend": ["--grid", "2"]}.get(command, [])
    return []


def run(words: list[str]) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(words)
    return status, said.getvalue()


def check_otherwise(line: Line) -> str:
    """The check of what is no command of ours, or cannot run here; says what is wrong."""
    words = line.words
    program = words[0].rpartition("/")[2]
    if program == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return "" if set(words[1:]) <= set(targets) else f"the Makefile has no such target; known: {targets}"
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    if "pip" in words or program == "pip":
        wanted = [name for word in words for group in re.findall(r"\[([\w,]+)\]", word) for name in group.split(",")]
        return "" if set(wanted) <= set(extras) else f"there is no such extra; known: {sorted(extras)}"
    if program.startswith("python") and words[1:2] == ["-m"] and words[2] in ("venv", "pytest"):
        return ""
    if program == "mkdir" or program == "cp":
        return ""
    return "this program is not known to the test; add a check for it"


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_the_commands_of_a_page(page: Path, place: Path) -> None:
    wrong = []
    for line in sorted(lines(page), key=lambda line: line.words[1:2] not in (["corpus"], ["train"])):
        words = [re.sub(r"^~(?=/)", str(place), word) for word in line.words]
        if words[0].rpartition("/")[2] != "genstudio":
            if problem := check_otherwise(line):
                wrong.append(f"{line.where}\n    {problem}")
            continue
        words = words[1:]
        if not words or words[0] in NOT_RUN:
            parser_of("gui").parse_args(words[1:])
            continue
        if words[0] == "export" and "a.mid" in words:
            if not (place / MADE).exists():
                assert run(["reconstruct", "a.mid", "--model", "folk-melody-2bar", "--out", MADE])[0] == 0
            words[words.index("a.mid")] = MADE
        status, said = run([*words, *added(words)])
        if status != 0:
            wrong.append(f"{line.where}\n    {said.strip()[-400:]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_the_python_of_a_page(page: Path, place: Path) -> None:
    names: dict[str, object] = {}
    for first, text in fences(page, "python"):
        if text.startswith("--8<--"):
            continue  # a file that is shown; test_examples runs it
        text = text.replace("folk-melody-16bar", "folk-melody-2bar")  # the same, and quick
        exec(compile("\n" * (first - 1) + text, str(page), "exec"), names)
        assert set(names) > {"__builtins__"}, f"{page}:{first} does nothing"


def spoken(text: str) -> Iterator[str]:
    """Commands within sentences: `genstudio …` in code spans."""
    outside = re.sub(r"^( *)```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from (" ".join(found[1].split()) for found in re.finditer(r"`(genstudio [a-z][^`]*)`", outside))


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_the_commands_within_sentences(page: Path) -> None:
    known = commands()
    for text in spoken(page.read_text(encoding="utf-8")):
        name, *rest = text.split()[1:]
        assert name in known, f"{page}: {text}"
        actions: list[argparse.Action] = parser_of(name)._actions
        subs = [choice for action in actions if isinstance(action, argparse._SubParsersAction) for choice in action.choices.items()]
        for sub, child in subs:
            if rest[:1] == [sub]:
                actions = [*actions, *child._actions]
        options = {option for action in actions for option in action.option_strings}
        for word in rest:
            if word.startswith("--") and word != "--":
                assert word.partition("=")[0].rstrip(",.;)") in options, f"{page}: {text}"


def test_what_is_placed_is_there() -> None:
    assert all(source.exists() for source in PLACED.values())
    assert get_domain("melody").read(PLACED["a.mid"]).pieces


def test_a_command_that_is_renamed_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\ngenstudio interpolated a.mid   # no such command\ngenstudio doctor --no-such\n```\n", encoding="utf-8")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert [run(line.words[1:])[0] for line in lines(page)] == [2, 2]
    assert [line.where.split(" ")[0] for line in lines(page)] == ["page.md:2:", "page.md:3:"]
