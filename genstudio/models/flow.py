"""A learned prior over the summaries of a trained model, and the coordinates in which it is N(0, I).

The summaries of real pieces do not fill N(0, I): a metre goes with some rhythms and not with others. So when the weights are fixed
a flow is fitted to samples of the summaries' posteriors by conditional flow matching (Lipman et al. 2023; the straight paths are
those of rectified flow, Liu et al. 2023): a network v is trained to give the direction in which noise u is to move to become a
summary s,

    L = E ||v(x_t, t) - (s - u)||^2,   x_t = (1 - t) u + t s,   u ~ N(0, I), t uniform,

and the solution of dx/dt = v(x, t) from t = 0 to 1 carries N(0, I) to the distribution of the summaries. It can be followed
backwards. So every summary has a place u in a space that is N(0, I), where an arc between two pieces passes through no place that
a piece does not have: what turns a summary turns it there (see :class:`genstudio.models.layout.Layout`).

Conventions: s and u are float [batch, dims]; densities are in nats.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genstudio.config import PriorOptions

__all__ = ["SummaryFlow"]

_STEPS = 8  # of the solver, on the whole way: its error is then a twentieth of the deviation of posteriors
_FREQUENCIES = 32  # of the embedding of t
_PROBES = 4  # of the trace's estimate
_REMEMBERED = 64  # places
_LOG_2PI = math.log(2 * math.pi)


class _Residual(nn.Module):
    """A feed-forward layer that is told the time."""

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
    """See the module's text.

    Args:
        options: its width, layers and dropout are used. dims: size of a summary.
    """

    frequencies: Tensor

    def __init__(self, options: PriorOptions, dims: int) -> None:
        super().__init__()
        self.block_dims = dims  # a summary is one block
        width = options.width
        self.begin = nn.Linear(dims, width)
        self.time = nn.Linear(2 * _FREQUENCIES, width)
        self.layers = nn.ModuleList(_Residual(width, options.dropout) for _ in range(options.layers))
        self.norm = nn.LayerNorm(width)
        self.end = nn.Linear(width, dims)
        nn.init.zeros_(self.end.weight)
        frequencies = 2.0 * torch.exp(torch.linspace(0.0, math.log(100.0), _FREQUENCIES))
        self.register_buffer("frequencies", frequencies, persistent=False)
        self._remembered: dict[bytes, Tensor] = {}

    def velocity(self, x: Tensor, t: Tensor) -> Tensor:
        """v(x, t) of ``x`` [batch, dims] at times ``t`` [batch] or [1]."""
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
            used: of no concern here, see :meth:`log_prob`. generator: draws the noise and the times.
        """
        noise = torch.randn(summaries.shape, generator=generator)
        t = torch.rand(len(summaries), generator=generator)
        found = self.velocity(torch.lerp(noise, summaries, t[:, None]), t)
        return F.mse_loss(found, summaries - noise)

    def summaries(self, u: Tensor) -> Tensor:
        """Summaries [batch, dims] at the places ``u`` [batch, dims] of N(0, I)."""
        return self._followed(u, 0.0, 1.0)

    def standard(self, summaries: Tensor) -> Tensor:
        """The places in N(0, I) of ``summaries`` [batch, dims]: the inverse of :meth:`summaries` but for the solver's error."""
        return self._followed(summaries, 1.0, 0.0)

    def places(self, summaries: Tensor) -> Tensor:
        """:meth:`standard` of each of ``summaries`` by itself, remembered: on a way its ends are asked for at every point."""
        found = []
        for one in summaries:
            key = one.numpy().tobytes()
            place = self._remembered.get(key)
            if place is None:
                place = self.standard(one[None])[0]
                if len(self._remembered) >= _REMEMBERED:
                    self._remembered.clear()
                self._remembered[key] = place
            found.append(place)
        return torch.stack(found)

    @torch.no_grad()
    def _followed(self, x: Tensor, begin: float, end: float) -> Tensor:
        """The solution at ``end`` of what is ``x`` at ``begin``, by Heun's method."""
        self.eval()
        for times in torch.linspace(begin, end, _STEPS + 1, device=x.device).unfold(0, 2, 1):
            x = self._step(x, times, (end - begin) / _STEPS)
        return x

    def _step(self, x: Tensor, times: Tensor, step: float) -> Tensor:
        """A step of Heun's method from one of two ``times`` to the other, which are ``step`` apart."""
        first = self.velocity(x, times[:1])
        second = self.velocity(x + step * first, times[1:])
        return x + 0.5 * step * (first + second)

    @torch.no_grad()
    def sample(self, n: int, generator: torch.Generator, spread: float = 1.0) -> Tensor:
        """``n`` summaries [n, dims]; ``spread`` is the deviation of the noise that they are made of: below 1 they are more typical
        than those of the data."""
        return self.summaries(spread * torch.randn(n, self.block_dims, generator=generator))

    def log_prob(self, summaries: Tensor, used: Tensor | None = None) -> Tensor:
        """The log density of ``summaries`` [batch, dims]: [batch]; all of a summary is used, whatever ``used`` says.

        By the change of variables along the way (Chen et al. 2018), log p(s) = log N(u; 0, I) - integral of the trace of dv/dx; the
        trace is estimated with the same few random directions for all (Hutchinson's estimator, as in Grathwohl et al. 2019).
        """
        self.eval()
        with torch.inference_mode(False), torch.no_grad():
            x = summaries.clone()
            signs = torch.randint(0, 2, (_PROBES, x.shape[1]), generator=torch.Generator().manual_seed(0)) * 2.0 - 1.0
            traces = torch.zeros(len(x))
            for times in torch.linspace(1.0, 0.0, _STEPS + 1).unfold(0, 2, 1):
                following = self._step(x, times, -1.0 / _STEPS)
                middle, time = 0.5 * (x + following), times.mean()[None]
                traces += sum((self._along(middle, time, sign) * sign).sum(1) for sign in signs) / (_PROBES * _STEPS)
                x = following
            return -0.5 * (x.square() + _LOG_2PI).sum(1) - traces

    def _along(self, x: Tensor, t: Tensor, direction: Tensor) -> Tensor:
        """How v changes at ``x`` [batch, dims] along ``direction`` [dims]."""
        _, change, *_ = torch.func.jvp(lambda place: self.velocity(place, t), (x,), (direction.expand_as(x).contiguous(),))
        result: Tensor = change
        return result
