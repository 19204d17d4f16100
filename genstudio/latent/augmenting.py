"""New pieces for classes that have few: varied from theirs, or between two of theirs, and unlike all that is there.

A candidate is decoded from a code near that of a piece of the class (*vary*: in a random direction, see
:mod:`genstudio.generation.places`) or on the path to another piece of the class (*between*: see :mod:`genstudio.generation.paths`).
It is kept if

* it has a part (a word, a note) at all, and is no near duplicate of any piece or kept candidate of any class
  (:mod:`genstudio.evaluation.near`), and
* it still belongs to its class: of all classes, its own is the likeliest (:class:`Belonging`). This is asked only where the codes
  of the known pieces tell their classes better than their parts do (:func:`codes_know_more`).

Ways to make examples from a model and to keep those that a classifier of the few true ones agrees with: V. Kumar, A. Choudhary,
E. Cho, Data augmentation using pre-trained transformer models, 2020; A. Anaby-Tavor et al., Do not have enough data? Deep learning
to the rescue!, AAAI 2020.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.decoding import AT_ONCE
from genstudio.evaluation.near import Near
from genstudio.generation.paths import point
from genstudio.latent.between import method_for
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.inputs import texts
from genstudio.latent.operations.vary import moved
from genstudio.latent.sources import phrase_of
from genstudio.models.encoding import encode_all
from genstudio.progress import Monitor

__all__ = ["LEAST", "WAYS", "Belonging", "Made", "augmented", "codes_know_more"]

WAYS = ("both", "vary", "between")
"""How new pieces are made; "both" takes turns."""

LEAST = 0.1
"""The smallest amount that is drawn: below it pieces come out unchanged."""

_FRUITLESS = 4  # batches of a class, one after the other, of which nothing was kept: then no more is expected
_MOST = 40  # candidates for each piece that is wanted
_FOLDS = 5
_UNSEEN = 0.5  # what is added to the number of each part in each class
_SHARP, _WORDS = 6.0, 0.3  # turn the scores of codes into log-likelihoods; the weight of the log-likelihood of the parts


@dataclass(frozen=True)
class Made:
    """A new piece.

    Attributes:
        piece: the piece.
        label: its class.
        source: number of the piece that it was made from.
        mate: number of the piece that it lies towards; None where it was varied.
        amount: how far from the source: see :class:`genstudio.config.OperationOptions`; the place (0 to 1) on the way to the mate.
        seed: of the direction.
    """

    piece: Any
    label: str
    source: int
    mate: int | None
    amount: float
    seed: int


class Belonging:
    """To which class a piece belongs, by its code and by its parts.

    The code is judged by regularised least squares (ridge regression; R. Rifkin, A. Klautau, In defense of one-vs-all
    classification, JMLR 5, 2004), the parts (words, notes) by naive Bayes (A. McCallum, K. Nigam, A comparison of event models for
    naive Bayes text classification, AAAI workshop, 1998). A code knows the form of a text better than its subject, and words the
    other way round.
    Every class has the same weight.

    Args:
        codes: float [pieces, dims], those of known pieces.
        parts: the parts of each, as strings of one character for each part.
        labels: of each.
    """

    def __init__(self, codes: NDArray[Any], parts: Sequence[str], labels: Sequence[str]) -> None:
        self.classes = sorted(set(labels))
        row = np.array([self.classes.index(label) for label in labels])
        weight = (1.0 / np.bincount(row, minlength=len(self.classes)))[row]
        weight *= len(row) / weight.sum()
        codes = codes.astype(np.float64)
        self._mean = np.average(codes, 0, weight)
        self._scale = np.sqrt(np.average((codes - self._mean) ** 2, 0, weight)) + 1e-6
        known = (codes - self._mean) / self._scale
        target = (row[:, None] == np.arange(len(self.classes))).astype(np.float64) - 1.0 / len(self.classes)
        within = known.T @ (known * weight[:, None]) + len(row) * np.eye(codes.shape[1])
        self._matrix = np.linalg.solve(within, known.T @ (target * weight[:, None]))
        counts: list[Counter[str]] = [Counter() for _ in self.classes]
        for at, one in zip(row.tolist(), parts, strict=True):
            counts[at].update(one)
        kinds = len(set().union(*counts))
        totals = np.array([sum(one.values()) for one in counts]) + _UNSEEN * max(1, kinds)
        # The logarithm of the probability of each part in each class; "" stands for a part that was never seen.
        self._likely = {
            part: np.log((np.array([one[part] for one in counts]) + _UNSEEN) / totals) for part in {*set().union(*counts), ""}
        }

    def of(self, codes: NDArray[Any] | None, parts: Sequence[str]) -> list[str]:
        """The likeliest class of each piece, given as codes (None: these are not asked) and parts ("": these say nothing)."""
        scores = np.zeros((len(parts), len(self.classes)))
        if codes is not None:
            scores += _SHARP * ((codes.astype(np.float64) - self._mean) / self._scale @ self._matrix)
        for at, one in enumerate(parts):
            scores[at] += _WORDS * sum((self._likely.get(part, self._likely[""]) for part in one), np.zeros(len(self.classes)))
        return [self.classes[at] for at in scores.argmax(1).tolist()]


def codes_know_more(codes: NDArray[Any], parts: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether codes tell the classes of pieces better than their parts do, by cross-validation in five folds.

    If they do not (the subject of a text shows in its words), a judgement by codes would keep the wrong candidates.
    """
    order = np.random.default_rng(0).permutation(len(labels))
    by_codes = by_parts = 0
    for fold in range(_FOLDS):
        test = order[fold::_FOLDS].tolist()
        learn = np.setdiff1d(order, test).tolist()
        if not test or not learn:
            continue
        belonging = Belonging(codes[learn], [parts[at] for at in learn], [labels[at] for at in learn])
        true = [labels[at] for at in test]
        by_codes += sum(a == b for a, b in zip(belonging.of(codes[test], [""] * len(test)), true, strict=True))
        by_parts += sum(a == b for a, b in zip(belonging.of(None, [parts[at] for at in test]), true, strict=True))
    return by_codes > by_parts


@dataclass(frozen=True)
class _Planned:
    """A candidate: its code, and how it came about."""

    code: Tensor
    source: int
    mate: int | None
    amount: float
    seed: int


def augmented(
    model: Codec,
    pieces: Sequence[Any],
    labels: Sequence[str],
    wanted: Mapping[str, int],
    *,
    way: str = WAYS[0],
    amount: float = 0.3,
    apart: float = 0.1,
    agree: bool = True,
    seed: int = 0,
    decode: Callable[[Callable[[], list[Any]]], list[Any]] = lambda make: make(),
    monitor: Monitor = Monitor(),
) -> tuple[list[Made], list[str]]:
    """Make new pieces of classes.

    Args:
        model: a model with a latent space.
        pieces: the known pieces of all classes.
        labels: the class of each.
        wanted: how many new pieces each class shall get.
        way: one of :data:`WAYS`.
        amount: the largest amount by which pieces are varied; that of each candidate is drawn between :data:`LEAST` and it.
        apart: a candidate at this distance or less from another piece is a near duplicate.
        agree: whether candidates that do not belong to their class are left out.
        seed: of all random numbers.
        decode: is given a function that decodes a batch, and returns what it returns: a caller can keep this, and give it back
            when an interrupted call is made again.
        monitor: receives progress, and may stop.

    Returns:
        The new pieces, class after class in the order of ``wanted``, and remarks on the phrases that were taken of the pieces.
    """
    maker = _Maker(model, pieces, labels, way, amount, seed, monitor)
    near = Near(model.domain)
    for phrase, label in zip(maker.phrases, labels, strict=True):
        near.add(phrase, label)
    belonging = None
    if agree and len(set(labels)) > 1:
        parts = [near.written(phrase) for phrase in maker.phrases]
        if codes_know_more(maker.known, parts, labels):
            belonging = Belonging(maker.known, parts, labels)
    total = sum(wanted.values())
    done = monitor.counter("making", total)
    found: list[Made] = []
    for label, count in wanted.items():
        own: list[Made] = []
        fruitless = tried = 0
        candidates = maker.candidates(label)
        while len(own) < count and fruitless < _FRUITLESS and tried < _MOST * count + _FRUITLESS * AT_ONCE:
            monitor.check()
            done(len(found) + len(own))
            batch = [one for one, _ in zip(candidates, range(AT_ONCE), strict=False)]
            tried += len(batch)
            made = decode(lambda batch=batch: maker.decoded(batch))  # type: ignore[misc]
            fits = [True] * len(made)
            if belonging is not None:
                found_in = belonging.of(maker.codes_of(made), [near.written(piece) for piece in made])
                fits = [one == label for one in found_in]
            before = len(own)
            for planned, piece, fit in zip(batch, made, fits, strict=True):
                if fit and len(own) < count and any(one != "" for one in model.domain.parts(piece)) and not near.has(piece, apart):
                    near.add(piece, label)
                    own.append(maker.finished(piece, planned, label))
            fruitless = 0 if len(own) > before else fruitless + 1
        found += own
    done(len(found))
    return found, maker.remarks


class _Maker:
    """Makes candidates from known pieces."""

    def __init__(
        self, model: Codec, pieces: Sequence[Any], labels: Sequence[str], way: str, amount: float, seed: int, monitor: Monitor
    ) -> None:
        model.need_codes()
        self._model, self._way, self._amount, self._seed = model, way, amount, seed
        taken = [phrase_of(model, piece, DecodingOptions()) for piece in pieces]
        self.phrases = [phrase for phrase, _ in taken]
        self.remarks = list(dict.fromkeys(text for _, more in taken for text in more))
        self._labels = labels
        self._method = method_for(model, "details")
        sequences = [np.asarray(model.ids(phrase), dtype=np.int64) for phrase in self.phrases]
        done = monitor.counter("encoding", len(sequences))
        means, used = encode_all(model.network, sequences, check=monitor.check, done=done)
        self._codes, self._used = torch.from_numpy(means), torch.from_numpy(used)
        self.known = self._summary(means)
        self._texts = texts(self.phrases)

    def _summary(self, codes: NDArray[Any]) -> NDArray[Any]:
        """What of codes says to which class a piece belongs."""
        return codes[:, : self._model.network.layout.summary or None]

    def codes_of(self, made: Sequence[Any]) -> NDArray[Any]:
        """The codes of decoded pieces, by which they are judged."""
        sequences = [np.asarray(self._model.ids(piece), dtype=np.int64) for piece in made]
        return self._summary(encode_all(self._model.network, sequences)[0])

    def candidates(self, label: str) -> Iterator[_Planned]:
        """Candidates of a class, without end: its pieces take turns."""
        own = [at for at, one in enumerate(self._labels) if one == label]
        words = np.frombuffer(label.encode("utf-8", "surrogatepass") or b"\0", np.uint8).tolist()
        rng = np.random.default_rng([self._seed, len(words), *words])
        layout, number = self._model.network.layout, 0
        while True:
            for source in rng.permutation(own).tolist():
                mates = [at for at in own if at != source]
                between = mates and (self._way == "between" or (self._way == "both" and number % 2 == 1))
                drawn = int(rng.integers(2**31))
                if between:
                    mate = mates[int(rng.integers(len(mates)))]
                    place = round(float(rng.uniform(0.25, 0.75)), 3)
                    code = point(self._codes[source], self._codes[mate], place, self._method, layout)
                    yield _Planned(code, source, mate, place, drawn)
                else:
                    far = round(float(rng.uniform(min(LEAST, self._amount), self._amount)), 3)
                    code = moved(self._model, self._codes[source], self._used[source], 1, far, drawn)[0]
                    yield _Planned(code, source, None, far, drawn)
                number += 1

    def decoded(self, batch: Sequence[_Planned]) -> list[Any]:
        """The pieces of candidates."""
        bars = [self._model.bars(self.phrases[one.source]) for one in batch]
        how = Decoding(segments=bars, known=self._texts if self._model.lexicon is not None else None)
        return self._model.decode(torch.stack([one.code for one in batch]), how)

    def finished(self, piece: Any, planned: _Planned, label: str) -> Made:
        """A decoded candidate, with the metadata of what it was made from."""
        source = self.phrases[planned.source]
        mate = source if planned.mate is None else self.phrases[planned.mate]
        place = 0.0 if planned.mate is None else planned.amount
        whole = self._model.domain.with_metadata_between(piece, source, mate, place)
        return Made(whole, label, planned.source, planned.mate, planned.amount, planned.seed)
