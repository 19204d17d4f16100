"""Runs Python programs in processes of their own that need not load torch first: each is forked from this one, which has.

A program of tests/conftest.py, not a test. It is told of a process in a line of JSON on its input (``arguments`` of Python,
``environment``, ``folder``, and the files that ``out`` and ``err`` go to) and answers with the number of the process and, when that
has ended, with its status. Until it is forked nothing is computed, so no thread is lost and no state is shared.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import sys
import threading

import accelerate  # noqa: F401
import mido  # noqa: F401
import pretty_midi  # noqa: F401
import torch._dynamo  # the first optimiser loads it
import torch.optim  # noqa: F401

from genstudio import domains
from genstudio.cli import commands
from genstudio.models import cores


def main() -> None:
    commands()
    for name in domains.names():
        domains.get_domain(name)
    for name in cores.names():
        cores.options_class(name)
    gc.freeze()  # what is not looked at is not copied
    asked, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    for line in asked:
        wanted = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(run(**wanted))  # taking torch apart takes longer than most of what is run
        print(child, file=answers, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)


def run(arguments: list[str], environment: dict[str, str], folder: str, out: str, err: str) -> int:
    """What Python does with ``arguments``: ``-m`` and a module, or ``-c`` and a program; then those of the program."""
    os.setsid()  # ended with its own children where it takes too long
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, (path, how) in enumerate(((os.devnull, os.O_RDONLY), (out, os.O_WRONLY), (err, os.O_WRONLY))):
        os.dup2(os.open(path, how), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    kind, what, *rest = arguments
    sys.argv = [kind, *rest]
    status = 0
    try:
        if kind == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return status


if __name__ == "__main__":
    main()
