"""Known words: the trie, and a decoder that is restricted to it."""

from __future__ import annotations

import pytest
import torch

from genstudio.decoding import Request, decode
from genstudio.decoding.lexicon import FREE, Lexicon, letters
from genstudio.domains import get_domain
from genstudio.models.sequence_vae import EOS, ModelSpec, SequenceVAE
from genstudio.tokens import Tokenizer, TokenizerOptions

LINES = [
    "the cat sat on the mat", "the cats sat; it's 7 o'clock", "a dog ran to the cat", "The dog sat down", "on the mat ran a dog",
]  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.train(LINES * 4, get_domain("text").grammar, TokenizerOptions(300, model="unigram", longest=4))


@pytest.fixture(scope="module")
def known(tokenizer: Tokenizer) -> Lexicon:
    return Lexicon(tokenizer, {word for line in LINES for word in letters(line)})


def test_letters() -> None:
    assert letters("It's 3 o'clock, l\u2019\u00c9t\u00e9: \u4e0b\u96e8\u4e86!") == ["it", "s", "o", "clock", "l", "\u00e9t\u00e9"]
    assert letters("12 \u2013 \u3053\u3093") == []


def test_a_text_of_known_words_is_never_excluded(tokenizer: Tokenizer, known: Lexicon) -> None:
    for line in LINES:
        place = 0
        for token in tokenizer.encode(line):
            assert not bool(known.excluded([place])[0, token]), (line, token)
            place = known.after(place, token)
        assert not bool(known.excluded([place])[0, EOS])


def test_a_word_that_is_not_known_is_excluded(tokenizer: Tokenizer, known: Lexicon) -> None:
    place, seen = 0, []
    for token in tokenizer.encode("the catdog"):
        seen.append(bool(known.excluded([place])[0, token]))
        place = known.after(place, token)
    assert any(seen)
    assert place == FREE  # and it stays so up to the word's end
    assert not bool(known.excluded([place])[0].all())
    for token in tokenizer.encode(" "):
        place = known.after(place, token)
    assert place == 0


def test_a_word_that_is_not_finished_cannot_end(tokenizer: Tokenizer, known: Lexicon) -> None:
    place = 0
    for token in (next(token for token in range(4, tokenizer.vocab_size) if tokenizer.piece(token) == letter) for letter in "do"):
        place = known.after(place, token)
    assert bool(known.excluded([place])[0, EOS])
    for token in tokenizer.encode("g"):
        place = known.after(place, token)
    assert not bool(known.excluded([place])[0, EOS])


def test_capitals_stand_first_or_everywhere() -> None:
    options = TokenizerOptions(290, model="unigram", longest=1)
    letter_by_letter = Tokenizer.train([*LINES, "SAT Sat SEAT"] * 4, get_domain("text").grammar, options)
    lexicon = Lexicon(letter_by_letter, ["sat", "seat", "i"])
    alphabet = {letter_by_letter.piece(token): token for token in range(4, letter_by_letter.vocab_size)}
    letters_of = {letter: alphabet.get(letter) for letter in "satSAT "}

    def spelled(text: str) -> bool:
        place = 0
        for letter in text:
            token = letters_of[letter]
            assert token is not None, letter
            if bool(lexicon.excluded([place])[0, token]):
                return False
            place = lexicon.after(place, token)
        return not bool(lexicon.excluded([place])[0, EOS])

    assert all(map(spelled, ("sat", "Sat", "SAT", "sat SAT Sat")))
    assert not any(map(spelled, ("sAt", "saT", "SAt", "SaT", "sAT", "SA")))


def test_words_can_be_added(tokenizer: Tokenizer, known: Lexicon) -> None:
    more = known.knowing(tokenizer, ["A moor, the cat"])
    assert "moor" in more
    assert "moor" not in known
    assert known.knowing(tokenizer, ["the CAT"]) is known
    assert "\u017eaba" not in known.knowing(tokenizer, ["\u017eaba"])  # no token spells that letter


def test_a_decoder_keeps_to_known_words(tokenizer: Tokenizer, known: Lexicon) -> None:
    layout = tokenizer.layout
    spec = ModelSpec(
        "lstm", {"latent_dims": 4, "embedding": 8, "encoder_hidden": 8, "hidden": 8}, tokenizer.vocab_size, layout.separator, 1,
        layout.phases, tuple(int(value) for value in layout.advance), 20,
    )  # fmt: skip
    torch.manual_seed(0)
    model = SequenceVAE(spec)
    z = torch.randn(40, 4, generator=torch.Generator().manual_seed(1))
    words = {word for line in LINES for word in letters(line)}
    for temperature in (0.0, 1.0, 3.0):
        kept = [tokenizer.decode(ids) for ids in decode(model, z, Request(temperature=temperature, automaton=known, longest=60))]
        ended = [text for text in kept if len(tokenizer.encode(text)) < 40]
        assert ended or temperature == 0.0
        assert {word for text in ended for word in letters(text)} <= words
    free = [tokenizer.decode(ids) for ids in decode(model, z, Request(temperature=1.0, longest=60))]
    assert not {word for text in free for word in letters(text)} <= words
    # What is given is kept, known or not.
    begun = decode(model, z[:3], Request(temperature=1.0, automaton=known, prefix=[tokenizer.encode("xyzzy ")] * 3, longest=80))
    assert all(tokenizer.decode(ids).startswith("xyzzy ") for ids in begun)
