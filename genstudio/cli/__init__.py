"""The command line.

Each module of this folder is a command of the same name (modules that begin with ``_`` are helpers). The operations on the latent
space are commands too, generated from their descriptions. A command has ``HELP`` (one line), ``add_arguments(parser)``,
``run(args, session)``, which returns the JSON result, and ``show(result, args, session)``, which prints the result for a person.

Exit status: 0 done; 1 a fault of the program; 2 the input or the call is wrong; 130 interrupted.
"""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import sys
import traceback
import warnings
from collections.abc import Sequence
from contextlib import nullcontext

import genstudio
from genstudio.cli import gui
from genstudio.cli._history import remember
from genstudio.cli._parser import Command, Parser, add_common
from genstudio.cli._remedies import sentence_of, worded
from genstudio.cli._session import Session
from genstudio.errors import ConfigError, GenStudioError, InputError, Stopped, did_you_mean

__all__ = ["commands", "main"]

DONE, FAULT, WRONG, INTERRUPTED = 0, 1, 2, 130

# Refusals of the system: no faults of the program, and the user can change the call.
_REFUSALS = {
    code
    for name in ("EACCES", "EDQUOT", "EFBIG", "EIO", "EMFILE", "ENAMETOOLONG", "ENFILE", "ENOSPC", "EPERM", "EROFS")
    if (code := getattr(errno, name, None)) is not None
}


def names() -> list[str]:
    """The names of all commands, sorted, without loading any of them."""
    own = {module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")}
    return sorted(own | {name.rstrip("_") for name in genstudio.OPERATION_NAMES})


def command(name: str) -> Command:
    """Load the command with the name ``name``."""
    if name in {operation.rstrip("_") for operation in genstudio.OPERATION_NAMES}:
        from genstudio.cli._operations import operation_commands

        return operation_commands()[name]
    found: Command = importlib.import_module(f"{__name__}.{name}")
    return found


def commands() -> dict[str, Command]:
    """All commands by name, sorted."""
    return {name: command(name) for name in names()}


def _parser(known: dict[str, Command]) -> tuple[Parser, dict[str, Parser]]:
    parser = Parser(
        prog="genstudio",
        description="Compose music and write text in the latent space of sequence VAEs, such as what lies between two songs.",
        epilog="'genstudio COMMAND --help' describes a command. "
        "Exit status: 0 done, 1 a fault of ours, 2 the input or the call is wrong, 130 interrupted.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and leave")
    subparsers = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    children = {}
    for name, command in known.items():
        child = subparsers.add_parser(name, help=command.HELP, description=(command.__doc__ or command.HELP).strip())
        command.add_arguments(child)
        add_common(child)
        child.set_defaults(command=name)
        children[name] = child
    return parser, children


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments after the name of the program; by default those of the process.

    Returns:
        The exit status.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    # Found before the arguments are parsed, so that the error of a wrong call is in the requested form.
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    session = Session(json="--json" in before, debug="--debug" in before)
    try:
        return _guarded(arguments, session)
    except BrokenPipeError:
        # The reader of our output has closed it. Without this, Python would complain again when it flushes at exit.
        session.discard_output()
        return DONE


def _guarded(arguments: list[str], session: Session) -> int:
    try:
        return _run(arguments, session)
    except SystemExit as left:  # --help
        return left.code if isinstance(left.code, int) else DONE
    except (KeyboardInterrupt, Stopped) as error:
        return session.fail(sentence_of(error) if isinstance(error, Stopped) else "interrupted.", INTERRUPTED, error)
    except InputError as error:
        return session.fail(sentence_of(error), WRONG, error)
    except GenStudioError as error:
        return session.fail(sentence_of(error), FAULT, error)
    except BrokenPipeError:
        raise
    except MemoryError as error:
        advice = "there is not enough memory for this; close other programs, or use a smaller batch, model or file."
        return session.fail(advice, WRONG, error)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in ("", "genstudio"):
            return _fault(session, error)
        return session.fail(f"{error.name} is not installed; 'genstudio doctor' says what to install.", FAULT, error)
    except OSError as error:
        if error.errno not in _REFUSALS:
            return _fault(session, error)
        where = f" {os.fsdecode(error.filename)}" if isinstance(error.filename, (str, bytes)) else ""
        return session.fail(f"cannot use{where or ' a file'}: {error.strerror}; choose another place.", WRONG, error)
    except Exception as error:  # a fault of the program, of any kind
        return _fault(session, error)


def _fault(session: Session, error: BaseException) -> int:
    what = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]
    return session.fail(f"this is a fault of ours; run again with --debug for the details ({what[:200]})", FAULT, error)


def _run(arguments: list[str], session: Session) -> int:
    if not session.debug:
        warnings.simplefilter("ignore")  # warnings of libraries are not for the user
    name = next((word for word in arguments if not word.startswith("-")), None)
    if name is None:
        return _without_command(_parser(commands())[0], arguments, session)
    if name not in names():
        raise ConfigError(f"there is no command {name!r}; {did_you_mean(name, names())}")
    chosen = command(name)  # not the others, whose options take time to load
    parser, children = _parser({name: chosen})
    children[name].check_options(arguments[arguments.index(name) + 1 :])
    args = parser.parse_args(arguments)
    from genstudio.cli._log import logged

    # The window has a log of its own.
    with session.working(), nullcontext() if name == "gui" else logged(session.note if session.debug else None):
        result = chosen.run(args, session)
        remember(result, session)
        result = worded(result)
    session.finish(result, lambda: chosen.show(result, args, session))
    return INTERRUPTED if result.get("stopped") else DONE


def _without_command(parser: Parser, arguments: list[str], session: Session) -> int:
    args = parser.parse_args([word for word in arguments if word not in ("--json", "--debug")])
    if args.version:
        import genstudio

        version = genstudio.__version__
        session.finish({"version": version}, lambda: session.out(f"genstudio {version}"))
        return DONE
    reason = gui.why_not(platform=False)
    if not arguments and not reason:  # as from a menu of the desktop
        return _run(["gui"], session)
    how = f"The desktop studio, 'genstudio gui', is not opened: {reason}" if reason else ""
    session.finish({"commands": names()}, lambda: session.out(f"{parser.format_help().rstrip()}\n\n{how}".rstrip()))
    return DONE
