"""The remedies of the engine in terms of options and commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genstudio.errors import GenStudioError, Message

__all__ = ["REMEDIES", "sentence_of", "worded"]

REMEDIES = {
    "begin-again": "start without --resume in another --out",
    "build-corpus": "build one with 'genstudio corpus'",
    "choose-column": "say which with --column",
    "choose-numbers": "say with --column which is the time series",
    "choose-folder": "choose another --out",
    "choose-phrase": "--phrase picks another",
    "choose-piece": "--number picks another",
    "choose-soundfont": "choose another with --soundfont",
    "choose-step": "name a step such as day or month with --every; the mean of each is taken",
    "choose-track": "choose another with --track (its number or its name)",
    "fit-prior": "'genstudio prior' fits one afterwards",
    "give-tokenizer": "'genstudio corpus' takes it with --tokenizer",
    "how-many-kept": "--given says how many",
    "install": "install it: {command}",
    "install-or-pca": "install it: {command}; or take --method pca",
    "install-soundfont": "name another with --soundfont, or install it again: {command}",
    "learn-attributes": "'genstudio attributes M --corpus DIR' learns them",
    "make-map": "'genstudio map --model M --corpus DIR' makes one",
    "resume": "add --resume to go on with it, or choose another --out",
    "use-the-summary": "start again with --set kl.floor=0.5, or with --set blank.all=0.4",
    "use-the-code": "start again with --set word_dropout=0.3, --set kl.floor=0.25, or a lower --set kl.weight=0.5",
}


def sentence_of(error: BaseException) -> str:
    """The sentence of an error, with its remedy in terms of the command line."""
    return error.said.worded(REMEDIES) if isinstance(error, GenStudioError) else str(error)


def worded(value: Any) -> Any:
    """A result with the remedies of its sentences in terms of the command line."""
    if isinstance(value, Message):
        return value.worded(REMEDIES)
    if isinstance(value, Mapping):
        return {key: worded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [worded(one) for one in value]
    return value
