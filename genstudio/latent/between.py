"""The path from one piece to another, and the square between four, any point of which can be decoded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.errors import ConfigError
from genstudio.generation.choosing import between, chooses
from genstudio.generation.paths import check_method, point
from genstudio.generation.places import between_corners
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.holding import check_hold, held_of, held_prefix
from genstudio.latent.inputs import as_it_is, ends_of, one_or_whole, texts
from genstudio.latent.pieces import Pieces
from genstudio.latent.plan import Asked, Plan, carry_out
from genstudio.latent.sources import name_of
from genstudio.progress import Stop

__all__ = ["Square", "Way", "method_for"]

_CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))  # a, b, c and d


def method_for(model: Codec, method: str) -> str:
    """The interpolation method that is used for the codes of a model, see :func:`point`.

    Raises:
        ConfigError: the method is unknown.
    """
    check_method(method)
    return "wave" if method == "details" and not model.network.layout.summary else method


class Way:
    """The path from one piece to another: its ends are read and encoded once, and any point between them can be decoded.

    At temperature 0 a point is decoded independently of all others, so :meth:`at` gives the same pieces as the operation
    "interpolate". If that chooses among several decodings of a point (:func:`~genstudio.generation.choosing.chooses`), :meth:`at`
    gives the greedy one.
    """

    def __init__(self, model: Codec, a: Any, b: Any, method: str, options: DecodingOptions) -> None:
        """See :meth:`genstudio.latent.model.Model.way`."""
        method = method_for(model, method)
        check_hold(model, options)
        self._model, self.method, self._options = model, method, options
        self._first, remarks = one_or_whole(model, a, options)
        self._last, more = one_or_whole(model, b, options)
        self._remarks = [*remarks, *more]
        first, last = self._first, self._last
        if model.domain.to_symbols(first.piece) == model.domain.to_symbols(last.piece):
            self._remarks.append("both ends are the same piece, so every step between them is its reconstruction.")
        self._names = [name_of(a, first.piece), name_of(b, last.piece)]
        self._from, self._to = model.encode(first.phrases), model.encode(last.phrases)
        self._opening, self._forbid = held_prefix(model, first.phrases, options, others=last.phrases)
        self._following, _ = held_prefix(model, first.phrases, options, [True] * len(first.phrases), last.phrases)
        self._held = held_of(model, first.piece, self._from[0], options)
        self._begin, self._end = ([model.bars(phrase) for phrase in song.phrases] for song in (first, last))

    def _goals(self, places: Sequence[tuple[int, int, float]], codes: Sequence[Tensor]) -> dict[int, NDArray[np.float64]]:
        """The features that each point should have, for those with blank details."""
        first, last = self._first.phrases, self._last.phrases
        return {
            row: between(self._model.domain, [first[i], last[j]], [1 - t, t])
            for row, ((i, j, t), code) in enumerate(zip(places, codes, strict=True))
            if bool(code.isnan().any())
        }

    def at(self, *ts: float, stop: Stop | None = None) -> Pieces:
        """Decode the points at ``ts``, from 0 (a) to 1 (b).

        Raises:
            ConfigError: there are no points, or one is out of range.
        """
        for t in ts or (-1.0,):
            if not 0.0 <= t <= 1.0:
                raise ConfigError("the place is {t:g}; expected 0 (the first piece) to 1 (the second).", t=t)
        return self.decode(ts, "morph", {"ts": list(ts), "method": self.method}, stop)

    def decode(self, ts: Sequence[float], operation: str, settings: Mapping[str, Any], stop: Stop | None = None) -> Pieces:
        """Decode the points at ``ts`` as the pieces of one job of the operation."""
        model, first, last, begin, end = self._model, self._first, self._last, self._begin, self._end
        codes, segments, places, joins = [], [], [], []
        prefix: list[list[int]] = []
        for t in ts:
            count = round((1 - t) * len(begin) + t * len(end))
            joins.append(count)
            for k in range(count):
                i, j = k % len(begin), k % len(end)
                header = self._following if k else self._opening
                prefix.append(list(header[i]) if header is not None else [])
                segments.append(round((1 - t) * begin[i] + t * end[j]))
                places.append((i, j, t))
                # Silence has no code: the code of the other phrase is used, and silence is written in the half of the path next
                # to it.
                silent = first.silent[i] if t < 0.5 else last.silent[j]
                if silent:
                    near = first.phrases[i] if t < 0.5 else last.phrases[j]
                    segments[-1] = begin[i] if t < 0.5 else end[j]
                    as_it_is(model, near, prefix, len(prefix) - 1)
                if first.silent[i] or last.silent[j]:
                    codes.append(self._to[j] if first.silent[i] else self._from[i])
                else:
                    codes.append(point(self._from[i], self._to[j], t, self.method, model.network.layout))

        def metadata(row: int, piece: Any) -> Any:
            i, j, t = places[row]
            return model.domain.with_metadata_between(piece, first.phrases[i], last.phrases[j], t)

        several = any(count > 1 for count in joins)
        plan = Plan(
            torch.stack(codes),
            metadata,
            Decoding(
                segments=segments,
                prefix=prefix if any(prefix) else None,
                forbid=self._forbid,
                known=texts([*first.phrases, *last.phrases]),
                joins=joins if several else None,
            ),
            titles=[(first if t < 0.5 else last).piece.title for t in ts] if several else None,
            exact={index: (last if t else first).piece for index, t in enumerate(ts) if t in (0.0, 1.0)},
            goals=self._goals(places, codes) if operation != "morph" and chooses(model.network, model.domain) else {},
        )
        plan = plan if self._held is None else self._held.plan(model, plan)
        return carry_out(model, Asked(operation, self._options, settings, self._names, self._remarks), plan, stop=stop)


class Square:
    """The square between four pieces: they are read and encoded once, and any point between them can be decoded.

    A point is (u, v), from left to right and from top to bottom, each from 0 to 1. The corners are the pieces themselves: the first
    top left, the second top right, the third bottom left, the fourth bottom right.
    """

    def __init__(self, model: Codec, four: Sequence[Any], options: DecodingOptions) -> None:
        """See :meth:`genstudio.latent.model.Model.square`."""
        self._model, self._options = model, options
        self._ends = ends_of(model, four, options, "blend")

    def at(self, *places: tuple[float, float], stop: Stop | None = None) -> Pieces:
        """Decode points, each as it is at temperature 0 whatever other points there are.

        Raises:
            ConfigError: there are no points, or one is out of range.
        """
        for u, v in places or ((-1.0, -1.0),):
            if not (0.0 <= u <= 1.0 and 0.0 <= v <= 1.0):
                raise ConfigError("the place is {u:g}, {v:g}; expected two numbers from 0 to 1.", u=u, v=v)
        return self.decode(places, {"places": [list(place) for place in places]}, stop=stop)

    def decode(
        self, places: Sequence[tuple[float, float]], settings: Mapping[str, Any], *, stop: Stop | None, choosing: bool = False
    ) -> Pieces:
        """Decode points as the pieces of one job; ``choosing``: each the best of several, for a model that needs that."""
        model, ends = self._model, self._ends
        (a, b, c, d), bars = ends.pieces, ends.bars
        shares = [((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v) for u, v in places]
        goals = {
            row: between(model.domain, ends.pieces, list(share))
            for row, share in enumerate(shares)
            if choosing and places[row] not in _CORNERS and chooses(model.network, model.domain)
        }

        def metadata(row: int, piece: Any) -> Any:
            u, v = places[row]
            mixed = model.domain.with_metadata_between
            return mixed(piece, mixed(piece, a, b, u), mixed(piece, c, d, u), v)

        segments = [round((1 - v) * ((1 - u) * bars[0] + u * bars[1]) + v * ((1 - u) * bars[2] + u * bars[3])) for u, v in places]
        plan = Plan(
            torch.stack([between_corners(list(ends.codes), u, v, model.network.layout) for u, v in places]),
            metadata,
            ends.decoding(segments),
            exact={row: ends.pieces[_CORNERS.index(place)] for row, place in enumerate(places) if place in _CORNERS},
            goals=goals,
        )
        return ends.carry_out(model, ends.asked("blend", self._options, **settings), plan, stop)
