"""Base symbols to token ids and back: one sentencepiece model under every domain."""

from __future__ import annotations

from genstudio.tokens.layout import Layout
from genstudio.tokens.tokenizer import Tokenizer, TokenizerOptions

__all__ = ["Layout", "Tokenizer", "TokenizerOptions"]
