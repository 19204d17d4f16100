"""The definitions of all settings: default, label, help, unit and range.

The option ``--set`` of the command line, forms and reference pages are generated from these dataclasses. A preset is a
:class:`TrainConfig` together with the phrase lengths and the tokenizer of its corpus.
"""

from __future__ import annotations

import dataclasses
import math
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from genstudio.errors import ConfigError, Message, did_you_mean

__all__ = [
    "BOTTLENECKS",
    "GAP",
    "GROUPS",
    "METHODS",
    "PRESETS",
    "PRIOR_OF_BLOCKS",
    "BlankOptions",
    "DecodingOptions",
    "Drawing",
    "KLOptions",
    "OperationOptions",
    "OptimizerOptions",
    "Preset",
    "PriorFitting",
    "PriorOptions",
    "SamplingChoice",
    "SamplingOptions",
    "TrainConfig",
    "argument_lines",
    "build_options",
    "checked",
    "drawing_of",
    "field",
    "get_preset",
    "group_of",
    "like",
    "override",
    "range_of",
    "settings",
    "settle",
]

LONGEST = 4096
"""The largest number of tokens of a sequence in a corpus or a model."""
LONGEST_PHRASE = 256
"""The largest number of bars of the phrases that pieces are cut into."""
MOST_SEGMENTS = LONGEST + 1
"""The largest number of segments (bars) of a sequence: one for each token, and the part before the first separator."""
MOST_TOKENS = 1_000_000
"""The largest size of a vocabulary."""

BOTTLENECKS = ("vae", "ae", "none")
"""The bottlenecks between encoder and decoder: a Gaussian latent variable (a VAE), a code without noise and KL (an autoencoder), or
none (a language model); the first is the default."""

METHODS = ("details", "wave", "slerp", "linear")
"""The interpolation methods, see :mod:`genstudio.generation.paths`; the first is the default."""

GAP = "___"
"""The mark of a gap in a text that should be filled."""

T = TypeVar("T")


_ABOUT: dict[str, Any] = {
    "unit": "", "low": None, "high": None, "choices": (), "above": False, "flag": "", "called": "", "said": "", "words": (),
    "hint": "", "lab": False, "dial": False, "needs": "",
}  # fmt: skip


def field(default: Any, label: str, help: str, **about: Any) -> Any:
    """Declare a field of an options dataclass, with what forms, commands and reference pages show of it.

    Args:
        label: the label in a form.
        help: a sentence.
        about: ``unit``; the range ``low`` to ``high``, both included unless ``above`` excludes ``low``; ``choices``; ``flag``, the
            option of a command (such as ``-n/--number``) where it does not follow from the name of the field. For a window, which
            speaks to musicians and writers: ``called`` and ``said``, a label and a help in their words; ``words``, the names of the
            choices; ``hint``, what stands in the field while it is empty; ``lab``, whether it is shown only when asked for;
            ``dial``, whether a slider stands beside the number; ``needs``, what the pieces or the model must have, see
            :attr:`genstudio.latent.operations.base.Operation.settings`.
    """
    if unknown := set(about) - set(_ABOUT):
        raise TypeError(f"a field has no {', '.join(sorted(unknown))}")
    return dataclasses.field(default=default, metadata={"label": label, "help": help, **_ABOUT, **about})


def like(cls: type[Any], name: str, default: Any = dataclasses.MISSING, help: str = "", **about: Any) -> Any:
    """Declare a field like the field ``name`` of another options dataclass, with another default, help or description."""
    item = next(item for item in dataclasses.fields(cls) if item.name == name)
    own = {**({"help": help} if help else {}), **about}
    return dataclasses.field(default=item.default if default is dataclasses.MISSING else default, metadata={**item.metadata, **own})


@dataclass(frozen=True)
class KLOptions:
    """The weight of the KL in training, and remedies against its collapse; see :mod:`genstudio.training.schedules`."""

    weight: float = field(1.0, "KL weight", "Weight at the end of the schedule (beta).", low=0.0, high=100.0)
    start: float = field(0.0, "First KL weight", "Weight at the start of the schedule.", low=0.0, high=100.0)
    schedule: str = field(
        "linear",
        "KL schedule",
        "How the weight rises: constant; linear, the usual one, and sigmoid, for a latent that is lost early (Bowman et al. 2016); "
        "cyclical, for one that is lost late (Fu et al. 2019).",
        choices=("constant", "linear", "sigmoid", "cyclical"),
    )
    begin: float = field(
        0.0, "Rise begins", "Share of the training before which the weight stays at its first value.", low=0.0, high=1.0
    )
    warmup: float = field(
        0.3, "Rise ends", "Share of the training (of each cycle) at which the weight is reached.", low=0.0, high=1.0
    )
    cycles: int = field(4, "Cycles", "Number of cycles of the cyclical schedule.", low=1, high=100)
    floor: float = field(
        0.0,
        "Free bits",
        "KL that costs nothing (Kingma et al. 2016): the first thing to try when the KL falls to zero.",
        unit="nats",
        low=0.0,
        high=1000.0,
    )
    floor_mode: str = field(
        "dimension",
        "Free bits in",
        "Whether the floor holds for each dimension or for all together.",
        choices=("none", "dimension", "total"),
    )
    details: float = field(
        0.1,
        "Weight of the details",
        "Weight of the KL of the details, in weights of the KL, in a model with a summary. Floor and target are for the summary.",
        low=0.0,
        high=10.0,
    )
    target: float = field(
        0.0,
        "Target rate",
        "KL of a sequence to aim at: the loss is weight * |KL - target| (Burgess et al. 2018; Alemi et al. 2018); 0: none. "
        "For models that are to be compared at one rate; with a weight of 1 or more.",
        unit="nats",
        low=0.0,
        high=100_000.0,
    )
    batch_norm: float = field(
        0.0,
        "Batch norm scale",
        "Standard deviation (gamma) to which each dimension of the posterior mean is normalised over the data (Zhu et al. 2020); "
        "0: not. For a KL that cannot fall below gamma² / 2 a dimension, without a schedule; 0.5 to 1 is usual.",
        low=0.0,
        high=100.0,
    )
    pretrain: float = field(
        0.0,
        "Pre-training",
        "Share of the training in which the model is an autoencoder, without KL and noise, before the schedule begins (Li et al. "
        "2019). With free bits, for a strong decoder that ignores the code with free bits alone.",
        low=0.0,
        high=0.9,
    )
    fresh_decoder: bool = field(
        True, "Fresh decoder", "Initialise the decoder again after pre-training, so that it learns under noise (Li et al. 2019)."
    )


@dataclass(frozen=True)
class BlankOptions:
    """Which details are blank in training, for a model with a summary, as shares of the sequences.

    In the remaining sequences one run of adjacent details is kept, or one is blank. Sequences of one part only have no parts to
    leave blank; there the share of ``parts`` has runs too. See :mod:`genstudio.training.blanks`.
    """

    none: float = field(0.3, "None blank", "Share of the sequences whose details are all there.", low=0.0, high=1.0)
    all: float = field(0.3, "All blank", "Share of the sequences that are written from the summary alone.", low=0.0, high=1.0)
    some: float = field(0.2, "Some blank", "Share of the sequences of whose details a random share is blank.", low=0.0, high=1.0)
    parts: float = field(0.0, "Parts blank", "Share of the sequences of which whole parts (voices) are blank.", low=0.0, high=1.0)
    end: float = field(
        0.0, "End unknown", "Share of the sequences of which only a beginning is read, as for a forecast.", low=0.0, high=1.0
    )


@dataclass(frozen=True)
class OptimizerOptions:
    """The optimiser (AdamW, Loshchilov & Hutter 2019), its learning-rate schedule and the batches."""

    batch_size: int = field(64, "Batch size", "Sequences of each step, over all processes together.", low=1, high=65536)
    steps: int = field(5000, "Steps", "Length of the training.", low=1, high=100_000_000)
    learning_rate: float = field(1e-3, "Learning rate", "Highest learning rate.", low=0.0, high=1.0)
    warmup: int = field(200, "Warm-up", "Steps in which the learning rate rises.", unit="steps", low=0, high=1_000_000)
    final: float = field(0.02, "Final rate", "Learning rate at the end, as a share of the highest.", low=0.0, high=1.0)
    weight_decay: float = field(0.01, "Weight decay", "Decoupled weight decay on matrices.", low=0.0, high=10.0)
    beta2: float = field(0.98, "Beta 2", "AdamW's second decay rate.", low=0.5, high=0.99999)
    clip: float = field(1.0, "Gradient clip", "Largest norm of the gradient; 0: no limit.", low=0.0, high=1e6)
    evaluate_every: int = field(
        250, "Evaluate every", "Steps between evaluations on held-out pieces.", unit="steps", low=1, high=1_000_000
    )
    evaluate_on: int = field(256, "Evaluate on", "Held-out sequences of each evaluation in training.", low=1, high=1_000_000)


@dataclass(frozen=True)
class PriorOptions:
    """The learned prior of a model, see :mod:`genstudio.models.prior`."""

    width: int = field(128, "Width", "Size of a block's vector; a multiple of the number of heads.", low=8, high=2048)
    heads: int = field(4, "Heads", "Attention heads of each layer.", low=1, high=32)
    layers: int = field(3, "Layers", "Layers of the prior.", low=1, high=24)
    mixtures: int = field(8, "Mixture", "Gaussians that the density of a block is made of.", low=1, high=256)
    dropout: float = field(0.1, "Dropout", "Share of each layer's output dropped in training.", low=0.0, high=0.9)


@dataclass(frozen=True)
class _Fitting:
    steps: int = field(
        0,
        "Prior steps",
        "Steps in which a prior is fitted to the codes when all else is trained, for better samples (VAEs only); 0: the prior "
        "stays N(0, I). Never more than the training has, and fewer where a limit on the steps shortens it.",
        low=0,
        high=100_000_000,
    )
    share: float = field(
        0.2, "Share of the time", "Share of the minutes that the fitting of the prior may take.", low=0.01, high=0.9
    )
    batch_size: int = field(64, "Batch size", "Pieces of each step of the prior's fitting.", low=1, high=65536)
    learning_rate: float = field(2e-3, "Learning rate", "Highest learning rate of the prior's fitting.", low=0.0, high=1.0)


@dataclass(frozen=True)
class PriorFitting(PriorOptions, _Fitting):  # the fields of the last base come first
    """The last stage of a training, which fits a prior to the codes (:mod:`genstudio.training.prior`), and its options."""

    @property
    def options(self) -> PriorOptions:
        """The options of the prior itself."""
        return PriorOptions(**{item.name: getattr(self, item.name) for item in dataclasses.fields(PriorOptions)})

    def planned(self, of: int, steps: int) -> int:
        """The number of steps of the fitting after a training of ``steps`` instead of the configured number ``of``.

        It is reduced by the same share as the training, and never above ``steps``.
        """
        return min(self.steps, steps, math.ceil(self.steps * min(1.0, steps / of)))


@dataclass(frozen=True)
class Drawing:
    """How tokens are drawn.

    A new setting of decoding is a field here, which all options of decoding inherit, and its use in :mod:`genstudio.decoding.loop`.
    """

    temperature: float = field(
        0.0,
        "Temperature",
        "0 takes the likeliest token each time, 1 draws as the model predicts, more is wilder.",
        low=0.0,
        high=10.0,
        said="0 takes the likeliest note or word each time, more is wilder",
        lab=True,
    )
    top_p: float = field(
        1.0,
        "Top-p",
        "Draw only from the likeliest tokens that together have this probability; above 0.",
        low=0.0,
        high=1.0,
        above=True,
        said="Draw only from the likeliest that together have this probability",
        lab=True,
    )


def drawing_of(source: Any) -> dict[str, Any]:
    """The fields of :class:`Drawing` that ``source`` has, by name."""
    return {item.name: getattr(source, item.name) for item in dataclasses.fields(Drawing)}


@dataclass(frozen=True)
class DecodingOptions(Drawing):
    """The options that the operations on pieces share: how codes are decoded, and how and which part of a source is read."""

    seed: int = field(
        0, "Seed", "Seed of all random numbers: the same seed gives the same pieces.", low=0, high=2**63 - 1, lab=True,
        said="The same seed gives the same pieces",
    )  # fmt: skip
    phrase: int = field(1, "Phrase", "Phrase of a piece that is longer than the model's phrase, from 1.", low=1, high=1_000_000)
    bars: tuple[int, int] | None = field(
        None, "Bars", "First and last bar of the part to take of a piece, from 1; none: all of it."
    )
    whole: bool = field(
        False, "Whole piece", "Work on a longer piece phrase by phrase; it comes out whole.", called="Whole songs", lab=True,
        said="Work on longer songs phrase by phrase; they come out whole", needs="bar",
    )  # fmt: skip
    hold: tuple[str, ...] = field(
        (), "Hold",
        "Parts of the first to keep in all results: key, metre, bars (3-4) of melodies and scores; parts of scores (melody, bass); "
        "metre, bars of drums; words of text. A key and a metre that all sources share stay anyway.",
    )  # fmt: skip
    read: Mapping[str, Any] | None = field(None, "Reading", "How files are read: the track of a MIDI file, the column of a table.")


@dataclass(frozen=True)
class OperationOptions:
    """Options that several operations share. The ranges hold in the library, the command line and the window."""

    steps: int = field(
        9, "Steps", "Steps, both ends included.", low=2, high=1000, said="How many pieces from A to B, both included"
    )
    grid: int = field(
        5, "Grid", "Size of the grid: N, or rows and columns such as 3x7.", low=2, high=50,
        said="Rows and columns between the four corners",
    )  # fmt: skip
    n: int = field(8, "How many", "How many.", low=1, high=10_000, flag="-n/--number", said="How many pieces are made")
    amount: float = field(
        0.3, "How far", "How far: 0 is the piece as the model keeps it, 1 as far as any other piece.", low=0.0, high=1.0,
        said="0 is the piece as the model keeps it, 1 as far as any other piece", dial=True,
    )  # fmt: skip
    method: str = field(
        METHODS[0],
        "Path",
        "Details: the summary turns, and details of the nearer song are kept, fewer towards the middle (of models with a summary; "
        "others take wave); wave: beat after beat, from the beginning to the end; slerp: all of it at once, along the sphere where "
        "the model is at home; linear: at once, along a straight line.",
        choices=METHODS,
        words=("Fading details", "Wave", "Round (slerp)", "Straight (linear)"),
        said="Fading details keeps less of the nearer end towards the middle; wave turns beat after beat; the others blend all at "
        "once",
        lab=True,
    )
    neighbours: int = field(5, "How many", "How many of the nearest pieces are named.", low=1, high=100_000)


def checked(cls: type[Any], name: str, value: Any) -> Any:
    """Check ``value`` for the setting ``name`` of an options dataclass and convert it to its type.

    Raises:
        ConfigError: the value is of the wrong type or out of range.
    """
    return _checked(name, next(item for item in dataclasses.fields(cls) if item.name == name), value)


def check(about: Mapping[str, Any], value: Any, name: str = "") -> Any:
    """Check ``value`` for a setting that :func:`settings` describes and convert it to its type; ``name``: what errors call it.

    Raises:
        ConfigError: the value is of the wrong type or out of range.
    """
    kind = str(about["type"])
    name = name or str(about["name"])
    if value is None and kind.endswith("| None"):
        return None
    if any(word in kind for word in ("Mapping", "PathLike", "Sequence", "tuple")):
        return value  # checked where it is used
    if kind == "bool":
        words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
        result: Any = value if isinstance(value, bool) else words.get(str(value).lower())
        if result is None:
            raise ConfigError("{name} is {value!r}; expected true or false.", name=name, value=value)
        return result
    if kind.startswith("str"):
        choices = about.get("choices") or ()
        if choices and value not in choices:
            raise ConfigError("{name} is {value!r}; {hint}", name=name, value=value, hint=did_you_mean(str(value), choices))
        return str(value)
    return _number(about, value, name, whole=kind.startswith("int"))


def range_of(cls: type[Any], name: str) -> tuple[Any, Any]:
    """The lowest and the highest value of the setting ``name`` of an options dataclass."""
    about = next(item.metadata for item in dataclasses.fields(cls) if item.name == name)
    return about["low"], about["high"]


def argument_lines(cls: type[Any]) -> list[str]:
    """``name: help`` of each field of an options dataclass that has a help, for docstrings."""
    return [f"{item.name}: {item.metadata['help']}" for item in dataclasses.fields(cls) if item.metadata.get("help")]


def settle(options: DecodingOptions | None, changes: Mapping[str, Any], **defaults: Any) -> DecodingOptions:
    """``options`` with ``changes`` made, all checked; where ``options`` is None they start from ``defaults``.

    Raises:
        ConfigError: a name is unknown, or a value is out of range or of the wrong type.
    """
    known = {item.name: item for item in dataclasses.fields(DecodingOptions)}
    values: dict[str, Any] = {**({} if options is not None else defaults), **changes}
    for name in values:
        if name not in known:
            raise ConfigError("there is no setting {name!r}; {hint}", name=name, hint=did_you_mean(name, known))
    bars = values.get("bars")
    if bars is not None:
        try:
            first, last = (operator.index(bar) for bar in bars)
        except (TypeError, ValueError):
            raise ConfigError("bars is {bars!r}; expected the first and the last bar, such as (9, 16).", bars=bars) from None
        if not 1 <= first <= last:
            raise ConfigError(
                "the bars are {first} to {last}; expected the first and the last, counted from 1, such as 9 to 16.",
                first=first,
                last=last,
            )
        values["bars"] = (first, last)
    if "hold" in values:
        held = values["hold"] or ()
        words = [held] if isinstance(held, str) else list(held) if isinstance(held, Iterable) else [held]
        if not all(isinstance(word, str) for word in words):
            raise ConfigError("hold is {value!r}; expected names of the parts to keep, such as key.", value=held)
        values["hold"] = tuple(dict.fromkeys(words))
    if values.get("read") is not None:
        if not isinstance(values["read"], Mapping):
            raise ConfigError("read is {value!r}; expected settings of a reader by name.", value=values["read"])
        values["read"] = dict(values["read"])
    values = {name: _checked(name, known[name], value) for name, value in values.items()}
    return dataclasses.replace(options or DecodingOptions(), **values)


@dataclass(frozen=True)
class TrainConfig:
    """The configuration of a model and its training."""

    core: str = field("lstm", "Core", "Architecture of encoder and decoder: a file name in models/cores.")
    core_options: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    kl: KLOptions = KLOptions()
    blank: BlankOptions = BlankOptions()
    optimizer: OptimizerOptions = OptimizerOptions()
    prior: PriorFitting = PriorFitting()
    features: float = field(
        2.0,
        "Weight of the features",
        "Weight of the squared error with which a summary predicts the features of the piece (its density, contour …), in standard "
        "deviations; 0: it does not predict them.",
        low=0.0,
        high=100.0,
    )
    word_dropout: float = field(
        0.0, "Word dropout", "Share of the decoder's inputs that are hidden in training.", low=0.0, high=1.0
    )
    word_dropout_end: float = field(
        -1.0, "Word dropout at the end", "Share at the end of the training; -1: as at the start.", low=-1.0, high=1.0
    )
    exchange: float = field(
        0.0,
        "Exchange",
        "Share of the sequences whose interchangeable tokens (the key of a melody) are replaced by a random one in training.",
        low=0.0,
        high=1.0,
    )
    emphasis: float = field(
        1.0,
        "Emphasis",
        "Weight in training of the tokens that open a sequence (key and metre of a melody) and of its end.",
        low=0.0,
        high=100.0,
    )
    variants: float = field(
        0.0,
        "Variants",
        "Share of the sequences that are replaced by a variant in training (melodies: a part, other metre, fewer notes …).",
        low=0.0,
        high=1.0,
    )
    precision: str = field(
        "auto",
        "Precision",
        "Type that matrices are multiplied in; auto: bfloat16 where the processor is quicker in it.",
        choices=("auto", "float32", "bfloat16"),
    )
    bottleneck: str = field(
        "vae",
        "Bottleneck",
        "Between encoder and decoder: vae, a Gaussian latent (Kingma & Welling 2014); ae, a code without noise and KL, an "
        "autoencoder; none: the decoder alone, a language model.",
        choices=BOTTLENECKS,
    )


@dataclass(frozen=True)
class SamplingOptions(Drawing):
    """How samples are drawn by default; each model records the values that proved best for its kind."""

    temperature: float = like(Drawing, "temperature", 1.0)
    best_of: int = field(
        1,
        "Best of",
        "How often each code is decoded; the likeliest of these is kept. More are more fluent and less surprising.",
        low=1,
        high=1000,
        said="How often each piece is made; the likeliest is kept. More are more fluent and less surprising",
        lab=True,
    )
    spread: float = field(
        1.0,
        "Spread",
        "How far codes are drawn from where they are likeliest: 1 as the prior says, less is more typical, more is stranger.",
        low=0.0,
        high=4.0,
        said="1 draws as the model learned, less keeps to what is typical, more is stranger",
        lab=True,
    )


@dataclass(frozen=True)
class SamplingChoice:
    """How samples are drawn where a person chooses: the fields of :class:`SamplingOptions`; None: as the model says."""

    temperature: float | None = like(
        Drawing, "temperature", None,
        "0 takes the likeliest token each time, 1 draws as the model predicts, more is wilder (default: as the model says).",
    )  # fmt: skip
    top_p: float | None = like(
        Drawing, "top_p", None,
        "Draw only from the likeliest tokens that together have this probability (default: as the model says).",
    )  # fmt: skip
    spread: float | None = like(
        SamplingOptions, "spread", None,
        "How far codes are drawn from the likeliest ones: 1 as the prior says, less is more typical (default: as the model says).",
    )  # fmt: skip
    best_of: int | None = like(
        SamplingOptions, "best_of", None, "Decode each code N times and keep the likeliest (default: as the model says)."
    )


@dataclass(frozen=True)
class Preset:
    """A named configuration for a kind of corpus.

    Attributes:
        name, label: the name, and a title for people.
        domain: the kind of data.
        length, stride: bars of a phrase, and from the start of one phrase to that of the next; 0: pieces are not cut.
        vocab_size, tokenizer_model, longest_token: size of the vocabulary, kind of tokenizer, most symbols of a token.
        config: the model and its training.
        sampling: how its samples are drawn by default.
    """

    name: str
    label: str
    domain: str
    length: int
    stride: int
    vocab_size: int
    tokenizer_model: str
    longest_token: int
    config: TrainConfig
    sampling: SamplingOptions = SamplingOptions()


PRIOR_OF_BLOCKS = PriorFitting(steps=3000, width=160, mixtures=12)
"""How a prior is fitted to codes without a summary."""
# For codes with a summary the prior is a flow, which does not use the heads and mixtures.
_PRIOR = PriorFitting(steps=3000, share=0.15, width=256, layers=4, batch_size=512, dropout=0.0)

# The full weight on the KL of the summary, and a low weight on that of the details, so that they keep a piece exactly.
_SUMMARY = KLOptions(
    weight=1.0, start=0.0, begin=0.0, warmup=0.3, schedule="linear", floor=0.3, floor_mode="dimension", details=0.05
)

_MELODY_2 = TrainConfig(
    core="transformer",
    core_options={"summary_dims": 48, "slots": 24, "cell": 6, "slot_dims": 8, "mixing_layers": 2},
    kl=_SUMMARY,
    optimizer=OptimizerOptions(batch_size=64, steps=12000, learning_rate=1.5e-3, warmup=200, evaluate_every=500),
    prior=_PRIOR,
    features=2.0,
    word_dropout=0.1,
    exchange=0.7,
    emphasis=3.0,
    variants=0.2,
)

# The same core as for two bars, so that a training can start from a model of two bars. More phrases are written from the summary
# alone, since it has to describe sixteen bars.
_MELODY_16 = dataclasses.replace(
    _MELODY_2,
    blank=dataclasses.replace(_MELODY_2.blank, none=0.25, all=0.4),
    optimizer=dataclasses.replace(_MELODY_2.optimizer, batch_size=16, steps=5000, evaluate_on=64),
    features=4.0,
    emphasis=5.0,
    variants=0.5,
)

# A detail for each sixteenth, since velocities and times of a hit hardly follow from the rest of a take.
_DRUMS_2 = dataclasses.replace(
    _MELODY_2,
    core_options={"summary_dims": 48, "slots": 16, "cell": 6, "slot_dims": 16, "mixing_layers": 2},
    optimizer=dataclasses.replace(_MELODY_2.optimizer, batch_size=32, steps=6000),
    exchange=0.0,
    emphasis=1.0,
    variants=0.0,
)

# A detail for each piece of a word. Most sentences are written from the summary alone, since that is how the decoder learns
# grammar; so the decoder has most of the layers.
_SENTENCE = TrainConfig(
    core="transformer",
    core_options={
        "summary_dims": 48,
        "slots": 24,
        "cell": 1,
        "slot_dims": 16,
        "encoder_layers": 1,
        "mixing_layers": 1,
        "decoder_layers": 4,
    },
    kl=dataclasses.replace(_SUMMARY, warmup=0.2, floor=0.25, details=0.1),
    blank=BlankOptions(none=0.15, all=0.6, some=0.15),
    optimizer=OptimizerOptions(
        batch_size=128, steps=10000, learning_rate=1.5e-3, warmup=300, evaluate_every=1000, evaluate_on=1000
    ),
    prior=_PRIOR,
    word_dropout=0.1,
)
_VERSE = dataclasses.replace(
    _SENTENCE,
    core_options={**_SENTENCE.core_options, "slots": 48},
    optimizer=dataclasses.replace(_SENTENCE.optimizer, batch_size=64, steps=3000, evaluate_on=500),
)

# A detail for each eighth of each part; of some sequences whole parts are blank, as for accompanying.
_FOUR_VOICES = dataclasses.replace(
    _MELODY_2,
    core_options={"summary_dims": 48, "slots": 12, "cell": 12, "slot_dims": 16, "mixing_layers": 2},
    blank=BlankOptions(none=0.2, all=0.25, some=0.15, parts=0.3),
    optimizer=dataclasses.replace(_MELODY_2.optimizer, batch_size=24, steps=6000, evaluate_on=128),
    prior=dataclasses.replace(_PRIOR, width=128, layers=3),
    emphasis=2.0,
    variants=0.3,
)
# Which chords suit a tune is harder to learn than how they are written: in half of the sequences one of the two is blank.
_LEAD_SHEET = dataclasses.replace(
    _FOUR_VOICES,
    core_options={**_FOUR_VOICES.core_options, "slot_dims": 12, "dropout": 0.1},
    blank=BlankOptions(none=0.15, all=0.15, some=0.1, parts=0.5),
    optimizer=dataclasses.replace(_FOUR_VOICES.optimizer, batch_size=32),
)
# The hands of a piano have many notes in a cell.
_SONG = dataclasses.replace(_FOUR_VOICES, core_options={**_FOUR_VOICES.core_options, "slot_dims": 24})

# A detail for two steps. Of many series only the beginning is read: what follows is then learned as a forecast.
_SERIES = TrainConfig(
    core="transformer",
    core_options={
        "width": 128,
        "summary_dims": 32,
        "slots": 13,
        "cell": 2,
        "slot_dims": 8,
        "encoder_layers": 1,
        "mixing_layers": 2,
        "decoder_layers": 4,
    },
    kl=dataclasses.replace(_SUMMARY, floor=0.25),
    blank=BlankOptions(none=0.1, all=0.25, some=0.1, end=0.4),
    optimizer=OptimizerOptions(batch_size=32, steps=6000, learning_rate=1.5e-3, warmup=200, evaluate_every=500),
    prior=dataclasses.replace(_PRIOR, width=128, layers=3),
    features=1.0,
    variants=1.0,
)

# These proved best in experiments. Melodies of two bars: the likeliest notes, from codes that are a little more typical than those
# of the data. Drums: at random, since the likeliest hits are more even than people play. Sentences and verses: the likeliest of
# many random decodings.
_NOTES = SamplingOptions(temperature=0.0, spread=0.8)
_PARTS = SamplingOptions(temperature=0.7, spread=0.8)
_HITS = SamplingOptions(temperature=0.7, spread=0.9)
_WORDS = SamplingOptions(temperature=0.5, top_p=0.9, best_of=32)
_LEVELS = SamplingOptions(temperature=1.0)
_CHARACTERS = SamplingOptions(temperature=0.8, best_of=8)

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("melody-2bar", "Melodies of two bars", "melody", 2, 1, 448, "bpe", 4, _MELODY_2, _NOTES),
        Preset(
            "melody-16bar",
            "Melodies of sixteen bars",
            "melody",
            16,
            8,
            448,
            "bpe",
            4,
            _MELODY_16,
            SamplingOptions(temperature=0.5, spread=0.6),
        ),
        Preset("drums-2bar", "Drums of two bars", "drums", 2, 1, 448, "bpe", 4, _DRUMS_2, _HITS),
        Preset("lead-sheet-8bar", "Tunes with chord symbols, eight bars", "score", 8, 1, 1024, "bpe", 6, _LEAD_SHEET, _PARTS),
        Preset("four-voices-4bar", "Four voices, four bars", "score", 4, 1, 1536, "bpe", 6, _FOUR_VOICES, _PARTS),
        Preset("song-4bar", "Songs with piano, four bars", "score", 4, 1, 2048, "bpe", 8, _SONG, _PARTS),
        Preset("sentence", "Sentences", "text", 0, 0, 6000, "unigram", 16, _SENTENCE, _WORDS),
        # Tokens of one level: each step is a token.
        Preset("series-daily", "Time series with a season", "series", 14, 14, 320, "unigram", 1, _SERIES, _LEVELS),
        # Tokens of one character, since the form of a line is its number of characters.
        Preset("verse", "Poems of one form, by characters", "text", 0, 0, 5000, "unigram", 1, _VERSE, _CHARACTERS),
    )
}


def get_preset(name: str) -> Preset:
    """The preset with the name ``name``.

    Raises:
        ConfigError: there is no such preset.
    """
    if name not in PRESETS:
        raise ConfigError("there is no preset {name!r}; {hint}", name=name, hint=did_you_mean(name, PRESETS))
    return PRESETS[name]


def build_options(cls: type[T], values: Mapping[str, Any], prefix: str = "") -> T:
    """Build an options dataclass from a mapping, converting every value to the type of its field and checking its range.

    Raises:
        ConfigError: a name is unknown, or a value is of the wrong type or out of range.
    """
    fields = {item.name: item for item in dataclasses.fields(cls)}  # type: ignore[arg-type]
    if not isinstance(values, Mapping):
        raise ConfigError("{name} is {value!r}; expected settings by name.", name=prefix.rstrip(".") or "it", value=values)
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name not in fields:
            raise ConfigError(
                "there is no setting {prefix}{name!r}; {hint}", prefix=prefix, name=name, hint=did_you_mean(name, fields)
            )
        checked[name] = _checked(prefix + name, fields[name], value)
    return cls(**checked)


def _checked(name: str, item: dataclasses.Field[Any], value: Any) -> Any:
    kind = item.type if isinstance(item.type, str) else item.type.__name__
    return check({**item.metadata, "name": name, "type": kind}, value)


def _number(about: Mapping[str, Any], value: Any, name: str, *, whole: bool) -> Any:
    wanted = Message("a whole number" if whole else "a number")
    try:
        number = int(value) if whole else float(value)
        if isinstance(value, bool) or number != float(value):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise ConfigError("{name} is {value!r}; expected {kind}.", name=name, value=value, kind=wanted) from None
    low, high, above = (about.get(key) for key in ("low", "high", "above"))
    if (low is not None and (number < low or (above and number == low))) or (high is not None and number > high):
        raise ConfigError(
            "{name} is {value}; expected {kind} {within} {low} to {high}.",
            name=name,
            value=value,
            kind=wanted,
            within="above" if above else "from",
            low=low,
            high=high,
        )
    return number


GROUPS: dict[str, type[Any]] = {"optimizer": OptimizerOptions, "kl": KLOptions, "blank": BlankOptions, "prior": PriorFitting}
"""The groups of settings of a :class:`TrainConfig`, by the prefix of their names (``kl`` in ``kl.weight``)."""


def override(config: TrainConfig, assignments: Iterable[str], core_fields: Mapping[str, type[Any]]) -> TrainConfig:
    """Apply ``name=value`` assignments to ``config``; names are ``kl.weight``, ``optimizer.steps``, ``core.hidden`` …

    Args:
        core_fields: the options dataclass of every core by name. Changing ``core`` drops the options of the former one.

    Raises:
        ConfigError: an assignment is malformed, a name unknown or a value out of range.
    """
    parsed = []
    for text in assignments:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise ConfigError("cannot understand the setting {text!r}; expected name=value, for example kl.weight=0.5.", text=text)
        parsed.append((name.strip(), value.strip()))
    # The core comes first, whatever the order, because it decides which core options there are.
    parsed.sort(key=lambda pair: pair[0] != "core")
    for name, value in parsed:
        group, dot, rest = name.partition(".")
        if dot and group == "core":
            options = {**config.core_options, rest: value}
            typed = build_options(core_fields[config.core], options, "core.")
            config = dataclasses.replace(config, core_options={key: getattr(typed, key) for key in options})
        elif dot and group in GROUPS:
            current = dataclasses.asdict(getattr(config, group))
            config = dataclasses.replace(config, **{group: build_options(GROUPS[group], {**current, rest: value}, f"{group}.")})
        elif name == "core":
            if value not in core_fields:
                raise ConfigError("there is no core {value!r}; {hint}", value=value, hint=did_you_mean(value, core_fields))
            if value != config.core:
                config = dataclasses.replace(config, core=value, core_options={})
        else:
            plain = {item.name: item for item in dataclasses.fields(config) if item.metadata}
            if name not in plain:
                known = [*plain, *(f"{key}.{f.name}" for key, cls in GROUPS.items() for f in dataclasses.fields(cls))]
                known += [f"core.{f.name}" for f in dataclasses.fields(core_fields[config.core])]
                raise ConfigError("there is no setting {name!r}; {hint}", name=name, hint=did_you_mean(name, known))
            config = dataclasses.replace(config, **{name: _checked(name, plain[name], value)})
    return config


def with_bottleneck(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` of a configuration or a model, with ``bottleneck`` where older files have ``latent`` (true: vae, false: none)."""
    plain = dict(values)
    if isinstance(plain.get("latent"), bool):
        plain.setdefault("bottleneck", "vae" if plain["latent"] else "none")
        del plain["latent"]
    return plain


def group_of(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The settings of a group ("kl", "optimizer", "prior") in a configuration from a file; empty where there is no such group."""
    found = values.get(name)
    return found if isinstance(found, Mapping) else {}


def to_dict(config: TrainConfig) -> dict[str, Any]:
    """``config`` as plain JSON values."""
    values = dataclasses.asdict(config)
    values["core_options"] = dict(config.core_options)
    return values


def from_dict(values: Mapping[str, Any]) -> TrainConfig:
    """Inverse of :func:`to_dict`; settings that are missing (in files of earlier versions) have their defaults.

    Raises:
        ConfigError: a value is unknown or out of range.
    """
    plain = with_bottleneck(values)
    groups = {name: build_options(cls, plain.pop(name, {}), f"{name}.") for name, cls in GROUPS.items()}
    core_options = plain.pop("core_options", {})
    if not isinstance(core_options, Mapping):
        raise ConfigError("core_options is not an object; expected the options of the core by name.")
    rest = {}
    fields = {item.name: item for item in dataclasses.fields(TrainConfig) if item.metadata}
    for name, value in plain.items():
        if name not in fields:
            raise ConfigError("there is no setting {name!r}; {hint}", name=name, hint=did_you_mean(name, fields))
        rest[name] = _checked(name, fields[name], value)
    return TrainConfig(**groups, core_options=dict(core_options), **rest)


def settings(cls: type[Any], prefix: str = "") -> list[dict[str, Any]]:
    """Name, default, label, help, unit, range and choices of every setting of an options dataclass, for forms and pages."""
    return [
        {"name": prefix + item.name, "default": item.default, "type": str(item.type), **item.metadata}
        for item in dataclasses.fields(cls)
        if item.metadata
    ]
