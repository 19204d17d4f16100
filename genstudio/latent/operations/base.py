"""The description of an operation on the latent space, from which its method, function, command and documentation are generated.

Nothing here needs torch, so that the command line can read the descriptions quickly.
"""

from __future__ import annotations

import dataclasses
import inspect
import keyword
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from genstudio import paths
from genstudio.config import DecodingOptions, Drawing, argument_lines, build_options, drawing_of, settings, settle
from genstudio.latent.codec import Codec
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Result, job_of
from genstudio.latent.tools import Holding, Tool
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = ["ANY", "Keep", "NoOptions", "Operation", "PathLike", "Source", "of_sampling"]

PathLike = str | os.PathLike[str]
Keep = Callable[["Job", Pieces], None]
"""Called with a job and its pieces before a function returns, so that a library can record them."""
ANY = "a file, or a sentence for a model of text"
Own = TypeVar("Own")
Made = TypeVar("Made")
_Kind = inspect.Parameter


@dataclass(frozen=True)
class Source:
    """A source of an operation; if ``many``, a list of any number of sources."""

    name: str
    help: str = ANY
    many: bool = False


@dataclass(frozen=True)
class NoOptions:
    """The options of an operation that has none of its own."""


def of_sampling(model: Codec) -> dict[str, Any]:
    """The decoding options that the model recommends for its samples."""
    return drawing_of(model.sampling)


@dataclass(frozen=True)
class Operation(Generic[Own]):
    """An operation on the latent space.

    Attributes:
        name: the name of the command, also in jobs.
        help: one line for the list of commands.
        about: the text on the page of the command, and the beginning of the docstring of the method.
        options: the dataclass of the operation's own options.
        run: makes pieces from a model, sources, own options, decoding options and a stop; its docstring continues that of the
            method.
        result: how the pieces are written.
        sources: the sources that it takes.
        first: own options that its function takes before ``out``.
        part: which part of a longer source can be chosen: "column" only a column of a table, "phrase" also a phrase or bars,
            "whole" also the whole song.
        hold: whether parts of the first source can be held.
        decoding: the decoding options that the command has.
        drawn: whether decoding options that are None are left to ``defaults``.
        defaults: the defaults of the decoding options for a model, where they are not the usual ones.
        slow: whether the command can be stopped while it works.
        tool: how a window offers it; None: it does not.
    """

    name: str
    help: str
    about: str
    options: type[Own]
    run: Callable[[Codec, Sequence[Any], Own, DecodingOptions, Stop | None], Pieces]
    result: Result
    sources: tuple[Source, ...] = (Source("source"),)
    first: tuple[str, ...] = ()
    part: Literal["", "column", "phrase", "whole"] = "phrase"
    hold: bool = False
    decoding: tuple[str, ...] = tuple(item.name for item in dataclasses.fields(Drawing))
    drawn: bool = False
    defaults: Callable[[Codec], dict[str, Any]] = lambda model: {}
    slow: bool = False
    tool: Tool | None = None

    @property
    def settings(self) -> list[dict[str, Any]]:
        """Every setting that a form for it has, as :func:`genstudio.config.settings` describes them, with the values that the tool
        begins with. ``needs`` of each, words with spaces between them, are what must be there: "bar" or "word" (of what pieces
        consist), "key", "metre" (what can be held), "details" (of a model that can leave some out) and "parts" (of a score).
        """
        shown = {*self.decoding, "seed", *(("whole",) if self.part == "whole" else ())}
        found = [about for about in settings(self.options) if not about["type"].startswith("Mapping")]
        found += settings(Holding) if self.hold else []
        found += [about for about in settings(DecodingOptions) if about["name"] in shown]
        begin = self.tool.values if self.tool is not None else {}
        return [{**about, "default": begin.get(about["name"], about["default"])} for about in found]

    @property
    def function(self) -> str:
        """The name of the method and of the function."""
        return f"{self.name}_" if keyword.iskeyword(self.name) else self.name

    @property
    def _fields(self) -> tuple[dataclasses.Field[Any], ...]:
        return dataclasses.fields(self.options)  # type: ignore[arg-type]

    def method(self) -> Callable[..., Pieces]:
        """The operation as a method of a model, with its sources, its own options, and decoding options by name."""
        own = [_parameter(item, _Kind.POSITIONAL_OR_KEYWORD) for item in self._fields]
        named = [_option("options", "DecodingOptions | None"), _option("stop", "Stop | None"), _rest()]
        signature = inspect.Signature([_given("self", "Codec"), *self._sources(), *own, *named], return_annotation="Pieces")

        def call(*given: Any, **changes: Any) -> Pieces:
            asked = _bound(signature, given, changes)
            return self._perform(asked["self"], asked)

        returned = "\nReturns:\n    The pieces, with the job that made them."
        return _named(call, self.function, self._documentation(returned), signature)

    def writer(self) -> Callable[..., dict[str, Any]]:
        """The operation as a function that loads a model by its name or folder and writes files.

        Returns:
            A function of the model, the sources, ``out``, and the options by name; it returns the JSON result of the command.
        """
        first = [_parameter(item, _Kind.POSITIONAL_OR_KEYWORD, required=True) for item in self._fields if item.name in self.first]
        own = [_parameter(item, _Kind.KEYWORD_ONLY) for item in self._fields if item.name not in self.first]
        named = [*own, _option("options", "DecodingOptions | None"), _option("keep", "Keep | None"), _option("stop", "Stop | None")]
        signature = inspect.Signature(
            [_given("model", "PathLike"), *self._sources(), *first, _given("out", "PathLike"), *named, _rest()],
            return_annotation="dict[str, Any]",
        )

        def call(*given: Any, **changes: Any) -> dict[str, Any]:
            asked = _bound(signature, given, changes)
            loaded, place = Codec(paths.find_model(asked["model"])), Path(asked["out"])
            self.result.check(loaded.domain, place, asked.get("n") or 1)
            pieces = self._perform(loaded, asked)
            result = self.result.write(pieces, place)
            if asked["keep"] is not None:
                asked["keep"](job_of(pieces), pieces)
            return result

        returned = (
            "    out: the file or folder that is written.\n"
            "    keep: called with the job and the pieces before the function returns.\n\n"
            "Returns:\n    The JSON result of the command."
        )
        return _named(call, self.function, self._documentation(returned), signature)

    def _perform(self, model: Codec, asked: Mapping[str, Any]) -> Pieces:
        """Run the operation with arguments that are bound by name."""
        own = build_options(self.options, {item.name: asked[item.name] for item in self._fields})
        sources = [list(asked[one.name]) if one.many else asked[one.name] for one in self.sources]
        given = sources[0] if self.sources and self.sources[0].many else sources
        changes = {name: value for name, value in asked["decoding"].items() if not (value is None and self.drawn)}
        return self.run(model, given, own, settle(asked["options"], changes, **self.defaults(model)), asked["stop"])

    def _sources(self) -> list[inspect.Parameter]:
        return [_given(one.name, "Sequence[Any]" if one.many else "Any") for one in self.sources]

    def _documentation(self, rest: str) -> str:
        arguments = [
            *(f"{one.name}: {one.help}." for one in self.sources),
            *argument_lines(self.options),
            "options: how codes are decoded, and which part of a source is taken.",
            "stop: a token that ends the operation early.",
            "decoding: fields to change in ``options``, see :class:`~genstudio.config.DecodingOptions`.",
        ]
        details, _, errors = (inspect.getdoc(self.run) or "").partition("Raises:")
        raises = f"Raises:{errors}" if errors else ""
        listed = "Args:\n" + "\n".join(f"    {line}" for line in arguments)
        return "\n\n".join(filter(None, (self.about, details.strip(), f"{listed}\n{rest}", raises)))


def _given(name: str, annotation: str) -> inspect.Parameter:
    return _Kind(name, _Kind.POSITIONAL_OR_KEYWORD, annotation=annotation)


def _option(name: str, annotation: str) -> inspect.Parameter:
    return _Kind(name, _Kind.KEYWORD_ONLY, default=None, annotation=annotation)


def _rest() -> inspect.Parameter:
    return _Kind("decoding", _Kind.VAR_KEYWORD, annotation="Any")


def _parameter(item: dataclasses.Field[Any], kind: Any, required: bool = False) -> inspect.Parameter:
    """The parameter for a field of options; one without a usable default is required."""
    missing = required or item.default == ()
    return _Kind(item.name, kind, default=_Kind.empty if missing else item.default, annotation=item.type)


def _bound(signature: inspect.Signature, given: Sequence[Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """All arguments by name, with their defaults."""
    bound = signature.bind(*given, **changes)
    bound.apply_defaults()
    return bound.arguments


def _named(call: Callable[..., Made], name: str, about: str, signature: inspect.Signature) -> Callable[..., Made]:
    call.__name__ = call.__qualname__ = name
    call.__doc__ = about
    call.__signature__ = signature  # type: ignore[attr-defined]
    return call
