"""Decoding of scores: their parts stand in the right order, given segments are forced, and bars are whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from genstudio.decoding import Request, decode
from genstudio.decoding.rhythm import FREE, Rhythm, pattern
from genstudio.domains import get_domain
from genstudio.domains.music.symbols import BAR, DURATIONS, METRES, PITCHES
from genstudio.domains.score.symbols import KEYS, TIE
from genstudio.models.sequence_vae import EOS, ModelSpec

K, M, N, P, Q, S, A, B = range(4, 12)  # a key, two metres, two parts, the separator, notes of one and two
ADVANCE = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2)
SIZES = torch.tensor([0, 0, 0, 0, 0, 4, 2, -1, -1, 0, 0, 0])
LINEUP = [[K], [M, N], [P], [Q]]


class Noise(nn.Module):
    """A decoder with random logits, in which some tokens are preferred."""

    latent_dims = 1

    def __init__(self, likes: dict[int, float]) -> None:
        super().__init__()
        self.likes = likes
        self.random = torch.Generator().manual_seed(1)

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        return {"rows": len(z)}

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        logits = torch.randn(len(ids), len(ADVANCE), generator=self.random)
        for token, amount in self.likes.items():
            logits[:, token] += amount
        return logits

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        return state


class Model(nn.Module):
    def __init__(self, segments: int = 8, **likes: float) -> None:
        super().__init__()
        names = {"p": P, "q": Q, "s": S, "eos": EOS, "n": N, "a": A, "m": M}
        self.core = Noise({names[name]: amount for name, amount in likes.items()})
        self.spec = ModelSpec("noise", {}, len(ADVANCE), S, segments, 32, ADVANCE, 40)
        self.register_buffer("advance", torch.tensor(ADVANCE))


def written(model: Any, rows: int = 30, **how: Any) -> list[list[int]]:
    return decode(model, torch.zeros(rows, 1), Request(temperature=1.0, sizes=SIZES, lineup=LINEUP, **how))


def checked(ids: list[int]) -> list[list[int]]:
    """The segments of a sequence, which must be whole bars of both parts, all full."""
    segments = [list[int]()]
    for token in ids:
        if token == S:
            segments.append([])
        else:
            segments[-1].append(token)
    head, *rest = segments
    assert head[0] == K
    assert head[1] in (M, N)
    assert head[2] == P
    assert [token for token in head if token in (P, Q)] == [P, Q]
    assert len(rest) % 2 == 0
    assert rest
    size = int(SIZES[head[1]])
    for at, segment in enumerate(rest):
        assert sum(ADVANCE[token] for token in segment) == size
        assert not {P, Q} & set(segment)
        changes = [token for token in segment if token in (M, N)]
        assert len(changes) <= at % 2, "a metre changes after a whole bar"
        assert segment[len(segment) - len(changes) :] == changes
        size = int(SIZES[changes[0]]) if changes else size
    return segments


@pytest.mark.parametrize("likes", [{}, {"p": 4.0}, {"s": 4.0}, {"eos": 6.0}, {"n": 4.0}, {"a": -9.0}], ids=str)
def test_bars_are_whole_whatever_a_decoder_likes(likes: dict[str, float]) -> None:
    for ids in written(Model(**likes)):
        checked(ids)
    for ids in written(Model(**likes), segments=[4] * 30):
        assert len(checked(ids)) == 5
    # Seven segments are not whole bars: six are.
    most = [len(checked(ids)) for ids in written(Model(segments=8, eos=-9.0))]
    assert max(most) == 7


def test_each_part_has_a_pickup_of_its_own() -> None:
    heads = [checked(ids)[0] for ids in written(Model(a=2.0, s=-2.0), rows=60, segments=[2] * 60)]
    lengths = []
    for head in heads:
        second = head.index(Q)
        size = int(SIZES[head[1]])
        lengths.append([sum(ADVANCE[token] for token in part) for part in (head[:second], head[second:])])
        assert max(lengths[-1]) < size
    assert any(sum(two) >= 4 for two in lengths), "together they may be longer than a bar"


def test_contents_are_forced_and_the_rest_is_filled() -> None:
    contents = [[K, M, P, Q, A], [A, B, A], [-1], [B, B], [-1, N], [A, A], [-1]]
    for ids in written(Model(eos=3.0, p=2.0), segments=[6] * 30, contents=[contents] * 30):
        found = checked(ids)
        assert [one for one, given in zip(found, contents, strict=True) if given[0] >= 0] == [
            given for given in contents if given[0] >= 0
        ]
        assert found[4][-1] == N
        assert not {M, N} & {*found[2], *found[6]}
    other = [[K, N, P, Q], [A, A], [B]]
    rows = written(Model(), 2, segments=[6, 2], contents=[contents, other])
    assert [len(checked(ids)) for ids in rows] == [7, 3]
    assert checked(rows[1]) == other, "each row has its own"


class Letters:
    """A tokenizer whose tokens are the given strings."""

    def __init__(self, *pieces: str) -> None:
        self.pieces = ["", "", "", "", *pieces]
        self.vocab_size = len(self.pieces)

    def piece(self, token: int) -> str:
        return self.pieces[token]


@pytest.fixture
def follow() -> Callable[..., list[str]]:
    """``follow(form, first, …)``: the tokens that may follow these in a pattern, by their strings."""
    low, high = PITCHES[0], PITCHES[7]
    quarter, half = DURATIONS[480], DURATIONS[960]
    tokens = Letters(low, high, quarter, half, BAR, TIE + low, TIE + high, low + quarter, KEYS[60], METRES[2, 4])
    grammar = get_domain("score").grammar

    def following(form: str, *pieces: str) -> list[str]:
        rhythm, place = Rhythm(tokens, grammar, form), 0  # type: ignore[arg-type]
        for piece in pieces:
            assert not rhythm.excluded([place])[0, tokens.pieces.index(piece, 4)], piece
            place = rhythm.after(place, tokens.pieces.index(piece, 4))
        excluded = rhythm.excluded([place])[0].tolist()
        found = [piece for piece, out in zip(tokens.pieces, excluded, strict=True) if piece and not out]
        return found if excluded[EOS] else [*found, "end"]

    return following


def test_a_tied_note_keeps_its_pitch_in_a_rhythm(follow: Callable[..., list[str]]) -> None:
    low, high, quarter, half = PITCHES[0], PITCHES[7], DURATIONS[480], DURATIONS[960]
    form = pattern(get_domain("score").grammar, f"{low}{half}{BAR}{TIE}{low}{quarter}{high}{quarter}")
    assert follow(form) == [low, high]
    assert follow(form, high, half, BAR) == [TIE + high]
    assert follow(form, low, half, BAR) == [TIE + low]
    assert follow(form, high, half, BAR, TIE + high, quarter) == [low, high, low + quarter]
    assert follow(form, high, half, BAR, TIE + high, quarter, low + quarter) == ["end"]


def test_other_parts_are_free_in_a_rhythm(follow: Callable[..., list[str]]) -> None:
    low, quarter, half = PITCHES[0], DURATIONS[480], DURATIONS[960]
    form = f"{KEYS[60]}{METRES[2, 4]}{BAR}{FREE}{BAR}{low}{half}{BAR}{FREE}"
    within = follow(form, KEYS[60], METRES[2, 4], BAR, low, quarter, TIE + low)
    assert {low, quarter, half, BAR} <= set(within)
    assert "end" not in within
    assert follow(form, KEYS[60], METRES[2, 4], BAR, low, BAR) == [low]
    assert "end" in follow(form, KEYS[60], METRES[2, 4], BAR, BAR, low, half, BAR, quarter)


