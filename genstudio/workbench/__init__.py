"""A model at work: sources in, operations on the latent space, pieces out, and what is needed to make them again.

``model`` is the model with its operations as methods, ``sources`` what they are given, ``operations`` what they do, ``writing`` the
same with files as results. torch is imported when a model is loaded, not before.
"""

from __future__ import annotations

from genstudio.workbench.model import LARGEST_SAMPLE, Model, load
from genstudio.workbench.pieces import Pieces

__all__ = ["LARGEST_SAMPLE", "Model", "Pieces", "load"]
