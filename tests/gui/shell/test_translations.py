"""Chinese is complete: every string of the window is in the file, translated, with the same places for names and numbers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from pytestqt.qtbot import QtBot

import genstudio
from genstudio import paths
from genstudio.gui.language import Language
from genstudio.gui.speech import listed

FILE = paths.resources() / "translations" / "genstudio_zh_CN.ts"
SOURCES = Path(genstudio.__file__).parent / "gui"
TOOLS = Path(PySide6.__file__).parent


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    root = ElementTree.parse(path).getroot()
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in root.iter("context")
        for message in context.iter("message")
    }


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}|%n", text))


def translations(message: ElementTree.Element) -> list[str]:
    """What stands in the file for a string: one, or the forms for numbers; nothing while it is not finished."""
    found = message.find("translation")
    if found is None or found.get("type") == "unfinished":
        return []
    forms = [form.text or "" for form in found.iter("numerusform")] if message.get("numerus") == "yes" else [found.text or ""]
    return forms if all(form.strip() for form in forms) else []


def test_every_string_of_the_window_is_in_the_file(tmp_path: Path) -> None:
    tool = TOOLS / "lupdate"
    if not tool.exists():
        pytest.skip("Qt's own tools are not here")
    copy = tmp_path / FILE.name
    shutil.copy(FILE, copy)
    engine = tmp_path / "engine_words.py"  # as tools/engine_words.py writes it
    marked = [(context, json.dumps(text, ensure_ascii=False)) for context, texts in listed().items() for text in texts]
    engine.write_text("".join(f'QT_TRANSLATE_NOOP("{context}", {text})\n' for context, text in marked), encoding="utf-8")
    files = [*sorted(str(file) for file in SOURCES.rglob("*.py")), str(engine)]
    options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", "zh_CN"]
    subprocess.run([tool, *files, *options, "-ts", copy], check=True, timeout=600, capture_output=True)
    assert set(messages(copy)) == set(messages(FILE)), "run 'make translations' and translate what is new"


def test_every_string_is_translated() -> None:
    left = [f"{context}: {source}" for (context, source), message in messages(FILE).items() if not translations(message)]
    assert not left, f"{len(left)} are not translated: {left[:20]}"


def test_translations_keep_the_places_for_names_and_numbers() -> None:
    for (context, source), message in messages(FILE).items():
        for translated in translations(message):
            assert places(translated) == places(source), f"{context}: {source}"


@pytest.fixture
def language(qtbot: QtBot) -> Iterator[Language]:
    language = Language()
    yield language
    language.use("en")


def test_the_window_speaks_what_the_file_says(language: Language) -> None:
    language.use("zh_CN")
    for (context, source), message in messages(FILE).items():
        for translated in translations(message)[:1]:
            number = 1 if message.get("numerus") == "yes" else -1
            assert QCoreApplication.translate(context, source, None, number) == translated.replace("%n", "1")
    assert QCoreApplication.translate("Window", "nothing that stands in the file") == "nothing that stands in the file"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    language.use("en")
    assert QCoreApplication.translate("AboutDialog", "Copy") == "Copy"
    language.use("zh_CN")
    assert QCoreApplication.translate("AboutDialog", "Copy") == "复制"


def test_dates_are_those_of_the_desktop_before_and_after_another_language(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    own = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: own))
    try:
        made = Language()
        assert QLocale().territory() == own.territory()
        made.use("zh_CN")
        assert QLocale().language() == QLocale.Language.Chinese
        made.use("en")
        assert QLocale().territory() == own.territory()
    finally:
        QLocale.setDefault(QLocale("en"))


def test_a_bundle_has_the_compiled_file_and_no_compiler(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "translations"
    folder.mkdir()
    shutil.copy(FILE, folder)
    compiler = shutil.which("lrelease", path=str(TOOLS))
    assert compiler is not None
    subprocess.run([compiler, "-silent", FILE, "-qm", folder / "genstudio_zh_CN.qm"], check=True, timeout=600)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    monkeypatch.setattr(PySide6, "__file__", str(tmp_path / "__init__.py"))
    language.use("zh_CN")
    assert QCoreApplication.translate("AboutDialog", "Copy") == "复制"


@pytest.mark.parametrize("lacking", ["the file", "the compiler", "a folder to write to"])
def test_without_a_translation_it_stays_english(
    language: Language, lacking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if lacking == "the file":
        monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    elif lacking == "the compiler":
        monkeypatch.setattr(PySide6, "__file__", str(tmp_path / "__init__.py"))
    else:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    language.use("zh_CN")
    assert QCoreApplication.translate("AboutDialog", "Copy") == "Copy"
    assert "zh_CN" in caplog.text
