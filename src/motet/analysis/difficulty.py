"""How hard each part is to play, 1 to 10, and why.

Conventions: 1 is a first lesson, 4 to 5 school level, 7 to 8 conservatoire, 10 the limit. A part is
judged by what its instrument's family finds hard: speed, leaps, stretches and chords, rhythm, key and
range. The hardest tenth of the bars decides, because a piece is as hard as its hard places.

The scale is our own judgement: no corpus at hand carries editors' grades, so only its order is tested
(faster, wider, more accidentals and more syncopation never make a part easier).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.analysis.features import syncopation
from motet.language import Language, say
from motet.score import Part, Score, note_table
from motet.theory.general_midi import program_family

__all__ = ["Difficulty", "Reason", "estimate_difficulty"]

FloatArray = npt.NDArray[np.float64]
_FAMILY = {
    "piano": "keys", "chromatic": "keys", "organ": "keys", "guitar": "plucked", "bass": "plucked",
    "strings": "strings", "ensemble": "strings", "brass": "wind", "reed": "wind", "pipe": "wind",
}  # fmt: skip
# What each family finds hard: weight of speed, leaps, stretch, rhythm, key, range. Own judgement.
_WEIGHTS = {
    "keys": (3.2, 1.2, 2.0, 1.6, 1.0, 0.6),
    "plucked": (3.0, 1.4, 1.6, 1.6, 1.0, 0.8),
    "strings": (3.0, 1.8, 1.4, 1.4, 1.4, 1.2),
    "wind": (3.0, 2.0, 0.0, 1.4, 1.4, 1.8),
    "voice": (2.0, 2.6, 0.0, 1.4, 1.0, 2.6),
    "drums": (3.6, 0.0, 1.8, 2.6, 0.0, 0.0),
}
_WORDS = {
    "speed": ("fast notes", "音符密集快速"),
    "leaps": ("wide leaps", "大跳"),
    "stretch": ("wide or full chords", "宽大或密集的和弦"),
    "rhythm": ("syncopated or irregular rhythm", "切分或复杂节奏"),
    "key": ("many accidentals", "升降号多"),
    "range": ("wide range", "音域宽"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a part is hard: what (a key of the words), its share of the grade, and a figure."""

    what: str
    points: float
    value: float
    unit: str

    def text(self, *, language: Language = "en") -> str:
        """Return the reason in words: ``"fast notes (8.0 a second)"``."""
        units = {
            "a second": "每秒", "semitones": "半音", "a bar": "每小节", "accidentals": "个升降号",
            "notes at once": "个音同时",
        }  # fmt: skip
        name = say(*_WORDS[self.what], language=language)
        return say(
            f"{name} ({self.value:.1f} {self.unit})",
            f"{name}({self.value:.1f} {units.get(self.unit, self.unit)})",
            language=language,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """How hard one part is: grade 1 to 10, its family, and the reasons, weightiest first."""

    part: int
    family: str
    grade: float
    reasons: tuple[Reason, ...]


def estimate_difficulty(score: Score) -> tuple[Difficulty | None, ...]:
    """Return how hard each part is, None for parts without notes.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of Difficulty or None
        A value a part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> slow, fast = (
    ...     estimate_difficulty(make_score("C4:0.5 D4:0.5 E4:0.5 F4:0.5 " * 4, qpm=qpm))[0].grade
    ...     for qpm in (60, 200)
    ... )
    >>> 1 <= slow < fast <= 10
    True
    """
    return tuple(_judge(score, k) for k in range(len(score.parts)))


def _judge(score: Score, k: int) -> Difficulty | None:
    part = score.parts[k]
    rows = note_table(score, parts=(k,))
    rows = rows[rows["duration_tick"] > 0]
    if len(rows) == 0:
        return None
    family = _family(part)
    measured = (
        _speed(rows, family), _leaps(rows), _stretch(rows, family), _rhythm(score, rows),
        _key(score, part), _range(rows),
    )  # fmt: skip
    names = tuple(_WORDS)
    reasons = [
        Reason(what=name, points=weight * points, value=value, unit=unit)
        for name, weight, (points, value, unit) in zip(
            names, _WEIGHTS[family], measured, strict=True
        )
        if weight > 0
    ]
    grade = 1.0 + sum(reason.points for reason in reasons)
    return Difficulty(
        part=k,
        family=family,
        grade=round(min(10.0, max(1.0, grade)), 1),
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.points)),
    )


def _family(part: Part) -> str:
    if part.is_drums:
        return "drums"
    if 52 <= part.program <= 54 or part.lyrics:
        return "voice"
    name = program_family(part.program).lower()
    return next((one for word, one in _FAMILY.items() if word in name), "keys")


def _hard_places(values: FloatArray) -> float:
    """Return the level that the hardest tenth reaches."""
    return float(np.quantile(values, 0.9)) if len(values) else 0.0


def _speed(rows: npt.NDArray[np.void], family: str) -> tuple[float, float, str]:
    """Return points (0 to 1) for onsets a second over windows of two seconds."""
    onset = np.unique(rows["onset_s"])
    ends = onset + 2.0
    counts = (np.searchsorted(onset, ends) - np.arange(len(onset))) / 2.0
    rate = _hard_places(counts)
    top = {"voice": 8.0, "wind": 13.0, "drums": 16.0}.get(family, 15.0)
    return min(1.2, rate / top), rate, "a second"


def _leaps(rows: npt.NDArray[np.void]) -> tuple[float, float, str]:
    """Return points for melodic leaps against the time there is for them."""
    _, first = np.unique(rows["onset_tick"], return_index=True)
    last = np.append(first[1:], len(rows))
    line = np.array([rows["pitch"][a:b].max() for a, b in zip(first, last, strict=True)])
    step_s = np.maximum(np.diff(rows["onset_s"][first]), 0.05)
    size = np.abs(np.diff(line)).astype(np.float64)
    effort = np.where(size > 4, size, 0.0) / np.sqrt(step_s / 0.5)
    return min(1.2, _hard_places(effort) / 24), _hard_places(size), "semitones"


def _stretch(rows: npt.NDArray[np.void], family: str) -> tuple[float, float, str]:
    """Return points for notes struck at once, and for hands that must stretch over them."""
    _, first, counts = np.unique(rows["onset_tick"], return_index=True, return_counts=True)
    many = float(_hard_places(counts.astype(np.float64)))
    wide = np.array(
        [_hand_span(np.sort(rows["pitch"][a : a + c])) for a, c in zip(first, counts, strict=True)]
    )
    span = 0.0 if family == "drums" else _hard_places(wide.astype(np.float64))
    limit = {"keys": 14.0, "plucked": 30.0, "strings": 20.0}.get(family, 14.0)
    points = 0.5 * min(1.4, (many - 1) / 5) + 0.5 * min(1.4, span / limit)
    return min(1.2, points), many, "notes at once"


def _hand_span(pitches: npt.NDArray[np.int16]) -> int:
    """Return the wider stretch when two hands share a chord at its widest gap."""
    if len(pitches) < 2:
        return 0
    total = int(pitches[-1]) - int(pitches[0])
    if total <= 14:
        return total
    cut = int(np.argmax(np.diff(pitches))) + 1
    return max(int(pitches[cut - 1] - pitches[0]), int(pitches[-1] - pitches[cut]))


def _rhythm(score: Score, rows: npt.NDArray[np.void]) -> tuple[float, float, str]:
    """Return points for syncopation and for onsets off the sixteenths (tuplets)."""
    slips = syncopation(score, rows["onset_qn"])
    off = np.abs(rows["onset_qn"] * 4 - np.rint(rows["onset_qn"] * 4)) > 0.1
    level = _hard_places(slips)
    return min(1.2, level / 10 + 0.6 * float(off.mean())), level, "a bar"


def _key(score: Score, part: Part) -> tuple[float, float, str]:
    """Return points for accidentals in the signature and beside it."""
    if part.is_drums:
        return 0.0, 0.0, "accidentals"
    fifths = max((abs(key.fifths) for key in score.keys), default=0)
    signature = score.keys[0].fifths if score.keys else 0
    home = {(signature * 7 + one) % 12 for one in (0, 2, 4, 5, 7, 9, 11)}
    beside = float(np.mean([note.pitch % 12 not in home for note in part.notes]))
    return min(1.2, fifths / 7 + 2.0 * beside), float(fifths), "accidentals"


def _range(rows: npt.NDArray[np.void]) -> tuple[float, float, str]:
    low, high = np.quantile(rows["pitch"], [0.02, 0.98])
    span = float(high - low)
    return min(1.2, max(0.0, span - 7) / 36), span, "semitones"
