"""Copies the licences of the packages that a bundle carries; run with the interpreter of the environment that it was made from.

``python collect_licences.py TARGET WORK FOLDER``: into the folder ``TARGET``, for the bundle ``FOLDER``, which PyInstaller made in
the folder ``WORK``.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sys
import sysconfig
from pathlib import Path

LICENCE = re.compile(r"^(licen[cs]e|copying|notice|authors|ofl)", re.IGNORECASE)


def main() -> int:
    """Copy them."""
    target, work, folder = map(Path, sys.argv[1:4])
    names = {path.name.partition(".")[0] for path in (folder / "_internal").iterdir()}
    names |= set(re.findall(r"^ *\[?\('([A-Za-z_]\w*)['.]", (work / "PYZ-00.toc").read_text(encoding="utf-8"), re.MULTILINE))
    owners = importlib.metadata.packages_distributions()
    carried = sorted({owner for name in names for owner in owners.get(name, [])}, key=str.lower)
    lines = []
    for name in carried:
        found = importlib.metadata.distribution(name)
        meta = found.metadata
        site = meta.get("Home-page") or next((one.split(",", 1)[1].strip() for one in meta.get_all("Project-URL") or []), "")
        said = meta.get("License-Expression") or (meta.get("License") or "").strip().split("\n")[0][:80]
        said = said or ", ".join(one.rsplit(" :: ", 1)[-1] for one in meta.get_all("Classifier") or [] if one.startswith("License"))
        lines.append(f"{name} {found.version}: {said or 'see its folder'}. {site or f'https://pypi.org/project/{name}/'}\n")
        for file in found.files or []:
            inside = file.parts[0].endswith(".dist-info") and (LICENCE.match(file.name) or "licenses" in file.parts)
            if inside and Path(found.locate_file(file)).is_file():
                place = target / name / "-".join(file.parts[1:]).replace("licenses-", "", 1)
                place.parent.mkdir(exist_ok=True)
                shutil.copyfile(found.locate_file(file), place)
    (target / "packages.txt").write_text("".join(lines), encoding="utf-8")
    python = target / "python"
    python.mkdir()
    text = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if text.is_file():
        shutil.copyfile(text, python / "LICENSE.txt")
    _of_the_system(folder, target / "system")
    return 0


def _of_the_system(folder: Path, target: Path) -> None:
    """Of libraries that were taken from a Debian system: what Debian says about their copyright."""
    import subprocess

    if not shutil.which("dpkg-query"):
        return
    for path in sorted((folder / "_internal").glob("lib*.so*")):
        if path.is_symlink():
            continue
        said = subprocess.run(["dpkg-query", "--search", f"*/{path.name}"], capture_output=True, text=True, check=False).stdout
        package = said.partition(":")[0]
        source = Path("/usr/share/doc", package, "copyright")
        if package and source.is_file():
            target.mkdir(exist_ok=True)
            shutil.copyfile(source, target / f"{package}.txt")


if __name__ == "__main__":
    sys.exit(main())
