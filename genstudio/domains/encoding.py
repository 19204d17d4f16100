"""Decode the bytes of a text file, whatever its encoding.

Rules
- A byte order mark decides. Otherwise a text is UTF-8 if all or nearly all of its multi-byte sequences are valid UTF-8: one damaged
  byte does not make it another encoding.
- Otherwise it is UTF-16 if its zero bytes or its characters suggest that, else the encoding of East Asia, the West, Russia or
  Greece in which its characters are common ones. Any other encoding is detected by charset-normalizer.
- An invalid byte is replaced by U+FFFD, and a remark names the line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from genstudio.errors import DamagedFileError, Message

__all__ = ["REPLACED", "Decoded", "decode", "decode_names"]

REPLACED = "\ufffd"
_SAMPLE = 200_000  # bytes or characters from which an encoding is recognised
_NAMED = 5  # lines that a remark names

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HIGH = bytes(range(128, 256))
_FEW_CONTROLS = 0.002  # share of control and unassigned characters that a text may have
_FEW_ZEROS = 0.05  # with a larger share of zero bytes a text is not damaged but UTF-16
_MOST_REPLACED = 0.2  # share of the characters; with more of them it is another encoding
_SELF_SYNCHRONISING = ("utf-8", "utf-16", "utf-32", "cp125", "koi8", "latin")


@dataclass(frozen=True)
class Decoded:
    """The characters of a file.

    text: with U+FFFD for every invalid byte. encoding: as Python names it. damaged: the lines (from 1) with invalid bytes.
    whole: whether the characters beside an invalid byte are right; in GB18030 and similar encodings it may garble its line.
    zeros: the number of zero bytes in it.
    """

    text: str
    encoding: str
    damaged: tuple[int, ...] = ()
    whole: bool = True
    zeros: int = 0

    @property
    def remarks(self) -> list[str]:
        """Remarks for a person on the encoding and on damaged bytes."""
        remarks: list[str] = []
        if self.encoding not in ("utf-8", "ascii"):
            remarks.append(Message("read as {encoding}", encoding=self.encoding))
        if self.damaged:
            lines = ", ".join(map(str, self.damaged[:_NAMED])) + (" …" if len(self.damaged) > _NAMED else "")
            where = Message("line {lines}" if len(self.damaged) == 1 else "lines {lines}", lines=lines)
            remarks.append(
                Message(
                    "bytes that are not {encoding} were replaced by {replaced} in {where}",
                    encoding=self.encoding,
                    replaced=REPLACED,
                    where=where,
                )
            )
        if self.zeros:
            remarks.append(
                Message("{zeros} zero byte left out" if self.zeros == 1 else "{zeros} zero bytes left out", zeros=self.zeros)
            )
        return remarks


def decode(data: bytes, path: Path | str) -> Decoded:
    """Decode the bytes of a text file.

    Args:
        data: all of the file's bytes.
        path: of the file, for error messages.

    Raises:
        DamagedFileError: it is not text, or its encoding cannot be recognised.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            found = _decoded(data[len(mark) :], encoding)
            if found is None:
                message = "{path}: it is marked as {encoding} and is not; save it as UTF-8."
                raise DamagedFileError(message, path=path, encoding=encoding)
            return found
    found = _unmarked(data)
    if found is None:
        raise DamagedFileError("{path}: it is not text in an encoding that can be recognised; save it as UTF-8.", path=path)
    return found


def decode_names(names: Sequence[bytes], hint: str = "") -> list[str]:
    """Decode short texts of one file (names of tracks …), which probably share an encoding.

    Args:
        names: their bytes.
        hint: the encoding that the file states, as Python names it, or "".
    """
    together = b"\n".join(dict.fromkeys(names))
    for encoding in ("utf-8", hint, _legacy(together)):
        if encoding:
            try:
                return [name.decode(encoding) for name in names]
            except (UnicodeDecodeError, LookupError):
                continue
    return [_one_name(name) for name in names]


def _one_name(name: bytes) -> str:
    for encoding in ("utf-8", _legacy(name), "cp1252"):
        try:
            if encoding:
                return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def _decoded(data: bytes, encoding: str) -> Decoded | None:
    """``data`` decoded with an encoding, invalid bytes replaced; None where the result is not text."""
    lines: tuple[int, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        if text.count(REPLACED) > _MOST_REPLACED * len(text):
            return None
        lines = _lines_with(text, REPLACED)
    whole = encoding.startswith(_SELF_SYNCHRONISING)
    zeros = text.count("\0")
    if zeros > _FEW_ZEROS * len(text) or not _readable(text if whole or not lines else _undamaged(text[:_SAMPLE])):
        return None
    return Decoded(text, encoding, lines, whole, zeros)


def _undamaged(text: str) -> str:
    """A text without its damaged lines, which may be garbled."""
    return "\n".join(line for line in text.split("\n") if REPLACED not in line)


def _lines_with(text: str, character: str) -> tuple[int, ...]:
    """The numbers (from 1) of the lines that contain a character."""
    lines: dict[int, None] = {}
    line, at = 1, 0
    while (place := text.find(character, at)) >= 0:
        # A carriage return and a line feed in a row end one line.
        line += sum(text.count(end, at, place) for end in "\r\n") - text.count("\r\n", at, place)
        lines[line] = None
        at = place + 1
    return tuple(lines)


def _unmarked(data: bytes) -> Decoded | None:
    """Bytes without a mark in the likeliest encoding, or None."""
    for encoding in ("utf-16-le", "utf-16-be"):
        found = _decoded(data, encoding) if _like_utf16(data, encoding) else None
        if found is not None:
            return found
    zeros = data.count(0)
    if zeros > _FEW_ZEROS * len(data):
        return None
    if zeros:
        found = _unmarked(data.translate(None, b"\0"))
        return replace(found, zeros=zeros) if found else None
    text = data.decode("utf-8", "replace")
    wrong = text.count(REPLACED) - data.count(REPLACED.encode())
    valid = len(text) - wrong - len(data.translate(None, _HIGH))
    del text
    if (valid >= 9 * wrong and (valid or not wrong)) and b"\x1b$" not in data[:_SAMPLE]:
        found = _decoded(data, "utf-8")
        if found is not None:
            return found
    likely = _legacy(_head(data))
    if valid > wrong and wrong:  # partly valid UTF-8, which is hardly by accident
        likely = likely if likely in ("gb18030", "big5hkscs") and valid < 4 * wrong else "utf-8"
    return _decoded(data, likely) if likely else _guessed(data)


def _guessed(data: bytes) -> Decoded | None:
    import charset_normalizer  # knows other encodings: Greek, Hebrew, Thai …

    best = charset_normalizer.from_bytes(_head(data)[: 1 << 16]).best()
    if best is None or best.encoding.startswith(("utf_16", "utf_32")) or best.chaos >= 0.1:
        return None
    found = _decoded(data, best.encoding)
    letters = sum(map(str.isalpha, found.text[:_SAMPLE])) if found else 0
    return found if found and letters >= 0.4 * len(found.text[:_SAMPLE]) else None


def _head(data: bytes) -> bytes:
    """Lines with bytes above 127, enough to recognise an encoding."""
    if len(data) <= _SAMPLE:
        return data
    found, size = [], 0
    for line in _LINE.finditer(data):
        if line[0].isascii():  # faster than a regular expression for lines with such a byte
            continue
        found.append(line[0])
        size += len(line[0])
        if size > _SAMPLE:
            break
    return b"\n".join(found)[:_SAMPLE]


def _like_utf16(data: bytes, encoding: str) -> bool:
    """Whether bytes are probably UTF-16 of that byte order without a mark.

    The high byte of line ends, spaces and Western letters is zero, and hardly any character has a low byte of zero. Chinese text
    has few zeros, but nearly all its characters are common ones.
    """
    if len(data) < 4 or (data.isascii() and 0 not in data):
        return False
    low, high = (data[1::2], data[0::2]) if encoding == "utf-16-be" else (data[0::2], data[1::2])
    if high.count(0) > 4 * low.count(0) and high.count(0) >= 0.01 * len(high):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data[:20_000].decode(encoding, "replace")
        return sum("\0" < character < "\x7f" or _is_common(character) for character in text) >= 0.85 * len(text)
    return False


def _readable(text: str) -> bool:
    """Whether characters are those of a text: hardly any control, private or unassigned ones."""
    counts = Counter(text[:_SAMPLE].replace("\0", ""))
    odd = sum(
        times
        for character, times in counts.items()
        if character not in "\t\n\r\f\v\x1a\x85" and unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
    )
    total = sum(counts.values())
    return odd <= max(total >= 30, _FEW_CONTROLS * total)


# -- encodings older than Unicode


_LINE = re.compile(rb"[^\n\r]+")
_WORD = re.compile(r"[^\W\d_]+")
_TYPOGRAPHY = frozenset("“”‘’‚„–—…«»‹›¿¡°§©®™·•€£¥ºª½¼¾×´\xa0")
# The first and the last letter of an alphabet, and its commonest ones.
_ALPHABETS = {
    **dict.fromkeys(("cp1251", "koi8_r", "iso8859_5", "cp866"), ("\u0400", "\u045f", "оеаинтсрвл")),
    "cp1253": ("\u0370", "\u03ff", "αοιετσνηρίό"),
}
# Characters that a short name is likely to have: they decide where several encodings fit the bytes.
_FREQUENT = {
    "gb18030": frozenset(
        "的一是了我不在人有来他这上着个地到大里说就去子得也和那要下看天时过出小么起你都把好还多没为又可家学只以主会样年想生同老中十从自面前头道"
        "它后然走很像见两用她国动进成回什边作对开而己些现山民候经发工向事命给长水几义三声于高手知理眼志点心战二问但身方实吃做叫当住听革打呢真"
        "全才四已所敌之最光产情路分总条白话东席次亲如被花口放儿常气五第使写军吧文运再果怎定许快明行因别飞外树物活部门无往船望新带队先力完却站"
        "音乐律旋调曲歌伴奏鼓贝斯吉他钢琴弦管唱独合弹拉笛箫筝胡茉莉月雪春江夜"
    ),
    "big5hkscs": frozenset(
        "的一是了我不在人有來他這上著個地到大裡說就去子得也和那要下看天時過出小麼起你都把好還多沒為又可家學只以主會樣年想生同老中十從自面前頭道"
        "它後然走很像見兩用她國動進成回什邊作對開而己些現山民候經發工向事命給長水幾義三聲於高手知理眼志點心戰二問但身方實吃做叫當住聽打呢真"
        "音樂律旋調曲歌伴奏鼓貝斯吉他鋼琴弦管唱獨合彈拉笛簫箏胡茉莉月雪春江夜聲部"
    ),
    "cp949": frozenset(
        "이다의는에을를가은로고하지도사기아리나어인시자그스서해일대부보정수주게만한들으과와전라소구장니것여우상제적내면요비원러드세미마트유"
        "조동안오년공성없때생람피노타베멜디컬럼반선율음악곡노래현관건브"
    ),
    "cp932": frozenset("の一人日大年出本中子見国上分生行二間時気十女三前後旋律音楽曲歌伴奏主声"),
    "euc_jp": frozenset("の一人日大年出本中子見国上分生行二間時気十女三前後旋律音楽曲歌伴奏主声"),
}


@cache
def _is_common(character: str) -> bool:
    """Whether a character is in GB 2312 or in the first level of Big5, as nearly all of a Chinese text are."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        try:
            written = character.encode("big5")
        except UnicodeEncodeError:
            return False
        return len(written) == 2 and written[0] <= 0xC6


def _legacy(data: bytes) -> str:
    """The likeliest encoding older than Unicode of some bytes, or ""."""
    if b"\x1b$" in data and data.decode("iso2022_jp", "replace").count(REPLACED) <= 0.02 * len(data):
        return "iso2022_jp"
    scores = {encoding: _east_asian(data, encoding) for encoding in _FREQUENT}
    scores["cp1252"] = _western(data)
    for encoding in _ALPHABETS:
        scores[encoding] = _alphabetic(data, encoding)
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < 0.6:
        return ""
    # Some bytes that cp1252 leaves undefined are used in latin-1.
    return "latin-1" if best == "cp1252" and not _fits(data, "cp1252") else best


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _east_asian(data: bytes, encoding: str) -> float:
    """Score of an encoding of East Asia for some bytes: how common the decoded characters are, 0 to 1.3."""
    text = data.decode(encoding, "replace")
    counts = Counter(character for character in text if character > "\x7f")
    wrong = counts.pop(REPLACED, 0)
    total = sum(counts.values())
    if not total:
        return 0.0
    usual = sum(_usual(character, encoding) * times for character, times in counts.items())
    frequent = sum(times for character, times in counts.items() if character in _FREQUENT[encoding])
    return (usual + 0.3 * frequent) / (total + 3 * wrong)


def _usual(character: str, encoding: str) -> float:
    """How usual a character is, by its row in the table of the encoding: 0 to 1.2."""
    try:
        written = character.encode(encoding)
    except UnicodeEncodeError:  # a part of a sequence that some codes are decoded to
        return 0.0
    lead, trail = written[0], written[-1]
    if len(written) > 2 or len(written) < 2:
        return 0.25 if encoding == "cp932" and len(written) == 1 else 0.0
    if encoding == "gb18030":
        if trail < 0xA1 or not (0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xF7):
            return 0.3
        return 0.5 if lead >= 0xD8 else 1.0
    if encoding == "big5hkscs":
        return 1.0 if 0xA1 <= lead <= 0xC6 else 0.4
    if encoding == "cp949":
        return 1.0 if trail >= 0xA1 and (0xB0 <= lead <= 0xC8 or lead == 0xA1) else 0.2
    if "\u3040" <= character <= "\u30ff":
        return 1.2  # in other encodings these bytes are single common characters
    if encoding == "cp932":
        return 0.9 if lead == 0x81 or 0x88 <= lead <= 0x97 else 0.3
    return 0.8 if lead == 0xA1 or 0xB0 <= lead <= 0xCF else 0.3


def _high(text: str) -> int:
    """How many characters of a text are above 127."""
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def _western(data: bytes) -> float:
    """Score of the Western encoding: the share of the characters above 127 that are plausible as accents or typographic marks."""
    text = data.decode("cp1252" if _fits(data, "cp1252") else "latin-1")
    high = _high(text)
    letters = sum(map(str.isalpha, text))
    if not high or (high > 2 and high > 0.45 * letters):
        return 0.0
    good = sum(map(text.count, _TYPOGRAPHY))
    for word in _WORD.findall(text):
        accents = _high(word)
        if accents and (len(word) == 1 or 3 * accents <= 2 * len(word)) and not any(character in "ºª" for character in word):
            good += accents
    return 0.95 * good / high


def _alphabetic(data: bytes, encoding: str) -> float:
    """Score of a Russian or Greek encoding: the share of the characters above 127 in words of that alphabet, weighted by how common
    their letters are."""
    first, last, common = _ALPHABETS[encoding]
    text = data.decode(encoding, "replace")
    high = _high(text)
    good = frequent = 0
    for word in _WORD.findall(text):
        if all(first <= letter <= last for letter in word) and (word[1:].islower() or word.isupper() or len(word) == 1):
            good += len(word)
            frequent += sum(letter in common for letter in word.lower())
    return good / high * (0.55 + 0.5 * frequent / good) if good > 2 and frequent >= 0.4 * good else 0.0
