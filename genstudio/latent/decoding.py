"""How rows of codes become pieces: what the decoder is asked for, and what is done with each row then."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import Drawing

__all__ = ["Decoding"]

_ALWAYS = ("seed", *(item.name for item in dataclasses.fields(Drawing)))


@dataclass(frozen=True)
class Decoding(Drawing):
    """What codes [rows, dims] are decoded with. All values are JSON values: a job keeps those that were given, in this order.

    Attributes:
        seed: of what is drawn.
        segments: the number of bars of each row.
        words: the number of words of each row, where the model has no bars.
        prefix: token ids that each row begins with, -1 where the model is free.
        parts: the first and the last bar of each row that are used, from 1; None: all of it.
        around: for each row the symbols of what comes before it and after it, "" for nothing; these are joined to it.
        bars: for each row the bars that stand in it whatever is decoded: of each stretch its first number and its symbols.
        beyond: how many tokens follow a prefix at least.
        forbid: token ids that are not written but in a prefix.
        known: only words of the training data are written, and of these texts; None, or a model that keeps none: any.
        best_of: how often each row is decoded, where that is random; the likeliest is kept.
        joins: how many rows in turn are joined to one piece, for each piece; None: every row is one.
        exact: for each piece the symbols that it is instead of what was decoded, None for those that are decoded.
        rhythm: symbols in whose rhythm all rows are written, see :mod:`genstudio.decoding.rhythm`.
    """

    seed: int = 0
    segments: Sequence[int] | None = None
    words: Sequence[int] | None = None
    prefix: Sequence[Sequence[int]] | None = None
    parts: Sequence[Sequence[int]] | None = None
    around: Sequence[Sequence[str]] | None = None
    bars: Sequence[Sequence[Sequence[Any]]] | None = None
    beyond: int = 0
    forbid: Sequence[int] = ()
    known: Sequence[str] | None = None
    best_of: int = 1
    joins: Sequence[int] | None = None
    exact: Sequence[str | None] | None = None
    rhythm: str | None = None

    def of(self, rows: Sequence[int]) -> Decoding:
        """The same for the rows of these numbers, each for itself."""
        from genstudio.provenance import BY_ROW  # late: it needs numpy, which commands without a model do not load

        by_row = {name: values for name in BY_ROW if (values := getattr(self, name)) is not None}
        some: dict[str, Any] = {name: [values[row] for row in rows] for name, values in by_row.items()}
        return dataclasses.replace(self, **some, joins=None, exact=None)

    def given(self) -> dict[str, Any]:
        """What is not the default, for a job."""
        values = {item.name: (getattr(self, item.name), item.default) for item in dataclasses.fields(self)}
        empty = ("beyond", "forbid")  # of these nothing is as good as none
        return {
            name: value
            for name, (value, default) in values.items()
            if name in _ALWAYS or (value != default and (value or name not in empty))
        }
