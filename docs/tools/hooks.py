"""Hooks of mkdocs for the documentation site.

The reference is made from parsers, settings and docstrings; formulae become MathML; figures are put into the page; and a page may
load nothing from another site when it is read.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import inspect
import os
import pkgutil
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import genstudio
from genstudio import config as settings_of
from genstudio.cli import commands
from genstudio.cli._parser import Command, Parser, add_common
from genstudio.metrics import METRICS
from genstudio.models import cores
from genstudio.rendering.formats.registry import FORMATS

sys.path.insert(0, str(Path(__file__).parent))
from mathml import formulae

FOLDER = "reference/python"
# A model inherits its operations, which would be left out otherwise.
OPTIONS = {"genstudio.latent.model": "    options:\n      inherited_members: true\n"}
WITHOUT = ("cli", "gui", "__main__")  # cli has the page of the commands, gui is no library


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the modules into the navigation."""
    pages: list[Any] = []
    for name in ("genstudio", *modules()):
        page = {name: f"{FOLDER}/{name}.md"}
        package = name.split(".")[1] if name.count(".") else name
        if name.count(".") > 1 or is_package(name):
            if not pages or package not in pages[-1]:
                pages.append({package: []})
            pages[-1][package].append(page)
        else:
            pages.append(page)
    for section in config.nav or ():
        if "Reference" in section:
            section["Reference"].append({"Modules": [entry for entry in pages if "genstudio" not in entry]})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    made = {
        "reference/commands.md": commands_page(),
        "reference/settings.md": settings_page(),
        "reference/python.md": python_page(),
        "reference/functions.md": functions_page(),
        **{f"{FOLDER}/{name}.md": f"# {name}\n\n::: {name}\n{OPTIONS.get(name, '')}" for name in modules()},
    }
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the table of the metrics where a page asks for it."""
    return markdown.replace("<!-- every metric -->", metrics_table())


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn formulae into MathML and put figures into the page, where they follow its colours."""
    picture = r'<p><img alt="([^"]*)" src="[^"]*?figures/([\w-]+)\.svg" ?/?></p>'
    return re.sub(picture, lambda found: figure(*found.groups()), formulae(content))


def on_post_build(config: MkDocsConfig) -> None:
    """Refuse a site that loads something from another one.

    Raises:
        PluginError: a page or style sheet does.
    """
    outside = {
        ".html": r"<(?:script|img|iframe|source|audio|video)\b[^>]*\bsrc=[\"']?(?:https?:)?//[^\"'> ]*"
        r"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preload|preconnect|icon))[^>]*\bhref=[\"']?(?:https?:)?//[^\"'> ]*",
        ".css": r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\"']*",
    }
    for path in sorted(Path(config.site_dir).rglob("*")):
        if path.suffix in outside and (found := re.search(outside[path.suffix], path.read_text(encoding="utf-8"))):
            raise PluginError(f"{path} loads something from outside: {found[0]}")


# Commands


def commands_page() -> str:
    """Every command with its arguments, from the parsers."""
    known = commands()
    out = ["# Commands", "", "Made from the command line's own parsers. `genstudio COMMAND --help` says the same.", ""]
    out += ["| command | does |", "|---|---|"]
    out += [f"| [`{name}`](#{name}) | {cell(command.HELP)} |" for name, command in known.items()]
    out += ["", "## Options of every command", ""]
    common = Parser(prog="genstudio", add_help=False)
    add_common(common)
    out += arguments(common)
    out += [
        "",
        "Exit status: 0 done; 1 a fault of the program; 2 the input or the call is wrong; 130 interrupted.",
        "",
    ]
    for name, command in known.items():
        out += [f"## {name}", "", *described(name, command)]
    return "\n".join(out)


def described(name: str, command: Command) -> Iterator[str]:
    """A command's text, usage and arguments."""
    parser = Parser(prog=f"genstudio {name}", add_help=False)
    command.add_arguments(parser)
    yield plain((command.__doc__ or command.HELP).strip())
    yield ""
    yield from usage(parser)
    yield from arguments(parser)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for sub, child in action.choices.items():
                yield from ("", f"### {name} {sub}", "", plain(helps.get(sub, "") or ""), "")
                yield from usage(child)
                yield from arguments(child)
    if name == "export":
        yield from ("", *formats())
    yield ""


def formats() -> Iterator[str]:
    """A table of the formats that pieces are exported to."""
    yield from ("| format | file | for | options |", "|---|---|---|---|")
    for known in FORMATS.values():
        options = ", ".join(f"`--{item.name}`" for item in dataclasses.fields(known.options) if item.metadata)
        kind = "melodies" if known.pitched else f"{known.kind}, series" if known.charts else known.kind
        suffixes = ", ".join(known.suffixes) or "as it is read"
        yield f"| `{known.name}`: {cell(known.label)} | {suffixes} | {kind or 'other kinds'} | {options} |"


def usage(parser: argparse.ArgumentParser) -> list[str]:
    """The usage in a fence."""
    columns, os.environ["COLUMNS"] = os.environ.get("COLUMNS"), "110"
    text = parser.format_usage().removeprefix("usage: ").rstrip()
    os.environ.pop("COLUMNS") if columns is None else os.environ.update(COLUMNS=columns)
    return ["```text", re.sub(r"\n {7}", "\n", text), "```", ""]


def arguments(parser: argparse.ArgumentParser) -> list[str]:
    """A table of the arguments that the help shows; those of every command are left out of a command's own table."""
    common = {"--seed", "--json", "--debug"} if parser.prog != "genstudio" else set()
    rows = []
    for action in parser._actions:
        hidden = action.help == argparse.SUPPRESS or isinstance(action, (argparse._HelpAction, argparse._SubParsersAction))
        if hidden or common & set(action.option_strings):
            continue
        metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        value = "" if action.nargs == 0 else f" {metavar}"
        shown = ", ".join(option + value for option in action.option_strings) or metavar
        needed = " Required." if action.required and action.option_strings else ""
        rows.append(f"| `{shown}` | {cell(action.help or '').rstrip('.')}.{needed} |".replace("%(default)s", str(action.default)))
    return ["| argument | meaning |", "|---|---|", *rows] if rows else []


# Settings


def settings_page() -> str:
    """Every setting of training and decoding, and the presets."""
    out = [
        "# Settings and presets",
        "",
        "Made from `genstudio.config` and the options of the cores. A setting is given to `genstudio train` as `--set name=value`,",
        "any number of times; the other settings are those of the preset, or the defaults where the preset says nothing.",
        "",
    ]
    groups: list[tuple[str, type[Any], str]] = [
        ("Training", settings_of.TrainConfig, ""),
        *((f"Settings {name}", options, f"{name}.") for name, options in settings_of.GROUPS.items()),
    ]
    groups += [(f"Core {name}", cores.options_class(name), "core.") for name in cores.names()]
    groups += [("Decoding", settings_of.DecodingOptions, "")]
    for title, options, prefix in groups:
        out += [f"## {title}", "", plain((options.__doc__ or "").strip()), ""]
        out += ["| setting | default | range | meaning |", "|---|---|---|---|"]
        for item in settings_of.settings(options, prefix):
            unit = f" ({item['unit']})" if item["unit"] else ""
            out.append(f"| `{item['name']}` | {value_of(item['default'])} | {span(item)}{unit} | {cell(item['help'])} |")
        out.append("")
    out += ["## Presets", ""]
    for preset in settings_of.PRESETS.values():
        cut = f"phrases of {preset.length} bars, one every {preset.stride}" if preset.length else "each passage as it is"
        out += [
            f"### {preset.name}",
            "",
            f"{preset.label} (domain `{preset.domain}`): {cut}; {preset.vocab_size} tokens ({preset.tokenizer_model}), none",
            f"longer than {preset.longest_token} symbols. What differs from the defaults:",
            "",
            "| setting | value |",
            "|---|---|",
            *(f"| `{name}` | {value_of(value)} |" for name, value in changed(preset.config)),
            "",
        ]
    return "\n".join(out)


def changed(found: Any) -> Iterator[tuple[str, Any]]:
    """The settings of a preset that differ from the defaults."""
    default = settings_of.TrainConfig()
    for item in dataclasses.fields(found):
        value = getattr(found, item.name)
        if item.name == "core_options":
            yield from ((f"core.{name}", one) for name, one in value.items())
        elif dataclasses.is_dataclass(value):
            former = getattr(default, item.name)
            for inner in dataclasses.fields(value):
                if getattr(value, inner.name) != getattr(former, inner.name):
                    yield f"{item.name}.{inner.name}", getattr(value, inner.name)
        elif value != getattr(default, item.name):
            yield item.name, value


def span(item: dict[str, Any]) -> str:
    """The values that a setting takes."""
    if item["choices"]:
        return ", ".join(f"`{choice}`" for choice in item["choices"])
    if item["low"] is not None and item["high"] is not None:
        return f"{item['low']:g} to {item['high']:g}" if item["high"] < 1e7 else f"from {item['low']:g}"
    return "true, false" if isinstance(item["default"], bool) else ""


def value_of(value: Any) -> str:
    """A value as one types it."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, float):
        return f"`{value:g}`"
    return "none" if value in (None, (), "") else f"`{value}`"


def metrics_table() -> str:
    """Every row of ``genstudio evaluate`` with its definition."""
    rows = (f"| `{name}` | {cell(one.about)} |" for name, one in METRICS.items() if one.about)
    return "\n".join(["| row | what it is |", "|---|---|", *rows])


# Python


def python_page() -> str:
    """The names of the package, each with a link to its docstring."""
    out = ["# In Python", "", "`import genstudio` gives these names; the first one that needs torch loads it.", ""]
    out += ["| name | |", "|---|---|"]
    for name in genstudio.__all__:
        if name.startswith("__"):
            continue
        found = getattr(genstudio, name)
        first = " ".join((found.__doc__ or "").strip().split("\n\n")[0].split())
        place = f"(functions.md#{name})" if made(found) else f"[{found.__module__}.{found.__qualname__}]"
        out.append(f"| [`genstudio.{name}`]{place} | {cell(plain(first))} |")
    out += [
        "",
        "Each module of the engine has a page of its own with its public names; the floors that they stand on are described in",
        "`ARCHITECTURE.md` beside the package.",
        "",
        "| module | |",
        "|---|---|",
    ]
    for name in modules():
        first = " ".join((importlib.import_module(name).__doc__ or "").strip().split("\n\n")[0].split())
        out.append(f"| [`{name}`][{name}] | {cell(plain(first))} |")
    return "\n".join(out)


def made(function: Any) -> bool:
    """Whether a function's signature is generated from options."""
    return hasattr(function, "__signature__")


def functions_page() -> str:
    """The functions whose signatures are generated from options; a model has the operations among them as methods."""
    out = [
        "# Functions",
        "",
        "The functions of the package that work on files. They have the same options as their commands.",
        "The operations on the latent space are methods of [`Model`][genstudio.latent.model.Model] as well; these take no",
        "`model`, `out` and `keep`, and return [`Pieces`][genstudio.latent.pieces.Pieces].",
        "",
    ]
    for name in genstudio.__all__:
        function = getattr(genstudio, name)
        if made(function):
            text = inspect.getdoc(function) or ""
            about, *sections = re.split(r"(?m)^(?=(?:Args|Returns|Raises):$)", text)
            out += [f"## {name}", "", f"```text\n{call(name, function)}\n```", "", plain(about.strip()), ""]
            for section in sections:
                title, _, rest = section.partition(":\n")
                out += [f"**{title}**", "", *(f"- {plain(line)}" for line in items(rest)), ""]
    return "\n".join(out)


def call(name: str, function: Any) -> str:
    """A call of a function with its parameters and their defaults."""
    taken = inspect.signature(function).parameters.values()
    parameters = [re.sub(r"<function (\w+) at \w+>", r"\1", str(one.replace(annotation=one.empty))) for one in taken]
    star = next((at for at, one in enumerate(taken) if one.kind == one.KEYWORD_ONLY), None)
    if star is not None:
        parameters.insert(star, "*")
    return textwrap.fill(f"genstudio.{name}({', '.join(parameters)})", 100, subsequent_indent="    ", break_on_hyphens=False)


def items(section: str) -> list[str]:
    """The entries of a section of a docstring, ``name: text`` each, the name as code."""
    entries = re.split(r"(?m)^(?=\S)", textwrap.dedent(section).strip())
    joined = [" ".join(entry.split()) for entry in entries if entry.strip()]
    return [re.sub(r"^([\w, ]+): ", r"`\1`: ", entry) for entry in joined]


def modules() -> list[str]:
    """The public modules of the engine, sorted by name."""
    found = []
    for module in pkgutil.walk_packages(genstudio.__path__, "genstudio."):
        parts = module.name.split(".")[1:]
        if parts[0] not in WITHOUT and not any(part.startswith("_") for part in parts):
            found.append(module.name)
    return found


def is_package(name: str) -> bool:
    """Whether a module contains other modules."""
    return hasattr(importlib.import_module(name), "__path__")


# Words and pictures


def plain(text: str) -> str:
    """A text with its roles of reStructuredText turned into code."""
    return re.sub(r"``([^`]+)``", r"`\1`", re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text))


def cell(text: str) -> str:
    """A text as a table cell."""
    return plain(" ".join(text.split())).replace("|", "\\|").replace("<", "&lt;").replace("%%", "%")


def figure(caption: str, name: str) -> str:
    """An SVG of docs/figures with its caption, without its own colours."""
    drawn = (Path(__file__).parents[1] / "figures" / f"{name}.svg").read_text(encoding="utf-8")
    drawn = re.sub(r"<style>.*?</style>", "", drawn, flags=re.DOTALL)
    return f'<figure class="figure">{drawn}<figcaption>{caption}</figcaption></figure>'
