"""What every kind of data promises. A new module in ``domains`` is tested without a new line here.

Pieces are made by the domain itself, from random strings of its own symbols (of plain text where its alphabet is open), so
nothing here knows what a piece is.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import math
import random
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genstudio import domains
from genstudio.domains import Domain, Grammar, Kept, Music, Piece, ReadResult, edit_distance, get_domain, kept
from genstudio.errors import ConfigError, FileError, InputError
from genstudio.tokens import Tokenizer, TokenizerOptions

WORDS = "the tide was out, and nobody spoke of it: 你好 — “naïve” café 12.5 %".split()
every = pytest.mark.parametrize("name", domains.names())


def symbols_of(domain: Domain, seed: int, length: int = 60) -> str:
    """A string of symbols such as a model may write: any of the alphabet, with a separator now and then."""
    draw = random.Random(seed)
    grammar = domain.grammar
    if not grammar.alphabet:
        return " ".join(draw.choices(WORDS, k=max(1, length // 6)))
    fine = [symbol for symbol in grammar.alphabet if symbol not in grammar.indivisible]
    out = "".join(draw.sample(grammar.interchangeable, 1)) if grammar.interchangeable else ""
    for at in range(length):
        out += grammar.separator if at % 12 == 0 else draw.choice(fine)
    return out


def piece_of(domain: Domain, seed: int = 0, length: int = 60) -> Any:
    """A piece that is the same after a turn through its symbols and is not empty."""
    for attempt in range(50):
        piece = domain.from_symbols(symbols_of(domain, 1000 * seed + attempt, length))
        if domain.phrases(piece, 0, 0, 1) and domain.to_symbols(piece):
            return piece
    raise AssertionError(f"no symbols of {domain.name} make a piece that is not empty")


@cache
def tokenizer_of(name: str) -> Tokenizer:
    domain = get_domain(name)
    size = len(domain.grammar.alphabet) + 24 if domain.grammar.alphabet else 340
    lines = [domain.to_symbols(piece_of(domain, seed)) for seed in range(20)]
    return Tokenizer.train(lines, domain.grammar, TokenizerOptions(size, model="bpe", longest=4), domain=name)


def test_there_are_domains():
    assert {"melody", "text"} <= set(domains.names())
    with pytest.raises(ConfigError, match="did you mean 'melody'"):
        get_domain("melodie")


@every
def test_attributes(name):
    domain = get_domain(name)
    assert domain.name == name
    assert domain.label
    assert domain.kind
    piece = domain.from_symbols("")
    assert isinstance(piece, Music) == (domain.kind == "music")
    assert hasattr(piece, "text") == (domain.kind == "text")
    assert domain.suffixes
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in domain.suffixes)
    assert domain.output_suffix in domain.suffixes
    assert isinstance(domain.grammar, Grammar)
    assert isinstance(domain, Domain)
    assert not (domain.plays and domain.is_text)
    assert domain.plays or not domain.pitched


@every
def test_what_a_domain_can_is_what_it_declares(name):
    domain = get_domain(name)
    piece = piece_of(domain, 1)
    assert (domain.text_of(piece) != "") == domain.is_text
    assert domain.from_object(object()) is None
    cut = (1, 1, 1)
    assert domain.phrase_symbols(piece, *cut) == [domain.to_symbols(phrase) for phrase in domain.phrases(piece, *cut)]
    made = domain.variant(piece, np.random.default_rng(0), 4)
    assert type(made) is type(piece)
    others = [domain.variant(piece, np.random.default_rng(seed), 4) for seed in range(20)]
    assert any(other != piece for other in others) == domain.has_variants
    assert domain.why_no_phrase(domain.from_symbols(""), 4, 4)


@every
def test_grammar(name):
    grammar = get_domain(name).grammar
    assert len(grammar.separator) <= 1
    assert set(grammar.separator) <= set(grammar.indivisible)
    assert set(grammar.interchangeable) <= set(grammar.indivisible)
    if grammar.alphabet:
        assert set(grammar.indivisible) <= set(grammar.alphabet)
        assert len(set(grammar.alphabet)) == len(grammar.alphabet)
    assert grammar.phases >= 1
    for symbol in grammar.alphabet or "ab 你":
        assert grammar.advance(symbol) >= 0
    assert grammar.advance("") >= 0


@every
@given(data=st.data())
@settings(max_examples=150)
@pytest.mark.slow
def test_any_ids_make_a_piece(name, data):
    domain, tokenizer = get_domain(name), tokenizer_of(name)
    ids = data.draw(st.lists(st.integers(-3, tokenizer.vocab_size + 3), max_size=80))
    piece = domain.from_symbols(tokenizer.decode(ids))
    assert isinstance(piece, Piece)
    text = domain.to_symbols(piece)
    again = domain.from_symbols(text)
    assert domain.to_symbols(again) == text
    domain.describe(piece)
    domain.show(piece)
    domain.fingerprint(piece)
    domain.fragments(piece)
    domain.with_metadata_between(piece, piece, piece, 0.5)
    piece._repr_html_()


@every
@given(text=st.text(max_size=200))
@settings(max_examples=100)
@pytest.mark.slow
def test_any_string_makes_a_piece(name, text):
    domain = get_domain(name)
    piece = domain.from_symbols(text)
    symbols = domain.to_symbols(piece)
    assert domain.to_symbols(domain.from_symbols(symbols)) == symbols


@every
@pytest.mark.parametrize("seed", range(12))
def test_symbols_are_the_piece(name, seed):
    domain, tokenizer = get_domain(name), tokenizer_of(name)
    piece = domain.from_symbols(domain.to_symbols(piece_of(domain, seed)))
    symbols = domain.to_symbols(piece)
    assert domain.from_symbols(symbols) == piece
    assert tokenizer.decode(tokenizer.encode(symbols)) == symbols
    if domain.grammar.alphabet:
        assert set(symbols) <= set(domain.grammar.alphabet)


@every
@pytest.mark.parametrize("seed", range(12))
def test_written_and_read_again(name, seed, tmp_path):
    domain = get_domain(name)
    piece = piece_of(domain, seed)
    path = tmp_path / "deeper" / f"piece{domain.output_suffix}"
    domain.write(piece, path)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    result = domain.read(path)
    assert isinstance(result, ReadResult)
    assert result.refused == []
    (first,) = result.pieces
    assert first.source
    # What a file cannot hold is settled by the first reading; from then on nothing changes.
    again_path = path.with_name(f"again{domain.output_suffix}")
    domain.write(first, again_path)
    (again,) = domain.read(again_path).pieces
    assert domain.compare([first], [again])["exact"] == 1.0, (domain.show(first), domain.show(again))
    assert domain.describe(again) | {"title": "", "source": ""} == domain.describe(first) | {"title": "", "source": ""}


def contents(piece: Any) -> list[Any]:
    """What a person hears or reads of a piece, where this file knows it."""
    if hasattr(piece, "notes"):
        return [tuple(note)[:3] for note in piece.notes]
    return [piece.text] if hasattr(piece, "text") else []


@every
@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_lost_in_a_file(name, seed, tmp_path):
    domain = get_domain(name)
    exact = {"grid": False} if "grid" in inspect.signature(domain.read).parameters else {}
    piece = piece_of(domain, seed)
    path = tmp_path / f"piece{domain.output_suffix}"
    domain.write(piece, path)
    (again,) = domain.read(path, **exact).pieces
    assert contents(again) == contents(piece)


@every
def test_a_place_that_cannot_be_written(name, tmp_path):
    domain = get_domain(name)
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    with pytest.raises(FileError):
        domain.write(piece_of(domain), blocker / f"piece{domain.output_suffix}")
    with pytest.raises(InputError, match="piece"):
        domain.write(piece_of(domain), tmp_path / "piece.xyz")
    assert not (tmp_path / "piece.xyz").exists()


@every
@pytest.mark.parametrize("how", ["missing", "empty", "folder", "0xFF", "cut"])
@pytest.mark.slow
def test_what_cannot_be_read_is_told(name, how, tmp_path):
    domain = get_domain(name)
    for suffix in domain.suffixes:
        path = tmp_path / f"{how}{suffix}"
        if how == "empty":
            path.write_bytes(b"")
        elif how == "folder":
            path.mkdir()
        elif how == "0xFF":
            path.write_bytes(b"\xff" * 300_000)
        elif how == "cut":
            if suffix != domain.output_suffix or not domain.grammar.alphabet:
                continue  # half a text is a text
            domain.write(piece_of(domain), path)
            path.write_bytes(path.read_bytes()[:20])
        with pytest.raises(FileError) as error:
            domain.read(path)
        assert path.name in str(error.value)
        assert "\n" not in str(error.value)


@every
def test_phrases(name):
    domain = get_domain(name)
    piece = piece_of(domain, 3, length=120)
    (whole,) = domain.phrases(piece, 0, 0, 1)
    assert domain.to_symbols(whole) == domain.to_symbols(piece)
    for length, stride in ((1, 1), (2, 2), (2, 1), (4, 4), (1000, 1000)):
        for phrase in domain.phrases(piece, length, stride, 1):
            assert isinstance(phrase, type(piece))
            symbols = domain.to_symbols(phrase)
            assert domain.to_symbols(domain.from_symbols(symbols)) == symbols
            if domain.grammar.separator:
                assert symbols.count(domain.grammar.separator) <= length
    if not domain.grammar.separator:
        assert domain.phrases(piece, 2, 2, 1) == [piece]


@every
def test_fingerprints(name):
    domain = get_domain(name)
    pieces = [piece_of(domain, seed) for seed in range(8)]
    prints = [domain.fingerprint(piece) for piece in pieces]
    assert len(set(prints)) == len({domain.to_symbols(piece) for piece in pieces})
    for piece, found in zip(pieces, prints, strict=True):
        assert domain.fingerprint(dataclasses.replace(piece, title="another", source="elsewhere")) == found
    # A piece counts as itself with any of the symbols that stand for one another.
    swap = domain.grammar.interchangeable
    symbols = domain.to_symbols(pieces[0])
    if swap:
        moved = "".join(swap[(swap.index(symbol) + 1) % len(swap)] if symbol in swap else symbol for symbol in symbols)
        assert domain.fingerprint(domain.from_symbols(moved)) == prints[0]
    assert domain.fragments(pieces[0]) == domain.fragments(pieces[0])
    assert all(isinstance(value, int) for piece in pieces for value in domain.fragments(piece))


@every
@pytest.mark.parametrize("t", [0.0, 0.3, 0.5, 1.0])
def test_metadata_changes_nothing_that_was_decoded(name, t):
    domain = get_domain(name)
    piece, a, b = (piece_of(domain, seed) for seed in range(3))
    dressed = domain.with_metadata_between(piece, a, b, t)
    assert domain.to_symbols(dressed) == domain.to_symbols(piece)
    assert type(dressed) is type(piece)


@every
def test_ends_have_metadata_of_their_own(name):
    domain = get_domain(name)
    a, b = piece_of(domain, 1), piece_of(domain, 2)
    assert domain.with_metadata_between(a, a, b, 0.0) == domain.with_metadata_between(a, a, a, 0.0)
    assert domain.with_metadata_between(b, a, b, 1.0) == domain.with_metadata_between(b, b, b, 0.0)


@every
def test_join(name, tmp_path):
    domain = get_domain(name)
    pieces = [piece_of(domain, seed) for seed in range(3)]
    joined = domain.join(pieces)
    if joined is None:
        return
    assert domain.to_symbols(joined)
    path = tmp_path / f"joined{domain.output_suffix}"
    domain.write(joined, path)
    assert domain.read(path).pieces
    assert domain.compare([domain.join(pieces[:1])], [pieces[0]])["exact"] == 1.0


@every
def test_show_and_describe(name):
    domain = get_domain(name)
    for seed in range(4):
        piece = piece_of(domain, seed)
        facts = domain.describe(piece)
        json.dumps(facts)
        assert facts
        for width in (20, 80, 200):
            shown = domain.show(piece, width)
            assert shown.strip()
            assert max(len(line) for line in shown.splitlines()) <= width
        html = piece._repr_html_()
        assert html.startswith("<")
        hostile = dataclasses.replace(piece, title="<script>alert(1)</script>")
        assert "<script>" not in hostile._repr_html_()


@every
def test_compare(name):
    domain = get_domain(name)
    pieces = [piece_of(domain, seed) for seed in range(4)]
    same = domain.compare(pieces, pieces)
    assert same["exact"] == 1.0
    other = domain.compare(pieces, pieces[1:] + pieces[:1])
    assert other["exact"] == 0.0
    assert domain.compare(pieces, [*pieces[:2], *reversed(pieces[2:])])["exact"] == 0.5
    assert all(isinstance(value, (int, float)) for value in same.values())
    with pytest.raises(ValueError, match=r".+"):
        domain.compare(pieces, pieces[:2])


@every
def test_what_is_kept(name):
    domain = get_domain(name)
    pieces = [piece_of(domain, seed) for seed in range(4)]
    for piece, other in zip(pieces, pieces[1:] + pieces[:1], strict=True):
        count = len(domain.parts(piece))
        assert hash(tuple(domain.parts(piece))) is not None
        assert domain.part_name(piece)
        assert kept(domain, piece, piece) == Kept(count, count, 0, domain.part_name(piece), True)
        found = kept(domain, piece, other)
        assert not found.exact
        assert 0 <= found.kept <= min(count, len(domain.parts(other)))
        assert found.kept + found.added == len(domain.parts(other))
        nothing = kept(domain, piece, domain.from_symbols(""))
        assert (nothing.kept, nothing.of) == (0, count)


@every
def test_typed(name):
    domain = get_domain(name)
    assert domain.parse("") is None
    assert domain.parse("   ") is None
    typed = domain.parse("a few words")
    assert typed is None or isinstance(typed, type(piece_of(domain)))


@every
def test_unknown_reading_options(name, tmp_path):
    domain = get_domain(name)
    path = tmp_path / f"piece{domain.output_suffix}"
    domain.write(piece_of(domain), path)
    with pytest.raises((ConfigError, TypeError)):
        domain.read(Path(path), no_such_option=1)


@every
def test_what_can_be_measured(name):
    domain = get_domain(name)
    names = [attribute.name for attribute in domain.attributes]
    assert len(set(names)) == len(names)
    assert not any("=" in one or " " in one for one in names)  # they are typed as NAME=X
    for attribute in domain.attributes:
        assert attribute.label
        assert attribute.unit
        assert attribute.help.endswith(".")
        for piece in (piece_of(domain), domain.from_symbols("")):
            value = attribute.measure(piece)
            assert isinstance(value, float)
            assert math.isfinite(value)


# What does not pass through the latent space, and parts


@every
@pytest.mark.parametrize("seed", range(6))
def test_metadata_is_taken_off_and_put_back(name, seed):
    domain = get_domain(name)
    piece, a, b = (piece_of(domain, seed + index) for index in range(3))
    for t in (0.0, 0.4, 1.0):
        dressed = dataclasses.replace(domain.with_metadata_between(piece, a, b, t), title="A title", source="from there")
        dressing = domain.metadata(dressed)
        assert json.loads(json.dumps(dressing)) == dressing
        bare = domain.from_symbols(domain.to_symbols(dressed))
        assert domain.with_metadata(bare, json.loads(json.dumps(dressing))) == dressed
    assert domain.with_metadata(piece, domain.metadata(piece)) == piece
    joined = domain.join([domain.with_metadata_between(one, a, b, 0.3) for one in (piece, a, b)])
    if joined is not None:
        assert domain.with_metadata(domain.join([piece, a, b]), domain.metadata(joined)) == domain.with_metadata(
            joined, domain.metadata(joined)
        )


@every
def test_parts(name):
    domain = get_domain(name)
    piece = piece_of(domain, 3, length=120)
    count = domain.units(piece)
    assert count >= 3
    assert domain.unit
    assert domain.to_symbols(domain.part(piece, 1, count)).strip() == domain.to_symbols(piece).strip()
    for first, last in ((1, 1), (2, 3), (count, count), (2, count)):
        part = domain.part(piece, first, last)
        assert domain.units(part) == last - first + 1
        assert domain.units(domain.from_symbols(domain.to_symbols(part))) == last - first + 1


@every
def test_a_continuation_begins_with_what_is_given(name):
    domain = get_domain(name)
    for seed in range(6):
        piece = piece_of(domain, seed)
        assert domain.to_symbols(piece).startswith(domain.opening(piece, True))
        again = domain.from_symbols(domain.opening(piece, True))
        assert domain.compare([piece], [again])["exact"] == 1.0 or not domain.grammar.separator
        assert domain.keep(piece, piece) == piece


@every
def test_what_is_held_begins_a_sequence(name):
    domain = get_domain(name)
    piece = piece_of(domain, 2)
    symbols = domain.to_symbols(piece)
    for trait in domain.holds:
        begin, others = domain.held(piece, [trait])
        assert any(begin)
        assert all(len(symbol) <= 1 for symbol in begin)
        assert all(symbol in ("", symbols[place]) for place, symbol in enumerate(begin))
        assert set(others) <= set(domain.grammar.alphabet)
    assert domain.held(piece, [])[1] == ""
    assert not any(domain.held(piece, [])[0])


# Mixing


@every
@given(data=st.data())
@settings(max_examples=40)
def test_any_two_pieces_can_be_mixed(name, data):
    domain = get_domain(name)
    one = st.text(st.sampled_from(domain.grammar.alphabet or "ab  \n你好"), max_size=60)
    a, b = (domain.from_symbols(data.draw(one)) for _ in range(2))
    for share in (0.0, 0.3, 1.0):
        symbols = domain.to_symbols(domain.mix(a, b, share, 3))
        assert domain.to_symbols(domain.from_symbols(symbols)) == symbols
    assert domain.to_symbols(domain.mix(a, b, 0.0, 3)) == domain.to_symbols(a)
    assert domain.to_symbols(domain.mix(a, b, 1.0, 3)) == domain.to_symbols(b)
    assert domain.mix(a, b, 0.3, 3) == domain.mix(a, b, 0.3, 3)


@every
def test_a_mixture_has_something_of_both(name):
    domain = get_domain(name)
    a, b = piece_of(domain, 1, length=120), piece_of(domain, 2, length=120)
    ends = [domain.to_symbols(piece) for piece in (a, b)]
    mixed = [domain.to_symbols(domain.mix(a, b, 0.5, seed)) for seed in range(6)]
    assert len(set(mixed)) > 3
    assert not set(mixed) & set(ends)

    def far(end: str, share: float) -> int:
        return sum(edit_distance(domain.to_symbols(domain.mix(a, b, share, seed)), end) for seed in range(6))

    to_a, to_b = ([far(end, share) for share in (0.1, 0.5, 0.9)] for end in ends)
    assert to_a == sorted(to_a)
    assert to_b == sorted(to_b, reverse=True)
    # So little of b that nothing of it comes through, and so little of a: the way of mixing itself loses nothing.
    assert domain.compare([a, b], [domain.mix(a, b, 1e-9, 0), domain.mix(a, b, 1 - 1e-9, 0)])["exact"] == 1.0
