"""Writes the generated time series that `series-daily` is trained on: `python benchmarks/series_data.py --out FOLDER`.

A table for each season and position of its first step, with a column for each series; see genstudio/domains/series/generated.py.
The same number and seed give the same files.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a checkout needs no installation

from genstudio.domains.series import LONGEST, Series  # noqa: E402
from genstudio.domains.series.generated import generated  # noqa: E402
from genstudio.files import write_text  # noqa: E402


def write(folder: Path, count: int, seed: int) -> None:
    """Write the tables of ``count`` series into a folder."""
    tables: dict[tuple[int, int], list[Series]] = defaultdict(list)
    for made, piece in enumerate(generated(count, LONGEST, seed), 1):
        tables[piece.season, piece.phase].append(piece)
        if made % 1000 == 0:
            print(f"{made:,} of {count:,} series", flush=True)
    for (season, phase), pieces in sorted(tables.items()):
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        columns = [list(map(repr, piece.values)) for piece in pieces]
        names = [piece.title for piece in pieces]
        if season:
            columns.insert(0, [f"{(phase + step) % season + 1}/{season}" for step in range(LONGEST)])
            names.insert(0, "season")
        table.writerow(names)
        table.writerows(zip(*columns, strict=True))
        write_text(folder / f"season-{season:02d}-{phase + 1:02d}.csv", out.getvalue())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the tables")
    parser.add_argument("--count", type=int, default=16_000, help="how many series (default: 16,000)")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    write(args.out, args.count, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
