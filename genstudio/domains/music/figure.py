"""The frame of a picture of music for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from genstudio.domains.music.geometry import Plane, is_black, pitch_rows
from genstudio.domains.music.keys import pitch_name
from genstudio.domains.music.notes import Music, Note, bar_lines

__all__ = ["MOST_BARS", "figure", "roll_figure"]

MOST_BARS = 64


def figure(music: Music, name: str, parts: Iterable[str], width: int, height: int) -> str:
    """An HTML figure with a caption and an inline SVG.

    Args:
        music: the music, for title, key, metre, bars and tempo in the caption.
        name: the caption where the music has no title.
        parts: the elements of the SVG.
        width: in pixels.
        height: in pixels.
    """
    facts = [music.metres[0].name, f"{music.bars} bars", f"{music.tempos[0].bpm:g} bpm"]
    if music.stated_key:
        facts.insert(0, music.stated_key)
    title = escape(music.title or name)
    return (
        '<figure style="margin:0;overflow-x:auto"><figcaption style="font:13px sans-serif;margin-bottom:4px">'
        f'<b>{title}</b> · {escape(" · ".join(facts))}</figcaption><svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif"><title>{title}</title>'
        f"{''.join(parts)}</svg></figure>"
    )


def roll_figure(music: Music, name: str, parts: Sequence[tuple[Sequence[Note], str]]) -> str:
    """A piano roll as an HTML figure with an inline SVG; at most 64 bars are drawn.

    Args:
        music: the music.
        name: the caption where it has no title.
        parts: the notes of each part, and their colour.
    """
    lines = bar_lines(music)[: MOST_BARS + 1]
    end = max(1, lines[-1])
    drawn = [(note, colour) for notes, colour in parts for note in notes if note.start < end]
    row = 6
    plane = Plane(pitch_rows(note.pitch for note, _ in drawn), row, max(0.02, min(0.08, 1400 / end)))  # pixels
    height, width = round(plane.height), round(plane.x(end))
    elements = [f'<rect width="{width}" height="{height}" fill="#f6f7f9"/>']
    elements += [
        f'<rect y="{plane.y(pitch):g}" width="{width}" height="{row}" fill="#eceef2"/>'
        for pitch in reversed(plane.rows)
        if is_black(pitch)
    ]
    elements += [f'<path d="M{plane.x(line):.1f} 0V{height}" stroke="#b9bfca"/>' for line in lines]
    for note, colour in drawn:
        x, y, length, _ = plane.note(note, end)
        elements.append(
            f'<rect x="{x:.1f}" y="{y:g}" width="{max(1.0, length - 0.8):.1f}" '
            f'height="{row - 1}" rx="1.5" fill="{colour}" fill-opacity="{0.45 + note.velocity / 230:.2f}">'
            f"<title>{pitch_name(note.pitch)}</title></rect>"
        )
    return figure(music, name, elements, width, height)
