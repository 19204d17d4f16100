"""The use cases with a small model that was trained for a moment: what they do, not how well."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pretty_midi
import pytest
import torch

import genstudio
from genstudio.corpus import Corpus
from genstudio.domains import get_domain
from genstudio.domains.melody import Melody
from genstudio.domains.text import Passage
from genstudio.errors import ConfigError, CorpusError, FileError, InputError, ModelError
from genstudio.models.manifest import read_manifest


@pytest.fixture(scope="module")
def melody(melody_model: Path) -> genstudio.Model:
    return genstudio.load(melody_model)


@pytest.fixture(scope="module")
def text(text_model: Path) -> genstudio.Model:
    return genstudio.load(str(text_model))


@pytest.fixture
def song(tmp_path: Path, make_tune: Callable[..., Any]) -> Callable[..., Path]:
    """``song(name, seed, bars, metre, tempo)``: a MIDI file."""

    def write(name: str, seed: int = 1000, bars: int = 2, metre: tuple[int, int] = (4, 4), tempo: float = 110.0) -> Path:
        path = tmp_path / name
        make_tune(seed, bars, metre, tempo).write(str(path))
        return path

    return write


def played(path: Path | str) -> pretty_midi.PrettyMIDI:
    """The file as two readers see it."""
    found = pretty_midi.PrettyMIDI(str(path))
    notes = sum(len(instrument.notes) for instrument in found.instruments)
    begun = sum(
        message.type == "note_on" and message.velocity > 0 for track in mido.MidiFile(str(path)).tracks for message in track
    )
    assert notes == begun
    return found


# Encode and decode


def test_the_model(melody, melody_model):
    assert melody.name == "tiny-melody"
    assert melody.phrase_length == 2
    assert "tiny-melody" in repr(melody)
    assert melody.network.training is False
    assert genstudio.load(melody_model / "model.safetensors").name == "tiny-melody"


def test_encode_and_decode(melody, song):
    pieces = [melody.piece(song(f"{seed}.mid", seed))[0] for seed in (1, 2, 3)]
    codes = melody.encode(pieces)
    assert codes.shape == (3, melody.network.latent_dims)
    assert torch.equal(melody.encode(pieces[1:2])[0], codes[1])  # a code depends on its piece alone
    assert melody.encode([]).shape == (0, melody.network.latent_dims)
    back = melody.decode(codes)
    assert [type(piece) for piece in back] == [Melody] * 3
    assert melody.decode(codes[:0]) == []
    for wrong in (codes[0], codes[:, :-1]):
        with pytest.raises(InputError, match="expected"):
            melody.decode(wrong)


def test_reconstruct_in_memory(melody, song):
    path = song("a.mid", tempo=90)
    (back,) = melody.reconstruct(path)
    assert back.tempos[0].bpm == pytest.approx(90, abs=0.01)
    assert melody.reconstruct(path) == melody.reconstruct(path)
    (loose,) = melody.reconstruct(path, temperature=1.0, seed=3)
    assert [loose] == melody.reconstruct(path, temperature=1.0, seed=3)
    assert all(note.velocity >= 60 for note in back.notes)


# Sources


def test_sources_of_a_melody(melody, song, make_tune):
    path = song("a.mid")
    (piece,) = get_domain("melody").read(path).pieces
    made = make_tune(1000, 2, (4, 4))
    symbols = melody.domain.to_symbols(melody.piece(path)[0])
    for source in (str(path), piece, made, Melody.from_pretty_midi(made)):
        assert melody.domain.to_symbols(melody.piece(source)[0]) == symbols
    again = pretty_midi.PrettyMIDI(str(path))
    assert melody.reconstruct(again)[0].notes == melody.reconstruct(path)[0].notes


def test_sources_that_are_none(melody, text, tmp_path):
    for wrong in (3, None, ["a.mid"], Passage(text="a sentence"), object()):
        with pytest.raises(InputError, match="Melodies"):
            melody.piece(wrong)
    with pytest.raises(InputError, match="Text"):
        text.piece(Melody(notes=()))
    with pytest.raises(FileError, match=r"no file 'nowhere\.mid'"):
        melody.piece("nowhere.mid")
    with pytest.raises(FileError, match="no file"):
        melody.piece("a typed sentence")
    with pytest.raises(FileError):
        melody.piece("x" * 5000)
    with pytest.raises(FileError):
        melody.piece(tmp_path)
    with pytest.raises(FileError, match=r"gone\.txt"):
        text.piece("gone.txt")


def test_an_empty_song(melody, tmp_path):
    empty = pretty_midi.PrettyMIDI()
    empty.instruments.append(pretty_midi.Instrument(0))
    empty.write(str(tmp_path / "empty.mid"))
    for source in (tmp_path / "empty.mid", empty, Melody(notes=(), length=1920)):
        with pytest.raises(FileError, match=r"no notes|empty"):
            melody.reconstruct(source)


def test_a_long_song_and_its_phrases(melody, song):
    path = song("long.mid", bars=8)
    first, remarks = melody.piece(path)
    assert first.bars == 2
    assert any("4 phrases" in remark and "first was used" in remark for remark in remarks)
    third, remarks = melody.piece(path, phrase=3)
    assert third.notes != first.notes
    assert any("phrase 3 was used" in remark for remark in remarks)
    for wrong in (0, 5, -1):
        with pytest.raises(ConfigError, match=r"expected (a whole number from 1 to|1 to 4)"):
            melody.piece(path, phrase=wrong)


def test_a_short_song(melody, song):
    piece, remarks = melody.piece(song("short.mid", bars=1))
    assert piece.bars == 1
    assert remarks == []
    path = melody.interpolate(song("short.mid", bars=1), song("whole.mid", seed=7), 3)
    assert all(isinstance(step, Melody) for step in path)


# Interpolation


@pytest.mark.parametrize("method", ["wave", "slerp", "linear"])
def test_ends_are_the_songs_themselves(melody, song, method):
    a, b = song("a.mid", 1, tempo=80), song("b.mid", 2, metre=(6, 8), tempo=125)
    path = melody.interpolate(a, b, 5, method=method)
    assert path.ts == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert path[0] == melody.piece(a)[0]
    assert path[-1] == melody.piece(b)[0]
    tempos = [piece.tempos[0].bpm for piece in path]
    assert tempos[0] == pytest.approx(80, abs=0.01)
    assert tempos[-1] == pytest.approx(125, abs=0.01)
    assert tempos == sorted(tempos)


def test_the_same_song_at_both_ends(melody, song):
    a = song("a.mid")
    path = melody.interpolate(a, a, 4)
    assert path[0] == path[-1] == melody.piece(a)[0]
    assert path[1] == path[2]
    assert any("same piece" in remark for remark in path.remarks)


def test_seeds_and_ranges(melody, song):
    a, b = song("a.mid", 1), song("b.mid", 2)
    assert melody.interpolate(a, b, 3, temperature=1.0, seed=1) == melody.interpolate(a, b, 3, temperature=1.0, seed=1)
    for options in ({"steps": 1}, {"steps": 1001}, {"method": "slurp"}, {"temperature": -1.0}, {"top_p": 0.0}, {"phrase": 2}):
        with pytest.raises(ConfigError):
            melody.interpolate(a, b, **options)


def test_samples(melody):
    found = melody.sample(70, seed=2)
    assert 1 < len({melody.domain.to_symbols(piece) for piece in found}) == len(found) <= 70
    assert any("not 70" in remark for remark in found.remarks) == (len(found) < 70)
    assert found == melody.sample(70, seed=2)
    assert melody.sample(70, seed=3) != found
    for wrong in (0, -1, 10_001):
        with pytest.raises(ConfigError, match="expected a whole number from 1 to"):
            melody.sample(wrong)


def test_in_a_notebook(melody, text, song):
    html = melody.interpolate(song("a.mid", 1), song("b.mid", 2), 3)._repr_html_()
    assert html.count("<svg") == 3
    assert "50%" in html
    assert melody.sample(2)._repr_html_().count("<svg") == 2
    spoken = text.interpolate("the cat sees <b>the house</b> today.", "a dog hears the moon.", 3)._repr_html_()
    assert "<b>the" not in spoken
    assert spoken.count("<blockquote") == 3


# The functions that write files


def test_reconstruct(melody_model, song, tmp_path):
    out = tmp_path / "deeper" / "back.mid"
    result = genstudio.reconstruct(melody_model, song("a.mid", bars=4), out)
    assert {"model", "seed", "path", "remarks"} <= set(result)
    assert result["path"] == str(out)
    assert len(result["remarks"]) >= 1
    played(out)
    json.dumps(result)
    for wrong in ("back.txt", "back", "back.csv"):
        with pytest.raises(ConfigError, match="expected a file name that ends in"):
            genstudio.reconstruct(melody_model, song("a.mid"), tmp_path / wrong)


def test_sample(melody_model, tmp_path):
    result = genstudio.sample(melody_model, 3, tmp_path / "out", seed=5)
    assert result["seed"] == 5
    assert result["model"] == "tiny-melody"
    assert [Path(entry["path"]).name for entry in result["samples"]] == [f"sample-0{index}.mid" for index in range(3)]
    for entry in result["samples"]:
        played(entry["path"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"sample-0{index}.mid" for index in range(3)]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileError, match="is a file"):
        genstudio.sample(melody_model, 1, tmp_path / "file")


def test_interpolate(melody_model, song, tmp_path):
    a, b = song("a.mid", 1), song("b.mid", 2, metre=(3, 4))
    result = genstudio.interpolate(melody_model, a, b, tmp_path / "out", steps=4, seed=1)
    assert set(result) == {"model", "seed", "method", "steps", "joined", "kept", "remarks"}
    assert (result["model"], result["seed"], result["method"]) == ("tiny-melody", 1, "wave")
    assert [entry["t"] for entry in result["steps"]] == pytest.approx([0, 1 / 3, 2 / 3, 1])
    for entry in result["steps"]:
        assert Path(entry["path"]).parent == tmp_path / "out"
        played(entry["path"])
    joined = played(result["joined"])
    whole = sum(
        len(note.instruments[0].notes) if note.instruments else 0 for note in (played(entry["path"]) for entry in result["steps"])
    )
    assert sum(len(instrument.notes) for instrument in joined.instruments) == whole
    json.dumps(result)
    for file, entry, kept in zip((a, b), (result["steps"][0], result["steps"][-1]), result["kept"], strict=True):
        melody = get_domain("melody")
        given, end = (melody.read(Path(path)).pieces[0] for path in (file, entry["path"]))
        assert melody.to_symbols(end) == melody.to_symbols(given)
        assert genstudio.trace(entry["path"])["operation"] == "interpolate"
        back = genstudio.reconstruct(melody_model, file, tmp_path / "back.mid")
        assert back["kept"] == kept
        assert set(kept) == {"kept", "of", "added", "part", "exact"}
        assert (kept["of"], kept["part"]) == (len(given.notes), "note")
        assert genstudio.trace(tmp_path / "back.mid")["operation"] == "reconstruct"


# Text


def test_sentences(text, text_model, tmp_path):
    a, b = "the cat sees the moon today.", "nobody paints a letter again."
    path = text.interpolate(a, b, 5)
    assert [type(piece) for piece in path] == [Passage] * 5
    assert all(piece.text for piece in path)
    assert (path[0].text, path[-1].text) == (a, b)
    assert path.kept[0] == text.kept(a)
    result = genstudio.interpolate(text_model, a, b, tmp_path / "out", steps=3)
    assert "joined" not in result
    assert [entry["text"] for entry in result["steps"]] == [
        Path(entry["path"]).read_text(encoding="utf-8")[:-1] for entry in result["steps"]
    ]
    assert Path(result["all"]).read_text(encoding="utf-8").splitlines() == [entry["text"] for entry in result["steps"]]


def test_odd_sentences(text, tmp_path):
    for wrong in ("", "   ", "\n"):
        with pytest.raises(FileError):
            text.piece(wrong)
    for odd in ("你好，世界", "▁ \t x", "a\x00b", "\ud800", "word " * 200):
        assert isinstance(text.reconstruct(odd)[0], Passage)
    assert any("longer" in remark for remark in text.reconstruct("word " * 200).remarks)
    path = tmp_path / "two.txt"
    path.write_text("the first line.\nthe second line.\n", encoding="utf-8")
    piece, remarks = text.piece(path)
    assert piece.text == "the first line."
    assert any("2 pieces" in remark for remark in remarks)


# Corpus, training and evaluation


def test_corpus_and_training_choose_the_preset(melody_corpus, text_corpus, melody_model, text_model):
    assert read_manifest(melody_model)["preset"] == "melody-2bar"
    assert read_manifest(text_model)["domain"] == "text"
    report = json.loads((melody_corpus / "report.json").read_text(encoding="utf-8"))
    assert report["files"] == 60
    assert report["refused"] == []
    assert report["train"] > 100
    assert (melody_model / "card.md").read_text(encoding="utf-8").startswith("# tiny-melody")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, "say what the files hold"),
        ({"preset": "melody-2ba"}, "did you mean 'melody-2bar'"),
        ({"domain": "melodi"}, "did you mean 'melody'"),
        ({"preset": "sentence", "domain": "melody"}, "is for text"),
        ({"preset": "sentence", "bars": 2}, "no bars"),
        ({"preset": "melody-2bar", "bars": 0}, "expected a whole number from 1 to 256"),
    ],
)
def test_wrong_corpora_are_reported(tunes, tmp_path, arguments, expected):
    with pytest.raises(ConfigError) as error:
        genstudio.build_corpus([tunes], tmp_path / "out", **arguments)
    assert expected in str(error.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"preset": "sentence"}, "the corpus holds melody"),
        ({"preset": "sentense"}, "did you mean 'sentence'"),
        ({"max_steps": 0}, "max_steps is 0; expected a whole number from 1 to"),
        ({"max_minutes": 0.0}, "max_minutes is 0.0; expected a number above 0"),
        ({"max_minutes": math.nan}, "max_minutes is nan"),
        ({"device": "gpu"}, "device is 'gpu'; did you mean"),
        ({"overrides": ["kl.wieght=1"]}, "did you mean 'weight'"),
        ({"about": "/no/such/file"}, "cannot read"),
    ],
)
def test_wrong_trainings_are_reported(melody_corpus, tmp_path, arguments, expected):
    with pytest.raises(InputError) as error:
        genstudio.train(melody_corpus, tmp_path / "out", **arguments)
    assert expected in str(error.value)
    assert not (tmp_path / "out").exists()


def test_evaluate_on_a_corpus(melody_model, melody_corpus):
    result = genstudio.evaluate(melody_model, melody_corpus, samples=2)
    assert {"n", "reconstruction", "likelihood", "latent", "model", "seed"} <= set(result)
    assert {"accuracy", "accuracy_teacher_forced", "exact", "note_f1", "step_accuracy"} <= set(result["reconstruction"])
    assert {"nll", "elbo", "kl", "reconstruction_nll"} <= set(result["likelihood"])
    assert {"active_units", "mutual_information"} <= set(result["latent"])
    report = json.loads((melody_corpus / "report.json").read_text(encoding="utf-8"))
    assert result["n"] == report["test"]
    assert result == genstudio.evaluate(melody_model, melody_corpus, samples=2)
    few = genstudio.evaluate(melody_model, melody_corpus, split="train", limit=5, samples=1)
    assert few["n"] == 5
    json.dumps(result, allow_nan=False)


def test_evaluate_measures_samples(melody_model, text_model, melody_corpus, text_corpus, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(melody_model, copy)
    result = genstudio.evaluate(copy, melody_corpus, limit=6, samples=1, generated=4, temperature=0.7, top_p=0.9, write=True)
    assert (result["generated"]["samples"], result["generated"]["temperature"], result["generated"]["top_p"]) == (4, 0.7, 0.9)
    assert 0 <= result["music"]["note_count"]["overlap_area"] <= 1
    known = melody_corpus / "train.index.jsonl"
    origins = {tuple(json.loads(line)) for line in known.read_text(encoding="utf-8").splitlines()}
    near = [(one["title"], one["source"]) for one in result["novelty"]["pieces"]]
    assert len(near) == 4
    assert set(near) <= origins
    json.dumps(result, allow_nan=False)
    # The metrics are kept, but not which training piece each sample is near to.
    kept = read_manifest(copy)["evaluation"]
    assert kept["novelty"]["copied"] == result["novelty"]["copied"]
    assert "pieces" not in kept["novelty"]
    card = genstudio.model_card(copy)
    assert "| note_count |" in card
    assert "| novelty: copied |" in card
    text = genstudio.evaluate(text_model, text_corpus, limit=6, samples=1, generated=4)
    assert {"forward_ppl", "reverse_ppl", "self_bleu", "distinct_2"} <= set(text["text"])
    with pytest.raises(ConfigError, match="generated is 10001"):
        genstudio.evaluate(melody_model, melody_corpus, generated=10_001)


def test_figures_are_not_lost_where_the_weights_are_written_meanwhile(melody_model, melody_corpus, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(melody_model, copy)
    digest = genstudio.load(copy).digest

    def report(progress: Any) -> None:
        if progress.stage == "evaluating":
            (copy / "model.safetensors").write_bytes((copy / "model.safetensors").read_bytes())

    assert genstudio.evaluate(copy, melody_corpus, limit=4, samples=1, report=report)["digest"] == digest


def test_evaluate_measures_interpolation_when_asked(melody_model, melody_corpus, song, tmp_path):
    assert "interpolation" not in genstudio.evaluate(melody_model, melody_corpus, limit=4, samples=1)
    copy = tmp_path / "copy"
    shutil.copytree(melody_model, copy)
    result = genstudio.evaluate(copy, melody_corpus, limit=12, samples=1, interpolation=2, write=True)
    found = result["interpolation"]
    assert found["pairs"] == 2
    assert found["ends_exact"] == 1.0
    assert min(found["cost_real"], found["cost_middle"], found["cost_mixed"]) > 0
    assert "remarks" not in result
    json.dumps(result, allow_nan=False)
    assert f"| interpolation: cost_ratio | {found['cost_ratio']:.4f} | cost of the middles" in genstudio.model_card(copy)
    files = genstudio.evaluate(melody_model, files=[song("eight.mid", bars=8)], samples=1, interpolation=9)
    assert files["interpolation"]["pairs"] == 2
    assert not any(name.startswith("cost") for name in files["interpolation"])
    assert len(files["remarks"]) == 2
    assert "without a corpus" in files["remarks"][0]
    assert "of 4 pieces 2 pairs" in files["remarks"][1]
    own = genstudio.evaluate(melody_model, melody_corpus, split="train", limit=4, samples=1, interpolation=1)
    assert "training pieces cannot be compared" in own["remarks"][0]
    with pytest.raises(ConfigError, match="interpolation is -1"):
        genstudio.evaluate(melody_model, melody_corpus, interpolation=-1)
    with pytest.raises(InputError, match="no two pieces"):
        genstudio.evaluate(melody_model, melody_corpus, limit=1, samples=1, interpolation=1)


def test_evaluate_on_files(melody_model, text_model, song, sentences, tmp_path):
    path = song("eight.mid", bars=8)
    broken = tmp_path / "broken.mid"
    broken.write_bytes(path.read_bytes()[:30])
    result = genstudio.evaluate(melody_model, files=[path, broken], samples=1)
    assert result["n"] == 4
    assert [entry["path"] for entry in result["refused"]] == [str(broken)]
    assert genstudio.evaluate(melody_model, files=[tmp_path], samples=1)["n"] == 4
    with pytest.raises(InputError, match=r"broken\.mid"):
        genstudio.evaluate(melody_model, files=[broken])
    found = genstudio.evaluate(text_model, files=[sentences], limit=10, samples=1)
    assert "bleu" in found["reconstruction"]


def test_evaluate_with_another_tokenizer(melody_model, tunes, tmp_path):
    genstudio.build_corpus([tunes], tmp_path / "other", preset="melody-2bar", stride=2, vocab_size=420, workers=1)
    assert genstudio.evaluate(melody_model, tmp_path / "other", limit=3, samples=1)["n"] == 3


def test_evaluate_can_be_kept(melody_model, melody_corpus, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(melody_model, copy)
    genstudio.evaluate(copy, melody_corpus, limit=4, samples=1, write=True)
    assert read_manifest(copy)["evaluation"]["n"] == 4
    assert "On 4 pieces" in genstudio.model_card(copy)


def test_examples_are_the_first_ones_and_not_picked(melody_model, text_model, melody_corpus, text_corpus, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(melody_model, copy)
    genstudio.evaluate(copy, melody_corpus, limit=9, samples=1, generated=0, write=True, examples=3, temperature=0.5, seed=2)
    kept = read_manifest(copy)["examples"]
    assert (kept["form"], kept["seed"], kept["samples_seed"], kept["temperature"]) == ("abc", 2, 0, 0.5)
    pairs = kept["reconstructions"]
    store = Corpus.open(melody_corpus).split("test")
    rows = np.sort(np.random.default_rng(2).permutation(len(store))[:9])
    chosen = [int(rows[at]) for at in np.random.default_rng(2).permutation(9)[:3]]
    assert [pair["title"] for pair in pairs] == [store.title(row) for row in chosen]
    loaded = genstudio.load(copy)
    originals = [loaded.domain.from_symbols(loaded.tokenizer.decode(store[row].tolist())) for row in chosen]

    def pitches(text):
        (tmp_path / "one.abc").write_text(text, encoding="utf-8")
        return [note.pitch for piece in loaded.domain.read(tmp_path / "one.abc").pieces for note in piece.notes]

    for pair, original in zip(pairs, originals, strict=True):
        assert pitches(pair["original"]) == [note.pitch for note in original.notes]
        assert pitches(pair["written"]) == [note.pitch for note in loaded.reconstruct(original)[0].notes]
    drawn = [[note.pitch for note in piece.notes] for piece in loaded.sample(8, temperature=0.5, seed=0)]
    assert [pitches(text) for text in kept["samples"]] == drawn
    assert "temperature 0.5" in genstudio.model_card(copy)
    # Without examples those of before go.
    genstudio.evaluate(copy, melody_corpus, limit=2, samples=1, generated=0, write=True, examples=0)
    assert "## Examples" not in genstudio.model_card(copy)
    shutil.copytree(text_model, tmp_path / "text")
    genstudio.evaluate(tmp_path / "text", text_corpus, limit=4, samples=1, generated=0, write=True, examples=2)
    kept = read_manifest(tmp_path / "text")["examples"]
    assert kept["form"] == "text"
    assert kept["samples"] == [piece.text for piece in genstudio.load(tmp_path / "text").sample(8, seed=0)]
    assert kept["reconstructions"][0]["original"].endswith(".")


def test_wrong_evaluations_are_told(melody_model, melody_corpus, text_corpus, tunes, tmp_path):
    for arguments in ({}, {"corpus": melody_corpus, "files": [tunes]}):
        with pytest.raises(ConfigError, match="one of the two"):
            genstudio.evaluate(melody_model, **arguments)
    with pytest.raises(ConfigError, match="limit"):
        genstudio.evaluate(melody_model, melody_corpus, limit=0)
    with pytest.raises(ConfigError, match="examples is 101"):
        genstudio.evaluate(melody_model, melody_corpus, examples=101)
    with pytest.raises(ModelError, match="the corpus holds text"):
        genstudio.evaluate(melody_model, text_corpus)
    with pytest.raises(ConfigError, match="did you mean 'test'"):
        genstudio.evaluate(melody_model, melody_corpus, split="tset")
    with pytest.raises(CorpusError, match="no corpus"):
        genstudio.evaluate(melody_model, tmp_path)


# Models


def test_models(melody_model, monkeypatch, tmp_path):
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path))
    shutil.copytree(melody_model, tmp_path / "models" / "mine")
    shutil.copytree(melody_model, tmp_path / "models" / "broken")
    (tmp_path / "models" / "broken" / "manifest.json").write_text("{", encoding="utf-8")
    found = {entry["name"]: entry for entry in genstudio.list_models()}
    assert found["mine"]["domain"] == "melody"
    assert found["mine"]["core"] == "transformer"
    assert 0 < found["mine"]["bytes"] < 2e6
    assert "damaged" in found["broken"]["error"]
    assert genstudio.load("mine").name == "mine"
    assert genstudio.model_card("mine").startswith("# ")
    assert [entry["step"] for entry in genstudio.training_history("mine")] == [40, 80]
    with pytest.raises(ModelError, match="did you mean 'mine'"):
        genstudio.load("mime")


DAMAGE: dict[str, Callable[[Path], Any]] = {
    "weights cut": lambda f: (f / "model.safetensors").write_bytes((f / "model.safetensors").read_bytes()[:-9]),
    "weights gone": lambda f: (f / "model.safetensors").unlink(),
    "manifest cut": lambda f: (f / "manifest.json").write_bytes((f / "manifest.json").read_bytes()[:-99]),
    "manifest gone": lambda f: (f / "manifest.json").unlink(),
    "tokenizer cut": lambda f: (f / "tokenizer" / "tokenizer.model").write_bytes(b"abc"),
    "tokenizer gone": lambda f: shutil.rmtree(f / "tokenizer"),
    "unknown domain": lambda f: (f / "manifest.json").write_text(
        (f / "manifest.json").read_text(encoding="utf-8").replace('"domain": "melody"', '"domain": "smell"'), encoding="utf-8"
    ),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damaged_models_are_told(melody_model, tmp_path, how):
    folder = tmp_path / "model"
    shutil.copytree(melody_model, folder)
    DAMAGE[how](folder)
    with pytest.raises(ModelError):
        genstudio.load(folder)


def test_a_card_that_is_not_there(melody_model, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(melody_model, folder)
    (folder / "card.md").unlink()
    with pytest.raises(ModelError, match="no readable card"):
        genstudio.model_card(folder)
