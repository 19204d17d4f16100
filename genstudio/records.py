"""Read JSON records that may come from anyone: within limits, and with checked types and ranges.

Other code does not use dictionaries from unknown files: a :class:`Record` returns only checked values. Errors are a ValueError with
a clause ("seed is no whole number in its range"), which the caller, who knows the file, puts into a sentence.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["LARGEST_SEED", "Record", "parse"]

LARGEST_SEED = 2**63 - 1
_MOST_VALUES = 1_500_000
_DEEPEST = 40
_MOST_DIGITS = 400


def parse(text: str | bytes, *, most: int, values: int = _MOST_VALUES) -> Any:
    """Parse a JSON text of at most ``most`` characters and about ``values`` values, which must not be deeply nested.

    The values are counted before parsing, as a text of brackets becomes twenty times as large in memory.

    Raises:
        ValueError: it is not JSON, or beyond these limits.
    """
    if len(text) > most:
        raise ValueError(f"it is longer than {most:,} characters")
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    opened = text.count("[") + text.count("{")
    if opened + text.count(",") > values:
        raise ValueError(f"it holds more than {values:,} values")
    try:
        found = json.loads(text, parse_int=_whole, parse_constant=_constant)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if opened > _DEEPEST:
        _check_depth(found)
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits")
    return int(digits)


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(_DEEPEST):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        if not inner:
            return
        level = inner
    raise ValueError("it is nested too deeply")


class Record:
    """A JSON object whose values are read by name with their type and range; ``what`` is its name in errors, "" for none."""

    def __init__(self, value: Any, what: str = "") -> None:
        """Check that the value is an object.

        Raises:
            ValueError: ``value`` is not an object.
        """
        if not isinstance(value, Mapping):
            raise ValueError(f"{what or 'it'} is no object")
        self.values = value
        self._what = f"{what}." if what else ""

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def _of(self, name: str) -> Any:
        if name not in self.values:
            raise ValueError(f"{self._what}{name} is missing")
        return self.values[name]

    def text(self, name: str, most: int = 1_000_000) -> str:
        """A text of at most ``most`` characters."""
        return _text(self._of(name), self._what + name, most)

    def whole(self, name: str, low: int = 0, high: int = LARGEST_SEED) -> int:
        """An integer from ``low`` to ``high``."""
        return _number(self._of(name), self._what + name, low, high)

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number from ``low`` to ``high``; integers stay integers."""
        value: Any = self._of(name)
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high
        if not fits or (isinstance(value, float) and not math.isfinite(value)):
            raise ValueError(f"{self._what}{name} is no number in its range")
        found: float = value
        return found

    def flag(self, name: str) -> bool:
        """True or False."""
        value = self._of(name)
        if not isinstance(value, bool):
            raise ValueError(f"{self._what}{name} is neither true nor false")
        return value

    def object(self, name: str) -> dict[str, Any]:
        """An object; its values are not checked."""
        value = self._of(name)
        if not isinstance(value, Mapping):
            raise ValueError(f"{self._what}{name} is no object")
        return dict(value)

    def array(self, name: str, most: int = _MOST_VALUES) -> list[Any]:
        """A list of at most ``most`` values, which are not checked."""
        return _array(self._of(name), self._what + name, most)

    def objects(self, name: str, most: int = _MOST_VALUES) -> list[dict[str, Any]]:
        """A list of objects."""
        found = self.array(name, most)
        if not all(isinstance(one, Mapping) for one in found):
            raise ValueError(f"{self._what}{name} holds what is no object")
        return [dict(one) for one in found]

    def texts(self, name: str, most: int = _MOST_VALUES, longest: int = 1_000_000) -> list[str]:
        """A list of texts, each of at most ``longest`` characters."""
        return [_text(one, self._what + name, longest) for one in self.array(name, most)]

    def wholes(self, name: str, low: int, high: int, most: int = _MOST_VALUES) -> list[int]:
        """A list of integers."""
        return [_number(one, self._what + name, low, high) for one in self.array(name, most)]

    def tables(self, name: str, low: int, high: int, most: int = _MOST_VALUES, longest: int = 100_000) -> list[list[int]]:
        """A list of lists of integers."""
        what = self._what + name
        return [[_number(one, what, low, high) for one in _array(row, what, longest)] for row in self.array(name, most)]


def _text(value: Any, what: str, most: int) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{what} is no text")
    if len(value) > most:
        raise ValueError(f"{what} is longer than {most:,} characters")
    return value


def _number(value: Any, what: str, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{what} is no whole number in its range")
    return value


def _array(value: Any, what: str, most: int) -> list[Any]:
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        raise ValueError(f"{what} is no list")
    if len(value) > most:
        raise ValueError(f"{what} has more than {most:,} entries")
    return list(value)
