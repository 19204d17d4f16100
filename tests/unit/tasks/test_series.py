"""What can be done with time series: forecasts, gaps that are filled, unusual steps, and the operations that all kinds share."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import genstudio
from genstudio.domains import get_domain
from genstudio.domains.series import Series
from genstudio.errors import ConfigError, FileError, InputError
from genstudio.generation.forecasting import QUANTILES

START = "2000-01-01T00:00:00"


def wave(count: int = 36, missing: tuple[int, ...] = (), rise: float = 0.5) -> Series:
    values = [None if at in missing else 100 + rise * at + 20 * math.sin(math.pi * at / 6) for at in range(count)]
    return Series.of(values, season=12, start=START, step="month", title="wave")


@pytest.fixture(scope="module")
def model(forecaster):
    return genstudio.load(forecaster)


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "wave.csv"
    genstudio.domains.get_domain("series").write(wave(), path)
    return path


# -- forecast


def test_a_forecast_continues_the_calendar_with_quantiles_in_order(model):
    (piece,) = model.forecast(wave(), steps=10, draws=20)
    assert len(piece) == 46
    assert piece.forecast == 10
    assert piece.values[:36] == wave().values
    assert piece.labels_of(36) == ["2003-01", *(f"2003-{month:02d}" for month in range(2, 11))]
    assert [share for share, _ in piece.bands] == list(QUANTILES)
    for step in range(10):
        drawn = [values[step] for _, values in piece.bands]
        assert drawn == sorted(drawn)
        assert piece.values[36 + step] == dict(piece.bands)[0.5][step]


def test_the_same_seed_forecasts_the_same(model):
    again = [model.forecast(wave(), steps=6, draws=20, seed=seed)[0].bands for seed in (3, 3, 4)]
    assert again[0] == again[1] != again[2]


def test_of_a_long_series_the_end_is_read(model):
    pieces = model.forecast(wave(200), steps=6, draws=10)
    assert len(pieces[0]) == 206
    assert any("of 200 steps are read for the forecast" in remark for remark in pieces.remarks)


def test_a_cycle_in_the_values_takes_the_place_of_a_season_that_is_not_known(model):
    cyclic = replace(wave(60), season=0, step="", start="")
    pieces = model.forecast(cyclic, steps=6, draws=10)
    assert "no season is known of it; a cycle of 12 steps was found in its values" in map(str, pieces.remarks)
    assert pieces[0].season == 0
    known = model.forecast(replace(cyclic, season=12), steps=6, draws=10)
    assert pieces[0].bands == known[0].bands
    assert not any("cycle" in remark for remark in known.remarks)


def test_what_cannot_be_forecast(model):
    with pytest.raises(ConfigError, match="60 steps are more than model forecasts of such a series; ask for at most"):
        model.forecast(wave(), steps=60)
    with pytest.raises(FileError, match="empty"):
        model.forecast(Series())
    assert not any("season" in remark for remark in model.forecast(wave(), steps=6, draws=10).remarks)
    unsure = model.forecast(Series.of([float(at * at) for at in range(36)]), steps=6, draws=10).remarks
    assert any("no cycle was found in its values, so the forecast is uncertain" in remark for remark in unsure)
    with pytest.raises(ConfigError, match="have no future to forecast; a model of time series does that"):
        genstudio.load("drums-2bar").forecast("resources/songs/ode-to-joy.mid")


@pytest.mark.parametrize("name", ["f.csv", "f.tsv", "f.svg", "f.png", "f.pdf"])
def test_files_of_a_forecast(cli, forecaster, table, tmp_path, name):
    out = tmp_path / name
    said = cli("forecast", table, "--model", forecaster, "--steps", "5", "--draws", "10", "--out", out, "--seed", "2", "--json")
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout)
    assert [row["time"] for row in told["forecast"]] == [f"2003-{month:02d}" for month in range(1, 6)]
    if out.suffix in (".csv", ".tsv"):
        frame = pd.read_csv(out, sep="\t" if out.suffix == ".tsv" else ",")
        assert list(frame.columns) == ["time", *(f"{share:g}" for share in QUANTILES)]
        assert frame["time"].tolist() == [row["time"] for row in told["forecast"]]
        assert (frame[[f"{share:g}" for share in QUANTILES]].diff(axis=1).iloc[:, 1:] >= 0).all().all()
        assert "<polygon" in out.with_suffix(".svg").read_text(encoding="utf-8")
    else:
        begin = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF"}[out.suffix]
        assert out.read_bytes().startswith(begin)
        assert sorted(path.name for path in tmp_path.iterdir()) == [name]
    first = out.read_bytes()
    cli("forecast", table, "--model", forecaster, "--steps", "5", "--draws", "10", "--out", out, "--seed", "2")
    if out.suffix != ".pdf":
        assert out.read_bytes() == first


def test_a_series_is_exported_as_a_chart_and_a_forecast_with_its_fan(cli, table, tmp_path):
    said = cli("export", table, "--out", tmp_path / "p.png", "--title", "Sales", "--theme", "dark", "--scale", "1")
    assert said.returncode == 0, said.stderr
    picture = np.asarray(Image.open(tmp_path / "p.png").convert("RGB")).astype(int)
    assert picture.shape == (240, 640, 3)
    assert picture[3, 3].sum() < 100
    (plain,) = get_domain("series").read(table).pieces
    ahead = replace(plain, values=(*plain.values, 3.0, 4.0), bands=((0.1, (1.0, 2.0)), (0.5, (3.0, 4.0)), (0.9, (5.0, 6.0))))
    get_domain("series").write(ahead, tmp_path / "ahead.csv")
    genstudio.export([tmp_path / "ahead.csv"], tmp_path / "ahead.svg")
    svg = (tmp_path / "ahead.svg").read_text(encoding="utf-8")
    assert (svg.count("<polygon"), ">ahead</text>" in svg, "currentColor" in svg) == (1, True, False)
    genstudio.export([plain, ahead], tmp_path / "two.pdf")
    assert (tmp_path / "two.pdf").read_bytes().count(b"/Type /Page\n") == 2
    assert "PDF has all of them" in genstudio.export([plain, ahead], tmp_path / "two.svg")["remarks"][0]
    for option, value in {"tempo": 2.0, "parts": "1", "picture": "roll"}.items():
        with pytest.raises(ConfigError, match=f"{option} means nothing for svg; it takes: theme, title"):
            genstudio.export(plain, tmp_path / "x.svg", **{option: value})


@pytest.mark.parametrize(("arguments", "said"), [
    (["--out", "f.mid"], "cannot write 'f.mid'; expected a file name that ends in one of .csv, .tsv, .svg, .png, .pdf"),
    (["--steps", "0", "--out", "f.csv"], "from 1 to 100"),
    (["--season", "30", "--out", "f.csv"], "from 0 to 26"),
    (["--every", "fortnight", "--out", "f.csv"], "there is no step 'fortnight'"),
    (["--time", "value", "--out", "f.csv"], "does not hold times"),
])  # fmt: skip
def test_wrong_calls_say_one_sentence(cli, forecaster, table, arguments, said, tmp_path):
    result = cli("forecast", table, "--model", forecaster, *arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


def test_how_a_table_is_read_is_said_on_the_command_line(cli, forecaster, tmp_path):
    days = pd.date_range("2000-01-01", periods=31 * 36, freq="D")
    frame = pd.DataFrame({"when": days, "bought": days + pd.Timedelta(days=3), "v": range(len(days))})
    frame.to_csv(tmp_path / "t.csv", index=False)
    result = cli(
        "forecast", "t.csv", "--model", forecaster, "--time", "bought", "--every", "month", "--season", "12", "--steps", "3",
        "--draws", "10", "--out", "f.csv", "--json", cwd=tmp_path,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert [row["time"] for row in json.loads(result.stdout)["forecast"]] == ["2003-02", "2003-03", "2003-04"]


# -- gaps


def test_filling_keeps_what_is_there_and_ends_where_it_ended(model):
    given = wave(missing=(5, 6, 20))
    pieces = model.fill(given, n=2, temperature=1.0)
    for piece in pieces:
        assert len(piece) == 36
        assert None not in piece.values
        assert all(value == own for value, own in zip(piece.values, given.values, strict=True) if own is not None)
        assert (piece.start, piece.season) == (given.start, 12)


def test_a_range_is_filled_by_seasons(model):
    piece = model.fill(wave(), gap=(2, 2), n=1, temperature=1.0)[0]
    assert piece.values[:12] == wave().values[:12]
    assert piece.values[24:] == pytest.approx(wave().values[24:])
    with pytest.raises(ConfigError, match="there are no seasons 9 in wave; expected seasons within 1 to 3"):
        model.fill(wave(), gap=(9, 9))


def test_without_a_gap_there_is_nothing_to_fill(model):
    with pytest.raises(InputError, match="no step of wave is missing, and no range to be filled was given"):
        model.fill(wave())


# -- unusual steps


def test_each_step_is_scored(model):
    values = list(wave().values)
    values[17] = values[17] + 90
    given = Series.of(values, season=12, start=START, step="month", title="odd")
    pieces = model.anomalies(given, top=3)
    assert len(pieces[0].scores) == 36
    assert all(score > 0 for score in pieces[0].scores)
    assert len(pieces.facts["unusual"]) == 3
    assert pieces.facts["unusual"][0]["time"] == "2001-06"
    long = model.anomalies(wave(200, missing=(50,)))[0].scores
    assert [at for at, score in enumerate(long) if score is None] == [50]
    assert long == model.anomalies(wave(200, missing=(50,)))[0].scores


# -- what all kinds share


def test_operations_speak_of_seasons(model):
    with pytest.raises(ConfigError, match="the length is 30 seasons"):
        model.sample(1, length=30)
    with pytest.raises(ConfigError, match="cannot keep 9 seasons of wave; expected 1 to 3"):
        model.continue_(wave(), given=9)
    assert any("phrases of up to 4 seasons" in remark for remark in model.reconstruct(wave(120)).remarks)


def test_every_operation_gives_series_that_can_be_read_again(model, tmp_path):
    made = [
        *model.interpolate(wave(), wave(rise=-0.5), steps=3), *model.vary(wave(), n=2, temperature=1.0),
        *model.sample(2, temperature=1.0), *model.continue_(wave(), n=1), *model.reconstruct(wave()),
    ]  # fmt: skip
    domain = model.domain
    for number, piece in enumerate(one for one in made if len(one) >= 4):
        path = tmp_path / f"{number}.csv"
        domain.write(piece, path)
        (again,) = domain.read(path).pieces
        assert again.values == Series.of(piece.values).values


def test_of_a_beginning_no_detail_says_where_it_ends(model):
    """The last detail of what was read and those after it are blank, so that nothing is paid for them and nothing is known."""
    import torch

    network = model.network
    ids = torch.tensor([model.ids(wave())] * 2)
    cut = ids.shape[1] // 2
    sources = ids.clone()
    sources[0, cut:] = 0
    ended = torch.tensor([True, False])
    blank = torch.zeros(2, len(network.layout.places), dtype=torch.bool)
    noise = torch.zeros(2, network.latent_dims)
    with torch.inference_mode():
        out = network(ids, noise, None, sources, 1.0, blank, ended)
        plain = network(ids, noise, None, sources, 1.0, blank)
    summary, block = network.core.summary_dims, network.core.block_dims
    used = out.posterior.used[:, summary::block].bool()
    paid = out.kl[:, summary:].reshape(2, -1, block).sum(-1) > 0
    last = int(used[0].nonzero().max())
    assert used[0].sum() < used[1].sum()
    assert not paid[0, last:].any()
    assert paid[0, :last][used[0, :last]].all()
    assert torch.equal(out.kl[1], plain.kl[1])
    assert torch.equal(out.nll[1], plain.nll[1])
    assert (plain.kl[0, summary:].reshape(-1, block).sum(-1) > 0)[last]
