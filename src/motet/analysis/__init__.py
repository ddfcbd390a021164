"""Facts about a score: its keys, chords, numerals and cadences.

Conventions: a score goes in, a frozen fact comes out; None where a fact has no ground (no notes).
"""

from motet.analysis.cadence import CADENCES, Cadence, find_cadences
from motet.analysis.chords import ChordEstimate, estimate_chords
from motet.analysis.key import KeyEstimate, estimate_key
from motet.analysis.modulation import KeySpan, estimate_key_spans
from motet.analysis.roman import RomanSpan, analyse_roman

__all__ = [
    "CADENCES",
    "Cadence",
    "ChordEstimate",
    "KeyEstimate",
    "KeySpan",
    "RomanSpan",
    "analyse_roman",
    "estimate_chords",
    "estimate_key",
    "estimate_key_spans",
    "find_cadences",
]
