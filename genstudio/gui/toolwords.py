"""The tools of the Create page: the operations that are offered in the window, and what they are called wherever they are met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from genstudio.domains import get_domain, names
from genstudio.latent.operations import OPERATIONS
from genstudio.latent.operations.base import Operation
from genstudio.latent.tools import Tool

__all__ = [
    "TOOLS", "ends_needed", "offered", "operation_label", "takes_whole", "tool_help", "tool_name", "tool_of", "tool_word",
    "tools_for", "writes", "writes_parts",
]  # fmt: skip


def tool_of(operation: Operation[Any]) -> Tool:
    """How an operation is offered that is."""
    assert operation.tool is not None
    return operation.tool


TOOLS: dict[str, Operation[Any]] = {
    one.name: one for one in sorted((one for one in OPERATIONS if one.tool is not None), key=lambda one: tool_of(one).place)
}
"""The operations that are offered, in the order in which they are."""


def tool_word(words: str) -> str:
    """Words of a tool, translated."""
    return QCoreApplication.translate("Tools", words)


def tool_name(tool: str) -> str:
    """The name of a tool."""
    return tool_word(tool_of(TOOLS[tool]).label)


def tool_help(tool: str) -> str:
    """What a tool makes, in a few words."""
    return tool_word(tool_of(TOOLS[tool]).about)


def ends_needed(tool: str) -> int:
    """How many ends a tool works on."""
    sources = TOOLS[tool].sources
    return 2 if any(one.many for one in sources) else len(sources)


def writes_parts(tool: str) -> bool:
    """Whether a tool writes parts of a score; then it works on all of it, however long."""
    return bool(tool_of(TOOLS[tool]).writes)


def writes(tool: str, parts: Sequence[str]) -> bool:
    """Whether a model whose parts have these roles can write what a tool of :func:`writes_parts` asks for."""
    if tool_of(TOOLS[tool]).writes == "symbols":
        return "symbols" in parts
    return len([role for role in parts if role != "symbols"]) > 1


def takes_whole(tool: str) -> bool:
    """Whether a tool works on all of a piece, however long, and not on a phrase of it."""
    return tool_of(TOOLS[tool]).whole or writes_parts(tool)


def offered(domain: str, *, parts: bool) -> tuple[str, ...]:
    """The tools for pieces of a domain.

    Args:
        parts: whether those are for them that write parts of a score.
    """
    known, kind = {get_domain(name).kind for name in names()}, get_domain(domain).kind
    needs = {tool: set(tool_of(TOOLS[tool]).needs.split()) for tool in TOOLS}
    return tuple(
        tool for tool in TOOLS
        if (parts or not writes_parts(tool)) and needs[tool] & known <= {kind} and (kind == "music" or "pitches" not in needs[tool])
    )  # fmt: skip


def tools_for(domain: str) -> tuple[str, ...]:
    """The tools that are offered at a piece of a domain."""
    return tuple(tool for tool in offered(domain, parts=get_domain(domain).pitched) if ends_needed(tool) == 1)


def operation_label(name: str) -> str:
    """What an operation is called in the window."""
    translate = QCoreApplication.translate
    known = {
        "accompany": translate("Operations", "Accompanied"),
        "anomalies": translate("Operations", "Unusual steps"),
        "analogy": translate("Operations", "Analogy"),
        "answer": translate("Operations", "Answered"),
        "blend": translate("Operations", "Mix of four"),
        "continue": translate("Operations", "Gone on"),
        "fill": translate("Operations", "Filled in"),
        "forecast": translate("Operations", "Forecast"),
        "harmonise": translate("Operations", "With chords"),
        "rhythm": translate("Operations", "Rhythm and tune"),
        "import": translate("Operations", "Your own"),
        "interpolate": translate("Operations", "In between"),
        "morph": translate("Operations", "In between"),
        "map": translate("Operations", "From the map"),
        "path": translate("Operations", "Path"),
        "reconstruct": translate("Operations", "Given back"),
        "sample": translate("Operations", "New"),
        "shape": translate("Operations", "Changed"),
        "vary": translate("Operations", "Variation"),
    }
    return known.get(name) or (tool_name(name) if name in TOOLS else name)
