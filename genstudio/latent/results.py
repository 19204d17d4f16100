"""Write the pieces of an operation: as one file, several files, the steps of a path, or the cells of a grid.

Each kind of result checks the output path before anything is decoded, and writes :class:`~genstudio.latent.pieces.Pieces` there. It
returns the JSON result of the command, in which ``show`` is a picture for a terminal and ``remarks`` are sentences for a person.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from genstudio.domains import Domain
from genstudio.errors import ConfigError, FileError
from genstudio.files import write_text
from genstudio.latent.pieces import Pieces
from genstudio.rendering.formats.registry import suffixes_of

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = [
    "Grid", "OneFile", "OneOrSeveral", "Result", "Several", "Steps", "check_folder", "check_suffix", "entry_of", "job_of",
    "write_all",
]  # fmt: skip


@dataclass(frozen=True)
class Result:
    """A form in which pieces are written.

    Attributes:
        key: the key of the list of entries in the JSON result; "" where the result is the entry of one piece.
    """

    key: ClassVar[str] = ""

    def check(self, domain: Domain, out: Path, count: int = 1) -> None:
        """Check that ``out`` can be written to; ``count`` pieces are wanted.

        Raises:
            ConfigError: it has a wrong suffix.
            FileError: it is a file, and a folder is needed.
        """
        check_folder(out)

    def write(self, pieces: Pieces, out: Path) -> dict[str, Any]:
        """Write ``pieces`` to ``out`` and return the JSON result."""
        raise NotImplementedError


@dataclass(frozen=True)
class OneFile(Result):
    """One piece as one file."""

    def check(self, domain: Domain, out: Path, count: int = 1) -> None:
        check_suffix(domain, out)

    def write(self, pieces: Pieces, out: Path) -> dict[str, Any]:
        (piece,) = pieces
        pieces.write(0, out)
        kept = {"kept": dataclasses.asdict(pieces.kept[0])} if 0 in pieces.kept else {}
        return _result(pieces, {**entry_of(pieces.domain, piece, out), **kept})


@dataclass(frozen=True)
class Several(Result):
    """Pieces as numbered files ``stem-00`` … in a folder; the result includes the settings that ``about`` names."""

    stem: str
    about: tuple[str, ...] = ()
    key: ClassVar[str] = "samples"

    def write(self, pieces: Pieces, out: Path) -> dict[str, Any]:
        places = pieces.save(out, self.stem)
        entries = [entry_of(pieces.domain, piece, place) for piece, place in zip(pieces, places, strict=True)]
        return _result(pieces, {**_settings(pieces, *self.about), self.key: entries})


@dataclass(frozen=True)
class OneOrSeveral(Several):
    """One piece as one file, or several as :class:`Several` writes them."""

    def check(self, domain: Domain, out: Path, count: int = 1) -> None:
        if count == 1:
            check_suffix(domain, out)
        elif out.suffix.lower() in {*domain.suffixes, *suffixes_of(domain)}:
            raise ConfigError("{count} pieces are written into a folder; {name} is the name of a file.", count=count, name=out.name)
        else:
            check_folder(out)

    def write(self, pieces: Pieces, out: Path) -> dict[str, Any]:
        return OneFile().write(pieces, out) if out.suffix.lower() in suffixes_of(pieces.domain) else super().write(pieces, out)


@dataclass(frozen=True)
class Steps(Result):
    """The steps of a path as files in a folder, and one file with all of them: joined, or a line for each text."""

    key: ClassVar[str] = "steps"

    def write(self, pieces: Pieces, out: Path) -> dict[str, Any]:
        domain, places = pieces.domain, pieces.save(out, "step")
        steps = [{"t": t, **entry_of(domain, piece, place)} for t, piece, place in zip(pieces.ts, pieces, places, strict=True)]
        joined = out / f"joined{domain.output_suffix}"
        whole = {"joined": str(joined)} if pieces.write_joined(joined) else {"all": write_all(out, domain, steps)}
        return _result(pieces, {**_settings(pieces, "method"), self.key: steps, **_of_ends(pieces), **whole})


@dataclass(frozen=True)
class Grid(Result):
    """The cells of a grid, row by row, as files in a folder."""

    key: ClassVar[str] = "cells"

    def write(self, pieces: Pieces, out: Path) -> dict[str, Any]:
        domain, cells = pieces.domain, []
        _, columns = job_of(pieces).settings["grid"]
        for index, piece in enumerate(pieces):
            row, column = index // columns + 1, index % columns + 1
            place = out / f"cell-{row:02d}-{column:02d}{domain.output_suffix}"
            pieces.write(index, place)
            cells.append({"row": row, "column": column, **entry_of(domain, piece, place)})
        whole = {"all": write_all(out, domain, cells)} if pieces.joined() is None else {}
        return _result(pieces, {**_settings(pieces, "grid"), self.key: cells, **_of_ends(pieces), **whole})


def _result(pieces: Pieces, made: dict[str, Any]) -> dict[str, Any]:
    job = job_of(pieces)
    return {"model": job.model, "seed": job.seed, **made, "remarks": pieces.remarks, **pieces.facts}


def _settings(pieces: Pieces, *names: str) -> dict[str, Any]:
    return {name: job_of(pieces).settings[name] for name in names}


def _of_ends(pieces: Pieces) -> dict[str, Any]:
    """How much the model keeps of each source, in their order."""
    return {"kept": [dataclasses.asdict(one) for _, one in sorted(pieces.kept.items())]}


def job_of(pieces: Pieces) -> Job:
    """The job that made ``pieces``; those of every operation have one."""
    assert pieces.job is not None
    return pieces.job


def write_all(folder: Path, domain: Domain, entries: Sequence[dict[str, Any]]) -> str:
    """Write all texts into one file, one per line, and return its path."""
    place = folder / f"all{domain.output_suffix}"
    write_text(place, "".join(f"{entry.get('text', '')}\n" for entry in entries))
    return str(place)


def check_folder(out: Path) -> None:
    """Check that ``out`` is a folder or can become one.

    Raises:
        FileError: it is a file.
    """
    if out.exists() and not out.is_dir():
        raise FileError("{folder} is a file; expected a folder, which is made when it is not there.", folder=out)


def check_suffix(domain: Domain, path: Path) -> None:
    """Check that pieces of the domain can be written to a file with the suffix of ``path``.

    Raises:
        ConfigError: they cannot.
    """
    known = suffixes_of(domain)
    if path.suffix.lower() not in known:
        raise ConfigError(
            "cannot write {path!r}; expected a file name that ends in one of {known}.", path=path.name, known=", ".join(known)
        )


def entry_of(domain: Domain, piece: Any, path: Path) -> dict[str, Any]:
    """The entry of a piece and its file in a JSON result: ``path``, ``show``, and the description of the domain."""
    return {"path": str(path), **domain.describe(piece), "show": domain.show(piece)}
