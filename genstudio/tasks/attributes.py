"""Learn the directions of attributes and labels in the latent space."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genstudio.config import DecodingOptions, field, like
from genstudio.errors import InputError
from genstudio.latent import load
from genstudio.latent.operations.shape import Options as Search
from genstudio.progress import Monitor
from genstudio.tasks.base import PathLike, task
from genstudio.tasks.sequences import corpus_sequences

__all__ = ["Options", "learn_attributes"]


@dataclass(frozen=True)
class Options:
    """How directions are learned and measured."""

    limit: int = field(6000, "Limit", "Training pieces, drawn by the seed.", low=1, high=10**9)
    donors: int = field(
        512, "Examples", "Pieces kept as examples for the search; more are better and larger.", low=1, high=100_000
    )
    measure: int = field(
        0, "Measure", "Evaluate on N held-out pieces how well attributes can be changed, and write it into the model's card.",
        low=0, high=10**6,
    )  # fmt: skip
    keep: bool = field(False, "Keep", "Only measure: keep the directions that the model has.")
    rounds: int = like(Search, "rounds", help="Rounds of the search measured.")
    candidates: int = like(Search, "candidates")
    seed: int = like(DecodingOptions, "seed")


@task(Options)
def learn_attributes(model: PathLike, corpus: PathLike, *, options: Options, monitor: Monitor) -> dict[str, Any]:
    """Learn the directions of the attributes of a domain and of the labels of a corpus, and store them in the model.

    Args:
        model: the name or folder of a model.
        corpus: the folder of a corpus.

    Returns:
        ``model``, ``pieces`` (the number that they were learned from), ``attributes`` (a dict for each), and with
        ``measure`` ``control``, see :mod:`genstudio.evaluation.attributes`.

    Raises:
        ModelError, CorpusError: one of them cannot be used, or they do not fit.
    """
    import numpy as np

    from genstudio.corpus import Corpus
    from genstudio.evaluation.attributes import control
    from genstudio.generation.attributes import learn
    from genstudio.models.attributes import save_space
    from genstudio.models.card import write_card
    from genstudio.models.manifest import read_manifest, update_manifest

    loaded = load(model)
    loaded.need_codes()
    opened = Corpus.open(Path(corpus))

    def drawn(split: str, most: int) -> tuple[list[Any], list[int]]:
        sequences = corpus_sequences(loaded, Path(corpus), split)
        rows = np.sort(np.random.default_rng(options.seed).permutation(len(sequences))[:most]).tolist()
        return [sequences[row] for row in rows], rows

    held_out = drawn("test", options.measure)[0] if options.measure else []
    if options.measure and len(held_out) < 2:
        raise InputError(
            "the test split of {corpus} holds {count} pieces; give a corpus with some held out.", corpus=corpus, count=len(held_out)
        )
    if not options.keep:
        sequences, rows = drawn("train", options.limit)
        labels = {name: [values[row] for row in rows] for name, values in opened.split("train").labels.items()}
        space = learn(
            loaded.trained, sequences, labels,
            corpus=opened.digest, donors=options.donors, seed=options.seed, monitor=monitor,
        )  # fmt: skip
    else:
        space = loaded.attribute_space
    result: dict[str, Any] = {
        "model": loaded.name,
        "pieces": space.pieces,
        "attributes": [dict(vars(attribute)) for attribute in space.attributes],
    }
    if options.measure:
        found = control(
            loaded.trained, space, held_out,
            rounds=options.rounds, candidates=options.candidates, seed=options.seed, monitor=monitor,
        )  # fmt: skip
        about: dict[str, Any] = {"on": f"test split of {Path(corpus).name}", "n": len(held_out)}
        about |= {"rounds": options.rounds, "candidates": options.candidates}
        result["control"] = {**about, "attributes": found}
    # Everything is written at the end, so that a stopped call leaves the model as it was.
    if not options.keep:
        save_space(loaded.folder, space)
    if options.measure:
        entry: Any = read_manifest(loaded.folder).get("attributes") or {}
        update_manifest(loaded.folder, {"attributes": {**entry, "control": result["control"]}})
    write_card(loaded.folder)
    return result
