"""The training loop, for one CPU, one GPU or, under ``torchrun``, several processes.

Hugging Face Accelerate moves the model to the device and wraps it for several processes; of the two common libraries it is the
lighter one, without a framework and callbacks around the loop. The random numbers of a step are drawn for the whole global batch
from (seed, step) and then distributed, so several processes follow the same loss curve as one, and a resumed training the same as
one that was never stopped. Only dropout layers draw separately in each process.

The last stage, if the configuration has one, is the fitting of a prior (:mod:`genstudio.training.prior`), on the CPU of the first
process. Until it is complete the prior of the saved model is N(0, I).
"""

from __future__ import annotations

import dataclasses
import math
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
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
from genstudio.evaluation.near import Near
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
from genstudio.training.blanks import draw_blanks, draw_ends
from genstudio.training.measuring import better, measure
from genstudio.training.optimizer import adamw
from genstudio.training.options import LastStage, TrainingRun
from genstudio.training.precision import precision_of
from genstudio.training.prior import PRIOR, STATE, fit_prior, half_fitted
from genstudio.training.schedules import kl_weight, learning_rate, pretraining
from genstudio.training.state import load_state, read_state, save_state
from genstudio.training.variation import Variation

__all__ = ["FEW", "FEWEST", "TrainResult", "train"]

FEWEST = 32
"""Smallest number of training pieces."""
FEW = 1000
"""Number of training pieces below which a warning is given."""
_FEWEST_MORE = 8  # training pieces at least, if the weights of a trained model are used
_OFTEN = 2  # occurrences of a word that are needed for the list of words
_FITTED = 2000  # training pieces that features and the prior of an autoencoder are fitted to
_COPY = 0.15  # the distance from a training piece up to which a piece is a copy of it
_SAVE_EVERY = 120  # seconds between two saved states


@dataclass
class TrainResult:
    """Result of :func:`train`.

    Attributes:
        out: the model folder.
        step, steps: steps done and planned, without those of the prior.
        seconds: duration, with the fitting of the prior.
        stopped: whether the training was stopped by a request.
        metrics: metrics of the last evaluation.
        prior: the result of :func:`genstudio.training.prior.fit_prior`, only ``step`` and ``of`` where that was stopped; None if
            there is no such stage or it was not reached.
    """

    out: str
    step: int
    steps: int
    seconds: float
    stopped: bool
    metrics: dict[str, Any]
    prior: dict[str, Any] | None = None


class _Loop:
    """A training: the model, the optimiser, the position in the data, and the loop over steps."""

    def __init__(
        self, corpus: Corpus, out: Path, preset: Preset, config: TrainConfig, run: TrainingRun, monitor: Monitor
    ) -> None:
        self.corpus, self.out, self.preset, self.config, self.monitor = corpus, out, preset, config, monitor
        start, self.minutes, self.seed, self.report = run.start, run.max_minutes, run.seed, monitor.report
        self.evaluate_minutes = run.evaluate_minutes
        self.steps = config.optimizer.steps if run.max_steps is None else min(run.max_steps, config.optimizer.steps)
        self.train_store = corpus.split("train")
        self.check_size(FEWEST if start is None and not run.resume else _FEWEST_MORE)
        self.check_kl()
        check_prior(config.prior.options)
        try:
            out.mkdir(parents=True, exist_ok=True)  # fails now rather than after the training
        except OSError as error:
            raise FileError(
                "cannot write into {folder}: {reason}.", remedy="choose-folder", folder=out, reason=error.strerror or error
            ) from error
        # An autoencoder does not use the variance that its encoder computes.
        unused = config.bottleneck == "ae" or (config.bottleneck == "vae" and config.kl.pretrain > 0)
        handlers = [DistributedDataParallelKwargs(find_unused_parameters=True)] if unused else []
        force_cpu = run.device == "cpu" or (run.device == "auto" and not torch.cuda.is_available())
        self.precision = precision_of(torch.device("cpu" if force_cpu else "cuda"), config.precision, config.core)
        # Accelerate would refuse a precision other than that of the first training in this process.
        AcceleratorState._reset_state()
        self.accelerator = Accelerator(cpu=force_cpu, mixed_precision=self.precision, kwargs_handlers=handlers)
        torch.manual_seed(run.seed)
        model = SequenceVAE(model_spec(config, corpus, out if run.resume else None if start is None else Path(start)))
        self.domain = get_domain(corpus.domain)
        self.trained = Trained(model, self.domain, corpus.tokenizer, parts=corpus.lineup)
        if model.spec.features:
            model.features.fit(torch.from_numpy(self.features_of(self.some_pieces())))
        # The earlier stages of training of the initial weights.
        self.former: list[Stage] = begin_from(Path(start), model, corpus) if start is not None and not run.resume else []
        self.wrapped, self.optimizer = self.accelerator.prepare(model, adamw(model, config.optimizer, fused=True))
        self.model = model
        self.plain_optimizer: torch.optim.Optimizer = getattr(self.optimizer, "optimizer", self.optimizer)
        self.step = self.epoch = self.position = 0
        self.before = self.progress = 0.0
        self.kept_words = False
        self.fresh_decoder = False  # whether pre-training is over and the decoder is initialised again
        self.metrics: dict[str, Any] = {}
        self.best: dict[str, Any] = {}  # of a training that goes on from a model: metrics of the state that its folder holds
        self.history: list[dict[str, Any]] = []
        self.state_folder = out / "training"
        if run.resume:
            self.load()
        self.max_minutes = self.minutes
        if self.minutes is not None and self.prior_steps:
            self.max_minutes = self.minutes * (1 - self.config.prior.share)
        valid = corpus.split("valid")
        # At random, since consecutive rows are often of one piece.
        rows = np.random.default_rng(run.seed).permutation(len(valid))[: config.optimizer.evaluate_on]
        self.valid = [valid[int(row)] for row in rows]
        self.variation = Variation(corpus, config)
        # The loss is in nats per token, so that the size of the gradient does not depend on the length of the sequences.
        self.scale = 1.0 / (float(self.train_store.lengths.mean()) + 1.0)

    def check_size(self, fewest: int) -> None:
        """Refuse a corpus with fewer than ``fewest`` training pieces; warn of a small one."""
        count = len(self.train_store)
        if count < fewest:
            raise CorpusError(
                "the corpus has {count} pieces to train on, too few to learn from (at least {fewest}; a good model needs "
                "{few} or more); add files, or cut shorter phrases.",
                count=count, fewest=fewest, few=FEW,
            )  # fmt: skip
        if count < FEW:
            warning = Message(
                "the corpus has only {count} pieces to train on; expect a model that repeats them. {few} or more are "
                "better.",
                count=count, few=FEW,
            )  # fmt: skip
            self.report(Progress("warning", message=warning, data={"event": "warning", "kind": "small corpus"}))

    def check_kl(self) -> None:
        """Refuse settings of the KL that exclude each other."""
        kl = self.config.kl
        if kl.target > 0 and kl.floor > 0 and kl.floor_mode != "none" and self.config.bottleneck == "vae":
            raise ConfigError(
                "kl.target is {target:g} and kl.floor {floor:g}: a KL is either aimed at or free up to a floor; set one "
                "of them to 0.",
                target=kl.target, floor=kl.floor,
            )  # fmt: skip

    def reset_decoder(self) -> None:
        """Initialise the decoder again after pre-training, and drop the moments of its parameters (Li et al. 2019)."""
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
        """Load the saved state, and check that corpus, settings and seed are the same."""
        counters = load_state(self.state_folder, self.model, self.plain_optimizer)
        if counters.get("corpus") != self.corpus.digest:
            raise ModelError(
                "the training in {folder} was begun on another corpus; give that one.", remedy="begin-again", folder=self.out
            )
        # Reading through the dataclass gives settings that are newer than the state their default values.
        saved = from_dict(counters.get("config") or {})
        if "prior" not in (counters.get("config") or {}):
            if self.prior_steps:
                warning = Message(
                    "this training was begun when no prior was fitted at the end, and continues without one.", remedy="fit-prior"
                )
                self.report(Progress("warning", message=warning, data={"event": "warning", "kind": "no prior"}))
            self.config = dataclasses.replace(self.config, prior=saved.prior)
        if to_dict(saved) != to_dict(self.config):
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
        self.best = counters.get("best", {})
        self.former = counters.get("before", [])

    def save(self) -> None:
        """Save the state, and the model unless the one in the folder is better."""
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
            "best": self.best,
        }
        save_state(self.state_folder, self.model, self.plain_optimizer, counters)
        if self.kept_step != self.step:
            return
        about = {
            "domain": self.corpus.domain,
            "preset": self.preset.name,
            "sampling": dataclasses.asdict(self.preset.sampling),
            **({"lineup": self.corpus.lineup} if self.corpus.lineup else {}),
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
        """The words that occur at least twice in the training pieces."""
        tokenizer, store = self.corpus.tokenizer, self.train_store
        counts: Counter[str] = Counter()
        for row in range(len(store)):
            counts.update(letters(tokenizer.decode(store[row].tolist())))
        return [word for word, count in counts.items() if count >= _OFTEN]

    @property
    def prior_steps(self) -> int:
        """The largest number of steps of the fitting of the prior; 0: there is none."""
        if self.config.bottleneck != "vae":
            return 0
        return self.config.prior.planned(self.config.optimizer.steps, self.steps)

    @property
    def seconds(self) -> float:
        """Duration of all runs so far."""
        return self.before + time.monotonic() - self.began

    def update_progress(self) -> float:
        """Set and return ``progress``, the share of the training that is done. All processes must call it at the same points."""
        share = self.step / self.steps
        if self.max_minutes:
            timed = torch.tensor(self.seconds / (60 * self.max_minutes), dtype=torch.float32, device=self.accelerator.device)
            if self.accelerator.num_processes > 1:
                torch.distributed.broadcast(timed, 0)
            share = max(share, float(timed))
        self.progress = min(1.0, share)
        return self.progress

    def stop_requested(self) -> bool:
        """Whether a stop is requested in any process."""
        if self.accelerator.num_processes == 1:
            return self.monitor.stop.requested
        flag = torch.tensor([float(self.monitor.stop.requested)], device=self.accelerator.device)
        return bool(accelerate_reduce(flag, "sum") > 0)

    def run(self) -> TrainResult:
        """Train until the planned steps or minutes are over, or a stop is requested."""
        self.began = time.monotonic()
        saved = time.monotonic()
        stopped = False
        every = self.config.optimizer.evaluate_every
        order = self.order()
        unevaluated = (not self.metrics or self.metrics.get("step") != self.step) and not self.has_prior
        if self.step == 0:
            self.save()  # so that there is a model and a state whenever the process ends
            if self.evaluate_minutes or self.former:
                self.evaluate()
                self.save()
        evaluated = time.monotonic()
        while self.update_progress() < 1.0:
            if self.stop_requested():
                stopped = True
                break
            if self.position >= len(order):
                self.epoch, self.position = self.epoch + 1, 0
                order = self.order()
            event = self.one_step(order[self.position])
            self.position += 1
            self.step += 1
            unevaluated = True
            self.report(Progress("training", self.step, self.steps, event.pop("message"), event))
            # Several processes evaluate by their steps alone, since their clocks differ.
            late = self.evaluate_minutes and time.monotonic() - evaluated > 60 * self.evaluate_minutes
            if self.step % every == 0 or (late and self.accelerator.num_processes == 1):
                self.update_progress()
                self.evaluate()
                self.save()
                saved = evaluated = time.monotonic()
                unevaluated = False
            elif time.monotonic() - saved > _SAVE_EVERY:
                self.save()
                saved = time.monotonic()
        if unevaluated:
            if not stopped:
                self.evaluate()
            self.save()
        self.accelerator.wait_for_everyone()
        return TrainResult(str(self.out), self.step, self.steps, round(self.seconds, 2), stopped, self.best or self.metrics)

    def end(self, result: TrainResult) -> TrainResult:
        """Fit the prior, if there is to be one, and report the end of the training."""
        if self.best and not result.stopped:
            self.tell_kept()
        if self.prior_steps and not result.stopped:
            result = self.with_prior(result)
        text = "stopped; the model so far is kept" if result.stopped else "trained"
        event = {"event": "stopped" if result.stopped else "done", **dataclasses.asdict(result)}
        self.report(Progress("done", self.step, self.steps, text, event))
        return result

    def tell_kept(self) -> None:
        """Say so where the model that is kept is not the last one: the others know held-out pieces less well."""
        if self.kept_step == self.step:
            return
        what = Message(
            "the state after step {step} is kept, since what came after it makes held-out pieces worse; more time does not help, "
            "more pieces do.",
            step=self.kept_step,
        )  # fmt: skip
        if not self.kept_step:
            what = Message(
                "these {count} pieces are too few to learn from: all that was learned makes held-out pieces worse, so the model is "
                "as good as {model}, which it went on from, and no better.",
                count=len(self.train_store), model=self.former[-1]["model"],
            )  # fmt: skip
        self.warn("learned by heart", what)

    @property
    def kept_step(self) -> int:
        """The step of the model in the folder, once it is saved."""
        return int(self.best.get("step", self.step))

    @property
    def has_prior(self) -> bool:
        """Whether a prior is already fitted to the weights that are kept; manifests that the loop writes have no prior."""
        if not self.step or not (self.out / "manifest.json").is_file():
            return False
        manifest = read_manifest(self.out)
        return bool(manifest.get("prior")) and (manifest.get("training") or {}).get("steps") == self.kept_step

    def with_prior(self, result: TrainResult) -> TrainResult:
        """Begin or resume the last stage, the fitting of the prior."""
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
        """Warn that no prior was fitted although one was planned."""
        warning = Message("{why}, so samples are drawn from N(0, I).", remedy="fit-prior", why=why)
        self.report(Progress("warning", message=warning, data={"event": "warning", "kind": "no prior"}))

    def order(self) -> list[np.ndarray]:
        """The batches of the current epoch, as indices of training sequences."""
        return batches(self.train_store.lengths, batch_size=self.config.optimizer.batch_size, seed=self.seed, epoch=self.epoch)

    def one_step(self, indices: np.ndarray) -> dict[str, Any]:
        """One training step on the sequences ``indices``. Returns the event that reports it."""
        config, accelerator = self.config, self.accelerator
        began = time.monotonic()
        plain = self.pretraining  # without noise, KL and blanks
        if not (plain or self.fresh_decoder) and config.kl.pretrain > 0 and config.kl.fresh_decoder and config.bottleneck == "vae":
            self.reset_decoder()
        rank, world = accelerator.process_index, accelerator.num_processes
        rng = np.random.default_rng([self.seed, self.step])
        whole = [self.variation(self.train_store[index], rng) for index in indices]
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        noise = torch.randn(len(whole), self.model.latent_dims, generator=generator)
        dropped = config.word_dropout
        if config.word_dropout_end >= 0:
            dropped += (config.word_dropout_end - dropped) * self.progress
        longest = max(len(sequence) for sequence in whole) + 1
        hidden = torch.rand(len(whole), longest, generator=generator) < dropped if dropped > 0 else None
        torch.manual_seed(int(rng.integers(2**62)) + rank)  # for dropout layers
        # A process without a share of the last, smaller batch still takes part, with a sequence of weight zero.
        count = len(whole[rank::world])
        share = slice(rank, None, world) if count else slice(0, 1)
        device = accelerator.device
        rate, weight = learning_rate(config.optimizer, self.step, self.progress), self.kl_weight
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.wrapped.train()
        ids = torch.from_numpy(collate(whole[share])).to(device)
        mask = None if hidden is None else hidden[share][:, : ids.shape[1] + 1].to(device)
        blank = sources = ended = None
        if self.model.core.summary_dims and not plain and config.bottleneck == "vae":
            drawn, unread, cut = draw_blanks(
                len(whole), self.model.blocks[0], config.blank, rng, self.corpus.strands, self.model.blocks[2]
            )
            blank = torch.from_numpy(drawn)[share].to(device)
            if unread.any():
                read = [self.trained.without(one, which) for one, which in zip(whole, unread, strict=True)]
                sources = torch.from_numpy(collate(read[share])).to(device)
            elif cut.any():
                sources = torch.from_numpy(collate(draw_ends(whole, cut, rng)[share])).to(device)
                ended = torch.from_numpy(cut)[share].to(device)
        if self.model.norm is not None:
            self.model.norm.counted = count > 0
        with accelerator.autocast():
            output = self.wrapped(ids, None if plain else noise[share].to(device), mask, sources, config.emphasis, blank, ended)
        # Gradients are averaged over the processes, so each loss is weighted by its share of the batch relative to the mean share.
        fraction = count * world / len(whole)
        nll = output.nll.mean() * fraction
        loss = output.weighted.mean() * fraction * self.scale
        kl = None if output.kl is None or plain else output.kl.float()
        if kl is not None and weight is not None:
            mean = accelerate_reduce(kl.detach().sum(0) * (count > 0), "sum") / len(whole) if world > 1 else None
            loss = loss + weight * self.kl_cost(kl, mean) * fraction * self.scale
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
                "training diverged at step {step}: the loss is not a number any more; the last saved state is kept. Lower "
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

    def kl_cost(self, kl: Tensor, mean: Tensor | None) -> Tensor:
        """The KL term of the loss before its weight, a scalar in nats per sequence.

        Args:
            kl: KL of the sequences of this process, [batch, dims].
            mean: mean over the global batch, [dims]; None: this process has all of it.
        """
        options, size = self.config.kl, self.model.core.summary_dims or kl.shape[1]
        main, seen = kl[:, :size], None if mean is None else mean[:size]
        if options.target > 0:
            cost = target_rate(main, options.target, seen)
        else:
            cost = free_bits(main, options.floor, options.floor_mode, seen)
        return cost + options.details * kl[:, size:].mean(0).sum()

    @property
    def pretraining(self) -> bool:
        """Whether a VAE is currently pre-trained as an autoencoder."""
        return self.config.bottleneck == "vae" and pretraining(self.config.kl, self.progress)

    @property
    def kl_weight(self) -> float | None:
        """The current weight of the KL; None where the bottleneck has no KL term."""
        return kl_weight(self.config.kl, self.progress) if self.config.bottleneck == "vae" else None

    def some_pieces(self) -> list[np.ndarray]:
        """A random sample of the training sequences."""
        rows = np.random.default_rng(self.seed).permutation(len(self.train_store))[:_FITTED]
        return [self.train_store[int(row)] for row in rows]

    @cached_property
    def learned(self) -> Near:
        """Training pieces, to which what a model writes is compared."""
        near = Near(self.domain)
        for ids in self.some_pieces():
            near.add(self.trained.piece(ids))
        return near

    def features_of(self, sequences: Sequence[np.ndarray]) -> np.ndarray:
        """Features of the pieces of ``sequences`` (token ids), float32 [sequences, features]."""
        return np.stack([self.domain.measure_features(self.trained.piece(ids)) for ids in sequences])

    def evaluate(self) -> None:
        """Measure on held-out pieces, and report the metrics with an example."""
        if self.accelerator.is_main_process and self.valid:
            found = measure(self.trained, self.valid, self.step, self.kl_weight, self.seed)
            self.metrics = found.metrics
            self.history.append({**self.metrics, "seconds": round(self.seconds, 1)})
            if self.former and (not self.best or better(self.metrics, self.best, self.history[0], self.config)):
                self.best = self.metrics
            domain, examples = self.domain, self.state_folder / "examples"
            example = examples / f"step-{self.step:06d}{domain.output_suffix}"
            domain.write(found.original, examples / f"original{domain.output_suffix}")
            domain.write(found.written, example)
            event = {"event": "evaluation", **self.metrics, "kept": self.kept_step, "example": str(example)}
            event |= {"original": domain.show(found.original), "reconstructed": domain.show(found.written)}
            if found.new is not None:
                new = examples / f"new-{self.step:06d}{domain.output_suffix}"
                domain.write(found.new, new)
                event["new"] = str(new)
                event["new_copied"] = bool(self.learned.has(found.new, _COPY))
            event["copied"] = bool(self.learned.has(found.written, _COPY))
            self.report(Progress("evaluation", self.step, self.steps, found.line, event))
            if self.config.bottleneck == "vae" and not self.pretraining and self.progress > 0.25:
                self.warn_of_collapse()
        self.accelerator.wait_for_everyone()

    def warn_of_collapse(self) -> None:
        """Warn if the decoder does not use the code."""
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
        """Report a warning; the training continues."""
        self.report(Progress("warning", self.step, self.steps, message, {"event": "warning", "kind": kind}))


def train(
    corpus: Corpus,
    out: Path,
    preset: Preset,
    config: TrainConfig,
    run: TrainingRun = TrainingRun(),
    monitor: Monitor = Monitor(),
) -> TrainResult:
    """Train a model on a corpus.

    The folder ``out`` holds a loadable model from the beginning. A stop request takes effect after the current step: state and
    model are saved, and ``run.resume`` continues from there with the same result as without the stop. With ``run.max_minutes`` the
    schedules follow the time, of which the fitting of the prior has a share; the result then depends on the speed of the machine.

    Args:
        corpus: the training data.
        out: the model folder.
        preset: the preset, whose name and sampling settings are stored with the model.
        config: the settings.
        run: options of the run; ``start`` is the folder of a model whose weights the training begins with.
        monitor: receives progress and events, and may request a stop.

    Returns:
        The result; the model is in ``out``.

    Raises:
        CorpusError: the corpus is too small to learn from.
        ConfigError: a setting is unknown or out of range, or the loss is not finite.
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
        # Another training may have ended since the state was read.
        if not free or (state.exists() and read_state(state.parent)["step"] != loop.step):
            raise ModelError("another training writes into {folder}; wait until it has ended.", remedy="choose-folder", folder=out)
        return loop.end(loop.run())
