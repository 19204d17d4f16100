"""Search for a code near another one whose decoded piece has its attributes changed as requested.

The response of a decoder to a step along a direction is not linear: a melody stays as it is for a while, then a note changes. So
directions only propose codes. From the best code so far many candidates are proposed, all are decoded and measured, and the one
with the lowest score is taken:

``score = sum over all attributes of w * (value - goal)^2 + 0.25 * (distance from the start / distance of two pieces)^2``

in standard deviations; w is 1 for a requested attribute and 0.2 for every other attribute, whose goal is its value at the start:
many small side effects must not outweigh the requested change. Other categories of a requested label have the weight 0, since they
have to decrease. The proposals are:

- a step along the directions, weighted by the changes that are still missing,
- a run of blocks copied from a piece of the corpus (a donor) that has the requested attributes,
- a step towards such a piece,
- a run of blocks drawn again from the prior,
- where a grammar has interchangeable symbols (keys), the change of the code when one of them is exchanged for another.

Where a code is a single block, runs are steps of the whole code. A candidate is taken only if its score is lower, so the result is
never further from the request than the start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from genstudio.decoding import Request, decode
from genstudio.decoding.trained import Trained
from genstudio.errors import ConfigError, Message, did_you_mean
from genstudio.models.attributes import AttributeSpace, Codes, blocks_of, learn_space
from genstudio.models.encoding import encode_all
from genstudio.progress import Check, Monitor, go_on

__all__ = ["KEPT", "LARGEST_CHANGE", "Found", "Starts", "asked_changes", "learn", "measured", "search"]

LARGEST_CHANGE = 6.0
"""The largest change that can be requested, in standard deviations."""

KEPT = 0.2
"""The weight of an attribute that is to stay; that of a requested one is 1."""

_ROWS = 256  # decoded in one batch
_NEARNESS = 0.25
_ENOUGH = 0.02  # the score at which a search ends
_SHORTEST, _LONGEST = 0.05, 0.7  # steps along the directions, in distances between two pieces
_EXCHANGES, _EXCHANGING = 3, 3  # exchanged symbols: how many are tried a round, and in how many rounds
_MOST_CATEGORIES, _FEWEST_OF_CATEGORY = 20, 10
_KINDS = 4
_SHARES = (1 / 6, 1 / 2, 1 / 6, 1 / 6)  # along the directions; blocks of a donor; towards a donor; blocks drawn again


@dataclass(frozen=True)
class Found:
    """The result of a search.

    Attributes:
        codes: float32 [n, dims].
        before, after: float64 [n, A], the attributes at the start and at the end, in standard deviations.
    """

    codes: NDArray[np.float32]
    before: NDArray[np.float64]
    after: NDArray[np.float64]

    @property
    def obtained(self) -> NDArray[np.float64]:
        """The change of each attribute, float64 [n, A], in standard deviations."""
        return self.after - self.before


def learn(
    trained: Trained,
    sequences: Sequence[NDArray[Any]],
    labels: Mapping[str, Sequence[float | str | None]],
    *,
    corpus: str,
    donors: int = 512,
    seed: int = 0,
    monitor: Monitor = Monitor(),
) -> AttributeSpace:
    """Learn the directions of a domain's attributes, and of labels, over ``sequences`` (token ids).

    Args:
        labels: for each column of labels, a value for each sequence: numbers, or words, of which the commonest each become an
            attribute ``column=word``.
        corpus: digest of the corpus.
        donors, seed: as for :func:`~genstudio.models.attributes.learn_space`.

    Raises:
        CorpusError: there are too few sequences, or nothing varies.
    """
    count, layout, attributes = len(sequences), trained.network.layout, trained.domain.attributes
    encoded = monitor.counter("encoding", count, Message("pieces"))
    encoded(0)
    means, used = encode_all(trained.network, sequences, check=monitor.check, done=encoded)
    if layout.summary:
        means, used = means[:, : layout.summary], used[:, : layout.summary]
    described = [(one.name, one.label, one.unit, "measure", "") for one in attributes]
    columns, done = [], monitor.counter("measuring", count, Message("pieces"))
    for start in range(0, count, 1000):
        monitor.check()
        pieces = [trained.piece(ids) for ids in sequences[start : start + 1000]]
        columns.append([[one.measure(piece) for one in attributes] for piece in pieces])
        done(min(count, start + 1000))
    values = [np.array([row for part in columns for row in part], np.float64).reshape(count, len(described))]
    for name, found in labels.items():
        for described_as, column in _label_columns(name, found):
            described.append(described_as)
            values.append(column[:, None])
    return learn_space(
        Codes(means, used, layout.summary or layout.block), np.concatenate(values, 1), described, corpus=corpus, donors=donors,
        seed=seed,
    )  # fmt: skip


def _label_columns(
    name: str, values: Sequence[float | str | None]
) -> Iterator[tuple[tuple[str, str, str, str, str], NDArray[np.float64]]]:
    words = Counter(value for value in values if isinstance(value, str))
    if not words:
        numbers = [float("nan") if value is None else float(value) for value in values]
        yield (name, name, "", "label", ""), np.array(numbers)
        return
    for word, times in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CATEGORIES]:
        if times >= _FEWEST_OF_CATEGORY:
            belongs = [float("nan") if value is None else float(value == word) for value in values]
            yield (f"{name}={word}", f"{name}: {word}", "share", "label", name), np.array(belongs)


def asked_changes(space: AttributeSpace, changes: Mapping[str, float]) -> NDArray[np.float64]:
    """Check requested changes and convert them to an array float64 [A], in standard deviations.

    Raises:
        ConfigError: a name is unknown, a number out of range, or ``changes`` is empty.
    """
    if not changes:
        raise ConfigError(
            "say what to change, such as {names}=+1; known: {names_2}.", names=space.names[0], names_2=", ".join(space.names)
        )
    asked = np.zeros(len(space.attributes))
    for name, amount in changes.items():
        if name not in space.names:
            raise ConfigError("the model knows no attribute {name!r}; {hint}", name=name, hint=did_you_mean(name, space.names))
        if not -LARGEST_CHANGE <= amount <= LARGEST_CHANGE:
            limits = Message("-{largest_change:g} to {largest_change:g} standard deviations", largest_change=LARGEST_CHANGE)
            raise ConfigError("{name} is to change by {amount:g}; expected {limits}.", name=name, amount=amount, limits=limits)
        asked[space.names.index(name)] = amount
    return asked


def measured(
    trained: Trained, space: AttributeSpace, sequences: Sequence[Sequence[int]], check: Check = go_on
) -> NDArray[np.float64]:
    """Measure the attributes of token ``sequences``; the values of labels are read from the codes of the pieces.

    Returns:
        float64 [n, A], in standard deviations.
    """
    known = {attribute.name: attribute.measure for attribute in trained.domain.attributes}
    pieces = [trained.piece(ids) for ids in sequences]
    values = np.zeros((len(pieces), len(space.attributes)))
    for column, attribute in enumerate(space.attributes):
        if attribute.kind == "measure":
            measure = known[attribute.name]
            values[:, column] = [measure(piece) / attribute.deviation for piece in pieces]
    labels = [column for column, attribute in enumerate(space.attributes) if attribute.kind == "label"]
    if labels and len(pieces):
        # Encoded again as a corpus is, since a decoder may have spelled the same piece with other tokens.
        read = [np.asarray(trained.tokenizer.encode(trained.domain.to_symbols(piece)), np.int64) for piece in pieces]
        means, used = (part[:, : len(space.centre)] for part in encode_all(trained.network, read, check=check))
        values[:, labels] = np.where(used, means, space.centre) @ space.readout[labels].T + space.offset[labels]
    return values


@dataclass(frozen=True)
class Starts:
    """The starting points and requests of several searches, one per row.

    Attributes:
        codes: float32 [n, dims].
        used: bool [n, dims], the dimensions that the search may change.
        segments: the number of separators of each row.
        asked: float64 [n, A], the requested changes in standard deviations; 0 for attributes that should stay.
        prefix, forbid: as in :class:`~genstudio.decoding.Request`; they hold a key or a metre.
    """

    codes: NDArray[np.float32]
    used: NDArray[np.bool_]
    segments: Sequence[int]
    asked: NDArray[np.float64]
    prefix: Sequence[Sequence[int]] | None = None
    forbid: Sequence[int] = ()


def search(
    trained: Trained,
    space: AttributeSpace,
    starts: Starts,
    *,
    rounds: int = 12,
    candidates: int = 32,
    seed: int = 0,
    check: Check = go_on,
) -> Found:
    """Find codes near the starts whose pieces have their attributes changed as requested.

    In codes with a summary only the summary is moved. The details of the piece are kept as far as the summary stays near its start,
    since they are what identifies the piece; the others are blank.

    Args:
        rounds: the largest number of rounds.
        candidates: proposals in each round; a row is decoded ``rounds * candidates`` times at most.
        seed: each row has its own random numbers, from this seed and the number of the row.
        check: called at each step of decoding; may raise to stop.
    """
    decoder = _Decoder(trained, space, starts, check)
    layout, asked = trained.network.layout, starts.asked
    codes, used = starts.codes, starts.used
    if layout.summary:
        codes, used = codes[:, : layout.summary], used[:, : layout.summary]
    count, dims = codes.shape
    everyone = np.arange(count)
    before, texts = decoder(codes, everyone)
    goal = before + asked
    weight = np.where(asked != 0, 1.0, KEPT)
    for row, column in zip(*np.nonzero(asked), strict=True):
        weight[row, [at for at in space.siblings(int(column)) if asked[row, at] == 0]] = 0.0
    best, now = codes.astype(np.float32).copy(), before.copy()

    def scores(z: NDArray[np.float32], attributes: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        far = ((z - codes[rows]).astype(np.float64) ** 2).sum(1) / space.distance**2
        result: NDArray[np.float64] = (weight[rows] * (attributes - goal[rows]) ** 2).sum(1) + _NEARNESS * far
        return result

    score = scores(best, now, everyone)
    rng = [np.random.default_rng([seed & 0xFFFFFFFF, row]) for row in range(count)]
    proposers = [_Proposer(space, used[row], goal[row], weight[row]) for row in range(count)]
    for turn in range(rounds):
        open_rows = np.flatnonzero(score > _ENOUGH)
        if len(open_rows) == 0:
            break
        proposed = np.stack([proposers[row](best[row], now[row], candidates, rng[row]) for row in open_rows])
        if turn < _EXCHANGING:
            for place, row in enumerate(open_rows):
                moved = decoder.exchanged(texts[row], goal[row], weight[row])[:candidates]
                proposed[place, : len(moved)] = best[row] + moved[:, :dims] * used[row]
        flat = proposed.reshape(len(open_rows) * candidates, dims)
        owners = np.repeat(open_rows, candidates)
        found, written = decoder(flat, owners)
        judged = scores(flat, found, owners).reshape(len(open_rows), candidates)
        winner = judged.argmin(1)
        at = np.arange(len(open_rows))
        better = judged[at, winner] < score[open_rows] - 1e-9
        rows = open_rows[better]
        best[rows] = proposed[at, winner][better]
        now[rows] = found.reshape(len(open_rows), candidates, -1)[at, winner][better]
        score[rows] = judged[at, winner][better]
        for place in np.flatnonzero(better).tolist():
            texts[int(open_rows[place])] = written[place * candidates + int(winner[place])]
    return Found(decoder.full(best, everyone).numpy(), before, now)


@dataclass(frozen=True)
class _Decoder:
    """Decodes codes and measures the attributes of the results."""

    trained: Trained
    space: AttributeSpace
    starts: Starts
    check: Check

    def full(self, z: NDArray[np.float32], rows: NDArray[np.int64]) -> torch.Tensor:
        """Complete codes [n, dims] from the moved parts ``z`` (summaries, if there are any) of ``rows``."""
        moved, layout = torch.from_numpy(np.ascontiguousarray(z)), self.trained.network.layout
        if not layout.summary:
            return moved
        whole = torch.from_numpy(np.asarray(self.starts.codes, np.float32))
        return torch.cat([layout.around(whole[row], one[None]) for row, one in zip(rows.tolist(), moved, strict=True)])

    def __call__(self, z: NDArray[np.float32], rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], list[list[int]]]:
        """The attributes [n, A] and token ids that the codes ``z`` of ``rows`` decode to."""
        network, starts = self.trained.network, self.starts
        found, written = [np.zeros((0, len(self.space.attributes)))], list[list[int]]()
        for start in range(0, len(z), _ROWS):
            own = rows[start : start + _ROWS]
            request = Request(
                segments=[starts.segments[row] for row in own],
                prefix=[starts.prefix[row] for row in own] if starts.prefix is not None else None,
                forbid=starts.forbid,
                sizes=self.trained.sizes,
                lineup=self.trained.lineup,
                longest=network.spec.longest + 1,  # longer than any training sequence is not worth the time
                automaton=self.trained.lexicon,
                check=self.check,
            )
            ids = decode(network, self.full(z[start : start + _ROWS], own).to(network.advance.device), request)
            found.append(measured(self.trained, self.space, ids, self.check))
            written += ids
        return np.concatenate(found), written

    def exchanged(self, ids: list[int], goal: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float32]:
        """Changes of the code [n, dims] that exchange the interchangeable token (the key) of ``ids``, nearest to the goal first.

        The attributes after an exchange can be measured without decoding; the change is the difference of the posterior means.
        """
        network = self.trained.network
        known = set(self.trained.tokenizer.layout.interchangeable.tolist())
        at = next((place for place, token in enumerate(ids) if token in known), None)
        if at is None:
            return np.zeros((0, network.latent_dims), np.float32)
        others = [[*ids[:at], token, *ids[at + 1 :]] for token in sorted(known - {ids[at]})]
        found = measured(self.trained, self.space, [ids, *others], self.check)
        scores = (weight * (found - goal) ** 2).sum(1)
        order = [int(row) for row in np.argsort(scores[1:], kind="stable")[:_EXCHANGES] if scores[1 + row] < scores[0] - _ENOUGH]
        if not order:
            return np.zeros((0, network.latent_dims), np.float32)
        means, _ = encode_all(network, [ids, *(others[row] for row in order)], check=self.check)
        return np.asarray(means[1:] - means[0], np.float32)


class _Proposer:
    """Proposes codes for one piece."""

    def __init__(
        self, space: AttributeSpace, used: NDArray[np.bool_], goal: NDArray[np.float64], weight: NDArray[np.float64]
    ) -> None:
        self.space, self.used, self.goal = space, used, goal
        self.blocks = blocks_of(used[None], space.block)[0]
        self.places = np.flatnonzero(self.blocks)
        # Donors are drawn by how near they are to the goal and how many of the same blocks they use (metre, length).
        off = (weight * (space.donor_values - goal) ** 2).sum(1)
        agree = (space.donor_blocks == self.blocks).mean(1)
        weights = -0.5 * off + 6.0 * agree
        weights = np.exp(weights - weights.max()) if len(weights) else weights
        self.probabilities = weights / weights.sum() if len(weights) else weights

    def __call__(
        self, start: NDArray[np.float32], now: NDArray[np.float64], count: int, rng: np.random.Generator
    ) -> NDArray[np.float32]:
        """Propose ``count`` codes [count, dims] from ``start`` [dims], whose attributes are ``now`` [A]."""
        space = self.space
        found = np.repeat(start[None], count, 0)
        if len(self.places) == 0:
            return found
        step = ((self.goal - now) @ space.directions) * self.used
        step = step / max(1e-9, float(np.linalg.norm(step))) * space.distance
        whole = len(self.blocks) == 1
        for row, kind in zip(found, rng.choice(_KINDS, count, p=_SHARES), strict=True):
            run = self._run(rng)
            if kind == 0:
                length = np.exp(rng.uniform(np.log(_SHORTEST), np.log(_LONGEST)))
                part = run if rng.random() < 0.3 else self.used
                row += (length * step * part).astype(np.float32)
            elif kind == 3 or len(self.probabilities) == 0:
                noise = (space.centre + space.spread * rng.standard_normal(len(row))).astype(np.float32)
                share = rng.uniform(0.05, 0.5) if whole else 1.0
                row += np.where(run, share * (noise - row), 0.0).astype(np.float32)
            else:
                donor = int(rng.choice(len(self.probabilities), p=self.probabilities))
                has = np.repeat(space.donor_blocks[donor], space.block) & self.used
                if kind == 1 and not whole:
                    row[:] = np.where(run & has, space.donors[donor], row)
                else:
                    share = rng.uniform(0.1, 0.7)
                    row += np.where(has, share * (space.donors[donor] - row), 0.0).astype(np.float32)
        return found

    def _run(self, rng: np.random.Generator) -> NDArray[np.bool_]:
        """The dimensions of a random run of adjacent blocks, bool [dims]."""
        length = min(len(self.places), int(rng.geometric(1 / 3 if rng.random() < 0.7 else 1 / 8)))
        first = int(rng.integers(0, len(self.places) - length + 1))
        run = np.zeros(len(self.blocks), bool)
        run[self.places[first : first + length]] = True
        return np.repeat(run, self.space.block) & self.used
