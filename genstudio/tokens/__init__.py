"""Tokenizers: strings of domain symbols to token ids and back, with sentencepiece in all domains."""

from __future__ import annotations

from genstudio.tokens.layout import Layout
from genstudio.tokens.tokenizer import Tokenizer, TokenizerOptions

__all__ = ["Layout", "Tokenizer", "TokenizerOptions"]
