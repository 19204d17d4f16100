"""Attributes, nearest pieces and the map with small models: what they do, not how well."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

import genstudio
from genstudio.corpus import Corpus
from genstudio.errors import ConfigError, CorpusError, InputError, ModelError, Stopped
from genstudio.generation.attributes import KEPT
from genstudio.models.manifest import read_manifest
from genstudio.progress import Stop


@pytest.fixture(scope="module")
def folder(composer: Path, melody_corpus: Path, once) -> Path:
    """A copy of it that has learned its attributes."""

    def make(out: Path) -> None:
        shutil.copytree(composer, out, ignore=shutil.ignore_patterns("training"))
        genstudio.learn_attributes(out, melody_corpus, donors=40)

    return once("shape/tiny", make)


@pytest.fixture(scope="module")
def model(folder: Path) -> genstudio.Model:
    return genstudio.load(folder)


@pytest.fixture(scope="module")
def chart(folder: Path, melody_corpus: Path, once) -> Path:
    return once("shape/map", lambda out: genstudio.make_map(folder, melody_corpus, out))


@pytest.fixture
def song(make_tune, tmp_path: Path) -> Path:
    make_tune(2000, 2, (4, 4)).write(str(tmp_path / "song.mid"))
    return tmp_path / "song.mid"


def reshape(model, source, changes, rounds=8):
    pieces = model.shape(source, changes, rounds=rounds)
    return pieces, pieces.facts["attributes"]


def distance(facts, asked):
    """What the search makes smaller, but for how far the code goes."""
    weight = {name: 1.0 if name in asked else KEPT for name in facts}
    return sum(weight[name] * (one["obtained"] - asked.get(name, 0.0)) ** 2 for name, one in facts.items())


def test_learned_attributes(model, folder):
    names = [one["name"] for one in model.attributes]
    assert set(names) <= {one.name for one in model.domain.attributes}
    assert {"density", "pitch", "range", "interval", "steps"} <= set(names)
    assert all(one["deviation"] > 0 for one in model.attributes)
    assert "genstudio shape A" in (folder / "card.md").read_text(encoding="utf-8")


def test_the_same_seed_learns_the_same(composer, melody_corpus, folder, tmp_path):
    shutil.copytree(composer, tmp_path / "again", ignore=shutil.ignore_patterns("training"))
    genstudio.learn_attributes(tmp_path / "again", melody_corpus, donors=40)
    name = "attributes.safetensors"
    assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_shaping_comes_nearer_to_what_was_asked(model, song):
    nearer = []
    for asked in ({"density": 1.5}, {"pitch": -1.0}, {"range": 1.0, "interval": 0.5}):
        pieces, facts = reshape(model, song, asked, rounds=4)
        before = sum(amount**2 for amount in asked.values())
        assert distance(facts, asked) <= before
        nearer.append(before - distance(facts, asked))
        assert {name: one["asked"] for name, one in facts.items() if one["asked"]} == asked
        assert pieces.job.codes.shape == (1, model.network.latent_dims)
        assert pieces.job.settings["changes"] == asked
        assert model.again(pieces.job) == pieces
        density = next(one for one in model.domain.attributes if one.name == "density").measure(pieces[0])
        assert facts["density"]["after"] == pytest.approx(density)
        for name, one in facts.items():
            deviation = next(each["deviation"] for each in model.attributes if each["name"] == name)
            assert one["obtained"] == pytest.approx((one["after"] - one["before"]) / deviation)
    assert max(nearer) > 0.1  # a small model hears one of them, which one depends on the processor that trained it


def test_other_keys_are_tried(model, song):
    """What another key does to the code is the first proposal, whatever the seed: one round with one proposal finds it."""
    source = model.piece(song)[0]
    found = [model.shape(song, {"pitch": 2.0}, rounds=1, candidates=1, seed=seed) for seed in range(4)]
    assert all(one[0].tonic != source.tonic for one in found)
    assert len({one[0].notes for one in found}) == 1
    assert found[0].facts["attributes"]["pitch"]["obtained"] > 0.1


@pytest.mark.parametrize("asked", [{"density": 4.0}, {"range": -4.0, "interval": 4.0}, {"steps": -5.0}])
def test_key_and_metre_are_held(model, song, asked):
    """But for what has to give way: a melody that shall be higher may be put into another key."""
    source = model.piece(song)[0]
    (shaped,) = reshape(model, song, asked, rounds=3)[0]
    assert (shaped.tonic, shaped.metres) == (source.tonic, source.metres)
    (higher,) = reshape(model, song, {"pitch": 4.0}, rounds=3)[0]
    assert higher.metres == source.metres


def test_the_same_seed_gives_the_same(model, song):
    first, again = (model.shape(song, {"density": 1.0}, seed=3, rounds=2) for _ in range(2))
    assert first == again
    assert len(first) == 1
    assert first[0].tempos[0].bpm == pytest.approx(110, abs=0.01)


def test_a_code_can_be_shaped(model, song):
    code = model.encode([model.piece(song)[0]])[0]
    assert distance(reshape(model, code, {"density": 1.0}, rounds=3)[1], {"density": 1.0}) <= 1.0
    with pytest.raises(InputError, match="expected"):
        model.shape(code[:-1], {"density": 1.0})


def test_bad_calls(model, composer, melody_corpus, song, tmp_path):
    with pytest.raises(ConfigError, match="did you mean 'density'"):
        model.shape(song, {"densty": 1.0})
    for changes in ({}, {"density": 7.0}, {"density": float("nan")}):
        with pytest.raises(ConfigError):
            model.shape(song, changes)
    for options in ({"hold": ("key",)}, {"temperature": 0.5}, {"whole": True}):
        with pytest.raises(ConfigError, match="leave"):
            model.shape(song, {"density": 1.0}, **options)
    with pytest.raises(ConfigError, match="rounds"):
        model.shape(song, {"density": 1.0}, rounds=0)
    with pytest.raises(ModelError, match="the model tiny-melody has learned no attributes yet; learn them"):
        genstudio.load(composer).shape(song, {"density": 1.0})
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        model.shape(song, {"density": 1.0}, stop=stop)
    shutil.copytree(composer, tmp_path / "kept", ignore=shutil.ignore_patterns("training"))
    with pytest.raises(Stopped):
        genstudio.learn_attributes(tmp_path / "kept", melody_corpus, stop=stop)
    assert not (tmp_path / "kept" / "attributes.safetensors").exists()
    for wrong in ({"limit": 0}, {"donors": 0}, {"measure": -1}):
        with pytest.raises(ConfigError):
            genstudio.learn_attributes(tmp_path / "kept", melody_corpus, **wrong)
    with pytest.raises(CorpusError, match="at least 50"):
        genstudio.learn_attributes(tmp_path / "kept", melody_corpus, limit=20)


def test_the_measure_goes_into_the_card(folder, melody_corpus, tmp_path):
    shutil.copytree(folder, tmp_path / "m")
    seen = []
    result = genstudio.learn_attributes(
        tmp_path / "m", melody_corpus, keep=True, measure=3, rounds=1, candidates=8, report=seen.append
    )
    found = result["control"]["attributes"]
    assert set(found) == {one["name"] for one in result["attributes"]}
    assert all(one["n"] == 3 and -1 <= one["correlation"] <= 1 for one in found.values())
    assert read_manifest(tmp_path / "m")["attributes"]["control"] == result["control"]
    card = (tmp_path / "m" / "card.md").read_text(encoding="utf-8")
    assert f"| density | {found['density']['correlation']:.3f} |" in card
    assert "3 pieces (test split of melodies)" in card
    assert seen[-1].done == seen[-1].total
    genstudio.load(tmp_path / "m").attributes  # noqa: B018 the manifest and the tensors still belong together


def test_a_measure_that_is_stopped_leaves_the_model_as_it_was(folder, melody_corpus, tmp_path):
    shutil.copytree(folder, tmp_path / "m")
    before = {path.name: path.read_bytes() for path in (tmp_path / "m").iterdir() if path.is_file()}
    stop = Stop()

    def hear(event):
        if event.stage == "measuring":
            stop.request()

    with pytest.raises(Stopped):
        genstudio.learn_attributes(
            tmp_path / "m", melody_corpus, donors=30, measure=3, rounds=1, candidates=4, seed=9, report=hear, stop=stop
        )
    assert {path.name: path.read_bytes() for path in (tmp_path / "m").iterdir() if path.is_file()} == before


def test_what_cannot_be_measured_is_said_before_anything_is_learned(text_corpus, text_model, sentences, tmp_path):
    own = text_corpus / "tokenizer"
    genstudio.build_corpus([sentences], tmp_path / "all", preset="sentence", tokenizer=own, valid=0.1, test=0.0)
    shutil.copytree(text_model, tmp_path / "m", ignore=shutil.ignore_patterns("training"))
    seen = []
    with pytest.raises(InputError, match="some held out"):
        genstudio.learn_attributes(tmp_path / "m", tmp_path / "all", measure=3, report=seen.append)
    assert not seen
    assert not (tmp_path / "m" / "attributes.safetensors").exists()


def test_one_code_is_shaped_at_a_time(folder):
    model = genstudio.load(folder)
    with pytest.raises(InputError, match="expected one code"):
        model.shape(model.network.prior_codes(2, torch.Generator()), {"density": 1.0})


# Nearest pieces and the map


def test_a_piece_of_the_corpus_is_nearest_to_itself(model, chart, melody_corpus):
    corpus = Corpus.open(melody_corpus)
    store = corpus.split("train")
    for row in (0, 7, len(store) - 1):
        piece = model.domain.from_symbols(corpus.tokenizer.decode(store[row].tolist()))
        for metric in ("euclidean", "cosine"):
            found = model.nearest(piece, chart, 4, metric=metric)
            assert [one["rank"] for one in found] == [1, 2, 3, 4]
            assert found[0]["row"] == row
            assert (found[0]["title"], found[0]["source"]) == (store.title(row), store.source(row))
            distances = [one["distance"] for one in found]
            assert distances == sorted(distances)
            assert distances[0] < 0.02
    assert len(model.nearest(piece, chart, 10_000)) == len(store)


def test_a_point_of_the_map_decodes(model, chart):
    from genstudio.models.latent_map import open_map

    opened = open_map(chart)
    row = 5
    pieces = model.at_places(opened, [tuple(float(part) for part in opened.coordinates[row]), (0.4, -0.2)])
    assert np.allclose(pieces.job.codes[0], opened.codes[row].astype("float32"), atol=0.02)
    assert pieces[0].notes
    assert np.allclose(opened.project(pieces.job.codes[1:])[0], (0.4, -0.2), atol=1e-3)


def test_places_of_a_map_become_pieces(model, chart):
    from genstudio.models.latent_map import open_map

    opened = open_map(chart)
    pieces = model.at_places(opened, [3, (0.4, -0.2)])
    assert pieces.job is not None
    assert (pieces.job.operation, pieces.job.count) == ("map", 2)
    assert pieces.job.settings["places"] == [3, [0.4, -0.2]]
    assert np.allclose(pieces.job.codes[0], np.asarray(opened.codes[3], np.float32))
    assert np.allclose(opened.project(pieces.job.codes[1:])[0], (0.4, -0.2), atol=1e-3)
    assert model.again(pieces.job) == pieces
    (whole,) = model.at_places(opened, [(0.4, -0.2), (0.0, 0.0), (-0.4, 0.1)], join=True)
    assert whole.bars == 6
    (alone,) = model.at_places(opened, [3])
    assert alone.notes == pieces[0].notes


def test_places_that_are_not_on_the_map_are_told(model, chart):
    for places in ([], [10_000], [-1], [(float("nan"), 0.0)], [0] * 1001):
        with pytest.raises(ConfigError):
            model.at_places(chart, places)


def test_a_map_kept_with_the_model(folder, melody_corpus, tmp_path, song):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    with pytest.raises(ModelError, match="no map is kept with the model own; make one"):
        genstudio.load(own).nearest(song)
    result = genstudio.make_map(own, melody_corpus, limit=20)
    assert Path(result["map"]) == own / "map"
    model = genstudio.load(own)
    found = model.nearest(song, k=3)
    assert found == model.nearest(song, own / "map", k=3)
    assert model.at_places(None, [(0.0, 0.0)]) == model.at_places(own / "map", [(0.0, 0.0)])
    # The copy to hand on has it too, and it fits; one of other weights is left behind.
    genstudio.pack(own, tmp_path / "packed")
    assert [one["title"] for one in genstudio.load(tmp_path / "packed").nearest(song, k=3)] == [one["title"] for one in found]
    shutil.copytree(tmp_path / "packed" / "map", tmp_path / "odd" / "map")
    shutil.copytree(folder, tmp_path / "odd", dirs_exist_ok=True)
    genstudio.pack(tmp_path / "odd", tmp_path / "odd-packed")
    assert not (tmp_path / "odd-packed" / "map").exists()


def test_a_map_of_another_model(chart, text_model, composer, tmp_path, song):
    changed = tmp_path / "changed"
    shutil.copytree(composer, changed, ignore=shutil.ignore_patterns("training"))
    genstudio.pack(changed, tmp_path / "packed")  # other weights, by rounding
    with pytest.raises(ModelError, match="another model"):
        genstudio.load(tmp_path / "packed").nearest(song, chart)


def test_what_makes_no_map(folder, melody_corpus, text_corpus, tmp_path):
    with pytest.raises(ConfigError, match="did you mean 'umap'"):
        genstudio.make_map(folder, melody_corpus, tmp_path / "m", method="umaps")
    with pytest.raises(ConfigError, match="limit"):
        genstudio.make_map(folder, melody_corpus, tmp_path / "m", limit=0)
    with pytest.raises(InputError, match="at least 3"):
        genstudio.make_map(folder, _short(melody_corpus, tmp_path), tmp_path / "m", split="test")
    with pytest.raises(ModelError, match="holds text"):
        genstudio.make_map(folder, text_corpus, tmp_path / "m")
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        genstudio.make_map(folder, melody_corpus, tmp_path / "m", stop=stop)
    assert not (tmp_path / "m").exists()


def _short(corpus: Path, folder: Path) -> Path:
    """The corpus with nothing in its test split."""
    from genstudio.corpus import store

    shutil.copytree(corpus, folder / "short")
    store.write_split(folder / "short", "test", [], [], 340)
    manifest = json.loads((folder / "short" / "manifest.json").read_text(encoding="utf-8"))
    manifest["counts"]["test"] = 0
    (folder / "short" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder / "short"


# Labels


@pytest.fixture(scope="module")
def labelled(sentences: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of text with a number and a category for each sentence, some of them missing."""
    place = tmp_path_factory.mktemp("labelled")
    rows = []
    for number, line in enumerate(sentences.read_text(encoding="utf-8").splitlines()):
        subject = "animal" if line.startswith(("the cat", "a dog")) else "other"
        rows.append(f"{line}\t{'' if number % 10 == 0 else len(line)}\t{subject}")
    (place / "table.tsv").write_text("text\tsize\tsubject\n" + "\n".join(rows) + "\n", encoding="utf-8")
    genstudio.build_corpus(
        [place / "table.tsv"], place / "corpus", preset="sentence", vocab_size=360, valid=0.1, test=0.1, workers=1,
        read={"label": ["size", "subject"]},
    )  # fmt: skip
    return place / "corpus"


def test_labels_are_kept(labelled, text_corpus):
    corpus = Corpus.open(labelled)
    assert corpus.manifest["labels"] == {"size": "number", "subject": "category"}
    for split in ("train", "valid", "test"):
        store = corpus.split(split)
        assert set(store.labels) == {"size", "subject"}
        for row, ids in enumerate(store):
            text = corpus.tokenizer.decode(ids.tolist())
            size, subject = store.labels["size"][row], store.labels["subject"][row]
            assert size is None or size == len(text)
            assert subject == ("animal" if text.startswith(("the cat", "a dog")) else "other")
    assert Corpus.open(text_corpus).split("train").labels == {}
    assert Corpus.open(text_corpus).digest


def test_labels_that_are_damaged(labelled, tmp_path):
    shutil.copytree(labelled, tmp_path / "c")
    for text in ("{", "[]", '{"size": [1]}', '{"size": 3}'):
        (tmp_path / "c" / "train.labels.json").write_text(text, encoding="utf-8")
        with pytest.raises(CorpusError, match="uild the corpus again"):
            Corpus.open(tmp_path / "c").split("train").labels  # noqa: B018


def test_labels_become_directions(text_model, labelled, tmp_path):
    shutil.copytree(text_model, tmp_path / "m", ignore=shutil.ignore_patterns("training"))
    result = genstudio.learn_attributes(tmp_path / "m", labelled, donors=60, measure=2, rounds=1, candidates=4)
    kinds = {one["name"]: (one["kind"], one["group"]) for one in result["attributes"]}
    assert kinds["size"] == ("label", "")
    assert kinds["subject=animal"] == kinds["subject=other"] == ("label", "subject")
    assert kinds["length"] == ("measure", "")
    assert result["control"]["attributes"]["subject=animal"]["worst"] != "subject=other"
    model = genstudio.load(tmp_path / "m")
    asked = {"subject=animal": 1.0}
    _, facts = reshape(model, "nobody sees the moon again.", asked, rounds=3)
    weighed = {name: one for name, one in facts.items() if name != "subject=other"}
    assert distance(weighed, asked) <= 1.0 + 1e-6


# Commands


def test_the_commands(cli, folder, chart, melody_corpus, song, tmp_path, capsys):
    from genstudio.cli import main

    done = cli("shape", song, "--model", folder, "--set", "density=+1", "--out", tmp_path / "o.mid", "--rounds", 2, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert Path(result["path"]).is_file()
    assert result["attributes"]["density"]["asked"] == 1.0

    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        return status, capsys.readouterr()

    status, said = call("shape", song, "--model", folder, "--set", "density=+1", "--out", tmp_path / "p.mid", "--rounds", 2)
    assert status == 0, said.err
    assert "density" in said.out
    assert (tmp_path / "p.mid").read_bytes() == (tmp_path / "o.mid").read_bytes()
    status, said = call("nearest", song, "--model", folder, "--map", chart, "-n", 3, "--json")
    assert [one["rank"] for one in json.loads(said.out)["pieces"]] == [1, 2, 3]
    status, said = call("map", "--model", folder, "--corpus", melody_corpus, "--out", tmp_path / "map", "--limit", 30)
    assert status == 0, said.err
    assert "30 pieces" in said.out
    shutil.copytree(folder, tmp_path / "mapped")
    assert call("map", "--model", tmp_path / "mapped", "--corpus", melody_corpus, "--limit", 30)[0] == 0
    status, said = call("nearest", song, "--model", tmp_path / "mapped", "-n", 2, "--json")
    assert len(json.loads(said.out)["pieces"]) == 2
    shutil.copytree(folder, tmp_path / "again")
    status, said = call(
        "attributes", tmp_path / "again", "--corpus", melody_corpus, "--keep", "--measure", 2, "--rounds", 1, "--candidates", 4
    )
    assert status == 0, said.err
    assert "correlation" in said.out
    for wrong, expected in (
        (("shape", song, "--model", folder, "--set", "densty=1", "--out", tmp_path / "o.mid"), "did you mean 'density'"),
        (("shape", song, "--model", folder, "--set", "density", "--out", tmp_path / "o.mid"), "expected NAME=X"),
        (("shape", song, "--model", folder, "--set", "pitch=1", "--set", "pitch=2", "--out", tmp_path / "o.mid"), "twice"),
        (("shape", song, "--model", folder, "--set", "pitch=1", "--out", tmp_path / "o.xyz"), "ends in one of .mid"),
        (("nearest", song, "--model", folder, "--map", tmp_path), "there is no map"),
        (("attributes", folder, "--corpus", tmp_path), "there is no corpus"),
    ):
        status, said = call(*wrong)
        assert status == 2, said.err
        assert expected in said.err
        assert "Traceback" not in said.err
