"""Read the XML of scores from unknown sources safely: unpack it, repair it if necessary, and pass on one measure at a time.

Elements are counted, and released after reading, so that no file takes more than some seconds and some hundred megabytes. Files
with declarations of their own (entities, default attributes) are refused, and nothing outside of a file is read.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.etree import ElementTree

from genstudio.domains.encoding import decode
from genstudio.errors import DamagedFileError, FileError

__all__ = ["MAX_BYTES", "IllFormedError", "mended", "plain", "unpacked", "walk"]

MAX_BYTES = 24_000_000
"""Of the unpacked XML."""
_MAX_MEMBERS = 1_000
_MAX_ELEMENTS = 1_500_000
_MAX_KEPT = 300_000  # elements in memory at once: of one measure, and all outside of measures
_LONGEST = 1 << 20  # bytes without a tag: a text or a tag with its attributes
_LONG = re.compile(rb"<[^<]{%d}" % _LONGEST)
_CHUNK = 1 << 16
_HEAD = 1 << 16  # bytes of a file in an archive that are searched for the root element of a score
_CONTAINER = "META-INF/container.xml"
_ROOTS = ("score-partwise", "score-timewise")
_NATIVE = ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1")
_TEXT_ENCODINGS = re.compile(r"(utf[-_]?(8|16|32)|iso|latin|windows|cp|koi|mac|gb|big5|euc|shift|sjis)[\w.-]*", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_MOST_AMPERSANDS = 100_000  # that are repaired
_CONTROL_REFERENCE = re.compile(r"&#0*(?:[0-8]|1[124-9]|2\d|3[01]);|&#x0*(?:[0-8bcef]|1[0-9a-f]);", re.IGNORECASE)
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)([A-Za-z][A-Za-z0-9]{0,30};)?")


class IllFormedError(Exception):
    """The data are not well-formed XML; the message is the reason."""


# -- archives


def unpacked(data: bytes) -> bytes:
    """Unpack the score in a compressed MusicXML file: the one that its container file names, else the first one.

    Raises:
        FileError: there is no score, or the archive is damaged; the message is a clause without the path.
    """
    if data.count(b"PK\1\2") > _MAX_MEMBERS:
        raise DamagedFileError("its archive holds more than {most} files, which no score does", most=_MAX_MEMBERS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {member.filename: member for member in archive.infolist() if not member.is_dir()}
            wanted = _named(archive, members)
            if wanted is None:
                wanted = _found(archive, members)
            if wanted is None:
                raise DamagedFileError("its archive holds no score")
            return _member(archive, members[wanted], MAX_BYTES)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise DamagedFileError("damaged: it cannot be unpacked ({reason})", reason=error) from error


def _named(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> str | None:
    """The file of an archive that its container file names; None if it names none or is damaged."""
    if _CONTAINER not in members:
        return None
    try:
        container = _member(archive, members[_CONTAINER], _LONGEST)
        root = ElementTree.fromstring(_harmless(container))
    except (ElementTree.ParseError, ValueError, LookupError, FileError, zipfile.BadZipFile, OSError, RuntimeError, zlib.error):
        return None
    for entry in root.iterfind(".//{*}rootfile"):
        path, kind = entry.get("full-path", ""), entry.get("media-type", "")
        # A container file may also name pictures or recordings of the score.
        if path in members and (not kind or "musicxml" in kind or path.lower().endswith((".xml", ".musicxml"))):
            return path
    return None


def _found(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> str | None:
    """The first file that looks like a score, with those at the top level of the archive first."""
    names = [name for name in members if name.lower().endswith((".xml", ".musicxml")) and name != _CONTAINER]
    for name in sorted(names, key=lambda name: name.replace("\\", "/").count("/")):
        with archive.open(members[name]) as file:
            head = file.read(_HEAD).replace(b"\0", b"")
        if any(root.encode() in head for root in _ROOTS):
            return name
    return None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DamagedFileError("its archive is packed in a way that scores are not (number {number})", number=member.compress_type)
    # The size is measured while reading, since the archive may state a wrong one.
    with archive.open(member) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise FileError("it unpacks to more than {size} MB, which no song does", size=most // 1_000_000)
    return data


# -- characters


def plain(data: bytes) -> bytes:
    """Convert XML to UTF-8, unless it declares an encoding that every parser knows.

    Raises:
        DamagedFileError: it has declarations that no score needs.
    """
    encoding = _wide(data)
    if encoding is None:
        declared = re.search(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})[\"']", data[:1000])
        name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
        # XML that is declared as UTF-16 but has no zero bytes is UTF-8.
        if name.replace("_", "-") not in _NATIVE and _TEXT_ENCODINGS.fullmatch(name):
            encoding = "utf-8" if name.startswith("utf") else name
    if encoding is not None:
        try:
            data = _DECLARATION.sub("", data.decode(encoding, errors="replace").lstrip("\ufeff")).encode("utf-8", "replace")
        except LookupError:
            raise DamagedFileError("damaged: it declares the encoding {name!r}, which there is not", name=encoding) from None
    return _harmless(data.strip(b" \t\r\n\0"))


def _harmless(data: bytes) -> bytes:
    if b"<!ENTITY" in data or b"<!ATTLIST" in data:
        # No score declares them; they are used for attacks that fill the memory.
        raise DamagedFileError("it declares XML entities or attributes of its own, which a score does not need")
    return data


def _wide(data: bytes) -> str | None:
    for mark, encoding in (
        (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
        (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
    ):  # fmt: skip
        if data.startswith(mark):
            return encoding
    return None


def mended(data: bytes) -> bytes:
    """Repair the most frequent faults in XML from :func:`plain`.

    These are undecodable bytes, control characters, and "&" as a plain character or before the name of an HTML character.

    Raises:
        IllFormedError: it is not text, or not XML at all.
        DamagedFileError: it has declarations that no score needs.
    """
    if data.count(b"&") > _MOST_AMPERSANDS:
        raise IllFormedError("it is not XML")
    data = data.translate(None, _CONTROLS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = decode(data, "").text.lstrip("\ufeff")
        except DamagedFileError as error:
            raise IllFormedError("it is not text") from error
    text = _CONTROL_REFERENCE.sub("", _DECLARATION.sub("", text))
    text = _LOOSE_AMPERSAND.sub(lambda found: _ampersand(found[1]), text)
    return _harmless(text.strip().encode("utf-8", "replace"))


def _ampersand(name: str | None) -> str:
    character = html.unescape(f"&{name}") if name else ""
    return character if len(character) == 1 else f"&amp;{name or ''}"


# -- elements


def walk(data: bytes, take: Callable[[ElementTree.Element, ElementTree.Element, bool], None]) -> ElementTree.Element:
    """Go through all measures of a score.

    Args:
        data: the XML, from :func:`plain`.
        take: called for each measure of each part with the outer element, the inner element, and whether the outer one is the
            measure and the inner one the part (``score-timewise``). The inner element is emptied afterwards.

    Returns:
        The root element, without the measures.

    Raises:
        IllFormedError: it is not well-formed.
        DamagedFileError: it is not a score, or larger than any score.
    """
    if data.count(b"<") - data.count(b"</") > _MAX_ELEMENTS:
        raise DamagedFileError("it has more XML elements than any song")
    if _LONG.search(data):
        raise DamagedFileError("damaged: more than a megabyte of it is one text or one element")
    made: list[ElementTree.Element] = []

    def make(tag: str, attributes: dict[str, str]) -> ElementTree.Element:
        element = ElementTree.Element(tag, attributes)
        if not made:
            made.append(element)
        return element

    # Examining the growing tree is several times as fast as a callback for every element.
    parser: ElementTree.XMLParser[ElementTree.Element] = ElementTree.XMLParser(target=ElementTree.TreeBuilder(make))
    walker: _Walker | None = None
    kept = 0
    for at in range(0, len(data) + _CHUNK, _CHUNK):
        chunk = data[at : at + _CHUNK]
        broken: Exception | None = None
        try:
            if chunk:
                parser.feed(chunk)
            else:
                parser.close()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            broken = error
        if made and walker is None:
            walker = _Walker(made[0], take)
        if broken is not None:
            raise IllFormedError(str(broken)) from broken
        kept += chunk.count(b"<")
        if walker is not None and walker.go(done=not chunk):
            kept = 0
        if kept > 2 * _MAX_KEPT:
            raise DamagedFileError("it has more XML elements than any song")
    return made[0]


class _Walker:
    """Takes the measures of a tree that is still growing, and empties them."""

    def __init__(self, root: ElementTree.Element, take: Callable[[ElementTree.Element, ElementTree.Element, bool], None]) -> None:
        tag = _local(root.tag)
        if tag not in _ROOTS:
            raise DamagedFileError("no MusicXML score: it begins with <{tag}>, and <score-partwise> was expected", tag=tag[:40])
        self._root, self._take = root, take
        self._prefixed, self._by_time = tag != root.tag, tag == "score-timewise"
        self._outer, self._inner = ("measure", "part") if self._by_time else ("part", "measure")
        self._at = self._within = 0

    def go(self, *, done: bool) -> int:
        """Pass on the measures that are complete, and return their number."""
        taken = 0
        while self._at < len(self._root):
            around = self._root[self._at]
            whole = done or self._at + 1 < len(self._root)
            if _local(around.tag) == self._outer:
                ready = len(around) if whole else len(around) - 1
                while self._within < ready:
                    element = around[self._within]
                    self._within += 1
                    if _local(element.tag) == self._inner:
                        if self._prefixed:
                            _without_prefixes(element)
                        self._take(around, element, self._by_time)
                    element.clear()
                    taken += 1
                if whole:
                    around.clear()
            elif whole and self._prefixed:
                _without_prefixes(around)
            if not whole:
                break
            self._at, self._within = self._at + 1, 0
        return taken


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _without_prefixes(element: ElementTree.Element) -> None:
    for one in element.iter():
        one.tag = _local(one.tag)
