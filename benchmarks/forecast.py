"""Forecasts seven series that packages ship: `python benchmarks/forecast.py --model series-daily`.

The series were never trained on. Of each the last windows are forecast one after the other, each from all that comes before it.
Told are the mean absolute scaled error, the weighted quantile loss and the coverage of the 80 % band (see
genstudio/evaluation/forecasts.py) of the model, of exponential smoothing (ETS with additive error, damped trend and season,
statsmodels) and of the seasonal naive forecast, and the geometric means of their ratios to the last. It needs `pip install
statsmodels` and, for their data alone, `sktime` and `vega_datasets`, or a folder with their tables (--data).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a checkout needs no installation

import genstudio  # noqa: E402
from genstudio.domains import get_domain  # noqa: E402
from genstudio.domains.series import Series  # noqa: E402
from genstudio.evaluation.forecasts import SHARES, Scores, seasonal_naive  # noqa: E402
from genstudio.generation.forecasting import futures  # noqa: E402
from genstudio.latent.operations.forecast import window_of  # noqa: E402

WINDOWS = 3


class Known(NamedTuple):
    """A series of the benchmark: how it is read, and how many steps are forecast."""

    name: str
    read: Callable[[Path | None], Series]
    steps: int


def packaged(package: str, place: str, column: str) -> Callable[[Path | None], Series]:
    """Reads a table that lies in a package, or in a folder."""

    def read(data: Path | None) -> Series:
        path = data / Path(place).name if data is not None else _inside(package, place)
        (piece,) = get_domain("series").read(path, column=column).pieces
        return piece

    return read


def _inside(package: str, place: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed; install it, or name a folder with {Path(place).name} (--data).")
    return Path(next(iter(spec.submodule_search_locations))) / place


def _statsmodels(name: str, season: int, values: Callable[[Any], Any]) -> Callable[[Path | None], Series]:
    def read(data: Path | None) -> Series:
        import statsmodels.api

        table = getattr(statsmodels.api.datasets, name).load_pandas().data
        found = [None if not np.isfinite(value) else float(value) for value in values(table)]
        return Series.of(found, title=name, season=season)

    return read


def _by_month(table: Any) -> Any:
    return table.iloc[:, 1:].to_numpy().ravel()


SERIES = (
    Known("air passengers, months", packaged("sktime", "datasets/data/Airline/Airline.csv", "Passengers"), 24),
    Known("drivers killed or hurt, UK, months", packaged("sktime", "datasets/data/seatbelts/seatbelts.csv", "KSI"), 24),
    Known("CO2, Mauna Loa, months", _statsmodels("co2", 12, lambda table: table["co2"].resample("MS").mean()["1959":]), 24),
    Known("sea surface temperature, El Nino, months", _statsmodels("elnino", 12, _by_month), 24),
    Known("unemployment, US, quarters", _statsmodels("macrodata", 4, lambda table: table["unemp"]), 8),
    Known("sunspots, years", _statsmodels("sunspots", 0, lambda table: table["SUNACTIVITY"]), 12),
    Known("highest temperature, Seattle, days", packaged("vega_datasets", "_data/seattle-weather.csv", "temp_max"), 14),
)  # fmt: skip


def exponential_smoothing(known: np.ndarray, season: int, steps: int) -> np.ndarray:
    """The quantiles of the forecast of ETS(A, Ad, A), or ETS(A, Ad, N) without a season, [shares, steps]."""
    import pandas
    from scipy.stats import norm
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    place = np.arange(len(known))
    there = np.isfinite(known)
    filled = np.interp(place, place[there], known[there])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kind = {"seasonal": "add", "seasonal_periods": season} if season > 1 else {}
        fitted = ETSModel(pandas.Series(filled), error="add", trend="add", damped_trend=True, **kind).fit(disp=False)
        found = fitted.get_prediction(start=len(filled), end=len(filled) + steps - 1).summary_frame(alpha=0.2)
    middle, high = found["mean"].to_numpy(), found["pi_upper"].to_numpy()
    spread = (high - middle) / norm.ppf(0.9)
    return np.stack([middle + norm.ppf(share) * spread for share in SHARES])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="series-daily")
    parser.add_argument("--data", type=Path, help="folder with the tables of sktime and vega_datasets")
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="file for the figures (JSON)")
    args = parser.parse_args()
    model = genstudio.load(args.model)
    found: dict[str, dict[str, list[Scores]]] = {}
    seconds = []
    for known in SERIES:
        piece = known.read(args.data)
        scores = found[known.name] = {"model": [], "ets": [], "naive": []}
        for back in range(WINDOWS, 0, -1):
            end = len(piece) - (back - 1) * known.steps
            past = piece.cut(0, end - known.steps)
            actual = piece.array()[end - known.steps : end]
            begun = time.perf_counter()
            made, _ = futures(model.trained, window_of(model, past.scaled(), known.steps), known.steps, args.draws, seed=args.seed)
            seconds.append(time.perf_counter() - begun)
            values = past.array()
            for name, quantiles in {
                "model": np.quantile(made, SHARES, axis=0),
                "ets": exponential_smoothing(values, piece.season, known.steps),
                "naive": seasonal_naive(values, piece.season, known.steps),
            }.items():
                scores[name].append(Scores.of(actual, quantiles, values, piece.season))
    table = {name: {who: {about: float(np.mean([getattr(one, about) for one in several])) for about in ("mase", "wql", "coverage")}
             for who, several in scores.items()} for name, scores in found.items()}  # fmt: skip
    print(f"{'':42}{'MASE':>24}{'WQL':>27}{'80 % band':>12}")
    print(f"{'':42}" + f"{'model':>8}{'ETS':>8}{'naive':>8}  " * 2 + f"{'model':>10}")
    for name, row in table.items():
        cells = "".join("".join(f"{row[who][about]:8.3f}" for who in ("model", "ets", "naive")) + "  " for about in ("mase", "wql"))
        print(f"{name:42}{cells}{row['model']['coverage']:10.0%}")
    summary: dict[str, Any] = {"seconds": float(np.median(seconds)), "windows": WINDOWS, "draws": args.draws}
    for who in ("model", "ets"):
        for about in ("mase", "wql"):
            logs = [np.log(row[who][about] / row["naive"][about]) for row in table.values()]
            summary[f"{who}_{about}"] = float(np.exp(np.mean(logs)))
    summary["coverage"] = float(np.mean([row["model"]["coverage"] for row in table.values()]))
    print(f"relative to seasonal naive, geometric mean: model {summary['model_mase']:.3f} and {summary['model_wql']:.3f}, "
          f"ETS {summary['ets_mase']:.3f} and {summary['ets_wql']:.3f}; 80 % band covers {summary['coverage']:.0%}; "
          f"{summary['seconds']:.2f} s a forecast (median)")  # fmt: skip
    if args.out:
        args.out.write_text(json.dumps({"summary": summary, "series": table}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
