"""Read corpora and files as token ids of a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from genstudio.domains import check_options, read_file
from genstudio.errors import InputError, ModelError
from genstudio.latent import Model
from genstudio.progress import Stop

__all__ = ["corpus_sequences", "file_sequences"]


def corpus_sequences(loaded: Model, folder: Path, split: str) -> list[Any]:
    """Token ids of a split of a corpus, converted to the tokenizer of ``loaded`` where that is another one.

    Raises:
        CorpusError: there is no such corpus or split, or it is damaged.
        ModelError: the corpus holds another kind of data.
    """
    import numpy as np

    from genstudio.corpus import Corpus

    opened = Corpus.open(folder)
    if opened.domain != loaded.domain.name:
        raise ModelError(
            "{loaded} is a model of {domain}, but the corpus holds {domain_2}; choose another.",
            loaded=loaded.name,
            domain=loaded.domain.name,
            domain_2=opened.domain,
        )
    store = opened.split(split)
    sequences = [store[index] for index in range(len(store))]
    if opened.tokenizer.digest == loaded.tokenizer.digest:
        return sequences
    texts = [opened.tokenizer.decode(ids.tolist()) for ids in sequences]
    return [np.asarray(ids, dtype=np.int64) for ids in loaded.tokenizer.encode_many(texts)]


def file_sequences(
    loaded: Model, sources: Sequence[Path], read: Mapping[str, Any], stop: Stop
) -> tuple[list[Any], list[str], list[dict[str, str]]]:
    """Token ids of the phrases of files, duplicates removed.

    Returns:
        Token ids of each phrase, the title of its piece, and a dict of ``path`` and ``reason`` for each refused file or piece.
    """
    import numpy as np

    domain = loaded.domain
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            found += sorted(file for file in source.rglob("*") if file.suffix.lower() in domain.suffixes and file.is_file())
        else:
            found.append(source)
    shortest = int(loaded.manifest["phrase"]["shortest"])
    check_options(domain, read)
    refused = []
    texts: dict[str, tuple[str, str, str]] = {}
    for file in found:
        stop.check()
        try:
            result = read_file(domain, file, **read)
        except InputError as error:
            refused.append({"path": str(file), "reason": str(error)})
            continue
        refused += [{"path": item.path, "reason": item.reason} for item in result.refused]
        for piece in result.pieces:
            for phrase in domain.phrases(piece, loaded.phrase_length, loaded.phrase_length, shortest):
                texts.setdefault(domain.fingerprint(phrase), (domain.to_symbols(phrase), piece.title, piece.source or str(file)))
    sequences, titles = [], []
    for symbols, title, place in texts.values():
        ids = loaded.ids_of(symbols)
        if ids is None:
            refused.append({"path": place, "reason": f"it is far longer than anything that {loaded.name} was trained on"})
        else:
            sequences.append(np.asarray(ids, dtype=np.int64))
            titles.append(title)
    return sequences, titles, refused
