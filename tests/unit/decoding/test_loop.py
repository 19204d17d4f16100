"""Decoding with a decoder whose next-token distributions are given here."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from genstudio.decoding import Request, decode
from genstudio.errors import ConfigError, Stopped
from genstudio.models.cores.base import Core
from genstudio.models.sequence_vae import BOS, EOS, PAD, UNK, ModelSpec, SequenceVAE
from genstudio.progress import Stop

A, B, C = 4, 5, 6
VOCAB = 7


class Script(Core):
    """A decoder with the logits ``table(row of z, t)`` at step t, which records the number of rows of each step."""

    latent_dims = 1

    def __init__(self, table: Any) -> None:
        super().__init__()
        self.table = table
        self.rows: list[int] = []
        self.fed: list[list[int]] = []
        self.places: list[tuple[list[int], list[int]]] = []

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        return {"z": z, "at": 0}

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        self.rows.append(len(ids))
        self.fed.append(ids.tolist())
        self.places.append((segment.tolist(), phase.tolist()))
        logits = torch.stack([self.table(float(z), state["at"]) for z in state["z"][:, 0]])
        state["at"] += 1
        return logits

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        return {"z": state["z"][rows], "at": state["at"]}


class Model(nn.Module):
    def __init__(self, table: Any, separator: int = -1) -> None:
        super().__init__()
        self.core = Script(table)
        advance = (0, 0, 0, 0, 1, 2, 0)
        self.spec = ModelSpec("script", {}, VOCAB, separator, 3, 4, advance, 10)
        self.register_buffer("advance", torch.tensor(advance))


def says(**weights: float) -> Tensor:
    """Log probabilities by name; the others are impossible."""
    names = {"pad": PAD, "bos": BOS, "eos": EOS, "unk": UNK, "a": A, "b": B, "c": C}
    logits = torch.full((VOCAB,), -torch.inf)
    for name, weight in weights.items():
        logits[names[name]] = torch.tensor(weight).log()
    return logits


def run(table: Any, rows: int = 1, **options: Any) -> list[list[int]]:
    return decode(Model(table), torch.arange(float(rows))[:, None], Request(**options))


def test_greedy_takes_the_likeliest():
    script = [says(a=0.4, b=0.6), says(a=0.9, b=0.1), says(eos=0.5, a=0.3, b=0.2)]
    assert run(lambda z, at: script[at]) == [[B, A]]


def test_each_row_ends_by_itself_and_the_work_with_the_last():
    def table(z: float, at: int) -> Tensor:
        return says(eos=0.9, a=0.1) if at > z else says(a=0.9, eos=0.1)

    model = Model(table)
    assert decode(model, torch.tensor([[2.0], [0.0], [5.0], [2.0]])) == [[A] * 3, [A], [A] * 6, [A] * 3]
    assert model.core.rows == [4, 4, 3, 3, 1, 1, 1]


def test_longest_is_respected():
    def endless(z: float, at: int) -> Tensor:
        return says(a=1.0)

    assert run(endless, longest=5) == [[A] * 5]
    assert run(endless) == [[A] * (2 * 10 + 16)]


def test_never_empty():
    def quits(z: float, at: int) -> Tensor:
        return says(eos=0.99, a=0.009, b=0.001)

    assert run(quits) == [[A]]
    assert min(len(ids) for ids in run(quits, rows=50, temperature=1.0)) == 1


def test_special_tokens_are_never_written():
    def table(z: float, at: int) -> Tensor:
        return says(pad=0.4, bos=0.3, unk=0.2, a=0.08, eos=0.02)

    assert run(table, longest=4) == [[A] * 4]
    assert {token for ids in run(table, rows=40, temperature=1.0) for token in ids} == {A}


def test_no_rows():
    assert decode(Model(lambda z, at: says(a=1.0)), torch.zeros(0, 1)) == []


def test_the_core_receives_positions():
    script = [says(b=1.0), says(c=1.0), says(b=1.0), says(b=1.0), says(eos=1.0)]
    model = Model(lambda z, at: script[at], separator=C)
    assert decode(model, torch.zeros(1, 1)) == [[B, C, B, B]]
    assert model.core.fed == [[BOS], [B], [C], [B], [B]]
    assert model.core.places == [([0], [0]), ([0], [2]), ([1], [0]), ([1], [2]), ([1], [3])]  # the phase is clipped to 3


def shares(temperature: float, top_p: float, rows: int = 4000, seed: int = 0) -> dict[int, float]:
    def table(z: float, at: int) -> Tensor:
        return says(a=0.6, b=0.3, c=0.1) if at == 0 else says(eos=1.0)

    counts = Counter(ids[0] for ids in run(table, rows, temperature=temperature, top_p=top_p, seed=seed))
    return {token: counts[token] / rows for token in (A, B, C)}


@pytest.mark.parametrize(
    ("temperature", "top_p", "expected"),
    [
        (1.0, 1.0, (0.6, 0.3, 0.1)),
        (2.0, 1.0, (0.4727, 0.3343, 0.1930)),  # proportional to the square roots
        (0.5, 1.0, (0.7826, 0.1957, 0.0217)),  # and to the squares
        (1.0, 0.9, (2 / 3, 1 / 3, 0.0)),
        (1.0, 0.61, (2 / 3, 1 / 3, 0.0)),  # the smallest set that reaches 0.61 has two
        (1.0, 0.59, (1.0, 0.0, 0.0)),
        (1.0, 0.01, (1.0, 0.0, 0.0)),
        (0.5, 0.7, (1.0, 0.0, 0.0)),  # the temperature comes before the cut
        (1e-30, 1.0, (1.0, 0.0, 0.0)),
        (1e-30, 0.5, (1.0, 0.0, 0.0)),
    ],
)
@pytest.mark.slow
def test_distributions(temperature, top_p, expected):
    found = shares(temperature, top_p)
    for share, wanted in zip(found.values(), expected, strict=True):
        assert share == pytest.approx(wanted, abs=0.02)
        if wanted in (0.0, 1.0):
            assert share == wanted


def flip(z: float, at: int) -> Tensor:
    return says(a=0.4, b=0.4, eos=0.2)


def test_the_seed_decides():
    first, again, other = (run(flip, 30, temperature=1.0, seed=seed) for seed in (1, 1, 2))
    assert first == again != other
    state = torch.random.get_rng_state()
    run(flip, 3, temperature=1.0)
    assert torch.equal(torch.random.get_rng_state(), state)  # the global state is not touched


def test_a_row_does_not_depend_on_when_others_end():
    together = run(flip, 20, temperature=1.0, seed=4)
    alone = decode(Model(flip), torch.zeros(20, 1), Request(temperature=1.0, seed=4))
    assert together == alone
    assert run(flip, 5, temperature=1.0, seed=4) == together[:5]


@pytest.mark.parametrize(
    "options",
    [
        {"temperature": -0.1},
        {"temperature": 10.1},
        {"temperature": float("nan")},
        {"top_p": 0.0},
        {"top_p": 1.1},
        {"top_p": -1.0},
        {"top_p": float("nan")},
    ],
)
def test_ranges(options):
    with pytest.raises(ConfigError, match="expected a number"):
        run(flip, **options)


def test_decoding_can_be_stopped():
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        run(flip, check=stop.check)


def test_the_number_of_segments_can_be_set() -> None:
    torch.manual_seed(3)
    separator = 5
    spec = ModelSpec("transformer", {"width": 16, "heads": 2}, 24, separator, 6, 64, tuple([0] * 6 + [4] * 18), 40)
    model = SequenceVAE(spec).eval()
    z = torch.randn(4, model.latent_dims)
    wanted = [1, 2, 3, 5]
    for temperature in (0.0, 1.0):
        found = decode(model, z, Request(segments=wanted, temperature=temperature, longest=400, seed=1))
        for ids, count in zip(found, wanted, strict=True):
            assert ids.count(separator) == count
    drawn = decode(model, z, Request(segments=wanted, temperature=3.0, longest=2000, seed=1))
    assert [ids.count(separator) for ids in drawn] == wanted


def test_a_segment_without_end_is_ended_at_the_last_position() -> None:
    model = Model(lambda z, at: says(a=0.9, c=0.06, eos=0.04), separator=C)
    assert decode(model, torch.zeros(1, 1), Request(segments=[2])) == [[A, A, A, A, C] * 2 + [A, A, A, A]]
    # Without separators a sequence is as long as it likes.
    assert run(lambda z, at: says(a=0.9, eos=0.1), longest=12) == [[A] * 12]


def test_requested_segments_exist_even_if_the_decoder_never_ends_one() -> None:
    model = Model(lambda z, at: says(b=1.0), separator=C)
    assert decode(model, torch.zeros(1, 1), Request(segments=[2], longest=3)) == [[B, C, C]]
    assert decode(model, torch.zeros(1, 1), Request(segments=[1], prefix=[[C]], longest=3)) == [[C, B, B]]


# Prefixes, words and sizes


def test_a_prefix_is_kept_and_fed() -> None:
    script = [says(b=1.0), says(b=1.0), says(a=1.0), says(eos=1.0)]
    model = Model(lambda z, at: script[at])
    assert decode(model, torch.zeros(2, 1), Request(prefix=[[A, C], [C]])) == [[A, C, A], [C, B, A]]
    assert model.core.fed == [[BOS, BOS], [A, C], [C, B], [A, A]]


def test_a_prefix_may_leave_positions_free() -> None:
    script = [says(b=1.0), says(b=1.0), says(b=1.0), says(eos=1.0)]
    assert run(lambda z, at: script[at], prefix=[[-1, C]]) == [[B, C, B]]
    assert run(lambda z, at: script[at], prefix=[[]]) == [[B, B, B]]


def test_an_end_does_not_come_within_a_prefix() -> None:
    def quits(z: float, at: int) -> Tensor:
        return says(eos=0.9, a=0.1)

    assert run(quits, prefix=[[B, -1, C]]) == [[B, A, C]]
    assert run(quits, prefix=[[B, C]], beyond=2) == [[B, C, A, A]]
    assert run(quits, rows=2, prefix=[[B], [B, B, B]], beyond=1) == [[B, A], [B, B, B, A]]


def test_a_long_prefix_has_room() -> None:
    found = run(lambda z, at: says(a=1.0) if at < 70 else says(eos=1.0), prefix=[[B] * 60])
    assert found == [[B] * 60 + [A] * 10]


def test_a_prefix_against_everything_else() -> None:
    """An excluded token may be in a prefix, also where no other token is allowed, and in random decoding."""
    for temperature in (0.0, 1.0):
        model = Model(lambda z, at: says(a=0.5, c=0.4, eos=0.1), separator=C)
        request = Request(temperature, prefix=[[C, C, C]] * 3, segments=[1] * 3, forbid=[C])
        found = decode(model, torch.zeros(3, 1), request)
        assert all(ids[:3] == [C, C, C] and C not in ids[3:] for ids in found)


@pytest.mark.parametrize("wrong", [[[A], [A]], [[PAD]], [[EOS]], [[A, EOS, A]], [[BOS]], [[VOCAB]], [[-2]]])
def test_wrong_prefixes(wrong) -> None:
    with pytest.raises(ValueError, match="prefix"):
        run(flip, prefix=wrong)


def test_a_prefix_may_say_where_a_row_ends() -> None:
    def on(z: float, at: int) -> Tensor:
        return says(b=0.9, eos=0.1)

    assert run(on, prefix=[[A, -1, EOS]]) == [[A, B]]
    assert run(on, rows=2, prefix=[[A, EOS], [-1, -1, A, EOS]]) == [[A], [B, B, A]]


def test_forbidden_tokens_are_not_written() -> None:
    script = [says(a=0.6, b=0.4), says(a=0.6, c=0.4), says(eos=1.0)]
    assert run(lambda z, at: script[at], forbid=[A]) == [[B, C]]


def test_the_number_of_words_can_be_set() -> None:
    begins = torch.tensor([0, 0, 0, 0, 0, 1, 1])  # B and C begin a word, A goes on with one

    def talks(z: float, at: int) -> Tensor:
        return says(a=0.2, b=0.4, c=0.1, eos=0.3)

    for temperature in (0.0, 1.0, 3.0):
        found = run(talks, 40, words=[3] * 40, begins=begins, temperature=temperature, longest=400)
        for ids in found:
            assert 1 + sum(int(begins[token]) for token in ids[1:]) == 3  # the first token begins one in any case
    quits = run(lambda z, at: says(a=0.01, b=0.09, eos=0.9), words=[4], begins=begins)
    assert quits == [[B, B, B, B]]


def test_there_are_no_more_segments_than_in_training() -> None:
    model = Model(lambda z, at: says(c=0.9, a=0.06, eos=0.04), separator=C)
    (ids,) = decode(model, torch.zeros(1, 1), Request(longest=200))
    assert ids.count(C) == model.spec.segments - 1
    assert len(ids) < 200


def test_a_segment_is_filled() -> None:
    sizes = torch.tensor([0, 0, 0, 0, 0, 0, 3])  # after C there is room for three; A advances by one, B by two

    def hurries(z: float, at: int) -> Tensor:
        return says(c=1.0) if at == 0 else says(b=0.5, c=0.3, eos=0.15, a=0.05)

    model = Model(hurries, separator=C)
    # Two Bs would be too long, and what is likelier than A ends too early.
    assert decode(model, torch.zeros(1, 1), Request(sizes=sizes, segments=[2])) == [[C, B, A, C, B, A]]
    assert decode(model, torch.zeros(1, 1), Request(segments=[2], longest=6))[0] != [C, B, A, C, B, A]
    for ids in decode(model, torch.zeros(40, 1), Request(sizes=sizes, temperature=2.0, longest=60)):
        bars = "".join(" AB|"[max(0, token - 3)] for token in ids).split("|")[1:]
        if len(ids) < 60:
            assert all(bar.count("A") + 2 * bar.count("B") == 3 for bar in bars), ids
    # Nothing is as short as the room that is left: what is shortest fills it.
    model.advance[A] = 2
    assert decode(model, torch.zeros(1, 1), Request(sizes=sizes, segments=[1])) == [[C, B, B]]


def test_a_full_segment_is_followed_by_the_next_or_the_end() -> None:
    sizes = torch.tensor([0, 0, 0, 0, 0, 0, 2])  # after C there is room for two; A advances by one, B by two

    def runs_on(z: float, at: int) -> Tensor:
        return says(c=1.0) if at == 0 else says(b=0.7, a=0.29, c=0.005, eos=0.005)

    model = Model(runs_on, separator=C)
    assert decode(model, torch.zeros(1, 1), Request(sizes=sizes, longest=9))[0][:3] in ([C, B, C], [C, B])
    found = decode(model, torch.zeros(30, 1), Request(sizes=sizes, segments=[2] * 30, temperature=1.0, longest=40))
    assert all(ids.count(C) == 2 and len(ids) < 40 for ids in found)
    still = Model(lambda z, at: says(c=1.0) if at == 0 else says(a=0.9, c=0.05, eos=0.05), separator=C)
    still.advance[A] = 0
    (ids,) = decode(still, torch.zeros(1, 1), Request(sizes=sizes, segments=[2], longest=99))
    assert ids == [C, *[A] * 16, C, *[A] * 16]
    assert decode(model, torch.zeros(1, 1), Request(segments=[2], longest=9))[0][:3] == [C, B, B]  # without that it writes on
