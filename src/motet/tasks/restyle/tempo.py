"""The tempo of a restyled score: the source's, drawn towards the style's as far as strength says.

Conventions: the tempo of a style is told for its own metre; where the metre here has other beats, beats
keep their pace. A tempo that the source does not tell is the style's own, held back where the tune has
more notes a second than can be played with ease.
"""

from __future__ import annotations

from motet.arranger.metre import parse_metre
from motet.arranger.style import Style
from motet.score import Metre, Note, Score
from motet.units import DEFAULT_RESOLUTION

__all__ = ["choose_tempo"]

_MOST_ONSETS_S = 7.5


def choose_tempo(score: Score, style: Style, *, strength: float, melody: tuple[Note, ...]) -> float:
    """Return the tempo of a restyled score.

    Parameters
    ----------
    score : Score
        The source, in the metre that it will have.
    style : Style
    strength : float, 0 to 1
    melody : tuple of Note

    Returns
    -------
    float, quarter notes a minute

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> slow = make_score("C4:4", qpm=60)
    >>> choose_tempo(slow, find_style("bossa"), strength=1.0, melody=slow.parts[0].notes)
    109.0
    """
    slow, usual, fast = (one * _stretch(style, score.bars[-1].metre) for one in style.qpm)
    known = bool(score.tempos)
    own = _main_tempo(score) if known else usual
    nearest = min(max(own, slow), fast)
    goal = nearest + (usual - nearest) * 0.2 * strength
    qpm = own + (goal - own) * min(1.0, 0.25 + strength) if known else usual
    pace = _busiest_qn(melody)
    if pace * qpm / 60 > _MOST_ONSETS_S:
        calm = 60 * _MOST_ONSETS_S / pace
        qpm = max(calm, min(qpm, slow)) if not known else max(calm, min(qpm, own))
    return float(round(qpm))


def _stretch(style: Style, metre: Metre) -> float:
    """Return by what a style's tempo is multiplied in another metre of as many beats."""
    numerator, denominator = parse_metre(style.metre)
    own = {f"{g.numerator}/{g.denominator}" for g in style.grooves}
    home = Metre(tick=0, numerator=numerator, denominator=denominator)
    if f"{metre.numerator}/{metre.denominator}" in own or len(home.beats_qn) != len(metre.beats_qn):
        return 1.0
    return float(metre.bar_qn / home.bar_qn)


def _main_tempo(score: Score) -> float:
    """Return the tempo that holds longest."""
    edges = [*(one.tick for one in score.tempos), score.end_tick]
    held: dict[float, int] = {}
    for k, one in enumerate(score.tempos):
        length = max(0, edges[k + 1] - (one.tick if k else 0))
        held[round(one.qpm)] = held.get(round(one.qpm), 0) + length
    return float(max(held, key=lambda qpm: (held[qpm], qpm)))


def _busiest_qn(melody: tuple[Note, ...]) -> float:
    """Return how many notes a quarter the busiest stretches of a tune have (its 95th percentile)."""
    onsets = sorted({note.onset_tick for note in melody if note.duration_tick})
    counts: dict[int, int] = {}
    for onset in onsets:
        counts[onset // (2 * DEFAULT_RESOLUTION)] = (
            counts.get(onset // (2 * DEFAULT_RESOLUTION), 0) + 1
        )
    if not counts:
        return 1.0
    ordered = sorted(counts.values())
    return max(0.5, ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] / 2)
