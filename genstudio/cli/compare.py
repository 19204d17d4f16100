"""Train cores and bottlenecks side by side on one corpus, each with the same budget, and print the table of their figures.

Finished variants are kept: the same command goes on where it was stopped, and adds what is new.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
from pathlib import Path
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import number, whole
from genstudio.cli._session import Session
from genstudio.config import BOTTLENECKS, PRESETS, get_preset
from genstudio.errors import ConfigError, Stopped

HELP = "train cores and bottlenecks side by side, and print their figures"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", required=True, metavar="DIR", help="a folder that 'genstudio corpus' made")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder of the comparison: a model a variant, and the table")
    parser.add_argument("--cores", type=_names, default=[], metavar="A,B", help="cores (default: all)")
    parser.add_argument(
        "--bottlenecks", type=_names, default=[], metavar="A,B", help=f"bottlenecks, of {', '.join(BOTTLENECKS)} (default: all)"
    )
    parser.add_argument(
        "--variant", action="append", default=[], type=_variant, dest="variants", metavar="NAME:SET,SET",
        help="another variant: a name and its settings, such as hierarchical:core=lstm,core.conductor=256; may be given many times",
    )
    parser.add_argument("--preset", metavar="P", help=f"what all begin with: {', '.join(sorted(PRESETS))}")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", dest="overrides",
        help="change a setting of all variants, such as optimizer.batch_size=32, or prior.steps=0 to leave learned priors out; may "
        "be given many times",
    )
    parser.add_argument("--max-steps", type=whole(1, 10**9), metavar="N", help="steps of each")
    parser.add_argument("--max-minutes", type=number(0, 1e6, above=True), metavar="X", help="minutes of each, its prior included")
    parser.add_argument(
        "--samples", type=whole(1, 100_000), default=20, metavar="N",
        help="samples of the latent code for the likelihood (default 20)",
    )
    parser.add_argument("--limit", type=whole(1, 10**9), metavar="N", help="measure on no more pieces than this")
    parser.add_argument("--device", default="auto", metavar="NAME", help="auto, cpu or cuda (default auto)")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _variant(text: str) -> tuple[str, list[str]]:
    name, colon, rest = text.partition(":")
    settings = _names(rest)
    if not colon or not name.strip() or not all("=" in setting for setting in settings):
        raise argparse.ArgumentTypeError(f"expected NAME:SETTING=VALUE,SETTING=VALUE, not {text!r}")
    return name.strip(), settings


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if args.preset is not None:
        get_preset(args.preset)
    variants = dict(args.variants)
    if len(variants) < len(args.variants):
        raise ConfigError("two variants have the same name; give each a name of its own.")
    from genstudio import studio

    try:
        with session.stoppable("what is trained so far is kept") as stop:
            return studio.compare(
                Path(args.corpus), Path(args.out), cores=args.cores, bottlenecks=args.bottlenecks, variants=variants,
                overrides=args.overrides, preset=args.preset, max_steps=args.max_steps, max_minutes=args.max_minutes,
                samples=args.samples, limit=args.limit, seed=args.seed, device=args.device, command=command(args),
                report=session.report, stop=stop,
            )  # fmt: skip
    except Stopped:
        raise Stopped(f"stopped; to go on: {command(args)}") from None


def command(args: argparse.Namespace) -> str:
    """The command of this comparison."""
    words = ["genstudio", "compare", "--corpus", args.corpus, "--out", args.out]
    for option, value in (("--cores", args.cores), ("--bottlenecks", args.bottlenecks)):
        words += [option, ",".join(value)] if value else []
    for name, settings in args.variants:
        words += ["--variant", f"{name}:{','.join(settings)}"]
    words += ["--preset", args.preset] if args.preset else []
    for text in args.overrides:
        words += ["--set", text]
    for option, value in (("--max-steps", args.max_steps), ("--max-minutes", args.max_minutes)):
        words += [option, f"{value:g}" if isinstance(value, float) else str(value)] if value is not None else []
    words += ["--samples", str(args.samples)] if args.samples != 20 else []
    words += ["--limit", str(args.limit)] if args.limit else []
    words += ["--seed", str(args.seed)] if args.seed else []
    words += ["--device", args.device] if args.device != "auto" else []
    return " ".join(shlex.quote(word) for word in words)


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    from genstudio.workbench.comparing import rows

    table = rows(result)
    for block, columns in enumerate(_blocks(table, shutil.get_terminal_size((160, 24)).columns)):
        if block:
            session.out()
        for line in _show.table([[row[column] for column in columns] for row in table], right=range(1, len(columns))):
            session.out(line)
    for entry in result["variants"]:
        if "error" in entry:
            session.out(f"{entry['name']}: {entry['error']}")
    session.out(f"the table: {result['table']}")


def _blocks(table: list[list[str]], width: int) -> list[list[int]]:
    """The columns that fit beside each other, each block with the first one."""
    widths = [max(_show.width(row[column]) for row in table) for column in range(len(table[0]))]
    blocks = [[0]]
    used = widths[0]
    for column in range(1, len(widths)):
        if len(blocks[-1]) > 1 and used + 2 + widths[column] > width:
            blocks.append([0])
            used = widths[0]
        blocks[-1].append(column)
        used += 2 + widths[column]
    return blocks
