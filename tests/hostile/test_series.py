"""Tables that are damaged or written to hurt: a series, or one clear sentence, in bounds."""

from __future__ import annotations

import io
import os
import random
import zipfile
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from genstudio.domains import get_domain, read_file
from genstudio.domains.series import Series

SERIES = get_domain("series")
MANY = int(os.environ.get("GENSTUDIO_HOSTILE", "20"))


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.csv", "v\n" + "1\n" * 100_000)
    return out.getvalue()


def _grid(rows: int, columns: int, cell: str) -> bytes:
    return "\n".join(",".join(cell.format(row, column) for column in range(columns)) for row in range(rows)).encode()


CASES: dict[str, tuple[str, bytes]] = {
    "zip": (".csv", _zip()),
    "binary": (".csv", bytes(range(256)) * 4000),
    "zeros": (".csv", bytes(1_000_000)),
    "cell of letters": (".csv", b"v,w\n1,2\n" + b"a" * 5_000_000 + b",3\n4,5\n6,7\n"),
    "cell of digits": (".csv", b"v\n" + b"1" * 5_000_000 + b"\n2\n3\n4\n5\n"),
    "cell of commas": (".csv", b"v;w\n" + b"1,234" * 1_000_000 + b";2\n3;4\n"),
    "one wide row": (".csv", b"v\n" + b"1\n" * 20_000 + b"1," * 90_000 + b"1\n"),
    "wide first row": (".csv", b"1," * 90_000 + b"1\n" + b"1\n" * 100_000),
    "many columns of texts": (".csv", _grid(40, 3000, "t{1}{0}")),
    "many columns of dates": (".csv", _grid(20, 2000, "{1}/{0}/2020x")),
    "open quotes": (".csv", b'a,"b\n' * 40_000),
    "years apart": (".csv", b"d,v\n0001-01-01,1\n0001-01-02,2\n0001-01-03,3\n9999-12-31,4\n"),
    "seconds apart": (".csv", b"d,v\n" + _grid(60, 1, "2020-01-01 00:00:{0:02d},1") + b"\n9999-12-31 23:59:59,4\n"),
    "huge numbers": (".csv", b"v\n" + b"1e308\n-1e308\n" * 50),
    "underscores": (".csv", b"v\n1_0\n2_0\n3_0\n4_0\n"),
    "seasons": (".csv", b"season,v\n" + b"99/99,1\n0/0,2\n" * 10),
    "deep JSON": (".jsonl", b"[" * 500_000 + b"\n" + b'{"a":' * 100_000 + b"\n"),
    "other keys in each line": (".jsonl", b"".join(b'{"k%d": %d}\n' % (at, at) for at in range(12_000))),
    "long integers": (".jsonl", (b'{"v": ' + b"9" * 100_000 + b"}\n") * 5),
    "no Parquet": (".parquet", b"PAR1" + b"\xff" * 2000 + b"PAR1"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_tables_written_to_hurt(name, bounded, tmp_path):
    suffix, data = CASES[name]
    path = tmp_path / f"t{suffix}"
    path.write_bytes(data)
    bounded(lambda: _read(path))


def _read(path: Path, **options: Any) -> None:
    for piece in read_file(SERIES, path, **options).pieces[:50]:
        again = SERIES.from_symbols(SERIES.to_symbols(piece))
        assert SERIES.with_metadata(again, SERIES.metadata(piece)).values == piece.values
        SERIES.show(piece, 60)
        assert SERIES.describe(piece)["steps"] == len(piece)


@pytest.mark.parametrize("seed", range(MANY))
def test_changed_bytes(seed, bounded, tmp_path):
    draw = random.Random(seed)
    rows = "".join(f"2020-{at // 28 + 1:02d}-{at % 28 + 1:02d},{at * 1.5},\"{at},25\"\n" for at in range(200))
    lines = "".join(f'{{"d": "{2000 + at}", "v": {at}}}\n' for at in range(60))
    good = {".csv": f"day,a,b\n{rows}".encode(), ".jsonl": lines.encode()}
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"d": list(range(100)), "v": [0.5 * at for at in range(100)]}), out)
    good[".parquet"] = out.getvalue()
    for suffix, data in good.items():
        changed = bytearray(data)
        for _ in range(draw.choice((1, 5, 60))):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        path = tmp_path / f"t{suffix}"
        path.write_bytes(changed[: draw.randrange(1, len(changed))] if draw.random() < 0.4 else changed)
        options = draw.choice(({}, {"every": "week"}, {"label": "a"}, {"column": 1}, {"season": 7}))
        bounded(lambda path=path, options=options: _read(path, **options))


def test_a_small_parquet_file_that_holds_much_is_cut_short(bounded, tmp_path):
    path = tmp_path / "t.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"v": pyarrow.nulls(2_500_000, pyarrow.float64())}), path)
    assert path.stat().st_size < 1_000_000
    bounded(lambda: _read(path))


def test_a_series_of_a_million_steps_is_shown_at_once(bounded):
    piece = Series.of([float(at % 1000) for at in range(200_000)], season=24)
    bounded(lambda: (SERIES.show(piece), SERIES.describe(piece), SERIES.phrases(piece, 7, 7, 1)))
