"""Learn the directions of note density, mean pitch and so on in the latent space, and of the labels of a corpus.

They are stored in the model, and 'genstudio shape' uses them. With --measure also evaluate them on held-out pieces."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_corpus, add_options, options_of, whole
from genstudio.cli._session import Session
from genstudio.tasks.attributes import Options

HELP = "learn the directions that 'shape' moves along"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="M", help="name or folder of the model")
    add_corpus(parser)
    add_options(parser, Options, ("limit", "donors", "keep", "rounds", "candidates"))
    parser.add_argument(
        "--measure", type=whole(0, 10**6), nargs="?", const=200, default=0, metavar="N",
        help="evaluate on N held-out pieces (default 200) how well attributes can be changed, and write it into the model's card",
    )  # fmt: skip


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    args.measure = args.measure or (200 if args.keep else 0)
    with session.stoppable("the model stays as it was") as stop:
        return genstudio.learn_attributes(
            args.model, args.corpus, **options_of(args, Options), report=session.report, stop=stop
        )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    rows = [("attribute", "mean", "deviation", "unit")]
    for one in result["attributes"]:
        rows.append((one["name"], _show.rounded(one["mean"]), _show.rounded(one["deviation"]), one["unit"]))
    for line in _show.table(rows, right=(1, 2)):
        session.out(line)
    control = result.get("control")
    if control:
        session.out()
        session.out(f"moved by -2 to +2 deviations, {control['n']} pieces of the {control['on']}:")
        names = ("attribute", "correlation", "possible", "slope", "own", "other", "worst", "ratio", "moved")
        lines: list[tuple[str, ...]] = [names]
        for name, one in control["attributes"].items():
            values = [_show.rounded(one.get(key)) for key in ("correlation", "possible", "slope", "own", "other")]
            lines.append((name, *values, one["worst"], f"{one['ratio']:.3f}", f"{one['moved']:.2f}"))
        for line in _show.table(lines, right=(1, 2, 3, 4, 5, 7, 8)):
            session.out(line)
