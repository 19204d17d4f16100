"""What the engine says, in the language of the window.

A sentence of the engine is a template with values (:class:`genstudio.errors.Message`). The template is looked up in Qt's
translations (context "Engine"), and the values are filled in there; a remedy is worded as the window has it. What the translations
lack stays English. Sentences that come out of a file or from another process are text; the template that they were made from is
found again in the list that the translators have (``resources/translations/engine.json``, written by ``make translations``).
"""

from __future__ import annotations

import functools
import logging
import re
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from string import Formatter
from typing import Any
from weakref import WeakMethod

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from genstudio import paths
from genstudio.errors import REMEDIES as ENGINE_REMEDIES
from genstudio.errors import GenStudioError, Message
from genstudio.files import read_json

__all__ = ["REMEDIES", "Told", "call_models", "clause", "heard", "lasting", "listed", "sayer", "spoken"]

log = logging.getLogger(__name__)

REMEDIES = {
    "begin-again": QT_TRANSLATE_NOOP("Remedies", "start it again under another name"),
    "build-corpus": QT_TRANSLATE_NOOP("Remedies", "build one on the Corpus page"),
    "choose-column": QT_TRANSLATE_NOOP("Remedies", "choose the column that holds the text"),
    "choose-numbers": QT_TRANSLATE_NOOP("Remedies", "choose the column that is the time series"),
    "choose-folder": QT_TRANSLATE_NOOP("Remedies", "choose another name or folder"),
    "choose-phrase": QT_TRANSLATE_NOOP("Remedies", "choose other bars at the end"),
    "choose-piece": QT_TRANSLATE_NOOP("Remedies", "choose another one of the list"),
    "choose-soundfont": QT_TRANSLATE_NOOP("Remedies", "choose another in the preferences"),
    "choose-step": QT_TRANSLATE_NOOP("Remedies", "choose a step such as day or month, of each of which the mean is taken"),
    "choose-track": QT_TRANSLATE_NOOP("Remedies", "choose another track in the menu of the end"),
    "fit-prior": QT_TRANSLATE_NOOP("Remedies", "train once more, with more steps or minutes, to get one"),
    "give-tokenizer": QT_TRANSLATE_NOOP("Remedies", "build the corpus with the vocabulary of that model"),
    "how-many-kept": QT_TRANSLATE_NOOP("Remedies", "the setting Keep says how many"),
    "install": QT_TRANSLATE_NOOP("Remedies", "install GenStudio again, with all its parts"),
    "install-or-pca": QT_TRANSLATE_NOOP("Remedies", "make the map in the other way, which is always there"),
    "install-soundfont": QT_TRANSLATE_NOOP("Remedies", "choose another one in the preferences, or install GenStudio again"),
    "learn-attributes": QT_TRANSLATE_NOOP("Remedies", "let it learn them from a corpus"),
    "make-map": QT_TRANSLATE_NOOP("Remedies", "make one on the Map page"),
    "resume": QT_TRANSLATE_NOOP("Remedies", "go on with it, or choose another name"),
    "use-the-summary": QT_TRANSLATE_NOOP("Remedies", "start again with a KL floor of 0.5, or with All blank at 0.4"),
    "use-the-code": QT_TRANSLATE_NOOP(
        "Remedies", "start again with a word dropout of 0.3, a KL floor of 0.25, or a KL weight of 0.5 or less"
    ),
}
"""What can be done about something, as the window does it, by the names of the engine's remedies."""

_lately: deque[tuple[str, Callable[[], str]]] = deque(maxlen=100)  # what was said, and how it is said in another language
_MODELS = ("model", "another")  # values that are names of models

_LEAST = 4  # letters of a template, so that a sentence can be told by it


class Told(str):
    """A sentence in the language of the window; ``remedy`` is what can be done about it, a name of :data:`REMEDIES`, or ""."""

    remedy: str = ""


_called: Callable[[str], str] = str


def call_models(called: Callable[[str], str]) -> None:
    """Have sentences name models as the window does; ``called``, a method, gives what one is called by the name that the engine has
    for it, as long as its object is there."""
    global _called
    kept = WeakMethod(called)
    _called = lambda name: found(name) if (found := kept()) is not None else name  # noqa: E731


def spoken(said: object) -> Told:
    """A sentence of the engine, or an error, in the language of the window.

    Args:
        said: an error, a message, or a text that may be one.
    """
    if isinstance(said, Told):
        return said
    if isinstance(said, GenStudioError):
        said = said.said
    if not isinstance(said, Message):
        said = _recognised(str(said))
    if not isinstance(said, Message):
        return Told(said)
    remedies = {name: QCoreApplication.translate("Remedies", str(words)) for name, words in REMEDIES.items()}
    joined = QCoreApplication.translate("Remedies", "{sentence}; {remedy}")
    told = Told(_deep(said).worded(remedies, _translated, joined))
    told.remedy = _remedy_of(said)
    _lately.append((told, partial(spoken, said)))
    return told


def lasting(say: Callable[[], str]) -> Told:
    """What ``say`` says now, to be said by it again (:func:`sayer`) where it is still shown when the language changes."""
    told = Told(say())
    _lately.append((told, say))
    return told


def sayer(text: str) -> Callable[[], str]:
    """What says a text of :func:`spoken` or :func:`lasting` that was made lately, or one with such a text in it, once more, in the
    language that the window then has."""
    for said, say in reversed(_lately):
        if said and said in text:
            before, _, after = text.partition(said)
            return lambda: f"{before}{say()}{after}"
    return lambda: text


def clause(said: object) -> str:
    """The same, to stand at the start of a line: with a capital."""
    text = spoken(said)
    return text[:1].upper() + text[1:]


def heard(event: Mapping[str, Any], name: str) -> str:
    """The sentence ``name`` of an event of another process, with what it was made of where the event says that."""
    return Message.from_json(event.get("said")) or str(event.get(name, ""))


def _remedy_of(said: Message) -> str:
    if said.remedy:
        return said.remedy
    inner = (value.said if isinstance(value, GenStudioError) else value for value in said.values.values())
    return next((found for value in inner if isinstance(value, Message) and (found := _remedy_of(value))), "")


def _translated(template: str) -> str:
    return QCoreApplication.translate("Engine", template)


def _deep(said: Message) -> Message:
    """The same with the sentences among its values told by their templates, and models named as the window names them."""
    values = {name: _value(name, value) for name, value in said.values.items()}
    return Message(said.template, remedy=said.remedy, **values) if values else said


def _value(name: str, value: object) -> object:
    value = value.said if isinstance(value, GenStudioError) else value
    if isinstance(value, Message):
        return _deep(value)
    if name in _MODELS and isinstance(value, str):
        return _Shown(_called(value))
    return _recognised(value) if type(value) is str else value


@functools.lru_cache(maxsize=4096)
def _recognised(text: str) -> str:
    """The message that a text is, where its template is known; else the text."""
    for remedy, words in ENGINE_REMEDIES.items():
        end = "." if text.endswith(".") else ""
        if text.removesuffix(end).endswith(f"; {words}"):
            bare = _recognised(text.removesuffix(end).removesuffix(f"; {words}") + end)
            return Message(bare.template, remedy=remedy, **bare.values) if isinstance(bare, Message) else text
    if text in _plain():
        return Message(text)
    for literal, pattern, template in _patterns():
        if literal in text and (found := pattern.fullmatch(text)):
            values = {name: _shown(value) for name, value in found.groupdict().items()}
            return Message(template, **values)
    return text


class _Shown(str):
    """A value as it stands in a sentence: it has its form already."""

    def __repr__(self) -> str:
        return self

    def __format__(self, spec: str) -> str:
        return str(self)


def _shown(text: str) -> str:
    found = _recognised(text)
    return found if isinstance(found, Message) else _Shown(found)


@functools.cache
def listed() -> dict[str, list[str]]:
    """What the translators were given of the engine, by the contexts of the translations; nothing where the list is missing."""
    try:
        return read_json(paths.resource("translations/engine.json"), dict[str, list[str]])
    except GenStudioError as error:
        log.warning("sentences of the engine stay English: %s", error)
        return {}


@functools.cache
def _plain() -> frozenset[str]:
    return frozenset(word for word in listed().get("Engine", ()) if "{" not in word)


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str], str]]:
    """Of every template: its longest piece of text, a pattern for what was made of it, and the template; the most telling first."""
    found = []
    for word in listed().get("Engine", ()):
        if "{" not in word:
            continue
        pattern, letters, longest, seen = "", 0, "", set[str]()
        for literal, name, _, _ in Formatter().parse(word):
            pattern += re.escape(literal)
            letters += sum(map(str.isalpha, literal))
            longest = max(longest, literal, key=len)
            if name is not None:
                pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
                seen.add(name)
        if letters >= _LEAST:
            found.append((letters, longest, re.compile(pattern, re.DOTALL), word))
    found.sort(key=lambda one: -one[0])
    return [(longest, pattern, word) for _, longest, pattern, word in found]
