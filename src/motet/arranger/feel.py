"""Feel: how a groove sits in time, whatever its pattern.

Conventions: ``straight``, ``swing`` and ``shuffle`` say where off-beats fall (a swing that is asked for by
number wins); ``half-time`` plays a pattern over twice its bars, ``double-time`` in half of them, at the same
tempo; ``laid-back`` puts everybody but the drums behind the beat, ``pushed`` ahead of it, never before the
bar begins. Empty is as the style plays.

Source: tapping behind or ahead of the beat by some 10 to 30 ms as what drummers do when asked for these
feels: Danielsen, Waadeland, Sundt and Witek, "Effects of instructed timing and tempo on snare drum sound in
drum kit performance", Journal of the Acoustical Society of America 138 (2015), 2301. Sizes are our own.

Offers `FEEL_SWINGS`, `feel_note`, `feel_shift_ms`, `feel_shift_tick`, `stretch_groove`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import Final

from motet.arranger.plan import Plan
from motet.arranger.style import Groove, Layer
from motet.score import Note
from motet.units import DEFAULT_RESOLUTION

__all__ = ["FEEL_SWINGS", "feel_note", "feel_shift_ms", "feel_shift_tick", "stretch_groove"]

FEEL_SWINGS: Final = {"straight": 0.0, "swing": 0.8, "shuffle": 1.0}
"""Feel to swing, 0 straight to 1 triplets."""
_SHIFTS_MS: Final = {
    "laid-back": {"drums": 0.0, "bass": 14.0, "comping": 20.0, "melody": 26.0},
    "pushed": {"drums": 0.0, "bass": -10.0, "comping": -12.0, "melody": -16.0},
}
_CLEAR_TICK: Final = 11  # more than half a grid position
_OTHERS_MS: Final = {"laid-back": 18.0, "pushed": -12.0}


def stretch_groove(groove: Groove, feel: str) -> Groove:
    """Return a groove at half or double speed; the groove itself for other feels.

    Parameters
    ----------
    groove : Groove
    feel : str

    Returns
    -------
    Groove

    Examples
    --------
    >>> rows = (Layer(owner="snare", patterns=(("..x-",),)),)
    >>> plain = Groove(name="a", title="", title_zh="", numerator=4, denominator=4, drums=rows)
    >>> stretch_groove(plain, "half-time").drums[0].patterns
    (('....', 'x---'),)
    >>> stretch_groove(plain, "double-time").drums[0].patterns
    (('..x-..x-',),)
    """
    if feel not in ("half-time", "double-time"):
        return groove
    change = _halved if feel == "half-time" else _doubled

    def stretch(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
        return tuple(
            replace(one, patterns=tuple(change(bars) for bars in one.patterns)) for one in layers
        )

    return replace(groove, drums=stretch(groove.drums), layers=stretch(groove.layers))


def _halved(bars: tuple[str, ...]) -> tuple[str, ...]:
    """Return a pattern over twice its bars."""
    found: list[str] = []
    for bar in bars:
        slow = "".join(sign + ("." if sign == "." else "-") for sign in bar)
        found += [slow[: len(bar)], slow[len(bar) :]]
    return tuple(found)


def _doubled(bars: tuple[str, ...]) -> tuple[str, ...]:
    """Return a pattern in half of its bars, an odd last one twice."""
    pairs = [(bars[k], bars[min(k + 1, len(bars) - 1)]) for k in range(0, len(bars), 2)]
    found = []
    for one, other in pairs:
        longer, shorter = max(len(one), len(other)), min(len(one), len(other))
        if longer == shorter or longer % shorter:
            found.append(one + (other if longer == shorter else one))
            continue
        found.append(_finer(one, longer) + _finer(other, longer))
    return tuple(found)


def _finer(bar: str, n_steps: int) -> str:
    """Return a bar in more steps."""
    times = n_steps // len(bar)
    return "".join(sign + ("." if sign == "." else "-") * (times - 1) for sign in bar)


def feel_shift_ms(feel: str, role: str) -> float:
    """Return how many milliseconds a role plays behind the beat in a feel; ahead of it is negative.

    Parameters
    ----------
    feel : str
    role : str

    Returns
    -------
    float, milliseconds

    Examples
    --------
    >>> feel_shift_ms("laid-back", "melody"), feel_shift_ms("pushed", "pad"), feel_shift_ms("", "bass")
    (26.0, -12.0, 0.0)
    """
    return _SHIFTS_MS[feel].get(role, _OTHERS_MS[feel]) if feel in _SHIFTS_MS else 0.0


def feel_shift_tick(plan: Plan, role: str) -> int:
    """Return how many ticks a role plays behind the beat; ahead of it is negative.

    Parameters
    ----------
    plan : Plan
    role : str

    Returns
    -------
    int, ticks

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C |", style="rock", qpm=120).piece.plan
    >>> feel_shift_tick(replace(plan, feel="laid-back"), "melody"), feel_shift_tick(plan, "melody")
    (25, 0)
    """
    late_ms = feel_shift_ms(plan.feel, role)
    return round(late_ms * plan.qpm * DEFAULT_RESOLUTION / 60_000)


def feel_note(plan: Plan, note: Note, role: str) -> Note:
    """Return a note that somebody else wrote, behind or ahead of the beat as its role plays.

    Parameters
    ----------
    plan : Plan
    note : Note
    role : str

    Returns
    -------
    Note
        It leaves neither its beat nor its chord; a pushed one ends as much earlier.

    Examples
    --------
    >>> import motet
    >>> plan = replace(motet.arrange("| C |", style="rock", qpm=120).piece.plan, feel="pushed")
    >>> [feel_note(plan, Note(onset_tick=t, duration_tick=240, pitch=60), "melody").onset_tick
    ...  for t in (0, 480)]
    [0, 465]
    """
    shift = feel_shift_tick(plan, role)
    if not shift or note.duration_tick == 0:
        return note
    low, high = _room(plan, note.onset_tick)
    onset = max(low, min(note.onset_tick + shift, high, note.end_tick - 1))
    end = max(onset + 1, note.end_tick + min(0, shift))  # whoever comes next is early too
    if (onset, end) == (note.onset_tick, note.end_tick):
        return note
    return replace(note, onset_tick=onset, duration_tick=end - onset, ties_tick=())


def _room(plan: Plan, tick: int) -> tuple[int, int]:
    """Return the first and last tick to which an onset may move: not onto a beat or a chord that is not its.

    On a beat it may be early or late; only bar lines and new chords are never anticipated.
    """
    bar, span = plan.bar_at(tick), plan.span_at(tick)
    edges = list(
        accumulate(
            (round(b * DEFAULT_RESOLUTION) for b in bar.metre.beats_qn), initial=bar.start_tick
        )
    )
    before = max((edge for edge in edges if edge <= tick), default=bar.start_tick)
    after = min((edge for edge in edges if edge > tick), default=bar.end_tick)
    low = max(bar.start_tick, span.start_tick)
    if before < tick:
        low = max(low, min(tick, before + _CLEAR_TICK))
    high = min(after, span.end_tick if span.end_tick > tick else after, bar.end_tick)
    return low, max(tick, high - _CLEAR_TICK)
