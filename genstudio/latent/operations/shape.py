"""Change some attributes of a piece and keep the others as far as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from genstudio.config import DecodingOptions, checked, field
from genstudio.errors import ConfigError
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.operations.base import Operation
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneFile
from genstudio.latent.sources import name_of
from genstudio.latent.tools import Tool
from genstudio.progress import Stop, go_on

__all__ = ["SHAPE", "Options"]


@dataclass(frozen=True)
class Options:
    """The requested changes, in standard deviations of each attribute, and the effort of the search."""

    changes: Mapping[str, float] = field(
        (), "Changes", "Change this attribute by X standard deviations; may be given several times.", flag="--set"
    )
    rounds: int = field(12, "Rounds", "Rounds of the search.", low=1, high=1000, lab=True)
    candidates: int = field(32, "Candidates", "Candidates a round.", low=1, high=4096, lab=True)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is a list of one piece. Key and metre are held, unless the request needs to change them: the key where "pitch" is
    changed, both where a label is changed. The source may also be a code, a tensor [dims]. ``facts["attributes"]`` of the result
    has for each attribute the requested and the obtained change.

    Raises:
        ModelError: the model has learned no attributes.
        ConfigError: a name is unknown or an amount out of range.
    """
    from torch import from_numpy

    from genstudio.generation.attributes import Starts, asked_changes, search
    from genstudio.latent.holding import held_prefix
    from genstudio.latent.inputs import code_of, texts
    from genstudio.latent.plan import Asked, Plan, carry_out

    model.need_codes()
    space = model.attribute_space
    asked = asked_changes(space, own.changes)
    rounds, candidates = checked(Options, "rounds", own.rounds), checked(Options, "candidates", own.candidates)
    if options.hold or options.temperature > 0:
        raise ConfigError("shaping holds key and metre by itself, and takes the likeliest; leave hold and temperature out.")
    code, used, bars, piece, remarks = code_of(model, sources[0], options)
    known = [] if piece is None else texts([piece])
    like_it = _decoded(model, code) if piece is None else piece
    prefix, forbid = held_prefix(model, [like_it], replace(options, hold=_holds(model, asked)))
    trained = replace(model.trained, lexicon=model.knowing(known))
    starts = Starts(code, used, [bars * model.strands], asked[None], prefix, forbid)
    check = stop.check if stop is not None else go_on
    found = search(trained, space, starts, rounds=rounds, candidates=candidates, seed=options.seed, check=check)
    plan = Plan(
        codes=from_numpy(found.codes),
        metadata=lambda _, made: _finished(model, made, piece),
        decoding=Decoding(
            segments=[bars] if model.network.spec.separator >= 0 else None, prefix=prefix, forbid=forbid, known=known
        ),
    )
    changes = {name: float(amount) for name, amount in own.changes.items()}
    settings = {"changes": changes, "rounds": rounds, "candidates": candidates}
    names = ["a code" if piece is None else name_of(sources[0], piece)]
    made = carry_out(model, Asked("shape", options, settings, names, remarks), plan, stop=stop)
    made.facts = {"attributes": _obtained(model, made[0], asked, found.before)}
    return made


def _obtained(model: Codec, made: Any, asked: Any, before: Any) -> dict[str, dict[str, Any]]:
    """For each attribute ``asked`` and ``obtained`` (standard deviations), ``before`` and ``after`` (in its ``unit``)."""
    from genstudio.generation.attributes import measured

    space = model.attribute_space
    after = measured(model.trained, space, [model.ids(made)])[0]
    return {
        one.name: {
            "asked": float(asked[at]),
            "obtained": float(after[at] - before[0, at]),
            "before": float(before[0, at] * one.deviation),
            "after": float(after[at] * one.deviation),
            "unit": one.unit,
        }
        for at, one in enumerate(space.attributes)
    }


def _holds(model: Codec, asked: Any) -> tuple[str, ...]:
    """The traits that are held: all that the domain can hold, except those that the request may need to change.

    A label may depend on any trait, and a melody with another pitch may be in another key.
    """
    changed = [one for one, amount in zip(model.attribute_space.attributes, asked, strict=True) if amount]
    if any(one.kind == "label" for one in changed):
        return ()
    moved = any(one.name == "pitch" for one in changed)
    return tuple(name for name in model.domain.holds if not (moved and name == "key"))


def _decoded(model: Codec, code: Any) -> Any:
    from torch import from_numpy

    return model.decode(from_numpy(code), known=[])[0]


def _finished(model: Codec, made: Any, piece: Any | None) -> Any:
    """A decoded piece with the metadata (tempo and so on) of its source."""
    giver = made if piece is None else piece
    return model.domain.with_metadata_between(made, giver, giver, 0.0)


SHAPE = Operation(
    name="shape",
    help="change attributes of a song or a sentence: denser, higher …",
    about="Change some attributes of a song or a sentence and keep the others, such as --set density=+2 --set pitch=-1; amounts "
    "are in standard deviations over the training pieces. 'genstudio attributes' learns the attributes of a model.",
    options=Options,
    run=_run,
    result=OneFile(),
    first=("changes",),
    decoding=(),
    slow=True,
    tool=Tool(
        "Change",
        "A piece with more or less of something: notes, leaps, rests",
        "The same, but different where you say so",
        "Give it A and move a slider: more of this, less of that. The rest stays as near as it can.",
        "{title}, changed",
        place=5,
    ),
)
