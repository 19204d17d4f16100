"""Print results for a person: tables, steps, and sentences about the written files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from genstudio.cli._session import Session

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

__all__ = ["attributes", "duration", "one", "prior", "refusals", "remarks", "rounded", "steps", "table", "width"]


def rounded(value: Any) -> str:
    """A number rounded to about four digits; any other value as text."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "-" if value is None else str(value)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.1f}" if abs(value) >= 1000 else f"{value:.4g}"


def duration(seconds: float) -> str:
    """``1 h 02 min``, ``3 min 10 s`` or ``4.2 s``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Lines of aligned columns; the columns with the indices ``right`` are aligned to the right."""
    cells = [list(row) for row in rows]
    if not cells:
        return []
    widths = [max(width(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = []
    for row in cells:
        gaps = [" " * (widest - width(text)) for text, widest in zip(row, widths, strict=True)]
        padded = [gap + text if column in right else text + gap for column, (text, gap) in enumerate(zip(row, gaps, strict=True))]
        lines.append("  ".join(padded).rstrip())
    return lines


def width(text: str) -> int:
    """The number of columns that a text takes on a terminal: two for Chinese characters, none for combining marks."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # late: most tables do not need it

    return cell_len(text)


def remarks(result: Mapping[str, Any], session: Session) -> None:
    """Print the remarks of a result."""
    for text in result.get("remarks") or ():
        session.note(f"note: {text}")


def refusals(refused: Sequence[Mapping[str, Any]], session: Session, *, most: int, rest: str) -> None:
    """Print refused files with their reasons, at most ``most``; ``rest`` says where to find the others."""
    if not refused:
        return
    session.out(f"refused: {len(refused):,}")
    for item in refused[:most]:
        path, reason = str(item["path"]), str(item["reason"])
        session.out(f"  {reason}" if path in reason else f"  {path}: {reason}")
    if len(refused) > most:
        session.out(f"  and {len(refused) - most:,} more; {rest}")


def prior(result: Mapping[str, Any], session: Session) -> None:
    """Print the quality of a learned prior."""
    if result.get("kl") is not None:
        session.out(
            f"held-out KL: {rounded(result['kl'])} nats a piece against the learned prior, "
            f"{rounded(result['kl_standard'])} against N(0, I)"
        )


def one(result: Mapping[str, Any], session: Session) -> None:
    """Print a result of one file, with a picture of its piece."""
    remarks(result, session)
    session.out(result["path"])
    if result.get("kept"):
        session.out(_kept(result["kept"], "it"))
    session.out(str(result.get("show") or result.get("text") or "").rstrip("\n"))


def attributes(result: Mapping[str, Any], session: Session) -> None:
    """Print the changes of attributes, and the file of the result."""
    remarks(result, session)
    rows = [("attribute", "before", "after", "asked", "obtained", "unit")]
    for name, made in result["attributes"].items():
        asked = f"{made['asked']:+.2f}" if made["asked"] else ""
        rows.append((name, rounded(made["before"]), rounded(made["after"]), asked, f"{made['obtained']:+.2f}", made["unit"]))
    for line in table(rows, right=(1, 2, 3, 4)):
        session.out(line)
    session.out(result["path"])
    session.out(str(result.get("show") or result.get("text") or "").rstrip("\n"))


def _kept(kept: Mapping[str, Any], what: str) -> str:
    """A sentence on how much of a source the model keeps."""
    if kept["exact"]:
        return f"the model keeps {what} whole"
    count, of, added, part = kept["kept"], kept["of"], kept["added"], kept["part"]
    more = f" and adds {added}" if added else ""
    return f"the model keeps {count} of {of} {part if of == 1 else part + 's'} of {what}{more}"


def steps(result: Mapping[str, Any], session: Session, key: str = "steps") -> None:
    """Print the files (or sentences) of a result, with pictures of its first, middle and last piece."""
    remarks(result, session)
    items: list[Mapping[str, Any]] = list(result.get(key) or ())
    lines = []
    for place, item in enumerate(items):
        label = f"{item['t']:.3f}" if isinstance(item.get("t"), (int, float)) else str(place + 1)
        lines.append((label, str(item.get("path") or ""), str(item.get("text") or "")))
    for line in table(lines, right=(0,)):
        session.out(line)
    for letter, kept in zip(_LETTERS, result.get("kept") or (), strict=False):
        session.out(_kept(kept, letter))
    # A sentence is its own picture, and is in the list already.
    drawn = [place for place, item in enumerate(items) if item.get("show") and item.get("show") != item.get("text")]
    for place in sorted({drawn[0], drawn[len(drawn) // 2], drawn[-1]}) if drawn else ():
        session.out()
        session.out(lines[place][1] or lines[place][0])
        session.out(str(items[place]["show"]).rstrip("\n"))
    for name in ("joined", "all"):
        if result.get(name):
            session.out()
            session.out(f"all of them one after the other: {result[name]}")
