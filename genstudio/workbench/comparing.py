"""Variants of a model side by side: each trained on the same corpus with the same budget and seed, and measured on the same pieces.

What is finished is kept in the folder of the comparison, a model folder each, so that it can be stopped and gone on with, and more
variants added later.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from genstudio import __version__
from genstudio.errors import ConfigError, FileError, GenStudioError, Message, ModelError, Stopped
from genstudio.figures import DEFINITIONS
from genstudio.files import read_json, write_json, write_text
from genstudio.progress import Progress, Report, Stop, silent

__all__ = ["COLUMNS", "Variant", "compare", "grid", "markdown", "meanings", "rows"]

VERSION = 1
_LARGEST = 50_000_000  # bytes of a comparison

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
"""Columns of the table: where the value is found, what it is called, decimals. One that no variant has is left out."""


_MEANINGS = {
    "parameters": "numbers that are learned, without those of a learned prior",
    "minutes": "time of the training, on a machine that may have had other work",
    "negative_elbo_prior": "the same with the learned prior",
}


@dataclass(frozen=True)
class Variant:
    """A name, which is also that of its folder, and the settings that are changed for it (``name=value``)."""

    name: str
    settings: tuple[str, ...]


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
    """Every core with every bottleneck; ``settings`` hold for all."""
    return [
        Variant(f"{core}-{bottleneck}", (f"core={core}", f"bottleneck={bottleneck}", *settings))
        for core in cores
        for bottleneck in bottlenecks
    ]


def compare(
    corpus: Path,
    out: Path,
    variants: Sequence[Variant],
    *,
    train: Callable[..., dict[str, Any]],
    evaluate: Callable[..., dict[str, Any]],
    budget: dict[str, Any],
    measures: dict[str, Any],
    preset: str,
    seed: int = 0,
    device: str = "auto",
    command: str = "",
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Train and measure each of ``variants``, and write ``comparison.json`` and ``comparison.md`` into ``out``.

    A variant that cannot be built or diverges stands in the result with the reason (``error``), and is tried again the next time.

    Args:
        train, evaluate: :func:`genstudio.studio.train` and :func:`genstudio.studio.evaluate`.
        budget: their ``max_steps`` and ``max_minutes``, for each variant. measures: what ``evaluate`` is given besides.
        command: what made this, to be kept with it.

    Raises:
        ConfigError: two variants have the same name, or there is none.
        ModelError: ``out`` holds a comparison on another corpus, or with another budget or seed.
        FileError: ``out`` cannot be written.
    """
    from genstudio.corpus import Corpus

    halt = stop or Stop()
    names = [variant.name for variant in variants]
    if not names:
        raise ConfigError("there is nothing to compare; give at least one core, or a variant.")
    for name in names:
        if names.count(name) > 1:
            raise ConfigError("two variants are called {name}; give each a name of its own.", name=name)
        if not name or Path(name).name != name or name.startswith("."):
            raise ConfigError(
                "{name!r} cannot be the name of a variant, which is a folder's; use letters, digits and hyphens.", name=name
            )
    opened = Corpus.open(corpus)
    conditions = {
        "corpus": corpus.name,
        "corpus_digest": opened.digest,
        "preset": preset,
        "budget": budget,
        "measures": measures,
        "seed": seed,
    }
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
        write_json(file, result)
        write_text(out / "comparison.md", markdown(result))
        return result

    for number, variant in enumerate(variants):
        halt.check()
        entry = known.get(variant.name)
        if entry is not None and entry["settings"] != list(variant.settings):
            raise ModelError(
                "{out} has another variant called {variant}; give this one a name of its own.", out=out, variant=variant.name
            )
        if entry is not None and "error" not in entry:
            continue
        report(Progress("comparing", number, len(variants), variant.name, {"event": "variant", "name": variant.name}))
        try:
            known[variant.name] = _one(
                corpus, out / variant.name, variant, train, evaluate, budget, measures, preset, seed, device, report, halt
            )
        except Stopped:
            raise
        except GenStudioError as error:
            known[variant.name] = {"name": variant.name, "settings": list(variant.settings), "error": str(error)}
            report(
                Progress(
                    "warning",
                    number,
                    len(variants),
                    Message("{variant}: {reason}", variant=variant.name, reason=error),
                    {"event": "warning", "kind": "variant"},
                )
            )
        written()
    result = written()
    report(Progress("comparing", len(variants), len(variants), Message("done"), {"event": "compared"}))
    return {**result, "table": str(out / "comparison.md")}


def _one(
    corpus: Path,
    folder: Path,
    variant: Variant,
    train: Callable[..., dict[str, Any]],
    evaluate: Callable[..., dict[str, Any]],
    budget: dict[str, Any],
    measures: dict[str, Any],
    preset: str,
    seed: int,
    device: str,
    report: Report,
    stop: Stop,
) -> dict[str, Any]:
    from genstudio.latent import load

    def told(event: Progress) -> None:
        report(Progress(event.stage, event.done, event.total, f"{variant.name}: {event.message}", event.data))

    state = folder / "training" / "state.json"
    if folder.exists() and not state.is_file():
        shutil.rmtree(folder)  # stopped before there was anything to go on from
    trained = train(
        corpus, folder, preset=preset, overrides=variant.settings, resume=state.is_file(), seed=seed, device=device, report=told,
        stop=stop, **budget,
    )  # fmt: skip
    if trained.get("stopped"):
        raise Stopped("stopped; the same call goes on.")
    figures = evaluate(folder, corpus, write=True, examples=0, seed=seed, report=told, stop=stop, **measures)
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
        **{name: figures[name] for name in ("n", "reconstruction", "likelihood", "latent", "interpolation") if name in figures},
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
    """The table: a head, then a row a variant. A value that a variant does not have is a dash."""
    entries = result["variants"]
    columns = _columns(entries)
    found = [["variant", *(label for _, label, _ in columns)]]
    for entry in entries:
        values = [(_value(entry, place), digits) for place, _, digits in columns]
        found.append([entry["name"], *("–" if value is None else f"{value:,.{digits}f}" for value, digits in values)])
    return found


def markdown(result: dict[str, Any]) -> str:
    """The comparison as a Markdown page: what was done, the table, what its columns are."""
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
        f"Corpus {conditions['corpus']} ({result['domain']}): {pieces['train']:,} phrases to train on; figures are of {measured:,} "
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
    """The columns of the table of these variants, and what each is."""
    found = [(label, place.rpartition(".")[2]) for place, label, _ in _columns(entries)]
    return [(label, DEFINITIONS.get(name) or _MEANINGS[name]) for label, name in found]


def _columns(entries: Sequence[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [column for column in COLUMNS if any(_value(entry, column[0]) is not None for entry in entries)]
