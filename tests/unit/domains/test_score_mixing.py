"""The mixer of scores: which parts are heard, with which instruments and how loud, and how that is recorded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.domains.score import Score
from genstudio.domains.score.mixing import Channel, heard, lead_sheet, mix_from, mix_record, mixed

CHANNELS = st.builds(
    Channel,
    program=st.none() | st.integers(0, 127),
    level=st.none() | st.floats(0.0, 1.0),
    muted=st.booleans(),
    solo=st.booleans(),
)


def _hymn() -> Score:
    (score,) = get_domain("score").read(paths.resource("scores/old-hundredth.musicxml")).pieces
    return score


@given(st.dictionaries(st.integers(0, 7), CHANNELS))
def test_a_mixer_comes_back_from_its_record(mix: dict[int, Channel]) -> None:
    changed = {index: channel for index, channel in mix.items() if channel != Channel()}
    assert mix_from(json.loads(json.dumps(mix_record(mix)))) == changed


def test_a_damaged_channel_is_left_out() -> None:
    damaged = {"0": {"level": 2.0}, "x": {"muted": True}, "1": {"program": 128}, "2": {"muted": "yes"}, "4": 7}
    recorded = {**damaged, "3": {"level": 0.5}}
    assert mix_from(recorded) == {3: Channel(level=0.5)}
    assert mix_from(None) == mix_from([1]) == {}


def test_a_muted_part_is_not_heard_and_solo_leaves_the_others_out() -> None:
    hymn = _hymn()
    assert heard(hymn, {}) == (0, 1, 2, 3)
    assert heard(hymn, {1: Channel(muted=True)}) == (0, 2, 3)
    assert heard(hymn, {1: Channel(solo=True), 2: Channel(solo=True, muted=True)}) == (1,)


def test_the_mixed_score_has_other_instruments_and_levels_and_the_same_notes() -> None:
    hymn = _hymn()
    made = mixed(hymn, {0: Channel(program=0, level=0.25), 3: Channel(muted=True)})
    assert [(part.name, part.program, part.level) for part in made.parts] == [
        ("Soprano", 0, 0.25), ("Alto", 52, 1.0), ("Tenor", 52, 1.0),
    ]  # fmt: skip
    assert [part.notes for part in made.parts] == [part.notes for part in hymn.parts[:3]]
    assert (made.length, made.metres, made.seconds) == (hymn.length, hymn.metres, hymn.seconds)
    assert mixed(hymn, {}) is hymn
    assert [part.name for part in mixed(hymn, {0: Channel(muted=True)}, only=(0, 3)).parts] == ["Soprano", "Bass"]


def test_the_level_of_a_part_is_kept_in_the_metadata(tmp_path: Path) -> None:
    domain = get_domain("score")
    made = mixed(_hymn(), {2: Channel(level=0.5)})
    recorded = json.loads(json.dumps(domain.metadata(made)))
    assert [part.get("level") for part in recorded["parts"]] == [None, None, 0.5, None]
    again = domain.with_metadata(domain.from_symbols(domain.to_symbols(made)), recorded)
    assert again.parts == made.parts


def test_a_lead_sheet_is_the_tune_with_its_chord_symbols() -> None:
    assert [part.name for part in lead_sheet(_hymn()).parts] == ["Soprano"]
    (sheet,) = get_domain("score").read(paths.resource("scores/auld-lang-syne.musicxml")).pieces
    assert lead_sheet(sheet) is sheet
    both = replace(sheet, parts=(*_hymn().parts[1:], *sheet.parts))
    assert lead_sheet(both).parts == sheet.parts
