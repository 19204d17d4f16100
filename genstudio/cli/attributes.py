"""Learn what can be moved: the directions of note density, mean pitch and so on in the latent space, and of the labels of a corpus.
They are kept with the model; 'genstudio shape' uses them. With --measure also how well they work on held-out pieces."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import setting, whole
from genstudio.cli._session import Session
from genstudio.latent.operations.shape import Options

HELP = "learn the directions that 'shape' moves along"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="M", help="name or folder of the model")
    parser.add_argument("--corpus", required=True, metavar="DIR", help="a folder that 'genstudio corpus' made")
    parser.add_argument("--limit", type=whole(1, 10**9), default=6000, metavar="N", help="training pieces (default 6000)")
    parser.add_argument(
        "--donors",
        type=whole(1, 100_000),
        default=512,
        metavar="N",
        help="pieces kept as examples for the search; more are better and larger (default 512)",
    )
    parser.add_argument(
        "--measure",
        type=whole(0, 10**6),
        nargs="?",
        const=200,
        default=0,
        metavar="N",
        help="measure on N held-out pieces (default 200) how well attributes can be moved, and write it into the model's card",
    )
    parser.add_argument("--keep", action="store_true", help="only measure: keep the directions that the model has")
    parser.add_argument(
        "--rounds", type=setting("rounds", Options), default=12, metavar="N", help="rounds of the search measured (default 12)"
    )
    parser.add_argument(
        "--candidates", type=setting("candidates", Options), default=32, metavar="N", help="candidates a round (default 32)"
    )


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    with session.stoppable("the model stays as it was") as stop:
        return studio.learn_attributes(
            args.model,
            args.corpus,
            limit=args.limit,
            donors=args.donors,
            measure=args.measure or (200 if args.keep else 0),
            rounds=args.rounds,
            candidates=args.candidates,
            relearn=not args.keep,
            seed=args.seed,
            report=session.report,
            stop=stop,
        )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    rows = [("attribute", "mean", "deviation", "unit")]
    for one in result["attributes"]:
        rows.append((one["name"], _show.figure(one["mean"]), _show.figure(one["deviation"]), one["unit"]))
    for line in _show.table(rows, right=(1, 2)):
        session.out(line)
    control = result.get("control")
    if control:
        session.out()
        session.out(f"moved by -2 to +2 deviations, {control['n']} pieces of the {control['on']}:")
        names = ("attribute", "correlation", "possible", "slope", "own", "other", "worst", "ratio", "moved")
        lines: list[tuple[str, ...]] = [names]
        for name, one in control["attributes"].items():
            figures = [_show.figure(one.get(key)) for key in ("correlation", "possible", "slope", "own", "other")]
            lines.append((name, *figures, one["worst"], f"{one['ratio']:.3f}", f"{one['moved']:.2f}"))
        for line in _show.table(lines, right=(1, 2, 3, 4, 5, 7, 8)):
            session.out(line)
