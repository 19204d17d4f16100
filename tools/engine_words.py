"""Collect the sentences of the engine for the translators of the window.

``python tools/engine_words.py`` writes ``resources/translations/engine.json``, by the contexts of their translations, and, into a
file that it is given, the same as a module that Qt's ``lupdate`` reads; ``make translations`` calls it. Beside the sentences are
the words of metrics and settings, from their descriptions; what is newer than the list is shown in English. A sentence is what an
error, a ``Message``, a refusal, a remark or an event of progress is given: a literal template, or an f-string, which is read as a
template whose places are named after what stands in them. A sentence that has two forms ("bar" or "bars") is two templates.
"""

from __future__ import annotations

import ast
import itertools
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1] / "genstudio"
TARGET = PACKAGE.parent / "resources" / "translations" / "engine.json"
OUTSIDE = ("cli",)
ERRORS = (
    "ConfigError", "CorpusError", "DamagedFileError", "FileError", "GenStudioError", "InputError", "ModelError", "Stopped",
    "TokenizerError",
)  # fmt: skip
LISTS = ("remarks", "told", "notes", "damage")
PLAIN = ("abs", "float", "int", "list", "map", "max", "min", "repr", "round", "set", "sorted", "str", "type")
SPEAKERS = ("why_no_phrase",)
"""Functions that return a sentence or a clause of one."""


@dataclass
class Template:
    """A template, and the expressions that its places stand for."""

    text: str
    values: dict[str, ast.expr] = field(default_factory=dict)
    test: str = ""  # the condition under which it is the one, for those that come in two forms


@dataclass
class Site:
    """A place in the source that gives a sentence."""

    path: Path
    node: ast.expr
    call: ast.AST
    templates: list[Template]

    @property
    def literal(self) -> bool:
        """Whether the templates stand there as such."""
        return not any(isinstance(part, ast.JoinedStr) for part in ast.walk(self.node))


def name_of(node: ast.expr) -> str:
    """A name for what an expression gives."""
    if isinstance(node, ast.Name):
        return "reason" if node.id in ("error", "exc", "damage", "failure") else node.id.strip("_").lower()
    if isinstance(node, ast.Attribute):
        if node.attr in ("strerror", "reason"):
            return "reason"
        base = name_of(node.value)
        if node.attr in ("name", "stem", "suffix", "parent") and base not in ("self", "cls", "value"):
            return base if node.attr == "name" else f"{base}_{node.attr}"
        return node.attr.strip("_").lower()
    if isinstance(node, ast.BoolOp):
        return name_of(node.values[0])
    if isinstance(node, ast.IfExp):
        return name_of(node.body) if not isinstance(node.body, ast.Constant) else name_of(node.orelse)
    if isinstance(node, ast.Subscript):
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) and node.slice.value.isidentifier():
            return node.slice.value
        return name_of(node.value)
    if isinstance(node, ast.Call):
        function = node.func
        if isinstance(function, ast.Name):
            if function.id == "did_you_mean":
                return "hint"
            if function.id in ("len", "sum"):
                return "count"
            if function.id in PLAIN and node.args:
                return name_of(node.args[-1])
            return function.id.strip("_").lower()
        if isinstance(function, ast.Attribute):
            if function.attr == "join" and node.args:
                return name_of(node.args[0])
            if function.attr in ("fspath", "fsdecode") and node.args:
                return name_of(node.args[0])
            return name_of(function.value) if not isinstance(function.value, ast.Constant) else function.attr
    if isinstance(node, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
        return name_of(node.generators[0].iter)
    if isinstance(node, ast.BinOp):
        found = name_of(node.left)
        return found if found != "value" else name_of(node.right)
    return "value"


def templates_of(node: ast.expr) -> list[Template]:
    """The templates that an expression can give; none where it is no sentence of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [Template(node.value)] if node.value else []
    if isinstance(node, ast.IfExp):
        return [*templates_of(node.body), *templates_of(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return list(_of_fstring(node))
    return []


def _of_fstring(node: ast.JoinedStr) -> Iterator[Template]:
    tests = list(dict.fromkeys(
        ast.unparse(part.value.test) for part in node.values if isinstance(part, ast.FormattedValue) and _forms(part)
    ))  # fmt: skip
    for outcome in itertools.product((True, False), repeat=min(2, len(tests))):
        settled = dict(zip(tests, outcome, strict=False))
        text, values = "", dict[str, ast.expr]()
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += str(part.value).replace("{", "{{").replace("}", "}}")
                continue
            assert isinstance(part, ast.FormattedValue)
            if _forms(part) and (test := ast.unparse(part.value.test)) in settled:
                text += str((part.value.body if settled[test] else part.value.orelse).value)  # type: ignore[attr-defined]
                continue
            text += "{" + _place(part, values) + "}"
        yield Template(text if values else text.replace("{{", "{").replace("}}", "}"), values, " and ".join(
            test if true else f"not ({test})" for test, true in settled.items()
        ))  # fmt: skip


def _forms(part: ast.FormattedValue) -> bool:
    """Whether it is one of two words."""
    value = part.value
    return (
        isinstance(value, ast.IfExp)
        and part.conversion == -1
        and part.format_spec is None
        and all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in (value.body, value.orelse))
    )


def _place(part: ast.FormattedValue, values: dict[str, ast.expr]) -> str:
    value, spec = part.value, ""
    if part.format_spec is not None:
        assert isinstance(part.format_spec, ast.JoinedStr)
        if all(isinstance(one, ast.Constant) for one in part.format_spec.values):
            spec = ":" + "".join(str(one.value) for one in part.format_spec.values)  # type: ignore[attr-defined]
        else:  # it depends on something: the value is given as text
            value = ast.JoinedStr([part])
    name = base = name_of(part.value) if name_of(part.value).isidentifier() else "value"
    number = 2
    while name in values and ast.unparse(values[name]) != ast.unparse(value):
        name = f"{base}_{number}"
        number += 1
    values[name] = value
    conversion = "" if part.conversion == -1 or value is not part.value else f"!{chr(part.conversion)}"
    return name + conversion + spec


def sites(path: Path) -> list[Site]:
    """Every place of a module that gives a sentence."""
    from genstudio.latent.sources import reworded

    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[Site] = []

    def add(node: ast.expr, call: ast.AST) -> None:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return
        if templates := templates_of(node):
            found.append(Site(path, node, call, templates))

    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and function.name in SPEAKERS:
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    add(node.value, node)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
            raised = isinstance(function, ast.Call) and isinstance(function.func, ast.Name) and function.func.id == "type"
            if (name in ERRORS or name == "Message" or raised) and node.args:
                add(node.args[0], node)
            elif name == "in_units" and len(node.args) == 2:
                add(node.args[1], node)
                found[-1].templates += [Template(reworded(one.text, "season", "step")) for one in found[-1].templates]
            elif name == "Refusal" and len(node.args) == 2:
                add(node.args[1], node)
            elif name == "Progress":
                for given in [*node.args[3:4], *(one.value for one in node.keywords if one.arg == "message")]:
                    add(given, node)
            elif name in ("append", "insert") and isinstance(node.func, ast.Attribute) and _listed(node.func.value):
                add(node.args[-1], node)
        elif isinstance(node, ast.AugAssign) and _listed(node.target) and isinstance(node.value, ast.List):
            for one in node.value.elts:
                add(one, node)
    for assignment in _clauses(tree, found):
        add(assignment.value, assignment)
    return found


def _clauses(tree: ast.Module, found: list[Site]) -> list[ast.Assign]:
    """Where parts of sentences are put together beforehand: assignments to names that stand in templates of the same function."""
    used = {id(site.call): {value.id for one in site.templates for value in one.values.values() if isinstance(value, ast.Name)}
            for site in found}  # fmt: skip
    clauses = {}
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        nodes = list(ast.walk(function))
        names = set().union(*(used.get(id(node), ()) for node in nodes))
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in names:
                texts = [one.text for one in templates_of(node.value)]
                if any(" " in text.strip() and any(map(str.isalpha, text)) for text in texts):
                    clauses[id(node)] = node
    return list(clauses.values())


def _listed(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id in LISTS) or (isinstance(node, ast.Attribute) and node.attr in LISTS)


def modules() -> list[Path]:
    """The modules of the engine."""
    return sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in OUTSIDE)


def words() -> list[str]:
    """Every template, once, in the order of the modules."""
    found = {template.text: None for path in modules() for site in sites(path) for template in site.templates}
    return [text for text in found if any(map(str.isalpha, text.replace("{", " ")))]


def described() -> dict[str, list[str]]:
    """The labels, helps and units of metrics ("Figures"), of settings ("Settings") and of export formats and their options
    ("Exporting", "ExportDialog"), and the names of instruments, by the context of their translations."""
    from genstudio import config
    from genstudio.domains import get_domain, names
    from genstudio.evaluation.options import EvaluationOptions
    from genstudio.gui.widgets.importing import import_settings
    from genstudio.latent.operations import OPERATIONS
    from genstudio.metrics import GROUPS, METRICS
    from genstudio.models import cores
    from genstudio.rendering.formats.registry import CHOICES, OPTIONS
    from genstudio.rendering.instruments import INSTRUMENTS, KITS, instrument_name

    figures = [*GROUPS.values(), *(word for one in METRICS.values() for word in (one.label, one.unit, one.about))]
    classes = [*config.GROUPS.values(), config.TrainConfig, *(cores.options_class(name) for name in cores.names())]
    abouts = [about for one in classes for about in config.settings(one)]
    abouts += [about for preset in ("melody-2bar", "sentence", "series-daily") for about in import_settings(preset)[0]]
    settings = [word for about in abouts for word in _shown(about)]
    offered = [one for one in OPERATIONS if one.tool is not None]
    settings += [word for one in offered for about in one.settings for word in _shown(about)]
    settings += [word for about in config.settings(EvaluationOptions) if about["called"] for word in _shown(about)]
    spoken = ("label", "about", "lead", "teach", "teach_text", "made")
    tools = [getattr(one.tool, name) for name in spoken for one in offered]
    settings += [preset.label for preset in config.PRESETS.values()]
    settings += [word for name in names() for one in get_domain(name).attributes for word in (one.label, one.unit)]
    formats = [word for _, choice in CHOICES.values() for word in (choice.label, choice.unpitched, choice.help)]
    asked = [OPTIONS[name].metadata for name in dict.fromkeys(name for _, choice in CHOICES.values() for name in choice.asks)]
    options = [word for about in asked for word in (about["label"], *map(str.capitalize, about["choices"]))]
    found = {"Figures": figures, "Settings": settings, "Exporting": formats, "ExportDialog": options, "Tools": tools}
    found["Instruments"] = [*INSTRUMENTS, *(instrument_name(kit, pitched=False) for kit in KITS)]
    return {context: [*filter(None, dict.fromkeys(words))] for context, words in found.items()}


def _shown(about: Mapping[str, Any]) -> list[str]:
    """The words of a setting that a form shows."""
    label, help_ = about.get("called") or about.get("label"), about.get("said") or about.get("help")
    unit = about.get("unit") if about.get("low") is not None else ""
    return [str(word or "") for word in (label, help_, unit, about.get("hint"), *about.get("words", ()))]


def for_lupdate(lists: dict[str, list[str]]) -> str:
    """The lists as a module that ``lupdate`` reads."""
    marked = [(context, json.dumps(text, ensure_ascii=False)) for context, texts in lists.items() for text in texts]
    return "".join(f'QT_TRANSLATE_NOOP("{context}", {text})\n' for context, text in marked)


def main() -> int:
    """Write the lists."""
    lists = {"Engine": words(), **described()}
    TARGET.write_text(json.dumps(lists, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for path in sys.argv[1:]:
        Path(path).write_text(for_lupdate(lists), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
