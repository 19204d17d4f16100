"""Preferences: a change holds at once. What belongs to the engine has the engine's own labels and help."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QTabWidget,
    QWidget,
)

from genstudio import paths
from genstudio.config import METHODS, DecodingOptions
from genstudio.gui.context import Context
from genstudio.gui.finding import RULES
from genstudio.gui.folders import choose_file
from genstudio.gui.language import LANGUAGES
from genstudio.gui.layouts import Worded, beside, new_button, stacked
from genstudio.gui.midi_in import input_ports
from genstudio.gui.widgets.numbers import NumberField, WholeField
from genstudio.gui.widgets.ports import PortBox

__all__ = ["PreferencesDialog"]

_FIELD = 240  # pixels


def _about(name: str) -> Any:
    """What the engine says of one of its settings."""
    return next(field.metadata for field in dataclasses.fields(DecodingOptions) if field.name == name)


class PreferencesDialog(Worded, QDialog):
    """Tabs of settings. It writes into ``context.settings`` only, which whoever is concerned listens to."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.resize(560, 480)
        self._labels: list[tuple[QLabel, QWidget, Callable[[], str], Callable[[], str]]] = []
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self._general(), "")
        self.tabs.addTab(self._making(), "")
        self.tabs.addTab(self._sound(), "")
        self.tabs.addTab(self._folders(), "")
        self.close_button = new_button(self, kind="primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        stacked((self.tabs, 1), beside(None, self.close_button), into=self, margins=(24, 16, 24, 16), gap=16)
        self.retranslate()

    # -- tabs

    def _form(self) -> tuple[QWidget, QFormLayout]:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(8, 24, 8, 8)
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        return page, form

    def _row(
        self,
        form: QFormLayout,
        widget: QWidget,
        label: Callable[[], str],
        help: Callable[[], str] = lambda: "",
        field: QWidget | None = None,
    ) -> None:
        """A row of ``widget``, or of ``field`` that holds it."""
        name = QLabel(self)
        name.setBuddy(widget)
        widget.setMinimumWidth(_FIELD)
        form.addRow(name, field or widget)
        self._labels.append((name, widget, label, help))

    def _general(self) -> QWidget:
        page, form = self._form()
        self.language = QComboBox(page)
        self.language.addItem("", "system")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self._choice(self.language, "language")
        self.theme = QComboBox(page)
        for name in ("system", "light", "dark"):
            self.theme.addItem("", name)
        self._choice(self.theme, "theme")
        self.model = QComboBox(page)
        known = [str(one["name"]) for one in self.context.models.known if "error" not in one]
        for name in known if self.context.settings["model"] in known else [self.context.settings["model"], *known]:
            self.model.addItem(self.context.models.title(name), name)
        self._choice(self.model, "model")
        self._row(form, self.language, lambda: self.tr("Language"))
        self._row(form, self.theme, lambda: self.tr("Colours"))
        self._row(form, self.model, lambda: self.tr("Model"), lambda: self.tr("The model that is loaded at the start."))
        return page

    def _making(self) -> QWidget:
        page, form = self._form()
        settings = self.context.settings
        self.steps = WholeField(page)
        self.steps.setRange(2, 16)
        self.steps.setValue(int(settings["steps"]))
        self.steps.valueChanged.connect(_setter(settings, "steps"))
        self.method = QComboBox(page)
        for name in METHODS:
            self.method.addItem(name, name)
        self._choice(self.method, "method")
        about = _about("temperature")
        self.temperature = NumberField(page)
        self.temperature.setRange(float(about["low"]), 2.0)
        self.temperature.setSingleStep(0.1)
        self.temperature.setValue(float(settings["temperature"]))
        self.temperature.valueChanged.connect(_setter(settings, "temperature"))
        self.seed = WholeField(page)
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setValue(int(settings["seed"]))
        self.seed.valueChanged.connect(_setter(settings, "seed"))
        self.history = QComboBox(page)
        for rule in RULES:
            self.history.addItem("", rule)
        self._choice(self.history, "history")
        self._row(
            form, self.steps, lambda: self.tr("Steps"),
            lambda: self.tr("How many pieces the way from A to B has, both ends too."),
        )  # fmt: skip
        self._row(
            form, self.method, lambda: self.tr("Way"),
            lambda: self.tr(
                "details keeps less of the nearer end towards the middle; wave turns beat after beat; slerp blends all at once "
                "along the sphere; linear along a straight line."
            ),
        )  # fmt: skip
        self._row(form, self.temperature, lambda: str(about["label"]), lambda: str(about["help"]))
        self._row(form, self.seed, lambda: str(_about("seed")["label"]), lambda: str(_about("seed")["help"]))
        self._row(
            form, self.history, lambda: self.tr("History"),
            lambda: self.tr(
                "What is older is taken out of the history at the next start. What you kept, what is an end and what you work "
                "with always stay."
            ),
        )  # fmt: skip
        return page

    def _sound(self) -> QWidget:
        page, form = self._form()
        settings = self.context.settings
        self.volume = QSlider(Qt.Orientation.Horizontal, page)
        self.volume.setRange(0, 100)
        self.volume.setValue(round(100 * settings["volume"]))
        self.volume.valueChanged.connect(lambda value: settings.__setitem__("volume", value / 100))
        self.loop = QCheckBox(page)
        self.loop.setChecked(bool(settings["loop"]))
        self.loop.toggled.connect(_setter(settings, "loop"))
        self.loop_beats = QCheckBox(page)
        self.loop_beats.setChecked(bool(settings["loop_beats"]))
        self.loop_beats.toggled.connect(_setter(settings, "loop_beats"))
        holder = QWidget(page)
        self.soundfont = QLineEdit(settings["soundfont"], holder)
        self.soundfont.editingFinished.connect(lambda: settings.__setitem__("soundfont", self.soundfont.text().strip()))
        self.choose = new_button(holder, self._choose_soundfont)
        beside((self.soundfont, 1), self.choose, into=holder)
        listed = self.context.player.midi_ports
        self.ports = [
            PortBox(settings, name, ports, page)
            for name, ports in (("midi_port", listed), ("midi_keyboard", input_ports), ("midi_clock", listed))
        ]
        self._row(form, self.volume, lambda: self.tr("Volume"))
        self._row(form, self.loop, lambda: self.tr("Repeat"), lambda: self.tr("Play a piece again and again."))
        self._row(form, self.loop_beats, lambda: "", lambda: self.tr("Play a beat again and again."))
        self._row(
            form, self.soundfont, lambda: self.tr("SoundFont"),
            lambda: self.tr("A file of instruments (.sf2); empty: the one that is found."), holder,
        )  # fmt: skip
        about = (
            (lambda: self.tr("Music plays to"), lambda: self.tr("The sound of this computer, or a MIDI port.")),
            (lambda: self.tr("MIDI keyboard"), lambda: self.tr("What you play and record on.")),
            (lambda: self.tr("MIDI clock goes to"), lambda: self.tr("A drum machine or program that is to run in time.")),
        )
        for box, (label, told) in zip(self.ports, about, strict=True):
            self._row(form, box, label, told)
        return page

    def _folders(self) -> QWidget:
        page, form = self._form()
        self.folders: list[QPushButton] = []
        for label, folder in (
            (lambda: self.tr("Your models, library and work"), paths.home()),
            (lambda: self.tr("Log"), paths.logs()),
        ):
            button = new_button(page, lambda _=False, folder=folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
            self.folders.append(button)
            shown = QLabel(str(folder), page)
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line = stacked(shown)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            name = QLabel(self)
            name.setBuddy(button)
            form.addRow(name, line)
            self._labels.append((name, button, label, lambda: ""))
        return page

    # -- strings

    def retranslate(self) -> None:
        """Set every string."""
        self.setWindowTitle(self.tr("Preferences"))
        self.tabs.setAccessibleName(self.tr("Preferences"))
        for index, name in enumerate((self.tr("General"), self.tr("Making"), self.tr("Sound"), self.tr("Folders"))):
            self.tabs.setTabText(index, name)
        self.language.setItemText(0, self.tr("As the system"))
        for index, name in enumerate((self.tr("As the system"), self.tr("Light"), self.tr("Dark"))):
            self.theme.setItemText(index, name)
        for index, (days, most) in enumerate(RULES.values()):
            text = self.tr("The last {count} days") if days else self.tr("The last {count} entries")
            self.history.setItemText(index, text.format(count=f"{days or most:,}") if days or most else self.tr("Everything"))
        self.loop.setText(self.tr("Loop"))
        self.loop_beats.setText(self.tr("Loop beats"))
        self.soundfont.setPlaceholderText(self.tr("The one that is found"))
        for box, none in zip(
            self.ports, (self.tr("The sound of this computer"), self.tr("None"), self.tr("Nobody")), strict=True
        ):
            box.none = none
            box.fill()
        self.choose.setText(self.tr("Choose"))
        self.choose.setAccessibleName(self.tr("Choose a SoundFont"))
        for button in self.folders:
            button.setText(self.tr("Open the folder"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        for label, widget, called, about in self._labels:
            label.setText(called())
            widget.setAccessibleName(called())
            widget.setToolTip(about())
            widget.setAccessibleDescription(about())

    # -- what is chosen

    def _choice(self, box: QComboBox, name: str) -> None:
        box.setCurrentIndex(max(0, box.findData(self.context.settings[name])))
        box.currentIndexChanged.connect(lambda index: self.context.settings.__setitem__(name, box.itemData(index)))

    def _choose_soundfont(self) -> None:
        now, known = self.soundfont.text(), "SoundFont (*.sf2 *.sf3)"
        chosen = choose_file(self, self.context.settings, "sounds", self.tr("Choose a SoundFont"), known, now)
        if chosen:
            self.soundfont.setText(chosen)
            self.context.settings["soundfont"] = chosen


def _setter(settings: Any, name: str) -> Callable[[Any], None]:
    """A slot that puts a value into a setting."""
    return lambda value: settings.__setitem__(name, value)
