"""Build a corpus from files: read them, drop duplicates, split, learn a vocabulary, and write."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import os
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from genstudio.config import LONGEST, LONGEST_PHRASE, DecodingOptions, checked, field, like
from genstudio.corpus import store
from genstudio.corpus.scan import Found, ReadFile, ReadPiece, find, read_all
from genstudio.corpus.split import assign, groups
from genstudio.domains import check_options, get_domain
from genstudio.domains.base import Domain, Grammar
from genstudio.errors import ConfigError, CorpusError, FileError, Message
from genstudio.files import write_json
from genstudio.progress import Monitor, Progress
from genstudio.tokens import Tokenizer, TokenizerOptions

__all__ = ["CorpusOptions", "build"]

_MOST_REMARKS = 200
_MOST_KINDS = 50
_MOST_IGNORED = 2_000
_MOST_DUPLICATES = 2_000  # lines of the report, while all are counted
_DETAIL = re.compile(r"""\s*('[^']*'|"[^"]*"|\d[\d.,]*)""")  # the parts in which remarks of one kind differ between files
_CHUNK = 4096  # phrases encoded between two checks for a stop


@dataclass(frozen=True)
class CorpusOptions:
    """How a corpus is built: the domain, options of its reader (``read``: ``track``, ``column`` …), and how pieces are cut."""

    domain: str
    length: int = field(0, "Length", "Bars of a phrase; 0: a piece is its own phrase.", low=0, high=LONGEST_PHRASE)
    stride: int = field(0, "Stride", "Bars from one phrase to the next; 0: the length.", low=0, high=LONGEST_PHRASE)
    shortest: int = field(
        0, "Shortest", "Bars that the rest at the end must have to be kept; 0: a quarter of the length.",
        low=0, high=LONGEST_PHRASE,
    )  # fmt: skip
    vocab_size: int = like(TokenizerOptions, "vocab_size")
    tokenizer_model: str = like(TokenizerOptions, "model")
    longest_token: int = like(TokenizerOptions, "longest")
    valid: float = field(0.05, "Validation", "Share of the phrases that is held out while training.", low=0.0, high=0.5)
    test: float = field(0.05, "Test", "Share of the phrases that is held out to the end.", low=0.0, high=0.5)
    seed: int = like(DecodingOptions, "seed", help="Seed of the split.")
    workers: int = field(0, "Processes", "Reading processes; 0: one a processor.", low=0, high=1024)
    read: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    max_tokens: int = field(1024, "Most tokens", "Phrases of more tokens are refused.", low=1, high=LONGEST)
    tokenizer: str | None = field(None, "Tokenizer", "The folder of a tokenizer to use instead of learning one.")
    most: int = field(0, "Longest piece", "Bars or words that a whole piece may have; 0: any number.", low=0, high=10**6)


@dataclass
class _Phrase:
    symbols: str
    title: str
    source: str
    labels: dict[str, str] = dataclasses.field(default_factory=dict)


def build(
    sources: Sequence[Path | str], out: Path | str, options: CorpusOptions, monitor: Monitor = Monitor()
) -> dict[str, Any]:
    """Build a corpus from files and folders into a folder, atomically.

    The same files and options give the same bytes, whatever the number of processes.

    Args:
        sources: files and folders.
        out: a new or empty folder, or one that holds a corpus, which is replaced.
        options: how the corpus is built.
        monitor: receives progress, and may request a stop.

    Returns:
        The contents of ``report.json``: the numbers of ``files``, ``pieces``, and phrases in ``train``, ``valid`` and ``test``;
        ``refused`` and ``duplicates`` (dicts with ``path`` and ``reason``); ``remarks``; and statistics. Of the files of other
        kinds in folders, ``ignored`` is the number, ``ignored_kinds`` the number by suffix, and ``ignored_files`` lists the first
        ones.

    Raises:
        ConfigError: an option is unknown or out of range.
        CorpusError: there are no files, or nothing in them can be used.
        FileError: ``out`` cannot be written, or holds something else.
        Stopped: a stop was requested; ``out`` is unchanged.
    """
    started = time.monotonic()
    out = Path(out)
    domain = get_domain(options.domain)
    _check(options, domain, out)
    tokenizer = Tokenizer.load(options.tokenizer) if options.tokenizer else None
    if tokenizer is not None:
        _check_tokenizer(tokenizer, domain.grammar, options)
    result: dict[str, Any] = {"domain": options.domain}

    found = find([Path(source) for source in sources], domain.suffixes, options.domain)
    refused = [(refusal.path, refusal.reason) for refusal in [*found.refused, *found.closed]]
    if not found.files:
        raise CorpusError(_nothing(refused, _unreadable(found, domain)))
    job: dict[str, Any] = {
        "domain": options.domain,
        "length": options.length,
        "stride": options.stride or options.length,
        "shortest": options.shortest or max(1, options.length // 4),
        "most": options.most,
        "read": dict(options.read),
    }
    read = read_all(found.files, job, options.workers, monitor)
    reading = time.monotonic() - started

    monitor.report(Progress("splitting", 0, 1, Message("Looking for duplicates")))
    pieces, duplicates = _unique(read, refused)
    if not pieces:
        raise CorpusError(_nothing(refused, "nothing in these files can be learned from"))
    monitor.check()
    group = groups([piece.fragments for piece in pieces])
    names = [piece.fingerprint for piece in pieces]
    sizes = [len(piece.phrases) for piece in pieces]
    sides = assign(group, names, sizes, valid=options.valid, test=options.test, seed=options.seed)
    monitor.check()
    splits, repeated = _phrases(pieces, sides, domain.grammar)
    monitor.report(Progress("splitting", 1, 1, Message("{count} pieces", count=len(pieces))))

    if tokenizer is None:
        tokenizer = Tokenizer.train(
            [phrase.symbols for phrase in splits["train"]],
            domain.grammar,
            TokenizerOptions(options.vocab_size, options.tokenizer_model, options.longest_token, options.seed),
            domain=options.domain,
            monitor=monitor,
        )
    encoded = {split: _encode(phrases, tokenizer, options, refused, monitor) for split, phrases in splits.items()}
    if not encoded["train"]:
        raise CorpusError(_nothing(refused, "no phrase is short enough"))
    counts = {split: len(encoded[split]) for split in store.SPLITS}
    lengths = [len(ids) for split in store.SPLITS for ids, _ in encoded[split]]
    remarks = _remarks(read)
    if not counts["valid"] and not counts["test"] and options.valid + options.test > 0:
        remarks.insert(0, Message("too few different pieces to hold any out: everything is trained on"))

    duplicate = [{"path": _printable(a), "reason": f"duplicate of {_printable(b)}"} for a, b in duplicates[:_MOST_DUPLICATES]]
    result |= {
        "files": len(found.files) + len(found.refused),
        "pieces": sum(len(file.pieces) for file in read),
        **counts,
        "used_pieces": len(pieces),
        "groups": len(set(group)),
        "largest_group": max(Counter(group).values()),
        "duplicate_pieces": len(duplicates),
        "duplicate_phrases": repeated,
        "ignored": len(found.others),
        "ignored_kinds": dict(itertools.islice(found.kinds.items(), _MOST_KINDS)),
        "ignored_files": [_printable(str(path)) for path in found.others[:_MOST_IGNORED]],
        "vocab_size": tokenizer.vocab_size,
        "tokens": sum(lengths),
        "mean_tokens": round(sum(lengths) / len(lengths), 2),
        "longest": max(lengths),
        "refused": [{"path": _printable(path), "reason": _printable(reason)} for path, reason in refused],
        "duplicates": duplicate,
        "remarks": remarks[:_MOST_REMARKS],
    }
    if len(remarks) > _MOST_REMARKS:
        result["remarks"].append(f"and {len(remarks) - _MOST_REMARKS} more remarks")
    result["seconds"] = {"reading": round(reading, 2), "all": round(time.monotonic() - started, 2)}
    monitor.report(Progress("writing", 0, 1, Message("Writing {out}", out=out)))
    settled = replace(options, stride=job["stride"], shortest=job["shortest"])
    _write(out, encoded, tokenizer, settled, result, monitor)
    monitor.report(Progress("writing", 1, 1, Message("{train} phrases to train on", train=counts["train"])))
    return result


def _check(options: CorpusOptions, domain: Domain, out: Path) -> None:
    for item in dataclasses.fields(CorpusOptions):
        if item.metadata:
            checked(CorpusOptions, item.name, getattr(options, item.name))
    if options.length and options.shortest > options.length:
        raise ConfigError(
            "shortest ({shortest}) must not be more than length ({length}).", shortest=options.shortest, length=options.length
        )
    if options.valid + options.test >= 0.9:
        raise ConfigError("valid and test are {sum} together; expected less than 0.9.", sum=options.valid + options.test)
    check_options(domain, options.read)
    if out.exists() and not out.is_dir():
        raise FileError("{out} is a file; choose a folder for the corpus.", out=out)
    if out.is_dir() and any(out.iterdir()) and not _is_corpus(out):
        raise FileError("{out} holds something that is not a corpus; choose a new folder.", out=out)


def _is_corpus(folder: Path) -> bool:
    return (folder / store.MANIFEST).is_file() and (folder / "train.tokens.npy").is_file()


def _check_tokenizer(tokenizer: Tokenizer, grammar: Grammar, options: CorpusOptions) -> None:
    if tokenizer.domain != options.domain:
        raise CorpusError(
            "the tokenizer in {tokenizer} is for {domain}, not for {domain_2}.",
            tokenizer=options.tokenizer,
            domain=tokenizer.domain or "another domain",
            domain_2=options.domain,
        )
    if tokenizer.missing(grammar.alphabet) or not tokenizer.fits(grammar):
        raise CorpusError(
            "the tokenizer in {tokenizer} is of another version of {domain}; learn a new one.",
            tokenizer=options.tokenizer,
            domain=options.domain,
        )


def _unique(read: Sequence[ReadFile], refused: list[tuple[str, str]]) -> tuple[list[ReadPiece], list[tuple[str, str]]]:
    """Remove duplicates.

    Returns:
        The different pieces that have phrases, and (source, source of the original) of each duplicate. Refusals are added to
        ``refused``.
    """
    first: dict[str, ReadPiece] = {}
    duplicates = []
    for file in read:
        refused.extend((refusal.path, refusal.reason) for refusal in file.refused)
        for piece in file.pieces:
            if not piece.phrases:
                refused.append((piece.source, piece.reason))
            elif (original := first.setdefault(piece.fingerprint, piece)) is not piece:
                duplicates.append((piece.source, original.source))
    return list(first.values()), duplicates


def _phrases(pieces: Sequence[ReadPiece], sides: Sequence[str], grammar: Grammar) -> tuple[dict[str, list[_Phrase]], int]:
    """The phrases of each split without repeated ones, and how many were dropped.

    The training split comes first, so that no held-out phrase is also in the training data.
    """
    ignore = {ord(symbol): None for symbol in grammar.interchangeable}
    splits: dict[str, list[_Phrase]] = {}
    seen: set[str] = set()
    dropped = 0
    for split in store.SPLITS:
        kept = splits[split] = []
        for piece, side in zip(pieces, sides, strict=True):
            if side != split:
                continue
            for symbols in piece.phrases:
                same = symbols.translate(ignore) if ignore else symbols
                if same in seen:
                    dropped += 1
                    continue
                seen.add(same)
                labels = {column: value for column, value in piece.labels if value.strip()}
                kept.append(_Phrase(symbols, piece.title, piece.source, labels))
    return splits, dropped


def _encode(
    phrases: Sequence[_Phrase],
    tokenizer: Tokenizer,
    options: CorpusOptions,
    refused: list[tuple[str, str]],
    monitor: Monitor,
) -> list[tuple[list[int], _Phrase]]:
    encoded, done = [], monitor.counter("encoding", len(phrases), Message("Encoding"))
    for start in range(0, len(phrases), _CHUNK):
        monitor.check()
        done(start)
        part = phrases[start : start + _CHUNK]
        for ids, phrase in zip(tokenizer.encode_many([phrase.symbols for phrase in part]), part, strict=True):
            if len(ids) > options.max_tokens:
                refused.append((phrase.source, f"a phrase of {len(ids)} tokens; at most {options.max_tokens} can be used"))
            elif ids:
                encoded.append((ids, phrase))
    return encoded


def _write(
    out: Path,
    encoded: Mapping[str, list[tuple[list[int], _Phrase]]],
    tokenizer: Tokenizer,
    options: CorpusOptions,
    result: Mapping[str, Any],
    monitor: Monitor,
) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}-", dir=out.parent))
    except OSError as error:
        raise FileError("cannot write {out}: {reason}; choose another place.", out=out, reason=error.strerror or error) from error
    kinds = _label_kinds(encoded)
    try:
        for split in store.SPLITS:
            monitor.check()
            sequences = [ids for ids, _ in encoded[split]]
            index = [(_printable(phrase.title), _printable(phrase.source)) for _, phrase in encoded[split]]
            store.write_split(folder, split, sequences, index, tokenizer.vocab_size)
            if kinds:
                store.write_labels(folder, split, kinds, [phrase.labels for _, phrase in encoded[split]])
        tokenizer.save(folder / store.TOKENIZER)
        separator = tokenizer.layout.separator
        segments = max(ids.count(separator) for split in store.SPLITS for ids, _ in encoded[split])
        write_json(folder / store.REPORT, result)
        write_json(
            folder / store.MANIFEST,
            {
                "kind": "corpus",
                "format": store.FORMAT,
                "domain": options.domain,
                "options": {
                    name: dict(value) if isinstance(value, Mapping) else value
                    for name, value in vars(options).items()
                    if name != "workers"
                },
                "counts": {split: len(encoded[split]) for split in store.SPLITS},
                "tokens": result["tokens"],
                "longest": result["longest"],
                "segments": segments,
                **({"labels": kinds} if kinds else {}),
                **({"lineup": lineup} if (lineup := _lineup(encoded, options)) else {}),
                "vocab_size": tokenizer.vocab_size,
                "tokenizer": tokenizer.digest,
                "digest": _digest(folder, tokenizer),
            },
        )
        monitor.check()
        _put(folder, out)
    except OSError as error:
        raise FileError(
            "cannot write {out}: {reason}; free some space or choose another place.", out=out, reason=error.strerror or error
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lineup(encoded: Mapping[str, list[tuple[list[int], _Phrase]]], options: CorpusOptions) -> str:
    """The parts that most phrases have."""
    domain = get_domain(options.domain)
    counts = Counter(domain.lineup(phrase.symbols) for split in store.SPLITS for _, phrase in encoded[split])
    return counts.most_common(1)[0][0]


def _label_kinds(encoded: Mapping[str, list[tuple[list[int], _Phrase]]]) -> dict[str, str]:
    """The kind of each column of labels: "number" where all values are numbers, else "category"."""
    kinds: dict[str, str] = {}
    for split in store.SPLITS:
        for _, phrase in encoded[split]:
            for name, value in phrase.labels.items():
                kinds.setdefault(name, "number")
                if value.strip() and store.as_number(value) is None:
                    kinds[name] = "category"
    return kinds


def _digest(folder: Path, tokenizer: Tokenizer) -> str:
    total = hashlib.sha256(tokenizer.digest.encode())
    for split in store.SPLITS:
        for what in ("tokens", "offsets"):
            with open(folder / f"{split}.{what}.npy", "rb") as file:
                while block := file.read(1 << 20):
                    total.update(block)
    return total.hexdigest()


def _put(folder: Path, out: Path) -> None:
    """Rename the finished ``folder`` to ``out``. A former corpus there is removed once the new one is in its place."""
    mask = os.umask(0)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)
    if not out.exists():
        folder.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}-old-", dir=out.parent))
    out.rename(old / "corpus")
    try:
        folder.rename(out)
    except OSError:
        (old / "corpus").rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _remarks(read: Sequence[ReadFile]) -> list[str]:
    """The remarks of the readers, each text once with its file or the number of files.

    Of texts that differ only in numbers and quoted names, only the first is kept.
    """
    about: dict[str, dict[str, list[str]]] = {}
    for file in read:
        for remark in dict.fromkeys(file.remarks):
            about.setdefault(_DETAIL.sub("", remark), {}).setdefault(remark, []).append(Path(file.path).name)
    remarks = []
    for similar in about.values():
        remark, files = next(iter(similar.items()))
        count = len(dict.fromkeys(itertools.chain.from_iterable(similar.values())))
        if count == 1:
            remarks.append(Message("{files}: {remark}", files=files[0], remark=remark))
        else:
            same = len(similar) == 1
            remarks.append(
                Message("{remark} ({count} files)", remark=remark, count=count)
                if same
                else Message("{files}: {remark} (and so in {count} more files)", files=files[0], remark=remark, count=count - 1)
            )
    return [_printable(text) for text in remarks]


def _unreadable(found: Found, domain: Domain) -> Message:
    """The reason why there is no file to read."""
    known = " ".join(domain.suffixes)
    if not found.others:
        return Message("no file there has a suffix that can be read ({known})", known=known)
    held = ", ".join(f"{count:,} {suffix}" for suffix, count in itertools.islice(found.kinds.items(), 5))
    return Message("no file there has a suffix that can be read ({known}); the folder holds {held}", known=known, held=held)


def _nothing(refused: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The reason why no corpus can be built, with the first refusals."""
    if not refused:
        return f"{otherwise}; give other files."
    reasons = "; ".join(_printable(f"{path}: {reason}") for path, reason in refused[:3])
    more = f"; and {len(refused) - 3} more" if len(refused) > 3 else ""
    return f"nothing can be learned from: {reasons}{more}."


def _printable(text: str) -> str:
    """Replace bytes that are not text, which may occur in file names, so that the report can be written."""
    return text.encode("utf-8", "replace").decode("utf-8")
