"""What the tools of the Create page are called, and what is made with them: one word for each, wherever it is met."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

__all__ = ["operation_label", "tool_help", "tool_name", "tools_for"]

translate = QCoreApplication.translate


def tool_name(tool: str) -> str:
    """The name of a tool."""
    return {
        "interpolate": translate("Tools", "In between"),
        "blend": translate("Tools", "Mix four"),
        "sample": translate("Tools", "New"),
        "vary": translate("Tools", "Variations"),
        "shape": translate("Tools", "Change"),
        "continue": translate("Tools", "Go on"),
        "fill": translate("Tools", "Fill in"),
        "rhythm": translate("Tools", "Rhythm"),
        "harmonise": translate("Tools", "Add chords"),
        "accompany": translate("Tools", "Accompany"),
    }[tool]


def tool_help(tool: str) -> str:
    """What a tool makes, in a few words."""
    return {
        "interpolate": translate("Tools", "Everything between two pieces"),
        "blend": translate("Tools", "Everything between four pieces"),
        "sample": translate("Tools", "New pieces, like those that the model has learned from"),
        "vary": translate("Tools", "Neighbours of a piece, near or far"),
        "shape": translate("Tools", "A piece with more or less of something: notes, leaps, rests"),
        "continue": translate("Tools", "A piece that goes on"),
        "fill": translate("Tools", "New bars or words in a gap; what is around it stays"),
        "rhythm": translate("Tools", "The rhythm of A with the tune of B"),
        "harmonise": translate("Tools", "Chord symbols for a melody, whose notes stay as they are"),
        "accompany": translate("Tools", "Other parts for a melody: chords, a bass, more voices"),
    }[tool]


def tools_for(pitched: bool) -> tuple[str, ...]:
    """The tools that are offered at a piece, which has pitches or has none."""
    return ("vary", "shape", "continue", "fill", *(("harmonise", "accompany") if pitched else ()))


def operation_label(name: str) -> str:
    """What an operation is called in the window."""
    return {
        "accompany": translate("Operations", "Accompanied"),
        "analogy": translate("Operations", "Analogy"),
        "answer": translate("Operations", "Answered"),
        "blend": translate("Operations", "Mix of four"),
        "continue": translate("Operations", "Gone on"),
        "fill": translate("Operations", "Filled in"),
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
    }.get(name, name)
