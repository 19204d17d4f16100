"""Text in a terminal."""

from __future__ import annotations

import re

from genstudio.domains.words import CJK

__all__ = ["wrap"]

_RUN = 1000  # characters; longer words are handled in parts


def wrap(line: str, width: int) -> str:
    """Wrap a line to ``width`` columns, at spaces and between wide characters, which take two columns."""
    from rich.cells import cell_len, chop_cells  # late: only what is shown needs them

    parts = re.findall(f"[{CJK}\u3000-\u303f\uff00-\uff60]|\\s{{1,{_RUN}}}|[^\\s{CJK}\u3000-\u303f\uff00-\uff60]{{1,{_RUN}}}", line)
    rows, row = [], ""
    for part in parts:
        if cell_len(row) + cell_len(part) > width:
            if row.strip():
                rows.append(row.rstrip())
            row = ""
            if part.isspace():
                continue
            *full, part = chop_cells(part, width)  # several parts if a word is wider than the terminal
            rows += full
        row += part
    if row.strip() or not rows:
        rows.append(row.rstrip())
    return "\n".join(rows)
