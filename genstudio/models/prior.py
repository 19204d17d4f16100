"""A learned prior over the latent codes of a trained model: which blocks of z a piece uses, and how their codes follow one another.

The aggregate posterior of a SequenceVAE is not N(0, I): the code of a beat resembles that of the same beat in the bar before, and
the metre determines which beats exist. Beats decoded from a draw of N(0, I) have nothing to do with each other and make no tune. So
a second model is fitted to samples of the posteriors after the weights are trained (the two stages of Dai & Wipf 2019; ex-post
density estimation, Ghosh et al. 2020; an autoregressive prior as in Chen et al. 2017): a causal transformer over the used blocks of
a piece, in their order, which predicts the place of the next block (or the end) and a mixture of diagonal Gaussians for its code:

    log p(z, used) = sum over used blocks j of [log p(place_j | before) + log p(z_j | place_j, before)] + log p(end | all)

With this prior the evidence lower bound is E[log p(x|z)] - E[log q(z|x) - log p(z, used)], estimated with one sample of z per
piece; unused dimensions cost nothing.

Conventions: z is float [batch, dims], dims = blocks * block_dims; used is bool [batch, blocks]; a place is the index of
a block; log densities are in nats.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genstudio.config import PriorOptions
from genstudio.errors import ConfigError
from genstudio.models.flow import SummaryFlow
from genstudio.models.latent import log_normal

__all__ = ["LatentPrior", "check_prior", "prior_cost"]

_LOG_2PI = math.log(2 * math.pi)
_ROWS = 256  # codes that are drawn at once


def check_prior(options: PriorOptions) -> None:
    """Check that a prior can be built with these options.

    Raises:
        ConfigError: the width is not a multiple of the number of heads.
    """
    if options.width % options.heads:
        raise ConfigError(
            "prior.width {width} is not a multiple of prior.heads {heads}; change one of them.",
            width=options.width,
            heads=options.heads,
        )


class LatentPrior(nn.Module):
    """The autoregressive prior over blocks, see the description of the module.

    Args:
        options: its hyperparameters.
        blocks: number of blocks of z.
        block_dims: dimensions of each block.
        period: blocks per segment; the place of a block within its segment has an embedding of its own.

    Raises:
        ConfigError: see :func:`check_prior`.
    """

    def __init__(self, options: PriorOptions, blocks: int, block_dims: int, period: int) -> None:
        super().__init__()
        check_prior(options)
        self.options, self.blocks, self.block_dims, self.period = options, blocks, block_dims, period
        width = options.width
        self.code = nn.Linear(block_dims, width)
        self.place = nn.Embedding(blocks + 1, width)  # the last index stands for the beginning of a sequence
        self.within = nn.Embedding(period + 1, width)
        layer = nn.TransformerEncoderLayer(
            width, options.heads, 4 * width, options.dropout, activation="gelu", batch_first=True, norm_first=True
        )
        self.layers = nn.TransformerEncoder(layer, options.layers, nn.LayerNorm(width), enable_nested_tensor=False)
        self.next = nn.Linear(width, blocks + 1)  # the last index stands for the end
        self.coming = nn.Embedding(blocks, width)
        self.coming_within = nn.Embedding(period, width)
        self.hidden = nn.Linear(2 * width, 2 * width)
        self.mixture = nn.Linear(2 * width, options.mixtures * (1 + 2 * block_dims))
        for embedding in (self.place, self.within, self.coming, self.coming_within):
            nn.init.normal_(embedding.weight, std=0.05)

    def log_prob(self, z: Tensor, used: Tensor) -> Tensor:
        """Log density log p(z, used) of codes and their used blocks, in nats, [batch]."""
        codes, places, filled = self._packed(z, used)
        hidden = self._hidden(codes, places)
        lengths = filled.sum(1)
        # The target after each block is the next place; after the last block it is the end.
        targets = F.pad(places, (0, 1)).scatter(1, lengths[:, None], self.blocks)
        there = F.pad(filled, (1, 0), value=True)
        logits = self._allowed(self.next(hidden), F.pad(places, (1, 0), value=-1))
        targets = targets.masked_fill(~there, -100)
        place = -F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none", ignore_index=-100).view(targets.shape)
        weights, means, logvars = self._mixture(hidden[:, :-1], places)
        density = _density(codes, weights, means, logvars)
        return place.sum(1) + (density * filled).sum(1)

    def loss(self, z: Tensor, used: Tensor, generator: torch.Generator) -> Tensor:
        """The loss of the fitting: -log p(z, used) in nats per used dimension; ``generator`` is not needed here."""
        return -self.log_prob(z, used).mean() / max(1.0, float(used.sum()) / len(used) * self.block_dims)

    def _packed(self, z: Tensor, used: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Move used blocks to the front: codes [batch, most, block_dims], places and which of them are filled, [batch, most]."""
        most = max(1, int(used.sum(1).max()))
        order = torch.argsort((~used).to(torch.int8), dim=1, stable=True)[:, :most]
        filled = used.gather(1, order)
        codes = z.view(len(z), self.blocks, self.block_dims)
        codes = codes.gather(1, order[..., None].expand(-1, -1, self.block_dims)) * filled[..., None]
        return codes, order * filled, filled

    def _hidden(self, codes: Tensor, places: Tensor) -> Tensor:
        """Hidden state before each block and after the last one, [batch, most + 1, width]."""
        x = torch.cat([self._begin(len(codes)), self._embedded(codes, places)], 1)
        mask = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).triu(1)
        hidden: Tensor = self.layers(x, mask=mask)
        return hidden

    def _begin(self, n: int) -> Tensor:
        """The input that stands before the first block, [n, 1, width]."""
        return (self.place.weight[self.blocks] + self.within.weight[self.period]).expand(n, 1, -1)

    def _embedded(self, codes: Tensor, places: Tensor) -> Tensor:
        """The inputs [n, count, width] of blocks with codes [n, count, block_dims] at places [n, count]."""
        result: Tensor = self.code(codes) + self.place(places) + self.within(places % self.period)
        return result

    def _step(self, x: Tensor, memory: list[Tensor]) -> Tensor:
        """One step of :meth:`_hidden` with cached keys and values, without dropout.

        Args:
            x: inputs [n, count, width]: at the first call all from the beginning, afterwards one block at a time.
            memory: keys and values [2, n, heads, blocks, width / heads] of each layer; empty at first, and appended to.

        Returns:
            The hidden state after the last of ``x``, [n, width].
        """
        n, count, width = x.shape
        for index, layer in enumerate(self.layers.layers):
            assert isinstance(layer, nn.TransformerEncoderLayer)
            attention = layer.self_attn
            projected = F.linear(layer.norm1(x), attention.in_proj_weight, attention.in_proj_bias)
            query, *new = projected.view(n, count, 3, attention.num_heads, -1).permute(2, 0, 3, 1, 4)
            if index == len(memory):
                memory.append(torch.stack(new))
            else:
                memory[index] = torch.cat([memory[index], torch.stack(new)], 3)
            keys, values = memory[index]
            attended = F.scaled_dot_product_attention(query, keys, values, is_causal=count > 1)
            x = x + attention.out_proj(attended.transpose(1, 2).reshape(n, count, width))
            x = x + layer.linear2(F.gelu(layer.linear1(layer.norm2(x))))
        assert self.layers.norm is not None
        last: Tensor = self.layers.norm(x[:, -1])
        return last

    def _allowed(self, logits: Tensor, before: Tensor) -> Tensor:
        """Mask the places that are not after ``before``; the end is always allowed."""
        index = torch.arange(self.blocks + 1, device=logits.device)
        return logits.masked_fill((index <= before[..., None]) & (index < self.blocks), -torch.inf)

    def _mixture(self, hidden: Tensor, places: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log weights [..., mixtures], means and log variances [..., mixtures, block_dims] of the code at ``places``."""
        coming = self.coming(places) + self.coming_within(places % self.period)
        values = self.mixture(F.gelu(self.hidden(torch.cat([hidden, coming], -1))))
        k, d = self.options.mixtures, self.block_dims
        weights, means, logvars = values.split([k, k * d, k * d], -1)
        shape = (*values.shape[:-1], k, d)
        return weights.log_softmax(-1), means.view(shape), logvars.view(shape).clamp(-9.0, 4.0)

    @torch.inference_mode()
    def sample(
        self,
        n: int,
        generator: torch.Generator,
        spread: float = 1.0,
        *,
        given: Tensor | None = None,
        used: Tensor | None = None,
        until: int = -1,
    ) -> Tensor:
        """Draw codes [n, dims], zero in unused blocks.

        Args:
            n: how many.
            generator: random generator.
            spread: factor of the standard deviation of each Gaussian; below 1 the codes are more typical than those of the data
                (sampling at reduced temperature, Kingma & Dhariwal 2018).
            given: a code [dims] with whose used blocks all draws begin; the rest is drawn from p(rest | given).
            used: bool [blocks], the used blocks of ``given``.
            until: no sequence ends before this block; -1: the end is drawn like everything else.
        """
        self.eval()
        if n > _ROWS:  # bounds the memory for the keys and values of all blocks
            parts = [min(_ROWS, n - start) for start in range(0, n, _ROWS)]
            return torch.cat([self.sample(part, generator, spread, given=given, used=used, until=until) for part in parts])
        z = torch.zeros(n, self.blocks + 1, self.block_dims)
        last = torch.full((n,), -1)
        coming = self._begin(n)
        if given is not None and used is not None and bool(used.any()):
            kept = used.nonzero().squeeze(1)
            z[:, kept] = given.view(self.blocks, self.block_dims)[kept]
            places = kept.expand(n, -1)
            coming, last = torch.cat([coming, self._embedded(z[:, kept], places)], 1), places[:, -1]
        rows = torch.arange(n)
        memory: list[Tensor] = []
        while True:
            hidden = self._step(coming, memory)
            logits = self._allowed(self.next(hidden), last)
            early = (last < min(until, self.blocks - 1)) & (last < self.blocks)
            logits[:, self.blocks] = logits[:, self.blocks].masked_fill(early, -torch.inf)
            last = torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze(1)
            if bool((last == self.blocks).all()):
                break
            at = last.clamp(max=self.blocks - 1)
            weights, means, logvars = self._mixture(hidden, at)
            chosen = torch.multinomial(weights.exp(), 1, generator=generator).squeeze(1)
            noise = torch.randn(n, self.block_dims, generator=generator)
            code = means[rows, chosen] + spread * torch.exp(0.5 * logvars[rows, chosen]) * noise
            z[rows, last] = code  # sequences that have ended write to the extra place, which is cut off
            coming = self._embedded(code[:, None], at[:, None])
        return z[:, :-1].flatten(1)


@torch.inference_mode()
def prior_cost(prior: LatentPrior | SummaryFlow, mean: Tensor, logvar: Tensor, used: Tensor | None, noise: Tensor) -> Tensor:
    """Estimate KL(q(z|x) || p(z)) of each piece under a learned prior with one sample: log q(z|x) - log p(z, used).

    Args:
        prior: the learned prior.
        mean, logvar: of the posteriors, float [pieces, dims].
        used: used dimensions, bool [pieces, dims]; None: all.
        noise: standard normal noise of the samples, [pieces, dims].

    Returns:
        Nats, [pieces].
    """
    prior.eval()
    used = torch.ones_like(mean, dtype=torch.bool) if used is None else used
    z = mean + torch.exp(0.5 * logvar) * noise
    log_q = (log_normal(z, mean, logvar) * used).sum(1)
    parts = [prior.log_prob(z[at : at + 64], used[at : at + 64, :: prior.block_dims]) for at in range(0, len(z), 64)]
    return log_q - torch.cat(parts) if parts else log_q


def _density(codes: Tensor, weights: Tensor, means: Tensor, logvars: Tensor) -> Tensor:
    """Log density [...] of mixtures at ``codes`` [..., d]; log weights [..., k], means and log variances [..., k, d]."""
    distance = (codes[..., None, :] - means).square() * torch.exp(-logvars)
    each = -0.5 * (distance + logvars + _LOG_2PI).sum(-1)
    return torch.logsumexp(weights + each, -1)
