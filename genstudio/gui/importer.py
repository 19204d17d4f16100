"""Files and folders to a corpus, in a process of its own.

On a thread of the window learning the vocabulary and encoding would stop it for up to half a second at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.gui.command import CommandJob
from genstudio.gui.jobs import Jobs
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
    """Builds one corpus at a time; ``progressed`` is over the whole work, of 1000."""

    done = Signal(str)  # the folder
    failed = Signal(str)  # a sentence
    stopped = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._out = Path()
        self.ended.connect(self._settle)

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

    def told(self, event: dict[str, Any]) -> None:
        start, length = _STAGES.get(str(event.get("stage")), (0.97, 0.0))
        done, total = event.get("done"), event.get("total")
        part = done / total if isinstance(done, int) and isinstance(total, int) and total > 0 else 0.0
        told = Progress(
            str(event.get("stage", "")), round(_WHOLE * (start + length * min(1.0, part))), _WHOLE,
            str(event.get("message", "")), {"done": done, "total": total},
        )  # fmt: skip
        if self.job is not None:
            self.job.tell(told)
        self.progressed.emit(told)

    def _settle(self) -> None:
        if self.status == "done":
            self.done.emit(str(self._out))
        elif self.status == "stopped" or self.asked:
            self.stopped.emit()
        else:
            self.failed.emit(self.sentence)
