"""What a model learns of a corpus besides its weights: directions of attributes, kept with the model, and maps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from genstudio.config import PRESETS, PRIOR_OF_BLOCKS, PriorFitting
from genstudio.errors import ConfigError, FileError, InputError, Message, ModelError, did_you_mean
from genstudio.latent import Model, load
from genstudio.progress import Monitor, Progress, Report, Stop, silent

__all__ = ["carry_map", "corpus_sequences", "fit_prior", "learn_attributes", "make_map", "prior_begun"]


def corpus_sequences(loaded: Model, folder: Path, split: str) -> list[Any]:
    """Token ids of a split of a corpus, as ``loaded`` writes them where its tokenizer is another.

    Raises:
        CorpusError: there is no such corpus or split, or it is damaged.
        ModelError: the corpus holds another kind of data.
    """
    import numpy as np

    from genstudio.corpus import Corpus

    opened = Corpus.open(folder)
    if opened.domain != loaded.domain.name:
        raise ModelError(
            "{loaded} is a model of {domain}, but the corpus holds {domain_2}; choose another.",
            loaded=loaded.name,
            domain=loaded.domain.name,
            domain_2=opened.domain,
        )
    store = opened.split(split)
    sequences = [store[index] for index in range(len(store))]
    if opened.tokenizer.digest == loaded.tokenizer.digest:
        return sequences
    texts = [opened.tokenizer.decode(ids.tolist()) for ids in sequences]
    return [np.asarray(ids, dtype=np.int64) for ids in loaded.tokenizer.encode_many(texts)]


def learn_attributes(
    model: str | os.PathLike[str],
    corpus: str | os.PathLike[str],
    *,
    limit: int = 6000,
    donors: int = 512,
    measure: int = 0,
    rounds: int = 12,
    candidates: int = 32,
    relearn: bool = True,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Learn the directions of the domain's attributes, and of the corpus's labels, and keep them with the model.

    Args:
        limit: at most so many training pieces, drawn with ``seed``.
        donors: how many of them are kept as examples for the search.
        measure: over so many held-out pieces (of the test split) measure how well the attributes can be moved, see
            :mod:`genstudio.evaluation.attributes`, and write it into the model's card; 0: not.
        rounds, candidates: of the search that is measured.
        relearn: False measures the directions that are there.

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

    if limit < 1 or donors < 1 or measure < 0:
        raise ConfigError(
            "limit is {limit}, donors {donors}, measure {measure}; expected 1 or more, 1 or more, 0 or more.",
            limit=limit,
            donors=donors,
            measure=measure,
        )
    loaded = load(model)
    loaded.need_codes()
    opened = Corpus.open(Path(corpus))

    def drawn(split: str, most: int) -> tuple[list[Any], list[int]]:
        sequences = corpus_sequences(loaded, Path(corpus), split)
        rows = np.sort(np.random.default_rng(seed).permutation(len(sequences))[:most]).tolist()
        return [sequences[row] for row in rows], rows

    held_out = drawn("test", measure)[0] if measure else []
    if measure and len(held_out) < 2:
        raise InputError(
            "the test split of {corpus} holds {count} pieces; give a corpus with some held out.", corpus=corpus, count=len(held_out)
        )
    if relearn:
        sequences, rows = drawn("train", limit)
        labels = {name: [values[row] for row in rows] for name, values in opened.split("train").labels.items()}
        space = learn(
            loaded.network, loaded.tokenizer, loaded.domain, sequences, labels,
            corpus=opened.digest, donors=donors, seed=seed, report=report, stop=stop,
        )  # fmt: skip
    else:
        space = loaded.attribute_space
    result: dict[str, Any] = {
        "model": loaded.name,
        "pieces": space.pieces,
        "attributes": [dict(vars(attribute)) for attribute in space.attributes],
    }
    if measure:
        found = control(
            loaded.trained, space, held_out,
            rounds=rounds, candidates=candidates, seed=seed, monitor=Monitor(report, stop or Stop()),
        )  # fmt: skip
        about = {"on": f"test split of {Path(corpus).name}", "n": len(held_out), "rounds": rounds, "candidates": candidates}
        result["control"] = {**about, "attributes": found}
    # All is written at the end: who stops the measuring has the model as it was.
    if relearn:
        save_space(loaded.folder, space)
    if measure:
        entry: Any = read_manifest(loaded.folder).get("attributes") or {}
        update_manifest(loaded.folder, {"attributes": {**entry, "control": result["control"]}})
    write_card(loaded.folder)
    return result


def fit_prior(
    model: str | os.PathLike[str],
    corpus: str | os.PathLike[str],
    *,
    max_steps: int | None = None,
    max_minutes: float | None = None,
    limit: int | None = None,
    resume: bool = False,
    further: bool = False,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Fit a prior to the model's codes of a corpus and keep it with the model; see :func:`genstudio.training.prior.fit_prior`.

    The model's samples change with it, and so does its digest; a map that is kept with it stays.

    Args:
        max_steps: how many steps (as many as the model's preset has, or 3,000; of a fitting that is resumed, as it was begun).
        max_minutes: the schedule follows the clock.
        limit: at most so many training pieces.
        further: from the prior that the model has, not from a fresh one.

    Raises:
        ModelError, CorpusError: one of them cannot be used, or they do not fit.
    """
    import dataclasses

    from genstudio.files import write_json
    from genstudio.models.card import write_card
    from genstudio.models.latent_map import OWN, open_map
    from genstudio.training.options import PriorRun
    from genstudio.training.prior import PRIOR
    from genstudio.training.prior import fit_prior as run

    if max_steps is not None and max_steps < 1:
        raise ConfigError("max-steps is {max_steps}; expected 1 or more.", max_steps=max_steps)
    if limit is not None and limit < 1:
        raise ConfigError("limit is {limit}; expected 1 or more.", limit=limit)
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
        loaded.folder, train, valid, options=fitting.options, optimizer=optimizer,
        run=PriorRun(max_steps, max_minutes, limit, further, resume, seed), monitor=Monitor(report, stop or Stop()),
    )  # fmt: skip
    changed = load(loaded.folder)
    if kept is not None and kept["digest"] == before:  # the encoder, which the map is of, is the same
        write_json(about, {**kept, "digest": changed.digest})
    write_card(loaded.folder)
    return {"model": loaded.name, **found}


def prior_begun(model: str | os.PathLike[str]) -> bool:
    """Whether a fitting of the model's prior was stopped that ``resume`` would go on with."""
    from genstudio.paths import find_model
    from genstudio.training.prior import half_fitted

    return half_fitted(find_model(model))


def make_map(
    model: str | os.PathLike[str],
    corpus: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    *,
    method: str = "pca",
    split: str = "train",
    limit: int | None = None,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """A 2-D map of the pieces of a corpus; its format is told in :mod:`genstudio.models.latent_map`.

    Args:
        out: its folder; None: it is kept with the model.
        method: "pca" or "umap". limit: at most so many pieces, drawn with ``seed``.

    Raises:
        ConfigError: the method is unknown or its package missing.
        ModelError, CorpusError, FileError: something cannot be used or written.
    """
    import numpy as np

    from genstudio.corpus import Corpus
    from genstudio.models.attributes import blocks_of
    from genstudio.models.encoding import encode_all
    from genstudio.models.latent_map import METHODS, OWN, plane, write_map

    if method not in METHODS:
        raise ConfigError("there is no map {method!r}; {hint}", method=method, hint=did_you_mean(method, METHODS))
    if limit is not None and limit < 1:
        raise ConfigError("limit is {limit}; expected 1 or more.", limit=limit)
    halt = stop or Stop()
    if out is not None and Path(out).exists() and not Path(out).is_dir():
        raise FileError("{folder} is a file; expected a folder, which is made when it is not there.", folder=out)
    loaded = load(model)
    loaded.need_codes()
    folder = loaded.folder / OWN if out is None else Path(out)
    sequences = corpus_sequences(loaded, Path(corpus), split)
    if len(sequences) < 3:
        raise InputError(
            "the {split} split of {corpus} holds {count} pieces; a map needs at least 3.",
            split=split,
            corpus=corpus,
            count=len(sequences),
        )
    store = Corpus.open(Path(corpus)).split(split)
    rows = np.sort(np.random.default_rng(seed).permutation(len(sequences))[:limit]).tolist()
    sequences = [sequences[row] for row in rows]
    count = len(rows)
    means, used = encode_all(
        loaded.network, sequences, check=halt.check, done=lambda at: report(Progress("encoding", at, count, Message("pieces")))
    )
    layout = loaded.network.layout
    if layout.summary:
        means, used = means[:, : layout.summary], used[:, : layout.summary]
    values = np.zeros((count, len(loaded.domain.attributes)))
    for at, ids in enumerate(sequences):
        if at % 1000 == 0:
            halt.check()
            report(Progress("measuring", at, count, Message("pieces")))
        piece = loaded.domain.from_symbols(loaded.tokenizer.decode(ids.tolist()))
        values[at] = [attribute.measure(piece) for attribute in loaded.domain.attributes]
    report(Progress("drawing", 0, 1, method))
    codes = means.astype(np.float16)
    found = plane(codes, method, seed=seed, check=halt.check)
    mean, deviation = values.mean(0), values.std(0)
    halt.check()
    variance = found["variance"]
    about = {
        "method": method,
        "model": loaded.name,
        "digest": loaded.digest,
        "corpus": Path(corpus).name,
        "corpus_digest": Corpus.open(Path(corpus)).digest,
        "split": split,
        "seed": seed,
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
    report(Progress("drawing", 1, 1, method))
    return {
        "model": loaded.name,
        "map": str(folder),
        "method": method,
        "pieces": count,
        "explained": about["explained"],
        "bytes": size,
    }


def carry_map(source: Path, target: Path) -> int:
    """Keep the map of the model in ``source`` with its packed copy in ``target``, whose weights are the same but for their
    precision; returns the bytes, 0 where there is no map or it was made with other weights.

    Raises:
        FileError: the map is damaged, or cannot be written.
    """
    from genstudio.files import write_bytes, write_json
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
