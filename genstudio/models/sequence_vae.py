"""SequenceVAE: sequences of tokens to a Gaussian latent and back, blind to the core that does it.

Conventions: token ids are int64 [batch, time], padded on the right with 0, without BOS and EOS; z is float [batch, dims]; losses
are in nats a sequence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genstudio.config import BOTTLENECKS, PriorOptions, build_options
from genstudio.errors import ConfigError, did_you_mean
from genstudio.models import cores
from genstudio.models.cores import SequenceShape
from genstudio.models.ex_post import CodeGaussian
from genstudio.models.flow import SummaryFlow
from genstudio.models.latent import Posterior, kl_per_dimension, sample_posterior
from genstudio.models.layout import Layout
from genstudio.models.mean_norm import MeanNorm
from genstudio.models.positions import Positions, positions_of
from genstudio.models.prior import LatentPrior

__all__ = ["BOS", "EOS", "PAD", "UNK", "ModelSpec", "Output", "SequenceVAE"]

PAD, BOS, EOS, UNK = 0, 1, 2, 3
_CONSTANT = 1e4  # the deviation of a feature that never changes: it counts for nothing


@dataclass(frozen=True)
class ModelSpec:
    """All that is needed to build a model: core, its options, and the layout of its sequences (see ``tokens.Layout``).

    ``advance`` has one entry a token id; ``longest`` is the largest number of tokens that the model was trained on.
    ``bottleneck`` is one of :data:`genstudio.config.BOTTLENECKS`. ``batch_norm`` is the scale of the normalised posterior mean, see
    :mod:`genstudio.models.mean_norm`; 0: it is as the core gives it. ``prior`` are the options of a learned prior, see
    :mod:`genstudio.models.prior`; None: the prior is N(0, I). ``features``: how many features of a piece (see
    :attr:`genstudio.domains.Domain.features`) its summary is to tell; 0 where there is no summary or the domain has none.
    """

    core: str
    core_options: dict[str, Any]
    vocab_size: int
    separator: int
    segments: int
    phases: int
    advance: tuple[int, ...]
    longest: int
    bottleneck: str = "vae"
    batch_norm: float = 0.0
    prior: dict[str, Any] | None = None
    features: int = 0


@dataclass(frozen=True)
class Output:
    """What one pass gives: reconstruction NLL [batch], KL [batch, dims], correct next tokens [batch], tokens [batch].

    ``kl`` is None for an autoencoder, whose code is a point: the KL is not defined, and so neither is a bound on the likelihood.
    For a language model it is nought, and the NLL is -log p(x). ``weighted`` [batch] is the NLL with head and end of the sequence
    weighed by ``emphasis``: what training minimises. ``features`` [batch, features] is what the summary tells of the piece,
    in standard deviations from the mean; None where it is not asked to.
    """

    nll: Tensor
    weighted: Tensor
    kl: Tensor | None
    correct: Tensor
    tokens: Tensor
    posterior: Posterior
    features: Tensor | None = None


class Features(nn.Module):
    """The features of a piece from its summary, by a linear map: so what lies half way between two summaries has the features half
    way between theirs. ``mean`` and ``deviation`` are those of the features in the training data."""

    mean: Tensor
    deviation: Tensor

    def __init__(self, summary_dims: int, count: int) -> None:
        super().__init__()
        self.linear = nn.Linear(summary_dims, count)
        self.register_buffer("mean", torch.zeros(count))
        self.register_buffer("deviation", torch.ones(count))

    def fit(self, values: Tensor) -> None:
        """Take mean and deviation from ``values`` [pieces, features]; of a feature that never changes nothing is asked."""
        deviation = values.std(0, unbiased=False)
        self.mean.copy_(values.mean(0))
        self.deviation.copy_(torch.where(deviation > 1e-6, deviation, _CONSTANT))

    def standard(self, values: Tensor) -> Tensor:
        """Features [..., features] in standard deviations from the mean."""
        result: Tensor = (values - self.mean) / self.deviation
        return result

    def forward(self, summary: Tensor) -> Tensor:
        """What is told of ``summary`` [batch, dims], in standard deviations from the mean."""
        result: Tensor = self.linear(summary)
        return result


class SequenceVAE(nn.Module):
    """A variational autoencoder of token sequences (Kingma & Welling 2014; Bowman et al. 2016), or what is left of it without noise
    and KL (``ae``) or without an encoder (``none``)."""

    advance: Tensor

    def __init__(self, spec: ModelSpec) -> None:
        """Build the model with fresh weights from torch's global random state.

        Raises:
            ConfigError: the core or the bottleneck is unknown, or an option is unknown or out of range.
        """
        super().__init__()
        if spec.bottleneck not in BOTTLENECKS:
            raise ConfigError(
                "there is no bottleneck {bottleneck!r}; {hint}",
                bottleneck=spec.bottleneck,
                hint=did_you_mean(str(spec.bottleneck), BOTTLENECKS),
            )
        self.spec = spec
        options = build_options(cores.options_class(spec.core), spec.core_options, "core.")
        shape = SequenceShape(spec.vocab_size, spec.segments, spec.phases, PAD, EOS)
        self.core = cores.core_class(spec.core)(options, shape)
        if spec.bottleneck == "none":
            if not self.core.feeds_back:
                raise ConfigError(
                    "a language model (bottleneck none) writes from what it wrote, which an inputless decoder does not hear; "
                    "choose core.inputless or bottleneck=none."
                )
            for name in self.core.encoder_parts:
                delattr(self.core, name)
        self.norm = MeanNorm(self.core.latent_dims, spec.batch_norm) if spec.batch_norm > 0 and spec.bottleneck != "none" else None
        self.ex_post = CodeGaussian(self.core.latent_dims) if spec.bottleneck == "ae" else None
        if spec.prior is not None:
            self.prior = self.fresh_prior(build_options(PriorOptions, spec.prior, "prior."))
        if spec.features:
            if not self.core.summary_dims:
                raise ConfigError("only a summary tells the features of a piece; set core.summary_dims above 0.")
            self.features = Features(self.core.summary_dims, spec.features)
        self.register_buffer("advance", torch.tensor(spec.advance, dtype=torch.int64), persistent=False)

    @property
    def latent_dims(self) -> int:
        """Size of z."""
        return self.core.latent_dims

    @property
    def blocks(self) -> tuple[int, int, int]:
        """How many blocks z has after its summary, dimensions of each, and how many of them a segment has."""
        count = (self.latent_dims - self.core.summary_dims) // self.core.block_dims
        return count, self.core.block_dims, count // self.spec.segments if count % self.spec.segments == 0 else count

    def fresh_prior(self, options: PriorOptions) -> LatentPrior | SummaryFlow:
        """A prior for the codes of this model, not fitted yet: of the summary where there is one, else of all blocks."""
        if self.core.summary_dims:
            return SummaryFlow(options, self.core.summary_dims)
        return LatentPrior(options, *self.blocks)

    @property
    def prior_dims(self) -> int:
        """How many dimensions at the beginning of z a learned prior is about."""
        return self.core.summary_dims or self.latent_dims

    @property
    def layout(self) -> Layout:
        """How z is divided into summary and details, or into blocks where there is no summary."""
        _, block, period = self.blocks
        flow = self.prior if self.spec.prior is not None and isinstance(self.prior, SummaryFlow) else None
        return Layout(self.core.summary_dims, block, self.core.block_places, period, flow)

    def prior_codes(self, n: int, generator: torch.Generator, spread: float = 1.0) -> Tensor:
        """``n`` codes [n, dims] to decode samples from: of the learned prior where there is one, else of N(0, I); of the Gaussian
        fitted to the codes of an autoencoder; zero for a language model. Where there is a summary, all details are blank.
        ``spread`` is the factor of the standard deviations.

        Raises:
            ModelError: this is an autoencoder that is not trained yet.
        """
        if self.spec.prior is not None:
            sampled = self.prior.sample(n, generator, spread)
            return self.layout.alone(sampled) if self.core.summary_dims else sampled
        drawn = spread * torch.randn(n, self.latent_dims, generator=generator)
        if self.spec.bottleneck == "none":
            return torch.zeros_like(drawn)
        codes = drawn if self.ex_post is None else self.ex_post.codes(drawn)
        return self.layout.blanked(codes, torch.ones(n, self.blocks[0], dtype=torch.bool)) if self.core.summary_dims else codes

    def positions(self, ids: Tensor) -> Positions:
        """Where each token of ``ids`` stands."""
        return positions_of(ids, self.advance, self.spec.separator, self.spec.segments, self.spec.phases)

    def posterior(self, ids: Tensor) -> Posterior:
        """q(z|x) of ``ids``. An empty sequence is read as one EOS.

        An autoencoder's is a point: the variance is nought, its logarithm -inf. A language model reads nothing: no dimension is
        used, and the mean is nought.
        """
        empty = (ids != PAD).sum(1) == 0
        if ids.shape[1] == 0:
            ids = ids.new_full((len(ids), 1), EOS)
        elif bool(empty.any()):
            ids = ids.clone()
            ids[empty, 0] = EOS
        if self.spec.bottleneck == "none":
            nought = torch.zeros(len(ids), self.latent_dims, device=ids.device)
            return Posterior(nought, nought, torch.zeros_like(nought, dtype=torch.bool))
        posterior = self.core.encode(ids, ids != PAD, self.positions(ids))
        mean = posterior.mean.float() if self.norm is None else self.norm(posterior.mean.float(), posterior.used)
        if self.spec.bottleneck == "ae":
            return Posterior(mean, torch.full_like(mean, -math.inf), posterior.used)
        # Unbounded log variances overflow in the first steps of a high learning rate; e^-9 is finer than any decoder uses.
        # In float32 whatever the layers were computed in: z and the KL need the precision, and what stores codes one type.
        return Posterior(mean, posterior.logvar.float().clamp(-9.0, 5.0), posterior.used)

    def forward(
        self,
        ids: Tensor,
        noise: Tensor | None,
        hidden: Tensor | None = None,
        sources: Tensor | None = None,
        emphasis: float = 1.0,
        blank: Tensor | None = None,
    ) -> Output:
        """Encode, sample and score.

        Args:
            ids: [batch, time] the sequences.
            noise: [batch, dims] standard normal noise of the sample; None: z is the posterior mean, as it is of an autoencoder in
                any case.
            hidden: bool [batch, time + 1], True where the decoder's input is hidden (word dropout).
            sources: what the encoder reads, where it is not ``ids``.
            emphasis: weight in ``weighted`` of the tokens that open a sequence (before anything in it has advanced: a melody's
                key and metre, which every later note hangs on) and of its EOS.
            blank: bool [batch, blocks], True where a detail is blank, of a model with a summary. Blank details have no KL, so that
                -(nll + kl) is a lower bound of log p(x) for every choice of them.
        """
        posterior = self.posterior(ids if sources is None else sources)
        vae = self.spec.bottleneck == "vae"
        z = sample_posterior(posterior, noise) if vae and noise is not None else posterior.mean
        kl = None if self.spec.bottleneck == "ae" else kl_per_dimension(posterior)
        if blank is not None:
            z = self.layout.blanked(z, blank)
            kl = None if kl is None else kl.masked_fill(z.isnan(), 0.0)
        nll, correct, tokens, weighted = self._scored(ids, z, hidden, emphasis)
        told = self.features(z[:, : self.core.summary_dims]) if self.spec.features else None
        return Output(nll, weighted, kl, correct, tokens, posterior, told)

    def score(self, ids: Tensor, z: Tensor, hidden: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """-log p(x|z) [batch] in nats with its EOS, and how many of the next tokens were the most likely ones, of how many."""
        nll, correct, tokens, _ = self._scored(ids, z, hidden, 1.0)
        return nll, correct, tokens

    def _scored(self, ids: Tensor, z: Tensor, hidden: Tensor | None, emphasis: float) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        batch, time = ids.shape
        lengths = (ids != PAD).sum(1)
        targets = F.pad(ids, (0, 1)).scatter(1, lengths[:, None], EOS)
        inputs = F.pad(ids, (1, 0), value=BOS)
        positions = self.positions(inputs)
        if hidden is not None:
            shown = inputs.masked_fill(hidden, UNK)
            shown[:, 0] = BOS
            inputs = shown.masked_fill(inputs == PAD, PAD)
        logits = self.core.decode(inputs, z, positions).float()
        nll = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none", ignore_index=PAD)
        with torch.no_grad():
            correct = ((logits.argmax(-1) == targets) & (targets != PAD)).sum(1)
        nll = nll.view(batch, time + 1)
        total = nll.sum(1)
        weighted = total
        if emphasis != 1.0:
            chosen = ((positions.segment == 0) & (positions.phase == 0)) | (targets == EOS)
            weighted = total + (emphasis - 1.0) * (nll * chosen).sum(1)
        return total, correct, lengths + 1, weighted
