"""What a given score says of itself: key, chords, and the bounds of each part, as a brief would say it.

Conventions: everything is measured on the score: a part's range is what it plays, its polyphony the most
it sounds at once, its density what its bars hold. Chords are the written symbols, else those read off
the notes where that reading is more likely right than not. Bars and parts count from 0.

Offers `find_key`, `chord_symbols`, `measure_part`, `thin_out`, `choose_rows`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from motet.analysis import estimate_chords, estimate_key, estimate_melody
from motet.brief import ROLE_HABITS, usual_role
from motet.errors import ParameterError
from motet.score import ChordSymbol, Score
from motet.tasks.cast import PartPlan
from motet.tasks.measure import onset_positions, part_polyphony, part_range
from motet.theory.instrument import Instrument, find_instrument
from motet.theory.scale import Key, key_from_signature
from motet.tokens.vocab import N_SLOTS, ROLES

__all__ = ["choose_rows", "chord_symbols", "find_key", "measure_part", "thin_out"]

_SURE = 0.5
_LEAST_RANGE_SEMI = 7
_SPREAD = (0.6, 1.5)
_NARROW = 0.15
"""How far a density that was asked for may be missed, as a share of it."""


def find_key(score: Score, *, tick: int | None = None) -> Key:
    """Return the key of a score: the written one if it says its mode, else the one that fits best.

    Parameters
    ----------
    score : Score
    tick : int or None
        Where; the end of the score when None.

    Returns
    -------
    Key
        C major when nothing pitched sounds.

    Examples
    --------
    >>> from motet.score import make_score
    >>> find_key(make_score("D4:1 F#4:1 A4:1 D5:1")).name()
    'D major'
    """
    at = score.end_tick if tick is None else tick
    written = score.key_at(at)
    estimate = estimate_key(score)
    if written is not None and written.mode:
        return key_from_signature(written.fifths, written.mode)
    if written is not None:
        mode = estimate.mode if estimate is not None else "major"
        return key_from_signature(written.fifths, mode)
    return estimate.key if estimate is not None else Key("C")


def chord_symbols(score: Score, *, key: Key) -> tuple[ChordSymbol, ...]:
    """Return the chords of a score: those written, else those that its notes most probably make.

    Parameters
    ----------
    score : Score
    key : Key

    Returns
    -------
    tuple of ChordSymbol
        ``"N.C."`` where no chord is sure enough; empty where nothing pitched sounds.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E4+G4:4 | D4+F4:4 | E4+G4:4", "C3:4 | G2+B2:4 | C3:4")
    >>> [one.symbol for one in chord_symbols(score, key=Key("C"))]
    ['C', 'G7', 'C']
    """
    if score.chords:
        return score.chords
    found: list[ChordSymbol] = []
    for one in estimate_chords(score, key=key):
        symbol = one.chord.symbol if one.confidence >= _SURE else "N.C."
        if not found or found[-1].symbol != symbol:
            found.append(ChordSymbol(tick=one.start_tick, symbol=symbol))
    return tuple(found)


def choose_rows(score: Score, wanted: Collection[int]) -> tuple[int, ...]:
    """Return which parts a model sees: all, or the sixteen that matter most.

    Parameters
    ----------
    score : Score
    wanted : collection of int
        Parts to write; they come first.

    Returns
    -------
    tuple of int, ascending

    Raises
    ------
    ParameterError
        More than sixteen parts are to be written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> choose_rows(make_score("C4:1", "C3:1"), [1])
    (0, 1)
    """
    if len(set(wanted)) > N_SLOTS:
        raise ParameterError(
            f"at most {N_SLOTS} parts can be written at once, got {len(set(wanted))}; name fewer",
            zh=f"一次最多写 {N_SLOTS} 个声部,收到 {len(set(wanted))};请少选一些",
        )
    others = [k for k in range(len(score.parts)) if k not in wanted]
    others.sort(key=lambda k: (-len(score.parts[k].notes), k))
    return tuple(sorted([*wanted, *others[: N_SLOTS - len(set(wanted))]]))


def measure_part(
    score: Score, k: int, bars: Sequence[int], *, roles: Sequence[str] = ()
) -> PartPlan:
    """Return the bounds of a part as it plays in some bars.

    Parameters
    ----------
    score : Score
    k : int
    bars : sequence of int
        Where its density is measured; its range and polyphony count throughout.
    roles : sequence of str
        Roles of the parts before it, for parts that name none.

    Returns
    -------
    PartPlan

    Examples
    --------
    >>> from motet.score import make_score
    >>> plan = measure_part(make_score("C4:1 E4:1 G4:1 C5:1 | C4:2 G4:2"), 0, [0, 1])
    >>> plan.low, plan.high, plan.polyphony, [round(one, 2) for one in plan.density]
    (60, 72, 1, [0.38, 1.31])
    """
    part = score.parts[k]
    instrument = _instrument(score, k)
    span = part_range(part)
    low, high = (27, 87) if part.is_drums else span or (0, 0)
    if span is None and not part.is_drums:
        low, high = instrument.comfortable_low, instrument.comfortable_high
    missing = _LEAST_RANGE_SEMI - (high - low)
    if missing > 0:
        low, high = max(0, low - missing // 2), min(127, high + missing - missing // 2)
    return PartPlan(
        name=part.name or instrument.name,
        name_zh=part.name or instrument.name_zh,
        instrument=instrument.identifier,
        role=_role(score, k, instrument, tuple(roles)),
        low=low,
        high=high,
        density=_density(score, k, bars),
        polyphony=max(1, part_polyphony(score, k)),
    )


def thin_out(plan: PartPlan, ratio: float) -> PartPlan:
    """Return a part that begins so many times as many notes as it was measured to; 1 changes nothing.

    Parameters
    ----------
    plan : PartPlan
    ratio : float, 0.25 to 4

    Returns
    -------
    PartPlan

    Raises
    ------
    ParameterError
        The ratio is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> plan = measure_part(make_score("C4:1 E4:1 G4:1 C5:1"), 0, [0])
    >>> [round(one, 2) for one in thin_out(plan, 2.0).density]
    [1.61, 2.18]
    """
    if not 0.25 <= ratio <= 4.0:
        raise ParameterError(
            f"density_ratio must be 0.25 to 4, got {ratio:g}; 1 keeps the density there is",
            zh=f"density_ratio(疏密比)必须在 0.25 到 4 之间,收到 {ratio:g};1 表示保持现有疏密",
        )
    if ratio == 1.0 or plan.density is None:
        return plan
    middle = math.sqrt(plan.density[0] * plan.density[1]) * ratio
    return replace(plan, density=(middle * (1 - _NARROW), middle * (1 + _NARROW)))


def _instrument(score: Score, k: int) -> Instrument:
    """Return the instrument of a part: by its program; drum kits by their channel."""
    part = score.parts[k]
    return find_instrument("drums") if part.is_drums else find_instrument(part.program)


def _role(score: Score, k: int, instrument: Instrument, taken: tuple[str, ...]) -> str:
    """Return the role of a part: its own, else melody, bass or what is usual."""
    part = score.parts[k]
    if part.role in ROLES:
        return part.role
    if part.is_drums:
        return "drums"
    melody = estimate_melody(score)
    if melody is not None and melody.part == k:
        return "melody"
    found = usual_role(instrument, (*taken, "melody"))
    return found if found in ROLE_HABITS else ""


def _density(score: Score, k: int, bars: Sequence[int]) -> tuple[float, float] | None:
    """Return the bounds of the density: the quarters of its bars' densities, and some more."""
    found = []
    for bar in bars:
        onsets = len(onset_positions(score, k, bar))
        if onsets:
            found.append(onsets * score.resolution / score.bars[bar].duration_tick)
    if not found:
        return None
    low, high = np.quantile(found, (0.25, 0.75))
    return max(0.05, float(low) * _SPREAD[0]), max(0.25, float(high) * _SPREAD[1])
