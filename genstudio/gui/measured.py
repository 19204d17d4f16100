"""What was measured of models: the figures that are kept with each, and tables of several side by side.

Plain functions; those that read folders are for the engine's threads.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from genstudio import paths
from genstudio.errors import GenStudioError
from genstudio.files import read_json
from genstudio.gui.faces import Face, face_of
from genstudio.gui.speech import spoken
from genstudio.gui.verdicts import LEARNED
from genstudio.metrics import Metric, metric
from genstudio.models.manifest import read_manifest

__all__ = [
    "Cell", "Measured", "Nearest", "Row", "copy_of", "listed", "measured", "rows_of", "side_by_side",
    "with_result", "written",
]  # fmt: skip

_ABOUT = ("model", "digest", "corpus", "seed", "on", "remarks", "refused")  # of the evaluation, and no figures
_DEEPEST = 6
_MOST = 500  # figures of a model; a manifest may come from anywhere

Place = tuple[str, ...]


@dataclass(frozen=True)
class Nearest:
    """A sample beside the training piece that it is nearest to. number: of the sample, from 1. longest: passage that both share, in
    units of the novelty. copied: whether that is a long one. distance: edits by the longer length, None for no piece."""

    number: int
    longest: int
    copied: bool
    distance: float | None
    title: str
    source: str


@dataclass(frozen=True)
class Measured:
    """A model and what was measured of it. key: its folder. run: it is of a training of the studio. figures: by path, such as
    ("reconstruction", "accuracy"). curves: lists of numbers, likewise. nearest: of each sample that was drawn, what of it is in the
    training pieces, which is not kept with a model. on: what it was measured on, "" for nothing yet. error: why it cannot be
    used. shapes: whether it has learned attributes, or cannot. title: what its owner calls it. learned: from how many pieces.
    size: bytes. training: figures of its last evaluation while it was trained."""

    key: str
    name: str
    domain: str = ""
    preset: str = ""
    core: str = ""
    bottleneck: str = ""
    length: int = 0
    run: bool = False
    tokenizer: str = ""
    on: str = ""
    seed: int = 0
    remarks: tuple[str, ...] = ()
    figures: Mapping[Place, Any] = field(default_factory=dict)
    curves: Mapping[Place, list[float]] = field(default_factory=dict)
    nearest: tuple[Nearest, ...] = ()
    error: str = ""
    shapes: bool = True
    title: str = ""
    learned: int = 0
    size: int = 0
    training: Mapping[Place, Any] = field(default_factory=dict)

    @property
    def judged(self) -> Mapping[Place, Any]:
        """The figures by which it is judged: what was not measured is as its training had it."""
        return {**self.training, **self.figures}

    @property
    def face(self) -> Face:
        """What it is called and what it is for."""
        return face_of(self.key, self.domain, self.preset, self.length, self.title or self.name, self.learned)

    @property
    def pieces(self) -> tuple[Any, ...]:
        """What it was measured on, told apart: two models of which this is the same were measured on the same pieces."""
        return self.on, self.figures.get(("n",)), self.seed


def measured(folder: Path, name: str = "", *, run: bool = False) -> Measured:
    """What is kept with the model in ``folder``; a damaged one says so."""
    name = name or folder.name
    size = sum(_size(file) for file in folder.iterdir()) if folder.is_dir() else 0
    try:
        manifest = read_manifest(folder)
    except GenStudioError as error:
        return Measured(str(folder), name, run=run, error=spoken(error), size=size)
    found = manifest.get("evaluation")
    evaluation: dict[str, Any] = found if isinstance(found, dict) else {}
    values = list(_flat({key: value for key, value in evaluation.items() if key not in _ABOUT}))[:_MOST]
    remarks, seed = evaluation.get("remarks"), evaluation.get("seed")
    return Measured(
        key=str(folder),
        name=name,
        domain=manifest["domain"],
        preset=str(manifest.get("preset", "")),
        core=manifest["model"]["core"],
        bottleneck=str(manifest["model"].get("bottleneck", "vae")),
        length=manifest["phrase"]["length"],
        run=run,
        tokenizer=manifest["tokenizer_digest"],
        on=str(evaluation.get("on", "")),
        seed=seed if isinstance(seed, int) else 0,
        title=manifest.get("title", ""),
        learned=(manifest.get("corpus") or {}).get("train", 0),
        size=size,
        shapes=manifest.get("attributes") is not None or manifest["model"].get("bottleneck") == "none",
        remarks=tuple(str(one) for one in remarks) if isinstance(remarks, list) else (),
        training=_while_trained(manifest.get("metrics") or {}),
        figures={path: value for path, value in values if not isinstance(value, list)},
        curves={path: value for path, value in values if isinstance(value, list)},
    )


def _while_trained(metrics: Mapping[str, Any]) -> dict[Place, Any]:
    """The figures of a model that its training has left in its manifest: what came back, and after which step."""
    found = {path: value for path, value in _flat({"reconstruction": metrics.get("reconstruction")}) if _number(value)}
    return {**found, LEARNED: metrics.get("step")} if found else {}


def _flat(values: Mapping[str, Any], above: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Plain figures first, then the groups; of lists those of numbers alone."""
    for name, value in values.items():
        path = (*above, str(name))
        if value is None or isinstance(value, (bool, int, float, str)):
            yield path, value
        elif isinstance(value, list) and len(value) > 1 and all(_number(one) for one in value):
            yield path, [float(one) for one in value]
    for name, value in values.items():
        if isinstance(value, dict) and len(above) < _DEEPEST:
            yield from _flat(value, (*above, str(name)))


def with_result(model: Measured, result: Mapping[str, Any]) -> Measured:
    """A model with what a measurement told that is not kept with it: what its samples are near to, and remarks. As it is where it
    was measured anew since then."""
    if (result.get("on"), result.get("n"), result.get("seed")) != model.pieces:
        return model
    remarks = result.get("remarks")
    told = tuple(str(one) for one in remarks) if isinstance(remarks, list) else ()
    return replace(model, nearest=_nearest(result.get("novelty")), remarks=told)


def _nearest(novelty: Any) -> tuple[Nearest, ...]:
    """What is told of each sample, as far as it can be read."""
    found = []
    pieces = novelty.get("pieces") if isinstance(novelty, dict) else None
    for one in pieces if isinstance(pieces, list) else ():
        try:
            distance = float(one["distance"]) if one["nearest"] is not None else None
            words = str(one.get("title") or ""), str(one.get("source") or "")
            found.append(Nearest(int(one["number"]) + 1, int(one["longest"]), bool(one["copied"]), distance, *words))
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    return tuple(found)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def listed(also: Sequence[str] = ()) -> list[Measured]:
    """Every model there is, each once: those installed, those of the studio's trainings that are not installed as they are now, and
    those in the folders ``also``."""
    found = {str(folder): measured(folder, name) for name, folder in paths.installed_models().items()}
    try:
        runs = sorted(place for place in paths.runs().iterdir() if (place / "manifest.json").is_file())
    except OSError:
        runs = []
    seen = {os.path.realpath(place) for place in found}
    for folder in runs:
        seen.add(os.path.realpath(folder))
        weights, copy = folder / "model.safetensors", copy_of(folder)
        if weights.is_file() and not (copy is not None and _age(weights) <= _age(copy / weights.name)):
            found[str(folder)] = measured(folder, _title(folder), run=True)
    for place in also:
        if os.path.realpath(place) not in seen and (Path(place) / "manifest.json").is_file():
            seen.add(os.path.realpath(place))
            found[place] = measured(Path(place))
    return list(found.values())


def copy_of(folder: Path) -> Path | None:
    """Where the model of a training is installed; None where it is not, or the folder is of no training."""
    return paths.installed_models().get(_said(folder, "model"))


def _title(folder: Path) -> str:
    return _said(folder, "title") or folder.name


def _said(folder: Path, what: str) -> str:
    """What the record of a training says; "" where there is none."""
    try:
        return str(read_json(folder / "run.json")[what])
    except (GenStudioError, KeyError, TypeError):
        return ""


def _size(file: Path) -> int:
    """Bytes of a file; 0 for what is none."""
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:
        return 0


def _age(file: Path) -> float:
    """When a file was written last; 0 where it is not there."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


# -- side by side


@dataclass(frozen=True)
class Cell:
    """A figure of one model. there: it was measured. best: none of those that it can be compared with is better, and one is worse.
    change: how far it is from the first model's, None where that says nothing. verdict: "better" or "worse" than that, or ""."""

    value: Any = None
    there: bool = False
    best: bool = False
    change: float | None = None
    verdict: str = ""


@dataclass(frozen=True)
class Row:
    """One figure of several models. decimals: with how many its numbers are written; -1: in four digits each."""

    path: Place
    metric: Metric
    cells: tuple[Cell, ...]
    decimals: int


def rows_of(models: Sequence[Measured]) -> list[Row]:
    """The figures of models side by side, group by group; the first model is what the others are compared with."""
    found: dict[Place, None] = {}
    for model in models:
        found |= dict.fromkeys(model.figures)
    groups: dict[Place, list[Place]] = {}
    for path in found:
        groups.setdefault(path[:-1], []).append(path)
    place = {path: number for number, path in enumerate(found)}

    def order(path: Place) -> tuple[int, str]:  # those of parts, such as "note_f1 6/8", after the whole, whichever model has which
        whole = (*path[:-1], path[-1].partition(" ")[0])
        return (place[whole], path[-1]) if whole in place else (place[path], "")

    return [_row(path, models) for group in groups.values() for path in sorted(group, key=order)]


def _row(path: Place, models: Sequence[Measured]) -> Row:
    how = metric(path[-1])
    values = [model.figures.get(path) for model in models]
    alike = [_alike(models[0], model, path, how) for model in models]
    numbers = [float(value) if value is not None and _number(value) else None for value in values]
    compared = [number for number, same in zip(numbers, alike, strict=True) if same and number is not None]
    best = None
    if how.better and len(compared) > 1 and max(compared) > min(compared):
        best = max(compared) if how.better == "higher" else min(compared)
    cells = []
    for model, value, number, same in zip(models, values, numbers, alike, strict=True):
        change, verdict = None, ""
        if model is not models[0] and same and number is not None and numbers[0] is not None:
            change = number - numbers[0]
            if how.better and change:
                verdict = "better" if (change > 0) == (how.better == "higher") else "worse"
        won = best is not None and same and number == best
        cells.append(Cell(value, path in model.figures, won, change, verdict))
    return Row(path, how, tuple(cells), _decimals(values, how))


def _alike(first: Measured, other: Measured, path: Place, how: Metric) -> bool:
    """Whether a figure of two models can be compared."""
    if first.pieces != other.pieces:
        return False
    for name in how.same:
        if name == "tokenizer":
            if first.tokenizer != other.tokenizer:
                return False
        elif _named(first, path[:-1], name) != _named(other, path[:-1], name):
            return False
    return True


def _named(model: Measured, group: Place, name: str) -> Any:
    """The figure of a name: that of the group, or the first one anywhere."""
    if (*group, name) in model.figures:
        return model.figures[(*group, name)]
    return next((value for path, value in model.figures.items() if path[-1] == name), None)


def _decimals(values: Sequence[Any], how: Metric) -> int:
    numbers = [abs(float(value)) for value in values if _number(value)]
    if not numbers or (how.counted and all(value.is_integer() for value in numbers)):
        return 0
    if all(isinstance(value, int) for value in values if _number(value)):
        return 0
    most = max(numbers)
    if how.unit == "share":
        return 4
    if not most:
        return 4
    return -1 if most < 1e-3 else max(0, min(4, 3 - math.floor(math.log10(most))))


def written(value: Any, decimals: int, *, sign: bool = False) -> str:
    """A figure as it is shown: 4,171, 0.9698; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    plus = "+" if sign else ""
    text = f"{value:{plus},.{decimals}f}" if decimals >= 0 else f"{value:{plus}.3e}"
    if text.strip("+-0.,") == "":  # no sign for what is rounded to nought
        text = text.lstrip("+-")
    return text.replace("-", "−", 1) if text.startswith("-") else text


def side_by_side(
    models: Sequence[Measured], rows: Sequence[Row], name: Callable[[Row], tuple[str, str, str]], words: Sequence[str], *,
    markdown: bool,
) -> str:  # fmt: skip
    """The table as text.

    Args:
        name: the group, the name and the unit of a row, for people. words: the headings of the group, the figure and the unit, and
            the name of the row that says what each was measured on.
        markdown: in Markdown, the best of each row in bold; else with tabs between the cells and every digit, for a spreadsheet.
    """
    group, figure, unit, on = words
    lines = [[group, figure, *(model.name for model in models), unit], ["", on, *(model.on for model in models), ""]]
    for row in rows:
        above, label, of = name(row)
        lines.append([above, label, *(_plain(cell, row.decimals if markdown else None) for cell in row.cells), of])
    lines = [[" ".join((part.replace("|", "\\|") if markdown else part).split()) for part in line] for line in lines]
    if markdown:
        lines.insert(1, ["---", "---", *("---:" for _ in models), "---"])
    return "".join(f"| {' | '.join(line)} |\n" if markdown else "\t".join(line) + "\n" for line in lines)


def _plain(cell: Cell, decimals: int | None) -> str:
    """A figure in letters of every alphabet: rounded, and in bold where it is the best; or, without ``decimals``, as it is."""
    if decimals is None:
        return "" if cell.value is None else str(cell.value)
    text = written(cell.value, decimals).replace("−", "-")
    return f"**{text}**" if cell.best else text
