"""Drums from files to a model and back to files, by every command that works in the latent space."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import pretty_midi
import pytest

from genstudio import cli
from genstudio.domains.drums import VELOCITIES, VOICES

BEATS = Path(__file__).parents[2] / "resources" / "beats"
Command = Callable[..., dict[str, Any]]


def played(seed: int, path: Path) -> None:
    """Four bars of a beat, played by somebody who is never quite on time."""
    draw = random.Random(seed)
    song = pretty_midi.PrettyMIDI(resolution=480, initial_tempo=90 + seed)
    song.time_signature_changes.append(pretty_midi.TimeSignature(4, 4, 0.0))
    drums = pretty_midi.Instrument(0, is_drum=True)
    step = 15 / (90 + seed)
    for at in range(64):
        for number, chance in ((36, 0.9 * (at % 8 == 0) + 0.15), (38, 0.95 * (at % 8 == 4) + 0.1), (44, 0.9 * (at % 2 == 0))):
            if draw.random() < chance:
                start = max(0.0, (at + draw.uniform(-0.2, 0.25)) * step)
                drums.notes.append(pretty_midi.Note(draw.choice(VELOCITIES) + draw.randint(-6, 6), number, start, start + 0.05))
    song.instruments.append(drums)
    song.write(str(path))


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Command:
    def run(*words: object) -> dict[str, Any]:
        capfd.readouterr()
        assert cli.main([*map(str, words), "--json"]) == 0, capfd.readouterr().err
        value = json.loads(capfd.readouterr().out)
        assert isinstance(value, dict)
        return value

    return run


def numbers_in(path: str) -> set[int]:
    """What is struck in a file, all of it on channel 10."""
    struck = [one for one in mido.MidiFile(path) if one.type == "note_on" and one.velocity]
    assert {one.channel for one in struck} <= {9}
    return {one.note for one in struck}


def test_from_files_to_beats(command: Command, tiny: dict[str, list[str]], tmp_path: Path) -> None:
    source, corpus, model = tmp_path / "files", tmp_path / "corpus", tmp_path / "model"
    source.mkdir()
    for seed in range(24):
        played(seed, source / f"{seed}.mid")
    built = command("corpus", source, "--preset", "drums-2bar", "--vocab-size", 200, "--valid", 0.1, "--test", 0.1, "--workers", 1,
                    "--out", corpus)  # fmt: skip
    assert (built["domain"], built["files"], built["refused"]) == ("drums", 24, [])
    assert built["train"] >= 50
    assert any("pedal hi-hat as closed hi-hat" in remark for remark in built["remarks"])
    settings = [*tiny["melody"], "optimizer.batch_size=16", "optimizer.evaluate_every=20", "optimizer.evaluate_on=4"]
    trained = command("train", "--corpus", corpus, "--preset", "drums-2bar", "--out", model, "--max-steps", 20, "--device", "cpu",
                      *(word for text in settings for word in ("--set", text)))  # fmt: skip
    assert trained["step"] == 20
    measured = command("evaluate", "--model", model, "--corpus", corpus, "--samples", 2)
    assert {"exact", "step_accuracy", "hit_f1", "velocity_accuracy", "offset_accuracy"} <= set(measured["reconstruction"])

    rock, funk, waltz = (str(BEATS / f"{name}.mid") for name in ("rock", "funk", "six-eight"))
    made: list[str] = []
    between = command("interpolate", rock, funk, "--model", model, "--steps", 3, "--out", tmp_path / "between")
    made += [step["path"] for step in between["steps"]]
    tempos = [mido.tempo2bpm(next(one.tempo for one in mido.MidiFile(path) if one.type == "set_tempo")) for path in made]
    assert tempos == [pytest.approx(bpm, abs=0.01) for bpm in (112, (112 * 98) ** 0.5, 98)]
    made += [one["path"] for one in command("sample", "--model", model, "-n", 2, "--out", tmp_path / "new")["samples"]]
    varied = command("vary", waltz, "--model", model, "-n", 2, "--hold", "metre", "--out", tmp_path / "varied")
    made += [one["path"] for one in varied["samples"]]
    for one in varied["samples"]:
        assert pretty_midi.PrettyMIDI(one["path"]).time_signature_changes[0].numerator == 6
    made += [one["path"] for one in command("continue", rock, "--model", model, "-n", 1, "--out", tmp_path / "on")["samples"]]
    learned = command("attributes", model, "--corpus", corpus)
    assert {"density", "syncopation", "swing", "ghosts"} <= {one["name"] for one in learned["attributes"]}
    shaped = command("shape", rock, "--model", model, "--set", "density=+1", "--rounds", 1, "--candidates", 4,
                     "--out", tmp_path / "denser.mid")  # fmt: skip
    made.append(shaped["path"])
    assert command("map", "--model", model, "--corpus", corpus)["pieces"] == built["train"]
    assert set().union(*map(numbers_in, made)) <= {voice.pitch for voice in VOICES}
    assert command("trace", made[0])["operation"] == "interpolate"
