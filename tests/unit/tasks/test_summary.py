"""All operations with a model whose codes are a summary and details."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import genstudio
from genstudio import cli
from genstudio.corpus import Corpus
from genstudio.decoding import Request
from genstudio.decoding.lexicon import Lexicon
from genstudio.errors import ConfigError, DamagedFileError, InputError, ModelError
from genstudio.evaluation.attributes import control
from genstudio.evaluation.filling import filling
from genstudio.evaluation.options import EvaluationOptions
from genstudio.evaluation.reconstruction import decode_all
from genstudio.evaluation.report import evaluate
from genstudio.generation.choosing import repeats
from genstudio.library import Library
from genstudio.models.flow import SummaryFlow
from tests.conftest import SUMMARY, SUMMARY_STEPS


def trained(corpus: Path, out: Path, tiny: list[str], *more: str, steps: int = 180, **options: Any) -> list[Any]:
    events: list[Any] = []
    genstudio.train(
        corpus, out, preset="melody-2bar", overrides=[*tiny, *SUMMARY, *SUMMARY_STEPS, *more], max_steps=steps, device="cpu",
        report=events.append, **options,
    )  # fmt: skip
    return events


@pytest.fixture(scope="module")
def folder(walker: Path, melody_corpus: Path, once: Callable[..., Path]) -> Path:
    """The small model of melodies, with attributes and a map."""

    def made(out: Path) -> None:
        shutil.copytree(walker, out)
        genstudio.learn_attributes(out, melody_corpus, donors=40)
        genstudio.make_map(out, melody_corpus)

    return once("models/walker-mapped", made)


@pytest.fixture(scope="module")
def model(folder: Path) -> genstudio.Model:
    return genstudio.load(folder)


@pytest.fixture(scope="module")
def scribe(writer: Path) -> genstudio.Model:
    return genstudio.load(writer)


@pytest.fixture
def songs(make_tune: Any, tmp_path: Path) -> list[Path]:
    for seed in range(4):
        make_tune(2000 + seed, 2, (4, 4)).write(str(tmp_path / f"song-{seed}.mid"))
    return [tmp_path / f"song-{seed}.mid" for seed in range(4)]


def blank(model: genstudio.Model, code: np.ndarray) -> np.ndarray:
    """Which details of a code are blank."""
    details = code[model.network.layout.summary :].reshape(-1, model.network.layout.block)
    assert (np.isnan(details).any(1) == np.isnan(details).all(1)).all()
    return np.isnan(details).any(1)


def test_on_a_path_the_summary_turns_and_details_are_blank(model: genstudio.Model, songs: list[Path]) -> None:
    pieces = model.interpolate(*songs[:2], steps=5)
    assert pieces.job.settings["method"] == "details"
    used = [int((code[model.network.layout.summary :].reshape(6, -1) != 0).any(1).sum()) for code in pieces.job.codes[[0, -1]]]
    assert [int(blank(model, code).sum()) for code in pieces.job.codes] == [0, 6 - used[0] // 2, 6, 6 - used[1] // 2, 0]
    assert [piece.notes for piece in (pieces[0], pieces[-1])] == [model.piece(song)[0].notes for song in songs[:2]]
    assert model.network.layout.fits(pieces.job.codes)
    through = model.path(songs[:3], steps=3)
    assert [int(blank(model, code).sum()) for code in through.job.codes] == [0, 6, 0, 6, 0]


def test_results_can_be_made_again(model: genstudio.Model, songs: list[Path], tmp_path: Path) -> None:
    made = [
        model.interpolate(*songs[:2], steps=5), model.sample(3, seed=1), model.vary(songs[0], 3, 0.4, seed=2),
        model.blend(*songs, grid=3), model.analogy(*songs[:3]), model.continue_(songs[0], 2, length=2, given=1),
        model.at_places(None, [0, (0.1, -0.2)]),
    ]  # fmt: skip
    with Library(tmp_path / "library.db") as library:
        for pieces in made:
            library.record(pieces.job, list(pieces), model.domain)
            kept = library.job(pieces.job.id)
            assert kept.codes.tobytes() == pieces.job.codes.tobytes()
            assert [model.domain.to_symbols(one) for one in model.again(kept)] == [model.domain.to_symbols(one) for one in pieces]


def test_samples_come_from_the_summary_alone(model: genstudio.Model) -> None:
    pieces = model.sample(8, seed=3)
    assert all(blank(model, code).all() for code in pieces.job.codes)
    assert len({model.domain.to_symbols(piece) for piece in pieces}) == len(pieces)
    assert np.nanstd(pieces.job.codes[:, :12]) == pytest.approx(model.sampling.spread, rel=0.3)


def test_a_continuation_keeps_the_details_of_the_given_bars(model: genstudio.Model, songs: list[Path]) -> None:
    pieces = model.continue_(songs[0], 3, length=2, given=1, seed=1)
    given = model.domain.part(model.piece(songs[0])[0], 1, 1)
    for piece, code in zip(pieces, pieces.job.codes, strict=True):
        assert model.domain.part(piece, 1, 1).notes[: len(given.notes) - 1] == given.notes[:-1]
        where = blank(model, code)
        assert not where[0]
        assert where[-1]


def test_the_possible_change_limits_the_obtained_one(model: genstudio.Model, melody_corpus: Path) -> None:
    store = Corpus.open(melody_corpus).split("test")
    ids = [store[row] for row in range(8)]
    space = model.attribute_space
    found = control(model.trained, space, ids, rounds=2, candidates=4)
    assert set(found) == set(model.attribute_space.names)
    # Of the summary: the details that it leaves out have no distance.
    assert all(0 <= one["moved"] < 5 for one in found.values())
    # Tunes lie high and low, so that a pitch can move either way; what no tune exceeds cannot.
    lowest = dataclasses.replace(space, donor_values=np.zeros_like(space.donor_values))
    down = control(model.trained, lowest, ids, rounds=1, candidates=2)
    assert 0.5 < down["pitch"]["possible"] < found["pitch"]["possible"] < 1


def test_attributes_move_the_summary(model: genstudio.Model, songs: list[Path]) -> None:
    gained = []
    for name in ("density", "pitch", "range", "interval"):
        pieces = model.shape(songs[0], {name: 1.0}, rounds=3)
        assert pieces.job.codes.shape == (1, model.network.latent_dims)
        blank(model, pieces.job.codes[0])
        assert model.again(pieces.job) == pieces
        gained.append(pieces.facts["attributes"][name]["obtained"])
    assert max(gained) > 0.2


def test_nearest_pieces_are_those_with_the_nearest_summary(model: genstudio.Model, songs: list[Path], melody_corpus: Path) -> None:
    found = model.nearest(songs[0], k=3)
    assert [one["rank"] for one in found] == [1, 2, 3]
    assert found[0]["distance"] <= found[1]["distance"]
    ids = Corpus.open(melody_corpus).split("train")[0]
    own = model.domain.from_symbols(model.tokenizer.decode(ids.tolist()))
    assert model.nearest(own, k=1)[0]["distance"] < 0.05


def test_a_model_with_a_summary_is_evaluated(folder: Path, melody_corpus: Path) -> None:
    found = genstudio.evaluate(folder, melody_corpus, limit=8, samples=2, interpolation=4, generated=4)
    likelihood = found["likelihood"]
    assert likelihood["kl_summary"] < likelihood["kl"]
    assert 0 < likelihood["active_units_summary"] <= 12
    # With the details more is known of a piece than without, and more is paid.
    assert likelihood["elbo_summary"] != likelihood["elbo"]
    for group in ("interpolation", "interpolation_slerp"):
        assert np.isfinite(found[group]["betweenness"])
        assert 0 <= found[group]["copied_middle"] <= 1
        assert 1 <= found[group]["distinct"] <= 9
    assert found["interpolation"]["cost_middle"] == found["interpolation_slerp"]["cost_middle"]  # in the middle they are the same
    assert found["interpolation"]["costs"] != found["interpolation_slerp"]["costs"]


def test_features_are_predicted_from_the_summary(model: genstudio.Model, melody_corpus: Path) -> None:
    from genstudio.corpus import Corpus

    store = Corpus.open(melody_corpus).split("train")
    pieces = [model.domain.from_symbols(model.tokenizer.decode(store[row].tolist())) for row in range(40)]
    true = torch.from_numpy(np.stack([model.domain.measure_features(piece) for piece in pieces]))
    predicted = model.network.features(model.encode(pieces)[:, :12])
    wrong = (predicted - model.network.features.standard(true)).square().sum(1).mean()
    assert wrong < 0.9 * model.network.features.standard(true).square().sum(1).mean()


@pytest.mark.slow
def test_a_stopped_training_resumes_exactly(
    melody_corpus: Path, tiny: dict[str, list[str]], tmp_path: Path
) -> None:
    trained(melody_corpus, tmp_path / "whole", tiny["melody"], steps=8)
    stop = genstudio.Stop()

    def halt(event: Any) -> None:
        if event.data.get("event") == "step" and event.data["step"] == 4:
            stop.request()

    few = [*tiny["melody"], *SUMMARY, *SUMMARY_STEPS]
    about: dict[str, Any] = {"preset": "melody-2bar", "overrides": few, "max_steps": 8, "device": "cpu"}
    genstudio.train(melody_corpus, tmp_path / "parts", report=halt, stop=stop, **about)
    genstudio.train(melody_corpus, tmp_path / "parts", resume=True, **about)
    weights = [(tmp_path / name / "model.safetensors").read_bytes() for name in ("whole", "parts")]
    assert weights[0] == weights[1]


@pytest.mark.slow
def test_a_collapsed_summary_is_reported(melody_corpus: Path, tiny: dict[str, list[str]], tmp_path: Path) -> None:
    heavy = ["kl.weight=50", "kl.floor=0", "kl.start=1", "kl.begin=0", "kl.warmup=0", "features=0", "optimizer.evaluate_every=60"]
    events = trained(melody_corpus, tmp_path / "collapsed", tiny["melody"], *heavy, steps=60)
    (warning,) = [event for event in events if event.data.get("kind") == "summary collapse"]
    assert "the summary has collapsed: its KL is 0." in warning.message
    assert "of its 12 dimensions are active" in warning.message


@pytest.mark.parametrize("place", [0, 13])
def test_a_record_with_numbers_missing_elsewhere_is_refused(model: genstudio.Model, place: int) -> None:
    job = model.sample(1).job
    codes = job.codes.copy()
    codes[:, place] = 0.5 if place >= 12 else np.nan  # half a detail, or a part of the summary
    with pytest.raises(DamagedFileError, match="damaged"):
        model.again(dataclasses.replace(job, codes=codes))


# -- filling in


@pytest.fixture
def tune(make_tune: Any, tmp_path: Path) -> Path:
    make_tune(3000, 8, (4, 4)).write(str(tmp_path / "tune.mid"))
    return tmp_path / "tune.mid"


def bars(model: genstudio.Model, piece: Any, first: int, last: int) -> Any:
    return model.domain.part(piece, first, last)


@pytest.mark.parametrize("gap", [(1, 1), (4, 5), (8, 8), (3, 3)])
def test_bars_outside_a_gap_stay_exactly(model: genstudio.Model, tune: Path, gap: tuple[int, int]) -> None:
    original = model.domain.read(tune).pieces[0]
    pieces = model.fill(tune, gap, 3, seed=5, temperature=1.0)
    assert len({model.domain.to_symbols(piece) for piece in pieces}) == len(pieces) > 1
    first, last = gap
    for piece in pieces:
        assert model.domain.units(piece) == 8
        assert piece.metres == original.metres
        assert piece.tempos == original.tempos
        for before, after in ((1, first - 1), (last + 1, 8)):
            if before <= after:
                assert bars(model, piece, before, after).notes == bars(model, original, before, after).notes
        assert bars(model, piece, first, last).notes != bars(model, original, first, last).notes
    assert [tuple(piece.notes) for piece in model.again(pieces.job)] == [tuple(piece.notes) for piece in pieces]


def test_a_filled_file_has_its_provenance(model: genstudio.Model, tune: Path, tmp_path: Path) -> None:
    result = genstudio.fill(model.folder, tune, tmp_path / "out", gap=(2, 3), n=2, seed=1)
    paths = [Path(entry["path"]) for entry in result["samples"]]
    assert [path.name for path in paths] == ["filled-00.mid", "filled-01.mid"]
    record = genstudio.trace(paths[0])
    assert record["operation"] == "fill"
    assert record["settings"]["gap"] == [2, 3]
    before = paths[1].read_bytes()
    with Library(tmp_path / "library.db") as library:
        pieces = model.fill(tune, (2, 3), 2, seed=1)
        library.record(pieces.job, list(pieces), model.domain)
        genstudio.again(library.job(pieces.job.id), tmp_path / "again", names=[path.name for path in paths], model=model.folder)
    assert (tmp_path / "again" / paths[1].name).read_bytes() == before


@pytest.mark.parametrize(
    ("gap", "why"),
    [
        ((0, 1), "there are no bars 0-1 in"), ((7, 9), "expected bars within 1 to 8"), ((2, 1), "there are no bars"),
        ((1, 3), "3 bars are to be filled; walker-mapped writes 1 to 2 at once"), (None, "say which of the 8 bars of"),
    ],
)  # fmt: skip
def test_gaps_that_cannot_be_filled(model: genstudio.Model, tune: Path, gap: Any, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        model.fill(tune, gap)


def test_a_model_without_a_summary_fills_no_gaps(melody_model: Path, tune: Path) -> None:
    with pytest.raises(ModelError, match="no summary with details that can be left out"):
        genstudio.load(melody_model).fill(tune, (2, 2))


def second(model: genstudio.Model, piece: Any) -> list[Any]:
    """Pitches and times of the second bar."""
    return [note[:3] for note in model.domain.part(piece, 2, 2).notes]


def first(model: genstudio.Model, piece: Any) -> str:
    return str(model.domain.to_symbols(model.domain.part(piece, 1, 1)))


def test_bars_are_held_in_all_results(model: genstudio.Model, songs: list[Path]) -> None:
    own = model.piece(songs[0])[0]
    plain = {
        "interpolate": model.interpolate(*songs[:2], steps=5), "vary": model.vary(songs[0], 4, 0.8, seed=1),
        "path": model.path(songs[:3], steps=3), "blend": model.blend(*songs, grid=3),
        "analogy": model.analogy(*songs[:3]),
    }  # fmt: skip
    made = {
        "interpolate": model.interpolate(*songs[:2], steps=5, hold="2"), "vary": model.vary(songs[0], 4, 0.8, seed=1, hold="2"),
        "path": model.path(songs[:3], steps=3, hold="2"), "blend": model.blend(*songs, grid=3, hold="2"),
        "analogy": model.analogy(*songs[:3], hold="2"),
    }  # fmt: skip
    for name, pieces in made.items():
        assert all(second(model, piece) == second(model, own) for piece in pieces), name
        assert not all(second(model, piece) == second(model, own) for piece in plain[name]), name
        assert [piece.notes for piece in model.again(pieces.job)] == [piece.notes for piece in pieces]
    assert len({first(model, piece) for piece in made["vary"]}) > 1
    assert list(made["interpolate"].kept) == [0]  # B has other bars there, so it is not exact


def test_what_cannot_be_held(model: genstudio.Model, melody_model: Path, scribe: genstudio.Model, songs: list[Path]) -> None:
    with pytest.raises(ConfigError, match="there are no bars 2-9 in"):
        model.vary(songs[0], 2, hold="2-9")
    with pytest.raises(ConfigError, match="there is no 'tempo' to hold in"):
        model.vary(songs[0], 2, hold="tempo")
    with pytest.raises(ConfigError, match="bars and parts are held of one phrase"):
        model.vary(songs[0], 2, hold="1", whole=True)
    with pytest.raises(ModelError, match="this needs one"):
        genstudio.load(melody_model).vary(songs[0], 2, hold="1")
    with pytest.raises(ConfigError, match=r"there is no 'tree' in 'the cat sees the house\."):
        scribe.vary("the cat sees the house.", 2, hold="tree")


def test_words_are_held_in_all_results(scribe: genstudio.Model) -> None:
    ends = "the cat sees the house.", "a dog hears a bird."
    made = [
        scribe.interpolate(*ends, steps=5, hold="house"), scribe.vary(ends[0], 4, 0.9, seed=3, hold="house"),
        scribe.path([*ends, ends[0]], steps=3, hold="house"), scribe.analogy(ends[0], *reversed(ends), hold="house"),
    ]  # fmt: skip
    for pieces in made:
        assert all("house" in piece.text for piece in pieces)
        assert [piece.text for piece in scribe.again(pieces.job)] == [piece.text for piece in pieces]
    assert len({piece.text for piece in made[0]}) > 1


def times(piece: Any) -> list[tuple[int, int]]:
    return [(note.start, note.end) for note in piece.notes]


def apart(piece: Any, other: Any) -> float:
    """The distances of pitches in semitones where notes of ``piece`` begin."""
    there = [(note.pitch, [one.pitch for one in other.notes if one.start <= note.start < one.end]) for note in piece.notes]
    return float(np.mean([abs(pitch - found[0]) for pitch, found in there if found]))


def test_an_average_is_in_the_middle_of_all(model: genstudio.Model, songs: list[Path], tmp_path: Path) -> None:
    pieces = model.average(songs, 3, seed=1)
    assert 1 <= len(pieces) <= 3
    assert len({piece.notes for piece in pieces}) == len(pieces)
    given = [model.piece(song)[0] for song in songs]
    features = np.stack([model.domain.measure_features(piece) for piece in given])
    deviation = model.network.features.deviation.numpy()

    def far(piece: Any) -> float:
        return float(np.abs((model.domain.measure_features(piece) - features.mean(0)) / deviation).mean())

    assert min(map(far, pieces)) < np.mean([far(piece) for piece in given])
    assert all(blank(model, code).all() for code in pieces.job.codes)
    assert [piece.notes for piece in model.again(pieces.job)] == [piece.notes for piece in pieces]
    with pytest.raises(ConfigError, match="two pieces or more; 1 was given"):
        model.average(songs[:1])
    assert cli.main(["average", *map(str, songs[:2]), "--model", str(model.folder), "--out", str(tmp_path), "--no-history"]) == 0
    assert (tmp_path / "average-00.mid").is_file()


def test_a_rhythm_gets_another_tune(model: genstudio.Model, songs: list[Path]) -> None:
    a, b = (model.piece(song)[0] for song in songs[:2])
    pieces = model.rhythm(*songs[:2], 3, seed=1)
    assert 1 <= len(pieces) <= 3
    assert len({piece.notes for piece in pieces}) == len(pieces)
    for piece in pieces:
        assert times(piece) == times(a)  # and so the metre
    assert np.mean([apart(piece, b) for piece in pieces]) < apart(a, b)
    assert [piece.notes for piece in model.again(pieces.job)] == [piece.notes for piece in pieces]
    assert [piece.notes for piece in model.rhythm(*songs[:2], 3, seed=1)] == [piece.notes for piece in pieces]
    assert pieces.job.settings["tune"] == 1.0


def test_no_rhythm_is_refused(model: genstudio.Model, melody_model: Path, scribe: genstudio.Model, songs: list[Path]) -> None:
    with pytest.raises(ConfigError, match="have no pitches"):
        scribe.rhythm("the cat sees the house.", "a dog hears a bird.")
    with pytest.raises(ModelError, match="no summary with details that can be left out, and this needs one; choose another"):
        genstudio.load(melody_model).rhythm(*songs[:2])
    with pytest.raises(ModelError, match="no summary"):
        genstudio.load(melody_model).average(songs)
    with pytest.raises(ConfigError, match="tune is 2"):
        model.rhythm(*songs[:2], tune=2)


@pytest.mark.parametrize("rows", [[[1, 9]], [[2, 1]]])
def test_a_record_of_other_bars_is_refused(model: genstudio.Model, tune: Path, rows: Any) -> None:
    job = model.fill(tune, (2, 2), 1).job
    with pytest.raises(InputError, match="of a row were to be used"):
        model.again(dataclasses.replace(job, decoding={**job.decoding, "parts": rows}))


@pytest.mark.parametrize("text", ["the cat ___ the house.", "___ sees the house.", "a dog hears ___"])
def test_a_gap_in_a_text_is_filled(scribe: genstudio.Model, text: str) -> None:
    pieces = scribe.fill(text, n=3, seed=2)
    before, _, after = (part.strip() for part in text.partition("___"))
    assert len({piece.text for piece in pieces}) == len(pieces) >= 1
    for piece in pieces:
        assert piece.text.startswith(before)
        assert piece.text.endswith(after)
        assert len(piece.text) > len(before) + len(after) + 1
    assert [piece.text for piece in scribe.again(pieces.job)] == [piece.text for piece in pieces]
    assert [piece.text for piece in scribe.fill(text, n=3, seed=2)] == [piece.text for piece in pieces]


@pytest.mark.parametrize(
    ("text", "why"), [("no gap at all", "marks 0 gaps"), ("a ___ b ___ c", "marks 2 gaps"), ("___", "nothing but a gap")]
)
def test_texts_without_exactly_one_gap_are_refused(scribe: genstudio.Model, text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        scribe.fill(text)
    with pytest.raises(ConfigError, match="mark the gap with ___"):
        scribe.fill(text, (1, 2))


def test_pieces_between_others_are_chosen_by_their_features(model: genstudio.Model, songs: list[Path]) -> None:
    """The features of the steps of a path are nearer to the line between those of its ends than the greedy decodings are."""
    ends = [model.piece(song)[0] for song in songs[:2]]
    features = [model.domain.measure_features(piece) for piece in ends]
    deviation = model.network.features.deviation.numpy()

    def off(piece: Any, t: float) -> float:
        goal = (1 - t) * features[0] + t * features[1]
        return float(np.sqrt((((model.domain.measure_features(piece) - goal) / deviation) ** 2).mean()))

    pieces, way = model.interpolate(*songs[:2], steps=5, seed=1), model.way(*songs[:2], seed=1)
    inner = range(1, 4)
    chosen = [off(pieces[at], at / 4) for at in inner]
    greedy = [off(way.at(at / 4)[0], at / 4) for at in inner]
    assert sum(chosen) < sum(greedy)
    assert all(one <= other + model.domain.choice.likely for one, other in zip(chosen, greedy, strict=True))
    assert [piece.notes for piece in model.interpolate(*songs[:2], steps=5, seed=1)] == [piece.notes for piece in pieces]
    assert [piece.notes for piece in model.again(pieces.job)] == [piece.notes for piece in pieces]
    assert set(pieces.kept) == {0, 4}  # what is said to be kept is said of the ends only


def test_a_reconstruction_may_use_the_words_of_its_source(
    scribe: genstudio.Model, text_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence is measured as ``reconstruct`` writes it, with the words of the training data and its own."""
    used: list[Any] = []

    def noted(network: Any, means: Any, request: Request, **options: Any) -> Any:
        used.append(request.automaton)
        return decode_all(network, means, request, **options)

    monkeypatch.setattr("genstudio.evaluation.report.decode_all", noted)
    split = Corpus.open(text_corpus).split("test")
    few = Lexicon(scribe.tokenizer, ["the", "cat"])
    assert "river" not in few
    trained = dataclasses.replace(scribe.trained, lexicon=few)
    evaluate(trained, [split[row] for row in range(len(split))], EvaluationOptions(samples=1, generated=0))
    assert "river" in used[0]
    assert "rivers" not in used[0]


def test_between_sentences_the_likeliest_given_the_summary_is_chosen(scribe: genstudio.Model) -> None:
    """Given the details of one end, its beginning is likely whatever follows, so the likelihoods are compared without details."""
    texts = ["the cat sees the house.", "my sister loves a letter at night."]
    pieces, way = scribe.interpolate(*texts, steps=5, seed=1), scribe.way(*texts, seed=1)

    def nll(piece: Any, step: int) -> float:
        z = scribe.network.layout.alone(torch.from_numpy(pieces.job.codes[step : step + 1, : scribe.network.core.summary_dims]))
        with torch.inference_mode():
            total, _, tokens = scribe.network.score(torch.tensor([scribe.ids(piece)]), z)
        return float(total[0] / tokens[0])

    greedy = [way.at(step / 4)[0] for step in range(1, 4)]
    others = [piece for piece in greedy if piece.text not in {one.text for one in pieces}]
    assert others  # something else was chosen
    for step, piece in enumerate(greedy, 1):
        if piece.text not in {one.text for at, one in enumerate(pieces) if at != step}:
            assert nll(pieces[step], step) <= nll(piece, step) + 1e-4


def test_random_decodings_are_not_chosen_among(model: genstudio.Model, songs: list[Path]) -> None:
    pieces = model.interpolate(*songs[:2], steps=3, temperature=0.8, seed=1)
    assert [symbols is None for symbols in pieces.job.decoding["exact"]] == [False, True, False]


def test_a_learned_prior_is_one_of_the_summary(folder: Path, melody_corpus: Path, tmp_path: Path, songs: list[Path]) -> None:
    out = tmp_path / "with-prior"
    shutil.copytree(folder, out, ignore=shutil.ignore_patterns("training", "map"))
    fitted = genstudio.fit_prior(out, melody_corpus, max_steps=60)
    assert fitted["kl"] < fitted["kl_standard"]
    model, before = genstudio.load(out), genstudio.load(folder)
    assert isinstance(model.network.prior, SummaryFlow)
    way = model.interpolate(*songs[:2], steps=5)
    assert np.array_equal(way.job.codes[0], before.interpolate(*songs[:2], steps=5).job.codes[0])
    size = model.network.layout.summary
    middle = np.stack([one.interpolate(*songs[:2], steps=3).job.codes[1, :size] for one in (model, before)])
    assert float(np.abs(middle[0] - middle[1]).max()) > 1e-3  # it turns where summaries are N(0, I)
    pieces = model.sample(6, seed=2)
    assert all(blank(model, code).all() for code in pieces.job.codes)
    assert [piece.notes for piece in model.again(pieces.job)] == [piece.notes for piece in pieces]
    assert all(not blank(model, code)[0] for code in model.continue_(songs[0], 2, length=2, given=1).job.codes)
    found = genstudio.evaluate(out, melody_corpus, limit=8, samples=2)["likelihood"]
    assert found["kl_prior"] < found["kl"]
    # Only the summary has a learned prior: of the details the KL is as it was.
    assert found["kl_prior"] > found["kl"] - found["kl_summary"] - 1


def test_gaps_and_samples_are_measured(folder: Path, melody_corpus: Path) -> None:
    found = genstudio.evaluate(folder, melody_corpus, limit=20, samples=2, interpolation=4, generated=6)
    gaps = found["filled"]
    assert gaps["gaps"] == 4
    assert gaps["gaps_copied"] in (0.0, 0.25, 0.5, 0.75, 1.0)
    assert 0.3 < gaps["gaps_cost_ratio"] < 5
    assert 0.3 < found["generated"]["samples_cost_ratio"] < 5


@pytest.mark.parametrize(
    ("bars", "first", "last", "said"),
    [("axc", 1, 1, False), ("aac", 1, 1, True), ("acc", 1, 1, True), ("abc", 1, 1, True), ("xbc", 0, 0, False), ("bbc", 0, 0, True),
     ("abx", 2, 2, False), ("axxc", 1, 2, False), ("axcc", 1, 2, True), ("xyz", 0, 2, False)],
)  # fmt: skip
def test_repetitions_of_the_original_or_of_neighbours_are_nothing_new(bars: str, first: int, last: int, said: bool) -> None:
    assert repeats(list(bars), first, last, list("abcd")) is said


def test_no_filling_repeats_the_bars_beside_it(model: genstudio.Model, songs: list[Path]) -> None:
    separator = model.domain.grammar.separator
    own = model.domain.to_symbols(model.piece(songs[0])[0]).split(separator)[1:]
    for seed in range(4):
        for piece in model.fill(songs[0], (2, 2), n=3, seed=seed):
            bars = model.domain.to_symbols(piece).split(separator)[1:]
            assert bars[0] == own[0]
            assert bars[1] not in own


def test_a_copied_gap_is_counted(model: genstudio.Model, melody_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that repeats the bar before fills every gap with a copy; one that writes another bar fills none so."""
    split = Corpus.open(melody_corpus).split("test")
    sequences = [split[row] for row in range(len(split))]
    separator = model.domain.grammar.separator

    def measured(bar: str) -> Any:
        def decode(network: Any, z: Any, times: int, request: Request) -> list[list[int]]:
            begun = [model.tokenizer.decode(ids) for ids in request.prefix or ()]
            own = [text.rstrip(separator).split(separator)[-1] for text in begun]
            return [model.tokenizer.encode(text + (bar or mine)) for text, mine in zip(begun, own, strict=True)]

        monkeypatch.setattr("genstudio.evaluation.filling.decode_best", decode)
        return filling(model.trained, sequences, 12, seed=1)

    other = model.domain.to_symbols(model.domain.from_symbols(model.tokenizer.decode(sequences[0].tolist())))
    assert measured(other.split(separator)[1] * 2)["gaps_copied"] == 0.0
    assert measured("")["gaps_copied"] > 0.3  # a gap in the first bar has no bar before it
