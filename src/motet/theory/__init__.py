"""Music theory as tables and functions: pitch, scale, chord, progression, voicing, instrument.

Conventions: immutable values; pitches are MIDI numbers, pitch classes (pcs) 0 to 11, spellings
``"F#"``; each table cites its source in its own module.
"""

from motet.theory.chord import NO_CHORD, Chord, chord_from_pcs, make_chord, parse_chord
from motet.theory.chord_scale import available_tensions, chord_scale, chord_scale_spelling
from motet.theory.chord_table import QUALITIES, Quality
from motet.theory.function import FUNCTIONS, HarmonicFunction, function_of
from motet.theory.general_midi import (
    DRUM_KEYS,
    GM_FAMILIES,
    GM_PROGRAMS,
    DrumKey,
    drum_key,
    program_family,
)
from motet.theory.guitar import GUITAR_TUNING, GuitarShape, guitar_shape, guitar_shapes
from motet.theory.instrument import INSTRUMENTS, Instrument, find_instrument
from motet.theory.interval import INTERVALS, Interval, interval_between, parse_interval
from motet.theory.key_guess import guess_key
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
from motet.theory.roman import chord_to_roman, is_roman, roman_to_chord
from motet.theory.scale import SCALES, Key, key_from_signature, parse_key
from motet.theory.voice_leading import SATB, lead_voices
from motet.theory.voicing import (
    KINDS,
    movement_semi,
    parallel_perfects,
    voice_chord,
    voice_progression,
)

__all__ = [
    "DRUM_KEYS",
    "FUNCTIONS",
    "GM_FAMILIES",
    "GM_PROGRAMS",
    "GUITAR_TUNING",
    "INSTRUMENTS",
    "INTERVALS",
    "KINDS",
    "NO_CHORD",
    "QUALITIES",
    "SATB",
    "SCALES",
    "Chord",
    "ChordSpan",
    "DrumKey",
    "GuitarShape",
    "HarmonicFunction",
    "Instrument",
    "Interval",
    "Key",
    "Progression",
    "Quality",
    "available_tensions",
    "chord_from_pcs",
    "chord_scale",
    "chord_scale_spelling",
    "chord_to_roman",
    "drum_key",
    "fifths_position",
    "find_instrument",
    "function_of",
    "guess_key",
    "guitar_shape",
    "guitar_shapes",
    "interval_between",
    "is_roman",
    "key_from_signature",
    "lead_voices",
    "make_chord",
    "movement_semi",
    "octave_of",
    "parallel_perfects",
    "parse_chord",
    "parse_interval",
    "parse_key",
    "parse_pitch",
    "parse_progression",
    "pitch_name",
    "program_family",
    "roman_to_chord",
    "spell_line",
    "spell_pitch",
    "spelling_to_pc",
    "split_bar",
    "transpose_spelling",
    "voice_chord",
    "voice_progression",
]
