"""Words: runs of characters between spaces; each Chinese or Japanese character is a word by itself."""

from __future__ import annotations

import re

__all__ = ["CJK", "WORD", "words"]

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff"
"""Chinese and Japanese characters, as ranges for a set of characters in a regular expression."""
WORD = re.compile(f"[{CJK}]|[^\\s{CJK}]+")


def words(text: str) -> list[str]:
    """The words of a text, in order.

    >>> words("It rains: 下雨了。")
    ['It', 'rains:', '下', '雨', '了', '。']
    """
    return WORD.findall(text)
