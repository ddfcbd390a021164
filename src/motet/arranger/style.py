"""Styles: what an arrangement is made of, read from TOML that a musician can write.

Conventions: a style file names its instruments (`[[part]]`), its grooves (`[[groove]]`) with one
step pattern a line (see `motet.arranger.pattern`), its drum fills (`[[fill]]`), usual progressions in
Roman numerals, and rhythms for melodies. ``docs/guides/styles.md`` explains every field. A key such as
``"closed_hat@4-5"`` holds at intensity 4 to 5 only; ``"Piano:bass"`` is a second layer (left hand).

Offers `Style` and its members; see `motet.arranger.style_file` for loading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

__all__ = ["Fill", "Groove", "Layer", "MelodySpec", "PartSpec", "Style"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A row of patterns: who plays (`owner`), which hand (`layer`), at which intensities, what.

    ``patterns`` are variants, each a tuple of bars; the first is the usual one.
    """

    owner: str
    layer: str = ""
    levels: tuple[int, int] = (1, 5)
    patterns: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSpec:
    """A part of the ensemble: names, role, instrument, range and way of voicing."""

    name: str
    name_zh: str
    role: str
    instrument: str
    program: int
    voicing: str = "close"
    n_voices: int = 4
    low: int = 48
    high: int = 76
    levels: tuple[int, int] = (1, 5)
    velocity: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Groove:
    """Patterns of all players for one metre. ``sections`` names where it is used; empty is all."""

    name: str
    title: str
    title_zh: str
    numerator: int
    denominator: int
    groups: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()
    swing: float = 0.5
    swing_unit: int = 8
    drums: tuple[Layer, ...] = ()
    layers: tuple[Layer, ...] = ()

    @property
    def bar_qn(self) -> Fraction:
        """Length of a bar in quarter notes."""
        return Fraction(self.numerator * 4, self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A drum fill of one bar; rows are silent before the fill begins, where the groove goes on."""

    numerator: int
    denominator: int
    levels: tuple[int, int]
    rows: tuple[Layer, ...]

    @property
    def bar_qn(self) -> Fraction:
        """Length of the bar in quarter notes."""
        return Fraction(self.numerator * 4, self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class MelodySpec:
    """How this style sings: instrument, range, rhythms of one bar and cadences by metre."""

    instrument: str = "flute"
    program: int = 73
    name: str = "Flute"
    name_zh: str = "长笛"
    low: int = 60
    high: int = 79
    scale: str = ""
    rhythms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cadences: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Everything an arrangement in this style is made of."""

    name: str
    title: str
    title_zh: str
    group: str
    qpm: tuple[float, float, float]
    metre: str
    keys: tuple[str, ...]
    form: str
    colour: str = "triads"
    ending: str = "hold"
    feel_ms: dict[str, float] = field(default_factory=dict)
    progressions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    melody: MelodySpec = field(default_factory=MelodySpec)
    parts: tuple[PartSpec, ...] = ()
    grooves: tuple[Groove, ...] = ()
    fills: tuple[Fill, ...] = ()

    @property
    def metres(self) -> tuple[str, ...]:
        """The metres for which the style has grooves of its own."""
        found: list[str] = []
        for groove in self.grooves:
            metre = f"{groove.numerator}/{groove.denominator}"
            if metre not in found:
                found.append(metre)
        return tuple(found)
