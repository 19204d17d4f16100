"""The training loop: the same on one CPU, one GPU or, under ``torchrun``, many processes.

Hugging Face Accelerate moves the model and wraps it for several processes: of the two libraries that do this it is the lighter one
(no framework of its own around the loop, no callback system) and leaves the loop as written here. What is random in a step is
drawn for the whole global batch from (seed, step) and then shared out, so several processes follow the loss curve of one, and a
resumed training follows that of one that was never stopped. Dropout layers alone draw in each process for itself.

The last stage, where the configuration has one, is the fitting of a prior (:mod:`genstudio.training.prior`), on the processor of
the first process. Up to its end the model is as the loop has left it, with N(0, I).
"""

from __future__ import annotations

import dataclasses
import math
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from accelerate import Accelerator, DistributedDataParallelKwargs
from accelerate.state import AcceleratorState
from accelerate.utils import reduce as accelerate_reduce
from torch import Tensor

from genstudio import __version__
from genstudio.config import Preset, TrainConfig, build_options, from_dict, to_dict
from genstudio.corpus import Corpus, batches, collate
from genstudio.decoding import Request
from genstudio.decoding.lexicon import letters
from genstudio.decoding.trained import Trained
from genstudio.domains import get_domain
from genstudio.errors import ConfigError, CorpusError, FileError, Message, ModelError, Stopped
from genstudio.evaluation.reconstruction import decode_all
from genstudio.evaluation.scoring import Scores, of_the_summary, score
from genstudio.files import holding
from genstudio.models import cores
from genstudio.models.checkpoint import load_model, save_model, write_words
from genstudio.models.encoding import encode_all
from genstudio.models.latent import active_units, free_bits, target_rate
from genstudio.models.manifest import Stage, Training, read_manifest
from genstudio.models.prior import check_prior
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE
from genstudio.paths import training_lock
from genstudio.progress import Monitor, Progress
from genstudio.training.blanks import draw_blanks
from genstudio.training.optimizer import adamw
from genstudio.training.options import PriorRun, TrainingRun
from genstudio.training.prior import PRIOR, STATE, fit_prior, half_fitted
from genstudio.training.schedules import kl_weight, learning_rate, pretraining
from genstudio.training.state import load_state, read_state, save_state

__all__ = ["FEW", "FEWEST", "TrainResult", "model_spec", "train"]

FEWEST = 32
FEW = 1000
_FEWEST_MORE = 8  # where a model goes on that knows such pieces already
_OFTEN = 2  # how often a word must come to be known
_FITTED = 2000  # training pieces whose codes an autoencoder's prior is fitted to


@dataclass
class TrainResult:
    """What a call of :func:`train` did.

    step, steps: of the model, without those of its prior. seconds: of both. metrics: of the last evaluation. prior: what
    :func:`genstudio.training.prior.fit_prior` found, only ``step`` and ``of`` where it was stopped there; None: there is no such
    stage, or it was not reached.
    """

    out: str
    step: int
    steps: int
    seconds: float
    stopped: bool
    metrics: dict[str, Any]
    prior: dict[str, Any] | None = None


def model_spec(config: TrainConfig, corpus: Corpus) -> ModelSpec:
    """The model that ``config`` describes for the sequences of ``corpus``."""
    layout = corpus.tokenizer.layout
    return ModelSpec(
        core=config.core,
        core_options=dict(config.core_options),
        vocab_size=corpus.tokenizer.vocab_size,
        separator=layout.separator,
        segments=int(corpus.manifest["segments"]) + 1,
        phases=layout.phases,
        advance=tuple(int(value) for value in layout.advance),
        longest=int(corpus.manifest["longest"]),
        bottleneck=config.bottleneck,
        batch_norm=config.kl.batch_norm if config.bottleneck != "none" else 0.0,
        features=_features(config, corpus),
    )


def _lengthened(weights: dict[str, Tensor], model: SequenceVAE) -> dict[str, Tensor]:
    """The weights of a model of shorter sequences for ``model``: each segment that it does not know begins as one that it does, in
    turn. The features of longer pieces are others by mean and deviation, so what tells them begins fresh."""
    fresh = {name: value for name, value in model.state_dict().items() if name.startswith("features.")}
    parts = {f"core.{name}" for name in model.core.segment_parts}
    result: dict[str, Tensor] = {}
    for name, value in weights.items():
        if name in parts:  # the first row is what comes before the first segment
            rows = torch.arange(model.spec.segments - 1) % (len(value) - 1) + 1
            value = torch.cat([value[:1], value[rows]])
        result[name] = value
    return {**result, **fresh}


def _features(config: TrainConfig, corpus: Corpus) -> int:
    """How many features the summary is to tell."""
    if not config.features or config.bottleneck != "vae":
        return 0
    options = build_options(cores.options_class(config.core), dict(config.core_options), "core.")
    return len(get_domain(corpus.domain).features) if getattr(options, "summary_dims", 0) else 0


def precision_of(device: torch.device, wanted: str = "auto", core: str = "") -> str:
    """``bf16`` where that is wanted, or "auto" and the processor is made for it, else ``no``.

    Args:
        core: name of the core that is trained, of which it depends what a processor is made for.

    Raises:
        ConfigError: bfloat16 is wanted and the processor has no instructions for it.
    """
    if wanted == "bfloat16" and device.type == "cpu" and not _cpu_has_bfloat16():
        raise ConfigError(
            "this processor does not compute in bfloat16 (that needs AVX-512 or AMX); leave precision at auto, or take float32."
        )
    if wanted != "auto":
        return {"bfloat16": "bf16", "float32": "no"}[wanted]
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "no"
    # A CPU's matrix unit (AMX) makes bfloat16 pay. With AVX-512's instructions for it alone a transformer is half again as fast as
    # in float32, and an LSTM takes three times as long. Without either it is emulated.
    units = ["_is_amx_tile_supported", *(["_is_avx512_bf16_supported"] if core == "transformer" else [])]
    return "bf16" if device.type == "cpu" and any(getattr(torch.cpu, unit, lambda: False)() for unit in units) else "no"


def _cpu_has_bfloat16() -> bool:
    """Whether oneDNN has its kernels here; without them a recurrent layer in bfloat16 fails."""
    try:
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    except (AttributeError, RuntimeError):  # a build without oneDNN has kernels of its own
        return True


class _Loop:
    def __init__(
        self,
        corpus: Corpus,
        out: Path,
        preset: Preset,
        config: TrainConfig,
        run: TrainingRun,
        monitor: Monitor,
    ) -> None:
        self.corpus, self.out, self.preset, self.config = corpus, out, preset, config
        resume, seed, start = run.resume, run.seed, None if run.start is None else Path(run.start)
        self.minutes, self.seed, self.report, self.stop = run.max_minutes, seed, monitor.report, monitor.stop
        self.steps = config.optimizer.steps if run.max_steps is None else min(run.max_steps, config.optimizer.steps)
        self.train_store = corpus.split("train")
        self.check_size(FEWEST if start is None and not resume else _FEWEST_MORE)
        self.check_kl()
        check_prior(config.prior.options)
        try:
            out.mkdir(parents=True, exist_ok=True)  # before the time is spent
        except OSError as error:
            raise FileError(
                "cannot write into {folder}: {reason}.", remedy="choose-folder", folder=out, reason=error.strerror or error
            ) from error
        # What an autoencoder's encoder says of the variance is not used.
        unused = config.bottleneck == "ae" or (config.bottleneck == "vae" and config.kl.pretrain > 0)
        handlers = [DistributedDataParallelKwargs(find_unused_parameters=True)] if unused else []
        force_cpu = run.device == "cpu" or (run.device == "auto" and not torch.cuda.is_available())
        probe = torch.device("cpu" if force_cpu else "cuda")
        self.precision = precision_of(probe, config.precision, config.core)
        # Accelerate keeps the precision of a process's first training for all later ones, and refuses another.
        AcceleratorState._reset_state()
        self.accelerator = Accelerator(cpu=force_cpu, mixed_precision=self.precision, kwargs_handlers=handlers)
        torch.manual_seed(seed)
        model = SequenceVAE(self.spec(start, resume))
        if model.spec.features:
            model.features.fit(torch.from_numpy(self.features_of([self.train_store[int(row)] for row in self.some_rows()])))
        self.former: list[Stage] = []  # how the weights were trained that it begins from
        if start is not None and not resume:
            self.begin_from(start, model)
        self.wrapped, self.optimizer = self.accelerator.prepare(model, adamw(model, config.optimizer, fused=True))
        self.model: SequenceVAE = self.accelerator.unwrap_model(self.wrapped)
        self.step = self.epoch = self.position = 0
        self.before = self.progress = 0.0
        self.kept_words = False
        self.fresh_decoder = False  # whether pre-training is over and the decoder has been drawn anew
        self.metrics: dict[str, Any] = {}
        self.history: list[dict[str, Any]] = []
        self.state_folder = out / "training"
        if resume:
            self.load()
        self.max_minutes = self.minutes
        if self.minutes is not None and self.prior_steps:
            self.max_minutes = self.minutes * (1 - self.config.prior.share)
        valid = corpus.split("valid")
        rows = np.random.default_rng(seed).permutation(len(valid))[: config.optimizer.evaluate_on]  # neighbours are of one piece
        self.valid = [valid[int(row)] for row in rows]
        interchangeable = np.asarray(corpus.tokenizer.layout.interchangeable, dtype=np.int64)
        self.group = interchangeable
        self.place_of = np.full(corpus.tokenizer.vocab_size, -1, dtype=np.int64)
        self.place_of[interchangeable] = np.arange(len(interchangeable))
        self.domain = get_domain(corpus.domain)
        self.variant = self.domain.variant if self.domain.has_variants and config.variants > 0 else None
        # Weights of the loss: nats a token, so that the gradient's size does not depend on the sequences' length.
        self.scale = 1.0 / (float(self.train_store.lengths.mean()) + 1.0)

    def spec(self, start: Path | None, resume: bool) -> ModelSpec:
        """The model that the settings describe; one that goes on from another, or from what is in the folder, knows pieces as long
        as that does."""
        described, former = model_spec(self.config, self.corpus), self.out if resume else start
        if former is None or not (former / "manifest.json").is_file():
            return described
        known = read_manifest(former)["model"]
        if known["segments"] < described.segments or (known["segments"] > 1) != (described.segments > 1):
            return described
        longest = max(known["longest"], described.longest)
        return dataclasses.replace(
            described, segments=known["segments"], longest=longest, features=known.get("features", 0)
        )

    def begin_from(self, start: Path, model: SequenceVAE) -> None:
        """Copy the weights of the model in ``start``, which must be of the same shape and tokens but may be of shorter sequences,
        and how they were trained."""
        given, tokenizer, manifest = load_model(start)
        if tokenizer.digest != self.corpus.tokenizer.digest:
            raise ModelError(
                "{model} has other tokens than the corpus; build the corpus again with the tokenizer in {tokenizer}.",
                remedy="give-tokenizer",
                model=start,
                tokenizer=start / "tokenizer",
            )
        shapes = {name: value.shape for name, value in model.state_dict().items()}
        # A prior that was fitted to the codes does not fit those of other weights: it is left out.
        weights = {name: value for name, value in given.state_dict().items() if not name.startswith("prior.")}
        if model.spec.segments > given.spec.segments > 1:
            weights = _lengthened(weights, model)
        if {name: value.shape for name, value in weights.items()} != shapes:
            raise ModelError(
                "{start} is a model of another shape than the settings describe; go on without settings of core and bottleneck, or "
                "train from fresh weights.",
                start=start,
            )
        model.load_state_dict(weights)
        training: Training = manifest.get("training") or {}
        stage: Stage = {"model": start.name}
        if "preset" in manifest:
            stage["preset"] = manifest["preset"]
        if "corpus" in manifest:
            stage["corpus"] = manifest["corpus"]
        stage["training"] = {name: value for name, value in training.items() if name != "before"}  # type: ignore[typeddict-item]
        self.former = [*(training.get("before") or ()), stage]

    def check_size(self, fewest: int) -> None:
        count = len(self.train_store)
        if count < fewest:
            raise CorpusError(
                (
                    "the corpus has {count} pieces to train on, too few to learn from (at least {fewest}; a good model needs "
                    "{few} or more); add files, or cut shorter phrases."
                ),
                count=count,
                fewest=fewest,
                few=FEW,
            )
        if count < FEW:
            self.report(
                Progress(
                    "warning",
                    message=Message(
                        (
                            "the corpus has only {count} pieces to train on; expect a model that repeats them. {few} or more are "
                            "better."
                        ),
                        count=count,
                        few=FEW,
                    ),
                    data={"event": "warning", "kind": "small corpus"},
                )
            )

    def check_kl(self) -> None:
        kl = self.config.kl
        if kl.target > 0 and kl.floor > 0 and kl.floor_mode != "none" and self.config.bottleneck == "vae":
            raise ConfigError(
                (
                    "kl.target is {target:g} and kl.floor {floor:g}: a KL is either aimed at or free up to a floor; set one "
                    "of them to 0."
                ),
                target=kl.target,
                floor=kl.floor,
            )

    def draw_decoder_anew(self) -> None:
        """What pre-training has taught the decoder is forgotten, with the optimiser's moments of it (Li et al. 2019)."""
        self.fresh_decoder = True
        torch.manual_seed(self.seed + 1)
        other = dict(SequenceVAE(self.model.spec).core.named_parameters())
        core, optimizer = self.model.core, getattr(self.optimizer, "optimizer", self.optimizer)
        kept = {*core.encoder_parts, *core.shared_parts}
        with torch.no_grad():
            for name, parameter in core.named_parameters():
                if name.partition(".")[0] not in kept:
                    parameter.copy_(other[name])
                    optimizer.state.pop(parameter, None)

    def load(self) -> None:
        counters = load_state(self.state_folder, self.model, getattr(self.optimizer, "optimizer", self.optimizer))
        if counters.get("corpus") != self.corpus.digest:
            raise ModelError(
                "the training in {folder} was begun on another corpus; give that one.", remedy="begin-again", folder=self.out
            )
        # Through the dataclass: a setting that is newer than the state has the value that it had unsaid.
        begun = from_dict(counters.get("config") or {})
        if "prior" not in (counters.get("config") or {}):
            if self.prior_steps:
                said = Message(
                    "this training was begun when no prior was fitted at the end, and goes on without.", remedy="fit-prior"
                )
                self.report(Progress("warning", message=said, data={"event": "warning", "kind": "no prior"}))
            self.config = dataclasses.replace(self.config, prior=begun.prior)
        if to_dict(begun) != to_dict(self.config):
            raise ModelError(
                "the training in {out} was begun with other settings; give the same ones, or start again.", out=self.out
            )
        if counters.get("seed") != self.seed:
            raise ModelError(
                "the training in {out} was begun with seed {counters}; give the same one.",
                out=self.out,
                counters=counters.get("seed"),
            )
        self.step, self.epoch, self.position = counters["step"], counters.get("epoch", 0), counters.get("position", 0)
        self.before = counters.get("seconds", 0.0)
        self.fresh_decoder = counters.get("fresh_decoder", False)
        self.metrics, self.history = counters.get("metrics", {}), counters.get("history", [])
        self.former = counters.get("before", [])

    def save(self) -> None:
        if not self.accelerator.is_main_process:
            return
        if self.model.ex_post is not None:
            self.model.ex_post.fit(encode_all(self.model, [self.train_store[int(row)] for row in self.some_rows()])[0])
        counters = {
            "step": self.step,
            "epoch": self.epoch,
            "position": self.position,
            "seconds": self.seconds,
            "seed": self.seed,
            "fresh_decoder": self.fresh_decoder,
            "corpus": self.corpus.digest,
            "config": to_dict(self.config),
            "metrics": self.metrics,
            "history": self.history,
            "before": self.former,
        }
        save_state(self.state_folder, self.model, getattr(self.optimizer, "optimizer", self.optimizer), counters)
        about = {
            "domain": self.corpus.domain,
            "preset": self.preset.name,
            "sampling": dataclasses.asdict(self.preset.sampling),
            "phrase": {key: self.corpus.manifest["options"][key] for key in ("length", "stride", "shortest")},
            "training": {
                "config": to_dict(self.config),
                "seed": self.seed,
                "steps": self.step,
                "of": self.steps,
                "seconds": round(self.seconds, 1),
                "precision": self.precision,
                "processes": self.accelerator.num_processes,
                **({"minutes": self.minutes} if self.minutes is not None else {}),
                **({"before": self.former} if self.former else {}),
            },
            "corpus": {"digest": self.corpus.digest, "train": len(self.train_store)},
            "metrics": self.metrics,
            "genstudio": __version__,
        }
        save_model(self.out, self.model, self.corpus.tokenizer, about, card=None)
        if self.domain.grammar.words is not None and not self.kept_words:
            write_words(self.out, self.words())
            self.kept_words = True

    def words(self) -> list[str]:
        """The words that come twice or more among the pieces to train on."""
        tokenizer, store = self.corpus.tokenizer, self.train_store
        counts: Counter[str] = Counter()
        for row in range(len(store)):
            counts.update(letters(tokenizer.decode(store[row].tolist())))
        return [word for word, count in counts.items() if count >= _OFTEN]

    @property
    def prior_steps(self) -> int:
        """How many steps the fitting of the prior has, at most; 0: there is none."""
        if self.config.bottleneck != "vae":
            return 0
        return self.config.prior.planned(self.config.optimizer.steps, self.steps)

    @property
    def seconds(self) -> float:
        return self.before + time.monotonic() - self.began

    def look_at_the_clock(self) -> float:
        """Set and return ``progress``, the share of the training that is done. All processes call it at the same place."""
        share = self.step / self.steps
        if self.max_minutes:
            timed = torch.tensor(self.seconds / (60 * self.max_minutes), dtype=torch.float32, device=self.accelerator.device)
            if self.accelerator.num_processes > 1:
                torch.distributed.broadcast(timed, 0)
            share = max(share, float(timed))
        self.progress = min(1.0, share)
        return self.progress

    def asked_to_stop(self) -> bool:
        if self.accelerator.num_processes == 1:
            return self.stop.requested
        flag = torch.tensor([float(self.stop.requested)], device=self.accelerator.device)
        return bool(accelerate_reduce(flag, "sum") > 0)

    def run(self) -> TrainResult:
        self.began = time.monotonic()
        saved = time.monotonic()
        stopped = False
        every = self.config.optimizer.evaluate_every
        order = self.order()
        fresh = (not self.metrics or self.metrics.get("step") != self.step) and not self.has_prior
        if self.step == 0:
            self.save()  # so that whenever the process ends there is something to load and to go on from
        while self.look_at_the_clock() < 1.0:
            if self.asked_to_stop():
                stopped = True
                break
            if self.position >= len(order):
                self.epoch, self.position = self.epoch + 1, 0
                order = self.order()
            event = self.one_step(order[self.position])
            self.position += 1
            self.step += 1
            fresh = True
            self.report(Progress("training", self.step, self.steps, event.pop("message"), event))
            if self.step % every == 0:
                self.look_at_the_clock()
                self.evaluate()
                self.save()
                saved = time.monotonic()
                fresh = False
            elif time.monotonic() - saved > 120:
                self.save()
                saved = time.monotonic()
        if fresh:
            if not stopped:
                self.evaluate()
            self.save()
        self.accelerator.wait_for_everyone()
        return TrainResult(str(self.out), self.step, self.steps, round(self.seconds, 2), stopped, self.metrics)

    def end(self, result: TrainResult) -> TrainResult:
        """Fit the prior to a model that is trained, where there is to be one, and tell of the end of it all."""
        if self.prior_steps and not result.stopped:
            result = self.with_prior(result)
        said = "stopped; the model so far is kept" if result.stopped else "trained"
        event = {"event": "stopped" if result.stopped else "done", **dataclasses.asdict(result)}
        self.report(Progress("done", self.step, self.steps, said, event))
        return result

    @property
    def has_prior(self) -> bool:
        """Whether a prior was fitted to these weights: what the loop writes itself says nothing of one."""
        if not self.step or not (self.out / "manifest.json").is_file():
            return False
        manifest = read_manifest(self.out)
        return bool(manifest.get("prior")) and (manifest.get("training") or {}).get("steps") == self.step

    def with_prior(self, result: TrainResult) -> TrainResult:
        """The last stage, from its beginning or from where it was stopped."""
        if self.has_prior and (fitted := read_manifest(self.out).get("prior")):
            seconds = round(result.seconds + fitted.get("seconds", 0.0), 2)
            return dataclasses.replace(result, seconds=seconds, prior=dict(fitted))
        resume = half_fitted(self.out)
        if not resume:
            shutil.rmtree(self.out / STATE, ignore_errors=True)
        left = None if self.minutes is None else self.minutes - self.seconds / 60
        if left is not None and left <= 0:
            self.without_prior(Message("no time was left to fit a prior"))
            return result
        valid, chosen = self.corpus.split("valid"), self.config.prior
        optimizer = dataclasses.replace(
            PRIOR,
            steps=self.prior_steps,
            batch_size=chosen.batch_size,
            learning_rate=chosen.learning_rate,
            warmup=min(PRIOR.warmup, self.prior_steps // 10),
        )
        began = time.monotonic()

        try:
            found = fit_prior(
                self.out,
                [self.train_store[row] for row in range(len(self.train_store))],
                [valid[row] for row in range(len(valid))],
                options=chosen.options,
                optimizer=optimizer,
                run=PriorRun(max_minutes=left, resume=resume, seed=self.seed, last_stage=True),
                monitor=Monitor(self.report, self.stop),
            )
        except Stopped:
            step = read_state(self.out / STATE)["step"] if half_fitted(self.out) else 0
            seconds = round(result.seconds + time.monotonic() - began, 2)
            return dataclasses.replace(result, seconds=seconds, stopped=True, prior={"step": step, "of": self.prior_steps})
        if not found["step"]:
            self.without_prior(Message("no time was left to fit a prior"))
        elif not found["kept"]:
            self.without_prior(
                Message(
                    "the prior that was fitted in {steps} steps costs more than N(0, I) on held-out pieces", steps=found["step"]
                )
            )
        return dataclasses.replace(result, seconds=round(result.seconds + found["seconds"], 2), prior=found)

    def without_prior(self, why: Message) -> None:
        """Warn that there is none, though there was to be one."""
        said = Message("{why}, so samples are drawn from N(0, I).", remedy="fit-prior", why=why)
        self.report(Progress("warning", message=said, data={"event": "warning", "kind": "no prior"}))

    def order(self) -> list[np.ndarray]:
        return batches(self.train_store.lengths, batch_size=self.config.optimizer.batch_size, seed=self.seed, epoch=self.epoch)

    def one_step(self, indices: np.ndarray) -> dict[str, Any]:
        config, accelerator = self.config, self.accelerator
        began = time.monotonic()
        alone = self.pretraining
        if not (alone or self.fresh_decoder) and config.kl.pretrain > 0 and config.kl.fresh_decoder and config.bottleneck == "vae":
            self.draw_decoder_anew()
        progress = self.progress
        rank, world = accelerator.process_index, accelerator.num_processes
        draw = np.random.default_rng([self.seed, self.step])
        whole = [self.exchanged(self.varied(self.train_store[index], draw), draw) for index in indices]
        time_steps = max(len(sequence) for sequence in whole) + 1
        generator = torch.Generator().manual_seed(int(draw.integers(2**62)))
        noise = torch.randn(len(whole), self.model.latent_dims, generator=generator)
        share = config.word_dropout
        if config.word_dropout_end >= 0:
            share += (config.word_dropout_end - share) * progress
        hidden = torch.rand(len(whole), time_steps, generator=generator) < share if share > 0 else None
        torch.manual_seed(int(draw.integers(2**62)) + rank)  # what dropout layers draw
        mine = whole[rank::world]
        device = accelerator.device
        rate = learning_rate(config.optimizer, self.step, progress)
        weight = self.kl_weight
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.wrapped.train()
        # A process without a share of a last, small batch still takes part, with a sequence that counts for nothing.
        ids = torch.from_numpy(collate(mine or whole[:1])).to(device)
        part = noise[rank::world] if mine else noise[:1]
        mask = None if hidden is None else (hidden[rank::world] if mine else hidden[:1])[:, : ids.shape[1] + 1].to(device)
        blank = None
        if self.model.core.summary_dims and not alone and config.bottleneck == "vae":
            drawn = torch.from_numpy(draw_blanks(len(whole), self.model.blocks[0], config.blank, draw))
            blank = (drawn[rank::world] if mine else drawn[:1]).to(device)
        if self.model.norm is not None:
            self.model.norm.counted = bool(mine)
        with accelerator.autocast():
            output = self.wrapped(ids, None if alone else part.to(device), mask, None, config.emphasis, blank)
        told = None
        if output.features is not None:
            true = torch.from_numpy(self.features_of(mine or whole[:1])).to(device)
            told = (output.features.float() - self.model.features.standard(true)).square().sum(1).mean()
        # Gradients are averaged over the processes: each gives its sum over the mean share.
        fraction = len(mine) * world / len(whole)
        nll = output.nll.mean() * fraction
        loss = output.weighted.mean() * fraction * self.scale
        kl = None if output.kl is None or alone else output.kl.float()
        if kl is not None and weight is not None:
            batch_mean = None
            if world > 1:
                batch_mean = accelerate_reduce(kl.detach().sum(0) * bool(mine), "sum") / len(whole)
            size = self.model.core.summary_dims or kl.shape[1]
            held, seen = kl[:, :size], None if batch_mean is None else batch_mean[:size]
            if config.kl.target > 0:
                paid = target_rate(held, config.kl.target, seen)
            else:
                paid = free_bits(held, config.kl.floor, config.kl.floor_mode, seen)
            paid = paid + config.kl.details * kl[:, size:].mean(0).sum()
            loss = loss + weight * paid * fraction * self.scale
        if told is not None:
            loss = loss + config.features * told * fraction * self.scale
        self.optimizer.zero_grad(set_to_none=True)
        accelerator.backward(loss)
        norm = accelerator.clip_grad_norm_(self.wrapped.parameters(), config.optimizer.clip or math.inf)
        self.optimizer.step()
        information = nll.new_zeros(()) if kl is None else kl.detach().sum(1).mean() * fraction
        figures = torch.stack([nll.detach(), information, loss.detach()])
        if world > 1:
            figures = accelerate_reduce(figures, "mean")
        nll_value, kl_value, loss_value = (float(value) for value in figures)
        if not math.isfinite(loss_value):
            raise ConfigError(
                (
                    "training diverged at step {step}: the loss is no number any more; the last saved state is kept. Lower "
                    "optimizer.learning_rate (now {learning_rate}) and start again."
                ),
                step=self.step,
                learning_rate=config.optimizer.learning_rate,
            )
        return {
            "event": "step",
            "step": self.step + 1,
            "loss": loss_value,
            "reconstruction_nll": nll_value,
            "kl": None if kl is None else kl_value,
            "kl_weight": weight,
            "learning_rate": rate,
            "gradient_norm": float(norm) if norm is not None else 0.0,
            "tokens": int(sum(len(sequence) + 1 for sequence in whole)),
            "seconds": time.monotonic() - began,
            "message": f"NLL {nll_value:.2f}" + ("" if kl is None else f"  KL {kl_value:.2f}"),
        }

    @property
    def pretraining(self) -> bool:
        """Whether a VAE is trained as an autoencoder now."""
        return self.config.bottleneck == "vae" and pretraining(self.config.kl, self.progress)

    @property
    def kl_weight(self) -> float | None:
        """The weight of the KL now; None where the bottleneck has none to pay."""
        return kl_weight(self.config.kl, self.progress) if self.config.bottleneck == "vae" else None

    def some_rows(self) -> np.ndarray:
        """Rows of the training data that stand for all of them."""
        return np.random.default_rng(self.seed).permutation(len(self.train_store))[:_FITTED]

    def features_of(self, sequences: Sequence[np.ndarray]) -> np.ndarray:
        """The features of what ``sequences`` stand for, float32 [sequences, features]."""
        domain, tokenizer = get_domain(self.corpus.domain), self.corpus.tokenizer
        return np.stack([domain.measure_features(domain.from_symbols(tokenizer.decode(ids.tolist()))) for ids in sequences])

    def varied(self, sequence: np.ndarray, draw: np.random.Generator) -> np.ndarray:
        """``sequence``, or a variant of it that the domain makes."""
        if self.variant is None or draw.random() >= self.config.variants:
            return sequence
        tokenizer, longest = self.corpus.tokenizer, int(self.corpus.manifest["longest"])
        piece = self.domain.from_symbols(tokenizer.decode(sequence.tolist()))
        made = self.variant(piece, draw, int(self.corpus.manifest["segments"]))
        ids = tokenizer.encode(self.domain.to_symbols(made))
        return np.asarray(ids, dtype=np.int64) if 0 < len(ids) <= longest else sequence

    def exchanged(self, sequence: np.ndarray, draw: np.random.Generator) -> np.ndarray:
        """``sequence`` with its interchangeable tokens moved by one random amount, or as it is."""
        if not len(self.group) or draw.random() >= self.config.exchange:
            return sequence
        place = self.place_of[sequence]
        where = place >= 0
        if not where.any():
            return sequence
        moved = np.clip(place[where] + draw.integers(-12, 13), 0, len(self.group) - 1)
        changed = sequence.copy()
        changed[where] = self.group[moved]
        return changed

    def evaluate(self) -> None:
        if self.accelerator.is_main_process and self.valid:
            self._evaluate()
        self.accelerator.wait_for_everyone()

    def _evaluate(self) -> None:
        scores = score(self.model, self.valid, seed=self.seed)
        # Nothing comes back from a language model: one greedy piece is its example.
        coded = self.config.bottleneck != "none"
        few = self.valid[: 32 if coded else 1]
        domain = self.domain
        trained = Trained(self.model, domain, self.corpus.tokenizer)
        decoded = decode_all(self.model, scores.means[: len(few)], Request(segments=trained.segments(few), sizes=trained.sizes))
        originals, written = ([trained.piece(ids) for ids in sequences] for sequences in (few, decoded))
        compared = domain.compare(originals, written) if coded else {}
        active = active_units(scores.means) if coded else None
        summary = of_the_summary(self.model, self.valid, scores, seed=self.seed)
        self.metrics = {
            "step": self.step,
            "negative_elbo": scores.negative_elbo,
            "reconstruction_nll": float(scores.nll.mean()),
            "kl": None if scores.kl is None else float(scores.kl.mean()),
            "kl_weight": self.kl_weight,
            "active_units": active,
            "latent_dims": self.model.latent_dims if coded else None,
            "accuracy_teacher_forced": float(scores.correct.sum() / scores.tokens.sum()),
            **summary,
            "reconstruction": dict(compared),
        }
        self.history.append({**self.metrics, "seconds": round(self.seconds, 1)})
        examples = self.state_folder / "examples"
        example = examples / f"step-{self.step:06d}{domain.output_suffix}"
        domain.write(originals[0], examples / f"original{domain.output_suffix}")
        domain.write(written[0], example)
        self.report(
            Progress(
                "evaluation",
                self.step,
                self.steps,
                _told(scores, active)
                + (f"KL of the summary {summary['kl_summary']:.2f}  " if summary else "")
                + "  ".join(f"{name} {value:.3f}" for name, value in list(compared.items())[:4]),
                {
                    "event": "evaluation",
                    **self.metrics,
                    "example": str(example),
                    "original": domain.show(originals[0]),
                    "reconstructed": domain.show(written[0]),
                },
            )
        )
        paid = self.config.bottleneck == "vae" and not self.pretraining
        collapsed = summary and (summary["kl_summary"] < 0.5 or summary["active_units_summary"] == 0)
        if paid and self.progress > 0.25 and collapsed:
            self.warn(
                "summary collapse",
                Message(
                    "the summary has collapsed: its KL is {kl:.2f} nats and {active} of its {dims} dimensions are active, so "
                    "samples, and what lies between pieces, do not depend on it.",
                    remedy="use-the-summary",
                    kl=summary["kl_summary"],
                    active=summary["active_units_summary"],
                    dims=self.model.core.summary_dims,
                ),
            )
        elif paid and self.progress > 0.25 and (self.metrics["kl"] < 0.5 or active == 0):
            self.warn(
                "posterior collapse",
                Message(
                    "posterior collapse: KL is {kl:.2f} nats and {active} of {dims} dimensions are active, so the decoder "
                    "ignores the code.",
                    remedy="use-the-code",
                    kl=self.metrics["kl"],
                    active=active,
                    dims=self.model.latent_dims,
                ),
            )

    def warn(self, kind: str, message: Message) -> None:
        """Tell of something that a person should look at while the training goes on."""
        self.report(Progress("warning", self.step, self.steps, message, {"event": "warning", "kind": kind}))


def _told(scores: Scores, active: int | None) -> str:
    """What an evaluation says in a line, as far as the bottleneck has it."""
    if scores.kl is None or active is None:
        parts = [f"NLL {float(scores.nll.mean()):.2f}"]
    else:
        parts = [f"-ELBO {scores.negative_elbo:.2f}", f"KL {float(scores.kl.mean()):.2f}"]
    if active is not None:
        parts.append(f"active units {active} of {scores.means.shape[1]}")
    return "held-out: " + "  ".join(parts) + "  "


def train(
    corpus: Corpus,
    out: Path,
    preset: Preset,
    config: TrainConfig,
    run: TrainingRun = TrainingRun(),
    monitor: Monitor = Monitor(),
) -> TrainResult:
    """Train a model on ``corpus`` into the folder ``out``, which holds a loadable model from the first evaluation on.

    A stop request is answered after the current step: state and model are saved, and ``run.resume`` goes on from there as if
    nothing had happened. With ``run.max_minutes`` the schedules follow the clock, and the result then depends on the machine's
    speed; the fitting of the prior has its share of that time.

    Args:
        run: its ``start`` is the folder of a model whose weights to begin from.

    Raises:
        CorpusError: the corpus is too small to learn from.
        ConfigError: a setting is unknown or out of range, or the loss became infinite.
        ModelError: ``resume`` without a state that fits, no ``resume`` and ``out`` holds a training already, or another
            process is training into it.
    """
    out = Path(out)
    state = out / "training" / "state.json"
    if not run.resume and state.exists():
        done = read_state(state.parent)["step"]
        raise ModelError("{folder} already holds a training ({steps} steps).", remedy="resume", folder=out, steps=done)
    if not run.resume and (out / "manifest.json").exists():
        raise ModelError("{folder} already holds a model (or a corpus).", remedy="choose-folder", folder=out)
    loop = _Loop(corpus, out, preset, config, run, monitor)
    if not loop.accelerator.is_main_process:
        return loop.run()
    with holding(training_lock(out)) as free:
        # The other one may have ended since the state was looked at.
        if not free or (state.exists() and read_state(state.parent)["step"] != loop.step):
            raise ModelError("another training writes into {folder}; wait until it has ended.", remedy="choose-folder", folder=out)
        return loop.end(loop.run())
