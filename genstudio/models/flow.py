"""A learned prior over the summaries of a trained model, and the coordinates in which it is N(0, I).

The summaries of real pieces are not distributed as N(0, I): some rhythms occur in some metres only. So a flow is fitted, after the
weights are trained, to samples of the posteriors of the summaries by conditional flow matching (Lipman et al. 2023; the straight
paths are those of rectified flow, Liu et al. 2023). A network v is trained to predict the velocity that moves noise u to a summary
s,

    L = E ||v(x_t, t) - (s - u)||^2,   x_t = (1 - t) u + t s,   u ~ N(0, I), t uniform,

and the solution of dx/dt = v(x, t) from t = 0 to 1 carries N(0, I) to the distribution of the summaries. The equation can also be
solved backwards, so every summary s has coordinates u in a space where the distribution is N(0, I). An arc between two pieces stays
there in regions where pieces lie, and all rotations of summaries are made there (see :class:`genstudio.models.layout.Layout`).

Conventions: summaries s and their coordinates u are float [batch, dims]; log densities are in nats.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genstudio.config import PriorOptions

__all__ = ["SummaryFlow"]

_STEPS = 8  # of the solver from t = 0 to 1: its error is then a twentieth of the standard deviation of the posteriors
_FREQUENCIES = 32  # of the embedding of t
_PROBES = 4  # random directions in the estimate of the trace
_CACHED = 64  # summaries whose coordinates are kept
_LOG_2PI = math.log(2 * math.pi)


class _Residual(nn.Module):
    """A residual feed-forward layer conditioned on the time t."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.time = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.down.weight)

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        result: Tensor = x + self.dropout(self.down(F.silu(self.up(self.norm(x)) + self.time(time))))
        return result


class SummaryFlow(nn.Module):
    """The flow between N(0, I) and the summaries, see the description of the module.

    Args:
        options: options of the prior, of which width, layers and dropout are used.
        dims: size of a summary.
    """

    frequencies: Tensor

    def __init__(self, options: PriorOptions, dims: int) -> None:
        super().__init__()
        self.block_dims = dims  # the whole summary is one block
        width = options.width
        self.begin = nn.Linear(dims, width)
        self.time = nn.Linear(2 * _FREQUENCIES, width)
        self.layers = nn.ModuleList(_Residual(width, options.dropout) for _ in range(options.layers))
        self.norm = nn.LayerNorm(width)
        self.end = nn.Linear(width, dims)
        nn.init.zeros_(self.end.weight)
        # On the processor also where a model is laid out without memory: there torch would import its compiler for this.
        frequencies = 2.0 * torch.exp(torch.linspace(0.0, math.log(100.0), _FREQUENCIES, device="cpu"))
        self.register_buffer("frequencies", frequencies, persistent=False)
        self._cache: dict[bytes, Tensor] = {}

    def velocity(self, x: Tensor, t: Tensor) -> Tensor:
        """v(x, t) [batch, dims] at ``x`` [batch, dims] and times ``t`` [batch] or [1]."""
        angles = t[:, None] * self.frequencies
        time = F.silu(self.time(torch.cat([angles.sin(), angles.cos()], 1)))
        hidden = self.begin(x)
        for layer in self.layers:
            hidden = layer(hidden, time)
        result: Tensor = self.end(self.norm(hidden))
        return result

    def loss(self, summaries: Tensor, used: Tensor, generator: torch.Generator) -> Tensor:
        """The flow-matching loss of ``summaries`` [batch, dims], a mean over batch and dimensions.

        Args:
            summaries: samples of the posteriors.
            used: ignored; it is there for the interface of :class:`genstudio.models.prior.LatentPrior`.
            generator: random generator of the noise and the times.
        """
        noise = torch.randn(summaries.shape, generator=generator)
        t = torch.rand(len(summaries), generator=generator)
        predicted = self.velocity(torch.lerp(noise, summaries, t[:, None]), t)
        return F.mse_loss(predicted, summaries - noise)

    def summaries(self, u: Tensor) -> Tensor:
        """Summaries [batch, dims] of the coordinates ``u`` [batch, dims] in N(0, I)."""
        return self._solve(u, 0.0, 1.0)

    def standard(self, summaries: Tensor) -> Tensor:
        """Coordinates [batch, dims] of ``summaries`` in N(0, I): the inverse of :meth:`summaries`, up to the solver's error."""
        return self._solve(summaries, 1.0, 0.0)

    def places(self, summaries: Tensor) -> Tensor:
        """:meth:`standard` of each summary by itself, cached, since each step of a path needs those of its two endpoints."""
        found = []
        for one in summaries:
            key = one.numpy().tobytes()
            place = self._cache.get(key)
            if place is None:
                place = self.standard(one[None])[0]
                if len(self._cache) >= _CACHED:
                    self._cache.clear()
                self._cache[key] = place
            found.append(place)
        return torch.stack(found)

    @torch.no_grad()
    def _solve(self, x: Tensor, begin: float, end: float) -> Tensor:
        """Solve dx/dt = v(x, t) from ``x`` at time ``begin`` to time ``end`` by Heun's method."""
        self.eval()
        for times in torch.linspace(begin, end, _STEPS + 1, device=x.device).unfold(0, 2, 1):
            x = self._step(x, times, (end - begin) / _STEPS)
        return x

    def _step(self, x: Tensor, times: Tensor, step: float) -> Tensor:
        """One step of Heun's method from the first of two ``times`` to the second, ``step`` later."""
        first = self.velocity(x, times[:1])
        second = self.velocity(x + step * first, times[1:])
        return x + 0.5 * step * (first + second)

    @torch.no_grad()
    def sample(self, n: int, generator: torch.Generator, spread: float = 1.0) -> Tensor:
        """Draw summaries [n, dims].

        Args:
            n: how many.
            generator: random generator of the noise.
            spread: standard deviation of the noise; below 1 the summaries are more typical than those of the data.
        """
        return self.summaries(spread * torch.randn(n, self.block_dims, generator=generator))

    def log_prob(self, summaries: Tensor, used: Tensor | None = None) -> Tensor:
        """Log density of ``summaries`` [batch, dims] in nats, [batch].

        By the instantaneous change of variables (Chen et al. 2018), log p(s) = log N(u; 0, I) - integral of the trace of dv/dx over
        t. The trace is estimated with the same few random directions for all summaries (Hutchinson's estimator, as in Grathwohl et
        al. 2019), so the result is deterministic. ``used`` is ignored, as in :meth:`loss`.
        """
        self.eval()
        with torch.inference_mode(False), torch.no_grad():
            x = summaries.clone()
            signs = torch.randint(0, 2, (_PROBES, x.shape[1]), generator=torch.Generator().manual_seed(0)) * 2.0 - 1.0
            directions = signs.repeat_interleave(len(x), 0)  # one call for all of them, the batch once for each
            traces = torch.zeros(len(x))
            for times in torch.linspace(1.0, 0.0, _STEPS + 1).unfold(0, 2, 1):
                following = self._step(x, times, -1.0 / _STEPS)
                middle, time = 0.5 * (x + following), times.mean()[None]
                changes = self._derivative(middle.repeat(_PROBES, 1), time, directions) * directions
                traces += changes.sum(1).view(_PROBES, len(x)).sum(0) / (_PROBES * _STEPS)
                x = following
            return -0.5 * (x.square() + _LOG_2PI).sum(1) - traces

    def _derivative(self, x: Tensor, t: Tensor, directions: Tensor) -> Tensor:
        """Directional derivatives of v at ``x`` [batch, dims] along ``directions`` [batch, dims]."""
        _, change, *_ = torch.func.jvp(lambda place: self.velocity(place, t), (x,), (directions,))
        result: Tensor = change
        return result
