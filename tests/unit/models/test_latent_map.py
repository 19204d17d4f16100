from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.errors import ConfigError, FileError, Stopped
from genstudio.models.latent_map import nearest, open_map, plane, principal_axes, write_map
from genstudio.progress import Stop


def codes_of(count: int = 300, dims: int = 12, seed: int = 0) -> np.ndarray:
    draw = np.random.default_rng(seed)
    scale = np.linspace(3, 0.2, dims)
    turn = np.linalg.qr(draw.standard_normal((dims, dims)))[0]
    return (draw.standard_normal((count, dims)) * scale @ turn + 5 * draw.standard_normal(dims)).astype(np.float32)


@pytest.mark.parametrize("count", [40, 300, 9000])  # less than a block, and several
def test_principal_axes_are_those_of_the_svd(count):
    codes = codes_of(count)
    mean, axes, variance = principal_axes(codes, 3)
    centred = codes.astype(np.float64) - codes.astype(np.float64).mean(0)
    _, singular, rows = np.linalg.svd(centred, full_matrices=False)
    assert np.allclose(mean, codes.mean(0), atol=1e-4)
    assert np.allclose(np.abs((axes * rows[:3]).sum(1)), 1.0, atol=1e-4)
    assert np.allclose(variance, singular**2 / count, rtol=1e-3, atol=1e-4)
    assert np.allclose(axes @ axes.T, np.eye(3), atol=1e-8)
    assert (axes[np.arange(3), np.abs(axes).argmax(1)] > 0).all()


def test_what_does_not_vary():
    found = plane(np.ones((20, 4), np.float16))
    assert np.allclose(found["coordinates"], 0)
    assert np.isfinite(found["basis"]).all()


@given(st.integers(0, 10_000), st.integers(1, 30), st.sampled_from(["euclidean", "cosine"]))
def test_nearest_is_what_brute_force_finds(seed, k, metric):
    draw = np.random.default_rng(seed)
    codes = draw.standard_normal((50, 6)).astype(np.float16)
    codes[draw.integers(0, 50, 5)] = codes[0]  # some are equal
    query = draw.standard_normal(6).astype(np.float32)
    used = draw.random(6) < 0.7
    used[0] = True
    rows, distances = nearest(codes, query, k, metric=metric, used=used)

    def distance(row):
        a, b = codes[row][used].astype(float), query[used].astype(float)
        if metric == "euclidean":
            return float(np.sqrt(((a - b) ** 2).sum()))
        return 1 - float(a @ b) / float(np.linalg.norm(a) * np.linalg.norm(b))

    expected = sorted(distance(row) for row in range(50))[:k]
    assert distances == pytest.approx(expected, abs=1e-6)
    assert [distance(row) for row in rows] == pytest.approx(expected, abs=1e-6)
    assert len(set(rows.tolist())) == min(k, 50)


def test_nearest_over_blocks():
    codes = codes_of(9000)
    rows, distances = nearest(codes, codes[8500], 2)
    assert rows[0] == 8500
    assert distances[0] == 0
    zero = np.zeros(12, np.float32)
    assert nearest(np.zeros((3, 12)), zero, 3, metric="cosine")[1].tolist() == [1, 1, 1]
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        nearest(codes, zero, 1, check=stop.check)


def test_bad_calls():
    codes = codes_of(20)
    with pytest.raises(ConfigError, match="did you mean 'cosine'"):
        nearest(codes, codes[0], 1, metric="cosin")
    with pytest.raises(ConfigError, match="1 or more"):
        nearest(codes, codes[0], 0)
    with pytest.raises(ConfigError, match="did you mean 'pca'"):
        plane(codes, "pcaa")


def test_umap_that_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "umap", None)
    with pytest.raises(ConfigError, match=r"-m pip install .*umap-learn"):
        plane(codes_of(40), "umap")


def test_umap():
    pytest.importorskip("umap")
    codes = codes_of(60)
    first, again = (plane(codes, "umap", seed=3)["coordinates"] for _ in range(2))
    assert first.shape == (60, 2)
    assert np.array_equal(first, again)
    with pytest.raises(ConfigError, match="more than"):
        plane(codes[:10], "umap")


DENSITY = {"name": "density", "label": "Density", "unit": "notes", "mean": 2.0, "deviation": 0.5}


def written(folder, method="pca", halves=True):
    codes = codes_of(80)
    used = np.ones((80, 6), bool)
    if halves:
        codes[::2, 8:] = 0
        used[::2, 4:] = False
    codes = codes.astype(np.float16)
    found = plane(codes)
    values = np.random.default_rng(1).standard_normal((80, 1))
    index = [(f"Tune {row}\u2028", f"a.abc#{row}") for row in range(80)]
    about = {"method": method, "attributes": [DENSITY], "digest": "d", "model": "m"}
    size = write_map(folder, found, codes, used, values, index, about)
    return codes, used, index, size


def test_a_map_is_read_as_it_was_written(tmp_path):
    codes, used, index, size = written(tmp_path / "map")
    chart = open_map(tmp_path / "map")
    assert chart.index == index
    assert np.array_equal(chart.codes, codes)
    assert isinstance(chart.codes, np.memmap)
    assert np.array_equal(chart.used, used)
    assert np.allclose(chart.project(codes.astype(np.float32)), chart.coordinates, atol=2e-3)
    files = {path.name: path.stat().st_size for path in (tmp_path / "map").iterdir()}
    assert set(files) == {"map.json", "map.safetensors", "index.jsonl.gz", "codes.npy", "used.npy"}
    assert size == files["map.json"] + files["map.safetensors"] + files["index.jsonl.gz"]
    before = {path.name: path.read_bytes() for path in (tmp_path / "map").iterdir()}
    written(tmp_path / "map")
    assert {path.name: path.read_bytes() for path in (tmp_path / "map").iterdir()} == before


def test_a_point_and_back(tmp_path):
    written(tmp_path / "map")
    chart = open_map(tmp_path / "map")
    for x, y in [(0.0, 0.0), (1.5, -1.0), (-20.0, 3.0)]:
        code, used, row = chart.code_at(x, y)
        assert np.allclose(chart.project(code[None])[0], (x, y), atol=1e-3)
        assert (code[~used] == 0).all()
        assert row == np.linalg.norm(chart.coordinates - (x, y), axis=1).argmin()
    x, y = chart.coordinates[7]
    assert np.allclose(chart.code_at(x, y)[0], chart.codes[7], atol=2e-2)
    with pytest.raises(ConfigError, match="two numbers"):
        chart.code_at(float("nan"), 0)


def test_a_point_of_another_method_is_between_two_pieces(tmp_path):
    written(tmp_path / "map", "umap", halves=False)
    chart = open_map(tmp_path / "map")
    at = chart.coordinates[3]
    code, _, row = chart.code_at(*at)
    assert row == 3
    assert np.array_equal(code, chart.codes[3].astype(np.float32))
    x, y = at[0] + 0.3, at[1] + 0.1
    code, _, row = chart.code_at(x, y)
    away = np.linalg.norm(chart.coordinates - (x, y), axis=1)
    a, b = np.argsort(away)[:2]
    share = away[a] / (away[a] + away[b])
    assert np.allclose(code, (1 - share) * chart.codes[a].astype(float) + share * chart.codes[b].astype(float), atol=1e-4)
    assert np.array_equal(chart.project(chart.codes[5:6].astype(np.float32))[0], chart.coordinates[5])


def test_a_map_without_its_codes(tmp_path):
    written(tmp_path / "map")
    (tmp_path / "map" / "codes.npy").unlink()
    chart = open_map(tmp_path / "map")
    assert len(chart.coordinates) == 80
    for call in (lambda: chart.code_at(0, 0), chart.whole):
        with pytest.raises(FileError, match="without the codes"):
            call()


def test_what_is_no_map(tmp_path):
    with pytest.raises(FileError, match="there is no map"):
        open_map(tmp_path)
    (tmp_path / "letter").write_text("dear")
    with pytest.raises(FileError, match="not a map"):
        written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]
    with pytest.raises(FileError, match="is a file"):
        written(tmp_path / "letter")
    written(tmp_path / "map")
    whole = json.loads((tmp_path / "map" / "map.json").read_text())
    for change in ({"format": 9}, {"pieces": 79}, {"method": "art"}, {"attributes": []}, {"blocks": 5}, {"kind": "corpus"}):
        (tmp_path / "map" / "map.json").write_text(json.dumps({**whole, **change}))
        with pytest.raises(FileError):
            open_map(tmp_path / "map")
    (tmp_path / "map" / "map.json").write_text(json.dumps(whole))
    open_map(tmp_path / "map")
    for name in ("map.safetensors", "index.jsonl.gz", "codes.npy", "used.npy"):
        data = (tmp_path / "map" / name).read_bytes()
        (tmp_path / "map" / name).write_bytes(data[: len(data) // 2])
        with pytest.raises(FileError, match="damaged"):
            open_map(tmp_path / "map")
        (tmp_path / "map" / name).write_bytes(data)
