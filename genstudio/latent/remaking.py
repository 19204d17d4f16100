"""Make the results of a job again: the same files, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio import paths
from genstudio.errors import ConfigError, ModelError
from genstudio.latent.model import load
from genstudio.latent.results import check_folder, check_suffix, entry_of, write_all
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = ["again"]


def again(
    job: Job,
    out: str | os.PathLike[str],
    *,
    index: int | None = None,
    names: Sequence[str] = (),
    model: str | os.PathLike[str] | None = None,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Write the pieces of a job again: all of them into the folder ``out``, or piece ``index`` (from 0) as the file ``out``.

    Args:
        names: the file names of the pieces in the folder; by default they are numbered.
        model: the name or folder of the model that made them; by default the name in the job.

    Returns:
        ``job``, ``operation``, ``model``, ``seed`` and ``remarks``; for one piece also the keys of its entry, else ``pieces``, the
        entries, and the path ``joined`` or ``all`` of the file with all of them, if there is one.

    Raises:
        ModelError: the model is not installed, or is not the one that made the pieces.
        ConfigError: there is no piece ``index``.
        FileError: ``out`` cannot be written.
    """
    if model is None and job.model not in paths.installed_models():
        raise ModelError(
            "the model {model!r} ({digest}) that made this is not installed any more; give its folder as the model.",
            model=job.model,
            digest=job.digest[:12],
        )
    loaded = load(job.model if model is None else model)
    place = Path(out)
    if index is not None:
        check_suffix(loaded.domain, place)
    else:
        check_folder(place)
    made = loaded.again(job, stop=stop)
    about: dict[str, Any] = {"job": job.id, "operation": job.operation, "model": loaded.name, "seed": job.seed}
    if index is not None:
        if not 0 <= index < len(made):
            raise ConfigError(
                "the job {id} made {count} pieces; there is no piece {index} (from 0).", id=job.id, count=len(made), index=index
            )
        made.write(index, place)
        return {**about, **entry_of(loaded.domain, made[index], place), "remarks": made.remarks}
    if len(names) != len(made) or len(set(names)) != len(made):
        names = [f"piece-{number:02d}{loaded.domain.output_suffix}" for number in range(len(made))]
    entries = []
    for number, (piece, name) in enumerate(zip(made, names, strict=True)):
        made.write(number, place / name)
        entries.append(entry_of(loaded.domain, piece, place / name))
    result = {**about, "pieces": entries}
    whole = place / f"joined{loaded.domain.output_suffix}"
    if made.ts and made.write_joined(whole):
        result["joined"] = str(whole)
    elif made.joined() is None and (made.ts or job.operation == "blend"):
        result["all"] = write_all(place, loaded.domain, entries)
    return {**result, "remarks": made.remarks}
