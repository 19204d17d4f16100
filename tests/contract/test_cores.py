"""What every architecture promises. A new file in ``models/cores`` is tested without a new line here.

Each core is built from its own options, made small, for two layouts: sequences in segments (bars) and plain ones (text).
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

from genstudio.config import build_options
from genstudio.corpus import collate
from genstudio.decoding import Request, decode
from genstudio.domains.base import Grammar
from genstudio.errors import ConfigError
from genstudio.generation.continuation import continuation_codes
from genstudio.models import cores
from genstudio.models.attributes import blocks_of
from genstudio.models.checkpoint import load_model, save_model
from genstudio.models.encoding import encode_all
from genstudio.models.positions import advance_positions
from genstudio.models.sequence_vae import BOS, ModelSpec, SequenceVAE
from genstudio.tokens import Tokenizer, TokenizerOptions

LAYOUTS = ("segments", "plain")
SYMBOLS = "".join(chr(0xE000 + number) for number in range(30))
BAR, KEYS, NOTES = SYMBOLS[0], SYMBOLS[1:5], SYMBOLS[5:]
SEGMENTED = Grammar(indivisible=BAR + KEYS, separator=BAR, interchangeable=KEYS, alphabet=SYMBOLS, phases=12)
PLAIN = Grammar(alphabet=SYMBOLS, advance=lambda token: 1, phases=20)

both = pytest.mark.parametrize("layout", LAYOUTS)
BUILDS = {name: (name, {}) for name in cores.names()} | {
    f"{name}-{'-'.join(options)}": (name, options) for name in cores.names() for options in cores.variants(name)
}
"""Every core as it is, and in its variants."""
every = pytest.mark.parametrize("core", BUILDS)
each = pytest.mark.parametrize("core", cores.names())


@cache
def tokenizer_of(layout: str) -> Tokenizer:
    lines = [KEYS[number % 4] + (BAR + NOTES[number % 9 : number % 9 + 6]) * 2 for number in range(30)]
    return Tokenizer.train(lines, SEGMENTED if layout == "segments" else PLAIN, TokenizerOptions(44, model="bpe"), domain="melody")


def small_options(core: str) -> dict[str, Any]:
    """The core's own options at about a quarter of their size, or as they are where that makes no model."""
    fields = [item for item in dataclasses.fields(cores.options_class(core)) if item.metadata]
    options = {
        item.name: max(int(item.metadata["low"]), item.default // 4)
        for item in fields
        if isinstance(item.default, int) and not isinstance(item.default, bool) and item.default > 24
    }
    try:
        with torch.device("meta"):
            SequenceVAE(spec_of(core, "segments", options))
    except ConfigError:
        return {}
    return options


def spec_of(core: str, layout: str, options: dict[str, Any], **changes: Any) -> ModelSpec:
    tokenizer = tokenizer_of(layout)
    laid = tokenizer.layout
    spec = ModelSpec(
        core,
        options,
        tokenizer.vocab_size,
        laid.separator,
        5 if laid.separator >= 0 else 1,
        laid.phases,
        tuple(int(value) for value in laid.advance),
        24,
    )
    return dataclasses.replace(spec, **changes)


def model_of(core: str, layout: str, seed: int = 0, **changes: Any) -> SequenceVAE:
    name, variant = BUILDS[core]
    torch.manual_seed(seed)
    return SequenceVAE(spec_of(name, layout, small_options(name) | variant, **changes)).eval()


def sequences(layout: str, lengths: tuple[int, ...] = (9, 4, 14, 1, 11), seed: int = 0) -> list[np.ndarray]:
    """Random ids with separators among them where the layout has one."""
    draw = np.random.default_rng(seed)
    tokenizer = tokenizer_of(layout)
    made = []
    for length in lengths:
        ids = draw.integers(4, tokenizer.vocab_size, length)
        if tokenizer.layout.separator >= 0:
            ids[1::5] = tokenizer.layout.separator
        made.append(ids)
    return made


def batch(layout: str, **arguments: Any) -> torch.Tensor:
    return torch.from_numpy(collate(sequences(layout, **arguments)))


def near(a: torch.Tensor, b: torch.Tensor, tolerance: float = 2e-5) -> None:
    torch.testing.assert_close(a, b, atol=tolerance, rtol=tolerance)


def test_there_are_cores():
    assert {"gru", "lstm", "mlp", "rnn", "transformer"} <= set(cores.names())
    with pytest.raises(ConfigError, match="did you mean 'lstm'"):
        cores.core_class("lsmt")


@each
def test_options_are_described(core):
    options = cores.options_class(core)
    assert dataclasses.is_dataclass(options)
    for item in dataclasses.fields(options):
        assert item.metadata["label"]
        assert item.metadata["help"].endswith(".")
        assert item.default is not dataclasses.MISSING
    assert build_options(options, {}) == options()
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
        setattr(options(), dataclasses.fields(options)[0].name, 1)
    assert issubclass(cores.core_class(core), cores.Core)


@every
@both
def test_shapes(core, layout):
    model = model_of(core, layout)
    ids = batch(layout)
    rows, time = ids.shape
    posterior = model.posterior(ids)
    assert posterior.mean.shape == posterior.logvar.shape == (rows, model.latent_dims)
    assert posterior.used is None or (posterior.used.shape == posterior.mean.shape and posterior.used.dtype == torch.bool)
    inputs = torch.nn.functional.pad(ids, (1, 0), value=BOS)
    logits = model.core.decode(inputs, posterior.mean, model.positions(inputs))
    assert logits.shape == (rows, time + 1, model.spec.vocab_size)
    output = model(ids, torch.randn(rows, model.latent_dims))
    assert output.nll.shape == output.correct.shape == output.tokens.shape == (rows,)
    assert output.kl.shape == (rows, model.latent_dims)
    assert output.tokens.tolist() == [length + 1 for length in (9, 4, 14, 1, 11)]
    assert torch.isfinite(output.nll).all()
    assert torch.isfinite(output.kl).all()
    assert (output.kl >= -1e-6).all()
    assert (output.nll > 0).all()


@every
@both
def test_dimensions_that_carry_nothing_cost_nothing(core, layout):
    model = model_of(core, layout)
    output = model(batch(layout), None)
    if output.posterior.used is not None:
        assert (output.kl[~output.posterior.used] == 0).all()
        assert (output.posterior.mean[~output.posterior.used] == 0).all()


@every
@both
def test_padding_changes_nothing(core, layout):
    model = model_of(core, layout)
    ids = batch(layout)
    noise = torch.randn(len(ids), model.latent_dims)
    plain, padded = model(ids, noise), model(torch.nn.functional.pad(ids, (0, 7)), noise)
    near(plain.posterior.mean, padded.posterior.mean)
    near(plain.posterior.logvar, padded.posterior.logvar)
    near(plain.nll, padded.nll)
    near(plain.kl, padded.kl)
    assert torch.equal(plain.correct, padded.correct)
    z = plain.posterior.mean
    inputs = torch.nn.functional.pad(ids, (1, 0), value=BOS)
    longer = torch.nn.functional.pad(inputs, (0, 7))
    logits = model.core.decode(inputs, z, model.positions(inputs))
    more = model.core.decode(longer, z, model.positions(longer))
    filled = inputs != 0
    near(logits[filled], more[:, : inputs.shape[1]][filled])


@every
@both
def test_rows_do_not_see_each_other(core, layout):
    model = model_of(core, layout)
    parts = sequences(layout)
    ids = torch.from_numpy(collate(parts))
    noise = torch.randn(len(ids), model.latent_dims)
    whole = model(ids, noise)
    for row, part in enumerate(parts):
        alone = model(torch.from_numpy(part)[None], noise[row : row + 1])
        near(alone.nll[0], whole.nll[row])
        near(alone.posterior.mean[0], whole.posterior.mean[row])
        near(alone.posterior.logvar[0], whole.posterior.logvar[row])
    order = torch.tensor([3, 0, 4, 2, 1])
    near(model(ids[order], noise[order]).nll, whole.nll[order])


@every
@both
def test_the_decoder_does_not_see_what_is_to_come(core, layout):
    model = model_of(core, layout)
    ids = batch(layout, lengths=(12, 12))
    z = torch.randn(2, model.latent_dims)
    changed = ids.clone()
    changed[:, 7:] = batch(layout, lengths=(12, 12), seed=5)[:, 7:]
    assert not torch.equal(ids, changed)
    before, after = (model.core.decode(x, z, model.positions(x)) for x in (ids, changed))
    near(before[:, :7], after[:, :7])
    assert torch.allclose(before[:, 7:], after[:, 7:]) != model.core.feeds_back


@every
@both
def test_the_code_is_heard(core, layout):
    model = model_of(core, layout)
    ids = batch(layout)
    first, second = (model.score(ids, torch.randn(len(ids), model.latent_dims))[0] for _ in range(2))
    assert not torch.allclose(first, second)


def stepped(model: SequenceVAE, inputs: torch.Tensor, z: torch.Tensor, drop_at: int, keep: torch.Tensor) -> list[torch.Tensor]:
    spec = model.spec
    state = model.core.start(z, inputs.shape[1])
    segment = torch.zeros(len(inputs), dtype=torch.int64)
    since = torch.zeros_like(segment)
    logits = []
    for at in range(inputs.shape[1]):
        if at == drop_at:
            state = model.core.select(state, keep)
            inputs, segment, since = inputs[keep], segment[keep], since[keep]
        segment, since = advance_positions(segment, since, inputs[:, at], model.advance, spec.separator, spec.segments)
        logits.append(model.core.step(state, inputs[:, at], segment, since.clamp(max=spec.phases - 1)))
    return logits


@every
@both
def test_step_by_step_equals_teacher_forcing(core, layout):
    model = model_of(core, layout)
    # Longer than the phases and with more bars than the segments, so that clipping is compared too.
    ids = batch(layout, lengths=(30, 30, 30, 30))
    inputs = torch.nn.functional.pad(ids, (1, 0), value=BOS)
    z = torch.randn(4, model.latent_dims)
    keep = torch.tensor([3, 1])
    with torch.inference_mode():
        whole = model.core.decode(inputs, z, model.positions(inputs))
        for at, logits in enumerate(stepped(model, inputs, z, 11, keep)):
            near(logits, whole[:, at] if at < 11 else whole[keep, at], 1e-4)


@every
@both
def test_tokens_fed_at_once_are_as_those_fed_one_by_one(core, layout):
    """The beginnings of rows, some of which are equal, lead to the same logits and the same later steps."""
    model, read, time = model_of(core, layout), 17, 24
    ids = batch(layout, lengths=(30,) * 4)[[0, 1, 1, 2, 3, 1], : time - 1]
    inputs = torch.nn.functional.pad(ids, (1, 0), value=BOS)
    z = torch.randn(4, model.latent_dims)[[0, 1, 1, 2, 3, 3]]
    positions = model.positions(inputs)
    with torch.inference_mode():
        expected = stepped(model, inputs, z, -1, torch.arange(len(z)))[read:]
        state = model.core.start(z, time)
        model.core.feed(state, z, inputs[:, :read], positions.segment[:, :read], positions.phase[:, :read])
        for at, logits in enumerate(expected, read):
            near(model.core.step(state, inputs[:, at], positions.segment[:, at], positions.phase[:, at]), logits, 1e-4)


@every
@both
def test_rows_that_share_a_code_write_as_each_alone(core, layout):
    """Several decodings of one place read its code once; which of them are there, and in what order, changes nothing."""
    model = model_of(core, layout)
    ids = batch(layout, lengths=(30,) * 7)
    inputs = torch.nn.functional.pad(ids, (1, 0), value=BOS)
    z = torch.randn(3, model.latent_dims)
    if model.core.summary_dims:
        z[0, model.core.summary_dims :] = torch.nan
    z = z[[0, 1, 0, 0, 2, 1, 0]]
    keep = torch.tensor([6, 1, 2, 5])
    with torch.inference_mode():
        whole = model.core.decode(inputs, z, model.positions(inputs))
        for at, logits in enumerate(stepped(model, inputs, z, 11, keep)):
            near(logits, whole[:, at] if at < 11 else whole[keep, at], 1e-4)


@every
@both
def test_empty_and_outsized_sequences_are_read(core, layout):
    model = model_of(core, layout)
    parts = [np.zeros(0, np.int64), *sequences(layout, lengths=(60, 3))]
    ids = torch.from_numpy(collate(parts))
    output = model(ids, None)
    assert torch.isfinite(output.nll).all()
    assert torch.isfinite(output.kl).all()
    assert output.tokens[0] == 1
    alone = model(torch.zeros(1, 0, dtype=torch.int64), None)
    near(alone.posterior.mean[0], output.posterior.mean[0])
    near(alone.nll[0], output.nll[0])


@every
@both
def test_every_parameter_learns(core, layout):
    model = model_of(core, layout).train()
    ids = batch(layout)
    output = model(ids, torch.randn(len(ids), model.latent_dims))
    (output.nll.sum() + output.kl.sum()).backward()
    assert [name for name, parameter in model.named_parameters() if parameter.grad is None] == []
    for name, parameter in model.named_parameters():
        assert torch.isfinite(parameter.grad).all(), name


@every
@both
def test_what_belongs_to_the_encoder_is_named(core, layout):
    """What is drawn anew after pre-training, all but these parts, is not heard by the encoder."""
    model, other = model_of(core, layout), model_of(core, layout, seed=1)
    kept = {*model.core.encoder_parts, *model.core.shared_parts}
    ids = batch(layout)
    before = model.posterior(ids)
    z = torch.randn(len(ids), model.latent_dims)
    score, _, _ = model.score(ids, z)
    drawn = dict(other.core.named_parameters())
    with torch.no_grad():
        for name, parameter in model.core.named_parameters():
            if name.partition(".")[0] not in kept:
                parameter.copy_(drawn[name])
    assert torch.equal(model.posterior(ids).mean, before.mean)
    assert torch.equal(model.posterior(ids).logvar, before.logvar)
    assert not torch.allclose(model.score(ids, z)[0], score)


def overfit(model: SequenceVAE, ids: torch.Tensor, steps: int, until: float = 0.0) -> None:
    optimizer = torch.optim.Adam(model.parameters(), lr=4e-3)
    model.train()
    for _ in range(steps):
        output = model(ids, 0.05 * torch.randn(len(ids), model.latent_dims))
        loss = output.nll.mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if float(loss.detach()) < until:
            break
    model.eval()


@every
@both
@pytest.mark.slow
def test_four_sequences_are_learned_by_heart(core, layout):
    model = model_of(core, layout)
    parts = sequences(layout, lengths=(10, 7, 12, 3))
    ids = torch.from_numpy(collate(parts))
    overfit(model, ids, 400, until=0.15)  # 0.6 nats for all four at most: more than half of the probability on every token
    with torch.inference_mode():
        means = model.posterior(ids).mean
    assert decode(model, means) == [part.tolist() for part in parts]


@every
@both
def test_same_seed_same_bytes(core, layout):
    ids = batch(layout)
    found = []
    for _ in range(2):
        model = model_of(core, layout, seed=3)
        torch.manual_seed(4)
        overfit(model, ids, 3)
        found.append({name: value.numpy().tobytes() for name, value in model.state_dict().items()})
    assert found[0] == found[1]
    other = model_of(core, layout, seed=5).state_dict()
    assert any(value.numpy().tobytes() != found[0][name] for name, value in other.items())


@every
@both
def test_saved_and_loaded_gives_the_same(core, layout, tmp_path):
    model = model_of(core, layout)
    about = {"domain": "melody", "phrase": {"length": 2, "stride": 1, "shortest": 1}}
    save_model(tmp_path, model, tokenizer_of(layout), about)
    loaded, tokenizer, _ = load_model(tmp_path)
    assert tokenizer.digest == tokenizer_of(layout).digest
    assert loaded.spec == model.spec
    assert not loaded.training
    ids = batch(layout)
    noise = torch.randn(len(ids), model.latent_dims)
    before, after = model(ids, noise), loaded(ids, noise)
    assert torch.equal(before.nll, after.nll)
    assert torch.equal(before.posterior.mean, after.posterior.mean)
    z = torch.randn(3, model.latent_dims)
    assert decode(model, z) == decode(loaded, z)


@every
@both
def test_without_a_latent_it_is_a_language_model(core, layout):
    if not model_of(core, layout).core.feeds_back:
        with pytest.raises(ConfigError, match=r"core.inputless or bottleneck=none"):
            model_of(core, layout, bottleneck="none")
        return
    model = model_of(core, layout, bottleneck="none")
    ids = batch(layout)
    first, second = (model(ids, torch.randn(len(ids), model.latent_dims)) for _ in range(2))
    assert torch.equal(first.nll, second.nll)
    assert first.kl is not None
    assert (first.kl == 0).all()
    model(ids, None).nll.sum().backward()
    assert [name for name, parameter in model.named_parameters() if parameter.grad is None] == []  # there is no encoder
    whole = model_of(core, layout)
    assert len(list(model.parameters())) < len(list(whole.parameters()))
    names = {name for name, _ in whole.core.named_parameters()} | {name for name, _ in whole.core.named_modules()}
    assert set(whole.core.encoder_parts) <= names


@every
@both
def test_an_autoencoder_has_a_code_without_noise_and_no_kl(core, layout):
    model = model_of(core, layout, bottleneck="ae")
    ids = batch(layout)
    first, second = model(ids, torch.randn(len(ids), model.latent_dims)), model(ids, None)
    assert torch.equal(first.nll, second.nll)
    assert first.kl is None
    assert not torch.equal(first.posterior.mean[0], first.posterior.mean[1])
    assert torch.equal(first.posterior.mean, model_of(core, layout).posterior(ids).mean)


@every
def test_word_dropout_hides_inputs_but_not_positions(core):
    model = model_of(core, "segments")
    ids = batch("segments")
    z = torch.randn(len(ids), model.latent_dims)
    shown, _, _ = model.score(ids, z)
    nothing, _, _ = model.score(ids, z, torch.zeros(len(ids), ids.shape[1] + 1, dtype=torch.bool))
    hidden, _, _ = model.score(ids, z, torch.ones(len(ids), ids.shape[1] + 1, dtype=torch.bool))
    assert torch.equal(shown, nothing)
    assert torch.allclose(shown, hidden) != model.core.feeds_back
    first = torch.zeros(len(ids), ids.shape[1] + 1, dtype=torch.bool)
    first[:, 0] = True
    assert torch.equal(shown, model.score(ids, z, first)[0])  # BOS is never hidden


@every
@both
def test_a_prefix_that_would_be_written_changes_nothing(core, layout):
    model = model_of(core, layout)
    z = torch.randn(4, model.latent_dims, generator=torch.Generator().manual_seed(2))
    free = decode(model, z, Request(longest=30))
    for cut in (0, 1, 7, 29):
        assert decode(model, z, Request(longest=30, prefix=[ids[:cut] for ids in free])) == free
    assert decode(model, z, Request(longest=30, prefix=[[-1, *ids[1:4], -1, *ids[5:9]] for ids in free])) == free
    for temperature in (0.5, 1.0):
        drawn = decode(model, z, Request(longest=30, temperature=temperature, seed=3))
        forced = [ids[:6] for ids in drawn]
        assert decode(model, z, Request(longest=30, temperature=temperature, seed=3, prefix=forced)) == drawn


@every
@both
def test_another_prefix_is_kept_and_heard(core, layout):
    model = model_of(core, layout)
    z = torch.randn(3, model.latent_dims, generator=torch.Generator().manual_seed(2))
    prefix = [ids.tolist() for ids in sequences(layout, lengths=(8, 8, 8), seed=1)]
    found = decode(model, z, Request(longest=40, prefix=prefix))
    assert [ids[:8] for ids in found] == prefix
    inputs = torch.tensor([[BOS, *ids] for ids in prefix])
    with torch.inference_mode():
        following = model.core.decode(inputs, z, model.positions(inputs))[:, -1]
    following = following.clone()
    following[:, [0, 1, 3]] = -torch.inf
    for ids, logits in zip(found, following, strict=True):
        assert (ids[8] if len(ids) > 8 else 2) == int(logits.argmax())


@every
@both
def test_blocks_divide_the_code(core, layout):
    model = model_of(core, layout)
    assert model.core.block_dims >= 1
    details = model.latent_dims - model.core.summary_dims
    assert details % model.core.block_dims == 0
    places = model.core.block_places
    assert places.shape == (details // model.core.block_dims,) == model.blocks[:1]
    assert (places[places >= 0].diff() > 0).all()
    # The blocks of what comes before the first bar are about the whole; those of the bars stand in their order.
    _, used = encode_all(model, [np.array([0])])
    used = used[:, model.core.summary_dims :]
    if layout == "segments" and len(places) > 1:
        assert (places[torch.from_numpy(blocks_of(used, model.core.block_dims)[0])] == -1).all()


@every
@both
def test_codes_of_a_continuation(core, layout):
    model = model_of(core, layout)
    (ids,) = sequences(layout, lengths=(6,))
    codes = continuation_codes(model, ids.tolist(), 5, seed=1)
    assert codes.shape == (5, model.latent_dims)
    summary, filled = model.core.summary_dims, codes.nan_to_num()
    if summary:
        # What is given is kept, and what follows is blank.
        blank = codes[:, summary :: model.core.block_dims].isnan()
        assert torch.equal(blank, blank.sort(dim=1).values)
        assert blank[:, -1].all()
        assert torch.isfinite(codes[:, :summary]).all()
    else:
        assert torch.isfinite(codes).all()
    assert torch.equal(filled, continuation_codes(model, ids.tolist(), 5, seed=1).nan_to_num())
    assert not torch.equal(filled, continuation_codes(model, ids.tolist(), 5, seed=2).nan_to_num())
    assert len({tuple(row.tolist()) for row in filled}) == 5
