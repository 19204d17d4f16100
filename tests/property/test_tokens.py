"""Whatever goes in comes out: tokenizers lose nothing, and decode anything."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from genstudio.domains.base import Grammar
from genstudio.domains.text import DOMAIN as TEXT
from genstudio.tokens import Tokenizer, TokenizerOptions

SYMBOLS = "".join(chr(0xE000 + number) for number in range(40))
BAR, KEYS, NOTES = SYMBOLS[0], SYMBOLS[1:7], SYMBOLS[7:]
GRAMMAR = Grammar(indivisible=BAR + KEYS, separator=BAR, interchangeable=KEYS, alphabet=SYMBOLS, phases=32)

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
odd_text = st.text(st.sampled_from("▁ \n\r\t\0\u2585\u2047\U0010fffdnrtueka<s>0x4你é🎵"), max_size=60)


@cache
def text(model: str) -> Tokenizer:
    lines = ["the tide was out", "boats lay on the sand ▁", "你好，世界", "a\nb", "nobody spoke, nobody moved"] * 5
    return Tokenizer.train(lines, TEXT.grammar, TokenizerOptions(330, model=model))


@cache
def music(model: str) -> Tokenizer:
    lines = [KEYS[number % 6] + BAR + NOTES[:4] * 2 + BAR + NOTES[4:9] + NOTES[number % 20 :] for number in range(40)]
    return Tokenizer.train(lines, GRAMMAR, TokenizerOptions(80, model=model))


@given(any_text | odd_text, st.sampled_from(["unigram", "bpe"]))
@settings(max_examples=400, deadline=None)
def test_text_round_trip(line, model):
    tokenizer = text(model)
    ids = tokenizer.encode(line)
    assert tokenizer.decode(ids) == line
    assert not {0, 1, 2, 3} & set(ids)
    assert tokenizer.encode_many([line]) == [ids]


@given(st.text(st.sampled_from(SYMBOLS), max_size=200), st.sampled_from(["unigram", "bpe"]))
@settings(max_examples=300, deadline=None)
def test_music_round_trip(line, model):
    tokenizer = music(model)
    ids = tokenizer.encode(line)
    assert tokenizer.decode(ids) == line
    assert ids.count(tokenizer.layout.separator) == line.count(BAR)
    keys = set(tokenizer.layout.interchangeable.tolist())
    assert sum(token in keys for token in ids) == sum(symbol in KEYS for symbol in line)


@given(st.lists(st.integers(-10, 400), max_size=100))
@settings(max_examples=300, deadline=None)
def test_any_ids_decode(ids):
    text("unigram").decode(ids).encode("utf-8")
    assert set(music("unigram").decode(ids)) <= set(SYMBOLS)


@given(st.lists(any_text, min_size=1, max_size=5).filter(any), st.sampled_from(["unigram", "bpe"]))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_learned_from(lines, model):
    tokenizer = Tokenizer.train(lines, TEXT.grammar, TokenizerOptions(400, model=model))
    assert [tokenizer.decode(ids) for ids in tokenizer.encode_many(lines)] == lines
