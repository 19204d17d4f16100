"""The learned prior of summaries: a flow between N(0, I) and where summaries are."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from genstudio.config import PriorOptions
from genstudio.generation.paths import slerp
from genstudio.models.flow import SummaryFlow
from genstudio.models.layout import Layout

RADIUS, WIDTH = 2.0, 0.2


def ring(n: int, generator: torch.Generator) -> Tensor:
    """Points about a circle, [n, 2]: where N(0, I) is densest there are none."""
    angle = 2 * math.pi * torch.rand(n, generator=generator)
    radius = RADIUS + WIDTH * torch.randn(n, generator=generator)
    return radius[:, None] * torch.stack([angle.cos(), angle.sin()], 1)


@pytest.fixture(scope="module")
def flow() -> SummaryFlow:
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    made = SummaryFlow(PriorOptions(width=64, layers=2, dropout=0.0), 2)
    optimizer = torch.optim.AdamW(made.parameters(), 4e-3)
    for step in range(700):
        for group in optimizer.param_groups:
            group["lr"] = 4e-3 * (1 - step / 700)
        optimizer.zero_grad()
        made.loss(ring(256, generator), torch.ones(256, 1, dtype=torch.bool), generator).backward()
        optimizer.step()
    return made


def test_samples_lie_where_the_data_do(flow: SummaryFlow) -> None:
    radius = flow.sample(2000, torch.Generator().manual_seed(1)).norm(dim=1)
    assert float(((radius - RADIUS).abs() < 3 * WIDTH).float().mean()) > 0.85
    assert float((torch.randn(2000, 2, generator=torch.Generator().manual_seed(1)).norm(dim=1) - RADIUS).abs().mean()) > 0.6
    again = flow.sample(2000, torch.Generator().manual_seed(1)).norm(dim=1)
    assert torch.equal(radius, again)


def test_data_lie_where_noise_does(flow: SummaryFlow) -> None:
    data = ring(2000, torch.Generator().manual_seed(2))
    places = flow.standard(data)
    assert float(places.mean(0).abs().max()) < 0.15
    assert float((places.std(0) - 1).abs().max()) < 0.15
    assert float((flow.summaries(places) - data).norm(dim=1).quantile(0.95)) < 0.05


@pytest.mark.slow
def test_the_density_is_that_of_the_data(flow: SummaryFlow) -> None:
    """Against the density of the ring: r is normal, and its circle is 2 pi r long."""
    data = ring(1000, torch.Generator().manual_seed(3))
    radius = data.norm(dim=1)
    known = torch.distributions.Normal(RADIUS, WIDTH).log_prob(radius) - torch.log(2 * math.pi * radius)
    with torch.inference_mode():
        found = flow.log_prob(data)
    assert float((found.mean() - known.mean()).abs()) < 0.25
    assert float(torch.corrcoef(torch.stack([found, known]))[0, 1]) > 0.7
    assert float(flow.log_prob(torch.zeros(1, 2))) < float(found.quantile(0.05))


def test_half_way_between_two_summaries_is_a_summary(flow: SummaryFlow) -> None:
    """The middle of two points of the ring that face each other is where no point is; the flow's middle is on the ring."""
    a, b = torch.tensor([[RADIUS, 0.0], [-RADIUS, 0.1]])
    layout = Layout(2, 1, torch.zeros(1, dtype=torch.int64), 1, flow)
    code = torch.cat([torch.stack([a, b]), torch.zeros(2, 1)], 1)
    middle = layout.moved(lambda x, y: slerp(x, y, 0.5), *code)
    assert abs(float(middle.norm()) - RADIUS) < 4 * WIDTH
    plain = Layout(2, 1, torch.zeros(1, dtype=torch.int64), 1)
    assert torch.equal(plain.moved(lambda x, y: slerp(x, y, 0.5), *code), slerp(a, b, 0.5))
    several = layout.moved(lambda x: x.repeat(3, 1), code[0])
    assert several.shape == (3, 2)
    assert float((several - a).abs().max()) < 0.1


def test_what_was_asked_for_is_remembered(flow: SummaryFlow, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ring(3, torch.Generator().manual_seed(4))
    first = flow.places(data)
    asked: list[Tensor] = []
    monkeypatch.setattr(flow, "standard", asked.append)
    assert torch.equal(flow.places(data), first)
    assert not asked
