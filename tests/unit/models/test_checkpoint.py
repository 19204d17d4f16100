"""Foreign and damaged model folders cost a sentence and no more."""

from __future__ import annotations

import json
import pickle
import struct
import sys
import tracemalloc
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from genstudio import paths
from genstudio.errors import ModelError
from genstudio.models import checkpoint
from genstudio.models.checkpoint import load_model, save_model
from genstudio.models.manifest import FORMAT, read_manifest, update_manifest


def edit(folder: Path, *path: str, value: object) -> None:
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    inner = manifest
    for name in path[:-1]:
        inner = inner[name]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    file.write_text(json.dumps(manifest), encoding="utf-8")


def test_a_model_is_loaded_without_the_compiler_of_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # to import it is an error now
    load_model(paths.installed_models()["folk-melody-16bar"])  # its prior is a flow


@pytest.mark.parametrize("core", ["lstm", "transformer"])
def test_round_trip(saved, core, small_tokenizer):
    folder = saved(core)
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "model.safetensors", "tokenizer"]
    model, tokenizer, manifest = load_model(folder)
    assert tokenizer.digest == small_tokenizer.digest
    assert manifest["metrics"]["kl"] == 12.25
    assert manifest["format"] == FORMAT
    again = folder.parent / "again"
    save_model(again, model, tokenizer, {name: manifest[name] for name in ("domain", "phrase")})
    assert (again / "model.safetensors").read_bytes() == (folder / "model.safetensors").read_bytes()


def test_tied_weights_are_stored_once_and_stay_tied(saved):
    folder = saved("lstm")
    stored = load_file(folder / "model.safetensors")
    model, _, _ = load_model(folder)
    assert model.core.output.weight is model.core.embedding.weight
    assert len(stored) == sum(1 for _ in model.parameters())
    assert set(checkpoint.shared_names(model)) | set(stored) == set(model.state_dict())


@pytest.mark.parametrize(("latent", "bottleneck"), [(True, "vae"), (False, "none")])
@pytest.mark.parametrize("core", ["lstm", "transformer"])
def test_models_of_before_are_read(saved, core, latent, bottleneck):
    """They said ``latent``, and language models were kept with the encoder that they did not use."""
    folder = saved(core)
    edit(folder, "model", "bottleneck", value=None)
    edit(folder, "model", "latent", value=latent)
    model, _, _ = load_model(folder)
    assert model.spec.bottleneck == bottleneck
    stored = load_file(folder / "model.safetensors")
    parameters = dict(model.named_parameters())
    assert all(torch.equal(value, stored[name]) for name, value in parameters.items())
    assert (len(parameters) == len(stored)) == latent


def test_an_unknown_bottleneck(saved):
    folder = saved("lstm")
    edit(folder, "model", "bottleneck", value="vqvae")
    with pytest.raises(ModelError, match="no bottleneck 'vqvae'"):
        load_model(folder)


def test_halves_and_bfloats_are_read(saved):
    folder = saved("lstm")
    weights = load_file(folder / "model.safetensors")
    save_file({name: value.bfloat16() for name, value in weights.items()}, folder / "model.safetensors")
    model, _, _ = load_model(folder)
    assert all(parameter.dtype == torch.float32 for parameter in model.parameters())


def test_update(saved):
    folder = saved()
    update_manifest(folder, {"about": "words"})
    assert read_manifest(folder)["about"] == "words"
    assert read_manifest(folder)["domain"] == "melody"


MANIFESTS = {
    "cut": lambda f: (f / "manifest.json").write_text((f / "manifest.json").read_text(encoding="utf-8")[:100], encoding="utf-8"),
    "empty": lambda f: (f / "manifest.json").write_bytes(b""),
    "binary": lambda f: (f / "manifest.json").write_bytes(b"\xff" * 1000),
    "list": lambda f: (f / "manifest.json").write_text("[]", encoding="utf-8"),
    "deep": lambda f: (f / "manifest.json").write_text("[" * 100_000, encoding="utf-8"),
    "missing": lambda f: (f / "manifest.json").unlink(),
    "no format": lambda f: edit(f, "format", value=None),
    "format is text": lambda f: edit(f, "format", value="1"),
    "no model": lambda f: edit(f, "model", value=None),
    "no domain": lambda f: edit(f, "domain", value=None),
    "no phrase": lambda f: edit(f, "phrase", value=None),
    "phrase without length": lambda f: edit(f, "phrase", "length", value=None),
    "phrase of words": lambda f: edit(f, "phrase", "length", value="two"),
    "no digest": lambda f: edit(f, "tokenizer_digest", value=None),
    "unknown core": lambda f: edit(f, "model", "core", value="lsmt"),
    "unknown option": lambda f: edit(f, "model", "core_options", "hiden", value=8),
    "option out of range": lambda f: edit(f, "model", "core_options", "hidden", value=0),
    "option not a number": lambda f: edit(f, "model", "core_options", "hidden", value=[8]),
    "vocabulary of none": lambda f: edit(f, "model", "vocab_size", value=0),
    "vocabulary is true": lambda f: edit(f, "model", "vocab_size", value=True),
    "other vocabulary": lambda f: edit(f, "model", "vocab_size", value=43),
    "other separator": lambda f: edit(f, "model", "separator", value=9),
    "no segments": lambda f: edit(f, "model", "segments", value=None),
    "no separator": lambda f: edit(f, "model", "separator", value=None),
    "other width": lambda f: edit(f, "model", "core_options", "hidden", value=16),
    "another core": lambda f: edit(f, "model", "core", value="transformer"),
}


@pytest.mark.parametrize("how", MANIFESTS)
def test_a_damaged_manifest(saved, how):
    folder = saved()
    MANIFESTS[how](folder)
    with pytest.raises(ModelError) as told:
        load_model(folder)
    assert str(folder) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_later_format(saved):
    folder = saved()
    edit(folder, "format", value=FORMAT + 1)
    with pytest.raises(ModelError, match="made by a later GenStudio"):
        load_model(folder)


def header(entries: object, rest: bytes = b"") -> bytes:
    text = entries if isinstance(entries, bytes) else json.dumps(entries).encode()
    return struct.pack("<Q", len(text)) + text + rest


HUGE = {"core.embedding.weight": {"dtype": "F32", "shape": [44, 8], "data_offsets": [0, 10**15]}}
WEIGHTS = {
    "cut in the values": lambda data: data[:-100],
    "cut in the header": lambda data: data[:50],
    "cut in the length": lambda data: data[:5],
    "empty": lambda data: b"",
    "0xFF": lambda data: b"\xff" * 300_000,
    "a header longer than the file": lambda data: struct.pack("<Q", 2**40) + data[8:],
    "no json": lambda data: header(b"{" * 50),
    "a list": lambda data: header([]),
    "deep": lambda data: header(b"[" * 200_000),
    "one tensor": lambda data: header(HUGE),
    "an infinite shape": lambda data: header(b'{"a": {"dtype": "F32", "shape": [1e999], "data_offsets": [0, 4]}}'),
    "a null shape": lambda data: header({"a": {"dtype": "F32", "shape": None, "data_offsets": [0, 4]}}),
    "whole numbers": lambda data: data.replace(b'"F32"', b'"I32"', 1),
    "longer": lambda data: data + b"\0" * 16,
    "a pickle": lambda data: pickle.dumps({"weights": [1, 2, 3]}),
}


@pytest.mark.parametrize("how", WEIGHTS)
def test_damaged_weights(saved, how):
    folder = saved()
    path = folder / "model.safetensors"
    path.write_bytes(WEIGHTS[how](path.read_bytes()))
    with pytest.raises(ModelError) as told:
        load_model(folder)
    assert str(folder) in str(told.value)


def test_missing_weights(saved):
    folder = saved()
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="missing or damaged"):
        load_model(folder)


def test_wrong_shapes_name_the_first_difference(saved):
    folder = saved()
    weights = load_file(folder / "model.safetensors")
    weights["core.mean.bias"] = torch.zeros(5)
    save_file(weights, folder / "model.safetensors")
    with pytest.raises(ModelError, match=r"do not fit its manifest.*core\.mean\.bias"):
        load_model(folder)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers(saved, value):
    folder = saved()
    weights = load_file(folder / "model.safetensors")
    weights["core.mean.bias"][0] = value
    save_file(weights, folder / "model.safetensors")
    with pytest.raises(ModelError, match="not numbers"):
        load_model(folder)


HUGE_OPTIONS = {
    "lstm": {"latent_dims": 4096, "embedding": 4096, "encoder_hidden": 4096, "hidden": 4096, "layers": 8},
    "transformer": {"width": 4096, "heads": 64, "encoder_layers": 24, "decoder_layers": 24, "slots": 64, "slot_dims": 1024},
}


@pytest.mark.parametrize("core", HUGE_OPTIONS)
def test_huge_claims_take_no_memory(saved, core, monkeypatch):
    import resource

    folder = saved(core)
    edit(folder, "model", "core_options", value=HUGE_OPTIONS[core])
    edit(folder, "model", "segments", value=4096)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    with pytest.raises(ModelError):
        load_model(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50e6
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_weights_claim_what_is_not_there(saved):
    folder = saved()
    path = folder / "model.safetensors"
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    entries = json.loads(data[8 : 8 + length])
    last = max((name for name in entries if name != "__metadata__"), key=lambda name: entries[name]["data_offsets"][1])
    entries[last]["data_offsets"][1] += 10**12
    path.write_bytes(header(entries, data[8 + length :]))
    with pytest.raises(ModelError, match="missing or damaged"):
        load_model(folder)


def test_another_tokenizer(saved, small_tokenizer):
    from genstudio.domains.base import Grammar
    from genstudio.tokens import Tokenizer, TokenizerOptions

    folder = saved()
    symbols = "".join(chr(0xE000 + number) for number in range(30))
    grammar = Grammar(indivisible=symbols[0], separator=symbols[0], alphabet=symbols, phases=13)
    Tokenizer.train([symbols * 2], grammar, TokenizerOptions(44, model="bpe"), domain="melody").save(folder / "tokenizer")
    with pytest.raises(ModelError, match="not the one that the model was trained with"):
        load_model(folder)


@pytest.mark.parametrize("name", ["tokenizer.model", "tokenizer.json"])
@pytest.mark.parametrize("how", ["missing", "cut", "0xFF"])
def test_a_damaged_tokenizer(saved, name, how):
    folder = saved()
    path = folder / "tokenizer" / name
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:40] if how == "cut" else b"\xff" * 1000)
    with pytest.raises(ModelError):
        load_model(folder)


def test_nothing_is_unpickled(saved, monkeypatch):
    folder = saved()

    def refuse(*arguments, **options):
        raise AssertionError("something was unpickled")

    for owner, name in ((pickle, "load"), (pickle, "loads"), (pickle, "Unpickler"), (torch, "load")):
        monkeypatch.setattr(owner, name, refuse)
    network, _, manifest = load_model(folder)
    assert network.latent_dims > 0
    assert manifest["domain"]
    with pytest.raises(AssertionError, match="unpickled"):
        torch.load(folder / "model.safetensors", weights_only=True)
