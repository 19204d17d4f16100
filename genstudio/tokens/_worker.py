"""Sentencepiece training, in this process or in one of its own that can be killed at once."""

from __future__ import annotations

import io
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["main", "train"]


def train(lines: list[str], options: dict[str, Any]) -> bytes:
    """The serialised model trained on ``lines`` (``text<TAB>count`` each) with sentencepiece's own ``options``.

    Raises:
        RuntimeError: sentencepiece cannot train on this; the message is its own.
    """
    import sentencepiece

    model = io.BytesIO()
    with _quiet():
        sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(lines), model_writer=model, **options)
    return model.getvalue()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what sentencepiece writes to the standard error stream off it (its log level does not cover all of it)."""
    try:
        saved = os.dup(2)
    except OSError:  # no standard error stream at all: nothing to keep quiet
        yield
        return
    with tempfile.TemporaryFile() as sink:
        os.dup2(sink.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def main(folder: str) -> int:
    """Train as ``options.json`` and ``lines.txt`` in ``folder`` say; write ``model`` or ``error.txt`` there."""
    import json

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    place = Path(folder)
    options = json.loads((place / "options.json").read_text(encoding="utf-8"))
    with open(place / "lines.txt", encoding="utf-8", newline="\n") as file:
        lines = [line.removesuffix("\n") for line in file]
    try:
        (place / "model").write_bytes(train(lines, options))
    except Exception as error:  # every failure of the library travels to the parent as a sentence
        (place / "error.txt").write_text(str(error), encoding="utf-8", errors="replace")
        return 1
    return 0
