from __future__ import annotations

import shutil

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from genstudio.errors import CorpusError, ModelError
from genstudio.files import write_json
from genstudio.models.attributes import FILE, AttributeSpace, Codes, learn_space, load_space, save_space
from genstudio.models.manifest import read_manifest, update_manifest

NAMES = [("a", "A", "u", "measure", ""), ("b", "B", "u", "measure", ""), ("flat", "Flat", "u", "measure", "")]


def made(count: int = 4000, dims: int = 6, seed: int = 0) -> tuple[AttributeSpace, np.ndarray, np.ndarray]:
    """Codes that follow two correlated attributes by known slopes."""
    draw = np.random.default_rng(seed)
    a = draw.standard_normal(count)
    b = 0.8 * a + 0.6 * draw.standard_normal(count)
    slopes = draw.standard_normal((2, dims))
    means = (np.stack([a, b], 1) @ slopes + 0.1 * draw.standard_normal((count, dims))).astype(np.float32)
    values = np.stack([10 + 2 * a, 3 * b, np.ones(count)], 1)
    used = np.ones(means.shape, bool)
    return learn_space(Codes(means, used, 2), values, NAMES, corpus="c", donors=50), slopes, means


def test_directions_hold_the_other_attribute():
    space, slopes, means = made()
    assert space.names == ["a", "b"]  # what does not vary is left out
    assert space.deviations == pytest.approx([2, 3], rel=0.05)
    # Correlated attributes, yet each direction is its own slope: the ridge takes a little off.
    assert np.allclose(space.directions, slopes, atol=0.2)
    naive = np.corrcoef(means.T, rowvar=True)
    assert naive.shape == (6, 6)
    assert np.allclose(space.readout @ space.directions.T, np.eye(2), atol=0.1)
    reads = means @ space.readout.T + space.offset
    assert reads.mean(0) * space.deviations == pytest.approx([10, 0], abs=0.2)


def test_what_is_not_used_counts_for_nothing():
    draw = np.random.default_rng(0)
    a = draw.standard_normal(1000)
    used = np.ones((1000, 4), bool)
    used[::2, 2:] = False
    means = (a[:, None] * np.array([1, 0, 2, 0]) * used).astype(np.float32)
    space = learn_space(Codes(means, used, 2), a[:, None], NAMES[:1], corpus="c", donors=20)
    assert space.spread[2] == pytest.approx(2 * a[1::2].std(), rel=0.1)
    assert space.donor_blocks.shape == (20, 2)
    assert space.donor_blocks[:, 0].all()
    assert 0 < space.donor_blocks[:, 1].sum() < 20


def test_values_may_be_missing():
    draw = np.random.default_rng(0)
    means = draw.standard_normal((200, 3)).astype(np.float32)
    values = means[:, :1].astype(float).copy()
    values[::3] = np.nan
    space = learn_space(Codes(means, np.ones(means.shape, bool), 3), values, NAMES[:1], corpus="c")
    assert np.abs(space.directions[0]).argmax() == 0


def test_too_little_to_learn_from():
    ones = np.ones((40, 3), np.float32)
    with pytest.raises(CorpusError, match="at least 50"):
        learn_space(Codes(ones, ones > 0, 3), np.ones((40, 1)), NAMES[:1], corpus="c")
    ones = np.ones((60, 3), np.float32)
    with pytest.raises(CorpusError, match="varies"):
        learn_space(Codes(ones, ones > 0, 3), np.ones((60, 1)), NAMES[:1], corpus="c")


def test_kept_with_the_model(saved):
    folder = saved()
    space, _, _ = made()
    save_space(folder, space)
    again = load_space(folder, read_manifest(folder), 6, 2)
    assert again.attributes == space.attributes
    assert (again.distance, again.pieces, again.corpus) == (space.distance, 4000, "c")
    for name in ("directions", "readout", "offset", "centre", "spread", "donors", "donor_blocks", "donor_values"):
        assert np.array_equal(getattr(again, name), getattr(space, name)), name
    first = (folder / FILE).read_bytes()
    save_space(folder, made()[0])
    assert (folder / FILE).read_bytes() == first


def test_none_or_damaged(saved, tmp_path):
    folder = saved()
    with pytest.raises(ModelError, match="the model a-model has learned no attributes yet; learn them"):
        load_space(folder, read_manifest(folder), 6, 2)
    save_space(folder, made()[0])
    manifest = read_manifest(folder)
    with pytest.raises(ModelError, match="does not fit"):
        load_space(folder, manifest, 8, 2)
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data[:-4])
    with pytest.raises(ModelError, match="not the one"):
        load_space(folder, manifest, 6, 2)
    (folder / FILE).unlink()
    with pytest.raises(ModelError, match="damaged"):
        load_space(folder, manifest, 6, 2)
    (folder / FILE).write_bytes(data)
    for entry in ({"format": 99}, {"attributes": 3}, {"attributes": [{}]}, {"distance": "far"}):
        update_manifest(folder, {"attributes": {**manifest["attributes"], **entry}})
        with pytest.raises(ModelError):
            load_space(folder, read_manifest(folder), 6, 2)
        write_json(folder / "manifest.json", manifest)
    with pytest.raises(ModelError):
        save_space(tmp_path / "nothing", made()[0])
    assert not (tmp_path / "nothing").exists()


def test_numbers_that_are_none_are_refused(saved):
    folder = saved()
    save_space(folder, made()[0])
    tensors = load_file(folder / FILE)
    tensors["directions"][0, 0] = np.nan
    save_file(tensors, folder / FILE)
    import hashlib

    entry = read_manifest(folder)["attributes"]
    update_manifest(folder, {"attributes": {**entry, "sha256": hashlib.sha256((folder / FILE).read_bytes()).hexdigest()}})
    with pytest.raises(ModelError, match="directions"):
        load_space(folder, read_manifest(folder), 6, 2)


def test_a_packed_model_keeps_them(saved, tmp_path):
    from genstudio.models.checkpoint import pack_model

    folder = saved()
    save_space(folder, made()[0])
    pack_model(folder, tmp_path / "packed")
    assert (tmp_path / "packed" / FILE).read_bytes() == (folder / FILE).read_bytes()
    shutil.rmtree(folder)
    assert load_space(tmp_path / "packed", read_manifest(tmp_path / "packed"), 6, 2).names == ["a", "b"]
