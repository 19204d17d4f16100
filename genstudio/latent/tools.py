"""How a window offers an operation: as a tool, with a name, what it makes, and the settings that the operation has.

The words are for musicians and writers and are translated by the window. A window offers every operation that has a tool; its
form is made from the options of the operation, those of decoding, and what can be held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as plain
from typing import Any, Literal

from genstudio.config import field

__all__ = ["Holding", "Tool"]


@dataclass(frozen=True)
class Tool:
    """How an operation is offered.

    Attributes:
        label: its name, a word or two.
        about: what it makes, in a few words.
        lead: a heading for it where nothing is made yet; ``{one}`` and ``{many}`` are what pieces are called.
        teach: a sentence below, how to begin.
        teach_text: the same for texts, where it differs.
        made: what a result is called; ``{title}`` of the first piece, ``{number}`` of the result, ``{seed}``.
        values: the values with which settings begin, where these are not the defaults of the operation.
        place: tools are in the order of this.
        needs: what pieces and model must have, words of :attr:`genstudio.latent.operations.base.Operation.settings`.
            The name of a kind of data among them (``Domain.kind``): it is offered for that alone.
        whole: all of a piece is meant, and not a phrase of it.
        writes: which parts of a score it writes: then it works on all of a score, however long.
    """

    label: str
    about: str
    lead: str
    teach: str
    made: str
    teach_text: str = ""
    values: Mapping[str, Any] = plain(default_factory=dict)
    place: int = 100
    needs: str = ""
    whole: bool = False
    writes: Literal["", "symbols", "parts"] = ""


@dataclass(frozen=True)
class Holding:
    """What of the first piece stays in all that is made; together these are ``hold`` of the decoding options."""

    key: bool = field(
        False, "Hold key", "All that is made stays in the key of A; one that A and B share stays anyway", needs="key"
    )
    metre: bool = field(
        False, "Hold metre", "All that is made stays in the metre of A; one that A and B share stays anyway", needs="metre"
    )
    bars: str = field("", "Hold bars", "Bars of A that stay as they are, such as 2 or 3-4", needs="bar details", hint="3-4")
    parts: str = field(
        "", "Hold parts", "Parts of A that stay as they are, by name or what they are for", needs="parts details",
        hint="melody, bass",
    )  # fmt: skip
    words: str = field(
        "", "Hold words", "Words of A that stay in all that is made, with commas between them", needs="word details"
    )
