from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from genstudio.errors import DamagedFileError
from genstudio.provenance import Job, Provenance


@pytest.fixture
def job() -> Job:
    codes = np.random.default_rng(0).standard_normal((3, 5)).astype(np.float32)
    return Job(
        operation="vary",
        model="m",
        digest="abc",
        seed=7,
        settings={"amount": 0.3},
        sources=("Ode an die Freude 欢乐颂",),
        codes=codes,
        decoding={"temperature": 0.0, "seed": 7, "segments": [4, 4, 4]},
        metadata=({"bpm": 120.0},) * 3,
    )


def test_job_survives_its_facts(job: Job) -> None:
    back = Job.from_facts(job.facts(), job.codes.tobytes())
    assert back.id == job.id
    assert np.array_equal(back.codes, job.codes)
    assert back.facts() == job.facts()


@pytest.mark.parametrize("change", [{"seed": 8}, {"digest": "abd"}, {"decoding": {}}, {"operation": "blend"}])
def test_id_depends_on_everything_that_determines_the_result(job: Job, change: dict[str, object]) -> None:
    assert dataclasses.replace(job, **change).id != job.id


def test_id_depends_on_the_codes(job: Job) -> None:
    codes = job.codes.copy()
    codes[0, 0] = np.nextafter(codes[0, 0], np.float32(9))
    assert dataclasses.replace(job, codes=codes).id != job.id


def test_damaged_facts_are_reported(job: Job) -> None:
    with pytest.raises(DamagedFileError, match="made again"):
        Job.from_facts(job.facts(), job.codes.tobytes()[:-4])
    with pytest.raises(DamagedFileError):
        Job.from_facts({}, b"")


def test_provenance_is_one_line_of_ascii_and_comes_back(job: Job) -> None:
    text = Provenance.of(job, 1).to_text()
    assert text.isascii()
    assert "\n" not in text
    back = Provenance.from_text(text)
    assert back is not None
    assert (back.job, back.index, back.count, back.sources) == (job.id, 1, 3, job.sources)
    assert np.array_equal(back.code, job.codes[1])
    assert back.to_text() == text


def test_other_texts_are_no_provenance(job: Job) -> None:
    assert Provenance.from_text("made with love") is None
    assert Provenance.from_text("") is None
    with pytest.raises(DamagedFileError):
        Provenance.from_text(Provenance.of(job, 0).to_text().replace('"seed"', '"sead"'))


def test_a_piece_of_several_phrases_has_the_codes_of_all(job: Job) -> None:
    whole = dataclasses.replace(job, decoding={"joins": [1, 2], "segments": [4, 5, 6], "seed": 7}, metadata=({},) * 2)
    first, second = (Provenance.of(whole, index) for index in range(2))
    assert (first.count, second.count) == (2, 2)
    assert np.array_equal(first.code, job.codes[0])
    assert np.array_equal(second.code, job.codes[1:].reshape(-1))
    assert second.settings["decoding"] == {"segments": [5, 6], "seed": 7}


def test_a_source_of_any_name_has_an_id(job: Job) -> None:
    assert dataclasses.replace(job, sources=("caf\udce9.mid",)).id != job.id


def test_codes_of_pieces_of_several_rows(job: Job) -> None:
    assert job.count == 3
    assert np.array_equal(job.code(1), job.codes[1])
    joined = dataclasses.replace(job, decoding={**job.decoding, "joins": [1, 2]}, metadata=({},) * 2)
    assert joined.count == 2
    assert np.array_equal(joined.code(0), job.codes[0])
    assert np.array_equal(joined.code(1), job.codes[1:].reshape(-1))
    everything = Provenance.from_text(Provenance.of(joined, None).to_text())
    assert everything.index is None
    assert everything.job == joined.id
    assert np.array_equal(everything.code, joined.codes.reshape(-1))
    assert everything.settings["decoding"]["joins"] == [1, 2]
    found = Provenance.of(joined, 1)
    assert (found.index, found.count) == (1, 2)
    back = Provenance.from_text(found.to_text())
    assert back is not None
    assert np.array_equal(back.code, joined.code(1))
