"""A score as the page sees it: parts, bars, notes as rows of four numbers.

Conventions: ticks from the start; bars by index from 0; a note is [onset_tick, duration_tick, pitch,
velocity]; volume and pan are 0 to 127, pan 64 is the middle.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "BarView",
    "ChordView",
    "KeyAt",
    "KeyView",
    "MetreView",
    "NoteRow",
    "PartView",
    "ScoreView",
    "SectionView",
    "TempoView",
]

_MOST_TICK = 2**31 - 1
NoteRow = tuple[
    Annotated[int, Field(ge=0, le=_MOST_TICK)],
    Annotated[int, Field(ge=0, le=_MOST_TICK)],
    Annotated[int, Field(ge=0, le=127)],
    Annotated[int, Field(ge=1, le=127)],
]
"""Onset and duration in ticks, pitch, velocity."""


class KeyView(BaseModel):
    """The key of a piece."""

    tonic: str
    mode: str
    fifths: int
    name: str


class KeyAt(BaseModel):
    """A key signature from a tick on."""

    tick: int
    name: str


class PartView(BaseModel):
    """A part and its notes."""

    index: int
    name: str
    program: int
    is_drums: bool
    role: str
    volume: int
    pan: int
    channel: int
    notes: list[NoteRow]


class BarView(BaseModel):
    """A bar: its index from 0, the number that people call it, its place and metre."""

    index: int
    number: int
    start_tick: int
    end_tick: int
    metre: str
    qn: float


class ChordView(BaseModel):
    """A chord symbol, and what it is in the key."""

    tick: int
    symbol: str
    roman: str


class SectionView(BaseModel):
    """A section of the form."""

    bar: int
    n_bars: int
    label: str


class TempoView(BaseModel):
    """A tempo from a tick on."""

    tick: int
    qpm: float


class MetreView(BaseModel):
    """A metre from a bar on."""

    bar: int
    metre: str


class ScoreView(BaseModel):
    """A whole score."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "resolution": 480, "end_tick": 1920, "title": "One bar", "qpm": 120.0,
                    "key": {"tonic": "C", "mode": "major", "fifths": 0, "name": "C major"},
                    "parts": [
                        {"index": 0, "name": "Flute", "program": 73, "is_drums": False,
                         "role": "melody", "volume": 100, "pan": 64, "channel": 0,
                         "notes": [[0, 480, 60, 80]]}
                    ],
                    "bars": [
                        {"index": 0, "number": 1, "start_tick": 0, "end_tick": 1920, "metre": "4/4",
                         "qn": 4.0}
                    ],
                    "chords": [{"tick": 0, "symbol": "C", "roman": "I"}],
                    "sections": [{"bar": 0, "n_bars": 1, "label": "A"}],
                    "tempos": [{"tick": 0, "qpm": 120.0}],
                    "metres": [{"bar": 0, "metre": "4/4"}],
                    "keys": [{"tick": 0, "name": "C major"}],
                }
            ]
        }
    )  # fmt: skip

    resolution: int
    end_tick: int
    title: str
    qpm: float
    key: KeyView
    parts: list[PartView]
    bars: list[BarView]
    chords: list[ChordView]
    sections: list[SectionView]
    tempos: list[TempoView]
    metres: list[MetreView]
    keys: list[KeyAt]
