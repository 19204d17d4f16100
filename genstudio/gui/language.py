"""The language of the window, changed without a restart.

Translations are ``resources/translations/genstudio_<language>.ts``; Qt's own words are in the folder of Qt. English is the
language of the source.

The ``.ts`` file is compiled by Qt's ``lrelease``, a part of PySide6, when its language is first used (0.03 s), so a checkout, an
installed package and an edited file need no step before it; a bundle has the compiled file instead. A ``QTranslator`` that reads
the file in Python is no alternative: Qt holds a lock while it calls one, and a thread that translates there deadlocks with the one
that installs a translator.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from genstudio import paths
from genstudio.errors import GenStudioError

__all__ = ["LANGUAGES", "Language", "chosen"]

log = logging.getLogger(__name__)

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Every language, in its own words."""


def chosen(setting: str, locale: QLocale | None = None) -> str:
    """The language for a setting ("system": that of the desktop where we have it, else English)."""
    if setting in LANGUAGES:
        return setting
    return "zh_CN" if (locale or QLocale.system()).language() == QLocale.Language.Chinese else "en"


class Language(QObject):
    """Installs translators; every widget is sent ``LanguageChange`` by Qt."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = "en"
        self._translators: dict[str, list[QTranslator]] = {"en": []}
        QLocale.setDefault(_locale("en"))

    def use(self, setting: str) -> None:
        """Speak another language."""
        language = chosen(setting)
        if language == self.current:
            return
        for translator in self._translators[self.current]:
            QCoreApplication.removeTranslator(translator)
        self.current = language
        if language not in self._translators:
            self._translators[language] = self._load(language)
        for translator in self._translators[language]:
            QCoreApplication.installTranslator(translator)
        QLocale.setDefault(_locale(language))
        self.changed.emit(language)

    def _load(self, language: str) -> list[QTranslator]:
        """Translators for Qt's words and for those of the window; without those that cannot be had."""
        found = []
        for name, load in ((f"qtbase_{language}", _load_qt), (f"genstudio_{language}", _load_ours)):
            translator = QTranslator(self)
            try:
                load(translator, name)
                found.append(translator)
            except (OSError, GenStudioError) as error:
                translator.deleteLater()
                log.warning("there is no translation %s: %s", name, error)
        return found


def _locale(language: str) -> QLocale:
    """How dates and numbers are written in a language: as on this desktop, if it has the same language."""
    own = QLocale.system()
    return own if own.language() == QLocale(language).language() else QLocale(language)


def _load_qt(translator: QTranslator, name: str) -> None:
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(name, folder):
        raise FileNotFoundError(f"not in {folder}")


def _load_ours(translator: QTranslator, name: str) -> None:
    import subprocess  # late: not for English

    source = paths.resource(f"translations/{name}.ts")
    tool = shutil.which("lrelease", path=str(Path(PySide6.__file__).parent))
    if tool is None:  # a bundle has what it would make instead
        if not translator.load(str(source.with_suffix(".qm"))):
            raise FileNotFoundError("PySide6 lacks lrelease")
        return
    with tempfile.TemporaryDirectory(prefix="genstudio-", ignore_cleanup_errors=True) as folder:
        target = str(Path(folder, f"{name}.qm"))
        try:
            subprocess.run(
                [tool, "-silent", str(source), "-qm", target], check=True, capture_output=True, timeout=60,
                stdin=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would show a console
            )  # fmt: skip
        except subprocess.SubprocessError as error:
            raise OSError(f"lrelease: {error}") from error
        if not translator.load(target):
            raise OSError(f"{source} was compiled to something that is not a translation")
