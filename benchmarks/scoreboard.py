"""Writes SCOREBOARD.md from the files in results/, and only from them: nothing is trained or measured, and torch is not loaded.

    python benchmarks/scoreboard.py                 writes the page
    python benchmarks/scoreboard.py --check         exit status 1 where the page is not what the files give
    python benchmarks/scoreboard.py add models/NAME --command 'genstudio evaluate …' RESULT.json
    python benchmarks/scoreboard.py add budget/NAME COMPARISON.json
    python benchmarks/scoreboard.py add samples/NAME --command 'genstudio sample …' --rule grammatical='…' MARKED.tsv

`add` keeps a result: what `evaluate --json` printed (or the manifest.json that `evaluate --write` wrote it into), the
`comparison.json` of `compare`, or samples that were read: a line a sample, its mark (1 or 0), a tab, and its text, in which \\n
is a new line. A RESULT of - is read from standard input.
"""

from __future__ import annotations

import argparse
import datetime
import difflib
import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # a checkout needs no installation

from genstudio.errors import FileError, GenStudioError, InputError  # noqa: E402
from genstudio.files import read_json, write_json, write_text  # noqa: E402
from genstudio.metrics import METRICS, metric  # noqa: E402
from genstudio.tasks.compare import meanings, rows  # noqa: E402

RESULTS = HERE / "results"
PAGE = HERE / "SCOREBOARD.md"
SHOWN = 8  # samples on the page; all are in the file

REACHED = {
    "at least": lambda value, bar: value >= bar,
    "at most": lambda value, bar: value <= bar,
    "above": lambda value, bar: value > bar,
    "below": lambda value, bar: value < bar,
}

OWN = {
    "negative_elbo": (f"minus the {METRICS['elbo'].about}", lambda group: -group["elbo"]),
    "negative_elbo_own": (
        f"minus the {METRICS['elbo'].about}, with the prior that samples are drawn from: a learned one, or else N(0, I)",
        lambda group: -group.get("elbo_prior", group["elbo"]),
    ),
    "chords_gain": (
        f"{METRICS['harmony_chords'].about}, minus that of the baseline",
        lambda group: group["harmony_chords"] - group["harmony_chords_baseline"],
    ),
    "in_chord_gap": (
        f"{METRICS['in_chord'].about}, as far from that of the composers' chords",
        lambda group: abs(group["in_chord"] - group["in_chord_real"]),
    ),
    "parallels_ratio": (
        "parallel fifths and octaves of the samples by those of held-out pieces",
        lambda group: (group["parallel_fifths"] + group["parallel_octaves"])
        / max(1e-9, group["parallel_fifths_real"] + group["parallel_octaves_real"]),
    ),
    "crossings_ratio": (
        "voice crossings of the samples by those of held-out pieces",
        lambda group: group["crossings"] / max(1e-9, group["crossings_real"]),
    ),
    "active_share": ("active units by latent dimensions", lambda group: group["active_units"] / group["latent_dims"]),
}
"""Figures that are made of others of their group: what each is, and how."""


class Results:
    """The result files of a folder, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan: dict[str, Any] = read_json(folder / "bars.json")
        self.published: list[dict[str, Any]] = read_json(folder / "published.json")["groups"]

    def get(self, kind: str, name: str) -> dict[str, Any] | None:
        """The file KIND/NAME.json; None where there is none."""
        path = self.folder / kind / f"{name}.json"
        if not path.is_file():
            return None
        found = read_json(path)
        wrong = _wrong(kind, found)
        if wrong:
            raise FileError(f"{path} is no result for {kind}/: {wrong}; make it with 'python benchmarks/scoreboard.py add'.")
        return dict(found)

    def names(self, kind: str, planned: list[str]) -> list[str]:
        """Those that are planned, in their order, then those that have a file only."""
        return [*planned, *sorted({path.stem for path in (self.folder / kind).glob("*.json")} - set(planned))]

    def value(self, name: str, measure: str) -> float | None:
        """A figure of a model by its path in the result; ``samples.MARK`` is the share of its samples that were read so."""
        if measure.startswith("samples."):
            read = self.get("samples", name)
            marks = [] if read is None else [sample.get(measure.partition(".")[2]) for sample in read["samples"]]
            return sum(marks) / len(marks) if marks and None not in marks else None
        measured = self.get("models", name)
        found: Any = measured and measured["result"]
        *groups, last = measure.split(".")
        for group in groups:
            found = found.get(group) if isinstance(found, Mapping) else None
        if not isinstance(found, Mapping):
            return None
        if last in OWN:
            try:
                return float(OWN[last][1](found))
            except (KeyError, TypeError):  # what it is made of was not measured, or is not defined for this model
                return None
        value = found.get(last)
        return value if isinstance(value, (int, float)) else None


def _wrong(kind: str, found: Any) -> str:
    """What is wrong with the content of a result file; nothing: it can be shown."""
    if not isinstance(found, dict):
        return "it is not a JSON object"
    wanted = {
        "models": ("command", "date", "machine", "result"),
        "budget": ("command", "conditions", "domain", "pieces", "variants"),
        "samples": ("command", "date", "rules", "samples"),
    }[kind]
    missing = [name for name in wanted if name not in found]
    if missing:
        return f"it lacks {', '.join(missing)}"
    if kind == "models":
        missing = [name for name in ("model", "on", "n") if name not in found["result"]]
        return f"its result lacks {', '.join(missing)}" if missing else ""
    return ""


def figure(value: float) -> str:
    """A figure with the decimals that a reader needs: three of what is a share, fewer the larger it is."""
    if isinstance(value, int) or (value == int(value) and abs(value) > 1):
        return f"{int(value):,}"
    return f"{value:,.{3 if abs(value) <= 1 else 2 if abs(value) < 10 else 1}f}"


def _apart(value: float, bar: float) -> str:
    """``value`` with as many decimals as tell it from the bar."""
    text, digits = figure(value), 4
    while value != bar and float(text.replace(",", "")) == bar and digits < 12:
        text, digits = f"{value:,.{digits}f}", digits + 1
    return text


def _row(results: Results, name: str, bar: Mapping[str, Any]) -> tuple[str, str]:
    """The line of a bar in the table of a model, and its verdict; of a figure without a bar, which has no verdict."""
    value, wanted, against = results.value(name, bar["measure"]), bar.get("value"), ""
    if isinstance(wanted, Mapping):  # the figure of another model, on the same pieces
        other = results.get("models", wanted["model"])
        own = results.get("models", name)
        against = f" ({wanted['model']})"
        wanted = results.value(wanted["model"], wanted["measure"])
        if other and own and any(other["result"][key] != own["result"][key] for key in ("on", "n")):
            wanted, against = None, f"{against}: measured on other pieces"
    if "value" not in bar:
        verdict = ""
    elif value is None or wanted is None:
        verdict = "not measured"
    else:
        verdict = "met" if REACHED[bar["direction"]](value, wanted) else "**not met**"
    limit = f"{bar['direction']} {figure(wanted)}" if wanted is not None else bar.get("direction", "–")
    reached = "–" if value is None else figure(value) if wanted is None else _apart(value, wanted)
    beside = [
        f"{one['name']}: {figure(found)}"
        for one in bar.get("beside", [])
        if (found := results.value(name, one["measure"])) is not None
    ]
    known = {one["id"]: one for group in results.published for one in group["figures"] if "id" in one}
    for identity in bar.get("published", []):
        if identity not in known:
            raise FileError(f"{results.folder / 'published.json'} has no figure {identity!r}, which bars.json speaks of; add it.")
        beside.append(f"[{known[identity]['short']}](#published-figures)")
    beside += [bar["remark"]] if "remark" in bar else []
    return f"| {bar['name']} | {limit}{against} | {reached} | {verdict} | {'; '.join(beside)} |", verdict


def _head(results: Results, kind: str, name: str, about: str) -> tuple[list[str], Any]:
    """The lines that a part begins with, and its result file; None where there is none yet, which they say."""
    lines, found = [f"### {name}", ""], results.get(kind, name)
    if about:
        lines += [about, ""]
    if found is None:
        lines += [f"Not measured: there is no `results/{kind}/{name}.json` yet.", ""]
    return lines, found


def _model(results: Results, name: str, about: str, bars: list[dict[str, Any]]) -> Iterator[str]:
    lines, measured = _head(results, "models", name, about)
    yield from lines
    if measured is not None:
        result = measured["result"]
        yield from (f"On {result['n']:,} pieces ({result['on']}), {measured['date']}, {measured['machine']}:", "")
        yield from _shell(measured["command"])
        drawn = result.get("generated")
        if drawn:
            told = f"Samples: {drawn['samples']:,}, drawn at temperature {drawn['temperature']:g} and top-p {drawn['top_p']:g}"
            spread = drawn.get("spread", 1.0)
            share = "as the prior has them" if spread == 1 else f"at {spread:g} of the prior's deviation"
            codes = f", with codes {share}" if result.get("likelihood", {}).get("nll_samples") else ""  # a language model has none
            best = drawn.get("best_of", 1)
            chosen = f", the likeliest of {best} decodings of each code" if best > 1 else ""
            yield from (f"{told}{codes}{chosen}.", "")
    if bars:
        yield from ("| | bar | reached | | for comparison |", "|---|---|---:|---|---|")
        yield from (_row(results, name, bar)[0] for bar in bars)
        yield ""
    yield from _samples(results, name)


def _samples(results: Results, name: str) -> Iterator[str]:
    read = results.get("samples", name)
    if read is None:
        return
    samples = read["samples"]
    reader = f", read by {read['reader']}" if read.get("reader") else ""
    yield from (f"Samples: {len(samples):,}, in the order they were drawn, none of them picked{reader}, {read['date']}:", "")
    yield from _shell(read["command"])
    for mark, rule in read["rules"].items():
        given = [sample.get(mark) for sample in samples]
        count = f"{sum(map(bool, given)):,} of {len(given):,}" if None not in given else f"{given.count(None):,} are not judged yet"
        yield f"- {mark}: {count}. The rule: {rule}"
    yield from ("", f"All of them, with their marks: [results/samples/{name}.json](results/samples/{name}.json). The first:", "")
    for sample in samples[:SHOWN]:
        marks = ", ".join(("" if sample[mark] else "not ") + mark for mark in read["rules"] if sample.get(mark) is not None)
        yield f"- {_inline(sample['text'])}" + (f" ({marks})" if marks else "")
    yield ""


def _budget(results: Results, name: str, about: str) -> Iterator[str]:
    lines, found = _head(results, "budget", name, about)
    yield from lines
    if found is None:
        return
    conditions, pieces = found["conditions"], found["pieces"]
    each = ", ".join(
        f"{value:g} {key.removeprefix('max_')}" for key, value in conditions["budget"].items() if value is not None
    )
    measured = next((entry["n"] for entry in found["variants"] if "n" in entry), 0)
    where = "".join(f", {found[key]}" for key in ("date", "machine") if found.get(key))
    drawn = conditions.get("measures", {}).get("samples")
    nll = f" The NLL of what has a code is a bound with {drawn:,} sample{'s' if drawn > 1 else ''} of it." if drawn else ""
    yield (
        f"Corpus {conditions['corpus']}: {pieces['train']:,} phrases to train on; figures are of {measured:,} held-out ones. "
        f"Preset {conditions['preset']}, {each or 'its own length'} for each, seed {conditions['seed']}{where}.{nll}"
    )
    yield ""
    yield from _shell(found["command"])
    head, *body = rows(found)
    yield from (f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1), *(f"| {' | '.join(row)} |" for row in body), "")
    for entry in found["variants"]:
        settings = ", ".join(f"`{setting}`" for setting in entry["settings"]) or "the preset as it is"
        yield f"- {entry['name']}: {settings}" + (f"; it failed: {entry['error']}" if "error" in entry else "")
    yield ""


def _published(groups: list[dict[str, Any]]) -> Iterator[str]:
    for group in groups:
        yield from (f"### {group['name']}", "")
        yield f"{group['authors']}: *{group['title']}*. {group['where']}, {group['year']}; {group['table']}. <{group['url']}>"
        yield from ("", f"- Data: {group['data']}", f"- Measure: {group['measure']}")
        yield from (f"- Comparable with ours: {group['comparable']}", "")
        columns = list(dict.fromkeys(column for one in group["figures"] for column in one["values"]))
        yield from (f"| | {' | '.join(columns)} |", "|---|" + "---:|" * len(columns))
        for one in group["figures"]:
            yield f"| {one['what']} | {' | '.join(str(one['values'].get(column, '–')) for column in columns)} |"
        yield ""


def _glossary(results: Results) -> Iterator[str]:
    """The definition of each metric of the page, once."""
    said: dict[str, str] = {}
    measures = [
        one["measure"] for model in results.plan["models"] for bar in model["bars"] for one in (bar, *bar.get("beside", []))
    ]
    for measure in measures:
        groups, _, last = measure.rpartition(".")
        if groups != "samples":  # whose rule stands with the samples
            for name in (*groups.split(".")[1:], last.partition(" ")[0]):
                said.setdefault(name, OWN[name][0] if name in OWN else metric(name).about)
    yield from (f"- `{name}`: {meaning}" for name, meaning in said.items())
    columns: dict[str, str] = {}
    for name in results.names("budget", []):
        found = results.get("budget", name)
        columns |= dict(meanings(found["variants"])) if found else {}
    yield from (f"- {label}: {meaning}" for label, meaning in columns.items())


def _shell(command: str) -> Iterator[str]:
    yield from ("```sh", command, "```", "")


def _inline(text: str) -> str:
    """A sample on a line of Markdown."""
    return re.sub(r"([\\`*_<>\[\]|#])", r"\\\1", text).strip().replace("\n", " / ") or "(nothing)"


INTRODUCTION = """\
The results of the bundled models beside their targets ("bars"), beside other recipes under the same budget, and beside
published results. This page is made from the files in [results](results), which hold the output of the commands shown here;
nothing is typed into it by hand:

```sh
python benchmarks/scoreboard.py
```

`python benchmarks/scoreboard.py --check` says whether page and files agree. A result without a file is "not measured". All
results are on pieces that no training has seen, held out by tune, recording, sentence or poem. Reconstructions are decoded
greedily from the posterior mean without the true tokens (free-running). The settings of sampling (temperature, spread, number
of decodings of a code) were chosen on such pieces too, by these metrics, so the results of samples are slightly optimistic.
`python benchmarks/models.py NAME --data FOLDER --out DIR` trains a model again, starting from its corpus.

The main terms in short: *note F1*, *step accuracy* and *exact* say how much of a piece comes back from its code; the *KL* is
the information in the code, in nats; *−ELBO* and *NLL* say how well a model predicts unseen pieces, the lower the better; *N(0,
I)* is the standard normal distribution, from which codes are drawn where no prior was learned; the *overlap* of samples with
real music is 1 where they differ from real pieces as those differ from each other. All others are at the end.
"""


def page(folder: Path) -> str:
    """The page that the result files of ``folder`` give.

    Raises:
        FileError: a file is damaged or is no such result.
    """
    results = Results(folder)
    plan = {model["name"]: model for model in results.plan["models"]}
    budgets = {budget["name"]: budget for budget in results.plan["budgets"]}
    lines = ["# Scoreboard", "", *INTRODUCTION.splitlines(), "", "## Our models", ""]
    lines += ["| model | held-out pieces | bars met | not met | not measured |", "|---|---:|---:|---:|---:|"]
    for name, model in ((name, model) for name, model in plan.items() if model["bars"]):
        verdicts = [_row(results, name, bar)[1] for bar in model["bars"]]
        measured = results.get("models", name)
        counts = [f"{verdicts.count(verdict)}" for verdict in ("met", "**not met**", "not measured")]
        held_out = f"{measured['result']['n']:,}" if measured else "–"
        lines.append(f"| [{name}](#{name}) | {held_out} | {' | '.join(counts)} |")
    lines.append("")
    for name in results.names("models", list(plan)):
        model = plan.get(name, {"about": "", "bars": []})
        lines += _model(results, name, model["about"], model["bars"])
    lines += ["## The same data and time, other recipes", "", results.plan["recipes"], ""]
    for name in results.names("budget", list(budgets)):
        lines += _budget(results, name, budgets.get(name, {"about": ""})["about"])
    lines += ["## Published figures", "", results.plan["published"], "", *_published(results.published)]
    lines += ["## What the metrics are", "", *_glossary(results), ""]
    lines += ["## More", "", "[EXPERIMENTS.md](EXPERIMENTS.md): the experiments behind the presets, with those that failed."]
    lines += ["[LABORATORY.md](LABORATORY.md): cores, bottlenecks and methods to control the KL side by side."]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """This machine in a few words."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    except OSError:
        found = None
    return f"{os.cpu_count()} vCPU {found[1] if found else platform.processor() or platform.machine()}"


def add(kind: str, name: str, file: str, args: argparse.Namespace) -> dict[str, Any]:
    """The content of the result file ``KIND/NAME.json``.

    Raises:
        FileError, InputError: ``file`` cannot be read, or is not what is expected of it.
    """
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {file}: {error}.") from error
    when = {"date": args.date, "machine": args.machine}
    if kind == "samples":
        rules = dict(rule.partition("=")[::2] for rule in args.rule)
        found: Any = {"command": args.command, **when, "reader": args.reader, "rules": rules, "samples": _marked(text, list(rules))}
    else:
        try:
            found = json.loads(text)
        except ValueError as error:
            raise InputError(f"{file} is not JSON ({error}); give what the command printed with --json.") from error
        if kind == "budget" and isinstance(found, dict):
            found = {**found, **when}
        elif isinstance(found, dict):
            found = found.get("evaluation", found)  # of a model's manifest: what was printed when it was written
            # As `evaluate --write` does: which file of whose folder a sample is near to is of no use to others.
            found = {key: value for key, value in found.items() if key not in ("remarks", "refused")}
            if isinstance(found.get("novelty"), dict):
                found["novelty"] = {key: value for key, value in found["novelty"].items() if key != "pieces"}
            found = {"command": args.command, **when, "result": found}
    wrong = _wrong(kind, found)
    if wrong or (kind != "budget" and not args.command):
        raise InputError(f"{file} cannot be kept as {kind}/{name}: {wrong or 'say with --command what made it'}.")
    return dict(found)


def _marked(text: str, marks: list[str]) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(filter(None, text.splitlines()), 1):
        *given, sample = line.split("\t", len(marks))
        if len(given) != len(marks) or not set(given) <= {"0", "1"}:
            wanted = " and for ".join(marks)
            raise InputError(f"line {number} is {line!r}; expected 1 or 0 for {wanted}, each with a tab, and then the text.")
        told = {mark: value == "1" for mark, value in zip(marks, given, strict=True)}
        found.append({"text": sample.replace("\\n", "\n"), **told})
    return found


def arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 where the page is out of date")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="folder of the result files")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help="the page")
    adding = parser.add_subparsers(dest="action").add_parser("add", help="keep a result")
    adding.add_argument("target", metavar="models/NAME|budget/NAME|samples/NAME")
    adding.add_argument("file", metavar="FILE", help="what the command gave; - is standard input")
    adding.add_argument("--command", default="", metavar="TEXT", help="the command that gave it")
    adding.add_argument("--date", default=datetime.date.today().isoformat(), metavar="DAY", help="when (default: today)")
    adding.add_argument("--machine", default=machine(), metavar="TEXT", help="where (default: this machine)")
    adding.add_argument("--reader", default="", metavar="TEXT", help="samples: who read them")
    adding.add_argument("--rule", action="append", default=[], metavar="MARK=TEXT", help="samples: what was judged, by which rule")
    args = parser.parse_args(words)
    if args.action == "add":
        args.kind, _, args.name = args.target.partition("/")
        if args.kind not in ("models", "budget", "samples") or not re.fullmatch(r"[\w.-]+", args.name):
            parser.error(f"{args.target!r} is no place for a result; expected models/NAME, budget/NAME or samples/NAME.")
        if args.kind == "samples" and not all(re.match(r"[\w ]+=.", rule) for rule in args.rule or [""]):
            parser.error("say what was judged, and by which rule: --rule grammatical='…'.")
    return args


def main(words: list[str] | None = None) -> int:
    args = arguments(words)
    try:
        if args.action == "add":
            target = args.results / args.kind / f"{args.name}.json"
            write_json(target, add(args.kind, args.name, args.file, args))
            print(f"{target}; next: python benchmarks/scoreboard.py")
            return 0
        text = page(args.results)
        if not args.check:
            write_text(args.page, text)
            print(args.page)
            return 0
        kept = args.page.read_text(encoding="utf-8") if args.page.is_file() else ""
    except GenStudioError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if kept != text:
        print("\n".join(difflib.unified_diff(kept.splitlines(), text.splitlines(), str(args.page), "the files", lineterm="")))
        print(f"{args.page} is not what the files give; run: python benchmarks/scoreboard.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
