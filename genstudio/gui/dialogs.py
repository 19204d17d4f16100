"""What opens over the window: preferences, help, the tour, keys, what this is. What each needs is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from genstudio import paths
from genstudio.gui.widgets.shortcuts import Key, ShortcutDialog, card_keys, keys_of

if TYPE_CHECKING:
    from genstudio.gui.window import Window

__all__ = ["Dialogs"]


class Dialogs(QObject):
    """Opens them."""

    def __init__(self, window: Window, log_path: str) -> None:
        super().__init__(window)
        self.window, self._log_path = window, log_path

    def show_preferences(self) -> None:
        """Open the preferences."""
        from genstudio.gui.widgets.preferences import PreferencesDialog

        self._open(PreferencesDialog(self.window.context, self.window))

    def keys(self) -> list[Key]:
        """Every key of the window, of each page and of the cards."""
        window, everywhere = self.window, self.tr("Everywhere")
        found = keys_of(list(window.actions_by_name.values()), everywhere)
        found.append(Key(self.tr("Play or pause"), everywhere, self.tr("Space")))
        found += card_keys()
        titles = window.titles()
        for name, page in window.pages.items():
            found += keys_of(page.commands(), titles[name])
        return found

    def show_help(self, page: str = "") -> None:
        """Open the help, by default at the page of the place in front."""
        from genstudio.gui.widgets.help import HelpDialog

        window = self.window
        dialog = window.findChild(HelpDialog) or HelpDialog(window.context, window.titles, window)
        dialog.open_page(page or window.current)

    def show_news(self) -> None:
        """Open the help where it says what is new."""
        from genstudio.gui.widgets.help import NEW

        self.show_help(NEW)

    def show_tour(self, *, focus: bool = True) -> None:
        """Begin the tour. ``focus``: keys go to it."""
        from genstudio.gui.widgets.steps import Steps, five

        window = self.window
        steps = window.findChild(Steps) or Steps(
            window.context.theme, lambda: five(window.transport, window.rail.buttons), go=window.go, window=window,
            corner=lambda: QPoint(window.rail.width(), (window.transport or window.status).y()),
        )  # fmt: skip
        steps.show_step(0, focus=focus)
        window.context.settings["toured"] = True

    def show_shortcuts(self) -> None:
        """Open the list of keys."""
        self._open(ShortcutDialog(self.keys(), self.window))

    def show_about(self) -> None:
        """Say what this is."""
        from genstudio.gui.widgets.about import AboutDialog

        self._open(AboutDialog(self._log_path, self.window))

    def open_log(self) -> None:
        """Show the folder of the log."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.logs())))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
