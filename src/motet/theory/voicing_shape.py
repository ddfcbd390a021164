"""Every way to lay out a chord as a voicing of one kind, within a range.

Conventions: a candidate is a tuple of pitches (MIDI numbers), strictly ascending; `KINDS` names the
kinds. Candidates with muddy intervals low down are left out while clear ones exist.

Sources: Mark Levine, The Jazz Piano Book (Sher Music, 1989), for shells, rootless left-hand voicings
and fourths; Ted Pease and Ken Pullig, Modern Jazz Voicings (Berklee Press, 2001), for drop voicings
and the idea of low interval limits; the limits' values below are ours.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise

from motet.theory.chord import Chord
from motet.theory.guitar import guitar_shapes

__all__ = ["KINDS", "LOW_LIMITS", "candidates", "choose_tones", "every_layout", "is_muddy"]

Voicing = tuple[int, ...]

KINDS: tuple[str, ...] = (
    "close",
    "open",
    "drop2",
    "drop3",
    "shell",
    "rootless",
    "quartal",
    "power",
    "triad",
    "spread",
    "guitar",
)
"""The kinds of voicing."""

LOW_LIMITS: dict[int, int] = {
    1: 52,
    2: 51,
    3: 48,
    4: 45,
    5: 46,
    6: 47,
    7: 34,
    8: 42,
    9: 41,
    10: 41,
    11: 41,
}
"""Interval in semitones to the lowest pitch at which its lower note still sounds clear."""

_MAX_CANDIDATES = 96


def is_muddy(voicing: Voicing) -> bool:
    """Return whether two neighbouring voices are too close together for their register.

    Parameters
    ----------
    voicing : tuple of int, MIDI numbers, ascending

    Returns
    -------
    bool

    Examples
    --------
    >>> is_muddy((36, 40, 43)), is_muddy((36, 43, 52))
    (True, False)
    """
    return any(low < LOW_LIMITS.get(high - low, 0) for low, high in pairwise(voicing))


def choose_tones(
    chord: Chord, *, n_voices: int, colours: tuple[int, ...] = (), avoid: tuple[int, ...] = ()
) -> tuple[int, ...]:
    """Return the pitch classes that so many voices should sing, in order of importance.

    Parameters
    ----------
    chord : Chord
    n_voices : int, >= 1
    colours : tuple of int, pitch classes
        Tensions that may be added when voices are left.
    avoid : tuple of int, pitch classes
        Left out unless nothing else remains.

    Returns
    -------
    tuple of int
        Guide tones (third, seventh) first, then the highest extension, an altered fifth, the
        root, other extensions, the plain fifth; may be shorter than `n_voices`.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> choose_tones(parse_chord("G7"), n_voices=3), choose_tones(parse_chord("C"), n_voices=2)
    ((11, 5, 7), (4, 0))
    """
    extensions = [(chord.root_pc + semi) % 12 for semi in reversed(chord.intervals) if semi > 12]
    is_altered = chord.fifth_pc >= 0 and chord.fifth_pc != (chord.root_pc + 7) % 12
    order = [*chord.guide_tones, *extensions[:1]]
    if is_altered:
        order.append(chord.fifth_pc)
    order += [chord.root_pc, *extensions[1:]]
    if chord.fifth_pc >= 0:
        order.append(chord.fifth_pc)
    order += [*chord.pcs, *colours]
    tones = [pc for pc in dict.fromkeys(order) if pc not in avoid]
    return tuple(tones[:n_voices]) or (chord.root_pc,)


def _with_doubles(tones: tuple[int, ...], chord: Chord, n_voices: int) -> list[tuple[int, ...]]:
    """Return tones filled up to the number of voices by doubling root, fifth, then third."""
    short = n_voices - len(tones)
    if short <= 0:
        return [tones]
    doubles = [pc for pc in (chord.root_pc, chord.fifth_pc, chord.third_pc) if pc in tones]
    doubles = doubles or [tones[0]]
    if short == 1:
        return [(*tones, pc) for pc in doubles]
    return [tones + tuple((doubles * short)[:short])]


def _stack(order: tuple[int, ...], start: int) -> Voicing:
    """Return pitches that climb from a start through pitch classes, each as low as it can be."""
    pitches = [start]
    for pc in order[1:]:
        pitches.append(pitches[-1] + ((pc - pitches[-1] - 1) % 12 + 1))
    return tuple(pitches)


def _rotations(tones: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the close-position orders of pitch classes, one for each lowest tone."""
    rising = sorted(tones)
    return [tuple(rising[k:] + rising[:k]) for k in range(len(rising))]


def _place(order: tuple[int, ...], low: int, high: int) -> list[Voicing]:
    """Return a stack at every octave that lies within the range."""
    found = []
    for start in range(low + (order[0] - low) % 12, high + 1, 12):
        voicing = _stack(order, start)
        if voicing[-1] <= high:
            found.append(voicing)
    return found


def _close(tones: tuple[int, ...], n_voices: int, low: int, high: int) -> list[Voicing]:
    """Return close positions; doubled tones lie an octave above."""
    found: list[Voicing] = []
    for rotation in _rotations(tones):
        order = rotation
        while len(order) < n_voices:
            order = (*order, order[len(order) - len(rotation)])
        found += _place(order, low, high)
    return found


def _dropped(voicings: list[Voicing], places: tuple[int, ...], low: int) -> list[Voicing]:
    """Return voicings with the voices counted from the top lowered by an octave."""
    found = []
    for voicing in voicings:
        lowered = {len(voicing) - place for place in places if place <= len(voicing)}
        moved = sorted(pitch - 12 if k in lowered else pitch for k, pitch in enumerate(voicing))
        if moved[0] >= low and len(set(moved)) == len(moved):
            found.append(tuple(moved))
    return found


def _spread(
    chord: Chord, tones: tuple[int, ...], n_voices: int, low: int, high: int
) -> list[Voicing]:
    """Return wide layouts: bass tone lowest, gaps of a third to a tenth, wider below."""
    found: list[Voicing] = []
    bass = chord.bass_pc

    def grow(voicing: Voicing, left: tuple[int, ...]) -> None:
        if len(found) >= 4 * _MAX_CANDIDATES:
            return
        if not left:
            found.append(voicing)
            return
        least = 5 if len(voicing) == 1 else 3
        most = 19 if len(voicing) == 1 else 12
        for pc in dict.fromkeys(left):
            pitch = voicing[-1] + ((pc - voicing[-1] - least) % 12) + least
            rest = list(left)
            rest.remove(pc)
            while pitch <= min(high, voicing[-1] + most):
                grow((*voicing, pitch), tuple(rest))
                pitch += 12

    for full in _with_doubles(tones, chord, n_voices):
        upper = list(full)
        if bass in upper:
            upper.remove(bass)
        else:
            upper = upper[: n_voices - 1]
        for start in range(low + (bass - low) % 12, min(high, low + 24) + 1, 12):
            grow((start,), tuple(upper))
    return found


def _is_quartal(stack: Voicing, chord: Chord) -> bool:
    """Whether a stack repeats no tone, has a guide tone, and is mostly made of chord tones."""
    pcs = {pitch % 12 for pitch in stack}
    n_own = len(pcs & set(chord.pcs))
    has_guide = bool(pcs & set(chord.guide_tones)) or not chord.guide_tones
    return len(pcs) == len(stack) and has_guide and 2 * n_own >= len(stack)


def _quartal(
    chord: Chord, pool: tuple[int, ...], n_voices: int, low: int, high: int
) -> list[Voicing]:
    """Return stacks of fourths out of a pool of pitch classes, a third allowed on top."""
    found = []
    for start in range(low, high + 1):
        if start % 12 not in pool:
            continue
        stacks: list[Voicing] = [(start,)]
        for place in range(1, n_voices):
            steps = (5, 6) if place < n_voices - 1 or n_voices < 4 else (5, 6, 4)
            stacks = [
                (*stack, stack[-1] + step)
                for stack in stacks
                for step in steps
                if (stack[-1] + step) % 12 in pool and stack[-1] + step <= high
            ]
        found += [stack for stack in stacks if _is_quartal(stack, chord)]
    return found


def _shell(chord: Chord, n_voices: int, low: int, high: int) -> list[Voicing]:
    """Return the root with third and seventh above it in both orders, colours on top."""
    pair = chord.guide_tones if len(chord.guide_tones) == 2 else (chord.third_pc, chord.fifth_pc)
    guides = tuple(pc for pc in pair if pc >= 0)[: max(1, n_voices - 1)]
    rest = [pc for pc in choose_tones(chord, n_voices=7) if pc not in (*guides, chord.root_pc)]
    found = []
    for order in (guides, guides[::-1]):
        extra = tuple(rest[: max(0, n_voices - 1 - len(guides))])
        found += _place((chord.bass_pc, *order, *extra), low, high)
    return found


def _rootless(
    chord: Chord, n_voices: int, colours: tuple[int, ...], low: int, high: int
) -> list[Voicing]:
    """Return the two left-hand forms: third or seventh lowest, the ninth for the root."""
    root = chord.root_pc
    own = {semi % 12 for semi in chord.intervals}
    ninth = [n for n in (2, 1, 3) if n in own and n + 12 in chord.intervals]
    sixth = [n for n in (9, 8) if n + 12 in chord.intervals]
    if not ninth and (root + 2) % 12 in colours:
        ninth = [2]
    if not sixth and chord.is_dominant and (root + 9) % 12 in colours:
        sixth = [9]
    fifth = [(chord.fifth_pc - root) % 12] if chord.fifth_pc >= 0 else []
    body = sixth[:1] if chord.is_dominant and sixth else fifth
    guides = [(pc - root) % 12 for pc in chord.guide_tones]
    tones = [*guides, *ninth[:1], *body]
    if len(tones) < 3 or (len(tones) < 4 <= n_voices and 6 in own and 7 not in own):
        tones.append(0)
    tones = list(dict.fromkeys(tones))[: max(2, n_voices)]
    pcs = tuple((root + semi) % 12 for semi in tones)
    found: list[Voicing] = []
    for rotation in _rotations(pcs):
        if rotation[0] in chord.guide_tones:
            found += _place(rotation, low, high)
    return found


@lru_cache(maxsize=16384)
def candidates(
    chord: Chord,
    *,
    low: int,
    high: int,
    n_voices: int,
    kind: str,
    colours: tuple[int, ...] = (),
    avoid: tuple[int, ...] = (),
) -> tuple[Voicing, ...]:
    """Return every voicing of a kind within a range.

    Parameters
    ----------
    chord : Chord
    low, high : int, MIDI numbers
        Both ends included.
    n_voices : int, 1 to 8
    kind : str
        A name in `KINDS`.
    colours, avoid : tuple of int, pitch classes

    Returns
    -------
    tuple of tuple of int
        Rising (guitar shapes: the handiest first), at most 96; empty when the range is too small for the kind.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> candidates(parse_chord("C"), low=60, high=74, n_voices=3, kind="close")
    ((60, 64, 67), (64, 67, 72))
    """
    found = _raw(chord, low, high, n_voices, kind, colours, avoid)
    if kind == "guitar":
        return tuple(dict.fromkeys(found))
    unique = sorted(set(found))
    clear = [voicing for voicing in unique if not is_muddy(voicing)] or unique
    if len(clear) > _MAX_CANDIDATES:
        step = len(clear) / _MAX_CANDIDATES
        clear = [clear[int(k * step)] for k in range(_MAX_CANDIDATES)]
    return tuple(clear)


def _raw(
    chord: Chord,
    low: int,
    high: int,
    n_voices: int,
    kind: str,
    colours: tuple[int, ...],
    avoid: tuple[int, ...],
) -> list[Voicing]:
    """Return the voicings of a kind, muddy ones and repeats included."""
    if kind == "guitar":
        shapes = guitar_shapes(chord, low=low, high=high, n_strings_max=min(6, n_voices))
        return [
            shape.pitches for shape in shapes if not set(avoid) & {p % 12 for p in shape.pitches}
        ]
    if kind == "power":
        fifth = chord.fifth_pc if chord.fifth_pc >= 0 else (chord.root_pc + 7) % 12
        order = (chord.root_pc, fifth, chord.root_pc, fifth)[: max(2, min(4, n_voices))]
        return _place(order, low, high)
    if kind == "shell":
        return _shell(chord, n_voices, low, high)
    if kind == "rootless":
        return _rootless(chord, n_voices, colours, low, high)
    if kind == "quartal":
        pool = tuple(pc for pc in dict.fromkeys((*chord.pcs, *colours)) if pc not in avoid)
        return _quartal(chord, pool, n_voices, low, high)
    if kind == "triad":
        tones = tuple(pc for pc in (chord.root_pc, chord.third_pc, chord.fifth_pc) if pc >= 0)
        return _close(tuple(dict.fromkeys(tones)), min(3, max(n_voices, 1)), low, high)
    tones = choose_tones(chord, n_voices=n_voices, colours=colours, avoid=avoid)
    if kind == "spread":
        return _spread(chord, tones, n_voices, low, high)
    close = _close(tones, n_voices, low, high + (12 if kind != "close" else 0))
    if kind == "close":
        return close
    places = {"drop2": (2,), "drop3": (3,)}.get(kind, (2, 4) if n_voices >= 4 else (2,))
    return [voicing for voicing in _dropped(close, places, low) if voicing[-1] <= high]


def every_layout(chord: Chord, *, low: int, high: int, n_voices: int) -> tuple[Voicing, ...]:
    """Return any layout of the chord's most important tones: the last resort in a small range.

    Parameters
    ----------
    chord : Chord
    low, high : int, MIDI numbers
    n_voices : int, >= 1

    Returns
    -------
    tuple of tuple of int
        Those with most different tones first, at most 96.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> every_layout(parse_chord("C"), low=60, high=65, n_voices=2)
    ((60, 64),)
    """
    tones = choose_tones(chord, n_voices=n_voices)
    pitches = [pitch for pitch in range(low, high + 1) if pitch % 12 in tones]
    if len(pitches) < n_voices or len(pitches) > 24:
        return (tuple(pitches[:n_voices]),) if pitches else ()
    ranked = sorted(combinations(pitches, n_voices), key=lambda v: (-len({p % 12 for p in v}), v))
    return tuple(ranked[:_MAX_CANDIDATES])
