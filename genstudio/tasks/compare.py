"""Compare variants of a model: each is trained on the same corpus with the same budget and seed, and measured on the same pieces.

Finished variants are kept in the folder of the comparison, each as a model folder, so that a comparison can be stopped and resumed,
and more variants can be added later.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from genstudio import __version__
from genstudio.config import BOTTLENECKS, PRESETS, DecodingOptions, Preset, field, like
from genstudio.errors import ConfigError, FileError, GenStudioError, Message, ModelError, Stopped
from genstudio.evaluation.options import EvaluationOptions
from genstudio.files import read_json, write_json, write_text
from genstudio.metrics import metric
from genstudio.progress import Monitor, Progress
from genstudio.tasks.base import PathLike, task
from genstudio.tasks.evaluate import evaluate
from genstudio.tasks.train import preset_for, train, train_config
from genstudio.training.options import TrainingRun

__all__ = ["COLUMNS", "Options", "Variant", "compare", "grid", "markdown", "meanings", "rows"]

VERSION = 1
_LARGEST = 50_000_000  # bytes of comparison.json

COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("parameters", "parameters", 0),
    ("step", "steps", 0),
    ("minutes", "minutes", 1),
    ("likelihood.reconstruction_nll", "reconstruction NLL", 2),
    ("likelihood.kl", "KL", 2),
    ("likelihood.negative_elbo", "−ELBO", 2),
    ("likelihood.kl_prior", "KL, learned prior", 2),
    ("likelihood.negative_elbo_prior", "−ELBO, learned prior", 2),
    ("likelihood.nll", "NLL", 2),
    ("likelihood.ppl_word", "perplexity a word", 2),
    ("likelihood.ppl_token", "perplexity a token", 2),
    ("latent.active_units", "active units", 0),
    ("latent.mutual_information", "MI", 2),
    ("reconstruction.accuracy_teacher_forced", "teacher-forced accuracy", 3),
    ("reconstruction.accuracy", "free-running accuracy", 3),
    ("reconstruction.exact", "exact", 3),
    ("reconstruction.note_f1", "note F1", 3),
    ("reconstruction.hit_f1", "hit F1", 3),
    ("reconstruction.step_accuracy", "step accuracy", 3),
    ("reconstruction.word_accuracy", "word accuracy", 3),
    ("reconstruction.bleu", "BLEU", 1),
)
"""The columns of the table: path of the value in an entry, label, decimals. Columns that no variant has are left out."""

_MEANINGS = {
    "parameters": "numbers that are learned, without those of a learned prior",
    "minutes": "time of the training, on a machine that may have had other work",
    "negative_elbo_prior": "the same with the learned prior",
}


@dataclass(frozen=True)
class Variant:
    """A variant by its name, which is also that of its folder, and the settings that are changed for it (``name=value``)."""

    name: str
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Options:
    """The variants to compare: every core with every bottleneck, and others; by default all cores and bottlenecks."""

    cores: tuple[str, ...] = field((), "Cores", "Cores (default: all).")
    bottlenecks: tuple[str, ...] = field((), "Bottlenecks", f"Bottlenecks, of {', '.join(BOTTLENECKS)} (default: all).")
    variants: Mapping[str, Sequence[str]] | None = field(
        None, "Variants", "Another variant: a name and its settings, such as hierarchical:core=lstm,core.conductor=256; may be "
        "given many times.", flag="--variant",
    )  # fmt: skip
    overrides: Sequence[str] = field(
        (), "Settings", "Change a setting of all variants, such as optimizer.batch_size=32, or prior.steps=0 to leave learned "
        "priors out; may be given many times.", unit="NAME=VALUE", flag="--set",
    )  # fmt: skip
    preset: str | None = field(None, "Preset", f"Preset that all start from: {', '.join(sorted(PRESETS))}.", unit="P")
    max_steps: int | None = like(TrainingRun, "max_steps", help="Steps of each.")
    max_minutes: float | None = like(TrainingRun, "max_minutes", help="Minutes of each, its prior included.")
    samples: int = like(EvaluationOptions, "samples", help="Samples of the latent code for the likelihood.")
    limit: int | None = like(EvaluationOptions, "limit")
    seed: int = like(DecodingOptions, "seed")
    device: str = like(TrainingRun, "device")

    @property
    def budget(self) -> dict[str, Any]:
        """The options of training that all variants share."""
        return {"max_steps": self.max_steps, "max_minutes": self.max_minutes}

    @property
    def measures(self) -> dict[str, Any]:
        """The options of the evaluation that all variants share."""
        return {"samples": self.samples, "limit": self.limit, "generated": 0}


class _Named(TypedDict):
    name: str
    settings: list[str]


class _Entry(_Named, total=False):
    error: str
    core: str
    parameters: int
    step: int
    minutes: float
    n: int
    reconstruction: dict[str, Any]
    likelihood: dict[str, Any]
    latent: dict[str, Any]
    interpolation: dict[str, Any]


class _Comparison(TypedDict):
    version: int
    conditions: dict[str, Any]
    variants: list[_Entry]


def grid(cores: Sequence[str], bottlenecks: Sequence[str], settings: Sequence[str] = ()) -> list[Variant]:
    """The variants of every core with every bottleneck, all with ``settings``."""
    return [
        Variant(f"{core}-{bottleneck}", (f"core={core}", f"bottleneck={bottleneck}", *settings))
        for core in cores
        for bottleneck in bottlenecks
    ]


@task(Options)
def compare(corpus: PathLike, out: PathLike, *, command: str = "", options: Options, monitor: Monitor) -> dict[str, Any]:
    """Train variants of a model with the same budget, measure them, and write ``comparison.json`` and ``comparison.md``.

    A variant that cannot be built or diverges is in the result with the reason (``error``), and is tried again the next time.

    Args:
        corpus: the folder of a corpus.
        out: the folder of the comparison.
        command: the command line of the comparison, to be recorded with it.

    Returns:
        The content of ``comparison.json``, and ``table``, the path of ``comparison.md``.

    Raises:
        ConfigError: a name is unknown, a value out of range, or two variants have the same name.
        ModelError: ``out`` contains a comparison on another corpus, or with another budget or seed.
        CorpusError, FileError: the corpus cannot be used, or ``out`` cannot be written.
    """
    from genstudio.corpus import Corpus

    chosen = preset_for(corpus, options.preset)
    variants = _variants(chosen, options)
    names = [variant.name for variant in variants]
    opened, place = Corpus.open(Path(corpus)), Path(out)
    conditions = {
        "corpus": Path(corpus).name,
        "corpus_digest": opened.digest,
        "preset": chosen.name,
        "budget": options.budget,
        "measures": options.measures,
        "seed": options.seed,
    }
    known = _finished(place, conditions)

    def written() -> dict[str, Any]:
        order = [*names, *(name for name in known if name not in names)]
        result = {
            "version": VERSION,
            "genstudio": __version__,
            "command": command,
            "conditions": conditions,
            "domain": opened.domain,
            "pieces": {split: len(opened.split(split)) for split in ("train", "valid", "test")},
            "variants": [known[name] for name in order if name in known],
        }
        write_json(place / "comparison.json", result)
        write_text(place / "comparison.md", markdown(result))
        return result

    for number, variant in enumerate(variants):
        monitor.check()
        entry = known.get(variant.name)
        if entry is not None and entry["settings"] != list(variant.settings):
            raise ModelError(
                "{out} has another variant called {variant}; give this one a name of its own.", out=out, variant=variant.name
            )
        if entry is not None and "error" not in entry:
            continue
        event = {"event": "variant", "name": variant.name}
        monitor.report(Progress("comparing", number, len(variants), variant.name, event))
        try:
            known[variant.name] = _measured(Path(corpus), place / variant.name, variant, chosen.name, options, monitor)
        except Stopped:
            raise
        except GenStudioError as error:
            known[variant.name] = {"name": variant.name, "settings": list(variant.settings), "error": str(error)}
            reason = Message("{variant}: {reason}", variant=variant.name, reason=error)
            monitor.report(Progress("warning", number, len(variants), reason, {"event": "warning", "kind": "variant"}))
        written()
    result = written()
    monitor.report(Progress("comparing", len(variants), len(variants), Message("done"), {"event": "compared"}))
    return {**result, "table": str(place / "comparison.md")}


def _variants(chosen: Preset, options: Options) -> list[Variant]:
    """The requested variants, all checked before hours of training."""
    from genstudio.models import cores as known

    cores, bottlenecks, more = options.cores, options.bottlenecks, dict(options.variants or {})
    if not more or cores or bottlenecks:
        cores, bottlenecks = cores or known.names(), bottlenecks or BOTTLENECKS
    # The core of the preset is compared with its own default options, as the others are.
    plain = known.options_class(chosen.config.core)()
    usual = {chosen.config.core: [f"core.{name}={getattr(plain, name)}" for name in chosen.config.core_options]}
    made = [one for core in cores for one in grid([core], bottlenecks, [*usual.get(core, ()), *options.overrides])]
    made += [Variant(name, (*settings, *options.overrides)) for name, settings in more.items()]
    names = [variant.name for variant in made]
    if not names:
        raise ConfigError("there is nothing to compare; give at least one core, or a variant.")
    for variant in made:
        train_config(chosen.name, variant.settings)
        if names.count(variant.name) > 1:
            raise ConfigError("two variants are called {name}; give each a name of its own.", name=variant.name)
        if not variant.name or Path(variant.name).name != variant.name or variant.name.startswith("."):
            raise ConfigError(
                "{name!r} cannot be the name of a variant, which is a folder's; use letters, digits and hyphens.", name=variant.name
            )
    return made


def _finished(out: Path, conditions: dict[str, Any]) -> dict[str, Any]:
    """The entries of variants that an earlier call finished in ``out``, by name; makes the folder if it is missing."""
    file = out / "comparison.json"
    known: dict[str, Any] = {}
    if file.is_file():
        before = read_json(file, _Comparison, limit=_LARGEST)
        if before["version"] != VERSION or before["conditions"] != conditions:
            raise ModelError(
                "{folder} holds a comparison under other conditions; give its corpus and budget.",
                remedy="choose-folder",
                folder=out,
            )
        known = {entry["name"]: entry for entry in before["variants"]}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            "cannot write into {folder}: {reason}.", remedy="choose-folder", folder=out, reason=error.strerror or error
        ) from error
    return known


def _measured(
    corpus: Path, folder: Path, variant: Variant, preset: str, options: Options, monitor: Monitor
) -> dict[str, Any]:
    """Train and measure a variant; returns its entry."""
    from genstudio.latent import load

    def report(event: Progress) -> None:
        monitor.report(Progress(event.stage, event.done, event.total, f"{variant.name}: {event.message}", event.data))

    state = folder / "training" / "state.json"
    if folder.exists() and not state.is_file():
        shutil.rmtree(folder)  # stopped before the first state was saved
    shared: dict[str, Any] = {"seed": options.seed, "report": report, "stop": monitor.stop}
    trained = train(
        corpus, folder, preset=preset, overrides=variant.settings, resume=state.is_file(), device=options.device,
        **options.budget, **shared,
    )  # fmt: skip
    if trained.get("stopped"):
        raise Stopped("stopped; the same call goes on.")
    metrics = evaluate(folder, corpus, write=True, examples=0, **options.measures, **shared)
    loaded = load(folder)
    return {
        "name": variant.name,
        "settings": list(variant.settings),
        "core": loaded.network.spec.core,
        "parameters": sum(
            parameter.numel() for name, parameter in loaded.network.named_parameters() if not name.startswith("prior.")
        ),
        "step": trained["step"],
        "minutes": trained["seconds"] / 60,
        **{name: metrics[name] for name in ("n", "reconstruction", "likelihood", "latent", "interpolation") if name in metrics},
    }


def _value(entry: dict[str, Any], place: str) -> Any:
    if place.startswith("likelihood.negative_elbo"):
        bound = _value(entry, place.replace("negative_", ""))
        return None if bound is None else -bound
    found: Any = entry
    for key in place.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, (int, float)) else None


def rows(result: dict[str, Any]) -> list[list[str]]:
    """The table: a header row, then a row for each variant, with a dash for values that it does not have."""
    entries = result["variants"]
    columns = _columns(entries)
    found = [["variant", *(label for _, label, _ in columns)]]
    for entry in entries:
        values = [(_value(entry, place), digits) for place, _, digits in columns]
        found.append([entry["name"], *("–" if value is None else f"{value:,.{digits}f}" for value, digits in values)])
    return found


def markdown(result: dict[str, Any]) -> str:
    """The comparison as a Markdown page: its conditions, the table, and the meanings of the columns."""
    entries, conditions, pieces = result["variants"], result["conditions"], result["pieces"]
    budget = ", ".join(
        f"{value:g} {name.removeprefix('max_')}" for name, value in conditions["budget"].items() if value is not None
    )
    measured = next((entry["n"] for entry in entries if "n" in entry), 0)
    samples = next((found for entry in entries if (found := _value(entry, "likelihood.nll_samples"))), None)
    head, *body = rows(result)
    lines = [
        "# Comparison",
        "",
        f"Corpus {conditions['corpus']} ({result['domain']}): {pieces['train']:,} phrases to train on; metrics are of {measured:,} "
        f"held-out ones. Preset {conditions['preset']}, {budget or 'its own length'} for each variant, seed {conditions['seed']}"
        + (f"; NLL with {samples} samples of z. " if samples else ". ")
        + f"GenStudio {result['genstudio']}.",
        "",
        "```sh",
        result["command"],
        "```",
        "",
        f"| {' | '.join(head)} |",
        "|---|" + "---:|" * (len(head) - 1),
        *(f"| {' | '.join(row)} |" for row in body),
    ]
    lines += [text for entry in entries if "error" in entry for text in ("", f"{entry['name']}: {entry['error']}")]
    lines += ["", *(f"- {label}: {meaning}" for label, meaning in meanings(entries)), ""]
    return "\n".join(lines)


def meanings(entries: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """The labels and meanings of the columns in the table of these variants."""
    found = [(label, place.rpartition(".")[2]) for place, label, _ in _columns(entries)]
    return [(label, metric(name).about or _MEANINGS[name]) for label, name in found]


def _columns(entries: Sequence[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [column for column in COLUMNS if any(_value(entry, column[0]) is not None for entry in entries)]
