"""The use cases: the one door to the engine for the command line, a notebook and the desktop studio.

torch is imported inside the functions, so that importing this module costs nothing. Every function that writes files returns a
plain dict that is the command's JSON result; ``remarks`` in it are sentences that a person should see, ``show`` a picture for a
terminal.
"""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio import paths
from genstudio.config import BOTTLENECKS, LONGEST_PHRASE, PRESETS, Preset, TrainConfig, get_preset, override
from genstudio.domains import check_options, domain_of, get_domain, read_file
from genstudio.errors import ConfigError, FileError, InputError, Message, ModelError, did_you_mean
from genstudio.files import read_bytes
from genstudio.latent import LARGEST_SAMPLE, Model, Pieces, load
from genstudio.latent.maps import nearest
from genstudio.latent.remaking import again
from genstudio.progress import Monitor, Progress, Report, Stop, silent
from genstudio.workbench.learning import carry_map, corpus_sequences, fit_prior, learn_attributes, make_map

if TYPE_CHECKING:
    from genstudio.corpus import Corpus

__all__ = [
    "EXAMPLES",
    "GENERATED",
    "LARGEST_SAMPLE",
    "Model",
    "Pieces",
    "again",
    "build_corpus",
    "doctor",
    "evaluate",
    "export",
    "fit_prior",
    "learn_attributes",
    "load",
    "make_map",
    "model_card",
    "models",
    "nearest",
    "pack",
    "trace",
    "train",
]

GENERATED = 100
"""How many samples of the prior are measured where nothing else is said."""

_LARGEST_CARD = 10_000_000  # bytes

EXAMPLES = 5
"""How many reconstructions are kept with a model's figures as examples where nothing else is said."""


def _array(ids: Sequence[int]) -> Any:
    import numpy as np

    return np.asarray(ids, dtype=np.int64)


def build_corpus(
    sources: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    preset: str | None = None,
    domain: str | None = None,
    bars: int | None = None,
    stride: int | None = None,
    most: int = 0,
    vocab_size: int | None = None,
    valid: float | None = None,
    test: float | None = None,
    tokenizer: str | os.PathLike[str] | None = None,
    seed: int = 0,
    workers: int = 0,
    read: Mapping[str, Any] | None = None,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Files and folders to a corpus in the folder ``out``; the result is its ``report.json``.

    Without a preset the domain's first one gives phrase length, stride and vocabulary size; what is given here wins.
    Pieces of more than ``most`` bars or words are left out; 0: none.

    Raises:
        ConfigError: neither preset nor domain is given, or they do not fit each other.
        CorpusError, FileError: nothing could be taken, or ``out`` cannot be written.
    """
    from genstudio.corpus import CorpusOptions, build

    if preset is None and domain is None:
        raise ConfigError("say what the files hold: melody, drums or text, or name a preset.")
    if preset is not None:
        start = get_preset(preset)
        if domain is not None and domain != start.domain:
            raise ConfigError(
                "the preset {preset} is for {domain}, not for {domain_2}; leave one of the two out.",
                preset=preset,
                domain=start.domain,
                domain_2=domain,
            )
    else:
        get_domain(str(domain))
        fitting = [item for item in PRESETS.values() if item.domain == domain]
        if not fitting:
            raise ConfigError(
                "no preset is for the domain {domain}; {hint}",
                domain=domain,
                hint=did_you_mean(str(domain), {p.domain for p in PRESETS.values()}),
            )
        start = fitting[0]
    length = start.length if bars is None else bars
    if start.length and not 1 <= length <= LONGEST_PHRASE:
        raise ConfigError("bars is {value}; expected 1 to {most}.", value=length, most=LONGEST_PHRASE)
    if bars and not start.length:
        raise ConfigError("bars were given, but {domain} has no bars; leave the bars out.", domain=start.domain)
    if stride is None:
        stride = start.stride if length == start.length else max(1, length // 2)
    options = CorpusOptions(
        domain=start.domain,
        length=length,
        stride=stride,
        shortest=0,
        most=most,
        vocab_size=start.vocab_size if vocab_size is None else vocab_size,
        tokenizer_model=start.tokenizer_model,
        longest_token=start.longest_token,
        seed=seed,
        workers=workers,
        read=dict(read or {}),
        tokenizer=os.fspath(tokenizer) if tokenizer is not None else None,
    )
    if valid is not None:
        options = dataclasses.replace(options, valid=valid)
    if test is not None:
        options = dataclasses.replace(options, test=test)
    return build([Path(source) for source in sources], Path(out), options, report, stop)


def train_config(preset: str, overrides: Sequence[str] = (), start: Path | None = None) -> TrainConfig:
    """The configuration of a preset with ``name=value`` settings changed.

    Args:
        start: a model that is gone on from: core and bottleneck are its own.

    Raises:
        ConfigError: a name is unknown or a value out of range.
    """
    from genstudio.models import cores

    fields = {name: cores.options_class(name) for name in cores.names()}
    from genstudio.models.manifest import read_manifest

    config = get_preset(preset).config
    if start is not None:
        model = read_manifest(start)["model"]
        config = dataclasses.replace(
            config,
            core=model["core"],
            core_options=dict(model["core_options"]),
            bottleneck=model.get("bottleneck", "vae"),
            kl=dataclasses.replace(config.kl, batch_norm=model.get("batch_norm", 0.0)),
        )
    return override(config, overrides, fields)


def _corpus_for(corpus: Path, start: Path | None, resumed: Path | None) -> tuple[Corpus, list[str]]:
    """The corpus in the tokens of the model that is gone on from, or of the training that is resumed, and remarks."""
    from genstudio.corpus import Corpus as Opened
    from genstudio.corpus import Recoded
    from genstudio.decoding import most_tokens
    from genstudio.models.checkpoint import load_model
    from genstudio.models.manifest import read_manifest

    opened = Opened.open(corpus)
    # What was left out at the start stays so where it is resumed: the limit is that of the model that was begun from.
    former = start if start is not None or resumed is None or not (resumed / "manifest.json").is_file() else resumed
    if former is None or read_manifest(former)["tokenizer_digest"] == opened.tokenizer.digest:
        return opened, []
    model, tokenizer, _ = load_model(former)
    times = max(1, math.ceil(int(opened.manifest["segments"]) / max(1, model.spec.segments - 1)))  # more bars, more tokens
    recoded = Recoded(opened, tokenizer, times * most_tokens(model))
    if not recoded.left_out:
        return recoded, []
    return recoded, [
        Message(
            "{count} pieces are far longer than all that {model} was trained on, and were left out.",
            count=recoded.left_out, model=former.name,
        )
    ]  # fmt: skip


def _preset_for(corpus: str | os.PathLike[str], preset: str | None, start: Path | None = None) -> Preset:
    """The preset of that name, or that of the model that is gone on from, or the one whose domain and phrase length are nearest to
    the corpus."""
    from genstudio.corpus import Corpus

    opened = Corpus.open(Path(corpus))
    options = opened.manifest["options"]
    from genstudio.models.manifest import read_manifest

    if preset is None and start is not None:
        begun = read_manifest(start)
        kept, longer = begun.get("preset"), int(opened.manifest["segments"]) >= begun["model"]["segments"] > 1
        preset = kept if kept in PRESETS and not longer else None
    if preset is None:
        fitting = [item for item in PRESETS.values() if item.domain == opened.domain]
        if not fitting:
            raise ConfigError(
                "no preset is for the domain {domain}; name one of: {presets}.", domain=opened.domain, presets=", ".join(PRESETS)
            )
        return min(
            fitting,
            key=lambda item: (abs(item.length - int(options["length"])), abs(item.longest_token - int(options["longest_token"]))),
        )
    chosen = get_preset(preset)
    if chosen.domain != opened.domain:
        raise ConfigError(
            "the preset {preset} is for {domain}, but the corpus holds {domain_2}; choose another.",
            preset=preset,
            domain=chosen.domain,
            domain_2=opened.domain,
        )
    return chosen


def train(
    corpus: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    preset: str | None = None,
    overrides: Sequence[str] = (),
    max_steps: int | None = None,
    max_minutes: float | None = None,
    resume: bool = False,
    start: str | os.PathLike[str] | None = None,
    about: str | os.PathLike[str] | None = None,
    seed: int = 0,
    device: str = "auto",
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Train a model on a corpus into the folder ``out``; see :func:`genstudio.training.loop.train` for resume and stop.

    The last stage is the fitting of a prior, as the preset or ``prior.steps`` say; ``max_minutes`` hold for all of it. Without a
    preset, the one whose domain and phrase length are nearest to the corpus is taken. ``start`` is a model (name or
    folder) to go on from instead of fresh weights; the corpus must be built with its tokenizer. ``about`` is a text file with
    what the model card should say of the data, its credits and licences.
    """
    from genstudio.models.card import write_card
    from genstudio.training.loop import train as run
    from genstudio.training.options import TrainingRun

    if max_steps is not None and max_steps < 1:
        raise ConfigError("max-steps is {max_steps}; expected 1 or more.", max_steps=max_steps)
    if max_minutes is not None and not max_minutes > 0:
        raise ConfigError("max-minutes is {max_minutes}; expected more than 0.", max_minutes=max_minutes)
    if device not in ("auto", "cpu", "cuda"):
        raise ConfigError(
            "there is no device {device!r}; {hint}", device=device, hint=did_you_mean(device, ("auto", "cpu", "cuda"))
        )
    told = _text(about)
    former = paths.find_model(start) if start is not None else None
    chosen = _preset_for(corpus, preset, former)
    opened, remarks = _corpus_for(Path(corpus), former, Path(out) if resume else None)
    config = train_config(chosen.name, overrides, former)
    for remark in remarks:
        report(Progress("warning", message=remark, data={"event": "warning", "kind": "corpus"}))
    start = None if former is None else os.fspath(former)
    options = TrainingRun(max_steps, max_minutes, resume, start, seed, device)
    result = run(opened, Path(out), chosen, config, options, Monitor(report, stop or Stop()))
    if int(os.environ.get("RANK", "0")) == 0:
        write_card(Path(out), about=told)
    return dataclasses.asdict(result)


def compare(
    corpus: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    cores: Sequence[str] = (),
    bottlenecks: Sequence[str] = (),
    variants: Mapping[str, Sequence[str]] | None = None,
    overrides: Sequence[str] = (),
    preset: str | None = None,
    max_steps: int | None = None,
    max_minutes: float | None = None,
    samples: int = 20,
    limit: int | None = None,
    seed: int = 0,
    device: str = "auto",
    command: str = "",
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Train variants of a model with the same budget, and measure them; see :func:`genstudio.workbench.comparing.compare`.

    Args:
        cores, bottlenecks: every core with every bottleneck; without either, and without ``variants``, all there are.
        variants: more of them, name to settings.
        overrides: settings of all. max_steps, max_minutes: of each. samples, limit: of :func:`evaluate`.

    Raises:
        ConfigError: a name is unknown or a value out of range.
        CorpusError, ModelError, FileError: the corpus cannot be used, ``out`` holds another comparison, or cannot be written.
    """
    from genstudio.models import cores as known
    from genstudio.workbench import comparing

    chosen = _preset_for(corpus, preset)
    more = dict(variants or {})
    if not more or cores or bottlenecks:
        cores = cores or known.names()
        bottlenecks = bottlenecks or BOTTLENECKS
    # The preset's core is compared as the others are, with its own defaults.
    plain = known.options_class(chosen.config.core)()
    usual = {chosen.config.core: [f"core.{name}={getattr(plain, name)}" for name in chosen.config.core_options]}
    made = [one for core in cores for one in comparing.grid([core], bottlenecks, [*usual.get(core, ()), *overrides])]
    made += [comparing.Variant(name, (*settings, *overrides)) for name, settings in more.items()]
    for variant in made:
        train_config(chosen.name, variant.settings)  # an unknown name is told before hours are spent
    return comparing.compare(
        Path(corpus), Path(out), made, train=train, evaluate=evaluate, preset=chosen.name,
        budget={"max_steps": max_steps, "max_minutes": max_minutes}, measures={"samples": samples, "limit": limit, "generated": 0},
        seed=seed, device=device, command=command, report=report, stop=stop,
    )  # fmt: skip


def evaluate(
    model: str | os.PathLike[str],
    corpus: str | os.PathLike[str] | None = None,
    files: Sequence[str | os.PathLike[str]] = (),
    *,
    split: str = "test",
    limit: int | None = None,
    samples: int = 20,
    interpolation: int = 0,
    generated: int = GENERATED,
    temperature: float | None = None,
    top_p: float | None = None,
    spread: float | None = None,
    best_of: int | None = None,
    write: bool = False,
    examples: int = EXAMPLES,
    read: Mapping[str, Any] | None = None,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Every figure of the model over a split of a corpus, or over files and folders (their phrases, duplicates removed).

    Args:
        limit: at most so many pieces, drawn with ``seed``.
        samples: K of the importance-weighted NLL.
        interpolation: between how many pairs of these pieces it is measured too, see :mod:`genstudio.evaluation.interpolation`.
        generated: how many samples of the prior are measured and compared with these pieces and, where a corpus is given, with its
            training pieces, see :mod:`genstudio.evaluation.music`, ``text`` and ``novelty``; 0: none.
        temperature, top_p, spread, best_of: how they are drawn; None: as the model's manifest says.
        write: keep the figures in the model's manifest and card, with examples that nobody has picked.
        examples: how many reconstructions are among them, beside eight samples; 0: no examples at all. See
            :mod:`genstudio.workbench.examples`.

    Raises:
        ConfigError: neither or both of corpus and files are given.
        CorpusError, FileError, ModelError: one of them cannot be used.
    """
    import numpy as np

    from genstudio.corpus import Corpus
    from genstudio.evaluation.options import EvaluationOptions
    from genstudio.evaluation.report import Known
    from genstudio.evaluation.report import evaluate as measure
    from genstudio.models.card import write_card
    from genstudio.models.manifest import update_manifest
    from genstudio.workbench.examples import examples as made

    if (corpus is None) == (not files):
        raise ConfigError("say what to evaluate on: a corpus, or files; one of the two.")
    loaded = load(model)
    if write and not os.access(loaded.folder, os.W_OK):
        raise FileError("cannot write into {folder}: the figures would be lost; copy the model first.", folder=loaded.folder)
    refused: list[dict[str, str]] = []
    if corpus is not None:
        sequences = corpus_sequences(loaded, Path(corpus), split)
        store = Corpus.open(Path(corpus)).split(split)
        titles = [store.title(row) for row in range(len(sequences))]
        about = f"{split} split of {Path(corpus).name}"
    else:
        sequences, titles, refused = _file_sequences(loaded, [Path(item) for item in files], dict(read or {}), stop or Stop())
        about = ", ".join(Path(item).name for item in files[:3]) + (" …" if len(files) > 3 else "")
    if limit is not None and limit < 1:
        raise ConfigError("limit is {limit}; expected 1 or more.", limit=limit)
    if interpolation < 0:
        raise ConfigError("interpolation is {interpolation}; expected a number of pairs, 0 for none.", interpolation=interpolation)
    if not 0 <= examples <= 100:
        raise ConfigError("examples is {examples}; expected 0 to 100.", examples=examples)
    if not 0 <= generated <= LARGEST_SAMPLE:
        raise ConfigError(
            "generated is {generated}; expected a number of samples up to {largest_sample:,}, 0 for none.",
            generated=generated,
            largest_sample=LARGEST_SAMPLE,
        )
    if limit is not None and limit < len(sequences):
        chosen = np.sort(np.random.default_rng(seed).permutation(len(sequences))[:limit])
        sequences, titles = [sequences[index] for index in chosen], [titles[index] for index in chosen]
    if not sequences and refused:
        raise InputError("none of the files can be evaluated on; the first: {reason}.", reason=refused[0]["reason"])
    if not sequences:
        raise InputError(
            "there is nothing to evaluate on in the {about}; give a corpus with such a split, or other files.", about=about
        )
    wanted = [*(["the costs of interpolation"] if interpolation else []), *(["novelty"] if generated else [])]
    training, origin, remarks = _training_of(loaded, corpus, split, " and ".join(wanted)) if wanted else ([], None, [])
    how = loaded.drawn(temperature, top_p, spread, best_of)
    digest = loaded.digest  # at once: a training that goes on may write the weights before all is measured
    options = EvaluationOptions(samples=samples, interpolation=interpolation, generated=generated, seed=seed)
    figures = measure(loaded.trained, sequences, options, how, Known(training, origin), Monitor(report, stop or Stop()))
    if interpolation and (found := figures["interpolation"]["pairs"]) < interpolation:
        remarks.append(
            Message(
                "of {count} pieces {found} pairs of the same length can be made, not {interpolation}.",
                count=len(sequences),
                found=found,
                interpolation=interpolation,
            )
        )
    result = {"model": loaded.name, "digest": digest, "seed": seed, "on": about, **figures}
    if corpus is not None:
        result["corpus"] = Corpus.open(Path(corpus)).digest
    if remarks:
        result["remarks"] = remarks
    if refused:
        result["refused"] = refused
    if write:
        kept = {name: value for name, value in result.items() if name not in ("remarks", "refused")}
        if "novelty" in kept:
            # Which training piece each sample is near to is of no use to one who has neither.
            kept["novelty"] = {name: value for name, value in kept["novelty"].items() if name != "pieces"}
        shown = None
        if examples:
            report(Progress("examples", 0, 1))
            shown = made(
                loaded, sequences, titles, examples, sampling=how, seed=seed, stop=stop
            )  # fmt: skip
        update_manifest(loaded.folder, {"evaluation": kept, "examples": shown})
        write_card(loaded.folder)
    return result


def _training_of(
    loaded: Model, corpus: str | os.PathLike[str] | None, split: str, wanted: str
) -> tuple[list[Any], Callable[[int], tuple[str, str]] | None, list[str]]:
    """What is compared with, where each of it is from, and why there is nothing where there is not: ``wanted`` is left out."""
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


def _file_sequences(
    loaded: Model, sources: Sequence[Path], read: dict[str, Any], stop: Stop
) -> tuple[list[Any], list[str], list[dict[str, str]]]:
    """Token ids of the phrases of files, the titles of the pieces that they are from, and what was refused."""
    domain = loaded.domain
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            found += sorted(file for file in source.rglob("*") if file.suffix.lower() in domain.suffixes and file.is_file())
        else:
            found.append(source)
    shortest = int(loaded.manifest["phrase"]["shortest"])
    check_options(domain, read)
    refused = []
    texts: dict[str, tuple[str, str, str]] = {}
    for file in found:
        stop.check()
        try:
            result = read_file(domain, file, **read)
        except InputError as error:
            refused.append({"path": str(file), "reason": str(error)})
            continue
        refused += [{"path": item.path, "reason": item.reason} for item in result.refused]
        for piece in result.pieces:
            for phrase in domain.phrases(piece, loaded.phrase_length, loaded.phrase_length, shortest):
                texts.setdefault(domain.fingerprint(phrase), (domain.to_symbols(phrase), piece.title, piece.source or str(file)))
    sequences, titles = [], []
    for symbols, title, place in texts.values():
        ids = loaded.ids_of(symbols)
        if ids is None:
            refused.append({"path": place, "reason": f"it is far longer than anything that {loaded.name} was trained on"})
        else:
            sequences.append(_array(ids))
            titles.append(title)
    return sequences, titles, refused


def models() -> list[dict[str, Any]]:
    """What is installed: name, folder, domain, preset, phrase, metrics; a damaged one with ``error``."""
    from genstudio.models.manifest import read_manifest

    found: list[dict[str, Any]] = []
    for name, folder in paths.installed_models().items():
        try:
            manifest = read_manifest(folder)
        except ModelError as error:
            found.append({"name": name, "folder": str(folder), "error": str(error)})
            continue
        kept = (file for file in folder.rglob("*") if file.relative_to(folder).parts[0] not in ("training", "prior"))
        size = sum(file.stat().st_size for file in kept if file.is_file())
        found.append(
            {
                "name": name,
                "folder": str(folder),
                "domain": manifest["domain"],
                "preset": str(manifest.get("preset", "")),
                "phrase": manifest["phrase"],
                "core": manifest["model"]["core"],
                "bytes": size,
                "metrics": manifest.get("metrics", {}),
            }
        )
    return found


def model_card(model: str | os.PathLike[str]) -> str:
    """The text of a model's card.

    Raises:
        ModelError: there is no such model, or it has no card.
    """
    folder = paths.find_model(model)
    try:
        return read_bytes(folder / "card.md", _LARGEST_CARD).decode("utf-8")
    except (FileError, ValueError) as error:
        raise ModelError("the model {name} has no readable card ({why}).", name=folder.name, why=str(error).rstrip(".")) from error


def pack(
    model: str | os.PathLike[str], out: str | os.PathLike[str], *, about: str | os.PathLike[str] | None = None
) -> dict[str, Any]:
    """A model without its training state and in half precision, in the new folder ``out``, to keep or to hand on.

    Args:
        about: a text file for its card: the data, their credits and licences, limits. None: what the model says already.

    Raises:
        ModelError: there is no such model, it is damaged, or ``out`` holds something already.
    """
    from genstudio.models.card import write_card
    from genstudio.models.checkpoint import pack_model

    told = _text(about)
    folder = paths.find_model(model)
    pack_model(folder, Path(out))
    carry_map(folder, Path(out))
    write_card(Path(out), about=told)
    size = sum(file.stat().st_size for file in Path(out).rglob("*") if file.is_file())
    return {"model": folder.name, "folder": os.fspath(out), "bytes": size}


def _text(path: str | os.PathLike[str] | None) -> str | None:
    if path is None:
        return None
    try:
        return read_bytes(Path(path), _LARGEST_CARD).decode("utf-8")
    except ValueError as error:
        raise FileError("cannot read {path} ({why}); give a text file in UTF-8.", path=path, why=error) from error


def training_history(model: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The evaluations made while a model was trained, where its training state is still there; else an empty list."""
    from genstudio.training.state import read_state

    state = paths.find_model(model) / "training"
    return read_state(state).get("history", []) if (state / "state.json").is_file() else []


def export(
    sources: Any,
    out: str | os.PathLike[str],
    *,
    to: str | None = None,
    number: int = 1,
    read: Mapping[str, Any] | None = None,
    provenance: Any = None,
    **options: Any,
) -> dict[str, Any]:
    """A melody or a text (a path, a piece, what a person would type; or a list of them) as a file of another format.

    Args:
        to: the format's name; None: what ``out`` ends in.
        number: which melody of a file with many, from 1.
        provenance: how it was made (one, or one a piece); None: what the source files say of it.
        options: see :func:`genstudio.rendering.export`.

    Raises:
        ConfigError, FileError, InputError: as there.
    """
    from genstudio import rendering

    several = isinstance(sources, (list, tuple))
    known = rendering.format_of(Path(out), to)  # a wrong name is told before files are read
    pieces, traces, remarks = rendering.pieces_of(sources if several else [sources], number=number, read=read)
    path, more = rendering.export(pieces, out, to=to, provenance=traces if provenance is None else provenance, **options)
    about = {"format": known.name, "label": known.label, "bytes": path.stat().st_size}
    return {"path": str(path), **about, "pieces": [domain_of(piece).describe(piece) for piece in pieces],
            "remarks": [*remarks, *more]}  # fmt: skip


def trace(path: str | os.PathLike[str]) -> dict[str, Any]:
    """What a file says of how it was made.

    Raises:
        FileError: it cannot be read, or says nothing.
    """
    from genstudio import rendering

    found = rendering.provenance_of(Path(path))
    if found is None:
        raise FileError(
            "{path} does not say how it was made; files that GenStudio generated and exported do.", path=os.fspath(path)
        )
    return {"path": os.fspath(path), **dataclasses.asdict(found), "code": found.code.tolist()}


def doctor() -> list[dict[str, Any]]:
    """What works on this machine: a list of ``{"name", "ok", "detail", "fix"}``."""
    from genstudio.health import examine

    return examine()
