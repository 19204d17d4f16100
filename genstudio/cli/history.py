"""List the pieces of the library, the newest first; words select those that have all of them in title, text, file or sources.

Other actions: 'show ID' prints all about a piece or a job; 'tag ID TAG…', 'untag ID TAG…', 'tags'; 'rename ID TITLE'; 'remove ID…',
'restore ID…', 'purge' (deletes removed pieces for good); 'add FILE…' adds pieces of your own; 'export FILE' and 'import FILE' copy
the whole library to a file and back; 'repair' builds it again from what can be read. Write 'list' before words that are also the
name of an action."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.cli import _show
from genstudio.cli._parser import whole
from genstudio.cli._session import Session
from genstudio.errors import ConfigError, FileError, InputError

if TYPE_CHECKING:
    from genstudio.library import Entry, Library

HELP = "list, find and tag the pieces of the library"

_WIDEST = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="[ACTION] WORD", help=f"words to find, or an action: {', '.join(_ACTIONS)}")
    parser.add_argument("--kept", action="store_true", help="only what is kept: favourites, what has a tag, and your own pieces")
    parser.add_argument("--favourites", action="store_true", help="favourites only")
    parser.add_argument("--tag", metavar="T", help="only pieces with this tag")
    parser.add_argument("--model", metavar="M", help="only pieces of this model")
    parser.add_argument("--operation", metavar="O", help="only pieces of this operation, such as interpolate or sample")
    parser.add_argument("--since", type=_date, metavar="DATE", help="only pieces since this date, such as 2026-05-31")
    parser.add_argument("--removed", action="store_true", help="removed pieces instead of the others")
    parser.add_argument("--limit", type=whole(1, 10**9), default=30, metavar="N", help="at most N pieces (default 30)")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio.library import Library

    action, words = ("list", args.words)
    if words and words[0] in _ACTIONS:
        action, words = words[0], words[1:]
    least, most, usage, function = _ACTIONS[action]
    if not least <= len(words) <= most:
        raise ConfigError(f"'genstudio history {action}' has the wrong arguments; expected 'genstudio history {usage}'.")
    with Library() as library:
        result = function(library, words, args, session)
        return {"action": action, **result, "remarks": [*library.remarks, *result.get("remarks", ())]}


def _date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-05-31") from None


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise ConfigError(f"{text!r} is not the number of a piece; 'genstudio history' shows the numbers.")
    return int(text)


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as a part of a result, without the data that only the program reads."""
    return {name: value for name, value in vars(entry).items() if name not in ("symbols", "dressing")}


def _list(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "kept": True if args.kept else None,
        "favourite": True if args.favourites else None,
        "tag": args.tag,
        "model": args.model,
        "operation": args.operation,
        "since": args.since,
        "removed": args.removed,
    }
    query = " ".join(words)
    found = library.search(query, **asked, limit=args.limit)
    total = len(found) if len(found) < args.limit else library.count(query, **asked)
    return {"library": str(library.path), "total": total, "pieces": [_plain(entry) for entry in found]}


def _one(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if len(words[0]) >= 16:
        job = library.job(words[0])
        return {"job": {"id": job.id, **job.facts()}, "pieces": [_plain(entry) for entry in library.of_job(job.id)]}
    from genstudio.domains import get_domain

    entry = library.get(_number(words[0]))
    made = library.job(entry.job) if entry.job is not None else None
    return {
        "entry": _plain(entry),
        "job": {"id": made.id, **made.facts()} if made is not None else None,
        "show": get_domain(entry.domain).show(entry.piece()),
    }


def _each(change: Callable[[Library, int], None], done: str) -> Callable[..., dict[str, Any]]:
    def function(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
        numbers = [_number(word) for word in words]
        for number in numbers:
            library.get(number)  # check all of them before the first change
        for number in numbers:
            change(library, number)
        return {"numbers": numbers, "done": done}

    return function


def _tag(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    number = _number(words[0])
    library.tag(number, *words[1:])
    return {"numbers": [number], "done": f"tags: {', '.join(library.get(number).tags) or 'none'}"}


def _untag(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    number = _number(words[0])
    library.untag(number, *words[1:])
    return {"numbers": [number], "done": f"tags: {', '.join(library.get(number).tags) or 'none'}"}


def _tags(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    return {"tags": [{"tag": tag, "pieces": count} for tag, count in library.tags()]}


def _rename(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    number = _number(words[0])
    library.rename(number, " ".join(words[1:]))
    return {"numbers": [number], "done": f"is now {library.get(number).title!r}"}


def _purge(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    return {"purged": library.purge()}


def _add(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio.domains import get_domain, names, read_file, readers

    added, refused, remarks = [], [], []
    for word in words:
        path = Path(word)
        fitting = readers(path.suffix)
        if not fitting:
            known = sorted({suffix for name in names() for suffix in get_domain(name).suffixes})
            raise FileError(f"{path} cannot be kept; expected a file that ends in one of {', '.join(known)}.")
        reasons: list[str] = []
        for domain in fitting:
            try:
                read = read_file(domain, path)
                break
            except InputError as error:
                reasons.append(str(error))
        else:
            refused.append({"path": word, "reason": reasons[0]})
            continue
        refused += [{"path": item.path, "reason": item.reason} for item in read.refused]
        remarks += [f"{path.name}: {remark}" for remark in read.remarks]
        tags = [args.tag] if args.tag is not None else []
        added += [
            library.add(piece, domain, path=path, title=piece.title or path.stem, favourite=args.favourites, tags=tags)
            for piece in read.pieces
        ]
    if refused and not added:
        raise FileError(refused[0]["reason"])
    return {"numbers": added, "done": "kept", "refused": refused, "remarks": remarks}


def _export(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    with session.stoppable() as stop:
        return {"path": words[0], **vars(library.export_file(words[0], report=session.report, stop=stop))}


def _import(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    with session.stoppable("nothing is taken over") as stop:
        return {"path": words[0], **vars(library.import_file(words[0], report=session.report, stop=stop))}


def _repair(library: Library, words: Sequence[str], args: argparse.Namespace, session: Session) -> dict[str, Any]:
    return {"saved": library.repair()}


_MANY = 10**6
# For each action: the least and the largest number of words, its usage, and its function.
_ACTIONS: dict[str, tuple[int, int, str, Callable[..., dict[str, Any]]]] = {
    "list": (0, _MANY, "list WORD…", _list),
    "show": (1, 1, "show ID", _one),
    "tag": (2, _MANY, "tag ID TAG…", _tag),
    "untag": (2, _MANY, "untag ID TAG…", _untag),
    "tags": (0, 0, "tags", _tags),
    "rename": (2, _MANY, "rename ID TITLE", _rename),
    "remove": (1, _MANY, "remove ID…", _each(lambda library, number: library.remove(number), "removed")),
    "restore": (1, _MANY, "restore ID…", _each(lambda library, number: library.restore(number), "restored")),
    "purge": (0, 0, "purge", _purge),
    "add": (1, _MANY, "add FILE…", _add),
    "export": (1, 1, "export FILE", _export),
    "import": (1, 1, "import FILE", _import),
    "repair": (0, 0, "repair", _repair),
}


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    _show.refusals(result.get("refused") or (), session, most=20, rest="--json lists them all")
    action = result["action"]
    if action == "list" or (action == "show" and "pieces" in result):
        _print_list(result, session)
    elif action == "show":
        _print_one(result, session)
    elif action == "tags":
        for line in _show.table([(item["tag"], str(item["pieces"])) for item in result["tags"]], right=(1,)):
            session.out(line)
    elif action == "purge":
        session.out(f"deleted for good: {result['purged']:,}")
    elif action == "repair":
        session.out(f"pieces in the new library: {result['saved']:,}")
    elif action == "export":
        session.out(f"{result['path']}: {result['pieces']:,} pieces, {result['jobs']:,} jobs")
    elif action == "import":
        session.out(f"new: {result['pieces']:,} pieces, {result['jobs']:,} jobs; known already: {result['known']:,} pieces")
    else:
        numbers = result["numbers"]
        several = f"{len(numbers):,} pieces, {numbers[0]} to {numbers[-1]}" if len(numbers) > 10 else ", ".join(map(str, numbers))
        session.out(f"{several}: {result['done']}")


def _print_list(result: dict[str, Any], session: Session) -> None:
    pieces: list[dict[str, Any]] = result["pieces"]
    rows = [("id", "", "made", "from", "model", "title", "tags")]
    for item in pieces:
        title = " ".join(str(item["title"]).split())
        title = title if len(title) <= _WIDEST else title[: _WIDEST - 1] + "…"
        star = "*" if item["favourite"] else ""
        rows.append((str(item["id"]), star, _when(item["made"]), item["operation"], item["model"], title, ", ".join(item["tags"])))
    if not pieces:
        session.out("Nothing was found." if result.get("total") is not None else "None of its pieces is in the library any more.")
        return
    for line in _show.table(rows, right=(0,)):
        session.out(line)
    if result.get("total", 0) > len(pieces):
        session.out(f"and {result['total'] - len(pieces):,} more; --limit {result['total']} shows them all")


def _print_one(result: dict[str, Any], session: Session) -> None:
    entry, job = result["entry"], result["job"]
    rows = [("piece", str(entry["id"])), ("title", str(entry["title"])), ("made", _when(entry["made"]))]
    if entry["favourite"]:
        rows.append(("favourite", "yes"))
    if entry["removed"] is not None:
        rows.append(("removed", _when(entry["removed"])))
    rows += [(name, text) for name, text in (("tags", ", ".join(entry["tags"])), ("file", entry["path"] or "")) if text]
    if job is not None:
        made = [f"{name} {_show.rounded(value)}" for name, value in job["settings"].items() if not isinstance(value, (dict, list))]
        rows += [
            ("job", f"{job['id']}, its piece {entry['place'] + 1}"),
            ("from", f"{job['operation']}{': ' if job['sources'] else ''}{', '.join(job['sources'])}"),
            ("model", f"{job['model']} ({job['digest'][:12]})"),
            ("seed", str(job["seed"])),
            *([("settings", ", ".join(made))] if made else []),
        ]
    hidden = ("title", "source", "text")
    rows += [(name, _show.rounded(value)) for name, value in entry["description"].items() if name not in hidden and value]
    for line in _show.table(rows):
        session.out(line)
    session.out()
    session.out(str(result["show"]).rstrip("\n"))
    if job is not None:
        session.out()
        session.out(f"'genstudio again {entry['id']} --out FILE' makes it again.")


def _when(seconds: float) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
    except (OverflowError, OSError, ValueError):  # out of the range of dates
        return "?"
