"""Build a corpus, which a model can be trained on, from files and folders."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genstudio.config import LONGEST_PHRASE, MOST_TOKENS, PRESETS, DecodingOptions, Preset, field, get_preset, like
from genstudio.domains import get_domain
from genstudio.errors import ConfigError, did_you_mean
from genstudio.progress import Monitor
from genstudio.tasks.base import PathLike, task

__all__ = ["Options", "build_corpus"]


@dataclass(frozen=True)
class Options:
    """How a corpus is built; None: as the preset says."""

    domain: str | None = field(None, "Kind of data", "Kind of data: melody, drums, text … (default: as the preset says).")
    preset: str | None = field(None, "Preset", f"Cut as this preset needs it: {', '.join(sorted(PRESETS))}.")
    bars: int | None = field(None, "Bars", "Bars of a phrase.", low=1, high=LONGEST_PHRASE)
    stride: int | None = field(None, "Stride", "Bars from one phrase to the next.", low=1, high=LONGEST_PHRASE)
    most: int = field(0, "Longest piece", "Leave out pieces of more bars, or words; 0: none.", low=0, high=10**6)
    vocab_size: int | None = field(None, "Vocabulary", "Tokens of the vocabulary.", low=8, high=MOST_TOKENS)
    valid: float | None = field(None, "Validation", "Share of the pieces held out while training.", low=0.0, high=0.5)
    test: float | None = field(None, "Test", "Share of the pieces held out to the end.", low=0.0, high=0.5)
    tokenizer: str | None = field(None, "Tokenizer", "Use this tokenizer (a folder) instead of learning one.", unit="DIR")
    workers: int = field(0, "Processes", "Processes; 0: one a processor.", low=0, high=1024)
    seed: int = like(DecodingOptions, "seed")


@task(Options)
def build_corpus(
    sources: Sequence[PathLike], out: PathLike, *, read: Mapping[str, Any] | None = None, options: Options, monitor: Monitor
) -> dict[str, Any]:
    """Build a corpus from files and folders.

    Phrase length, stride and vocabulary size are those given here, else those of the preset, else those of the first preset of the
    domain.

    Args:
        sources: files and folders.
        out: the folder of the corpus.
        read: how files are read: the track of MIDI files, the column of a table.

    Returns:
        The content of ``report.json`` of the corpus, see :func:`genstudio.corpus.build`.

    Raises:
        ConfigError: neither preset nor domain is given, or they do not fit each other.
        CorpusError, FileError: no piece could be read, or ``out`` cannot be written.
    """
    from genstudio.corpus import CorpusOptions, build

    start = _start(options)
    length = start.length if options.bars is None else options.bars
    if options.bars and not start.length:
        raise ConfigError("bars were given, but {domain} has no bars; leave the bars out.", domain=start.domain)
    stride = options.stride
    if stride is None:
        stride = start.stride if length == start.length else max(1, length // 2)
    given = {name: getattr(options, name) for name in ("vocab_size", "valid", "test") if getattr(options, name) is not None}
    chosen = CorpusOptions(
        domain=start.domain,
        length=length,
        stride=stride,
        most=options.most,
        vocab_size=start.vocab_size,
        tokenizer_model=start.tokenizer_model,
        longest_token=start.longest_token,
        seed=options.seed,
        workers=options.workers,
        read=dict(read or {}),
        tokenizer=options.tokenizer,
    )
    chosen = dataclasses.replace(chosen, **given)
    return build([Path(source) for source in sources], Path(out), chosen, monitor)


def _start(options: Options) -> Preset:
    """The preset that the options are based on."""
    if options.preset is not None:
        start = get_preset(options.preset)
        if options.domain is not None and options.domain != start.domain:
            raise ConfigError(
                "the preset {preset} is for {domain}, not for {domain_2}; leave one of the two out.",
                preset=options.preset,
                domain=start.domain,
                domain_2=options.domain,
            )
        return start
    if options.domain is None:
        raise ConfigError("say what the files hold: melody, drums or text, or name a preset.")
    get_domain(options.domain)
    fitting = [item for item in PRESETS.values() if item.domain == options.domain]
    if not fitting:
        raise ConfigError(
            "no preset is for the domain {domain}; {hint}",
            domain=options.domain,
            hint=did_you_mean(options.domain, {preset.domain for preset in PRESETS.values()}),
        )
    return fitting[0]
