"""Shaping by attributes, nearest pieces and points of a map: what is done with what a model has learned of a corpus."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingKeywords, DecodingOptions, OperationOptions, checked, settle
from genstudio.errors import ConfigError, InputError, ModelError
from genstudio.progress import Stop
from genstudio.workbench.model import Model, load
from genstudio.workbench.pieces import Pieces
from genstudio.workbench.writing import Keep, _check_suffix, _one

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from genstudio.models.latent_map import LatentMap

__all__ = ["Place", "at_places", "nearest", "nearest_of", "reshape", "shape"]

Place = int | tuple[float, float]
"""A piece of a map by its row, or a point of the plane."""
_MOST_PLACES = 1000
_MOST_NAMES = 8


def reshape(
    model: Model,
    source: Any,
    changes: Mapping[str, float],
    rounds: int,
    candidates: int,
    options: DecodingOptions,
    stop: Stop | None = None,
) -> tuple[Pieces, dict[str, dict[str, Any]]]:
    """``source`` with ``changes`` made, and for each attribute ``asked`` and ``obtained`` (standard deviations), ``before`` and
    ``after`` (in its ``unit``); see :meth:`Model.shape`."""
    from torch import from_numpy

    from genstudio.generation.attributes import asked_changes, measured, search
    from genstudio.workbench.operations import Plan, _held, _texts, carry_out
    from genstudio.workbench.sources import name_of

    model.need_codes()
    space = model.attribute_space
    asked = asked_changes(space, changes)
    rounds, candidates = checked(OperationOptions, "rounds", rounds), checked(OperationOptions, "candidates", candidates)
    if options.hold or options.temperature > 0:
        raise ConfigError("shaping holds key and metre by itself, and takes the likeliest; leave hold and temperature out.")
    code, used, bars, piece, remarks = _start(model, source, options)
    known = [] if piece is None else _texts([piece])
    prefix, forbid = _held(model, [_decoded(model, code) if piece is None else piece], replace(options, hold=_holds(model, asked)))
    found = search(
        model.network,
        model.tokenizer,
        model.domain,
        space,
        code,
        used,
        [bars],
        asked[None],
        rounds=rounds,
        candidates=candidates,
        seed=options.seed,
        prefix=prefix,
        forbid=forbid,
        spelling=model.knowing(known),
        check=stop.check if stop is not None else None,
    )
    pieces = carry_out(
        model,
        "shape",
        Plan(
            codes=from_numpy(found.codes),
            dress=lambda _, made: _dressed(model, made, piece),
            segments=[bars] if model.network.spec.separator >= 0 else None,
            prefix=prefix,
            forbid=forbid,
            known=known,
        ),
        options,
        settings={"changes": {name: float(amount) for name, amount in changes.items()}, "rounds": rounds, "candidates": candidates},
        sources=["a code" if piece is None else name_of(source, piece)],
        remarks=remarks,
        stop=stop,
    )
    after = measured(model.network, model.tokenizer, model.domain, space, [model.ids(pieces[0])])[0]
    facts = {
        one.name: {
            "asked": float(asked[at]),
            "obtained": float(after[at] - found.before[0, at]),
            "before": float(found.before[0, at] * one.deviation),
            "after": float(after[at] * one.deviation),
            "unit": one.unit,
        }
        for at, one in enumerate(space.attributes)
    }
    return pieces, facts


def _holds(model: Model, asked: Any) -> tuple[str, ...]:
    """What is held while a piece is shaped: all that the domain can hold, unless it has to give way to what is asked for. A label
    may stand for any trait, and where a melody shall be higher it may be put into another key."""
    changed = [one for one, amount in zip(model.attribute_space.attributes, asked, strict=True) if amount]
    if any(one.kind == "label" for one in changed):
        return ()
    moved = any(one.name == "pitch" for one in changed)
    return tuple(name for name in model.domain.holds if not (moved and name == "key"))


def _decoded(model: Model, code: Any) -> Any:
    from torch import from_numpy

    return model.decode(from_numpy(code), known=[])[0]


def _dressed(model: Model, made: Any, piece: Any | None) -> Any:
    """A decoded piece with the tempo and so on of the one it was made from."""
    giver = made if piece is None else piece
    return model.domain.dress(made, giver, giver, 0.0)


def nearest_of(model: Model, source: Any, of: Any, k: int, metric: str, options: DecodingOptions) -> list[dict[str, Any]]:
    """The ``k`` pieces of a map nearest to ``source``; see :meth:`Model.nearest`."""
    from genstudio.models.latent_map import nearest as find

    model.need_codes()
    k = checked(OperationOptions, "neighbours", k)
    chart = _map(model, of)
    code, used, _, _, _ = _start(model, source, options)
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
    model: Model, of: Any, places: Sequence[Place], join: bool, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """Pieces of places of a map; see :meth:`Model.at_places`."""
    import numpy as np
    import torch

    from genstudio.workbench.operations import Plan, carry_out

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
    # A code of the corpus says itself where it ends; one that was moved shall have as many bars as the piece it comes from.
    if model.network.spec.separator >= 0 and not all(isinstance(place, int) for place in places):
        distinct = sorted(set(rows))
        decoded = model.decode(full(list(whole[distinct])), stop=stop)
        bars = {row: model.segments(piece) for row, piece in zip(distinct, decoded, strict=True)}
        segments = [bars[row] for row in rows]
    together = join and len(codes) > 1 and bool(model.domain.grammar.separator)
    plan = Plan(
        full(codes),
        lambda row, piece: model.domain.dress(piece, piece, piece, 0.0),
        segments=segments,
        known=[],
        joins=[len(codes)] if together else None,
    )
    settings = {
        "map": str(chart.about.get("corpus", "")),
        "places": [place if isinstance(place, int) else [float(place[0]), float(place[1])] for place in places],
    }
    names = list(dict.fromkeys(chart.index[row][0] or chart.index[row][1] for row in rows))[:_MOST_NAMES]
    return carry_out(model, "map", plan, options, settings=settings, sources=names, stop=stop)


def _map(model: Model, of: Any) -> LatentMap:
    from genstudio.models.latent_map import OWN, LatentMap, open_map

    if of is None and not (model.folder / OWN / "map.json").is_file():
        raise ModelError("no map is kept with the model {model}.", remedy="make-map", model=model.name)
    chart = of if isinstance(of, LatentMap) else open_map(model.folder / OWN if of is None else Path(of))
    dims = model.network.layout.summary or model.network.latent_dims
    if chart.about.get("digest") != model.digest or len(chart.centre) != dims:
        raise ModelError("the map was made with another model than {model}.", remedy="make-map", model=model.name)
    return chart


def _start(model: Model, source: Any, options: DecodingOptions) -> tuple[Any, Any, int, Any | None, list[str]]:
    """Code and used dimensions [1, dims] of a source or a code, its bars, its piece where it has one, and remarks."""
    import torch

    from genstudio.models.encoding import encode_all
    from genstudio.workbench.operations import phrases_of

    if isinstance(source, torch.Tensor):
        z = source.detach().cpu().float()
        z = z[None] if z.dim() == 1 else z
        if len(z) != 1:
            raise InputError(
                "a code has the shape {tuple}; expected one code, [{latent_dims}].",
                tuple=tuple(source.shape),
                latent_dims=model.network.latent_dims,
            )
        (decoded,) = model.decode(z, known=[])
        ids = model.ids(decoded)
        _, used = encode_all(model.network, [ids])
        return z.numpy(), used, model.segments(decoded), None, []
    (piece,), remarks = phrases_of(model, [source], options, "this")
    code, used = encode_all(model.network, [model.ids(piece)])
    return code, used, model.segments(piece), piece, remarks


# -- with files as results


def shape(
    model: str | os.PathLike[str],
    source: Any,
    changes: Mapping[str, float],
    out: str | os.PathLike[str],
    *,
    rounds: int = 12,
    candidates: int = 32,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **given: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """``source`` with attributes changed, written to the file ``out``; see :meth:`Model.shape`."""
    loaded = load(model)
    _check_suffix(loaded.domain, Path(out))
    pieces, facts = reshape(loaded, source, changes, rounds, candidates, settle(options, given), stop)
    return {**_one(loaded, pieces, Path(out), keep), "attributes": facts}


def nearest(
    model: str | os.PathLike[str],
    source: Any,
    of: str | os.PathLike[str] | None = None,
    n: int = 5,
    *,
    metric: str = "euclidean",
    options: DecodingOptions | None = None,
    **given: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """The ``n`` pieces of the map in the folder ``of`` (None: the model's own) nearest to ``source``; see :meth:`Model.nearest`."""
    loaded = load(model)
    found = nearest_of(loaded, source, of, n, metric, settle(options, given))
    return {"model": loaded.name, "metric": metric, "pieces": found}
