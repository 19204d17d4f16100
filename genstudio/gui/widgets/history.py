"""The history: what was done, each job with its model, seed and settings."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from genstudio.gui.context import Context
from genstudio.gui.spans import moment
from genstudio.gui.theme import SPACE, Theme
from genstudio.gui.widgets.rows import Index, operation_label
from genstudio.library import JobEntry

__all__ = ["JobList"]

_NONE = QModelIndex()
_JOB = Qt.ItemDataRole.UserRole + 1
_PAGE = 200
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Jobs(QAbstractListModel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.jobs: list[JobEntry] = []
        self._all = False
        self._reading = False

    def look(self) -> None:
        self._reading = True
        self._context.shelf.jobs(self._have, limit=max(_PAGE, len(self.jobs)))

    def _have(self, jobs: list[JobEntry]) -> None:
        self._reading = False
        self._all = len(jobs) < max(_PAGE, len(self.jobs))
        if jobs != self.jobs:
            self.beginResetModel()
            self.jobs = jobs
            self.endResetModel()

    def _have_more(self, jobs: list[JobEntry]) -> None:
        self._reading = False
        self._all = len(jobs) < _PAGE
        if jobs:
            self.beginInsertRows(_NONE, len(self.jobs), len(self.jobs) + len(jobs) - 1)
            self.jobs += jobs
            self.endInsertRows()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.jobs)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._all and not self._reading and bool(self.jobs)

    def fetchMore(self, parent: Index) -> None:
        self._reading = True
        self._context.shelf.jobs(self._have_more, offset=len(self.jobs), limit=_PAGE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.jobs):
            return None
        job = self.jobs[index.row()]
        if role == _JOB:
            return job
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(job)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return "\n".join((title_of(job), self.about(job), settings_of(job)))
        return None

    def about(self, job: JobEntry) -> str:
        """Model, seed and how many pieces."""
        pieces = self.tr("1 piece") if job.pieces == 1 else self.tr("{count} pieces").format(count=job.pieces)
        return "  ·  ".join((job.model, self.tr("seed {seed}").format(seed=job.seed), pieces))


def title_of(job: JobEntry) -> str:
    """What was done with what."""
    names = [source.replace("\\", "/").rsplit("/", 1)[-1] for source in job.sources]
    label = operation_label(job.operation)
    return f"{label}: {', '.join(names)}" if names else label


def settings_of(job: JobEntry) -> str:
    """What was asked for, and when."""
    told = [f"{name} {value}" for name, value in job.settings.items() if isinstance(value, (int, float, str))]
    return "  ·  ".join([moment(job.made), *told])


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._list = theme, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(30 * SPACE, 9 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        job, model = index.data(_JOB), index.model()
        if not isinstance(job, JobEntry) or not isinstance(model, _Jobs):
            return
        colours, state = self._theme.colours, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 1, -2, -1)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.sunken))
            painter.drawRoundedRect(box, 6, 6)
        if self._list.hasFocus() and index == self._list.currentIndex():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        inner = option.rect.adjusted(2 * SPACE, SPACE, -SPACE, -SPACE)
        small, strong = QFont(option.font), QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.88)
        strong.setWeight(QFont.Weight.Medium)
        lines = (
            (strong, colours.text, title_of(job)),
            (small, colours.text, model.about(job)),
            (small, colours.muted, settings_of(job)),
        )
        height = inner.height() // 3
        for number, (font, colour, text) in enumerate(lines):
            line = QRect(inner.left(), inner.top() + number * height, inner.width(), height)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(line, _LEFT, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width()))
        painter.restore()


class JobList(QListView):
    """The jobs of the library, the newest first; ``picked`` gives the current one."""

    picked = Signal(object)  # JobEntry or None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = _Jobs(context, self)
        self.setModel(self.jobs)
        self.setItemDelegate(_Delegate(context.theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setMinimumWidth(32 * SPACE)
        self._id = ""
        self.jobs.modelReset.connect(self._again)
        context.theme.changed.connect(self.viewport().update)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every string."""
        self.setAccessibleName(self.tr("History"))

    def look(self) -> None:
        """Read the jobs anew."""
        self.jobs.look()

    def _again(self) -> None:
        """The job that was looked at, or the newest."""
        place = next((number for number, job in enumerate(self.jobs.jobs) if job.id == self._id), 0)
        if self.jobs.jobs:
            self.setCurrentIndex(self.jobs.index(place))
        else:
            self.picked.emit(None)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        job = current.data(_JOB)
        if isinstance(job, JobEntry):
            self._id = job.id
            self.picked.emit(job)
