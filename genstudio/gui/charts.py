"""What the map page asks of the engine: opening a model's map, making one, and going between pieces and places.

Plain functions for the engine's threads; a model is used in its lane "model" alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from genstudio import paths
from genstudio.errors import GenStudioError
from genstudio.gui.items import Item
from genstudio.gui.regions import Region, regions_of
from genstudio.gui.speech import spoken
from genstudio.models.latent_map import OWN, LatentMap, open_map
from genstudio.progress import Report, Stop

__all__ = ["Opened", "Place", "Walk", "decode", "ends_of", "make", "open_for", "place_of", "walk", "way_of"]

Place = int | tuple[float, float]
_CLOSE = 8  # pieces near a place that are tried in its stead


@dataclass(frozen=True)
class Opened:
    """A model's map, or None with the reasons why those that were looked at cannot be used."""

    model: Any
    chart: LatentMap | None
    folder: Path | None
    reasons: list[str]
    regions: list[Region] = field(default_factory=list)


def folder_for(model: str) -> Path:
    """Where the map of a model is put that is made in the window."""
    return paths.home() / "maps" / model


def open_for(model: Any, chosen: str = "") -> Opened:
    """The map of a model: the chosen one, one that was made in the window, or the one that came with the model."""
    reasons: list[str] = []
    for folder in (Path(chosen) if chosen else None, folder_for(model.name), model.folder / OWN):
        if folder is None or not (folder / "map.json").is_file():
            continue
        try:
            chart = open_map(folder)
        except GenStudioError as error:
            reasons.append(spoken(error))
            continue
        if chart.about.get("digest") == model.digest:
            titles = [title for title, _ in chart.index]
            regions = regions_of(chart.coordinates, chart.values, titles, words=model.domain.plays)
            return Opened(model, chart, folder, [], regions)
        reasons.append(f"the map in {folder} was made with other weights than those of {model.name}; make it again.")
    return Opened(model, None, None, reasons)


def make(model: Path, corpus: str, out: Path, report: Report, stop: Stop) -> dict[str, Any]:
    """Make a map of the pieces of a corpus."""
    import genstudio

    return genstudio.make_map(model, corpus, out, report=report, stop=stop)


def place_of(model: Any, chart: LatentMap, item: Item) -> tuple[float, float]:
    """Where a piece lies on a map; of a long one the middle of its phrases."""
    if item.job is not None and item.job.digest == model.digest:
        codes = item.job.codes[item.job.rows(item.place)]
    else:
        piece, _ = model.piece(item.piece)
        codes = model.encode([piece]).numpy()
    x, y = chart.project(codes).mean(0)
    return float(x), float(y)


def way_of(chart: LatentMap, item: Item) -> list[tuple[float, float]]:
    """The places of all pieces of the path that a piece is of, in turn."""
    job = item.job
    if job is None or job.digest != chart.about.get("digest"):
        return []
    places = [chart.project(job.codes[job.rows(number)]).mean(0) for number in range(job.count)]
    return [(float(x), float(y)) for x, y in places]


def ends_of(model: Any, chart: LatentMap, ends: Sequence[Item | None]) -> list[tuple[float, float] | None]:
    """Where the ends of a way lie; None for those that are not of the model's kind."""
    return [place_of(model, chart, end) if end is not None and end.domain == model.domain.name else None for end in ends]


def decode(model: Any, chart: LatentMap, places: Sequence[Place], stop: Stop) -> Any:
    """The pieces at places of a map."""
    return model.at_places(chart, places, stop=stop)


@dataclass(frozen=True)
class Walk:
    """What a path became. places: those that it goes through. metre: of all of it, "" where there are none. near: how many places
    gave way to a piece near them that has this metre. left: how many were left out, since there is none."""

    pieces: Any
    places: list[tuple[float, float]]
    metre: str = ""
    near: int = 0
    left: int = 0


def walk(model: Any, chart: LatentMap, places: Sequence[tuple[float, float]], stop: Stop) -> Walk:
    """Make one piece of the places along a path, in the metre of its start."""
    wanted: list[Place] = list(places)
    if not model.domain.plays:
        return Walk(model.at_places(chart, wanted, join=True, stop=stop), list(places))
    metres = [_metre(piece) for piece in model.at_places(chart, wanted, stop=stop)]
    metre = metres[0]
    others = [number for number, one in enumerate(metres) if one != metre]
    close = {number: _closest(chart, places[number]) for number in others}
    tried = sorted({row for rows in close.values() for row in rows})
    fits: set[int] = set()
    if tried:
        decoded = model.at_places(chart, tried, stop=stop)
        fits = {row for row, piece in zip(tried, decoded, strict=True) if _metre(piece) == metre}
    for number in others:
        row = next((row for row in close[number] if row in fits), None)
        wanted[number] = row if row is not None else -1
        fits.discard(wanted[number])  # no piece comes twice
    kept = [place for place in wanted if place != -1]
    pieces = model.at_places(chart, kept, join=True, stop=stop)
    left = len(wanted) - len(kept)
    return Walk(pieces, [_spot(chart, place) for place in kept], metre, len(others) - left, left)


def _metre(piece: Any) -> str:
    """The metres of a piece, as they follow one another."""
    found = [f"{one.numerator}/{one.denominator}" for one in piece.metres]
    return " ".join(found[:1] + [one for before, one in pairwise(found) if one != before])


def _closest(chart: LatentMap, place: tuple[float, float]) -> list[int]:
    """The rows of the pieces nearest to a place, nearest first."""
    away = ((chart.coordinates - place) ** 2).sum(1)
    return [int(row) for row in away.argsort(kind="stable")[:_CLOSE]]


def _spot(chart: LatentMap, place: Place) -> tuple[float, float]:
    return (float(chart.coordinates[place, 0]), float(chart.coordinates[place, 1])) if isinstance(place, int) else place
