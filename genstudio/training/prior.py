"""The second stage of training: fit a prior to the codes of the training pieces, with the other weights of the model fixed.

Each step draws a batch of pieces and one sample of z from the posterior of each, and minimises the loss of the prior: flow matching
for a flow over summaries (:mod:`genstudio.models.flow`), -log p(z) for a prior over blocks (:mod:`genstudio.models.prior`). All
random numbers of a step are derived from (seed, step), as in :mod:`genstudio.training.loop`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import math
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.config import OptimizerOptions, PriorOptions, build_options
from genstudio.corpus import collate
from genstudio.errors import ConfigError, FileError, Message, ModelError
from genstudio.files import holding, opened
from genstudio.models.checkpoint import load_model, save_model
from genstudio.models.flow import SummaryFlow
from genstudio.models.prior import LatentPrior, prior_cost
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.paths import training_lock
from genstudio.progress import Monitor, Progress
from genstudio.training.optimizer import adamw
from genstudio.training.options import PriorRun
from genstudio.training.schedules import learning_rate
from genstudio.training.state import load_state, read_state, save_state

__all__ = ["PRIOR", "STATE", "fit_prior", "half_fitted"]

PRIOR = OptimizerOptions(
    batch_size=64, steps=3000, learning_rate=2e-3, warmup=100, final=0.02, weight_decay=0.01, evaluate_every=500, evaluate_on=1000
)
"""Default settings of the fitting."""
STATE = "prior"
"""Name of the folder, in the model folder, that holds the state of a fitting."""
_AT_ONCE = 6000  # tokens per batch in encoding
_A_TIME = 512  # pieces encoded between two checks of the time
_ENCODING = 0.25  # share of the time limit that the encoding of the pieces may take


def half_fitted(folder: Path) -> bool:
    """Whether ``folder`` holds a fitting that can be resumed with the current weights of the model."""
    try:
        return read_state(folder / STATE).get("weights") == _weights(folder)
    except FileError:
        return False


def _weights(folder: Path) -> str:
    """SHA-256 (hex) of the weights of the model, on which its codes depend."""
    with opened(folder / "model.safetensors") as file:
        found = hashlib.sha256()
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


@dataclasses.dataclass(frozen=True)
class _Codes:
    """Posteriors of pieces: means and log variances in half precision, [pieces, dims], and used blocks, bool [pieces, blocks]."""

    means: Tensor
    logvars: Tensor
    used: Tensor

    def drawn(self, rows: NDArray[np.int64], noise: Tensor) -> tuple[Tensor, Tensor]:
        """A sample of z for each of ``rows`` from standard normal ``noise`` [rows, dims], and its used blocks."""
        index = torch.from_numpy(rows)
        return self.means[index].float() + torch.exp(0.5 * self.logvars[index].float()) * noise, self.used[index]


def fit_prior(
    folder: Path,
    train: Sequence[NDArray[Any]],
    valid: Sequence[NDArray[Any]],
    *,
    options: PriorOptions | None = None,
    optimizer: OptimizerOptions = PRIOR,
    run: PriorRun = PriorRun(),
    monitor: Monitor = Monitor(),
) -> dict[str, Any]:
    """Fit a prior to the codes of training pieces and store it in a model, whose other weights do not change.

    A stop request takes effect after the current step: the state is saved in the model folder, the model does not change, and
    ``run.resume`` continues from there.

    Args:
        folder: the model folder.
        train: token ids of the training pieces. At most ``run.limit`` of them are used, drawn with ``run.seed``; with
            ``run.max_minutes`` no more than can be encoded in a quarter of that time.
        valid: token ids of held-out pieces, on which the KL is measured.
        options: hyperparameters of the prior; None: the defaults.
        optimizer: settings of the optimiser.
        run: ``max_steps`` replaces that of ``optimizer``, also when a fitting is resumed, which otherwise has its original
            settings. With ``further`` the hyperparameters are those of the prior that the model already has.
        monitor: receives progress, and may request a stop.

    Returns:
        ``step``, ``pieces``, ``parameters``, ``kl`` and ``kl_standard`` (nats per held-out piece under the prior and under N(0, I);
        None without such pieces), ``seconds``, ``seed``, ``kept`` (False where the prior is discarded as the last stage of a
        training), ``limit`` where there is one, and ``before``, the earlier fittings that this one continues.

    Raises:
        ModelError: the folder is not a model, or holds a model without posteriors; ``resume`` without a matching state, or no
            ``resume`` although there is one; ``further`` without a prior; or another process uses the folder.
        ConfigError: an option is out of range, the loss is not finite, or there was no time for a single step.
    """
    model, tokenizer, manifest = load_model(folder)
    if model.spec.bottleneck != "vae":
        raise ModelError("{folder} is no VAE: it has no posteriors to fit a prior to.", folder=folder)
    started = time.monotonic()
    state = folder / STATE
    if run.resume and not (state / "state.json").is_file():
        raise ModelError("there is no fitting of a prior in {folder} to resume; begin one.", folder=folder)
    if not run.resume and (state / "state.json").is_file():
        raise ModelError(
            "{folder} holds a prior that is half fitted; remove {state} to begin again.",
            remedy="resume",
            folder=folder,
            state=state,
        )
    chosen = options or PriorOptions()
    if run.resume:
        kept = read_state(state)
        chosen = build_options(PriorOptions, kept.get("options", {}), "prior.")
        optimizer = build_options(OptimizerOptions, kept.get("optimizer", {}), "optimizer.")
        run = dataclasses.replace(
            run, seed=kept.get("seed", run.seed), limit=kept.get("limit"), further=kept.get("further", run.further)
        )
        if kept.get("weights", "") not in ("", _weights(folder)):
            raise ModelError(
                "the model {folder} has changed since its prior was begun; remove {state} and begin again.",
                folder=folder,
                state=state,
            )
    if run.further:
        if model.spec.prior is None:
            raise ModelError("{folder} has no prior to continue from; fit one first.", folder=folder)
        chosen = build_options(PriorOptions, model.spec.prior, "prior.")
    if run.max_steps is not None:
        optimizer = dataclasses.replace(optimizer, steps=run.max_steps)
    seed, limit = run.seed, run.limit
    torch.manual_seed(seed)
    prior = model.fresh_prior(chosen)
    if run.further:
        prior.load_state_dict(model.prior.float().state_dict())
    with contextlib.nullcontext(True) if run.last_stage else holding(training_lock(folder)) as free:
        if not free:
            raise ModelError("another training writes into {folder}; wait until it has ended.", folder=folder)
        if limit is not None and limit < len(train):
            train = [train[row] for row in np.sort(np.random.default_rng(seed).permutation(len(train))[:limit])]
        about = {
            "options": dataclasses.asdict(chosen), "optimizer": dataclasses.asdict(optimizer), "seed": seed, "limit": limit,
            "weights": _weights(folder), "further": run.further,
        }  # fmt: skip
        rows = np.random.default_rng(seed).permutation(len(valid))[: optimizer.evaluate_on]
        held_out = [valid[row] for row in rows]
        if run.max_minutes is None:
            held, seen = (_encode(model, part, monitor) for part in (held_out, train))
        else:
            train = [train[row] for row in np.random.default_rng(seed).permutation(len(train))]
            ends = [started + 60 * run.max_minutes * share for share in (0.2 * _ENCODING, _ENCODING)]
            held, seen = (_encode(model, part, monitor, end) for part, end in zip((held_out, train), ends, strict=True))
        pieces = len(seen.means)
        found = Fitting(prior, optimizer, run, state, about, started).run(seen, held, monitor)
        if not found["step"] and not run.last_stage:
            raise ConfigError(
                "{minutes:g} minutes were too few to fit a prior: all of them went into encoding {pieces} pieces. The model "
                "stays as it was; give more minutes, or fewer pieces.",
                minutes=run.max_minutes,
                pieces=pieces,
            )
        worse = not found["step"] or (found["kl"] is not None and found["kl"] >= found["kl_standard"])
        found = {"pieces": pieces, **found, "kept": not (run.last_stage and worse)}
        found["parameters"] = sum(parameter.numel() for parameter in prior.parameters())
        if limit is not None:
            found["limit"] = limit
        if run.further and (former := manifest.get("prior")):
            earlier = {name: value for name, value in former.items() if name != "before"}
            found["before"] = [*former.get("before", ()), earlier]
        spec = dataclasses.replace(model.spec, prior=dataclasses.asdict(chosen) if found["kept"] else None)
        whole = SequenceVAE(spec)
        weights = {name: value for name, value in model.state_dict().items() if not name.startswith("prior.")}
        fitted = {f"prior.{name}": value for name, value in prior.state_dict().items()} if found["kept"] else {}
        whole.load_state_dict({**weights, **fitted})
        rest = {key: value for key, value in manifest.items() if key not in ("format", "model", "tokenizer_digest")}
        save_model(folder, whole, tokenizer, {**rest, "prior": found})
        shutil.rmtree(state, ignore_errors=True)
    return found


@torch.inference_mode()
def _encode(model: SequenceVAE, sequences: Sequence[NDArray[Any]], monitor: Monitor, end: float | None = None) -> _Codes:
    """Encode sequences to their posteriors.

    With an ``end`` (of the monotonic clock) encoding stops then, after at least one group of sequences.
    """
    count, dims = len(sequences), model.prior_dims
    block = model.core.summary_dims or model.blocks[1]
    shape = (count, dims)
    codes = _Codes(
        torch.zeros(shape, dtype=torch.float16),
        torch.zeros(shape, dtype=torch.float16),
        torch.ones(count, dims // block, dtype=torch.bool),
    )
    done, encoded = 0, monitor.counter("encoding", count, Message("pieces"))
    while done < count:
        part = range(done, count if end is None else min(count, done + _A_TIME))
        order = np.asarray(sorted(part, key=lambda row: len(sequences[row])), dtype=np.int64)
        start = 0
        while start < len(order):
            monitor.check()
            encoded(done + start)
            longest = len(sequences[order[min(len(order), start + 128) - 1]]) + 1
            rows = order[start : start + max(1, min(128, _AT_ONCE // longest))]
            posterior = model.posterior(torch.from_numpy(collate([sequences[row] for row in rows])))
            index = torch.from_numpy(rows)
            codes.means[index], codes.logvars[index] = posterior.mean[:, :dims].half(), posterior.logvar[:, :dims].half()
            if posterior.used is not None:
                codes.used[index] = posterior.used[:, :dims:block]
            start += len(rows)
        done = part.stop
        if end is not None and time.monotonic() >= end:
            break
    return _Codes(codes.means[:done], codes.logvars[:done], codes.used[:done])


@dataclasses.dataclass
class Fitting:
    """The loop of a fitting.

    Attributes:
        prior: the prior.
        options: settings of the optimiser.
        given: options of the run.
        state: folder of the saved state.
        about: entries of the saved state other than the counters.
        started: time of the start, on the monotonic clock.
        step: number of steps done.
        before: seconds of earlier runs.
    """

    prior: LatentPrior | SummaryFlow
    options: OptimizerOptions
    given: PriorRun
    state: Path
    about: dict[str, Any]
    started: float
    step: int = 0
    before: float = 0.0

    def __post_init__(self) -> None:
        self.optimizer = adamw(self.prior, self.options)
        if self.given.resume:
            counters = load_state(self.state, self.prior, self.optimizer)
            self.step, self.before = counters["step"], counters.get("seconds", 0.0)

    @property
    def seconds(self) -> float:
        """Duration of all runs so far."""
        return self.before + time.monotonic() - self.started

    def keep(self) -> None:
        """Save the state."""
        self.state.mkdir(exist_ok=True)
        save_state(self.state, self.prior, self.optimizer, {"step": self.step, "seconds": self.seconds, **self.about})
        self.saved = time.monotonic()

    def run(self, train: _Codes, valid: _Codes, monitor: Monitor) -> dict[str, Any]:
        """Fit to the codes ``train`` and measure on ``valid``. Returns the result of :meth:`measured`."""
        options, minutes = self.options, self.given.max_minutes
        self.saved = time.monotonic()
        while True:
            share = max(self.step / options.steps, self.seconds / (60 * minutes) if minutes is not None else 0.0)
            if share >= 1.0:
                break
            if monitor.stop.requested:
                self.keep()
                monitor.check()
            value = self.one_step(train, share)
            text = Message("loss {value:.3f}", value=value)
            event = {"event": "prior_step", "step": self.step, "loss": value}
            monitor.report(Progress("prior", self.step, options.steps, text, event))
            if self.step % options.evaluate_every == 0:
                found = self.measured(valid)
                self.keep()
                if found["kl"] is not None:
                    line = f"held-out: KL {found['kl']:.2f} against the learned prior, {found['kl_standard']:.2f} against N(0, I)"
                    monitor.report(Progress("prior", self.step, options.steps, line, {"event": "prior_evaluation", **found}))
            elif time.monotonic() - self.saved > 120:
                self.keep()
        return self.measured(valid)

    def one_step(self, train: _Codes, share: float) -> float:
        """One step, when ``share`` of the fitting is done. Returns the loss."""
        rng = np.random.default_rng([self.given.seed, self.step])
        rows = rng.integers(0, len(train.means), self.options.batch_size)
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        torch.manual_seed(int(rng.integers(2**62)))  # for dropout
        noise = torch.randn(len(rows), train.means.shape[1], generator=generator)
        z, there = train.drawn(rows, noise)
        self.prior.train()
        loss = self.prior.loss(z, there, generator)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.options, self.step, share)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.prior.parameters(), self.options.clip or math.inf)
        self.optimizer.step()
        value = float(loss.detach())
        if not math.isfinite(value):
            raise ConfigError(
                "fitting the prior diverged at step {step}; the model stays as it was. Lower its learning rate.", step=self.step
            )
        self.step += 1
        return value

    def measured(self, valid: _Codes) -> dict[str, Any]:
        """Measure the KL of the codes ``valid`` with respect to the prior and to N(0, I), in nats per piece.

        Returns:
            ``step``, ``kl``, ``kl_standard``, ``seconds`` and ``seed``, see :func:`fit_prior`.
        """
        means, logvars = valid.means.float(), valid.logvars.float()
        cost, standard = None, 0.0
        if len(means):
            used = valid.used.repeat_interleave(self.prior.block_dims, 1)
            noise = torch.randn(means.shape, generator=torch.Generator().manual_seed(self.given.seed))
            cost = float(prior_cost(self.prior, means, logvars, used, noise).mean())
            standard = float((0.5 * (means.square() + logvars.exp() - 1.0 - logvars) * used).sum(1).mean())
        seconds = round(self.seconds, 1)
        return {"step": self.step, "kl": cost, "kl_standard": standard, "seconds": seconds, "seed": self.given.seed}
