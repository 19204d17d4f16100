"""Check what works on this machine and what is missing, with the command that installs it."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._session import Session

HELP = "check what works here, what is missing and how to install it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options of its own."""


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    checks = genstudio.doctor()
    return {"ok": all(check["ok"] for check in checks), "checks": checks}


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    checks: list[dict[str, Any]] = result["checks"]
    rows = [("ok" if check["ok"] else "fault", str(check["name"]), str(check["detail"])) for check in checks]
    for check, line in zip(checks, _show.table(rows), strict=True):
        session.out(line)
        if not check["ok"] and check.get("fix"):
            session.out(f"         what to do: {check['fix']}")
    wrong = sum(not check["ok"] for check in checks)
    session.out()
    session.out("Everything works." if not wrong else f"{wrong} of {len(checks)} checks found a fault; the rest works.")
