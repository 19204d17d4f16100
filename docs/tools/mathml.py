"""TeX to MathML Core, the part of MathML that browsers draw: alphabets as characters, alignment as style, space after names."""

from __future__ import annotations

import html
import re

from latex2mathml.converter import convert

__all__ = ["formulae", "mathml"]

_LETTERS = {
    "double-struck": {"E": "\U0001d53c", "R": "\u211d", "N": "\u2115"},
    "script": {"N": "\U0001d4a9", "L": "\u2112"},
}
_CELLS = {"right": "text-align:right;padding-right:0", "left": "text-align:left;padding-left:0;padding-right:1.6em"}
_NAMED = re.compile(r"(<mi>(?:log|ln|exp|tanh|sin|cos|max|min)</mi>)(?!<mo[^>]*>(?:\(|\[|&#x0?0?028;|&#x0?0?05B;))")


def mathml(tex: str, display: bool) -> str:
    """A formula as an element ``math``.

    Args:
        tex: the formula in TeX.
        display: whether it is a paragraph of its own.

    Raises:
        ValueError: something in it is not understood.
    """
    source = tex.replace("{aligned}", "{align*}")
    made = convert(source, display="block" if display else "inline")
    if "<mi>&</mi>" in made or re.search(r"<mi>\\", made):
        raise ValueError(f"this formula is not understood: {tex}")
    letters = r'<mi mathvariant="(double-struck|script)">(\w)</mi>'
    made = re.sub(letters, lambda found: f"<mi>{_LETTERS[found[1]][found[2]]}</mi>", made)
    made = re.sub(r'<mtd columnalign="(right|left)">', lambda found: f'<mtd style="{_CELLS[found[1]]}">', made)
    return _NAMED.sub(r'\1<mspace width="0.17em" />', made)


def formulae(content: str) -> str:
    """A page's HTML with the formulae that the extension ``arithmatex`` marked as MathML."""
    return re.sub(
        r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>',
        lambda found: mathml(html.unescape(found[2]).strip(), display=found[1] == "div"),
        content,
        flags=re.DOTALL,
    )
