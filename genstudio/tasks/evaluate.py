"""Evaluate a model on held-out pieces of a corpus, or on files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from genstudio.config import SamplingChoice
from genstudio.errors import ConfigError, FileError, InputError, Message
from genstudio.evaluation.options import EvaluationOptions
from genstudio.latent import Model, load
from genstudio.progress import Monitor, Progress
from genstudio.tasks.base import PathLike, task
from genstudio.tasks.examples import examples
from genstudio.tasks.sequences import corpus_sequences, file_sequences

__all__ = ["evaluate"]


@task(EvaluationOptions)
def evaluate(
    model: PathLike, corpus: PathLike | None = None, files: Sequence[PathLike] = (), *, read: Mapping[str, Any] | None = None,
    options: EvaluationOptions, monitor: Monitor,
) -> dict[str, Any]:  # fmt: skip
    """Measure a model over a split of a corpus, or over files and folders (their phrases, duplicates removed).

    Args:
        model: the name or folder of a model.
        corpus: the folder of a corpus, or None where files are given.
        files: files and folders.
        read: how files are read: the track of MIDI files, the column of a table.

    Returns:
        ``model``, ``digest``, ``seed``, ``on`` (a name of the data), ``corpus`` (its digest, if a corpus is given), and the groups
        of metrics of :func:`genstudio.evaluation.report.evaluate`; ``remarks`` and ``refused`` where there are any.

    Raises:
        ConfigError: neither or both of corpus and files are given.
        CorpusError, FileError, ModelError: one of them cannot be used.
    """
    import numpy as np

    from genstudio.corpus import Corpus
    from genstudio.evaluation.harmony import is_sheet
    from genstudio.evaluation.report import Known
    from genstudio.evaluation.report import evaluate as measure
    from genstudio.models.card import write_card
    from genstudio.models.manifest import update_manifest

    if (corpus is None) == (not files):
        raise ConfigError("say what to evaluate on: a corpus, or files; one of the two.")
    loaded = load(model)
    if options.write and not os.access(loaded.folder, os.W_OK):
        raise FileError("cannot write into {folder}: the metrics would be lost; copy the model first.", folder=loaded.folder)
    refused: list[dict[str, str]] = []
    if corpus is not None:
        sequences = corpus_sequences(loaded, Path(corpus), options.split)
        store = Corpus.open(Path(corpus)).split(options.split)
        titles = [store.title(row) for row in range(len(sequences))]
        about = f"{options.split} split of {Path(corpus).name}"
    else:
        sequences, titles, refused = file_sequences(loaded, [Path(item) for item in files], dict(read or {}), monitor.stop)
        about = ", ".join(Path(item).name for item in files[:3]) + (" …" if len(files) > 3 else "")
    if options.limit is not None and options.limit < len(sequences):
        chosen = np.sort(np.random.default_rng(options.seed).permutation(len(sequences))[: options.limit])
        sequences, titles = [sequences[index] for index in chosen], [titles[index] for index in chosen]
    if not sequences and refused:
        raise InputError("none of the files can be evaluated on; the first: {reason}.", reason=refused[0]["reason"])
    if not sequences:
        raise InputError(
            "there is nothing to evaluate on in the {about}; give a corpus with such a split, or other files.", about=about
        )
    wanted = [*(["the costs of interpolation"] if options.interpolation else []), *(["novelty"] if options.generated else [])]
    if options.harmony and is_sheet(loaded.trained.piece(sequences[0])):
        wanted.append("the baseline of the harmonies")
    training, origin, remarks = _training_of(loaded, corpus, options.split, " and ".join(wanted)) if wanted else ([], None, [])
    how = loaded.drawn({item.name: getattr(options, item.name) for item in fields(SamplingChoice)})
    digest = loaded.digest  # before the evaluation, since a training that goes on may write new weights meanwhile
    metrics = measure(loaded.trained, sequences, options, how, Known(training, origin), monitor)
    if options.interpolation and (found := metrics["interpolation"]["pairs"]) < options.interpolation:
        remarks.append(
            Message(
                "of {count} pieces {found} pairs of the same length can be made, not {interpolation}.",
                count=len(sequences),
                found=found,
                interpolation=options.interpolation,
            )
        )
    result = {"model": loaded.name, "digest": digest, "seed": options.seed, "on": about, **metrics}
    if corpus is not None:
        result["corpus"] = Corpus.open(Path(corpus)).digest
    if remarks:
        result["remarks"] = remarks
    if refused:
        result["refused"] = refused
    if options.write:
        kept = {name: value for name, value in result.items() if name not in ("remarks", "refused")}
        if "novelty" in kept:
            # The nearest training piece of each sample says nothing to readers of the card, who have neither.
            kept["novelty"] = {name: value for name, value in kept["novelty"].items() if name != "pieces"}
        shown = None
        if options.examples:
            monitor.report(Progress("examples", 0, 1))
            shown = examples(loaded, sequences, titles, options.examples, how, seed=options.seed, stop=monitor.stop)
        update_manifest(loaded.folder, {"evaluation": kept, "examples": shown})
        write_card(loaded.folder)
    return result


def _training_of(
    loaded: Model, corpus: PathLike | None, split: str, wanted: str
) -> tuple[list[Any], Callable[[int], tuple[str, str]] | None, list[str]]:
    """The training pieces to compare with.

    Args:
        wanted: the metrics that need them, for the remark that says that they are left out.

    Returns:
        Token ids, a function from the number of a piece to its title and source, and remarks; [] and None where there are no
        training pieces to compare with.
    """
    if corpus is None:
        return [], None, [f"without a corpus there are no training pieces to compare with; what needs them is left out ({wanted})."]
    if split == "train":
        return [], None, [f"training pieces cannot be compared with themselves; what needs other pieces is left out ({wanted})."]
    from genstudio.corpus import Corpus

    sequences = corpus_sequences(loaded, Path(corpus), "train")
    if not sequences:
        return [], None, [f"{Path(corpus).name} has no training pieces; what needs them is left out ({wanted})."]
    store = Corpus.open(Path(corpus)).split("train")
    return sequences, lambda index: (store.title(index), store.source(index)), []
