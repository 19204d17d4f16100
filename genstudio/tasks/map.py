"""Make two-dimensional maps of the pieces of a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genstudio.config import DecodingOptions, field, like
from genstudio.errors import FileError, InputError, Message
from genstudio.files import write_bytes, write_json
from genstudio.latent import load
from genstudio.progress import Monitor, Progress
from genstudio.tasks.base import PathLike, task
from genstudio.tasks.sequences import corpus_sequences

__all__ = ["Options", "carry_map", "make_map"]


@dataclass(frozen=True)
class Options:
    """How a map is made."""

    method: str = field("pca", "Method", "How the plane is found.", choices=("pca", "umap"))
    split: str = field("train", "Split", "Part of the corpus.", choices=("train", "valid", "test"))
    limit: int | None = field(None, "Limit", "No more pieces than this, drawn by the seed.", low=1, high=10**9)
    seed: int = like(DecodingOptions, "seed")


@task(Options)
def make_map(
    model: PathLike, corpus: PathLike, out: PathLike | None = None, *, options: Options, monitor: Monitor
) -> dict[str, Any]:
    """Make a two-dimensional map of the pieces of a corpus; :mod:`genstudio.models.latent_map` has its format.

    Args:
        model: the name or folder of a model.
        corpus: the folder of a corpus.
        out: the folder of the map; None: a folder in that of the model.

    Returns:
        ``model``, ``map`` (its folder), ``method``, ``pieces``, ``explained`` (shares of the variance), ``bytes``.

    Raises:
        ConfigError: the package that a method needs is missing.
        ModelError, CorpusError, FileError: something cannot be used or written.
    """
    import numpy as np

    from genstudio.corpus import Corpus
    from genstudio.models.attributes import blocks_of
    from genstudio.models.encoding import encode_all
    from genstudio.models.latent_map import OWN, plane, write_map

    if out is not None and Path(out).exists() and not Path(out).is_dir():
        raise FileError("{folder} is a file; expected a folder, which is made when it is not there.", folder=out)
    loaded = load(model)
    loaded.need_codes()
    folder = loaded.folder / OWN if out is None else Path(out)
    sequences = corpus_sequences(loaded, Path(corpus), options.split)
    if len(sequences) < 3:
        raise InputError(
            "the {split} split of {corpus} holds {count} pieces; a map needs at least 3.",
            split=options.split,
            corpus=corpus,
            count=len(sequences),
        )
    store = Corpus.open(Path(corpus)).split(options.split)
    rows = np.sort(np.random.default_rng(options.seed).permutation(len(sequences))[: options.limit]).tolist()
    sequences = [sequences[row] for row in rows]
    count = len(rows)
    done = monitor.counter("encoding", count, Message("pieces"))
    means, used = encode_all(loaded.network, sequences, check=monitor.check, done=done)
    layout = loaded.network.layout
    if layout.summary:
        means, used = means[:, : layout.summary], used[:, : layout.summary]
    values = np.zeros((count, len(loaded.domain.attributes)))
    for at, ids in enumerate(sequences):
        if at % 1000 == 0:
            monitor.check()
            monitor.report(Progress("measuring", at, count, Message("pieces")))
        piece = loaded.domain.from_symbols(loaded.tokenizer.decode(ids.tolist()))
        values[at] = [attribute.measure(piece) for attribute in loaded.domain.attributes]
    monitor.report(Progress("drawing", 0, 1, options.method))
    codes = means.astype(np.float16)
    found = plane(codes, options.method, seed=options.seed, check=monitor.check)
    mean, deviation = values.mean(0), values.std(0)
    monitor.check()
    variance = found["variance"]
    about = {
        "method": options.method,
        "model": loaded.name,
        "digest": loaded.digest,
        "corpus": Path(corpus).name,
        "corpus_digest": Corpus.open(Path(corpus)).digest,
        "split": options.split,
        "seed": options.seed,
        "explained": [float(one) for one in variance[:2] / max(1e-12, float(variance.sum()))],
        "attributes": [
            {"name": one.name, "label": one.label, "unit": one.unit, "mean": float(mean[at]), "deviation": float(deviation[at])}
            for at, one in enumerate(loaded.domain.attributes)
        ],
    }
    standard = (values - mean) / np.where(deviation > 0, deviation, 1.0)
    blocks = blocks_of(used, layout.summary or layout.block)
    index = [(store.title(row), store.source(row)) for row in rows]
    size = write_map(folder, found, codes, blocks, standard, index, about)
    monitor.report(Progress("drawing", 1, 1, options.method))
    return {
        "model": loaded.name,
        "map": str(folder),
        "method": options.method,
        "pieces": count,
        "explained": about["explained"],
        "bytes": size,
    }


def carry_map(source: Path, target: Path) -> int:
    """Copy the map of the model in ``source`` to its packed copy in ``target``, whose weights differ only in their precision.

    Returns:
        The number of bytes, 0 where there is no map or it was made with other weights.

    Raises:
        FileError: the map is damaged, or the copy cannot be written.
    """
    from genstudio.models.latent_map import OWN, PARTS, open_map

    here, there = source / OWN, target / OWN
    if not (here / "map.json").is_file():
        return 0
    about = open_map(here).about
    if about.get("digest") != load(source).digest:
        return 0
    for name in PARTS:
        if (here / name).is_file():
            write_bytes(there / name, (here / name).read_bytes())
    write_json(there / "map.json", {**about, "model": target.name, "digest": load(target).digest})
    return sum(file.stat().st_size for file in there.iterdir())
