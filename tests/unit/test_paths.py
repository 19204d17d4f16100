from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

import genstudio.paths
from genstudio.errors import FileError, InputError, ModelError


def make_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"")
    return folder


@pytest.fixture
def paths(tmp_path: Path) -> ModuleType:
    """The module as it is in another checkout: it looks around the file that it was loaded from."""
    (tmp_path / "checkout" / "genstudio").mkdir(parents=True)
    file = Path(shutil.copy(genstudio.paths.__file__, tmp_path / "checkout" / "genstudio" / "paths.py"))
    spec = importlib.util.spec_from_file_location("paths_of_another_checkout", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with two models and a user with two, one of the same name."""
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    make_model(tmp_path / "checkout" / "checkpoints" / "folk-melody")
    make_model(tmp_path / "checkout" / "checkpoints" / "english-sentence")
    make_model(tmp_path / "home" / "models" / "mine")
    make_model(tmp_path / "home" / "models" / "folk-melody")
    (tmp_path / "checkout" / "checkpoints" / "half").mkdir()
    return tmp_path


def test_the_data_of_a_checkout(paths: ModuleType, world: Path) -> None:
    assert paths.resources() == world / "checkout" / "resources"
    assert paths.tokenizers() == world / "checkout" / "tokenizers"
    assert paths.checkpoints() == world / "checkout" / "checkpoints"


def test_the_data_of_a_wheel(paths: ModuleType, world: Path) -> None:
    data = world / "checkout" / "genstudio" / "_data"
    data.mkdir()
    assert paths.resources() == data / "resources"
    assert paths.checkpoints() == data / "checkpoints"
    assert paths.tokenizers() == data / "tokenizers"


def test_installed_models(paths: ModuleType, world: Path) -> None:
    installed = paths.installed_models()
    assert list(installed) == ["english-sentence", "folk-melody", "mine"]
    assert installed["folk-melody"] == world / "home" / "models" / "folk-melody"


def test_a_model_by_name(paths: ModuleType, world: Path) -> None:
    assert paths.find_model("english-sentence") == world / "checkout" / "checkpoints" / "english-sentence"


def test_a_name_wins_over_a_folder_here(paths: ModuleType, world: Path) -> None:
    make_model(world / "mine")
    assert paths.find_model("mine") == world / "home" / "models" / "mine"
    assert paths.find_model("./mine").resolve() == (world / "mine").resolve()


@pytest.mark.parametrize("end", ["", "model.safetensors", "manifest.json"])
def test_a_model_by_folder(paths: ModuleType, world: Path, end: str) -> None:
    folder = make_model(world / "runs" / "a")
    assert paths.find_model(folder / end) == folder
    assert paths.find_model(str(folder / end)) == folder


def test_an_unknown_name_gets_the_nearest(paths: ModuleType, world: Path) -> None:
    with pytest.raises(ModelError, match=r"no model 'folk-meldy'; did you mean 'folk-melody'\? Known: english-sentence"):
        paths.find_model("folk-meldy")


@pytest.mark.parametrize(
    "name", ["", " ", "nought", "no/where", "..", ".", "\0", "x" * 5000, "a\nb", "half", "~nobody-at-all/x", "/"]
)
def test_what_is_no_model(paths: ModuleType, world: Path, name: str) -> None:
    with pytest.raises(ModelError):
        paths.find_model(name)


def test_a_folder_without_a_model(paths: ModuleType, world: Path) -> None:
    (world / "empty").mkdir()
    with pytest.raises(ModelError, match=r"holds no model; expected model\.safetensors and manifest\.json"):
        paths.find_model("empty")


def test_no_models_at_all(paths: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "home"))
    assert paths.installed_models() == {}
    with pytest.raises(InputError, match="Known: none"):
        paths.find_model("folk-melody")


def test_resources(paths: ModuleType, world: Path) -> None:
    with pytest.raises(FileError, match="is missing"):
        paths.resource("songs/a.mid")
    song = world / "checkout" / "resources" / "songs" / "a.mid"
    song.parent.mkdir(parents=True)
    song.write_bytes(b"x")
    assert paths.resource("songs/a.mid") == song


def test_home(paths: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENSTUDIO_HOME", "~/somewhere")
    assert paths.home() == Path.home() / "somewhere"
    monkeypatch.delenv("GENSTUDIO_HOME")
    assert paths.home().is_absolute()
    assert "genstudio" in str(paths.home()).lower()
    assert paths.user_models().parent == paths.logs().parent == paths.home()
