"""The operations with small models: their results, and that their jobs make the same results again."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pytest
import torch

import genstudio
from genstudio.config import DecodingOptions, SamplingOptions
from genstudio.corpus import collate
from genstudio.decoding.lexicon import letters
from genstudio.domains.melody import Melody, Note
from genstudio.errors import ConfigError, FileError, InputError, ModelError, Stopped
from genstudio.evaluation.prior import sample_prior
from genstudio.files import write_json
from genstudio.models.manifest import read_manifest, update_manifest
from genstudio.progress import Stop
from genstudio.provenance import Job, Provenance

SENTENCE = "the cat sees the house today."
OTHERS = ("a dog hears the moon.", "my sister loves a river at night.", "nobody paints the garden again.")


@pytest.fixture(scope="module")
def melody(melody_model: Path) -> genstudio.Model:
    return genstudio.load(melody_model)


@pytest.fixture(scope="module")
def text(text_model: Path) -> genstudio.Model:
    return genstudio.load(text_model)


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory, make_tune: Callable[..., Any]) -> list[Path]:
    """MIDI files: two bars of 4/4, 6/8, 3/4 and 4/4; then 7 bars and 4 bars of 4/4."""
    folder = tmp_path_factory.mktemp("songs")
    made = []
    for seed, (bars, metre) in enumerate([(2, (4, 4)), (2, (6, 8)), (2, (3, 4)), (2, (4, 4)), (7, (4, 4)), (4, (4, 4))]):
        path = folder / f"song-{seed}.mid"
        make_tune(seed, bars, metre, 80.0 + 10 * seed).write(str(path))
        made.append(path)
    return made


def symbols(model: genstudio.Model, pieces: Any) -> list[str]:
    return [model.domain.to_symbols(piece) for piece in pieces]


def every_operation(model: genstudio.Model, sources: list[Any], **options: Any) -> dict[str, genstudio.Pieces]:
    a, b, c, d, *more = sources
    sampled = {name: value for name, value in options.items() if name in ("temperature", "top_p", "seed")}
    found = {
        "reconstruct": model.reconstruct(a, **options),
        "sample": model.sample(3, **sampled),
        "interpolate": model.interpolate(a, b, 3, **options),
        "vary": model.vary(a, 3, 0.4, **options),
        "blend": model.blend(a, b, c, d, (2, 3), **options),
        "path": model.path([a, b, c], 3, **options),
        "analogy": model.analogy(a, b, c, **options),
        "continue": model.continue_(a, 3, given=1, **options),
    }
    if more:
        long, other = more
        found["whole reconstruct"] = model.reconstruct(long, whole=True, **options)
        found["whole interpolate"] = model.interpolate(long, other, 3, whole=True, **options)
        found["whole vary"] = model.vary(long, 2, whole=True, **options)
    return found


def bytes_of(pieces: genstudio.Pieces, folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in pieces.save(folder)]


@pytest.mark.parametrize("options", [{"seed": 2}, {"temperature": 1.0, "top_p": 0.9, "seed": 2, "hold": ("key", "metre")}])
def test_every_job_makes_the_same_melodies_again(melody, melody_model, songs, options, tmp_path):
    fresh = genstudio.load(melody_model)
    for name, pieces in every_operation(melody, songs, **options).items():
        job = pieces.job
        assert job is not None
        assert name.endswith(job.operation)
        assert (job.model, job.seed, job.count) == ("tiny-melody", 2, len(pieces))
        assert job.codes.dtype == np.float32
        stored = Job.from_facts(json.loads(json.dumps(job.facts())), job.codes.astype("<f4").tobytes())
        assert stored.id == job.id
        again = fresh.again(stored)
        assert list(again) == list(pieces), name
        assert again.ts == pieces.ts
        assert bytes_of(again, tmp_path / "b") == bytes_of(pieces, tmp_path / "a"), name
        record = Provenance.of(job, len(pieces) - 1)
        assert Provenance.from_text(record.to_text()) is not None
        assert record.count == len(pieces)


@pytest.mark.parametrize("options", [{}, {"temperature": 1.0, "seed": 5}])
def test_every_job_makes_the_same_sentences_again(text, text_model, options):
    fresh = genstudio.load(text_model)
    for name, pieces in every_operation(text, [SENTENCE, *OTHERS], **options).items():
        assert list(fresh.again(pieces.job)) == list(pieces), name
        if name not in ("sample",):
            assert pieces.job.sources[0] == SENTENCE


def test_a_job_of_another_model(melody, text, melody_model, songs, tmp_path):
    job = melody.reconstruct(songs[0]).job
    with pytest.raises(ModelError, match=r"were made by the model tiny-melody .* is another"):
        text.again(job)
    with pytest.raises(ModelError, match="later GenStudio"):
        melody.again(dataclasses.replace(job, decoding={**job.decoding, "beams": 4}))
    copy = tmp_path / "copy"
    shutil.copytree(melody_model, copy)
    same = genstudio.load(copy)
    assert same.digest == melody.digest
    assert list(same.again(job)) == list(melody.again(job))
    changed = genstudio.load(copy)
    (copy / "model.safetensors").write_bytes((copy / "model.safetensors").read_bytes() + b" ")
    with pytest.raises(ModelError, match="changed since"):
        _ = changed.digest
    assert len(same.digest) == 64


def test_options_together_or_one_by_one(melody, songs):
    options = DecodingOptions(temperature=1.0, seed=4)
    assert melody.vary(songs[0], 2, options=options) == melody.vary(songs[0], 2, temperature=1.0, seed=4)
    assert melody.vary(songs[0], 2, options=options, seed=9) == melody.vary(songs[0], 2, temperature=1.0, seed=9)
    with pytest.raises(ConfigError, match="did you mean 'seed'"):
        melody.vary(songs[0], 2, seeed=1)


# Neighbours, grids, ways, differences


def test_variations(melody, songs):
    (itself,) = melody.reconstruct(songs[0])
    near = melody.vary(songs[0], 3, 0.0)
    assert list(near) == [itself]
    assert "given once" in near.remarks[-1]
    far = melody.vary(songs[0], 6, 1.0)
    assert len(set(symbols(melody, far))) > 1
    assert far == melody.vary(songs[0], 6, 1.0)
    assert far != melody.vary(songs[0], 6, 1.0, seed=1)
    assert all(piece.tempos == itself.tempos and piece.program == itself.program for piece in far)
    for n, amount in ((0, 0.3), (10_001, 0.3), (2, 1.1), (2, -0.1)):
        with pytest.raises(ConfigError):
            melody.vary(songs[0], n, amount)


def test_a_grid(melody, songs):
    found = melody.blend(*songs[:4], (3, 4))
    assert len(found) == 12
    for place, song in zip((0, 3, 8, 11), songs, strict=False):
        assert found[place] == melody.piece(song)[0]
    assert list(found.kept) == [0, 3, 8, 11]
    assert found.job.settings["grid"] == [3, 4]
    assert len(melody.blend(*songs[:4], 2)) == 4
    for wrong in (1, (2, 51), "5x5x5", (2,)):
        with pytest.raises(ConfigError, match="grid"):
            melody.blend(*songs[:4], wrong)


def test_a_path(melody, songs):
    found = melody.path(songs[:3], 3)
    assert len(found) == 5
    assert found.ts == [0.0, 0.25, 0.5, 0.75, 1.0]
    for place, song in zip((0, 2, 4), songs, strict=False):
        assert found[place] == melody.piece(song)[0]
    assert list(found.kept) == [0, 2, 4]
    assert found.joined().bars == sum(piece.bars for piece in found)
    for sources, steps in ((songs[:1], 3), (songs[:2], 1)):
        with pytest.raises(ConfigError):
            melody.path(sources, steps)


@pytest.mark.parametrize("options", [{}, {"hold": ("key", "metre"), "method": "linear"}, {"whole": True}])
def test_any_point_of_a_path(melody, songs, options):
    steps = melody.interpolate(songs[0], songs[1], 5, **options)
    way = melody.way(songs[0], songs[1], **options)
    for t, piece in zip(steps.ts, steps, strict=True):
        found = way.at(t)
        assert found == [piece]
        assert (found.ts, found.job.operation) == ([t], "morph")
    between = way.at(0.4, 0.7)
    assert between.ts == [0.4, 0.7]
    again = melody.again(between.job)
    assert (again, again.ts) == (between, [0.4, 0.7])
    assert between.job.sources == steps.job.sources
    with pytest.raises(ConfigError, match=r"the place is 1\.2; expected 0 "):
        way.at(1.2)


@pytest.mark.parametrize("options", [{}, {"hold": ("key", "metre")}])
def test_any_point_of_a_square(melody, songs, options):
    four = [songs[0], songs[1], songs[1], songs[0]]
    grid = melody.blend(*four, 3, **options)
    square = melody.square(*four, **options)
    for place, piece in zip([(column / 2, row / 2) for row in range(3) for column in range(3)], grid, strict=True):
        assert square.at(place) == [piece]
    between = square.at((0.3, 0.9), (0.5, 0.1))
    assert (between.job.operation, between.job.settings["places"]) == ("blend", [[0.3, 0.9], [0.5, 0.1]])
    assert melody.again(between.job) == between
    with pytest.raises(ConfigError, match=r"the place is 1\.2, 0; expected two numbers"):
        square.at((1.2, 0.0))


def test_the_ends_are_the_sources(melody, text, songs, tmp_path):
    a, b = (melody.piece(song)[0] for song in songs[:2])
    loud = dataclasses.replace(a, notes=tuple(note._replace(velocity=40 + at) for at, note in enumerate(a.notes)), program=40)
    for options in ({}, {"hold": ("key", "metre")}, {"temperature": 1.0, "seed": 3}):
        found = melody.interpolate(loud, b, 4, **options)
        assert (found[0], found[-1]) == (loud, b)  # loudness, tempo, instrument, title and all
        assert found.kept == {0: melody.kept(loud), 3: melody.kept(b)}
        stored = Job.from_facts(json.loads(json.dumps(found.job.facts())), found.job.codes.tobytes())
        assert list(melody.again(stored)) == list(found)
        written = melody.domain.read(found.save(tmp_path / "steps")[0]).pieces[0]
        assert [note[:4] for note in written.notes] == [note[:4] for note in loud.notes]
    (back,) = melody.reconstruct(b)
    share = melody.domain.compare([b], [back])
    measured = melody.kept(b)
    assert (measured.of, measured.part) == (len(b.notes), "note")
    assert measured.kept == round(share["note_recall"] * len(b.notes))
    assert measured.exact == (melody.domain.to_symbols(back) == melody.domain.to_symbols(b))
    sentences = text.interpolate(SENTENCE, "Ein ganz anderer Satz, 42!", 3)
    assert [sentences[0].text, sentences[2].text] == [SENTENCE, "Ein ganz anderer Satz, 42!"]
    assert sentences.kept[2].of == 5
    assert (sentences.kept[2].part, sentences.kept[2].exact) == ("word", False)


def test_a_record_without_exact_ends_gives_the_same_pieces(melody, songs):
    """Libraries of earlier versions have interpolations whose ends were decoded."""
    job = melody.interpolate(songs[0], songs[1], 3).job
    first, last = melody.reconstruct(songs[0]), melody.reconstruct(songs[1])
    old = dataclasses.replace(
        job,
        decoding={name: value for name, value in job.decoding.items() if name != "exact"},
        metadata=(first.job.metadata[0], job.metadata[1], last.job.metadata[0]),
    )
    made = melody.again(old)
    assert [made[0], made[2]] == [*first, *last]
    record = Provenance.of(job, 0).settings["decoding"]["exact"]
    assert record == [melody.domain.to_symbols(melody.piece(songs[0])[0])]
    assert "exact" not in Provenance.of(job, 1).settings["decoding"]
    assert len(Provenance.of(job, None).settings["decoding"]["exact"]) == 3


def test_differences(melody, songs):
    a, b, c, *_ = songs
    assert symbols(melody, melody.analogy(a, b, b)) == symbols(melody, melody.reconstruct(a))
    (found,) = melody.analogy(a, a, c)
    assert found == melody.reconstruct(c)[0]
    assert melody.analogy(a, b, c)[0].tempos == melody.reconstruct(c)[0].tempos


# What follows


def test_the_given_bars_are_kept(melody, songs):
    given = melody.domain.part(melody.piece(songs[0])[0], 1, 1)
    for temperature in (0.0, 1.0):
        found = melody.continue_(songs[0], 4, given=1, temperature=temperature)
        assert len(found) == 4
        for piece in found:
            assert piece.notes[: len(given.notes) - 1] == given.notes[:-1]  # velocities too
            last, same = given.notes[-1], piece.notes[len(given.notes) - 1]
            assert (last.start, last.pitch, last.velocity) == (same.start, same.pitch, same.velocity)
            assert same.end >= last.end  # it may be held on
            assert piece.bars == 2
            assert piece.tempos == given.tempos
    assert len(set(symbols(melody, melody.continue_(songs[0], 4, given=1)))) > 1


def test_the_number_of_given_bars(melody, songs):
    found = melody.continue_(songs[4], 1, length=2)
    assert any("7 bars, and 2 are wanted in all: the first 1 were kept" in remark for remark in found.remarks)
    assert melody.continue_(songs[0], 1, given=1, length=2)[0].bars == 2
    bars = melody.domain.read(songs[0]).pieces[0].bars
    for options, expected in (
        ({"given": bars + 1}, f"expected 1 to {bars}"),
        ({"given": 2, "length": 2}, "nothing to write"),
        ({"length": bars + 2}, "writes 1 to 1 more"),
        ({"length": 1}, "expected 2 or more"),
        ({"n": 0}, "n is 0"),
        ({"whole": True}, "not on whole ones"),
    ):
        with pytest.raises(ConfigError, match=expected):
            melody.continue_(songs[0], **options)


def test_a_song_that_fills_the_phrase_is_continued_at_its_end(melody, songs):
    whole = melody.domain.read(songs[4]).pieces[0]
    assert whole.bars == 7  # more than three of the model's phrases
    found = melody.continue_(songs[4], 3, seed=2)
    assert found
    for piece in found:
        assert piece.bars == 8
        assert melody.domain.part(piece, 1, 7).notes == whole.notes
        assert melody.domain.to_symbols(melody.domain.part(piece, 1, 7)) == melody.domain.to_symbols(whole)
        assert (piece.title, piece.program, piece.tempos) == (whole.title, whole.program, whole.tempos)
    assert any("7 bars" in remark and "goes on from its end" in remark for remark in found.remarks)
    assert (found.job.settings["given"], found.job.settings["length"]) == (7, 8)
    assert list(melody.again(found.job)) == list(found)
    # The end is what it goes on from: another beginning changes nothing of what follows.
    first, *rest = whole.notes
    other = melody.continue_(dataclasses.replace(whole, notes=(first._replace(pitch=first.pitch + 2), *rest)), 3, seed=2)
    assert [piece.notes[0].pitch for piece in other] == [first.pitch + 2] * len(found)
    assert [piece.notes[len(rest) :] for piece in other] == [piece.notes[len(rest) :] for piece in found]


def test_equal_pieces_are_drawn_again_or_left_out(melody, text, songs):
    for made, wanted in (
        (text.vary(SENTENCE, 12, 0.5), 12), (text.sample(12, seed=4), 12), (text.continue_("the cat", 12), 12),
        (melody.vary(songs[0], 6, 0.6), 6), (melody.sample(9), 9), (melody.continue_(songs[0], 6, given=1), 6),
        (melody.vary(songs[4], 4, 0.3, whole=True), 4), (text.vary(SENTENCE, 5, 0.9, temperature=1.0), 5),
    ):  # fmt: skip
        kept = [made.domain.to_symbols(piece) for piece in made]
        assert 1 <= len(set(kept)) == len(kept) <= wanted
        notes = [remark for remark in made.remarks if f"not {wanted}" in remark]
        assert len(notes) == int(len(kept) < wanted)
        model = melody if made.domain is melody.domain else text
        assert list(model.again(made.job)) == list(made)
    own = text.domain.to_symbols(text.piece(SENTENCE)[0])
    assert own not in [text.domain.to_symbols(piece) for piece in text.vary(SENTENCE, 20, 0.5)]


def test_more_are_found_by_drawing_again(text, monkeypatch):
    amounts = (0.1, 0.2, 0.3, 0.4, 0.5)
    again = [text.vary(SENTENCE, 8, amount) for amount in amounts]
    monkeypatch.setattr("genstudio.latent.distinct.ATTEMPTS", 1)
    once = [text.vary(SENTENCE, 8, amount) for amount in amounts]
    for few, more in zip(once, again, strict=True):
        assert {piece.text for piece in few} <= {piece.text for piece in more}
    assert sum(map(len, once)) < sum(map(len, again))


def test_a_bar_that_is_not_full_is_written_on(melody):
    begun = Melody(notes=(Note(0, 480, 60, 99), Note(480, 960, 62, 55)), length=1920)
    found = melody.continue_(begun, 8)
    assert all(piece.notes[:1] == begun.notes[:1] and piece.notes[1].velocity == 55 for piece in found)
    assert any(piece.notes[1].end > 960 or any(960 <= note.start < 1920 for note in piece.notes) for piece in found)


def test_given_words_are_kept(text):
    found = text.continue_("the cat ", 5)
    assert all(piece.text.startswith("the cat") and len(piece.text) > len("the cat") for piece in found)
    assert all(piece.text.startswith("the cat sees") for piece in text.continue_(SENTENCE, 3, given=3))
    counted = text.continue_("the cat", 6, length=5, temperature=1.0, seed=1)
    counts = [text.domain.units(piece) for piece in counted]
    assert max(counts) == 5
    assert counts.count(5) >= 4  # two spaces in a row count as two beginnings
    with pytest.raises(ConfigError, match="nothing to write"):
        text.continue_(SENTENCE, given=4, length=4)


def test_text_keeps_to_the_words_of_its_training(text, text_model):
    words = set((text_model / "words.txt").read_text(encoding="utf-8").split())
    assert {"the", "cat"} <= words
    made = [*text.sample(30, temperature=2.0, top_p=1.0, seed=3), *text.vary(SENTENCE, 10, 1.0)]
    made += text.continue_("the cat", 10, temperature=2.0)
    made += [*text.reconstruct(SENTENCE), *text.analogy(SENTENCE, "the sun", "a dog", temperature=2.0)]
    for found in (
        text.interpolate(SENTENCE, "a dog hears the wind", 9, temperature=2.0),
        text.path([SENTENCE, "the sun", SENTENCE], 4, temperature=2.0),
        text.blend(SENTENCE, "the sun", "a dog", "the moon", 3, temperature=2.0),
    ):
        made += [piece for place, piece in enumerate(found) if place not in found.kept]  # those are what was given
    written = {word for piece in made if len(text.ids(piece)) < 30 for word in letters(piece.text)}
    assert written <= words
    free = text.decode(torch.randn(30, text.network.latent_dims), temperature=2.0)
    assert not {word for piece in free for word in letters(piece.text)} <= words
    # What a person writes is known too.
    assert set(text.interpolate("the zyx cat", "the sun", 3).job.decoding["known"]) == {"the zyx cat", "the sun"}
    assert text.knowing(["the zyx cat"]) is text.knowing(["zyx"])  # it is not made again for each place of a slider
    assert "zyx" in text.knowing(["zyx"])
    assert "zyx" not in text.lexicon
    assert all(piece.text.startswith("the zyx cat") for piece in text.continue_("the zyx cat", 4))
    job = text.sample(5, temperature=1.0, seed=1).job
    assert job.decoding["known"] == []
    assert [piece.text for piece in text.again(job)] == [piece.text for piece in text.sample(5, temperature=1.0, seed=1)]


def test_samples_that_are_measured_are_those_that_are_drawn(text):
    drawn = text.sample(40, temperature=1.0, top_p=0.9, spread=0.8, best_of=1, seed=2)
    measured = sample_prior(text.trained, 40, SamplingOptions(temperature=1.0, top_p=0.9, spread=0.8), seed=2)
    assert [piece.text for piece in measured.pieces] == [piece.text for piece in drawn]


def test_the_likeliest_of_several_decodings_is_kept(text):
    drawn = {"temperature": 2.0, "top_p": 1.0, "spread": 1.0, "seed": 4}
    one, many = text.sample(12, best_of=1, **drawn), text.sample(12, best_of=6, **drawn)
    assert many.job.decoding["best_of"] == 6
    assert "best_of" not in one.job.decoding
    assert np.array_equal(one.job.codes, many.job.codes)

    def costs(pieces: Any) -> np.ndarray:
        ids = torch.from_numpy(collate([np.asarray(text.ids(piece)) for piece in pieces]))
        nll, _, tokens = text.network.score(ids, torch.from_numpy(pieces.job.codes))
        return (nll / tokens).detach().numpy()

    # Of the text, whose tokens may be others than those that were drawn.
    assert (costs(many) <= costs(one) + 1e-4).mean() > 0.7
    assert costs(many).mean() < costs(one).mean() - 0.3
    assert [piece.text for piece in text.again(many.job)] == [piece.text for piece in many]
    assert [piece.text for piece in text.sample(3, temperature=0.0, best_of=6)] == [
        piece.text for piece in text.sample(3, temperature=0.0, best_of=1)
    ]


def test_samples_are_drawn_as_the_manifest_says(text_model, tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(text_model, folder)
    update_manifest(folder, {"sampling": {"temperature": 0.0, "top_p": 0.5, "spread": 0.0}})
    model = genstudio.load(folder)
    assert len({piece.text for piece in model.sample(6)}) == 1  # the likeliest of one code
    assert model.sample(2).job.settings["spread"] == 0.0
    assert model.sample(2).job.decoding["top_p"] == 0.5
    assert len({piece.text for piece in model.sample(6, temperature=2.0, top_p=1.0, spread=1.0)}) > 1
    with pytest.raises(ConfigError, match="spread is -1"):
        model.sample(2, spread=-1.0)
    whole = read_manifest(folder)
    for wrong in ({"temperature": "warm"}, {"heat": 1.0}, [1.0]):
        write_json(folder / "manifest.json", {**whole, "sampling": wrong})
        with pytest.raises(ModelError, match=r"wrong settings for sampling|at sampling"):
            genstudio.load(folder).sample(1)


def test_the_length_of_samples(melody, text):
    assert {piece.bars for piece in melody.sample(12, length=1)} == {1}
    assert {piece.bars for piece in melody.sample(12, length=2)} == {2}
    counts = [text.domain.units(piece) for piece in text.sample(8, length=4)]
    assert max(counts) == 4
    assert counts.count(4) >= 6  # two spaces in a row, which this small model may write, count as two beginnings
    for model, wrong in ((melody, 3), (melody, 0), (text, 0)):
        with pytest.raises(ConfigError, match="length"):
            model.sample(2, length=wrong)


# What is held


def test_held_traits(melody, songs):
    first = melody.piece(songs[1])[0]
    path = melody.interpolate(songs[1], songs[0], 5, hold=("key", "metre"), temperature=1.0)
    assert {piece.tonic for piece in path[:-1]} == {first.tonic}
    assert {piece.metres for piece in path[:-1]} == {first.metres}
    keyed = melody.vary(songs[1], 6, 1.0, hold="key")
    assert {piece.tonic for piece in keyed} == {first.tonic}
    metred = melody.blend(songs[1], *songs[:3], 2, hold=["metre"])
    assert [piece.metres for piece in metred] == [melody.piece(song)[0].metres for song in (songs[1], *songs[:3])]
    between = melody.blend(songs[1], *songs[:3], 3, hold=["metre"])
    assert {piece.metres for place, piece in enumerate(between) if place not in between.kept} == {first.metres}


def test_what_all_sources_agree_on_is_held_without_being_asked_for(melody, songs):
    a, other, _, b, long, more = songs
    metre, key = melody.piece(a)[0].metres, melody.piece(a)[0].tonic
    twin = dataclasses.replace(melody.piece(b)[0], tonic=key)  # of one metre and one key, as one writes them
    for made in (
        melody.interpolate(a, twin, 5, temperature=1.5), melody.way(a, twin, temperature=1.5, seed=3).at(0.3, 0.5, 0.7),
        melody.blend(a, twin, twin, a, 3, temperature=1.5), melody.path([a, twin, a], 7, temperature=1.5),
    ):  # fmt: skip
        assert {(piece.metres, piece.tonic) for piece in made} == {(metre, key)}
    whole = melody.interpolate(long, more, 4, temperature=1.5, whole=True)
    assert {piece.metres for piece in whole} == {metre}
    mixed = melody.interpolate(a, other, 9, temperature=1.5)  # where they differ, the way goes from one to the other
    assert {mixed[0].metres[0][1:], mixed[-1].metres[0][1:]} == {(4, 4), (6, 8)}
    assert "prefix" not in mixed.job.decoding


def test_what_cannot_be_held(melody, text, songs):
    with pytest.raises(ConfigError, match="did you mean 'key'"):
        melody.vary(songs[0], hold=("keys",))
    with pytest.raises(ModelError, match="tiny-text has no summary with details"):
        text.vary(SENTENCE, hold=("key",))


# Whole songs and ranges of bars


def test_a_whole_song(melody, songs, tmp_path):
    (found,) = melody.reconstruct(songs[4], whole=True)
    assert found.bars == 7
    by_phrase = [melody.reconstruct(songs[4], phrase=phrase)[0] for phrase in (1, 2, 3, 4)]
    assert found.notes == melody.domain.join(by_phrase).notes
    assert found.tempos[0].bpm == pytest.approx(120.0)
    assert found.title == melody.domain.read(songs[4]).pieces[0].title
    path = tmp_path / "whole.mid"
    melody.domain.write(found, path)
    heard = [message for track in mido.MidiFile(str(path)).tracks for message in track if message.type == "note_on"]
    assert sum(message.velocity > 0 for message in heard) == len(found.notes)
    lengths = sum(piece.length for piece in by_phrase[:-1])
    assert found.notes[-1].end == lengths + by_phrase[-1].notes[-1].end
    held = melody.reconstruct(songs[4], whole=True, hold="metre")[0]
    assert held.length == 7 * 1920
    assert [tuple(change) for change in held.metres] == [(0, 4, 4)]


def test_ends_of_whole_songs(melody, songs):
    found = melody.interpolate(songs[4], songs[5], 4, whole=True)
    assert [found[0], found[-1]] == [melody.domain.read(song).pieces[0] for song in songs[4:]]
    assert found.job.decoding["joins"] == [4, 3, 3, 2]
    assert found.job.code(0).shape == (4 * melody.network.latent_dims,)
    assert found.joined().bars == sum(piece.bars for piece in found)
    back = melody.interpolate(songs[5], songs[4], 4, whole=True)
    assert symbols(melody, back)[::3] == symbols(melody, found)[::-3]
    short = melody.interpolate(songs[0], songs[1], 3, whole=True)
    assert list(short) == list(melody.interpolate(songs[0], songs[1], 3))


def test_whole_variations(melody, songs):
    found = melody.vary(songs[4], 3, 0.4, whole=True)
    assert [piece.bars for piece in found] == [7, 7, 7]
    assert len(set(symbols(melody, found))) == 3
    assert melody.vary(songs[4], 1, 0.0, whole=True)[0] == melody.reconstruct(songs[4], whole=True)[0]


def test_silence_within_a_song_stays(melody):
    notes = tuple(Note(480 * beat, 480 * beat + 480, 60 + beat % 5, 80) for beat in (*range(8), *range(24, 32)))
    song = Melody(notes=notes, length=8 * 1920)
    for temperature in (0.0, 1.5):  # at random this small model may write a pickup to the first bar
        (found,) = melody.reconstruct(song, whole=True, temperature=temperature, seed=3, hold=("key", "metre"))
        end = found.length
        assert end == 8 * 1920 or temperature
        assert not any(note.end > end - 6 * 1920 and note.start < end - 2 * 1920 for note in found.notes)
        assert any(note.start >= end - 2 * 1920 for note in found.notes)
        assert melody.again(melody.reconstruct(song, whole=True, temperature=temperature).job)
    sounding = Melody(notes=tuple(Note(480 * beat, 480 * beat + 480, 60, 80) for beat in range(32)), length=8 * 1920)
    path = melody.interpolate(song, sounding, 5, whole=True)
    silent = [not any(2 * 1920 <= note.start < 6 * 1920 for note in piece.notes) for piece in path]
    assert silent == [True, True, False, False, False]
    with pytest.raises(FileError, match="empty"):
        melody.reconstruct(Melody(notes=(), length=8 * 1920), whole=True)


def test_a_song_that_changes_its_tempo(melody, songs):
    from genstudio.domains.melody import TempoChange

    song = melody.domain.read(songs[5]).pieces[0]
    song = dataclasses.replace(song, tempos=(TempoChange(0, 90.0), TempoChange(2 * 1920, 60.0)))
    (found,) = melody.reconstruct(song, whole=True)
    assert found.tempos == song.tempos
    assert melody.again(melody.reconstruct(song, whole=True).job)[0] == found


def test_bars(melody, text, songs):
    song = melody.domain.read(songs[4]).pieces[0]
    for bars in ((1, 2), (3, 4), (7, 7), (2, 3)):
        piece, _ = melody.piece(songs[4], bars=bars)
        assert piece.notes == melody.domain.part(song, *bars).notes
        assert piece.bars == bars[1] - bars[0] + 1
    assert melody.reconstruct(songs[4], bars=(3, 4)) == melody.reconstruct(songs[4], phrase=2)
    assert melody.reconstruct(songs[4], bars=(3, 7), whole=True)[0].bars == 5
    assert any("3 phrases" in remark for remark in melody.reconstruct(songs[4], bars=(3, 7)).remarks)
    for wrong in ((1, 8), (8, 9)):
        with pytest.raises(ConfigError, match="within 1 to 7"):
            melody.reconstruct(songs[4], bars=wrong)
    for wrong in ((0, 2), (3, 2), (1, 2, 3), "x", 5):
        with pytest.raises(ConfigError, match="bars"):
            melody.reconstruct(songs[4], bars=wrong)
    with pytest.raises(ConfigError, match="leave the bars out"):
        text.reconstruct(SENTENCE, bars=(1, 2))
    with pytest.raises(ConfigError, match="leave one of the two out"):
        melody.reconstruct(songs[4], phrase=2, whole=True)


# Decoding


def test_decode_checks_its_arguments(melody):
    z = torch.zeros(2, melody.network.latent_dims)
    for options in ({"segments": [1]}, {"prefix": [[]]}, {"joins": [1]}, {"joins": [2, 0]}, {"joins": [3]}):
        with pytest.raises(InputError, match="expected"):
            melody.decode(z, **options)
    assert len(melody.decode(z, joins=[2])) == 1


def test_rows_are_decoded_in_batches_of_one_size(melody):
    z = torch.randn(70, melody.network.latent_dims, generator=torch.Generator().manual_seed(1))
    whole = melody.decode(z, temperature=1.0, seed=3)
    assert whole[:64] == melody.decode(z[:64], temperature=1.0, seed=3)
    assert whole[64:] == melody.decode(z[64:], temperature=1.0, seed=3 + 64)


def test_everything_can_be_stopped(melody, songs):
    stop = Stop()
    stop.request()
    for call in (
        lambda: melody.reconstruct(songs[0], stop=stop),
        lambda: melody.vary(songs[0], stop=stop),
        lambda: melody.interpolate(songs[0], songs[1], stop=stop),
        lambda: melody.blend(*songs[:4], stop=stop),
        lambda: melody.path(songs[:2], stop=stop),
        lambda: melody.analogy(*songs[:3], stop=stop),
        lambda: melody.continue_(songs[0], given=1, stop=stop),
        lambda: melody.sample(2, stop=stop),
    ):
        with pytest.raises(Stopped):
            call()
