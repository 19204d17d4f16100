from __future__ import annotations

import dataclasses
import json

import pytest

from genstudio.config import (
    PRESETS,
    DecodingOptions,
    KLOptions,
    OptimizerOptions,
    SamplingChoice,
    SamplingOptions,
    TrainConfig,
    build_options,
    from_dict,
    get_preset,
    override,
    settings,
    settle,
    to_dict,
)
from genstudio.domains import get_domain
from genstudio.errors import ConfigError
from genstudio.models import cores
from genstudio.tasks.train import train_config

CORES = {name: cores.options_class(name) for name in cores.names()}


def test_values_are_converted():
    options = build_options(KLOptions, {"weight": "0.5", "cycles": "3", "schedule": "sigmoid", "floor": 1})
    assert options == KLOptions(weight=0.5, cycles=3, schedule="sigmoid", floor=1.0)
    assert isinstance(options.floor, float)
    lstm = build_options(CORES["lstm"], {"tie": "no", "z_at_output": True, "hidden": 16.0})
    assert (lstm.tie, lstm.z_at_output, lstm.hidden) == (False, True, 16)
    assert isinstance(lstm.hidden, int)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"wieght": 1}, "there is no setting 'wieght'; did you mean 'weight'"),
        ({"weight": "much"}, "weight is 'much'; expected a number"),
        ({"weight": -1}, "expected a number from 0.0 to 100.0"),
        ({"weight": float("nan")}, "weight is nan"),
        ({"weight": float("inf")}, "weight is inf"),
        ({"weight": None}, "expected a number"),
        ({"weight": True}, "expected a number"),
        ({"weight": [1]}, "expected a number"),
        ({"cycles": 2.5}, "expected a whole number"),
        ({"cycles": "2.5"}, "expected a whole number"),
        ({"cycles": float("inf")}, "expected a whole number"),
        ({"cycles": 0}, "from 1 to 100"),
        ({"cycles": "1e1"}, "expected a whole number"),
        ({"schedule": "liner"}, "did you mean 'linear'"),
        ({"schedule": ["linear"]}, "schedule is"),
    ],
)
def test_wrong_values_are_reported(values, expected):
    with pytest.raises(ConfigError) as error:
        build_options(KLOptions, values)
    assert expected in str(error.value)


def test_words_that_are_no_boolean():
    with pytest.raises(ConfigError, match=r"core\.tie is 'perhaps'; expected true or false"):
        build_options(CORES["lstm"], {"tie": "perhaps"}, "core.")


def test_override():
    start = TrainConfig()
    config = override(start, ["kl.weight=0.25", " optimizer.steps = 12 ", "word_dropout=0.5", "bottleneck=none"], CORES)
    assert config.kl == dataclasses.replace(start.kl, weight=0.25)
    assert config.optimizer == dataclasses.replace(start.optimizer, steps=12)
    assert (config.word_dropout, config.bottleneck) == (0.5, "none")
    assert start == TrainConfig()
    assert override(start, [], CORES) == start


def test_override_of_the_core():
    start = TrainConfig(core="lstm", core_options={"hidden": 64})
    assert override(start, ["core.dropout=0.5"], CORES).core_options == {"hidden": 64, "dropout": 0.5}
    other = override(start, ["core.width=32", "core=transformer"], CORES)
    assert (other.core, other.core_options) == ("transformer", {"width": 32})
    assert override(start, ["core=lstm"], CORES) == start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kl.weight", "expected name=value"),
        ("=3", "expected name=value"),
        ("kl.wieght=3", "did you mean 'weight'"),
        ("optimiser.steps=3", "did you mean 'optimizer.steps'"),
        ("word_droput=0.1", "did you mean 'word_dropout'"),
        ("core=lsmt", "did you mean 'lstm'"),
        ("core.hiden=3", "did you mean 'hidden'"),
        ("core_options=3", "there is no setting 'core_options'"),
        ("kl=3", "there is no setting 'kl'"),
        ("optimizer.batch_size=0", "from 1 to 65536"),
    ],
)
def test_wrong_overrides_are_reported(text, expected):
    with pytest.raises(ConfigError) as error:
        override(TrainConfig(), [text], CORES)
    assert expected in str(error.value)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_fit_their_core_and_domain(name):
    preset = get_preset(name)
    assert preset.name == name
    assert preset.label
    build_options(CORES[preset.config.core], preset.config.core_options, "core.")
    build_options(KLOptions, dataclasses.asdict(preset.config.kl))
    build_options(OptimizerOptions, dataclasses.asdict(preset.config.optimizer))
    grammar = get_domain(preset.domain).grammar
    assert bool(preset.length) == bool(grammar.separator)
    assert preset.stride <= preset.length
    assert preset.vocab_size > len(grammar.alphabet)
    assert preset.tokenizer_model in ("unigram", "bpe")
    assert preset.longest_token >= 1
    assert train_config(name) == preset.config


@pytest.mark.parametrize("name", PRESETS)
def test_round_trip(name):
    config = train_config(name, ["kl.floor=0.125", "optimizer.steps=77"])
    values = to_dict(config)
    assert from_dict(json.loads(json.dumps(values))) == config
    assert to_dict(from_dict(values)) == values


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"cor": "lstm"}, "did you mean 'core'"),
        ({"kl": {"weight": -1}}, "kl.weight is -1"),
        ({"optimizer": {"stepps": 1}}, "did you mean 'steps'"),
        ({"core_options": [1]}, "core_options is not an object"),
        ({"bottleneck": "maybe"}, "bottleneck is 'maybe'"),
    ],
)
def test_damaged_configurations_are_reported(values, expected):
    with pytest.raises(ConfigError) as error:
        from_dict(values)
    assert expected in str(error.value)


def test_unknown_preset():
    with pytest.raises(ConfigError, match="did you mean 'melody-2bar'"):
        get_preset("melody-2bars")


@pytest.mark.parametrize("cls", [KLOptions, OptimizerOptions, TrainConfig, *CORES.values()])
def test_every_setting_is_described_and_its_default_is_in_range(cls):
    described = settings(cls, "x.")
    assert described
    build_options(cls, {item["name"][2:]: item["default"] for item in described})
    for item in described:
        assert item["name"].startswith("x.")
        assert item["label"]
        assert item["help"].endswith(".")
        if not isinstance(item["default"], (bool, str)):
            assert item["low"] <= item["default"] <= item["high"]
        if item["choices"]:
            assert item["default"] in item["choices"]
    json.dumps(described)


def test_decoding_options_are_described():
    fields = dataclasses.fields(DecodingOptions)
    assert all(item.metadata["label"] and item.metadata["help"].endswith(".") for item in fields)
    assert [item["name"] for item in settings(DecodingOptions)] == [item.name for item in fields]


def test_every_option_of_sampling_can_be_chosen():
    chosen, options = ({item.name for item in dataclasses.fields(cls)} for cls in (SamplingChoice, SamplingOptions))
    assert chosen == options
    assert all(item.default is None for item in dataclasses.fields(SamplingChoice))


def test_decoding_options_are_settled():
    assert settle(None, {}) == DecodingOptions()
    assert settle(None, {"seed": 3}, temperature=1.0) == DecodingOptions(temperature=1.0, seed=3)
    given = DecodingOptions(temperature=0.5)
    assert settle(given, {"seed": 3}, temperature=1.0) == DecodingOptions(temperature=0.5, seed=3)
    assert settle(None, {"hold": "key"}).hold == ("key",)
    assert settle(None, {"hold": ["key", "metre", "key"]}).hold == ("key", "metre")
    assert settle(None, {"bars": [9, 16]}).bars == (9, 16)
    with pytest.raises(ConfigError, match="did you mean 'temperature'"):
        settle(None, {"temperatur": 1.0})
    for wrong in ((0, 1), (2, 1), (1,), "ab", "19", 3, (1.5, 2.5), (1, float("inf"))):
        with pytest.raises(ConfigError, match="bars"):
            settle(None, {"bars": wrong})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"temperature": "hot"}, "temperature is 'hot'; expected a number"),
        ({"temperature": 10.5}, "temperature is 10.5; expected a number from 0.0 to 10.0"),
        ({"temperature": float("nan")}, "temperature is nan"),
        ({"top_p": 0}, "top_p is 0; expected a number above 0.0 to 1.0"),
        ({"phrase": -4}, "phrase is -4; expected a whole number from 1"),
        ({"phrase": 1.5}, "expected a whole number"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**63}, "seed is"),
        ({"whole": "perhaps"}, "whole is 'perhaps'; expected true or false"),
        ({"hold": 3}, "hold is 3"),
        ({"hold": [1]}, "hold is"),
        ({"read": "track"}, "read is 'track'"),
        ({"bars": "9"}, "bars is '9'"),
        ({"heat": 1}, "there is no setting 'heat'"),
    ],
)
def test_wrong_changes_of_options_are_reported(changes, expected):
    for options in (None, DecodingOptions()):
        with pytest.raises(ConfigError) as error:
            settle(options, changes)
        assert expected in str(error.value)


def test_options_are_converted_to_their_types():
    found = settle(None, {"temperature": 1, "seed": 7, "phrase": 2, "hold": ["key", "key"], "bars": (2, 3)}, top_p=0.5)
    assert (found.temperature, found.top_p, found.seed, found.phrase, found.hold, found.bars) == (1.0, 0.5, 7, 2, ("key",), (2, 3))
    assert isinstance(found.temperature, float)
