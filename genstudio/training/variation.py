"""Data augmentation: random variants of training sequences, and changes of their key."""

from __future__ import annotations

import numpy as np

from genstudio.config import TrainConfig
from genstudio.corpus import Corpus
from genstudio.domains import get_domain

__all__ = ["Variation"]

_OCTAVE = 12


class Variation:
    """Changes training sequences at random, with the probabilities ``variants`` and ``exchange`` of ``config``."""

    def __init__(self, corpus: Corpus, config: TrainConfig) -> None:
        self.corpus, self.config = corpus, config
        self.domain = get_domain(corpus.domain)
        self.varies = self.domain.has_variants and config.variants > 0
        self.group = np.asarray(corpus.tokenizer.layout.interchangeable, dtype=np.int64)
        self.place_of = np.full(corpus.tokenizer.vocab_size, -1, dtype=np.int64)
        self.place_of[self.group] = np.arange(len(self.group))

    def __call__(self, sequence: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The token ids that are trained on in place of ``sequence``."""
        return self._exchanged(self._varied(sequence, rng), rng)

    def _varied(self, sequence: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """A random variant of ``sequence`` by its domain, or ``sequence`` itself."""
        if not self.varies or rng.random() >= self.config.variants:
            return sequence
        tokenizer, manifest = self.corpus.tokenizer, self.corpus.manifest
        piece = self.domain.from_symbols(tokenizer.decode(sequence.tolist()))
        bars = int(manifest["segments"]) // self.corpus.strands
        ids = tokenizer.encode(self.domain.to_symbols(self.domain.variant(piece, rng, bars)))
        return np.asarray(ids, dtype=np.int64) if 0 < len(ids) <= int(manifest["longest"]) else sequence

    def _exchanged(self, sequence: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """``sequence`` with its interchangeable tokens shifted by one random amount, or ``sequence`` itself."""
        if not len(self.group) or rng.random() >= self.config.exchange:
            return sequence
        place = self.place_of[sequence]
        where = place >= 0
        if not where.any():
            return sequence
        changed = sequence.copy()
        moved = place[where] + rng.integers(-12, 13)
        # The keys of one octave only are a circle.
        changed[where] = self.group[moved % _OCTAVE if len(self.group) == _OCTAVE else np.clip(moved, 0, len(self.group) - 1)]
        return changed
