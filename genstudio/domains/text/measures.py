"""Attributes of texts, and the similarity of texts."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Sequence

from genstudio.domains.base import Attribute
from genstudio.domains.edit import edit_distance
from genstudio.domains.text.piece import Passage, clean
from genstudio.domains.words import CJK

__all__ = ["ATTRIBUTES", "CJK_CHARACTER", "compare", "mostly_cjk", "plain", "words_of"]

CJK_CHARACTER = re.compile(f"[{CJK}]")
_CJK_SPACE = re.compile(f"(?<=[{CJK}]) | (?=[{CJK}])")


def words_of(text: str) -> list[str]:
    """Words that hold a letter or digit; each Chinese or Japanese character is one."""
    return [word for word in CJK_CHARACTER.sub(r" \g<0> ", clean(text)).split() if any(map(str.isalnum, word))]


def _length(piece: Passage) -> float:
    return float(len(words_of(piece.text)))


def _word_length(piece: Passage) -> float:
    words = words_of(piece.text)
    return sum(sum(map(str.isalnum, word)) for word in words) / len(words) if words else 0.0


def _marks(piece: Passage) -> float:
    plain = "".join(piece.text.split())
    return sum(unicodedata.category(character).startswith("P") for character in plain) / len(plain) if plain else 0.0


ATTRIBUTES = (
    Attribute("length", "Length", "words", "Words, as spaces part them; Chinese and Japanese characters each.", _length),
    Attribute("word-length", "Word length", "characters", "Mean letters and digits of a word.", _word_length),
    Attribute("punctuation", "Punctuation", "share", "Share of the characters, spaces left out, that are punctuation.", _marks),
)


def compare(references: Sequence[Passage], hypotheses: Sequence[Passage]) -> dict[str, float]:
    """Compare texts with references.

    Returns:
        ``exact``: the share of equal pairs. ``character_accuracy``: one minus the edit distance divided by the longer length, mean
        over pairs. ``word_accuracy``: the same for words; each Chinese or Japanese character is a word. ``bleu``: corpus BLEU (0
        to 100, sacrebleu; Chinese by characters).

    Raises:
        ValueError: the numbers of references and hypotheses differ.
    """
    if len(references) != len(hypotheses):
        raise ValueError(f"{len(references)} references, but {len(hypotheses)} hypotheses.")
    pairs = [(a.text, b.text) for a, b in zip(references, hypotheses, strict=True)]
    if not pairs:
        return {"exact": 0.0, "character_accuracy": 0.0, "word_accuracy": 0.0, "bleu": 0.0}
    return {
        "exact": statistics.fmean(a == b for a, b in pairs),
        "character_accuracy": statistics.fmean(_similarity(a, b) for a, b in pairs),
        "word_accuracy": statistics.fmean(_similarity(words_of(a), words_of(b)) for a, b in pairs),
        "bleu": _bleu([a for a, _ in pairs], [b for _, b in pairs]),
    }


def plain(text: str) -> str:
    """The text in lower case and normal width, without punctuation, with single spaces."""
    text = unicodedata.normalize("NFKC", clean(text)).casefold()
    if text.isascii():
        return " ".join(re.sub(r"[\W_]+", " ", text).split())
    kept = "".join(" " if unicodedata.category(character)[0] in "PZCS" else character for character in text)
    return _CJK_SPACE.sub("", " ".join(kept.split()))


def mostly_cjk(text: str) -> bool:
    """Whether more than half of the characters are Chinese or Japanese."""
    return 2 * len(CJK_CHARACTER.findall(text)) > len(text.replace(" ", "")) > 0


def _similarity(a: Sequence[str], b: Sequence[str]) -> float:
    longest = max(len(a), len(b))
    return 1.0 - edit_distance(a, b) / longest if longest else 1.0


def _bleu(references: Sequence[str], hypotheses: Sequence[str]) -> float:
    import sacrebleu  # late: only an evaluation needs it

    tokenize = "zh" if mostly_cjk("".join(references)) else "13a"
    return float(sacrebleu.corpus_bleu(list(hypotheses), [list(references)], tokenize=tokenize).score)
