"""Going on from a model with a few pieces of one's own, beside fresh weights with the same pieces and the same minutes:
`python benchmarks/going_on.py FOLDER --minutes 5`.

FOLDER holds one's own tunes. Of 10 and of 100 of them, drawn by chance, a model is trained from fresh weights with the preset, and
one from `--model`; both, and the model as it is, are measured on the phrases of other tunes that none of them has seen: how many
come back whole, and the F1 of their notes. A table is printed, and written into benchmarks/results/going-on.json.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a checkout needs no installation

import genstudio  # noqa: E402
from genstudio.domains import read_file  # noqa: E402
from genstudio.files import write_json  # noqa: E402

HELD_OUT = 60  # tunes that are measured with
OUT = ROOT / "benchmarks" / "results" / "going-on.json"


def phrases(model: Any, files: Sequence[Path]) -> list[Any]:
    """The phrases of the first piece of each file."""
    found = []
    for path in files:
        piece = read_file(model.domain, path).pieces[0]
        found += model.domain.phrases(piece, model.phrase_length, model.phrase_length, 1)
    return found


def measured(folder: str | Path, files: Sequence[Path]) -> dict[str, float]:
    """How much of the phrases of ``files`` comes back through a model."""
    model = genstudio.load(folder)
    pieces = [piece for piece in phrases(model, files) if piece.notes]
    written = model.decode(model.encode(pieces), segments=[model.segments(piece) for piece in pieces])
    found = model.domain.compare(pieces, written)
    return {"pieces": len(pieces), **{name: float(found[name]) for name in ("exact", "note_f1")}}


def trained(sources: Sequence[Path], out: Path, name: str, preset: str, minutes: float, start: str | None) -> Path:
    """A model of ``sources``, trained for so many minutes."""
    corpus = out / f"corpus-{len(sources)}"
    if not corpus.exists():
        pieces = out / f"pieces-{len(sources)}"
        pieces.mkdir()
        for path in sources:
            shutil.copy(path, pieces)
        genstudio.build_corpus([pieces], corpus, preset=preset, valid=0.1, test=0.0)
    folder = out / f"{name}-{len(sources)}"
    options: dict[str, Any] = {"start": start} if start else {"preset": preset}
    genstudio.train(corpus, folder, max_minutes=minutes, seed=0, **options)
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="files of music, each with a tune")
    parser.add_argument("--model", default="folk-melody-2bar", metavar="M", help="what is gone on from")
    parser.add_argument("--preset", default="melody-2bar", help="of the fresh weights")
    parser.add_argument("--counts", type=int, nargs="+", default=[10, 100], metavar="N", help="how many tunes are one's own")
    parser.add_argument("--minutes", type=float, default=5.0, metavar="X", help="of each training")
    args = parser.parse_args()
    files = sorted(path for path in args.folder.iterdir() if path.is_file())
    random.Random(0).shuffle(files)
    held_out, own = files[:HELD_OUT], files[HELD_OUT:]
    rows: list[dict[str, Any]] = [{"tunes": 0, "from": args.model, "minutes": 0.0, **measured(args.model, held_out)}]
    with tempfile.TemporaryDirectory() as place:
        for count in args.counts:
            for name, start in (("fresh", None), ("on", args.model)):
                folder = trained(own[:count], Path(place), name, args.preset, args.minutes, start)
                rows.append(
                    {"tunes": count, "from": start or "fresh weights", "minutes": args.minutes, **measured(folder, held_out)}
                )
    print("| tunes | begun from | minutes | whole | note F1 |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['tunes']} | {row['from']} | {row['minutes']:g} | {row['exact']:.1%} | {row['note_f1']:.3f} |")
    write_json(OUT, {"pieces": rows[0]["pieces"], "held-out tunes": HELD_OUT, "rows": rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
