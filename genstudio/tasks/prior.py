"""Fit a prior to the codes of a corpus, so that samples are drawn from the region of real pieces."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from genstudio.config import PRESETS, PRIOR_OF_BLOCKS, PriorFitting
from genstudio.errors import InputError
from genstudio.files import write_json
from genstudio.latent import load
from genstudio.paths import find_model
from genstudio.progress import Monitor
from genstudio.tasks.base import PathLike, task
from genstudio.tasks.sequences import corpus_sequences
from genstudio.training.options import PriorRun

__all__ = ["fit_prior", "prior_begun"]


@task(PriorRun)
def fit_prior(model: PathLike, corpus: PathLike, *, options: PriorRun, monitor: Monitor) -> dict[str, Any]:
    """Fit a prior to the codes of a corpus and store it in the model; see :func:`genstudio.training.prior.fit_prior`.

    This changes the samples and the digest of the model; a map in its folder is kept. The default number of steps is that of the
    preset of the model, or 3,000; a resumed fitting continues with the options that it was started with.

    Args:
        model: the name or folder of a model.
        corpus: the folder of a corpus.

    Returns:
        ``model`` and what :func:`genstudio.training.prior.fit_prior` returns.

    Raises:
        ModelError, CorpusError: one of them cannot be used, or they do not fit.
    """
    from genstudio.models.card import write_card
    from genstudio.models.latent_map import OWN, open_map
    from genstudio.training.prior import PRIOR
    from genstudio.training.prior import fit_prior as run

    loaded = load(model)
    train, valid = (corpus_sequences(loaded, Path(corpus), split) for split in ("train", "valid"))
    if not train:
        raise InputError("the train split of {corpus} is empty; give a corpus with pieces to learn from.", corpus=corpus)
    before, about = loaded.digest, loaded.folder / OWN / "map.json"
    kept = open_map(about.parent).about if about.is_file() else None
    # With the options of the preset that the model was trained with, if that is known.
    preset = PRESETS.get(str(loaded.manifest.get("preset")))
    fitting = preset.config.prior if preset is not None and preset.config.prior.steps else PriorFitting(steps=PRIOR.steps)
    if not loaded.network.layout.summary:
        fitting = PRIOR_OF_BLOCKS
    optimizer = dataclasses.replace(
        PRIOR, steps=fitting.steps, batch_size=fitting.batch_size, learning_rate=fitting.learning_rate
    )
    found = run(
        loaded.folder, train, valid, options=fitting.options, optimizer=optimizer, run=options, monitor=monitor
    )
    changed = load(loaded.folder)
    if kept is not None and kept["digest"] == before:  # the map depends on the encoder alone, which is the same
        write_json(about, {**kept, "digest": changed.digest})
    write_card(loaded.folder)
    return {"model": loaded.name, **found}


def prior_begun(model: PathLike) -> bool:
    """Whether there is a stopped fitting of the prior of the model that ``resume`` would continue."""
    from genstudio.training.prior import half_fitted

    return half_fitted(find_model(model))


