"""Encode a piece and decode its code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genstudio.config import DecodingOptions
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import NoOptions, Operation
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneFile
from genstudio.latent.sources import name_of
from genstudio.progress import Stop

__all__ = ["RECONSTRUCT"]


def _run(model: Codec, sources: Sequence[Any], own: NoOptions, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is a list of one piece; its ``kept`` says how much of the source is in the reconstruction."""
    from genstudio.domains import kept
    from genstudio.latent.inputs import one_or_whole, song_plan
    from genstudio.latent.plan import Asked, carry_out

    song, remarks = one_or_whole(model, sources[0], options)
    plan = song_plan(model, song, model.encode(song.phrases)[None], options)
    asked = Asked("reconstruct", options, {}, [name_of(sources[0], song.piece)], remarks)
    made = carry_out(model, asked, plan, stop=stop)
    made.kept = {0: kept(model.domain, song.piece, made[0])}
    return made


RECONSTRUCT = Operation(
    name="reconstruct",
    help="send a song or a sentence through the latent space and back",
    about="Encode a song or a sentence and decode it again, which shows what the model keeps of it.",
    options=NoOptions,
    run=_run,
    result=OneFile(),
    part="whole",
    decoding=("temperature",),
)
