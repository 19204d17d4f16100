"""A model at work: sources in, operations on the latent space, pieces out, and what is needed to make them again.

``codec`` reads and writes pieces, ``operations`` is what is done between, ``model`` has all of it as methods, and ``results``
writes files. torch is imported when a model is loaded, not before.
"""

from __future__ import annotations

from genstudio.latent.maps import nearest
from genstudio.latent.model import LARGEST_SAMPLE, Model, load
from genstudio.latent.pieces import Pieces
from genstudio.latent.remaking import again

__all__ = ["LARGEST_SAMPLE", "Model", "Pieces", "again", "load", "nearest"]
