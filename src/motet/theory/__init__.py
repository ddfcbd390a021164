"""Music theory as tables and functions: pitch, scale, chord, progression, voicing, instrument.

Conventions: immutable values; pitches are MIDI numbers, pitch classes (pcs) 0 to 11, spellings
``"F#"``; each table cites its source in its own module.
"""

from motet.theory.chord import NO_CHORD, Chord, chord_from_pcs, make_chord, parse_chord
from motet.theory.chord_table import QUALITIES, Quality
from motet.theory.interval import INTERVALS, Interval, interval_between, parse_interval
from motet.theory.pitch import (
    fifths_position,
    octave_of,
    parse_pitch,
    pitch_name,
    spell_line,
    spell_pitch,
    spelling_to_pc,
    transpose_spelling,
)
from motet.theory.progression import ChordSpan, Progression, parse_progression, split_bar
from motet.theory.roman import chord_to_roman, roman_to_chord
from motet.theory.scale import SCALES, Key, key_from_signature, parse_key

__all__ = [
    "INTERVALS",
    "NO_CHORD",
    "QUALITIES",
    "SCALES",
    "Chord",
    "ChordSpan",
    "Interval",
    "Key",
    "Progression",
    "Quality",
    "chord_from_pcs",
    "chord_to_roman",
    "fifths_position",
    "interval_between",
    "key_from_signature",
    "make_chord",
    "octave_of",
    "parse_chord",
    "parse_interval",
    "parse_key",
    "parse_pitch",
    "parse_progression",
    "pitch_name",
    "roman_to_chord",
    "spell_line",
    "spell_pitch",
    "spelling_to_pc",
    "split_bar",
    "transpose_spelling",
]
