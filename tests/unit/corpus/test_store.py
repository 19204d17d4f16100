from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from genstudio.corpus import Corpus, CorpusOptions, TokenStore, build
from genstudio.corpus.store import write_split
from genstudio.errors import CorpusError

SEQUENCES = [[5, 6, 7], [8], [9, 10]]
INDEX = [("a", "f#1"), ("b", "f#2"), ("ü", "f#3")]


@pytest.fixture
def store(tmp_path):
    write_split(tmp_path, "train", SEQUENCES, INDEX, 100)
    return TokenStore(tmp_path, "train", 100)


def test_what_goes_in_comes_out(store):
    assert len(store) == 3
    assert [ids.tolist() for ids in store] == SEQUENCES
    assert store[-1].tolist() == [9, 10]
    assert store[1].dtype == np.int32
    assert store.lengths.tolist() == [3, 1, 2]
    assert [(store.title(i), store.source(i)) for i in range(3)] == INDEX
    with pytest.raises(IndexError):
        store[3]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only where mapped files are listed")
def test_it_is_mapped_not_read(store, tmp_path):
    assert len(store[0]) == 3
    mapped = [line for line in Path("/proc/self/maps").read_text().splitlines() if str(tmp_path) in line]
    assert any("tokens" in line for line in mapped), [path.name for path in tmp_path.iterdir()]


def test_a_small_vocabulary_takes_two_bytes_a_token(store, tmp_path):
    (tokens,) = tmp_path.glob("*tokens*")
    assert np.load(tokens).dtype == np.uint16


def test_an_empty_split(tmp_path):
    write_split(tmp_path, "test", [], [], 100)
    store = TokenStore(tmp_path, "test", 100)
    assert len(store) == 0
    assert list(store) == []
    assert store.lengths.tolist() == []


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    words = "the tide was out and boats lay on sand".split()
    lines = [f"{a} {b} {c}" for a in words for b in words for c in words[:2]]
    (folder / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    build([folder / "a.txt"], folder / "out", CorpusOptions(domain="text", vocab_size=320, workers=1))
    return folder / "out"


def edit(name, **changes):
    def apply(folder):
        value = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps({**value, **changes}), encoding="utf-8")

    return apply


def save(name, array):
    return lambda folder: np.save(folder / name, array, allow_pickle=True)


def cut(name, size):
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:size])


DAMAGE = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "manifest cut": cut("manifest.json", 20),
    "manifest a list": lambda folder: (folder / "manifest.json").write_text("[]", encoding="utf-8"),
    "another kind": edit("manifest.json", kind="model"),
    "newer": edit("manifest.json", format=99),
    "no domain": edit("manifest.json", domain=None),
    "no counts": edit("manifest.json", counts={}),
    "other counts": edit("manifest.json", counts={"train": 1, "valid": 1, "test": 1}),
    "other tokenizer": edit("manifest.json", tokenizer="00"),
    "no tokenizer": lambda folder: shutil.rmtree(folder / "tokenizer"),
    "no tokens": lambda folder: (folder / "train.tokens.npy").unlink(),
    "tokens cut": cut("train.tokens.npy", 200),
    "tokens empty": cut("train.tokens.npy", 0),
    "tokens no array": lambda folder: (folder / "train.tokens.npy").write_bytes(b"\xff" * 4000),
    "tokens pickled": save("train.tokens.npy", np.asarray([{}, {}], object)),
    "tokens of another type": save("train.tokens.npy", np.zeros(300)),
    "offsets short": save("train.offsets.npy", np.asarray([0, 3], np.int64)),
    "offsets back": save("train.offsets.npy", np.asarray([0, 9, 3], np.int64)),
    "offsets in a table": save("train.offsets.npy", np.zeros((2, 2), np.int64)),
    "offsets none": save("train.offsets.npy", np.zeros(0, np.int64)),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_found_and_told(tmp_path, built, damage):
    folder = tmp_path / "corpus"
    shutil.copytree(built, folder)
    damage(folder)
    with pytest.raises(CorpusError) as caught:
        Corpus.open(folder)
    assert "\n" not in str(caught.value)


def test_a_damaged_index_is_told_when_it_is_needed(tmp_path, built):
    folder = tmp_path / "corpus"
    shutil.copytree(built, folder)
    path = folder / "train.index.jsonl"
    whole = path.read_text(encoding="utf-8")
    for text in (whole + whole, "{", "3\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CorpusError):
            Corpus.open(folder).split("train").title(0)
    path.unlink()
    with pytest.raises(CorpusError):
        Corpus.open(folder).split("train").source(0)


def test_open(built):
    corpus = Corpus.open(built)
    assert corpus.domain == "text"
    assert len(corpus.digest) == 64
    assert corpus.split("train") is corpus.split("train")
    assert "train" in repr(corpus)
    assert "sequences" in repr(corpus.split("train"))
    with pytest.raises(CorpusError, match="did you mean 'valid'"):
        corpus.split("validation")
    with pytest.raises(CorpusError, match="no corpus"):
        Corpus.open(built / "nowhere")


def change(folder, split, what, **values):
    """Put values into an array of a corpus: ``_0=5`` into its first place, ``_1`` into the last."""
    path = folder / f"{split}.{what}.npy"
    array = np.load(path)
    for name, value in values.items():
        array[-int(name[1:])] = value
    np.save(path, array)


LIES = {
    "an id beyond the vocabulary": lambda f: change(f, "train", "tokens", _1=65535),
    "an id of padding": lambda f: change(f, "valid", "tokens", _0=0),
    "an id of the end": lambda f: change(f, "test", "tokens", _0=2),
    "an offset beyond the tokens": lambda f: change(f, "train", "offsets", _1=2**40),
    "an offset below nought": lambda f: change(f, "train", "offsets", _2=-5),
    "offsets that do not rise": lambda f: change(f, "train", "offsets", _2=0),
    "a zip": lambda f: (f / "train.tokens.npy").write_bytes(b"PK\3\4" + bytes(400)),
    "a longest sequence that is not there": lambda f: edit("manifest.json", longest=4000)(f),
    "segments that are not there": lambda f: edit("manifest.json", segments=900)(f),
    "options of another type": lambda f: edit("manifest.json", options="none")(f),
    "options without the length": lambda f: edit("manifest.json", options={"stride": 1, "shortest": 1, "longest_token": 4})(f),
    "counts of words": lambda f: edit("manifest.json", counts={"train": "many", "valid": 0, "test": 0})(f),
    "another domain": lambda f: edit("manifest.json", domain="melody")(f),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_would_reach_the_model_is_refused(tmp_path, built, lie):
    folder = tmp_path / "corpus"
    shutil.copytree(built, folder)
    lie(folder)
    with pytest.raises(CorpusError) as caught:
        Corpus.open(folder)
    assert str(folder) in str(caught.value)


def test_how_often_a_token_comes_at_most(tmp_path):
    write_split(tmp_path, "train", [[5, 9, 5], [9], [9, 9, 5], [7]], [("", "")] * 4, 100)
    store = TokenStore(tmp_path, "train", 100)
    assert [store.most_of(token) for token in (5, 7, 8, 9, -1)] == [2, 1, 0, 2, 0]
