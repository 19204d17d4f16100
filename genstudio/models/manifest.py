"""The manifest of a model folder, read and checked without torch.

The types below define the file: :func:`read_manifest` checks every value against them and ignores keys that they do not name, so
the code that uses a manifest need not check it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict

from msgspec import Meta

from genstudio.config import LONGEST, LONGEST_PHRASE, MOST_SEGMENTS, MOST_TOKENS
from genstudio.errors import FileError, ModelError
from genstudio.files import check_json, read_json, write_json

__all__ = [
    "FORMAT",
    "Control",
    "Count",
    "Digest",
    "Learned",
    "Manifest",
    "Option",
    "Phrase",
    "PriorFacts",
    "Stage",
    "read_manifest",
    "update_manifest",
]

FORMAT = 1

Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Digest = Annotated[str, Meta(max_length=128)]
Option = bool | int | float | str
Short = Annotated[str, Meta(max_length=1000)]


class _Phrase(TypedDict):
    length: Annotated[int, Meta(ge=0, le=LONGEST_PHRASE)]
    shortest: Annotated[int, Meta(ge=0, le=LONGEST_PHRASE)]


class Phrase(_Phrase, total=False):
    """How pieces were cut into phrases, in the unit of the domain; 0: they were not."""

    stride: Annotated[int, Meta(ge=0, le=LONGEST_PHRASE)]


class _Model(TypedDict):
    core: str
    core_options: dict[str, Option]
    vocab_size: Annotated[int, Meta(ge=1, le=MOST_TOKENS)]
    separator: Annotated[int, Meta(ge=-1, lt=MOST_TOKENS)]
    segments: Annotated[int, Meta(ge=1, le=MOST_SEGMENTS)]
    phases: Annotated[int, Meta(ge=1, le=65536)]
    longest: Annotated[int, Meta(ge=1, le=LONGEST)]


class ModelFacts(_Model, total=False):
    """The fields of :class:`genstudio.models.sequence_vae.ModelSpec`; older files have ``latent`` in place of ``bottleneck``."""

    bottleneck: str
    latent: bool
    batch_norm: Annotated[float, Meta(ge=0, le=100)]
    prior: dict[str, Option] | None
    features: Annotated[int, Meta(ge=0, le=4096)]


class Data(TypedDict, total=False):
    """The corpus of a training."""

    digest: Digest
    train: Count


class Training(TypedDict, total=False):
    """How the weights were trained; ``before``: the earlier stages in order."""

    config: dict[str, Option | dict[str, Option]]
    seed: Count
    steps: Count
    of: Count
    seconds: Annotated[float, Meta(ge=0)]
    precision: Short | None
    processes: Count
    minutes: Annotated[float, Meta(gt=0)] | None
    before: list[Stage] | None


class Stage(TypedDict, total=False):
    """A stage of a training."""

    model: Short
    preset: Short | None
    corpus: Data | None
    training: Training


class _PriorFacts(TypedDict):
    step: Count


class PriorFacts(_PriorFacts, total=False):
    """How the prior was fitted; ``before``: the earlier fittings in order."""

    pieces: Count
    kl: float | None
    kl_standard: float | None
    seconds: Annotated[float, Meta(ge=0)]
    seed: Count
    kept: bool
    parameters: Count
    limit: Count | None
    of: Count
    before: list[PriorFacts]


class Learned(TypedDict):
    """A learned attribute, see :class:`genstudio.models.attributes.LearnedAttribute`."""

    name: Short
    label: Short
    unit: Short
    kind: Literal["measure", "label"]
    mean: float
    deviation: Annotated[float, Meta(gt=0)]
    group: Short


class _Controlled(TypedDict):
    correlation: float | None
    slope: float | None
    own: float | None
    other: float | None
    worst: Short
    ratio: float | None
    moved: float | None


class Controlled(_Controlled, total=False):
    """How well an attribute can be moved, see :mod:`genstudio.evaluation.attributes`."""

    n: Count
    possible: float | None


class Control(TypedDict):
    """The measured control of all attributes."""

    on: Short
    n: Count
    rounds: Count
    candidates: Count
    attributes: dict[str, Controlled]


class _Attributes(TypedDict):
    format: int
    sha256: Digest
    attributes: Annotated[list[Learned], Meta(max_length=4096)]
    distance: Annotated[float, Meta(gt=0)]
    block: Count
    corpus: Digest
    pieces: Count


class Attributes(_Attributes, total=False):
    """The attributes that a model has learned, without their tensors."""

    control: Control | None


class Example(TypedDict):
    """A held-out piece and its reconstruction."""

    title: str
    original: str
    written: str


class _Examples(TypedDict):
    form: Short
    reconstructions: list[Example]
    samples: list[str]
    seed: Count
    samples_seed: Count
    temperature: float


class Examples(_Examples, total=False):
    """Examples on the model card, see :mod:`genstudio.tasks.examples`."""

    legend: str
    top_p: float
    spread: float
    best_of: Count


class _Manifest(TypedDict):
    format: int
    model: ModelFacts
    tokenizer_digest: Digest
    domain: Short
    phrase: Phrase


class Manifest(_Manifest, total=False):
    """The whole manifest. ``lineup``: see :attr:`genstudio.corpus.Corpus.lineup`. ``title``: what the owner calls the model.

    ``metrics`` and ``evaluation`` hold metrics and groups of metrics, which are only shown."""

    title: Annotated[str, Meta(max_length=200)]
    preset: Short | None
    lineup: Annotated[str, Meta(max_length=64)]
    sampling: dict[str, Option] | None
    training: Training | None
    corpus: Data | None
    metrics: dict[str, Any] | None
    genstudio: Short
    prior: PriorFacts | None
    about: str | None
    attributes: Attributes | None
    evaluation: dict[str, Any] | None
    examples: Examples | None


class _Format(TypedDict):
    format: int


class _Evaluation(TypedDict):
    n: Count
    on: str


def update_manifest(folder: Path, entries: Mapping[str, Any]) -> None:
    """Replace or add entries of a model's manifest."""
    write_json(Path(folder) / "manifest.json", {**read_manifest(folder), **entries})


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a model folder.

    Raises:
        ModelError: there is none, it is damaged, or it has a later format.
    """
    path = Path(folder) / "manifest.json"
    if not path.is_file():
        raise ModelError(
            "{folder} is not a model folder: it has no manifest.json; give a folder that a training made.", folder=folder
        )
    try:
        form = read_json(path, _Format)["format"]
        if form > FORMAT:
            raise ModelError(
                "the model {folder} was made by a later GenStudio (format {form}); update GenStudio.", folder=folder, form=form
            )
        manifest = read_json(path, Manifest)
        if manifest.get("evaluation"):
            check_json(manifest["evaluation"], _Evaluation)
    except (FileError, ValueError) as error:
        raise ModelError(
            "the model {folder} is damaged ({why}); copy or train it again.", folder=folder, why=str(error).rstrip(".")
        ) from error
    return manifest
