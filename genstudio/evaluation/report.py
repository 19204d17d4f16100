"""All figures of a model over a set of sequences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from genstudio.decoding import Request, per_token
from genstudio.decoding.lexicon import Lexicon
from genstudio.domains import Domain
from genstudio.errors import ConfigError, Message
from genstudio.evaluation.filling import filling
from genstudio.evaluation.interpolation import draw_pairs, interpolation
from genstudio.evaluation.latent_health import latent_health, neighbours
from genstudio.evaluation.likelihood import likelihood
from genstudio.evaluation.music import closing, compare_music
from genstudio.evaluation.ngrams import ORDER, NgramModel
from genstudio.evaluation.novelty import novelty
from genstudio.evaluation.prior import completeness, sample_prior
from genstudio.evaluation.reconstruction import decode_all, reconstruction, segments_of
from genstudio.evaluation.scoring import of_the_summary, score
from genstudio.evaluation.text import compare_text
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.progress import Progress, Report, Stop, silent
from genstudio.tokens import Tokenizer

__all__ = ["evaluate"]


def evaluate(
    model: SequenceVAE,
    domain: Domain,
    tokenizer: Tokenizer,
    sequences: Sequence[np.ndarray],
    *,
    samples: int = 20,
    pairs: int = 0,
    generated: int = 0,
    temperature: float = 1.0,
    top_p: float = 1.0,
    spread: float = 1.0,
    best_of: int = 1,
    lexicon: Lexicon | None = None,
    training: Sequence[np.ndarray] = (),
    origin: Callable[[int], tuple[str, str]] | None = None,
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Every figure of this package over ``sequences`` (token ids), in groups.

    What is not defined for the model's bottleneck is None: an autoencoder has no likelihood, a language model nothing to be
    reconstructed from; of the latter only the next tokens are counted.

    Args:
        samples: K of the importance-weighted NLL.
        pairs: between how many pairs of them interpolation is measured; 0: it is not.
        generated: how many samples of the prior are compared with them; 0: none.
        temperature, top_p, spread, best_of: how these are drawn.
        lexicon: the words that are written, in what comes back beside those of the sequences; None: any.
        training: token ids of training pieces: what the n-gram models are made of, and what samples may have been copied from.
            Where there are none, the measures that need them are left out.
        origin: number of a training piece to its title and source.

    Raises:
        InputError: interpolation is to be measured and no two of the sequences fit together.
        ConfigError: interpolation is to be measured of a language model; temperature or top_p is out of range.
    """
    if pairs and model.spec.bottleneck == "none":
        raise ConfigError("a language model (bottleneck none) has no latent space to interpolate in; leave interpolation out.")
    check = (stop or Stop()).check
    count = len(sequences)
    drawn = draw_pairs(segments_of(model, sequences), pairs, seed) if pairs else []

    def told(what: str) -> Callable[[int], None]:
        return lambda at: report(Progress("evaluating", at, count, what))

    told("likelihood")(0)
    scores = score(model, sequences, seed=seed, check=check)
    measured = likelihood(
        model, sequences, scores, samples=samples, words=_words(domain, tokenizer, sequences), seed=seed, check=check,
        done=told("likelihood"),
    )  # fmt: skip
    hypotheses = None
    if model.spec.bottleneck != "none":
        segments = segments_of(model, sequences)
        sizes = per_token(tokenizer, domain.grammar.size)
        # A piece may have words of its own, as where one alone is reconstructed.
        own = lexicon and lexicon.knowing(tokenizer, [tokenizer.decode(list(ids)) for ids in sequences])
        request = Request(segments=segments, sizes=sizes, automaton=own, check=check)
        hypotheses = decode_all(model, scores.means, request, done=told("reconstruction"))
    teacher_forced = torch.stack([scores.correct.sum(), scores.tokens.sum()])
    found: dict[str, Any] = {
        "n": count,
        "reconstruction": reconstruction(domain, tokenizer, sequences, hypotheses, teacher_forced),
        "likelihood": measured,
        "latent": latent_health(scores, seed=seed, check=check),
    }
    found["likelihood"] |= of_the_summary(model, sequences, scores, seed=seed, check=check)
    if model.spec.bottleneck != "none":
        found["latent"] |= neighbours(scores.means.cpu(), sequences, seed=seed, check=check)
    usual = None
    if len(training) and (drawn or generated):
        report(Progress("comparing", 0, 1, Message("n-grams")))
        usual = NgramModel(training, tokenizer.vocab_size, order=ORDER, check=check)
        report(Progress("comparing", 1, 1, Message("n-grams")))
    if drawn:
        found["interpolation"] = interpolation(
            model, domain, tokenizer, sequences, drawn, usual=usual, lexicon=lexicon, seed=seed, report=report, stop=stop
        )
        if model.core.summary_dims:
            found["interpolation_slerp"] = interpolation(
                model, domain, tokenizer, sequences, drawn, usual=usual, method="slerp", lexicon=lexicon, seed=seed,
                report=report, stop=stop,
            )  # fmt: skip
    if drawn and model.core.summary_dims and domain.grammar.separator:
        report(Progress("filling", 0, 1, Message("bars")))
        if gaps := filling(
            model, domain, tokenizer, sequences, len(drawn), usual=usual, seed=seed, check=check
        ):
            found["filled"] = gaps
        report(Progress("filling", 1, 1, Message("bars")))
    if generated:
        found |= _generated(
            model, domain, tokenizer, sequences, generated, temperature, top_p, spread, best_of, lexicon, training, usual, origin,
            seed, report, stop,
        )  # fmt: skip
    return found


def _words(domain: Domain, tokenizer: Tokenizer, sequences: Sequence[np.ndarray]) -> int | None:
    """How many words the sequences have together; None where pieces have none."""
    begins = per_token(tokenizer, domain.grammar.words)
    if begins is None:
        return None
    counts = begins.numpy()
    # The first token begins a word in any case.
    return sum(int(counts[ids].sum()) + int(counts[ids[0]] == 0) for ids in sequences if len(ids))


def _generated(
    model: SequenceVAE,
    domain: Domain,
    tokenizer: Tokenizer,
    sequences: Sequence[np.ndarray],
    n: int,
    temperature: float,
    top_p: float,
    spread: float,
    best_of: int,
    lexicon: Lexicon | None,
    training: Sequence[np.ndarray],
    usual: NgramModel | None,
    origin: Callable[[int], tuple[str, str]] | None,
    seed: int,
    report: Report,
    stop: Stop | None,
) -> dict[str, Any]:
    """The measures of samples of the prior, beside as many of ``sequences``."""
    check = (stop or Stop()).check
    report(Progress("generating", 0, n, Message("samples")))
    samples = sample_prior(
        model, domain, tokenizer, n, temperature=temperature, top_p=top_p, spread=spread, best_of=best_of, lexicon=lexicon,
        seed=seed, check=check,
        done=lambda at: report(Progress("generating", at, n, Message("samples"))),
    )  # fmt: skip
    chosen = np.random.default_rng(seed).permutation(len(sequences))[:n]
    decoded = [tokenizer.decode(ids.tolist()) for ids in sequences]
    known = [tokenizer.decode(ids.tolist()) for ids in training]
    real = [decoded[index] for index in chosen]
    about = {"samples": n, "beside": len(real), "temperature": temperature, "top_p": top_p, "spread": spread, "best_of": best_of}
    found: dict[str, Any] = {"generated": {**about, **completeness(samples, domain.grammar)}}
    report(Progress("comparing", 0, 1, Message("statistics")))
    if domain.kind == "music":
        pieces = [domain.from_symbols(one) for one in real]
        found["music"] = compare_music(pieces, samples.pieces, check=check)
        home, home_real = closing(samples.pieces), closing(pieces)
        if home is not None and home_real is not None:
            found["generated"] |= {"ends_on_tonic": home, "ends_on_tonic_real": home_real}
    elif domain.kind == "text":
        found["text"] = compare_text(tokenizer, decoded, samples.symbols, known, seed=seed, check=check)
    report(Progress("comparing", 1, 1, Message("statistics")))
    if usual is not None:
        costs = (usual.costs(tokenizer.encode_many(symbols)).mean() for symbols in (samples.symbols, real))
        found["generated"]["samples_cost_ratio"] = float(next(costs) / next(costs))
        found["novelty"] = novelty(domain, known, samples.symbols, real, origin=origin, report=report, stop=stop)
    return found
