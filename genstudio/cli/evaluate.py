"""Every figure there is of a model, on held-out pieces of a corpus or on files of one's own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_model, add_track, choice, read_options, whole
from genstudio.cli._session import Session
from genstudio.errors import ConfigError

HELP = "measure a model on held-out pieces"

SHOWN = 20

# What the figures are, in a few words; docstrings of genstudio.evaluation say it in full.
DEFINITIONS = {
    "n": "pieces measured",
    "accuracy": "share of tokens that come back at the same place, decoding freely",
    "accuracy_teacher_forced": "share of next tokens right, given the true ones before",
    "exact": "share of pieces that come back whole",
    "bleu": "BLEU of what comes back, 0 to 100",
    "nll": "-log p(x) by importance sampling, nats a piece",
    "nll_samples": "samples of the latent code for it",
    "elbo": "evidence lower bound, nats a piece",
    "kl": "what the latent code costs, nats a piece",
    "reconstruction_nll": "-log p(x | z), nats a piece",
    "ppl": "perplexity: exp of the NLL a word",
    "ppl_token": "perplexity: exp of the NLL a token",
    "ppl_word": "perplexity: exp of the NLL a word",
    "active_units": "latent dimensions whose mean varies over pieces (variance above 0.01)",
    "latent_dims": "latent dimensions",
    "mutual_information": "between piece and latent code, nats",
    "largest_mutual_information": "the most that this many pieces can show",
    "character_accuracy": "one minus the edit distance in characters, by the longer length",
    "word_accuracy": "the same in words",
    "note_f1": "notes with onset, pitch and duration right, F1",
    "note_precision": "share of the notes written that are right",
    "note_recall": "share of the original's notes that come back",
    "pieces_4_4": "pieces in 4/4, the only ones that step_accuracy counts",
    "step_accuracy": "share of sixteenth steps that come back right, pieces in 4/4",
    "pairs": "pairs of pieces interpolated between",
    "steps": "steps from one to the other, both included",
    "monotone": "share of steps that do not go back",
    "rank_correlation": "of place on the path and distance to its ends (Spearman)",
    "step_back": "largest step back of the mean curves, 0 where they are monotone",
    "step_back_error": "standard error of that step",
    "largest_step": "largest step by the mean one, mean over pairs",
    "largest_step_under_3": "share of pairs where that is under 3",
    "largest_step_curve": "largest step by the mean one, of the mean curve",
    "ends_exact": "share of pairs whose ends are the reconstructions",
    "cost_real": "n-gram cost of these pieces, nats a token",
    "cost_middle": "n-gram cost of the middles of the paths, nats a token",
    "cost_mixed": "n-gram cost of the pairs mixed in the data, nats a token",
    "cost_ratio": "cost of the middles by that of these pieces",
    "cost_ratio_mixed": "cost of the mixed by that of these pieces",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILES", help="files to measure on, instead of a corpus")
    add_model(parser)
    parser.add_argument("--corpus", metavar="DIR", help="a folder that 'genstudio corpus' made")
    parser.add_argument(
        "--split", type=choice("train", "valid", "test"), default="test", metavar="train|valid|test",
        help="part of the corpus (default test)",
    )
    parser.add_argument("--limit", type=whole(1, 10**9), metavar="N", help="measure on no more pieces than this")
    parser.add_argument(
        "--samples", type=whole(1, 100_000), default=20, metavar="N",
        help="samples of the latent code for each piece's likelihood; more are slower and nearer to the truth (default 20)",
    )
    parser.add_argument(
        "--interpolation", type=whole(0, 10**6), default=0, metavar="N",
        help="measure interpolation too, between this many pairs of the pieces (default 0: not)",
    )
    parser.add_argument("--write", action="store_true", help="keep the figures in the model's manifest and card")
    parser.add_argument("--column", metavar="NAME", help="column or field of .csv, .tsv and .jsonl files that holds the text")
    add_track(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if bool(args.files) == (args.corpus is not None):
        raise ConfigError("evaluate measures on either a corpus or files; give --corpus DIR, or files.")
    from genstudio import studio

    with session.stoppable() as stop:
        return studio.evaluate(
            args.model, None if args.corpus is None else Path(args.corpus), [Path(name) for name in args.files],
            split=args.split, limit=args.limit, samples=args.samples, interpolation=args.interpolation, write=args.write,
            read=read_options(args), seed=args.seed, report=session.report, stop=stop,
        )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    _show.refusals(result.get("refused") or (), session, most=SHOWN, rest="--json lists them all")
    for line in _show.table(list(_rows(result)), right=(1,)):
        session.out(line)


def _rows(values: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str, str]]:
    """Plain figures first, then groups of them, each under its name."""
    indent = "  " * depth
    for name, value in values.items():
        if name in ("remarks", "refused") or isinstance(value, (dict, list, tuple)):
            continue
        yield indent + name, _show.figure(value), DEFINITIONS.get(name, "")
    for name, value in values.items():
        if isinstance(value, dict) and value:
            yield indent + name, "", ""
            yield from _rows(value, depth + 1)
