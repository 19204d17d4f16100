"""Files and folders to a corpus, in a process of its own.

On a thread of the window learning the vocabulary and encoding would stop it for up to half a second at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genstudio.gui.command import CommandJob
from genstudio.progress import Progress

__all__ = ["Importer"]

_WHOLE = 1000
# What share of the time each stage takes, as measured with three thousand files.
_STAGES = {
    "reading": (0.0, 0.70),
    "splitting": (0.70, 0.06),
    "tokenizer": (0.76, 0.08),
    "encoding": (0.84, 0.13),
    "writing": (0.97, 0.03),
}


class Importer(CommandJob):
    """Builds one corpus at a time, and gives its folder; ``progressed`` is over the whole work, of 1000."""

    _out = Path()

    def start(self, title: str, sources: Sequence[str], out: Path, options: Sequence[str], page: str = "corpus") -> None:
        """Build the corpus ``out``; ``options`` as of ``genstudio corpus``. Nothing of it is left when it is stopped.

        Raises:
            FileError: it cannot be started.
        """
        self._out = out
        places = [str(Path(source).absolute()) for source in sources]
        self.begin(["corpus", *places, "--out", str(out), *options], title=title, page=page)

    def lost(self) -> str:
        return self.tr("The import ended unexpectedly; nothing was written. Try it once more, with fewer files.")

    def step(self, event: dict[str, Any]) -> Progress:
        told = super().step(event)
        start, length = _STAGES.get(told.stage, (0.97, 0.0))
        part = told.done / told.total if told.total else 0.0
        whole = round(_WHOLE * (start + length * min(1.0, part)))
        return Progress(told.stage, whole, _WHOLE, told.message, {"done": event.get("done"), "total": event.get("total")})

    def gives(self) -> str:
        return str(self._out)
