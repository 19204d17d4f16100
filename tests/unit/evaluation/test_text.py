"""Statistics of text: perplexities, variety, forms, by hand and against sacrebleu."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sacrebleu

from genstudio.domains import get_domain, words
from genstudio.errors import Stopped
from genstudio.evaluation.ngrams import NgramModel
from genstudio.evaluation.text import compare_text, distinct, form, mostly_cjk, ngram_perplexity, self_bleu
from genstudio.progress import Stop
from genstudio.tokens import Tokenizer, TokenizerOptions

LINES = ["the tide was out", "boats lay on the sand", "nobody spoke", "nobody moved at all", "a gull cried", "the sand was wet"]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.train(LINES * 5, get_domain("text").grammar, TokenizerOptions(330), domain="text")


def test_words():
    assert words(" It rains:\n下雨了。 ok") == ["It", "rains:", "下", "雨", "了", "。", "ok"]
    assert words("  ") == []


def test_distinct_by_hand():
    texts = [["a", "b", "a"], ["a", "b"], ["c"], []]
    assert distinct(texts, 1) == pytest.approx(3 / 6)
    assert distinct(texts, 2) == pytest.approx(2 / 3)  # ab, ba, ab: none across texts
    assert distinct([["c"]], 2) == 0.0


def test_self_bleu_is_the_mean_of_sacrebleu():
    texts = LINES[:4]
    expected = np.mean(
        [sacrebleu.sentence_bleu(text, texts[:index] + texts[index + 1 :]).score for index, text in enumerate(texts)]
    )
    assert self_bleu(texts) == pytest.approx(float(expected))
    assert self_bleu(["the same words every time"] * 3) == pytest.approx(100.0)
    assert self_bleu(["alone"]) == 0.0
    # Chinese is compared by characters: without that, a text without spaces were one word.
    assert self_bleu(["床前明月光疑是", "床前明月光是疑"]) > 50


def test_perplexity_a_word_counts_ends(tokenizer):
    model = NgramModel(tokenizer.encode_many(LINES), tokenizer.vocab_size)
    texts = ["nobody spoke", "the sand was wet today"]
    ids = tokenizer.encode_many(texts)
    nats = sum(float(model.costs([one])[0]) * (len(one) + 1) for one in ids)
    assert ngram_perplexity(model, ids, texts) == pytest.approx(math.exp(nats / (2 + 5 + 2)))


def test_forms():
    assert form("床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。") == (5, 5, 5, 5)
    assert form("one two\nthree") == (6, 5)
    assert form("。") == ()


def test_what_is_usual_and_what_is_varied(tokenizer):
    usual = compare_text(tokenizer, LINES, LINES, LINES)
    one = compare_text(tokenizer, LINES, ["nobody spoke"] * 6, LINES)
    strange = compare_text(tokenizer, LINES, ["llaatt eedd ssii", "xq xq yyw"] * 3, LINES)
    assert one["forward_ppl"] < usual["forward_ppl_real"] * 2 < strange["forward_ppl"]
    assert usual["forward_ppl"] == usual["forward_ppl_real"]
    assert usual["reverse_ppl"] < one["reverse_ppl"]
    assert usual["reverse_ppl"] == pytest.approx(usual["reverse_ppl_real"])
    assert one["distinct_1"] == pytest.approx(2 / 12)
    assert one["self_bleu"] > usual["self_bleu"]
    assert (one["words"], one["words_spread"]) == (2.0, 0.0)
    assert usual["words"] == pytest.approx(np.mean([4, 5, 2, 4, 3, 4]))
    assert usual["words_spread"] == pytest.approx(np.std([4, 5, 2, 4, 3, 4]))
    assert "known_form" not in usual
    assert compare_text(tokenizer, LINES, LINES, LINES) == usual


def test_without_training_texts(tokenizer):
    found = compare_text(tokenizer, LINES, LINES[:3])
    assert {"reverse_ppl", "distinct_1", "self_bleu"} <= set(found)
    assert not {"forward_ppl", "forward_ppl_real", "reverse_ppl_real", "known_form"} & set(found)
    assert math.isfinite(found["reverse_ppl"])


def test_quatrains_have_known_forms(tokenizer):
    five, seven = "床前明月光，疑是地上霜。", "朝辭白帝彩雲間，千里江陵一日還。"
    found = compare_text(tokenizer, [five], [five, five, "床前明月，疑是地上霜。", "白帝"], [five, seven])
    assert found["known_form"] == 0.5
    assert found["known_form_real"] == 1.0
    assert mostly_cjk([five])
    assert not mostly_cjk(LINES)


def test_it_can_be_stopped(tokenizer):
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        compare_text(tokenizer, LINES, LINES, check=stop.check)
