"""A lossless tokenizer: strings of symbols to token ids and back.

Conventions
    * ids 0 to 3 are padding (PAD), begin (BOS), end (EOS) and unknown (UNK); ``encode`` returns none of the first three.
    * ``decode(encode(text)) == text`` for every text without lone surrogates (by byte fallback), or, where the grammar has an
      alphabet, for every string over it.
    * Sentencepiece writes a space as U+2581, ends a sentence at a newline and drops sentences with some control characters.
      To preserve these characters, they are passed to it as pairs that begin with an escape character.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TypedDict

import numpy as np
from msgspec import Meta

from genstudio.config import MOST_TOKENS, DecodingOptions, build_options, field, like
from genstudio.domains.base import Grammar
from genstudio.errors import FileError, GenStudioError, Message, TokenizerError
from genstudio.files import read_bytes, read_json, write_bytes, write_json
from genstudio.progress import Monitor, Progress, Stop
from genstudio.tokens import _worker
from genstudio.tokens.layout import Layout, LayoutFacts

__all__ = ["MOST_LINES", "Tokenizer", "TokenizerOptions"]

MOST_LINES = 500_000
"""The largest number of lines that are learned from: more change the vocabulary little and cost minutes."""

FORMAT = 1
MODEL_FILE, FACTS_FILE = "tokenizer.model", "tokenizer.json"

_ESCAPE = "\U0010fffd"
_ESCAPES = {"\u2581": "u", "\n": "n", "\r": "r", "\t": "t", "\0": "0", "\u2585": "k", _ESCAPE: "e"}
_UNESCAPES = {letter: character for character, letter in _ESCAPES.items()}
_TO_ESCAPE = re.compile("[" + "".join(re.escape(character) for character in _ESCAPES) + "]")
_TO_UNESCAPE = re.compile(f"{_ESCAPE}(.?)", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")

_SPACE = "\u2581"
_SPECIALS = 4
_BYTES = 256
_LONGEST_LINE = 4_000  # characters; longer lines are split for training
_IN_PROCESS = 200_000  # characters; less data are trained on in this process, faster than a separate one would start
_LARGEST_MODEL = 1 << 26  # bytes
_LARGEST_FACTS = 20 * MOST_TOKENS


@dataclass(frozen=True)
class TokenizerOptions:
    """How a vocabulary is learned."""

    vocab_size: int = field(4000, "Vocabulary", "Tokens wanted; small data give fewer.", low=1, high=MOST_TOKENS)
    model: str = field("unigram", "Tokenizer", "How a vocabulary is learned.", choices=("unigram", "bpe"))
    longest: int = field(16, "Longest token", "Most symbols that one token may stand for.", low=1, high=512)
    seed: int = like(DecodingOptions, "seed", help="Seed of the sample that is taken of very many lines.")


class _Format(TypedDict):
    format: int


class Facts(_Format):
    """The contents of ``tokenizer.json``."""

    domain: str
    vocab_size: Annotated[int, Meta(ge=_SPECIALS, le=MOST_TOKENS)]
    digest: str
    layout: LayoutFacts


class Tokenizer:
    """Converts strings of symbols to token ids and back.

    Args:
        model: the serialised sentencepiece model.
        layout: the layout of its vocabulary.
        domain: name of the domain it was trained for.

    Attributes:
        vocab_size: number of token ids, including the four special ones.
        digest: SHA-256 (hex) of the model and the layout; equal digests mean equal ids.
        domain: name of the domain it was trained for.
        layout: the layout of its vocabulary.
    """

    PAD, BOS, EOS, UNK = 0, 1, 2, 3

    def __init__(self, model: bytes, layout: Layout, domain: str = "") -> None:
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor()
        try:
            processor.LoadFromSerializedProto(model)
            self._pieces = _piece_bytes(processor)
        except (RuntimeError, ValueError) as error:
            raise TokenizerError("the tokenizer's model cannot be loaded; it may be damaged.") from error
        specials = (processor.pad_id(), processor.bos_id(), processor.eos_id(), processor.unk_id())
        if specials != (self.PAD, self.BOS, self.EOS, self.UNK):
            raise TokenizerError("the tokenizer's special tokens are not where they should be; it may be damaged.")
        self._processor = processor
        self._model = model
        self.vocab_size = len(self._pieces)
        if layout.advance.shape != (self.vocab_size,):
            raise TokenizerError("the tokenizer's layout does not fit its vocabulary; it may be damaged.")
        self.layout = layout
        self.domain = domain
        self.digest = _digest(model, layout)

    def __len__(self) -> int:
        return self.vocab_size

    def __repr__(self) -> str:
        return f"Tokenizer(domain={self.domain!r}, vocab_size={self.vocab_size}, digest={self.digest[:12]!r})"

    @classmethod
    def train(
        cls,
        lines: Iterable[str],
        grammar: Grammar,
        options: TokenizerOptions,
        *,
        domain: str = "",
        monitor: Monitor = Monitor(),
    ) -> Tokenizer:
        """Train a tokenizer; the same lines and options give the same bytes.

        Args:
            lines: strings of symbols. Of more than half a million a seeded sample is used.
            grammar: which symbols are indivisible and which must be in the vocabulary; the layout is computed from it.
            options: how the vocabulary is learned.
            domain: the name of the domain, stored with the tokenizer.
            monitor: receives progress, and may request a stop.

        Raises:
            TokenizerError: there is nothing to train on, or ``vocab_size`` cannot hold what must be in the vocabulary.
            ConfigError: an option is unknown or out of range.
            Stopped: a stop was requested.
        """
        build_options(TokenizerOptions, vars(options))
        stop = monitor.stop
        monitor.report(Progress("tokenizer", 0, 1, Message("Learning the vocabulary")))
        counts = _segments(lines, grammar, options.seed, stop)
        if not counts:
            raise TokenizerError("a tokenizer needs at least one non-empty line to learn from, and there is none.")
        settings, room = _settings(grammar, options)
        if not grammar.alphabet:
            counts = _without_rare(counts, max(1, room // 2))
        trained = _train(counts, settings, stop)
        tokenizer = cls(trained, _blank_layout(trained), domain)
        tokenizer = cls(trained, tokenizer._lay_out(grammar), domain)
        monitor.report(Progress("tokenizer", 1, 1, Message("{vocab_size} tokens", vocab_size=tokenizer.vocab_size)))
        return tokenizer

    def encode(self, symbols: str) -> list[int]:
        """Encode a string to ids without BOS and EOS. Lone surrogates are first replaced by U+FFFD."""
        ids: list[int] = self._processor.encode(_escape(symbols), out_type=int)
        return ids

    def encode_many(self, lines: list[str]) -> list[list[int]]:
        """Encode several strings, see :meth:`encode`."""
        ids: list[list[int]] = self._processor.encode([_escape(line) for line in lines], out_type=int, num_threads=1)
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Decode any ids to a string. Special and unknown ids are skipped; broken byte sequences give U+FFFD."""
        pieces, size = self._pieces, self.vocab_size
        joined = b"".join([pieces[i] for i in map(int, ids) if 0 <= i < size])
        # Without spaces in the training data, the library spells U+2581 in bytes. A literal U+2581 is always escaped.
        return _unescape(joined.decode("utf-8", "replace").replace(_SPACE, " "))

    def piece(self, token: int) -> str:
        """The string of one token; U+FFFD for a part of a character, "" for special tokens."""
        return self.decode([token])

    def save(self, folder: Path | str) -> None:
        """Write ``tokenizer.model`` and ``tokenizer.json``, each atomically.

        Raises:
            FileError: the folder cannot be written.
        """
        folder = Path(folder)
        write_bytes(folder / MODEL_FILE, self._model)
        write_json(
            folder / FACTS_FILE,
            {
                "format": FORMAT,
                "domain": self.domain,
                "vocab_size": self.vocab_size,
                "digest": self.digest,
                "layout": self.layout.to_json(),
            },
        )

    @classmethod
    def load(cls, folder: Path | str) -> Tokenizer:
        """Read the tokenizer in ``folder`` and verify its digest.

        Raises:
            TokenizerError: there is none, it is damaged, or it was written by a newer version.
        """
        folder = Path(folder)
        if not (folder / FACTS_FILE).is_file():
            raise TokenizerError(
                "there is no tokenizer in {folder}; expected {facts_file} and {model_file} there.",
                folder=folder,
                facts_file=FACTS_FILE,
                model_file=MODEL_FILE,
            )
        try:
            if read_json(folder / FACTS_FILE, _Format, limit=_LARGEST_FACTS)["format"] > FORMAT:
                raise TokenizerError(
                    "the tokenizer in {folder} was written by a newer version; update this program.", folder=folder
                )
            facts = read_json(folder / FACTS_FILE, Facts, limit=_LARGEST_FACTS)
            model = read_bytes(folder / MODEL_FILE, _LARGEST_MODEL)
        except FileError as error:
            raise TokenizerError("{reason}", reason=error) from error
        layout = Layout.from_json(facts["layout"], facts["vocab_size"])
        if _digest(model, layout) != facts["digest"]:
            raise TokenizerError(
                "the tokenizer in {folder} is damaged (its digest is wrong); copy or train it again.", folder=folder
            )
        return cls(model, layout, facts["domain"])

    def missing(self, symbols: str) -> str:
        """Those of ``symbols`` that this vocabulary cannot encode."""
        return "".join(symbol for symbol in dict.fromkeys(symbols) if self.UNK in self.encode(symbol))

    def fits(self, grammar: Grammar) -> bool:
        """Whether the layout is the one computed from ``grammar`` for this vocabulary."""
        try:
            return self._lay_out(grammar) == self.layout
        except TokenizerError:
            return False

    def _lay_out(self, grammar: Grammar) -> Layout:
        advance = np.zeros(self.vocab_size, np.int32)
        for token in range(_SPECIALS, self.vocab_size):
            advance[token] = max(0, min(int(grammar.advance(self.piece(token))), 2**31 - 1))
        separator = self._single(grammar.separator) if grammar.separator else -1
        swap = np.asarray([self._single(symbol) for symbol in grammar.interchangeable], np.int32)
        return Layout(separator, advance, swap, grammar.phases)

    def _single(self, symbol: str) -> int:
        ids = self.encode(symbol)
        if len(ids) != 1 or ids[0] == self.UNK:
            raise TokenizerError(
                ("the symbol {symbol!r} has no token of its own; separators and interchangeable symbols must be indivisible."),
                symbol=symbol,
            )
        return ids[0]


def _escape(text: str) -> str:
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    return _TO_ESCAPE.sub(lambda found: _ESCAPE + _ESCAPES[found[0]], text)


def _unescape(text: str) -> str:
    if _ESCAPE not in text:
        return text
    # Of a pair that is no escape sequence (a model may emit one) only the second character is kept.
    return _TO_UNESCAPE.sub(lambda found: _UNESCAPES.get(found[1], found[1]), text)


def _piece_bytes(processor: Any) -> list[bytes]:
    """The string of each token in UTF-8; for a byte token the byte."""
    pieces = []
    for token in range(processor.get_piece_size()):
        if processor.is_control(token) or processor.is_unknown(token):
            pieces.append(b"")
        elif processor.is_byte(token):
            pieces.append(bytes([int(processor.id_to_piece(token)[3:-1], 16)]))
        else:
            pieces.append(processor.id_to_piece(token).encode("utf-8"))
    return pieces


def _blank_layout(model: bytes) -> Layout:
    import sentencepiece

    size = sentencepiece.SentencePieceProcessor(model_proto=model).get_piece_size()
    return Layout(-1, np.zeros(size, np.int32), np.zeros(0, np.int32), 1)


def _digest(model: bytes, layout: Layout) -> str:
    facts = json.dumps(layout.to_json(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(hashlib.sha256(model).digest() + facts.encode()).hexdigest()


def _segments(lines: Iterable[str], grammar: Grammar, seed: int, stop: Stop) -> Counter[str]:
    """Cut lines at indivisible symbols, which no token spans, and count the segments to train on.

    Cutting here rather than in sentencepiece makes equal bars one entry, so training is several times faster.
    """
    chosen = _sample(lines, random.Random(seed), stop)
    cut = re.compile("[" + re.escape(grammar.indivisible) + "]") if grammar.indivisible else None
    known = set(grammar.alphabet)
    counts: Counter[str] = Counter()
    for line in chosen:
        if known and not known.issuperset(line):
            line = "".join(symbol for symbol in line if symbol in known)
        for segment in cut.split(line) if cut else (line,):
            for start in range(0, len(segment), _LONGEST_LINE):
                counts[segment[start : start + _LONGEST_LINE]] += 1
    if not chosen:
        return counts
    # The library makes tokens only of symbols in the data, and fails without any.
    seen = set().union(*counts)
    counts.update(sorted(known - seen - set(grammar.indivisible)))
    if not any(symbol not in _ESCAPES for segment in counts for symbol in segment):
        counts[" "] += 1
    return counts


def _sample(lines: Iterable[str], rng: random.Random, stop: Stop) -> list[str]:
    """A uniform sample of at most ``MOST_LINES`` non-empty lines, by reservoir sampling."""
    source = (line for line in lines if line)
    kept = list(islice(source, MOST_LINES))
    for seen, line in enumerate(source, start=len(kept) + 1):
        if seen % 4096 == 0:
            stop.check()
        place = rng.randrange(seen)
        if place < MOST_LINES:
            kept[place] = line
    stop.check()
    return kept


def _settings(grammar: Grammar, options: TokenizerOptions) -> tuple[dict[str, Any], int]:
    """The options of sentencepiece for this grammar, and how many tokens can be learned with them."""
    private = bool(grammar.alphabet)
    needed = set(grammar.alphabet)
    escaped = [_ESCAPE + letter for character, letter in _ESCAPES.items() if not private or character in needed]
    own = [*dict.fromkeys(grammar.indivisible), *escaped]
    own = [_ESCAPE + _ESCAPES[symbol] if symbol in _ESCAPES else symbol.replace(" ", _SPACE) for symbol in own]
    own = list(dict.fromkeys(own))
    single = len(needed - set(grammar.indivisible) - set(_ESCAPES))
    reserved = _SPECIALS + len(own) + single + (0 if private else _BYTES)
    # The library needs room for at least one learned token.
    vocab_size = options.vocab_size
    if vocab_size <= reserved:
        raise TokenizerError(
            "a vocabulary of {vocab_size} tokens is too small; here it needs at least {reserved}.",
            vocab_size=vocab_size,
            reserved=reserved + 1,
        )
    settings = {
        "model_type": options.model,
        "vocab_size": vocab_size,
        "input_format": "tsv",
        "normalization_rule_name": "identity",
        "remove_extra_whitespaces": False,
        "add_dummy_prefix": False,
        "byte_fallback": not private,
        "hard_vocab_limit": False,
        "user_defined_symbols": own,
        "character_coverage": 1.0,  # rare characters are already removed from the data
        "split_by_whitespace": not private,
        "split_by_number": not private,
        "split_by_unicode_script": not private,
        "allow_whitespace_only_pieces": True,
        "max_sentencepiece_length": options.longest,
        "max_sentence_length": 16 * _LONGEST_LINE,
        "pad_id": Tokenizer.PAD,
        "bos_id": Tokenizer.BOS,
        "eos_id": Tokenizer.EOS,
        "unk_id": Tokenizer.UNK,
        "num_threads": 1,  # sums over several threads are not reproducible to the last bit
        "minloglevel": 2,
    }
    return settings, vocab_size - reserved


def _without_rare(counts: Counter[str], room: int) -> Counter[str]:
    """Cut lines at rare characters, which are encoded as bytes: 1 in 5,000, and more where there are more kinds than ``room``."""
    characters: Counter[str] = Counter()
    for line, times in counts.items():
        for character, inside in Counter(line).items():
            characters[character] += inside * times
    total = sum(characters.values())
    kept: set[str] = set()
    covered = 0
    for character, times in sorted(characters.items(), key=lambda item: (-item[1], item[0])):
        if covered >= 0.9998 * total or len(kept) >= room:
            break
        kept.add(character)
        covered += times
    rare = "".join(sorted(set(characters) - kept - set(_ESCAPES)))
    if not rare:
        return counts
    cut = re.compile("[" + re.escape(rare) + "]")
    left: Counter[str] = Counter()
    for line, times in counts.items():
        for part in cut.split(line):
            if part:
                left[part] += times
    return left


def _train(counts: Counter[str], options: dict[str, Any], stop: Stop) -> bytes:
    lines = [f"{_escape(line)}\t{times}" for line, times in sorted(counts.items())]
    size = sum(map(len, lines))
    for _ in range(4):
        stop.check()
        try:
            return _worker.train(lines, options) if size <= _IN_PROCESS else _train_apart(lines, options, stop)
        except RuntimeError as error:
            # Byte-pair encoding has no soft limit: the error names the largest vocabulary that the data allow.
            found = re.search(r"value <= (\d+)", str(error))
            if not found or int(found[1]) >= options["vocab_size"]:
                raise TokenizerError("a tokenizer cannot be learned from this: {plain}", plain=_plain(error)) from error
            options = {**options, "vocab_size": int(found[1])}
    raise TokenizerError("a tokenizer cannot be learned from so little; give it more to learn from.")


def _train_apart(lines: list[str], options: dict[str, Any], stop: Stop) -> bytes:
    """Train in a separate process, since the library cannot be interrupted."""
    with tempfile.TemporaryDirectory(prefix="genstudio-") as name:
        folder = Path(name)
        (folder / "options.json").write_text(json.dumps(options), encoding="utf-8")
        (folder / "lines.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")
        code = f"import sys; sys.path[:] = {sys.path!r}; from genstudio.tokens._worker import main; sys.exit(main({name!r}))"
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while process.poll() is None:
                stop.check()
                try:
                    process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if (folder / "error.txt").is_file():
            raise RuntimeError((folder / "error.txt").read_text(encoding="utf-8"))
        if process.returncode or not (folder / "model").is_file():
            raise GenStudioError(
                "learning the vocabulary ended unexpectedly (status {returncode}); try again.", returncode=process.returncode
            )
        return (folder / "model").read_bytes()


def _plain(error: Exception) -> str:
    """The end of a sentencepiece message, without its source location."""
    return str(error).rsplit("]", 1)[-1].strip().rstrip(".") + "."
