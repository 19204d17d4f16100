"""Damaged and hostile files of text and MIDI: pieces or a sentence, never anything else, and not for long.

Every mutant comes from a seed. ``GENSTUDIO_MUTANTS`` says how many of each kind are tried (the suite: 40).
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from random import Random

import pytest

from genstudio.domains import get_domain
from genstudio.domains.base import ReadResult
from genstudio.errors import FileError

MUTANTS = int(os.environ.get("GENSTUDIO_MUTANTS", "40"))
SONGS = sorted((Path(__file__).parents[2] / "resources" / "songs").glob("*.mid"))
SENTENCES = ["Plain words, and more.", "“Quoted,” – so.", "今天天气很好，我们去公园。", "Größe; naïve\t…", '"a", ""b""', ""]


def some_text(draw: Random, suffix: str) -> bytes:
    """A file as a person would have it."""
    lines = [draw.choice(SENTENCES) for _ in range(draw.choice([1, 5, 60]))]
    if suffix in (".csv", ".tsv"):
        out = io.StringIO()
        mark = "\t" if suffix == ".tsv" else draw.choice(",;|\t")
        writer = csv.writer(out, delimiter=mark, quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        writer.writerows([["id", "text", "note"], *([number, line, "x"] for number, line in enumerate(lines))])
        text = draw.choice(["", f"sep={mark}\n"]) + out.getvalue()
    elif suffix == ".jsonl":
        nested = draw.random() < 0.5
        text = "\n".join(json.dumps({"id": 1, "data": {"text": line}} if nested else {"text": line}) for line in lines)
    else:
        text = draw.choice(["\n", "\r\n", "\r"]).join(lines)
    return text.encode(draw.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1252"]), "replace")


TROUBLE = [
    b"\0", b"\xff", b"\xc3", b"\xe4\xbd", b'"', b"\n", b"\r", b",", b";", b"\t", b"\\", b"{", b"[" * 2000, b'"' * 99, b"9" * 5000,
    b"\xef\xbb\xbf", b"\xff\xfe", b"sep=,\n", b"\x1b$B", b"1e999", b"\xed\xa0\x80", b"," * 5000, b"{" * 50, b"\n" * 5000,
    b"a" * 200_000,
]  # fmt: skip


def mutated(draw: Random, data: bytes) -> bytes:
    """The file with one to six faults."""
    out = bytearray(data)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(out) + 1)
        until = min(len(out), at + draw.choice([1, 1, 2, 10, 1000]))
        match draw.randrange(6):
            case 0:
                out[at:at] = draw.choice(TROUBLE)
            case 1:
                del out[at:until]
            case 2:
                out[at:until] = draw.randbytes(until - at)
            case 3:
                out[at:at] = out[at:until] * draw.choice([1, 3, 50])
            case 4 if at < len(out):
                out[at] ^= 1 << draw.randrange(8)
            case 5:
                del out[draw.choice([0, at]) : at]
    return bytes(out)


def looked_at(result: ReadResult, path: Path) -> None:
    """Whether what came out of a file is as it should be."""
    domain = get_domain("text")
    assert len(result.pieces) > 0
    for piece in result.pieces[:200]:
        assert piece.text.strip()
        assert piece.source.startswith(f"{path}#")
        piece.text.encode("utf-8")
        assert domain.from_symbols(domain.to_symbols(piece)).text == piece.text
    for refusal in result.refused:
        assert refusal.reason
        assert refusal.path.startswith(str(path))
        assert "\n" not in refusal.reason


def one_sentence(error: FileError, path: Path) -> None:
    """Whether a refusal can be shown to a person."""
    text = str(error)
    assert str(path) in text
    assert "\n" not in text
    assert text.endswith(".")
    assert len(text) < 1000


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".jsonl"])
@pytest.mark.slow
def test_mutants_of_texts_give_passages_or_a_sentence(tmp_path: Path, suffix: str) -> None:
    domain = get_domain("text")
    outcomes = {"read": 0, "refused": 0}
    for seed in range(MUTANTS):
        draw = Random(f"{suffix} {seed}")
        path = tmp_path / f"{seed}{suffix}"
        path.write_bytes(mutated(draw, some_text(draw, suffix)))
        column = "data.text" if suffix == ".jsonl" else 1
        for chosen in ({}, {"unit": "sentence"}, {"column": column}, {"column": "text", "label": "id"}):
            try:
                looked_at(domain.read(path, **chosen), path)
                outcomes["read"] += 1
            except FileError as error:
                one_sentence(error, path)
                outcomes["refused"] += 1
        try:
            seen = domain.preview(path)
            assert all(len(row) == len(seen.columns) for row in seen.rows), seed
        except FileError as error:
            one_sentence(error, path)
    assert min(outcomes.values()) > 0, f"mutants that are all alike prove nothing: {outcomes}"


@pytest.mark.parametrize("name", ["melody", "drums"])
def test_mutants_of_songs_give_music_or_a_sentence(tmp_path: Path, name: str) -> None:
    domain = get_domain(name)
    outcomes = {"read": 0, "refused": 0}
    beats = sorted((SONGS[0].parents[1] / "beats").glob("*.mid"))
    for seed in range(4 * MUTANTS):
        draw = Random(f"{name} {seed}")
        path = tmp_path / f"{seed}.mid"
        path.write_bytes(midi_mutant(draw, draw.choice(SONGS if name == "melody" or not beats else beats).read_bytes()))
        try:
            result = domain.read(path)
            (piece,) = result.pieces
            assert piece.notes, seed
            assert all(isinstance(remark, str) for remark in result.remarks), seed
            again = domain.from_symbols(domain.to_symbols(piece))
            assert again.length == piece.length, seed
            outcomes["read"] += 1
        except FileError as error:
            one_sentence(error, path)
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 0, f"mutants that are all alike prove nothing: {outcomes}"


def midi_mutant(draw: Random, data: bytes) -> bytes:
    """A MIDI file with one to four faults, among them those of events, lengths and headers."""
    out = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(14, len(out))
        match draw.randrange(7):
            case 0:
                out[at] = draw.choice([0, 1, 64, 127, 128, 0x8F, 0x90, 0x9F, 0xC0, 0xF0, 0xF7, 0xF8, 0xFF])
            case 1:
                out[draw.randrange(14)] = draw.randrange(256)
            case 2:
                del out[at:]
            case 3:
                del out[at : at + draw.randint(1, 20)]
            case 4:
                numerator, power = draw.choice([(19, 3), (255, 0), (0, 2), (33, 4), (7, 6), (4, 255), (1, 6)])
                out[at:at] = bytes((0, 0xFF, 0x58, 4, numerator, power, 24, 8))
            case 5:
                text = draw.choice(["主旋律".encode("gbk"), b"@Ttitle", b"\xff" * 40, b"{@JP}\x83\x81", b"a" * 127])
                out[at:at] = bytes((0, 0xFF, draw.choice([1, 3, 5]), len(text))) + text
            case 6:
                out[at:at] = draw.randbytes(draw.randint(1, 30))
        if len(out) < 15:
            break
    return bytes(out)


HOSTILE = {
    "lines.txt": b"a\n" * 20_000,
    "nothing.txt": b"\n" * 20_000,
    "word.txt": b"a" * 200_000,
    "spaces.txt": b" " * 200_000 + b"a",
    "sentences.txt": b"A. B! C? " * 10_000,
    "closing.txt": b'."""""" ' * 10_000,
    "marks.txt": "。”".encode() * 20_000,
    "ascii.txt": b"a" * 1_000_000 + b"\nna\xefve",
    "damaged.txt": b"caf\xc3\xa9 \xff\n" * 1_500,
    "commas.csv": b"," * 200_000,
    "columns.csv": b"\n".join([b",".join(b"c%d" % number for number in range(5_000))] * 3),
    "open.csv": b'x,"ab\n' * 5_000,
    "once.csv": b'text,b\n"' + b"abc,def\n" * 10_000,
    "pairs.csv": b'"ab""\n' * 5_000,
    "deep.jsonl": b"[" * 10_000 + b"]" * 10_000,
    "objects.jsonl": b'{"a":' * 10_000,
    "number.jsonl": b'{"text":"ok","n":' + b"9" * 200_000 + b"}",
    "fields.jsonl": b"".join(b'{"text":"x","k%d":1}\n' % number for number in range(5_000)),
    "broken.jsonl": b"{\n" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.slow
def test_files_that_are_written_to_hurt_are_answered_in_bounded_memory(tmp_path: Path, name: str) -> None:
    import tracemalloc

    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    domain = get_domain("text")
    for options in ({}, {"unit": "sentence"} if path.suffix == ".txt" else {"column": 0}):
        tracemalloc.start()
        try:
            looked_at(domain.read(path, **options), path)
        except FileError as error:
            one_sentence(error, path)
        finally:
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert most < 40 * len(HOSTILE[name]) + 5_000_000
