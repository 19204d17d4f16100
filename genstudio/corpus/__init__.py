"""Corpora: training data made from files, without duplicates, split by piece, and stored as memory-mapped token ids."""

from __future__ import annotations

from genstudio.corpus.batches import batches, collate, in_batches
from genstudio.corpus.build import CorpusOptions, build
from genstudio.corpus.recoded import Recoded
from genstudio.corpus.store import Corpus, TokenStore

__all__ = ["Corpus", "CorpusOptions", "Recoded", "TokenStore", "batches", "build", "collate", "in_batches"]
