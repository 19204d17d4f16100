"""One range for each setting, on the command line and in the library; for the window see tests/gui/create/test_new_tool.py."""

from __future__ import annotations

import argparse

import pytest

from genstudio.cli import commands
from genstudio.config import DecodingOptions, OperationOptions, SamplingOptions, range_of
from genstudio.errors import ConfigError
from genstudio.generation.paths import steps_between
from genstudio.generation.places import corners, neighbours

KEPT = {"steps": OperationOptions, "grid": OperationOptions, "n": OperationOptions, "amount": OperationOptions,
        "temperature": DecodingOptions, "top_p": DecodingOptions, "spread": SamplingOptions}  # fmt: skip
COMMANDS = {
    "interpolate": {"--steps": "steps", "--temperature": "temperature", "--top-p": "top_p"},
    "path": {"--steps": "steps", "--temperature": "temperature"},
    "blend": {"--grid": "grid", "--temperature": "temperature"},
    "sample": {"--number": "n", "--temperature": "temperature", "--top-p": "top_p", "--spread": "spread"},
    "vary": {"--number": "n", "--amount": "amount"},
    "continue": {"--number": "n", "--temperature": "temperature"},
    "reconstruct": {"--temperature": "temperature"},
}
ASKED = [(command, option, name) for command, options in COMMANDS.items() for option, name in options.items()]


@pytest.mark.parametrize(("command", "option", "name"), ASKED)
def test_the_command_line(command, option, name):
    parser = argparse.ArgumentParser()
    commands()[command].add_arguments(parser)
    convert = parser._option_string_actions[option].type
    low, high = range_of(KEPT[name], name)
    assert convert(str(high)) == high
    assert name == "top_p" or convert(str(low)) == low
    for beyond in (low - 1, high + 1, *([0] if name == "top_p" else [])):
        with pytest.raises(argparse.ArgumentTypeError):
            convert(str(beyond))


def test_the_library():
    import torch

    low, high = range_of(OperationOptions, "steps")
    assert len(steps_between(low)) == low
    assert len(steps_between(high)) == high
    for steps in (low - 1, high + 1, "many"):
        with pytest.raises(ConfigError, match="steps is"):
            steps_between(steps)
    low, high = range_of(OperationOptions, "grid")
    assert len(corners(low, high)) == low * high
    for size in (low - 1, high + 1):
        with pytest.raises(ConfigError, match="grid is"):
            corners(3, size)
    for amount in (-0.1, 1.1):
        with pytest.raises(ConfigError, match="amount is"):
            neighbours(torch.ones(4), 2, amount)
