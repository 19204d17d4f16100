"""The Corpus page: files become something to learn from, and what came of them can be heard and read."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from genstudio import paths
from genstudio.errors import FileError
from genstudio.gui import corpora
from genstudio.gui.context import Context
from genstudio.gui.corpora import Facts
from genstudio.gui.icons import icon
from genstudio.gui.importer import Importer
from genstudio.gui.layouts import beside, stacked
from genstudio.gui.names import folder_for
from genstudio.gui.pages.base import ListPage
from genstudio.gui.speech import spoken
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.corpus_details import CorpusDetails, about_corpus
from genstudio.gui.widgets.entries import Entry
from genstudio.gui.widgets.importing import Importing, ImportPanel

__all__ = ["CorpusPage"]

_NEW, _DETAILS = range(2)


class CorpusPage(ListPage):
    """On the left the corpora that are known; beside them the one that is looked at, or a new one."""

    name = "corpus"
    icon = "corpus"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.facts: list[Facts] = []
        self._wanted = ""  # folder that is looked at once it is listed
        self.entries.chosen.connect(self._chosen)
        self.side.new_button.clicked.connect(self.show_new)
        self.side.new_button.setIcon(icon("plus"))
        self.panel = ImportPanel(context)
        self.panel.wanted.connect(self._import)
        self.importer = Importer(context.jobs, self)
        self.importer.ended.connect(lambda: self._show_importing(False))
        self.importer.done.connect(self._imported)
        self.importer.failed.connect(self.panel.error.say)
        self.importing = Importing(self.importer, self.importer.stop)
        new = QWidget()
        stacked(self.importing, (self.panel, 1), into=new, margins=(0, 0, SPACE, 0), gap=2 * SPACE)
        new.setMaximumWidth(880)
        self.details = CorpusDetails(context, self)
        self.details.remove.connect(self._remove)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.scrolled(new))
        self.stack.addWidget(self.details)
        beside(self.side, (self.stack, 1), into=self, margins=3 * SPACE, gap=3 * SPACE)
        self.new = self.new_action("Ctrl+Shift+N", self.show_new)
        context.bus.corpora_changed.connect(self.look_at)

    def title(self) -> str:
        return self.tr("Corpus")

    def list_words(self) -> tuple[str, str, str]:
        nothing = self.tr("There is none yet. Build one from your own songs or texts, or from what comes along.")
        return self.tr("Corpora"), nothing, self.tr("New corpus")

    def entered(self) -> None:
        self.refresh()

    def take(self, paths: list[str]) -> None:
        built = [path for path in paths if (Path(path) / corpora.MANIFEST).is_file()]
        others = [path for path in paths if path not in built]
        for folder in built:
            self._remember(folder)
        if others:
            self.show_new()
            self.panel.add(others)
        elif built:
            self.look_at(built[-1])

    def shut(self) -> None:
        """The window closes: an import that is not done is given up."""
        self.importer.shut()

    def save(self) -> dict[str, object]:
        return {"folder": self.details.folder if self.stack.currentIndex() == _DETAILS else ""}

    def restore(self, state: dict[str, object]) -> None:
        folder = state.get("folder")
        if isinstance(folder, str) and folder:
            self.look_at(folder)

    # -- the list

    def refresh(self) -> None:
        """List the corpora anew."""
        folders = [str(folder) for folder in self.context.settings["corpora"]]
        self.context.engine.run(
            partial(corpora.known, folders), channel="corpora", name="list corpora", done=self._listed,
            failed=self.context.bus.trouble.emit,
        )  # fmt: skip

    def look_at(self, folder: str) -> None:
        """Look at this corpus as soon as it is listed."""
        if folder:
            self._remember(folder)
            self._wanted = folder
            self.refresh()

    def _remember(self, folder: str) -> None:
        settings = self.context.settings
        settings["corpora"] = [folder, *[one for one in settings["corpora"] if one != folder]]

    def _listed(self, facts: Sequence[Facts]) -> None:
        self.facts = list(facts)
        self._show_list()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.entries.look_at("")
            self.entries.look_at(wanted)

    def _show_list(self) -> None:
        self.side.show_entries(
            [Entry(one.folder, one.name, about_corpus(one), "bad" if one.error else "") for one in self.facts]
        )

    def _chosen(self, folder: str) -> None:
        found = next((one for one in self.facts if one.folder == folder), None)
        if found is not None:
            self.stack.setCurrentIndex(_DETAILS)
            self.details.show_corpus(found)

    def show_new(self) -> None:
        """Show where a new corpus is made."""
        self.entries.look_at("")
        self.stack.setCurrentIndex(_NEW)
        self.panel.well.folder_button.setFocus()

    # -- importing

    def _import(self, name: str, sources: list[str], preset: str, options: list[str]) -> None:
        out = folder_for(name, paths.corpora())
        try:
            self.importer.start(self.tr("Import of {name}").format(name=name), sources, out, ["--preset", preset, *options])
        except FileError as error:
            self.panel.error.say(spoken(error))
            return
        self.importing.follow(name)
        self._show_importing(True)

    def _show_importing(self, shown: bool) -> None:
        self.importing.setVisible(shown)
        self.panel.setVisible(not shown)

    def _imported(self, folder: str) -> None:
        self.panel.clear()
        self.context.bus.corpora_changed.emit(folder)

    # -- what can be done with one

    def _remove(self, folder: str) -> None:
        own = Path(folder).parent == paths.corpora()
        question = (
            self.tr("The corpus {name} is deleted; the files that it was made of stay.")
            if own else self.tr("The corpus {name} is taken from the list; its folder stays.")
        )  # fmt: skip
        if not self.context.confirm(self.tr("Remove the corpus?"), question.format(name=Path(folder).name)):
            return
        settings = self.context.settings
        settings["corpora"] = [one for one in settings["corpora"] if one != folder]
        self.show_new()
        if own:
            self.context.engine.run(
                partial(shutil.rmtree, folder), name="remove a corpus", done=lambda _: self.refresh(),
                failed=self.context.bus.trouble.emit,
            )  # fmt: skip
        else:
            self.refresh()

    # -- words

    def retranslate(self) -> None:
        self.new.setText(self.tr("New corpus"))
        self._show_list()
