"""Forms made from the engine's settings, and the words that they show."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from genstudio.config import Drawing, KLOptions, OptimizerOptions, TrainConfig, settings
from genstudio.evaluation.options import EvaluationOptions
from genstudio.gui.names import folder_for, free_title
from genstudio.gui.spans import about_time
from genstudio.gui.widgets.form import Fold, Form


@pytest.fixture
def form(qtbot: Any) -> Form:
    made = Form([*settings(OptimizerOptions, "optimizer."), *settings(KLOptions, "kl."), *settings(TrainConfig)],
                {"optimizer.steps": 800, "kl.schedule": "sigmoid"})  # fmt: skip
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_form_begins_where_it_is_told_and_says_what_was_changed(form: Form, qtbot: Any) -> None:
    assert (form.value("optimizer.steps"), form.value("optimizer.batch_size")) == (800, 64)
    assert (form.value("kl.schedule"), form.value("bottleneck"), form.value("word_dropout")) == ("sigmoid", "vae", 0.0)
    assert form.overrides() == []
    with qtbot.waitSignal(form.changed):
        form.put("word_dropout", 0.25)
    form.put("bottleneck", "ae")
    form.put("kl.schedule", "cyclical")
    form.put("optimizer.steps", 900)
    assert set(form.overrides()) == {"optimizer.steps=900", "word_dropout=0.25", "bottleneck=ae", "kl.schedule=cyclical"}
    form.begin_at({"optimizer.steps": 900})
    assert form.overrides() == []
    assert form.value("kl.schedule") == "linear"


@pytest.mark.parametrize("wide", [360, 720, 1100])
def test_no_label_is_cut(form: Form, wide: int) -> None:
    form.resize(wide, 2400)
    for row in form._rows.values():
        label = row.label
        assert label.heightForWidth(label.width()) <= label.height(), label.text()
        longest = max(label.text().split(), key=label.fontMetrics().horizontalAdvance)
        assert label.fontMetrics().horizontalAdvance(longest) <= label.width(), label.text()


def test_what_is_typed_counts_and_can_be_taken_back(form: Form, qtbot: Any) -> None:
    field = form.field("optimizer.learning_rate")
    assert field.text() == "0.001"  # type: ignore[attr-defined]
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(field, "2.5e-4")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert form.overrides() == ["optimizer.learning_rate=0.00025"]
    back = form._rows["optimizer.learning_rate"].back
    assert back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert form.overrides() == []
    assert not back.isVisible()


@pytest.mark.parametrize("typed", ["7", "-1", "x", "nan", ""])
def test_what_is_out_of_range_or_no_number_is_not_taken(form: Form, typed: str, qtbot: Any) -> None:
    field = form.field("word_dropout")
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(field, typed or "\b")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert 0 <= form.value("word_dropout") <= 1


def test_the_wheel_scrolls_the_page_unless_a_field_has_the_focus(form: Form) -> None:
    field = form.field("optimizer.steps")
    centre = QPointF(field.rect().center())
    for focused, value in ((False, 800), (True, 810)):
        field.setFocus() if focused else field.clearFocus()
        event = QWheelEvent(centre, field.mapToGlobal(centre), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        QApplication.sendEvent(field, event)
        assert form.value("optimizer.steps") == value


def test_every_field_has_a_name_and_a_help(form: Form) -> None:
    for name in form.names:
        field = form.field(name)
        assert field.accessibleName()
        assert field.toolTip() == field.accessibleDescription() != ""
        assert isinstance(field, QComboBox) or field.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_what_the_engine_would_not_take_is_said_at_the_field(qtbot: Any) -> None:
    form = Form(settings(Drawing), {})
    qtbot.addWidget(form)
    form.show()
    form.put("top_p", 0.0)
    assert form.wrong == "Top-p is 0.0; expected a number above 0.0 to 1.0."
    assert form._rows["top_p"].error.isVisible()
    form.put("top_p", 0.5)
    assert form.wrong == ""
    assert not form._rows["top_p"].error.isVisible()


def test_what_was_kept_is_drawn_into_the_range_or_left_out(qtbot: Any) -> None:
    form = Form(settings(EvaluationOptions), {})
    qtbot.addWidget(form)
    form.restore({"limit": 0, "samples": 10**9, "generated": "many", "split": "train", "write": 1, "harmony": True, "no": 1})
    assert (form.value("limit"), form.value("samples"), form.value("split")) == (None, 100_000, "train")
    assert (form.value("generated"), form.value("write"), form.value("harmony")) == (100, False, 100)


def test_a_fold_hides_what_is_below_it(qtbot: Any) -> None:
    content = QLineEdit()
    qtbot.addWidget(content)
    fold = Fold(content)
    qtbot.addWidget(fold)
    assert content.isHidden()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert not content.isHidden()
    content.hide()


@pytest.mark.parametrize(("seconds", "said"), [
    (3, "less than a minute"), (61, "about 1 min"), (1440, "about 25 min"), (9000, "about 2.5 h"), (90_000, "about 25 h"),
    (400_000, "about 5 days"),
])  # fmt: skip
def test_times_are_as_rough_as_they_are_known(seconds: float, said: str) -> None:
    assert about_time(seconds) == said


def test_names_become_folders(tmp_path: Any) -> None:
    assert folder_for("Jigs & Reels: 1/2", tmp_path).name == "Jigs-&-Reels-1-2"
    assert folder_for(" .. ", tmp_path).name == "untitled"
    assert folder_for("con", tmp_path).name == "con-1"
    assert folder_for("曲集", tmp_path).name == "曲集"
    (tmp_path / "Reels").mkdir()
    assert folder_for("reels", tmp_path).name == "reels-2"
    assert free_title("a", {"a", "a 2"}) == "a 3"
