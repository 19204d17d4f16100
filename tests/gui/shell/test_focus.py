"""Where the focus goes when what has it is hidden or disabled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from genstudio.gui.focus import step


class _Window(QWidget):
    """A button above, and a page with two."""

    def __init__(self) -> None:
        super().__init__()
        self.above, self.page = QPushButton(self), QWidget(self)
        self.gone, self.stays = QPushButton(self.page), QPushButton(self.page)
        for holder in (self, self.page):
            box = QVBoxLayout(holder)
            for child in holder.children():
                if isinstance(child, QWidget):
                    box.addWidget(child)

    def focusNextPrevChild(self, next: bool) -> bool:
        return step([self.above, self.page], next)


@pytest.mark.parametrize("lose", [QWidget.hide, lambda widget: widget.setEnabled(False)])
def test_it_stays_near(qtbot: QtBot, lose: Callable[[QWidget], None]) -> None:
    window = _Window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.gone.setFocus()
    lose(window.gone)
    assert window.focusWidget() is window.stays
