"""Measures of scores: pitch, rhythm, harmony and form as numbers.

Conventions: a measure takes a `Score` and gives a float, nan where it is undefined; drums have no
pitch. Which values are good only other music can tell: see `motet.evaluate.people` and `motet.suite`.
"""

from motet.evaluate.distance import jensen_shannon_bits
from motet.evaluate.form import bar_likeness, lag_structure, self_similarity
from motet.evaluate.harmony import chord_tone_share, consonance, strong_places_tick
from motet.evaluate.pitch import (
    chromatic_share,
    entropy_bits,
    interval_shares,
    mean_interval_semi,
    pitch_class_entropy_bits,
    pitch_span_semi,
    pitched_notes,
    scale_fit,
)
from motet.evaluate.report import MEASURES, measure_score
from motet.evaluate.rhythm import (
    empty_bar_share,
    mean_duration_qn,
    note_density,
    onset_entropy_bits,
    rhythm_repetition,
)

__all__ = [
    "MEASURES",
    "bar_likeness",
    "chord_tone_share",
    "chromatic_share",
    "consonance",
    "empty_bar_share",
    "entropy_bits",
    "interval_shares",
    "jensen_shannon_bits",
    "lag_structure",
    "mean_duration_qn",
    "mean_interval_semi",
    "measure_score",
    "note_density",
    "onset_entropy_bits",
    "pitch_class_entropy_bits",
    "pitch_span_semi",
    "pitched_notes",
    "rhythm_repetition",
    "scale_fit",
    "self_similarity",
    "strong_places_tick",
]
