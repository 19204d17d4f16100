"""All operations on the latent space. From their descriptions come the commands; methods and functions stand beside each.

A new operation is a new file and its names here.
"""

from __future__ import annotations

from typing import Any

from genstudio.latent.operations.analogy import ANALOGY, Analogy, analogy
from genstudio.latent.operations.base import Operation
from genstudio.latent.operations.blend import BLEND, Blend, blend
from genstudio.latent.operations.continue_ import CONTINUE, Continue, continue_
from genstudio.latent.operations.fill import FILL, Fill, fill
from genstudio.latent.operations.interpolate import INTERPOLATE, Interpolate, interpolate
from genstudio.latent.operations.path import PATH, Path, path
from genstudio.latent.operations.reconstruct import RECONSTRUCT, Reconstruct, reconstruct
from genstudio.latent.operations.rhythm import RHYTHM, Rhythm, rhythm
from genstudio.latent.operations.sample import SAMPLE, Sample, sample
from genstudio.latent.operations.shape import SHAPE, Shape, shape
from genstudio.latent.operations.vary import VARY, Vary, vary

__all__ = [
    "OPERATIONS",
    "Operations",
    "analogy",
    "blend",
    "continue_",
    "fill",
    "interpolate",
    "path",
    "reconstruct",
    "rhythm",
    "sample",
    "shape",
    "vary",
]

OPERATIONS: tuple[Operation[Any], ...] = (
    RECONSTRUCT, SAMPLE, INTERPOLATE, PATH, BLEND, ANALOGY, VARY, CONTINUE, FILL, RHYTHM, SHAPE,
)  # fmt: skip


class Operations(Reconstruct, Sample, Interpolate, Path, Blend, Analogy, Vary, Continue, Fill, Rhythm, Shape):
    """All operations as methods."""
