"""The entry for the menu of the desktop."""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from configparser import RawConfigParser
from pathlib import Path

import pytest

from genstudio import paths
from genstudio.errors import ConfigError
from genstudio.gui import desktop

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="entries for the desktop are a matter of Linux")


def entry(path: Path) -> dict[str, str]:
    parser = RawConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path, encoding="utf-8")
    return dict(parser["Desktop Entry"])


def test_the_entry_starts_this_program(tmp_path: Path) -> None:
    written = desktop.install(tmp_path, "/opt/my tools/genstudio")
    assert all(Path(path).is_file() for path in written)
    values = entry(tmp_path / "applications" / "genstudio.desktop")
    assert values["Exec"] == '"/opt/my tools/genstudio" gui %F'
    assert values["Name"] == "GenStudio"
    assert values["Name[zh_CN]" if "Name[zh_CN]" in values else "Comment[zh_CN]"]
    assert values["Icon"] == "genstudio"
    assert "application/x-genstudio-model" in values["MimeType"].split(";")


def test_the_kind_of_a_model_folder_is_told_by_its_files(tmp_path: Path) -> None:
    root = ElementTree.parse(paths.resource("desktop/genstudio.xml")).getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    (model,) = [one for one in root.findall("m:mime-type", space) if one.get("type") == "application/x-genstudio-model"]
    needed = {match.get("path") for match in model.iter("{http://www.freedesktop.org/standards/shared-mime-info}treematch")}
    assert needed == {"manifest.json", "model.safetensors"}
    tool = shutil.which("update-mime-database")
    if tool:
        desktop.install(tmp_path, "genstudio")
        done = subprocess.run([tool, str(tmp_path / "mime")], capture_output=True, text=True, timeout=600, check=True)
        assert "rror" not in done.stderr


def test_elsewhere_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("genstudio.gui.desktop.sys.platform", "win32")
    with pytest.raises(ConfigError, match="shortcut"):
        desktop.install(tmp_path)
    assert not list(tmp_path.iterdir())
