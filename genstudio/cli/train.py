"""Train a model on a corpus, and at last the prior that its samples are drawn from (none: --set prior.steps=0).

Ctrl-C saves and stops; the same command with --resume goes on exactly where it was.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from genstudio.cli import _show
from genstudio.cli._events import add_events, attend, telling
from genstudio.cli._parser import number, whole
from genstudio.cli._session import Session
from genstudio.config import PRESETS, get_preset
from genstudio.errors import ConfigError, Stopped

HELP = "train a model on a corpus"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", required=True, metavar="DIR", help="a folder that 'genstudio corpus' made")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder of the model")
    parser.add_argument("--preset", metavar="P", help=f"what to begin with: {', '.join(sorted(PRESETS))}")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="overrides",
        help="change one setting, such as core.hidden=512 or kl.weight=0.5; may be given many times",
    )
    parser.add_argument("--max-steps", type=whole(1, 10**9), metavar="N", help="stop after so many steps")
    parser.add_argument("--max-minutes", type=number(0, 1e6, above=True), metavar="X", help="take so many minutes in all")
    parser.add_argument("--resume", action="store_true", help="go on with the training in --out")
    parser.add_argument("--from", metavar="M", dest="start", help="a model (name or folder) to go on from instead of fresh weights")
    parser.add_argument("--device", default="auto", metavar="NAME", help="auto, cpu or cuda (default auto)")
    parser.add_argument("--about", metavar="FILE", help="text for the model's card: the data, its credits and licences")
    add_events(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if args.preset is not None:
        get_preset(args.preset)
    for text in args.overrides:
        if "=" not in text:
            raise ConfigError(f"cannot understand --set {text}; expected NAME=VALUE, for example --set kl.weight=0.5.")
    begin = {key: getattr(args, key) for key in ("corpus", "out", "preset", "overrides", "resume", "seed", "device")}
    with telling(args.events, begin, session, append=args.resume) as tell:
        from genstudio import studio

        try:
            with session.stoppable("the training is saved first") as stop:
                if args.attended:
                    attend(stop)
                result = studio.train(
                    Path(args.corpus),
                    Path(args.out),
                    preset=args.preset,
                    overrides=args.overrides,
                    max_steps=args.max_steps,
                    max_minutes=args.max_minutes,
                    resume=args.resume,
                    start=args.start,
                    about=args.about,
                    seed=args.seed,
                    device=args.device,
                    report=session.report,
                    stop=stop,
                )
        except Stopped:
            raise Stopped(f"stopped; to go on: {resume_command(args)}") from None
        tell("end", {"status": "stopped" if result.get("stopped") else "done"})
    return result


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    for line in _show.table(_flat(result.get("metrics") or {}), right=(1,)):
        session.out(line)
    prior = result.get("prior")
    if result.get("stopped"):
        where = f"{_show.figure(prior['step'])} of the prior, the model is trained" if prior else _show.figure(result.get("step"))
        session.out(f"stopped at step {where}; to go on: {resume_command(args)}")
        return
    seconds = result.get("seconds")
    took = f" in {_show.duration(seconds)}" if isinstance(seconds, (int, float)) else ""
    prior = prior if prior and prior.get("kept", True) else None
    with_prior = f" and its prior {_show.figure(prior['step'])}" if prior else ""
    session.out(f"trained {_show.figure(result.get('step'))} steps{with_prior}{took}")
    if prior:
        _show.prior(prior, session)
    session.out(f"model: {args.out}")
    out = shlex.quote(args.out)
    session.out(f"next: genstudio evaluate --model {out} --corpus {shlex.quote(args.corpus)}")


def resume_command(args: argparse.Namespace) -> str:
    """The command that goes on with this training."""
    words = ["genstudio", "train", "--corpus", args.corpus, "--out", args.out]
    words += ["--preset", args.preset] if args.preset else []
    for text in args.overrides:
        words += ["--set", text]
    for option, value in (("--max-steps", args.max_steps), ("--max-minutes", args.max_minutes)):
        words += [option, f"{value:g}" if isinstance(value, float) else str(value)] if value is not None else []
    words += ["--from", args.start] if args.start else []
    words += ["--about", args.about] if args.about else []
    words += ["--events", args.events] if args.events else []
    words += ["--seed", str(args.seed)] if args.seed else []
    words += ["--device", args.device] if args.device != "auto" else []
    return " ".join(shlex.quote(word) for word in [*words, "--resume"])


def _flat(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, (int, float)):
            yield prefix + name, _show.figure(value)
