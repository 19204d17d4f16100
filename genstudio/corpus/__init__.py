"""Files to training data: read, without duplicates, split by piece, as memory-mapped token ids."""

from __future__ import annotations

from genstudio.corpus.batches import batches, collate
from genstudio.corpus.build import CorpusOptions, build
from genstudio.corpus.store import Corpus, TokenStore

__all__ = ["Corpus", "CorpusOptions", "TokenStore", "batches", "build", "collate"]
