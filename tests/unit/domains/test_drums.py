"""Drums: nine voices, time to a twenty-fourth of a quarter, four levels of velocity; files, symbols, measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import mido
import pretty_midi
import pytest
import symusic

from genstudio.domains import Music, TempoChange, get_domain
from genstudio.domains.drums import DOMAIN, VELOCITIES, VOICES, DrumPattern, level_of
from genstudio.errors import ConfigError, DamagedFileError, FileError

BEATS = Path(__file__).parents[3] / "resources" / "beats"
KICK, SNARE, CLOSED, OPEN, LOW, MID, HIGH, CRASH, RIDE = (voice.pitch for voice in VOICES)
VALUES = {attribute.name: attribute.measure for attribute in DOMAIN.attributes}
Row = tuple[int, int, int]  # tick, number, velocity


def track(rows: Sequence[Row], channel: int = 9, name: str = "", program: int = 0) -> mido.MidiTrack:
    made = mido.MidiTrack()
    if name:
        made.append(mido.MetaMessage("track_name", name=name))
    if program:
        made.append(mido.Message("program_change", channel=channel, program=program))
    events = [(at, 1, number, loud) for at, number, loud in rows] + [(at + 10, 0, number, 0) for at, number, _ in rows]
    tick = 0
    for at, _, number, loud in sorted(events):
        made.append(mido.Message("note_on", channel=channel, note=number, velocity=loud, time=at - tick))
        tick = at
    return made


def song(
    path: Path, *tracks: mido.MidiTrack, kind: int = 1, metres: Sequence[Row] = ((0, 4, 4),), bpm: float = 120, quarter: int = 480
) -> Path:
    file = mido.MidiFile(type=kind, ticks_per_beat=quarter)
    head = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(bpm))])
    tick = 0
    for at, numerator, denominator in metres:
        head.append(mido.MetaMessage("time_signature", numerator=numerator, denominator=denominator, time=at - tick))
        tick = at
    if kind == 0:
        (only,) = tracks
        file.tracks.append(mido.MidiTrack([*head, *only]))
    else:
        file.tracks.extend([head, *tracks])
    file.save(path)
    return path


def one(path: Path, **options: object) -> DrumPattern:
    (piece,) = DOMAIN.read(path, **options).pieces
    return piece


def hits(piece: Music) -> list[tuple[int, int]]:
    return [(note.start, note.pitch) for note in piece.notes]


def beat(text: str, metre: tuple[int, int] = (4, 4), bars: int = 1) -> DrumPattern:
    """A pattern from rows ``number velocity-signs``, one sign a sixteenth: . o x X, or a dash for nothing."""
    rows = []
    for line in text.strip().splitlines():
        number, signs = line.split()
        rows += [(120 * at, int(number), VELOCITIES[".oxX".index(sign)]) for at, sign in enumerate(signs) if sign != "-"]
    pm = pretty_midi.PrettyMIDI(resolution=480, initial_tempo=120.0)
    pm.time_signature_changes.append(pretty_midi.TimeSignature(*metre, 0.0))
    drums = pretty_midi.Instrument(0, is_drum=True)
    for tick, number, loud in rows:
        at = pm.tick_to_time(tick)
        drums.notes.append(pretty_midi.Note(loud, number, at, at + 0.01))
    pm.instruments.append(drums)
    piece = DrumPattern.from_pretty_midi(pm)
    assert piece.bars == bars
    return piece


ROCK = """
42 x-x-x-x-x-x-x-x-
38 ----X-------X---
36 X-------X-x-----
"""


# Reading


@pytest.mark.parametrize("kind", [0, 1])
def test_channel_ten_of_all_tracks_is_read(tmp_path: Path, kind: int) -> None:
    kicks, snares = [(0, 36, 100), (960, 36, 90)], [(480, 38, 110), (1440, 38, 112)]
    if kind == 0:
        path = song(tmp_path / "a.mid", track(sorted(kicks + snares), program=25), kind=0)
    else:
        bass = track([(0, 40, 90), (480, 41, 90)], channel=0, name="Bass")
        path = song(tmp_path / "a.mid", bass, track(kicks, program=25), track(snares))
    piece = one(path)
    assert hits(piece) == [(0, KICK), (480, SNARE), (960, KICK), (1440, SNARE)]
    assert [note.velocity for note in piece.notes] == [100, 110, 90, 112]
    assert (piece.program, piece.bars, piece.tempos[0].bpm, piece.pitched) == (25, 1, 120, False)


def test_a_file_without_channel_ten(tmp_path: Path) -> None:
    melody = track([(0, 60, 90), (480, 62, 90)], channel=0, name="Flute")
    told = r"a\.mid: no drums: nothing is on channel 10, and no track is named after drums; another track"
    with pytest.raises(FileError, match=told):
        one(song(tmp_path / "a.mid", melody))
    loop = track([(0, 36, 90), (480, 38, 90)], channel=3, name="Drum loop")
    path = song(tmp_path / "b.mid", melody, loop)
    result = DOMAIN.read(path)
    assert hits(result.pieces[0]) == [(0, KICK), (480, SNARE)]
    assert any("'Drum loop'" in remark for remark in result.remarks)
    assert hits(one(song(tmp_path / "c.mid", track([(0, 36, 90), (480, 38, 90)], channel=3)), track=1)) == [(0, KICK), (480, SNARE)]
    assert hits(one(path, track="drum")) == [(0, KICK), (480, SNARE)]
    with pytest.raises(FileError, match="there is no track 7"):
        one(path, track=7)
    with pytest.raises(FileError, match="no place among"):
        one(song(tmp_path / "d.mid", track([(0, 56, 90), (480, 54, 90)])))


def test_every_instrument_of_a_kit_has_a_voice(tmp_path: Path) -> None:
    expected = {
        KICK: (35, 36), SNARE: (37, 38, 39, 40), CLOSED: (22, 42, 44), OPEN: (26, 46), LOW: (41, 43, 58), MID: (45, 47),
        HIGH: (48, 50), CRASH: (49, 52, 55, 57), RIDE: (51, 53, 59),
    }  # fmt: skip
    numbers = list(range(20, 90))
    result = DOMAIN.read(song(tmp_path / "a.mid", track([(240 * index, number, 90) for index, number in enumerate(numbers)])))
    home = {number: voice for voice, all_of_them in expected.items() for number in all_of_them}
    first = 240 * (numbers.index(22)) // 1920 * 1920  # bars of silence before the first hit are left out
    wanted = [(240 * index - first, home[number]) for index, number in enumerate(numbers) if number in home]
    assert hits(result.pieces[0]) == wanted
    (taken,) = [remark for remark in result.remarks if "nine voices" in remark]
    assert taken.startswith(f"{len(home) - 7} of 70 hits")  # all but 36, 38, 42, 46, 49, 50 and 51
    assert "side stick as snare" in taken
    assert "hi-mid tom as high tom" in taken
    (lost,) = [remark for remark in result.remarks if "left out" in remark]
    assert lost.startswith(f"{70 - len(home)} of 70 hits")
    assert "cowbell" in lost


def test_toms_keep_apart(tmp_path: Path) -> None:
    def toms(*numbers: int) -> list[int]:
        path = song(tmp_path / "a.mid", track([(240 * at, number, 90) for at, number in enumerate(numbers)]))
        return [pitch for _, pitch in hits(one(path))]

    assert toms(45, 48, 50) == [LOW, MID, HIGH]  # as they are written here
    assert toms(43, 45, 48) == [LOW, MID, HIGH]  # as electronic kits have them
    assert toms(41, 47, 50) == [LOW, MID, HIGH]
    assert toms(43, 48) == [LOW, HIGH]


def test_played_hits_sound_together_on_twenty_fourths(tmp_path: Path) -> None:
    # A kick with a hi-hat 11 ms later; a swung eighth; a flam; a roll in thirty-seconds; early for beat four.
    rows = [(0, 36, 100), (11, 42, 80), (317, 42, 70), (465, 38, 40), (490, 38, 110), (500, 42, 80)]
    rows += [(960, 38, 50), (1021, 38, 60), (1082, 38, 70), (1421, 38, 100), (1441, 36, 100)]
    result = DOMAIN.read(song(tmp_path / "a.mid", track(rows)))
    (piece,) = result.pieces
    assert hits(piece) == [
        (0, KICK), (0, CLOSED), (320, CLOSED), (500, SNARE), (500, CLOSED), (960, SNARE), (1020, SNARE), (1080, SNARE),
        (1440, KICK), (1440, SNARE),
    ]  # fmt: skip
    assert [note.velocity for note in piece.notes if note.start == 500] == [110, 80]  # of the flam the louder
    assert any("1 of 11 hits" in remark and "same voice" in remark for remark in result.remarks)
    moved = [abs(at - to) for at, to in zip((0, 11, 317, 490, 500, 960, 1021, 1082, 1421, 1441),
                                            (0, 0, 320, 500, 500, 960, 1020, 1080, 1440, 1440), strict=True)]  # fmt: skip
    assert any(f"{sum(moved) / 10 / 480:.3f} quarters" in remark for remark in result.remarks)
    alone = hits(one(tmp_path / "a.mid", grid=False))
    assert (20, CLOSED) in alone
    assert (1420, SNARE) in alone


def test_what_is_on_twenty_fourths_is_not_moved(tmp_path: Path) -> None:
    rows = [(0, 36, 90), (20, 42, 90), (180, 42, 90), (240, 36, 90)]
    result = DOMAIN.read(song(tmp_path / "a.mid", track(rows)))
    assert hits(result.pieces[0]) == [(0, KICK), (20, CLOSED), (180, CLOSED), (240, KICK)]
    assert result.remarks == []
    coarse = song(tmp_path / "b.mid", track([(at // 20, number, loud) for at, number, loud in rows]), quarter=24)
    assert hits(one(coarse)) == hits(result.pieces[0])


def test_an_early_hit_belongs_to_its_bar(tmp_path: Path) -> None:
    rows = [(0, 36, 90), (1880, 36, 90), (3880, 38, 90)]
    piece = one(song(tmp_path / "a.mid", track(rows)))
    assert piece.bars == 3
    assert hits(DOMAIN.part(piece, 1, 1)) == [(0, KICK)]
    assert hits(DOMAIN.part(piece, 2, 2)) == [(0, KICK)]  # on the line where it is the first of its piece
    assert hits(DOMAIN.part(piece, 1, 2)) == [(0, KICK), (1880, KICK)]
    assert hits(DOMAIN.part(piece, 2, 3)) == [(0, KICK), (1960, SNARE)]
    symbols = DOMAIN.to_symbols(piece)
    assert DOMAIN.from_symbols(symbols).notes[1].start == 1880


def test_silent_bars_before_the_first_are_left_out(tmp_path: Path) -> None:
    path = song(tmp_path / "a.mid", track([(2 * 1920 + 960, 36, 90), (2 * 1920 + 1440, 38, 90)]), bpm=90)
    piece = one(path)
    assert hits(piece) == [(960, KICK), (1440, SNARE)]
    assert piece.tempos == (piece.tempos[0],) == ((0, 90.0),)


def test_metres_change_on_bar_lines(tmp_path: Path) -> None:
    rows = [(at, 36, 90) for at in (0, 1440, 2880, 2880 + 840)]
    piece = one(song(tmp_path / "a.mid", track(rows), metres=((0, 3, 4), (2880, 7, 8))))
    assert [change[:3] for change in piece.metres] == [(0, 3, 4), (2880, 7, 8)]
    assert piece.bars == 3
    assert DOMAIN.from_symbols(DOMAIN.to_symbols(piece)).metres == piece.metres
    long = DOMAIN.read(song(tmp_path / "b.mid", track(rows), metres=((0, 19, 8),)))
    assert [change[:3] for change in long.pieces[0].metres] == [(0, 10, 8), (2400, 9, 8)]
    assert any("19/8" in remark for remark in long.remarks)
    assert DOMAIN.from_symbols(DOMAIN.to_symbols(long.pieces[0])).metres == long.pieces[0].metres


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    path = song(tmp_path / "a.mid", track([(240 * at, 36 + 2 * (at % 2), 90) for at in range(16)]))
    whole = path.read_bytes()
    for length in (0, 13, 14, 30):
        path.write_bytes(whole[:length])
        with pytest.raises(FileError, match=r"a\.mid: "):
            DOMAIN.read(path)
    for length in range(len(whole) // 2, len(whole) - 4, 5):
        path.write_bytes(whole[:length])
        result = DOMAIN.read(path)
        assert result.pieces[0].notes
        assert sum("damaged" in remark for remark in result.remarks) == 1


# Objects of libraries, and writing


def test_objects_of_music_libraries(tmp_path: Path) -> None:
    piece = beat(ROCK)
    DOMAIN.write(piece, tmp_path / "a.mid")
    assert hits(DOMAIN.from_object(symusic.Score(str(tmp_path / "a.mid")))) == hits(piece)
    assert hits(DOMAIN.from_object(piece.to_pretty_midi())) == hits(piece)
    assert DOMAIN.from_object(object()) is None
    score = symusic.Score(480)
    with pytest.raises(FileError, match="no notes"):
        DOMAIN.from_object(score)


def test_what_is_written(tmp_path: Path) -> None:
    piece = replace(beat(ROCK), title="Straight rock", program=25, tempos=(TempoChange(0, 93.5),))
    path = tmp_path / "a.mid"
    DOMAIN.write(piece, path, text="made here")
    file = mido.MidiFile(path)
    assert (file.type, file.ticks_per_beat) == (1, 480)
    struck = [message for one_of in file.tracks for message in one_of if message.type == "note_on" and message.velocity]
    assert {message.channel for message in struck} == {9}
    assert len(struck) == len(piece.notes)
    assert [message.program for one_of in file.tracks for message in one_of if message.type == "program_change"] == [25]
    metas = {message.type: message for one_of in file.tracks for message in one_of if message.is_meta}
    assert mido.tempo2bpm(metas["set_tempo"].tempo) == pytest.approx(93.5, abs=1e-3)
    assert (metas["time_signature"].numerator, metas["time_signature"].denominator) == (4, 4)
    assert metas["text"].text == "made here"
    (drums,) = pretty_midi.PrettyMIDI(str(path)).instruments
    assert drums.is_drum
    again = one(path)
    assert (again.title, again.program, again.notes, again.tempos) == ("Straight rock", 25, piece.notes, piece.tempos)
    with pytest.raises(ConfigError, match=r"\.mid or \.midi"):
        DOMAIN.write(piece, tmp_path / "a.wav")


# Symbols


def test_symbols_say_steps_and_hits() -> None:
    piece = beat(ROCK)
    symbols = DOMAIN.to_symbols(piece)
    # Metre, bar, 13 hits on eight steps, and eight moves of an eighth.
    assert len(symbols) == 2 + len(piece.notes) + 8
    assert DOMAIN.grammar.size(symbols[0]) == 96
    assert sum(DOMAIN.grammar.advance(symbol) for symbol in symbols) == 96
    assert DOMAIN.from_symbols(symbols).notes == piece.notes


def test_every_place_of_a_sixteenth_can_be_said() -> None:
    base = beat(ROCK)
    note = base.notes[0]
    for unit in range(94):  # the last two belong to the next bar
        piece = replace(base, notes=(note._replace(start=20 * unit, end=20 * unit + 40),), length=1920)
        assert DOMAIN.from_symbols(DOMAIN.to_symbols(piece)).notes == (piece.notes[0]._replace(velocity=VELOCITIES[3]),)


@pytest.mark.parametrize("velocity", range(1, 128))
def test_a_level_is_the_nearest(velocity: int) -> None:
    far = [abs(velocity - own) for own in VELOCITIES]
    assert far[level_of(velocity)] == min(far)


def test_velocities_do_not_pass_through_but_travel_along() -> None:
    base = beat(ROCK)
    piece = replace(base, notes=tuple(note._replace(velocity=37 + 3 * at) for at, note in enumerate(base.notes)), title="t")
    bare = DOMAIN.from_symbols(DOMAIN.to_symbols(piece))
    assert {note.velocity for note in bare.notes} <= set(VELOCITIES)
    assert DOMAIN.with_metadata(bare, DOMAIN.metadata(piece)) == piece
    assert "velocities" not in DOMAIN.metadata(bare)
    nought = {"velocities": [0] * len(piece.notes)}
    for wrong in ({"velocities": [1]}, nought, {"program": 128}, {"tempos": []}, {"tempos": [[0, 0]]}):
        with pytest.raises(DamagedFileError):
            DOMAIN.with_metadata(bare, {**DOMAIN.metadata(piece), **wrong})


def test_an_opening_goes_on_after_a_last_stroke() -> None:
    groove = beat(ROCK)
    assert DOMAIN.opening(groove, True) == DOMAIN.to_symbols(groove)  # a rest of an eighth belongs to the beat
    ending = beat(f"{KICK} x{'-' * 15}{'x' + '-' * 15}\n{CRASH} {'-' * 16}X{'-' * 15}", bars=2)
    symbols = DOMAIN.to_symbols(ending)
    assert symbols.startswith(DOMAIN.opening(ending, True))
    assert len(DOMAIN.opening(ending, True)) < len(symbols)
    assert DOMAIN.opening(ending, False) == symbols


def test_takes_share_fragments_and_beats_do_not() -> None:
    long = beat("\n".join(f"{line.split()[0]} {line.split()[1] * 6}" for line in ROCK.strip().splitlines()), bars=6)
    assert DOMAIN.fragments(long)
    assert DOMAIN.fragments(DOMAIN.part(long, 2, 6)) <= DOMAIN.fragments(long)
    soft = (note._replace(velocity=60 if at % 9 == 0 else note.velocity) for at, note in enumerate(long.notes))
    softer = replace(long, notes=tuple(soft))
    assert not DOMAIN.fragments(softer) & DOMAIN.fragments(long)
    assert not DOMAIN.fragments(DOMAIN.part(long, 1, 3))
    sparse = replace(long, notes=tuple(note for note in long.notes if note.pitch == SNARE))  # two hits a bar prove nothing
    assert not DOMAIN.fragments(sparse)


# Two patterns


def test_dress_takes_tempo_and_kit() -> None:
    a, b = (replace(beat(ROCK), tempos=(TempoChange(0, bpm),), program=kit) for bpm, kit in ((80.0, 1), (160.0, 2)))
    middle = DOMAIN.with_metadata_between(beat(ROCK), a, b, 0.5)
    assert middle.tempos[0].bpm == pytest.approx(113.137)
    assert (middle.program, DOMAIN.with_metadata_between(a, a, b, 0.4).program) == (2, 1)


def test_joined_patterns_follow_one_another() -> None:
    waltz = beat(f"{KICK} x-----------\n{SNARE} ----x---x---", (3, 4))
    joined = DOMAIN.join([beat(ROCK), waltz, waltz])
    assert joined.bars == 3
    assert [change[:3] for change in joined.metres] == [(0, 4, 4), (1920, 3, 4)]
    assert hits(DOMAIN.part(joined, 3, 3)) == hits(waltz)
    assert DOMAIN.join([]) is None


def test_a_mixture_takes_whole_steps() -> None:
    a = beat(f"{KICK} {'x' * 16}\n{SNARE} {'X' * 16}")
    b = beat(f"{LOW} {'x' * 16}\n{RIDE} {'X' * 16}")
    mixed = DOMAIN.mix(a, b, 0.5, 1)
    steps = [frozenset(pitch for tick, pitch in hits(mixed) if tick == 120 * at) for at in range(16)]
    assert set(steps) == {frozenset({KICK, SNARE}), frozenset({LOW, RIDE})}


# Measures


def test_measures_of_reconstruction_by_hand() -> None:
    true = beat(f"{KICK} X---X---X---X---\n{SNARE} ----x-------x---")
    made = beat(f"{KICK} x---X---X-------\n{SNARE} ----x-------x--x")
    late = replace(made, notes=tuple(note._replace(start=note.start + 20, end=note.end + 20) if note.start == 960 else note
                                     for note in made.notes))  # fmt: skip
    found = DOMAIN.compare([true], [late])
    # Of 16 steps the last quarter's first (no kick) and last (a snare too many) differ; five of six hits are right.
    assert found == {
        "exact": 0.0,
        "step_accuracy": 14 / 16,
        "hit_f1": 2 * 5 / 12,
        "hit_precision": 5 / 6,
        "hit_recall": 5 / 6,
        "velocity_accuracy": 4 / 5,
        "offset_accuracy": 4 / 5,
    }
    shorter = DOMAIN.compare([DOMAIN.join([true, true])], [true])
    assert shorter["step_accuracy"] == 0.5  # what is missing is wrong, silence too
    assert DOMAIN.compare([], [])["hit_f1"] == 0.0


def test_attributes_by_hand() -> None:
    piece = beat(f"{CLOSED} x-x-x-x-x-x-x-x-\n{SNARE} ----X--.----X---\n{KICK} X---------o-----\n{LOW} --------------xx")
    values = {name: measure(piece) for name, measure in VALUES.items()}
    count = 8 + 3 + 2 + 2
    assert values["density"] == count / 4
    assert values["loudness"] == pytest.approx((9 * 84 + 84 + 3 * 120 + 26 + 54) / count)
    assert values["ghosts"] == pytest.approx(1 / 3)
    assert values["kick"] == 2 / count
    assert values["snare"] == 3 / count
    assert values["hats"] == 8 / count
    assert values["toms"] == 2 / count
    assert values["cymbals"] == 0
    assert values["layers"] == count / 10
    assert (values["swing"], values["swing16"], values["late"]) == (1, 1, 0)
    # Kick and snare on one, two, "three and" and four: two is held over three, which is one level above it.
    assert values["syncopation"] == 1 / 4
    # Kick on the "and" of two held over three, which is the half of the bar: two levels above an eighth; two onsets.
    assert VALUES["syncopation"](beat(f"{KICK} x-----x---------\n{CLOSED} x-x-x-x-x-x-x-x-")) == 2 / 2


@pytest.mark.parametrize(("unit", "ratio"), [(12, 1.0), (14, 1.4), (15, 15 / 9), (16, 2.0)])
def test_swing_of_eighths(unit: int, ratio: float) -> None:
    straight = beat(f"{RIDE} x-x-x-x-x-x-x-x-")
    moved = tuple(note._replace(start=note.start - 240 + 20 * unit, end=note.end - 240 + 20 * unit) if note.start % 480 else note
                  for note in straight.notes)  # fmt: skip
    swung = replace(straight, notes=moved)
    assert VALUES["swing"](swung) == pytest.approx(ratio)
    assert VALUES["swing16"](swung) == 1.0
    assert VALUES["swing"](DOMAIN.from_symbols(DOMAIN.to_symbols(swung))) == pytest.approx(ratio)


def test_swing_of_sixteenths_and_what_is_no_swing() -> None:
    straight = beat(f"{CLOSED} {'x' * 16}")
    moved = tuple(note._replace(start=note.start + 40, end=note.end + 40) if note.start % 240 else note for note in straight.notes)
    assert VALUES["swing16"](replace(straight, notes=moved)) == pytest.approx(2.0)
    assert VALUES["swing"](replace(straight, notes=moved)) == 1.0
    twelve = (note._replace(start=160 * at, end=160 * at + 40) for at, note in enumerate(straight.notes[:12]))
    triplets = replace(straight, notes=tuple(twelve))
    assert (VALUES["swing"](triplets), VALUES["swing16"](triplets)) == (1.0, 1.0)
    compound = beat(f"{CLOSED} x-x-x-x-x-x-", (6, 8))
    late = (note._replace(start=note.start + 40, end=note.end + 40) if note.start % 480 else note for note in compound.notes)
    assert VALUES["swing"](replace(compound, notes=tuple(late))) == 1.0


def test_behind_the_beat() -> None:
    piece = beat(f"{SNARE} ----x-------x---")
    late = replace(piece, notes=tuple(note._replace(start=note.start + 20, end=note.end + 20) for note in piece.notes))
    assert VALUES["late"](late) == pytest.approx(500 / 24)  # a twenty-fourth of half a second
    slow = beat(f"{SNARE} x-x---x-----", (6, 8))  # on both beats, and between them on an eighth that is none
    moved = tuple(note._replace(start=note.start + 40, end=note.end + 40) if note.start == 240 else note for note in slow.notes)
    assert VALUES["late"](replace(slow, notes=moved)) == 0.0


# For the eye


def test_the_tablature() -> None:
    piece = beat(f"{CLOSED} x-x-x-x-x-x-x-x-\n{SNARE} ----X--.----X---\n{KICK} X---------o-----")
    assert DOMAIN.show(piece) == "\n".join([
        "CH|x-x-x-x-x-x-x-x-|",
        "SD|----X--.----X---|",
        "BD|X---------o-----|",
        "   1",
    ])  # fmt: skip
    long = DOMAIN.join([piece] * 9)
    assert DOMAIN.show(long, 80).splitlines()[-1] == "and 1 more bar"
    assert "(silence)" in DOMAIN.show(DOMAIN.from_symbols(""))
    wide = DOMAIN.from_symbols(DOMAIN.to_symbols(beat(f"{KICK} {'x' + '-' * 31}", (4, 2))))
    assert max(len(line) for line in DOMAIN.show(wide, 20).splitlines()) <= 20


def test_the_picture() -> None:
    html = replace(beat(ROCK), title="A & B")._repr_html_()
    assert html.count("<circle") == 13
    assert "A &amp; B" in html


@pytest.mark.parametrize("path", sorted(BEATS.glob("*.mid")), ids=lambda path: path.stem)
def test_the_beats_that_come_along(path: Path, tmp_path: Path) -> None:
    result = DOMAIN.read(path)
    (piece,) = result.pieces
    assert (piece.bars, result.remarks) == (4, [])
    metre = "{1}/{2}".format(*piece.metres[0])
    assert f"| `{path.name}` | {piece.title}" in (BEATS / "README.md").read_text(encoding="utf-8")
    assert f"| {metre}, {piece.tempos[0].bpm:g} |" in (BEATS / "README.md").read_text(encoding="utf-8")
    bare = DOMAIN.from_symbols(DOMAIN.to_symbols(piece))
    assert hits(bare) == hits(piece)
    assert len({level_of(note.velocity) for note in piece.notes}) >= 2


def test_the_feel_of_the_beats_that_come_along() -> None:
    shuffle, funk, slow = (one(BEATS / f"{name}.mid") for name in ("shuffle", "funk", "six-eight"))
    assert VALUES["swing"](shuffle) == pytest.approx(2.0)
    assert VALUES["swing16"](funk) == pytest.approx(7 / 5)
    assert VALUES["ghosts"](funk) > 0.5
    assert VALUES["late"](slow) > 0


def test_the_name_of_a_wrong_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"drums are read from \.mid"):
        get_domain("drums").read(tmp_path / "a.abc")
    assert DOMAIN.describe(beat(ROCK))["voices"] == "kick, snare, closed hi-hat"
    assert DOMAIN.why_no_phrase(beat(ROCK), 4, 2) == "no phrase of 4 bars: it has 1 bar, and at least 2 are needed"
    assert DOMAIN.why_no_phrase(DOMAIN.from_symbols(""), 4, 2) == "no hits"
