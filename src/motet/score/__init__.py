"""The score and its edits: notes, parts, events, time, the grid of cells, tables.

Conventions: immutable values, integer ticks, half-open spans.
"""

from motet.score.build import make_score
from motet.score.edit import add_part, change_instrument, remove_part, rename, scale_velocity
from motet.score.event import (
    BarLength,
    ChordSymbol,
    Clef,
    Control,
    Dynamic,
    Ending,
    KeySignature,
    Lyric,
    Metre,
    RawEvent,
    Repeat,
    Section,
    Span,
    Tempo,
    Text,
)
from motet.score.grid import Cell, Grid, clear, put, replace_cell, take
from motet.score.note import ARTICULATIONS, GRACES, ORNAMENTS, Note
from motet.score.part import Part
from motet.score.quantise import Moved, Quantised, change_resolution, quantise
from motet.score.retime import map_note, map_part, map_score
from motet.score.score import Score
from motet.score.selection import bar_indices, find_part, part_indices
from motet.score.shape import concatenate, extend, loop, trim
from motet.score.shift import scale_tempo, shift_time, stretch
from motet.score.split import merge_parts, split_part
from motet.score.table import NOTE_DTYPE, NoteTable, note_table, part_from_table
from motet.score.time import Bar, TimeMap, lay_bars
from motet.score.transpose import transpose, transpose_name, transpose_symbol

__all__ = [
    "ARTICULATIONS",
    "GRACES",
    "NOTE_DTYPE",
    "ORNAMENTS",
    "Bar",
    "BarLength",
    "Cell",
    "ChordSymbol",
    "Clef",
    "Control",
    "Dynamic",
    "Ending",
    "Grid",
    "KeySignature",
    "Lyric",
    "Metre",
    "Moved",
    "Note",
    "NoteTable",
    "Part",
    "Quantised",
    "RawEvent",
    "Repeat",
    "Score",
    "Section",
    "Span",
    "Tempo",
    "Text",
    "TimeMap",
    "add_part",
    "bar_indices",
    "change_instrument",
    "change_resolution",
    "clear",
    "concatenate",
    "extend",
    "find_part",
    "lay_bars",
    "loop",
    "make_score",
    "map_note",
    "map_part",
    "map_score",
    "merge_parts",
    "note_table",
    "part_from_table",
    "part_indices",
    "put",
    "quantise",
    "remove_part",
    "rename",
    "replace_cell",
    "scale_tempo",
    "scale_velocity",
    "shift_time",
    "split_part",
    "stretch",
    "take",
    "transpose",
    "transpose_name",
    "transpose_symbol",
    "trim",
]
