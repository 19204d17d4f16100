"""List the installed models. 'genstudio models show M' prints the card of one (by name or folder);
'genstudio models pack M --out DIR' makes a copy to pass on, in half precision and without the training state."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import choice
from genstudio.cli._session import Session
from genstudio.errors import ConfigError

HELP = "list installed models; 'models show M' prints the card of one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", type=choice("list", "show", "pack"), default="list", metavar="list|show|pack")
    parser.add_argument("model", nargs="?", metavar="M", help="name or folder of the model")
    parser.add_argument("--out", metavar="DIR", help="folder of the packed model")
    parser.add_argument("--about", metavar="FILE", help="text for the card of the packed model: the data, its credits and licences")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    if args.action == "list":
        if args.model is not None:
            raise ConfigError(f"'genstudio models list' takes no model; did you mean 'genstudio models show {args.model}'?")
        return {"models": genstudio.list_models()}
    if args.model is None:
        raise ConfigError("which model? Give a name or a folder: 'genstudio models show M'; 'genstudio models' lists the names.")
    if args.action == "pack":
        if args.out is None:
            raise ConfigError(f"where to? 'genstudio models pack {args.model} --out DIR' makes the new folder DIR.")
        return genstudio.pack(args.model, args.out, about=args.about)
    return {"model": args.model, "card": genstudio.model_card(args.model)}


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    if "card" in result:
        session.out(result["card"].rstrip("\n"))
        return
    if "models" not in result:
        session.out(f"{result['folder']}: {result['bytes'] / 1e6:.1f} MB")
        return
    found: list[dict[str, Any]] = result["models"]
    if not found:
        session.out("No model is installed yet; 'genstudio train' makes one.")
        return
    rows = [("name", "data", "phrase", "core", "size", "folder")]
    for item in found:
        if "error" in item:
            session.note(f"warning: {item['error']}")
            continue
        length = (item.get("phrase") or {}).get("length")
        size = f"{item['bytes'] / 1e6:.1f} MB" if "bytes" in item else ""
        bars = f"{length} bars" if length else ""
        rows.append((item["name"], str(item.get("domain", "")), bars, str(item.get("core", "")), size, str(item["folder"])))
    for line in _show.table(rows, right=(4,)):
        session.out(line)
