"""The language of the window, changed without a restart.

Translations are ``resources/translations/genstudio_<language>.qm``, with Qt's own words beside them in the folder of Qt. English is
the language of the source. Sentences of the engine stay as they are.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from genstudio import paths

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
        self._translators: list[QTranslator] = []

    def use(self, setting: str) -> None:
        """Speak another language."""
        language = chosen(setting)
        if language == self.current:
            return
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
            translator.deleteLater()
        self._translators = []
        self.current = language
        if language != "en":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            places = [(f"qtbase_{language}", folder), (f"genstudio_{language}", str(paths.resources() / "translations"))]
            for name, where in places:
                translator = QTranslator(self)
                if translator.load(name, where):
                    self._translators.append(translator)
                    QCoreApplication.installTranslator(translator)
                else:
                    translator.deleteLater()
                    log.warning("there is no translation %s in %s", name, where)
        QLocale.setDefault(QLocale(language))
        self.changed.emit(language)
