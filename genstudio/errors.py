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
import string
from collections.abc import Iterable, Mapping

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
    "clause",
    "did_you_mean",
]


class GenStudioError(Exception):
    """Base of all deliberate errors; ``str(error)`` can be shown to a person.

    Args:
        message: the sentence, with names in braces for what ``values`` fills in. Without values it is taken as it stands.
        values: what the names stand for. Another error, and what is called ``reason``, is put in as a :func:`clause` where the
            sentence goes on after it.

    >>> str(FileError("{path} has no notes; choose another file.", path="a.mid"))
    'a.mid has no notes; choose another file.'
    """

    def __init__(self, message: str = "", /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return _filled(self.message, self.values) if self.values else self.message


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


def clause(sentence: object) -> str:
    """What an error or a text says, without its full stop, to be put into another sentence.

    >>> f"nothing was taken ({clause(FileError('a.mid has no notes.'))})."
    'nothing was taken (a.mid has no notes).'
    """
    text = str(sentence)
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _filled(message: str, values: Mapping[str, object]) -> str:
    formatter = string.Formatter()
    parts = list(formatter.parse(message))
    out: list[str] = []
    for index, (literal, name, spec, conversion) in enumerate(parts):
        out.append(literal)
        if name is None:
            continue
        value = formatter.get_field(name, (), values)[0]
        goes_on = index + 1 < len(parts) and parts[index + 1][0][:1] in (".", ";", ":", ",", ")")
        if goes_on and not conversion and (isinstance(value, BaseException) or name == "reason"):
            value = clause(value)
        out.append(formatter.format_field(formatter.convert_field(value, conversion), spec or ""))
    return "".join(out)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the nearest known one, and all of them.

    >>> did_you_mean("lstn", ["lstm", "transformer"])
    "did you mean 'lstm'? Known: lstm, transformer."
    """
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}Known: {', '.join(names) or 'none'}."
