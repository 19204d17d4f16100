from __future__ import annotations

import json
import shlex

import pytest

from genstudio.config import get_preset, override, to_dict
from genstudio.errors import ModelError
from genstudio.models.card import write_card
from genstudio.models.cores import options_class
from genstudio.models.manifest import read_manifest, update_manifest
from genstudio.models.recipe import commands


def card(folder):
    return (folder / "card.md").read_text(encoding="utf-8")


def test_it_says_how_it_was_made(saved):
    folder = saved()
    write_card(folder, about="Tunes from **somewhere**, in the public domain.")
    text = card(folder)
    for words in (
        "# a-model",
        "melody",
        "up to 2 bars",
        "Tunes from **somewhere**",
        "70 steps",
        "32 sequences",
        "seed 3",
        "2 minutes",
        "999 sequences",
        "12.25",
        "genstudio interpolate A B --model a-model",
    ):
        assert words in text, words
    assert text.endswith("\n")


def test_what_was_said_of_the_data_is_kept(saved):
    folder = saved()
    write_card(folder, about="First.")
    write_card(folder)
    assert "First." in card(folder)
    write_card(folder, about="Second.")
    assert "Second." in card(folder)
    assert "First." not in card(folder)
    assert read_manifest(folder)["about"] == "Second."


def test_measured_figures_come_before_those_of_training(saved):
    folder = saved()
    update_manifest(
        folder,
        {"evaluation": {"n": 5000, "on": "test split of corpus", "reconstruction": {"exact": 0.625}, "likelihood": {"nll": 31.5}}},
    )
    write_card(folder)
    text = card(folder)
    for words in ("5,000 pieces (test split of corpus)", "0.625", "31.5"):
        assert words in text
    assert "12.25" not in text


def test_pieces_are_held_out_where_the_corpus_is_that_of_all_stages(saved):
    folder = saved()

    def said(corpus, stages):
        *before, own = [{"corpus": {"digest": digest, "train": 70}, "training": {"steps": 5}} for digest in stages]
        update_manifest(folder, {
            "evaluation": {"n": 50, "on": "test split of corpus", "corpus": corpus},
            "corpus": own["corpus"],
            "training": {"steps": 8, "before": before},
        })  # fmt: skip
        write_card(folder)
        return card(folder)

    claim = "none of them is in the training data"
    assert f"; {claim})" in said("a", "a")
    assert f"; {claim})" in said("a", "aaa")
    assert claim not in said("b", "a")
    assert claim not in said(None, "a")
    text = said("a", "ba")
    assert f"{claim} of the last stage; an earlier stage had another corpus" in text
    assert "13 steps in 2 stages:\n\n1. 5 steps" in text
    assert "earlier stages had another corpus" in said("a", "bba")


def test_what_is_the_same_of_held_out_pieces_stands_beside_it(saved):
    folder = saved()
    figures = {"n": 50, "on": "files", "novelty": {"copied": 0.5, "whole": 0.25, "copied_real": 0.125, "whole_real": 0.0}}
    update_manifest(folder, {"evaluation": figures})
    write_card(folder)
    rows = [line.split("|")[1].strip() for line in card(folder).splitlines() if line.startswith("| novelty: ")]
    assert [row.removeprefix("novelty: ") for row in rows] == ["copied", "copied_real", "whole", "whole_real"]


def test_an_attribute_is_told_in_words_and_units(saved):
    folder = saved()
    one = {"name": "late", "label": "Behind the beat", "unit": "ms", "mean": -5.725, "deviation": 14.071}
    one |= {"kind": "measure", "group": ""}
    learned = {"format": 1, "sha256": "0" * 64, "attributes": [one], "distance": 4.5, "block": 4, "corpus": "c", "pieces": 1500}
    update_manifest(folder, {"attributes": learned})
    write_card(folder)
    assert "| late | Behind the beat | ms | -5.72 | 14.07 |" in card(folder)
    assert "learned from 1,500 training pieces" in card(folder)


def test_figures_are_explained_and_features_are_a_table(saved):
    folder = saved()
    features = {"note_count": {"real": 12.5, "overlap_area": 0.75}, "note_length_histogram": {"overlap_area": 0.5}}
    figures = {"n": 50, "on": "test split of corpus", "likelihood": {"nll": 31.5, "nll_samples": None}, "music": features}
    update_manifest(folder, {"evaluation": figures})
    write_card(folder)
    lines = card(folder).splitlines()
    assert "| likelihood: nll | 31.50 | bound on -log p(x) by importance sampling with K samples, nats a piece |" in lines
    assert not any("nll_samples" in line for line in lines)  # what is not defined is left out
    at = lines.index("| music | real | overlap_area | meaning |")
    assert lines[at + 1 : at + 4] == [
        "|---|---|---|---|",
        "| note_count | 12.50 | 0.7500 | notes of a piece |",
        "| note_length_histogram |  | 0.5000 | share of each note value |",
    ]
    assert any(line.startswith("`real`: mean over held-out pieces; `overlap_area`:") for line in lines)


def test_figures_on_training_data_do_not_pass_for_held_out_ones(saved):
    folder = saved()
    update_manifest(folder, {"evaluation": {"n": 50, "on": "train split of corpus", "reconstruction": {"exact": 0.625}}})
    write_card(folder)
    assert "none of them is in the training data" not in card(folder)


def test_a_text_model_speaks_of_no_bars(saved):
    folder = saved(domain="text", phrase={"length": 0, "stride": 0, "shortest": 1})
    write_card(folder)
    assert "bars" not in card(folder)


def test_where_samples_come_from_is_told_in_words(saved):
    folder = saved()
    write_card(folder)
    assert "Samples are drawn from N(0, I)." in card(folder)
    manifest = read_manifest(folder)
    options = {"width": 64, "heads": 4, "layers": 3, "mixtures": 8, "dropout": 0.1}
    found = {"pieces": 1234, "step": 3000, "kl": 7.25, "kl_standard": 9.5, "parameters": 650_000, "kept": True}
    update_manifest(folder, {"model": {**manifest["model"], "prior": options}, "prior": found})
    write_card(folder)
    said = ("width 64", "3 layers", "8 Gaussians", "0.65 million", "3,000 steps", "1,234 training pieces", "7.25 nats", "9.50 nats")
    for words in said:
        assert words in card(folder), words
    update_manifest(folder, {"prior": {**found, "before": [{"step": 400}, {"step": 600}]}})
    write_card(folder)
    assert "fitted in 4,000 steps in 3 turns" in card(folder)
    update_manifest(folder, {"model": manifest["model"], "prior": {**found, "kl": 11.0, "kept": False}})
    write_card(folder)
    assert "left out: held-out pieces cost 11.00 nats under it, and 9.50 under N(0, I)" in card(folder)
    update_manifest(folder, {"model": {**manifest["model"], "bottleneck": "ae"}})
    write_card(folder)
    assert "## Prior" not in card(folder)


def test_examples_are_shown_as_they_are(saved):
    folder = saved()
    pairs = [
        {"title": "The *Old* Man", "original": "X:1\nABc", "written": "X:1\nABd"},
        {"title": "same …", "original": "same", "written": "same"},
    ]
    kept = {"form": "abc", "legend": "A row is a voice.", "seed": 7,
            "reconstructions": pairs, "samples": ["o\x1bne", "a ``` fence"], "samples_seed": 0,
            "temperature": 0.8, "top_p": 0.95}  # fmt: skip
    update_manifest(folder, {"examples": kept, "evaluation": {"n": 9, "on": "test split of tunes"}})
    write_card(folder)
    text = card(folder)
    assert "They were not picked. A row is a voice.\n" in text
    assert "first 2 pieces (test split of tunes) in the order of a random permutation (seed 7)" in text
    assert "**1.** The \\*Old\\* Man\n\n```abc\nX:1\nABc\n```\n\ncomes back as\n\n```abc\nX:1\nABd\n```" in text
    assert "```abc\nsame\n```\n\ncomes back as it is." in text
    assert "temperature 0.8 (`genstudio sample --model a-model -n 2 --temperature 0.8 --seed 0 --out DIR --top-p 0.95`)" in text
    assert "````abc\na ``` fence\n````" in text
    assert "```abc\no\ufffdne\n```" in text
    update_manifest(folder, {"examples": None})
    write_card(folder)
    assert "## Examples" not in card(folder)


def test_the_command_that_trains_it_again_can_be_pasted(saved):
    folder = saved()
    config = to_dict(override(get_preset("melody-2bar").config, ["core.width=64", "kl.weight=0.5", "kl.start=0.1", "exchange=0"], {
        "transformer": options_class("transformer")
    }))  # fmt: skip
    training = {"config": config, "steps": 70, "of": 70, "seed": 3, "seconds": 125.0, "minutes": 2.5}
    update_manifest(folder, {"training": training})
    write_card(folder)
    block = card(folder).split("## Train it again\n\n```sh\n")[1].split("\n```")[0]
    assert len(block.splitlines()) > 1
    assert max(len(line) for line in block.splitlines()) <= 90
    (command,) = commands("a-model", read_manifest(folder))
    assert shlex.split(block.replace("\\\n", " ")) == shlex.split(command)
    assert "this one made 70 steps in that time" in card(folder)


def test_every_row_of_the_table_has_a_meaning(saved):
    folder = saved()
    write_card(folder)
    while_training = [line for line in card(folder).splitlines() if line.startswith("| last")]
    reconstruction = {"note_f1": 0.9, "note_f1 6/8": 0.8, "note_f1 mixed": 0.7, "note_f1 bass": 0.6, "pieces_4_4": 922.0}
    figures = {"reconstruction": reconstruction, "likelihood": {"reconstruction_nll": 3.5}}
    update_manifest(folder, {"evaluation": {"n": 50, "on": "test split of corpus", **figures}})
    write_card(folder)
    rows = [line for line in card(folder).splitlines() if line.startswith(("| reconstruction", "| likelihood"))]
    assert len(while_training) == 3
    assert len(rows) == 6
    assert any(line.startswith("| reconstruction: pieces_4_4 | 922 |") for line in rows)
    assert not [line for line in (*while_training, *rows) if line.endswith("|  |")]
    assert any(line.endswith("; of the pieces in 6/8 |") for line in rows)
    assert any(line.endswith("; of the pieces in several metres |") for line in rows)
    assert any(line.endswith("; of the part bass |") for line in rows)
    assert {line.replace("\\|", "").count("|") for line in (*while_training, *rows)} == {4}


def test_little_is_enough(saved):
    folder = saved()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name in ("training", "corpus", "metrics", "preset"):
        del manifest[name]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_card(folder)
    assert "# a-model" in card(folder)


def test_no_model(tmp_path):
    with pytest.raises(ModelError):
        write_card(tmp_path)
