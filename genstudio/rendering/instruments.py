"""The General MIDI instruments, and the kits of drums.

Sources: General MIDI System Level 1, MIDI Manufacturers Association, 1991; General MIDI 2, 1999 (kits). Programs are 0 .. 127 here.
"""

from __future__ import annotations

from genstudio.errors import ConfigError, Message, did_you_mean

__all__ = ["INSTRUMENTS", "KITS", "instrument_name", "kit_of", "program_of"]

INSTRUMENTS: tuple[str, ...] = tuple(
    name.strip()
    for name in """
    Acoustic Grand Piano, Bright Acoustic Piano, Electric Grand Piano, Honky-tonk Piano, Electric Piano 1, Electric Piano 2,
    Harpsichord, Clavinet, Celesta, Glockenspiel, Music Box, Vibraphone, Marimba, Xylophone, Tubular Bells, Dulcimer, Drawbar Organ,
    Percussive Organ, Rock Organ, Church Organ, Reed Organ, Accordion, Harmonica, Tango Accordion, Acoustic Guitar (nylon),
    Acoustic Guitar (steel), Electric Guitar (jazz), Electric Guitar (clean), Electric Guitar (muted), Overdriven Guitar,
    Distortion Guitar, Guitar Harmonics, Acoustic Bass, Electric Bass (finger), Electric Bass (pick), Fretless Bass, Slap Bass 1,
    Slap Bass 2, Synth Bass 1, Synth Bass 2, Violin, Viola, Cello, Contrabass, Tremolo Strings, Pizzicato Strings, Orchestral Harp,
    Timpani, String Ensemble 1, String Ensemble 2, Synth Strings 1, Synth Strings 2, Choir Aahs, Voice Oohs, Synth Choir,
    Orchestra Hit, Trumpet, Trombone, Tuba, Muted Trumpet, French Horn, Brass Section, Synth Brass 1, Synth Brass 2, Soprano Sax,
    Alto Sax, Tenor Sax, Baritone Sax, Oboe, English Horn, Bassoon, Clarinet, Piccolo, Flute, Recorder, Pan Flute, Blown Bottle,
    Shakuhachi, Whistle, Ocarina, Lead 1 (square), Lead 2 (sawtooth), Lead 3 (calliope), Lead 4 (chiff), Lead 5 (charang),
    Lead 6 (voice), Lead 7 (fifths), Lead 8 (bass + lead), Pad 1 (new age), Pad 2 (warm), Pad 3 (polysynth), Pad 4 (choir),
    Pad 5 (bowed), Pad 6 (metallic), Pad 7 (halo), Pad 8 (sweep), FX 1 (rain), FX 2 (soundtrack), FX 3 (crystal), FX 4 (atmosphere),
    FX 5 (brightness), FX 6 (goblins), FX 7 (echoes), FX 8 (sci-fi), Sitar, Banjo, Shamisen, Koto, Kalimba, Bagpipe, Fiddle, Shanai,
    Tinkle Bell, Agogo, Steel Drums, Woodblock, Taiko Drum, Melodic Tom, Synth Drum, Reverse Cymbal, Guitar Fret Noise,
    Breath Noise, Seashore, Bird Tweet, Telephone Ring, Helicopter, Applause, Gunshot
    """.replace("\n", " ").split(",")
)
KITS: dict[int, str] = {
    0: "Standard", 8: "Room", 16: "Power", 24: "Electronic", 25: "Analog", 32: "Jazz", 40: "Brush", 48: "Orchestra",
}  # fmt: skip
"""The drum kits by program; 25 is known as TR-808."""
# Common names and the instruments that they stand for.
_SHORT = {"piano": 0, "organ": 19, "guitar": 24, "bass": 32, "strings": 48, "choir": 52, "voice": 53, "sax": 65, "harp": 46}


def instrument_name(program: int, *, pitched: bool = True) -> str:
    """The name of an instrument, or of a drum kit where not ``pitched``; unknown kits count as the standard kit."""
    return INSTRUMENTS[program] if pitched else f"{KITS.get(program, KITS[0])} kit"


def kit_of(kit: int | str) -> int:
    """The program (0 .. 127) of a drum kit by number (1 .. 128, as General MIDI counts) or name.

    Raises:
        ConfigError: there is no such kit.
    """
    text = str(kit).strip()
    plain = text.casefold().removesuffix("kit").strip()
    for program, name in KITS.items():
        if text == str(program + 1) or (plain and name.casefold().startswith(plain)):
            return program
    known = ", ".join(f"{name} ({program + 1})" for program, name in KITS.items())
    raise ConfigError("there is no kit of drums {text!r}; expected one of {known}.", text=text, known=known)


def program_of(instrument: int | str) -> int:
    """The program (0 .. 127) of an instrument by General MIDI number (1 .. 128) or name; the beginning of a name is enough.

    Raises:
        ConfigError: there is no such instrument.
    """
    text = str(instrument).strip()
    if text.lstrip("-").isdecimal():
        number = int(text)
        if 1 <= number <= len(INSTRUMENTS):
            return number - 1
        raise ConfigError("there is no instrument {number}; General MIDI numbers them from 1 (piano) to 128.", number=number)
    plain = text.casefold()
    names = [name.casefold() for name in INSTRUMENTS]
    if plain in names:
        return names.index(plain)
    if plain in _SHORT:
        return _SHORT[plain]
    for found in (
        [at for at, name in enumerate(names) if plain and name.startswith(plain)],
        [at for at, name in enumerate(names) if plain and plain in name],
    ):
        if found:
            return found[0]
    hint = did_you_mean(text.title(), INSTRUMENTS).partition(" Known: ")[0]
    near = Message(
        hint if hint.startswith("did") else "give a General MIDI name such as Violin, Flute or Piano, or a number from 1 to 128."
    )
    raise ConfigError("there is no instrument {text!r}; {near}", text=text, near=near)
