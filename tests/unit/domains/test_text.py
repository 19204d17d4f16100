from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.domains import check_options, edit_distance, get_domain
from genstudio.domains.text import DOMAIN, Passage
from genstudio.domains.text.reading import sentences
from genstudio.errors import ConfigError, FileError

ENGLISH = ["The tide was out, and the boats lay on the sand.", "Nobody spoke.", "A gull cried twice."]
CHINESE = ["今天的天气很好，我们去公园散步吧。", "他昨天买了一本新书。", "你会说中文吗？", "这条河的水很清。"]


def texts(path, **options):
    return [piece.text for piece in DOMAIN.read(path, **options).pieces]


def test_it_is_found_by_name():
    assert get_domain("text") is DOMAIN


def test_a_line_is_a_piece_and_empty_lines_are_counted(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join([ENGLISH[0], "", "  ", ENGLISH[1], ""]).encode())
    result = DOMAIN.read(path)
    assert [piece.text for piece in result.pieces] == ENGLISH[:2]
    assert [piece.source for piece in result.pieces] == [f"{path}#1", f"{path}#4"]
    assert result.remarks == ["2 empty lines skipped"]
    assert not result.refused


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(tmp_path, end):
    path = tmp_path / "a.txt"
    path.write_bytes(end.join(ENGLISH).encode())
    assert texts(path) == ENGLISH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(tmp_path, encoding):
    lines = [*ENGLISH, *CHINESE, "Café – naïve 🎵"]
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join(lines).encode(encoding))
    assert texts(path) == lines


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_chinese_utf16_without_a_mark(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join(CHINESE * 3).encode(encoding))
    assert texts(path) == CHINESE * 3


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312"])
@pytest.mark.parametrize("lines", [CHINESE, [*ENGLISH, *CHINESE], ENGLISH + CHINESE[1:2]])
def test_gb18030(tmp_path, encoding, lines):
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join(lines).encode(encoding))
    result = DOMAIN.read(path)
    assert [piece.text for piece in result.pieces] == lines
    assert result.remarks == ["read as gb18030"]


def test_latin1(tmp_path):
    lines = ["L'été dernier, nous étions à la plage.", "Où êtes-vous né ?", "Größe, Straße, Übermut und Äpfel", "España, mañana"]
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join(lines).encode("latin-1"))
    assert texts(path) == lines


def test_windows_quotes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("“Don’t go,” she said.\nIt was late.".encode("cp1252"))
    assert texts(path) == ["“Don’t go,” she said.", "It was late."]


def test_other_encodings_are_recognised(tmp_path):
    lines = ["Сегодня хорошая погода, и мы идём гулять в парк.", "Он вчера купил новую книгу и читал её весь вечер."] * 4
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join(lines).encode("cp1251"))
    assert texts(path) == lines


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "no text"),
        (b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk", "MIDI"),
        (b"PK\3\4" + bytes(50), "zip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff" * 300_000, "not text"),
        (bytes(5000), "not text"),
        (random.Random(1).randbytes(20_000), "not text"),
        (b"\xff\xfea", "utf-16"),
    ],
)
def test_what_is_not_text_is_refused_with_its_reason(tmp_path, data, reason):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(FileError, match=reason) as caught:
        DOMAIN.read(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(FileError, match="cannot read"):
        DOMAIN.read(tmp_path / "none.txt")
    with pytest.raises(FileError, match="folder"):
        DOMAIN.read(tmp_path)


def test_unknown_options(tmp_path):
    with pytest.raises(ConfigError, match="did you mean 'column'"):
        check_options(DOMAIN, {"colum": 1})
    check_options(DOMAIN, ["column", "label", "separator", "unit"])
    with pytest.raises(ConfigError, match="the reader of melody does not know 'column'"):
        check_options(get_domain("melody"), {"column": 1})
    with pytest.raises(ConfigError, match="did you mean 'line'"):
        DOMAIN.read(tmp_path / "a.txt", unit="lines")


def test_long_paragraphs_are_split_into_sentences(tmp_path):
    paragraph = "Mr. Hill met J. S. Brown at 5.30 p.m. on the quay. " + " ".join(ENGLISH * 5) + ' "Is it so?" he asked. Yes!'
    path = tmp_path / "a.txt"
    path.write_text(paragraph + "\n\n" + paragraph, encoding="utf-8")
    found = texts(path)
    assert found[0] == "Mr. Hill met J. S. Brown at 5.30 p.m. on the quay."
    assert found[1:4] == ENGLISH
    assert found[-2:] == ['"Is it so?" he asked.', "Yes!"]
    assert texts(path, unit="line") == [paragraph, paragraph]


def test_hard_wrapped_prose_is_joined(tmp_path):
    import textwrap

    first = " ".join(["The old harbour had been empty since the spring, and the nets hung dry along the wall."] * 4)
    second = " ".join(["Nobody remembered who had painted the blue door at the far end of the narrow street."] * 4)
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(textwrap.fill(part, 70) for part in (first, second)), encoding="utf-8")
    assert len(texts(path)) == 8
    assert texts(path)[0].endswith("along the wall.")
    assert len(texts(path, unit="line")) > 8


def test_lines_of_verse_stay_lines(tmp_path):
    lines = [
        "Along the hill the shadows lie",
        "And over them a lonely sky",
        "Where no one asks the reason why",
        "The summer birds go flying by",
    ] * 3
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert texts(path) == lines


def test_chinese_sentences():
    assert list(sentences("你好。他说：“走吧！”然后走了。真的？！好……")) == [
        "你好。",
        "他说：“走吧！”",
        "然后走了。",
        "真的？！",
        "好……",
    ]


TABLE = [["id", "text", "note"], ["1", ENGLISH[0], "x"], ["2", 'She said "no", twice', "y"], ["3", "two\nlines", "z"]]


def write_csv(path, rows, **options):
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, **options).writerows(rows)


@pytest.mark.parametrize("column", [None, "text", "TEXT", 1, "1"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_csv(tmp_path, column, delimiter):
    path = tmp_path / "a.csv"
    write_csv(path, TABLE, delimiter=delimiter)
    result = DOMAIN.read(path, column=column)
    assert [piece.text for piece in result.pieces] == [row[1] for row in TABLE[1:]]
    assert [piece.source.rpartition("#")[2] for piece in result.pieces] == ["2", "3", "4"]


def test_tsv_without_header_and_with_stray_quotes(tmp_path):
    rows = [("Hi.", "嗨。", "a"), ('"Wait', "等等。", "b"), ("It's late, isn't it?", "很晚了，不是吗？", "c")]
    path = tmp_path / "a.tsv"
    path.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    assert texts(path, column=0) == [row[0] for row in rows]
    assert texts(path, column="1") == [row[1] for row in rows]
    with pytest.raises(FileError, match="several columns"):
        DOMAIN.read(path)
    with pytest.raises(FileError, match="numbered 0 to 2"):
        DOMAIN.read(path, column=7)


def test_a_missing_column_names_the_others(tmp_path):
    path = tmp_path / "a.csv"
    write_csv(path, TABLE)
    with pytest.raises(FileError, match=r"did you mean 'note'\? Known: id, note, text"):
        DOMAIN.read(path, column="notes")


def test_short_rows_are_refused_one_by_one(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("id\ttext\n1\tone\n2\n3\tthree\n", encoding="utf-8")
    result = DOMAIN.read(path)
    assert [piece.text for piece in result.pieces] == ["one", "three"]
    assert [refusal.path for refusal in result.refused] == [f"{path}#3"]


def test_a_table_of_one_column_needs_no_name(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("one line here\nanother line there\n", encoding="utf-8")
    assert texts(path) == ["one line here", "another line there"]


def test_jsonl(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": 1, "sentence": "one\ntwo"}), "{broken", "", json.dumps({"id": 2}), json.dumps({"sentence": "three"})]
    path.write_text("\n".join(lines), encoding="utf-8")
    result = DOMAIN.read(path)
    assert [piece.text for piece in result.pieces] == ["one\ntwo", "three"]
    assert [refusal.path for refusal in result.refused] == [f"{path}#2", f"{path}#4"]
    with pytest.raises(FileError, match="did you mean 'sentence'"):
        DOMAIN.read(path, column="sentense")


def test_a_damaged_jsonl_says_so(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("nothing\nof json\n", encoding="utf-8")
    with pytest.raises(FileError, match="not valid JSON"):
        DOMAIN.read(path)


def test_parse():
    assert DOMAIN.parse("  a sentence \n") == Passage(text="a sentence", title="a sentence")
    assert DOMAIN.parse(" \n\t") is None


@given(st.text())
def test_from_symbols_is_total_and_the_inverse_on_what_to_symbols_gives(text):
    piece = DOMAIN.from_symbols(text)
    symbols = DOMAIN.to_symbols(piece)
    assert DOMAIN.from_symbols(symbols) == piece
    assert symbols == text.replace("\0", "")
    symbols.encode("utf-8")


def test_lone_surrogates_and_nul():
    assert DOMAIN.from_symbols("a\ud800b\0c").text == "a\ufffdbc"
    assert DOMAIN.to_symbols(Passage(text="a\udfff")) == "a\ufffd"
    DOMAIN.fingerprint(Passage(text="a\udfff"))


def test_fingerprint_ignores_what_does_not_count():
    same = ["The Tide is out!", "the  tide is out", "“THE TIDE—IS OUT”", "ｔｈｅ tide is out"]
    assert len({DOMAIN.fingerprint(Passage(text=text)) for text in same}) == 1
    same = ["你好，世界！", "你好 世界", "你好世界。"]
    assert len({DOMAIN.fingerprint(Passage(text=text)) for text in same}) == 1
    different = ["the tide is in", "the tide is out", "...", "!?", "हिन्दी", "हिन्दू"]
    assert len({DOMAIN.fingerprint(Passage(text=text)) for text in different}) == len(different)


def test_fragments_join_near_duplicates_and_leave_short_texts_alone():
    long = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert DOMAIN.fragments(Passage(text=long)) & DOMAIN.fragments(Passage(text=f"And then: {long.upper()}."))
    assert not DOMAIN.fragments(Passage(text="one two three"))
    poem = "四時運灰琯，一夕變冬春。送寒餘雪盡，迎歲早梅新。春眠不覺曉"
    assert DOMAIN.fragments(Passage(text=poem)) & DOMAIN.fragments(Passage(text="題：" + poem))
    assert not DOMAIN.fragments(Passage(text=poem[:12]))


def test_phrases_dress_join():
    piece = Passage(text="x")
    assert DOMAIN.phrases(piece, 0, 0, 1) == [piece]
    assert DOMAIN.with_metadata_between(piece, piece, piece, 0.5) is piece
    assert DOMAIN.join([piece, piece]) is None


def test_write_and_read_again(tmp_path):
    path = tmp_path / "deep" / "a.txt"
    DOMAIN.write(Passage(text="Grüße 你好"), path)
    assert path.read_bytes() == "Grüße 你好\n".encode()
    assert texts(path) == ["Grüße 你好"]
    with pytest.raises(FileError, match=r"name it a\.txt"):
        DOMAIN.write(Passage(text="x"), tmp_path / "a.mid")


def test_show_wraps_wide_characters_by_columns():
    shown = DOMAIN.show(Passage(text="今天的天气很好，我们去公园散步吧。"), width=10).split("\n")
    assert max(map(len, shown)) <= 5
    assert "".join(shown) == "今天的天气很好，我们去公园散步吧。"
    shown = DOMAIN.show(Passage(text="a bb ccc " + "d" * 25), width=10).split("\n")
    assert max(map(len, shown)) <= 10
    assert "".join(shown).replace(" ", "") == "abbccc" + "d" * 25


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("e\u0301te\u0301 e\u0301te\u0301", 7, ["e\u0301te\u0301 e\u0301te\u0301"]),  # an accent of its own takes no column
        ("한국어문장", 5, ["한국", "어문", "장"]),
        ("a—한글b", 4, ["a—한", "글b"]),
        ("a\tb c", 10, ["a       b", "c"]),
    ],
)
def test_rows_are_as_wide_as_a_terminal_shows_them(text, width, rows):
    assert DOMAIN.show(Passage(text=text), width).split("\n") == rows


@given(st.text(max_size=60), st.integers(1, 30))
def test_show_keeps_every_character_but_space(text, width):
    shown = DOMAIN.show(Passage(text=text), width)
    assert "".join(shown.split()) == "".join(text.replace("\0", "").split())


def test_describe_and_html():
    piece = Passage(text="<b> two", title="T")
    assert DOMAIN.describe(piece) == {"title": "T", "source": "", "text": "<b> two", "characters": 7, "words": 2}
    assert DOMAIN.describe(Passage(text="江邊水沒蹤，何言。"))["words"] == 7  # each character; not the marks
    assert "&lt;b&gt;" in piece._repr_html_()


def slow_distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


@given(st.text("abc", max_size=40), st.text("abc", max_size=40))
def test_edit_distance(a, b):
    assert edit_distance(a, b) == slow_distance(a, b)


def test_compare():
    same = [Passage(text=text) for text in ENGLISH]
    assert DOMAIN.compare(same, same) == {
        "exact": 1.0,
        "character_accuracy": 1.0,
        "word_accuracy": 1.0,
        "bleu": pytest.approx(100.0),
    }
    other = [same[0], Passage(text=""), Passage(text="A gull cried once.")]
    measured = DOMAIN.compare(same, other)
    assert measured["exact"] == pytest.approx(1 / 3)
    assert 0 < measured["word_accuracy"] < measured["exact"] + 0.4
    assert 0 < measured["bleu"] < 100
    chinese = [Passage(text=text) for text in CHINESE]
    assert DOMAIN.compare(chinese, chinese)["bleu"] == pytest.approx(100.0)
    assert DOMAIN.compare([], [])["exact"] == 0.0
    with pytest.raises(ValueError, match="hypotheses"):
        DOMAIN.compare(same, [])


def test_each_character_of_chinese_is_a_word():
    pairs = [("白日依山", "白日依海"), ("a b", "a c")]
    measured = DOMAIN.compare([Passage(text=a) for a, _ in pairs], [Passage(text=b) for _, b in pairs])
    assert measured["word_accuracy"] == pytest.approx((3 / 4 + 1 / 2) / 2)
