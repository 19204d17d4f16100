"""Turns roles (:class:`Domain`) and lists of fields in docstrings into Markdown."""

from __future__ import annotations

import re
from typing import Any

from griffe import Alias, Class, Extension, Module, Object

ROLE = re.compile(r":(?:class|func|meth|mod|data|attr|exc):`(~?)([\w.]+)`")


class Roles(Extension):
    """Turns roles into links where the name has a page, and otherwise into code."""

    def on_package(self, *, pkg: Module, **unused: Any) -> None:
        """Go through all docstrings of a package."""
        self._visit(pkg, pkg)

    def _visit(self, item: Object, package: Module) -> None:
        if item.docstring is not None:
            text = ROLE.sub(lambda found: self._link(found, item, package), item.docstring.value)
            text = re.sub(r"``([^`]+)``", r"`\1`", text)
            text = re.sub(r"(?m)^(\S.*)\n((?:    \*.*\n?(?:      .*\n?)*)+)", _list, text)
            if isinstance(item, Class):
                known = "|".join(re.escape(name) for name in item.members)
                text = re.sub(rf"(?m)^((?:{known})(?:, (?:{known}))*): ", r"* `\1`: ", text)
                text = re.sub(r"(?m)(?<!\n)\n\* `", r"\n\n* `", text)
            item.docstring.value = text
        for member in item.members.values():
            if not isinstance(member, Alias):
                self._visit(member, package)

    @staticmethod
    def _link(found: re.Match[str], item: Object, package: Module) -> str:
        name = found[2]
        shown = name.rpartition(".")[2] if found[1] or name.startswith("genstudio.") else name
        path = name if name.startswith("genstudio.") else _resolved(item, name)
        return f"[`{shown}`][{path}]" if path and _has_page(package, path) else f"`{shown}`"


def _list(found: re.Match[str]) -> str:
    return f"{found[1]}\n\n" + re.sub(r"(?m)^    ", "", found[2]) + "\n"


def _resolved(item: Object, name: str) -> str:
    here: Any = item
    first, dot, rest = name.partition(".")
    while here is not None:
        if first in here.members:
            found = here.members[first]
            path = found.target_path if isinstance(found, Alias) else found.path
            return path + dot + rest
        here = here.parent
    return ""


def _has_page(package: Module, path: str) -> bool:
    parts = path.split(".")
    if any(part.startswith("_") for part in parts) or "cli" in parts or "gui" in parts:
        return False
    try:
        found = package[".".join(parts[1:])] if len(parts) > 1 else package
    except KeyError:
        return False
    return not isinstance(found, Alias) and found.docstring is not None and (found.is_module or bool(found.is_public))
