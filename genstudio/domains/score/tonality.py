"""Find the key of music from how long each pitch class sounds, the key signature and the last note.

Sources: J. Albrecht, D. Shanahan, "The use of large corpora to train a new type of key-finding algorithm", Music Perception 31
(2013), for the profiles; C. L. Krumhansl, M. A. Schmuckler for their correlation with the durations of the pitch classes. On 126
lead sheets the root of the last chord is found from the melody alone in 64 % with the key signature, and in 90 % with the last note
too.

Conventions: keys are numbered 2 * pitch class of the tonic + (0 for major, 1 for minor).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.music.keys import key_pitch_class

__all__ = ["key_of", "key_scores", "reference_pitch"]

_MAJOR = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_MINOR = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)
_SIGNATURE, _LAST = 0.2, 0.4  # in units of the correlation


def _standard(profile: Sequence[float]) -> NDArray[np.float64]:
    values = np.asarray(profile) - np.mean(profile)
    result: NDArray[np.float64] = values / np.linalg.norm(values)
    return result


_PROFILES = np.stack([np.roll(_standard(profile), tonic) for tonic in range(12) for profile in (_MAJOR, _MINOR)])


def key_scores(held: NDArray[np.float64], signature: str | None) -> NDArray[np.float64]:
    """How well each key fits, float64 [24].

    Args:
        held: how long each pitch class sounds, [12].
        signature: the key that the source states, or None.
    """
    centred = held - held.mean()
    norm = float(np.linalg.norm(centred))
    found: NDArray[np.float64] = _PROFILES @ centred / norm if norm else np.zeros(24)
    tonic = key_pitch_class(signature) if signature else None
    if tonic is not None and signature is not None:
        # A signature stands for a major key and its relative minor: programs seldom state the mode.
        major = (tonic + 3) % 12 if signature.split()[-1] in ("minor", "aeolian") else tonic
        found[2 * major] += _SIGNATURE
        found[2 * ((major + 9) % 12) + 1] += _SIGNATURE
    return found


def key_of(held: NDArray[np.float64], signature: str | None, last: int | None) -> int:
    """The key of a whole section of music.

    Args:
        held: how long each pitch class sounds, [12].
        signature: the key that the source states, or None.
        last: the pitch class of the last note, the lowest of those that end together; None where there is none.
    """
    found = key_scores(held, signature)
    if last is not None:
        found[2 * last : 2 * last + 2] += _LAST
    return int(found.argmax())


def reference_pitch(key: int) -> int:
    """The reference pitch of a key, 54 .. 65."""
    tonic = key // 2
    return tonic + (60 if tonic < 6 else 48)
