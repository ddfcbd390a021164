"""Are groove and feel, and how far chosen chords surprise, what was asked? Measured on the finished score.

Conventions: off-beats are onsets between 0.42 and 0.72 of a quarter note; a straight one lies at 0.5, a
triplet's at 0.67. Lateness is the mean distance, in milliseconds, of onsets near a quarter from it.

The groove is told by how often the arranger's drums (else its bass and chords) strike each place of a bar.

Offers `check_feel`, `check_groove`, `check_surprise`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from motet.arranger.choice import choose_swing, find_groove
from motet.arranger.feel import stretch_groove
from motet.arranger.humanise import swing_tick
from motet.arranger.pattern import lay_steps
from motet.arranger.request import ArrangeRequest
from motet.arranger.surprise import measure_boldness
from motet.brief import Brief, feel_title
from motet.score import Score
from motet.tasks.check import Check, same
from motet.tasks.harmony import read_harmony
from motet.tasks.kin import kin_style
from motet.tasks.manner import settle_manner
from motet.theory.scale import Key

__all__ = ["check_feel", "check_groove", "check_surprise"]

_OFF = (0.42, 0.72)
_LEAST = 8  # onsets from which on a mean says something
_NEAR_QN = 0.12
_PLACES = 48  # of a bar
_ALIKE = 0.7  # fills and endings are not the groove's
_STRAIGHT, _SWUNG = 0.53, 0.56
_LATE_MS, _EARLY_MS = 5.0, -3.0


def check_feel(score: Score, brief: Brief) -> list[Check]:
    """Return one check of the feel that was asked for; nothing where none was.

    Parameters
    ----------
    score : Score
    brief : Brief

    Returns
    -------
    list of Check
        Half-time and double-time, a metre in eighths, and too few notes are not held to account.

    Examples
    --------
    >>> from motet.score import make_score
    >>> line = "C4:.5 D4:.5 " * 16
    >>> [one.ok for one in check_feel(make_score(line), Brief(feel="straight"))]
    [True]
    >>> [one.ok for one in check_feel(make_score(line), Brief(feel="shuffle"))]
    [False]
    """
    feel = brief.feel
    if not feel:
        return []
    measured, ok = same(""), None
    if feel in ("straight", "swing", "shuffle"):
        place = _off_beat(score)
        if place is not None:
            measured = (f"off-beats at {place:.2f} of the beat", f"弱位在拍的 {place:.2f} 处")
            swing = brief.swing
            is_plain = feel == "straight" or (swing is not None and swing < 0.3)
            ok = place < _STRAIGHT if is_plain else place > _SWUNG
    elif feel in ("laid-back", "pushed"):
        late_ms = _lateness(score)
        if late_ms is not None:
            measured = (f"{late_ms:+.0f} ms", f"{late_ms:+.0f} 毫秒")
            ok = late_ms > _LATE_MS if feel == "laid-back" else late_ms < _EARLY_MS
    return [
        Check(
            name="feel",
            what=("feel", "律动感"),
            requested=feel_title(feel),
            measured=measured,
            ok=ok,
        )
    ]


def _off_beat(score: Score) -> float | None:
    """Return where off-beats lie in their quarter notes on average."""
    places = []
    for part in score.parts:
        for note in part.notes:
            bar = score.bars[score.bar_at(note.onset_tick)]
            if bar.metre.denominator > 4:
                continue
            place = (note.onset_tick - bar.start_tick) / score.resolution % 1
            if _OFF[0] < place < _OFF[1]:
                places.append(place)
    return float(np.mean(places)) if len(places) >= _LEAST else None


def _lateness(score: Score) -> float | None:
    """Return how late onsets near a quarter note are, in milliseconds; drums and downbeats left out."""
    found = []
    for part in score.parts:
        for note in part.notes if not part.is_drums else ():
            bar = score.bars[score.bar_at(note.onset_tick)]
            place = (note.onset_tick - bar.start_tick) / score.resolution
            off = place - round(place)
            if abs(off) < _NEAR_QN and round(place) > 0:
                found.append(off * 60_000 / (score.tempos[0].qpm if score.tempos else 120.0))
    return float(np.mean(found)) if len(found) >= _LEAST else None


def check_groove(score: Score, brief: Brief, writers: Sequence[str]) -> list[Check]:
    """Return how like the groove asked for the strokes of the arranger are.

    Parameters
    ----------
    score : Score
    brief : Brief
    writers : sequence of str
        Who wrote each part.

    Returns
    -------
    list of Check
        Nothing where no groove was asked for; not held to account where the arranger plays no drums,
        bass or chords, or the groove is bent to another metre.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [one.ok for one in check_groove(make_score("C4:4"), Brief(groove="bossa"), ("model",))]
    [None]
    """
    if not brief.groove:
        return []
    settled = settle_manner(brief)
    groove = find_groove(kin_style(settled.style), settled.groove)
    stretched = stretch_groove(groove, brief.feel)
    drums = tuple(k for k, part in enumerate(score.parts) if part.is_drums)
    band = [k for k, who in enumerate(writers) if who == "arranger"]
    chosen = [k for k in band if k in drums] or [
        k for k in band if score.parts[k].role in ("bass", "comping")
    ]
    rows = stretched.drums if chosen and chosen[0] in drums else stretched.layers
    unit_tick = score.resolution * 8 // groove.swing_unit
    swing = choose_swing(ArrangeRequest(feel=brief.feel, swing=brief.swing)) or groove.swing
    length_tick = float(groove.bar_qn) * score.resolution
    steps = [
        _swung(float(step.onset_qn) * score.resolution, swing, unit_tick)
        for row in rows
        for pattern in row.patterns
        for bar in pattern
        for step in lay_steps(bar, bar_qn=groove.bar_qn)[0]
    ]
    struck = [
        float(note.onset_tick - bar.start_tick)
        for k in chosen
        for note in score.parts[k].notes
        if (bar := score.bars[score.bar_at(note.onset_tick)]).metre.bar_qn == groove.bar_qn
    ]
    likeness = None
    if steps and len(struck) >= _LEAST:
        one, other = (_profile(ticks, length_tick) for ticks in (steps, struck))
        likeness = float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
    return [
        Check(
            name="groove",
            what=("strokes like the groove's (1 alike)", "起音与律动的相似度(1 为一致)"),
            requested=(groove.title, groove.title_zh),
            measured=same("" if likeness is None else f"{likeness:.2f}"),
            ok=None if likeness is None else likeness > _ALIKE,
        )
    ]


def _profile(ticks: Sequence[float], length_tick: float) -> npt.NDArray[np.float64]:
    """Return how often each place of a bar is struck, softened by what hand and swing move."""
    places = np.arange(_PLACES) * length_tick / _PLACES
    apart = np.abs(np.array(ticks)[:, None] - places[None, :])
    apart = np.minimum(apart, length_tick - apart) / (length_tick / _PLACES)
    found: npt.NDArray[np.float64] = np.exp(-1.2 * apart**2).sum(axis=0)
    return found


def _swung(tick: float, swing: float, unit_tick: int) -> float:
    """Return where a step falls when it is swung."""
    if abs(swing - 0.5) < 0.005:
        return tick
    return float(swing_tick(round(tick), swing=swing, unit_tick=unit_tick))


def check_surprise(score: Score, brief: Brief, key: Key | None) -> list[Check]:
    """Return how surprising the chosen chords are, in bits, and how far they leave the key.

    Parameters
    ----------
    score : Score
    brief : Brief
    key : Key or None

    Returns
    -------
    list of Check
        A measurement: how adventurous chords are heard to be is nobody's guarantee, except that
        little surprise stays inside the key. About 2 bits a chord are safe, 5 very surprising.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", chords="C:4")
    >>> [one.ok for one in check_surprise(score, Brief(surprise=0.0), Key("C"))]
    [True]
    """
    if brief.surprise is None or key is None or brief.chords:
        return []
    from motet.tasks.harmonise.habits import surprise_bits

    chords = [one.chord for one in read_harmony(score)]
    boldness = measure_boldness(chords, key)
    bits = surprise_bits(chords, key, style=kin_style(brief.style).name if brief.style else "")
    mean = sum(bits) / len(bits) if bits else 0.0
    return [
        Check(
            name="surprise",
            what=("surprise of the chords (bits each)", "和弦的意外程度(每个和弦的比特数)"),
            requested=same(f"{brief.surprise:g}"),
            measured=(
                f"{mean:.1f} bits, {boldness:.2f} outside the key",
                f"{mean:.1f} 比特,调外 {boldness:.2f}",
            ),
            ok=boldness < 0.25 if brief.surprise < 0.2 else None,
        )
    ]
