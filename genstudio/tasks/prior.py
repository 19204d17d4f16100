"""Fitting a prior to the codes of a corpus, so that samples are drawn where pieces are."""

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
    """Fit a prior to the model's codes of a corpus and keep it with the model; see :func:`genstudio.training.prior.fit_prior`.

    The model's samples change with it, and so does its digest; a map that is kept with it stays. Without a number of steps it
    takes as many as the model's preset has, or 3,000; a fitting that is resumed goes on as it was begun.

    Args:
        model: its name or folder.
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
    # As the preset that the model was trained with has it, where that is known.
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
    if kept is not None and kept["digest"] == before:  # the encoder, which the map is of, is the same
        write_json(about, {**kept, "digest": changed.digest})
    write_card(loaded.folder)
    return {"model": loaded.name, **found}


def prior_begun(model: PathLike) -> bool:
    """Whether a fitting of the model's prior was stopped that ``resume`` would go on with."""
    from genstudio.training.prior import half_fitted

    return half_fitted(find_model(model))


