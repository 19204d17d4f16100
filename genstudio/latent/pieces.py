"""The pieces that an operation makes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.domains import Domain, Kept

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = ["Pieces"]


class Pieces(list[Any]):
    """The result of an operation: a list of pieces that shows itself in a notebook.

    Attributes:
        remarks: sentences about how the pieces were made.
        ts: the positions of the pieces on a path, 0 to 1; empty where there is none.
        job: the record from which the pieces can be made again.
        kept: how much the model keeps of a source, by the number of the piece that is this source (an end, a corner) or its
            reconstruction.
        facts: further results of the operation, as JSON values.
    """

    def __init__(
        self,
        items: Sequence[Any],
        *,
        domain: Domain,
        remarks: Sequence[str] = (),
        ts: Sequence[float] = (),
        job: Job | None = None,
        kept: Mapping[int, Kept] | None = None,
    ) -> None:
        super().__init__(items)
        self.domain = domain
        self.remarks = list(remarks)
        self.ts = list(ts)
        self.job = job
        self.kept = dict(kept or {})
        self.facts: dict[str, Any] = {}

    def save(self, folder: str | os.PathLike[str], stem: str = "piece") -> list[Path]:
        """Write each piece into ``folder`` as ``stem-00``, ``stem-01`` … in the domain's own format; returns the paths."""
        places = [Path(folder) / f"{stem}-{index:02d}{self.domain.output_suffix}" for index in range(len(self))]
        for index, path in enumerate(places):
            self.write(index, path)
        return places

    def write(self, index: int, path: Path) -> None:
        """Write piece ``index`` (from 0) in the format of the suffix of ``path``, with its provenance if it can."""
        if path.suffix.lower() == self.domain.output_suffix:
            self.domain.write(self[index], path, self._provenance(index))
            return
        from genstudio import rendering
        from genstudio.provenance import Provenance

        trace = None if self.job is None else Provenance.of(self.job, index)
        self.remarks += rendering.export(self[index], path, provenance=trace)[1]

    def joined(self) -> Any | None:
        """All pieces joined to one, or None where the domain cannot join pieces."""
        return self.domain.join(self)

    def write_joined(self, path: Path) -> bool:
        """Write :meth:`joined` with its provenance; False where the domain cannot join pieces."""
        piece = self.joined()
        if piece is None:
            return False
        self.domain.write(piece, path, self._provenance(None))
        return True

    def _provenance(self, index: int | None) -> str:
        from genstudio.provenance import Provenance

        return "" if self.job is None else Provenance.of(self.job, index).to_text()

    def _repr_html_(self) -> str:
        captions = [f"{t:.0%}" for t in self.ts] or [str(index + 1) for index in range(len(self))]
        rows = "".join(
            f"<div style='margin:4px 0'><b style='display:inline-block;width:4em'>{caption}</b>{piece._repr_html_()}</div>"
            for caption, piece in zip(captions, self, strict=True)
        )
        return f"<div>{rows}</div>"
