"""Hostile model and corpus folders: seeded mutations of a good one, and what is asked of each.

Run by hand it goes through the command line, each call in a process of its own (forked when torch is loaded, so that thousands of
calls take minutes), whose time and peak memory are measured::

    python tests/hostile/folders.py --models 200 --corpora 200 --seed 1
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import random
import resource
import shutil
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from genstudio.cli import main as main_of_genstudio

ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 3, 255, 4096, 65535, 65536, 10**6, 10**8, 10**9, 2**31, 2**63, 10**30),
    *(-0.5, 0.5, 1e-300, 1e300, float("nan"), float("inf")),
    *("", "x", "../../x", "a/b", "\0", "\ud800", "x" * 5000),
    *([], [1], [[]], ["x"], {}, {"a": 1}, {"x": {"y": []}}),
)
"""What a value is replaced by."""


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value within ``value``; of long lists those at their ends."""
    found = [above] if above else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    few = list(items)
    few = few if len(few) < 40 else [*few[:3], *few[-2:]]
    for key, inner in few:
        found += _places(inner, (*above, key))
    return found


def _write(path: Path, value: Any) -> None:
    path.write_bytes(json.dumps(value).encode("utf-8", "surrogatepass"))


def _json(path: Path, draw: random.Random) -> str:
    """Change one value of a JSON file, or the file as a whole."""
    value = json.loads(path.read_bytes())
    if draw.random() < 0.12:
        return _as_a_whole(path, draw)
    place = draw.choice(_places(value))
    inner = value
    for key in place[:-1]:
        inner = inner[key]
    if draw.random() < 0.2:
        del inner[place[-1]]
        told = "removed"
    else:
        former, odd = inner[place[-1]], draw.choice(ODD)
        if isinstance(former, (int, float)) and not isinstance(former, bool) and draw.random() < 0.5:
            odd = draw.choice((former * 2, former + 1, former - 1, former * 1000, 10**9, -former, 0))
        inner[place[-1]] = odd
        told = repr(odd)[:40]
    _write(path, value)
    return f"{'.'.join(map(str, place))} = {told}"


def _as_a_whole(path: Path, draw: random.Random) -> str:
    data = path.read_bytes()
    ways: dict[str, Callable[[], bytes]] = {
        "cut": lambda: data[: draw.randrange(len(data))],
        "empty": lambda: b"",
        "bom": lambda: b"\xef\xbb\xbf" + data,
        "utf-16": lambda: data.decode().encode("utf-16"),
        "no utf-8": lambda: data.replace(b"a", b"\xff", 1),
        "deep": lambda: b"[" * 200_000,
        "deep within": lambda: b'{"a":' * 900 + data + b"}" * 900,
        "a list": lambda: b"[" + data + b"]",
        "large": lambda: data[:-2] + b',"z":"' + b"z" * 60_000_000 + b'"}',
        "many": lambda: data.rstrip()[:-1] + b',"metrics":[' + b"[]," * 3_000_000 + b"[]]}",
        "long number": lambda: data.replace(b"1", b"1" * 6000, 1),
        "twice": lambda: data.rstrip()[:-1] + b"," + data.lstrip()[1:],
    }
    name = draw.choice(sorted(ways))
    path.write_bytes(ways[name]())
    return name


def _bytes(path: Path, draw: random.Random) -> str:
    """Change bytes of a binary file, or what stands there."""
    data = bytearray(path.read_bytes())
    name = draw.choice(("cut", "empty", "bits", "longer", "zip", "pickle", "0xff", "gone", "folder", "pipe", "device", "loop"))
    if name == "cut":
        path.write_bytes(data[: draw.randrange(max(1, len(data)))])
    elif name == "empty":
        path.write_bytes(b"")
    elif name == "bits":
        for _ in range(draw.choice((1, 4, 200))):
            data[draw.randrange(len(data) if draw.random() < 0.5 else min(400, len(data)))] = draw.randrange(256)
        path.write_bytes(data)
    elif name == "longer":
        path.write_bytes(data + bytes(draw.choice((1, 1000, 1_000_000))))
    elif name == "zip":
        path.write_bytes(b"PK\3\4" + data)
    elif name == "pickle":
        path.write_bytes(b"\x80\4cos\nsystem\n(S'true'\ntR.")
    elif name == "0xff":
        path.write_bytes(b"\xff" * len(data))
    else:
        path.unlink()
        if name == "folder":
            path.mkdir()
        elif name == "pipe":
            os.mkfifo(path)
        elif name in ("device", "loop"):
            path.symlink_to("/dev/zero" if name == "device" else path.name)
    return name


def _header(path: Path, draw: random.Random) -> str:
    """Let the header of a safetensors file lie."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    head = json.loads(data[8 : 8 + length])
    name = draw.choice(sorted(key for key in head if key != "__metadata__"))
    way = draw.choice(("shape", "offsets", "dtype", "gone", "length", "odd"))
    if way == "shape":
        head[name]["shape"] = draw.choice(([10**9], [10**6, 10**6], [-1], [], [2**63], "x", None, [1.5], [[1]]))
    elif way == "offsets":
        head[name]["data_offsets"] = draw.choice(([0, 10**12], [5, 1], [-1, 4], "x", [0], None))
    elif way == "dtype":
        head[name]["dtype"] = draw.choice(("F64", "I8", "BOOL", "X", 3, None, "F16", "F8_E4M3"))
    elif way == "gone":
        del head[name]
    elif way == "odd":
        head[name] = draw.choice(ODD)
    text = json.dumps(head).encode("utf-8", "surrogatepass")
    size = draw.choice((2**40, 2**63, 0, length - 1)) if way == "length" else len(text)
    path.write_bytes(struct.pack("<Q", size) + text + data[8 + length :])
    return f"header {way}"


def _parsed(path: Path) -> Any:
    data = path.read_bytes()
    if data.count(b",") > 2_000_000:
        raise ValueError("more values than are ever read, whatever else it says")
    return json.loads(data)


def _seal_attributes(folder: Path) -> None:
    """Have the manifest name the file of attributes as it is, as who changes it on purpose would."""
    with contextlib.suppress(Exception):
        manifest = _parsed(folder / "manifest.json")
        manifest["attributes"]["sha256"] = hashlib.sha256((folder / "attributes.safetensors").read_bytes()).hexdigest()
        _write(folder / "manifest.json", manifest)


def _seal_tokenizer(folder: Path) -> None:
    """The same for the tokenizer, in the manifest too."""
    with contextlib.suppress(Exception):
        place = folder / "tokenizer"
        facts, manifest = (_parsed(path) for path in (place / "tokenizer.json", folder / "manifest.json"))
        layout = json.dumps(facts["layout"], sort_keys=True, separators=(",", ":"))
        model = hashlib.sha256((place / "tokenizer.model").read_bytes()).digest()
        facts["digest"] = hashlib.sha256(model + layout.encode()).hexdigest()
        manifest["tokenizer_digest" if "tokenizer_digest" in manifest else "tokenizer"] = facts["digest"]
        _write(place / "tokenizer.json", facts)
        _write(folder / "manifest.json", manifest)


def _array(path: Path, draw: random.Random) -> str:
    """Let the header of an array lie, or its values."""
    import numpy as np

    array = np.load(path)
    way = draw.choice(("shape", "dtype", "values", "values", "object", "text"))
    data = path.read_bytes()
    if way == "shape":
        data = data.replace(
            f"'shape': ({len(array)}".encode(), f"'shape': ({draw.choice((10**10, -1, 0, len(array) - 1))}".encode(), 1
        )
        path.write_bytes(data)
    elif way == "dtype":
        np.save(path, array.astype(draw.choice((np.int8, np.uint64, np.float32, np.int64))))
    elif way == "object":
        path.write_bytes(data.replace(array.dtype.str.encode(), b"|O8", 1))
    elif way == "text":
        path.write_bytes(data.replace(b"'descr'", draw.choice((b"'descx'", b"((((((", b"{{{{{{{")), 1))
    else:
        array = array.copy()
        top = np.iinfo(array.dtype).max if array.dtype.kind in "iu" else np.inf
        for _ in range(draw.choice((1, 20))):
            if array.size:
                array.flat[draw.randrange(array.size)] = draw.choice((0, 1, 2, 3, top, top // 2 if top != np.inf else np.nan))
        np.save(path, array)
    return f"array {way}"


def _lines(path: Path, draw: random.Random) -> str:
    """Change the lines of an index, packed or not."""
    packed = path.suffix == ".gz"
    data = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    lines = data.split(b"\n")
    way = draw.choice(("odd", "fewer", "more", "bomb", "long"))
    if way == "odd":
        lines[draw.randrange(max(1, len(lines) - 1))] = json.dumps(draw.choice(ODD)).encode("utf-8", "surrogatepass")
    elif way == "fewer":
        del lines[0]
    elif way == "more":
        lines[:0] = lines[:1]
    elif way == "bomb":
        lines = [b'["a", "b"]'] * 3_000_000
    else:
        lines[0] = b'["' + b"x" * 30_000_000 + b'", ""]'
    data = b"\n".join(lines)
    path.write_bytes(gzip.compress(data, 1) if packed else data)
    return f"lines {way}"


def hostile(good: Path, out: Path, seed: int) -> str:
    """Copy the folder ``good`` to ``out`` and change one to three things of it; returns what, in words."""
    draw = random.Random(seed)
    shutil.copytree(good, out)
    done = []
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        files = sorted(path for path in out.rglob("*") if path.is_file() and not path.is_symlink() and path.stat().st_size)
        weights = [6 if path.name in ("manifest.json", "map.json", "state.json", "tokenizer.json") else 1 for path in files]
        path = draw.choices(files, weights)[0]
        # What was changed before may be nothing that can be changed once more: numpy alone raises five kinds of errors then.
        with contextlib.suppress(Exception):
            if path.suffix == ".json":
                told = _json(path, draw)
            elif path.suffix in (".jsonl", ".gz") and draw.random() < 0.7:
                told = _lines(path, draw)
            elif path.suffix == ".npy" and draw.random() < 0.7:
                told = _array(path, draw)
            elif path.suffix == ".safetensors" and draw.random() < 0.6:
                told = _header(path, draw)
            else:
                told = _bytes(path, draw)
            done.append(f"{path.relative_to(out)}: {told}")
    plain = all(path.is_dir() or path.is_file() for path in out.rglob("*") if not path.is_symlink())
    if draw.random() < 0.6 and plain and not any(path.is_symlink() for path in out.rglob("*")):
        _seal_attributes(out)
        _seal_tokenizer(out)
    return "; ".join(done)


def of_models(folder: str, source: str, corpus: str, out: str) -> dict[str, list[str]]:
    """Calls of the command line on a model folder; those that write go last."""
    return {
        "show": ["models", "show", folder],
        "reconstruct": ["reconstruct", source, "--model", folder, "--out", f"{out}/a.mid"],
        "sample": ["sample", "--model", folder, "-n", "2", "--temperature", "1", "--out", f"{out}/new"],
        "interpolate": ["interpolate", source, source, "--model", folder, "--steps", "3", "--out", f"{out}/way"],
        "shape": ["shape", source, "--model", folder, "--set", "density=+1", "--rounds", "2", "--out", f"{out}/b.mid"],
        "nearest": ["nearest", source, "--model", folder, "-n", "3"],
        "evaluate": ["evaluate", "--model", folder, "--corpus", corpus, "--limit", "4", "--samples", "2", "--generated", "0"],
        "pack": ["models", "pack", folder, "--out", f"{out}/packed"],
        "train from": ["train", "--corpus", corpus, "--from", folder, "--max-steps", "1", "--out", f"{out}/run", *SMALL],
        "resume": ["train", "--corpus", corpus, "--resume", "--max-steps", "41", "--out", folder, *SMALL],
        "map": ["map", "--model", folder, "--corpus", corpus, "--limit", "60"],
    }  # fmt: skip


def of_corpora(folder: str, model: str, out: str) -> dict[str, list[str]]:
    """Calls of the command line on a corpus folder."""
    return {
        "train": ["train", "--corpus", folder, "--max-steps", "1", "--out", f"{out}/run", *SMALL],
        "evaluate": ["evaluate", "--model", model, "--corpus", folder, "--limit", "4", "--samples", "2", "--generated", "2"],
        "attributes": ["attributes", model, "--corpus", folder, "--limit", "60"],
        "map": ["map", "--model", model, "--corpus", folder, "--limit", "60", "--out", f"{out}/map"],
        "prior": ["prior", model, "--corpus", folder, "--max-steps", "1", "--limit", "40"],
        "compare": ["compare", "--corpus", folder, "--cores", "lstm", "--bottlenecks", "vae", "--max-steps", "1", "--samples", "1",
                    "--limit", "2", "--out", f"{out}/compared", "--set", "core.hidden=16", "--set", "core.encoder_hidden=16"],
    }  # fmt: skip


SMALL = [
    "--preset", "melody-2bar", "--set", "core.width=16", "--set", "core.heads=2", "--set", "core.encoder_layers=1",
    "--set", "core.decoder_layers=1", "--set", "core.slots=2", "--set", "core.slot_dims=4", "--set", "prior.steps=0",
    "--set", "optimizer.batch_size=8", "--set", "optimizer.evaluate_on=4", "--set", "optimizer.evaluate_every=40",
]  # fmt: skip
"""Settings of a model so small that it is trained in a moment."""


def make_good(place: Path) -> tuple[Path, Path, Path]:
    """A small corpus, a model of it with all that may lie in its folder, and a song, made in ``place``."""
    import pretty_midi

    import genstudio

    tunes = place / "tunes"
    tunes.mkdir()
    for number in range(70):
        draw = random.Random(number)
        song, part, pitch, at = pretty_midi.PrettyMIDI(initial_tempo=100), pretty_midi.Instrument(0), 67, 0.0
        while at < 8 * 2.4:
            length = draw.choice((0.3, 0.6, 0.6, 1.2))
            pitch = min(84, max(55, pitch + draw.choice((-4, -2, -2, 0, 2, 2, 3))))
            part.notes.append(pretty_midi.Note(90, pitch, at, at + length))
            at += length
        song.instruments.append(part)
        song.write(str(tunes / f"{number}.mid"))
    corpus, model = place / "corpus", place / "model"
    genstudio.build_corpus([tunes], corpus, preset="melody-2bar", stride=2, vocab_size=340, valid=0.1, test=0.1, workers=1)
    settings = [word for word in SMALL[2:] if word != "--set"]
    genstudio.train(corpus, model, preset="melody-2bar", overrides=settings, max_steps=40, device="cpu")
    genstudio.learn_attributes(model, corpus, limit=100, donors=20)
    genstudio.make_map(model, corpus, limit=100)
    genstudio.evaluate(model, corpus, limit=3, samples=2, generated=2, examples=1, write=True)
    return corpus, model, tunes / "0.mid"


def _measured(arguments: list[str], limit: float, environment: dict[str, str]) -> tuple[int, float, float, str]:
    """Status, seconds, peak memory in MB and what it said of a call in a process of its own; -99 where it was stopped."""
    report = tempfile.TemporaryFile()  # noqa: SIM115 -- closed below
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setsid()
        for stream in (1, 2):
            os.dup2(report.fileno(), stream)
        os.environ.update(environment)
        status = 99
        try:
            status = main_of_genstudio(arguments)
        finally:
            os._exit(status)
    while True:
        pid, status, usage = os.wait4(child, os.WNOHANG)
        spent = time.monotonic() - began
        if pid:
            break
        if spent > limit:
            os.killpg(child, 9)
            _, _, usage = os.wait4(child, 0)
            status = -99 << 8
            break
        time.sleep(0.02)
    with report:
        report.seek(0)
        said = report.read().decode(errors="replace")
    code = -99 if status == -99 << 8 else os.waitstatus_to_exitcode(status)
    return code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def main() -> int:
    """Go through the command line; 1 where a call fails other than with one sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=200)
    parser.add_argument("--corpora", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first folder of each kind")
    parser.add_argument("--good", help="folder of what make_good has made before")
    parser.add_argument("--verbose", action="store_true", help="tell of every folder")
    chosen = parser.parse_args()
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "GENSTUDIO_NO_HISTORY": "1", "GENSTUDIO_HOME": tempfile.mkdtemp()}
    import accelerate  # noqa: F401
    import torch
    import torch.optim

    import genstudio.latent.between
    import genstudio.training.loop  # noqa: F401

    torch.set_num_threads(1)  # a forked process waits for ever for threads that were begun before
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if chosen.good:
            corpus, model, song = Path(chosen.good) / "corpus", Path(chosen.good) / "model", Path(chosen.good) / "tunes" / "0.mid"
        else:
            corpus, model, song = make_good(place)
        worst = {"seconds": (0.0, ""), "MB": (0.0, "")}
        idle: dict[str, tuple[float, float]] = {}
        for kind, count in (("model", chosen.models), ("corpus", chosen.corpora)):
            calls = 0
            for number in (-1, *range(chosen.first, chosen.first + count)):
                folder, out = place / f"{kind}-x", place / "out"
                for old in (folder, out, place / "own"):
                    shutil.rmtree(old, ignore_errors=True)
                out.mkdir()
                seed = chosen.seed * 100_000 + number
                told = "as it is"
                if number < 0:
                    shutil.copytree(model if kind == "model" else corpus, folder)
                else:
                    told = hostile(model if kind == "model" else corpus, folder, seed)
                if kind == "corpus":
                    shutil.copytree(model, place / "own")
                all_calls = (
                    of_models(str(folder), str(song), str(corpus), str(out))
                    if kind == "model"
                    else of_corpora(str(folder), str(place / "own"), str(out))
                )
                statuses = ""
                for what, call in all_calls.items():
                    calls += 1
                    status, seconds, memory, said = _measured(call, 600, environment)
                    statuses += f" {status}"
                    if number < 0:
                        idle[f"{kind} {what}"] = (seconds, memory)
                        if status:
                            print(f"the good {kind} fails: {what} {status} {said[-300:]}")
                            return 1
                    own, base = idle[f"{kind} {what}"]
                    for name_, value in (("seconds", seconds - own), ("MB", memory - base)):
                        if value > worst[name_][0]:
                            worst[name_] = (value, f"{kind} {what} {seed}: {told}")
                    wrong = status not in (0, 2) or "Traceback" in said or seconds - own > 5 or memory - base > 500
                    if wrong:
                        bad += 1
                        print(f"{kind} {seed} {what}: status {status}, {seconds:.1f} s (good {own:.1f}), {memory:.0f} MB "
                              f"(good {base:.0f}) [{told}] {said.strip()[-300:]}", flush=True)  # fmt: skip
                if chosen.verbose:
                    print(f"{seed}{statuses} [{told}]", file=sys.stderr, flush=True)
            print(f"{kind}: {count} folders, {calls} calls", flush=True)
        print(f"wrong: {bad}; beyond the good folder at most {worst}")
    return 1 if bad else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
