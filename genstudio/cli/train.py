"""Train a model on a corpus, and then the prior that its samples are drawn from (without it: --set prior.steps=0).

Ctrl-C saves and stops; the same command with --resume continues exactly where it stopped.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from typing import Any

from genstudio.cli import _show
from genstudio.cli._events import add_events, attend, writing_events
from genstudio.cli._parser import add_corpus, add_options, command_line, options_of
from genstudio.cli._session import Session
from genstudio.config import get_preset
from genstudio.errors import ConfigError, Stopped
from genstudio.tasks.train import Options

HELP = "train a model on a corpus"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder of the model")
    add_options(parser, Options)
    add_events(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if args.preset is not None:
        get_preset(args.preset)
    for text in args.overrides:
        if "=" not in text:
            raise ConfigError(f"cannot understand --set {text}; expected NAME=VALUE, for example --set kl.weight=0.5.")
    begin = {key: getattr(args, key) for key in ("corpus", "out", "preset", "overrides", "resume", "seed", "device")}
    with writing_events(args.events, begin, session, append=args.resume) as write:
        import genstudio

        try:
            with session.stoppable("the training is saved first") as stop:
                if args.attended:
                    attend(stop)
                options = options_of(args, Options)
                result = genstudio.train(args.corpus, args.out, **options, report=session.report, stop=stop)
        except Stopped:
            raise Stopped(f"stopped; to go on: {resume_command(args)}") from None
        write("end", {"status": "stopped" if result.get("stopped") else "done"})
    return result


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    for line in _show.table(_flat(result.get("metrics") or {}), right=(1,)):
        session.out(line)
    prior = result.get("prior")
    if result.get("stopped"):
        where = f"{_show.rounded(prior['step'])} of the prior, the model is trained" if prior else _show.rounded(result.get("step"))
        session.out(f"stopped at step {where}; to go on: {resume_command(args)}")
        return
    seconds = result.get("seconds")
    took = f" in {_show.duration(seconds)}" if isinstance(seconds, (int, float)) else ""
    prior = prior if prior and prior.get("kept", True) else None
    with_prior = f" and its prior {_show.rounded(prior['step'])}" if prior else ""
    session.out(f"trained {_show.rounded(result.get('step'))} steps{with_prior}{took}")
    if prior:
        _show.prior(prior, session)
    session.out(f"model: {args.out}")
    out = shlex.quote(args.out)
    session.out(f"next: genstudio evaluate --model {out} --corpus {shlex.quote(args.corpus)}")


def resume_command(args: argparse.Namespace) -> str:
    """The command that resumes this training."""
    return shlex.join([*command_line("train", args, [], Options), "--resume"])


def _flat(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, (int, float)):
            yield prefix + name, _show.rounded(value)
