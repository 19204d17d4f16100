"""From z to tokens: the loop, how tokens are drawn, and which tokens are allowed (constraints)."""

from genstudio.decoding.loop import AT_ONCE, costs, decode, decode_best, most_tokens
from genstudio.decoding.options import Automaton, Request, per_token

__all__ = ["AT_ONCE", "Automaton", "Request", "costs", "decode", "decode_best", "most_tokens", "per_token"]
