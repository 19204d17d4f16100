"""What there is to know of corpora: plain functions that read folders, for the engine's threads."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from genstudio import paths
from genstudio.config import PRESETS
from genstudio.corpus.store import MANIFEST, REPORT, read_manifest
from genstudio.domains import get_domain, readers
from genstudio.errors import CorpusError, FileError, GenStudioError, clause
from genstudio.files import read_json
from genstudio.gui.items import Item
from genstudio.gui.readings import files_in
from genstudio.gui.speech import spoken
from genstudio.progress import Stop

__all__ = [
    "MANIFEST", "REPORT", "Examined", "Facts", "Histogram", "Looked", "Refused", "examine", "facts_of", "known", "look_into",
    "piece_of", "report_of",
]  # fmt: skip

_LARGEST_REPORT = 100_000_000  # bytes
_DRAWN = 3000  # phrases that are looked at for the plots
_BINS = 32
_LOOKED_AT = 20_000  # files that are counted in a folder before it is clear what it holds
_SHOWN = {"density", "range", "steps", "swing", "syncopation", "word-length", "punctuation"}  # of the attributes
_TONICS = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")


@dataclass(frozen=True)
class Facts:
    """A corpus in a list. length: bars of a phrase, 0 for none. counts: phrases of each split. created: seconds since 1970. error:
    why it cannot be used, "" for none."""

    folder: str
    domain: str = ""
    length: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    size: int = 0
    created: float = 0.0
    error: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return Path(self.folder).name

    @property
    def held_out(self) -> str:
        """The split to measure a model on, "" for none: pieces kept to the end are better than those looked at while training."""
        return next((name for name in ("test", "valid") if self.counts.get(name)), "")

    def preset(self) -> str:
        """The preset that fits best; "" where none does."""
        fitting = [preset for preset in PRESETS.values() if preset.domain == self.domain]
        return min(fitting, key=lambda one: abs(one.length - self.length)).name if fitting else ""


def facts_of(folder: str) -> Facts:
    """The facts of one corpus; a damaged one says so."""
    place = Path(folder)
    try:
        manifest = read_manifest(place)
        kept = manifest["counts"]
        counts = {"train": kept["train"], "valid": kept["valid"], "test": kept["test"]}
        files = [file for file in place.rglob("*") if file.is_file()]
        size, created = sum(file.stat().st_size for file in files), (place / MANIFEST).stat().st_mtime
        return Facts(folder, manifest["domain"], manifest["options"]["length"], counts, size, created)
    except CorpusError as error:
        gone = not place.exists()
        return Facts(folder, error=f"there is no folder {folder} any longer; it was moved or removed." if gone else spoken(error))
    except OSError as error:
        return Facts(folder, error=f"the corpus in {folder} cannot be read ({clause(error)}); build it again.")


def known(folders: Sequence[str], domain: str = "") -> list[Facts]:
    """The corpora of these folders, and those in the studio's own place, the newest first; those that are gone are left out.

    Args:
        domain: of those that are wanted and whole, "" for all.
    """
    try:
        own = [str(place) for place in paths.corpora().iterdir() if place.is_dir() and not place.name.startswith(".")]
    except OSError:
        own = []
    found = [facts_of(folder) for folder in dict.fromkeys([*folders, *own]) if Path(folder).is_dir()]
    wanted = [facts for facts in found if not domain or (facts.domain == domain and not facts.error)]
    return sorted(wanted, key=lambda facts: -facts.created)


class Looked(dict[str, int]):
    """How many files each domain reads; several may read one. others: how many files that none reads end in what."""

    def __init__(self, counts: Mapping[str, int], others: Mapping[str, int]) -> None:
        super().__init__(counts)
        self.others = dict(sorted(others.items(), key=lambda entry: (-entry[1], entry[0])))


def look_into(sources: Sequence[str], stop: Stop) -> Looked:
    """What files and folders hold, by the names of the files."""
    counts: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for file in itertools.islice(files_in(sources, stop), _LOOKED_AT):
        reading = [domain.name for domain in readers(file.suffix.lower())]
        counts.update(reading)
        if not reading:
            others[file.suffix.lower()] += 1
    return Looked(counts, others)


@dataclass(frozen=True)
class Histogram:
    """Counts under a name ("length", "metre", "tonic", or an attribute's label), in ``unit``."""

    name: str
    unit: str
    bars: list[tuple[str, int]]


@dataclass(frozen=True)
class Refused:
    """Something that was left out. kind: "refused", "duplicate", "other" (a file of another kind) or "remark"."""

    kind: str
    path: str
    reason: str


@dataclass
class Examined:
    """A corpus that is looked at. rows: (split, number in it, title, source, tokens) of every phrase. drawn: how many phrases the
    plots are of."""

    facts: Facts
    corpus: Any
    report: Report
    rows: list[tuple[str, int, str, str, int]]
    refused: list[Refused]
    plots: list[Histogram]
    drawn: int


def examine(folder: str, stop: Stop) -> Examined:
    """Open a corpus and count what is in it.

    Raises:
        CorpusError: there is none, or it is damaged.
    """
    import numpy as np

    from genstudio.corpus import Corpus

    corpus = Corpus.open(Path(folder))
    report = report_of(Path(folder))
    rows: list[tuple[str, int, str, str, int]] = []
    for split in ("train", "valid", "test"):
        store = corpus.split(split)
        lengths = store.lengths.tolist()
        for number in range(len(store)):
            if number % 2000 == 0:
                stop.check()
            rows.append((split, number, store.title(number), store.source(number), lengths[number]))
    chosen = range(len(rows))
    if len(rows) > _DRAWN:
        chosen = np.sort(np.random.default_rng(0).permutation(len(rows))[:_DRAWN]).tolist()
    pieces = []
    for at, index in enumerate(chosen):
        if at % 50 == 0:
            stop.check()
        pieces.append(_decoded(corpus, rows[index][0], rows[index][1]))
    return Examined(facts_of(folder), corpus, report, rows, _refused(report), list(_plots(corpus.domain, pieces)), len(pieces))


class Left(TypedDict):
    """Something that was left out, and why."""

    path: str
    reason: str


class Report(TypedDict, total=False):
    """What ``report.json`` says, as far as it is looked at."""

    used_pieces: int
    train: int
    valid: int
    test: int
    groups: int
    mean_tokens: float
    ignored: int
    duplicate_pieces: int
    duplicate_phrases: int
    refused: list[Left]
    duplicates: list[Left]
    remarks: list[str]
    ignored_files: list[str]


def report_of(folder: Path) -> Report:
    """What the report of a corpus says; nothing where it cannot be read."""
    try:
        return read_json(folder / REPORT, Report, limit=_LARGEST_REPORT)
    except FileError:
        return {}


def _refused(report: Report) -> list[Refused]:
    found = [Refused("refused", entry["path"], spoken(entry["reason"])) for entry in report.get("refused", ())]
    found += [Refused("duplicate", entry["path"], spoken(entry["reason"])) for entry in report.get("duplicates", ())]
    found += [Refused("other", path, Path(path).suffix) for path in report.get("ignored_files", ())]
    return [*found, *(Refused("remark", "", spoken(text)) for text in report.get("remarks", ()))]


def _decoded(corpus: Any, split: str, number: int) -> Any:
    ids = corpus.split(split)[number]
    return get_domain(corpus.domain).from_symbols(corpus.tokenizer.decode(ids.tolist()))


def piece_of(corpus: Any, split: str, number: int) -> Item:
    """One phrase, ready to be heard or read.

    Raises:
        CorpusError: the corpus is damaged there.
    """
    try:
        piece = _decoded(corpus, split, number)
        title, source = corpus.split(split).title(number), corpus.split(split).source(number)
    except GenStudioError:
        raise
    except (OSError, ValueError, IndexError) as error:
        raise CorpusError("the corpus in {path} is damaged ({reason}); build it again.", path=corpus.path, reason=error) from error
    return Item(piece, corpus.domain, title or Path(source).stem, source=source)


def _plots(domain: str, pieces: Sequence[Any]) -> Iterable[Histogram]:
    if not pieces:
        return
    kind = get_domain(domain)
    yield Histogram("length", kind.unit, _binned([kind.units(piece) for piece in pieces]))
    if kind.plays:
        metres = Counter(f"{piece.metres[0].numerator}/{piece.metres[0].denominator}" for piece in pieces)
        yield Histogram("metre", "", _most(metres))
    if hasattr(pieces[0], "tonic"):
        tonics = Counter(piece.tonic % 12 for piece in pieces)
        yield Histogram("tonic", "", [(name, tonics[number]) for number, name in enumerate(_TONICS)])
    named = {attribute.name for attribute in kind.attributes}
    chosen = _SHOWN & named or {attribute.name for attribute in kind.attributes[:3]}
    for attribute in kind.attributes:
        if attribute.name in chosen:
            bars = _spread([attribute.measure(piece) for piece in pieces])
            if len(bars) > 1:
                yield Histogram(attribute.label, attribute.unit, bars)


def _binned(values: Sequence[int]) -> list[tuple[str, int]]:
    """A bar for each whole number, or for each few of them."""
    low, high = min(values), max(values)
    width = max(1, -(-(high - low + 1) // _BINS))
    counts = Counter((value - low) // width for value in values)
    label: Callable[[int], str] = lambda first: str(first) if width == 1 else f"{first}-{first + width - 1}"  # noqa: E731
    return [(label(low + number * width), counts[number]) for number in range((high - low) // width + 1)]


def _spread(values: Sequence[float]) -> list[tuple[str, int]]:
    """Twenty bars over the range that holds 98 in 100 of the values."""
    ordered = sorted(values)
    low, high = ordered[len(ordered) // 100], ordered[-1 - len(ordered) // 100]
    if high <= low:
        return [(f"{low:.3g}", len(values))]
    bins = 20
    counts = Counter(min(bins - 1, max(0, int((value - low) / (high - low) * bins))) for value in values)
    return [(f"{low + (number + 0.5) * (high - low) / bins:.2g}", counts[number]) for number in range(bins)]


def _most(counts: Counter[str], most: int = 12) -> list[tuple[str, int]]:
    found = counts.most_common(most)
    rest = sum(counts.values()) - sum(count for _, count in found)
    return [*found, ("…", rest)] if rest else found
