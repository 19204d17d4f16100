"""The second stage: a prior fitted to the codes of the training pieces, when the model's own weights are fixed.

Each step draws a batch of pieces and a sample of z for each from its posterior, and lowers the prior's loss on them: of a flow over
summaries that of flow matching (:mod:`genstudio.models.flow`), of a prior over blocks -log p(z) (:mod:`genstudio.models.prior`).
All chance of a step comes from (seed, step), as in :mod:`genstudio.training.loop`.
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
from genstudio.progress import Progress, Report, Stop, silent
from genstudio.training.schedules import learning_rate
from genstudio.training.state import load_state, read_state, save_state

__all__ = ["PRIOR", "STATE", "fit_prior", "half_fitted"]

PRIOR = OptimizerOptions(
    batch_size=64, steps=3000, learning_rate=2e-3, warmup=100, final=0.02, weight_decay=0.01, evaluate_every=500, evaluate_on=1000
)
"""How it is fitted where nothing else is said."""
STATE = "prior"
"""The folder within the model's that holds the state of a fitting."""
_AT_ONCE = 6000  # tokens of a batch that is encoded
_A_TIME = 512  # pieces that are encoded between two looks at the clock
_ENCODING = 0.25  # share of the minutes that the encoding of the pieces may take


def half_fitted(folder: Path) -> bool:
    """Whether there is a state of a prior to go on with, of the weights that the model of ``folder`` has now."""
    try:
        return read_state(folder / STATE).get("weights") == _weights(folder)
    except FileError:
        return False


def _weights(folder: Path) -> str:
    """SHA-256 (hex) of the model's weights, which decide its codes."""
    with opened(folder / "model.safetensors") as file:
        found = hashlib.sha256()
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


@dataclasses.dataclass(frozen=True)
class _Codes:
    """Posteriors of pieces: means, log variances (half precision) [pieces, dims] and used blocks [pieces, blocks]."""

    means: Tensor
    logvars: Tensor
    used: Tensor

    def drawn(self, rows: NDArray[np.int64], noise: Tensor) -> tuple[Tensor, Tensor]:
        """A sample of z for each of ``rows``, and its used blocks."""
        index = torch.from_numpy(rows)
        return self.means[index].float() + torch.exp(0.5 * self.logvars[index].float()) * noise, self.used[index]


def fit_prior(
    folder: Path,
    train: Sequence[NDArray[Any]],
    valid: Sequence[NDArray[Any]],
    *,
    options: PriorOptions | None = None,
    optimizer: OptimizerOptions = PRIOR,
    max_steps: int | None = None,
    max_minutes: float | None = None,
    limit: int | None = None,
    resume: bool = False,
    further: bool = False,
    only_better: bool = False,
    locked: bool = False,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Fit a prior to the codes of ``train`` (token ids) and keep it in the model of ``folder``, whose other weights stay.

    A stop request is answered after the current step: the state is saved beside the model, which stays as it was, and ``resume``
    goes on from there. The KL against the prior is measured on ``valid``; of ``train`` at most ``limit`` are used, drawn with
    ``seed``; where ``max_minutes`` are too few to encode all of them, as many as a quarter of that time allows.

    Args:
        max_steps: so many steps instead of ``optimizer``'s, also of a fitting that is resumed, which is otherwise as it was begun.
        further: go on from the prior that the model has, with a new schedule, and not from a fresh one; its options are that one's.
            The manifest tells of all fittings, the former ones in ``before``.
        only_better: a prior under which the codes of ``valid`` cost more than under N(0, I) is not kept (``kept`` in the result is
            False): there was too little time, or too few pieces, for it to be of use.
        locked: the caller holds the folder's training lock.

    Raises:
        ModelError: the folder holds no model; a language model, which has no codes; ``resume`` without a state that fits, or no
            ``resume`` and there is one; ``further`` without a prior; or another process works on it.
        ConfigError: an option is out of range, the loss became infinite, or there was no time for a single step.
    """
    model, tokenizer, manifest = load_model(folder)
    if model.spec.bottleneck != "vae":
        raise ModelError("{folder} is no VAE: it has no posteriors to fit a prior to.", folder=folder)
    began = time.monotonic()
    state = folder / STATE
    if resume and not (state / "state.json").is_file():
        raise ModelError("there is no fitting of a prior in {folder} to go on with; begin one.", folder=folder)
    if not resume and (state / "state.json").is_file():
        raise ModelError(
            "{folder} holds a prior that is half fitted; remove {state} to begin again.",
            remedy="resume",
            folder=folder,
            state=state,
        )
    halt = stop or Stop()
    chosen = options or PriorOptions()
    if resume:
        kept = read_state(state)
        chosen = build_options(PriorOptions, kept.get("options", {}), "prior.")
        seed, limit = kept.get("seed", seed), kept.get("limit")
        optimizer = build_options(OptimizerOptions, kept.get("optimizer", {}), "optimizer.")
        further = kept.get("further", further)
        if kept.get("weights", "") not in ("", _weights(folder)):
            raise ModelError(
                "the model {folder} has changed since its prior was begun; remove {state} and begin again.",
                folder=folder,
                state=state,
            )
    if further:
        if model.spec.prior is None:
            raise ModelError("{folder} has no prior to go on from; fit one first.", folder=folder)
        chosen = build_options(PriorOptions, model.spec.prior, "prior.")
    if max_steps is not None:
        optimizer = dataclasses.replace(optimizer, steps=max_steps)
    torch.manual_seed(seed)
    prior = model.fresh_prior(chosen)
    if further:
        prior.load_state_dict(model.prior.float().state_dict())
    with contextlib.nullcontext(True) if locked else holding(training_lock(folder)) as free:
        if not free:
            raise ModelError("another training writes into {folder}; wait until it has ended.", folder=folder)
        if limit is not None and limit < len(train):
            train = [train[row] for row in np.sort(np.random.default_rng(seed).permutation(len(train))[:limit])]
        about = {
            "options": dataclasses.asdict(chosen), "optimizer": dataclasses.asdict(optimizer), "seed": seed, "limit": limit,
            "weights": _weights(folder), "further": further,
        }  # fmt: skip
        rows = np.random.default_rng(seed).permutation(len(valid))[: optimizer.evaluate_on]
        held_out = [valid[row] for row in rows]
        if max_minutes is None:
            held, seen = (_encode(model, part, report, halt) for part in (held_out, train))
        else:
            train = [train[row] for row in np.random.default_rng(seed).permutation(len(train))]
            ends = [began + 60 * max_minutes * share for share in (0.2 * _ENCODING, _ENCODING)]
            held, seen = (_encode(model, part, report, halt, end) for part, end in zip((held_out, train), ends, strict=True))
        pieces = len(seen.means)
        found = _fit(prior, seen, held, optimizer, max_minutes, began, state, resume, seed, about, report, halt)
        if not found["step"] and not only_better:
            raise ConfigError(
                "{minutes:g} minutes were too few to fit a prior: all of them went into encoding {pieces} pieces. The model "
                "stays as it was; give more minutes, or fewer pieces.",
                minutes=max_minutes,
                pieces=pieces,
            )
        worse = not found["step"] or (found["kl"] is not None and found["kl"] >= found["kl_standard"])
        found = {"pieces": pieces, **found, "kept": not (only_better and worse)}
        found["parameters"] = sum(parameter.numel() for parameter in prior.parameters())
        if limit is not None:
            found["limit"] = limit
        if further and (former := manifest.get("prior")):
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
def _encode(model: SequenceVAE, sequences: Sequence[NDArray[Any]], report: Report, stop: Stop, end: float | None = None) -> _Codes:
    """The posteriors of ``sequences``; where there is an ``end`` (of the monotonic clock) of as many of the first as are encoded by
    then, some in any case."""
    count, dims = len(sequences), model.prior_dims
    block = model.core.summary_dims or model.blocks[1]
    shape = (count, dims)
    codes = _Codes(
        torch.zeros(shape, dtype=torch.float16),
        torch.zeros(shape, dtype=torch.float16),
        torch.ones(count, dims // block, dtype=torch.bool),
    )
    done = 0
    while done < count:
        part = range(done, count if end is None else min(count, done + _A_TIME))
        order = np.asarray(sorted(part, key=lambda row: len(sequences[row])), dtype=np.int64)
        start = 0
        while start < len(order):
            stop.check()
            report(Progress("encoding", done + start, count, Message("pieces")))
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


def _fit(
    prior: LatentPrior | SummaryFlow,
    train: _Codes,
    valid: _Codes,
    options: OptimizerOptions,
    max_minutes: float | None,
    began: float,
    state: Path,
    resume: bool,
    seed: int,
    about: dict[str, Any],
    report: Report,
    stop: Stop,
) -> dict[str, Any]:
    matrices = [parameter for parameter in prior.parameters() if parameter.dim() >= 2]
    vectors = [parameter for parameter in prior.parameters() if parameter.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": options.weight_decay}, {"params": vectors, "weight_decay": 0.0}],
        lr=options.learning_rate,
        betas=(0.9, options.beta2),
    )
    step, before = 0, 0.0
    if resume:
        counters = load_state(state, prior, optimizer)
        step, before = counters["step"], counters.get("seconds", 0.0)
    used = valid.used.repeat_interleave(prior.block_dims, 1)
    means, logvars = valid.means.float(), valid.logvars.float()
    standard = float((0.5 * (means.square() + logvars.exp() - 1.0 - logvars) * used).sum(1).mean()) if len(means) else 0.0
    found: dict[str, Any] = {}

    def seconds() -> float:
        return before + time.monotonic() - began

    def kept() -> None:
        state.mkdir(exist_ok=True)
        save_state(state, prior, optimizer, {"step": step, "seconds": seconds(), **about})

    def measured() -> dict[str, Any]:
        noise = torch.randn(means.shape, generator=torch.Generator().manual_seed(seed))
        cost = float(prior_cost(prior, means, logvars, used, noise).mean()) if len(means) else None
        return {"step": step, "kl": cost, "kl_standard": standard, "seconds": round(seconds(), 1), "seed": seed}

    saved = time.monotonic()
    while True:
        share = max(step / options.steps, seconds() / (60 * max_minutes) if max_minutes is not None else 0.0)
        if share >= 1.0:
            break
        if stop.requested:
            kept()
            stop.check()
        draw = np.random.default_rng([seed, step])
        rows = draw.integers(0, len(train.means), options.batch_size)
        generator = torch.Generator().manual_seed(int(draw.integers(2**62)))
        torch.manual_seed(int(draw.integers(2**62)))  # what dropout draws
        noise = torch.randn(len(rows), train.means.shape[1], generator=generator)
        z, there = train.drawn(rows, noise)
        prior.train()
        loss = prior.loss(z, there, generator)
        rate = learning_rate(options, step, share)
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(prior.parameters(), options.clip or math.inf)
        optimizer.step()
        value = float(loss.detach())
        if not math.isfinite(value):
            raise ConfigError(
                "fitting the prior diverged at step {step}; the model stays as it was. Lower its learning rate.", step=step
            )
        step += 1
        report(
            Progress(
                "prior",
                step,
                options.steps,
                Message("loss {value:.3f}", value=value),
                {"event": "prior_step", "step": step, "loss": value},
            )
        )
        if step % options.evaluate_every == 0:
            found = measured()
            kept()
            saved = time.monotonic()
            if len(means):
                said = f"held-out: KL {found['kl']:.2f} against the learned prior, {standard:.2f} against N(0, I)"
                report(Progress("prior", step, options.steps, said, {"event": "prior_evaluation", **found}))
        elif time.monotonic() - saved > 120:
            kept()
            saved = time.monotonic()
    return measured()
