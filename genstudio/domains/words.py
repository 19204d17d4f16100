"""What a word is: a run of characters between spaces; a Chinese or Japanese character is one by itself."""

from __future__ import annotations

import re

__all__ = ["CJK", "WORD", "words"]

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff"
"""Those characters, as a range of a regular expression."""
WORD = re.compile(f"[{CJK}]|[^\\s{CJK}]+")


def words(text: str) -> list[str]:
    """The words of a text, in order.

    >>> words("It rains: 下雨了。")
    ['It', 'rains:', '下', '雨', '了', '。']
    """
    return WORD.findall(text)
