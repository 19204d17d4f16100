"""Whether new pieces help a classifier that learns from 20 texts a class, on three tables made from public collections.

    python benchmarks/augment.py --data FOLDER [--draws 10] [--tables register,kind,topic] [--copies] [--json OUT]

FOLDER holds the files that benchmarks/DATA.md names. Each draw takes 20 texts a class to learn from and 100 a class to be asked
about. The classifier is that of ``genstudio augment --report``; ``--copies`` also repeats the texts in place of new ones,
with the same weight.

| table | classes | the model has seen its texts |
|---|---|---|
| register | verses of the King James Bible, lines of Shakespeare, example phrases and definitions of a dictionary | none |
| kind | everyday sentences without their final mark: questions, statements, commands | nine of ten, without labels |
| topic | definitions of nouns: acts, artefacts, communication, persons, states, substances | none |
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
from pathlib import Path
from typing import Any

LEARN, ASK, SHORT, LONG = 20, 100, 4, 20
# Lines of the definitions, which are in the order of the lexicographer's files, well within each file.
TOPICS = {
    "act": (450, 6200), "artifact": (14450, 25000), "communication": (33800, 38500), "person": (50700, 60700),
    "state": (74150, 76800), "substance": (77650, 79750),
}  # fmt: skip
COMMANDS = set(
    "please let's don't let give take tell come go put keep be show look help open close turn wait stop make try call leave bring "
    "get do never have listen read write speak sit stand remember forget".split()
)


def texts(lines: list[str], shortest: int = SHORT) -> list[str]:
    """Different texts of 4 to 20 words; one half of them, as the settings were chosen on the other."""
    seen: dict[str, str] = {}
    for text in lines:
        half = hashlib.sha1(text.lower().encode(), usedforsecurity=False).digest()[0] % 2
        if shortest <= len(text.split()) <= LONG and half:
            seen.setdefault(re.sub(r"\W+", " ", text.lower()).strip(), text)
    return list(seen.values())


def tables(data: Path) -> dict[str, dict[str, list[str]]]:
    """The tables: their classes, each with its texts."""

    def read(name: str) -> list[str]:
        return [line.strip() for line in (data / name).read_text(encoding="utf-8").splitlines()]

    glosses = [line.split(";")[0].strip() for line in read("wordnet-glosses.txt")]
    kinds: dict[str, list[str]] = {"question": [], "statement": [], "command": []}
    for line in read("tatoeba-en-zh.tsv")[1:]:
        text = line.split("\t")[0].strip()
        if text[-1:] in (".", "?", "!"):
            first = text.split()[0].lower().strip(",.!")
            kind = "question" if text.endswith("?") else "command" if first in COMMANDS else "statement"
            kinds[kind].append(re.sub(r"[.?!\"']+$", "", text).strip())
    return {
        "register": {
            "verse": texts(read("kjv-verses.txt")), "play": texts(read("shakespeare-lines.txt")),
            "example": texts(read("wordnet-examples.txt")), "definition": texts(glosses),
        },
        "kind": {name: texts(found, 3) for name, found in kinds.items()},
        "topic": {name: texts(glosses[first:last]) for name, (first, last) in TOPICS.items()},
    }  # fmt: skip


def measure(
    data: Path, draws: int = 10, names: tuple[str, ...] = (), model: str = "english-sentence", first: int = 100,
    per_class: int = 180, copied: bool = False, **how: Any,
) -> dict[str, Any]:  # fmt: skip
    """The macro F1 of each table without and with new pieces, over several draws."""
    import numpy as np

    import genstudio
    from genstudio.evaluation.classes import Classifier, compared
    from genstudio.tasks.augment import Options, measured

    loaded, usual, found = genstudio.load(model), Options(), {}
    parse = loaded.domain.parse
    for name, classes in tables(data).items():
        if names and name not in names:
            continue
        without, with_new, copies = [], [], []
        for draw in range(first, first + draws):
            rng = np.random.default_rng(draw)
            learn, ask = [], []
            for label, own in classes.items():
                order = rng.permutation(len(own))
                learn += [(parse(own[at]), label) for at in order[:LEARN]]
                ask += [(parse(own[at]), label) for at in order[LEARN : LEARN + ASK]]
            (pieces, labels), (held_out, truth) = zip(*learn, strict=True), zip(*ask, strict=True)
            settings = {"way": usual.way, "amount": usual.amount, "apart": usual.apart, "weight": usual.weight, **how}
            one = measured(loaded, pieces, labels, held_out, truth, per_class=per_class, seed=draw, **settings)
            without.append(one["without"])
            with_new.append(one["with"])
            if copied:
                again = Classifier(loaded.domain, [*pieces, *pieces], [*labels, *labels], len(pieces), settings["weight"])
                copies.append(again.macro_f1(held_out, truth) - one["without"])
            print(name, draw, f"{one['without']:.1f} {one['with']:.1f} new {one['new']}", flush=True)
        found[name] = {**compared(without, with_new, 0.0), "each": [without, with_new]}
        found[name] |= {"copies": statistics.fmean(copies)} if copied else {}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--tables", default="")
    parser.add_argument("--model", default="english-sentence")
    parser.add_argument("--copies", action="store_true", help="also with copies in place of new texts")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    found = measure(args.data, args.draws, tuple(filter(None, args.tables.split(","))), args.model, args.first, copied=args.copies)
    for name, one in found.items():
        change = one["difference"]
        print(
            f"{name:9} without {one['without']['mean']:.1f}  with {one['with']['mean']:.1f}  difference {change['mean']:+.1f} "
            f"± {change['spread']:.1f} ({change['low']:+.1f} to {change['high']:+.1f}): {one['verdict']}"
            + (f"; copies {one['copies']:+.1f}" if "copies" in one else "")
        )
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
