"""The page of paths: ``python docs/tools/paths.py --melodies CORPUS --sentences CORPUS`` draws random pairs of held-out pieces
and writes the bundled models' paths between them: ``docs/guide/paths.md`` with sentences, pictures and MIDI files. A kind without
a corpus is left out.

Nothing is selected: the seed is 0, and the pairs are the first that it gives. The corpora are those of
``checkpoints/recipes.json``.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

import numpy as np

import genstudio
from genstudio.corpus import Corpus
from genstudio.rendering.roll import draw

DOCS = Path(__file__).parents[1]
STEPS = 9
LONGEST = 20  # tokens of a sentence
HEAD = """# Paths between random pieces

Numbers say little about the pieces between two others. So here are {what}, of nine steps each, between
random held-out pieces (`docs/tools/paths.py`, seed {seed}), the good and the bad. The ends are the pieces
themselves; the model wrote every step between them, as `genstudio interpolate` does.
"""


def pairs(corpus: Path, count: int, seed: int, longest: int | None) -> list[tuple[Any, Any]]:
    """``count`` pairs of pieces of the test split, as token ids."""
    split = Corpus.open(corpus).split("test")
    fitting = [row for row in range(len(split)) if longest is None or 4 <= len(split[row]) <= longest]
    chosen = np.random.default_rng(seed).choice(fitting, (count, 2), replace=False)
    return [(split[int(a)], split[int(b)]) for a, b in chosen]


def paths_between(name: str, corpus: Path, count: int, seed: int, longest: int | None = None) -> list[Any]:
    """The model's path between the ends of each pair."""
    model = genstudio.load(name)
    found = []
    for pair in pairs(corpus, count, seed, longest):
        ends = [model.domain.from_symbols(model.tokenizer.decode(ids.tolist())) for ids in pair]
        found.append(model.interpolate(*ends, STEPS))
    return found


def page(sentences: list[Any], melodies: list[Any], seed: int, folder: Path) -> str:
    """The page; pictures and MIDI files are written into ``folder``."""
    counts = (("sentences", len(sentences)), ("melodies", len(melodies)))
    what = " and ".join(f"{count} paths of {name}" for name, count in counts if count)
    lines = [HEAD.format(what=what, seed=seed)]
    if sentences:
        lines.append("## Sentences\n")
        for number, path in enumerate(sentences, 1):
            first, *between, last = (step.text for step in path)
            lines += [f"{number}. *{first}*  ", *(f"   {text}  " for text in between), f"   *{last}*\n"]
    if melodies:
        lines.append("## Melodies\n")
        lines.append("From top to bottom: the first phrase, seven steps, the last phrase. Each path is also a MIDI file.\n")
        for number, path in enumerate(melodies, 1):
            stem = f"melody-{number:02d}"
            captions = [f"{t:.0%}" for t in path.ts]
            picture = draw(list(path), title=f"Path {number}", captions=captions)
            (folder / f"{stem}.svg").write_text(picture, encoding="utf-8")
            path.write_joined(folder / f"{stem}.mid")
            lines.append(f"![Nine piano rolls](../paths/{stem}.svg)\n\n[Path {number} as MIDI](../paths/{stem}.mid)\n")
    return "\n".join(lines)


def main() -> None:
    """Draw the paths and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--melodies", type=Path, metavar="CORPUS", help="corpus of the model of melodies")
    parser.add_argument("--sentences", type=Path, metavar="CORPUS", help="corpus of the model of sentences")
    parser.add_argument("--melody-model", default="folk-melody-2bar", metavar="M")
    parser.add_argument("--sentence-model", default="english-sentence", metavar="M")
    parser.add_argument("--out", type=Path, default=DOCS, metavar="DIR", help="the folder of the documentation")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    folder = args.out / "paths"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (args.out / "guide").mkdir(exist_ok=True)
    sentences = paths_between(args.sentence_model, args.sentences, 20, args.seed, LONGEST) if args.sentences else []
    melodies = paths_between(args.melody_model, args.melodies, 10, args.seed) if args.melodies else []
    (args.out / "guide" / "paths.md").write_text(page(sentences, melodies, args.seed, folder), encoding="utf-8")


if __name__ == "__main__":
    main()
