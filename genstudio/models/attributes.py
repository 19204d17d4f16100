"""Learned attributes of a model: directions in its latent space, and example pieces (donors).

Conventions: codes are posterior means, float32 [dims]. Values of attributes are divided by the standard deviation over the training
pieces, but not centred (0 is zero of the unit, not the mean), unless stated otherwise.

On disk these are ``attributes.safetensors`` beside the weights of the model and the entry ``attributes`` of its manifest. The entry
holds the SHA-256 of the file, so that a file and an entry that do not belong together are detected.
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
_RIDGE = 0.02  # added to variances of 1: keeps the directions of strongly correlated attributes short
_READOUT = 0.01  # ridge of the regression of attributes on codes, in mean variances of a dimension
_FEWEST = 50  # pieces
_TENSORS = ("centre", "spread", "directions", "readout", "offset", "donors", "donor_blocks", "donor_values")


@dataclass(frozen=True)
class LearnedAttribute:
    """An attribute that a model has learned.

    Attributes:
        name: its name.
        label: a short description.
        unit: the unit of its values.
        kind: "measure" where the domain measures it in a piece; "label" where it is a column of the corpus and is predicted from
            the code.
        mean, deviation: mean and standard deviation over the training pieces, in ``unit``.
        group: the column of the corpus where the attribute is one of its categories, else ""; the categories of a column exclude
            one another, so one cannot be moved without the others.
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
    """Directions of A attributes, and the data that a search along them needs, with N donors (pieces of the corpus).

    Attributes:
        attributes: the attributes, in the order of the arrays.
        directions: float32 [A, dims], the mean change of the code where an attribute is one standard deviation higher and all
            others are the same.
        readout, offset: float32 [A, dims] and [A], which predict the attributes of a code by ridge regression: readout @ z +
            offset.
        centre, spread: float32 [dims], mean and standard deviation of each dimension over the pieces that use it.
        donors: codes of the donors, float32 [N, dims].
        donor_blocks: bool [N, dims / block], the blocks that each donor uses.
        donor_values: attributes of the donors, float32 [N, A].
        distance: root mean square distance of the codes of two pieces.
        block: dimensions per block; a block is about one place of the sequence.
        corpus: digest of the corpus.
        pieces: how many pieces the attributes were learned from.
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
        """Names of the attributes, in the order of the arrays."""
        return [attribute.name for attribute in self.attributes]

    def siblings(self, index: int) -> list[int]:
        """Indices of the other attributes in the group of attribute ``index``."""
        group = self.attributes[index].group
        return [at for at, one in enumerate(self.attributes) if group and one.group == group and at != index]

    @property
    def deviations(self) -> NDArray[np.float64]:
        """Standard deviations [A], in the units of the attributes."""
        return np.array([attribute.deviation for attribute in self.attributes])


def blocks_of(used: NDArray[np.bool_], block: int) -> NDArray[np.bool_]:
    """Blocks with at least one used dimension, bool [n, dims / block], from the used dimensions, bool [n, dims]."""
    return np.asarray(used.reshape(len(used), -1, block).any(axis=2), np.bool_)


@dataclass(frozen=True, eq=False)
class Codes:
    """Codes of pieces.

    Attributes:
        means: posterior means, float32 [pieces, dims].
        used: used dimensions, bool [pieces, dims].
        block: dimensions per block; a block is about one place of the sequence.
    """

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
    """Learn the directions of attributes by ridge regression of the codes on all attributes together.

    With standardised attributes a [A] and the code z, ``directions = (Cov(a, a) + r I)^-1 Cov(a, z)``: the mean change of the code
    with one attribute while the others are constant. Unlike the weights of a classifier, such a direction points to where pieces
    lie.

    Args:
        codes: codes of the training pieces.
        values: [pieces, A] in the units of the attributes; NaN where a piece has no value (the mean is then used).
        described: name, label, unit, kind and group of each attribute. Attributes that do not vary over the pieces are left out.
        corpus: digest of the corpus.
        donors: how many pieces are stored as donors.
        seed: seed of the selection of donors.

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


def _donors(standard: NDArray[np.float64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw the rows of ``count`` pieces, sorted.

    Half are drawn uniformly, half with a probability proportional to the squared distance of their attributes [n, A] from the mean,
    since moving a piece to rare values needs examples with such values.
    """
    size = len(standard)
    usual = rng.permutation(size)[: min(size, count) - min(size, count) // 2]
    left = np.setdiff1d(np.arange(size), usual)
    far = (standard[left] ** 2).sum(1) + 1e-9
    rare = rng.choice(left, min(size, count) - len(usual), replace=False, p=far / far.sum()) if len(left) else left
    return np.sort(np.concatenate([usual, rare]))


def save_space(folder: Path, space: AttributeSpace) -> None:
    """Store ``space`` with the model in ``folder``, in place of earlier attributes and their measured control."""
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
    read_manifest(folder)  # raises before anything is written where the folder is not a model
    write_bytes(folder / FILE, data)
    update_manifest(folder, {"attributes": entry})


def load_space(folder: Path, manifest: Manifest, dims: int, block: int) -> AttributeSpace:
    """Read the attributes that the model in ``folder`` has learned.

    Args:
        folder: the model folder.
        manifest: its manifest.
        dims: size of its code, or of its summary where it has one.
        block: dimensions per block.

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
