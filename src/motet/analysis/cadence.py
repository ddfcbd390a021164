"""Where phrases close, and how: cadences.

Conventions: a cadence stands at the start of its last chord. Kinds: ``"perfect authentic"`` (V to I,
both with the root lowest, the melody on the tonic), ``"imperfect authentic"`` (V or vii° to I
otherwise), ``"half"`` (an arrival on V), ``"plagal"`` (IV to I), ``"deceptive"`` (V to vi, in minor
VI). A progression is a cadence only where a phrase seems to end: a long or last melody note, a rest,
a fermata, a section's end, an arrival on a strong beat. The confidence weighs these signs and how
sure the two chords are; phrase ends are not marked in scores, so it is a judgement, not a measured
probability.

Source: definitions of Aldwell and Schachter, Harmony and Voice Leading; of Caplin, "The Classical
Cadence", Journal of the American Musicological Society 57 (2004), that a cadence ends something; the
signs and their weights are our own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from motet.analysis.evidence import lay_grid
from motet.analysis.roman import RomanSpan, analyse_roman
from motet.score.note import Note
from motet.score.score import Score
from motet.theory.chord import Chord
from motet.theory.scale import Key

__all__ = ["CADENCES", "Cadence", "find_cadences"]

CADENCES: dict[str, tuple[str, str]] = {
    "perfect authentic": ("perfect authentic cadence", "完全终止"),
    "imperfect authentic": ("imperfect authentic cadence", "不完全终止"),
    "half": ("half cadence", "半终止"),
    "plagal": ("plagal cadence", "变格终止"),
    "deceptive": ("deceptive cadence", "阻碍终止"),
}
"""Kind to its words in English and Chinese."""

_BASE = {
    "perfect authentic": 0.25, "imperfect authentic": 0.2, "half": 0.0, "plagal": 0.05,
    "deceptive": 0.2,
}  # fmt: skip
_LONG_NOTE, _REST, _FERMATA, _LAST, _SECTION = 0.3, 0.35, 0.6, 0.6, 0.35
_STRONG_BEAT, _WEAK_BEAT, _LONG_CHORD, _STILL = 0.15, -0.1, 0.1, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """A close.

    Parameters
    ----------
    kind : str
        A name in `CADENCES`.
    tick : int, ticks
        Where its last chord begins.
    end_tick : int, ticks
        Where that chord ends.
    key : Key
    romans : tuple of two str
        The numerals of its two chords.
    confidence : float, 0 to 1
    """

    kind: str
    tick: int
    end_tick: int
    key: Key
    romans: tuple[str, str]
    confidence: float


def find_cadences(
    score: Score,
    *,
    romans: Sequence[RomanSpan] | None = None,
    min_confidence: float = 0.3,
) -> tuple[Cadence, ...]:
    """Return the cadences of a score in order.

    Parameters
    ----------
    score : Score
    romans : sequence of RomanSpan or None
        From `analyse_roman`; None reads them here.
    min_confidence : float, 0 to 1
        Weaker ones are left out.

    Returns
    -------
    tuple of Cadence

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E5:1 F5:1 D5:1 B4:1 | C5:4", "G4+C4:1 A4+C4:1 G4+B3:2 | G4+E4:4",
    ...                    "C3:1 F3:1 G2:2 | C3:4")
    >>> [(one.kind, one.tick, one.romans) for one in find_cadences(score)]
    [('perfect authentic', 1920, ('V', 'I'))]
    """
    spans = analyse_roman(score) if romans is None else tuple(romans)
    if len(spans) < 2:
        return ()
    surface = _Surface(score)
    found: list[Cadence] = []
    for before, after in pairwise(spans):
        kind = _kind(before, after, surface)
        if kind is None:
            continue
        sign = min(1.0, max(0.0, _BASE[kind] + surface.ending(after)))
        confidence = sign * (before.confidence * after.confidence) ** 0.5
        if confidence < min_confidence:
            continue
        found.append(
            Cadence(
                kind=kind,
                tick=after.start_tick,
                end_tick=after.end_tick,
                key=after.key,
                romans=(before.roman, after.roman),
                confidence=round(confidence, 4),
            )
        )
    return tuple(found)


def _is_dominant(chord: Chord, key: Key) -> bool:
    above = (chord.root_pc - key.tonic_pc) % 12
    return above == 7 and 4 in chord.intervals


def _is_leading(chord: Chord, key: Key) -> bool:
    above = (chord.root_pc - key.tonic_pc) % 12
    return above == 11 and 3 in chord.intervals and 6 in chord.intervals


def _kind(before: RomanSpan, after: RomanSpan, surface: _Surface) -> str | None:
    """Return the kind of cadence that two chords make if a phrase ends there."""
    key, first, last = after.key, before.chord, after.chord
    if not first.root or not last.root or before.end_tick != after.start_tick:
        return None
    above = (last.root_pc - key.tonic_pc) % 12
    is_tonic = above == 0 and 10 not in last.intervals and 7 in last.intervals
    if is_tonic and (_is_dominant(first, key) or _is_leading(first, key)):
        is_grounded = first.bass_pc == first.root_pc and last.bass_pc == last.root_pc
        on_tonic = surface.melody_pc(after) == key.tonic_pc
        is_perfect = is_grounded and on_tonic and _is_dominant(first, key)
        return "perfect authentic" if is_perfect else "imperfect authentic"
    if is_tonic and (first.root_pc - key.tonic_pc) % 12 == 5 and last.bass_pc == last.root_pc:
        return "plagal"
    if _is_dominant(first, key) and above == (8 if key.is_minor else 9):
        return "deceptive" if last.bass_pc == last.root_pc else None
    is_plain = 10 not in last.intervals and last.bass_pc == last.root_pc
    if _is_dominant(last, key) and is_plain and not _is_dominant(first, key):
        return "half"
    return None


class _Surface:
    """The melody, rests and marks of a score, looked up by chord."""

    def __init__(self, score: Score) -> None:
        self._score = score
        parts = [part for part in score.parts if part.notes and not part.is_drums]
        led = [part for part in parts if part.role == "melody"] or parts
        self._all = sorted(
            (note for part in parts for note in part.notes if note.duration_tick > 0),
            key=lambda note: note.onset_tick,
        )
        self._melody = _skyline([note for part in led for note in part.notes])
        self._onsets = [note.onset_tick for note in self._melody]
        lengths = sorted(note.duration_tick for note in self._melody)
        self._usual = lengths[len(lengths) // 2] if lengths else score.resolution
        start, _, level = lay_grid(score)
        self._levels = dict(zip(start.tolist(), level.tolist(), strict=True))
        self._marks = sorted(
            [section.tick for section in score.sections] + [repeat.tick for repeat in score.repeats]
        )

    @cached_property
    def _fermatas(self) -> list[int]:
        return sorted({n.onset_tick for n in self._all if "fermata" in n.articulations})

    def _within(self, span: RomanSpan) -> list[Note]:
        low = bisect_right(self._onsets, span.start_tick) - 1
        high = bisect_left(self._onsets, span.end_tick)
        return [n for n in self._melody[max(low, 0) : high] if n.end_tick > span.start_tick]

    def melody_pc(self, span: RomanSpan) -> int:
        """Return the pitch class that the melody holds longest under a chord, -1 for none."""
        inside = self._within(span)
        if not inside:
            return -1
        return (
            max(
                inside,
                key=lambda n: min(n.end_tick, span.end_tick) - max(n.onset_tick, span.start_tick),
            ).pitch
            % 12
        )

    def ending(self, span: RomanSpan) -> float:
        """Return how much a phrase seems to end with a chord, about -0.3 to 2."""
        score, beat = self._score, self._score.resolution
        total = {3: _STRONG_BEAT, 2: _STRONG_BEAT, 1: 0.0}.get(
            self._levels.get(span.start_tick, 0), _WEAK_BEAT
        )
        inside = self._within(span)
        if inside:
            longest = max(inside, key=lambda note: note.duration_tick)
            if longest.duration_tick >= max(2 * self._usual, beat):
                total += _LONG_NOTE
            last = inside[-1]
            at = bisect_right(self._onsets, last.onset_tick)
            until = self._onsets[at] if at < len(self._onsets) else None
            if until is not None and until - last.end_tick >= beat / 2:
                total += _REST
        if span.end_tick >= score.end_tick:
            total += _LAST
        elif self._marks and self._is_marked(span):
            total += _SECTION
        at = bisect_left(self._fermatas, span.start_tick)
        if at < len(self._fermatas) and self._fermatas[at] < span.end_tick:
            total += _FERMATA
        if span.end_tick - span.start_tick >= 2 * beat:
            total += _LONG_CHORD
        if self._is_busy and self._is_still(span.start_tick, span.start_tick + beat):
            total += _STILL
        return total

    @cached_property
    def _attacks(self) -> list[int]:
        return sorted({note.onset_tick for note in self._all})

    @cached_property
    def _is_busy(self) -> bool:
        """Whether something is struck more often than every beat."""
        return len(self._attacks) * self._score.resolution > 1.3 * self._score.end_tick

    def _is_still(self, start: int, end: int) -> bool:
        at = bisect_right(self._attacks, start)
        return at == len(self._attacks) or self._attacks[at] >= end

    def _is_marked(self, span: RomanSpan) -> bool:
        at = bisect_right(self._marks, span.start_tick)
        return at < len(self._marks) and self._marks[at] <= span.end_tick


def _skyline(notes: list[Note]) -> list[Note]:
    """Return the highest note of each onset, but none that lies under a longer, higher one."""
    kept: list[Note] = []
    for note in sorted(notes, key=lambda n: (n.onset_tick, -n.pitch)):
        if note.duration_tick <= 0:
            continue
        if kept and kept[-1].onset_tick == note.onset_tick:
            continue
        if kept and kept[-1].end_tick > note.onset_tick and kept[-1].pitch > note.pitch:
            continue
        kept.append(note)
    return kept
