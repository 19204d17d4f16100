"""Forecast a time series: the model writes its next steps many times, and what the draws have in common is the forecast.

The summary is drawn from the posterior of what is known, as in training where only a beginning is read; the details that are known
are kept, and the later ones are blank. The steps are sampled one after the other. The quantiles of the draws at each step are the
forecast (A. F. Ansari et al., Chronos: learning the language of time series, 2024, section 3.2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions, checked, field
from genstudio.errors import ConfigError, FileError, Message
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneFile, entry_of, job_of
from genstudio.latent.sources import name_of, taken
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.domains import Domain
    from genstudio.domains.series import Series

__all__ = ["FORECAST", "QUANTILES", "Charted", "Options"]

QUANTILES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""The shares of the draws that lie below the values of a forecast."""

_SUMMARIES = 20  # draws of the summary, each of which is decoded several times


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
        from genstudio.domains.series.show import svg
        from genstudio.files import write_bytes, write_text
        from genstudio.provenance import Provenance

        (piece,) = pieces
        suffix, picture = out.suffix.lower(), svg(piece)
        chart = out
        if suffix in (".csv", ".tsv"):
            mark = "\t" if suffix == ".tsv" else ","
            write_text(out, "".join(f"{mark.join(row)}\n" for row in self.table(piece)))
            chart = out.with_suffix(".svg")
        if chart.suffix.lower() == ".svg":
            write_text(chart, picture)
        else:
            from genstudio.rendering.pictures import pdf, png

            note = Provenance.of(job_of(pieces), 0).to_text()
            made = png(picture, text=("genstudio", note)) if suffix == ".png" else pdf([picture], title=piece.title, note=note)
            write_bytes(chart, made)
        job = job_of(pieces)
        entry = entry_of(pieces.domain, piece, out)
        return {"model": job.model, "seed": job.seed, **entry, "chart": str(chart), "remarks": pieces.remarks, **pieces.facts}


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

    from genstudio.latent.decoding import Decoding
    from genstudio.latent.plan import Asked, Plan, carry_out

    steps, draws = checked(Options, "steps", own.steps), checked(Options, "draws", own.draws)
    if model.domain.kind != "series":
        raise ConfigError("{label} have no future to forecast; a model of time series does that.", label=model.domain.label)
    model.need_details()
    piece, remarks = taken(model, sources[0], options)
    if not len(piece):
        raise FileError("{name} is empty; expected numbers.", name=name_of(sources[0], piece))
    window = _window(model, piece, steps)
    if len(window) < len(piece):
        known = Message("the last {count} of {of} steps are read for the forecast", count=len(window), of=len(piece))
        remarks.append(known)
    made, code = _drawn(model, window, steps, draws, options, stop)
    found = np.quantile(made, QUANTILES, axis=0) * window.deviation + window.mean
    median = found[QUANTILES.index(0.5)]
    bands = tuple((share, tuple(_rounded(values, window.deviation))) for share, values in zip(QUANTILES, found, strict=True))
    values = (*piece.values, *_rounded(median, window.deviation))
    whole = replace(piece, values=values, bands=bands).scaled()
    bare = model.domain.from_symbols(model.domain.to_symbols(whole))
    asked = Asked("forecast", options, {"steps": steps, "draws": draws}, [name_of(sources[0], piece)], remarks)
    plan = Plan(code, lambda row, made: whole, Decoding(segments=[model.domain.units(whole)]))
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


def _window(model: Codec, piece: Series, steps: int) -> Series:
    """The end of a series that the model reads: with the forecast as many segments and steps as it was trained on."""
    from genstudio.domains.series import LONGEST

    most = min(LONGEST, (model.most_bars - 1) * piece.size)
    room = most - steps
    if room < min(len(piece), most // 3):
        raise ConfigError(
            "{steps} steps are more than {model} forecasts of such a series; ask for at most {most}.",
            steps=steps, model=model.name, most=most - min(len(piece), most // 3),
        )  # fmt: skip
    return piece.cut(max(0, len(piece) - room), len(piece)).scaled()


def _drawn(model: Codec, window: Series, steps: int, draws: int, options: DecodingOptions, stop: Stop | None) -> tuple[Any, Any]:
    """The next steps in deviations from the mean of the window, float64 [draws, steps], and the code of the window [1, dims]."""
    import numpy as np
    import torch

    from genstudio.domains.series import symbols
    from genstudio.latent.decoding import Decoding
    from genstudio.models.latent import sample_posterior

    domain, layout = model.domain, model.network.layout
    ids = model.tokenizer.encode(domain.to_symbols(window))
    with torch.inference_mode():
        posterior = model.network.posterior(torch.tensor([ids]))
    assert posterior.used is not None
    kept = torch.arange(len(layout.places)) < int(posterior.used[0, layout.summary :: layout.block].nonzero().max())
    generator = torch.Generator().manual_seed(options.seed)
    several = min(draws, _SUMMARIES)
    near = sample_posterior(posterior, torch.randn(several, model.network.latent_dims, generator=generator))
    codes = torch.stack([layout.with_details(layout.summary_of(row), posterior.mean[0], kept) for row in near])
    after = (window.phase + len(window) + steps) / window.size
    unwanted = {symbols.GAP, *symbols.SEASONS.values(), *symbols.POSITIONS.values()}
    written = model.decode(
        codes[torch.arange(draws) % several],
        Decoding(
            segments=[int(-(-after // 1))] * draws,
            prefix=[ids] * draws,
            forbid=[token for symbol in sorted(unwanted) for token in model.tokenizer.encode(symbol) if token > 3],
            seed=options.seed,
            temperature=options.temperature,
            top_p=options.top_p,
        ),
        stop=stop,
    )
    made = [(list(one.values[len(window) :]) + [None] * steps)[:steps] for one in written]
    # A draw that ended early stays where it was: of 100 this is rarely one.
    for values, one in zip(made, written, strict=True):
        last = next((value for value in reversed(one.values[: len(window)]) if value is not None), 0.0)
        for step, value in enumerate(values):
            last = values[step] = last if value is None else value
    return np.array(made, np.float64), layout.with_details(layout.summary_of(posterior.mean[0]), posterior.mean[0], kept)[None]


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
