"""All errors that GenStudio raises on purpose, and the sentences in them.

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

A message says what was wrong, what was expected and what to do next. It consists of a literal template, which identifies it, and of
the values that fill it in. What to do next is a *remedy*, a name in :data:`REMEDIES`, where it differs between the command line and
the window: each of them words it in its own terms, and the window can translate the whole message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from string import Formatter
from typing import Any

__all__ = [
    "REMEDIES",
    "ConfigError",
    "CorpusError",
    "DamagedFileError",
    "FileError",
    "GenStudioError",
    "InputError",
    "Message",
    "ModelError",
    "Stopped",
    "TokenizerError",
    "clause",
    "did_you_mean",
    "fill",
]

REMEDIES = {
    "begin-again": "begin it again in another folder",
    "build-corpus": "build one first",
    "choose-column": "say which of them holds the text",
    "choose-numbers": "say which column is the time series",
    "choose-folder": "choose another folder",
    "choose-phrase": "another phrase can be chosen",
    "choose-piece": "another of them can be chosen",
    "choose-soundfont": "choose another",
    "choose-step": "name a step such as day or month, of each of which the mean is taken",
    "choose-track": "another track can be chosen",
    "fit-prior": "one can be fitted afterwards",
    "give-tokenizer": "a corpus can be built with a tokenizer that is there",
    "how-many-kept": "it can be said how many",
    "install": "install it: {command}",
    "install-or-pca": "install it: {command}; or take the method pca",
    "install-soundfont": "name another SoundFont, or install it again: {command}",
    "learn-attributes": "learn them from a corpus first",
    "make-map": "make one from a corpus first",
    "resume": "go on with it, or choose another folder",
    "use-the-summary": "start again with a higher floor of the KL, or with all details blank more often",
    "use-the-code": "start again with word dropout, free bits (a floor of the KL) or a lower weight of the KL",
}
"""What to do about a problem, in general words; the command line and the window have tables with the same names. A remedy may have
names of the values of its sentence in braces."""


def fill(template: str, values: Mapping[str, object], worded: Callable[[Message], str] = str) -> str:
    """Fill a template with values.

    A value that is a sentence itself loses its full stop where the template continues. A name without a value stays as it is, so
    that a mistake in a template does not hide the message.

    Args:
        worded: converts a value that is a :class:`Message` to text (of an error among the values, its message).
    """
    if not values:
        return template
    text = ""
    parts = list(Formatter().parse(template))
    for number, (literal, name, spec, conversion) in enumerate(parts):
        text += literal
        if name is None:
            continue
        if name not in values:
            text += f"{{{name}}}"
            continue
        value = values[name]
        if isinstance(value, GenStudioError):
            value = value.said
        if isinstance(value, Message) and not conversion and not spec:
            inner = worded(value)
            follows = number + 1 < len(parts) and parts[number + 1][0][:1] in (".", ";", ":", ",", ")")
            text += inner.rstrip(".。") if follows and not inner.endswith("..") else inner
        else:
            goes_on = number + 1 < len(parts) and parts[number + 1][0][:1] in (".", ";", ":", ",", ")")
            if goes_on and not conversion and (isinstance(value, BaseException) or name == "reason"):
                value = clause(value)
            if conversion:
                value = repr(value) if conversion == "r" else ascii(value) if conversion == "a" else str(value)
            text += format(value, spec or "")
    return text


class Message(str):
    """A sentence for a person, with the ``template``, ``values`` and ``remedy`` that it was made from.

    >>> str(Message("{count} lines were empty", count=3))
    '3 lines were empty'
    """

    template: str
    values: Mapping[str, object]
    remedy: str

    def __new__(cls, template: str = "", /, *, remedy: str = "", **values: object) -> Message:
        if isinstance(template, Message) and not values and not remedy:
            return template
        text = fill(template, values)
        made = super().__new__(cls, _with_remedy(text, fill(REMEDIES[remedy], values)) if remedy else text)
        made.template, made.values, made.remedy = str(template), values, remedy
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), {"remedy": self.remedy, **self.values}

    def to_json(self) -> dict[str, Any]:
        """``template``, ``remedy`` and ``values`` as JSON values; values of other types become text."""
        values: dict[str, Any] = {}
        for name, value in self.values.items():
            value = value.said if isinstance(value, GenStudioError) else value
            plain = value is None or isinstance(value, (str, int, float))
            values[name] = value.to_json() if isinstance(value, Message) else value if plain else str(value)
        return {"template": self.template, "remedy": self.remedy, "values": values}

    @classmethod
    def from_json(cls, kept: object) -> Message | None:
        """Inverse of :meth:`to_json`; None for a value that is no message."""
        try:
            values = {name: cls.from_json(value) or value for name, value in kept["values"].items()}  # type: ignore[index]
            return cls(kept["template"], remedy=kept["remedy"], **values)  # type: ignore[index]
        except (TypeError, ValueError, LookupError, AttributeError):
            return None

    def worded(
        self,
        remedies: Mapping[str, str],
        translate: Callable[[str], str] = str,
        joined: str = "{sentence}; {remedy}",
    ) -> str:
        """The sentence in the words of the command line or the window.

        Args:
            remedies: the text of each remedy there.
            translate: translates a template.
            joined: the template that joins sentence and remedy; a full stop at the end of the sentence comes after both.
        """
        text = fill(translate(self.template), self.values, lambda value: value.worded(remedies, translate, joined))
        return _with_remedy(text, fill(remedies[self.remedy], self.values), joined) if self.remedy else text


def _with_remedy(text: str, remedy: str, joined: str = "{sentence}; {remedy}") -> str:
    end = text[-1:] if text[-1:] in (".", "。") else ""
    return joined.format(sentence=text.removesuffix(end), remedy=remedy) + end


class GenStudioError(Exception):
    """Base of all deliberate errors; ``str(error)`` can be shown to a person.

    Args:
        message: the sentence, with names of ``values`` in braces. Without values it is used unchanged.
        remedy: what to do about it, a name in :data:`REMEDIES`.
        values: the values of the names; an error or a :class:`Message` may be one. The value of ``reason`` is put in as a
            :func:`clause` where the sentence continues after it.

    >>> str(FileError("{path} has no notes; choose another file.", path="a.mid"))
    'a.mid has no notes; choose another file.'
    """

    def __init__(self, message: str = "", /, *, remedy: str = "", **values: object) -> None:
        super().__init__(message)
        self.said = Message(message, remedy=remedy, **values)

    @property
    def message(self) -> str:
        """The template of its sentence."""
        return self.said.template

    @property
    def values(self) -> Mapping[str, object]:
        """The values of the names in the template."""
        return self.said.values

    def __str__(self) -> str:
        return str(self.said)


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
    """The user asked to stop; files that were complete by then are kept."""


def clause(sentence: object) -> str:
    """The sentence of an error or a text without its full stop, to be put into another sentence.

    >>> f"nothing was taken ({clause(FileError('a.mid has no notes.'))})."
    'nothing was taken (a.mid has no notes).'
    """
    text = str(sentence)
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def did_you_mean(name: str, known: Iterable[str]) -> Message:
    """The end of a sentence about an unknown name: the nearest known one, and all of them.

    >>> str(did_you_mean("lstn", ["lstm", "transformer"]))
    "did you mean 'lstm'? Known: lstm, transformer."
    """
    import difflib  # late: most commands name nothing that is unknown

    names = sorted(known)
    listed = ", ".join(names)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return Message("did you mean {near!r}? Known: {known}.", near=near[0], known=listed)
    return Message("Known: {known}.", known=listed) if names else Message("Known: none.")
