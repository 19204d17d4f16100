"""Trains a model that ships again, with one command: `python benchmarks/models.py NAME --data FOLDER --out DIR`.

The recipe of NAME (checkpoints/recipes.json) becomes `genstudio` commands that are printed and run one after the other: the corpus,
the training with its stages, the prior, the attributes, the map, the packed model in DIR/NAME, and its figures. What is finished is
not done again: the same command goes on where it was stopped (Ctrl-C) or failed.

Exit status: that of the command that failed; 0 where the model is there.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a checkout needs no installation

from genstudio.cli import main as genstudio  # noqa: E402
from genstudio.config import get_preset  # noqa: E402
from genstudio.errors import ConfigError, FileError, GenStudioError, did_you_mean  # noqa: E402
from genstudio.files import read_json, write_json  # noqa: E402
from genstudio.models.manifest import read_manifest, update_manifest  # noqa: E402

RECIPES = ROOT / "checkpoints" / "recipes.json"
DONE = "done.json"

LOOP = {
    "optimizer.batch_size": 8,
    "optimizer.evaluate_every": 100,
    "optimizer.evaluate_on": 8,
    "optimizer.warmup": 2,
    "prior.steps": 0,  # for it all pieces would be encoded
    "prior.width": 16,
    "prior.layers": 1,
}
SMALL = {
    "transformer": {"core.width": 32, "core.heads": 2, "core.encoder_layers": 1, "core.decoder_layers": 1},
    "lstm": {"core.latent_dims": 8, "core.embedding": 24, "core.encoder_hidden": 16, "core.hidden": 24},
}
QUICK: dict[str, dict[str, Any]] = {
    "prior": {"max-steps": 2, "limit": 40},
    "attributes": {"limit": 60, "donors": 16, "measure": 4, "rounds": 1, "candidates": 4},
    "map": {"limit": 60},
    "evaluate": {"limit": 6, "samples": 2, "generated": 4, "interpolation": 1, "best-of": 2, "examples": 1},
}


@dataclass(frozen=True)
class Step:
    """A command of a recipe. half: where it is gone on with `--resume` if this file is there."""

    name: str
    words: list[str]
    half: Path | None = None


def recipes() -> dict[str, dict[str, Any]]:
    return dict(read_json(RECIPES))


def quickly(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """The recipe with small models, a few steps and few pieces: to see that all of it works, not for its result."""
    small = {**recipe, "corpus": {**recipe["corpus"], "workers": 1}, "stages": []}
    if "tokenizer" not in recipe["corpus"]:
        small["corpus"]["vocab-size"] = 400
    for stage in recipe["stages"]:
        settings = stage.get("set", {})
        core = settings.get("core", get_preset(stage["preset"]).config.core)
        kept = {name: value for name, value in stage.items() if name != "max-minutes"}
        sizes = {} if "from" in stage else SMALL[core]  # what is begun from has its own
        if "corpus" in kept:
            kept["corpus"] = {**kept["corpus"], "workers": 1}
        small["stages"].append({**kept, "set": {**settings, **LOOP, **sizes}, "max-steps": 3})
    for name, options in QUICK.items():
        if recipe.get(name) is not None:
            legs = [{**leg, **{key: value for key, value in options.items() if _asked(key, leg)}} for leg in legs_of(recipe[name])]
            small[name] = legs if isinstance(recipe[name], list) else legs[0]
    return small


def legs_of(options: Any) -> list[Mapping[str, Any]]:
    """The options of a command that is given once or several times: a prior may be fitted in turns."""
    return list(options) if isinstance(options, list) else [options]


def _asked(option: str, options: Mapping[str, Any]) -> bool:
    """What is not measured is not measured quickly either."""
    return option not in ("measure", "interpolation") or option in options


def written(options: Mapping[str, Any]) -> Iterator[str]:
    """Options of a recipe as words: `set` is a group of settings, true is an option alone, a list an option several times."""
    for name, value in options.items():
        if name == "set":
            yield from (word for key, setting in value.items() for word in ("--set", f"{key}={setting}"))
        elif value is True:
            yield f"--{name}"
        else:
            yield from (word for one in (value if isinstance(value, list) else [value]) for word in (f"--{name}", str(one)))


def steps(name: str, recipe: Mapping[str, Any], data: Path, out: Path) -> list[Step]:
    """The commands of a recipe, in their order. A stage may have a corpus of its own, which shares the vocabulary."""
    corpus, about = out / "corpus" / name, ROOT / recipe["about"]
    options = {key: ROOT / value if key == "tokenizer" else value for key, value in recipe["corpus"].items()}
    found = [_corpus("corpus", recipe["sources"], options, data, corpus)]
    model, before = corpus, None
    for number, stage in enumerate(recipe["stages"], 1):
        model, used = out / f"stage-{number}" / name, corpus
        settings = {key: value for key, value in stage.items() if key not in ("sources", "corpus")}
        if "sources" in stage:
            used = out / "corpus" / f"{name}-{number}"
            options = {**stage["corpus"], "tokenizer": corpus / "tokenizer"}
            found.append(_corpus(f"corpus-{number}", stage["sources"], options, data, used))
        words = ["train", "--corpus", str(used), *(["--from", str(before)] if before else []), *written(settings)]
        words += ["--about", str(about), "--out", str(model)]
        found.append(Step(f"stage-{number}", words, model / "training" / "state.json"))
        before = model
    packed = out / name
    for step, words, half in (
        ("prior", ["prior", str(model), "--corpus", str(corpus)], model / "prior" / "state.json"),
        ("attributes", ["attributes", str(model), "--corpus", str(corpus)], None),
        ("map", ["map", "--model", str(model), "--corpus", str(corpus)], None),
        ("pack", ["models", "pack", str(model), "--out", str(packed)], None),
        # Of what ships: in half precision.
        ("evaluate", ["evaluate", "--model", str(packed), "--corpus", str(corpus), "--write"], None),
    ):
        if step == "pack":
            found.append(Step(step, words))
            continue
        for number, options in enumerate(legs_of(recipe[step]) if recipe.get(step) is not None else [], 1):
            found.append(Step(step if number == 1 else f"{step}-{number}", [*words, *written(options)], half))
    return found


def _corpus(name: str, sources: list[str], options: Mapping[str, Any], data: Path, out: Path) -> Step:
    return Step(name, ["corpus", *(str(data / source) for source in sources), *written(options), "--out", str(out)])


def sources_of(recipe: Mapping[str, Any]) -> list[str]:
    """What a recipe reads, of all its stages."""
    return list(dict.fromkeys([*recipe["sources"], *(source for stage in recipe["stages"] for source in stage.get("sources", []))]))


def follow(name: str, recipe: Mapping[str, Any], data: Path, out: Path) -> int:
    """Run what is not done yet; the exit status of the command that failed or was stopped, or 0.

    Raises:
        FileError: a source is missing, or ``out`` cannot be written.
        ConfigError: ``out`` was begun with another recipe.
    """
    missing = [source for source in sources_of(recipe) if not (data / source).exists()]
    if missing:
        raise FileError(f"{data} has no {', '.join(missing)}; give with --data the folder in which they are.")
    begun = read_json(out / DONE) if (out / DONE).is_file() else {"name": name, "recipe": recipe, "done": []}
    if (begun["name"], begun["recipe"]) != (name, recipe):
        raise ConfigError(f"{out} was begun with another recipe ({begun['name']}); choose another --out.")
    if (out / name).exists() and "packing" not in begun:
        raise FileError(f"{out / name} exists already and was not made by this recipe; choose another --out.")
    for step in steps(name, recipe, data, out):
        if step.name in begun["done"]:
            print(f"done: genstudio {shlex.join(step.words)}", flush=True)
            continue
        words = [*step.words, *(["--resume"] if step.half and step.half.is_file() else [])]
        print(f"\n$ genstudio {shlex.join(words)}", flush=True)
        if step.name == "pack":
            shutil.rmtree(out / name, ignore_errors=True)  # half of one that was stopped: before, there was nothing
            begun["packing"] = True
            write_json(out / DONE, begun)
        if step.name == "evaluate" and recipe.get("sampling"):
            model = Path(step.words[step.words.index("--model") + 1])
            update_manifest(model, {"sampling": {**read_manifest(model).get("sampling", {}), **recipe["sampling"]}})
        status = genstudio(words)
        if status:
            print(f"\n'genstudio {words[0]}' ended with status {status}; the same command goes on from there.", file=sys.stderr)
            return status
        begun["done"].append(step.name)
        write_json(out / DONE, begun)
    for file in recipe.get("files", []):
        shutil.copy(ROOT / file, out / name)
    print(f"\n{out / name}")
    return 0


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", metavar="NAME", help="a model; --list names them")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="where the sources of the recipe are")
    parser.add_argument("--out", type=Path, metavar="DIR", help="a folder for all that is made; the model is DIR/NAME")
    parser.add_argument("--list", action="store_true", help="the models and what they are made of")
    parser.add_argument("--dry-run", action="store_true", help="print the commands and run none")
    parser.add_argument("--quick", action="store_true", help="small models and a few steps of each: to see that all of it works")
    args = parser.parse_args(words)
    try:
        known = recipes()
        if args.list:
            for name, recipe in known.items():
                print(f"{name}: {', '.join(sources_of(recipe))}")
            return 0
        if args.name is None or args.data is None or args.out is None:
            parser.error("give a name, --data and --out; or --list")
        if args.name not in known:
            raise ConfigError(f"there is no recipe {args.name!r}; {did_you_mean(args.name, known)}")
        recipe = quickly(known[args.name]) if args.quick else known[args.name]
        data, out = args.data.resolve(), args.out.resolve()
        if not args.dry_run:
            return follow(args.name, recipe, data, out)
        for step in steps(args.name, recipe, data, out):
            if step.name == "evaluate" and recipe.get("sampling"):
                print(f"# into the manifest, how samples are drawn: {recipe['sampling']}")
            print(f"genstudio {shlex.join(step.words)}")
        return 0
    except GenStudioError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
