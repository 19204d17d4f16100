"""The file of a project: what is in it, as another program reads it; damage and malice; and a disk that fills."""

from __future__ import annotations

import errno
import functools
import importlib.util
import io
import json
import os
import struct
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import genstudio
from genstudio import paths
from genstudio.domains import get_domain, names
from genstudio.errors import DamagedFileError, FileError, InputError
from genstudio.gui import kinds
from genstudio.gui.items import Item
from genstudio.gui.pages.create.keeping import results_from
from genstudio.gui.project import archive
from genstudio.gui.project.archive import Project
from genstudio.gui.widgets.doors import example_files
from genstudio.provenance import Job

np = pytest.importorskip("numpy")

Files = dict[str, bytes]


@functools.cache
def song(name: str = "the-kesh.mid", **more: Any) -> Item:
    path = paths.resource(f"songs/{name}")
    piece = get_domain("melody").read(path).pieces[0]
    return Item(piece, "melody", piece.title, source=str(path), **more)


def made() -> Project:
    """A project with an end, what was made of it, and all else."""
    end = song()
    codes = np.asarray([[0.5, -1.0], [0.25, float("nan")]], "f4")
    job = Job("vary", "melodies", "0" * 64, 3, {"amount": 0.3}, ("The Kesh",), codes, {"temperature": 0.0})
    parts = [get_domain("melody").part(end.piece, 1 + n, 2 + n) for n in range(2)]
    results = [Item(part, "melody", f"{n}", job=job, place=n, of=end) for n, part in enumerate(parts)]
    state = {"ends": {"melody": [{"piece": end, "bars": [1, 2]}, None]}, "items": results, "t": 0.25}
    return Project(
        "Évening 华尔兹", "create", {"name": "melodies", "digest": "0" * 64, "domain": "melody"}, {"tempo": 1.5}, {"a": {"0": {}}},
        {"create": state},
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.genstudio"
    archive.write(path, archive.pack(made()))
    return path


def zipped(path: Path, files: Files, **more: Any) -> Path:
    with zipfile.ZipFile(path, "w", **more) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


# -- what is in it


def test_another_program_reads_it(file: Path) -> None:
    """With a reader of zip archives and of JSON, and the documents of the format."""
    with zipfile.ZipFile(file) as found:
        assert found.testzip() is None
        manifest, pieces = (json.loads(found.read(name)) for name in ("manifest.json", "pieces.json"))
        assert (manifest["format"], manifest["version"], manifest["made_by"]) == ("genstudio-project", 1, genstudio.__version__)
        assert (manifest["title"], manifest["page"], manifest["settings"]) == ("Évening 华尔兹", "create", {"tempo": 1.5})
        assert manifest["model"]["name"] == "melodies"
        assert manifest["mixes"] == {"a": {"0": {}}}
        create = manifest["states"]["create"]
        end = pieces[create["ends"]["melody"][0]["piece"]["$piece"]]
        assert (end["domain"], end["title"], end["job"]) == ("melody", "The Kesh", None)
        assert end["symbols"] == get_domain("melody").to_symbols(song().piece)
        assert Path(end["source"]).name == "the-kesh.mid"
        first, second = (pieces[one["$piece"]] for one in create["items"])
        assert (first["of"], second["place"]) == (create["ends"]["melody"][0]["piece"]["$piece"], 1)
        job = json.loads(found.read(f"jobs/{first['job']}.json"))
        assert (job["operation"], job["seed"], job["shape"]) == ("vary", 3, [2, 2])
        assert struct.unpack("<4f", found.read(f"jobs/{first['job']}.f32"))[:3] == (0.5, -1.0, 0.25)
        assert set(found.namelist()) == {"manifest.json", "pieces.json", *(f"jobs/{first['job']}.{end}" for end in ("json", "f32"))}


def test_everything_comes_back(file: Path) -> None:
    before, after = made(), archive.read(file)
    assert (after.title, after.page, after.model, after.settings, after.mixes) == (
        before.title, before.page, before.model, before.settings, before.mixes,
    )  # fmt: skip
    state = after.states["create"]
    end = state["ends"]["melody"][0]["piece"]
    assert isinstance(end, Item)
    assert (end.piece, end.title, Path(end.source).name) == (song().piece, "The Kesh", "the-kesh.mid")
    assert all(one.of is end for one in state["items"])  # one piece in the project is one piece again
    assert [one.place for one in state["items"]] == [0, 1]
    job = state["items"][0].job
    assert job is state["items"][1].job
    assert job.id == made().states["create"]["items"][0].job.id
    assert state["t"] == 0.25


def test_the_same_project_is_the_same_file(file: Path, tmp_path: Path) -> None:
    archive.write(tmp_path / "again.genstudio", archive.pack(archive.read(file)))
    assert (tmp_path / "again.genstudio").read_bytes() == file.read_bytes()


@pytest.mark.parametrize("domain", names())
def test_pieces_of_every_kind_come_back(domain: str, tmp_path: Path) -> None:
    items = kinds.bundled(domain, 3)
    archive.write(tmp_path / "p.genstudio", archive.pack(Project(states={"create": {"items": items}})))
    found = archive.read(tmp_path / "p.genstudio").states["create"]["items"]
    assert [one.piece for one in found] == [one.piece for one in items]
    assert [one.title for one in found] == [one.title for one in items]


# -- what cannot be opened


def refused(path: Path, expected: type[Exception] = FileError) -> str:
    with pytest.raises(expected) as found:
        archive.read(path)
    said = str(found.value)
    assert path.name in said
    assert "\n" not in said
    assert said.endswith(".")
    return said


def changed(file: Path, **changes: Any) -> Files:
    files = archive.read_files(file)
    manifest = json.loads(files["manifest.json"])
    return files | {"manifest.json": json.dumps({**manifest, **changes}).encode()}


def test_what_is_no_project_is_refused(tmp_path: Path, file: Path) -> None:
    (tmp_path / "song.genstudio").write_bytes(paths.resource("songs/the-kesh.mid").read_bytes())
    assert "is not a project" in refused(tmp_path / "song.genstudio")
    assert "is not a project" in refused(zipped(tmp_path / "other.genstudio", {"readme.txt": b"hello"}))
    assert "is not a project" in refused(zipped(tmp_path / "map.genstudio", changed(file, format="something else")))
    assert "cannot read" in refused(tmp_path / "gone.genstudio")
    (tmp_path / "folder.genstudio").mkdir()
    refused(tmp_path / "folder.genstudio")
    os.mkfifo(tmp_path / "pipe.genstudio")
    refused(tmp_path / "pipe.genstudio")


def test_a_later_version_and_an_unknown_kind_say_what_to_do(tmp_path: Path, file: Path) -> None:
    assert "later version" in refused(zipped(tmp_path / "later.genstudio", changed(file, version=2)))
    files = archive.read_files(file)
    pieces = [{**one, "domain": "painting"} for one in json.loads(files["pieces.json"])]
    said = refused(zipped(tmp_path / "art.genstudio", files | {"pieces.json": json.dumps(pieces).encode()}))
    assert "painting" in said


@pytest.mark.parametrize("name", ["../evil.json", "/etc/passwd", "jobs/../../x.json", "jobs\\x.f32", "notes.txt", "jobs/"])
def test_nothing_strange_is_in_it(name: str, tmp_path: Path, file: Path) -> None:
    said = refused(zipped(tmp_path / "x.genstudio", {**archive.read_files(file), name: b"{}"}), DamagedFileError)
    assert "belongs to no project" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.genstudio", "x.genstudio"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(tmp_path: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "a") as out:
        out.writestr("manifest.json", b"{}")
    refused(file, DamagedFileError)


def test_what_would_fill_the_memory_is_refused(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {"jobs/" + "0" * 16 + ".f32": bytes(3_000_000)}
    bomb = zipped(tmp_path / "bomb.genstudio", archive.read_files(file) | codes, compression=zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 20_000
    monkeypatch.setattr(archive, "_WHOLE", 2_000_000)
    assert "larger than any project" in refused(bomb, DamagedFileError)
    monkeypatch.setattr(archive, "_LARGEST", 100)
    assert "larger than any project" in refused(file, DamagedFileError)


def test_a_size_that_is_not_true_is_noticed(tmp_path: Path, file: Path) -> None:
    """An archive whose list says less than what is there."""
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as found:
        size = found.getinfo("pieces.json").file_size
    at = data.rindex(b"pieces.json") - 46 + 24  # in the list at its end
    assert struct.unpack_from("<I", data, at) == (size,)
    struct.pack_into("<I", data, at, 10)
    file.write_bytes(data)
    refused(file, DamagedFileError)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_refused(method: int, tmp_path: Path, file: Path) -> None:
    refused(zipped(tmp_path / "x.genstudio", archive.read_files(file), compression=method), DamagedFileError)


@pytest.mark.parametrize(
    "damage",
    [
        {"states": []}, {"states": {"create": {"x": {"$piece": 99}}}}, {"states": {"create": {"x": {"$piece": -1}}}},
        {"states": {"create": {"x": {"$piece": "0"}}}}, {"title": 3}, {"version": "1"}, {"version": 0}, {"model": None},
        {"settings": 4}, {"mixes": []}, {"page": None},
    ],
)  # fmt: skip
def test_a_damaged_manifest_is_refused(damage: Any, tmp_path: Path, file: Path) -> None:
    refused(zipped(tmp_path / "x.genstudio", changed(file, **damage)), DamagedFileError)


@pytest.mark.parametrize(
    "damage",
    [
        {"place": 7}, {"place": "a"}, {"job": "0" * 16}, {"job": 5}, {"of": 5}, {"of": -1}, {"of": "x"}, {"t": 2.0},
        {"symbols": None}, {"title": []}, {"dressing": 3}, {"dressing": {"tempos": "fast"}}, {"read": []},
    ],
)  # fmt: skip
def test_a_damaged_piece_is_refused(damage: Any, tmp_path: Path, file: Path) -> None:
    files = archive.read_files(file)
    pieces = json.loads(files["pieces.json"])
    pieces[-1] |= damage
    refused(zipped(tmp_path / "x.genstudio", files | {"pieces.json": json.dumps(pieces).encode()}), DamagedFileError)


def test_a_record_that_was_changed_is_noticed(tmp_path: Path, file: Path) -> None:
    files = archive.read_files(file)
    (name,) = (name for name in files if name.endswith(".f32"))
    refused(zipped(tmp_path / "codes.genstudio", files | {name: bytes(len(files[name]))}), DamagedFileError)
    refused(zipped(tmp_path / "short.genstudio", files | {name: files[name][:-1]}), DamagedFileError)
    del files[name]
    assert "missing" in refused(zipped(tmp_path / "none.genstudio", files), DamagedFileError)


@pytest.fixture(scope="module")
def whole() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as found:
        for name, data in archive.pack(made()).items():
            found.writestr(name, data)
    return out.getvalue()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_of_any_kind_is_one_sentence(data: st.DataObject, whole: bytes, tmp_path: Path) -> None:
    """Bytes that are changed, left out or put in, anywhere: what is read is whole, or it is refused with a sentence."""
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        kind = data.draw(st.sampled_from(["change", "cut", "end", "put"]))
        if kind == "change":
            spoilt[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del spoilt[at : at + data.draw(st.integers(1, 40))]
        elif kind == "end":
            del spoilt[at + 1 :]
        else:
            spoilt[at:at] = data.draw(st.binary(max_size=20))
    path = tmp_path / "spoilt.genstudio"
    path.write_bytes(spoilt)
    said = path.name
    try:
        archive.read(path)
    except InputError as error:
        said = str(error)
    assert path.name in said


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["$piece", "ends", "x"]), inner, max_size=3),
    max_leaves=8,
)


keys = st.sampled_from([*vars(Project()), "format", "symbols", "of"])


@settings(max_examples=60, deadline=None)
@given(where=st.sampled_from(["manifest.json", "pieces.json"]), key=keys, value=json_values, whole=st.booleans())
def test_other_values_are_one_sentence(where: str, key: str, value: Any, whole: bool) -> None:
    files = archive.pack(made())
    kept = json.loads(files[where])
    target = kept if isinstance(kept, dict) else kept[0]
    target[key] = value
    files[where] = json.dumps(value if whole else kept).encode()
    said, project = "x.genstudio", Project()
    try:
        project = archive.unpack(files, "x.genstudio")
    except InputError as error:
        said = str(error)
    assert "x.genstudio" in said
    assert all(isinstance(state, dict) for state in project.states.values())


@pytest.mark.parametrize("value", [None, 3, {"vary": 1}, {"vary": {"request": {}, "items": [], "remarks": []}}, {"sing": {}}])
def test_results_that_do_not_fit_are_left_out(value: Any) -> None:
    assert results_from(value, "melody") == {}


# -- a disk that fills


@pytest.mark.parametrize("moment", ["piece", "end"])
def test_a_save_that_fails_leaves_the_old_file_whole(moment: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if moment == "piece":
        monkeypatch.setattr(zipfile._ZipWriteFile, "write", full)
    else:
        monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match=r"cannot write .*No space left"):
        archive.write(file, archive.pack(Project(title="another")))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


# -- the examples


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(genstudio.__file__).parents[1] / "tools" / "example_projects.py"
    if not path.is_file():
        pytest.skip("the tools are not part of what is installed")
    spec = importlib.util.spec_from_file_location("example_projects", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_an_example_of_every_kind() -> None:
    assert set(example_files()) == set(names())
    for domain, path in example_files().items():
        project = archive.read(path)
        state = project.states["create"]
        a, b = (end["piece"] for end in state["ends"][domain][:2])
        assert [one.title for one in (a, b)] == [one.title for one in kinds.welcome(domain)]
        (results,) = results_from(state["results"][domain], domain).values()
        assert len(results.items) == state["values"]["interpolate"]["steps"]
        assert all(one.of in (a, b) for one in results.items)
        named = [f"{a.title} → {b.title}, {one.t:.0%}" if not one.is_text else one.piece.text for one in results.items[1:-1]]
        assert [one.title for one in results.items[1:-1]] == named
        text = b"".join(archive.read_files(path).values())
        assert b"/" + b"resources/" not in text  # nothing of the machine it was made on


@pytest.mark.slow
def test_the_examples_were_made_with_the_models_that_come_along(tool: ModuleType) -> None:
    """Else: python tools/example_projects.py."""
    for domain, name in tool.MODELS.items():
        project = archive.read(example_files()[domain])
        assert project.model == {"name": name, "digest": genstudio.load(name).digest, "domain": domain}
