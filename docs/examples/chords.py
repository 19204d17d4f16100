"""Chord charts: lines such as ``| C . Am . | F . G7 . ||``, with a chord, or a dot where the last one goes on, on each beat.

A chart ends with a double bar line, so that half a file is noticed; a line that begins with ``#`` is its title. Chords are a root
and one of the qualities of :data:`QUALITIES`; sharps only, flats are read as them.
"""

from __future__ import annotations

import hashlib
import html
import random
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from genstudio.domains.base import Attribute, Domain, Grammar, Piece, ReadResult
from genstudio.domains.edit import edit_distance
from genstudio.errors import ConfigError, DamagedFileError, FileError
from genstudio.files import write_text

__all__ = ["DOMAIN", "Chart", "ChordDomain"]

ROOTS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLATS = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#"}
QUALITIES = ("", "m", "7", "m7", "maj7", "dim")
BEATS = 4
_LARGEST = 1 << 20  # bytes of a file
_SHINGLE = 4  # bars in a fragment

# A symbol is one character, of Unicode's private use: the bar line, the dot, then every chord.
BAR, DOT = "\ue000", "\ue001"
CHORDS = {root + quality: chr(0xE010 + at) for at, (root, quality) in enumerate((r, q) for r in ROOTS for q in QUALITIES)}
NAMES = {symbol: name for name, symbol in CHORDS.items()}
Bar = tuple[str, ...]  # one to four symbols; a bar that lacks some is filled with dots


@dataclass(frozen=True, kw_only=True)
class Chart(Piece):
    """Chords over bars of four beats, as symbols."""

    bars: tuple[Bar, ...] = ()

    @property
    def text(self) -> str:
        """The chart as a line."""
        bars = [" ".join("." if symbol == DOT else NAMES[symbol] for symbol in bar) for bar in self.bars]
        return f"| {' | '.join(bars)} ||" if bars else ""

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.title)}\n{html.escape(self.text)}</pre>"


def _changes(chart: Chart) -> float:
    """Number of chords per bar."""
    return sum(symbol != DOT for bar in chart.bars for symbol in bar) / len(chart.bars) if chart.bars else 0.0


class ChordDomain(Domain):
    """Chord charts in 4/4."""

    name = "chords"
    label = "Chord charts"
    kind = "text"
    suffixes = (".chords",)
    output_suffix = ".chords"
    grammar = Grammar(
        indivisible=BAR,
        separator=BAR,
        alphabet=BAR + DOT + "".join(NAMES),
        advance=lambda token: sum(symbol != BAR for symbol in token),
        phases=BEATS + 1,
    )
    attributes = (Attribute("changes", "Changes", "a bar", "Chords that begin in a bar, mean.", _changes),)
    unit = "bar"

    # Files

    def read(self, path: Path, **options: Any) -> ReadResult:
        for option in options:
            raise ConfigError(f"charts are read without options; there is no {option!r}.")
        path = Path(path)
        try:
            if path.stat().st_size > _LARGEST:
                raise DamagedFileError(f"{path}: it is larger than a chart can be (1 MB).")
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise FileError(f"cannot read {path}: {error.strerror}; choose another file.") from None
        except UnicodeDecodeError:
            raise DamagedFileError(f"{path}: it is not text in UTF-8.") from None
        title = next((line[1:].strip() for line in text.splitlines() if line.startswith("#")), "")
        lines = " ".join(line for line in text.splitlines() if not line.startswith("#")).strip()
        if not lines.endswith("||"):
            raise DamagedFileError(f"{path}: a chart ends with a double bar line, '||'; this one has none.")
        chart = self.parse(lines)
        if chart is None:
            raise DamagedFileError(f"{path}: it is no chart; expected bars such as '| C . Am . | F . G7 . ||'.")
        return ReadResult([replace(chart, title=title, source=str(path))])

    def write(self, piece: Chart, path: Path, text: str = "") -> None:
        path = Path(path)
        if path.suffix != self.output_suffix:
            raise FileError(f"cannot write a chart as {path.suffix or 'a file without suffix'}; name it {path.stem}.chords.")
        heading = f"# {' '.join(piece.title.split())}\n" if piece.title else ""
        write_text(path, f"{heading}{piece.text}\n")

    def parse(self, text: str) -> Chart | None:
        bars = []
        for words in (bar.split() for bar in text.strip().strip("|").split("|")):
            known = [DOT if word == "." else CHORDS.get(_sharp(word), "") for word in words]
            if not 1 <= len(words) <= BEATS or not all(known):
                return None
            bars.append(_full(known))
        return Chart(bars=tuple(bars)) if bars else None

    # Symbols

    def to_symbols(self, piece: Chart) -> str:
        return "".join(BAR + "".join(bar) for bar in piece.bars)

    def from_symbols(self, symbols: str) -> Chart:
        """Any string makes a chart: other characters are left out, and so are symbols that do not fit into a bar."""
        known = [symbol for symbol in symbols if symbol in (BAR, DOT) or symbol in NAMES]
        groups = "".join(known).split(BAR)
        # Symbols before the first bar line are a bar of their own.
        bars = groups[1:] if not groups[0] else groups
        return Chart(bars=tuple(_full(bar[:BEATS]) for bar in bars))

    # Parts

    def phrases(self, piece: Chart, length: int, stride: int, shortest: int) -> list[Chart]:
        count = len(piece.bars)
        if not length:
            return [piece] if count >= shortest else []
        begins = range(0, max(1, count), stride)
        cut = [replace(piece, bars=piece.bars[begin : begin + length]) for begin in begins if begin == 0 or begin + length <= count]
        return [phrase for phrase in cut if len(phrase.bars) >= shortest]

    def units(self, piece: Chart) -> int:
        return len(piece.bars)

    def part(self, piece: Chart, first: int, last: int) -> Chart:
        return replace(piece, bars=piece.bars[first - 1 : last])

    # Corpora

    def fragments(self, piece: Chart) -> set[int]:
        runs = ("".join(map("".join, piece.bars[at : at + _SHINGLE])) for at in range(len(piece.bars) - _SHINGLE + 1))
        return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs}

    # Several pieces

    def join(self, pieces: Sequence[Chart]) -> Chart:
        return Chart(bars=tuple(bar for piece in pieces for bar in piece.bars))

    def mix(self, a: Chart, b: Chart, share: float, seed: int) -> Chart:
        """Take each bar from ``b`` with the probability ``share``, else from ``a``; a bar that the chosen one lacks is left out."""
        if share <= 0.0 or share >= 1.0:
            return a if share <= 0.0 else b
        draw = random.Random(seed)
        taken = [(b if draw.random() < share else a).bars[at : at + 1] for at in range(max(len(a.bars), len(b.bars)))]
        return Chart(bars=tuple(bar for one in taken for bar in one))

    # For people

    def show(self, piece: Chart, width: int = 80) -> str:
        return "\n".join(textwrap.wrap(piece.text, width)) or "(empty)"

    def describe(self, piece: Chart) -> dict[str, Any]:
        return {"title": piece.title, "source": piece.source, "text": piece.text, "bars": len(piece.bars)}

    def compare(self, references: Sequence[Chart], hypotheses: Sequence[Chart]) -> dict[str, float]:
        """``exact``: share of equal charts; ``chord_accuracy``: mean of one minus edit distance divided by the longer length."""
        if len(references) != len(hypotheses):
            raise ValueError(f"{len(references)} references, but {len(hypotheses)} hypotheses.")
        pairs = [(self.to_symbols(x), self.to_symbols(y)) for x, y in zip(references, hypotheses, strict=True)]
        near = [1.0 - edit_distance(x, y) / max(1, len(x), len(y)) for x, y in pairs]
        count = max(1, len(pairs))
        return {"exact": sum(x == y for x, y in pairs) / count, "chord_accuracy": sum(near) / count}

    def parts(self, piece: Chart) -> list[tuple[int, str]]:
        """The chords, each with the beat on which it begins."""
        return [(beat, symbol) for beat, symbol in enumerate("".join(map("".join, piece.bars))) if symbol != DOT]

    def part_name(self, piece: Chart) -> str:
        return "chord"


def _full(bar: Sequence[str]) -> Bar:
    return tuple(bar) + (DOT,) * (BEATS - len(bar))


def _sharp(name: str) -> str:
    """A chord's name with a sharp for its flat."""
    return re.sub("^[A-G]b", lambda found: FLATS.get(found[0], found[0]), name)


DOMAIN = ChordDomain()
