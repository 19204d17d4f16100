"""Makes the edition of GenStudio for computers without Python: a folder, an archive of it and, on Linux, a package for Debian.

``python packaging/build.py`` (Python 3.11 or newer) on the system that the edition is for; ``make bundle`` calls it on Linux. It
writes into ``dist/`` alone. What it needs meanwhile, an environment of its own among it, is in a folder that is removed at the end,
however it ends. Everything carried has a fixed version, and the files of an archive a fixed order, owner and date, so that the same
source gives the same archive as far as the tools allow.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TextIO

import tomllib

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import debian  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
EXTRAS = ("gui", "score")
DATA = ("checkpoints", "resources", "tokenizers")  # as setup.py has it
PRESET = 4  # of xz: half as large as no compression, and a minute on one processor
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def main() -> int:
    """Make the bundle."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder for the results (dist)")
    parser.add_argument("--work", type=Path, help="a folder for what is needed meanwhile; kept, for another call (a temporary one)")
    parser.add_argument("--only-folder", action="store_true", help="no archive and no package")
    options = parser.parse_args()
    work = (options.work or options.out / ".work").resolve()
    work.mkdir(parents=True, exist_ok=True)
    try:
        made = build(work, options.out.resolve(), archives=not options.only_folder)
    except subprocess.CalledProcessError as error:
        name = Path(str(error.cmd[0])).name
        say(f"{name} has failed with the status {error.returncode}; its output is above.", sys.stderr)
        return 1
    finally:
        if options.work is None:
            shutil.rmtree(work, ignore_errors=True)
    report(made)
    return 0


def build(work: Path, out: Path, *, archives: bool) -> list[Path]:
    """Make the folder and, if wanted, its archives; their paths."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = environment(work, project)
    stage(work / "stage", python)
    name = f"genstudio-{project['version']}-{SYSTEMS[sys.platform]}-{platform.machine().lower()}"
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    freeze(work, python)
    out.mkdir(parents=True, exist_ok=True)
    shutil.move(work / "frozen" / "genstudio", folder)
    if sys.platform == "linux":
        debian.prune(folder)
    licences(folder, python, work)
    if sys.platform == "linux":
        debian.share(folder / "share", project["version"], when())
    made = [folder]
    if archives:
        made.append(archive(folder))
    if archives and sys.platform == "linux":
        made.append(debian.package(folder, out, project["version"], when(), work / "deb"))
    return made


def when() -> int:
    """The date of every file: SOURCE_DATE_EPOCH, else that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    found = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(found.stdout) if found.returncode == 0 and found.stdout.strip() else 1_577_836_800


def environment(work: Path, project: dict) -> Path:
    """An environment with what is carried and what makes the bundle, in the pinned versions; its interpreter."""
    home = work / "venv"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = [*project["dependencies"], *(need for extra in EXTRAS for need in project["optional-dependencies"][extra])]
    stamp = home / "installed.json"
    inputs = [*wanted, (ROOT / "constraints.txt").read_text("utf-8"), (PACKAGING / "requirements.txt").read_text("utf-8")]
    if stamp.is_file() and json.loads(stamp.read_text("utf-8")) == inputs:
        return python
    say("Installing what is carried (a few minutes) ...")
    subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", ROOT / "constraints.txt",
         "--requirement", PACKAGING / "requirements.txt", *wanted],
        check=True,
    )  # fmt: skip
    stamp.write_text(json.dumps(inputs), encoding="utf-8")
    return python


def stage(folder: Path, python: Path) -> None:
    """The data of the program, as an installed wheel has them, and the translations compiled: the compiler is not carried."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in DATA:
        shutil.copytree(ROOT / name, folder / "_data" / name, ignore=shutil.ignore_patterns(".*", "__pycache__", "training"))
    shutil.copy(ROOT / "CHANGELOG.md", folder / "_data")
    for source in sorted((folder / "_data" / "resources" / "translations").glob("*.ts")):
        compiler = python.with_name("pyside6-lrelease")
        subprocess.run([compiler, "-silent", source, "-qm", source.with_suffix(".qm")], check=True)


def freeze(work: Path, python: Path) -> None:
    """Put program, interpreter and libraries into ``work/frozen/genstudio``."""
    say("Collecting (a few minutes) ...")
    shutil.rmtree(work / "frozen", ignore_errors=True)
    surroundings = {
        **os.environ, "GENSTUDIO_STAGE": str(work / "stage"), "SOURCE_DATE_EPOCH": str(when()), "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1", "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
    }  # fmt: skip
    subprocess.run(
        [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "--distpath", work / "frozen",
         "--workpath", work / "pyinstaller", PACKAGING / "genstudio.spec"],
        check=True, env=surroundings, cwd=work,
    )  # fmt: skip


def licences(folder: Path, python: Path, work: Path) -> None:
    """Put our licence and those of all that is carried into ``licences``."""
    target = folder / "licences"
    shutil.copytree(PACKAGING / "licences", target)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    subprocess.run([python, PACKAGING / "collect_licences.py", target, work / "pyinstaller" / "genstudio", folder], check=True)


def archive(folder: Path) -> Path:
    """The folder as ``.tar.xz``, on Windows and macOS as ``.zip``, beside it."""
    say("Packing ...")
    if sys.platform != "linux":
        return zipped(folder)
    target = folder.with_name(f"{folder.name}.tar.xz")
    temporary = target.with_name(f"{target.name}.part")
    form = tarfile.GNU_FORMAT
    with lzma.open(temporary, "wb", preset=PRESET) as packed, tarfile.open(fileobj=packed, mode="w", format=form) as tar:
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, str(path.relative_to(folder.parent)), recursive=False, filter=_plain)
    os.replace(temporary, target)
    return target


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = when()
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


def zipped(folder: Path) -> Path:
    """The folder as ``.zip``, beside it."""
    target = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            packed.write(path, str(path.relative_to(folder.parent)))
    return target


def report(made: list[Path]) -> None:
    """Print what was made, how large it is and, of files, the checksum."""
    for path in made:
        if path.is_dir():
            files = [one for one in path.rglob("*") if one.is_file() and not one.is_symlink()]
            say(f"{sum(one.stat().st_size for one in files) / 1e6:8.0f} MB  {path}  ({len(files):,} files)")
            largest = sorted(files, key=lambda one: -one.stat().st_size)[:8]
            for one in largest:
                say(f"{one.stat().st_size / 1e6:8.0f} MB    {one.relative_to(path)}")
        else:
            say(f"{path.stat().st_size / 1e6:8.0f} MB  {path}  sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a line at once."""
    (stream or sys.stdout).write(f"{text}\n")
    (stream or sys.stdout).flush()


if __name__ == "__main__":
    sys.exit(main())
