"""How codes become pieces: the options of the decoder, and how decoded rows are cut and joined."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import Drawing

__all__ = ["Decoding"]

_ALWAYS = ("seed", "temperature", "top_p")  # recorded in every job; a newer setting only where it is not the default


@dataclass(frozen=True)
class Decoding(Drawing):
    """How codes [rows, dims] are decoded. All values are JSON values; a job records those that are given, in this order.

    Attributes:
        seed: seed of the random numbers.
        segments: the number of bars of each row.
        words: the number of words of each row, where the model has no bars.
        prefix: token ids that each row begins with, -1 where the model is free.
        parts: the first and the last bar of each row that are used, from 1; None: all of it.
        around: for each row the symbols that are joined to it before and after, "" for none.
        bars: for each row the bars that replace the decoded ones: pairs of the number of the first of them and their symbols.
        contents: for each row the token ids of each of its segments, see :class:`genstudio.decoding.Request`.
        beyond: the smallest number of tokens after a prefix.
        forbid: token ids that are written only in a prefix.
        known: texts whose words may be written besides those of the training data; None, or a model without known words: any words.
        best_of: how often each row is decoded at random; the likeliest decoding is kept.
        joins: for each piece the number of consecutive rows that are joined to it; None: every row is a piece.
        exact: for each piece the symbols that replace it, None for those that stay as decoded.
        rhythm: the pattern in which all rows are written, see :mod:`genstudio.decoding.rhythm`.
    """

    seed: int = 0
    segments: Sequence[int] | None = None
    words: Sequence[int] | None = None
    prefix: Sequence[Sequence[int]] | None = None
    parts: Sequence[Sequence[int]] | None = None
    around: Sequence[Sequence[str]] | None = None
    bars: Sequence[Sequence[Sequence[Any]]] | None = None
    contents: Sequence[Sequence[Sequence[int]]] | None = None
    beyond: int = 0
    forbid: Sequence[int] = ()
    known: Sequence[str] | None = None
    best_of: int = 1
    joins: Sequence[int] | None = None
    exact: Sequence[str | None] | None = None
    rhythm: str | None = None

    def of(self, rows: Sequence[int]) -> Decoding:
        """The same for some of the rows, without joining them."""
        from genstudio.provenance import BY_ROW  # late: it needs numpy, which commands without a model do not load

        by_row = {name: values for name in BY_ROW if (values := getattr(self, name)) is not None}
        some: dict[str, Any] = {name: [values[row] for row in rows] for name, values in by_row.items()}
        return dataclasses.replace(self, **some, joins=None, exact=None)

    def given(self) -> dict[str, Any]:
        """The values that a job records: those that differ from the defaults."""
        values = {item.name: (getattr(self, item.name), item.default) for item in dataclasses.fields(self)}
        empty = ("beyond", "forbid")  # for these an empty value is the default
        return {
            name: value
            for name, (value, default) in values.items()
            if name in _ALWAYS or (value != default and (value or name not in empty))
        }
