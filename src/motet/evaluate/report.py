"""All measures of a score by name.

Conventions: a measure takes a `Score` and gives a float, nan where it is undefined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from motet.evaluate.form import lag_structure, self_similarity
from motet.evaluate.harmony import chord_tone_share, consonance
from motet.evaluate.pitch import (
    chromatic_share,
    mean_interval_semi,
    pitch_class_entropy_bits,
    pitch_span_semi,
    scale_fit,
)
from motet.evaluate.rhythm import (
    empty_bar_share,
    mean_duration_qn,
    note_density,
    onset_entropy_bits,
    rhythm_repetition,
)
from motet.score import Score

__all__ = ["MEASURES", "measure_score"]

MEASURES: Final[dict[str, Callable[[Score], float]]] = {
    "scale_fit": scale_fit,
    "chromatic_share": chromatic_share,
    "consonance": consonance,
    "chord_tone_share": chord_tone_share,
    "pitch_class_entropy_bits": pitch_class_entropy_bits,
    "onset_entropy_bits": onset_entropy_bits,
    "rhythm_repetition": rhythm_repetition,
    "mean_interval_semi": mean_interval_semi,
    "pitch_span_semi": pitch_span_semi,
    "mean_duration_qn": mean_duration_qn,
    "note_density": note_density,
    "empty_bar_share": empty_bar_share,
    "self_similarity": self_similarity,
    "lag_structure": lag_structure,
}
"""Name to measure."""


def measure_score(score: Score) -> dict[str, float]:
    """Return every measure of a score.

    Parameters
    ----------
    score : Score

    Returns
    -------
    dict of str to float
        In the order of `MEASURES`; nan where a measure is undefined.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = measure_score(make_score("C4:2 E4:2 | G4:4", "C3:8"))
    >>> found["consonance"], found["scale_fit"], found["empty_bar_share"]
    (1.0, 1.0, 0.0)
    """
    return {name: measure(score) for name, measure in MEASURES.items()}
