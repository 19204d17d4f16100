"""An entry for the menu of the desktop (Linux): starter, icon, and what kind of file a model folder is.

Written into the user's own data folder, as the specifications of freedesktop.org have it; nothing needs an administrator.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from genstudio import paths
from genstudio.errors import ConfigError
from genstudio.files import write_bytes, write_text

__all__ = ["install"]

_TOOLS = (("update-desktop-database", "applications"), ("update-mime-database", "mime"))


def install(data: Path | None = None, program: str | None = None) -> list[str]:
    """Put the entry into the folder ``data`` (None: the user's, ``XDG_DATA_HOME``).

    Args:
        program: the command that it starts; None: this one.

    Returns:
        The files that were written.

    Raises:
        ConfigError: this system has no such entries.
        FileError: the folder cannot be written, or the installation lacks a file.
    """
    if not sys.platform.startswith("linux"):
        raise ConfigError("entries for the desktop are a matter of Linux; here, make a shortcut to the program 'genstudio'.")
    if data is None:
        data = Path(os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"))
    if program is None:
        program = _this_program()
    starter = paths.resource("desktop/genstudio.desktop").read_text(encoding="utf-8")
    starter = starter.replace("Exec=genstudio gui", f"Exec={_quoted(program)} gui")
    starter = "".join(line for line in starter.splitlines(keepends=True) if not line.startswith("TryExec="))
    written = [
        data / "applications" / "genstudio.desktop",
        data / "icons" / "hicolor" / "scalable" / "apps" / "genstudio.svg",
        data / "mime" / "packages" / "genstudio.xml",
    ]
    write_text(written[0], starter)
    write_bytes(written[1], paths.resource("desktop/genstudio.svg").read_bytes())
    write_bytes(written[2], paths.resource("desktop/genstudio.xml").read_bytes())
    for tool, folder in _TOOLS:  # a desktop without them reads the files all the same, a little later
        if shutil.which(tool):
            subprocess.run([tool, str(data / folder)], check=False, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    return [str(path) for path in written]


def _this_program() -> str:
    if getattr(sys, "frozen", False):  # a bundle: not another GenStudio that may be installed beside it
        return sys.executable
    return shutil.which("genstudio") or f"{sys.executable} -m genstudio"


def _quoted(program: str) -> str:
    """A command as the key Exec has it: a path with spaces is quoted."""
    if " -m " in program:
        python, rest = program.split(" -m ", 1)
        return f"{_quoted(python)} -m {rest}"
    plain = program.replace("%", "%%")
    if any(char in plain for char in " \"'\\><~|&;$*?#()`"):
        escaped = "".join(f"\\{char}" if char in '"`$\\' else char for char in plain)
        return f'"{escaped}"'
    return plain
