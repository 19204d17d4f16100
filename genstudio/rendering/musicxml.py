"""Write music as MusicXML: parts with chords, voices, chord symbols and lyrics; drums on a percussion staff, each as an instrument
of its own on channel 10.

Source: MusicXML 4.0, https://www.w3.org/2021/06/musicxml40/ (the order of elements is that of its schema).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from genstudio import __version__
from genstudio.domains import Music, TempoChange
from genstudio.domains.music.time import in_threes
from genstudio.domains.score.piece import QUALITIES, ChordSymbol
from genstudio.domains.score.roles import STATED
from genstudio.files import replacing, write_text
from genstudio.rendering.instruments import instrument_name
from genstudio.rendering.notation import Element, Head, Measure, Player, Sheet, Staff, accidentals, engrave
from genstudio.rendering.percussion import drum
from genstudio.rendering.spelling import spell

__all__ = ["FIELD", "document", "write"]

FIELD = "genstudio-provenance"
"""Name of the miscellaneous field for the provenance of a piece."""

_ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
_VOICES = 4
"""The voices of a staff: those of the second staff have the numbers from 5."""
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">
"""
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container><rootfiles>
<rootfile full-path="score.musicxml" media-type="application/vnd.recordare.musicxml+xml"/>
</rootfiles></container>
"""


def write(music: Music, path: Path, *, note: str = "") -> int:
    """Write music as MusicXML (compressed if the suffix is ``.mxl``), whole or not at all.

    Args:
        music: the music.
        path: the file.
        note: the text of :data:`FIELD`.

    Returns:
        The number of hits of drums that had to be moved to the nearest sixteenth or triplet.
    """
    sheet = engrave(music)
    text = _document(sheet, note, 2)
    if path.suffix.lower() != ".mxl":
        write_text(path, text)
        return sheet.moved
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        # With a fixed date, the same music gives the same bytes.
        for name, content in (("META-INF/container.xml", _CONTAINER), ("score.musicxml", text)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return sheet.moved


def document(music: Music, *, note: str = "", tempo_digits: int = 2) -> str:
    """The music as the text of a MusicXML file. Metronome marks are rounded to ``tempo_digits``, the sounding tempo is not."""
    return _document(engrave(music), note, tempo_digits)


def _document(sheet: Sheet, note: str, tempo_digits: int) -> str:
    out = [_HEAD, '<score-partwise version="4.0">\n']
    title = escape(_printable(sheet.title))
    if title:
        out.append(f"  <work><work-title>{title}</work-title></work>\n")
    out.append(f"  <identification>\n    <encoding><software>GenStudio {escape(__version__)}</software></encoding>\n")
    fields = {FIELD: note, STATED: " ".join(sheet.roles)}
    kept = [
        f"<miscellaneous-field name={quoteattr(name)}>{escape(_printable(text))}</miscellaneous-field>"
        for name, text in fields.items()
        if text
    ]
    if kept:
        out.append(f"    <miscellaneous>{''.join(kept)}</miscellaneous>\n")
    out.append("  </identification>\n  <part-list>\n")
    for number, player in enumerate(sheet.players, 1):
        out += _score_part(player, number, alone=len(sheet.players) == 1)
    out.append("  </part-list>\n")
    for number, player in enumerate(sheet.players, 1):
        out.append(f'  <part id="P{number}">\n')
        last = len(sheet.measures) - 1
        for index in range(last + 1):
            out += _measure(player, number, index, index == last, tempo_digits)
        out.append("  </part>\n")
    out.append("</score-partwise>\n")
    return "".join(out)


def _score_part(player: Player, number: int, *, alone: bool) -> Iterator[str]:
    """The entry of a player in the list of parts; the name of the only one is not printed."""
    instrument = escape(instrument_name(player.program, pitched=player.pitched))
    name = escape(_printable(player.name)) or instrument
    hidden = ' print-object="no"' if alone else ""
    yield f'    <score-part id="P{number}">\n      <part-name{hidden}>{name}</part-name>\n'
    measures = [measure for staff in player.staves for measure in staff.measures]
    struck = sorted({hit for measure in measures for voice in measure.voices for one in voice for hit in one.hits})
    named = [(_id(number, hit), escape(drum(hit).name), f"<midi-unpitched>{hit + 1}</midi-unpitched>") for hit in struck]
    named = named or [(_id(number, None), instrument, "")]
    for key, name, _ in named:
        yield f'      <score-instrument id="{key}"><instrument-name>{name}</instrument-name></score-instrument>\n'
    channel = number + (number > 9) if player.pitched else 10
    for key, _, more in named:
        yield (
            f'      <midi-instrument id="{key}"><midi-channel>{channel}</midi-channel>'
            f"<midi-program>{player.program + 1}</midi-program>{more}</midi-instrument>\n"
        )
    yield "    </score-part>\n"


def _id(number: int, hit: int | None) -> str:
    """The id within the file of an instrument of a part."""
    return f"P{number}-I{1 if hit is None else hit + 1}"


def _printable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def _measure(player: Player, part: int, index: int, last: bool, digits: int) -> list[str]:
    """A bar of all staves of a player, one voice after the other."""
    shared = player.staves[0].measures[index]
    implicit = ' implicit="yes"' if shared.number == 0 else ""
    out = [f'    <measure number="{shared.number}"{implicit}>\n', _attributes(player, shared, index == 0)]
    tempos, chords = list(shared.tempos), list(shared.chords)
    for place, staff in enumerate(player.staves):
        measure = staff.measures[index]
        needed = _accidentals(measure)
        for number, voice in enumerate(measure.voices):
            if place or number:
                out.append(f"      <backup><duration>{shared.ticks}</duration></backup>\n")
            where = f"<voice>{place * _VOICES + number + 1}</voice>", f"<staff>{place + 1}</staff>" * (len(player.staves) > 1)
            for at, one in enumerate(voice):
                end = one.start + one.ticks
                while tempos and tempos[0].tick - measure.start < end:
                    tempo = tempos.pop(0)
                    out.append(_tempo(tempo, measure, tempo.tick - measure.start - one.start, digits))
                while chords and chords[0][0] - measure.start < end:
                    tick, chord = chords.pop(0)
                    out.append(_harmony(chord, tick - measure.start - one.start, measure.signature.sharps))
                out += _notes(one, next(needed[number]), _bracket(voice, at), part, where, hidden=number > 0)
    if last:
        out.append('      <barline location="right"><bar-style>light-heavy</bar-style></barline>\n')
    out.append("    </measure>\n")
    return out


def _attributes(player: Player, measure: Measure, first: bool) -> str:
    out = ["<divisions>480</divisions>"] if first else []
    if first or (measure.signed and player.pitched):
        sharps, mode = measure.signature if player.pitched else (0, "")
        out.append(f"<key><fifths>{sharps}</fifths>{f'<mode>{mode}</mode>' if mode else ''}</key>")
    if measure.changes:
        out.append("<time><beats>{}</beats><beat-type>{}</beat-type></time>".format(*measure.metre))
    if first:
        several = len(player.staves) > 1
        out.append(f"<staves>{len(player.staves)}</staves>" if several else "")
        out += (_clef(staff, f' number="{number}"' if several else "") for number, staff in enumerate(player.staves, 1))
    return f"      <attributes>{''.join(out)}</attributes>\n" if out else ""


def _clef(staff: Staff, number: str) -> str:
    sign, line, octave = staff.clef
    placed = f"<line>{line}</line>" if line else ""
    moved = f"<clef-octave-change>{octave}</clef-octave-change>" if octave else ""
    return f"<clef{number}><sign>{sign}</sign>{placed}{moved}</clef>"


def _accidentals(measure: Measure) -> list[Iterator[tuple[bool, ...]]]:
    """Whether each head of each element of each voice needs an accidental: those of a voice hold for the others."""
    places = sorted((one.start, number, at) for number, voice in enumerate(measure.voices) for at, one in enumerate(voice))
    found = accidentals((measure.voices[number][at] for _, number, at in places), measure.signature.sharps, held=True)
    needed: list[list[tuple[bool, ...]]] = [[] for _ in measure.voices]
    for (_, number, _), signs in zip(places, found, strict=True):
        needed[number].append(signs)
    return [iter(signs) for signs in needed]


def _harmony(chord: ChordSymbol | None, offset: int, sharps: int) -> str:
    """A chord symbol, or that there is none (N.C.), ``offset`` ticks after the next note begins."""
    later = f"<offset>{offset}</offset>" if offset else ""
    if chord is None:
        return f'      <harmony><root><root-step text="">C</root-step></root><kind text="N.C.">none</kind>{later}</harmony>\n'
    _, suffix, kind = QUALITIES[chord.quality]
    bass = f"<bass>{_step('bass', chord.bass, sharps)}</bass>" if chord.bass >= 0 else ""
    root = f"<root>{_step('root', chord.root, sharps)}</root><kind text={quoteattr(suffix)}>{kind}</kind>"
    return f"      <harmony>{root}{bass}{later}</harmony>\n"


def _step(name: str, pitch_class: int, sharps: int) -> str:
    letter, alter, _ = spell(pitch_class, sharps)
    return f"<{name}-step>{letter}</{name}-step>" + (f"<{name}-alter>{alter}</{name}-alter>" if alter else "")


def _tempo(tempo: TempoChange, measure: Measure, offset: int, digits: int) -> str:
    dotted = measure.metre[1] == 8 and in_threes(*measure.metre)  # a beat is a dotted quarter
    bpm = tempo.bpm / 1.5 if dotted else tempo.bpm
    shown = f"{round(bpm, digits):.{digits}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    dot = "<beat-unit-dot/>" if dotted else ""
    later = f'<offset sound="yes">{offset}</offset>' if offset else ""
    return (
        '      <direction placement="above"><direction-type><metronome><beat-unit>quarter</beat-unit>'
        f"{dot}<per-minute>{shown}</per-minute></metronome></direction-type>{later}"
        f'<sound tempo="{tempo.bpm:.10g}"/></direction>\n'
    )


def _bracket(voice: list[Element], at: int) -> bool:
    """Whether a tuplet that begins at an element needs a bracket: not if a beam spans all of it."""
    if not voice[at].first:
        return False
    last = next(index for index in range(at, len(voice)) if voice[index].last)
    marks = [one.beams[0] if one.beams else "" for one in voice[at : last + 1]]
    return marks[0] != "begin" or marks[-1] != "end" or any(mark != "continue" for mark in marks[1:-1])


def _notes(
    one: Element, signs: tuple[bool, ...], bracket: bool, part: int, where: tuple[str, str], *, hidden: bool
) -> Iterator[str]:
    """The notes of an element, or its rest; ``hidden``: rests are not printed, as another voice shows the time."""
    if one.hits:
        for hit in one.hits:
            place = drum(hit)
            display = f"<display-step>{place.step}</display-step><display-octave>{place.octave}</display-octave>"
            shape = f"<notehead>{place.head}</notehead>" if place.head != "normal" else ""
            yield _note(
                one, f"<unpitched>{display}</unpitched>", bracket, where, chord=hit != one.hits[0],
                instrument=f'<instrument id="{_id(part, hit)}"/>', look=f"<stem>up</stem>{shape}",
            )  # fmt: skip
    elif one.heads:
        for head, sign in zip(one.heads, signs, strict=True):
            letter, alter, octave = head.pitch
            # The natural of tied notes is written, since some readers compare the two notes.
            altered = f"<alter>{alter}</alter>" if alter or head.tied or head.ties else ""
            pitch = f"<pitch><step>{letter}</step>{altered}<octave>{octave}</octave></pitch>"
            sign_ = f"<accidental>{_ACCIDENTALS[alter]}</accidental>" if sign else ""
            yield _note(one, pitch, bracket, where, chord=head is not one.heads[0], head=head, accidental=sign_)
    else:
        yield _note(one, "<rest/>" if one.kind else '<rest measure="yes"/>', bracket, where, hidden=hidden)


def _note(
    one: Element, sound: str, bracket: bool, where: tuple[str, str], *, chord: bool = False, head: Head | None = None,
    accidental: str = "", instrument: str = "", look: str = "", hidden: bool = False,
) -> str:  # fmt: skip
    """A note of an element, or its rest; ``chord``: it is not the first one."""
    out = ['      <note print-object="no">' if hidden else "      <note>", "<chord/>" if chord else "", sound]
    out.append(f"<duration>{one.ticks}</duration>")
    ties = [kind for kind, there in (("stop", head.tied), ("start", head.ties)) if there] if head else []
    out += [f'<tie type="{kind}"/>' for kind in ties]
    voice, staff = where
    out += [instrument, voice]
    if one.kind:
        out.append(f"<type>{one.kind}</type>" + "<dot/>" * one.dots)
    out.append(accidental)
    if one.tuplet is not None:
        actual, normal = one.tuplet
        out.append(
            f"<time-modification><actual-notes>{actual}</actual-notes><normal-notes>{normal}</normal-notes></time-modification>"
        )
    out += [look, staff]
    notations = [f'<tied type="{kind}"/>' for kind in ties]
    if not chord:
        out += [f'<beam number="{number}">{mark}</beam>' for number, mark in enumerate(one.beams[:8], 1)]
        if one.tuplet is not None and one.first != one.last:
            shown = "yes" if bracket else "no"
            notations.append(f'<tuplet type="start" bracket="{shown}"/>' if one.first else '<tuplet type="stop"/>')
    if notations:
        out.append(f"<notations>{''.join(notations)}</notations>")
    if one.lyric is not None and not chord:
        text, place = one.lyric
        out.append(f"<lyric><syllabic>{place}</syllabic><text>{escape(_printable(text))}</text></lyric>")
    out.append("</note>\n")
    return "".join(out)
