"""The General MIDI instruments by family, the kits of drums and their voices, in the language of the window.

Source: General MIDI System Level 1, MIDI Manufacturers Association, 1991. Numbers are from 1, as people and the settings count.
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
_NAMES = (
    QT_TRANSLATE_NOOP("Instruments", "Acoustic Grand Piano"),
    QT_TRANSLATE_NOOP("Instruments", "Bright Acoustic Piano"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Grand Piano"),
    QT_TRANSLATE_NOOP("Instruments", "Honky-tonk Piano"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Piano 1"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Piano 2"),
    QT_TRANSLATE_NOOP("Instruments", "Harpsichord"),
    QT_TRANSLATE_NOOP("Instruments", "Clavinet"),
    QT_TRANSLATE_NOOP("Instruments", "Celesta"),
    QT_TRANSLATE_NOOP("Instruments", "Glockenspiel"),
    QT_TRANSLATE_NOOP("Instruments", "Music Box"),
    QT_TRANSLATE_NOOP("Instruments", "Vibraphone"),
    QT_TRANSLATE_NOOP("Instruments", "Marimba"),
    QT_TRANSLATE_NOOP("Instruments", "Xylophone"),
    QT_TRANSLATE_NOOP("Instruments", "Tubular Bells"),
    QT_TRANSLATE_NOOP("Instruments", "Dulcimer"),
    QT_TRANSLATE_NOOP("Instruments", "Drawbar Organ"),
    QT_TRANSLATE_NOOP("Instruments", "Percussive Organ"),
    QT_TRANSLATE_NOOP("Instruments", "Rock Organ"),
    QT_TRANSLATE_NOOP("Instruments", "Church Organ"),
    QT_TRANSLATE_NOOP("Instruments", "Reed Organ"),
    QT_TRANSLATE_NOOP("Instruments", "Accordion"),
    QT_TRANSLATE_NOOP("Instruments", "Harmonica"),
    QT_TRANSLATE_NOOP("Instruments", "Tango Accordion"),
    QT_TRANSLATE_NOOP("Instruments", "Acoustic Guitar (nylon)"),
    QT_TRANSLATE_NOOP("Instruments", "Acoustic Guitar (steel)"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Guitar (jazz)"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Guitar (clean)"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Guitar (muted)"),
    QT_TRANSLATE_NOOP("Instruments", "Overdriven Guitar"),
    QT_TRANSLATE_NOOP("Instruments", "Distortion Guitar"),
    QT_TRANSLATE_NOOP("Instruments", "Guitar Harmonics"),
    QT_TRANSLATE_NOOP("Instruments", "Acoustic Bass"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Bass (finger)"),
    QT_TRANSLATE_NOOP("Instruments", "Electric Bass (pick)"),
    QT_TRANSLATE_NOOP("Instruments", "Fretless Bass"),
    QT_TRANSLATE_NOOP("Instruments", "Slap Bass 1"),
    QT_TRANSLATE_NOOP("Instruments", "Slap Bass 2"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Bass 1"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Bass 2"),
    QT_TRANSLATE_NOOP("Instruments", "Violin"),
    QT_TRANSLATE_NOOP("Instruments", "Viola"),
    QT_TRANSLATE_NOOP("Instruments", "Cello"),
    QT_TRANSLATE_NOOP("Instruments", "Contrabass"),
    QT_TRANSLATE_NOOP("Instruments", "Tremolo Strings"),
    QT_TRANSLATE_NOOP("Instruments", "Pizzicato Strings"),
    QT_TRANSLATE_NOOP("Instruments", "Orchestral Harp"),
    QT_TRANSLATE_NOOP("Instruments", "Timpani"),
    QT_TRANSLATE_NOOP("Instruments", "String Ensemble 1"),
    QT_TRANSLATE_NOOP("Instruments", "String Ensemble 2"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Strings 1"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Strings 2"),
    QT_TRANSLATE_NOOP("Instruments", "Choir Aahs"),
    QT_TRANSLATE_NOOP("Instruments", "Voice Oohs"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Choir"),
    QT_TRANSLATE_NOOP("Instruments", "Orchestra Hit"),
    QT_TRANSLATE_NOOP("Instruments", "Trumpet"),
    QT_TRANSLATE_NOOP("Instruments", "Trombone"),
    QT_TRANSLATE_NOOP("Instruments", "Tuba"),
    QT_TRANSLATE_NOOP("Instruments", "Muted Trumpet"),
    QT_TRANSLATE_NOOP("Instruments", "French Horn"),
    QT_TRANSLATE_NOOP("Instruments", "Brass Section"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Brass 1"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Brass 2"),
    QT_TRANSLATE_NOOP("Instruments", "Soprano Sax"),
    QT_TRANSLATE_NOOP("Instruments", "Alto Sax"),
    QT_TRANSLATE_NOOP("Instruments", "Tenor Sax"),
    QT_TRANSLATE_NOOP("Instruments", "Baritone Sax"),
    QT_TRANSLATE_NOOP("Instruments", "Oboe"),
    QT_TRANSLATE_NOOP("Instruments", "English Horn"),
    QT_TRANSLATE_NOOP("Instruments", "Bassoon"),
    QT_TRANSLATE_NOOP("Instruments", "Clarinet"),
    QT_TRANSLATE_NOOP("Instruments", "Piccolo"),
    QT_TRANSLATE_NOOP("Instruments", "Flute"),
    QT_TRANSLATE_NOOP("Instruments", "Recorder"),
    QT_TRANSLATE_NOOP("Instruments", "Pan Flute"),
    QT_TRANSLATE_NOOP("Instruments", "Blown Bottle"),
    QT_TRANSLATE_NOOP("Instruments", "Shakuhachi"),
    QT_TRANSLATE_NOOP("Instruments", "Whistle"),
    QT_TRANSLATE_NOOP("Instruments", "Ocarina"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 1 (square)"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 2 (sawtooth)"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 3 (calliope)"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 4 (chiff)"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 5 (charang)"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 6 (voice)"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 7 (fifths)"),
    QT_TRANSLATE_NOOP("Instruments", "Lead 8 (bass + lead)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 1 (new age)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 2 (warm)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 3 (polysynth)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 4 (choir)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 5 (bowed)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 6 (metallic)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 7 (halo)"),
    QT_TRANSLATE_NOOP("Instruments", "Pad 8 (sweep)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 1 (rain)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 2 (soundtrack)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 3 (crystal)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 4 (atmosphere)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 5 (brightness)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 6 (goblins)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 7 (echoes)"),
    QT_TRANSLATE_NOOP("Instruments", "FX 8 (sci-fi)"),
    QT_TRANSLATE_NOOP("Instruments", "Sitar"),
    QT_TRANSLATE_NOOP("Instruments", "Banjo"),
    QT_TRANSLATE_NOOP("Instruments", "Shamisen"),
    QT_TRANSLATE_NOOP("Instruments", "Koto"),
    QT_TRANSLATE_NOOP("Instruments", "Kalimba"),
    QT_TRANSLATE_NOOP("Instruments", "Bagpipe"),
    QT_TRANSLATE_NOOP("Instruments", "Fiddle"),
    QT_TRANSLATE_NOOP("Instruments", "Shanai"),
    QT_TRANSLATE_NOOP("Instruments", "Tinkle Bell"),
    QT_TRANSLATE_NOOP("Instruments", "Agogo"),
    QT_TRANSLATE_NOOP("Instruments", "Steel Drums"),
    QT_TRANSLATE_NOOP("Instruments", "Woodblock"),
    QT_TRANSLATE_NOOP("Instruments", "Taiko Drum"),
    QT_TRANSLATE_NOOP("Instruments", "Melodic Tom"),
    QT_TRANSLATE_NOOP("Instruments", "Synth Drum"),
    QT_TRANSLATE_NOOP("Instruments", "Reverse Cymbal"),
    QT_TRANSLATE_NOOP("Instruments", "Guitar Fret Noise"),
    QT_TRANSLATE_NOOP("Instruments", "Breath Noise"),
    QT_TRANSLATE_NOOP("Instruments", "Seashore"),
    QT_TRANSLATE_NOOP("Instruments", "Bird Tweet"),
    QT_TRANSLATE_NOOP("Instruments", "Telephone Ring"),
    QT_TRANSLATE_NOOP("Instruments", "Helicopter"),
    QT_TRANSLATE_NOOP("Instruments", "Applause"),
    QT_TRANSLATE_NOOP("Instruments", "Gunshot"),
)
_KITS = {
    1: QT_TRANSLATE_NOOP("Instruments", "Standard kit"),
    9: QT_TRANSLATE_NOOP("Instruments", "Room kit"),
    17: QT_TRANSLATE_NOOP("Instruments", "Power kit"),
    25: QT_TRANSLATE_NOOP("Instruments", "Electronic kit"),
    26: QT_TRANSLATE_NOOP("Instruments", "Analog kit"),
    33: QT_TRANSLATE_NOOP("Instruments", "Jazz kit"),
    41: QT_TRANSLATE_NOOP("Instruments", "Brush kit"),
    49: QT_TRANSLATE_NOOP("Instruments", "Orchestra kit"),
}


def instrument_name(number: int) -> str:
    """The name of a General MIDI instrument, 1 .. 128."""
    return QCoreApplication.translate("Instruments", str(_NAMES[number - 1]))


def families() -> list[tuple[str, range]]:
    """The families with the numbers of their instruments."""
    names = (QCoreApplication.translate("Instruments", str(family)) for family in _FAMILIES)
    return [(name, range(8 * place + 1, 8 * place + 9)) for place, name in enumerate(names)]


def kits() -> list[int]:
    """The numbers of the kits of drums."""
    return list(_KITS)


def kit_name(number: int) -> str:
    """The name of a kit of drums, 1 .. 128; one that is not known sounds as the standard kit."""
    return QCoreApplication.translate("Instruments", str(_KITS.get(number, _KITS[1])))
