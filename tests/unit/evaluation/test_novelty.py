"""Novelty: shared passages against a slow search, and what counts as copied."""

from __future__ import annotations

import numpy as np
import pytest

from genstudio.domains import Grammar, MetreChange, Note, TempoChange, edit_distance, get_domain
from genstudio.domains.melody import Melody
from genstudio.errors import Stopped
from genstudio.evaluation.novelty import novelty, search, units
from genstudio.progress import Monitor, Progress, Stop

TEXT = Grammar()
BARS = Grammar(separator="|")


def slow(query, training) -> int:
    """The longest run of ``query`` that is in one of ``training``."""
    runs = {tuple(piece[a:b]) for piece in training for a in range(len(piece)) for b in range(a + 1, len(piece) + 1)}
    return max(
        (b - a for a in range(len(query)) for b in range(a + 1, len(query) + 1) if tuple(query[a:b]) in runs), default=0
    )


@pytest.mark.parametrize("letters", ["ab", "abcde", "abcdefghijklmno"])
def test_longest_passages_are_those_of_a_slow_search(letters):
    draw = np.random.default_rng(len(letters))

    def pieces(count: int) -> list[str]:
        return ["".join(draw.choice(list(letters), draw.integers(1, 30))) for _ in range(count)]

    training, queries = pieces(25), [*pieces(25), "xyz", ""]
    queries += [training[3], training[4][1:] + training[5]]
    found = search(training, queries, TEXT)
    assert [one.longest for one in found] == [slow(query, training) for query in queries]
    assert found[27].distance == 0
    assert found[27].nearest == training.index(training[3])
    assert (found[25].nearest, found[25].distance) == (None, 1.0)
    # Words are found as letters are.
    split = search([list(piece) for piece in training], [list(query) for query in queries], TEXT)
    assert [one.longest for one in split] == [one.longest for one in found]


def test_passages_do_not_run_from_one_piece_into_the_next():
    found = search(["abcd", "efgh"], ["cdef", "abcdefgh"], TEXT)
    assert [one.longest for one in found] == [2, 4]


def test_the_nearest_piece_by_edits():
    training = ["abcdefgh", "abcdxfgh", "hgfedcba"]
    found = search(training, ["abcdxfgz", "abcdefgh"], TEXT)
    assert (found[0].nearest, found[0].distance) == (1, pytest.approx(edit_distance("abcdxfgz", "abcdxfgh") / 8))
    assert (found[1].nearest, found[1].distance) == (0, 0.0)


def test_a_copy_is_found_among_pieces_that_go_on():
    training = ["ab", *(f"ab{letter}" for letter in "cdefghijkl"), "xab"]
    found = search(training, ["ab"], TEXT)[0]
    assert (found.nearest, found.distance) == (0, 0.0)


def test_eight_words_are_long():
    training = [list("abcdefghij")]
    assert [one.copied for one in search(training, [list("xabcdefgx"), list("xabcdefghx")], TEXT)] == [False, True]


def test_two_whole_bars_are_long():
    training = ["m|abcd|efgh|ijkl|"]
    cases = {
        "m|xxxx|efgh|ijkl|": True,
        "m|abcd|efgx|ijkl|": False,
        "m|xxcd|efgh|ijxx|": False,  # as long, but no two whole bars
        "m|abcd|efgh": False,  # a bar without its end
        "m|abcd|": False,
    }
    assert [one.copied for one in search(training, list(cases), BARS)] == list(cases.values())
    # Two bars of next to nothing are no passage.
    assert not search(["|ab|cd|ef|"], ["|ab|cd|xx|"], BARS)[0].copied


def tune(*pitches: int, shift: int = 0):
    notes = [Note(index * 480, index * 480 + 480, pitch + shift) for index, pitch in enumerate(pitches)]
    return Melody.build(notes, [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], tonic=60 + shift)


def test_melodies_are_the_same_in_every_key():
    domain = get_domain("melody")
    training = [domain.to_symbols(tune(60, 62, 64, 65, 67, 65, 64, 62, 60, 60, 60, 60))]
    copied = domain.to_symbols(tune(60, 62, 64, 65, 67, 65, 64, 62, 72, 71, 72, 71, shift=3))
    own = domain.to_symbols(tune(60, 60, 67, 67, 69, 69, 67, 67, 65, 65, 64, 64))
    found = novelty(domain, training, [copied, own], [training[0]], origin=lambda index: ("A tune", "book.abc#7"))
    assert found["copied"] == 0.5
    assert found["whole"] == 0.0
    assert found["copied_real"] == found["whole_real"] == 1.0
    assert found["nearest_distance_real"] == 0.0
    assert found["longest_share_real"] == 1.0
    first, second = found["pieces"]
    assert (first["number"], first["copied"], first["nearest"]) == (0, True, 0)
    assert (first["title"], first["source"]) == ("A tune", "book.abc#7")
    assert not second["copied"]
    assert first["distance"] < second["distance"]
    assert found["longest_passage"] == pytest.approx((first["longest"] + second["longest"]) / 2)


def test_texts_are_compared_by_words_and_chinese_by_characters():
    domain = get_domain("text")
    training = ["the quick brown fox jumps over the lazy dog", "床前明月光，疑是地上霜。"]
    generated = ["a quick brown fox jumps over the lazy dog", "the slow brown fox jumps", "床前明月光，疑是天上霜。"]
    found = novelty(domain, training, generated)
    assert [one["copied"] for one in found["pieces"]] == [True, False, True]
    assert [one["longest"] for one in found["pieces"]] == [8, 3, 8]
    assert [one["nearest"] for one in found["pieces"]] == [0, 0, 1]
    assert "title" not in found["pieces"][0]
    assert "copied_real" not in found
    assert units(domain, ["下雨 ok"]) == [["下", "雨", "ok"]]


def test_nothing_to_compare_with():
    domain = get_domain("text")
    found = novelty(domain, [], ["a b"], ["c"])
    assert (found["copied"], found["longest_passage"], found["nearest_distance"]) == (0.0, 0.0, 1.0)
    assert found["pieces"][0]["nearest"] is None


def test_it_tells_how_far_it_is_and_can_be_stopped():
    told: list[Progress] = []
    search(["abc"], ["ab", "bc"], TEXT, monitor=Monitor(told.append))
    assert [one.done for one in told] == [0, 1, 2]
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        search(["abc"], ["ab"], TEXT, monitor=Monitor(stop=stop))
