"""All operations with a model of scores: a bar has a segment for each part, and parts are written while others stay."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio import cli
from genstudio.domains import get_domain
from genstudio.domains.melody import Melody
from genstudio.domains.music.notes import Note, bar_lines
from genstudio.domains.score import Part, Score
from genstudio.errors import ConfigError, FileError
from genstudio.evaluation.prior import filled


@pytest.fixture(scope="module")
def model(band: Path) -> genstudio.Model:
    return genstudio.load(band)


@pytest.fixture
def sheet(make_sheet: Callable[..., str], tmp_path: Path) -> Callable[..., Path]:
    """``sheet(seed, bars, …)``: the file of a sheet that the model has not seen."""

    def written(seed: int, *how: Any, **more: Any) -> Path:
        path = tmp_path / f"sheet-{seed}.musicxml"
        path.write_text(make_sheet(900 + seed, *how, **more), encoding="utf-8")
        return path

    return written


@pytest.fixture
def long(sheet: Callable[..., Path], model: genstudio.Model) -> Score:
    """Seven bars, with a pickup and a change of metre, loud and soft notes, and a part that the model does not have."""
    (score,) = model.domain.read(sheet(0, 7, pickup=1, change=4)).pieces
    loud = tuple(note._replace(velocity=40 + index) for index, note in enumerate(score.parts[0].notes))
    drums = Part(name="Kit", role="drums", program=8, notes=tuple(Note(480 * beat, 480 * beat + 60, 38, 90) for beat in range(20)))
    return dataclasses.replace(score, parts=(dataclasses.replace(score.parts[0], notes=loud), *score.parts[1:], drums))


def roles(score: Score) -> list[str]:
    return [part.role for part in score.parts]


def whole(model: genstudio.Model, score: Score) -> None:
    """Check that the model's parts of a score are there in every bar, and that every bar of each is full."""
    arranged, _ = model.domain.arranged(score, model.lineup)
    symbols = model.domain.to_symbols(arranged)
    assert model.domain.lineup(symbols) == model.lineup
    assert len(model.domain.bars_of(symbols)) == score.bars
    assert filled(symbols, model.domain.grammar)
    assert all(bar.count(model.domain.grammar.separator) == model.strands - 1 for bar in model.domain.bars_of(symbols))


def test_chords_are_written_and_all_else_stays(model: genstudio.Model, long: Score) -> None:
    (made,) = model.harmonise(long)
    before = long.parts[2]
    assert before.role == "symbols"
    assert made == dataclasses.replace(long, parts=(*made.parts[:2], made.parts[2], made.parts[3]), labels=made.labels)
    assert [part for part in made.parts if part.role != "symbols"] == [part for part in long.parts if part.role != "symbols"]
    assert made.symbols
    assert made.symbols != long.symbols
    assert (made.symbols[0].start, made.symbols[-1].end) <= (long.length, long.length)
    assert len(model.harmonise(long).job.codes) == 1


def test_the_chords_of_the_source_are_not_read(model: genstudio.Model, long: Score) -> None:
    silent = dataclasses.replace(long, parts=tuple(part for part in long.parts if part.role != "symbols"))
    other = dataclasses.replace(long, parts=(*long.parts[:2], dataclasses.replace(long.parts[2], chords=long.symbols[:1])))
    made = [model.harmonise(score)[0].symbols for score in (long, silent, other)]
    assert made[0] == made[1] == made[2]
    (added,) = model.harmonise(silent)
    assert roles(added) == ["melody", "bass", "drums", "symbols"]
    assert added.parts[:3] == silent.parts


def test_a_longer_tune_is_written_phrase_by_phrase(model: genstudio.Model, long: Score) -> None:
    (made,) = model.accompany(long, ["bass", "symbols"])
    assert made.parts[0] == long.parts[0]
    assert made.parts[3] == long.parts[3]
    bass = model.domain.arranged(made, model.lineup)[0].parts[1]
    for first, last in itertools.pairwise(bar_lines(long)):
        assert any(first <= note.start < last for note in bass.notes), "every phrase has new notes"
    whole(model, made)
    # The second phrase begins with the bars that the first has written, so they decide on it.
    (part,) = model.accompany(model.domain.part(long, 1, 2), ["bass", "symbols"])
    assert model.domain.bars_of(model.domain.to_symbols(made))[:1] == model.domain.bars_of(model.domain.to_symbols(part))[:1]


def test_the_parts_that_are_given_are_forced_token_for_token(model: genstudio.Model, sheet: Callable[..., Path]) -> None:
    score, _ = model.piece(sheet(1, 2))
    ids = [model.tokenizer.encode(one) for one in model.domain.to_symbols(score).split(model.domain.grammar.separator)]
    contents = [ids[0], ids[1], [-1], ids[3], ids[4], [-1], ids[6]]
    (made,) = model.decode(model.encode([score]), contents=[contents], segments=[2])
    found = [model.tokenizer.encode(one) for one in model.domain.to_symbols(made).split(model.domain.grammar.separator)]
    assert [one for one, given in zip(found, contents, strict=True) if given != [-1]] == [one for one in contents if one != [-1]]
    assert filled(model.domain.to_symbols(made), model.domain.grammar)


def test_an_accompaniment_is_drawn_unless_a_temperature_is_given(model: genstudio.Model, long: Score) -> None:
    made = model.accompany(long)
    assert made.job.decoding["temperature"] > 0
    assert list(model.accompany(long, (), temperature=made.job.decoding["temperature"])) == list(made)
    assert model.accompany(long, temperature=0.0).job.decoding["temperature"] == 0


@pytest.mark.parametrize("n", [1, 3])
def test_the_same_seed_gives_the_same_bytes(model: genstudio.Model, long: Score, n: int, tmp_path: Path) -> None:
    first, again = (model.accompany(long, (), n, seed=5, temperature=0.0) for _ in range(2))
    assert list(first) == list(again)
    assert list(model.again(first.job)) == list(first)
    assert len({model.domain.to_symbols(piece) for piece in first}) == n
    (likeliest,) = model.accompany(long, temperature=0.0)
    assert model.domain.to_symbols(first[0]) == model.domain.to_symbols(likeliest)


def test_an_answer_differs_from_the_part_that_was_there(model: genstudio.Model, sheet: Callable[..., Path]) -> None:
    (score,) = model.domain.read(sheet(2, 2)).pieces
    made = model.answer(score, "bass", 3)
    assert len({piece.parts[1].notes for piece in made}) == 3
    assert all(piece.parts[1].notes != score.parts[1].notes for piece in made)
    assert all((piece.parts[0], piece.parts[2]) == (score.parts[0], score.parts[2]) for piece in made)
    once = dataclasses.replace(score, parts=(score.parts[0], made[0].parts[1], score.parts[2]))
    assert all(piece.parts[1].notes != once.parts[1].notes for piece in model.answer(once, "bass", 3, seed=0))


def test_what_cannot_be_written_is_said(model: genstudio.Model, long: Score, walker: Path, make_tune: Any, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no part 'oboe'"):
        model.accompany(long, ["oboe"])
    with pytest.raises(ConfigError, match="no part was given; say which is to be replaced: melody, bass, symbols"):
        model.answer(long, "")
    alone = dataclasses.replace(long, parts=long.parts[3:])
    with pytest.raises(FileError, match="has nothing in the parts that are kept"):
        model.harmonise(alone)
    with pytest.raises(FileError, match="has nothing in the parts that are kept"):
        model.accompany(long, ["melody", "bass", "symbols"])
    melodies = genstudio.load(walker)
    make_tune(1, 2, (4, 4)).write(str(tmp_path / "tune.mid"))
    with pytest.raises(ConfigError, match="writes a single voice; choose a model of scores"):
        melodies.harmonise(tmp_path / "tune.mid")
    full = dataclasses.replace(long, parts=(long.parts[0], *[dataclasses.replace(long.parts[1], role="other")] * 7))
    with pytest.raises(ConfigError, match="has 8 parts, and a score has at most 8"):
        model.harmonise(full)


def test_parts_are_held(model: genstudio.Model, sheet: Callable[..., Path]) -> None:
    (a, _), (b, _) = (model.piece(file) for file in (sheet(8, 2, pickup=1), sheet(9, 1, (3, 4))))
    held = model.interpolate(a, b, 5, hold=("bass", "symbols"))
    assert all(piece.parts[1:] == a.parts[1:] for piece in held)
    assert held[0] == a
    assert any(piece.parts[0].notes != a.parts[0].notes for piece in held)
    assert list(model.again(held.job)) == list(held)
    varied = model.vary(a, 3, 0.9, hold=("melody", "2"))
    second = model.domain.part(a, 2, 2)
    for piece in varied:
        assert piece.parts[0] == a.parts[0]
        assert [part.chords for part in model.domain.part(piece, 2, 2).parts] == [part.chords for part in second.parts]
    with pytest.raises(ConfigError, match="there is no part 'oboe'"):
        model.vary(a, 3, 0.9, hold=("oboe",))
    with pytest.raises(ConfigError, match="bars and parts are held of one phrase"):
        model.vary(a, 3, 0.9, hold=("melody",), whole=True)


def rhythm(score: Score) -> list[tuple[int, int]]:
    return [(note.start, note.end) for note in score.parts[0].notes]


def test_rhythm_and_chords_are_taken_from_one_and_the_tune_from_another(model: genstudio.Model, sheet: Callable[..., Path]) -> None:
    (a, _), (b, _), (other, _) = (model.piece(file) for file in (sheet(10, 2), sheet(11, 2), sheet(12, 2, (3, 4))))
    long, first, second = a.parts[0].notes[1], *a.parts[0].notes[3:5]
    notes = (*a.parts[0].notes[:3], first._replace(end=second.end), *a.parts[0].notes[5:])
    tied = dataclasses.replace(a, parts=(dataclasses.replace(a.parts[0], notes=notes), *a.parts[1:]))
    assert first.end == 1920, "a note over the bar line"
    assert long.end < 1920
    made = model.rhythm(tied, b, 3)
    assert all(rhythm(piece) == rhythm(tied) for piece in made)
    assert made[0].title == tied.title
    over = model.chords(a, b, 2)
    shift = b.tonic - a.tonic
    for piece in over:
        assert rhythm(piece) == rhythm(b)
        assert [(one.start, one.end, (one.root - shift) % 12, one.quality) for one in piece.symbols] == [
            (one.start, one.end, one.root, one.quality) for one in a.symbols
        ]
        whole(model, piece)
    assert over[0].tonic == b.tonic
    assert list(model.again(over.job)) == list(over)
    with pytest.raises(ConfigError, match=r"bar 1 of .* is not as long as that of .*; choose two in the same metre"):
        model.chords(other, b)
    silent = dataclasses.replace(a, parts=a.parts[:2])
    with pytest.raises(ConfigError, match="has no chords"):
        model.chords(silent, b)


OPERATIONS: dict[str, Callable[[Any, list[Path]], Any]] = {
    "reconstruct": lambda model, files: model.reconstruct(files[2], whole=True),
    "sample": lambda model, files: model.sample(4, seed=1),
    "sample, one bar": lambda model, files: model.sample(2, length=1),
    "interpolate": lambda model, files: model.interpolate(*files[:2], 5),
    "interpolate whole songs": lambda model, files: model.interpolate(*files[1:3], 3, whole=True),
    "interpolate, a bar held": lambda model, files: model.interpolate(*files[:2], 3, hold=("key", "2")),
    "path": lambda model, files: model.path(files, 3),
    "blend": lambda model, files: model.blend(*files, files[0], grid=3),
    "analogy": lambda model, files: model.analogy(*files),
    "average": lambda model, files: model.average(files, 2),
    "vary": lambda model, files: model.vary(files[2], 2, 0.5, whole=True),
    "continue": lambda model, files: model.continue_(files[0], 2, given=1),
    "continue a long one": lambda model, files: model.continue_(files[2], 2),
    "fill": lambda model, files: model.fill(files[2], (3, 4), 2),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_result_has_whole_bars_of_every_part(model: genstudio.Model, sheet: Callable[..., Path], name: str) -> None:
    files = [sheet(3, 2), sheet(4, 2, (3, 4), pickup=1), sheet(5, 5)]
    pieces = OPERATIONS[name](model, files)
    for piece in pieces:
        assert roles(piece) == ["melody", "bass", "symbols"]
        whole(model, piece)
    again = model.again(pieces.job)
    assert list(again) == list(pieces)
    if name == "interpolate, a bar held":
        kept = model.domain.part(model.piece(files[0])[0], 2, 2)
        found = [[note[:3] for note in model.domain.part(piece, 2, 2).notes] for piece in pieces]
        assert found == [[note[:3] for note in kept.notes]] * 3
    if name == "fill":
        source = model.domain.read(files[2]).pieces[0]
        for made in pieces:
            assert [model.domain.part(made, *span).notes for span in ((1, 2), (5, 5))] == [
                model.domain.part(source, *span).notes for span in ((1, 2), (5, 5))
            ]


def test_the_number_of_bars_is_kept_and_not_that_of_segments(model: genstudio.Model, sheet: Callable[..., Path]) -> None:
    assert (model.strands, model.most_bars) == (3, 2)
    score, _ = model.piece(sheet(6, 2))
    assert model.bars(score) == 2
    assert model.reconstruct(score).job.decoding["segments"] == [2]
    with pytest.raises(ConfigError, match="the length is 3 bars; model writes 1 to 2"):
        model.sample(1, length=3)


def test_scores_and_melodies_take_each_other(model: genstudio.Model, walker: Path, long: Score, make_tune: Any) -> None:
    melodies = get_domain("melody")
    tune = melodies.from_object(make_tune(3, 2, (4, 4)))
    assert isinstance(tune, Melody)
    (made,) = model.harmonise(tune)
    assert [(part.role, bool(part.notes)) for part in made.parts] == [("melody", True), ("symbols", False)]
    assert made.parts[0].notes == tune.notes
    assert made.parts[0].program == tune.program
    assert melodies.from_object(made).notes == tune.notes
    (kept,) = genstudio.load(walker).reconstruct(dataclasses.replace(long, parts=long.parts[:2]), bars=(1, 2))
    assert isinstance(kept, Melody)


def test_commands_write_a_file_or_a_folder(band: Path, sheet: Callable[..., Path], tmp_path: Path, capsys: Any) -> None:
    source = str(sheet(7, 3))
    out = tmp_path / "made.mid"
    assert cli.main(["harmonise", source, "--model", str(band), "--out", str(out)]) == 0
    assert out.is_file()
    folder = tmp_path / "several"
    words = ["accompany", source, "--parts", "bass,symbols", "-n", "2", "--model", str(band), "--out"]
    assert cli.main([*words, str(folder)]) == 0
    assert [path.name for path in sorted(folder.iterdir())] == ["accompanied-00.mid", "accompanied-01.mid"]
    capsys.readouterr()
    assert cli.main([*words, str(tmp_path / "two.mid")]) == 2
    assert "2 pieces are written into a folder; two.mid is the name of a file." in capsys.readouterr().err
    assert not (tmp_path / "two.mid").exists()


def test_one_piece_is_written_in_every_format_of_its_kind(
    band: Path, sheet: Callable[..., Path], make_tune: Any, tmp_path: Path, capsys: Any
) -> None:
    source, domain = str(sheet(7, 3)), get_domain("score")
    words = ["harmonise", source, "--model", str(band), "--out"]
    made = []
    for suffix in (".mid", ".musicxml", ".abc"):
        assert cli.main([*words, str(tmp_path / f"made{suffix}")]) == 0
        (read,) = domain.read(tmp_path / f"made{suffix}").pieces
        made.append([(chord.start, chord.root, chord.quality) for chord in read.symbols])
    assert made[0]
    assert made[0] == made[1] == made[2]
    assert cli.main([*words, str(tmp_path / "made.pdf")]) == 0
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF")
    assert genstudio.trace(tmp_path / "made.pdf")["operation"] == "harmonise"
    capsys.readouterr()
    assert cli.main([*words, str(tmp_path / "made.csv")]) == 2
    assert "cannot write 'made.csv'; expected a file name that ends in one of .mid, " in capsys.readouterr().err
    assert not (tmp_path / "made.csv").exists()
