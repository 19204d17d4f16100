"""How much a model keeps of a piece, in words: the same ones wherever it is told."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from genstudio.domains import Kept

__all__ = ["words_of_kept"]

translate = QCoreApplication.translate


def words_of_kept(kept: Kept) -> str:
    """A few words and a number: "kept 29 of 31 notes"."""
    if kept.exact:
        return translate("Kept", "The model keeps it whole")
    if kept.kept == kept.of and not kept.added:
        said = {
            "note": translate("Kept", "The model keeps all {of} notes, but not the key or the metre"),
            "hit": translate("Kept", "The model keeps all {of} hits, but not how loud or how early each is"),
        }.get(kept.part, translate("Kept", "The model keeps all {of} words, but not the marks between them"))
        return said.format(of=kept.of)
    patterns = {
        "note": translate("Kept", "The model keeps {kept} of {of} notes"),
        "hit": translate("Kept", "The model keeps {kept} of {of} hits"),
        "word": translate("Kept", "The model keeps {kept} of {of} words"),
        "character": translate("Kept", "The model keeps {kept} of {of} characters"),
    }
    said = patterns.get(kept.part, translate("Kept", "The model keeps {kept} of {of} parts")).format(kept=kept.kept, of=kept.of)
    return translate("Kept", "{kept}, and adds {count}").format(kept=said, count=kept.added) if kept.added else said
