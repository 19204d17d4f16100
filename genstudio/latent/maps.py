"""Use the map of a corpus: find the nearest pieces, and decode points of the map."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio import paths
from genstudio.config import DecodingOptions, OperationOptions, checked, settle
from genstudio.errors import ConfigError, ModelError
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.pieces import Pieces
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.models.latent_map import LatentMap

__all__ = ["Place", "at_places", "nearest", "nearest_of"]

Place = int | tuple[float, float]
"""The row of a piece of the map, or a point (x, y) of its plane."""
_MOST_PLACES = 1000
_MOST_NAMES = 8


def nearest(
    model: str | os.PathLike[str], source: Any, of: str | os.PathLike[str] | None = None, n: int = 5, *, metric: str = "euclidean",
    options: DecodingOptions | None = None, **given: Any,
) -> dict[str, Any]:  # fmt: skip
    """Load a model and find the ``n`` pieces of a map that are nearest to ``source``; see :meth:`Model.nearest`.

    Returns:
        ``model``, ``metric`` and ``pieces``, the result of :meth:`Model.nearest`.
    """
    loaded = Codec(paths.find_model(model))
    found = nearest_of(loaded, source, of, n, metric, settle(options, given))
    return {"model": loaded.name, "metric": metric, "pieces": found}


def nearest_of(model: Codec, source: Any, of: Any, k: int, metric: str, options: DecodingOptions) -> list[dict[str, Any]]:
    """Find the ``k`` pieces of a map that are nearest to ``source``; see :meth:`Model.nearest`."""
    from genstudio.latent.inputs import code_of
    from genstudio.models.latent_map import nearest as find

    model.need_codes()
    k = checked(OperationOptions, "neighbours", k)
    chart = _map(model, of)
    code, used, _, _, _ = code_of(model, source, options)
    dims = len(chart.centre)
    rows, distances = find(chart.whole()[0], code[0, :dims], k, metric=metric, used=used[0, :dims])
    return [
        {
            "rank": rank,
            "distance": float(distance),
            "title": chart.index[row][0],
            "source": chart.index[row][1],
            "row": int(row),
            "x": float(chart.coordinates[row, 0]),
            "y": float(chart.coordinates[row, 1]),
        }
        for rank, (row, distance) in enumerate(zip(rows, distances, strict=True), start=1)
    ]


def at_places(
    model: Codec, of: Any, places: Sequence[Place], join: bool, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """Decode places of a map; see :meth:`Model.at_places`."""
    import numpy as np
    import torch

    from genstudio.latent.plan import Asked, Plan, carry_out

    model.need_codes()
    chart = _map(model, of)
    if not 1 <= len(places) <= _MOST_PLACES:
        raise ConfigError("{count} places were given; expected 1 to {most_places}.", count=len(places), most_places=_MOST_PLACES)
    whole, _ = chart.whole()
    layout = model.network.layout

    def full(codes: list[Any]) -> torch.Tensor:
        z = torch.from_numpy(np.asarray(codes, np.float32))
        return layout.alone(z) if layout.summary else z

    codes, rows = [], []
    for place in places:
        if isinstance(place, int):
            if not 0 <= place < len(chart.index):
                raise ConfigError(
                    "there is no piece {place} on the map; expected 0 to {count}.", place=place, count=len(chart.index) - 1
                )
            codes.append(whole[place].astype(np.float32))
            rows.append(place)
        else:
            code, _, row = chart.code_at(*place)
            codes.append(code)
            rows.append(row)
    segments = None
    # The code of a piece determines its length; a point between pieces gets the number of bars of the piece next to it.
    if model.network.spec.separator >= 0 and not all(isinstance(place, int) for place in places):
        distinct = sorted(set(rows))
        decoded = model.decode(full(list(whole[distinct])), stop=stop)
        bars = {row: model.bars(piece) for row, piece in zip(distinct, decoded, strict=True)}
        segments = [bars[row] for row in rows]
    together = join and len(codes) > 1 and bool(model.domain.grammar.separator)
    plan = Plan(
        full(codes),
        lambda row, piece: model.domain.with_metadata_between(piece, piece, piece, 0.0),
        Decoding(segments=segments, known=[], joins=[len(codes)] if together else None),
    )
    settings = {
        "map": str(chart.about.get("corpus", "")),
        "places": [place if isinstance(place, int) else [float(place[0]), float(place[1])] for place in places],
    }
    names = list(dict.fromkeys(chart.index[row][0] or chart.index[row][1] for row in rows))[:_MOST_NAMES]
    return carry_out(model, Asked("map", options, settings, names), plan, stop=stop)


def _map(model: Codec, of: Any) -> LatentMap:
    from genstudio.models.latent_map import OWN, LatentMap, open_map

    if of is None and not (model.folder / OWN / "map.json").is_file():
        raise ModelError("no map is kept with the model {model}.", remedy="make-map", model=model.name)
    chart = of if isinstance(of, LatentMap) else open_map(model.folder / OWN if of is None else Path(of))
    dims = model.network.layout.summary or model.network.latent_dims
    if chart.about.get("digest") != model.digest or len(chart.centre) != dims:
        raise ModelError("the map was made with another model than {model}.", remedy="make-map", model=model.name)
    return chart
