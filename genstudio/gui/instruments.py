"""The General MIDI instruments by family, and the kits of drums, in the language of the window.

Numbers are from 1, as people and the settings count.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

__all__ = ["families", "instrument_name", "kit_name", "kits"]

# Spelled out, so that the tool that collects strings finds them; in the order of General MIDI, eight to a family.
_FAMILIES = (
    QT_TRANSLATE_NOOP("Instruments", "Piano"),
    QT_TRANSLATE_NOOP("Instruments", "Chromatic percussion"),
    QT_TRANSLATE_NOOP("Instruments", "Organ"),
    QT_TRANSLATE_NOOP("Instruments", "Guitar"),
    QT_TRANSLATE_NOOP("Instruments", "Bass"),
    QT_TRANSLATE_NOOP("Instruments", "Strings"),
    QT_TRANSLATE_NOOP("Instruments", "Ensemble"),
    QT_TRANSLATE_NOOP("Instruments", "Brass"),
    QT_TRANSLATE_NOOP("Instruments", "Reed"),
    QT_TRANSLATE_NOOP("Instruments", "Pipe"),
    QT_TRANSLATE_NOOP("Instruments", "Synth lead"),
    QT_TRANSLATE_NOOP("Instruments", "Synth pad"),
    QT_TRANSLATE_NOOP("Instruments", "Synth effects"),
    QT_TRANSLATE_NOOP("Instruments", "World"),
    QT_TRANSLATE_NOOP("Instruments", "Percussive"),
    QT_TRANSLATE_NOOP("Instruments", "Sound effects"),
)


def instrument_name(number: int) -> str:
    """The name of a General MIDI instrument, 1 .. 128."""
    from genstudio.rendering import instruments

    return QCoreApplication.translate("Instruments", instruments.instrument_name(number - 1))


def families() -> list[tuple[str, range]]:
    """The families with the numbers of their instruments."""
    names = (QCoreApplication.translate("Instruments", str(family)) for family in _FAMILIES)
    return [(name, range(8 * place + 1, 8 * place + 9)) for place, name in enumerate(names)]


def kits() -> list[int]:
    """The numbers of the kits of drums."""
    from genstudio.rendering import instruments

    return [program + 1 for program in instruments.KITS]


def kit_name(number: int) -> str:
    """The name of a kit of drums, 1 .. 128; one that is not known sounds as the standard kit."""
    from genstudio.rendering import instruments

    return QCoreApplication.translate("Instruments", instruments.instrument_name(number - 1, pitched=False))
