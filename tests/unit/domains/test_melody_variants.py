"""Variants of melodies for training: valid, within their length, of every kind, and the same for the same draw."""

from __future__ import annotations

import numpy as np
import pytest

from genstudio.domains.melody import DOMAIN, Melody
from genstudio.domains.music import abc
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.time import bar_ticks

TUNES = (
    "X:1\nT:A jig\nM:6/8\nL:1/8\nQ:3/8=100\nK:D\nA|dAF DFA|ded cBA|dcd efg|fdd d2A|dAF DFA|ded cBA|Bgf efg|fdd d2|]\n",
    "T:A hornpipe\nM:4/4\nL:1/8\nK:G\n(3DEF|G>BA>G E<GD>E|(3GAB d>e d2- d>B|_B4- B2 =B2|z2 G6|]\n",
    "T:Changing\nM:3/4\nL:1/4\nK:C\nCDE|FGA|[M:6/8]c3/2B3/2|[M:3/4]C3|]\n",
    "T:Long rests\nM:4/4\nL:1/4\nK:C\nCDEF|z4|z4|z4|z4|z4|GABc|]\n",
    "T:One\nM:4/4\nL:1/1\nK:C\nC|]\n",
)


def variants(text: str, count: int = 300, longest: int = 16) -> list[Melody]:
    melody = abc.tune(text)[0]
    draw = np.random.default_rng(1)
    return [DOMAIN.variant(melody, draw, longest) for _ in range(count)]


@pytest.mark.parametrize("text", TUNES)
def test_every_variant_is_a_melody_that_its_symbols_give_back(text: str) -> None:
    for made in variants(text):
        symbols = DOMAIN.to_symbols(made)
        back = DOMAIN.from_symbols(symbols)
        assert DOMAIN.to_symbols(back) == symbols
        assert [note[:3] for note in back.notes] == [note[:3] for note in made.notes]
        assert back.length == made.length == bar_lines(made)[-1]
        assert 0 <= made.pickup < bar_ticks(*made.metres[0][1:])
        assert made.notes


@pytest.mark.parametrize("longest", [1, 2, 5])
def test_no_variant_is_longer_than_asked(longest: int) -> None:
    assert max(made.bars for text in TUNES[:2] for made in variants(text, longest=longest)) == longest


def test_all_kinds_come_up() -> None:
    melody = abc.tune(TUNES[1])[0]
    made = variants(TUNES[1])
    metres = {one.metres[0][1:] for one in made}
    assert {(4, 4), (4, 2), (2, 4), (3, 4)} <= metres
    assert any(one.bars < melody.bars and one.metres == melody.metres for one in made)
    longest = max(note.end - note.start for note in melody.notes)
    assert any(note.end - note.start > 2 * longest for one in made for note in one.notes)
    assert {note.pitch for one in made for note in one.notes} > {note.pitch for note in melody.notes}
    assert any(len(one.notes) < len(melody.notes) and one.length == melody.length for one in made)


def test_the_same_draw_gives_the_same_variants() -> None:
    assert variants(TUNES[0], 40) == variants(TUNES[0], 40)
