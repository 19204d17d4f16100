"""What each figure of ``genstudio evaluate`` is, in a few words; the docstrings of :mod:`genstudio.evaluation` say it in full."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFINITIONS", "GROUPS", "SHOWN", "Shown", "shown"]


@dataclass(frozen=True)
class Shown:
    """How a figure is shown to people.

    label: its name. better: "higher", "lower", or "" where neither is better by itself. unit: what it is counted in. same: what
    two models must have in common for theirs to be compared: figures of the same group, or "tokenizer" for what counts tokens.
    """

    label: str
    better: str = ""
    unit: str = ""
    same: tuple[str, ...] = ()


def shown(name: str) -> tuple[Shown, str]:
    """How the figure ``name`` is shown, and what it is; ``("note_f1 6/8")`` is the figure ``note_f1`` of the pieces in 6/8. A
    figure that is not known here is shown by its own name, without a word about it."""
    if name in SHOWN or name in DEFINITIONS:
        return SHOWN.get(name, Shown(name)), DEFINITIONS.get(name, "")
    whole, _, part = name.partition(" ")
    if part and whole in SHOWN:
        of = SHOWN[whole]
        return Shown(f"{of.label}, {part}", of.better, of.unit, of.same), DEFINITIONS.get(whole, "")
    return Shown(name), ""


_TOKENS = ("tokenizer",)

GROUPS = {
    "reconstruction": "Reconstruction",
    "likelihood": "Likelihood",
    "latent": "Latent space",
    "interpolation": "Interpolation",
    "generated": "Generated pieces",
    "music": "Music",
    "text": "Text",
    "novelty": "Novelty",
}
"""Names of groups of figures, for people."""

SHOWN = {
    "n": Shown("Pieces", unit="pieces"),
    "accuracy": Shown("Token accuracy, decoding freely", "higher", "share", _TOKENS),
    "accuracy_teacher_forced": Shown("Token accuracy, teacher-forced", "higher", "share", _TOKENS),
    "exact": Shown("Exact reconstructions", "higher", "share"),
    "bleu": Shown("BLEU", "higher", "0 to 100"),
    "nll": Shown("NLL, importance-weighted", "lower", "nats a piece", ("nll_samples",)),
    "nll_samples": Shown("Samples of that (K)", unit="samples"),
    "elbo": Shown("ELBO", "higher", "nats a piece"),
    "negative_elbo": Shown("Negative ELBO", "lower", "nats a piece"),
    "kl": Shown("KL", unit="nats a piece"),
    "reconstruction_nll": Shown("Reconstruction NLL", "lower", "nats a piece"),
    "ppl": Shown("Perplexity a word", "lower", same=("nll_samples",)),
    "ppl_token": Shown("Perplexity a token", "lower", same=("nll_samples", "tokenizer")),
    "ppl_word": Shown("Perplexity a word", "lower", same=("nll_samples",)),
    "active_units": Shown("Active units", unit="dimensions"),
    "latent_dims": Shown("Latent dimensions", unit="dimensions"),
    "mutual_information": Shown("Mutual information", unit="nats"),
    "largest_mutual_information": Shown("Largest that can be seen", unit="nats"),
    "character_accuracy": Shown("Character accuracy", "higher", "share"),
    "word_accuracy": Shown("Word accuracy", "higher", "share"),
    "note_f1": Shown("Note F1", "higher", "share"),
    "note_precision": Shown("Note precision", "higher", "share"),
    "note_recall": Shown("Note recall", "higher", "share"),
    "pieces_4_4": Shown("Pieces in 4/4", unit="pieces"),
    "step_accuracy": Shown("Step accuracy", "higher", "share"),
    "pairs": Shown("Pairs", unit="pairs"),
    "steps": Shown("Steps", unit="steps"),
    "monotone": Shown("Monotone steps", "higher", "share"),
    "rank_correlation": Shown("Rank correlation", "higher"),
    "step_back": Shown("Largest step back", "lower"),
    "step_back_error": Shown("Standard error of that"),
    "largest_step": Shown("Largest step", "lower", "mean steps"),
    "largest_step_under_3": Shown("Largest step under 3", "higher", "share"),
    "largest_step_curve": Shown("Largest step of the mean curve", "lower", "mean steps"),
    "ends_exact": Shown("Exact ends", "higher", "share"),
    "cost_real": Shown("Cost of these pieces", unit="nats a token", same=_TOKENS),
    "cost_middle": Shown("Cost of the middles", unit="nats a token", same=_TOKENS),
    "cost_mixed": Shown("Cost of the mixed", unit="nats a token", same=_TOKENS),
    "cost_ratio": Shown("Cost ratio of the middles", same=_TOKENS),
    "cost_ratio_mixed": Shown("Cost ratio of the mixed", same=_TOKENS),
    "to_first": Shown("Distance to the first end"),
    "to_last": Shown("Distance to the last end"),
    "moves": Shown("Step from one to the next"),
    "costs": Shown("Cost along the path", unit="nats a token", same=_TOKENS),
    "costs_mixed": Shown("Cost of mixing in the data", unit="nats a token", same=_TOKENS),
}

DEFINITIONS = {
    "n": "pieces measured",
    "accuracy": "share of tokens that come back at the same place, decoding freely",
    "accuracy_teacher_forced": "share of next tokens right, given the true ones before",
    "exact": "share of pieces that come back whole",
    "bleu": "BLEU of what comes back, 0 to 100",
    "nll": "-log p(x) by importance sampling, nats a piece",
    "nll_samples": "samples of the latent code for it",
    "elbo": "evidence lower bound, nats a piece",
    "kl": "what the latent code costs, nats a piece",
    "reconstruction_nll": "-log p(x | z), nats a piece",
    "ppl": "perplexity: exp of the NLL a word",
    "ppl_token": "perplexity: exp of the NLL a token",
    "ppl_word": "perplexity: exp of the NLL a word",
    "active_units": "latent dimensions whose mean varies over pieces (variance above 0.01)",
    "latent_dims": "latent dimensions",
    "mutual_information": "between piece and latent code, nats",
    "largest_mutual_information": "the most that this many pieces can show",
    "character_accuracy": "one minus the edit distance in characters, by the longer length",
    "word_accuracy": "the same in words",
    "note_f1": "notes with onset, pitch and duration right, F1",
    "note_precision": "share of the notes written that are right",
    "note_recall": "share of the original's notes that come back",
    "pieces_4_4": "pieces in 4/4, the only ones that step_accuracy counts",
    "step_accuracy": "share of sixteenth steps that come back right, pieces in 4/4",
    "pairs": "pairs of pieces interpolated between",
    "steps": "steps from one to the other, both included",
    "monotone": "share of steps that do not go back",
    "rank_correlation": "of place on the path and distance to its ends (Spearman)",
    "step_back": "largest step back of the mean curves, 0 where they are monotone",
    "step_back_error": "standard error of that step",
    "largest_step": "largest step by the mean one, mean over pairs",
    "largest_step_under_3": "share of pairs where that is under 3",
    "largest_step_curve": "largest step by the mean one, of the mean curve",
    "ends_exact": "share of pairs whose ends are the reconstructions",
    "cost_real": "n-gram cost of these pieces, nats a token",
    "cost_middle": "n-gram cost of the middles of the paths, nats a token",
    "cost_mixed": "n-gram cost of the pairs mixed in the data, nats a token",
    "cost_ratio": "cost of the middles by that of these pieces",
    "cost_ratio_mixed": "cost of the mixed by that of these pieces",
}
