"""Where the Tab key leads: through what can be seen, part of the window by part, in the order in which it was put there.

Qt's own order is that in which widgets were made, so that a page that is built later, and every card, would come last; and a page
that hands its focus on to one of its widgets would hide those before it. Inside a widget with the property "written" the fields
that one writes in come first, so that two sentences are typed with one Tab between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QWidget

__all__ = ["step", "stops"]


def stops(parts: Iterable[QWidget]) -> list[QWidget]:
    """The widgets of these parts that Tab stops at."""
    return [one for part in parts for one in _inside(part)]


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    children = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    found = [one for child in children for one in _inside(child)]
    yield from sorted(found, key=lambda one: not isinstance(one, QPlainTextEdit)) if widget.property("written") else found


def _near(lost: QWidget | None, found: list[QWidget]) -> QWidget | None:
    """The stop that is nearest to what had the focus and was hidden or disabled."""
    around = lost
    while around is not None and not around.isWindow():
        inside = next((one for one in found if one is around or around.isAncestorOf(one)), None)
        if inside is not None:
            return inside
        around = around.parentWidget()
    return None


def step(parts: Iterable[QWidget], forward: bool) -> bool:
    """Give the focus to the next stop, or the one before; False where there is none."""
    found = stops(parts)
    if not found:
        return False
    at: QWidget | None = QApplication.focusWidget() or found[0].window().focusWidget()  # of a window that is behind a dialog
    # What has the focus may be a part of a stop; of stops within one another the innermost counts.
    places = [number for number, one in enumerate(found) if at is not None and (one is at or one.isAncestorOf(at))]
    if places:
        target = found[(places[-1] + (1 if forward else -1)) % len(found)]
    else:
        inside = [one for one in found if at is not None and at.isAncestorOf(one)]
        target = (inside[0 if forward else -1] if inside else _near(at, found)) or found[0 if forward else -1]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    around = target.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(target)
        around = around.parentWidget()
    return True
