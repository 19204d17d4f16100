"""Preferences: a change holds at once. What belongs to the engine has the engine's own labels and help."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QTabWidget, QWidget

from genstudio import paths
from genstudio.config import DecodingOptions, OperationOptions, settings
from genstudio.gui.context import Context
from genstudio.gui.finding import RULES
from genstudio.gui.folders import choose_file
from genstudio.gui.language import LANGUAGES
from genstudio.gui.layouts import Worded, beside, having, new_button, new_label, stacked
from genstudio.gui.midi_in import input_ports
from genstudio.gui.midi_out import MidiOutput
from genstudio.gui.settings import DEFAULTS
from genstudio.gui.widgets.form import Form
from genstudio.gui.widgets.midi_panel import PortBox

__all__ = ["PreferencesDialog"]

_TABS = ("general", "making", "sound")
_SYSTEM = QT_TRANSLATE_NOOP("PreferencesDialog", "As the system")
_LIGHT, _DARK = QT_TRANSLATE_NOOP("PreferencesDialog", "Light"), QT_TRANSLATE_NOOP("PreferencesDialog", "Dark")
_SAID = {
    "language": (QT_TRANSLATE_NOOP("PreferencesDialog", "Language"), ""),
    "theme": (QT_TRANSLATE_NOOP("PreferencesDialog", "Colours"), ""),
    "model": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "Model"),
        QT_TRANSLATE_NOOP("PreferencesDialog", "The model that is loaded at the start."),
    ),
    "history": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "History"),
        QT_TRANSLATE_NOOP(
            "PreferencesDialog",
            "What is older is taken out of the history at the next start. What you kept, what is an end and what you work with "
            "always stay.",
        ),
    ),
    "volume": (QT_TRANSLATE_NOOP("PreferencesDialog", "Volume"), ""),
    "loop": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "Loop"), QT_TRANSLATE_NOOP("PreferencesDialog", "Play a piece again and again."),
    ),
    "loop_beats": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "Loop beats"),
        QT_TRANSLATE_NOOP("PreferencesDialog", "Play a beat again and again."),
    ),
    "soundfont": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "SoundFont"),
        QT_TRANSLATE_NOOP("PreferencesDialog", "A file of instruments (.sf2); empty: the one that is found."),
    ),
    "midi_port": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "Music plays to"),
        QT_TRANSLATE_NOOP("PreferencesDialog", "The sound of this computer, or a MIDI port."),
    ),
    "midi_keyboard": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "MIDI keyboard"),
        QT_TRANSLATE_NOOP("PreferencesDialog", "What you play and record on."),
    ),
    "midi_clock": (
        QT_TRANSLATE_NOOP("PreferencesDialog", "MIDI clock goes to"),
        QT_TRANSLATE_NOOP("PreferencesDialog", "A drum machine or program that is to run in time."),
    ),
}  # fmt: skip
_ENGINE = {about["name"]: about for one in (OperationOptions, DecodingOptions) for about in settings(one)}


def _about(name: str, **more: Any) -> dict[str, Any]:
    """The description of a preference: that of the engine, or of the window."""
    label, help_ = _SAID.get(name, ("", ""))
    usual = {"default": DEFAULTS[name], "type": type(DEFAULTS[name]).__name__, "label": label, "help": help_, "low": 0}
    return {"name": name, **_ENGINE.get(name, usual), **more}


class _Font(QWidget):
    """The path of a file, which can be chosen."""

    told = Signal()
    unfinished = False

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.text = QLineEdit(self)
        self.parts = (self.text,)
        choose = new_button(self, self._choose, words=lambda: (self.tr("Choose"), self.tr("Choose a SoundFont")))
        beside((self.text, 1), choose, into=self)
        self.setFocusProxy(self.text)
        self.text.editingFinished.connect(self.told)
        self.value, self.put = lambda: self.text.text().strip(), self.text.setText

    def _choose(self) -> None:
        told, known = self.tr("Choose a SoundFont"), "SoundFont (*.sf2 *.sf3)"
        if chosen := choose_file(self, self._context.settings, "sounds", told, known, self.text.text()):
            self.text.setText(chosen)
            self.told.emit()

    def retranslate(self) -> None:
        """Set every string."""
        self.text.setPlaceholderText(self.tr("The one that is found"))


class PreferencesDialog(Worded, QDialog):
    """Tabs of settings. It writes into ``context.settings`` only, which whoever is concerned listens to."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.resize(560, 480)
        self.tabs = QTabWidget(self)
        self.font_box = _Font(context, self)
        listed = {"midi_port": MidiOutput.ports, "midi_keyboard": input_ports, "midi_clock": MidiOutput.ports}
        self.ports = {name: PortBox(context.settings, name, ports, self) for name, ports in listed.items()}
        self.forms = {tab: self._form(tab) for tab in _TABS}
        self.tabs.addTab(self._folders(), "")
        self.close_button = having(new_button(self, self.accept, "primary", lambda: self.tr("Close")), default=True)
        stacked((self.tabs, 1), beside(None, self.close_button), into=self, margins=(24, 16, 24, 16), gap=16)
        self.retranslate()

    # -- tabs

    def _settings(self, tab: str) -> list[dict[str, Any]]:
        """What a tab asks."""
        if tab == "general":
            known = [str(one["name"]) for one in self.context.models.known if "error" not in one]
            models = list(dict.fromkeys([*known, self.context.settings["model"]]))
            return [
                _about("language", choices=("system", *LANGUAGES), words=(_SYSTEM, *LANGUAGES.values())),
                _about("theme", choices=("system", "light", "dark"), words=(_SYSTEM, _LIGHT, _DARK)),
                _about("model", choices=models, words=[self.context.models.title(name) for name in models]),
            ]
        if tab == "making":
            return [
                _about("steps", high=16), _about("method"), _about("temperature", high=2.0), _about("seed"),
                _about("history", choices=tuple(RULES)),
            ]  # fmt: skip
        ports = [_about(name, control=port) for name, port in self.ports.items()]
        font = _about("soundfont", control=self.font_box)
        return [_about("volume", high=1.0, dial="slider"), _about("loop"), _about("loop_beats"), font, *ports]

    def _form(self, tab: str) -> Form:
        asked = self._settings(tab)
        values = {about["name"]: self.context.settings[about["name"]] for about in asked}
        form = Form(asked, values, self, columns=1, wide=True, context="PreferencesDialog")
        form.changed.connect(partial(self._take, form))
        page = QWidget(self)
        stacked(form, None, into=page, margins=(8, 24, 8, 8))
        self.tabs.addTab(page, "")
        return form

    def _take(self, form: Form) -> None:
        for name, value in form.values.items():
            if self.context.settings[name] != value:
                self.context.settings[name] = value

    def field(self, name: str) -> Any:
        """The control of a preference."""
        return next(form.field(name) for form in self.forms.values() if name in form.names)

    def _folders(self) -> QWidget:
        page = QWidget(self)
        box = stacked(into=page, margins=(8, 24, 8, 8))
        places = {paths.home(): lambda: self.tr("Your models, library and work"), paths.logs(): lambda: self.tr("Log")}
        for folder, words in places.items():
            shown = QLabel(str(folder), page, wordWrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            button = new_button(page, words=partial(lambda words: (self.tr("Open the folder"), words()), words))
            button.clicked.connect(lambda _=False, folder=folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
            box.addWidget(new_label(page, "heading", words))
            box.addWidget(shown)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            box.addSpacing(16)
        box.addStretch(1)
        return page

    # -- strings

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Preferences"))
        self.tabs.setAccessibleName(self.tr("Preferences"))
        for index, name in enumerate((self.tr("General"), self.tr("Making"), self.tr("Sound"), self.tr("Folders"))):
            self.tabs.setTabText(index, name)
        for form in self.forms.values():
            form.retranslate()
        history = self.field("history")
        for index, (days, most) in enumerate(RULES.values()):
            text = self.tr("The last {count} days") if days else self.tr("The last {count} entries")
            history.setItemText(index, text.format(count=f"{days or most:,}") if days or most else self.tr("Everything"))
        self.font_box.retranslate()
        nothing = (self.tr("The sound of this computer"), self.tr("None"), self.tr("Nobody"))
        for port, none in zip(self.ports.values(), nothing, strict=True):
            port.none = none
            port.fill()
