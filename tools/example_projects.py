"""Make the example projects that Home offers: ``python tools/example_projects.py`` writes ``resources/projects/KIND.genstudio``.

Each has two pieces of its kind that come with the program at the ends of a line, and what a model that comes with it makes between
them. Make them again when such a model has changed: the tests say so.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a checkout needs no installation

import genstudio  # noqa: E402
from genstudio.domains import get_domain, plays  # noqa: E402
from genstudio.gui.items import items_of  # noqa: E402
from genstudio.gui.pages.create.desk import LETTERS, End, Results  # noqa: E402
from genstudio.gui.pages.create.filling import examples  # noqa: E402
from genstudio.gui.pages.create.keeping import end_record, records  # noqa: E402
from genstudio.gui.pages.create.morphing import way_titles  # noqa: E402
from genstudio.gui.pages.create.tools import defaults  # noqa: E402
from genstudio.gui.pages.create.work import Request, carry_out  # noqa: E402
from genstudio.gui.project.archive import SUFFIX, Project, pack, write  # noqa: E402
from genstudio.gui.toolwords import TOOLS  # noqa: E402
from genstudio.progress import Stop  # noqa: E402

MODELS = {
    "melody": "folk-melody-16bar", "drums": "drums-2bar", "score": "lead-sheet-8bar", "text": "english-sentence",
    "series": "series-daily",
}  # fmt: skip
TOOL = next(iter(TOOLS))


def project(domain: str, name: str) -> Project:
    """The example of a kind of data, with what the model of that name makes."""
    model: Any = genstudio.load(name)
    ends = [End(dataclasses.replace(item, piece=dataclasses.replace(item.piece, source=""))) for item in examples(domain)]
    idle = {"bars", "parts", "words", *(() if plays(domain) else ("key", "metre", "whole"))}
    values = {key: value for key, value in defaults(TOOL).items() if key not in idle}
    pieces = tuple(end.shown(model.phrase_length).piece for end in ends)
    request = Request(TOOL, pieces, values)
    made = carry_out(model, request, Stop())
    a, b = (end.item.title for end in ends)
    titles = way_titles(a, b, made.ts) if not get_domain(domain).is_text else [a, *(piece.text for piece in made[1:-1]), b]
    results = Results(request, tuple(items_of(made, titles, [end.item for end in ends])), tuple(made.remarks))
    usual = {tool: defaults(tool) for tool in TOOLS}
    create = {
        "domain": domain,
        "tool": TOOL,
        "t": 0.5,
        "values": {**usual, "sample": {**usual["sample"], **dataclasses.asdict(model.sampling)}},
        "sampling_of": model.name,
        "changes": {},
        "ends": {domain: [*(end_record(end) for end in ends), *[None] * (len(LETTERS) - len(ends))]},
        "results": {domain: records({TOOL: results}, domain)},
    }
    about = {"name": model.name, "digest": model.digest, "domain": domain}
    return Project(page="create", model=about, states={"create": create})


def main() -> None:
    """Write all of them."""
    for domain, name in MODELS.items():
        path = ROOT / "resources" / "projects" / f"{domain}{SUFFIX}"
        write(path, pack(project(domain, name)))


if __name__ == "__main__":
    main()
