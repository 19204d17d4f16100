"""What the map page asks of the engine: opening a model's map, making one, and going between pieces and places.

Plain functions for the engine's threads; a model is used in its lane "model" alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genstudio import paths
from genstudio.errors import GenStudioError
from genstudio.gui.corpora import known
from genstudio.gui.items import Item
from genstudio.gui.speech import spoken
from genstudio.models.latent_map import OWN, LatentMap, open_map
from genstudio.progress import Report, Stop

__all__ = ["Opened", "corpora_for", "make", "open_for", "place_of", "way_of"]


@dataclass(frozen=True)
class Opened:
    """A model's map, or None with the reasons why those that were looked at cannot be used."""

    model: Any
    chart: LatentMap | None
    folder: Path | None
    reasons: list[str]


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
            return Opened(model, chart, folder, [])
        reasons.append(f"the map in {folder} was made with other weights than those of {model.name}; make it again.")
    return Opened(model, None, None, reasons)


def corpora_for(domain: str, folders: Sequence[str]) -> list[tuple[str, str, int]]:
    """Folder, name and number of pieces to train on of each corpus of a domain; see :func:`genstudio.gui.corpora.known`."""
    return [
        (facts.folder, facts.name, facts.counts["train"])
        for facts in known(folders)
        if facts.domain == domain and not facts.error
    ]


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
