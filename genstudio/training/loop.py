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
from genstudio.config import Preset, TrainConfig, from_dict, to_dict
from genstudio.corpus import Corpus, batches, collate
from genstudio.decoding.lexicon import letters
from genstudio.decoding.trained import Trained
from genstudio.domains import get_domain
from genstudio.errors import ConfigError, CorpusError, FileError, Message, ModelError, Stopped
from genstudio.files import holding
from genstudio.models.checkpoint import save_model, write_words
from genstudio.models.encoding import encode_all
from genstudio.models.latent import free_bits, target_rate
from genstudio.models.manifest import Stage, read_manifest
from genstudio.models.prior import check_prior
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.paths import training_lock
from genstudio.progress import Monitor, Progress
from genstudio.training.beginning import begin_from, model_spec
from genstudio.training.blanks import draw_blanks
from genstudio.training.measuring import measure
from genstudio.training.optimizer import adamw
from genstudio.training.options import LastStage, TrainingRun
from genstudio.training.precision import precision_of
from genstudio.training.prior import PRIOR, STATE, fit_prior, half_fitted
from genstudio.training.schedules import kl_weight, learning_rate, pretraining
from genstudio.training.state import load_state, read_state, save_state
from genstudio.training.variation import Variation

__all__ = ["FEW", "FEWEST", "TrainResult", "train"]

FEWEST = 32
"""Pieces that a training needs at least."""
FEW = 1000
"""Pieces below which a person is warned."""
_FEWEST_MORE = 8  # where a model goes on that knows such pieces already
_OFTEN = 2  # how often a word must come to be known
_FITTED = 2000  # training pieces whose codes an autoencoder's prior is fitted to
_SAVE_EVERY = 120  # seconds


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


class _Loop:
    def __init__(
        self, corpus: Corpus, out: Path, preset: Preset, config: TrainConfig, run: TrainingRun, monitor: Monitor
    ) -> None:
        self.corpus, self.out, self.preset, self.config, self.monitor = corpus, out, preset, config, monitor
        start, self.minutes, self.seed, self.report = run.start, run.max_minutes, run.seed, monitor.report
        self.steps = config.optimizer.steps if run.max_steps is None else min(run.max_steps, config.optimizer.steps)
        self.train_store = corpus.split("train")
        self.check_size(FEWEST if start is None and not run.resume else _FEWEST_MORE)
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
        self.precision = precision_of(torch.device("cpu" if force_cpu else "cuda"), config.precision, config.core)
        # Accelerate keeps the precision of a process's first training for all later ones, and refuses another.
        AcceleratorState._reset_state()
        self.accelerator = Accelerator(cpu=force_cpu, mixed_precision=self.precision, kwargs_handlers=handlers)
        torch.manual_seed(run.seed)
        model = SequenceVAE(model_spec(config, corpus, out if run.resume else None if start is None else Path(start)))
        self.domain = get_domain(corpus.domain)
        self.trained = Trained(model, self.domain, corpus.tokenizer)
        if model.spec.features:
            model.features.fit(torch.from_numpy(self.features_of(self.some_pieces())))
        # How the weights were trained that it begins from.
        self.former: list[Stage] = begin_from(Path(start), model, corpus) if start is not None and not run.resume else []
        self.wrapped, self.optimizer = self.accelerator.prepare(model, adamw(model, config.optimizer, fused=True))
        self.model = model
        self.plain_optimizer: torch.optim.Optimizer = getattr(self.optimizer, "optimizer", self.optimizer)
        self.step = self.epoch = self.position = 0
        self.before = self.progress = 0.0
        self.kept_words = False
        self.fresh_decoder = False  # whether pre-training is over and the decoder has been drawn anew
        self.metrics: dict[str, Any] = {}
        self.history: list[dict[str, Any]] = []
        self.state_folder = out / "training"
        if run.resume:
            self.load()
        self.max_minutes = self.minutes
        if self.minutes is not None and self.prior_steps:
            self.max_minutes = self.minutes * (1 - self.config.prior.share)
        valid = corpus.split("valid")
        rows = np.random.default_rng(run.seed).permutation(len(valid))[: config.optimizer.evaluate_on]  # neighbours: one piece
        self.valid = [valid[int(row)] for row in rows]
        self.variation = Variation(corpus, config)
        # Weights of the loss: nats a token, so that the gradient's size does not depend on the sequences' length.
        self.scale = 1.0 / (float(self.train_store.lengths.mean()) + 1.0)

    def check_size(self, fewest: int) -> None:
        count = len(self.train_store)
        if count < fewest:
            raise CorpusError(
                "the corpus has {count} pieces to train on, too few to learn from (at least {fewest}; a good model needs "
                "{few} or more); add files, or cut shorter phrases.",
                count=count, fewest=fewest, few=FEW,
            )  # fmt: skip
        if count < FEW:
            said = Message(
                "the corpus has only {count} pieces to train on; expect a model that repeats them. {few} or more are "
                "better.",
                count=count, few=FEW,
            )  # fmt: skip
            self.report(Progress("warning", message=said, data={"event": "warning", "kind": "small corpus"}))

    def check_kl(self) -> None:
        kl = self.config.kl
        if kl.target > 0 and kl.floor > 0 and kl.floor_mode != "none" and self.config.bottleneck == "vae":
            raise ConfigError(
                "kl.target is {target:g} and kl.floor {floor:g}: a KL is either aimed at or free up to a floor; set one "
                "of them to 0.",
                target=kl.target, floor=kl.floor,
            )  # fmt: skip

    def draw_decoder_anew(self) -> None:
        """What pre-training has taught the decoder is forgotten, with the optimiser's moments of it (Li et al. 2019)."""
        self.fresh_decoder = True
        torch.manual_seed(self.seed + 1)
        other = dict(SequenceVAE(self.model.spec).core.named_parameters())
        core = self.model.core
        kept = {*core.encoder_parts, *core.shared_parts}
        with torch.no_grad():
            for name, parameter in core.named_parameters():
                if name.partition(".")[0] not in kept:
                    parameter.copy_(other[name])
                    self.plain_optimizer.state.pop(parameter, None)

    def load(self) -> None:
        counters = load_state(self.state_folder, self.model, self.plain_optimizer)
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
            self.model.ex_post.fit(encode_all(self.model, self.some_pieces())[0])
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
        save_state(self.state_folder, self.model, self.plain_optimizer, counters)
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
            return self.monitor.stop.requested
        flag = torch.tensor([float(self.monitor.stop.requested)], device=self.accelerator.device)
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
            elif time.monotonic() - saved > _SAVE_EVERY:
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
        chosen = self.config.prior
        optimizer = dataclasses.replace(
            PRIOR, steps=self.prior_steps, batch_size=chosen.batch_size, learning_rate=chosen.learning_rate,
            warmup=min(PRIOR.warmup, self.prior_steps // 10),
        )  # fmt: skip
        began = time.monotonic()
        train, held_out = ([store[row] for row in range(len(store))] for store in (self.train_store, self.corpus.split("valid")))
        given = LastStage(max_minutes=left, resume=resume, seed=self.seed)
        try:
            found = fit_prior(
                self.out, train, held_out, options=chosen.options, optimizer=optimizer, run=given, monitor=self.monitor
            )
        except Stopped:
            step = read_state(self.out / STATE)["step"] if half_fitted(self.out) else 0
            seconds = round(result.seconds + time.monotonic() - began, 2)
            return dataclasses.replace(result, seconds=seconds, stopped=True, prior={"step": step, "of": self.prior_steps})
        if not found["step"]:
            self.without_prior(Message("no time was left to fit a prior"))
        elif not found["kept"]:
            steps = found["step"]
            self.without_prior(
                Message("the prior that was fitted in {steps} steps costs more than N(0, I) on held-out pieces", steps=steps)
            )
        return dataclasses.replace(result, seconds=round(result.seconds + found["seconds"], 2), prior=found)

    def without_prior(self, why: Message) -> None:
        """Warn that there is none, though there was to be one."""
        said = Message("{why}, so samples are drawn from N(0, I).", remedy="fit-prior", why=why)
        self.report(Progress("warning", message=said, data={"event": "warning", "kind": "no prior"}))

    def order(self) -> list[np.ndarray]:
        return batches(self.train_store.lengths, batch_size=self.config.optimizer.batch_size, seed=self.seed, epoch=self.epoch)

    def one_step(self, indices: np.ndarray) -> dict[str, Any]:
        """One step on the sequences ``indices``; returns its event."""
        config, accelerator = self.config, self.accelerator
        began = time.monotonic()
        alone = self.pretraining
        if not (alone or self.fresh_decoder) and config.kl.pretrain > 0 and config.kl.fresh_decoder and config.bottleneck == "vae":
            self.draw_decoder_anew()
        rank, world = accelerator.process_index, accelerator.num_processes
        draw = np.random.default_rng([self.seed, self.step])
        whole = [self.variation(self.train_store[index], draw) for index in indices]
        generator = torch.Generator().manual_seed(int(draw.integers(2**62)))
        noise = torch.randn(len(whole), self.model.latent_dims, generator=generator)
        dropped = config.word_dropout
        if config.word_dropout_end >= 0:
            dropped += (config.word_dropout_end - dropped) * self.progress
        longest = max(len(sequence) for sequence in whole) + 1
        hidden = torch.rand(len(whole), longest, generator=generator) < dropped if dropped > 0 else None
        torch.manual_seed(int(draw.integers(2**62)) + rank)  # what dropout layers draw
        # A process without a share of a last, small batch still takes part, with a sequence that counts for nothing.
        count = len(whole[rank::world])
        share = slice(rank, None, world) if count else slice(0, 1)
        device = accelerator.device
        rate, weight = learning_rate(config.optimizer, self.step, self.progress), self.kl_weight
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.wrapped.train()
        ids = torch.from_numpy(collate(whole[share])).to(device)
        mask = None if hidden is None else hidden[share][:, : ids.shape[1] + 1].to(device)
        blank = None
        if self.model.core.summary_dims and not alone and config.bottleneck == "vae":
            drawn = draw_blanks(len(whole), self.model.blocks[0], config.blank, draw)
            blank = torch.from_numpy(drawn)[share].to(device)
        if self.model.norm is not None:
            self.model.norm.counted = count > 0
        with accelerator.autocast():
            output = self.wrapped(ids, None if alone else noise[share].to(device), mask, None, config.emphasis, blank)
        # Gradients are averaged over the processes: each gives its sum over the mean share.
        fraction = count * world / len(whole)
        nll = output.nll.mean() * fraction
        loss = output.weighted.mean() * fraction * self.scale
        kl = None if output.kl is None or alone else output.kl.float()
        if kl is not None and weight is not None:
            mean = accelerate_reduce(kl.detach().sum(0) * (count > 0), "sum") / len(whole) if world > 1 else None
            loss = loss + weight * self.paid(kl, mean) * fraction * self.scale
        if output.features is not None:
            true = torch.from_numpy(self.features_of(whole[share])).to(device)
            error = (output.features.float() - self.model.features.standard(true)).square().sum(1).mean()
            loss = loss + config.features * error * fraction * self.scale
        self.optimizer.zero_grad(set_to_none=True)
        accelerator.backward(loss)
        norm = accelerator.clip_grad_norm_(self.wrapped.parameters(), config.optimizer.clip or math.inf)
        self.optimizer.step()
        information = nll.new_zeros(()) if kl is None else kl.detach().sum(1).mean() * fraction
        values = torch.stack([nll.detach(), information, loss.detach()])
        if world > 1:
            values = accelerate_reduce(values, "mean")
        nll_value, kl_value, loss_value = (float(value) for value in values)
        if not math.isfinite(loss_value):
            raise ConfigError(
                "training diverged at step {step}: the loss is no number any more; the last saved state is kept. Lower "
                "optimizer.learning_rate (now {learning_rate}) and start again.",
                step=self.step, learning_rate=config.optimizer.learning_rate,
            )  # fmt: skip
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

    def paid(self, kl: Tensor, mean: Tensor | None) -> Tensor:
        """The KL that is paid for, before its weight: a scalar in nats a sequence.

        Args:
            kl: of this process's sequences [batch, dims]. mean: over the global batch [dims]; None: this is all of it.
        """
        options, size = self.config.kl, self.model.core.summary_dims or kl.shape[1]
        held, seen = kl[:, :size], None if mean is None else mean[:size]
        if options.target > 0:
            paid = target_rate(held, options.target, seen)
        else:
            paid = free_bits(held, options.floor, options.floor_mode, seen)
        return paid + options.details * kl[:, size:].mean(0).sum()

    @property
    def pretraining(self) -> bool:
        """Whether a VAE is trained as an autoencoder now."""
        return self.config.bottleneck == "vae" and pretraining(self.config.kl, self.progress)

    @property
    def kl_weight(self) -> float | None:
        """The weight of the KL now; None where the bottleneck has none to pay."""
        return kl_weight(self.config.kl, self.progress) if self.config.bottleneck == "vae" else None

    def some_pieces(self) -> list[np.ndarray]:
        """Sequences of the training data that stand for all of them."""
        rows = np.random.default_rng(self.seed).permutation(len(self.train_store))[:_FITTED]
        return [self.train_store[int(row)] for row in rows]

    def features_of(self, sequences: Sequence[np.ndarray]) -> np.ndarray:
        """The features of what ``sequences`` stand for, float32 [sequences, features]."""
        return np.stack([self.domain.measure_features(self.trained.piece(ids)) for ids in sequences])

    def evaluate(self) -> None:
        """Measure on held-out pieces, and report it with an example."""
        if self.accelerator.is_main_process and self.valid:
            found = measure(self.trained, self.valid, self.step, self.kl_weight, self.seed)
            self.metrics = found.metrics
            self.history.append({**self.metrics, "seconds": round(self.seconds, 1)})
            domain, examples = self.domain, self.state_folder / "examples"
            example = examples / f"step-{self.step:06d}{domain.output_suffix}"
            domain.write(found.original, examples / f"original{domain.output_suffix}")
            domain.write(found.written, example)
            event = {"event": "evaluation", **self.metrics, "example": str(example)}
            event |= {"original": domain.show(found.original), "reconstructed": domain.show(found.written)}
            self.report(Progress("evaluation", self.step, self.steps, found.said, event))
            if self.config.bottleneck == "vae" and not self.pretraining and self.progress > 0.25:
                self.warn_of_collapse()
        self.accelerator.wait_for_everyone()

    def warn_of_collapse(self) -> None:
        """Say so where the decoder does not use the code."""
        found, dims = self.metrics, self.model.core.summary_dims
        if found.get("kl_summary", 1.0) < 0.5 or found.get("active_units_summary") == 0:
            self.warn(
                "summary collapse",
                Message(
                    "the summary has collapsed: its KL is {kl:.2f} nats and {active} of its {dims} dimensions are active, so "
                    "samples, and what lies between pieces, do not depend on it.",
                    remedy="use-the-summary", kl=found["kl_summary"], active=found["active_units_summary"], dims=dims,
                ),
            )  # fmt: skip
        elif found["kl"] < 0.5 or found["active_units"] == 0:
            self.warn(
                "posterior collapse",
                Message(
                    "posterior collapse: KL is {kl:.2f} nats and {active} of {dims} dimensions are active, so the decoder "
                    "ignores the code.",
                    remedy="use-the-code", kl=found["kl"], active=found["active_units"], dims=self.model.latent_dims,
                ),
            )  # fmt: skip

    def warn(self, kind: str, message: Message) -> None:
        """Tell of something that a person should look at while the training goes on."""
        self.report(Progress("warning", self.step, self.steps, message, {"event": "warning", "kind": kind}))


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
