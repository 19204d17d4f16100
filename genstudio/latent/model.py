"""A trained model with all operations on its latent space as methods."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from genstudio import paths
from genstudio.config import METHODS, DecodingOptions, OperationOptions, range_of, settle
from genstudio.errors import DamagedFileError, ModelError
from genstudio.latent.decoding import Decoding
from genstudio.latent.operations import Operations
from genstudio.latent.operations.base import NoOptions
from genstudio.latent.operations.reconstruct import RECONSTRUCT
from genstudio.latent.pieces import Pieces
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.domains import Kept
    from genstudio.latent.between import Square, Way
    from genstudio.models.latent_map import LatentMap
    from genstudio.provenance import Job

__all__ = ["LARGEST_SAMPLE", "Model", "load"]

LARGEST_SAMPLE: int = range_of(OperationOptions, "n")[1]
_LONGEST_PREFIX = 8  # in multiples of the longest training sequence


class Model(Operations):
    """A trained model, ready to use; see :func:`load`.

    A source may be the path of a file, a piece of the model's domain, a ``pretty_midi.PrettyMIDI`` (melodies) or typed text (a
    sentence).

    Every operation returns :class:`Pieces` with the job that made them. Operations take the fields of
    :class:`~genstudio.config.DecodingOptions` as keyword arguments, or one such object as ``options`` and keyword arguments for the
    fields to change in it, and a ``stop`` that is checked while decoding. They raise FileError for a source that cannot be read,
    and ConfigError for an option that is out of range.
    """

    def kept(self, source: Any, *, options: DecodingOptions | None = None, stop: Stop | None = None, **changes: Any) -> Kept:
        """How much of ``source`` its greedy reconstruction has: a count of notes or words."""
        likeliest = dataclasses.replace(settle(options, changes), temperature=0.0, hold=())
        return RECONSTRUCT.run(self, [source], NoOptions(), likeliest, stop).kept[0]

    def way(self, a: Any, b: Any, *, method: str = METHODS[0], options: DecodingOptions | None = None, **changes: Any) -> Way:
        """The path from ``a`` to ``b``, any point of which can be decoded, as a slider between the two needs it.

        Args:
            method: the interpolation method, see :mod:`genstudio.generation.paths`.
            changes: fields to change in ``options``.
        """
        from genstudio.latent.between import Way

        return Way(self, a, b, method, settle(options, changes))

    def square(self, *four: Any, options: DecodingOptions | None = None, **changes: Any) -> Square:
        """The square between four pieces, any point of which can be decoded; ``changes`` are fields to change in ``options``."""
        from genstudio.latent.between import Square

        return Square(self, four, settle(options, changes))

    def again(self, job: Job, *, stop: Stop | None = None) -> Pieces:
        """Make the pieces of a job again, equal to those that it made.

        Raises:
            ModelError: the job is that of another model or of a later GenStudio.
            DamagedFileError: the job does not fit the model that it names.
        """
        import numpy as np
        import torch

        from genstudio.latent.plan import ts_of

        if job.digest != self.digest:
            raise ModelError(
                (
                    "these pieces were made by the model {model} ({digest}), and {another} is another ({digest_2}); load the "
                    "one that made them."
                ),
                model=job.model,
                digest=job.digest[:12],
                another=self.name,
                digest_2=self.digest[:12],
            )
        unknown = set(job.decoding) - {field.name for field in dataclasses.fields(Decoding)}
        if unknown or len(job.metadata) != job.count:
            raise ModelError(
                "the record of how these pieces were made is of a later GenStudio ({version}) or damaged; update GenStudio.",
                version=job.version,
            )
        self._check_tokens(job)
        codes = torch.from_numpy(np.array(job.codes, dtype=np.float32))
        bare = self.decode(codes, **dict(job.decoding), stop=stop)
        pieces = [self.domain.with_metadata(piece, metadata) for piece, metadata in zip(bare, job.metadata, strict=True)]
        return Pieces(pieces, domain=self.domain, ts=ts_of(job.operation, job.settings, job.count), job=job)

    def _check_tokens(self, job: Job) -> None:
        """Refuse a record with codes or tokens that this model does not have: it is damaged, or made to do harm."""
        from genstudio.models.sequence_vae import BOS, EOS, PAD

        spec = self.network.spec
        never = (PAD, BOS, EOS)
        prefix, forbid = job.decoding.get("prefix") or [], job.decoding.get("forbid") or []
        contents = job.decoding.get("contents") or []
        longest = _LONGEST_PREFIX * (spec.longest + 16)
        if (
            job.codes.shape[1] != self.network.latent_dims
            or not self.network.layout.fits(job.codes)
            or any(len(ids) > longest or any(token >= spec.vocab_size or token in never for token in ids) for ids in prefix)
            or any(token >= spec.vocab_size or token in never for row in contents for ids in row for token in ids)
            or any(len(row) > spec.segments or sum(map(len, row)) > longest for row in contents)
            or any(token >= spec.vocab_size for token in forbid)
            or len(set(forbid)) >= spec.vocab_size - len(never)
        ):
            raise DamagedFileError(
                "the record of how these pieces were made is damaged: it does not fit the model {model} that it names.",
                model=job.model,
            )

    def nearest(
        self,
        source: Any,
        of: str | os.PathLike[str] | LatentMap | None = None,
        k: int = 5,
        *,
        metric: str = "euclidean",
        options: DecodingOptions | None = None,
        **given: Any,
    ) -> list[dict[str, Any]]:
        """The ``k`` pieces of a map nearest to ``source`` (or a code [dims]), nearest first.

        Args:
            of: the folder of the map, or an opened map; None: the map in the folder of the model.
            k: the number of pieces.
            metric: "euclidean" or "cosine", see :func:`genstudio.models.latent_map.nearest`.

        Returns:
            For each piece ``rank`` (from 1), ``distance``, ``title``, ``source``, ``row`` (in the map, from 0), ``x`` and ``y``.
        """
        from genstudio.latent import maps

        return maps.nearest_of(self, source, of, k, metric, settle(options, given))

    def at_places(
        self,
        of: str | os.PathLike[str] | LatentMap | None,
        places: Sequence[int | tuple[float, float]],
        *,
        join: bool = False,
        options: DecodingOptions | None = None,
        stop: Stop | None = None,
        **given: Any,
    ) -> Pieces:
        """Decode pieces at places of a map.

        Args:
            of: as for :meth:`nearest`.
            places: rows of the index of the map (from 0), or points (x, y) of its plane.
            join: join them to one piece, where the domain has bars.

        Raises:
            ConfigError: a row does not exist, a point has infinite coordinates, or there are no places or too many.
            FileError: the map contains no codes.
            ModelError: the map belongs to another model.
        """
        from genstudio.latent import maps

        return maps.at_places(self, of, places, join, settle(options, given), stop)


def load(model: str | os.PathLike[str]) -> Model:
    """Load a model by its name or folder.

    Raises:
        ModelError: there is no such model, or it is damaged.
    """
    return Model(paths.find_model(model))
