"""The harmony of a score as Roman numerals and functions, key by key.

Conventions: one span a chord, in the key that holds at its middle; numerals and functions are those
of `motet.theory` (capitals major, small letters minor, V7/ii secondary). Where nothing sounds the
numeral is ``"N.C."`` and the function ``"none"``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motet.analysis.chords import ChordEstimate, estimate_chords
from motet.analysis.modulation import KeySpan, estimate_key_spans
from motet.errors import ParameterError
from motet.score.score import Score
from motet.theory.chord import Chord
from motet.theory.function import HarmonicFunction, function_of
from motet.theory.roman import chord_to_roman
from motet.theory.scale import Key

__all__ = ["RomanSpan", "analyse_roman"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RomanSpan:
    """A chord in its key.

    Parameters
    ----------
    start_tick, end_tick : int, ticks
        Half-open.
    chord : Chord
    key : Key
    roman : str
        ``"V65"``, ``"viio7/V"``; ``"N.C."`` for none.
    function : HarmonicFunction
    confidence : float, 0 to 1
        That of the chord.
    """

    start_tick: int
    end_tick: int
    chord: Chord
    key: Key
    roman: str
    function: HarmonicFunction
    confidence: float


def analyse_roman(
    score: Score,
    *,
    chords: Sequence[ChordEstimate] | None = None,
    keys: Sequence[KeySpan] | None = None,
) -> tuple[RomanSpan, ...]:
    """Return the numeral and function of each chord.

    Parameters
    ----------
    score : Score
    chords : sequence of ChordEstimate or None
        From `estimate_chords`; None reads them here.
    keys : sequence of KeySpan or None
        From `estimate_key_spans`; None finds them here.

    Returns
    -------
    tuple of RomanSpan
        Empty when there are no chords.

    Raises
    ------
    ParameterError
        Chords are given but no keys, and nothing pitched tells the key.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4+E4+G4:2 A3+D4+F4:2 | B3+D4+F4+G4:2 C4+E4+G4:2", "C3:2 D3:2 G2:2 C3:2")
    >>> [(one.roman, one.function.kind) for one in analyse_roman(score)]
    [('I', 'tonic'), ('ii', 'subdominant'), ('V7', 'dominant'), ('I', 'tonic')]
    """
    found = estimate_chords(score) if chords is None else tuple(chords)
    if not found:
        return ()
    places = tuple(keys) if keys is not None else estimate_key_spans(score)
    if not places:
        places = _keys_of_symbols(score, found)
    spans: list[RomanSpan] = []
    at = 0
    for k, one in enumerate(found):
        middle = (one.start_tick + one.end_tick) // 2
        while at + 1 < len(places) and places[at + 1].start_tick <= middle:
            at += 1
        key = places[at].key
        following = found[k + 1].chord if k + 1 < len(found) else None
        spans.append(
            RomanSpan(
                start_tick=one.start_tick,
                end_tick=one.end_tick,
                chord=one.chord,
                key=key,
                roman=chord_to_roman(one.chord, key, following=following),
                function=function_of(one.chord, key),
                confidence=one.confidence,
            )
        )
    return tuple(spans)


def _keys_of_symbols(score: Score, chords: Sequence[ChordEstimate]) -> tuple[KeySpan, ...]:
    """Return the one key of a score that has chord symbols and no pitched notes."""
    from motet.analysis.key import estimate_key

    found = estimate_key(score)
    if found is None:
        raise ParameterError(
            "the key cannot be told: no pitched note and no chord symbol; give keys",
            zh="无法判断调性:没有有音高的音符,也没有和弦记号;请给出 keys",
        )
    end = max(chords[-1].end_tick, score.end_tick)
    margin = min(1.0, found.margin)
    return (KeySpan(start_tick=0, end_tick=end, key=found.key, margin=margin),)
