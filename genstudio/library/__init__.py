"""The library: what was made or kept, and what made it, in one SQLite file of the user's folder.

Each piece has a short number. Pieces that a model made belong to a :class:`genstudio.provenance.Job`, with which they can be made
again, byte for byte; pieces of one's own stand alone. Pieces have favour, tags and a title, are found by words, and come back when
they were removed by mistake. ``genstudio.library`` loads no torch.

Conventions: times are seconds since 1970.
"""

from genstudio.library._rows import Entry, JobEntry
from genstudio.library._transfer import Transfer
from genstudio.library.store import Filter, Health, Library, examine

__all__ = ["Entry", "Filter", "Health", "JobEntry", "Library", "Transfer", "examine"]
