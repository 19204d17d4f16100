"""A model in use: from sources through operations on the latent space to pieces, with a record from which they can be made again.

``codec`` converts between pieces and codes, ``operations`` works on codes, ``model`` offers everything as methods, and ``results``
writes files. torch is imported when a model is loaded, not before.
"""

from __future__ import annotations

from genstudio.latent.maps import nearest
from genstudio.latent.model import LARGEST_SAMPLE, Model, load
from genstudio.latent.pieces import Pieces
from genstudio.latent.remaking import again

__all__ = ["LARGEST_SAMPLE", "Model", "Pieces", "again", "load", "nearest"]
