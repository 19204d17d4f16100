"""How well a small classifier learns classes from few pieces, with and without new ones.

The classifier is a logistic regression (scikit-learn, class weights balanced) on

* words, pairs of words, and runs of two to four characters, weighted by TF-IDF, where pieces are texts;
* the standardised features by which a listener compares pieces (:meth:`genstudio.domains.Domain.measure_features`), or else the
  attributes of the domain, elsewhere.

The metric is the macro F1: the harmonic mean of precision and recall of each class, averaged over the classes, in percent. What is
compared is *paired*: both classifiers learn from the same pieces and are asked about the same held-out ones, in several splits.
Whether the mean difference is more than chance is judged by the corrected resampled t-test (C. Nadeau, Y. Bengio, Inference for the
generalization error, Machine Learning 52, 2003), since the splits share pieces.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Domain
from genstudio.errors import ConfigError
from genstudio.packages import install_command

__all__ = ["Classifier", "compared", "need_sklearn", "splits"]

_STRENGTH = 10.0  # inverse of the penalty; from 1 to 100 the macro F1 of 80 to 120 texts changes by less than half a point
_SURE = 0.95


def need_sklearn() -> None:
    """Refuse to go on without scikit-learn.

    Raises:
        ConfigError: it is not installed; the message has the command that installs it.
    """
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise ConfigError(
            "the report trains a classifier with the package scikit-learn, which is not installed.", remedy="install",
            command=install_command("augment"),
        ) from error  # fmt: skip


class Classifier:
    """A classifier of pieces.

    Args:
        domain: of the pieces.
        pieces: those to learn from, the new ones last.
        labels: of each.
        new: how many of the last pieces are new; those of a class count together ``share`` times as much as its others.
        share: see ``new``.

    Raises:
        ConfigError: scikit-learn is not installed.
    """

    def __init__(self, domain: Domain, pieces: Sequence[Any], labels: Sequence[str], new: int = 0, share: float = 1.0) -> None:
        need_sklearn()
        from sklearn.linear_model import LogisticRegression

        self._domain = domain
        own = len(pieces) - new
        self._features = _features(domain)
        # Words of the new pieces alone are learned from too: they are what a text can gain.
        self._features.fit(self._given(pieces))
        classes = sorted(set(labels[:own]))
        kept = [at for at, label in enumerate(labels) if label in classes]
        weights = np.array([_weight(labels, own, at, share) for at in kept])
        model = LogisticRegression(C=_STRENGTH, max_iter=500, tol=1e-3)
        self._model = model.fit(
            self._features.transform(self._given([pieces[at] for at in kept])), [labels[at] for at in kept], sample_weight=weights
        )

    def _given(self, pieces: Sequence[Any]) -> Any:
        domain = self._domain
        if domain.is_text:
            return [domain.text_of(piece) for piece in pieces]
        if domain.features:
            return np.array([domain.measure_features(piece) for piece in pieces], np.float64)
        return np.array([[one.measure(piece) for one in domain.attributes] for piece in pieces], np.float64)

    def of(self, pieces: Sequence[Any]) -> list[str]:
        """The likeliest class of each piece."""
        return [str(one) for one in self._model.predict(self._features.transform(self._given(pieces)))]

    def macro_f1(self, pieces: Sequence[Any], labels: Sequence[str]) -> float:
        """The macro F1 on pieces, in percent."""
        from sklearn.metrics import f1_score

        return 100.0 * float(f1_score(list(labels), self.of(pieces), average="macro", zero_division=0.0))


def _weight(labels: Sequence[str], own: int, at: int, share: float) -> float:
    """The weight of a piece: that of all true pieces of a class is the same for every class."""
    true = labels[:own].count(labels[at])
    balanced = own / (len(set(labels[:own])) * true)
    return balanced if at < own else share * balanced * true / labels[own:].count(labels[at])


def _features(domain: Domain) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    from sklearn.preprocessing import StandardScaler

    if not domain.is_text:
        return StandardScaler()
    words = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), sublinear_tf=True)
    return make_union(words, TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True))


def splits(labels: Sequence[str], count: int, held_out: float, seed: int) -> list[tuple[list[int], list[int]]]:
    """Stratified random splits: the numbers of the pieces to learn from, and of those held out, of every class at least one each.

    Args:
        labels: of each piece; every class has at least 2.
        count: how many splits.
        held_out: share of each class that is held out.
        seed: of the random numbers.
    """
    found = []
    rng = np.random.default_rng(seed)
    for _ in range(count):
        learn: list[int] = []
        test: list[int] = []
        for label in sorted(set(labels)):
            own = rng.permutation([at for at, one in enumerate(labels) if one == label]).tolist()
            aside = min(len(own) - 1, max(1, round(held_out * len(own))))
            test += own[:aside]
            learn += own[aside:]
        found.append((sorted(learn), sorted(test)))
    return found


def compared(without: Sequence[float], with_new: Sequence[float], tested: float) -> dict[str, Any]:
    """Whether new pieces helped, from the macro F1 of several splits without and with them.

    Args:
        without: of each split.
        with_new: of each split.
        tested: how many pieces were held out for each that was learned from; 0 where the splits share no pieces.

    Returns:
        ``without`` and ``with`` (``mean`` and ``spread``, the standard deviation over the splits), ``difference`` (``mean``,
        ``spread``, and ``low`` and ``high`` of its 95 % interval, None for a single split), ``splits``, and ``verdict``: "helped",
        "harmed" where the interval excludes 0, else "nothing".
    """
    a, b = np.asarray(without, np.float64), np.asarray(with_new, np.float64)
    change = b - a
    count, mean, spread = len(change), float(change.mean()), _spread(change)
    low = high = None
    if count > 1:
        from scipy.stats import t  # comes with scikit-learn

        error = math.sqrt(1.0 / count + tested) * spread * float(t.ppf(0.5 + _SURE / 2, count - 1))
        low, high = mean - error, mean + error
    verdict: Literal["helped", "harmed", "nothing"] = "nothing"
    if low is not None and high is not None and (low > 0 or high < 0):
        verdict = "helped" if low > 0 else "harmed"
    return {
        "without": {"mean": float(a.mean()), "spread": _spread(a)},
        "with": {"mean": float(b.mean()), "spread": _spread(b)},
        "difference": {"mean": mean, "spread": spread, "low": low, "high": high},
        "splits": count,
        "verdict": verdict,
    }


def _spread(values: NDArray[np.float64]) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else 0.0
