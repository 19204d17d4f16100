"""The layout of a vocabulary: which token begins a segment, and how far each token advances within its segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from genstudio.config import MOST_TOKENS
from genstudio.errors import TokenizerError

__all__ = ["Layout", "LayoutFacts"]

_LARGEST_ADVANCE = 2**31 - 1


class LayoutFacts(TypedDict):
    """A layout in JSON."""

    separator: Annotated[int, Meta(ge=-1, lt=MOST_TOKENS)]
    advance: list[Annotated[int, Meta(ge=0, le=_LARGEST_ADVANCE)]]
    interchangeable: list[Annotated[int, Meta(ge=0, lt=MOST_TOKENS)]]
    phases: Annotated[int, Meta(ge=1, le=65536)]


@dataclass(frozen=True, eq=False)
class Layout:
    """The layout of a vocabulary of V tokens.

    Attributes:
        separator: id of the token that begins a segment (bar); -1 where sequences have only one segment.
        advance: int32 [V], how far each token moves within its segment, in the unit of the domain; 0 for control tokens.
        interchangeable: int32 [K], ids of tokens any of which may be replaced by another (keys).
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

    def to_json(self) -> LayoutFacts:
        """The layout as plain JSON values."""
        return {
            "separator": int(self.separator),
            "advance": [int(value) for value in self.advance],
            "interchangeable": [int(value) for value in self.interchangeable],
            "phases": int(self.phases),
        }

    @classmethod
    def from_json(cls, value: LayoutFacts, vocab_size: int) -> Layout:
        """Read a layout from JSON, and check it against a vocabulary of ``vocab_size`` tokens.

        Raises:
            TokenizerError: a value is out of range.
        """
        separator, advance, interchangeable = value["separator"], value["advance"], value["interchangeable"]
        if separator >= vocab_size:
            raise TokenizerError("the tokenizer's layout has a separator out of range; it may be damaged.")
        if len(advance) != vocab_size:
            raise TokenizerError("the tokenizer's layout should give {count} advances; it may be damaged.", count=vocab_size)
        if max(interchangeable, default=0) >= vocab_size:
            raise TokenizerError("the tokenizer's layout names tokens that do not exist; it may be damaged.")
        return cls(separator, np.asarray(advance, np.int32), np.asarray(interchangeable, np.int32), value["phases"])
