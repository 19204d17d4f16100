"""Augmentation with small models: what is kept, what is left out, where new pieces come from, and that a stopped call goes on."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

import genstudio
from genstudio.domains import get_domain
from genstudio.errors import ConfigError, FileError, InputError, ModelError, Stopped
from genstudio.evaluation.near import Near
from genstudio.latent.augmenting import Belonging, codes_know_more
from genstudio.progress import Stop
from genstudio.tasks.augmented import ADDED

TEXT = get_domain("text")


def rows_of(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def table(sentences: Path, tmp_path_factory) -> Path:
    """Sentences about animals (few), people (more) and the rest (most), with a column of numbers."""
    path = tmp_path_factory.mktemp("table") / "t.csv"
    found: dict[str, list[str]] = {"animal": [], "person": [], "thing": []}
    for line in sentences.read_text(encoding="utf-8").splitlines():
        kind = "animal" if "cat" in line or "dog" in line else "person" if "sister" in line or "man" in line else "thing"
        found[kind].append(line)
    rows = [(text, kind) for kind, count in (("animal", 6), ("person", 9), ("thing", 12)) for text in found[kind][:count]]
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["number", "text", "kind"])
        writer.writerows([number, text, kind] for number, (text, kind) in enumerate(rows))
    return path


def augment(writer: Path, table: Path, out: Path, **options):
    return genstudio.augment(writer, table, "kind", out, **{"per_class": 14, "amount": 1.0, "doubtful": True, **options})


def test_rows_stay_and_new_ones_are_traceable(writer, table, tmp_path):
    result = augment(writer, table, tmp_path / "o.csv")
    before, after = rows_of(table), rows_of(tmp_path / "o.csv")
    assert [{name: row[name] for name in before[0]} for row in after[: len(before)]] == before
    assert all(not row[name] for row in after[: len(before)] for name in ADDED)
    new = after[len(before) :]
    assert len(new) == result["new"] > 0
    near = Near(TEXT)
    for row in before:
        near.add(TEXT.parse(row["text"]), row["kind"])
    for row in new:
        assert not row["number"]
        source = before[int(row["source_row"]) - 1]
        assert source["kind"] == row["kind"]
        if row["mate_row"]:
            assert before[int(row["mate_row"]) - 1]["kind"] == row["kind"]
            assert row["mate_row"] != row["source_row"]
        assert 0.0 < float(row["amount"]) <= 1.0
        assert int(row["seed"]) >= 0
        piece = TEXT.parse(row["text"])
        assert near.has(piece, 0.1) == ()
        near.add(piece, row["kind"])
    # The new pieces of a class weigh together 0.3 times as much as its own.
    for one in result["classes"]:
        weights = [float(row["weight"]) for row in new if row["kind"] == one["label"]]
        assert sum(weights) == pytest.approx(0.3 * one["before"], abs=0.05)
        assert one["after"] == one["before"] + len(weights)
        assert one["after"] == 14 or any(one["label"] in remark for remark in result["remarks"])
    assert not list(tmp_path.glob(".*"))


def test_the_same_seed_gives_the_same_bytes_and_another_others(writer, table, tmp_path):
    for name, seed in (("a.csv", 1), ("b.csv", 1), ("c.csv", 2)):
        augment(writer, table, tmp_path / name, seed=seed)
    a, b, c = ((tmp_path / name).read_bytes() for name in ("a.csv", "b.csv", "c.csv"))
    assert a == b != c


@pytest.mark.parametrize("way", ["vary", "between"])
def test_ways(writer, table, tmp_path, way):
    augment(writer, table, tmp_path / "o.jsonl", way=way)
    new = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()][27:]
    assert new
    assert {bool(row["mate_row"]) for row in new} == {way == "between"}


def test_by_default_each_class_gets_as_many_as_the_largest(writer, table, tmp_path):
    result = augment(writer, table, tmp_path / "o.csv", per_class=None)
    assert [one["wanted"] for one in result["classes"]] == [12, 12, 12]


@pytest.mark.parametrize("batches", [0, 3])
def test_a_stopped_call_goes_on(writer, table, tmp_path, batches, monkeypatch):
    whole, stopped = tmp_path / "whole.csv", tmp_path / "stopped.csv"
    options = {"measure": True, "splits": 2}
    result = augment(writer, table, whole, **options)
    stop = Stop()
    decode, count = genstudio.Model.decode, 0

    def counted(self, *given, **named):
        nonlocal count
        count += 1
        if count > batches:
            stop.request()
        return decode(self, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(genstudio.Model, "decode", counted)
        with pytest.raises(Stopped, match="the same call goes on"):
            augment(writer, table, stopped, stop=stop, **options)
    assert not stopped.exists()
    (log,) = tmp_path.glob(".stopped.csv.unfinished")
    log.write_bytes(log.read_bytes() + b'["torn')  # as if the power had failed
    made = count
    count = 0
    with monkeypatch.context() as patch:
        patch.setattr(genstudio.Model, "decode", lambda self, *given, **named: counted(self, *given, **named))
        again = augment(writer, table, stopped, **options)
    assert stopped.read_bytes() == whole.read_bytes()
    assert {**again, "out": ""} == {**result, "out": ""}
    assert made >= 1
    assert not list(tmp_path.glob(".*"))


def test_what_was_begun_under_other_conditions_is_not_taken(writer, table, tmp_path):
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        augment(writer, table, tmp_path / "o.csv", stop=stop)
    (log,) = tmp_path.glob(".o.csv.unfinished")
    log.write_bytes(log.read_bytes() + b'["one and the same."]\n')
    augment(writer, table, tmp_path / "o.csv", seed=5)
    assert "one and the same" not in (tmp_path / "o.csv").read_text(encoding="utf-8")


def test_the_report(writer, table, tmp_path):
    pytest.importorskip("sklearn")
    report = augment(writer, table, tmp_path / "o.csv", measure=True, splits=3)["report"]
    assert report["verdict"] in ("helped", "harmed", "nothing")
    assert report["splits"] == 3
    assert f"{report['with']['mean']:.1f} instead of {report['without']['mean']:.1f}" in report["sentence"]
    assert report["difference"]["mean"] == pytest.approx(report["with"]["mean"] - report["without"]["mean"])


def test_held_out_pieces_are_no_sources(writer, table, tmp_path, monkeypatch):
    pytest.importorskip("sklearn")
    from genstudio.evaluation.classes import Classifier

    seen = []
    made = genstudio.latent.augmenting.augmented

    def watched(model, pieces, labels, wanted, **how):
        seen.append({piece.text for piece in pieces})
        return made(model, pieces, labels, wanted, **how)

    asked = []
    score = Classifier.macro_f1
    monkeypatch.setattr("genstudio.latent.augmenting.augmented", watched)

    def scored(self, held, labels):
        asked.append({piece.text for piece in held})
        return score(self, held, labels)

    monkeypatch.setattr(Classifier, "macro_f1", scored)
    augment(writer, table, tmp_path / "o.csv", measure=True, splits=2)
    assert len(seen) == 3
    for split in range(2):
        assert not seen[1 + split] & asked[2 * split]
        assert asked[2 * split] == asked[2 * split + 1]


def test_without_scikit_learn_the_report_says_what_to_install(writer, table, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ConfigError, match=r"scikit-learn, which is not installed; install it: "):
        augment(writer, table, tmp_path / "o.csv", measure=True)
    assert not list(tmp_path.iterdir())
    augment(writer, table, tmp_path / "o.csv")


def test_a_folder_of_melodies(composer, tmp_path, make_tune):
    for number in range(5):
        make_tune(number, 2, (4, 4)).write(str(tmp_path / f"{number}.mid"))
    (tmp_path / "t.csv").write_text("file,mood\n0.mid,calm\n1.mid,calm\n2.mid,wild\n3.mid,wild\n4.mid,wild\n", encoding="utf-8")
    options = {"per_class": 6, "amount": 1.0, "doubtful": True}
    result = genstudio.augment(composer, tmp_path / "t.csv", "mood", tmp_path / "out", **options)
    rows = rows_of(tmp_path / "out" / "table.csv")
    assert [row["file"] for row in rows[:5]] == [f"{number}.mid" for number in range(5)]
    assert (tmp_path / "out" / "3.mid").read_bytes() == (tmp_path / "3.mid").read_bytes()
    assert len(rows) - 5 == result["new"] > 0
    melody = get_domain("melody")
    prints = {melody.fingerprint(melody.read(tmp_path / "out" / row["file"]).pieces[0]) for row in rows}
    assert len(prints) == len(rows)
    assert all(Path(row["file"]).parts[0] == "new" for row in rows[5:])
    with pytest.raises(FileError, match="there already"):
        genstudio.augment(composer, tmp_path / "t.csv", "mood", tmp_path / "out", **options)
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_domain_that_reads_labelled_tables_itself(writer, table, tmp_path, monkeypatch):
    """Pieces that a domain finds in a table, which are no rows of it, become files beside a table."""
    monkeypatch.setattr(type(TEXT), "is_text", False)
    monkeypatch.setattr("genstudio.latent.inputs.texts", lambda pieces: [])
    monkeypatch.setattr("genstudio.latent.augmenting.texts", lambda pieces: [])
    result = genstudio.augment(writer, table, "kind", tmp_path / "out", per_class=14, amount=1.0, doubtful=True)
    rows = rows_of(tmp_path / "out" / "table.csv")
    assert [row["kind"] for row in rows[:27]] == [row["kind"] for row in rows_of(table)]
    assert (tmp_path / "out" / rows[0]["file"]).read_text(encoding="utf-8").strip() == rows_of(table)[0]["text"]
    assert len(rows) == 27 + result["new"]
    assert all((tmp_path / "out" / row["file"]).is_file() for row in rows)


def test_wrong_calls(writer, table, tmp_path, text_corpus):
    with pytest.raises(FileError, match="expected a name that ends in"):
        augment(writer, table, tmp_path / "o.txt")
    with pytest.raises(FileError, match="is the table itself"):
        augment(writer, table, table)
    (tmp_path / "o.csv").mkdir()
    with pytest.raises(FileError, match="is a folder"):
        augment(writer, table, tmp_path / "o.csv")
    with pytest.raises(ConfigError, match="per_class"):
        augment(writer, table, tmp_path / "p.csv", per_class=0)
    with pytest.raises(FileError, match="cannot read"):
        augment(writer, tmp_path / "missing.csv", tmp_path / "p.csv")
    one = tmp_path / "one.csv"
    one.write_text("text,kind\nThe cat sees the moon.,a\nA dog hears a river.,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="the report needs"):
        augment(writer, one, tmp_path / "p.csv", measure=True, per_class=2)
    assert not (tmp_path / "p.csv").exists()
    assert not list(tmp_path.glob(".*"))


def test_a_class_of_one_piece_and_one_class_alone(writer, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("text,kind\nThe cat sees the moon today.,a\n", encoding="utf-8")
    result = augment(writer, path, tmp_path / "o.csv", per_class=3, way="between", doubtful=False)
    assert result["classes"][0]["before"] == 1
    assert Counter(bool(row["mate_row"]) for row in rows_of(tmp_path / "o.csv"))[True] == 0


def test_belonging_by_codes_and_by_parts():
    import numpy as np

    rng = np.random.default_rng(0)
    labels = ["a", "b"] * 20
    codes = rng.normal(size=(40, 6)) + np.array([[3.0 * (label == "a")] * 6 for label in labels])
    noise = rng.normal(size=(40, 6))
    parts = ["xyz" if label == "a" else "uvw" for label in labels]
    same = ["xyz"] * 40
    assert codes_know_more(codes, same, labels)
    assert not codes_know_more(noise, parts, labels)
    belonging = Belonging(codes, same, labels)
    assert belonging.of(np.array([[3.0] * 6, [0.0] * 6]), ["", ""]) == ["a", "b"]
    assert Belonging(noise, parts, labels).of(None, ["xx", "w", "q"])[:2] == ["a", "b"]


def test_a_language_model_is_refused(tmp_path, table, text_corpus, once):
    small = ["core=lstm", "bottleneck=none", "core.embedding=24", "core.hidden=24", "core.dropout=0", "prior.steps=0"]
    options = {"preset": "sentence", "max_steps": 1, "device": "cpu", "overrides": small}
    folder = once("augment/lm", lambda out: genstudio.train(text_corpus, out, **options))
    with pytest.raises(ModelError, match="language model"):
        augment(folder, table, tmp_path / "o.csv")
