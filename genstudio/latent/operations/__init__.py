"""All operations on the latent space, one file each.

The methods, functions, commands and documentation of an operation are generated from its description, so a new operation is a new
file and a line here.
"""

from __future__ import annotations

from typing import Any

from genstudio.latent.codec import Codec
from genstudio.latent.operations.accompany import ACCOMPANY
from genstudio.latent.operations.analogy import ANALOGY
from genstudio.latent.operations.anomalies import ANOMALIES
from genstudio.latent.operations.answer import ANSWER
from genstudio.latent.operations.average import AVERAGE
from genstudio.latent.operations.base import Operation
from genstudio.latent.operations.blend import BLEND
from genstudio.latent.operations.chords import CHORDS
from genstudio.latent.operations.continue_ import CONTINUE
from genstudio.latent.operations.fill import FILL
from genstudio.latent.operations.forecast import FORECAST
from genstudio.latent.operations.harmonise import HARMONISE
from genstudio.latent.operations.interpolate import INTERPOLATE
from genstudio.latent.operations.path import PATH
from genstudio.latent.operations.reconstruct import RECONSTRUCT
from genstudio.latent.operations.rhythm import RHYTHM
from genstudio.latent.operations.sample import SAMPLE
from genstudio.latent.operations.shape import SHAPE
from genstudio.latent.operations.vary import VARY

__all__ = ["OPERATIONS", "WRITERS", "Operations"]

OPERATIONS: tuple[Operation[Any], ...] = (
    RECONSTRUCT, SAMPLE, INTERPOLATE, PATH, BLEND, ANALOGY, AVERAGE, VARY, CONTINUE, FORECAST, FILL, ANOMALIES, RHYTHM, CHORDS,
    HARMONISE, ACCOMPANY, ANSWER, SHAPE,
)  # fmt: skip

WRITERS = {operation.function: operation.writer() for operation in OPERATIONS}
"""The operations as functions of the library, by name."""


class Operations(Codec):
    """A model with all operations as methods."""

    accompany = ACCOMPANY.method()
    analogy = ANALOGY.method()
    anomalies = ANOMALIES.method()
    answer = ANSWER.method()
    average = AVERAGE.method()
    blend = BLEND.method()
    chords = CHORDS.method()
    continue_ = CONTINUE.method()
    fill = FILL.method()
    forecast = FORECAST.method()
    harmonise = HARMONISE.method()
    interpolate = INTERPOLATE.method()
    path = PATH.method()
    reconstruct = RECONSTRUCT.method()
    rhythm = RHYTHM.method()
    sample = SAMPLE.method()
    shape = SHAPE.method()
    vary = VARY.method()
