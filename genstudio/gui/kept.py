"""How much a model keeps of a piece, in words: the same ones wherever it is told."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from genstudio.domains import Kept

__all__ = ["words_of_kept"]

translate = QCoreApplication.translate


def words_of_kept(kept: Kept) -> str:
    """A few words and a number: "kept 29 of 31 notes"."""
    if kept.exact:
        return translate("Kept", "Kept whole")
    if kept.kept == kept.of and not kept.added:
        said = {
            "note": translate("Kept", "Kept all {of} notes, not the key or metre"),
            "hit": translate("Kept", "Kept all {of} hits, not their loudness and timing"),
        }.get(kept.part, translate("Kept", "Kept all {of} words, not the marks between them"))
        return said.format(of=kept.of)
    patterns = {
        "note": translate("Kept", "Kept {kept} of {of} notes"),
        "hit": translate("Kept", "Kept {kept} of {of} hits"),
        "word": translate("Kept", "Kept {kept} of {of} words"),
        "step": translate("Kept", "Kept {kept} of {of} steps as they are"),
        "character": translate("Kept", "Kept {kept} of {of} characters"),
    }
    said = patterns.get(kept.part, translate("Kept", "Kept {kept} of {of} parts")).format(kept=kept.kept, of=kept.of)
    return translate("Kept", "{kept}, and adds {count}").format(kept=said, count=kept.added) if kept.added else said
