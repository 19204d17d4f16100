"""Statistics of generated text compared with real text.

Conventions: a word is a run between spaces, or one Chinese or Japanese character (:func:`genstudio.domains.words`).

**Perplexities** per word of an n-gram model of order 5 over tokens (:mod:`genstudio.evaluation.ngrams`); the end of each text
counts as a word. ``forward_ppl``: of generated text under a model of the training text; low where the generated text is typical,
also if it is always the same (J. Zhao et al., Adversarially regularized autoencoders, ICML 2018; O. Cífka et al., Eval all, trust a
few, do wrong to none, 2018). ``reverse_ppl``: of held-out text under a model of the generated text; low where the generated text is
as varied as real text. It depends on the amount of text. ``forward_ppl_real`` and ``reverse_ppl_real``: the same with real texts in
place of the generated ones: held-out texts, and as many training texts as there are samples.

**Variety**: ``distinct_1`` and ``distinct_2``, different words, and pairs of consecutive words, divided by all of them (J. Li et
al., A diversity-promoting objective function, NAACL 2016). They decrease with the amount of text, so ``…_real`` is of as many
held-out texts. ``self_bleu``: mean BLEU-4 of each text with all others as references, 0 to 100 (Y. Zhu et al., Texygen, SIGIR 2018;
computed by sacrebleu with its smoothing and effective order for single sentences), over at most 100 texts, on whose number it
depends.

**Length**: ``words`` and ``words_spread``, mean and standard deviation of the number of words.

**Form**, where texts are mostly Chinese or Japanese: ``known_form``, share of the texts whose form, the number of characters of
each line, occurs in the training texts; a line ends at a line break or a punctuation mark such as a comma or a full stop. The form
of a quatrain with five characters per line is 5 5 5 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import words
from genstudio.domains.words import CJK
from genstudio.evaluation.likelihood import perplexity
from genstudio.evaluation.ngrams import NgramModel
from genstudio.progress import Check, go_on
from genstudio.tokens import Tokenizer

__all__ = ["compare_text", "distinct", "form", "ngram_perplexity", "self_bleu"]

ORDER = 5
_SELF_BLEU = 100  # texts
_LINE = re.compile(r"[\n，。！？；：、,.!?;:]+")
_CJK = re.compile(f"[{CJK}]")

Ids = Sequence[Sequence[int] | NDArray[Any]]


def compare_text(
    tokenizer: Tokenizer,
    real: Sequence[str],
    generated: Sequence[str],
    training: Sequence[str] = (),
    *,
    seed: int = 0,
    check: Check = go_on,
) -> dict[str, float]:
    """Compute the metrics of this module; without training texts those that need them are left out.

    Args:
        tokenizer: its tokens are the units of the n-gram models.
        real: held-out texts.
        generated: samples of the model.
        training: training texts.
        seed: seed of the choice of real texts.
        check: called between parts; may raise to stop.

    Returns:
        The metrics by name, see the description of the module; those of real texts with the suffix ``_real``.
    """
    ids = [tokenizer.encode_many(list(texts)) for texts in (real, generated, training)]
    rng = np.random.default_rng(seed)
    like = [real[index] for index in rng.permutation(len(real))[: len(generated)]]
    found: dict[str, float] = {}
    if training:
        usual = NgramModel(ids[2], tokenizer.vocab_size, order=ORDER, check=check)
        found["forward_ppl"] = ngram_perplexity(usual, ids[1], generated)
        found["forward_ppl_real"] = ngram_perplexity(usual, ids[0], real)
        del usual
    own = NgramModel(ids[1], tokenizer.vocab_size, order=ORDER, check=check)
    found["reverse_ppl"] = ngram_perplexity(own, ids[0], real)
    if training:
        some = [ids[2][index] for index in rng.permutation(len(training))[: len(generated)]]
        found["reverse_ppl_real"] = ngram_perplexity(
            NgramModel(some, tokenizer.vocab_size, order=ORDER, check=check), ids[0], real
        )  # fmt: skip
    for name, texts in (("", generated), ("_real", like)):
        check()
        split = [words(text) for text in texts]
        found[f"distinct_1{name}"], found[f"distinct_2{name}"] = distinct(split, 1), distinct(split, 2)
        found[f"self_bleu{name}"] = self_bleu(texts, check=check)
        lengths = np.array([len(one) for one in split])
        found[f"words{name}"], found[f"words_spread{name}"] = float(lengths.mean()), float(lengths.std())
    if training and mostly_cjk(training):
        forms = {form(text) for text in training}
        found["known_form"] = sum(form(text) in forms for text in generated) / len(generated)
        found["known_form_real"] = sum(form(text) in forms for text in real) / len(real)
    return found


def ngram_perplexity(model: NgramModel, ids: Ids, texts: Sequence[str]) -> float:
    """Perplexity per word: exp of the nats of all texts divided by the number of their words and ends."""
    nats = float((model.costs(ids) * [len(one) + 1 for one in ids]).sum())
    return perplexity(nats, sum(len(words(text)) + 1 for text in texts))


def distinct(texts: Sequence[Sequence[str]], n: int) -> float:
    """Different n-grams divided by all n-grams of texts, given as words; 0 where there are none."""
    grams = [gram for text in texts for gram in (zip(*(text[start:] for start in range(n)), strict=False))]
    return len(set(grams)) / len(grams) if grams else 0.0


def self_bleu(texts: Sequence[str], *, check: Check = go_on) -> float:
    """Self-BLEU, 0 to 100, of the first 100 texts; 0 for fewer than two."""
    import sacrebleu  # slow to import, and only an evaluation needs it

    texts = list(texts[:_SELF_BLEU])
    if len(texts) < 2:
        return 0.0
    tokenize = "zh" if mostly_cjk(texts) else "13a"
    total = 0.0
    for index, text in enumerate(texts):
        check()
        others = texts[:index] + texts[index + 1 :]
        total += float(sacrebleu.sentence_bleu(text, others, tokenize=tokenize).score)
    return total / len(texts)


def form(text: str) -> tuple[int, ...]:
    """The form of a text: the number of characters of each line, without spaces.

    >>> form("床前明月光，疑是地上霜。")
    (5, 5)
    """
    return tuple(len("".join(line.split())) for line in _LINE.split(text) if line.strip())


def mostly_cjk(texts: Sequence[str]) -> bool:
    """Whether most characters of the first thousand texts are Chinese or Japanese."""
    plain = "".join("".join(texts[:1000]).split())
    return 2 * len(_CJK.findall(plain)) > len(plain)
