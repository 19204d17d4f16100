"""The library: pieces that were made or added, and how they were made, in one SQLite file in the user's folder.

Each piece has a short number. Pieces that a model made belong to a :class:`genstudio.provenance.Job`, with which they can be made
again, byte for byte; the user's own pieces have no job. Pieces can be favourites, have tags and a title, can be searched by words,
and can be restored after they were removed. ``genstudio.library`` does not load torch.

Conventions: times are seconds since 1970.
"""

from genstudio.library._rows import Entry, JobEntry
from genstudio.library._transfer import Transfer
from genstudio.library.store import Filter, Health, Library, examine

__all__ = ["Entry", "Filter", "Health", "JobEntry", "Library", "Transfer", "examine"]
