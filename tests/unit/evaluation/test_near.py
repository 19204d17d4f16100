"""Near duplicates of texts and melodies."""

from __future__ import annotations

from genstudio.domains import get_domain
from genstudio.evaluation.near import Near

TEXT = get_domain("text")


def test_words_without_regard_to_case_and_punctuation():
    near = Near(TEXT)
    near.add(TEXT.parse("The old man saw the sea, again and again, today."), "a")
    near.add(TEXT.parse("Nobody was there."), "b")
    assert near.has(TEXT.parse("the old man saw the SEA again and again today"), 0.0) == ("a",)
    assert near.has(TEXT.parse("The old man saw the lake again and again today"), 0.1) == ("a",)
    assert near.has(TEXT.parse("The old man saw a lake again and again today"), 0.1) == ()
    assert near.has(TEXT.parse("Nobody is here."), 0.7) == ("b",)
    assert near.has(TEXT.parse("Nobody saw the sea."), 1.0) == ("a", "b")


def test_a_transposed_melody_is_the_same(make_tune, tmp_path):
    domain, found = get_domain("melody"), []
    for name, transpose in (("a", 0), ("b", 3)):
        make_tune(1, 2, (4, 4), transpose=transpose).write(str(tmp_path / f"{name}.mid"))
        found += domain.read(tmp_path / f"{name}.mid").pieces
    make_tune(2, 2, (4, 4)).write(str(tmp_path / "c.mid"))
    near = Near(domain)
    near.add(found[0], "x")
    assert near.has(found[1], 0.0) == ("x",)
    assert near.has(domain.read(tmp_path / "c.mid").pieces[0], 0.0) == ()
