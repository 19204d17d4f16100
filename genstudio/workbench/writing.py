"""The operations with files as results: each loads a model, works and writes, and returns the command's JSON result.

``keep`` is called with the job and the pieces before a function returns, so that a library can record them. The fields of
:class:`~genstudio.config.DecodingOptions` are keyword arguments, or come together as ``options``.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.config import METHODS, DecodingKeywords, DecodingOptions
from genstudio.domains import Domain
from genstudio.errors import ConfigError, FileError
from genstudio.files import write_text
from genstudio.progress import Stop
from genstudio.workbench.model import Model, load
from genstudio.workbench.pieces import Pieces

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from genstudio.provenance import Job

__all__ = ["Keep", "analogy", "blend", "continue_", "fill", "interpolate", "path", "reconstruct", "rhythm", "sample", "vary"]

Keep = Callable[["Job", Pieces], None]


def reconstruct(
    model: str | os.PathLike[str],
    source: Any,
    out: str | os.PathLike[str],
    *,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """``source`` through the latent space and back, written to the file ``out``."""
    loaded = load(model)
    _check_suffix(loaded.domain, Path(out))
    return _one(loaded, loaded.reconstruct(source, options=options, stop=stop, **changes), Path(out), keep)


def sample(
    model: str | os.PathLike[str],
    n: int,
    out: str | os.PathLike[str],
    *,
    length: int | None = None,
    temperature: float | None = None,
    top_p: float | None = None,
    spread: float | None = None,
    best_of: int | None = None,
    seed: int = 0,
    keep: Keep | None = None,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """``n`` pieces from the prior, written into the folder ``out``."""
    loaded = load(model)
    pieces = loaded.sample(
        n, length=length, temperature=temperature, top_p=top_p, spread=spread, best_of=best_of, seed=seed, stop=stop
    )
    return _several(loaded, pieces, _folder(out), "sample", keep)


def vary(
    model: str | os.PathLike[str],
    source: Any,
    out: str | os.PathLike[str],
    *,
    n: int = 8,
    amount: float = 0.3,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """``n`` neighbours of ``source``, written into the folder ``out``; see :meth:`Model.vary`."""
    loaded = load(model)
    folder = _folder(out)
    pieces = loaded.vary(source, n, amount, options=options, stop=stop, **changes)
    return _several(loaded, pieces, folder, "variation", keep, about={"amount": amount})


def continue_(
    model: str | os.PathLike[str],
    source: Any,
    out: str | os.PathLike[str],
    *,
    n: int = 4,
    length: int | None = None,
    given: int | None = None,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """``n`` pieces that begin with ``source`` and go on, written into the folder ``out``; see :meth:`Model.continue_`."""
    loaded = load(model)
    folder = _folder(out)
    pieces = loaded.continue_(source, n, length=length, given=given, options=options, stop=stop, **changes)
    return _several(loaded, pieces, folder, "continuation", keep)


def fill(
    model: str | os.PathLike[str],
    source: Any,
    out: str | os.PathLike[str],
    *,
    gap: tuple[int, int] | None = None,
    n: int = 4,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """``n`` pieces that are ``source`` but for a gap, written into the folder ``out``; see :meth:`Model.fill`."""
    loaded = load(model)
    folder = _folder(out)
    pieces = loaded.fill(source, gap, n, options=options, stop=stop, **changes)
    return _several(loaded, pieces, folder, "filled", keep)


def interpolate(
    model: str | os.PathLike[str],
    a: Any,
    b: Any,
    out: str | os.PathLike[str],
    *,
    steps: int = 9,
    method: str = METHODS[0],
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """``steps`` pieces from ``a`` to ``b``, the first and the last being the two themselves, written into the folder ``out`` with
    all of them joined where that makes sense."""
    loaded = load(model)
    folder = _folder(out)
    pieces = loaded.interpolate(a, b, steps, method=method, options=options, stop=stop, **changes)
    return _way(loaded, pieces, folder, keep)


def path(
    model: str | os.PathLike[str],
    sources: Sequence[Any],
    out: str | os.PathLike[str],
    *,
    steps: int = 5,
    method: str = METHODS[0],
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """The way through ``sources``, written into the folder ``out`` with all of it joined where that makes sense."""
    loaded = load(model)
    folder = _folder(out)
    pieces = loaded.path(sources, steps, method=method, options=options, stop=stop, **changes)
    return _way(loaded, pieces, folder, keep)


def blend(
    model: str | os.PathLike[str],
    a: Any,
    b: Any,
    c: Any,
    d: Any,
    out: str | os.PathLike[str],
    *,
    grid: int | tuple[int, int] = 5,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """A grid of pieces between four, row by row, written into the folder ``out``; see :meth:`Model.blend`."""
    loaded = load(model)
    folder = _folder(out)
    pieces = loaded.blend(a, b, c, d, grid, options=options, stop=stop, **changes)
    job = _job(pieces)
    rows, columns = job.settings["grid"]
    cells = []
    for index, piece in enumerate(pieces):
        row, column = index // columns + 1, index % columns + 1
        place = folder / f"cell-{row:02d}-{column:02d}{loaded.domain.output_suffix}"
        pieces.write(index, place)
        cells.append({"row": row, "column": column, **_entry(loaded.domain, piece, place)})
    result: dict[str, Any] = {"model": loaded.name, "seed": job.seed, "grid": [rows, columns], "cells": cells, **_of_ends(pieces)}
    if pieces.joined() is None:
        result["all"] = _all(folder, loaded.domain, cells)
    return _kept({**result, "remarks": pieces.remarks}, pieces, keep)


def analogy(
    model: str | os.PathLike[str],
    a: Any,
    b: Any,
    c: Any,
    out: str | os.PathLike[str],
    *,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """A − B + C, written to the file ``out``; see :meth:`Model.analogy`."""
    loaded = load(model)
    _check_suffix(loaded.domain, Path(out))
    return _one(loaded, loaded.analogy(a, b, c, options=options, stop=stop, **changes), Path(out), keep)


def rhythm(
    model: str | os.PathLike[str],
    a: Any,
    b: Any,
    out: str | os.PathLike[str],
    *,
    n: int = 4,
    tune: float = 1.0,
    options: DecodingOptions | None = None,
    keep: Keep | None = None,
    stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:
    """``n`` pieces with the rhythm of ``a`` and the tune of ``b``, written into the folder ``out``; see :meth:`Model.rhythm`."""
    loaded = load(model)
    folder = _folder(out)
    pieces = loaded.rhythm(a, b, n, tune=tune, options=options, stop=stop, **changes)
    return _several(loaded, pieces, folder, "rhythm", keep)


# -- results


def _one(loaded: Model, pieces: Pieces, out: Path, keep: Keep | None) -> dict[str, Any]:
    (piece,) = pieces
    pieces.write(0, out)
    result = {"model": loaded.name, "seed": _job(pieces).seed, **_entry(loaded.domain, piece, out)}
    if 0 in pieces.kept:
        result["kept"] = dataclasses.asdict(pieces.kept[0])
    result["remarks"] = pieces.remarks
    return _kept(result, pieces, keep)


def _several(
    loaded: Model, pieces: Pieces, folder: Path, stem: str, keep: Keep | None, about: dict[str, Any] | None = None
) -> dict[str, Any]:
    written = pieces.save(folder, stem)
    entries = [_entry(loaded.domain, piece, place) for piece, place in zip(pieces, written, strict=True)]
    result = {"model": loaded.name, "seed": _job(pieces).seed, **(about or {}), "samples": entries, "remarks": pieces.remarks}
    return _kept(result, pieces, keep)


def _way(loaded: Model, pieces: Pieces, folder: Path, keep: Keep | None) -> dict[str, Any]:
    written = pieces.save(folder, "step")
    steps = [{"t": t, **_entry(loaded.domain, piece, place)} for t, piece, place in zip(pieces.ts, pieces, written, strict=True)]
    job = _job(pieces)
    about = {"model": loaded.name, "seed": job.seed, "method": job.settings["method"]}
    result: dict[str, Any] = {**about, "steps": steps, **_of_ends(pieces)}
    place = folder / f"joined{loaded.domain.output_suffix}"
    if pieces.write_joined(place):
        result["joined"] = str(place)
    else:
        result["all"] = _all(folder, loaded.domain, steps)
    return _kept({**result, "remarks": pieces.remarks}, pieces, keep)


def _of_ends(pieces: Pieces) -> dict[str, Any]:
    """How much the model keeps of each piece that was given, in their order."""
    return {"kept": [dataclasses.asdict(one) for _, one in sorted(pieces.kept.items())]}


def _all(folder: Path, domain: Domain, entries: Sequence[dict[str, Any]]) -> str:
    """All texts in one file, a line each."""
    place = folder / f"all{domain.output_suffix}"
    write_text(place, "".join(f"{entry.get('text', '')}\n" for entry in entries))
    return str(place)


def _kept(result: dict[str, Any], pieces: Pieces, keep: Keep | None) -> dict[str, Any]:
    if keep is not None:
        keep(_job(pieces), pieces)
    return result


def _job(pieces: Pieces) -> Job:
    assert pieces.job is not None  # every operation gives one
    return pieces.job


def _folder(out: str | os.PathLike[str]) -> Path:
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise FileError("{folder} is a file; expected a folder, which is made when it is not there.", folder=folder)
    return folder


def _check_suffix(domain: Domain, path: Path) -> None:
    known = getattr(domain, "output_suffixes", (domain.output_suffix,))
    if path.suffix.lower() not in known:
        raise ConfigError(
            "cannot write {path!r}; expected a file name that ends in {known}.", path=path.name, known=" or ".join(known)
        )


def _entry(domain: Domain, piece: Any, path: Path) -> dict[str, Any]:
    return {"path": str(path), **domain.describe(piece), "show": domain.show(piece)}
