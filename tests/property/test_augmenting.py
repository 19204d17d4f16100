"""Whatever the table: its rows come back as they were, and new ones are new, of their class and traceable, or it is said."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import genstudio
from genstudio.domains import get_domain
from genstudio.evaluation.near import Near

TEXT = get_domain("text")
WORDS = st.sampled_from(["the cat", "a dog", "sees", "the moon", "today", "again", 'an "apple"', "a, b", "März", "猫", "", "  "])
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
ROWS = st.lists(st.tuples(TEXTS, st.sampled_from(["a", "b", "c c", ""]), st.text("xy,;\"' ", max_size=3)), min_size=1, max_size=9)


@pytest.mark.slow
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, per_class=st.integers(1, 5), way=st.sampled_from(["both", "vary", "between"]), seed=st.integers(0, 2**63 - 1))
def test_any_table(writer: Path, tmp_path: Path, rows: list[tuple[str, str, str]], per_class: int, way: str, seed: int) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "o.csv"
    out.unlink(missing_ok=True)
    with open(table, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "class", "note"), *rows])
    how = {"per_class": per_class, "way": way, "amount": 1.0, "seed": seed, "doubtful": True}
    if not any(text.strip() and label for text, label, _ in rows):
        with pytest.raises(genstudio.InputError):
            genstudio.augment(writer, table, "class", out, **how)
        assert not out.exists()
        return
    result = genstudio.augment(writer, table, "class", out, **how)
    with open(out, encoding="utf-8", newline="") as file:
        after = list(csv.reader(file))[1:]
    known = [tuple(row[:3]) for row in after[: len(after) - result["new"]]]
    assert known == rows
    near, before = Near(TEXT), Counter[str]()
    for text, label, _ in known:
        if text.strip() and label:
            before[label] += 1
            near.add(TEXT.parse(text), label)
    for text, label, note, source, mate, *_ in after[len(known) :]:
        assert not note
        assert known[int(source) - 1][1] == label
        assert not mate or (known[int(mate) - 1][1] == label and mate != source)
        assert near.has(TEXT.parse(text), 0.1) == ()
        near.add(TEXT.parse(text), label)
    counts = before + Counter(row[1] for row in after[len(known) :])
    for label, count in before.items():
        short = any(label in remark and "no more were found" in remark for remark in result["remarks"])
        assert counts[label] == max(count, per_class) or (short and counts[label] < per_class)
