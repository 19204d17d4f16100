"""Sentencepiece training, in this process or in a separate one that can be killed at any time."""

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
    """Train a sentencepiece model.

    Args:
        lines: ``text<TAB>count`` each.
        options: the options of sentencepiece.

    Returns:
        The serialised model.

    Raises:
        RuntimeError: sentencepiece cannot train on these lines; the message is that of sentencepiece.
    """
    import sentencepiece

    model = io.BytesIO()
    with _quiet():
        sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(lines), model_writer=model, **options)
    return model.getvalue()


@contextmanager
def _quiet() -> Iterator[None]:
    """Discard what sentencepiece writes to the standard error stream, which its log level does not cover entirely."""
    try:
        saved = os.dup(2)
    except OSError:  # there is no standard error stream
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
    """Train with ``options.json`` and ``lines.txt`` in ``folder``, and write ``model`` or ``error.txt`` there."""
    import json

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    place = Path(folder)
    options = json.loads((place / "options.json").read_text(encoding="utf-8"))
    with open(place / "lines.txt", encoding="utf-8", newline="\n") as file:
        lines = [line.removesuffix("\n") for line in file]
    try:
        (place / "model").write_bytes(train(lines, options))
    except Exception as error:  # every failure of the library is passed to the parent as a sentence
        (place / "error.txt").write_text(str(error), encoding="utf-8", errors="replace")
        return 1
    return 0
