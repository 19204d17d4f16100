"""The full-text index and the plain search find the same, whatever the words; and every piece is found by its own words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.domains import get_domain
from genstudio.library import Library, words

TEXT = get_domain("text")
LETTERS = st.one_of(st.sampled_from("abAB  --..öß'\"_*ｆ1²欢乐颂がガ한ıİſﬁ"), st.characters())
TEXTS = st.text(LETTERS, max_size=12)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("library") / "library.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, without_full_text: Callable[[], Any]) -> Iterator[tuple[Library, Library]]:
    """One library with the full-text index, one without."""
    folder = tmp_path_factory.mktemp("both")
    with contextlib.ExitStack() as stack:
        with without_full_text():
            plain = stack.enter_context(Library(folder / "plain.db"))
        yield stack.enter_context(Library(folder / "library.db")), plain


@given(texts=st.lists(TEXTS, min_size=1, max_size=4), query=TEXTS, start=st.integers(0, 12), end=st.integers(0, 12))
@pytest.mark.slow
def test_both_searches_find_the_same(
    both: tuple[Library, Library], texts: list[str], query: str, start: int, end: int
) -> None:
    for library in both:
        for text in texts:
            library.add(TEXT.from_symbols(text), TEXT)
    for wanted in (query, texts[0], texts[0][start:end], query[:1]):
        fast, plain = ([entry.id for entry in library.search(wanted, limit=None)] for library in both)
        assert fast == plain


@given(text=TEXTS)
def test_a_piece_is_found_by_its_words(library: Library, text: str) -> None:
    number = library.add(TEXT.from_symbols(text), TEXT)
    kept = library.get(number).symbols
    for query in (kept, kept.upper(), *kept.split()):
        parts = words.parts(query)
        found = {entry.id for entry in library.search(query, limit=None)}
        assert (number in found) is (parts is not None)


@given(text=st.text())
def test_folded_words_are_plain(text: str) -> None:
    folded = words.fold([text])
    assert all(character == " " or character.isalnum() or not character.isascii() for character in folded)
    assert words.fold([folded]).split() == folded.split()
