"""Tempos as musicians tell them: in quarters a minute, in compound metres (6/8, 9/8, 12/8, 6/16 …) in dotted notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from genstudio.domains.music.time import TICKS, beat_ticks, is_compound

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["Counted", "counted_in"]

translate = QCoreApplication.translate


class Counted(NamedTuple):
    """The note that is counted in a metre. sign: how it is written. quarters: how long it is."""

    sign: str
    quarters: float

    def of(self, bpm: float) -> float:
        """So many of these notes a minute are ``bpm`` quarters a minute."""
        return bpm / self.quarters

    def told(self, bpm: float) -> str:
        """A tempo of ``bpm`` quarters a minute, as "♩. = 112"."""
        return f"{self.sign} = {self.of(bpm):.0f}"

    def said(self, bpm: float) -> str:
        """The same in words."""
        words = {
            "♩": translate("Roll", "{tempo} quarters a minute"),
            "♩.": translate("Roll", "{tempo} dotted quarters a minute"),
            "♪.": translate("Roll", "{tempo} dotted eighths a minute"),
        }
        return words[self.sign].format(tempo=f"{self.of(bpm):.0f}")


def counted_in(music: Music | tuple[int, int]) -> Counted:
    """What is counted in a metre, or at the beginning of a piece.

    >>> counted_in((6, 8)).told(168), counted_in((3, 4)).told(168), counted_in((9, 16)).told(90)
    ('♩. = 112', '♩ = 168', '♪. = 120')
    """
    numerator, denominator = music if isinstance(music, tuple) else music.metres[0][1:]
    sign = {8: "♩.", 16: "♪."}.get(denominator)
    if sign is None or not is_compound(numerator, denominator):
        return Counted("♩", 1.0)
    return Counted(sign, beat_ticks(numerator, denominator) / TICKS)
