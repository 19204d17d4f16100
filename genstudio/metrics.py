"""Descriptions of the metrics of ``genstudio evaluate``, for the command line, model cards, the documentation and the studio.

A new metric is computed in a module of :mod:`genstudio.evaluation`, whose docstring defines it in full, and has an entry in
:data:`METRICS`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["GROUPS", "METRICS", "Metric", "metric"]


@dataclass(frozen=True)
class Metric:
    """The description of a metric.

    Attributes:
        label: its name.
        about: a short definition; "" where it is not known.
        better: "higher", "lower", or "" where neither is better by itself.
        unit: the unit; "" where there is none.
        same: what must be equal for the metric to be comparable between two models: names of metrics of the same group, or
            "tokenizer" where tokens are counted.
    """

    label: str
    about: str = ""
    better: str = ""
    unit: str = ""
    same: tuple[str, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether the metric is a count, and so a whole number."""
        return self.unit in ("pieces", "dimensions", "samples", "pairs", "steps")


def metric(name: str) -> Metric:
    """Look up the description of a metric.

    Args:
        name: its key; "note_f1 6/8" is ``note_f1`` of the pieces in 6/8, and "note_f1 bass" that of the bass of scores.

    Returns:
        Its description; for an unknown name one with the name as label and nothing else.
    """
    whole, _, part = name.partition(" ")
    if name in METRICS or whole not in METRICS:
        return METRICS.get(name, Metric(name))
    return replace(METRICS[whole], label=f"{METRICS[whole].label}, {part}")


_TOKENS = ("tokenizer",)
_DRAWN = ("samples", "temperature", "top_p", "spread", "best_of")

GROUPS = {
    "reconstruction": "Reconstruction",
    "likelihood": "Likelihood",
    "latent": "Latent space",
    "interpolation": "Interpolation",
    "interpolation_slerp": "Interpolation of the summary alone",
    "filled": "Gaps filled in",
    "harmony": "Melodies harmonised",
    "forecast": "Forecasts",
    "generated": "Generated pieces",
    "music": "Music",
    "voices": "Voices",
    "text": "Text",
    "novelty": "Novelty",
}
"""Titles of the groups of metrics."""

# fmt: off
METRICS = {
    "n": Metric("Pieces", "pieces measured", unit="pieces"),
    "accuracy": Metric(
        "Token accuracy, decoding freely", "share of tokens that are reconstructed at the same position, decoding freely",
        "higher", "share", _TOKENS,
    ),
    "accuracy_teacher_forced": Metric(
        "Token accuracy, teacher-forced",
        "share of next tokens predicted correctly, given the true ones before",
        "higher", "share", _TOKENS,
    ),
    "exact": Metric("Exact reconstructions", "share of pieces that are reconstructed exactly", "higher", "share"),
    "bleu": Metric("BLEU", "BLEU of the reconstructions, 0 to 100", "higher", "0 to 100"),
    "nll": Metric(
        "NLL, importance-weighted", "bound on -log p(x) by importance sampling with K samples, nats a piece",
        "lower", "nats a piece", ("nll_samples",),
    ),
    "nll_samples": Metric(
        "Importance samples (K)",
        "K, the number of samples of the latent code for this bound; bounds with another K are not comparable",
        unit="samples",
    ),
    "elbo": Metric("ELBO", "evidence lower bound, nats a piece", "higher", "nats a piece"),
    "negative_elbo": Metric("Negative ELBO", "minus the evidence lower bound, nats a piece", "lower", "nats a piece"),
    "kl": Metric("KL", "what the latent code costs, nats a piece", unit="nats a piece"),
    "kl_weight": Metric("KL weight", "weight of the KL in the loss (beta)"),
    "step": Metric("Step", "steps of the optimiser", unit="steps"),
    "elbo_prior": Metric(
        "ELBO, learned prior", "evidence lower bound with the learned prior, nats a piece", "higher", "nats a piece",
    ),
    "kl_prior": Metric(
        "KL, learned prior", "what the latent code costs against the learned prior, nats a piece", unit="nats a piece",
    ),
    "reconstruction_nll": Metric("Reconstruction NLL", "-log p(x | z), nats a piece", "lower", "nats a piece"),
    "ppl": Metric("Perplexity a word", "perplexity: exp of the NLL a word", "lower", same=("nll_samples",)),
    "ppl_token": Metric(
        "Perplexity a token", "perplexity: exp of the NLL a token, the end of a piece counted as one",
        "lower", same=("nll_samples", "tokenizer"),
    ),
    "ppl_word": Metric(
        "Perplexity a word", "perplexity: exp of the NLL a word, the end of a piece counted as one", "lower", same=("nll_samples",),
    ),
    "active_units": Metric(
        "Active units", "latent dimensions whose mean varies over pieces (variance above 0.01)", unit="dimensions",
    ),
    "elbo_summary": Metric(
        "ELBO, no details", "evidence lower bound where all details are blank, nats a piece", "higher", "nats a piece",
    ),
    "kl_summary": Metric("KL of the summary", "what the summary costs, nats a piece", unit="nats a piece"),
    "active_units_summary": Metric(
        "Active units of the summary", "dimensions of the summary whose mean varies over pieces (variance above 0.01)",
        unit="dimensions",
    ),
    "latent_dims": Metric("Latent dimensions", "latent dimensions", unit="dimensions"),
    "mutual_information": Metric(
        "Mutual information", "mutual information of piece and latent code, over all pieces, nats", unit="nats",
    ),
    "neighbour_overlap": Metric(
        "Tokens shared with the nearest piece", "share of tokens that a piece and the one with the nearest code have in common",
        "higher", "share", _TOKENS,
    ),
    "random_overlap": Metric("Tokens shared with a random piece", "the same for two random pieces", unit="share", same=_TOKENS),
    "largest_mutual_information": Metric(
        "Largest possible mutual information",
        "the largest value that this number of pieces can show, its natural logarithm",
        unit="nats",
    ),
    "character_accuracy": Metric(
        "Character accuracy", "one minus the edit distance in characters divided by the longer length", "higher", "share",
    ),
    "word_accuracy": Metric(
        "Word accuracy", "one minus the edit distance in words divided by the longer length", "higher", "share",
    ),
    "level_accuracy": Metric(
        "Level accuracy", "share of the steps of time series whose level is at most one away (0.05 deviations)", "higher", "share",
    ),
    "deviation": Metric(
        "Deviation", "mean absolute difference of the values of time series, in standard deviations", "lower", "deviations",
    ),
    "note_f1": Metric("Note F1", "F1 of notes with correct onset, pitch and duration", "higher", "share"),
    "note_precision": Metric("Note precision", "share of the reconstructed notes that are correct", "higher", "share"),
    "note_recall": Metric("Note recall", "share of the notes of the original that are reconstructed", "higher", "share"),
    "chord_roots": Metric("Chord roots", "share of the half bars whose chord symbol has the correct root", "higher", "share"),
    "chords": Metric(
        "Chords", "share of the half bars whose chord symbol has the correct root and quality", "higher", "share",
    ),
    "pieces_4_4": Metric("Pieces in 4/4", "pieces in 4/4, the only ones that step_accuracy counts", unit="pieces"),
    "step_accuracy": Metric(
        "Step accuracy",
        "share of sixteenth steps that are reconstructed correctly (melodies: pieces in 4/4; drums: which voices are struck)",
        "higher", "share",
    ),
    "hit_f1": Metric("Hit F1", "F1 of hits with correct step and voice", "higher", "share"),
    "hit_precision": Metric("Hit precision", "share of the reconstructed hits that are correct", "higher", "share"),
    "hit_recall": Metric("Hit recall", "share of the hits of the original that are reconstructed", "higher", "share"),
    "velocity_accuracy": Metric(
        "Velocity accuracy", "share of the correct hits whose level of velocity is correct", "higher", "share",
    ),
    "offset_accuracy": Metric(
        "Timing accuracy", "share of the correct hits whose time is correct to a twenty-fourth of a quarter", "higher", "share",
    ),
    "pairs": Metric("Pairs", "pairs of pieces interpolated between", unit="pairs"),
    "steps": Metric("Steps", "steps from one to the other, both included", unit="steps"),
    "monotone": Metric("Monotone steps", "share of steps that do not go back", "higher", "share"),
    "rank_correlation": Metric(
        "Rank correlation", "Spearman correlation of position on the path and distance to its ends", "higher",
    ),
    "step_back": Metric("Largest step back", "largest step back of the mean curves, 0 where they are monotone", "lower"),
    "step_back_error": Metric("Standard error of the step back", "standard error of the largest step back"),
    "largest_step": Metric("Largest step", "largest step divided by the mean step, mean over pairs", "lower", "mean steps"),
    "largest_step_under_3": Metric(
        "Largest step under 3", "share of pairs whose largest step is under 3 mean steps", "higher", "share",
    ),
    "largest_step_curve": Metric(
        "Largest step of the mean curve", "largest step divided by the mean step, of the mean curve", "lower", "mean steps",
    ),
    "ends_exact": Metric("Exact ends", "share of pairs whose ends are the reconstructions", "higher", "share"),
    "copied_middle": Metric(
        "Copied in the middles", "share of the bars of the middles (of text: runs of three words) that occur in either end",
        "lower", "share",
    ),
    "copied_parts_middle": Metric(
        "Copied in the middles, part by part",
        "share of the bars of single parts, with notes, of the middles that occur in either end",
        "lower", "share",
    ),
    "copied_parts_unrelated": Metric(
        "Copied in other pieces, part by part", "the same for another held-out piece in place of the middle", unit="share",
    ),
    "one_key_middle": Metric(
        "Middles in one key", "share of the middles whose parts all have 0.8 of their time in one scale", "higher", "share",
    ),
    "one_key_ends": Metric("Ends in one key", "the same of the ends, which are real pieces", unit="share"),
    "copied_quarter": Metric(
        "Copied at a quarter",
        "share of the bars, or runs of three words, a quarter of the path from an end that occur in that end",
        "lower", "share",
    ),
    "nearer_quarter": Metric(
        "Nearer to the near end at a quarter",
        "share of the pieces a quarter of the path from an end that sound nearer to it than to the other end",
        "higher", "share",
    ),
    "betweenness": Metric(
        "Betweenness of the middles",
        "1: the middles sound as if on the straight line between their ends; 0: as far from them as any piece",
        "higher",
    ),
    "betweenness_unrelated": Metric("Betweenness of other pieces", "the same for another held-out piece in place of the middle"),
    "distinct": Metric("Different steps", "number of different steps of a path", "higher", "steps"),
    "steps_filled": Metric(
        "Steps whose bars are full", "share of the steps between the ends whose every bar is full", "higher", "share",
    ),
    "cost_real": Metric("Cost of these pieces", "n-gram cost of these pieces, nats a token", unit="nats a token", same=_TOKENS),
    "cost_middle": Metric(
        "Cost of the middles", "n-gram cost of the middles of the paths, nats a token", unit="nats a token", same=_TOKENS,
    ),
    "cost_mixed": Metric(
        "Cost of the mixed pairs", "n-gram cost of the pairs mixed in the data, nats a token", unit="nats a token", same=_TOKENS,
    ),
    "cost_ratio": Metric("Cost ratio of the middles", "cost of the middles divided by that of these pieces", same=_TOKENS),
    "cost_ratio_mixed": Metric(
        "Cost ratio of the mixed pairs", "cost of the mixed pairs divided by that of these pieces", same=_TOKENS,
    ),
    "to_first": Metric("Distance to the first end"),
    "to_last": Metric("Distance to the last end"),
    "moves": Metric("Step from one to the next"),
    "costs": Metric("Cost along the path", unit="nats a token", same=_TOKENS),
    "costs_mixed": Metric("Cost of mixing in the data", unit="nats a token", same=_TOKENS),
    "samples": Metric("Samples", "samples of the model, drawn from the prior or from a language model", unit="samples"),
    "beside": Metric("Beside held-out pieces", "held-out pieces that they are compared with", unit="pieces"),
    "temperature": Metric("Temperature", "how they are drawn: 1 as the model predicts, 0 the likeliest token"),
    "top_p": Metric("Top-p", "the likeliest tokens that together have this probability are drawn from"),
    "best_of": Metric("Best of several decodings", "how many times each code is decoded; the most likely result is kept"),
    "spread": Metric("Spread of the codes", "how far their codes lie from the likeliest ones: 1 as the prior says"),
    "ended": Metric("Samples that end by themselves", "share of the samples that end by themselves", "higher", "share", _DRAWN),
    "bars_filled": Metric(
        "Samples whose bars are full", "share of the samples whose every bar is exactly full", "higher", "share", _DRAWN,
    ),
    "samples_cost_ratio": Metric(
        "Cost ratio of the samples",
        "cost of the samples under a 5-gram model of the training pieces divided by that of the held-out pieces",
        same=(*_TOKENS, *_DRAWN),
    ),
    "gaps": Metric("Gaps", "pieces of which one bar was left out and written by the model", unit="pieces"),
    "gaps_copied": Metric(
        "Gaps filled with a copy", "share of these bars that equal the original bar or a neighbouring one",
        "lower", "share",
    ),
    "gaps_cost_ratio": Metric(
        "Cost ratio of the filled pieces",
        "cost of the pieces with the bar written by the model divided by that of the original pieces",
        same=_TOKENS,
    ),
    "forecasts": Metric("Forecasts", "held-out time series whose last steps were forecast", unit="series"),
    "mase": Metric(
        "Scaled error against seasonal naive",
        "mean absolute scaled error of the median, divided by that of the seasonal naive forecast, geometric mean", "lower",
    ),
    "wql": Metric(
        "Quantile loss against seasonal naive",
        "weighted loss of the quantiles 0.1 to 0.9, divided by that of the seasonal naive forecast, geometric mean", "lower",
    ),
    "coverage": Metric(
        "Coverage of the 80 % band", "share of the values between the quantiles 0.1 and 0.9; 0.8 is right", unit="share"
    ),
    "harmonised": Metric("Harmonised", "held-out pieces whose chord symbols were left out and written by the model", unit="pieces"),
    "harmony_roots": Metric(
        "Roots as the composer's", "share of the half bars with a chord symbol in which the model's has the same root",
        "higher", "share",
    ),
    "harmony_chords": Metric(
        "Chords as the composer's",
        "share of the half bars with a chord symbol in which the model's has the same root and quality",
        "higher", "share",
    ),
    "harmony_roots_baseline": Metric(
        "Roots, baseline", "the same of a hidden Markov model trained on the same pieces", unit="share",
    ),
    "harmony_chords_baseline": Metric(
        "Chords, baseline", "the same of a hidden Markov model trained on the same pieces", unit="share",
    ),
    "in_chord": Metric(
        "Strong notes in the chord", "share of the melody's notes on beats that are in the model's chord", unit="share",
    ),
    "in_chord_baseline": Metric(
        "Strong notes in the chord, baseline", "the same of the chords of the hidden Markov model", unit="share",
    ),
    "in_chord_real": Metric("Strong notes in the chord, held-out", "the same of the chords of the composers", unit="share"),
    "note_count": Metric("Notes", "notes of a piece", unit="notes"),
    "pitch_count": Metric("Pitches", "different pitches of a piece", unit="pitches"),
    "pitch_range": Metric("Range", "highest minus lowest pitch, semitones", unit="semitones"),
    "pitch_interval": Metric("Interval", "mean interval of a note to the next, semitones", unit="semitones"),
    "onset_interval": Metric("Onset interval", "mean time from an onset to the next, quarters", unit="quarters"),
    "pitch_class_entropy": Metric("Pitch-class entropy", "entropy of the pitch classes of the notes, bits", unit="bits"),
    "scale_consistency": Metric("Scale consistency", "largest share of notes in one major or minor scale", unit="share"),
    "bar_repetition": Metric("Repeated bars", "share of the bars that equal an earlier one, note for note", unit="share"),
    "ends_on_tonic": Metric("Samples that end on the tonic", "share of the samples whose last note is the tonic", unit="share"),
    "ends_on_tonic_real": Metric("Real pieces that end on the tonic", "the same of the held-out pieces", unit="share"),
    "groove_consistency": Metric(
        "Groove consistency",
        "one minus the share of the 64 positions of a bar where the onsets of the next bar differ",
        unit="share",
    ),
    "pitch_class_histogram": Metric("Pitch classes", "share of the sounding time of each pitch class"),
    "pitch_class_transitions": Metric("Pitch-class transitions", "share of each pair of consecutive pitch classes"),
    "note_length_histogram": Metric("Note values", "share of each note value"),
    "note_length_transitions": Metric("Note-value transitions", "share of each pair of consecutive note values"),
    "voice_histogram": Metric("Voices", "share of the hits of each voice"),
    "empty_bars": Metric("Empty bars", "share of the bars in which nothing sounds in the part", unit="share"),
    "note_density": Metric("Notes a quarter", "notes or chord symbols of the part a quarter", unit="notes a quarter"),
    "used_pitch_classes": Metric(
        "Pitch classes a bar", "different pitch classes of a bar in which something sounds in the part", unit="pitch classes",
    ),
    "polyphony": Metric("Notes at once", "notes of the part that sound at once, while some do", unit="notes"),
    "tonal_distance": Metric("Tonal distance of parts", "distance of the tonal centroids of two parts in a beat"),
    "pitch_class_overlap": Metric("Pitch classes in common", "overlap of the pitch classes of two parts in a beat", unit="share"),
    "parallel_fifths": Metric(
        "Parallel fifths", "two fifths in a row between two voices that move alike, per 100 notes of the samples",
        unit="per 100 notes",
    ),
    "parallel_fifths_real": Metric("Parallel fifths, held-out", "the same of the held-out pieces", unit="per 100 notes"),
    "parallel_octaves": Metric(
        "Parallel octaves", "two octaves or unisons in a row between two voices that move alike, per 100 notes of the samples",
        unit="per 100 notes",
    ),
    "parallel_octaves_real": Metric("Parallel octaves, held-out", "the same of the held-out pieces", unit="per 100 notes"),
    "crossings": Metric(
        "Voice crossings", "times that an upper voice sounds below a lower one, per 100 notes of the samples", unit="per 100 notes",
    ),
    "crossings_real": Metric("Voice crossings, held-out", "the same of the held-out pieces", unit="per 100 notes"),
    "out_of_range": Metric(
        "Notes out of range", "notes outside the range of their instrument, per 100 notes of the samples", unit="per 100 notes",
    ),
    "out_of_range_real": Metric("Notes out of range, held-out", "the same of the held-out pieces", unit="per 100 notes"),
    "one_key": Metric(
        "Parts in one key", "share of the samples whose parts all have 0.8 of their time in one scale", "higher", "share",
    ),
    "one_key_real": Metric("Parts in one key, held-out", "the same of the held-out pieces", unit="share"),
    "real": Metric("Held-out pieces", "mean over held-out pieces"),
    "generated": Metric("Samples", "mean over samples"),
    "histogram_overlap": Metric("Overlap of histograms", "overlap of the histograms of both, 0 to 1", "higher", "share", _DRAWN),
    "intra_real": Metric("Distance within held-out pieces", "mean distance of two held-out pieces"),
    "intra_generated": Metric("Distance within samples", "mean distance of two samples"),
    "inter": Metric("Distance between both", "mean distance of a held-out piece and a sample"),
    "overlap_area": Metric(
        "Overlap area", "overlap of the densities of the distances intra_real and inter: 1 where samples are like real pieces",
        "higher", "share", _DRAWN,
    ),
    "divergence": Metric(
        "KL divergence", "KL divergence of the second of these densities from the first, nats", "lower", "nats", _DRAWN,
    ),
    "forward_ppl": Metric(
        "Forward perplexity", "perplexity a word of the samples under a 5-gram model of the training text",
        "lower", same=(*_TOKENS, *_DRAWN),
    ),
    "forward_ppl_real": Metric("Forward perplexity of held-out text", "the same of held-out text", same=_TOKENS),
    "reverse_ppl": Metric(
        "Reverse perplexity", "perplexity a word of held-out text under a 5-gram model of the samples",
        "lower", same=(*_TOKENS, *_DRAWN),
    ),
    "reverse_ppl_real": Metric(
        "Reverse perplexity of training text", "the same with as many training texts as there are samples",
        same=("tokenizer", "samples"),
    ),
    "distinct_1": Metric("Distinct words", "different words divided by all words of the samples", "higher", "share", _DRAWN),
    "distinct_1_real": Metric("Distinct words, held-out", "the same of as many held-out texts", unit="share"),
    "distinct_2": Metric(
        "Distinct pairs of words", "different pairs of consecutive words divided by all pairs", "higher", "share", _DRAWN,
    ),
    "distinct_2_real": Metric("Distinct pairs of words, held-out", "the same of as many held-out texts", unit="share"),
    "self_bleu": Metric(
        "Self-BLEU", "mean BLEU-4 of a sample with the others as references, 0 to 100; high where they are alike",
        "lower", "0 to 100", _DRAWN,
    ),
    "self_bleu_real": Metric("Self-BLEU, held-out", "the same of as many held-out texts", unit="0 to 100"),
    "words": Metric("Words", "mean number of words of a sample", unit="words"),
    "words_real": Metric("Words, held-out", "the same of as many held-out texts", unit="words"),
    "words_spread": Metric("Spread of words", "standard deviation of that number", unit="words"),
    "words_spread_real": Metric("Spread of words, held-out", "the same of as many held-out texts", unit="words"),
    "known_form": Metric(
        "Forms of the training texts",
        "share of the samples whose number of lines and characters per line occurs in the training texts",
        "higher", "share", _DRAWN,
    ),
    "known_form_real": Metric("Forms of the training texts, held-out", "the same of held-out texts", unit="share"),
    "copied": Metric(
        "Samples with a long copied passage",
        "share of the samples with a passage of two bars, or eight words, of a training piece",
        "lower", "share", _DRAWN,
    ),
    "copied_real": Metric("Long shared passages, held-out", "the same of held-out pieces", unit="share"),
    "whole": Metric("Samples that are copies", "share of the samples that are a training piece", "lower", "share", _DRAWN),
    "whole_real": Metric("Copies, held-out", "the same of held-out pieces", unit="share"),
    "longest_passage": Metric(
        "Longest copied passage", "longest passage that a sample shares with a training piece, symbols or words, mean",
        unit="symbols or words",
    ),
    "longest_passage_real": Metric("Longest shared passage, held-out", "the same of held-out pieces", unit="symbols or words"),
    "longest_share": Metric(
        "Longest copied passage", "length of that passage divided by that of the sample, mean", unit="share of the piece",
    ),
    "longest_share_real": Metric("Longest shared passage, held-out", "the same of held-out pieces", unit="share of the piece"),
    "nearest_distance": Metric(
        "Distance to the nearest training piece",
        "edit distance to the nearest training piece divided by the longer length, mean; 0 for a copy",
        unit="share",
    ),
    "nearest_distance_real": Metric(
        "Distance to the nearest training piece, held-out", "the same of held-out pieces", unit="share",
    ),
}
# fmt: on
