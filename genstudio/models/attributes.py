"""What a model has learned of attributes: directions in its latent space, and the pieces that show the way.

Conventions: codes are posterior means, float32 [dims]; values of attributes are in standard deviations over the pieces that were
learned from, measured from nought (not from the mean), unless said otherwise.

On disk these are ``attributes.safetensors`` beside the model's weights and the entry ``attributes`` of its manifest, which names
the file's SHA-256: tensors and words that do not belong together are told apart.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from genstudio.errors import CorpusError, FileError, ModelError
from genstudio.files import read_bytes, write_bytes
from genstudio.models.checkpoint import ATTRIBUTES, MOST_ATTRIBUTES
from genstudio.models.manifest import Manifest, read_manifest, update_manifest

__all__ = ["FILE", "AttributeSpace", "Codes", "LearnedAttribute", "blocks_of", "learn_space", "load_space", "save_space"]

FILE = ATTRIBUTES
FORMAT = 1
_RIDGE = 0.02  # of a variance of 1: directions of attributes that nearly follow one another stay short
_READOUT = 0.01  # of the mean variance of a dimension, for reading an attribute off a code
_FEWEST = 50
_TENSORS = ("centre", "spread", "directions", "readout", "offset", "donors", "donor_blocks", "donor_values")


@dataclass(frozen=True)
class LearnedAttribute:
    """An attribute as a model knows it.

    kind: "measure" where the domain measures a piece, "label" where it is a column of the corpus and is read off the code. group:
    the column, where the attribute is one of its categories; those of one group cannot be moved by themselves. mean, deviation:
    over the pieces that were learned from, in ``unit``.
    """

    name: str
    label: str
    unit: str
    kind: str
    mean: float
    deviation: float
    group: str = ""


@dataclass(frozen=True, eq=False)
class AttributeSpace:
    """Directions, and what a search along them needs; A attributes, N donors (pieces of the corpus).

    directions: float32 [A, dims], the mean change of the code where an attribute is one standard deviation more and all others are
    the same. readout, offset: float32 [A, dims] and [A], an attribute's value from a code by ridge regression. centre, spread:
    float32 [dims], mean and standard deviation of each dimension over the pieces that use it. donors: float32 [N, dims];
    donor_blocks: bool [N, dims / block], the blocks that each uses; donor_values: float32 [N, A]. distance: root mean square
    distance of two pieces. block: dimensions that are about one place of a sequence. corpus: digest of the corpus; pieces: how
    many were learned from.
    """

    attributes: tuple[LearnedAttribute, ...]
    directions: NDArray[np.float32]
    readout: NDArray[np.float32]
    offset: NDArray[np.float32]
    centre: NDArray[np.float32]
    spread: NDArray[np.float32]
    donors: NDArray[np.float32]
    donor_blocks: NDArray[np.bool_]
    donor_values: NDArray[np.float32]
    distance: float
    block: int
    corpus: str
    pieces: int

    @property
    def names(self) -> list[str]:
        """The attributes' names, in the order of the arrays."""
        return [attribute.name for attribute in self.attributes]

    def siblings(self, index: int) -> list[int]:
        """The other attributes of the same group as attribute ``index``."""
        group = self.attributes[index].group
        return [at for at, one in enumerate(self.attributes) if group and one.group == group and at != index]

    @property
    def deviations(self) -> NDArray[np.float64]:
        """[A] standard deviations, in the attributes' units."""
        return np.array([attribute.deviation for attribute in self.attributes])


def blocks_of(used: NDArray[np.bool_], block: int) -> NDArray[np.bool_]:
    """Of used dimensions, bool [n, dims], the blocks that have one, bool [n, dims / block]."""
    return np.asarray(used.reshape(len(used), -1, block).any(axis=2), np.bool_)


@dataclass(frozen=True, eq=False)
class Codes:
    """Codes of pieces: means, float32 [pieces, dims]; used, bool [pieces, dims]; block: dimensions that are about one place."""

    means: NDArray[np.float32]
    used: NDArray[np.bool_]
    block: int


def learn_space(
    codes: Codes,
    values: NDArray[np.float64],
    described: Sequence[tuple[str, str, str, str, str]],
    *,
    corpus: str,
    donors: int = 512,
    seed: int = 0,
) -> AttributeSpace:
    """The directions of attributes by ridge regression of the codes on all attributes together.

    With a [A] the standardised attributes and z the code, ``directions = (Cov(a, a) + r I)^-1 Cov(a, z)``: each is what changes on
    average with its attribute while the others stay, and lies where pieces lie (a direction of a classifier's weights need not).

    Args:
        values: [pieces, A] in the attributes' units; NaN where a piece has no value (it then counts as the mean).
        described: name, label, unit, kind and group of each attribute.
        corpus: its digest.
        donors: how many pieces are kept as examples, drawn with ``seed``.

    Raises:
        CorpusError: there are fewer than 50 pieces, or no attribute varies over them.
    """
    means, used, block = codes.means, codes.used, codes.block
    if len(means) < _FEWEST:
        raise CorpusError(
            "attributes are learned from at least {fewest} pieces, and there are {count}; give a larger corpus.",
            fewest=_FEWEST,
            count=len(means),
        )
    level = np.nanmean(np.where(np.isfinite(values).any(0), values, 0.0), axis=0)
    filled = np.where(np.isfinite(values), values, level)
    deviation = filled.std(0)
    varies = np.flatnonzero(deviation > 1e-9 * (1.0 + np.abs(level)))
    if len(varies) == 0:
        raise CorpusError("no attribute varies over the pieces of this corpus, so there is no direction to learn; give another.")
    kept = [described[int(index)] for index in varies]
    level, deviation = level[varies], deviation[varies]
    standard = (filled[:, varies] - level) / deviation
    count = np.maximum(1, used.sum(0))
    centre = (means * used).sum(0) / count
    moved = (means - centre) * used
    spread = np.sqrt((moved.astype(np.float64) ** 2).sum(0) / count)
    size = len(means)
    covariance = standard.T @ standard / size + _RIDGE * np.eye(len(varies))
    directions = np.linalg.solve(covariance, standard.T @ moved / size)
    gram = moved.T.astype(np.float64) @ moved / size
    gram += (_READOUT * max(1e-12, float(np.trace(gram)) / len(gram))) * np.eye(len(gram))
    readout = np.linalg.solve(gram, moved.T @ standard / size).T
    offset = level / deviation - readout @ centre
    chosen = _donors(standard, donors, np.random.default_rng(seed))
    variance = means.astype(np.float64).var(0).sum()
    return AttributeSpace(
        attributes=tuple(
            LearnedAttribute(name, label, unit, kind, float(mean), float(own), group)
            for (name, label, unit, kind, group), mean, own in zip(kept, level, deviation, strict=True)
        ),
        directions=directions.astype(np.float32),
        readout=readout.astype(np.float32),
        offset=offset.astype(np.float32),
        centre=centre.astype(np.float32),
        spread=spread.astype(np.float32),
        donors=means[chosen].astype(np.float16).astype(np.float32),
        donor_blocks=blocks_of(used[chosen], block),
        donor_values=(standard[chosen] + level / deviation).astype(np.float32),
        distance=max(1e-6, math.sqrt(2.0 * variance)),
        block=block,
        corpus=corpus,
        pieces=size,
    )


def _donors(standard: NDArray[np.float64], count: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """The rows of ``count`` pieces: half of them as they come, half the likelier the further their attributes [n, A] are from the
    mean, since a piece that is to become unlike most needs an example that is."""
    size = len(standard)
    usual = chance.permutation(size)[: min(size, count) - min(size, count) // 2]
    left = np.setdiff1d(np.arange(size), usual)
    far = (standard[left] ** 2).sum(1) + 1e-9
    rare = chance.choice(left, min(size, count) - len(usual), replace=False, p=far / far.sum()) if len(left) else left
    return np.sort(np.concatenate([usual, rare]))


def save_space(folder: Path, space: AttributeSpace) -> None:
    """Keep ``space`` with the model in ``folder``; what was measured of an older one goes."""
    tensors = {
        "centre": space.centre,
        "spread": space.spread,
        "directions": space.directions,
        "readout": space.readout,
        "offset": space.offset,
        "donors": space.donors.astype(np.float16),
        "donor_blocks": space.donor_blocks.astype(np.uint8),
        "donor_values": space.donor_values,
    }
    data = save({name: np.ascontiguousarray(value) for name, value in tensors.items()})
    entry = {
        "format": FORMAT,
        "sha256": hashlib.sha256(data).hexdigest(),
        "attributes": [dict(vars(attribute)) for attribute in space.attributes],
        "distance": space.distance,
        "block": space.block,
        "corpus": space.corpus,
        "pieces": space.pieces,
    }
    folder = Path(folder)
    read_manifest(folder)  # a folder that is no model gets no file
    write_bytes(folder / FILE, data)
    update_manifest(folder, {"attributes": entry})


def load_space(folder: Path, manifest: Manifest, dims: int, block: int) -> AttributeSpace:
    """The attributes that the model in ``folder`` has learned.

    Args:
        manifest: of the model.
        dims: of its code, or of its summary where it has one.
        block: dimensions that are about one place.

    Raises:
        ModelError: it has learned none, or they are damaged.
    """
    folder = Path(folder)
    entry = manifest.get("attributes")
    if not entry:
        raise ModelError("the model {model} has learned no attributes yet.", remedy="learn-attributes", model=folder.name)
    if entry["format"] > FORMAT:
        raise ModelError("the attributes of {name} were made by a later GenStudio; update GenStudio.", name=folder.name)
    try:
        data = read_bytes(folder / FILE, MOST_ATTRIBUTES)
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise ValueError(f"{FILE} is not the one that the manifest names")
        tensors = load(data)
        count, rows = len(entry["attributes"]), len(tensors["donors"])
        if not count or not rows:
            raise ValueError("there are none")
        shapes = (
            (dims,),
            (dims,),
            (count, dims),
            (count, dims),
            (count,),
            (rows, dims),
            (rows, dims // block),
            (rows, count),
        )
        for name, shape in zip(_TENSORS, shapes, strict=True):
            if tensors[name].shape != shape or not np.isfinite(tensors[name].astype(np.float32)).all():
                raise ValueError(f"{name} does not fit the model")
    except (FileError, SafetensorError, KeyError, TypeError, ValueError, AttributeError) as error:
        why = str(error).rstrip(".")
        raise ModelError(
            "the attributes of {name} are damaged ({why}); learn them again.", name=folder.name, why=why
        ) from error
    return AttributeSpace(
        attributes=tuple(LearnedAttribute(**one) for one in entry["attributes"]),
        **{name: tensors[name].astype(np.float32) for name in _TENSORS if name != "donor_blocks"},
        donor_blocks=tensors["donor_blocks"] > 0,
        distance=entry["distance"],
        block=block,
        corpus=entry["corpus"],
        pieces=entry["pieces"],
    )
