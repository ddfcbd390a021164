"""The score and its edits: notes, parts, events, time, the grid of cells, tables.

Conventions: immutable values, integer ticks, half-open spans.
"""

from motet.score.build import make_score
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
from motet.score.note import ARTICULATIONS, GRACES, ORNAMENTS, Note
from motet.score.part import Part
from motet.score.score import Score
from motet.score.time import Bar, TimeMap, lay_bars

__all__ = [
    "ARTICULATIONS",
    "GRACES",
    "ORNAMENTS",
    "Bar",
    "BarLength",
    "ChordSymbol",
    "Clef",
    "Control",
    "Dynamic",
    "Ending",
    "KeySignature",
    "Lyric",
    "Metre",
    "Note",
    "Part",
    "RawEvent",
    "Repeat",
    "Score",
    "Section",
    "Span",
    "Tempo",
    "Text",
    "TimeMap",
    "lay_bars",
    "make_score",
]
