"""What the menus of the page hold."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from motet.server.schemas.told import Named, NamedRow, Text, TextRow

__all__ = [
    "DrumKey",
    "DrumKit",
    "EnsembleRow",
    "Family",
    "InstrumentRow",
    "Limits",
    "Meta",
    "MoodRow",
    "OptionChoice",
    "OptionRow",
    "StyleRow",
    "TaskRow",
]


class StyleRow(NamedRow):
    """A style of the arranger."""

    metre: str
    qpm: float
    group: str
    parts: list[Text]


class MoodRow(NamedRow):
    """A mood and its place: unpleasant to pleasant, quiet to stirred, each -1 to 1."""

    valence: float
    arousal: float


class Family(NamedRow):
    """A family of General MIDI programs."""

    programs: list[int]


class InstrumentRow(TextRow):
    """A General MIDI program, 0 to 127."""

    program: int
    family: str
    name: str


class DrumKit(TextRow):
    """A kit, by its program."""

    program: int
    name: str


class DrumKey(TextRow):
    """A percussion key."""

    pitch: int


class EnsembleRow(NamedRow):
    """A line-up that a piece can be arranged for."""

    n_players: int


class OptionChoice(TextRow):
    """One value of an option."""

    value: str


class OptionRow(TextRow):
    """One option of a task."""

    name: str
    kind: Literal[
        "choice", "choices", "number", "whole", "flag", "text", "style", "ensemble", "instrument", "part"
    ]  # fmt: skip
    says: Text
    choices: list[OptionChoice]
    low: float | None
    high: float | None
    step: float | None
    default: Any


class TaskRow(NamedRow):
    """A task that can be asked for, with its options."""

    adds: bool
    says: Text
    sliders: list[str]
    options: list[OptionRow]


class Limits(BaseModel):
    """How much of anything there may be."""

    score_bytes: int
    sound_bytes: int
    hum_s: float
    n_candidates: int
    n_bars: int


class Meta(BaseModel):
    """Everything that menus hold."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "version": "0.1.0",
                    "styles": [],
                    "moods": [
                        {
                            "name": "calm",
                            "en": "Calm",
                            "zh": "平静",
                            "valence": 0.4,
                            "arousal": -0.7,
                        }
                    ],
                    "roles": [{"name": "melody", "en": "melody", "zh": "旋律"}],
                    "families": [],
                    "instruments": [
                        {
                            "program": 73,
                            "en": "Flute",
                            "zh": "长笛",
                            "family": "pipe",
                            "name": "flute",
                        }
                    ],
                    "drum_kits": [],
                    "drum_keys": [],
                    "ensembles": [],
                    "tasks": [],
                    "sliders": [{"name": "energy", "en": "energy", "zh": "能量"}],
                    "feels": [],
                    "articulations": [],
                    "layers": [],
                    "bundles": ["small"],
                    "limits": {
                        "score_bytes": 10485760,
                        "sound_bytes": 62914560,
                        "hum_s": 60.0,
                        "n_candidates": 8,
                        "n_bars": 400,
                    },
                }
            ]
        }
    )

    version: str
    styles: list[StyleRow]
    moods: list[MoodRow]
    roles: list[Named]
    families: list[Family]
    instruments: list[InstrumentRow]
    drum_kits: list[DrumKit]
    drum_keys: list[DrumKey]
    ensembles: list[EnsembleRow]
    tasks: list[TaskRow]
    sliders: list[Named]
    feels: list[Named]
    articulations: list[Named]
    layers: list[Named]
    bundles: list[str]
    limits: Limits
