"""Training throughput of the transformer core, as a share of the machine's own rate of matrix products.

The float operations of a step are counted from the shapes of its matrix products (linear layers, attention, matmul) in a forward
pass, times three for the gradients; a causal attention counts half of its square. Everything else a step does (normalisation,
softmax, embedding, optimiser, batching) costs time and counts for nothing. The machine's rate is the best that large square
products reach at the same type and number of threads, measured between the steps.
"""

from __future__ import annotations

import math
import tempfile
import time
from pathlib import Path
from typing import Any

from _common import bar, write_song


def measure(
    corpus: Path | None = None, preset: str = "melody-16bar", steps: int = 8, threads: int = 0, size: int = 1024, songs: int = 120
) -> dict[str, Any]:
    """Run ``steps`` steps of the real training loop on ``corpus`` (or on generated songs) and compare."""
    import torch
    import torch.nn.functional as F
    from torch.overrides import TorchFunctionMode

    import genstudio
    from genstudio.config import get_preset
    from genstudio.corpus import Corpus, batches, collate
    from genstudio.models.sequence_vae import SequenceVAE
    from genstudio.progress import Progress
    from genstudio.training.beginning import model_spec
    from genstudio.training.precision import precision_of

    if threads:
        torch.set_num_threads(threads)
    kind = torch.bfloat16 if precision_of(torch.device("cpu")) == "bf16" else torch.float32
    a, b = (torch.randn(size, size).to(kind) for _ in range(2))

    class Count(TorchFunctionMode):
        operations = 0.0

        def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            result = function(*args, **kwargs)
            if function is F.linear:
                self.operations += 2.0 * args[0].numel() * args[1].shape[0]
            elif function is F.scaled_dot_product_attention:
                query, key = args[0], args[1]
                pairs = math.prod(query.shape[:-1]) * key.shape[-2] * (0.5 if kwargs.get("is_causal") else 1.0)
                self.operations += 2.0 * pairs * (query.shape[-1] + args[2].shape[-1])
            elif function in (torch.matmul, torch.bmm, torch.mm, torch.Tensor.matmul, torch.Tensor.__matmul__):
                self.operations += 2.0 * result.numel() * args[0].shape[-1]
            return result

    rates: list[float] = []
    seconds: list[float] = []

    def listen(event: Progress) -> None:
        if event.data.get("event") != "step":
            return
        seconds.append(event.data["seconds"])
        for _ in range(3):
            began = time.perf_counter()
            torch.mm(a, b)
            rates.append(2.0 * size**3 / (time.perf_counter() - began))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if corpus is None:
            (folder / "songs").mkdir()
            for number in range(songs):
                write_song(folder / "songs" / f"{number:03d}.mid", number, bars=64, accompaniment=False)
            corpus = folder / "corpus"
            genstudio.build_corpus([folder / "songs"], corpus, preset=preset)
        opened = Corpus.open(corpus)
        config = get_preset(preset).config
        store = opened.split("train")
        order = batches(store.lengths, batch_size=config.optimizer.batch_size, seed=0, epoch=0)[:steps]
        steps = len(order)
        genstudio.train(
            corpus,
            folder / "model",
            preset=preset,
            overrides=["optimizer.evaluate_every=1000000", "optimizer.evaluate_on=1"],
            max_steps=steps,
            device="cpu",
            report=listen,
        )
        model = SequenceVAE(model_spec(config, opened)).eval()
        counted, tokens, places = [], 0, 0
        with torch.no_grad():
            for indices in order:
                ids = torch.from_numpy(collate(store.ids_of(indices)))
                tokens += int((ids != 0).sum()) + len(ids)
                places += len(ids) * (ids.shape[1] + 1)
                with Count() as count:
                    model(ids, torch.randn(len(ids), model.latent_dims))
                counted.append(3.0 * count.operations)
    kept = list(zip(counted, seconds, strict=True))[1:] or list(zip(counted, seconds, strict=True))  # the first one warms up
    rate = sum(operations for operations, _ in kept) / sum(taken for _, taken in kept)
    return {
        "name": f"Training, transformer core ({preset})",
        "figures": {
            "steps": len(kept),
            "type": str(kind).removeprefix("torch."),
            "threads": torch.get_num_threads(),
            "seconds a step": sum(taken for _, taken in kept) / len(kept),
            "tokens a second": tokens / sum(seconds),
            "share of places that are padding": 1 - tokens / places,
            "training, Gflop/s": rate / 1e9,
            f"square products of {size}, best Gflop/s": max(rates) / 1e9,
        },
        "bars": [bar("share of the machine's rate", rate / max(rates), "at least", 0.5)],
    }
