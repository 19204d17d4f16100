"""The edition for computers without Python: its program, its archive and its package for Debian."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pytest
import tomllib

from genstudio import packages

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"

pytestmark = pytest.mark.skipif(not PACKAGING.is_dir(), reason="what makes the bundle is in the checkout")


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bundle_{name}", PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(PACKAGING)
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    return module("build")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle in small."""
    place = tmp_path / "genstudio-1.2-linux-x86_64"
    (place / "_internal").mkdir(parents=True)
    (place / "licences").mkdir()
    (place / "LICENSE").write_text("MIT")
    (place / "licences" / "packages.txt").write_text("torch 1")
    shutil.copy("/bin/true", place / "genstudio") if Path("/bin/true").exists() else (place / "genstudio").write_text("")
    (place / "genstudio").chmod(0o755)
    (place / "_internal" / "data.txt").write_text("x")
    (place / "_internal" / "again.txt").symlink_to("data.txt")
    return place


def test_what_is_carried_is_what_the_project_declares(build: ModuleType):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(build.EXTRAS) <= set(declared)
    assert set(build.EXTRAS) <= set(packages.EXTRAS)
    assert f"for extra in {build.EXTRAS!r}".replace("'", '"') in (PACKAGING / "genstudio.spec").read_text(encoding="utf-8")


def test_the_program_runs_code_as_an_interpreter_does(monkeypatch, capfd):
    """The processes of the engine are started as ``sys.executable -c CODE ARGUMENTS``."""
    start = module("start")
    code = "import sys; from genstudio.cli import main; print(sys.argv[1:]); sys.exit(main(sys.argv[1:]))"
    monkeypatch.setattr(sys, "argv", ["genstudio", "-c", code, "--version"])
    with pytest.raises(SystemExit) as left:
        start.main()
    assert left.value.code == 0
    assert capfd.readouterr().out.startswith("['--version']\ngenstudio ")


def test_everything_else_is_for_the_command(monkeypatch, capfd):
    start = module("start")
    monkeypatch.setattr(sys, "argv", ["genstudio", "--version"])
    assert start.main() == 0
    monkeypatch.setattr(sys, "argv", ["genstudio", "-c"])
    assert start.main() == 2
    assert "-c" in capfd.readouterr().err


@pytest.mark.parametrize(("before", "after"), [
    ({"LD_LIBRARY_PATH": "/opt/bundle"}, {}),
    ({"LD_LIBRARY_PATH": "/opt/bundle:/mine", "LD_LIBRARY_PATH_ORIG": "/mine"}, {"LD_LIBRARY_PATH": "/mine"}),
    ({"HOME": "/home/a"}, {"HOME": "/home/a"}),
])  # fmt: skip
def test_programs_of_the_system_get_their_own_libraries(before, after):
    module("start").own_libraries_only(before)
    assert before == after


def test_the_same_folder_gives_the_same_archive(build, folder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = build.archive(folder).read_bytes()
    os.utime(folder / "_internal" / "data.txt", (5, 5))
    (folder / "_internal" / "data.txt").chmod(0o600)
    target = build.archive(folder)
    assert target.read_bytes() == first
    assert not list(folder.parent.glob("*.part"))
    with tarfile.open(target) as tar:
        members = {member.name: member for member in tar.getmembers()}
    assert members[f"{folder.name}/genstudio"].mode == 0o755
    assert members[f"{folder.name}/_internal/again.txt"].linkname == "data.txt"
    assert {(member.uname, member.mtime) for member in members.values()} == {("root", 1_700_000_000)}


def test_what_fails_leaves_one_sentence_and_no_folder(build, tmp_path, monkeypatch, capsys):
    def fail(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(3, ["/usr/bin/pip"])

    monkeypatch.setattr(build, "build", fail)
    monkeypatch.setattr(sys, "argv", ["build.py", "--out", str(tmp_path)])
    assert build.main() == 1
    assert capsys.readouterr().err == "pip has failed with the status 3; its output is above.\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="packages for Debian are made by dpkg-deb")
def test_a_package_for_debian(build, folder, tmp_path, monkeypatch):
    debian = sys.modules["debian"]
    monkeypatch.setattr(debian, "dependencies", lambda place: ["libc6 (>= 2.28)", "libegl1"])
    debian.share(folder / "share", "1.2", 1_700_000_000)
    made = debian.package(folder, tmp_path, "1.2", 1_700_000_000, tmp_path / "work")
    once = made.read_bytes()
    assert debian.package(folder, tmp_path, "1.2", 1_700_000_000, tmp_path / "work").read_bytes() == once
    assert not (tmp_path / "work").exists()
    control = subprocess.run(["dpkg-deb", "--info", made], capture_output=True, text=True, check=True).stdout
    assert " Package: genstudio\n Version: 1.2\n" in control
    assert "Depends: libc6 (>= 2.28), libegl1\n" in control
    listed = subprocess.run(["dpkg-deb", "--contents", made], capture_output=True, text=True, check=True).stdout
    for line in (
        "./usr/lib/genstudio/_internal/again.txt -> data.txt", "./usr/bin/genstudio -> ../lib/genstudio/genstudio",
        "./usr/share/doc/genstudio/copyright", "./usr/share/applications/genstudio.desktop",
        "./usr/share/man/man1/genstudio.1.gz", "./usr/share/mime/packages/genstudio.xml",
        "./usr/share/metainfo/genstudio.metainfo.xml",
    ):  # fmt: skip
        assert f"{line}\n" in listed
    (program,) = [line for line in listed.splitlines() if line.endswith("./usr/lib/genstudio/genstudio")]
    assert program.startswith("-rwxr-xr-x root/root")
    assert "@" not in (folder / "share/man/man1/genstudio.1").read_text()


@pytest.mark.skipif(not (shutil.which("objdump") and Path("/bin/true").exists()), reason="libraries are read by objdump")
def test_a_library_that_no_package_is_known_for_is_named(build, folder, monkeypatch):
    debian = sys.modules["debian"]
    if not debian.linked(folder / "genstudio"):
        pytest.skip("no ELF file of 64 bits at hand")
    assert any(one.startswith("libc6 (>= 2.") for one in debian.dependencies(folder))
    monkeypatch.setattr(debian, "PROVIDED", {})
    with pytest.raises(SystemExit, match=r"no package is known for .*libc\.so\.6 \(for genstudio\)"):
        debian.dependencies(folder)
    (folder / "_internal" / "libc.so.6").write_text("")  # what is carried is not asked for
    assert "libc.so.6" not in debian.needs(folder)


@pytest.mark.skipif(not (shutil.which("objdump") and shutil.which("cc")), reason="libraries are made by cc and read by objdump")
def test_what_nothing_is_linked_with_any_longer_is_removed(build, tmp_path):
    inside = tmp_path / "_internal"
    inside.mkdir()
    (tmp_path / "a.c").write_text("int a(void) { return 1; }")
    for name, needs in (("libc1", []), ("libb1", ["-lc1"]), ("liborphan", ["-lb1"]), ("plugin", ["-lc1"]), ("libpython3", [])):
        link = ["cc", "-shared", "-fPIC", "-o", inside / f"{name}.so", tmp_path / "a.c", f"-Wl,-soname,{name}.so"]
        subprocess.run([*link, f"-L{inside}", "-Wl,--no-as-needed", *needs], check=True)
    assert sorted(sys.modules["debian"].prune(tmp_path)) == ["libb1.so", "liborphan.so"]
    assert sorted(path.name for path in inside.iterdir()) == ["libc1.so", "libpython3.so", "plugin.so"]


def test_what_the_check_of_a_bundle_imports_is_there():
    pytest.importorskip("PySide6")
    tree = ast.parse((ROOT / "packaging" / "linux" / "window.py").read_text(encoding="utf-8"))
    imports = [one for one in tree.body if isinstance(one, ast.ImportFrom)]
    found: dict[str, object] = {}
    exec(compile(ast.Module(imports, []), "window.py", "exec"), found)
    assert {"Studio", "export", "paths"} <= set(found)
