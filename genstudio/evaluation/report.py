"""Evaluate a model: all metrics over a set of sequences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from genstudio.config import METHODS, SamplingOptions, drawing_of
from genstudio.decoding import Request, per_token
from genstudio.decoding.trained import Trained
from genstudio.domains import Domain
from genstudio.errors import ConfigError, Message
from genstudio.evaluation.filling import filling
from genstudio.evaluation.forecasts import forecasts
from genstudio.evaluation.harmony import harmony
from genstudio.evaluation.interpolation import draw_pairs, interpolation
from genstudio.evaluation.latent_health import latent_health, neighbours
from genstudio.evaluation.likelihood import likelihood
from genstudio.evaluation.music import closing, compare_music
from genstudio.evaluation.ngrams import ORDER, NgramModel
from genstudio.evaluation.novelty import novelty
from genstudio.evaluation.options import EvaluationOptions
from genstudio.evaluation.parts import compare_voices, features_of
from genstudio.evaluation.prior import completeness, sample_prior
from genstudio.evaluation.reconstruction import decode_all, reconstruction
from genstudio.evaluation.scoring import of_the_summary, score
from genstudio.evaluation.text import compare_text
from genstudio.progress import Monitor
from genstudio.tokens import Tokenizer

__all__ = ["Known", "evaluate"]


@dataclass(frozen=True)
class Known:
    """The pieces that a model was trained on. N-gram models are estimated from them, and samples are searched for copies of them.

    Attributes:
        sequences: their token ids; where there are none, the metrics that need them are left out.
        origin: maps the number of a piece to its title and source.
    """

    sequences: Sequence[np.ndarray] = ()
    origin: Callable[[int], tuple[str, str]] | None = None


def evaluate(
    trained: Trained,
    sequences: Sequence[np.ndarray],
    options: EvaluationOptions = EvaluationOptions(),
    sampling: SamplingOptions = SamplingOptions(),
    known: Known = Known(),
    monitor: Monitor = Monitor(),
) -> dict[str, Any]:
    """Compute all metrics of this package.

    Metrics that are not defined for the bottleneck of the model are None: an autoencoder has no likelihood; a language model has no
    codes and so no reconstructions, only its next-token predictions are scored.

    Args:
        trained: the model.
        sequences: token ids of held-out pieces; scores are measured with the parts that the model writes, which are given to
            the decoder, as in every operation.
        options: what is measured; ``samples``, ``interpolation``, ``generated``, ``harmony``, ``forecasts`` and ``seed`` are used.
        sampling: how samples of the prior are drawn.
        known: the training pieces.
        monitor: receives progress, and may stop.

    Returns:
        ``n``, the number of sequences, and a dict for each group: always reconstruction, likelihood and latent; interpolation,
        interpolation_slerp, filled, harmony, forecast, generated, music, voices, text and novelty where they are requested and
        defined.

    Raises:
        InputError: interpolation is requested and no two of the sequences have the same number of segments.
        ConfigError: interpolation of a language model is requested; temperature or top_p is out of range.
    """
    model, domain, tokenizer, seed, check = trained.network, trained.domain, trained.tokenizer, options.seed, monitor.check
    if options.interpolation and model.spec.bottleneck == "none":
        raise ConfigError("a language model (bottleneck none) has no latent space to interpolate in; leave interpolation out.")
    sequences = trained.arranged(sequences)
    count = len(sequences)
    pairs: list[tuple[int, int]] = []
    if options.interpolation:
        fitting = trained.fitting(sequences)
        drawn = draw_pairs(trained.segments([sequences[at] for at in fitting]), options.interpolation, seed)
        pairs = [(fitting[first], fitting[last]) for first, last in drawn]

    monitor.counter("evaluating", count, "likelihood")(0)
    scores = score(model, sequences, seed=seed, check=check)
    measured = likelihood(
        model, sequences, scores, samples=options.samples, words=_words(domain, tokenizer, sequences), seed=seed, monitor=monitor
    )
    hypotheses = None
    if model.spec.bottleneck != "none":
        # The pieces may contain words that the training data do not.
        own = trained.lexicon and trained.lexicon.knowing(tokenizer, [tokenizer.decode(list(ids)) for ids in sequences])
        request = Request(
            segments=trained.segments(sequences), sizes=trained.sizes, lineup=trained.lineup, automaton=own, check=check
        )
        hypotheses = decode_all(model, scores.means, request, done=monitor.counter("evaluating", count, "reconstruction"))
    teacher_forced = torch.stack([scores.correct.sum(), scores.tokens.sum()])
    found: dict[str, Any] = {
        "n": count,
        "reconstruction": reconstruction(trained, sequences, hypotheses, teacher_forced),
        "likelihood": measured | of_the_summary(model, sequences, scores, seed=seed, check=check),
        "latent": latent_health(scores, seed=seed, check=check),
    }
    if model.spec.bottleneck != "none":
        found["latent"] |= neighbours(scores.means.cpu(), sequences, seed=seed, check=check)
    usual = None
    if len(known.sequences) and (pairs or options.generated):
        done = monitor.counter("comparing", 1, Message("n-grams"))
        done(0)
        usual = NgramModel(known.sequences, tokenizer.vocab_size, order=ORDER, check=check)
        done(1)
    if pairs:
        summary = bool(model.core.summary_dims)
        for group, method in {"interpolation": METHODS[0], **({"interpolation_slerp": "slerp"} if summary else {})}.items():
            found[group] = interpolation(trained, sequences, pairs, usual=usual, method=method, seed=seed, monitor=monitor)
        if summary and domain.grammar.separator:
            done = monitor.counter("filling", 1, Message("bars"))
            done(0)
            if gaps := filling(trained, sequences, len(pairs), usual=usual, seed=seed, check=check):
                found["filled"] = gaps
            done(1)
    if options.harmony and model.core.summary_dims:
        harmonies = harmony(trained, sequences, options.harmony, known.sequences, seed=seed, monitor=monitor)
        found |= {"harmony": harmonies} if harmonies else {}
    if options.forecasts and domain.kind == "series" and model.core.summary_dims:
        ahead = forecasts(trained, sequences, options.forecasts, seed=seed, monitor=monitor)
        found |= {"forecast": ahead} if ahead else {}
    if options.generated:
        found |= _generated(trained, sequences, options, sampling, known, usual, monitor)
    return found


def _words(domain: Domain, tokenizer: Tokenizer, sequences: Sequence[np.ndarray]) -> int | None:
    """Total number of words of the sequences; None where the domain has no words."""
    begins = per_token(tokenizer, domain.grammar.words)
    if begins is None:
        return None
    counts = begins.numpy()
    # The first token always begins a word.
    return sum(int(counts[ids].sum()) + int(counts[ids[0]] == 0) for ids in sequences if len(ids))


def _generated(
    trained: Trained,
    sequences: Sequence[np.ndarray],
    options: EvaluationOptions,
    sampling: SamplingOptions,
    known: Known,
    usual: NgramModel | None,
    monitor: Monitor,
) -> dict[str, Any]:
    """The metrics of samples of the prior, compared with as many of ``sequences``."""
    domain, tokenizer, n, seed, check = trained.domain, trained.tokenizer, options.generated, options.seed, monitor.check
    samples = sample_prior(trained, n, sampling, seed=seed, monitor=monitor)
    decoded = [tokenizer.decode(ids.tolist()) for ids in sequences]
    training = [tokenizer.decode(ids.tolist()) for ids in known.sequences]
    real = [decoded[index] for index in np.random.default_rng(seed).permutation(len(sequences))[:n]]
    how = {**drawing_of(sampling), "spread": sampling.spread, "best_of": sampling.best_of}
    found: dict[str, Any] = {"generated": {"samples": n, "beside": len(real), **how, **completeness(samples, domain.grammar)}}
    done = monitor.counter("comparing", 1, Message("statistics"))
    done(0)
    if domain.plays:
        pieces = [domain.from_symbols(one) for one in real]
        found["music"] = compare_music(pieces, samples.pieces, features_of([*pieces, *samples.pieces]), check=check)
        if voices := compare_voices(pieces, samples.pieces):
            found["voices"] = voices
        home, home_real = closing(samples.pieces), closing(pieces)
        if home is not None and home_real is not None:
            found["generated"] |= {"ends_on_tonic": home, "ends_on_tonic_real": home_real}
    elif domain.is_text:
        found["text"] = compare_text(tokenizer, decoded, samples.symbols, training, seed=seed, check=check)
    done(1)
    if usual is not None:
        costs = (usual.costs(tokenizer.encode_many(symbols)).mean() for symbols in (samples.symbols, real))
        found["generated"]["samples_cost_ratio"] = float(next(costs) / next(costs))
        found["novelty"] = novelty(domain, training, samples.symbols, real, origin=known.origin, monitor=monitor)
    return found
