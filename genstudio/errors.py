"""Every error that GenStudio raises on purpose.

::

    GenStudioError                something went wrong; the message is one clear sentence
    ├── InputError                the input or the call is wrong (exit status 2)
    │   ├── FileError             a file cannot be read or written
    │   │   └── DamagedFileError  a file is not what its name says, or is damaged
    │   ├── ConfigError           an option is unknown or out of range
    │   ├── CorpusError           a corpus is missing, damaged or too small
    │   ├── TokenizerError        a tokenizer cannot be trained, is damaged or does not fit
    │   └── ModelError            a model is missing, damaged or does not fit the input
    └── Stopped                   the user asked to stop (exit status 130)

Messages say what was wrong, what was expected and what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "ConfigError",
    "CorpusError",
    "DamagedFileError",
    "FileError",
    "GenStudioError",
    "InputError",
    "ModelError",
    "Stopped",
    "TokenizerError",
    "did_you_mean",
]


class GenStudioError(Exception):
    """Base of all deliberate errors; ``str(error)`` can be shown to a person.

    Args:
        message: the sentence, with names in braces for what ``values`` fills in. Without values it is taken as it stands.
        values: what the names stand for.

    >>> str(FileError("{path} has no notes; choose another file.", path="a.mid"))
    'a.mid has no notes; choose another file.'
    """

    def __init__(self, message: str = "", /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message


class InputError(GenStudioError):
    """The input or the call is wrong; nothing was changed."""


class FileError(InputError):
    """A file cannot be read or written."""


class DamagedFileError(FileError):
    """A file is damaged, or is not what its name says."""


class ConfigError(InputError):
    """An option is unknown or out of range."""


class CorpusError(InputError):
    """A corpus is missing, damaged or too small."""


class TokenizerError(InputError):
    """A tokenizer cannot be trained, is damaged or does not fit."""


class ModelError(InputError):
    """A model is missing, damaged or does not fit the input."""


class Stopped(GenStudioError):
    """The user asked to stop; what had been written whole is kept."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the nearest known one, and all of them.

    >>> did_you_mean("lstn", ["lstm", "transformer"])
    "did you mean 'lstm'? Known: lstm, transformer."
    """
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}Known: {', '.join(names) or 'none'}."
