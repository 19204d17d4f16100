"""Write melodies and drums as MusicXML; drums on a percussion staff, each as an instrument of its own on channel 10.

Source: MusicXML 4.0, https://www.w3.org/2021/06/musicxml40/ (the order of elements is that of its schema).
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from genstudio import __version__
from genstudio.domains import Music, TempoChange
from genstudio.domains.music.time import in_threes
from genstudio.files import replacing, write_text
from genstudio.rendering.instruments import instrument_name
from genstudio.rendering.notation import Element, Measure, Sheet, accidentals, engrave
from genstudio.rendering.percussion import drum

__all__ = ["FIELD", "document", "write"]

FIELD = "genstudio-provenance"
"""Name of the miscellaneous field for the provenance of a piece."""

_ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">
"""
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container><rootfiles>
<rootfile full-path="score.musicxml" media-type="application/vnd.recordare.musicxml+xml"/>
</rootfiles></container>
"""


def write(melody: Music, path: Path, *, note: str = "") -> int:
    """Write music as MusicXML (compressed if the suffix is ``.mxl``), whole or not at all.

    Args:
        melody: the music.
        path: the file.
        note: the text of :data:`FIELD`.

    Returns:
        The number of hits of drums that had to be moved to the nearest sixteenth or triplet.
    """
    sheet = engrave(melody)
    text = _document(sheet, note, 2)
    moved = 0 if melody.pitched else sheet.moved
    if path.suffix.lower() != ".mxl":
        write_text(path, text)
        return moved
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        # With a fixed date, the same melody gives the same bytes.
        for name, content in (("META-INF/container.xml", _CONTAINER), ("score.musicxml", text)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return moved


def document(melody: Music, *, note: str = "", tempo_digits: int = 2) -> str:
    """The music as the text of a MusicXML file. Metronome marks are rounded to ``tempo_digits``, the sounding tempo is not."""
    return _document(engrave(melody), note, tempo_digits)


def _document(sheet: Sheet, note: str, tempo_digits: int) -> str:
    out = [_HEAD, '<score-partwise version="4.0">\n']
    title = escape(_printable(sheet.title))
    if title:
        out.append(f"  <work><work-title>{title}</work-title></work>\n")
    out.append(f"  <identification>\n    <encoding><software>GenStudio {escape(__version__)}</software></encoding>\n")
    if note:
        field = f"<miscellaneous-field name={quoteattr(FIELD)}>{escape(_printable(note))}</miscellaneous-field>"
        out.append(f"    <miscellaneous>{field}</miscellaneous>\n")
    out.append("  </identification>\n")
    drums = sheet.clef == "percussion"
    instrument = escape(instrument_name(sheet.program, pitched=not drums))
    out.append(f'  <part-list>\n    <score-part id="P1">\n      <part-name print-object="no">{instrument}</part-name>\n')
    struck = sorted({hit for measure in sheet.measures for one in measure.elements for hit in one.hits})
    named = [(_id(hit), escape(drum(hit).name), f"<midi-unpitched>{hit + 1}</midi-unpitched>") for hit in struck]
    named = named or [(_id(None), instrument, "")]
    for key, name, _ in named:
        out.append(f'      <score-instrument id="{key}"><instrument-name>{name}</instrument-name></score-instrument>\n')
    for key, _, more in named:
        out.append(
            f'      <midi-instrument id="{key}"><midi-channel>{10 if drums else 1}</midi-channel>'
            f"<midi-program>{sheet.program + 1}</midi-program>{more}</midi-instrument>\n"
        )
    out.append("    </score-part>\n  </part-list>\n")
    out.append('  <part id="P1">\n')
    for index, measure in enumerate(sheet.measures):
        out += _measure(sheet, measure, index == 0, index == len(sheet.measures) - 1, tempo_digits)
    out.append("  </part>\n</score-partwise>\n")
    return "".join(out)


def _id(hit: int | None) -> str:
    """The id of an instrument of the part within the file."""
    return f"P1-I{1 if hit is None else hit + 1}"


def _printable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def _measure(sheet: Sheet, measure: Measure, first: bool, last: bool, digits: int) -> list[str]:
    implicit = ' implicit="yes"' if measure.number == 0 else ""
    out = [f'    <measure number="{measure.number}"{implicit}>\n']
    if first or measure.changes:
        out.append("      <attributes>")
        if first:
            mode = f"<mode>{sheet.mode}</mode>" if sheet.mode else ""
            out.append(f"<divisions>480</divisions><key><fifths>{sheet.sharps}</fifths>{mode}</key>")
        if measure.changes:
            out.append("<time><beats>{}</beats><beat-type>{}</beat-type></time>".format(*measure.metre))
        if first:
            line = {"G": "<line>2</line>", "F": "<line>4</line>"}.get(sheet.clef, "")
            out.append(f"<clef><sign>{sheet.clef}</sign>{line}</clef>")
        out.append("</attributes>\n")
    tempos = list(measure.tempos)
    # A tied note needs no accidental.
    needed = accidentals((replace(one, pitch=None) if one.tied or one.hits else one for one in measure.elements), sheet.sharps)
    for at, one in enumerate(measure.elements):
        while tempos and tempos[0].tick - measure.start < one.start + one.ticks:
            tempo = tempos.pop(0)
            out.append(_tempo(tempo, measure, tempo.tick - measure.start - one.start, digits))
        out += (_note(one, needed[at], _bracket(measure, at), hit) for hit in one.hits or (None,))
    if last:
        out.append('      <barline location="right"><bar-style>light-heavy</bar-style></barline>\n')
    out.append("    </measure>\n")
    return out


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


def _bracket(measure: Measure, at: int) -> bool:
    """Whether a tuplet that begins at an element needs a bracket: not if a beam spans all of it."""
    if not measure.elements[at].first:
        return False
    last = next(index for index in range(at, len(measure.elements)) if measure.elements[index].last)
    marks = [one.beams[0] if one.beams else "" for one in measure.elements[at : last + 1]]
    return marks[0] != "begin" or marks[-1] != "end" or any(mark != "continue" for mark in marks[1:-1])


def _note(one: Element, accidental: bool, bracket: bool, hit: int | None = None) -> str:
    """A note or rest; of drums, one of several simultaneous hits."""
    out = ["      <note>"]
    chord = hit is not None and hit != one.hits[0]
    if hit is not None:
        place = drum(hit)
        out.append("<chord/>" if chord else "")
        out.append(
            f"<unpitched><display-step>{place.step}</display-step><display-octave>{place.octave}</display-octave></unpitched>"
        )
    elif one.pitch is None:
        out.append("<rest/>" if one.kind else '<rest measure="yes"/>')
    else:
        letter, alter, octave = one.pitch
        # The natural of tied notes is written, since some readers compare the two notes.
        altered = f"<alter>{alter}</alter>" if alter or one.tied or one.ties else ""
        out.append(f"<pitch><step>{letter}</step>{altered}<octave>{octave}</octave></pitch>")
    out.append(f"<duration>{one.ticks}</duration>")
    ties = [kind for kind, there in (("stop", one.tied), ("start", one.ties)) if there]
    out += [f'<tie type="{kind}"/>' for kind in ties]
    if hit is not None:
        out.append(f'<instrument id="{_id(hit)}"/>')
    out.append("<voice>1</voice>")
    if one.kind:
        out.append(f"<type>{one.kind}</type>" + "<dot/>" * one.dots)
    if accidental and one.pitch is not None:
        out.append(f"<accidental>{_ACCIDENTALS[one.pitch.alter]}</accidental>")
    if one.tuplet is not None:
        actual, normal = one.tuplet
        out.append(
            f"<time-modification><actual-notes>{actual}</actual-notes><normal-notes>{normal}</normal-notes></time-modification>"
        )
    if hit is not None:
        head = drum(hit).head
        out.append("<stem>up</stem>" + (f"<notehead>{head}</notehead>" if head != "normal" else ""))
    if chord:
        out.append("</note>\n")
        return "".join(out)
    out += [f'<beam number="{number}">{mark}</beam>' for number, mark in enumerate(one.beams[:8], 1)]
    notations = [f'<tied type="{kind}"/>' for kind in ties]
    if one.tuplet is not None and one.first != one.last:
        shown = "yes" if bracket else "no"
        notations.append(f'<tuplet type="start" bracket="{shown}"/>' if one.first else '<tuplet type="stop"/>')
    if notations:
        out.append(f"<notations>{''.join(notations)}</notations>")
    out.append("</note>\n")
    return "".join(out)
