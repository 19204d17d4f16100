"""The use cases: the one door to the engine for the command line, a notebook and the desktop studio.

torch is imported inside the functions, so that importing this module costs nothing. Every function that writes files returns a
plain dict that is the command's JSON result; ``remarks`` in it are sentences that a person should see, ``show`` a picture for a
terminal.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio import paths
from genstudio.config import PRESETS, TrainConfig, get_preset, override
from genstudio.domains import Domain, get_domain
from genstudio.errors import ConfigError, FileError, InputError, ModelError, did_you_mean
from genstudio.files import read_json, write_text
from genstudio.progress import Progress, Report, Stop, silent

if TYPE_CHECKING:
    from torch import Tensor

    from genstudio.models.attributes import AttributeSpace
    from genstudio.models.latent_map import LatentMap

__all__ = [
    "Model",
    "Pieces",
    "build_corpus",
    "doctor",
    "evaluate",
    "interpolate",
    "learn_attributes",
    "load",
    "make_map",
    "model_card",
    "models",
    "nearest",
    "pack",
    "reconstruct",
    "sample",
    "shape",
    "train",
]

LARGEST_SAMPLE = 10_000


class Pieces(list[Any]):
    """A list of pieces that shows itself in a notebook; ``remarks`` are sentences about how it was made, ``ts`` the places on
    the path where there is one."""

    def __init__(self, items: Sequence[Any], *, domain: Domain, remarks: Sequence[str] = (), ts: Sequence[float] = ()) -> None:
        super().__init__(items)
        self.domain = domain
        self.remarks = list(remarks)
        self.ts = list(ts)

    def save(self, folder: str | os.PathLike[str], stem: str = "piece") -> list[Path]:
        """Write each piece into ``folder`` as ``stem-00``, ``stem-01`` … in the domain's own format; returns the paths."""
        places = [Path(folder) / f"{stem}-{index:02d}{self.domain.output_suffix}" for index in range(len(self))]
        for piece, path in zip(self, places, strict=True):
            self.domain.write(piece, path)
        return places

    def joined(self) -> Any | None:
        """All pieces one after the other as one piece, or None where the domain has no such thing."""
        return self.domain.join(self)

    def _repr_html_(self) -> str:
        captions = [f"{t:.0%}" for t in self.ts] or [str(index + 1) for index in range(len(self))]
        rows = "".join(
            f"<div style='margin:4px 0'><b style='display:inline-block;width:4em'>{caption}</b>{piece._repr_html_()}</div>"
            for caption, piece in zip(captions, self, strict=True)
        )
        return f"<div>{rows}</div>"


class Model:
    """A trained model, ready to use; see :func:`load`.

    Wherever a source is taken it may be a path, a piece of the model's domain, a ``pretty_midi.PrettyMIDI`` (melodies) or what
    a person would type (a sentence).
    """

    def __init__(self, folder: Path) -> None:
        from genstudio.models.checkpoint import load_model

        self.folder = Path(folder)
        self.network, self.tokenizer, self.manifest = load_model(self.folder)
        try:
            self.domain = get_domain(self.manifest["domain"])
        except ConfigError as error:
            raise ModelError(f"the model {self.folder} cannot be used: {error}") from error
        self.name = self.folder.name

    def __repr__(self) -> str:
        return f"<genstudio.Model {self.name}: {self.domain.label}, {self.network.latent_dims} latent dimensions>"

    @property
    def phrase_length(self) -> int:
        """Length of the phrases that the model was trained on, in bars; 0 where a piece is not cut."""
        return int(self.manifest["phrase"]["length"])

    def piece(self, source: Any, *, phrase: int = 1, read: Mapping[str, Any] | None = None) -> tuple[Any, list[str]]:
        """The phrase ``phrase`` (from 1) of ``source`` as a piece, and remarks on what was chosen.

        Raises:
            FileError: the source cannot be read or holds nothing.
            ConfigError: there is no such phrase.
        """
        whole, remarks = self._whole(source, dict(read or {}))
        name = whole.title or whole.source or "the piece"
        phrases = self.domain.phrases(whole, self.phrase_length, self.phrase_length, 1)
        if not phrases:
            raise FileError(f"{name} is empty; expected at least one note or word.")
        if not 1 <= phrase <= len(phrases):
            raise ConfigError(f"there is no phrase {phrase} in {name}; expected 1 to {len(phrases)}.")
        if len(phrases) > 1:
            chosen = "the first was used; --phrase picks another" if phrase == 1 else f"phrase {phrase} was used"
            remarks.append(f"{name} has {len(phrases)} phrases of up to {self.phrase_length} bars: {chosen}.")
        return phrases[phrase - 1], remarks

    def _whole(self, source: Any, read: dict[str, Any]) -> tuple[Any, list[str]]:
        if isinstance(source, type(self.domain.from_symbols(""))):
            return source, []
        convert = getattr(self.domain, "from_object", None)
        if not isinstance(source, (str, os.PathLike)):
            piece = convert(source) if convert is not None else None
            if piece is None:
                raise InputError(f"cannot use a {type(source).__name__} as {self.domain.label}; give a path or a piece.")
            return piece, []
        text = os.fspath(source)
        if not text.strip():
            expected = "a file" if self.domain.parse("words") is None else "words, or a file"
            raise FileError(f"an end is empty; expected {expected}.")
        path = Path(text)
        try:
            exists = path.exists()
        except (OSError, ValueError):  # too long for a path, or with a zero byte: then it is no path
            exists = False
        if not exists or (path.is_dir() and isinstance(source, str) and self.domain.parse(text) is not None):
            typed = self.domain.parse(text) if isinstance(source, str) else None
            if typed is None or path.suffix.lower() in self.domain.suffixes:
                raise FileError(
                    f"there is no file {text!r}; give {self.domain.label} as one of: {', '.join(self.domain.suffixes)}."
                )
            return typed, []
        result = self.domain.read(path, **read)
        if not result.pieces:
            reason = result.refused[0].reason if result.refused else "it is empty"
            raise FileError(f"{text} gave nothing: {reason}.")
        remarks = list(result.remarks)
        if len(result.pieces) > 1:
            remarks.append(
                f"{text} holds {len(result.pieces)} pieces; the first was used ({result.pieces[0].title or 'untitled'})."
            )
        return result.pieces[0], remarks

    def ids(self, piece: Any) -> list[int]:
        """Token ids of a piece."""
        return self.tokenizer.encode(self.domain.to_symbols(piece))

    def encode(self, pieces: Sequence[Any]) -> Tensor:
        """Posterior means [pieces, dims] of ``pieces``."""
        import torch

        from genstudio.corpus import collate

        means = []
        with torch.inference_mode():
            for piece in pieces:  # one by one: a code must not depend on what else is asked for
                ids = collate([_array(self.ids(piece))])
                means.append(self.network.posterior(torch.from_numpy(ids)).mean)
        return torch.cat(means) if means else torch.zeros(0, self.network.latent_dims)

    def decode(
        self,
        z: Tensor,
        *,
        segments: Sequence[int] | None = None,
        temperature: float = 0.0,
        top_p: float = 1.0,
        seed: int = 0,
        stop: Stop | None = None,
    ) -> list[Any]:
        """Pieces from codes ``z`` [pieces, dims]; greedy at temperature 0. ``segments`` sets the number of bars of each."""
        from genstudio.generation.decoding import decode

        if z.dim() != 2 or z.shape[1] != self.network.latent_dims:
            raise InputError(f"z has the shape {tuple(z.shape)}; expected [pieces, {self.network.latent_dims}].")
        check = stop.check if stop is not None else None
        sequences = decode(self.network, z, segments=segments, temperature=temperature, top_p=top_p, seed=seed, check=check)
        return [self.domain.from_symbols(self.tokenizer.decode(ids)) for ids in sequences]

    def reconstruct(
        self,
        source: Any,
        *,
        phrase: int = 1,
        temperature: float = 0.0,
        top_p: float = 1.0,
        seed: int = 0,
        read: Mapping[str, Any] | None = None,
    ) -> Pieces:
        """``source`` through the latent space and back; a list of one."""
        piece, remarks = self.piece(source, phrase=phrase, read=read)
        remarks += self._about(piece)
        bars = [self._segments(piece)]
        (back,) = self.decode(self.encode([piece]), segments=bars, temperature=temperature, top_p=top_p, seed=seed)
        return Pieces([self.domain.dress(back, piece, piece, 0.0)], domain=self.domain, remarks=remarks)

    def sample(
        self, n: int = 8, *, temperature: float = 1.0, top_p: float = 1.0, seed: int = 0, stop: Stop | None = None
    ) -> Pieces:
        """``n`` pieces decoded from points of the prior N(0, I).

        Raises:
            ConfigError: n, temperature or top_p is out of range.
        """
        import torch

        if not 1 <= n <= LARGEST_SAMPLE:
            raise ConfigError(f"n is {n}; expected 1 to {LARGEST_SAMPLE}.")
        z = torch.randn(n, self.network.latent_dims, generator=torch.Generator().manual_seed(seed))
        found: list[Any] = []
        for start in range(0, n, 64):
            found += self.decode(z[start : start + 64], temperature=temperature, top_p=top_p, seed=seed + start, stop=stop)
        return Pieces([self.domain.dress(piece, piece, piece, 0.0) for piece in found], domain=self.domain)

    def interpolate(
        self,
        a: Any,
        b: Any,
        steps: int = 9,
        *,
        method: str = "slerp",
        temperature: float = 0.0,
        top_p: float = 1.0,
        phrase: int = 1,
        seed: int = 0,
        read: Mapping[str, Any] | None = None,
    ) -> Pieces:
        """``steps`` pieces from ``a`` to ``b``; the first and the last are the reconstructions of the two.

        Raises:
            FileError: an end cannot be read.
            ConfigError: an option is out of range.
        """
        from genstudio.generation.paths import interpolate as path_between
        from genstudio.generation.paths import steps_between

        ts = steps_between(steps)
        first, remarks = self.piece(a, phrase=phrase, read=read)
        last, more = self.piece(b, phrase=phrase, read=read)
        remarks = [*remarks, *(remark for remark in more if remark not in remarks), *self._about(first), *self._about(last)]
        if self.domain.to_symbols(first) == self.domain.to_symbols(last):
            remarks.append("both ends are the same piece, so every step is its reconstruction.")
        ends = self.encode([first, last])
        begin, end = self._segments(first), self._segments(last)
        bars = [round((1 - t) * begin + t * end) for t in ts]
        path = path_between(ends[0], ends[1], steps, method)
        decoded = self.decode(path, segments=bars, temperature=temperature, top_p=top_p, seed=seed)
        dressed = [self.domain.dress(piece, first, last, t) for piece, t in zip(decoded, ts, strict=True)]
        return Pieces(dressed, domain=self.domain, remarks=remarks, ts=ts)

    # -- attributes, nearest pieces, the map

    @cached_property
    def attribute_space(self) -> AttributeSpace:
        """The directions of the attributes that the model has learned.

        Raises:
            ModelError: it has learned none; the message says which command does.
        """
        from genstudio.models.attributes import load_space

        return load_space(self.folder, self.manifest, self.network.latent_dims, self.network.core.block_dims)

    @property
    def attributes(self) -> list[dict[str, Any]]:
        """Name, label, unit, kind, mean and deviation of each attribute that :meth:`shape` can move; see there for errors."""
        return [dict(vars(attribute)) for attribute in self.attribute_space.attributes]

    def shape(
        self,
        source: Any,
        changes: Mapping[str, float],
        *,
        rounds: int = 8,
        candidates: int = 32,
        phrase: int = 1,
        seed: int = 0,
        read: Mapping[str, Any] | None = None,
        stop: Stop | None = None,
    ) -> Pieces:
        """``source`` with attributes changed by so many standard deviations, the others kept: a list of one.

        Args:
            source: as everywhere, or a code, a tensor [dims].
            changes: ``{"density": +2.0}``; :attr:`attributes` lists the names.
            rounds, candidates: of the search, see :func:`genstudio.generation.attributes.search`.

        Raises:
            ModelError: the model has learned no attributes.
            ConfigError: a name is unknown or an amount out of range.
        """
        return self.reshape(source, changes, rounds, candidates, phrase, seed, read, stop)[0]

    def reshape(
        self,
        source: Any,
        changes: Mapping[str, float],
        rounds: int = 8,
        candidates: int = 32,
        phrase: int = 1,
        seed: int = 0,
        read: Mapping[str, Any] | None = None,
        stop: Stop | None = None,
    ) -> tuple[Pieces, Tensor, dict[str, dict[str, Any]]]:
        """What :meth:`shape` gives, its code [1, dims], and for each attribute ``asked``, ``obtained``, ``before``, ``after``."""
        import torch

        from genstudio.generation.attributes import asked_changes, measured, search

        space = self.attribute_space
        asked = asked_changes(space, changes)
        if rounds < 1 or not 1 <= candidates <= 4096:
            raise ConfigError(f"rounds is {rounds} and candidates {candidates}; expected 1 or more, and 1 to 4096.")
        code, used, bars, piece, remarks = self._start(source, phrase, read)
        check = stop.check if stop is not None else None
        found = search(
            self.network, self.tokenizer, self.domain, space, code, used, [bars], asked[None],
            rounds=rounds, candidates=candidates, seed=seed, check=check,
        )  # fmt: skip
        z = torch.from_numpy(found.codes)
        (made,) = self.decode(z, segments=[bars], stop=stop)
        after = measured(self.network, self.tokenizer, self.domain, space, [self.ids(made)])[0]
        facts = {
            one.name: {
                "asked": float(asked[at]),
                "obtained": float(after[at] - found.before[0, at]),
                "before": float(found.before[0, at] * one.deviation),
                "after": float(after[at] * one.deviation),
                "unit": one.unit,
            }
            for at, one in enumerate(space.attributes)
        }
        dressing = made if piece is None else piece
        return Pieces([self.domain.dress(made, dressing, dressing, 0.0)], domain=self.domain, remarks=remarks), z, facts

    def nearest(
        self,
        source: Any,
        of: str | os.PathLike[str] | LatentMap,
        k: int = 5,
        *,
        metric: str = "euclidean",
        phrase: int = 1,
        read: Mapping[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        """The ``k`` pieces of a map (a folder, or an opened one) nearest to ``source`` (or a code [dims]), nearest first.

        Returns:
            ``rank``, ``distance``, ``title``, ``source``, ``row``, ``x`` and ``y`` of each.
        """
        from genstudio.models.latent_map import nearest

        chart = self._map(of)
        code, used, _, _, _ = self._start(source, phrase, read)
        rows, distances = nearest(chart.whole()[0], code[0], k, metric=metric, used=used[0])
        return [
            {
                "rank": rank,
                "distance": float(distance),
                "title": chart.index[row][0],
                "source": chart.index[row][1],
                "row": int(row),
                "x": float(chart.coordinates[row, 0]),
                "y": float(chart.coordinates[row, 1]),
            }
            for rank, (row, distance) in enumerate(zip(rows, distances, strict=True), start=1)
        ]

    def map_point(self, of: str | os.PathLike[str] | LatentMap, x: float, y: float) -> tuple[Tensor, int]:
        """The code [1, dims] at a point of a map, and the number of bars to decode it with; see ``LatentMap.code_at``."""
        import torch

        chart = self._map(of)
        code, _, row = chart.code_at(x, y)
        codes, _ = chart.whole()
        plain = torch.from_numpy(codes[row : row + 1].astype("float32"))
        return torch.from_numpy(code[None]), self._segments(self.decode(plain)[0])

    def _map(self, of: Any) -> LatentMap:
        from genstudio.models.latent_map import LatentMap, open_map

        chart = of if isinstance(of, LatentMap) else open_map(Path(of))
        if chart.about.get("digest") != self.digest or len(chart.centre) != self.network.latent_dims:
            raise ModelError(f"the map was made with another model than {self.name}; make it again with 'genstudio map'.")
        return chart

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the weights and the tokenizer: equal digests mean that equal codes decode to equal pieces."""
        import hashlib

        whole = hashlib.sha256(self.tokenizer.digest.encode("utf-8"))
        with open(self.folder / "model.safetensors", "rb") as file:
            while block := file.read(1 << 20):
                whole.update(block)
        return whole.hexdigest()

    def _start(self, source: Any, phrase: int, read: Mapping[str, Any] | None) -> tuple[Any, Any, int, Any | None, list[str]]:
        """Code and used dimensions [1, dims] of a source or a code, its bars, its piece where it has one, and remarks."""
        import torch

        from genstudio.models.encoding import encode_all

        if isinstance(source, torch.Tensor):
            z = source.detach().reshape(1, -1).float() if source.dim() <= 2 and source.numel() else source
            (decoded,) = self.decode(z)
            ids = self.ids(decoded)
            _, used = encode_all(self.network, [ids])
            return z.numpy(), used, ids.count(self.network.spec.separator), None, []
        piece, remarks = self.piece(source, phrase=phrase, read=read)
        remarks += self._about(piece)
        code, used = encode_all(self.network, [self.ids(piece)])
        return code, used, self._segments(piece), piece, remarks

    def _segments(self, piece: Any) -> int:
        return self.ids(piece).count(self.network.spec.separator)

    def _about(self, piece: Any) -> list[str]:
        """Remarks on a piece that the model can only do half justice."""
        count, longest = len(self.ids(piece)), self.network.spec.longest
        if count > longest:
            name = piece.title or piece.source or "a piece"
            text = f"{name} is longer ({count} tokens) than anything that {self.name} was trained on ({longest})"
            return [f"{text}; expect its end to be lost."]
        return []


def _array(ids: Sequence[int]) -> Any:
    import numpy as np

    return np.asarray(ids, dtype=np.int64)


def load(model: str | os.PathLike[str]) -> Model:
    """The model of that name or in that folder.

    Raises:
        ModelError: there is no such model, or it is damaged.
    """
    return Model(paths.find_model(model))


def build_corpus(
    sources: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    preset: str | None = None,
    domain: str | None = None,
    bars: int | None = None,
    stride: int | None = None,
    vocab_size: int | None = None,
    valid: float | None = None,
    test: float | None = None,
    tokenizer: str | os.PathLike[str] | None = None,
    seed: int = 0,
    workers: int = 0,
    read: Mapping[str, Any] | None = None,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Files and folders to a corpus in the folder ``out``; the result is its ``report.json``.

    Without a preset the domain's first one gives phrase length, stride and vocabulary size; what is given here wins.

    Raises:
        ConfigError: neither preset nor domain is given, or they do not fit each other.
        CorpusError, FileError: nothing could be taken, or ``out`` cannot be written.
    """
    from genstudio.corpus import CorpusOptions, build

    if preset is None and domain is None:
        raise ConfigError("say what the files hold: --domain melody or --domain text, or a --preset.")
    if preset is not None:
        start = get_preset(preset)
        if domain is not None and domain != start.domain:
            raise ConfigError(f"the preset {preset} is for {start.domain}, not for {domain}; leave one of the two out.")
    else:
        get_domain(str(domain))
        fitting = [item for item in PRESETS.values() if item.domain == domain]
        if not fitting:
            raise ConfigError(
                f"no preset is for the domain {domain}; {did_you_mean(str(domain), {p.domain for p in PRESETS.values()})}"
            )
        start = fitting[0]
    length = start.length if bars is None else bars
    if start.length and not 1 <= length <= 256:
        raise ConfigError(f"bars is {length}; expected 1 to 256.")
    if bars and not start.length:
        raise ConfigError(f"bars were given, but {start.domain} has no bars; leave --bars out.")
    if stride is None:
        stride = start.stride if length == start.length else max(1, length // 2)
    options = CorpusOptions(
        domain=start.domain,
        length=length,
        stride=stride,
        shortest=0,
        vocab_size=start.vocab_size if vocab_size is None else vocab_size,
        tokenizer_model=start.tokenizer_model,
        longest_token=start.longest_token,
        seed=seed,
        workers=workers,
        read=dict(read or {}),
        tokenizer=os.fspath(tokenizer) if tokenizer is not None else None,
    )
    if valid is not None:
        options = dataclasses.replace(options, valid=valid)
    if test is not None:
        options = dataclasses.replace(options, test=test)
    return build([Path(source) for source in sources], Path(out), options, report, stop)


def train_config(preset: str, overrides: Sequence[str] = ()) -> TrainConfig:
    """The configuration of a preset with ``name=value`` settings changed.

    Raises:
        ConfigError: a name is unknown or a value out of range.
    """
    from genstudio.models import cores

    fields = {name: cores.options_class(name) for name in cores.names()}
    return override(get_preset(preset).config, overrides, fields)


def train(
    corpus: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    preset: str | None = None,
    overrides: Sequence[str] = (),
    max_steps: int | None = None,
    max_minutes: float | None = None,
    resume: bool = False,
    start: str | os.PathLike[str] | None = None,
    about: str | os.PathLike[str] | None = None,
    seed: int = 0,
    device: str = "auto",
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Train a model on a corpus into the folder ``out``; see :func:`genstudio.training.loop.train` for resume and stop.

    Without a preset, the one whose domain and phrase length are nearest to the corpus is taken. ``start`` is a model (name or
    folder) to go on from instead of fresh weights; the corpus must be built with its tokenizer. ``about`` is a text file with
    what the model card should say of the data, its credits and licences.
    """
    from genstudio.corpus import Corpus
    from genstudio.models.card import write_card
    from genstudio.training.loop import train as run

    if max_steps is not None and max_steps < 1:
        raise ConfigError(f"max-steps is {max_steps}; expected 1 or more.")
    if max_minutes is not None and not max_minutes > 0:
        raise ConfigError(f"max-minutes is {max_minutes}; expected more than 0.")
    if device not in ("auto", "cpu", "cuda"):
        raise ConfigError(f"there is no device {device!r}; {did_you_mean(device, ('auto', 'cpu', 'cuda'))}")
    told = _text(about)
    opened = Corpus.open(Path(corpus))
    length = int(opened.manifest["options"]["length"])
    if preset is None:
        fitting = [item for item in PRESETS.values() if item.domain == opened.domain]
        if not fitting:
            raise ConfigError(f"no preset is for the domain {opened.domain}; name one with --preset: {', '.join(PRESETS)}.")
        chosen = min(fitting, key=lambda item: abs(item.length - length))
    else:
        chosen = get_preset(preset)
        if chosen.domain != opened.domain:
            raise ConfigError(f"the preset {preset} is for {chosen.domain}, but the corpus holds {opened.domain}; choose another.")
    config = train_config(chosen.name, overrides)
    result = run(
        opened,
        Path(out),
        chosen,
        config,
        max_steps=max_steps,
        max_minutes=max_minutes,
        resume=resume,
        start=paths.find_model(start) if start is not None else None,
        seed=seed,
        device=device,
        report=report,
        stop=stop,
    )
    if int(os.environ.get("RANK", "0")) == 0:
        write_card(Path(out), about=told)
    return dataclasses.asdict(result)


def evaluate(
    model: str | os.PathLike[str],
    corpus: str | os.PathLike[str] | None = None,
    files: Sequence[str | os.PathLike[str]] = (),
    *,
    split: str = "test",
    limit: int | None = None,
    samples: int = 20,
    write: bool = False,
    read: Mapping[str, Any] | None = None,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Every figure of the model over a split of a corpus, or over files and folders (their phrases, duplicates removed).

    Args:
        limit: at most so many pieces, drawn with ``seed``.
        samples: K of the importance-weighted NLL.
        write: keep the figures in the model's manifest and card.

    Raises:
        ConfigError: neither or both of corpus and files are given.
        CorpusError, FileError, ModelError: one of them cannot be used.
    """
    import numpy as np

    from genstudio.evaluation.report import evaluate as measure
    from genstudio.models.card import write_card
    from genstudio.models.manifest import update_manifest

    if (corpus is None) == (not files):
        raise ConfigError("say what to evaluate on: --corpus DIR, or files; one of the two.")
    loaded = load(model)
    refused: list[dict[str, str]] = []
    if corpus is not None:
        sequences = _corpus_sequences(loaded, Path(corpus), split)
        about = f"{split} split of {Path(corpus).name}"
    else:
        sequences, refused = _file_sequences(loaded, [Path(item) for item in files], dict(read or {}), stop or Stop())
        about = ", ".join(Path(item).name for item in files[:3]) + (" …" if len(files) > 3 else "")
    if limit is not None and limit < 1:
        raise ConfigError(f"limit is {limit}; expected 1 or more.")
    if limit is not None and limit < len(sequences):
        chosen = np.sort(np.random.default_rng(seed).permutation(len(sequences))[:limit])
        sequences = [sequences[index] for index in chosen]
    if not sequences and refused:
        raise InputError(f"none of the files can be evaluated on; the first: {refused[0]['reason'].rstrip('.')}.")
    if not sequences:
        raise InputError(f"there is nothing to evaluate on in the {about}; give a corpus with such a split, or other files.")
    figures = measure(
        loaded.network, loaded.domain, loaded.tokenizer, sequences, samples=samples, seed=seed, report=report, stop=stop
    )
    result = {"model": loaded.name, "seed": seed, "on": about, **figures}
    if refused:
        result["refused"] = refused
    if write:
        update_manifest(loaded.folder, {"evaluation": result})
        write_card(loaded.folder)
    return result


def _corpus_sequences(loaded: Model, folder: Path, split: str) -> list[Any]:
    from genstudio.corpus import Corpus

    opened = Corpus.open(folder)
    if opened.domain != loaded.domain.name:
        raise ModelError(f"{loaded.name} is a model of {loaded.domain.name}, but the corpus holds {opened.domain}; choose another.")
    store = opened.split(split)
    sequences = [store[index] for index in range(len(store))]
    if opened.tokenizer.digest == loaded.tokenizer.digest:
        return sequences
    texts = [opened.tokenizer.decode(ids.tolist()) for ids in sequences]
    return [_array(ids) for ids in loaded.tokenizer.encode_many(texts)]


def _file_sequences(
    loaded: Model, sources: Sequence[Path], read: dict[str, Any], stop: Stop
) -> tuple[list[Any], list[dict[str, str]]]:
    domain = loaded.domain
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            found += sorted(path for path in source.rglob("*") if path.suffix.lower() in domain.suffixes and path.is_file())
        else:
            found.append(source)
    shortest = int(loaded.manifest["phrase"]["shortest"])
    refused = []
    texts: dict[str, str] = {}
    for path in found:
        stop.check()
        try:
            result = domain.read(path, **read)
        except InputError as error:
            refused.append({"path": str(path), "reason": str(error)})
            continue
        refused += [{"path": item.path, "reason": item.reason} for item in result.refused]
        for piece in result.pieces:
            for phrase in domain.phrases(piece, loaded.phrase_length, loaded.phrase_length, shortest):
                texts.setdefault(domain.fingerprint(phrase), domain.to_symbols(phrase))
    return [_array(ids) for ids in loaded.tokenizer.encode_many(list(texts.values()))], refused


def reconstruct(
    model: str | os.PathLike[str],
    source: Any,
    out: str | os.PathLike[str],
    *,
    phrase: int = 1,
    temperature: float = 0.0,
    top_p: float = 1.0,
    seed: int = 0,
    read: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """``source`` through the latent space and back, written to the file ``out``."""
    loaded = load(model)
    _check_suffix(loaded.domain, Path(out))
    pieces = loaded.reconstruct(source, phrase=phrase, temperature=temperature, top_p=top_p, seed=seed, read=read)
    loaded.domain.write(pieces[0], Path(out))
    return {"model": loaded.name, "seed": seed, **_entry(loaded.domain, pieces[0], Path(out)), "remarks": pieces.remarks}


def sample(
    model: str | os.PathLike[str],
    n: int,
    out: str | os.PathLike[str],
    *,
    temperature: float = 1.0,
    top_p: float = 1.0,
    seed: int = 0,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """``n`` pieces from the prior, written into the folder ``out``."""
    loaded = load(model)
    pieces = loaded.sample(n, temperature=temperature, top_p=top_p, seed=seed, stop=stop)
    written = pieces.save(_folder(out), "sample")
    entries = [_entry(loaded.domain, piece, path) for piece, path in zip(pieces, written, strict=True)]
    return {"model": loaded.name, "seed": seed, "samples": entries, "remarks": pieces.remarks}


def interpolate(
    model: str | os.PathLike[str],
    a: Any,
    b: Any,
    out: str | os.PathLike[str],
    *,
    steps: int = 9,
    method: str = "slerp",
    temperature: float = 0.0,
    top_p: float = 1.0,
    phrase: int = 1,
    seed: int = 0,
    read: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """``steps`` pieces from ``a`` to ``b``, written into the folder ``out`` with all of them joined where that makes sense."""
    loaded = load(model)
    pieces = loaded.interpolate(
        a, b, steps, method=method, temperature=temperature, top_p=top_p, phrase=phrase, seed=seed, read=read
    )
    folder = _folder(out)
    written = pieces.save(folder, "step")
    result: dict[str, Any] = {
        "model": loaded.name,
        "seed": seed,
        "method": method,
        "steps": [
            {"t": t, **_entry(loaded.domain, piece, path)} for t, piece, path in zip(pieces.ts, pieces, written, strict=True)
        ],
    }
    joined = pieces.joined()
    if joined is not None:
        path = folder / f"joined{loaded.domain.output_suffix}"
        loaded.domain.write(joined, path)
        result["joined"] = str(path)
    else:
        path = folder / f"all{loaded.domain.output_suffix}"
        write_text(path, "".join(f"{entry.get('text', '')}\n" for entry in result["steps"]))
        result["all"] = str(path)
    result["remarks"] = pieces.remarks
    return result


def learn_attributes(
    model: str | os.PathLike[str],
    corpus: str | os.PathLike[str],
    *,
    limit: int = 6000,
    donors: int = 512,
    measure: int = 0,
    rounds: int = 8,
    candidates: int = 32,
    relearn: bool = True,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Learn the directions of the domain's attributes, and of the corpus's labels, and keep them with the model.

    Args:
        limit: at most so many training pieces, drawn with ``seed``.
        donors: how many of them are kept as examples for the search.
        measure: over so many held-out pieces (of the test split) measure how well the attributes can be moved, see
            :mod:`genstudio.evaluation.attributes`, and write it into the model's card; 0: not.
        rounds, candidates: of the search that is measured.
        relearn: False measures the directions that are there.

    Raises:
        ModelError, CorpusError: one of them cannot be used, or they do not fit.
    """
    import numpy as np

    from genstudio.corpus import Corpus
    from genstudio.evaluation.attributes import control
    from genstudio.generation.attributes import learn
    from genstudio.models.attributes import save_space
    from genstudio.models.card import write_card
    from genstudio.models.manifest import read_manifest, update_manifest

    if limit < 1 or donors < 1 or measure < 0:
        raise ConfigError(f"limit is {limit}, donors {donors}, measure {measure}; expected 1 or more, 1 or more, 0 or more.")
    loaded = load(model)
    opened = Corpus.open(Path(corpus))

    def drawn(split: str, most: int) -> tuple[list[Any], list[int]]:
        sequences = _corpus_sequences(loaded, Path(corpus), split)
        rows = np.sort(np.random.default_rng(seed).permutation(len(sequences))[:most]).tolist()
        return [sequences[row] for row in rows], rows

    if relearn:
        sequences, rows = drawn("train", limit)
        labels = {name: [values[row] for row in rows] for name, values in opened.split("train").labels.items()}
        space = learn(
            loaded.network, loaded.tokenizer, loaded.domain, sequences, labels,
            corpus=opened.digest, donors=donors, seed=seed, report=report, stop=stop,
        )  # fmt: skip
        save_space(loaded.folder, space)
        write_card(loaded.folder)
    else:
        space = loaded.attribute_space
    result: dict[str, Any] = {
        "model": loaded.name,
        "pieces": space.pieces,
        "attributes": [dict(vars(attribute)) for attribute in space.attributes],
    }
    if measure:
        held_out, _ = drawn("test", measure)
        if len(held_out) < 2:
            raise InputError(f"the test split of {corpus} holds {len(held_out)} pieces; give a corpus with some held out.")
        found = control(
            loaded.network, loaded.domain, loaded.tokenizer, space, held_out,
            rounds=rounds, candidates=candidates, seed=seed, report=report, stop=stop,
        )  # fmt: skip
        about = {"on": f"test split of {Path(corpus).name}", "n": len(held_out), "rounds": rounds, "candidates": candidates}
        result["control"] = {**about, "attributes": found}
        entry = read_manifest(loaded.folder)["attributes"]
        update_manifest(loaded.folder, {"attributes": {**entry, "control": result["control"]}})
        write_card(loaded.folder)
    return result


def shape(
    model: str | os.PathLike[str],
    source: Any,
    changes: Mapping[str, float],
    out: str | os.PathLike[str],
    *,
    rounds: int = 8,
    candidates: int = 32,
    phrase: int = 1,
    seed: int = 0,
    read: Mapping[str, Any] | None = None,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """``source`` with attributes changed, written to the file ``out``; see :meth:`Model.shape`."""
    loaded = load(model)
    _check_suffix(loaded.domain, Path(out))
    pieces, _, facts = loaded.reshape(source, changes, rounds, candidates, phrase, seed, read, stop)
    loaded.domain.write(pieces[0], Path(out))
    entry = _entry(loaded.domain, pieces[0], Path(out))
    return {"model": loaded.name, "seed": seed, **entry, "attributes": facts, "remarks": pieces.remarks}


def nearest(
    model: str | os.PathLike[str],
    source: Any,
    of: str | os.PathLike[str],
    n: int = 5,
    *,
    metric: str = "euclidean",
    phrase: int = 1,
    read: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The ``n`` pieces of the map in the folder ``of`` nearest to ``source``; see :meth:`Model.nearest`."""
    loaded = load(model)
    return {
        "model": loaded.name,
        "metric": metric,
        "pieces": loaded.nearest(source, of, n, metric=metric, phrase=phrase, read=read),
    }


def make_map(
    model: str | os.PathLike[str],
    corpus: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    method: str = "pca",
    split: str = "train",
    limit: int | None = None,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """A 2-D map of the pieces of a corpus in the folder ``out``; its format is told in :mod:`genstudio.models.latent_map`.

    Args:
        method: "pca" or "umap". limit: at most so many pieces, drawn with ``seed``.

    Raises:
        ConfigError: the method is unknown or its package missing.
        ModelError, CorpusError, FileError: something cannot be used or written.
    """
    import numpy as np

    from genstudio.corpus import Corpus
    from genstudio.models.attributes import blocks_of
    from genstudio.models.encoding import encode_all
    from genstudio.models.latent_map import METHODS, plane, write_map

    if method not in METHODS:
        raise ConfigError(f"there is no map {method!r}; {did_you_mean(method, METHODS)}")
    if limit is not None and limit < 1:
        raise ConfigError(f"limit is {limit}; expected 1 or more.")
    folder, halt = _folder(out), stop or Stop()
    loaded = load(model)
    sequences = _corpus_sequences(loaded, Path(corpus), split)
    if len(sequences) < 3:
        raise InputError(f"the {split} split of {corpus} holds {len(sequences)} pieces; a map needs at least 3.")
    store = Corpus.open(Path(corpus)).split(split)
    rows = np.sort(np.random.default_rng(seed).permutation(len(sequences))[:limit]).tolist()
    sequences = [sequences[row] for row in rows]
    count = len(rows)
    means, used = encode_all(
        loaded.network, sequences, check=halt.check, done=lambda at: report(Progress("encoding", at, count, "pieces"))
    )
    values = np.zeros((count, len(loaded.domain.attributes)))
    for at, ids in enumerate(sequences):
        if at % 1000 == 0:
            halt.check()
            report(Progress("measuring", at, count, "pieces"))
        piece = loaded.domain.from_symbols(loaded.tokenizer.decode(ids.tolist()))
        values[at] = [attribute.measure(piece) for attribute in loaded.domain.attributes]
    report(Progress("drawing", 0, 1, method))
    codes = means.astype(np.float16)
    found = plane(codes, method, seed=seed, check=halt.check)
    mean, deviation = values.mean(0), values.std(0)
    halt.check()
    variance = found["variance"]
    about = {
        "method": method,
        "model": loaded.name,
        "digest": loaded.digest,
        "corpus": Path(corpus).name,
        "corpus_digest": Corpus.open(Path(corpus)).digest,
        "split": split,
        "seed": seed,
        "explained": [float(one) for one in variance[:2] / max(1e-12, float(variance.sum()))],
        "attributes": [
            {"name": one.name, "label": one.label, "unit": one.unit, "mean": float(mean[at]), "deviation": float(deviation[at])}
            for at, one in enumerate(loaded.domain.attributes)
        ],
    }
    standard = (values - mean) / np.where(deviation > 0, deviation, 1.0)
    blocks = blocks_of(used, loaded.network.core.block_dims)
    index = [(store.title(row), store.source(row)) for row in rows]
    size = write_map(folder, found, codes, blocks, standard, index, about)
    report(Progress("drawing", 1, 1, method))
    return {
        "model": loaded.name,
        "map": str(folder),
        "method": method,
        "pieces": count,
        "explained": about["explained"],
        "bytes": size,
    }


def _folder(out: str | os.PathLike[str]) -> Path:
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise FileError(f"{folder} is a file; --out expects a folder, which is made when it is not there.")
    return folder


def _check_suffix(domain: Domain, path: Path) -> None:
    known = getattr(domain, "output_suffixes", (domain.output_suffix,))
    if path.suffix.lower() not in known:
        raise ConfigError(f"cannot write {path.name!r}; expected a file name that ends in {' or '.join(known)}.")


def _entry(domain: Domain, piece: Any, path: Path) -> dict[str, Any]:
    return {"path": str(path), **domain.describe(piece), "show": domain.show(piece)}


def models() -> list[dict[str, Any]]:
    """What is installed: name, folder, domain, phrase, metrics; a damaged one with ``error``."""
    from genstudio.models.manifest import read_manifest

    found: list[dict[str, Any]] = []
    for name, folder in paths.installed_models().items():
        try:
            manifest = read_manifest(folder)
        except ModelError as error:
            found.append({"name": name, "folder": str(folder), "error": str(error)})
            continue
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and "training" not in path.parts)
        found.append(
            {
                "name": name,
                "folder": str(folder),
                "domain": manifest["domain"],
                "phrase": manifest["phrase"],
                "core": manifest["model"]["core"],
                "bytes": size,
                "metrics": manifest.get("metrics", {}),
            }
        )
    return found


def model_card(model: str | os.PathLike[str]) -> str:
    """The text of a model's card.

    Raises:
        ModelError: there is no such model, or it has no card.
    """
    folder = paths.find_model(model)
    try:
        return (folder / "card.md").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ModelError(f"the model {folder.name} has no readable card ({error}).") from error


def pack(
    model: str | os.PathLike[str], out: str | os.PathLike[str], *, about: str | os.PathLike[str] | None = None
) -> dict[str, Any]:
    """A model without its training state and in half precision, in the new folder ``out``, to keep or to hand on.

    Args:
        about: a text file for its card: the data, their credits and licences, limits. None: what the model says already.

    Raises:
        ModelError: there is no such model, it is damaged, or ``out`` holds something already.
    """
    from genstudio.models.card import write_card
    from genstudio.models.checkpoint import pack_model

    told = _text(about)
    folder = paths.find_model(model)
    pack_model(folder, Path(out))
    write_card(Path(out), about=told)
    size = sum(path.stat().st_size for path in Path(out).rglob("*") if path.is_file())
    return {"model": folder.name, "folder": os.fspath(out), "bytes": size}


def _text(path: str | os.PathLike[str] | None) -> str | None:
    if path is None:
        return None
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path} ({error}); give a text file in UTF-8.") from error


def training_history(model: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The evaluations made while a model was trained, where its training state is still there; else an empty list."""
    state = paths.find_model(model) / "training" / "state.json"
    return list(read_json(state).get("history", [])) if state.is_file() else []


def doctor() -> list[dict[str, Any]]:
    """What works on this machine: a list of ``{"name", "ok", "detail", "fix"}``."""
    from genstudio.health import examine

    return examine()
