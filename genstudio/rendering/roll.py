"""Draw rolls as SVG: one piece of music, or several one below the other. Drums have a row for each voice.

Conventions: sizes are in pixels. The colour of a note shows its pitch class; neighbours on the circle of fifths have similar
colours, so that the notes of a key look related. Where several parts have notes it shows the part, and the drums stand below the
notes. Chord symbols stand in a line above them. Louder hits of drums are higher and stronger. All colours have the same
lightness: B. Ottosson, "A perceptual color space for image processing", 2020 (OKLCH).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from genstudio.domains import Music, Note, domain_of
from genstudio.domains.music.geometry import Plane, is_black, is_seam, kit_rows, pitch_rows, strength
from genstudio.domains.music.keys import pitch_name
from genstudio.domains.music.notes import bars_of
from genstudio.domains.score.piece import Part, chord_name
from genstudio.errors import ConfigError, did_you_mean
from genstudio.rendering.percussion import drum
from genstudio.rendering.pictures import SANS, columns
from genstudio.rendering.spelling import signature

__all__ = ["PART_COLOURS", "THEMES", "draw"]

WHOLE = 1920
_KEYS = 46.0  # width of the keyboard
_EDGE = 28.0
_LINE = 1180.0  # largest width of a line of music
_QUARTER = (15.0, 44.0)  # smallest and largest width of a quarter
_ROW = 9.0
_LANE = 13.0  # height of a row of drums
_WIDER = 14.0  # additional width for the names of drums
# The pitch class whose colour a drum has: kick red, snare blue, hats yellow and orange, toms green, cymbals violet.
_PLACES = {36: 0, 38: 1, 42: 2, 46: 7, 45: 4, 48: 11, 50: 6, 51: 3, 49: 10}
_CAPTION = 30.0
_GAP = 26.0
_RULER = 15.0
_SYMBOLS = 17.0  # height of the line of chord symbols
_LEGEND = 24.0
_BETWEEN = 5.0  # between the notes and the drums of a score
_MOST = 400  # melodies of one picture

PART_COLOURS = {
    "light": ("#0a4791", "#a84f12", "#05a388", "#74104c", "#c8800d", "#1f78a8", "#4c535b", "#7d7728"),
    "dark": ("#2da6fa", "#f8935d", "#84ffe0", "#cc5c94", "#fbd35f", "#2a86d8", "#babdc8", "#8a942c"),
}
"""The colours of parts in their order, by theme; after the last comes the first again. They differ in lightness too, so that they
are told apart with every kind of colour vision. Source: M. Okabe, K. Ito, "Color Universal Design", 2008."""


@dataclass(frozen=True)
class Theme:
    page: str
    text: str
    muted: str
    white: str
    black: str
    row: str
    beat: str
    bar: str
    key_white: str
    key_black: str
    key_line: str
    lightness: float
    chroma: float
    parts: tuple[str, ...]


THEMES = {
    "light": Theme(
        "#ffffff", "#1b2130", "#6a7283", "#f9fafc", "#eff1f5", "#e9ecf1", "#e3e6ed", "#aab2c1", "#ffffff", "#dfe3ea", "#cfd4de",
        0.66, 0.155, PART_COLOURS["light"],
    ),
    "dark": Theme(
        "#12151c", "#e9ecf3", "#8f98aa", "#1c212b", "#171b24", "#232935", "#2a303d", "#566074", "#262c38", "#1a1e27", "#343b49",
        0.76, 0.135, PART_COLOURS["dark"],
    ),
}  # fmt: skip


@cache
def _colour(pitch_class: int, lightness: float, chroma: float) -> str:
    """The colour of a pitch class as ``#rrggbb``."""
    hue = math.radians(28 + 30 * (7 * pitch_class % 12))
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    cones = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    rows = (
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.7076147010),
    )
    out = "#"
    for row in rows:
        linear = min(1.0, max(0.0, sum(weight * cone for weight, cone in zip(row, cones, strict=True))))
        value = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
        out += f"{round(255 * value):02x}"
    return out


def draw(
    melodies: Sequence[Music], *, title: str | None = None, captions: Sequence[str] = (), theme: str = "light", note: str = ""
) -> str:
    """Draw the roll of one piece of music, or of several of one kind below each other in the same scale and range.

    Args:
        melodies: the pieces, 1 to 400.
        title: of the picture; None: the title of a single piece, or the number of pieces.
        captions: one for each of several pieces; their titles by default.
        theme: "light" or "dark".
        note: a text to store in the metadata of the picture.

    Returns:
        The picture as SVG.

    Raises:
        ConfigError: there is no such theme, or there are too many pieces.
    """
    if theme not in THEMES:
        raise ConfigError("there is no theme {theme!r}; {hint}", theme=theme, hint=did_you_mean(theme, THEMES))
    if len(melodies) > _MOST:
        raise ConfigError("{count} pieces are too many for one picture; expected at most {most}.", count=len(melodies), most=_MOST)
    look = THEMES[theme]
    single = len(melodies) == 1
    if title is None:
        title = (melodies[0].title or domain_of(melodies[0]).name.capitalize()) if single else f"{len(melodies)} pieces"
    cut = [_lines(melody) for melody in melodies]
    longest = max((last - first for lines in cut for first, last in lines), default=WHOLE)
    scale = min(_QUARTER[1] / 480, _LINE / longest)
    rows, kit = _rows(melodies), _kit(melodies)
    body: list[str] = []
    y = _EDGE + 34.0
    width = 0.0
    facts = _facts(melodies[0]) if single else ""
    if facts:
        y += 20.0
    legend, tall = _legend(melodies[0], y, look)
    body += legend
    y += tall
    for index, melody in enumerate(melodies):
        if not single:
            caption = captions[index] if index < len(captions) else melody.title or f"Piece {index + 1}"
            body.append(_letters(_EDGE, y + 12, caption, 12.5, look.text, weight=600))
            body.append(_letters(_EDGE + 7.4 * columns(caption) + 12, y + 12, _facts(melody), 11, look.muted))
            y += _CAPTION - 8
        for first, last in cut[index]:
            left = _EDGE + _KEYS + (_WIDER if kit else 0.0)
            if melody.symbols:
                body += _symbols(melody, Plane((), _ROW, scale, left, y, first), last, look)
                y += _SYMBOLS
            y += _RULER
            if melody.pitched:
                plane = Plane(rows[index], _ROW, scale, left, y, first)
                body += _system(melody, plane, last, look)
                y += plane.height
            if kit:
                y += _BETWEEN * melody.pitched
                plane = Plane(kit, _LANE, scale, left, y, first)
                body += _kit_system(melody, plane, last, look)
                y += plane.height
            width = max(width, left + (last - first) * scale)
            y += _GAP
    height = round(y - _GAP + _EDGE)
    total = math.ceil(max(width + _EDGE, 2 * _EDGE + 11.0 * columns(title), 360))
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{height}" viewBox="0 0 {total} {height}">',
        f"<title>{escape(title)}</title>",
        f"<metadata>{escape(note)}</metadata>" if note else "",
        f'<rect width="{total}" height="{height}" fill="{look.page}"/>',
        _letters(_EDGE, _EDGE + 14, title, 19, look.text, weight=600),
        _letters(_EDGE, _EDGE + 34, facts, 12, look.muted) if facts else "",
    ]
    return "".join([*head, *body]) + "</svg>\n"


def _rows(melodies: Sequence[Music]) -> list[Sequence[int]]:
    """The pitch of each row of each piece: the same rows for all pieces if their common range is not too wide."""
    found = [[note.pitch for note in melody.notes] for melody in melodies]
    every = [pitch for pitches in found for pitch in pitches] or [60, 72]
    return [pitch_rows(every if max(every) - min(every) <= 40 else pitches) for pitches in found]


def _kit(melodies: Sequence[Music]) -> Sequence[int]:
    """The drum of each row of drums, the same for all pieces; none where they have none."""
    if not melodies[0].pitched:
        return kit_rows(note.pitch for melody in melodies for note in melody.notes)
    hits = [note.pitch for melody in melodies for part in melody.parts if not part.pitched for note in part.notes]
    return kit_rows(hits, least=()) if hits else ()


def _sounding(music: Music) -> list[tuple[int, Part]]:
    """The parts of a score that have notes, with their places in it; none where one part does, which needs no colour of its own."""
    found = [(place, part) for place, part in enumerate(music.parts) if part.notes]
    return found if len(found) > 1 else []


def _part_colour(place: int, look: Theme) -> str:
    return look.parts[place % len(look.parts)]


def _legend(music: Music, top: float, look: Theme) -> tuple[list[str], float]:
    """The colours and names of the parts of a score, and the height of the legend."""
    parts = _sounding(music)
    names = [part.name or part.role.capitalize() for _, part in parts]
    count, seen = Counter(names), Counter[str]()
    out: list[str] = []
    x, y = _EDGE, top
    for (place, _), name in zip(parts, names, strict=True):
        seen[name] += 1
        shown = f"{name} {seen[name]}" if count[name] > 1 else name
        wide = 16 + 7.0 * columns(shown) + 18
        if x > _EDGE and x + wide > _EDGE + _KEYS + _LINE:
            x, y = _EDGE, y + _LEGEND - 6
        out.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="10" height="10" rx="2.2" fill="{_part_colour(place, look)}"/>')
        out.append(_letters(x + 16, y + 9, shown, 11.5, look.text))
        x += wide
    return out, y + _LEGEND - top if out else 0.0


def _symbols(music: Music, plane: Plane, last: int, look: Theme) -> list[str]:
    """Write the chord symbols from the first tick of the plane to ``last`` in a line at its top; one that goes on from the line
    before is muted, and one without room is left out."""
    flats = signature(music).sharps < 0
    out: list[str] = []
    free = plane.left
    for chord in music.symbols:
        if chord.end <= plane.first or chord.start >= last:
            continue
        name = chord_name(chord, flats)
        x = plane.x(max(chord.start, plane.first)) + 3
        if x >= free:
            colour = look.text if chord.start >= plane.first else look.muted
            out.append(_letters(x, plane.top + 12, name, 11.5, colour, weight=600))
            free = x + 7.4 * columns(name) + 5
    return out


def _facts(melody: Music) -> str:
    about = domain_of(melody).describe(melody)
    bars = f"{about['bars']} bar" + ("s" if about["bars"] != 1 else "")
    parts = [about.get("key"), about["metre"], bars, f"{about['tempo']:.0f} quarters a minute", about.get("range")]
    return "  ·  ".join(str(part) for part in parts if part)


def _letters(x: float, y: float, text: str, size: float, colour: str, *, weight: int = 400, anchor: str = "start") -> str:
    more = f' font-weight="{weight}"' if weight != 400 else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-family="{SANS}" font-size="{size:g}" fill="{colour}"{more}>{escape(text)}</text>'


def _lines(melody: Music) -> list[tuple[int, int]]:
    """Start and end of each line of whole bars, with as many bars as are readable, on several lines if possible in fours."""
    bars = list(bars_of(melody))
    if not bars:
        return [(0, WHOLE)]
    room = _LINE * 480 / _QUARTER[0]
    count = math.ceil(melody.length / room)
    most = math.ceil(len(bars) / count)
    if count > 1 and (wanted := -(-most // 4) * 4) * melody.length / len(bars) <= room:
        most = wanted
    lines: list[tuple[int, int]] = []
    held = 0
    for start, end, number, _ in bars:
        if lines and held < most and end - lines[-1][0] <= room:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((start, end))
            held = 0
        held += number > 0
    return lines


def _kit_system(music: Music, plane: Plane, last: int, look: Theme) -> list[str]:
    """Draw one line of drums; see :func:`_system`."""
    left, width = plane.left, (last - plane.first) * plane.tick
    out = [f'<rect x="{left:g}" y="{plane.top:g}" width="{width:.1f}" height="{plane.height:g}" fill="{look.white}"/>']
    parts = _sounding(music)
    hits = [(note, _part_colour(place, look)) for place, part in parts if not part.pitched for note in part.notes]
    hits = hits or [(note, _drum_colour(note, look)) for note in _drums(music)]
    hits = [(note, colour) for note, colour in hits if plane.first <= note.start < last]
    struck = {note.pitch for note, _ in hits}
    for at, number in enumerate(reversed(plane.rows)):
        y = plane.y(number)
        if at % 2:
            out.append(f'<rect x="{left:g}" y="{y:g}" width="{width:.1f}" height="{_LANE:g}" fill="{look.black}"/>')
        colour = look.text if number in struck else look.muted
        out.append(_letters(left - 6, y + _LANE / 2 + 3, drum(number).name, 8.6, colour, anchor="end"))
    out += _bar_lines(music, plane, last, look, numbered=not music.pitched)
    out += (_hit(note, plane, colour) for note, colour in hits)
    out.append(_frame(left, plane, width, look))
    return out


def _drums(music: Music) -> Sequence[Note]:
    return music.notes if not music.pitched else [note for part in music.parts if not part.pitched for note in part.notes]


def _drum_colour(hit: Note, look: Theme) -> str:
    return _colour(_PLACES.get(hit.pitch, hit.pitch % 12), look.lightness, look.chroma)


def _hit(note: Note, plane: Plane, colour: str) -> str:
    x, y, wide, tall = plane.hit(note)
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" rx="{min(2.2, tall / 3):.1f}" '
        f'fill="{colour}" fill-opacity="{0.62 + 0.38 * strength(note.velocity):.2f}"/>'
    )


def _frame(left: float, plane: Plane, width: float, look: Theme) -> str:
    shape = f"M{left:g} {plane.top:g}h{width:.1f}v{plane.height:g}h{-width:.1f}z"
    return f'<path d="{shape}" fill="none" stroke="{look.bar}"/>'


def _bar_lines(music: Music, plane: Plane, last: int, look: Theme, *, numbered: bool) -> list[str]:
    """Draw the lines of beats and bars, and the numbers of bars above them."""
    out: list[str] = []
    top, height = plane.top, plane.height
    for bar in bars_of(music):
        if not plane.first <= bar.start < last:
            continue
        out += (f'<path d="M{x:.1f} {top:g}v{height:g}" stroke="{look.beat}"/>' for x in plane.beats(bar))
        x = plane.x(bar.start)
        if bar.number and numbered:
            out.append(_letters(x + 3, top - 4, str(bar.number), 8.5, look.muted))
        if bar.start > plane.first:
            out.append(f'<path d="M{x:.1f} {top - 3 * numbered:g}v{height + 3 * numbered:g}" stroke="{look.bar}"/>')
    return out


def _system(melody: Music, plane: Plane, last: int, look: Theme) -> list[str]:
    """Draw one line of pitched music, from the first tick of the plane to ``last``."""
    left, width = plane.left, (last - plane.first) * plane.tick
    out = [f'<rect x="{left:g}" y="{plane.top:g}" width="{width:.1f}" height="{plane.height:g}" fill="{look.white}"/>']
    keys = left - _EDGE
    notes = [note for note in melody.notes if note.start < last and note.end > plane.first]
    sounding = {note.pitch for note in notes}
    for pitch in reversed(plane.rows):
        y, black = plane.y(pitch), is_black(pitch)
        if black:
            out.append(f'<rect x="{left:g}" y="{y:g}" width="{width:.1f}" height="{_ROW:g}" fill="{look.black}"/>')
        key = look.key_black if black else look.key_white
        out.append(f'<rect x="{_EDGE:g}" y="{y:g}" width="{keys:g}" height="{_ROW:g}" fill="{key}"/>')
        if is_seam(pitch):
            out.append(f'<path d="M{left:g} {y + _ROW:g}h{width:.1f}" stroke="{look.row}"/>')
            out.append(f'<path d="M{_EDGE:g} {y + _ROW:g}h{keys:g}" stroke="{look.key_line}" stroke-width="0.7"/>')
        if pitch in sounding or pitch % 12 == 0:
            colour = look.text if pitch in sounding else look.muted
            out.append(_letters(left - 6, y + _ROW - 1.7, pitch_name(pitch), 7.6, colour, anchor="end"))
    out += _bar_lines(melody, plane, last, look, numbered=True)
    parts = [(place, part) for place, part in _sounding(melody) if part.pitched]
    # The first part is drawn last, above the others.
    coloured = [(note, _part_colour(place, look)) for place, part in reversed(parts) for note in part.notes]
    coloured = coloured or [(note, _colour(note.pitch % 12, look.lightness, look.chroma)) for note in notes]
    edge = f' stroke="{look.white}" stroke-width="0.6"' if parts else ""
    for note, colour in coloured:
        if note.start >= last or note.end <= plane.first:
            continue
        x, y, wide, _ = plane.note(note, last)
        out.append(
            f'<rect x="{x + 0.4:.1f}" y="{y + 0.6:.1f}" width="{max(1.2, wide - 1.0):.1f}" height="{_ROW - 1.2:.1f}" '
            f'rx="{min(2.2, wide / 2.5):.1f}" fill="{colour}"{edge}/>'
        )
    out.append(_frame(left, plane, width, look))
    out.append(f'<path d="M{_EDGE:g} {plane.top:g}h{keys:g}v{plane.height:g}h{-keys:g}z" fill="none" stroke="{look.bar}"/>')
    return out
