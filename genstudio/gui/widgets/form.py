"""Forms made from the engine's own settings: each field with the label, help, unit, range and choices that it has there."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from genstudio.gui.icons import icon
from genstudio.gui.layouts import Button, Words, new_button
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.fields import Field, begins, engine_word, fitted

__all__ = ["Fold", "Form", "engine_word"]

_LABEL, _FIELD, _UNIT, _GAP = 132, 112, 40, 6  # pixels
_WIDE = 344  # of one column with all that is in it


class _Row(Field):
    """One setting, and the button that takes it back to where it began."""

    def __init__(self, form: Form, about: Mapping[str, Any], value: Any) -> None:
        super().__init__(about, form, form.tell)
        self.base = value
        self.label.setWordWrap(True)  # a long one, in any language, has two lines
        self.back = new_button(form, lambda: self.put(self.base), "icon", picture="undo")
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.put(value)

    @property
    def changed(self) -> bool:
        return bool(self.value() != self.base)


class Form(QWidget):
    """Settings as fields, in two columns where there is room for two."""

    changed = Signal()

    def __init__(
        self, settings: Sequence[Mapping[str, Any]], values: Mapping[str, Any], parent: QWidget | None = None, *,
        columns: int = 2, wide: bool = False, context: str = "Settings",
    ) -> None:  # fmt: skip
        """``settings`` as of :func:`genstudio.config.settings`; ``values``: where each begins, its own default where it is not in
        there.

        Args:
            columns: the most of them.
            wide: fields take the room that there is, and nothing is taken back by a button.
            context: of the translations of labels and helps.
        """
        super().__init__(parent)
        self._quiet = True
        self._context = context
        self._most, self._wide = columns, wide
        self._columns = 0
        self._shown: Collection[str] | None = None
        self._rows: dict[str, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE if wide else _GAP)
        self._grid.setVerticalSpacing(SPACE)
        for about in settings:
            name = str(about["name"])
            row = self._rows[name] = _Row(self, about, values.get(name, begins(about)))
            if wide:
                row.back.hide()
            else:
                row.control.setFixedWidth(_FIELD)
        self._arrange(columns)
        self._quiet = False
        self.retranslate()
        self._mark()

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        grid, high = self._grid, -(-len(self._rows) // columns)
        for column in range(self._most):  # forms below one another have their fields below one another, too
            used = column < columns and not self._wide
            grid.setColumnMinimumWidth(5 * column, _LABEL if used else 0)
            grid.setColumnMinimumWidth(5 * column + 2, _UNIT if used else 0)
            grid.setColumnStretch(5 * column + (1 if self._wide else 4), int(column == columns - 1))
            grid.setColumnMinimumWidth(5 * column + 4, 0 if self._wide else SPACE)
        for number, row in enumerate(self._rows.values()):
            column, line = divmod(number, high)
            for offset, widget in enumerate((row.label, row.control, row.unit, *(() if self._wide else (row.back,)))):
                grid.addWidget(widget, 2 * line, 5 * column + offset)
            grid.addWidget(row.error, 2 * line + 1, 5 * column, 1, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(min(self._most, 2 if event.size().width() >= 2 * _WIDE else 1))
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDE - 2 * SPACE, super().minimumSizeHint().height())

    def offer(self, names: Collection[str]) -> None:
        """Show the fields of these settings and no others."""
        self._shown = names
        for name, row in self._rows.items():
            for widget in (row.label, row.control, row.unit):
                widget.setVisible(name in names)
            self._fit(row)
            row.error.setVisible(name in names and bool(row.error.text()))
        self.setVisible(bool(names))

    @property
    def fields(self) -> dict[str, QWidget]:
        """The controls, by the names of the settings."""
        return {name: row.control for name, row in self._rows.items()}

    @property
    def values(self) -> dict[str, Any]:
        """What the fields say that are shown."""
        return {name: row.value() for name, row in self._rows.items() if self._shown is None or name in self._shown}

    def value(self, name: str) -> Any:
        """The value of one setting."""
        return self._rows[name].value()

    def put(self, name: str, value: Any) -> None:
        """Set one; names that are not here are passed over."""
        if name in self._rows:
            self._rows[name].put(value)

    def restore(self, values: Mapping[str, Any]) -> None:
        """Take what was kept of :attr:`values`; what does not fit is left out."""
        for name, row in self._rows.items():
            with contextlib.suppress(ValueError, KeyError):
                row.put(fitted(row.about, values[name]))

    def field(self, name: str) -> QWidget:
        """The control of one."""
        return self.fields[name]

    @property
    def names(self) -> list[str]:
        """All settings."""
        return list(self._rows)

    @property
    def wrong(self) -> str:
        """What is wrong with the first field that the engine would not take; "" if it takes all."""
        return next((row.error.text() for row in self._rows.values() if row.error.text()), "")

    def overrides(self) -> list[str]:
        """``name=value`` of those that were changed."""
        return [f"{name}={_written(row.value())}" for name, row in self._rows.items() if row.changed]

    def begin_at(self, values: Mapping[str, Any]) -> None:
        """Other values to begin with; what was changed goes."""
        self._quiet = True
        for name, row in self._rows.items():
            row.base = values.get(name, begins(row.about))
            row.put(row.base)
        self._quiet = False
        self.tell()

    def tell(self, *_: object) -> None:
        """One of the fields has changed."""
        if not self._quiet:
            self._mark()
            self.changed.emit()

    def _fit(self, row: _Row) -> None:
        """Give the room of a unit to the field where there is none."""
        if self._wide and not row.unit.text():
            row.unit.hide()

    def _mark(self) -> None:
        for row in self._rows.values():
            row.back.setVisible(row.changed and not self._wide)

    def retranslate(self) -> None:
        """Set every string."""
        back = self.tr("Set {name} back to the preset")
        for row in self._rows.values():
            row.retranslate(self._context)
            self._fit(row)
            row.back.setAccessibleName(back.format(name=row.label.text()))
            row.back.setToolTip(row.back.accessibleName())


class Fold(Button):
    """A button that shows and hides what is below it."""

    def __init__(self, content: QWidget, words: Words | None = None, parent: QWidget | None = None) -> None:
        """words: what is in it."""
        super().__init__(parent)
        self.words = words
        self.setProperty("kind", "quiet")
        self.setCheckable(True)
        content.setVisible(False)
        self.toggled.connect(content.setVisible)
        self.toggled.connect(self._turn)
        self._turn(False)
        self.retranslate()

    def _turn(self, on: bool) -> None:
        self.setIcon(icon("chevron-down" if on else "chevron-right"))


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:.10g}" if isinstance(value, float) else str(value)
