"""The frame of a picture of music for notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from genstudio.domains.music.notes import Music

__all__ = ["MOST_BARS", "figure"]

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
