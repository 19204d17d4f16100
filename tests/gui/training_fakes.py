"""A stand-in for ``genstudio train``: the same files, the same manners, no model."""

from __future__ import annotations

FAKE = r'''
import json, os, sys, threading, time
sys.path[:] = {path!r}
from pathlib import Path
from genstudio.files import holding, write_json
from genstudio.paths import training_lock

words = sys.argv[1:]
value = lambda name: words[words.index(name) + 1]
settings = dict(text.split("=") for name, text in zip(words, words[1:]) if name == "--set")
out, events = Path(value("--out")), Path(value("--events"))
resume = "--resume" in words
stop = threading.Event()
threading.Thread(target=lambda: (os.read(0, 1), stop.set()), daemon=True).start()
total = int(settings.get("optimizer.steps", 20))
state = out / "training" / "state.json"
step = json.loads(state.read_text())["step"] if resume else 0

def save():
    (out / "training").mkdir(parents=True, exist_ok=True)
    (out / "training" / "state.safetensors").write_text("")
    write_json(state, {{"step": step, "file": "state.safetensors"}})

with open(events, "a" if resume else "w", buffering=1) as file, holding(training_lock(out)) as free:
    def tell(event, **data):
        file.write(json.dumps({{"event": event, "time": time.time(), "version": 1, **data}}) + "\n")
    assert free
    tell("begin")
    if "fail" in settings:
        tell("end", status="failed", error="the corpus has 3 pieces to train on, too few.")
        print("genstudio: the corpus has 3 pieces to train on, too few.", file=sys.stderr)
        sys.exit(2)
    save()
    while step < total and not stop.is_set():
        step += 1
        tell("step", step=step, total=total, reconstruction_nll=100 / step, kl=1.0 + step / 10)
        if step % 5 == 0:
            save()
            tell("evaluation", step=step, negative_elbo=90.0 / step, reconstruction_nll=80.0 / step, kl=2.0, active_units=6,
                 latent_dims=8, reconstruction={{"exact": 0.5}}, example="", original="a", reconstructed="b")
            if "word_dropout" not in settings and "collapse" in settings:
                tell("warning", kind="posterior collapse", message="posterior collapse: KL is 0.01 nats.")
        stop.wait(float(settings.get("pause", 0.01)))
    save()
    tell("end", status="stopped" if stop.is_set() else "done")
sys.exit(130 if stop.is_set() else 0)
'''
