"""Train a model on a corpus. Ctrl-C saves and stops; the same command with --resume goes on exactly where it was."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from genstudio.cli import _show
from genstudio.cli._parser import number, whole
from genstudio.cli._session import Session, jsonable
from genstudio.config import PRESETS, get_preset
from genstudio.errors import ConfigError, FileError, Stopped
from genstudio.progress import Progress

HELP = "train a model on a corpus"

EVENTS_VERSION = 1


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
    parser.add_argument("--max-minutes", type=number(0, 1e6, above=True), metavar="X", help="stop after so many minutes")
    parser.add_argument("--resume", action="store_true", help="go on with the training in --out")
    parser.add_argument("--from", metavar="M", dest="start", help="a model (name or folder) to go on from instead of fresh weights")
    parser.add_argument("--device", default="auto", metavar="NAME", help="auto, cpu or cuda (default auto)")
    parser.add_argument("--about", metavar="FILE", help="text for the model's card: the data, its credits and licences")
    parser.add_argument(
        "--events", metavar="PATH", help="also write what happens to this file, one JSON object a line; - for standard error"
    )


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if args.preset is not None:
        get_preset(args.preset)
    for text in args.overrides:
        if "=" not in text:
            raise ConfigError(f"cannot understand --set {text}; expected NAME=VALUE, for example --set kl.weight=0.5.")
    with _events(args.events, args.resume, session) as tell:
        from genstudio import studio

        tell("begin", {key: getattr(args, key) for key in ("corpus", "out", "preset", "overrides", "resume", "seed", "device")})
        try:
            with session.stoppable("the training is saved first") as stop:
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
            tell("end", {"status": "stopped"})
            raise Stopped(f"stopped; to go on: {resume_command(args)}") from None
        except BaseException as error:
            tell("end", {"status": "failed", "error": str(error)})
            raise
        tell("end", {"status": "stopped" if result.get("stopped") else "done"})
    return result


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    for line in _show.table(_flat(result.get("metrics") or {}), right=(1,)):
        session.out(line)
    if result.get("stopped"):
        session.out(f"stopped at step {_show.figure(result.get('step'))}; to go on: {resume_command(args)}")
        return
    seconds = result.get("seconds")
    took = f" in {_show.duration(seconds)}" if isinstance(seconds, (int, float)) else ""
    session.out(f"trained {_show.figure(result.get('step'))} steps{took}")
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


Tell = Callable[[str, dict[str, Any]], None]


@contextmanager
def _events(path: str | None, resume: bool, session: Session) -> Iterator[Tell]:
    """Write events as lines of JSON while the block runs; gives a function that writes one more.

    Each line has ``event`` ("begin", "step", "evaluation", "warning", "progress" … "end"), ``version``, ``time`` (seconds
    since 1970), and the event's own figures; a reader leaves out what it does not know.
    """
    if path is None or not session.speaks:
        yield lambda event, data: None
        return
    stream = _open(path, resume)

    def tell(event: str, data: dict[str, Any]) -> None:
        nonlocal stream
        line = json.dumps(
            jsonable({**data, "event": event, "version": EVENTS_VERSION, "time": round(time.time(), 3)}), ensure_ascii=True
        )
        if stream is None:
            return
        try:
            stream.write(line + "\n")
            stream.flush()
        except (OSError, ValueError) as error:  # a full disk, a closed pipe: no reason to lose the training
            stream = None
            session.note(f"warning: no more events are written to {path}: {error}")

    def listen(event: Progress) -> None:
        about = {"stage": event.stage, "done": event.done, "total": event.total, "message": event.message}
        tell(str(event.data.get("event", "progress")), {**about, **event.data})

    session.listen(listen)
    try:
        yield tell
    finally:
        if stream is not None and stream is not sys.stderr:
            stream.close()


def _open(path: str, resume: bool) -> TextIO | None:
    if path == "-":
        return sys.stderr
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return open(path, "a" if resume else "w", encoding="utf-8", buffering=1)
    except OSError as error:
        raise FileError(f"cannot write events to {path}: {error.strerror or error}; choose another file.") from error
