from __future__ import annotations

import json
import random
import threading

import numpy as np
import pytest

from genstudio.domains.base import Grammar
from genstudio.domains.text import DOMAIN as TEXT
from genstudio.errors import ConfigError, Stopped, TokenizerError
from genstudio.progress import Monitor, Stop
from genstudio.tokens import Layout, Tokenizer, TokenizerOptions
from genstudio.tokens import tokenizer as module

SYMBOLS = "".join(chr(0xE000 + number) for number in range(60))
BAR, KEYS, NOTES = SYMBOLS[0], SYMBOLS[1:9], SYMBOLS[9:]
GRAMMAR = Grammar(
    indivisible=BAR + KEYS, separator=BAR, interchangeable=KEYS, alphabet=SYMBOLS, advance=lambda token: 2 * len(token), phases=64
)
WORDS = "the tide was out and boats lay on sand nobody spoke while a gull cried twice over grey water".split()


def sentences(count, seed=0):
    generator = random.Random(seed)
    return [" ".join(generator.choices(WORDS, k=generator.randint(3, 9))) + "." for _ in range(count)]


def melodies(count, seed=0):
    generator = random.Random(seed)
    figures = ["".join(generator.choices(NOTES[:20], k=4)) for _ in range(12)]
    return [generator.choice(KEYS) + "".join(BAR + generator.choice(figures) * 2 for _ in range(4)) for _ in range(count)]


@pytest.fixture(scope="module")
def text():
    return Tokenizer.train(sentences(400), TEXT.grammar, TokenizerOptions(400), domain="text")


@pytest.fixture(scope="module")
def music():
    return Tokenizer.train(melodies(200), GRAMMAR, TokenizerOptions(150), domain="music")


@pytest.mark.parametrize("model", ["unigram", "bpe"])
def test_frequent_figures_become_one_token(model):
    lines = melodies(200)
    tokenizer = Tokenizer.train(lines, GRAMMAR, TokenizerOptions(150, model=model))
    assert [tokenizer.decode(ids) for ids in tokenizer.encode_many(lines)] == lines
    assert max(map(len, tokenizer.encode_many(lines))) <= 1 + 4 * 3


def test_no_token_reaches_over_an_indivisible_symbol(music):
    for token in range(4, music.vocab_size):
        piece = music.piece(token)
        assert len(piece) == 1 or not set(piece) & set(GRAMMAR.indivisible)


def test_tokens_are_not_longer_than_asked():
    tokenizer = Tokenizer.train(melodies(200), GRAMMAR, TokenizerOptions(300, longest=2))
    assert max(len(tokenizer.piece(token)) for token in range(tokenizer.vocab_size)) == 2


def test_every_symbol_of_the_alphabet_is_there(music):
    assert music.missing(SYMBOLS) == ""
    assert music.decode(music.encode(SYMBOLS)) == SYMBOLS
    assert music.missing("x") == "x"


def test_layout(music):
    layout = music.layout
    assert music.piece(layout.separator) == BAR
    assert [music.piece(token) for token in layout.interchangeable] == list(KEYS)
    assert layout.phases == 64
    assert layout.advance.dtype == np.int32
    assert list(layout.advance[:4]) == [0, 0, 0, 0]
    assert all(layout.advance[token] == 2 * len(music.piece(token)) for token in range(4, music.vocab_size))


def test_layout_of_text(text):
    assert text.layout.separator == -1
    assert len(text.layout.interchangeable) == 0
    assert list(text.layout.advance[:4]) == [0] * 4
    assert set(text.layout.advance[4:]) == {1}


HARD = [
    "",
    " ",
    "  a  b ",
    "\n",
    "a\r\nb\tc",
    "▁a▁ ▁",
    "\0",
    "\u2585 \u2047 ⁇",
    "<s></s><unk><pad><0x41>",
    "\U0010fffd\U0010fffdn",
    "你好，世界 🎵",
    "e\u0301",
]


@pytest.mark.parametrize("hard", HARD)
def test_round_trip_of_hard_texts(text, hard):
    assert text.decode(text.encode(hard)) == hard
    assert text.encode_many([hard, hard]) == [text.encode(hard)] * 2


def test_newlines_and_escaped_characters_in_the_training_data():
    lines = ["one\ntwo", "a\tb", "▁", "\0", "x\r\ny"]
    tokenizer = Tokenizer.train(lines, TEXT.grammar, TokenizerOptions(300))
    assert [tokenizer.decode(tokenizer.encode(line)) for line in lines] == lines


def test_lone_surrogates_are_replaced(text):
    assert text.decode(text.encode("a\ud800b")) == "a\ufffdb"


def test_decode_is_total(text, music):
    assert text.decode([]) == ""
    assert text.decode([0, 1, 2, 3, -1, 10**9]) == ""
    everything = list(range(-5, text.vocab_size + 5))
    random.Random(0).shuffle(everything)
    text.decode(everything).encode("utf-8")
    assert text.decode(np.asarray(text.encode("the tide"), np.int64)) == "the tide"
    assert set(music.decode(range(music.vocab_size))) <= set(SYMBOLS)


def test_encode_gives_no_special_ids(text, music):
    for ids in [*text.encode_many([*sentences(50, 9), *HARD]), *music.encode_many(melodies(50, 9))]:
        assert not {0, 1, 2, 3} & set(ids)


@pytest.mark.parametrize("model", ["unigram", "bpe"])
def test_same_input_and_seed_give_the_same_bytes(tmp_path, model):
    made = [Tokenizer.train(sentences(300), TEXT.grammar, TokenizerOptions(350, model=model, seed=5)) for _ in range(2)]
    assert made[0].digest == made[1].digest
    for number, tokenizer in enumerate(made):
        tokenizer.save(tmp_path / str(number))
    for name in ("tokenizer.model", "tokenizer.json"):
        assert (tmp_path / "0" / name).read_bytes() == (tmp_path / "1" / name).read_bytes()


@pytest.fixture(scope="module")
def many():
    """So many lines that they are learned from in a process of its own."""
    generator = random.Random(0)
    return ["".join(generator.choices("abcdefghij", k=300)) for _ in range(800)]


@pytest.mark.slow
def test_a_process_of_its_own_gives_the_same_bytes(monkeypatch, many):
    apart = Tokenizer.train(many, TEXT.grammar, TokenizerOptions(300, model="bpe"))
    monkeypatch.setattr(module, "_IN_PROCESS", 1 << 40)
    assert Tokenizer.train(many, TEXT.grammar, TokenizerOptions(300, model="bpe")).digest == apart.digest


@pytest.mark.slow
def test_a_failure_in_that_process_is_told(monkeypatch, many, tmp_path):
    (tmp_path / "sentencepiece.py").write_text("raise RuntimeError('of no use here')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(TokenizerError, match="cannot be learned from this: of no use here"):
        Tokenizer.train(many, TEXT.grammar, TokenizerOptions(300))


def test_of_very_many_lines_a_seeded_sample_is_used(monkeypatch):
    monkeypatch.setattr(module, "MOST_LINES", 50)
    made = [Tokenizer.train(sentences(500), TEXT.grammar, TokenizerOptions(350, seed=seed)).digest for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("lines", [[], [""], ["", ""]])
def test_nothing_to_learn_from(lines):
    with pytest.raises(TokenizerError, match="at least one non-empty line"):
        Tokenizer.train(lines, TEXT.grammar, TokenizerOptions(300))


@pytest.mark.parametrize("model", ["unigram", "bpe"])
@pytest.mark.parametrize("lines", [["a"], [" "], ["\n"], ["你好"], ["ab", "ab"], ["word"]])
def test_a_vocabulary_too_large_for_tiny_data_just_works(model, lines):
    tokenizer = Tokenizer.train(lines, TEXT.grammar, TokenizerOptions(8000, model=model))
    assert tokenizer.vocab_size < 400
    assert tokenizer.decode(tokenizer.encode("any text")) == "any text"


@pytest.mark.parametrize("model", ["unigram", "bpe"])
@pytest.mark.parametrize("line", [BAR, KEYS[0], NOTES[0], "x" + NOTES[1] + "y"])
def test_tiny_music(model, line):
    tokenizer = Tokenizer.train([line], GRAMMAR, TokenizerOptions(1000, model=model))
    assert tokenizer.decode(tokenizer.encode(SYMBOLS)) == SYMBOLS


def test_a_grammar_of_indivisible_symbols_only():
    grammar = Grammar(indivisible="ab", separator="a", alphabet="ab")
    tokenizer = Tokenizer.train(["abba"], grammar, TokenizerOptions(50))
    assert tokenizer.decode(tokenizer.encode("abba")) == "abba"


def test_an_alphabet_with_space_and_newline():
    grammar = Grammar(alphabet="ab \n▁")
    tokenizer = Tokenizer.train(["ab ab\nab", "a▁b"], grammar, TokenizerOptions(50))
    assert tokenizer.decode(tokenizer.encode("a b\n ▁▁\n")) == "a b\n ▁▁\n"


def test_too_small_a_vocabulary_says_how_large_it_must_be():
    with pytest.raises(TokenizerError, match="at least"):
        Tokenizer.train(["a"], TEXT.grammar, TokenizerOptions(200))
    with pytest.raises(TokenizerError, match=r"needs at least 65"):
        Tokenizer.train(melodies(5), GRAMMAR, TokenizerOptions(30))
    Tokenizer.train(melodies(5), GRAMMAR, TokenizerOptions(65))


def test_options_are_checked():
    with pytest.raises(ConfigError, match="did you mean 'unigram'"):
        Tokenizer.train(["a"], TEXT.grammar, TokenizerOptions(300, model="unigrams"))
    with pytest.raises(ConfigError, match="longest"):
        Tokenizer.train(["a"], TEXT.grammar, TokenizerOptions(300, longest=0))


def test_a_separator_must_be_indivisible():
    with pytest.raises(TokenizerError, match="indivisible"):
        Tokenizer.train(["axa"], Grammar(separator="|", alphabet="ax"), TokenizerOptions(50))


def test_many_characters_and_a_small_vocabulary():
    lines = ["".join(chr(0x4E00 + random.Random(number).randrange(5000)) for _ in range(12)) for number in range(400)]
    tokenizer = Tokenizer.train(lines, TEXT.grammar, TokenizerOptions(400))
    assert tokenizer.vocab_size <= 400
    assert [tokenizer.decode(ids) for ids in tokenizer.encode_many(lines)] == lines


def test_stop_before_and_during(many):
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        Tokenizer.train(["a"], TEXT.grammar, TokenizerOptions(300), monitor=Monitor(stop=stop))
    stop = Stop()
    timer = threading.Timer(0.3, stop.request)
    timer.start()
    with pytest.raises(Stopped):
        Tokenizer.train(many, TEXT.grammar, TokenizerOptions(2000), monitor=Monitor(stop=stop))
    timer.join()


def test_nothing_is_written_to_the_streams(capfd):
    Tokenizer.train(sentences(50), TEXT.grammar, TokenizerOptions(8000))
    Tokenizer.train(sentences(50), TEXT.grammar, TokenizerOptions(8000, model="bpe"))
    assert capfd.readouterr() == ("", "")


def test_save_and_load(tmp_path, music):
    music.save(tmp_path / "t")
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == ["tokenizer.json", "tokenizer.model"]
    again = Tokenizer.load(tmp_path / "t")
    assert (again.digest, again.vocab_size, again.domain) == (music.digest, music.vocab_size, "music")
    assert again.layout == music.layout
    assert hash(again.layout) == hash(music.layout)
    assert again.encode_many(melodies(20, 3)) == music.encode_many(melodies(20, 3))
    assert again.fits(GRAMMAR)
    assert not again.fits(Grammar(indivisible=GRAMMAR.indivisible, separator=BAR, alphabet=SYMBOLS, advance=len, phases=64))


def change(**fields):
    def apply(folder):
        facts = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        for name, value in fields.items():
            place = facts["layout"] if name in facts["layout"] else facts
            place[name] = value
        (folder / "tokenizer.json").write_text(json.dumps(facts), encoding="utf-8")

    return apply


def flip(folder):
    data = bytearray((folder / "tokenizer.model").read_bytes())
    data[len(data) // 2] ^= 0xFF
    (folder / "tokenizer.model").write_bytes(data)


DAMAGE = {
    "no facts": lambda folder: (folder / "tokenizer.json").unlink(),
    "no model": lambda folder: (folder / "tokenizer.model").unlink(),
    "not json": lambda folder: (folder / "tokenizer.json").write_text("{", encoding="utf-8"),
    "a list": lambda folder: (folder / "tokenizer.json").write_text("[1]", encoding="utf-8"),
    "a flipped byte": flip,
    "an empty model": lambda folder: (folder / "tokenizer.model").write_bytes(b""),
    "a newer format": change(format=99),
    "no format": change(format="1"),
    "a wrong size": change(vocab_size=7),
    "a text for a size": change(vocab_size="150"),
    "a wrong domain": change(domain=None),
    "no layout": change(layout=None),
    "advance too short": change(advance=[0, 1]),
    "advance not whole": change(advance=[0.5] * 150),
    "a wild separator": change(separator=10**6),
    "a wild key": change(interchangeable=[-1]),
    "no phases": change(phases=0),
    "another separator": change(separator=5),
    "another digest": change(digest="00"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_found_and_told(tmp_path, music, damage):
    music.save(tmp_path)
    damage(tmp_path)
    with pytest.raises(TokenizerError) as caught:
        Tokenizer.load(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_model_that_is_none(music, tmp_path):
    with pytest.raises(TokenizerError, match="damaged"):
        Tokenizer(b"no model", music.layout)
    music.save(tmp_path)
    short = Layout(-1, np.zeros(3, np.int32), np.zeros(0, np.int32), 1)
    with pytest.raises(TokenizerError, match="does not fit"):
        Tokenizer((tmp_path / "tokenizer.model").read_bytes(), short)
