"""The model card: what a model is for, what it was trained on, how good it is, and what it cannot do (Mitchell et al. 2019).

The card is written from the manifest, so that its numbers are those that were measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from genstudio.config import PriorOptions, build_options, group_of
from genstudio.domains import get_domain
from genstudio.files import write_text
from genstudio.metrics import GROUPS, METRICS, metric
from genstudio.models.manifest import Attributes, Manifest, Stage, Training, read_manifest, update_manifest
from genstudio.models.recipe import commands

__all__ = ["write_card"]

_WIDE = 84  # columns of a line of a command


def write_card(folder: Path, about: str | None = None) -> None:
    """Write ``card.md`` of the model in ``folder`` from its manifest.

    Args:
        folder: the model folder.
        about: Markdown on the data, its credits and licences, and limits, stored in the manifest; None: the stored text is used.

    Raises:
        ModelError: the folder is not a model.
    """
    folder = Path(folder)
    if about is not None:
        update_manifest(folder, {"about": about.strip()})
    write_text(folder / "card.md", _card(folder.name, read_manifest(folder)))


def _card(name: str, manifest: Manifest) -> str:
    model, length = manifest["model"], manifest["phrase"]["length"]
    training = manifest.get("training") or {}
    unit = f"phrases of up to {length} {get_domain(manifest['domain']).unit}s" if length else "passages"
    parts = [
        f"# {name}",
        (
            f"A SequenceVAE (core `{model['core']}`) of the domain **{manifest['domain']}**, for {unit} of up to about "
            f"{model['longest']} tokens. It encodes a piece into a Gaussian latent, writes it back, samples, and interpolates."
        ),
        "## Use",
        f"```\ngenstudio interpolate A B --model {name} --steps 9 --out DIR\n```",
    ]
    if manifest.get("about"):
        parts += ["## Data, credits and limits", str(manifest["about"])]
    parts += [
        "## Training",
        *_training(manifest, training),
        *_prior(manifest),
        *_commands(name, manifest),
    ]
    evaluation = manifest.get("evaluation")
    if evaluation:
        intro = (
            f"On {evaluation['n']:,} pieces ({evaluation['on']}{_held_out(manifest)}). Reconstructions are decoded freely "
            "(without the true tokens), greedily, from the posterior mean."
        )
        parts += ["## Metrics", intro, _table(evaluation)]
    elif metrics := manifest.get("metrics"):
        parts += [
            "## Metrics",
            "While training, on held-out pieces (run `genstudio evaluate --write` for all of them):",
            _table(
                {
                    "last": {key: value for key, value in metrics.items() if key != "reconstruction"},
                    "reconstruction": metrics.get("reconstruction", {}),
                }
            ),
        ]
    learned = manifest.get("attributes")
    if learned and learned["attributes"]:
        parts += ["## Attributes", *_attributes(learned)]
    parts += _examples(name, manifest)
    limits = (
        "A code can represent only what resembles the training data: pieces of other kinds are changed. Pieces longer than the "
        "model's phrase are cut into phrases. Samples of the prior may repeat or wander."
    )
    parts += ["## Limits", limits]
    return "\n\n".join(parts) + "\n"


def _training(manifest: Manifest, training: Training) -> list[str]:
    """How the model was trained, with all stages."""
    stages: list[Stage] = [*(training.get("before") or ()), {"corpus": manifest.get("corpus"), "training": training}]
    lines = []
    for number, stage in enumerate(stages, 1):
        one, corpus = stage.get("training") or {}, stage.get("corpus") or {}
        batch = group_of(one.get("config", {}), "optimizer").get("batch_size")
        text = f"{_count(one.get('steps'))} steps of {batch} sequences, seed {one.get('seed')}"
        text += f", {_minutes(one)}" if one.get("seconds") else ""
        text += f", on {_count(corpus.get('train'))} sequences"
        lines.append(f"{number}. {text}" if len(stages) > 1 else text)
    if len(stages) == 1:
        return [f"Preset `{manifest.get('preset')}`, {lines[0]}."]
    whole = sum((stage.get("training") or {}).get("steps", 0) for stage in stages)
    return [f"Preset `{manifest.get('preset')}`, {whole:,} steps in {len(stages)} stages:", "\n".join(lines)]


def _count(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _prior(manifest: Manifest) -> list[str]:
    """The distribution that samples are drawn from, in words."""
    model, found = manifest["model"], manifest.get("prior")
    if model.get("bottleneck", "vae") != "vae" or model.get("latent") is False:
        return []
    kl, standard = (found.get("kl"), found.get("kl_standard")) if found else (None, None)
    options = model.get("prior")
    if not options:
        text = "Samples are drawn from N(0, I)."
        if found and found.get("kept") is False and kl is not None and standard is not None:
            text += (
                f" A prior that was fitted in {found['step']:,} steps is left out: held-out pieces cost {kl:.2f} nats "
                f"under it, and {standard:.2f} under N(0, I)."
            )
        return ["## Prior", text]
    built = build_options(PriorOptions, options, "prior.")
    if model.get("core_options", {}).get("summary_dims"):
        text = f"Samples are drawn from a learned prior, a flow over the summaries (width {built.width}, {built.layers} layers"
    else:
        text = (
            f"Samples are drawn from a learned prior, a causal transformer over the blocks of the code (width {built.width}, "
            f"{built.layers} layers, mixtures of {built.mixtures} Gaussians"
        )
    text += f"; {found['parameters'] / 1e6:.2f} million parameters)" if found and found.get("parameters") else ")"
    if found:
        fittings = [*found.get("before", ()), found]
        turns = f" in {len(fittings)} turns" if len(fittings) > 1 else ""
        steps = sum(fitting["step"] for fitting in fittings)
        text += f". It was fitted in {steps:,} steps{turns} to the codes of {found.get('pieces', 0):,} training pieces"
    if kl is not None and standard is not None:
        text += (
            f". The code of a piece of the validation split costs {kl:.2f} nats under it, and {standard:.2f} "
            "nats under N(0, I), the standard normal distribution; a lower cost means a better prior"
        )
    return ["## Prior", f"{text}."]


def _commands(name: str, manifest: Manifest) -> list[str]:
    """The commands that train the model again, in order."""
    found = commands(name, manifest)
    if not found:
        return []
    several = "CORPUS-1, CORPUS-2 … are folders" if any("CORPUS-2" in line for line in found) else "CORPUS is a folder"
    order = "One after the other; " if len(found) > 1 else ""
    training = manifest.get("training") or {}
    text = f"{order}{several} that `genstudio corpus` has made with the preset."
    if training.get("minutes") is not None:
        text += (
            f" With a time limit the result depends on the machine; this one made {training.get('steps', 0):,} steps in that time."
        )
    return ["## Train it again", "```sh\n" + "\n".join(_folded(line) for line in found) + "\n```", text]


def _folded(command: str) -> str:
    """Break a command into lines that a shell joins again."""
    lines = [""]
    for part in re.split(r" (?=--)", command):
        if lines[-1] and len(lines[-1]) + len(part) > _WIDE:
            lines.append("   ")
        lines[-1] += f" {part}" if lines[-1] else part
    return " \\\n".join(lines)


def _examples(name: str, manifest: Manifest) -> list[str]:
    """The held-out pieces with their reconstructions, and the samples, that the manifest holds."""
    kept = manifest.get("examples")
    if not kept:
        return []
    form, pairs = kept["form"], kept["reconstructions"]
    on = str((manifest.get("evaluation") or {}).get("on", "held-out pieces"))
    parts = ["## Examples", f"They were not picked. {kept.get('legend', '')}".strip()]
    if pairs:
        parts.append(
            f"Reconstructions of the first {len(pairs)} pieces ({on}) in the order of a random permutation (seed {kept['seed']}); "
            "decoded greedily from the posterior mean:"
        )
    for number, pair in enumerate(pairs, 1):
        title = " ".join(str(pair["title"]).split())
        # The title of a passage of text is its own beginning, which need not be repeated.
        own = " ".join(pair["original"].split()).startswith(title.rstrip("… "))
        parts.append(f"**{number}.**" + ("" if own else f" {_plain(title)}"))
        if pair["original"] == pair["written"]:
            parts += [_fenced(pair["original"], form), "comes back as it is."]
        else:
            parts += [_fenced(pair["original"], form), "comes back as", _fenced(pair["written"], form)]
    count, seed, heat = len(kept["samples"]), kept["samples_seed"], f"{kept['temperature']:g}"
    call = f"genstudio sample --model {name} -n {count} --temperature {heat} --seed {seed} --out DIR"
    for option, value in (("--top-p", kept.get("top_p")), ("--spread", kept.get("spread")), ("--best-of", kept.get("best_of"))):
        if value not in (None, 1):
            call += f" {option} {value:g}"
    samples = f"The first {count} samples with seed {seed}, drawn at temperature {heat} (`{call}`):"
    return [*parts, samples, *(_fenced(sample, form) for sample in kept["samples"])]


def _fenced(text: str, form: str) -> str:
    """A code block that shows ``text`` verbatim, with unprintable characters replaced."""
    text = "".join(char if char.isprintable() or char in "\n\u3000" else "\ufffd" for char in text)
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{form}\n{text}\n{fence}"


def _plain(title: str) -> str:
    """Escape the characters of a title that have a meaning in Markdown."""
    return "".join("\\" + char if char in "\\`*_[]<>#|" else char for char in title)


def _attributes(learned: Attributes) -> list[str]:
    names = ", ".join(f"`{one['name']}`" for one in learned["attributes"])
    pieces = _count(learned["pieces"])
    parts = [
        (
            f"`genstudio shape A --model M --set NAME=+1` moves {names} by a standard deviation "
            f"(learned from {pieces} training pieces)."
        ),
        "\n".join(
            [
                "| attribute | what it is | unit | mean | one deviation |",
                "|---|---|---|---|---|",
                *(
                    f"| {one['name']} | {one['label']} | {one['unit']} | {one['mean']:.2f} | {one['deviation']:.2f} |"
                    for one in learned["attributes"]
                ),
            ]
        ),
    ]
    control = learned.get("control")
    if control:
        rows = [
            "| attribute | correlation | possible | slope | own | largest move of another | ratio | moved |",
            "|---|---|---|---|---|---|---|---|",
        ]
        rows += [
            f"| {name} | {_rounded(one['correlation'], 3)} | {_rounded(one.get('possible'), 3)} | {_rounded(one['slope'])} "
            f"| {_rounded(one['own'])} "
            f"| {_rounded(one['other'])} ({one['worst']}) | {_rounded(one['ratio'])} | {_rounded(one['moved'])} |"
            for name, one in control["attributes"].items()
        ]
        parts += [
            (
                f"For {control['n']} pieces ({control['on']}) and each attribute a change was drawn uniformly from -2 to +2 "
                f"standard deviations, and the others were to stay the same (a search of {control['rounds']} rounds of "
                f"{control['candidates']} candidates). Correlation and slope: of the change obtained (decoded piece minus decoded "
                "reconstruction) with the change requested. Possible: the correlation if every value that pieces can have were "
                "obtained. Own, another: mean absolute change in standard deviations; ratio: another divided by own. Moved: how "
                "far the code moved, in mean distances of two pieces."
            ),
            "\n".join(rows),
        ]
    return parts


def _held_out(manifest: Manifest) -> str:
    """Whether the measured pieces are known to be absent from the training data, as an addition to a sentence."""
    evaluation = manifest.get("evaluation") or {}
    digest, training = evaluation.get("corpus"), manifest.get("training") or {}
    if not digest or not str(evaluation.get("on")).startswith(("test split", "valid split")):
        return ""
    corpora = [*(stage.get("corpus") for stage in training.get("before") or ()), manifest.get("corpus")]
    seen = [str((corpus or {}).get("digest")) for corpus in corpora]
    if seen[-1] != digest:
        return ""
    if set(seen) == {digest}:
        return "; none of them is in the training data"
    other = "an earlier stage" if sum(one != digest for one in seen) == 1 else "earlier stages"
    return f"; none of them is in the training data of the last stage; {other} had another corpus, with a split of its own"


def _rounded(value: float | None, decimals: int = 2) -> str:
    return "–" if value is None else f"{value:.{decimals}f}"


def _minutes(training: Training) -> str:
    precision = training.get("precision", "no")
    mixed = f", in {precision}" if precision not in ("no", None) else ""
    return f"{training.get('seconds', 0) / 60:.0f} minutes{mixed}"


def _table(groups: Mapping[str, Any]) -> str:
    rows = ["| measure | value | meaning |", "|---|---|---|"]
    tables = []
    for group, values in groups.items():
        if not isinstance(values, Mapping):
            continue
        for key in _in_order(values):
            value = values[key]
            if isinstance(value, (int, float)):
                whole = metric(key).counted and float(value).is_integer()
                rows.append(f"| {group}: {key} | {_number(int(value) if whole else value)} | {_meaning(key)} |")
        features = {key: value for key, value in values.items() if isinstance(value, Mapping)}
        if features:
            tables.append(_features(group, features))
    return "\n\n".join(["\n".join(rows), *tables])


def _in_order(names: Iterable[str]) -> list[str]:
    """Sort names so that the same metric of held-out pieces (NAME_real) follows each, since its meaning refers to it."""
    kept = list(names)
    beside = {f"{name}_real" for name in kept}
    found = [name for name in kept if name not in beside]
    return [one for name in found for one in (name, f"{name}_real") if one in kept]


def _features(group: str, features: Mapping[str, Mapping[str, Any]]) -> str:
    """A table of a group of distributions: a row for each, a column for each of its metrics, and a legend."""
    columns = list(dict.fromkeys(column for values in features.values() for column in values))
    rows = [f"| {' | '.join([group, *columns, 'meaning'])} |", "|---" * (len(columns) + 2) + "|"]
    for name, values in features.items():
        cells = [_number(values[column]) if column in values else "" for column in columns]
        rows.append(f"| {' | '.join([name, *cells, _meaning(name)])} |")
    legend = "; ".join(f"`{column}`: {metric(column).about}" for column in columns if metric(column).about)
    return "\n\n".join([f"{GROUPS.get(group, group)}, of samples beside held-out pieces:", "\n".join(rows), f"{legend}."])


def _meaning(key: str) -> str:
    """What a metric means; for metrics of some of the pieces, or of a part of scores, also of which."""
    whole, _, part = key.partition(" ")
    about = metric(key).about
    if part and key not in METRICS and whole in METRICS:
        metre = {"mixed": "several metres"}.get(part, part if "/" in part else "")
        about += f"; of the pieces in {metre}" if metre else f"; of the part {part}"
    return about.replace("|", "\\|")


def _number(value: Any) -> str:
    if not isinstance(value, float):
        return _count(value)
    return f"{value:,.4f}" if abs(value) < 10 else f"{value:,.2f}"
