from __future__ import annotations

import json
import os
import random
from pathlib import Path

import numpy as np
import pytest

from genstudio.corpus import Corpus, CorpusOptions, build
from genstudio.errors import ConfigError, CorpusError, FileError, Stopped, TokenizerError
from genstudio.progress import Monitor, Stop

NOTES = "abcdefgh"


def tunes(count, seed=0, bars=8):
    generator = random.Random(seed)
    return ["X" + "|".join("".join(generator.choices(NOTES, k=4)) for _ in range(bars)) for _ in range(count)]


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.fake").write_text("\n".join(lines), encoding="utf-8")
    return folder


def options(domain, **changes):
    return CorpusOptions(**{"domain": domain, "length": 2, "vocab_size": 60, "valid": 0.1, "test": 0.1, "workers": 1, **changes})


def contents(folder):
    skip = ("report.json",)  # holds seconds
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in skip
    }


def decoded(corpus, split):
    return [corpus.tokenizer.decode(ids) for ids in corpus.split(split)]


def test_a_corpus_of_text(tmp_path):
    generator = random.Random(0)
    words = "the tide was out and boats lay on sand nobody spoke while gulls cried over grey water 你好 世界".split()
    lines = [" ".join(generator.choices(words, k=8)) for _ in range(300)]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    result = build([tmp_path / "a.txt"], tmp_path / "out", CorpusOptions(domain="text", vocab_size=400))
    assert result["files"] == 1
    assert result["pieces"] == 300
    assert result["train"] + result["valid"] + result["test"] == 300
    assert result["valid"] == result["test"] == 15
    corpus = Corpus.open(tmp_path / "out")
    assert sorted([line for split in ("train", "valid", "test") for line in decoded(corpus, split)]) == sorted(lines)
    assert corpus.domain == "text"
    assert corpus.manifest["segments"] == 0
    store = corpus.split("valid")
    assert store.source(3).startswith(str(tmp_path / "a.txt#"))
    assert lines[int(store.source(3).rpartition("#")[2]) - 1] == corpus.tokenizer.decode(store[3]) == store.title(3)
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8")) == result


def test_a_corpus_of_phrases(tmp_path, fake):
    source = write(tmp_path / "in", a=tunes(30), b=tunes(30, 1), c=["DAMAGED"], d=["X"], e=["?", *tunes(1)])
    (source / "other.doc").write_text("x", encoding="utf-8")
    result = build([source], tmp_path / "out", options(fake))
    assert (result["files"], result["ignored"], result["ignored_kinds"]) == (5, 1, {".doc": 1})
    assert result["ignored_files"] == [str(source / "other.doc")]
    assert [(Path(entry["path"]).name, entry["reason"]) for entry in result["refused"]] == [
        ("c.fake", "damaged: it ends at byte 9."),
        ("d.fake#1", "no notes"),
        ("e.fake#1", "a bad line"),
    ]
    assert [(Path(entry["path"]).name, entry["reason"]) for entry in result["duplicates"]] == [
        ("e.fake#2", f"duplicate of {source / 'a.fake'}#1")
    ]
    assert result["duplicate_pieces"] == 1
    corpus = Corpus.open(tmp_path / "out")
    assert corpus.manifest["segments"] == 2
    assert corpus.manifest["options"]["stride"] == 2
    assert corpus.manifest["options"]["shortest"] == 1
    assert corpus.manifest["longest"] == max(int(corpus.split(split).lengths.max()) for split in ("train", "valid", "test"))
    sources = [{corpus.split(split).source(i) for i in range(len(corpus.split(split)))} for split in ("train", "valid", "test")]
    assert all(sources)
    assert not sources[0] & sources[1] | sources[0] & sources[2] | sources[1] & sources[2]


def test_no_phrase_is_twice_whatever_its_key(tmp_path, fake):
    lines = tunes(20)
    same = [key + lines[number][1:11] for number, key in enumerate("XYZ" * 4)]
    result = build([write(tmp_path / "in", a=lines, b=same)], tmp_path / "out", options(fake))
    corpus = Corpus.open(tmp_path / "out")
    everything = [line for split in ("train", "valid", "test") for line in decoded(corpus, split)]
    assert len({symbols[1:] for symbols in everything}) == len(everything)
    assert result["duplicate_phrases"] > 0


def test_pieces_that_share_a_fragment_are_on_one_side(tmp_path, fake):
    shared = "abcdefg"
    lines = [f"{tune}|{shared}" if number % 4 == 0 else tune for number, tune in enumerate(tunes(80))]
    result = build([write(tmp_path / "in", a=lines)], tmp_path / "out", options(fake))
    assert result["largest_group"] == 20
    corpus = Corpus.open(tmp_path / "out")
    sides = {
        int(store.source(i).rpartition("#")[2]): name
        for name in ("train", "valid", "test")
        for store in [corpus.split(name)]
        for i in range(len(store))
    }
    assert len({sides[number] for number in range(1, 80, 4)}) == 1


@pytest.mark.slow
def test_the_same_bytes_whatever_the_number_of_processes(tmp_path, fake):
    source = write(tmp_path / "in", **{f"f{number:02}": tunes(4, number) for number in range(70)})
    for workers in (1, 3):
        build([source], tmp_path / f"out{workers}", options(fake, workers=workers))
    assert contents(tmp_path / "out1") == contents(tmp_path / "out3")
    build([source], tmp_path / "other", options(fake, seed=1))
    assert Corpus.open(tmp_path / "other").digest != Corpus.open(tmp_path / "out1").digest


def test_too_few_pieces_to_hold_any_out(tmp_path, fake):
    result = build([write(tmp_path / "in", a=tunes(2))], tmp_path / "out", options(fake))
    assert (result["valid"], result["test"]) == (0, 0)
    assert "everything is trained on" in result["remarks"][0]
    assert len(Corpus.open(tmp_path / "out").split("valid")) == 0


def test_pieces_of_too_many_units_are_left_out(tmp_path):
    lines = [f"number {number} of them" for number in range(40)] + ["one two three four five six"]
    (tmp_path / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    options = CorpusOptions("text", vocab_size=300, most=4)
    result = build([tmp_path / "lines.txt"], tmp_path / "out", options)
    assert result["used_pieces"] == 40
    assert [one["reason"] for one in result["refused"]] == ["it has 6 words, and pieces of at most 4 are wanted"]


def test_phrases_that_are_too_long_are_refused(tmp_path, fake):
    lines = [*tunes(20), "X" + "|".join("".join(random.Random(n).choices(NOTES, k=60)) for n in range(2))]
    result = build([write(tmp_path / "in", a=lines)], tmp_path / "out", options(fake, max_tokens=20))
    assert len(result["refused"]) == 1
    assert "at most 20" in result["refused"][0]["reason"]
    assert result["longest"] <= 20


@pytest.mark.slow
def test_nothing_usable_gives_the_reasons(tmp_path, fake):
    source = write(tmp_path / "in", a=["DAMAGED"], b=["X"], c=["#"], d=["?"])
    with pytest.raises(CorpusError, match=r"a\.fake: damaged.*b\.fake#1: no notes.*and 1 more") as caught:
        build([source], tmp_path / "out", options(fake))
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()
    with pytest.raises(CorpusError, match="no file there"):
        build([write(tmp_path / "empty")], tmp_path / "out", options(fake))
    with pytest.raises(CorpusError, match="at most 1 can be used"):
        build([write(tmp_path / "short", a=tunes(5))], tmp_path / "out", options(fake, max_tokens=1))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "in", "plugins", "short"]


@pytest.mark.slow
def test_remarks_that_differ_in_details_are_one(tmp_path, fake) -> None:
    texts = [
        "track 2 of 3 was taken",
        "track 1 'A \u2013 B' of 12 was taken",
        'track 1 "It\'s" of 2 was taken',
        "no metre: 4/4 was assumed",
    ]
    source = write(tmp_path / "in", **{f"t{number}": [f"#REMARK {text}", *tunes(3, number)] for number, text in enumerate(texts)})
    assert build([source], tmp_path / "out", options(fake))["remarks"] == [
        "t0.fake: track 2 of 3 was taken (and so in 2 more files)", "t3.fake: no metre: 4/4 was assumed",
    ]  # fmt: skip


@pytest.mark.slow
def test_remarks_are_gathered(tmp_path, fake):
    source = write(tmp_path / "in", a=tunes(3), b=["#REMARK", *tunes(3, 1)], c=["#REMARK", *tunes(3, 2)])
    assert build([source], tmp_path / "out", options(fake))["remarks"] == ["a remark (2 files)"]
    assert build([source / "b.fake"], tmp_path / "out", options(fake))["remarks"] == ["b.fake: a remark"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"length": -1}, "length is -1"),
        ({"shortest": 5}, "must not be more than"),
        ({"valid": 0.7}, "valid is 0.7"),
        ({"valid": 0.5, "test": 0.4}, "less than 0.9"),
        ({"test": float("nan")}, "test is nan"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"read": {"skipp": "x"}}, "did you mean 'skip'"),
        ({"tokenizer_model": "bpee"}, "did you mean 'bpe'"),
        ({"domain": "texts"}, "did you mean 'text'"),
    ],
)
def test_options_are_checked(tmp_path, fake, changes, message):
    with pytest.raises(ConfigError, match=message):
        build([write(tmp_path / "in", a=tunes(9))], tmp_path / "out", options(**{"domain": fake, **changes}))


def test_what_is_no_corpus_is_not_replaced(tmp_path, fake):
    source = write(tmp_path / "in", a=tunes(9))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(FileError, match="not a corpus"):
        build([source], tmp_path / "mine", options(fake))
    with pytest.raises(FileError, match="is a file"):
        build([source], tmp_path / "mine" / "letter.txt", options(fake))
    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "dear"
    (tmp_path / "empty").mkdir()
    build([source], tmp_path / "empty", options(fake))
    Corpus.open(tmp_path / "empty")


@pytest.mark.slow
def test_a_corpus_is_replaced_only_by_a_whole_one(tmp_path, fake):
    out = tmp_path / "out"
    build([write(tmp_path / "in", a=tunes(9))], out, options(fake))
    before = contents(out)
    with pytest.raises(CorpusError):
        build([write(tmp_path / "bad", a=["DAMAGED"])], out, options(fake))

    class Late(Stop):
        def check(self):
            if self.requested:
                super().check()

    stop = Late()

    def report(event):
        if event.stage == "writing":
            stop.request()

    with pytest.raises(Stopped):
        build([write(tmp_path / "new", a=tunes(9, 1))], out, options(fake), Monitor(report, stop))
    assert contents(out) == before
    build([tmp_path / "new"], out, options(fake))
    assert contents(out) != before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.slow
def test_a_given_tokenizer_is_used(tmp_path, fake):
    first, second = tmp_path / "first", tmp_path / "second"
    build([write(tmp_path / "in", a=tunes(30))], first, options(fake))
    build([write(tmp_path / "new", a=tunes(30, 1))], second, options(fake, tokenizer=str(first / "tokenizer")))
    assert Corpus.open(first).tokenizer.digest == Corpus.open(second).tokenizer.digest
    (tmp_path / "a.txt").write_text("one\ntwo\nthree", encoding="utf-8")
    with pytest.raises(CorpusError, match="is for fake"):
        build([tmp_path / "a.txt"], tmp_path / "x", CorpusOptions(domain="text", tokenizer=str(first / "tokenizer")))
    with pytest.raises(TokenizerError, match="no tokenizer"):
        build([tmp_path / "new"], tmp_path / "x", options(fake, tokenizer=str(tmp_path)))


def test_progress_and_stages(tmp_path, fake):
    events = []
    build([write(tmp_path / "in", a=tunes(9))], tmp_path / "out", options(fake), Monitor(events.append))
    stages = list(dict.fromkeys(event.stage for event in events))
    assert stages == ["reading", "splitting", "tokenizer", "encoding", "writing"]


def test_names_that_are_no_text(tmp_path, fake):
    folder = write(tmp_path / "in", a=tunes(9))
    try:
        (folder / "a.fake").rename(folder / os.fsdecode(b"\xff\xfe.fake"))
    except OSError:
        pytest.skip("this file system takes no such names")
    result = build([folder], tmp_path / "out", options(fake))
    assert result["train"] > 0
    assert Corpus.open(tmp_path / "out").split("train").source(0)


def test_a_large_vocabulary_takes_wider_ids(tmp_path):
    from genstudio.corpus.store import TokenStore, write_split

    write_split(tmp_path, "train", [[4, 70_000], [5]], [("a", "b"), ("c", "d")], 100_000)
    store = TokenStore(tmp_path, "train", 100_000)
    assert store[0].tolist() == [4, 70_000]
    assert np.load(tmp_path / "train.tokens.npy").dtype == np.uint32
