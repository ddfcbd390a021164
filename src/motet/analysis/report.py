"""Everything that the analysis finds in a score, together, as facts and as words.

Conventions: bars are told by their printed numbers; `Report.as_dict` is plain data for JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from motet.analysis.cadence import Cadence, find_cadences
from motet.analysis.chords import estimate_chords
from motet.analysis.difficulty import Difficulty, estimate_difficulty
from motet.analysis.features import CellFeatures, find_features
from motet.analysis.feel import FeelEstimate, estimate_feel
from motet.analysis.key import KeyEstimate, estimate_key
from motet.analysis.melody import MelodyEstimate, estimate_melody
from motet.analysis.metre import MetreEstimate, estimate_metre
from motet.analysis.modulation import KeySpan, estimate_key_spans
from motet.analysis.roman import RomanSpan, analyse_roman
from motet.analysis.sections import FormSpan, find_sections
from motet.score import Metre, Score
from motet.theory.chord import NO_CHORD

__all__ = ["BarChord", "Report", "analyse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChord:
    """A chord where it stands: bar number, beat (from 1), symbol, numeral, function, confidence."""

    bar: int
    beat: float
    symbol: str
    roman: str
    function: str
    confidence: float
    start_tick: int
    end_tick: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Report:
    """What was found in a score."""

    score: Score
    key: KeyEstimate | None
    key_spans: tuple[KeySpan, ...]
    metre: MetreEstimate | None
    pickup: MetreEstimate | None
    feel: FeelEstimate
    sections: tuple[FormSpan, ...]
    chords: tuple[BarChord, ...]
    cadences: tuple[Cadence, ...]
    melody: MelodyEstimate | None
    difficulty: tuple[Difficulty | None, ...]
    features: CellFeatures

    def bar_number(self, index: int) -> int:
        """Return the printed number of a bar."""
        return self.score.bars[min(index, self.score.n_bars - 1)].number

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data, nan as None."""
        score = self.score
        written = [f"{one.numerator}/{one.denominator}" for one in score.metres] or ["4/4"]
        facts: dict[str, Any] = {
            "title": score.title,
            "bars": score.n_bars,
            "notes": score.n_notes,
            "duration_s": round(score.time.tick_to_s(score.end_tick), 2),
            "metre": {
                "written": list(dict.fromkeys(written)),
                "pickup_qn": _written_pickup(score),
                "estimate": None if self.metre is None else asdict(self.metre),
                "pickup_estimate": None if self.pickup is None else asdict(self.pickup),
            },
            "key": None,
            "keys": [
                {
                    "key": span.key.name(),
                    "start_bar": self.bar_number(score.bar_at(span.start_tick)),
                    "margin": round(span.margin, 3),
                }
                for span in self.key_spans
            ],
            "feel": asdict(self.feel),
            "sections": [
                {
                    "label": one.label,
                    "start_bar": self.bar_number(one.start_bar),
                    "n_bars": one.end_bar - one.start_bar,
                    "strength": round(one.strength, 3),
                }
                for one in self.sections
            ],
            "chords": [asdict(one) for one in self.chords],
            "cadences": [
                {
                    "kind": one.kind,
                    "bar": self.bar_number(score.bar_at(one.tick)),
                    "key": one.key.name(),
                    "romans": list(one.romans),
                    "confidence": round(one.confidence, 3),
                }
                for one in self.cadences
            ],
            "melody": None if self.melody is None else asdict(self.melody),
            "parts": [part.name for part in score.parts],
            "difficulty": [
                None
                if one is None
                else {
                    "part": score.parts[one.part].name,
                    "family": one.family,
                    "grade": one.grade,
                    "reasons": [asdict(reason) for reason in one.reasons],
                }
                for one in self.difficulty
            ],
            "features": self.features.as_lists(),
        }
        if self.key is not None:
            facts["key"] = {"key": self.key.key.name(), "margin": round(self.key.margin, 3)}
        plain: dict[str, Any] = _plain(facts)
        return plain


def _plain(value: Any) -> Any:
    """Return data with nan as None and floats rounded."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, 4)
    return value


def _written_pickup(score: Score) -> float:
    """Return the length of a short first bar in quarter notes, else 0."""
    bar = score.bars[0]
    is_short = bar.is_irregular and bar.duration_tick < bar.metre.bar_qn * score.resolution
    return bar.duration_tick / score.resolution if is_short else 0.0


def analyse(score: Score) -> Report:
    """Return everything that the analysis finds in a score.

    Parameters
    ----------
    score : Score

    Returns
    -------
    Report

    Examples
    --------
    >>> from motet.score import make_score
    >>> bar = "C4+E4+G4:2 F4+A4+C5:2 | G4+B4+D5:2 C4+E4+G4:2 | "
    >>> found = analyse(make_score(bar * 4)).as_dict()
    >>> found["key"]["key"], [(one["symbol"], one["roman"]) for one in found["chords"][:3]]
    ('C major', [('C', 'I'), ('F', 'IV'), ('G', 'V')])
    """
    spans = estimate_key_spans(score)
    chords = estimate_chords(score)
    key = estimate_key(score)
    romans = analyse_roman(score, chords=chords, keys=spans or None) if key and chords else ()
    return Report(
        score=score,
        key=key,
        key_spans=spans,
        metre=estimate_metre(score),
        pickup=_pickup(score),
        feel=estimate_feel(score),
        sections=find_sections(score),
        chords=tuple(_placed(score, one) for one in romans if one.chord != NO_CHORD),
        cadences=find_cadences(score, romans=romans) if romans else (),
        melody=estimate_melody(score),
        difficulty=estimate_difficulty(score),
        features=find_features(score),
    )


def _pickup(score: Score) -> MetreEstimate | None:
    """Return the pickup that the notes suggest in the written metre; None in odd metres."""
    metre = score.metre_at(0)
    if metre.symbol == "none" or (metre.bar_qn * 4).denominator != 1 or metre.bar_qn > 8:
        return None
    if metre.denominator > 16:
        return None
    name = f"{metre.numerator}/{metre.denominator}"
    return estimate_metre(score, metre="4/4" if name == "2/2" else name)


def _placed(score: Score, one: RomanSpan) -> BarChord:
    """Return a chord with its bar, beat, numeral and function."""
    bar = score.bars[score.bar_at(one.start_tick)]
    return BarChord(
        bar=bar.number,
        beat=_beat(bar.metre, (one.start_tick - bar.start_tick) / score.resolution),
        symbol=one.chord.symbol,
        roman=one.roman,
        function=one.function.kind,
        confidence=round(one.confidence, 3),
        start_tick=one.start_tick,
        end_tick=one.end_tick,
    )


def _beat(metre: Metre, place_qn: float) -> float:
    """Return a place in a bar counted in its beats, from 1."""
    beat = 1.0
    for length in metre.beats_qn:
        if place_qn < float(length):
            return round(beat + place_qn / float(length), 3)
        place_qn -= float(length)
        beat += 1
    return round(beat + place_qn, 3)
