"""What a model may know of each token: where segments begin and how far a token moves within one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.errors import TokenizerError

__all__ = ["Layout"]

_LARGEST_ADVANCE = 2**31 - 1


@dataclass(frozen=True, eq=False)
class Layout:
    """The layout of a vocabulary of V tokens.

    separator: the id of the token that begins a segment (a bar); -1 where sequences have one segment only.
    advance: int32 [V], how far each token moves within its segment, in the domain's unit; 0 for control tokens.
    interchangeable: int32 [K], ids of which any may stand for any other (keys).
    phases: positions within a segment are clipped to ``0 .. phases - 1``.
    """

    separator: int
    advance: NDArray[np.int32]
    interchangeable: NDArray[np.int32]
    phases: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.separator, self.phases, self.advance.tobytes(), self.interchangeable.tobytes()))

    def to_json(self) -> dict[str, Any]:
        """The layout as plain JSON values."""
        return {
            "separator": int(self.separator),
            "advance": [int(value) for value in self.advance],
            "interchangeable": [int(value) for value in self.interchangeable],
            "phases": int(self.phases),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any], vocab_size: int) -> Layout:
        """The layout in ``value``, checked against a vocabulary of ``vocab_size`` tokens.

        Raises:
            TokenizerError: a field is missing, of the wrong type or out of range.
        """
        try:
            separator, phases = value["separator"], value["phases"]
            advance, interchangeable = value["advance"], value["interchangeable"]
        except (KeyError, TypeError) as error:
            raise TokenizerError("the tokenizer's layout lacks {reason}; it may be damaged.", reason=error) from error
        if not _whole(separator, -1, vocab_size - 1) or not _whole(phases, 1, 1 << 20):
            raise TokenizerError("the tokenizer's layout has a separator or phases out of range; it may be damaged.")
        if not _wholes(advance, 0, _LARGEST_ADVANCE) or len(advance) != vocab_size:
            raise TokenizerError(f"the tokenizer's layout should give {vocab_size} advances; it may be damaged.")
        if not _wholes(interchangeable, 0, vocab_size - 1):
            raise TokenizerError("the tokenizer's layout names tokens that do not exist; it may be damaged.")
        return cls(separator, np.asarray(advance, np.int32), np.asarray(interchangeable, np.int32), phases)


def _whole(value: object, lowest: int, highest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _wholes(values: object, lowest: int, highest: int) -> bool:
    return isinstance(values, list) and all(_whole(value, lowest, highest) for value in values)
