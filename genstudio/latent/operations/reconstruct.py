"""A piece through the latent space and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingKeywords, DecodingOptions, settle
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Keep, Operation, PathLike
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneFile
from genstudio.latent.sources import name_of
from genstudio.progress import Stop

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from genstudio.domains import Kept

__all__ = ["RECONSTRUCT", "Options", "Reconstruct", "reconstruct"]


@dataclass(frozen=True)
class Options:
    """It has no options of its own."""


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    from genstudio.domains import kept
    from genstudio.latent.operations.inputs import one_or_whole, song_plan
    from genstudio.latent.operations.plan import carry_out

    song, remarks = one_or_whole(model, sources[0], options)
    plan = song_plan(model, song, model.encode(song.phrases)[None], options)
    names = [name_of(sources[0], song.piece)]
    made = carry_out(model, "reconstruct", plan, options, settings={}, sources=names, remarks=remarks, stop=stop)
    made.kept = {0: kept(model.domain, song.piece, made[0])}
    return made


RECONSTRUCT = Operation(
    name="reconstruct",
    help="send a song or a sentence through the latent space and back",
    about="A song or a sentence through the latent space and back: what the model keeps of it.",
    options=Options,
    run=_run,
    result=OneFile(),
    part="whole",
    decoding=("temperature",),
    words={"temperature": "0 decodes the likeliest token each time, more draws with chance (default 0)"},
)


class Reconstruct(Codec):
    """A model that brings pieces back."""

    def reconstruct(
        self, source: Any, *, options: DecodingOptions | None = None, stop: Stop | None = None, **changes: Unpack[DecodingKeywords]
    ) -> Pieces:
        """``source`` through the latent space and back; a list of one."""
        return RECONSTRUCT.perform(self, [source], Options(), options, changes, stop)

    def kept(
        self, source: Any, *, options: DecodingOptions | None = None, stop: Stop | None = None, **changes: Unpack[DecodingKeywords]
    ) -> Kept:
        """How much of ``source`` comes back through the latent space, the likeliest being taken: a count of notes or words."""
        likeliest = replace(settle(options, changes), temperature=0.0, hold=())
        return RECONSTRUCT.run(self, [source], Options(), likeliest, stop).kept[0]


def reconstruct(
    model: PathLike, source: Any, out: PathLike, *, options: DecodingOptions | None = None, keep: Keep | None = None,
    stop: Stop | None = None, **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:  # fmt: skip
    """``source`` through the latent space and back, written to the file ``out``."""
    return RECONSTRUCT.write(model, [source], Options(), out, options, changes, keep, stop)
