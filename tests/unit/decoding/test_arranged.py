"""Held-out scores are measured with the parts that a model writes, as every operation takes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from genstudio.corpus import Corpus
from genstudio.decoding.trained import Trained
from genstudio.domains.score.piece import Part, Score
from genstudio.latent.model import load
from genstudio.training.measuring import measure


def ids_of(trained: Trained, piece: Score) -> np.ndarray:
    return np.asarray(trained.tokenizer.encode(trained.domain.to_symbols(piece)), dtype=np.int64)


def viola(piece: Score) -> Part:
    return Part(name="Viola", role="other", program=41, notes=piece.parts[0].notes)


def test_other_parts_are_left_out_and_missing_ones_are_silent(band: Path) -> None:
    trained = load(band).trained
    ids = np.asarray(Corpus.open(band.parent / "corpus").split("test")[0])
    piece = trained.piece(ids)
    more = replace(piece, parts=(piece.parts[0], viola(piece), *piece.parts[1:]))
    fewer = replace(piece, parts=piece.parts[:1])
    assert len(ids_of(trained, more)) > len(ids)
    same, of_more, of_fewer = trained.arranged([ids, ids_of(trained, more), ids_of(trained, fewer)])
    assert same is ids
    assert trained.domain.to_symbols(trained.piece(of_more)) == trained.domain.to_symbols(piece)
    completed = trained.piece(of_fewer)
    assert [part.role for part in completed.parts] == [part.role for part in piece.parts]
    assert [bool(part.notes or part.chords) for part in completed.parts] == [True, *[False] * (len(piece.parts) - 1)]


def test_what_is_measured_does_not_depend_on_parts_that_are_not_written(band: Path) -> None:
    trained = load(band).trained
    held = [np.asarray(ids) for ids in list(Corpus.open(band.parent / "corpus").split("test"))[:4]]
    pieces = [trained.piece(ids) for ids in held]
    more = [replace(piece, parts=(*piece.parts, viola(piece))) for piece in pieces]
    plain, full = (measure(trained, some, 0, None, 0).metrics for some in (held, [ids_of(trained, piece) for piece in more]))
    assert full["reconstruction"] == plain["reconstruction"]


def test_pieces_without_parts_stay_as_they_are(melody_model: Path, melody_corpus: Path) -> None:
    held = [np.asarray(ids) for ids in list(Corpus.open(melody_corpus).split("test"))[:2]]
    arranged = load(melody_model).trained.arranged(held)
    assert all(one is other for one, other in zip(arranged, held, strict=True))
