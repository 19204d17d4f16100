"""What the program of a bundle runs: the command ``genstudio``, or, called as ``genstudio -c CODE ...``, that code.

The work that GenStudio does in processes of its own is started as ``sys.executable -c CODE``. In a bundle that executable is this
program, so it answers to ``-c`` as the interpreter does; so do libraries that start processes in the same way.
"""

from __future__ import annotations

import multiprocessing
import os
import sys


def own_libraries_only(environment: os._Environ[str] | dict[str, str]) -> None:
    """Take back what the starter of the bundle changed for the loader, so that programs of the system that we start get theirs."""
    former = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if former is not None:
        environment["LD_LIBRARY_PATH"] = former
    else:
        environment.pop("LD_LIBRARY_PATH", None)


def main() -> int:
    """Run what the arguments of the process ask for; the exit status."""
    own_libraries_only(os.environ)
    if sys.argv[1:2] == ["-c"] and len(sys.argv) > 2:
        code = sys.argv[2]
        sys.argv[:] = ["-c", *sys.argv[3:]]
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
        return 0
    from genstudio.cli import main as run

    return run()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
