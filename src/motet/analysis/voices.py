"""Which notes of a polyphonic part follow each other: one line a voice, as a singer would take it.

Conventions: voices are numbered from 1, the highest; notes that begin together go to voices from high to
low. A beam search keeps the cheapest ways to share the notes out: leaps cost their size, voices cost
their distance from where they usually lie, crossing a sounding voice costs extra.

Measured in ``docs/analysis.md`` on chorales and string quartets merged to one staff.

Source: the principles (pitch proximity, no crossing, as many voices as sound at once) are those of Chew
and Wu, "Separating Voices in Polyphonic Music: A Contig Mapping Approach", CMMR 2004, LNCS 3310, 1-20,
and Huron, "Tone and Voice", Music Perception 19 (2001), 1-64; the search is our own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np

from motet.errors import ParameterError
from motet.score import Note, Part

__all__ = ["count_voices", "mark_voices", "separate_voices"]

_BEAM = 12
_HOME_COST = 0.35  # tuned, with those below, on OpenScore string quartets (first half)
_CROSS_COST = 1.6
_OVERLAP_COST = 40.0
_LEGATO_QN = 0.15
_GAP_QN_COST = 1.0
_HOME_RATE = 0.06
_MAX_LEAP = 16.0
_MAX_VOICES = 8
_FULL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class _State:
    """One way to share out the notes so far: last pitch, end and usual pitch of every voice."""

    cost: float
    last: tuple[float, ...]
    end: tuple[int, ...]
    home: tuple[float, ...]
    choice: tuple[int, ...]
    before: _State | None


def count_voices(part: Part) -> int:
    """Return how many voices a part needs: notes at once, apart from rare fuller chords.

    Parameters
    ----------
    part : Part

    Returns
    -------
    int, 1 to 8
        More sound at once for less than 2 % of the time that anything sounds.

    Examples
    --------
    >>> from motet.score import make_score
    >>> count_voices(make_score("C4+E4:1 D4+F4:1 E4+G4:2").parts[0])
    2
    """
    changes = sorted(
        [(note.onset_tick, 1) for note in part.notes if note.duration_tick]
        + [(note.end_tick, -1) for note in part.notes if note.duration_tick]
    )
    time: dict[int, int] = {}
    level, before = 0, 0
    for tick, change in changes:
        time[level] = time.get(level, 0) + tick - before
        level, before = level + change, tick
    time.pop(0, None)
    total = sum(time.values())
    fuller = 0
    for level in sorted(time, reverse=True):
        fuller += time[level]
        if fuller >= _FULL_SHARE * total and fuller > 0:
            return min(level, _MAX_VOICES)
    return 1


def separate_voices(part: Part, *, n_voices: int | None = None) -> tuple[int, ...]:
    """Return the voice of every note of a part.

    Parameters
    ----------
    part : Part
    n_voices : int or None, 1 to 8
        `count_voices` when None.

    Returns
    -------
    tuple of int
        In the order of the part's notes, 1 is the highest voice. A chord of more notes than voices
        puts its nearest neighbours together; grace notes go with the note they lead to.

    Raises
    ------
    ParameterError
        `n_voices` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> separate_voices(make_score("C4+G4:1 D4:1 C4+A4:2").parts[0])
    (2, 1, 2, 2, 1)
    """
    if n_voices is not None and not 1 <= n_voices <= _MAX_VOICES:
        raise ParameterError(
            f"n_voices must be 1 to {_MAX_VOICES}, got {n_voices}; 4 suits a choir",
            zh=f"n_voices 必须在 1 到 {_MAX_VOICES} 之间,收到 {n_voices};合唱常用 4",
        )
    n = count_voices(part) if n_voices is None else n_voices
    found = [0] * len(part.notes)
    real = [k for k, note in enumerate(part.notes) if note.duration_tick]
    groups = [
        list(group) for _, group in itertools.groupby(real, key=lambda k: part.notes[k].onset_tick)
    ]
    home = _homes(part.notes, groups, n)
    states = [_State(0.0, home, (0,) * n, home, (), None)]
    bundles_of: list[list[list[int]]] = []
    for group in groups:
        bundles = _bundles(part.notes, group, n)
        bundles_of.append(bundles)
        following = [
            new for state in states for new in _ways(state, part.notes, bundles, _qn_guess(part))
        ]
        following.sort(key=lambda state: state.cost)
        states = _distinct(following)
    state: _State | None = states[0]
    for bundles in reversed(bundles_of):
        if state is None:
            break
        for bundle, voice in zip(bundles, state.choice, strict=True):
            for k in bundle:
                found[k] = voice + 1
        state = state.before
    return _fill_graces(found)


def _qn_guess(part: Part) -> int:
    """Return about a quarter note in ticks: a part alone does not know its resolution."""
    durations = sorted(note.duration_tick for note in part.notes if note.duration_tick)
    return max(1, durations[len(durations) // 2]) * 2


def _homes(notes: tuple[Note, ...], groups: list[list[int]], n: int) -> tuple[float, ...]:
    """Return where each voice usually lies, from moments at which all of them sound."""
    full: list[list[int]] = []
    sounding: list[Note] = []
    for group in groups:
        tick = notes[group[0]].onset_tick
        sounding = [note for note in sounding if note.end_tick > tick]
        sounding += [notes[k] for k in group]
        if len(sounding) == n:
            full.append(sorted((note.pitch for note in sounding), reverse=True))
    if full:
        return tuple(float(one) for one in np.mean(full, axis=0))
    pitches = [notes[k].pitch for group in groups for k in group] or [60]
    places = (np.arange(n, 0, -1) - 0.5) / n
    return tuple(float(one) for one in np.quantile(pitches, places))


def _bundles(notes: tuple[Note, ...], group: list[int], n: int) -> list[list[int]]:
    """Return the notes that begin together, high to low, the nearest joined until `n` are left."""
    bundles = [[k] for k in sorted(group, key=lambda k: -notes[k].pitch)]
    while len(bundles) > n:
        gaps = [notes[a[-1]].pitch - notes[b[0]].pitch for a, b in itertools.pairwise(bundles)]
        place = gaps.index(min(gaps))
        bundles[place : place + 2] = [bundles[place] + bundles[place + 1]]
    return bundles


def _ways(
    state: _State, notes: tuple[Note, ...], bundles: list[list[int]], quarter_tick: int
) -> list[_State]:
    """Return the states after sharing out the notes of one moment in each possible order."""
    tick = notes[bundles[0][0]].onset_tick
    n = len(state.last)
    pitches = [sum(notes[k].pitch for k in bundle) / len(bundle) for bundle in bundles]
    ends = [max(notes[k].end_tick for k in bundle) for bundle in bundles]
    found = []
    for chosen in itertools.combinations(range(n), len(bundles)):
        cost = state.cost
        last, end, home = list(state.last), list(state.end), list(state.home)
        for voice, pitch, until in zip(chosen, pitches, ends, strict=True):
            gap_qn = (tick - state.end[voice]) / quarter_tick
            if gap_qn < 0:
                cost += _OVERLAP_COST * min(1.0, max(0.05, -gap_qn - _LEGATO_QN))
            near = 1.0 / (1.0 + max(0.0, gap_qn - 0.5) / 2)
            cost += min(_MAX_LEAP, abs(pitch - state.last[voice])) * near
            cost += _HOME_COST * abs(pitch - state.home[voice])
            cost += _GAP_QN_COST * min(4.0, max(0.0, gap_qn))
            last[voice], end[voice] = pitch, until
            home[voice] += _HOME_RATE * (pitch - home[voice])
        for voice in range(n):
            if voice in chosen or state.end[voice] <= tick:
                continue
            for other, pitch in zip(chosen, pitches, strict=True):
                wrong = pitch - last[voice] if other > voice else last[voice] - pitch
                cost += _CROSS_COST * max(0.0, min(12.0, wrong))
        found.append(_State(cost, tuple(last), tuple(end), tuple(home), chosen, state))
    return found


def _distinct(states: list[_State]) -> list[_State]:
    """Return the cheapest states, one of each that ends alike."""
    kept: dict[tuple[tuple[float, ...], tuple[int, ...]], _State] = {}
    for state in states:
        kept.setdefault((state.last, state.end), state)
        if len(kept) == _BEAM:
            break
    return list(kept.values())


def _fill_graces(voices: list[int]) -> tuple[int, ...]:
    """Return the voices with those of notes without length taken from the next note."""
    for k in range(len(voices) - 1, -1, -1):
        if voices[k] == 0:
            after = voices[k + 1] if k + 1 < len(voices) else 0
            voices[k] = after or max(1, voices[k - 1] if k else 1)
    return tuple(voices)


def mark_voices(part: Part, *, n_voices: int | None = None) -> Part:
    """Return the part with the voice of every note set by `separate_voices`.

    Parameters
    ----------
    part : Part
    n_voices : int or None, 1 to 8

    Returns
    -------
    Part

    Raises
    ------
    ParameterError
        `n_voices` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [note.voice for note in mark_voices(make_score("C4+G4:1").parts[0]).notes]
    [2, 1]
    """
    voices = separate_voices(part, n_voices=n_voices)
    return replace(
        part,
        notes=tuple(
            replace(note, voice=voice) for note, voice in zip(part.notes, voices, strict=True)
        ),
    )
