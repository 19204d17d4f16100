"""Forecast a time series: the model writes its next steps many times (see :mod:`genstudio.generation.forecasting`), and the
quantiles of the draws at each step are the forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions, checked, field
from genstudio.errors import ConfigError, FileError, Message
from genstudio.files import write_text
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneFile
from genstudio.latent.sources import name_of, taken
from genstudio.latent.tools import Tool
from genstudio.progress import Stop, go_on

if TYPE_CHECKING:
    from genstudio.domains import Domain
    from genstudio.domains.series import Series

__all__ = ["FORECAST", "Charted", "Options", "window_of"]

@dataclass(frozen=True)
class Charted(OneFile):
    """A table of numbers, with a chart of the series beside it as SVG; or the chart alone, where the file is a picture.

    table: makes the rows of the table from a piece, the names of its columns first.
    """

    table: Callable[[Any], list[list[str]]]

    def check(self, domain: Domain, out: Path, count: int = 1) -> None:
        known = (".csv", ".tsv", ".svg", ".png", ".pdf")
        if out.suffix.lower() not in known:
            raise ConfigError(
                "cannot write {path!r}; expected a file name that ends in one of {known}.", path=out.name, known=", ".join(known)
            )

    def write(self, pieces: Pieces, out: Path) -> dict[str, Any]:
        chart = out
        if out.suffix.lower() in (".csv", ".tsv"):
            mark = "\t" if out.suffix.lower() == ".tsv" else ","
            write_text(out, "".join(f"{mark.join(row)}\n" for row in self.table(pieces[0])))
            chart = out.with_suffix(".svg")
        return {**super().write(pieces, chart), "path": str(out), "chart": str(chart)}


def _quantiles(piece: Series) -> list[list[str]]:
    labels = piece.labels_of(len(piece) - piece.forecast)
    rows = [[label, *(repr(values[step]) for _, values in piece.bands)] for step, label in enumerate(labels)]
    return [["time", *(f"{share:g}" for share, _ in piece.bands)], *rows]


@dataclass(frozen=True)
class Options:
    """The options of a forecast."""

    steps: int = field(24, "Steps", "How many steps are forecast.", low=1, high=100, said="How many steps ahead")
    draws: int = field(
        100, "Draws", "How often the steps are written; the quantiles are those of the draws.", low=10, high=1000, lab=True
    )


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is one piece: the series, followed by the median of the draws, with their quantiles.

    Raises:
        ConfigError: the model is of another kind, or forecasts fewer steps.
        ModelError: the model has no summary with details that can be blank.
    """
    import numpy as np

    from genstudio.generation.forecasting import QUANTILES, futures
    from genstudio.latent.decoding import Decoding
    from genstudio.latent.plan import Asked, Plan, carry_out

    steps, draws = checked(Options, "steps", own.steps), checked(Options, "draws", own.draws)
    if model.domain.kind != "series":
        raise ConfigError("{label} have no future to forecast; a model of time series does that.", label=model.domain.label)
    model.need_details()
    piece, remarks = taken(model, sources[0], options)
    if not len(piece):
        raise FileError("{name} is empty; expected numbers.", name=name_of(sources[0], piece))
    window = window_of(model, piece, steps)
    if len(window) < len(piece):
        known = Message("the last {count} of {of} steps are read for the forecast", count=len(window), of=len(piece))
        remarks.append(known)
    if window.season != piece.season:
        remarks.append(Message("no season is known of it; a cycle of {count} steps was found in its values", count=window.season))
    elif not piece.season:
        remarks.append(
            Message(
                "no season is known of it and no cycle was found in its values, so the forecast is uncertain: hardly better than "
                "repeating the last value, and its bands are rather too narrow"
            )
        )
    made, code = futures(
        model.trained, window, steps, draws, seed=options.seed, temperature=options.temperature, top_p=options.top_p,
        check=stop.check if stop is not None else go_on,
    )  # fmt: skip
    found = np.quantile(made, QUANTILES, axis=0)
    median = found[QUANTILES.index(0.5)]
    bands = tuple((share, tuple(_rounded(values, window.deviation))) for share, values in zip(QUANTILES, found, strict=True))
    values = (*piece.values, *_rounded(median, window.deviation))
    whole = replace(piece, values=values, bands=bands).scaled()
    bare = model.domain.from_symbols(model.domain.to_symbols(whole))
    asked = Asked("forecast", options, {"steps": steps, "draws": draws}, [name_of(sources[0], piece)], remarks)
    plan = Plan(code[None], lambda row, made: whole, Decoding(segments=[model.domain.units(whole)]))
    pieces = carry_out(model, asked, plan, rows=[bare], settled=True, stop=stop)
    pieces.facts = {
        "forecast": [
            {"time": label, **{f"{share:g}": values[step] for share, values in bands}}
            for step, label in enumerate(whole.labels_of(len(piece)))
        ]
    }
    return pieces


def _rounded(values: Any, deviation: float) -> list[float]:
    """Numbers with no more digits than they are exact to."""
    import math

    digits = min(300, max(-300, 4 - math.floor(math.log10(deviation))))
    return [round(float(value), digits) for value in values]


def window_of(model: Codec, piece: Series, steps: int) -> Series:
    """The end of a series that the model reads: with the forecast as many segments and steps as it was trained on. Where the series
    has no season, a cycle in its values takes its place.

    Raises:
        ConfigError: nothing would be left of it.
    """
    from genstudio.domains.series import LONGEST
    from genstudio.domains.series.measures import cycle_of

    if not piece.season and (cycle := cycle_of(piece)):
        piece = replace(piece, season=cycle, phase=0)

    most = min(LONGEST, (model.most_bars - 1) * piece.size)
    room = most - steps
    if room < min(len(piece), most // 3):
        raise ConfigError(
            "{steps} steps are more than {model} forecasts of such a series; ask for at most {most}.",
            steps=steps, model=model.name, most=most - min(len(piece), most // 3),
        )  # fmt: skip
    return piece.cut(max(0, len(piece) - room), len(piece)).scaled()


FORECAST = Operation(
    name="forecast",
    help="forecast the next steps of a time series, with quantiles",
    about="Forecast a time series: how it may go on, and how sure that is.",
    options=Options,
    run=_run,
    result=Charted(_quantiles),
    sources=(Source("source", "a table with a column of numbers"),),
    part="column",
    drawn=True,
    defaults=lambda model: {"temperature": 1.0},
    tool=Tool(
        "Forecast",
        "How a time series may go on, and how sure that is",
        "What comes next?",
        "Give it A; the model writes its next steps many times, and shows what they have in common.",
        "{title}, forecast",
        place=11,
        whole=True,
        needs="series details",
    ),
)
