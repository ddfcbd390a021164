"""Facts about a score: keys, chords, cadences, metre, form, melody, voices, feel, difficulty.

Conventions: a score goes in, a frozen fact comes out; None where a fact has no ground (no notes).
`analyse` gives all of them together, `diff_scores` what changed between two scores.
"""

from motet.analysis.cadence import CADENCES, Cadence, find_cadences
from motet.analysis.chords import ChordEstimate, estimate_chords
from motet.analysis.difference import Change, Difference, diff_scores
from motet.analysis.difficulty import Difficulty, estimate_difficulty
from motet.analysis.emotion import EmotionEstimate, estimate_emotion
from motet.analysis.features import CellFeatures, find_features, syncopation
from motet.analysis.feel import FeelEstimate, estimate_feel
from motet.analysis.key import KeyEstimate, estimate_key
from motet.analysis.melody import MelodyEstimate, estimate_melody, skyline
from motet.analysis.metre import MetreEstimate, estimate_metre, set_pickup
from motet.analysis.modulation import KeySpan, estimate_key_spans
from motet.analysis.report import Report, analyse
from motet.analysis.report_words import tell_report
from motet.analysis.roman import RomanSpan, analyse_roman
from motet.analysis.sections import FormSpan, find_sections
from motet.analysis.voices import count_voices, mark_voices, separate_voices

__all__ = [
    "CADENCES",
    "Cadence",
    "CellFeatures",
    "Change",
    "ChordEstimate",
    "Difference",
    "Difficulty",
    "EmotionEstimate",
    "FeelEstimate",
    "FormSpan",
    "KeyEstimate",
    "KeySpan",
    "MelodyEstimate",
    "MetreEstimate",
    "Report",
    "RomanSpan",
    "analyse",
    "analyse_roman",
    "count_voices",
    "diff_scores",
    "estimate_chords",
    "estimate_difficulty",
    "estimate_emotion",
    "estimate_feel",
    "estimate_key",
    "estimate_key_spans",
    "estimate_melody",
    "estimate_metre",
    "find_cadences",
    "find_features",
    "find_sections",
    "mark_voices",
    "separate_voices",
    "set_pickup",
    "skyline",
    "syncopation",
    "tell_report",
]
