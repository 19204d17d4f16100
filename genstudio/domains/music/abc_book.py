"""Split an ABC file into its tunes, and leave out what is not music.

Source: the ABC music standard 2.1, section 2, https://abcnotation.com/wiki/abc:standard:v2.1

Rules
- A tune begins with a line X: and ends with an empty line after its first line of music, or at the next X:. Between tunes there is
  free text. In a file without X:, there is a tune for every K:.
- Fields before the first tune apply to all tunes if they are a block of only fields, as a file header is.
- Blocks (``%%begintext`` and the like), markup around tunes, and quotation marks (``>``) before each line are left out.
"""

from __future__ import annotations

import codecs
import html
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from genstudio.domains.encoding import Decoded, decode
from genstudio.errors import Message

__all__ = ["MAX_TUNE", "Tune", "decoded", "is_prose", "title_of", "tunes"]

MAX_TUNE = 200_000
"""Characters of one tune."""
_MAX_LINE = 2_000  # characters of a line of free text that are examined

_CHARSET = re.compile(
    rb"(?:%%|I:)[ \t]*abc-charset[ \t=]+((?:iso-?8859|latin|windows-12|cp12|utf-?8|gb|big5|shift_?jis|euc|koi8)[\w-]{0,8})",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?m)^(?:%%|I:)[ \t]*(begin|end)(text|ps|svg|js|ml)\b", re.IGNORECASE)
_HEADER = re.compile(r"([A-Za-z]):|%|[ \t]*$")
_NUMBER = re.compile(r"X:[ \t]*(?:\d|[^\s%]{0,20}[ \t]*(?:%|$))")
_QUOTED = re.compile(r"(?m)^[ \t>]+(?=X:[ \t]*\d)")
_WORD = re.compile(r"[A-Za-z']{3,}")
_STRANGE = re.compile(r"[h-wH-W]")  # letters that no note has

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|pre|p|br|div|textarea|table|form|script|span|font|center|h[1-6])\b[^<>]*>|</(?:pre|abc|score)>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_LINE_TAG = re.compile(r"<br\b[^<>]*>[ \t]*\n?", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:!doctype|html|head|body|pre|textarea|table|form|hr|h[1-6]|ul|ol|title|blockquote|center|script|style|abc|score|meta"
    r"|link|input|button|label|select|option)\b[^<>]*>",
    re.IGNORECASE,
)
_PARAGRAPH_TAG = re.compile(r"</?(?:p|div|li|tr|td|th|tbody|thead|section|article|main)\b[^<>]*>", re.IGNORECASE)
_FIELD_IN_PARAGRAPH = re.compile(r"<(?:p|div|li|td)\b[^<>]*>[ \t]*K:", re.IGNORECASE)
# In ABC <b> can be music: it counts as a tag only if it is a closing tag or has attributes.
_INLINE_TAG = re.compile(
    r"</(?:span|font|em|strong|tt|code|small|big|sup|sub|abbr|a|b|i|u)\s*>|<(?:span|font|em|strong|tt|code|small|big|sup|sub|abbr"
    r"|img|nobr|wbr)\b[^<>]*>|<[aA]\s+[a-z]+=[^<>]*>",
    re.IGNORECASE,
)
_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "c": "\u0327", "v": "\u030c"}
_ACCENT = re.compile(r"\\([`'^~\"cv])([A-Za-z])")


@dataclass
class Tune:
    """A tune of a tunebook.

    number: the value of X:. lines: the fields of the file header and the lines of the tune without X:. lost: the number of lines of
    notes after the empty line that ends the tune. size: the number of its characters, of which at most :data:`MAX_TUNE` are kept.
    """

    number: str
    lines: list[str] = field(default_factory=list)
    lost: int = 0
    size: int = 0

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def remarks(self) -> list[str]:
        """Remarks for a person."""
        if self.lost == 1:
            return [Message("1 line of notes after an empty line, which ends a tune, was left out")]
        if self.lost:
            return [Message("{count} lines of notes after an empty line, which ends a tune, were left out", count=self.lost)]
        return []

    def add(self, line: str) -> None:
        """Add a line."""
        self.size += len(line) + 1
        if self.size <= MAX_TUNE:
            self.lines.append(line)


def decoded(data: bytes, path: Path) -> Decoded:
    """Decode a tunebook with the encoding that it states, if that is right, else with a detected one.

    Raises:
        DamagedFileError: it is not text.
    """
    stated = _CHARSET.search(data[:100_000])
    if stated and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            encoding = codecs.lookup(stated[1].decode("ascii")).name
            return Decoded(data.decode(encoding), encoding)
        except (LookupError, UnicodeDecodeError):
            pass  # the stated encoding is wrong
    return decode(data, path)


def title_of(value: str) -> str:
    """The text of a T: field; accents and characters that are written as ASCII codes are decoded."""
    text = _ACCENT.sub(lambda match: match[2] + _ACCENTS[match[1]], value[:_MAX_LINE].split("%")[0])
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())


def is_prose(line: str) -> bool:
    """Whether a line is prose and not music: it has no bar line, and most words have letters that no note has."""
    if "|" in line or line.startswith("%"):
        return False
    bare = re.sub(r'"[^"]*"|![^!]{1,40}!|\+[^+]{1,20}\+', " ", line[:_MAX_LINE].split("%")[0])
    words = _WORD.findall(bare)
    strange = sum(1 for word in words if _STRANGE.search(word))
    return strange >= 2 and 2 * strange >= len(words)


def _is_music(line: str) -> bool:
    """Whether a line outside of a tune looks like music."""
    line = line[:_MAX_LINE]
    return "|" in line and len(re.findall(r"[A-Ga-gz][,']*[\d/]*", line)) >= 2 and not is_prose(line.replace("|", " "))


def tunes(text: str) -> Iterator[Tune]:
    """Iterate over the tunes of a tunebook."""
    # Millions of empty lines must not cost time.
    text = re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _MARKUP.search(text):
        text = _without_markup(text)
    numbered = re.search(r"(?m)^X:", text) is not None
    if not numbered and _QUOTED.search(text):
        text, numbered = re.sub(r"(?m)^[ \t>]+", "", text), True
    head: dict[str, str] = {}
    heading = True  # nothing but fields and comments so far, and no empty line after fields
    now: Tune | None = None
    keyed = gap = begun = ended = False
    count = 0
    for line in _lines(text):
        if _NUMBER.match(line) if numbered else (now is None or ended) and re.match(r"[A-Z]:", line):
            if now is not None:
                yield now
            count += 1
            number = line[2:200].split("%")[0].strip() if numbered else str(count)
            now = Tune(number, list(head.values()))
            keyed = gap = begun = ended = heading = False
            if not numbered:
                now.add(line)
                keyed = line.startswith("K:")
        elif now is None:
            if heading:
                heading = _read_head(line, head)
        elif not line.strip():
            # An empty line in the header of a tune, or between header and music, is a mistake and ignored.
            gap, ended = gap or keyed, ended or begun
        elif ended:
            now.lost += _is_music(line)
        else:
            keyed = keyed or line.startswith("K:")
            notes = keyed and not re.match(r"[A-Za-z+]:(?![|:])|%", line)
            if gap and notes and not begun and not _is_music(line):
                ended = True
                continue
            begun = begun or notes
            now.add(line)
    if now is not None:
        yield now


def _read_head(line: str, head: dict[str, str]) -> bool:
    """Read a line before the first tune into ``head``; whether the next line can still belong to the header of the file."""
    match = _HEADER.match(line)
    if match is None:
        head.clear()
        return False
    if match[1] and match[1] in "MLQ":
        head[match[1]] = line[:200]
    elif line.startswith(("%%MIDI", "I:MIDI")):
        head["MIDI"] = line[:200]
    return bool(line.strip() or not head)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text without blocks; a block without an end ends at the next tune."""
    last = {match[2].lower(): match.start() for match in _BLOCK.finditer(text) if match[1].lower() == "end"}
    block = ""
    closed = False
    at = 0
    for line in io.StringIO(text):
        start, at = at, at + len(line)
        line = line.rstrip("\n")
        match = _BLOCK.match(line) if line[:2] in ("%%", "I:") else None
        if block:
            if match and match[1].lower() == "end" and match[2].lower() == block:
                block = ""
                continue
            if closed or not line.startswith("X:"):
                continue
            block = ""
        elif match:
            block = match[2].lower() if match[1].lower() == "begin" else ""
            closed = last.get(block, -1) > start
            continue
        yield line


def _without_markup(text: str) -> str:
    """Remove the tags of HTML; tags that separate tunes become empty lines."""
    text = _up_to(text, "-->", _COMMENT, "")
    for name in ("script", "style"):
        # Some pages have their tunes in a script element with a type for ABC.
        whole = re.compile(rf"<{name}\b(?![^<>]*abc)[^<>]*>.*?</{name}\s*>", re.IGNORECASE | re.DOTALL)
        text = _up_to(text, f"</{name}", whole, "\n\n", 20)
    text = _LINE_TAG.sub("\n", text)
    text = _PARAGRAPH_TAG.sub("\n" if _FIELD_IN_PARAGRAPH.search(text) else "\n\n", text)
    for letter in "biu":
        if f"</{letter}>" in text.lower():
            text = re.sub(rf"<{letter}>", "", text, flags=re.IGNORECASE)
    text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n\n", text))
    return _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\xa0", " "), text)


def _up_to(text: str, end: str, pattern: re.Pattern[str], put: str, more: int = 3) -> str:
    """Replace ``pattern`` up to the last ``end``: after it, each attempt to match would search all of the text in vain."""
    last = text.lower().rfind(end)
    if last < 0:
        return text
    return pattern.sub(put, text[: last + more]) + text[last + more :]
