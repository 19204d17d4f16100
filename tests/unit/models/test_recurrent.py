"""What sets the cores' variants apart: what each decoder hears."""

from __future__ import annotations

import pytest
import torch

from genstudio.errors import ConfigError
from genstudio.models.sequence_vae import BOS, ModelSpec, SequenceVAE

BAR = 4
SMALL = {"latent_dims": 4, "embedding": 8, "encoder_hidden": 8, "hidden": 8}


def model_of(core: str, **options: object) -> SequenceVAE:
    torch.manual_seed(0)
    advance = tuple(0 if token <= BAR else 1 for token in range(12))
    return SequenceVAE(ModelSpec(core, {**SMALL, **options}, 12, BAR, 4, 8, advance, 20)).eval()


def logits(model: SequenceVAE, ids: list[int]) -> torch.Tensor:
    inputs = torch.tensor([[BOS, *ids]])
    z = torch.ones(1, model.latent_dims)
    return model.core.decode(inputs, z, model.positions(inputs))[0]


FIRST, SECOND = [BAR, 5, 6, BAR, 7, 8], [BAR, 9, 10, BAR, 7, 8]  # the second bars are the same


@pytest.mark.parametrize("core", ["rnn", "gru", "lstm"])
def test_under_a_conductor_every_bar_begins_anew(core):
    """Roberts et al. 2018, section 3.2."""
    flat, hierarchical = model_of(core), model_of(core, conductor=6)
    assert torch.allclose(logits(hierarchical, FIRST)[4:], logits(hierarchical, SECOND)[4:])
    assert not torch.allclose(logits(hierarchical, FIRST)[3], logits(hierarchical, SECOND)[3])
    assert not torch.allclose(logits(flat, FIRST)[4:], logits(flat, SECOND)[4:])
    # The conductor tells bars of the same tokens apart.
    twice = logits(hierarchical, [BAR, 7, 8, BAR, 7, 8])
    assert not torch.allclose(twice[1:4], twice[4:7])


def test_what_is_written_hangs_on_the_conductor_alone():
    model = model_of("lstm", conductor=6)
    before = logits(model, FIRST)
    with torch.no_grad():
        model.core.conductor.weight_ih_l0.zero_()
        model.core.conductor_initial.weight.zero_()
    inputs = torch.tensor([[BOS, *FIRST]]).expand(2, -1)
    z = torch.stack([torch.ones(4), -torch.ones(4)])
    deaf = model.core.decode(inputs, z, model.positions(inputs))
    assert torch.allclose(deaf[0], deaf[1])
    assert not torch.allclose(deaf[0], before)


def test_a_conductor_needs_to_hear_where_bars_begin():
    with pytest.raises(ConfigError, match=r"choose core.inputless or core.conductor"):
        model_of("gru", conductor=6, inputless=True)


@pytest.mark.parametrize("core", ["rnn", "gru", "lstm", "mlp"])
def test_an_inputless_decoder_hears_nothing(core):
    model = model_of(core, inputless=True)
    assert not model.core.feeds_back
    assert torch.allclose(logits(model, FIRST), logits(model, [10, 9, BAR, 5, BAR, 6]))
    assert not torch.allclose(logits(model, FIRST)[1], logits(model, FIRST)[2])  # it knows how far it is


def test_the_feed_forward_decoder_hears_its_window():
    model = model_of("mlp", window=3)
    one, other = logits(model, [5, 6, 7, 8, 9]), logits(model, [10, 6, 7, 8, 9])
    assert not torch.allclose(one[1:4], other[1:4])
    assert torch.equal(one[4:], other[4:])


def test_the_names_of_weights_are_those_of_the_models_that_are_there():
    names = {name.partition(".")[0] for name, _ in model_of("lstm").core.named_parameters()}
    assert names == {"embedding", "encoder", "attention", "mean", "logvar", "initial", "decoder", "project", "output"}
