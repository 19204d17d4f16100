"""The parts of a bundle that only Linux has: files for the desktop, and a package for Debian and Ubuntu."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINUX = ROOT / "packaging" / "linux"
DESKTOP = ROOT / "resources" / "desktop"
PLACE = "usr/lib/genstudio"  # where the package puts the folder
MAINTAINER = "GenStudio contributors <genstudio@localhost>"

# Libraries of the system that the bundle needs, and the packages of Debian and Ubuntu with them. A package that was
# renamed has both names, so that the same file serves old and new systems.
PROVIDED = {
    "ld-linux-x86-64.so.2": "libc6", "ld-linux-aarch64.so.1": "libc6", "libc.so.6": "libc6", "libdl.so.2": "libc6",
    "libm.so.6": "libc6", "libpthread.so.0": "libc6", "librt.so.1": "libc6", "libutil.so.1": "libc6", "libresolv.so.2": "libc6",
    "libgcc_s.so.1": "libgcc-s1", "libstdc++.so.6": "libstdc++6", "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0", "libOpenGL.so.0": "libopengl0", "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6", "libdbus-1.so.3": "libdbus-1-3", "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1", "libxcb.so.1": "libxcb1", "libdrm.so.2": "libdrm2", "libgbm.so.1": "libgbm1",
    "libpulse.so.0": "libpulse0", "libpulse-mainloop-glib.so.0": "libpulse-mainloop-glib0",
    "libasound.so.2": "libasound2t64 | libasound2", "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0", "libwayland-egl.so.1": "libwayland-egl1", "libva.so.2": "libva2",
    "libva-drm.so.2": "libva-drm2", "libva-x11.so.2": "libva-x11-2", "libvdpau.so.1": "libvdpau1",
    "libsystemd.so.0": "libsystemd0",
}  # fmt: skip
LOADED = ("libegl1", "libgl1", "libpulse0", "fontconfig")  # that are loaded when they are wanted, and that nothing is linked with


def share(folder: Path, version: str, date: int) -> None:
    """Files for the menu of the desktop, as they lie below ``/usr/share``."""
    day = datetime.datetime.fromtimestamp(date, datetime.timezone.utc).date().isoformat()
    for source, place in (
        (DESKTOP / "genstudio.desktop", "applications/genstudio.desktop"),
        (DESKTOP / "genstudio.svg", "icons/hicolor/scalable/apps/genstudio.svg"),
        (DESKTOP / "genstudio.xml", "mime/packages/genstudio.xml"),
        (LINUX / "genstudio.metainfo.xml", "metainfo/genstudio.metainfo.xml"),
        (LINUX / "genstudio.1", "man/man1/genstudio.1"),
    ):
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8").replace("@VERSION@", version).replace("@DATE@", day)
        target.write_text(text, encoding="utf-8", newline="\n")


def package(folder: Path, out: Path, version: str, date: int, work: Path) -> Path:
    """The folder as a package for Debian and Ubuntu, which installs below ``/usr``; its path."""
    shutil.rmtree(work, ignore_errors=True)
    place = work / PLACE
    place.parent.mkdir(parents=True)
    shutil.copytree(folder, place, symlinks=True, copy_function=_linked, ignore=_at_the_top(folder, "share", "licences", "LICENSE"))
    shutil.copytree(folder / "share", work / "usr/share")
    (work / "usr/bin").mkdir()
    (work / "usr/bin/genstudio").symlink_to(os.path.relpath("/" + PLACE + "/genstudio", "/usr/bin"))
    documents = work / "usr/share/doc/genstudio"
    shutil.copytree(folder / "licences", documents / "licences")
    copyright_ = (ROOT / "LICENSE").read_text("utf-8") + "\n\nWhat is carried has licences of its own: see the folder licences.\n"
    (documents / "copyright").write_text(copyright_, encoding="utf-8")
    _packed(documents / "changelog.gz", (ROOT / "CHANGELOG.md").read_bytes())
    manual = work / "usr/share/man/man1/genstudio.1"
    _packed(manual.with_name("genstudio.1.gz"), manual.read_bytes())
    manual.unlink()
    _control(work, version)
    for path in [work, *work.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if runs else 0o644)
            os.utime(path, (date, date))
    machine = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()
    target = out / f"genstudio_{version}_{machine}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--threads-max=1", "--build", str(work), str(target)],
        check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(date)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    shutil.rmtree(work)
    return target


def needs(folder: Path) -> dict[str, str]:
    """The libraries that the files of a folder are linked with and that are not in it, each with a file that needs it."""
    there = {path.name for path in folder.rglob("*") if not path.is_dir()}
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        for name in linked(path):
            if name not in there:
                found.setdefault(name, str(path.relative_to(folder)))
    return found


def prune(folder: Path) -> list[str]:
    """Remove libraries of the system that were collected for a file that has been left out since; their names.

    Only those count that lie beside the packages: what a package brings along may be loaded by name. The starter of the bundle
    loads the library of Python by name.
    """
    removed: list[str] = []
    while True:
        wanted = {name for path in folder.rglob("*") if path.is_file() and not path.is_symlink() for name in linked(path)}
        beside = [path for path in (folder / "_internal").glob("lib*.so*") if not path.is_symlink()]
        orphans = [path for path in beside if path.name not in wanted and not path.name.startswith("libpython")]
        for path in orphans:
            path.unlink()
            removed.append(path.name)
        if not orphans:
            return removed


def linked(path: Path) -> list[str]:
    """The libraries that a file is linked with (``DT_NEEDED``); none if it is no ELF file of 64 bits, little-endian."""
    with open(path, "rb") as file:
        if file.read(6) != b"\x7fELF\x02\x01":
            return []
    out = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=False).stdout
    return re.findall(r"^\s*NEEDED\s+(\S+)", out, re.MULTILINE)


def dependencies(folder: Path) -> list[str]:
    """The packages of Debian with what :func:`needs` finds.

    Raises:
        SystemExit: there is a library that no package is known for.
    """
    found = needs(folder)
    strange = sorted(name for name in found if name not in PROVIDED)
    if strange:
        which = "; ".join(f"{name} (for {found[name]})" for name in strange)
        raise SystemExit(f"no package is known for {which}; name it in PROVIDED of packaging/debian.py, or leave that file out.")
    packages = {PROVIDED[name] for name in found} | set(LOADED)
    packages = {f"libc6 (>= {glibc(folder)})" if one == "libc6" else one for one in packages}
    return sorted(packages)


def glibc(folder: Path) -> str:
    """The newest version of the C library that a file of the folder asks for."""
    newest = (2, 28)
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        with open(path, "rb") as file:
            if file.read(4) != b"\x7fELF":
                continue
        data = path.read_bytes()
        found = [tuple(map(int, one.split(b"."))) for one in re.findall(rb"\0GLIBC_(\d+\.\d+)\0", data)]
        newest = max([newest, *((number[0], number[1]) for number in found)])
    return ".".join(map(str, newest))


def _control(work: Path, version: str) -> None:
    control = work / "DEBIAN"
    control.mkdir()
    files = [path for path in sorted(work.rglob("*")) if path.is_file() and not path.is_symlink() and control not in path.parents]
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    machine = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()
    fields = {
        "Package": "genstudio", "Version": version, "Architecture": machine, "Maintainer": MAINTAINER, "Installed-Size": str(size),
        "Depends": ", ".join(dependencies(work / PLACE)), "Section": "sound", "Priority": "optional",
        "Recommends": "xdg-utils, fonts-dejavu-core | fonts-noto-core", "Suggests": "fonts-noto-cjk",
    }  # fmt: skip
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    text += (LINUX / "description.txt").read_text(encoding="utf-8")
    (control / "control").write_text(text, encoding="utf-8")
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(work)}\n" for path in files]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")


def _packed(target: Path, data: bytes) -> None:
    with open(target, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as file:
        file.write(data)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


def _at_the_top(folder: Path, *names: str):
    def ignore(place: str, _entries: list[str]) -> set[str]:
        return set(names) if Path(place) == folder else set()

    return ignore
