"""Bytes to characters: whatever people's files are in, and with a byte or two that does not belong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from genstudio.domains.encoding import REPLACED, decode, decode_names
from genstudio.domains.text import DOMAIN
from genstudio.errors import DamagedFileError

CHINESE = "今天的天气很好，我们去公园散步吧。\n他昨天买了一本新书。\n你会说中文吗？\n这条河的水很清。\n"
TRADITIONAL = "今天的天氣很好，我們去公園散步吧。\n他昨天買了一本新書。\n你會說中文嗎？\n這條河的水很清。\n"
JAPANESE = "今日はとても良い天気です。\n昨日、新しい本を買いました。\n公園を散歩します。\n"
KOREAN = "오늘은 날씨가 아주 좋아서 공원에 갔다.\n어제 새 책을 샀다.\n"
RUSSIAN = "Сегодня хорошая погода, и мы идём гулять в парк.\nОн вчера купил новую книгу.\n"
GREEK = "Καλημέρα σας, πώς είστε σήμερα; Ο καιρός είναι πολύ καλός.\nΔεν ξέρω τίποτα.\n"
FRENCH = "L'été dernier, nous étions à la plage.\nOù êtes-vous né ?\n“Don’t go,” she said.\n"
ENGLISH = "“The tide was out,” he said – it’s true.\nThe boats lay on the sand.\n" * 4

TEXTS = [
    *((CHINESE, encoding) for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-32")),
    *((TRADITIONAL, encoding) for encoding in ("utf-8", "big5", "gb18030", "utf-16-le", "utf-16-be")),
    *((JAPANESE, encoding) for encoding in ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16-le")),
    *((KOREAN, encoding) for encoding in ("utf-8", "cp949", "utf-16-le")),
    *((RUSSIAN, encoding) for encoding in ("utf-8", "cp1251", "koi8_r", "utf-16-le")),
    *((GREEK, encoding) for encoding in ("utf-8", "cp1253")),
    *((FRENCH, encoding) for encoding in ("utf-8", "cp1252", "utf-16-be")),
    *((ENGLISH, encoding) for encoding in ("utf-8", "cp1252", "utf-16-le", "utf-16")),
    *(("Plain English, nothing else.\n" * 20 + CHINESE[:18], encoding) for encoding in ("utf-8", "gb18030")),
]


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_every_encoding_is_recognised(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding), "a.txt")
    assert found.text == text
    assert not found.damaged


BYTEWISE = [(text, encoding) for text, encoding in TEXTS if "16" not in encoding and "32" not in encoding]


@pytest.mark.parametrize(("text", "encoding"), BYTEWISE)
def test_a_stray_byte_costs_its_line_at_most(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    at = data.index(b"\n") + 1
    found = decode(data[:at] + b"\xff" + data[at:], "a.txt")
    lines = found.text.split("\n")
    assert [line for number, line in enumerate(lines) if number != 1] == [
        line for number, line in enumerate(text.split("\n")) if number != 1
    ]
    if encoding.startswith("utf-8"):
        assert lines[1] == REPLACED + text.split("\n")[1]
        assert found.damaged == (2,)
        assert found.whole


@pytest.mark.parametrize("text", [CHINESE, ENGLISH, FRENCH, RUSSIAN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16"])
def test_a_file_that_was_cut_within_a_character(text: str, encoding: str) -> None:
    data = (text.rstrip("\n") + "…").encode(encoding)
    found = decode(data[:-1], "a.txt")
    assert found.text == text.rstrip("\n") + REPLACED
    assert found.damaged == (text.count("\n"),)


def test_one_line_with_damage_is_still_utf8() -> None:
    assert decode("Café, “naïve”\n".encode() + b"it\xe2\x80", "a.txt").text == f"Café, “naïve”\nit{REPLACED}"
    assert decode(b"caf\xe9 and na\xefve\n", "a.txt").encoding == "cp1252", "no sequence of it is UTF-8"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_zero_bytes_are_left_out_and_told(tmp_path: Path, encoding: str) -> None:
    data = CHINESE.encode(encoding)
    path = tmp_path / "a.txt"
    path.write_bytes(data[:5] + b"\0" + data[5:])
    found = DOMAIN.read(path)
    assert [piece.text for piece in found.pieces] == CHINESE.splitlines()
    assert any("1 zero byte left out" in remark for remark in found.remarks)


def test_the_lines_are_named_whatever_ends_them(tmp_path: Path) -> None:
    lines = ["“one”", "“two”", "“th\udcffree”", "“four”", "“fi\udcffve”"]
    for ends in (["\n"] * 5, ["\r\n"] * 5, ["\r"] * 5, ["\r\n", "\n", "\r", "\r\n", ""]):
        path = tmp_path / "a.txt"
        path.write_bytes("".join(map(str.__add__, lines, ends)).encode("utf-8", "surrogateescape"))
        found = DOMAIN.read(path)
        assert [piece.text for piece in found.pieces] == [line.replace("\udcff", REPLACED) for line in lines]
        assert [remark for remark in found.remarks if remark.endswith("in lines 3, 5")]


def test_a_garbled_line_of_an_encoding_that_loses_its_place_is_refused(tmp_path: Path) -> None:
    data = CHINESE.encode("gb18030")
    at = data.index(b"\n") + 1
    path = tmp_path / "a.txt"
    path.write_bytes(data[:at] + b"\xff" + data[at:])
    found = DOMAIN.read(path)
    kept = CHINESE.splitlines()
    assert [piece.text for piece in found.pieces] == [kept[0], *kept[2:]]
    assert [refusal.path for refusal in found.refused] == [f"{path}#2"]


@pytest.mark.slow
def test_bytes_that_are_no_text_are_refused() -> None:
    draw = random.Random(3)
    for size in [300, 3000, 20_000] * 8:
        with pytest.raises(DamagedFileError, match=r"^a\.bin: "):
            decode(draw.randbytes(size), "a.bin")
    with pytest.raises(DamagedFileError, match="marked as utf-16-le"):
        decode(b"\xff\xfe" + b"\0\xd8" * 50, "a.txt")


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gb18030", ["主旋律", "伴奏", "钢琴", "鼓", "茉莉花", "贝斯", "吉他", "二胡", "人声", "弦乐", "小提琴"]),
        ("big5", ["主旋律", "伴奏", "鋼琴", "鼓", "茉莉花", "貝斯", "二胡", "望春風"]),
        ("cp932", ["メロディ", "主旋律", "ピアノ", "さくらさくら", "荒城の月", "ドラム", "ギター", "旋律"]),
        ("cp949", ["멜로디", "피아노", "아리랑", "드럼", "기타", "반주", "보컬"]),
        ("cp1252", ["Für Elise", "Träumerei", "Prélude", "Señorita", "Où est né", "été", "L’été", "Åse’s Død", "PRÉLUDE"]),
        ("cp1251", ["Мелодия", "Калинка", "гитара"]),
        ("utf-8", ["主旋律", "Für Elise", "メロディ", "Мелодия", "été"]),
        ("ascii", ["Piano", "", "Track 1"]),
    ],
)
def test_names_of_few_characters(encoding: str, names: list[str]) -> None:
    for name in names:
        assert decode_names([b"Track 1", name.encode(encoding)]) == ["Track 1", name]
    assert decode_names([name.encode(encoding) for name in names]) == names
    assert decode_names([name.encode(encoding) for name in names], hint=encoding) == names
