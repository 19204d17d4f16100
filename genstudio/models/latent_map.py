"""Latent map of a corpus: the codes of its pieces, search for the nearest ones, and their coordinates on a plane.

On disk a map is a folder:

``map.json``          method, model, corpus, names, means and standard deviations of the attributes, and the variance explained
``map.safetensors``   ``coordinates`` float16 [N, 2], ``values`` float16 [N, A] (in standard deviations from the mean), and the
                      principal plane: ``centre`` float32 [dims], ``basis`` float32 [2, dims], ``scale`` float32 [2]
``index.jsonl.gz``    ``[title, source]`` of each piece
``codes.npy``         float16 [N, dims], memory-mapped
``used.npy``          which blocks each piece uses, one bit for each

The first three are small enough to be distributed with a model. Without the codes a map can be drawn and a code can be projected on
it; finding the nearest pieces, or a code for a point of the plane, needs them.

Conventions: N pieces, A attributes. Unused dimensions of a code are zero, the mean of the prior. Coordinates of the method "pca"
are those on the first two principal axes, both divided by the standard deviation along the first, so that distances keep their
shape.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal, TypedDict, cast

import numpy as np
from msgspec import Meta
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from genstudio.errors import ConfigError, DamagedFileError, FileError, did_you_mean
from genstudio.files import decode_json, lines_of, map_array, opened, read_bytes, read_json, replacing, write_bytes, write_json
from genstudio.packages import install_command
from genstudio.progress import Check, go_on

__all__ = [
    "METHODS",
    "METRICS",
    "OWN",
    "PARTS",
    "About",
    "LatentMap",
    "nearest",
    "open_map",
    "plane",
    "principal_axes",
    "write_map",
]

FORMAT = 1
OWN = "map"
"""Name of the folder, in a model folder, of the map that comes with the model."""
PARTS = ("map.safetensors", "index.jsonl.gz", "codes.npy", "used.npy")
"""The files of a map other than ``map.json``."""
METHODS = ("pca", "umap")
METRICS = ("cosine", "euclidean")
_BLOCK = 4096  # rows processed at once
_MOST_BYTES = 100_000_000
_MOST_PIECES = 10_000_000
_NEIGHBOURS = 15  # of UMAP


class _Format(TypedDict):
    format: int


class Described(TypedDict):
    """An attribute of the pieces of a map, with its mean and standard deviation over them."""

    name: str
    label: str
    unit: str
    mean: float
    deviation: float


class _About(TypedDict):
    kind: Literal["map"]
    format: int
    pieces: Annotated[int, Meta(ge=1, le=_MOST_PIECES)]
    blocks: Annotated[int, Meta(ge=1, le=_MOST_PIECES)]
    method: Literal["pca", "umap"]
    model: str
    digest: str
    attributes: list[Described]


class About(_About, total=False):
    """The contents of ``map.json``."""

    corpus: str
    corpus_digest: str
    split: str
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    explained: list[float]


@dataclass(frozen=True, eq=False)
class LatentMap:
    """A map in memory, of N pieces and A attributes. For a model whose codes have a summary the codes of the map are the summaries.

    Attributes:
        coordinates: positions on the plane, float32 [N, 2].
        values: attributes, float32 [N, A], in standard deviations from the mean.
        centre: float32 [dims], the origin of the principal plane.
        basis: float32 [2, dims], its two axes.
        scale: float32 [2], the length of a unit of the coordinates along each axis.
        codes: float16 [N, dims]; None where the map was distributed without codes.
        used: bool [N, blocks], the blocks of dimensions that each piece uses; None as for ``codes``.
        index: title and source of each piece.
        about: ``map.json``.
    """

    coordinates: NDArray[np.float32]
    values: NDArray[np.float32]
    centre: NDArray[np.float32]
    basis: NDArray[np.float32]
    scale: NDArray[np.float32]
    codes: NDArray[np.float16] | None
    used: NDArray[np.bool_] | None
    index: list[tuple[str, str]]
    about: About

    @property
    def method(self) -> str:
        """The method by which the plane was computed, one of :data:`METHODS`."""
        return self.about["method"]

    def whole(self) -> tuple[NDArray[np.float16], NDArray[np.bool_]]:
        """The codes, float16 [N, dims], and the blocks that they use, bool [N, blocks].

        Raises:
            FileError: the map was distributed without codes.
        """
        if self.codes is None or self.used is None:
            raise FileError("this map came without the codes of its pieces; make a whole one from the corpus.")
        return self.codes, self.used

    def used_dims(self, row: int) -> NDArray[np.bool_]:
        """The dimensions that the piece of a row uses, bool [dims]."""
        codes, used = self.whole()
        return np.repeat(used[row], codes.shape[1] // used.shape[1])

    def project(self, codes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Coordinates [n, 2] of codes [n, dims] on the plane.

        With "pca" the projection on the principal axes; with another method the coordinates of the nearest piece.
        """
        if self.method == "pca":
            return np.asarray((codes - self.centre) @ self.basis.T / self.scale, np.float32)
        whole, _ = self.whole()
        return np.stack([self.coordinates[nearest(whole, code, 1)[0][0]] for code in codes])

    def code_at(self, x: float, y: float) -> tuple[NDArray[np.float32], NDArray[np.bool_], int]:
        """Find a code that lies at a point of the plane.

        A point has two coordinates, and the dimensions that it lacks decide whether a code decodes to music. They are taken from
        the nearest piece: with "pca" its code is moved along the principal axes to the point, as far as the dimensions that the
        piece uses allow; with another method it is moved towards the second nearest piece, in proportion to the distances.

        Returns:
            The code, float32 [dims]; the dimensions that it uses, bool [dims]; and the row of the nearest piece.

        Raises:
            ConfigError: a coordinate is not finite.
            FileError: the map was distributed without codes.
        """
        if not (np.isfinite(x) and np.isfinite(y)):
            raise ConfigError("the point ({x}, {y}) is not on the map; give two numbers.", x=x, y=y)
        codes, _ = self.whole()
        point = np.array([x, y], np.float32)
        distances = np.linalg.norm(self.coordinates - point, axis=1)
        order = np.argsort(distances, kind="stable")[:2]
        first = int(order[0])
        used = self.used_dims(first)
        code = codes[first].astype(np.float32)
        if self.method == "pca":
            here = (code - self.centre) @ self.basis.T / self.scale
            # Only along the dimensions that the piece uses. Restricted to them the axes are not orthogonal, so a system is solved.
            axes = self.basis * used
            gram = axes @ axes.T
            if np.linalg.det(gram) > 1e-6:
                code = code + np.linalg.solve(gram, (point - here) * self.scale) @ axes
        elif len(order) > 1 and distances[order[0]] > 0:
            share = distances[order[0]] / (distances[order[0]] + distances[order[1]])
            both = used & self.used_dims(int(order[1]))
            code = code + np.where(both, share * (codes[order[1]].astype(np.float32) - code), 0.0)
        return code.astype(np.float32), used, first


def principal_axes(
    codes: NDArray[Any], count: int = 2, check: Check = go_on
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Principal component analysis, exact, by the eigenvectors of the covariance matrix (Jolliffe 2002, section 1.1).

    The covariance is summed block by block, so the codes may be memory-mapped. The sign of each axis is chosen so that its entry of
    largest magnitude is positive.

    Args:
        codes: [N, dims].
        count: number of axes returned.
        check: called before each block; may raise to stop.

    Returns:
        The mean [dims], the first ``count`` principal axes [count, dims], and the variance along all axes [dims], decreasing.
    """
    size, dims = codes.shape
    total, gram = np.zeros(dims), np.zeros((dims, dims))
    shift = np.asarray(codes[:_BLOCK], np.float64).mean(0)
    for start in range(0, size, _BLOCK):
        check()
        part = np.asarray(codes[start : start + _BLOCK], np.float32) - shift.astype(np.float32)
        total += part.sum(0, dtype=np.float64)
        gram += part.T @ part
    shifted = total / size
    mean = shifted + shift.astype(np.float32)
    covariance = gram / size - np.outer(shifted, shifted)
    variance, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    axes = vectors[:, ::-1][:, :count].T
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])
    return mean, axes * np.where(signs == 0, 1.0, signs)[:, None], np.maximum(0.0, variance[::-1])


def nearest(
    codes: NDArray[Any],
    query: NDArray[np.float32],
    k: int,
    *,
    metric: str = "euclidean",
    used: NDArray[np.bool_] | None = None,
    check: Check = go_on,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Find the ``k`` of ``codes`` [N, dims] that are nearest to ``query`` [dims], by exhaustive search.

    Args:
        metric: "euclidean", or "cosine" (1 - cosine of the angle; 1 where a code is zero).
        used: bool [dims], the dimensions that are compared: those that the query uses; None: all. A piece without a bar that the
            query has is zero there, which adds to its distance; bars that only the piece has are ignored.
        check: called before each block of codes; may raise to stop.

    Returns:
        Rows and distances, nearest first; of equal distances the first row comes first.

    Raises:
        ConfigError: k is below 1 or the metric is unknown.
    """
    if metric not in METRICS:
        raise ConfigError("there is no metric {metric!r}; {hint}", metric=metric, hint=did_you_mean(metric, METRICS))
    if k < 1:
        raise ConfigError("{k} nearest pieces cannot be found; expected 1 or more.", k=k)
    dims = np.flatnonzero(used) if used is not None else np.arange(len(query))
    wanted = query[dims].astype(np.float64)
    distances = np.empty(len(codes))
    for start in range(0, len(codes), _BLOCK):
        check()
        part = np.asarray(codes[start : start + _BLOCK])[:, dims].astype(np.float64)
        if metric == "euclidean":
            distances[start : start + len(part)] = np.linalg.norm(part - wanted, axis=1)
        else:
            lengths = np.linalg.norm(part, axis=1) * np.linalg.norm(wanted)
            cosine = np.divide(part @ wanted, lengths, out=np.zeros(len(part)), where=lengths > 0)
            distances[start : start + len(part)] = 1.0 - np.clip(cosine, -1.0, 1.0)
    order = np.argsort(distances, kind="stable")[:k]
    return order, distances[order]


def plane(
    codes: NDArray[Any], method: str = "pca", *, seed: int = 0, check: Check = go_on
) -> dict[str, NDArray[Any]]:
    """Place codes on a plane.

    UMAP (McInnes et al. 2018) runs on one thread, so the same codes and seed give the same map.

    Args:
        codes: [N, dims].
        method: one of :data:`METHODS`.
        seed: seed of UMAP; "pca" is deterministic.
        check: called between blocks; may raise to stop.

    Returns:
        ``coordinates`` [N, 2], and the principal plane whatever the method: ``centre`` [dims], ``basis`` [2, dims], ``scale`` [2]
        and ``variance`` [dims], see :func:`principal_axes`.

    Raises:
        ConfigError: the method is unknown, its package is missing, or there are too few pieces for it.
    """
    if method not in METHODS:
        raise ConfigError("there is no map {method!r}; {hint}", method=method, hint=did_you_mean(method, METHODS))
    if method == "umap":
        _umap()  # a missing package is reported before the work begins
    centre, basis, variance = principal_axes(codes, 2, check)
    # One scale for both axes, so that a map keeps its shape.
    scale = np.full(2, np.sqrt(variance[0]) if variance[0] > 0 else 1.0)
    parts = [
        (np.asarray(codes[start : start + _BLOCK], np.float32) - centre) @ basis.T / scale for start in range(0, len(codes), _BLOCK)
    ]
    coordinates = np.concatenate(parts) if parts else np.zeros((0, 2))
    if method == "umap":
        if len(codes) <= _NEIGHBOURS:
            raise ConfigError(
                "UMAP needs more than {neighbours} pieces, and there are {count}; take the method pca.",
                neighbours=_NEIGHBOURS,
                count=len(codes),
            )
        reducer = _umap()(n_neighbors=_NEIGHBOURS, min_dist=0.1, metric="euclidean", random_state=seed % 2**32, n_jobs=1)
        coordinates = reducer.fit_transform(np.asarray(codes, np.float32))
        coordinates = (coordinates - coordinates.mean(0)) / max(1e-9, float(coordinates.std(0).max()))
    return {"coordinates": coordinates, "centre": centre, "basis": basis, "scale": scale, "variance": variance}


def _umap() -> Any:
    try:
        import umap
    except ImportError as error:
        raise ConfigError(
            "the map by UMAP needs the package umap-learn, which is not installed.", remedy="install-or-pca",
            command=install_command("map"),
        ) from error  # fmt: skip
    return umap.UMAP


def write_map(
    folder: Path,
    found: dict[str, NDArray[Any]],
    codes: NDArray[np.float16],
    used_blocks: NDArray[np.bool_],
    values: NDArray[np.float64],
    index: Sequence[tuple[str, str]],
    about: dict[str, Any],
) -> int:
    """Write a map into a folder, each file atomically, ``map.json`` last.

    Args:
        folder: a new or empty folder, or one that holds a map, which is replaced.
        found: the result of :func:`plane`.
        codes: [N, dims].
        used_blocks: [N, blocks].
        values: attributes [N, A], in standard deviations from the mean.
        index: title and source of each piece.
        about: further entries of ``map.json``.

    Returns:
        The size in bytes of the files other than the codes.

    Raises:
        FileError: the folder is a file, or holds something that is not a map.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise FileError("{folder} is a file; expected a folder, which is made when it is not there.", folder=folder)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "map.json").is_file():
        raise FileError("{folder} holds something that is not a map; choose a new folder.", folder=folder)
    (folder / "map.json").unlink(missing_ok=True)  # so that a mixture of old and new files is never read as a map
    for name, array in (("codes", codes), ("used", np.packbits(used_blocks, axis=1))):
        with replacing(folder / f"{name}.npy") as temporary, open(temporary, "wb") as file:
            np.save(file, array, allow_pickle=False)
    tensors = {
        "coordinates": found["coordinates"].astype(np.float16),
        "values": np.clip(values, -60000, 60000).astype(np.float16),
        "centre": found["centre"].astype(np.float32),
        "basis": found["basis"].astype(np.float32),
        "scale": found["scale"].astype(np.float32),
    }
    small = {
        "map.safetensors": save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}),
        "index.jsonl.gz": gzip.compress(
            "".join(json.dumps(list(entry), ensure_ascii=False) + "\n" for entry in index).encode("utf-8"), mtime=0
        ),
    }
    for name, data in small.items():
        write_bytes(folder / name, data)
    about = {"kind": "map", "format": FORMAT, "pieces": len(codes), "blocks": int(used_blocks.shape[1]), **about}
    write_json(folder / "map.json", about)
    return sum(map(len, small.values())) + (folder / "map.json").stat().st_size


def open_map(folder: Path) -> LatentMap:
    """Read the map in a folder.

    Raises:
        FileError: there is none, it is damaged, or it is of a later format.
    """
    folder = Path(folder)
    if not (folder / "map.json").is_file():
        raise FileError("there is no map in {folder}.", remedy="make-map", folder=folder)
    try:
        if read_json(folder / "map.json", _Format)["format"] > FORMAT:
            raise FileError("the map in {folder} was made by a later GenStudio; update GenStudio.", folder=folder)
        return _open(folder, read_json(folder / "map.json", About))
    except (
        DamagedFileError,
        OSError,
        EOFError,
        zlib.error,
        SafetensorError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:
        why = str(error).rstrip(".")
        raise DamagedFileError("the map in {folder} is damaged ({why}); make it again.", folder=folder, why=why) from error


def _open(folder: Path, about: About) -> LatentMap:
    size, blocks, names = about["pieces"], about["blocks"], about["attributes"]
    tensors = {
        name: tensor.astype(np.float32) for name, tensor in load(read_bytes(folder / "map.safetensors", _MOST_BYTES)).items()
    }
    dims = len(tensors["centre"])
    shapes = {"coordinates": (size, 2), "values": (size, len(names)), "centre": (dims,), "basis": (2, dims), "scale": (2,)}
    fits = all(tensors[name].shape == shape and np.isfinite(tensors[name]).all() for name, shape in shapes.items())
    if not fits or not dims or dims % blocks or not (tensors["scale"] > 0).all():
        raise ValueError("its parts do not fit")
    path = folder / "index.jsonl.gz"
    with opened(path) as packed, gzip.open(packed) as file:
        # A compressed file may expand to any size: no more lines are read than there are pieces.
        index = [decode_json(line, tuple[str, str]) for line in lines_of(cast(BinaryIO, file), path, size)]
    if len(index) != size:
        raise ValueError("its index does not fit")
    codes = used = None
    if (folder / "codes.npy").exists():
        codes = map_array(folder / "codes.npy", (np.float16,), 2)
        bits = map_array(folder / "used.npy", (np.uint8,), 2)
        if codes.shape != (size, dims) or bits.shape != (size, -(-blocks // 8)):
            raise ValueError("its codes do not fit")
        used = np.unpackbits(bits, axis=1, count=blocks).astype(bool)
    return LatentMap(**{name: tensors[name] for name in shapes}, codes=codes, used=used, index=index, about=about)
