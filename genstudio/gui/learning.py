"""Learning from a person's own pieces: what is in their files, what a model can go on from, and whether there is enough of it.

Plain functions for the engine's threads, and :class:`Learner`, which makes a corpus of the files and an order of a training.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal

from genstudio import paths
from genstudio.config import PRESETS, get_preset
from genstudio.corpus import Corpus
from genstudio.domains import Domain, get_domain, names, read_file, readers
from genstudio.errors import FileError
from genstudio.gui import corpora, kinds
from genstudio.gui.context import Context
from genstudio.gui.importer import Importer
from genstudio.gui.items import Item
from genstudio.gui.names import folder_for
from genstudio.gui.readings import files_in
from genstudio.gui.speech import spoken
from genstudio.gui.trainer import Order
from genstudio.models.manifest import read_manifest
from genstudio.progress import Stop

__all__ = ["Beginning", "Judged", "Learner", "Seen", "Wish", "beginnings", "judge", "look", "put_down"]

_FILES = 24  # that are read to say what kind they are
_LARGEST = 4_000_000  # bytes of one of them; what is larger is taken for what its name says
_FEWEST, _FEWEST_NEW = 8, 32  # phrases that a training needs, going on from a model and from nothing
_FEW = 30  # phrases below which a model learns little before it repeats them
_RATE, _MANY = 0.0008, 12_000  # the learning rate with so many tokens; with fewer it is lower, or they are soon known by heart
_LEAST = 0.06  # of that rate
_ALIKE = ("kl.", "blank.", "word_dropout", "emphasis", "exchange", "variants", "features")  # settings that a model goes on with
_SPELLED = 1.6  # tokens a character from which on a text is of a script that the model does not know


@dataclass(frozen=True)
class Seen:
    """What is in files and folders. counts: how many files each domain could read, by their names. holds: of those that were read,
    in how many each domain finds something, the most first. others: files of other kinds by suffix. refused: why a file that was
    read gives nothing, by its path."""

    counts: Mapping[str, int] = field(default_factory=dict)
    holds: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    refused: Sequence[tuple[str, str]] = ()


def look(sources: Sequence[str], stop: Stop) -> Seen:
    """Look into files and folders: by the names of all, and into some of them."""
    looked = corpora.look_into(sources, stop)
    holds: Counter[str] = Counter()
    refused: list[tuple[str, str]] = []
    tried = 0
    for file in files_in(sources, stop):
        domains = readers(file.suffix.lower())
        if not domains:
            continue
        found, reason = _held(file, domains)
        holds.update(found)
        if not found:
            refused.append((str(file), reason))
        tried += 1
        if tried == _FILES:
            break
    order = {name: number for number, name in enumerate(names())}
    ranked = sorted(holds, key=lambda name: (-holds[name], order[name]))
    return Seen(dict(looked), {name: holds[name] for name in ranked}, looked.others, refused)


def _held(file: Path, domains: Sequence[Domain]) -> tuple[list[str], str]:
    """The domains that find something in a file, and why where none does."""
    found: list[str] = []
    reason = ""
    for domain in domains:
        try:
            if file.stat().st_size > _LARGEST:
                return [domain.name], ""
            result = read_file(domain, file)
        except FileError as error:
            if spoken(error).remedy == "choose-column":  # a table, of which a person says the column
                found.append(domain.name)
            reason = reason or error.said
            continue
        except OSError as error:
            return [], error.strerror or str(error)
        picks = type(domain).claims is not Domain.claims  # it claims some of the files that others read too
        if any(map(domain.claims, result.pieces)) if picks else result.pieces:
            found.append(domain.name)
        elif result.refused:
            reason = reason or result.refused[0].reason
    return found, reason


@dataclass(frozen=True)
class Beginning:
    """What learning goes on from. folder: of a model, "" for nothing. length: bars of a phrase, 0 where a piece is one."""

    domain: str
    preset: str
    name: str = ""
    folder: str = ""
    length: int = 0
    stride: int = 0
    parts: tuple[str, ...] = ()

    def options(self) -> list[str]:
        """Those of ``genstudio corpus`` that make what this model reads."""
        words = ["--preset", self.preset]
        if self.folder:
            words += ["--tokenizer", str(Path(self.folder) / "tokenizer")]
        if self.length:
            words += ["--bars", str(self.length), "--stride", str(self.stride or self.length)]
        if self.parts:
            words += ["--parts", ",".join(self.parts)]
        return words

    def holding_out(self, pieces: int) -> list[str]:
        """Options that hold out a tenth of few pieces, none of them to the end: all are wanted."""
        return [] if pieces > 1000 else ["--valid", "0.1", "--test", "0"]


def beginnings(known: Sequence[Mapping[str, Any]], holds: Mapping[str, int]) -> list[Beginning]:
    """What learning from such pieces can go on from: models of the kinds that were found, then nothing."""
    found = []
    for domain in holds:
        for model in known:
            preset = str(model.get("preset", ""))
            if "error" in model or model.get("domain") != domain:
                continue
            fitting = [one.name for one in PRESETS.values() if one.domain == domain]
            phrase = model.get("phrase") or {}
            chosen = preset if preset in PRESETS else next(iter(fitting), "")
            if chosen:
                found.append(Beginning(
                    domain, chosen, str(model["name"]), str(model["folder"]), int(phrase.get("length", 0)),
                    int(phrase.get("stride", 0)), tuple(model.get("parts", ())),
                ))  # fmt: skip
    fresh = [Beginning(one.domain, one.name) for domain in holds for one in PRESETS.values() if one.domain == domain]
    return [*found, *fresh]


@dataclass(frozen=True)
class Judged:
    """Whether a corpus is enough to learn from. problem: a sentence, "" for none. hopeless: it cannot be learned from at all.
    overrides: settings of the training that fit it."""

    problem: str = ""
    hopeless: bool = False
    overrides: tuple[str, ...] = ()


def judge(corpus: str, beginning: Beginning) -> Judged:
    """Look whether a corpus can be learned from, before time is spent on it.

    Raises:
        GenStudioError: the corpus or the model is damaged.
    """
    opened = Corpus.open(Path(corpus))
    report = corpora.report_of(Path(corpus))
    count, fewest = len(opened.split("train")), _FEWEST if beginning.folder else _FEWEST_NEW
    overrides: tuple[str, ...] = ("optimizer.evaluate_on=64",)
    script = long = False
    if beginning.folder and count >= fewest:
        manifest = read_manifest(Path(beginning.folder))
        overrides += _going_on(manifest, beginning.preset, int(opened.split("train").lengths.sum()))
        script = kinds.is_text(opened.domain) and _spelled(opened) > _SPELLED
        long = report.get("mean_tokens", 0.0) > 1.5 * manifest["model"]["longest"]
    found = (
        (count < fewest and beginning.length > 2, QT_TRANSLATE_NOOP(
            "Learning", "There are only {count} phrases of {bars} bars to learn from, and at least {fewest} are needed. Add "
            "more pieces, or go on from a model of shorter phrases.",
        )),
        (count < fewest and beginning.length, QT_TRANSLATE_NOOP(
            "Learning", "There are only {count} phrases to learn from, and at least {fewest} are needed. Add more pieces."
        )),
        (count < fewest, QT_TRANSLATE_NOOP(
            "Learning", "There are only {count} pieces to learn from, and at least {fewest} are needed. Add more."
        )),
        (script, QT_TRANSLATE_NOOP(
            "Learning", "{name} does not know the script of these texts. Go on from another model, or train one from the "
            "beginning."
        )),
        (long, QT_TRANSLATE_NOOP(
            "Learning", "These pieces are far longer than those that {name} knows. Go on from another model."
        )),
        (report.get("groups", 2) < 2, QT_TRANSLATE_NOOP(
            "Learning", "All of it is one piece, or much the same one, so nothing can be kept back to see how well it learns. Add "
            "other pieces.",
        )),
        (not len(opened.split("valid")), QT_TRANSLATE_NOOP(
            "Learning", "There are too few different pieces to keep one back to see how well it learns. Add some more."
        )),
        (count < _FEW and beginning.length, QT_TRANSLATE_NOOP(
            "Learning", "There are only {count} phrases to learn from, and of so few it learns little: add pieces."
        )),
        (count < _FEW, QT_TRANSLATE_NOOP(
            "Learning", "There are only {count} pieces to learn from, and of so few it learns little: add some."
        )),
    )  # fmt: skip
    words = next((str(said) for wrong, said in found if wrong), "")
    problem = QCoreApplication.translate("Learning", words) if words else ""
    said = problem.format(count=count, fewest=fewest, bars=beginning.length, name=beginning.name)
    return Judged(said, count < fewest or script, overrides)


def _going_on(manifest: Any, preset: str, tokens: int) -> tuple[str, ...]:
    """Settings with which a model goes on as it was trained last, gently: the less there is to learn from, the more so."""
    before = _flat((manifest.get("training") or {}).get("config") or {})
    usual = _flat(dataclasses.asdict(get_preset(preset).config))
    kept = [f"{name}={_written(value)}" for name, value in before.items() if name.startswith(_ALIKE) and usual.get(name) != value]
    rate = _RATE * min(1.0, max(_LEAST, tokens / _MANY))
    return (*(text for text in kept if not text.startswith("kl.warmup=")), "kl.warmup=0", f"optimizer.learning_rate={rate:.3g}",
            "optimizer.warmup=50", "optimizer.steps=1000000", "optimizer.evaluate_every=1000000")  # fmt: skip


def _flat(config: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in config.items():
        found |= {f"{name}.{inner}": one for inner, one in value.items()} if isinstance(value, Mapping) else {name: value}
    return found


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _spelled(corpus: Corpus) -> float:
    """Tokens a character of some texts."""
    store = corpus.split("train")
    rows = [store[row].tolist() for row in range(min(50, len(store)))]
    return sum(map(len, rows)) / max(1, sum(len(corpus.tokenizer.decode(ids)) for ids in rows))


def put_down(items: Sequence[Item], folder: Path) -> str:
    """Write pieces of the library into a folder, to be learned from.

    Returns:
        A sentence on those that were left out because they are of another kind than most, "" where there are none.

    Raises:
        FileError: they cannot be written.
    """
    domain, count = Counter(item.domain for item in items).most_common(1)[0]
    known = get_domain(domain)
    for number, item in enumerate((item for item in items if item.domain == domain), 1):
        plain = re.sub(r"[^\w-]+", "-", item.title).strip("-")[:40]
        known.write(item.piece, folder / f"{number:04d}-{plain or 'piece'}{known.output_suffix}")
    rest = len(items) - count
    words = QCoreApplication.translate("Learning", "Left out, being of another kind than the {kind}: {count}")
    return words.format(kind=kinds.many(domain), count=rest) if rest else ""


@dataclass(frozen=True)
class Wish:
    """What a person asks for. files: how many there are, as far as it is known. reading: how they are read, as options of
    ``genstudio corpus``."""

    title: str
    sources: tuple[str, ...]
    beginning: Beginning
    minutes: float
    files: int = 0
    reading: tuple[str, ...] = ()


class Learner(QObject):
    """From a wish to an order: a corpus is made of the files and judged, one at a time."""

    ready = Signal(object)  # Order
    doubtful = Signal(str, bool)  # a sentence, and whether it is hopeless; else :meth:`all_the_same` goes on
    failed = Signal(str)  # a sentence
    stopped = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wish: Wish | None = None
        self._corpus = ""
        self._judged = Judged()
        self.importer = Importer(context.jobs, self)
        self.importer.done.connect(self._built)
        self.importer.failed.connect(self._failed)
        self.importer.stopped.connect(self._stopped)

    @property
    def busy(self) -> bool:
        """Whether it works on a wish, and does not wait for an answer."""
        return self._wish is not None and not self._judged.problem

    def begin(self, wish: Wish) -> None:
        """Work on a wish.

        Raises:
            FileError: it cannot be begun.
        """
        self.give_up()
        beginning = wish.beginning
        options = [*beginning.options(), *beginning.holding_out(wish.files), *wish.reading]
        out = folder_for(wish.title, paths.corpora())
        self.importer.start(self.tr("Reading for {name}").format(name=wish.title), wish.sources, out, options, page="train")
        self._wish = wish

    def all_the_same(self) -> None:
        """Learn although there is a problem."""
        if self._judged.problem and not self._judged.hopeless:
            self._order()

    def give_up(self) -> None:
        """Forget the wish; nothing of it is left."""
        self._wish, self._judged = None, Judged()
        corpus, self._corpus = self._corpus, ""
        if self.importer.running:
            self.importer.stop()
        elif corpus:
            self._context.engine.run(partial(shutil.rmtree, corpus, ignore_errors=True), name="remove a corpus")

    def shut(self) -> None:
        """The window closes."""
        self.importer.shut()
        if self._corpus:
            shutil.rmtree(self._corpus, ignore_errors=True)

    def _built(self, folder: str) -> None:
        self._corpus = folder
        if self._wish is None:  # it was given up meanwhile
            self.give_up()
            return
        self._context.engine.run(
            partial(judge, folder, self._wish.beginning), name="judge a corpus", done=self._have_judged,
            failed=lambda sentence, details: self._failed(sentence),
        )  # fmt: skip

    def _have_judged(self, judged: Judged) -> None:
        if self._wish is None:
            return
        self._judged = judged
        if judged.problem:
            self.doubtful.emit(judged.problem, judged.hopeless)
        else:
            self._order()

    def _order(self) -> None:
        wish, corpus, judged = self._wish, self._corpus, self._judged
        assert wish is not None
        self._wish, self._corpus, self._judged = None, "", Judged()
        self._context.bus.corpora_changed.emit(corpus)
        start = wish.beginning.folder
        self.ready.emit(Order(wish.title, corpus, wish.beginning.preset, judged.overrides, start=start, minutes=wish.minutes))

    def _failed(self, sentence: str) -> None:
        self.give_up()
        self.failed.emit(sentence)

    def _stopped(self) -> None:
        self.give_up()
        self.stopped.emit()
