"""A domain of its own, in a folder of its own, with files that harm their reader."""

from __future__ import annotations

import sys

import pytest

from genstudio import domains

SOURCE = '''
from __future__ import annotations

import os
import time
from dataclasses import dataclass

from genstudio.domains.base import Domain, Grammar, Piece, ReadResult, Refusal
from genstudio.errors import DamagedFileError

BAR, KEYS, NOTES = "|", "XYZ", "abcdefgh"


@dataclass(frozen=True, kw_only=True)
class Tune(Piece):
    bars: tuple[str, ...]
    key: str = "X"


class Fake(Domain):
    """A tune a line: a key, then bars."""

    kind, unit = "text", "bar"
    name, label, suffixes, output_suffix = "fake", "Fake", (".fake",), ".fake"
    grammar = Grammar(indivisible=BAR + KEYS, separator=BAR, interchangeable=KEYS, alphabet=BAR + KEYS + NOTES, phases=8)

    def read(self, path, *, skip: str = ""):
        text = path.read_text(encoding="utf-8")
        print("a reader that prints", flush=True)
        if "CRASH" in text:
            os._exit(3)
        if "HANG" in text:
            time.sleep(3600)
        if "RAISE" in text:
            raise ValueError("a fault")
        if "MEMORY" in text:
            raise MemoryError
        if "DAMAGED" in text:
            raise DamagedFileError(f"{path}: damaged: it ends at byte 9.")
        lines = [line for line in text.splitlines() if line.startswith("#REMARK")]
        result = ReadResult(remarks=[line.removeprefix("#REMARK").strip() or "a remark" for line in lines])
        for number, line in enumerate(text.splitlines(), start=1):
            if line.startswith("#") or (skip and skip in line):
                continue
            if line.startswith("?"):
                result.refused.append(Refusal(f"{path}#{number}", "a bad line"))
                continue
            bars = tuple(line[1:].strip("|").split("|")) if len(line) > 1 else ()
            result.pieces.append(Tune(title=f"tune {number}", source=f"{path}#{number}", bars=bars, key=line[:1]))
        return result

    def phrases(self, piece, length, stride, shortest):
        if "FAULT" in piece.title + "".join(piece.bars):
            raise KeyError("fault")
        cut = [piece.bars[start : start + length] for start in range(0, len(piece.bars), stride)]
        return [Tune(bars=bars, key=piece.key) for bars in cut if len(bars) >= shortest]

    def to_symbols(self, piece):
        return piece.key + "".join(BAR + bar for bar in piece.bars)

    def fingerprint(self, piece):
        return "|".join(piece.bars)

    def fragments(self, piece):
        return {int.from_bytes(bar.encode()[:7], "big") for bar in piece.bars if len(bar) >= 7}

    def why_no_phrase(self, piece, length, shortest):
        return super().why_no_phrase(piece, length, shortest) if piece.bars else "no notes"

    # These tests need none of them.
    units = part = mix = parts = part_name = show = describe = compare = write = from_symbols = None


DOMAIN = Fake()
'''


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """The name of a domain whose package lies in a folder of its own."""
    folder = tmp_path / "plugins"
    (folder / "fake").mkdir(parents=True)
    (folder / "fake" / "__init__.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(domains, "__path__", [*domains.__path__, str(folder)])
    domains.names.cache_clear()
    domains.get_domain.cache_clear()
    yield "fake"
    sys.modules.pop("genstudio.domains.fake", None)
    domains.names.cache_clear()
    domains.get_domain.cache_clear()
