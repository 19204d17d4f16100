"""The melody domain: symbols, phrases, fingerprints, measures, what is shown and joined."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from genstudio.domains import get_domain
from genstudio.domains.melody import DOMAIN, Melody, MetreChange, Note, TempoChange
from genstudio.domains.melody.symbols import GRAMMAR, HOLD, REST
from genstudio.domains.music import abc
from genstudio.domains.music.line import trimmed
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.symbols import BAR, METRES
from genstudio.domains.music.time import metre_for, supported_metre
from genstudio.errors import ConfigError, DamagedFileError

JIG = "X:1\nT:A jig\nM:6/8\nL:1/8\nQ:3/8=100\nK:D\nA|dAF DFA|ded cBA|dcd efg|fdd d2A|dAF DFA|ded cBA|Bgf efg|fdd d2|]\n"
HORNPIPE = "T:A hornpipe\nM:4/4\nL:1/8\nK:G\n(3DEF|G>BA>G E<GD>E|(3GAB d>e d2- d>B|_B4- B2 =B2|z2 G6|]\n"
CHANGING = "T:Changing\nM:3/4\nL:1/4\nK:C\nCDE|FGA|[M:6/8]c3/2B3/2|[M:3/4]C3|]\n"


def tune(text: str) -> Melody:
    return Melody.of(abc.tune(text)[0])


def transposed(melody: Melody, by: int) -> Melody:
    notes = [note._replace(pitch=note.pitch + by) for note in melody.notes]
    return Melody.build(notes, melody.metres, melody.tempos, melody.pickup, melody.length)


def same(a: Melody, b: Melody) -> bool:
    return [note[:3] for note in a.notes] == [note[:3] for note in b.notes] and (a.metres, a.pickup, a.length, a.tonic) == (
        b.metres,
        b.pickup,
        b.length,
        b.tonic,
    )


def test_the_domain_is_found_by_its_name() -> None:
    assert get_domain("melody") is DOMAIN
    assert DOMAIN.name == "melody"
    assert DOMAIN.output_suffix in DOMAIN.suffixes
    assert DOMAIN.parse("CDE") is None


@pytest.mark.parametrize("text", [JIG, HORNPIPE, CHANGING])
def test_symbols_are_without_loss(text: str) -> None:
    melody = tune(text)
    symbols = DOMAIN.to_symbols(melody)
    assert same(DOMAIN.from_symbols(symbols), melody)
    assert DOMAIN.to_symbols(DOMAIN.from_symbols(symbols)) == symbols
    assert set(symbols) <= set(GRAMMAR.alphabet)
    assert len(GRAMMAR.alphabet) == len(set(GRAMMAR.alphabet))


def test_every_bar_is_full() -> None:
    for text in (JIG, HORNPIPE, CHANGING):
        melody = tune(text)
        lines = bar_lines(melody)
        bars = DOMAIN.to_symbols(melody).split(BAR)[1:]
        assert lines[-1] == melody.length
        for symbols, start, end in zip(bars, lines, lines[1:], strict=False):
            whole = DOMAIN.from_symbols(METRES[16, 2] + BAR + symbols).notes
            assert all(note.end <= end - start for note in whole)
            assert GRAMMAR.advance(symbols) == (end - start) // 20


def test_transposing_changes_one_symbol() -> None:
    melody = tune(HORNPIPE)
    symbols = DOMAIN.to_symbols(melody)
    for by in (-14, -5, 3, 12):
        other = transposed(melody, by)
        assert other.tonic == melody.tonic + by
        assert DOMAIN.to_symbols(other)[1:] == symbols[1:]
        assert DOMAIN.fingerprint(other) == DOMAIN.fingerprint(melody)
        assert DOMAIN.fragments(other) == DOMAIN.fragments(melody)
    assert DOMAIN.fingerprint(tune(JIG)) != DOMAIN.fingerprint(melody)


def test_a_note_over_a_bar_line_is_held() -> None:
    melody = tune("M:2/4\nL:1/4\nK:C\nC2-|C D|]")
    assert [note[:3] for note in melody.notes] == [(0, 1440, 60), (1440, 1920, 62)]
    assert DOMAIN.to_symbols(melody).count(HOLD) == 1


@pytest.mark.parametrize(
    "symbols",
    ["", BAR, BAR * 5, REST, HOLD, "x", "ab" + BAR + "c", DOMAIN.to_symbols(tune(JIG))[5:], DOMAIN.to_symbols(tune(JIG))[::-1]],
)
def test_any_string_gives_a_melody(symbols: str) -> None:
    melody = DOMAIN.from_symbols(symbols)
    assert melody.length == bar_lines(melody)[-1]
    assert melody.bars >= 1
    again = DOMAIN.to_symbols(melody)
    assert DOMAIN.to_symbols(DOMAIN.from_symbols(again)) == again


def test_defaults_of_broken_symbols() -> None:
    pitch = DOMAIN.to_symbols(tune("M:4/4\nK:C\nC8|]"))[3]
    melody = DOMAIN.from_symbols(BAR + pitch)
    assert melody.metres == (MetreChange(0, 4, 4),)
    assert melody.tonic == 60
    assert [note[:3] for note in melody.notes] == [(0, 240, 60)]
    long = DOMAIN.from_symbols(METRES[2, 4] + BAR + pitch + DOMAIN.to_symbols(tune("M:16/2\nK:C\nC8|]"))[4] * 4)
    assert long.length == 960
    assert long.notes[0].end == 960


def test_phrases_are_cut_on_bar_lines() -> None:
    melody = tune(JIG)
    two = DOMAIN.phrases(melody, 2, 0, 1)
    assert [phrase.bars for phrase in two] == [2, 2, 2, 2]
    assert [phrase.pickup for phrase in two] == [240, 0, 0, 0]
    assert two[0].title == "A jig (bars 1-2)"
    assert two[-1].title == "A jig (bars 7-8)"
    assert all(phrase.tonic == melody.tonic and phrase.key == "D major" and phrase.tempos == melody.tempos for phrase in two)
    starts = [0, *bar_lines(melody)[2:-1:2]]
    notes = [
        note._replace(start=note.start + at, end=note.end + at)
        for phrase, at in zip(two, starts, strict=True)
        for note in phrase.notes
    ]
    assert notes == list(melody.notes)


def test_phrases_overlap_and_leave_rests() -> None:
    melody = tune(JIG)
    assert [phrase.bars for phrase in DOMAIN.phrases(melody, 4, 2, 2)] == [4, 4, 4]
    assert [phrase.bars for phrase in DOMAIN.phrases(melody, 3, 0, 2)] == [3, 3, 2]
    assert [phrase.bars for phrase in DOMAIN.phrases(melody, 3, 0, 3)] == [3, 3]
    assert [phrase.bars for phrase in DOMAIN.phrases(melody, 16, 0, 4)] == [8]
    assert DOMAIN.phrases(melody, 16, 0, 4)[0].title == "A jig"
    assert DOMAIN.phrases(melody, 16, 0, 9) == []
    assert "it has 8 bars, and at least 9 are needed" in DOMAIN.why_no_phrase(melody, 16, 9)
    assert DOMAIN.phrases(melody, 0, 0, 0) == [melody]


def test_a_note_over_a_cut_is_cut_in_two() -> None:
    melody = tune("M:2/4\nL:1/4\nK:C\nC2-|C D|EF|z2|z2|z2|GA|]")
    phrases = DOMAIN.phrases(melody, 1, 0, 1)
    assert [note[:3] for note in phrases[0].notes] == [(0, 960, 60)]
    assert [note[:3] for note in phrases[1].notes] == [(0, 480, 60), (480, 960, 62)]
    assert len(phrases) == 4, "bars of silence are no phrases"


def test_phrases_keep_the_metre_that_holds() -> None:
    phrases = DOMAIN.phrases(tune(CHANGING), 1, 0, 1)
    assert [phrase.metres[0][1:] for phrase in phrases] == [(3, 4), (3, 4), (6, 8), (3, 4)]
    assert all(len(phrase.metres) == 1 and phrase.metres[0].tick == 0 for phrase in phrases)


def test_fragments_are_shared_by_tunes_that_share_a_passage() -> None:
    passage = "c2ec Gcec|d2fd AdBG|cBcd efge|dcBA G4|"
    a = tune(f"M:4/4\nL:1/8\nK:C\n{passage}c8|]")
    b = tune(f"M:4/4\nL:1/8\nK:C\ng8|{passage}|]")
    assert DOMAIN.fragments(a) & DOMAIN.fragments(transposed(b, 4))
    assert not DOMAIN.fragments(a) & DOMAIN.fragments(tune(JIG))
    assert DOMAIN.fragments(tune("M:4/4\nL:1/1\nK:C\nC|D|E|F|G|]")) == set(), "too few notes to mean anything"


def test_dress_gives_tempo_key_program_and_accents() -> None:
    a, b = replace(tune(JIG), program=40), replace(tune(JIG), program=73, tempos=(TempoChange(0, 300.0),))
    bare = DOMAIN.from_symbols(DOMAIN.to_symbols(a))
    middle = DOMAIN.with_metadata_between(bare, a, b, 0.5)
    assert middle.tempos[0].bpm == pytest.approx(math.sqrt(150 * 300), abs=0.01)
    assert DOMAIN.with_metadata_between(bare, a, b, 0.0).tempos[0].bpm == pytest.approx(150)
    assert DOMAIN.with_metadata_between(bare, a, b, 0.2).program == 40
    assert DOMAIN.with_metadata_between(bare, a, b, 0.9).program == 73
    assert middle.key == "D major"
    assert DOMAIN.with_metadata_between(replace(bare, tonic=61), a, b, 0.5).key is None
    loud = {note.velocity for note in middle.notes if (note.start - middle.pickup) % 1440 == 0}
    soft = {note.velocity for note in middle.notes if (note.start - middle.pickup) % 1440 == 240}
    assert min(loud) > max(soft) >= 60
    assert max(loud) <= 110


def test_join_puts_pieces_on_bar_lines() -> None:
    jig, hornpipe, changing = tune(JIG), tune(HORNPIPE), tune(CHANGING)
    joined = DOMAIN.join([jig, hornpipe, changing])
    assert joined is not None
    assert len(joined.notes) == len(jig.notes) + len(hornpipe.notes) + len(changing.notes)
    assert joined.pickup == jig.pickup
    lines = bar_lines(joined)
    second = joined.notes[len(jig.notes)].start
    assert second + hornpipe.pickup in lines
    assert [change[1:] for change in joined.metres] == [(6, 8), (4, 4), (3, 4), (6, 8), (3, 4)]
    assert all(change.tick == 0 or change.tick in lines for change in joined.metres)
    assert [change.bpm for change in joined.tempos] == [150.0, 120.0]
    assert DOMAIN.join([]) is None
    assert same(DOMAIN.join([jig]) or jig, jig)


def test_show_fits_the_width() -> None:
    for text in (JIG, HORNPIPE, CHANGING):
        for width in (24, 40, 80, 120):
            shown = DOMAIN.show(tune(text), width).split("\n")
            assert max(map(len, shown)) <= width
            assert len(shown) <= 40
    shown = DOMAIN.show(tune(JIG), 80)
    assert "D4" in shown
    assert "│" in shown
    assert "█" in shown or "▇" in shown
    wide = tune("M:4/4\nL:1/8\nK:C\n" + "C,,^C,DF ^G,A^c'e'|^D,^F,^GB ^a^d'f'g'|C^CD^D EF^FG|A^ABc ^cd^de|]")
    assert len(DOMAIN.show(wide, 80).split("\n")) <= 40
    assert DOMAIN.show(DOMAIN.from_symbols(""), 80) == "(silence)"
    long = tune("M:4/4\nL:1/8\nK:C\n" + "CDEFGABc|" * 99 + "C8|]")
    assert "more bars" in DOMAIN.show(long, 80)


def test_describe_and_notebook() -> None:
    facts = DOMAIN.describe(tune(JIG))
    assert facts["title"] == "A jig"
    assert (facts["bars"], facts["metre"], facts["key"], facts["tempo"], facts["range"]) == (8, "6/8", "D major", 150.0, "D4 to G5")
    assert facts["seconds"] == pytest.approx((8 * 1440 + 240) / 480 * 60 / 150, abs=0.01)
    html = replace(tune(JIG), title="<b>&")._repr_html_()
    assert html.startswith("<figure")
    assert "&lt;b&gt;&amp;" in html
    assert html.count("<rect") >= len(tune(JIG).notes)
    assert DOMAIN.from_symbols("")._repr_html_()


def test_compare_with_itself_and_others() -> None:
    four = tune("M:4/4\nL:1/4\nK:C\nCDEF|GABc|]")
    jig = tune(JIG)
    perfect = DOMAIN.compare([four, jig], [four, jig])
    assert perfect["exact"] == perfect["note_f1"] == perfect["step_accuracy"] == perfect["note_f1 6/8"] == 1
    assert perfect["pieces_4_4"] == 1
    wrong = replace(four, notes=(*four.notes[:-1], four.notes[-1]._replace(pitch=73)))
    result = DOMAIN.compare([four], [wrong])
    assert result["exact"] == 0
    assert result["note_precision"] == result["note_recall"] == pytest.approx(7 / 8)
    assert result["step_accuracy"] == pytest.approx(31 / 32)
    assert "step_accuracy" not in DOMAIN.compare([jig], [jig])
    silent = DOMAIN.from_symbols("")
    assert DOMAIN.compare([four], [silent])["note_f1"] == 0
    assert DOMAIN.compare([silent], [silent])["exact"] == 1
    assert all(math.isfinite(value) for value in DOMAIN.compare([], []).values())


def test_step_accuracy_counts_over_the_reference() -> None:
    long, short = tune("M:4/4\nL:1/4\nK:C\nCDEF|GABc|]"), tune("M:4/4\nL:1/4\nK:C\nCDEF|]")
    assert DOMAIN.compare([long], [short])["step_accuracy"] == pytest.approx(0.5)
    assert DOMAIN.compare([short], [long])["step_accuracy"] == 1


def test_only_what_is_supported_is_written(tmp_path) -> None:
    with pytest.raises(ConfigError, match=r"\.mid"):
        DOMAIN.write(tune(JIG), tmp_path / "a.wav")


def test_metres() -> None:
    assert metre_for(1920) == (4, 4)
    assert metre_for(720) == (3, 8)
    assert metre_for(100) is None
    assert supported_metre(2, 1) == (4, 2)
    assert supported_metre(12, 32) == (6, 16)
    assert supported_metre(18, 8) == (9, 4)
    assert supported_metre(17, 8) is None


def test_build_makes_a_pickup_without_a_bar_a_bar() -> None:
    melody = Melody.build([Note(0, 240, 60)], [MetreChange(0, 4, 4)], [], pickup=240)
    assert (melody.pickup, melody.length, melody.tempos) == (0, 1920, (TempoChange(0, 120.0),))


def test_trimmed_keeps_whole_bars() -> None:
    for start, bars, pickup in ((1440, 1, 0), (1440, 2, 480), (0, 1, 0), (1920 + 1440, 2, 0), (480, 2, 0)):
        notes = [Note(start, start + 480, 60), *([Note(1920, 2400, 62)] if start < 1920 and bars == 2 else [])]
        made = trimmed(Melody(notes=tuple(notes), metres=(MetreChange(0, 4, 4),), tempos=(TempoChange(0, 120.0),), length=1920 * 2))
        assert made.pickup == pickup
        assert made.length in bar_lines(made)
        assert [note.pitch for note in made.notes] == [note.pitch for note in notes]


def test_dressing_holds_everything_beside_the_symbols():
    notes = (Note(0, 480, 67, 101), Note(480, 960, 69, 33), Note(1920, 2400, 71, 64))
    tempos = (TempoChange(0, 93.5), TempoChange(1920, 61.25))
    piece = Melody.build(notes, (MetreChange(0, 4, 4),), tempos, 0, 3840, key="G major", program=73, title="Air", source="a.mid")
    bare = DOMAIN.from_symbols(DOMAIN.to_symbols(piece))
    assert bare != piece
    dressing = DOMAIN.metadata(piece)
    assert DOMAIN.with_metadata(bare, dressing) == piece
    assert "velocities" not in DOMAIN.metadata(DOMAIN.with_metadata_between(bare, piece, piece, 0.0))
    for wrong in (
        {**dressing, "velocities": [1]},
        {**dressing, "velocities": [0, 1, 2]},
        {**dressing, "program": 128},
        {**dressing, "tempos": []},
        {**dressing, "tempos": [[5, 60.0]]},
        {**dressing, "tempos": [[0, 0.0]]},
        {key: value for key, value in dressing.items() if key != "key"},
    ):
        with pytest.raises(DamagedFileError, match="damaged"):
            DOMAIN.with_metadata(bare, wrong)


def test_the_rest_that_fills_a_bar_is_no_part_of_an_opening():
    begun = Melody.build((Note(0, 480, 67), Note(480, 960, 69)), (MetreChange(0, 4, 4),), (TempoChange(0, 120.0),), 0, 1920)
    assert DOMAIN.opening(begun, False) == DOMAIN.to_symbols(begun)
    assert DOMAIN.opening(begun, True) == DOMAIN.to_symbols(begun)[:-2]  # REST and its duration
    silent = Melody.build((Note(0, 1920, 67),), (MetreChange(0, 4, 4),), (TempoChange(0, 120.0),), 0, 3840)
    assert DOMAIN.opening(silent, True) == DOMAIN.to_symbols(silent)  # a bar of silence is music
