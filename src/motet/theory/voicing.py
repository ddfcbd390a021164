"""Chords as sounding pitches, each led smoothly from the one before.

Conventions: a voicing is a tuple of pitches (MIDI numbers), strictly ascending; empty under no chord.
Which layouts exist is in `voicing_shape`; this module chooses among them. Same input, same voicing.

Sources: Aldwell and Schachter, Harmony and Voice Leading, for common tones, contrary motion and
parallels; the weights are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from motet.errors import ParameterError
from motet.theory.chord import Chord
from motet.theory.voicing_shape import KINDS, candidates, every_layout

__all__ = ["KINDS", "movement_semi", "parallel_perfects", "voice_chord", "voice_progression"]

_FALLBACK = {"drop3": "drop2", "drop2": "close", "open": "close", "spread": "open"}
_FALLBACK |= {"rootless": "close", "quartal": "open", "shell": "close", "guitar": "close"}


def movement_semi(before: Sequence[int], after: Sequence[int]) -> int:
    """Return how far voices move from one voicing to the next.

    Parameters
    ----------
    before, after : sequence of int, MIDI numbers, ascending

    Returns
    -------
    int, semitones
        Voice by voice from the top where both have as many; otherwise each pitch of the larger
        one to the nearest of the other.

    Examples
    --------
    >>> movement_semi((60, 64, 67), (60, 65, 69))
    3
    """
    if not before or not after:
        return 0
    if len(before) == len(after):
        return sum(abs(a - b) for a, b in zip(before, after))
    large, small = (before, after) if len(before) > len(after) else (after, before)
    return sum(min(abs(one - other) for other in small) for one in large)


def parallel_perfects(before: Sequence[int], after: Sequence[int]) -> int:
    """Return how many pairs of voices move in parallel fifths, octaves or unisons.

    Parameters
    ----------
    before, after : sequence of int, MIDI numbers, ascending
        Of equal size; otherwise there are none.

    Returns
    -------
    int

    Examples
    --------
    >>> parallel_perfects((48, 55, 64), (50, 57, 65)), parallel_perfects((48, 55), (48, 55))
    (1, 0)
    """
    if len(before) != len(after):
        return 0
    count = 0
    n = len(before)
    for low in range(n):
        step = after[low] - before[low]
        if step == 0:
            continue
        for high in range(low + 1, n):
            gap = before[high] - before[low]
            if gap % 12 in (0, 7) and after[high] - after[low] == gap:
                count += 1
    return count


def _cost(
    voicing: tuple[int, ...],
    chord: Chord,
    previous: tuple[int, ...],
    centre: float,
    *,
    is_strict: bool,
) -> float:
    """Return how unwelcome a voicing is."""
    middle = (voicing[0] + voicing[-1]) / 2
    cost = abs(middle - centre) * (0.25 if previous else 1.0)
    if chord.bass and voicing[0] % 12 != chord.bass_pc:
        cost += 1.5
    if not previous:
        return cost + (0.0 if voicing[0] % 12 == chord.bass_pc else 1.0)
    cost += movement_semi(previous, voicing)
    cost += 0.8 * abs(voicing[-1] - previous[-1])
    if len({after - before for before, after in zip(previous, voicing)}) == 1:
        cost += 0.0 if voicing[: len(previous)] == previous[: len(voicing)] else 1.5
    if is_strict:
        cost += 6.0 * parallel_perfects(previous, voicing)
    return cost


def _best(
    found: tuple[tuple[int, ...], ...],
    chord: Chord,
    previous: tuple[int, ...],
    centre: float,
    *,
    is_strict: bool,
) -> tuple[int, ...]:
    """Return the cheapest voicing, the lower one of two equals."""
    return min(
        found,
        key=lambda one: (_cost(one, chord, previous, centre, is_strict=is_strict), one),
    )


def _handiest(found: tuple[tuple[int, ...], ...], previous: tuple[int, ...]) -> tuple[int, ...]:
    """Return an easy guitar shape (they come easiest first) not far from where the hand is."""
    costs = [
        rank * 0.5
        + (abs(one[-1] - previous[-1]) * 0.3 + abs(one[0] - previous[0]) * 0.1 if previous else 0.0)
        for rank, one in enumerate(found)
    ]
    return found[costs.index(min(costs))]


@lru_cache(maxsize=16384)
def voice_chord(
    chord: Chord,
    *,
    low: int,
    high: int,
    n_voices: int = 4,
    kind: str = "close",
    previous: tuple[int, ...] = (),
    top: int | None = None,
    avoid: tuple[int, ...] = (),
    colours: tuple[int, ...] = (),
) -> tuple[int, ...]:
    """Return a chord laid out in a range, as near as can be to the voicing before.

    Parameters
    ----------
    chord : Chord
    low, high : int, MIDI numbers, 0 to 127
        Range, both ends included.
    n_voices : int, 1 to 8
        Doublings are added, or less important tones left out, to reach it; ``"triad"`` has at
        most 3, ``"power"`` 2 to 4, ``"guitar"`` 3 to 6 and ``"rootless"`` at most 5 notes.
    kind : str
        ``"close"``, ``"open"``, ``"drop2"``, ``"drop3"``, ``"shell"``, ``"rootless"``,
        ``"quartal"``, ``"power"``, ``"triad"``, ``"spread"`` or ``"guitar"``. Where the range is
        too small for a kind, a nearer one is taken, in the end any layout.
    previous : tuple of int, MIDI numbers, ascending
        What sounded before, or empty.
    top : int or None, MIDI number
        Highest note, such as the melody's; it need not be a chord tone.
    avoid : tuple of int, pitch classes
        Left out where that is possible.
    colours : tuple of int, pitch classes
        Tensions that may be used (see `available_tensions`).

    Returns
    -------
    tuple of int
        Ascending; empty under `NO_CHORD`, shorter than asked when the range holds no more.

    Raises
    ------
    ParameterError
        Range, kind or number of voices is not allowed.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> voice_chord(parse_chord("Dm7"), low=48, high=69, kind="drop2")
    (50, 57, 60, 65)
    >>> voice_chord(parse_chord("G7"), low=48, high=69, kind="drop2", previous=(50, 57, 60, 65))
    (50, 55, 59, 65)
    """
    _check(low, high, n_voices, kind)
    if not chord.root:
        return ()
    centre = (low + high) / 2
    is_strict = kind in ("close", "open", "spread") and len(previous) == n_voices
    if top is not None:
        return _under_top(chord, low, n_voices, kind, previous, top, avoid, colours)
    found = _find(chord, low, high, n_voices, kind, avoid, colours)
    if kind == "guitar" and found:
        return _handiest(found, previous)
    return _best(found, chord, previous, centre, is_strict=is_strict) if found else ()


def _find(
    chord: Chord,
    low: int,
    high: int,
    n_voices: int,
    kind: str,
    avoid: tuple[int, ...],
    colours: tuple[int, ...],
) -> tuple[tuple[int, ...], ...]:
    """Return the candidates of a kind, of simpler kinds, of fewer voices, or of any layout."""
    now: str | None = kind
    while now is not None:
        found = candidates(
            chord,
            low=low,
            high=high,
            n_voices=n_voices,
            kind=now,
            colours=colours,
            avoid=avoid,
        )
        if found:
            return found
        now = _FALLBACK.get(now)
    return every_layout(chord, low=low, high=high, n_voices=n_voices)


def _under_top(
    chord: Chord,
    low: int,
    n_voices: int,
    kind: str,
    previous: tuple[int, ...],
    top: int,
    avoid: tuple[int, ...],
    colours: tuple[int, ...],
) -> tuple[int, ...]:
    """Return a voicing whose highest note is given."""
    centre = (max(low, top - 24) + top) / 2
    whole = tuple(
        one
        for one in _find(chord, low, top, n_voices, kind, avoid, colours)
        if one[-1] == top and len(one) == n_voices
    )
    if whole:
        return _best(whole, chord, previous, centre, is_strict=False)
    if n_voices == 1 or top - 1 < low:
        return (top,)
    foreign = (*avoid, top % 12, (top - 1) % 12, (top + 1) % 12)
    below = _find(chord, low, top - 2, n_voices - 1, kind, foreign, colours)
    if not below or not below[0]:
        return (top,)
    best = min(
        below,
        key=lambda one: (
            _cost((*one, top), chord, previous, centre, is_strict=False) + abs(top - one[-1] - 4),
            one,
        ),
    )
    return (*best, top)


def _check(low: int, high: int, n_voices: int, kind: str) -> None:
    """Refuse arguments that make no sense."""
    if kind not in KINDS:
        near = get_close_matches(str(kind), KINDS, n=1)
        guess = near[0] if near else "close"
        raise ParameterError(
            f"kind must be one of {', '.join(KINDS)}, got {kind!r}; did you mean {guess!r}?",
            zh=f"kind 必须是 {'、'.join(KINDS)} 之一,收到 {kind!r};是否想写 {guess!r}?",
        )
    if not 0 <= low <= high <= 127:
        raise ParameterError(
            f"low and high must be 0 <= low <= high <= 127, got {low} and {high}; try 48 and 72",
            zh=f"low 与 high 须满足 0 ≤ low ≤ high ≤ 127,收到 {low} 与 {high};可试 48 与 72",
        )
    if not 1 <= n_voices <= 8:
        raise ParameterError(
            f"n_voices must be 1 to 8, got {n_voices}; 4 is usual",
            zh=f"n_voices(声部数)必须在 1 到 8 之间,收到 {n_voices};常用 4",
        )


def voice_progression(
    chords: Sequence[Chord],
    *,
    low: int,
    high: int,
    n_voices: int = 4,
    kind: str = "close",
    previous: tuple[int, ...] = (),
    tops: Sequence[int | None] = (),
    colours: Sequence[tuple[int, ...]] = (),
) -> tuple[tuple[int, ...], ...]:
    """Return voicings for chords in a row, each led from the one before.

    Parameters
    ----------
    chords : sequence of Chord
    low, high : int, MIDI numbers
    n_voices : int, 1 to 8
    kind : str
        As in `voice_chord`.
    previous : tuple of int
        What sounded before the first chord, or empty.
    tops : sequence of int or None
        Highest note over each chord, or empty for none.
    colours : sequence of tuple of int, pitch classes
        Tensions allowed over each chord, or empty for none.

    Returns
    -------
    tuple of tuple of int, one for each chord
        Empty under `NO_CHORD`; the next chord is led from the last that sounded.

    Raises
    ------
    ParameterError
        An argument is not allowed, or a sequence has another length than `chords`.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> chords = [parse_chord(one) for one in ("C", "F", "G", "C")]
    >>> voice_progression(chords, low=55, high=76, n_voices=3)
    ((60, 64, 67), (60, 65, 69), (59, 62, 67), (60, 64, 67))
    """
    for name, values in (("tops", tops), ("colours", colours)):
        if values and len(values) != len(chords):
            raise ParameterError(
                f"{name} must have one entry for each of the {len(chords)} chords, "
                f"got {len(values)}; leave it empty for none",
                zh=f"{name} 须与 {len(chords)} 个和弦一一对应,收到 {len(values)} 个;不需要时留空",
            )
    voicings = []
    for index, chord in enumerate(chords):
        voicing = voice_chord(
            chord,
            low=low,
            high=high,
            n_voices=n_voices,
            kind=kind,
            previous=previous,
            top=tops[index] if tops else None,
            colours=colours[index] if colours else (),
        )
        voicings.append(voicing)
        previous = voicing or previous
    return tuple(voicings)
