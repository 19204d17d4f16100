"""Where files become a corpus: what to take, what for, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QListWidget, QProgressBar, QWidget

from genstudio.config import PRESETS, get_preset
from genstudio.domains import get_domain, known_options
from genstudio.domains.base import Preview
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.corpora import Looked, look_into
from genstudio.gui.folders import choose_files, choose_folder
from genstudio.gui.icons import pixmap
from genstudio.gui.importer import Importer
from genstudio.gui.layouts import Worded, Wrong, allow, beside, new_button, new_label, stacked
from genstudio.gui.readings import Heard, listen, table_among
from genstudio.gui.spans import about_time
from genstudio.gui.theme import SPACE
from genstudio.gui.views.description import key_name
from genstudio.gui.widgets.form import Fold, Form, engine_word
from genstudio.gui.widgets.reading import TablePanel
from genstudio.gui.widgets.song_reading import MusicFields
from genstudio.progress import Progress

translate = QCoreApplication.translate

__all__ = ["ImportPanel", "Importing", "Well", "import_settings", "others_told"]


def import_settings(preset: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What can be changed of how a corpus is cut, and where it begins; names are options of ``genstudio corpus``."""
    chosen = get_preset(preset)
    units = f"{get_domain(chosen.domain).unit}s"
    cut = [
        {"name": "bars", "default": 2, "label": "Length of a phrase", "unit": units, "low": 1, "high": 256,
         "help": "Pieces are cut into phrases of this length; the model learns phrases."},
        {"name": "stride", "default": 1, "label": "A phrase every", "unit": units, "low": 1, "high": 256,
         "help": "From the start of one phrase to the start of the next; less gives more phrases, which overlap."},
    ]  # fmt: skip
    others = [
        {"name": "vocab-size", "default": 4000, "label": "Vocabulary", "unit": "tokens", "low": 8, "high": 1_000_000,
         "help": "Figures that come often become one token each, up to so many."},
        {"name": "valid", "default": 0.05, "label": "Held out while training", "unit": "share", "low": 0.0, "high": 0.5,
         "help": "Share of the pieces that is not trained on, and shows how well the model does on what it has not seen."},
        {"name": "test", "default": 0.05, "label": "Held out to the end", "unit": "share", "low": 0.0, "high": 0.5,
         "help": "Share of the pieces that is kept for the last measurement."},
        {"name": "most", "default": 0, "label": "Longest piece", "unit": units, "low": 0,
         "high": 10**6, "help": "Longer pieces are left out; 0: none are."},
        {"name": "seed", "default": 0, "label": "Seed", "low": 0, "high": 2**31 - 1,
         "help": "Seed of all chance: the same seed holds out the same pieces."},
    ]  # fmt: skip
    begin = {"bars": chosen.length, "stride": chosen.stride, "vocab-size": chosen.vocab_size}
    return [*(cut if chosen.length else []), *others], begin


class Well(QFrame):
    """Takes files and folders: those that are dropped, and those that are chosen by its buttons."""

    dropped = Signal(list)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("kind", "well")
        self.setAcceptDrops(True)
        self.folder_button = new_button(self, self._choose_folder, "", lambda: self.tr("Choose a folder"))
        self.files_button = new_button(self, self._choose_files, "", lambda: self.tr("Choose files"))

    def _choose_folder(self) -> None:
        self.dropped.emit([choose_folder(self, self.context.settings, "songs", self.tr("A folder of songs or texts"))])

    def _choose_files(self) -> None:
        self.dropped.emit(choose_files(self, self.context.settings, "songs", self.tr("Songs or texts")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._lit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._lit(False)
        event.acceptProposedAction()
        self.dropped.emit([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _lit(self, lit: bool) -> None:
        self.setProperty("selected", lit)
        self.style().unpolish(self)
        self.style().polish(self)


def _panel(parent: QWidget, content: QWidget) -> QFrame:
    """What is in it on the ground of a panel; hidden."""
    made = QFrame(parent)
    made.setProperty("kind", "panel")
    stacked(content, into=made, margins=2 * SPACE)
    made.hide()
    return made


class _Vocabularies(QComboBox):
    """A new vocabulary, or that of an installed model, with which a corpus can be built that the model learns on from."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._models = context.models
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)

    def fill(self, domain: str) -> None:
        """Offer those for a domain; what is chosen stays so where it can."""
        kept = self.currentData()
        self.clear()
        self.addItem(translate("ImportPanel", "Learn a new one"), "")
        for one in self._models.known:
            if one.get("domain") == domain and "error" not in one:
                said = translate("ImportPanel", "That of {model}").format(model=self._models.title(str(one["name"])))
                self.addItem(said, str(Path(one["folder"]) / "tokenizer"))
        self.setCurrentIndex(max(0, self.findData(kept)))


def _heard_words(found: Heard) -> str:
    """What metres and keys there are."""
    keys = [(key_name(key), count) for key, count in found.keys]
    counts = [", ".join(f"{name} ({count:,})" for name, count in kind) for kind in (found.metres, keys)]
    said = translate("ImportPanel", "Found in {count} of the files: metres {metres}; keys {keys}.")
    if not found.keys:
        said = translate("ImportPanel", "Found in {count} of the files: metres {metres}.")
    return said.format(count=found.files, metres=counts[0], keys=counts[1])


def others_told(others: Mapping[str, int]) -> str:
    """How many files there are of kinds that cannot be read, by suffix; "" for none."""
    if not others:
        return ""
    first = list(others.items())[:5]
    plain = translate("ImportPanel", "without a suffix")
    named = ", ".join(f"{count:,} {suffix or plain}" for suffix, count in first) + (", …" if len(others) > len(first) else "")
    left = translate("ImportPanel", "Of other kinds, not read: {count} ({kinds})")
    return left.format(count=f"{sum(others.values()):,}", kinds=named)


def _found_words(found: Looked) -> str:
    """What files there are, by domain, and of those that cannot be read by suffix."""
    most: dict[str, tuple[str, int]] = {}  # several kinds of music are in the same files
    for name, count in found.items():
        most[kinds.kind_of(name)] = max((name, count), most.get(kinds.kind_of(name), ("", 0)), key=itemgetter(1))
    parts = [kinds.files_told(name, count) for _, (name, count) in sorted(most.items())]
    nothing = translate("ImportPanel", "Nothing in there can be read: expected MIDI, ABC, MusicXML or text.")
    return "\n".join(filter(None, (", ".join(parts) or nothing, others_told(found.others))))


def _as_options(settings: Sequence[str], reading: dict[str, Any]) -> list[str]:
    """``name=value`` of settings, and how files are read, as options of ``genstudio corpus``."""
    options = [word for text in settings for word in ("--" + text.partition("=")[0], text.partition("=")[2])]
    if reading.pop("grid", True) is False:
        options.append("--no-grid")
    if reading.pop("chords", False):
        options.append("--chords")
    return [*options, *(f"--{name}={value}" for name, value in reading.items() if value)]


class ImportPanel(Worded, QWidget):
    """Chooses files and how they are cut; ``wanted`` says that a corpus is to be built."""

    wanted = Signal(str, list, str, list)  # name, sources, preset, further options of the command

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.sources: list[str] = []
        self._looked: Looked | None = None
        self._heard: Heard | None = None
        self._named = False
        self._make_well()
        self.name = QLineEdit(self)
        self.name.textEdited.connect(self._name_typed)
        self.preset = QComboBox(self)
        for name in PRESETS:
            self.preset.addItem("", name)
        self.preset.currentIndexChanged.connect(self._preset_changed)
        named = new_label(self, "", lambda: (self.tr("Name"), self.tr("Name of the corpus")), of=self.name)
        learned = new_label(self, "", lambda: (self.tr("To learn"), self.tr("What is to be learned from it")), of=self.preset)
        fields = beside((stacked(named, self.name, gap=4), 3), (stacked(learned, self.preset, gap=4), 2), gap=2 * SPACE)
        self.table = TablePanel(context, labels=True, parent=self)
        self.table_box = _panel(self, self.table)
        self.table.changed.connect(self._ready)
        self._make_form_box()
        self.fold = Fold(self.form_box, lambda: self.tr("More settings"), self)
        self.error = Wrong(self)
        self.build = new_button(self, self._build, "primary", lambda: self.tr("Build the corpus"))
        stacked(
            new_label(self, "title", lambda: self.tr("New corpus")), new_label(self, "muted", lambda: self.tr(
                "A corpus is what a model learns from: songs or sentences, cut into phrases. Everything that cannot be used is "
                "listed with its reason."
            ), wrap=True), self.well, self.list, beside((self.found, 1), self.remove), fields, self.table_box,
            beside(self.fold, None, self.build), self.form_box, self.error, None, into=self, gap=2 * SPACE,
        )  # fmt: skip
        context.models.listed.connect(lambda known: self.vocabulary.fill(self._domain))
        context.theme.changed.connect(self._draw)
        self._draw()
        self._make_form()
        self.retranslate()

    def _make_well(self) -> None:
        """What is taken, and what is in it."""
        self.well = Well(self.context, self)
        self.well.dropped.connect(self.add)
        self.picture = QLabel(self.well)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = new_label(self.well, "heading", lambda: self.tr("Drop a folder or files here"), wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sample_button = new_button(self.well, self._take_samples, "quiet", lambda: self.tr("Take what comes along"))
        row = beside(None, self.well.folder_button, self.well.files_button, self.sample_button, None)
        stacked(self.picture, hint, row, into=self.well, margins=3 * SPACE, gap=SPACE + 4)
        self.list = QListWidget(self)
        self.remove = new_button(self, self._remove, "quiet", lambda: self.tr("Take out"))
        self.found = new_label(self, "muted")
        for part in (self.list, self.remove, self.found):
            part.hide()

    def _make_form_box(self) -> None:
        """How music is read, whose vocabulary is used, and a place for the form."""
        self.form_box = _panel(self, inside := QWidget(self))
        self.vocabulary = _Vocabularies(self.context, inside)
        words = new_label(inside, "", lambda: (
            self.tr("Whose vocabulary"), self.tr("Whose vocabulary"),
            self.tr("With that of a model the corpus fits a training that goes on from it"),
        ), of=self.vocabulary)  # fmt: skip
        self.music = MusicFields(inside)
        self.heard = new_label(inside, "muted", wrap=True)
        self.track = QLineEdit(inside)
        track = new_label(inside, "", lambda: self.tr("Parts") if self._many else self.tr("Track"), of=self.track)
        self._track_name = track
        self.music_box = QWidget(inside)
        stacked(
            self.heard, self.music, beside(track, (self.track, 1), gap=2 * SPACE), into=self.music_box,
            margins=(0, 0, 0, SPACE), gap=SPACE + 4,
        )  # fmt: skip
        self._form_place = stacked(self.music_box, beside(words, self.vocabulary, None, gap=2 * SPACE), into=inside)
        self.form: Form | None = None

    # -- what to take

    def add(self, files: list[str]) -> None:
        """Take these files and folders, too."""
        new = [file for file in files if file and file not in self.sources]
        if not new:
            return
        self.sources += new
        if not self._named:
            self.name.setText(Path(self.sources[0]).stem or Path(self.sources[0]).name)
        self._sources_changed()

    def clear(self) -> None:
        """Begin anew."""
        self.sources = []
        self._named = False
        self.name.clear()
        self._sources_changed()

    def _remove(self) -> None:
        row = self.list.currentRow()
        if self.sources:  # else a click was under way when the last was taken out
            del self.sources[row if row >= 0 else len(self.sources) - 1]
            self._sources_changed()

    def _take_samples(self) -> None:
        self.add([str(path) for path in kinds.files(self._domain)])

    def _sources_changed(self) -> None:
        self.list.clear()
        self.list.addItems(self.sources)
        lines = min(4, len(self.sources))
        self.list.setFixedHeight(lines * (self.fontMetrics().height() + 11) + 4)
        for part in (self.list, self.remove, self.found):
            part.setVisible(bool(self.sources))
        self._looked = None
        self.error.say("")
        self.found.setText(self.tr("Looking what is in there …") if self.sources else "")
        if self.sources:
            self.context.engine.run(
                partial(look_into, list(self.sources)), channel="corpus sources", name="look into files",
                done=self._have_looked, failed=self._looking_failed,
            )  # fmt: skip
        self._ready()

    def _have_looked(self, looked: Looked) -> None:
        self._looked = looked
        if looked:
            domain = max(looked, key=lambda name: looked[name])
            fitting = next((name for name, preset in PRESETS.items() if preset.domain == domain), None)
            if looked.get(self._domain, 0) < looked[domain] and fitting is not None:
                self.preset.setCurrentIndex(self.preset.findData(fitting))
        self._tell_found()
        self._look_closer()
        self._ready()

    def _look_closer(self) -> None:
        """Look how the files are that are taken: the columns of a table, the metres and keys of music."""
        domain, sources = self._domain, list(self.sources)
        self.heard.hide()
        some, plays = bool(sources and self._looked and self._looked.get(domain)), kinds.plays(domain)
        if plays or not some:
            self.table_box.hide()
        if some:
            self.context.engine.run(
                partial(listen, sources, domain) if plays else partial(table_among, sources, domain), channel="corpus closer",
                name="look closer", done=self._have_heard if plays else self._have_table, failed=self._looking_failed,
            )  # fmt: skip

    def _have_table(self, found: tuple[str, Preview] | None) -> None:
        self.table_box.setVisible(found is not None)
        if found is not None and self.table.path != found[0]:
            self.table.show_file(found[0])
        self._ready()

    def _have_heard(self, found: Heard) -> None:
        self._heard = found
        self.heard.setVisible(bool(found.metres))
        self.heard.setText(_heard_words(found))

    def _looking_failed(self, sentence: str, details: str) -> None:
        self.found.setText(sentence)

    def _tell_found(self) -> None:
        if self._looked is not None:
            self.found.setText(_found_words(self._looked))

    # -- how

    @property
    def _domain(self) -> str:
        return get_preset(self.preset.currentData()).domain

    @property
    def _many(self) -> bool:
        """Whether several parts of a file are read, and not one track."""
        return "parts" in known_options(get_domain(self._domain))

    def _preset_changed(self) -> None:
        self._make_form()
        self._look_closer()
        self._ready()

    def _make_form(self) -> None:
        if self.form is not None:
            self._form_place.removeWidget(self.form)
            self.form.deleteLater()
        settings, begin = import_settings(self.preset.currentData())
        self.form = Form(settings, begin, self.form_box)
        self._form_place.addWidget(self.form)
        self.music_box.setVisible(kinds.plays(self._domain))
        self.music.show_for(self._domain)
        self._tell_track()
        self.vocabulary.fill(self._domain)

    def _tell_track(self) -> None:
        """Say what the field of the track is for."""
        self._track_name.retranslate()
        one = self.tr("The one that looks like the melody; or its name or number in every file")
        self.track.setPlaceholderText(self.tr("All; or names, numbers or roles, such as melody, bass") if self._many else one)

    def _name_typed(self) -> None:
        self._named = bool(self.name.text().strip())
        self._ready()

    def _ready(self) -> None:
        reason = ""
        if not self.sources:
            reason = self.tr("Choose a folder or files first.")
        elif self._looked is None:
            reason = self.tr("Wait until it is clear what is in there.")
        elif not self._looked.get(self._domain):
            reason = self.tr("None of the files is of this kind; choose another kind.")
        elif self.table_box.isVisibleTo(self) and self.table.column is None:
            reason = self.tr("Choose the column that holds the text.")
        elif not self.name.text().strip():
            reason = self.tr("Give it a name.")
        allow(self.build, reason)

    def _build(self) -> None:
        assert self.form is not None
        reading: dict[str, Any] = {}
        if kinds.plays(self._domain):
            reading = {**self.music.options(), "parts" if self._many else "track": self.track.text().strip()}
        elif self.table_box.isVisibleTo(self):
            reading = self.table.options()
        options = _as_options(self.form.overrides(), {**reading, "tokenizer": self.vocabulary.currentData()})
        self.error.say("")
        self.wanted.emit(self.name.text().strip(), list(self.sources), str(self.preset.currentData()), options)

    # -- looks and words

    def _draw(self) -> None:
        self.picture.setPixmap(pixmap("folder", self.context.theme.colours.accent, 40, self.devicePixelRatioF()))

    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Files and folders that are taken"))
        for row in range(self.preset.count()):
            self.preset.setItemText(row, engine_word(get_preset(self.preset.itemData(row)).label))
        self.vocabulary.fill(self._domain)
        if self._heard is not None:
            self.heard.setText(_heard_words(self._heard))
        if self.form is not None:
            self.form.retranslate()
        self._tell_track()
        self._tell_found()
        self._ready()


class Importing(QFrame):
    """How far an import is."""

    def __init__(self, importer: Importer, cancel: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._importer, self._cancel = importer, cancel
        self._name = ""
        self.setProperty("kind", "panel")
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.title = new_label(self, "heading", lambda: self.tr("Building {name}").format(name=self._name), of=self.bar)
        self.said = new_label(self, "muted")
        self.cancel = new_button(self, self._stop, "", lambda: (self.tr("Cancel"), self.tr("Cancel the import")))
        stacked(
            self.title, self.bar, beside((self.said, 1), self.cancel), into=self,
            margins=(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE), gap=SPACE + 4,
        )  # fmt: skip
        importer.progressed.connect(self._tell)
        self.hide()

    def follow(self, name: str) -> None:
        """Show the import that has just begun."""
        self._name = name
        self.title.retranslate()
        self.bar.setValue(0)
        self.said.setText(self.tr("Starting"))
        allow(self.cancel)

    def _tell(self, event: Progress) -> None:
        self.bar.setValue(event.done)
        stages = {
            "reading": self.tr("Reading"), "splitting": self.tr("Looking for duplicates"),
            "tokenizer": self.tr("Learning the vocabulary"), "encoding": self.tr("Encoding"), "writing": self.tr("Writing"),
        }  # fmt: skip
        parts = [stages.get(event.stage, event.stage)]
        done, total = event.data.get("done"), event.data.get("total")
        if event.stage == "reading" and isinstance(total, int):
            parts.append(self.tr("{done} of {total} files").format(done=f"{done:,}", total=f"{total:,}"))
        eta = self._importer.job.eta if self._importer.job is not None else None
        if eta is not None:
            parts.append(self.tr("{time} left").format(time=about_time(eta)))
        self.said.setText("  ·  ".join(parts))

    def _stop(self) -> None:
        allow(self.cancel, self.tr("It is being stopped."))
        self._cancel()
