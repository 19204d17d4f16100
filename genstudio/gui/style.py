"""The style sheet and the palette of the application, made from the colours of the theme.

Widgets say what they are by the property ``kind``; nothing else sets colours or fonts. A line of a control is one pixel, of the one
that has the focus two, and its padding gives way, so that nothing moves.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from genstudio import paths
from genstudio.gui.theme import Colours

__all__ = ["palette", "set_kind", "style_sheet"]

_SIZES = {"display": 2.2, "title": 1.6, "heading": 1.1, "base": 1.0, "caption": 0.88}
_SHEET = """
QWidget { font-size: @size_base; }
QMainWindow, QDialog { background: @page; }
QWidget { color: @text; }
QToolTip { background: @raised; color: @text; border: 1px solid @edge; padding: 6px 8px; }

QLabel { background: transparent; }
QLabel[kind="display"] { font-size: @size_display; font-weight: 600; }
QLabel[kind="title"] { font-size: @size_title; font-weight: 600; }
QLabel[kind="heading"] { font-size: @size_heading; font-weight: 600; }
QLabel[kind="muted"] { color: @muted; }
QLabel[kind="caption"] { color: @muted; font-size: @size_caption; }
QLabel[kind="error"] { color: @bad; }
QLabel[kind="warn"] { color: @warn; }
QLabel[kind="good"] { color: @good; }
QLabel[kind="brand"] { font-size: @size_heading; font-weight: 600; }
QLabel[kind="key"] { color: @muted; background: @sunken; border: 1px solid @line; border-radius: 4px; padding: 1px 6px; font-size: @size_caption; }

QFrame[kind="card"] { background: @surface; border: 1px solid @line; border-radius: 10px; }
QFrame[kind="card"]:hover { border-color: @edge; }
QFrame[kind="card"][selected="true"] { border: 2px solid @accent; }
QFrame[kind="card"]:focus { border: 2px solid @accent; }
QFrame[kind="panel"] { background: @surface; border: 1px solid @line; border-radius: 10px; }
QFrame[kind="well"] { background: @sunken; border: 1px solid @line; border-radius: 10px; }
QFrame[kind="well"]:focus { border: 2px solid @accent; }
QFrame[kind="strip"] { background: @surface; border: none; border-bottom: 1px solid @line; }
QFrame[kind="topbar"] { background: @surface; border: none; border-bottom: 1px solid @line; }
QFrame[kind="bottombar"] { background: @surface; border: none; border-top: 1px solid @line; }
QFrame[kind="rail"] { background: @sunken; border: none; border-right: 1px solid @line; }
QFrame[kind="inspector"] { background: @surface; border: none; border-left: 1px solid @line; }
QFrame[kind="trouble"] { background: @surface; border: 1px solid @bad; border-radius: 8px; }
QFrame[kind="line"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="popup"] { background: @raised; border: 1px solid @edge; border-radius: 10px; }

QPushButton { background: @surface; color: @text; border: 1px solid @edge; border-radius: 6px; padding: 6px 14px; min-height: 18px; }
QPushButton:hover { background: @sunken; }
QPushButton:pressed, QPushButton:checked { background: @selection; border-color: @accent; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: @faint; border-color: @line; background: @page; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:pressed { background: @accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @sunken; color: @faint; border-color: @line; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover { background: @hover; }
QPushButton[kind="quiet"]:pressed, QPushButton[kind="quiet"]:checked { background: @selection; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent; }
QPushButton[kind="danger"] { color: @bad; border-color: @bad; }
QPushButton[kind="danger"]:hover { background: @sunken; }
QPushButton[kind="icon"], QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px; min-height: 20px; }
QPushButton[kind="icon"] { min-width: 20px; }
QPushButton[kind="icon"]:hover, QToolButton:hover { background: @hover; }
QPushButton[kind="icon"]:pressed, QPushButton[kind="icon"]:checked, QToolButton:pressed, QToolButton:checked { background: @selection; }
QPushButton[kind="icon"]:focus, QToolButton:focus { border: 2px solid @accent; padding: 4px; }
QToolButton:disabled { color: @faint; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[kind="chooser"] { border: 1px solid @edge; background: @surface; padding: 5px 10px; }
QToolButton[kind="chooser"]:hover { background: @sunken; }
QToolButton[kind="chooser"]:focus { border: 2px solid @accent; padding: 4px 9px; }
QToolButton[kind="place"] { color: @muted; border: 2px solid transparent; border-radius: 8px; padding: 7px 10px; text-align: left; }
QToolButton[kind="place"]:hover { background: @hover; color: @text; }
QToolButton[kind="place"]:checked { background: @selection; color: @text; font-weight: 600; }
QToolButton[kind="place"]:focus { border: 2px solid @accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QAbstractSpinBox {
    background: @surface; color: @text; border: 1px solid @edge; border-radius: 6px; padding: 5px 8px; min-height: 20px;
    selection-background-color: @accent; selection-color: @on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid @accent; padding: 4px 7px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: @faint; background: @page; border-color: @line;
}
QLineEdit[kind="search"] { background: @page; }
QLineEdit[kind="wrong"], QAbstractSpinBox[kind="wrong"] { border: 2px solid @bad; padding: 4px 7px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(@icons/chevron-down-@name.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
    background: @raised; color: @text; border: 1px solid @edge; outline: none; padding: 4px;
    selection-background-color: @selection; selection-color: @text;
}
QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox:focus { padding-right: 19px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 20px; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 2px; }
QAbstractSpinBox::up-arrow { image: url(@icons/chevron-up-@name.svg); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url(@icons/chevron-down-@name.svg); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 3px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @faint; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @edge; border-radius: 4px; background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@icons/check-@name.svg); }
QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent; image: url(@icons/minus-@name.svg); }
QCheckBox::indicator:disabled { border-color: @line; background: @page; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @edge; border-radius: 8px; background: @surface; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 4px solid @accent; background: @on_accent; }

QSlider { min-height: 24px; background: transparent; }
QSlider:horizontal { border: 2px solid transparent; border-radius: 6px; }
QSlider:focus { border: 2px solid @accent; border-radius: 6px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @track; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; background: @accent; }
QSlider::handle:horizontal:hover { background: @accent_hover; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: @track; }
QSlider::add-page:vertical { width: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:vertical { width: 16px; height: 16px; margin: 0 -6px; border-radius: 8px; background: @accent; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:disabled { background: @faint; }

QProgressBar { background: @track; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QMenu { background: @raised; color: @text; border: 1px solid @edge; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 5px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 6px 4px; }
QMenu::right-arrow { image: url(@icons/chevron-right-@name.svg); width: 14px; height: 14px; }

QAbstractItemView { background: @surface; color: @text; border: 1px solid @line; border-radius: 8px; outline: none;
    selection-background-color: @selection; selection-color: @text; alternate-background-color: @page; }
QAbstractItemView:focus { border: 2px solid @accent; }
QListView::item, QTreeView::item, QTableView::item { padding: 5px 6px; border: none; }
QListView::item { border-radius: 5px; }
QAbstractItemView::item:hover { background: @hover; }
QAbstractItemView::item:selected { background: @selection; color: @text; }
QListView[kind="popup"] { border: none; background: transparent; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line; padding: 6px; font-weight: 600; }
QTableView { gridline-color: @line; }
QTableCornerButton::section { background: @surface; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[kind="page"] { background: transparent; }
QScrollArea:focus { border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @track; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: 2px solid transparent; border-bottom: 2px solid transparent; padding: 7px 14px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:focus { border: 2px solid @accent; border-radius: 6px; }
QGroupBox { border: 1px solid @line; border-radius: 8px; margin-top: 18px; padding: 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 4px; color: @muted; font-weight: 600; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }
"""


def style_sheet(colours: Colours, size: float = 10.0) -> str:
    """The style sheet of the application; ``size`` is that of ordinary words, in points."""
    words = {name: getattr(colours, name) for name in colours.__dataclass_fields__}
    words["icons"] = (paths.resources() / "icons" / "style").as_posix()
    words["hover"] = _mixed(colours.surface, colours.muted, 0.12)
    words["track"] = _mixed(colours.surface, colours.edge, 0.45)
    words |= {f"size_{name}": f"{size * times:.1f}pt" for name, times in _SIZES.items()}
    sheet = _SHEET
    for name in sorted(words, key=len, reverse=True):  # "accent_hover" before "accent"
        sheet = sheet.replace(f"@{name}", words[name])
    return sheet


def _mixed(a: str, b: str, share: float) -> str:
    one, two = QColor(a), QColor(b)
    parts = [
        round((1 - share) * x + share * y)
        for x, y in zip(one.getRgb()[:3], two.getRgb()[:3], strict=True)  # type: ignore[arg-type, index]
    ]
    return QColor(*parts).name()


def palette(colours: Colours) -> QPalette:
    """The palette of the application, for what style sheets do not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.page,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.page,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Mid: colours.edge,
        role.Midlight: colours.line,
        role.Dark: colours.edge,
        role.Shadow: colours.line,
        role.Light: colours.raised,
        role.Accent: colours.accent,
    }
    for which, colour in pairs.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.faint))
    return made


def set_kind(widget: QWidget, kind: str) -> None:
    """Change what a widget is for the style sheet, and have it drawn so."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
