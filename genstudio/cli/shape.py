"""A song or a sentence with some of its attributes changed and the others kept, such as --set density=+2 --set pitch=-1; amounts
are in standard deviations over the pieces that the model knows. 'genstudio attributes' teaches a model its attributes."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_model, add_part, add_track, piece_options, setting
from genstudio.cli._session import Session
from genstudio.errors import ConfigError

HELP = "change attributes of a song or a sentence: denser, higher …"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        required=True,
        type=_change,
        metavar="NAME=X",
        help="change this attribute by X standard deviations; may be given several times",
    )
    parser.add_argument("--out", required=True, metavar="F", help="file to write; its suffix chooses the format")
    add_part(parser)
    parser.add_argument("--rounds", type=setting("rounds"), default=12, metavar="N", help="rounds of the search (default 12)")
    parser.add_argument("--candidates", type=setting("candidates"), default=32, metavar="N", help="candidates a round (default 32)")
    add_track(parser)
    add_history(parser)


def _change(text: str) -> tuple[str, float]:
    name, sign, amount = text.rpartition("=")
    try:
        if not sign or not name:
            raise ValueError
        return name.strip(), float(amount)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no change; expected NAME=X, such as density=+1.5") from None


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    changes = dict(args.changes)
    if len(changes) < len(args.changes):
        raise ConfigError("an attribute is set twice; give each once.")
    from genstudio import studio

    with session.stoppable("nothing will be written") as stop:
        return studio.shape(
            args.model,
            args.source,
            changes,
            args.out,
            rounds=args.rounds,
            candidates=args.candidates,
            keep=keeping(args, session),
            stop=stop,
            **piece_options(args),
        )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    rows = [("attribute", "before", "after", "asked", "obtained", "unit")]
    for name, one in result["attributes"].items():
        asked = f"{one['asked']:+.2f}" if one["asked"] else ""
        rows.append((name, _show.figure(one["before"]), _show.figure(one["after"]), asked, f"{one['obtained']:+.2f}", one["unit"]))
    for line in _show.table(rows, right=(1, 2, 3, 4)):
        session.out(line)
    session.out(result["path"])
    session.out(str(result.get("show") or result.get("text") or "").rstrip("\n"))
