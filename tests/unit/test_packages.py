"""The packages that hints name, and that no hint installs a stranger's package of our name."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import tomllib

from genstudio import health
from genstudio.packages import BASE, EXTRAS, distribution, install_command

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FOR_DEVELOPERS = {"dev", "docs", "notebook"}
# Another project's name on the package index: alone or with extras, as `pip install genstudio` asks for it.
STRANGER = re.compile(
    r"(?<![\w./-])genstudio\[|(?:pip3?|pipx|uv)\s[^\n|;`]*\b(?:install|add|run)\s[^\n|;`]*(?<![\w./-])genstudio(?![\w./-])"
)


def test_the_table_is_that_of_the_project():
    assert sorted(BASE.values()) == sorted(PROJECT["dependencies"])
    extras = {name: sorted(needs) for name, needs in PROJECT["optional-dependencies"].items() if name not in FOR_DEVELOPERS}
    assert {name: sorted(needs.values()) for name, needs in EXTRAS.items()} == extras


def test_modules_of_the_table_are_those_of_their_packages():
    for module in [*BASE, *EXTRAS["augment"], *EXTRAS["gui"], *EXTRAS["score"], *EXTRAS["series"]]:
        assert importlib.util.find_spec(module) is not None, module
    owners = importlib.metadata.packages_distributions()
    for module in [*BASE, *EXTRAS["augment"], *EXTRAS["gui"], *EXTRAS["score"], *EXTRAS["series"]]:
        tidy = {re.sub(r"[-_.]+", "-", name).lower() for name in owners[module]}
        assert re.sub(r"[-_.]+", "-", distribution(module)).lower() in tidy, module


def test_the_distribution_has_a_name_of_its_own():
    assert PROJECT["name"] == "genstudio-desktop"
    assert PROJECT["scripts"] == {"genstudio": "genstudio.cli:main"}


def test_the_command_names_what_is_missing_and_the_interpreter_that_runs(monkeypatch):
    there = {"svglib", "reportlab"}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object() if name in there else None)
    assert shlex.split(install_command("score")) == [
        sys.executable, "-m", "pip", "install", EXTRAS["score"]["resvg_py"], EXTRAS["score"]["verovio"],
    ]  # fmt: skip
    assert shlex.split(install_command("gui", "soundfile"))[4:] == [*EXTRAS["gui"].values(), BASE["soundfile"]]


def test_what_is_there_and_does_not_work_is_installed_again(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    assert shlex.split(install_command("soundfile"))[4:] == ["--force-reinstall", BASE["soundfile"]]


def test_an_interpreter_in_a_folder_with_spaces(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/home/a b/bin/python")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert shlex.split(install_command("map")) == ["/home/a b/bin/python", "-m", "pip", "install", EXTRAS["map"]["umap"]]


def test_a_bundle_names_no_command_that_it_cannot_run(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "pip" not in install_command("map")
    assert "edition of GenStudio for Python" in install_command("soundfile")


def test_doctor_names_the_package_that_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "verovio", None)
    checks = {check["name"]: check for check in health.examine(("verovio", "safetensors"))}
    assert checks["safetensors"]["ok"]
    assert not checks["verovio"]["ok"]
    assert shlex.split(checks["verovio"]["fix"]) == [sys.executable, "-m", "pip", "install", EXTRAS["score"]["verovio"]]


@pytest.mark.parametrize("text", [
    'pip install "genstudio[gui]"', "pipx install genstudio", "python -m pip install -U genstudio",
    "uv tool install 'genstudio[map]'", "uv pip install --upgrade genstudio", 'fix = "genstudio[score]"',
])  # fmt: skip
def test_what_would_install_a_stranger_is_noticed(text):
    assert STRANGER.search(text)


@pytest.mark.parametrize("text", [
    "pip install -e .", 'pipx install ".[gui]"', "genstudio-desktop[docs,gui]", "pip install ./genstudio",
    "genstudio corpus [FILE]",
])  # fmt: skip
def test_what_installs_from_a_checkout_is_not(text):
    assert not STRANGER.search(text)


def test_no_text_of_the_repository_installs_a_stranger():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is no checkout")
    ends = (".py", ".md", ".toml", ".txt", ".ts", ".yml", ".in", ".sh", "Makefile")
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if name.endswith(ends) and name != "tests/unit/test_packages.py" and not name.startswith("resources/corpora"):
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if STRANGER.search(line):
                    found.append(f"{name}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)
