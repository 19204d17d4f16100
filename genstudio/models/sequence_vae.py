"""SequenceVAE: encodes sequences of tokens as Gaussian latent codes and decodes them, with any core (architecture).

Conventions: token ids are int64 [batch, time], padded on the right with 0, without BOS and EOS; z is float [batch, dims]; losses
are in nats per sequence.
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
_CONSTANT = 1e4  # standard deviation assigned to a constant feature, so that it does not count in the loss


@dataclass(frozen=True)
class ModelSpec:
    """All that is needed to build a model: the core, its options, and the layout of the sequences.

    Attributes:
        core: name of the core, see :mod:`genstudio.models.cores`.
        core_options: its options.
        vocab_size, separator, phases, advance: see :class:`genstudio.tokens.Layout`; ``advance`` has one entry for each token id.
        segments: the largest number of segments of a sequence.
        longest: length in tokens of the longest training sequence.
        bottleneck: one of :data:`genstudio.config.BOTTLENECKS`.
        batch_norm: scale of the normalised posterior mean, see :mod:`genstudio.models.mean_norm`; 0: it is not normalised.
        prior: options of a learned prior, see :mod:`genstudio.models.prior`; None: the prior is N(0, I).
        features: how many features of a piece (see :attr:`genstudio.domains.Domain.features`) are predicted from its summary; 0
            where there is no summary or the domain has no features.
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
    """Result of a forward pass.

    Attributes:
        nll: reconstruction NLL -log p(x|z) in nats, [batch].
        weighted: the NLL with the head and the end of the sequence weighted by ``emphasis``, which training minimises, [batch].
        kl: KL in nats, [batch, dims]. None for an autoencoder, whose code is a point: neither the KL nor a bound on the likelihood
            is defined. Zero for a language model, for which the NLL is -log p(x).
        correct: how many next tokens were predicted correctly, [batch].
        tokens: how many there are, with the EOS, [batch].
        posterior: q(z|x).
        features: features of the piece predicted from the summary, in standard deviations from the mean, [batch, features]; None
            for a model without features.
    """

    nll: Tensor
    weighted: Tensor
    kl: Tensor | None
    correct: Tensor
    tokens: Tensor
    posterior: Posterior
    features: Tensor | None = None


class Features(nn.Module):
    """Predicts features of a piece from its summary.

    The map is linear, so the features midway between two summaries are midway between theirs.

    Attributes:
        mean, deviation: mean and standard deviation of the features over the training data, [features].
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, summary_dims: int, count: int) -> None:
        super().__init__()
        self.linear = nn.Linear(summary_dims, count)
        self.register_buffer("mean", torch.zeros(count))
        self.register_buffer("deviation", torch.ones(count))

    def fit(self, values: Tensor) -> None:
        """Estimate ``mean`` and ``deviation`` from ``values`` [pieces, features]; constant features will not count in the loss."""
        deviation = values.std(0, unbiased=False)
        self.mean.copy_(values.mean(0))
        self.deviation.copy_(torch.where(deviation > 1e-6, deviation, _CONSTANT))

    def standard(self, values: Tensor) -> Tensor:
        """Standardise features [..., features]."""
        result: Tensor = (values - self.mean) / self.deviation
        return result

    def forward(self, summary: Tensor) -> Tensor:
        """Predict the standardised features [batch, features] from ``summary`` [batch, dims]."""
        result: Tensor = self.linear(summary)
        return result


class SequenceVAE(nn.Module):
    """A variational autoencoder of token sequences (Kingma & Welling 2014; Bowman et al. 2016).

    With the bottleneck ``ae`` it is an autoencoder, without noise and KL; with ``none`` a language model, without an encoder.
    """

    advance: Tensor

    def __init__(self, spec: ModelSpec) -> None:
        """Build the model with random weights, drawn from torch's global random state.

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
                    "a language model (bottleneck none) predicts tokens from those before, which an inputless decoder does not "
                    "read; choose core.inputless or bottleneck=none."
                )
            for name in self.core.encoder_parts:
                delattr(self.core, name)
        self.norm = MeanNorm(self.core.latent_dims, spec.batch_norm) if spec.batch_norm > 0 and spec.bottleneck != "none" else None
        self.ex_post = CodeGaussian(self.core.latent_dims) if spec.bottleneck == "ae" else None
        if spec.prior is not None:
            self.prior = self.fresh_prior(build_options(PriorOptions, spec.prior, "prior."))
        if spec.features:
            if not self.core.summary_dims:
                raise ConfigError("features of a piece are predicted from its summary only; set core.summary_dims above 0.")
            self.features = Features(self.core.summary_dims, spec.features)
        self.register_buffer("advance", torch.tensor(spec.advance, dtype=torch.int64), persistent=False)

    @property
    def latent_dims(self) -> int:
        """Size of z."""
        return self.core.latent_dims

    @property
    def blocks(self) -> tuple[int, int, int]:
        """Number of blocks of z after its summary, dimensions per block, and blocks per segment."""
        count = (self.latent_dims - self.core.summary_dims) // self.core.block_dims
        return count, self.core.block_dims, count // self.spec.segments if count % self.spec.segments == 0 else count

    def fresh_prior(self, options: PriorOptions) -> LatentPrior | SummaryFlow:
        """A new, unfitted prior for the codes of this model: over the summary where there is one, else over all blocks."""
        if self.core.summary_dims:
            return SummaryFlow(options, self.core.summary_dims)
        return LatentPrior(options, *self.blocks)

    @property
    def prior_dims(self) -> int:
        """How many dimensions at the beginning of z a learned prior covers."""
        return self.core.summary_dims or self.latent_dims

    @property
    def layout(self) -> Layout:
        """How z is divided into summary and details, or into blocks where there is no summary."""
        _, block, period = self.blocks
        flow = self.prior if self.spec.prior is not None and isinstance(self.prior, SummaryFlow) else None
        return Layout(self.core.summary_dims, block, self.core.block_places, period, flow)

    def prior_codes(self, n: int, generator: torch.Generator, spread: float = 1.0) -> Tensor:
        """Draw codes [n, dims] to decode samples from.

        They are drawn from the learned prior where there is one, else from N(0, I); for an autoencoder from the Gaussian fitted to
        its codes; for a language model they are zero. In a model with a summary all details are blank.

        Args:
            n: how many.
            generator: random generator.
            spread: factor of the standard deviations.

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
        """Positions of the tokens ``ids`` [batch, time] in their segments."""
        return positions_of(ids, self.advance, self.spec.separator, self.spec.segments, self.spec.phases)

    def posterior(self, ids: Tensor) -> Posterior:
        """q(z|x) of ``ids`` [batch, time]. An empty sequence is read as one EOS.

        The posterior of an autoencoder is a point: the variance is zero, its logarithm -inf. A language model has no encoder: no
        dimension is used, and the mean is zero.
        """
        empty = (ids != PAD).sum(1) == 0
        if ids.shape[1] == 0:
            ids = ids.new_full((len(ids), 1), EOS)
        elif bool(empty.any()):
            ids = ids.clone()
            ids[empty, 0] = EOS
        if self.spec.bottleneck == "none":
            zero = torch.zeros(len(ids), self.latent_dims, device=ids.device)
            return Posterior(zero, zero, torch.zeros_like(zero, dtype=torch.bool))
        posterior = self.core.encode(ids, ids != PAD, self.positions(ids))
        mean = posterior.mean.float() if self.norm is None else self.norm(posterior.mean.float(), posterior.used)
        if self.spec.bottleneck == "ae":
            return Posterior(mean, torch.full_like(mean, -math.inf), posterior.used)
        # Unbounded log variances overflow in the first steps of a high learning rate; no decoder resolves less than e^-9.
        # float32 in mixed precision too: z and the KL need the precision, and stored codes have one type.
        return Posterior(mean, posterior.logvar.float().clamp(-9.0, 5.0), posterior.used)

    def forward(
        self,
        ids: Tensor,
        noise: Tensor | None,
        hidden: Tensor | None = None,
        sources: Tensor | None = None,
        emphasis: float = 1.0,
        blank: Tensor | None = None,
        ended: Tensor | None = None,
    ) -> Output:
        """Encode, sample and score.

        Args:
            ids: the sequences, [batch, time].
            noise: standard normal noise of the sample, [batch, dims]; None: z is the posterior mean. An autoencoder ignores it.
            hidden: bool [batch, time + 1], True where the input of the decoder is hidden (word dropout).
            sources: sequences that the encoder reads in place of ``ids``.
            emphasis: weight in ``weighted`` of the EOS and of the tokens at the head of a sequence, before the first advance (of a
                melody its key and metre, on which all notes depend).
            blank: bool [batch, blocks], True where a detail is blank, for models with a summary. Blank details have no KL, so
                -(nll + kl) is a lower bound of log p(x) for any choice of them.
            ended: bool [batch], True where ``sources`` is only the beginning of the sequence; then the last detail that it uses,
                which says that the sequence ends there, and those after it are blank.
        """
        posterior = self.posterior(ids if sources is None else sources)
        vae = self.spec.bottleneck == "vae"
        z = sample_posterior(posterior, noise) if vae and noise is not None else posterior.mean
        kl = None if self.spec.bottleneck == "ae" else kl_per_dimension(posterior)
        if blank is not None and ended is not None and posterior.used is not None:
            there = posterior.used[:, self.core.summary_dims :: self.core.block_dims].long()
            blank = blank | (ended[:, None] & (there.flip(1).cumsum(1).flip(1) <= 1))
        if blank is not None:
            z = self.layout.blanked(z, blank)
            kl = None if kl is None else kl.masked_fill(z.isnan(), 0.0)
        nll, correct, tokens, weighted = self._scored(ids, z, hidden, emphasis)
        features = self.features(z[:, : self.core.summary_dims]) if self.spec.features else None
        return Output(nll, weighted, kl, correct, tokens, posterior, features)

    def score(self, ids: Tensor, z: Tensor, hidden: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Score sequences given their codes, with teacher forcing.

        Args:
            ids: [batch, time].
            z: [batch, dims].
            hidden: as for :meth:`forward`.

        Returns:
            -log p(x|z) in nats including the EOS, how many of the next tokens were predicted as the most likely ones, and how many
            next tokens there are, each [batch].
        """
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
