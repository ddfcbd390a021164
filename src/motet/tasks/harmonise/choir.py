"""Alto, tenor and bass under a given soprano: the whole piece weighed at once.

Conventions: voices run from the lowest: bass, tenor, alto, soprano; the soprano is the melody as it is.
Voices strike where a chord begins and where the melody strikes on a beat. Ranges go down with a melody
that lies low.

Source: Edward Aldwell and Carl Schachter, Harmony and Voice Leading: ranges, spacing, doubling, leading
tone and seventh, parallels, overlap. The weights are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from motet.score import Note, Part, Score
from motet.tasks.harmony import HeldChord
from motet.theory.chord import Chord
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["Strike", "lay_strikes", "write_choir"]

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_RANGES = ((41, 60), (48, 67), (55, 74))
_CENTRES = (50.0, 58.0, 65.0)
_MOST = 220
_PARALLEL = 60.0
_CONSECUTIVE = 9.0  # a fifth or an octave after another, in contrary motion
_INVERTED = (
    12.0  # the third in the bass of a chord that names no bass: dearer than anything but parallels
)


@dataclass(frozen=True, slots=True)
class Strike:
    """Where the voices strike, until when they sound, under which chord and soprano notes.

    ``before`` is the soprano's pitch just before, ``top`` the one at the strike.
    """

    tick: int
    end_tick: int
    chord: Chord
    before: int
    top: int


def lay_strikes(
    score: Score, melody: Part, spans: Sequence[HeldChord], *, every_beat: bool = True
) -> tuple[Strike, ...]:
    """Return where the lower voices strike.

    Parameters
    ----------
    score : Score
    melody : Part
        One voice.
    spans : sequence of HeldChord
    every_beat : bool
        Whether voices strike with the melody on beats, too, as in a hymn.

    Returns
    -------
    tuple of Strike

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmony import read_harmony
    >>> score = make_score("C5:1 D5:1 E5:2", chords="C:4")
    >>> [one.tick for one in lay_strikes(score, score.parts[0], read_harmony(score))]
    [0, 480, 960]
    """
    line = sorted(melody.notes, key=lambda note: (note.onset_tick, -note.pitch))
    beats = _beat_ticks(score)
    onsets = {note.onset_tick for note in line}
    bars = {bar.start_tick for bar in score.bars}
    late = score.resolution // 10  # hands are not on the grid
    found: list[Strike] = []
    for span in spans:
        if not span.chord.root:
            continue
        inside = {t for t in bars if span.start_tick < t < span.end_tick}
        if every_beat:
            inside |= {t for t in onsets & beats if span.start_tick < t < span.end_tick}
        places = sorted({span.start_tick, *inside})
        for start, end in zip(places, [*places[1:], span.end_tick], strict=True):
            top = _after_rest(line, start + late) or _top_at(line, start + late)
            before = _top_at(line, start - late - 1)
            found.append(Strike(start, end, span.chord, before or top, top))
    return tuple(_with_tops(found))


def _beat_ticks(score: Score) -> set[int]:
    """Return all beats, whole ticks."""
    found = set()
    for bar in score.bars:
        at = float(bar.start_tick)
        for beat in bar.metre.beats_qn:
            if at < bar.end_tick:
                found.add(round(at))
            at += float(beat) * score.resolution
    return found


def _after_rest(line: list[Note], tick: int) -> int:
    """Return the pitch that ends a rest of the line; 0 where it does not rest, or rests to the end."""
    if any(note.onset_tick <= tick < note.end_tick for note in line):
        return 0
    return next((note.pitch for note in line if tick < note.onset_tick), 0)


def _top_at(line: list[Note], tick: int) -> int:
    """Return the pitch that sounds, or sounded last; 0 before the first."""
    found = 0
    for note in line:
        if note.onset_tick > tick:
            break
        found = note.pitch
    return found


def _with_tops(strikes: list[Strike]) -> list[Strike]:
    """Return strikes whose soprano is known: before the first note, that one."""
    first = next((one.top for one in strikes if one.top), 72)
    return [
        Strike(one.tick, one.end_tick, one.chord, one.before or first, one.top or first)
        for one in strikes
    ]


def _layouts(
    strike: Strike, shift: int, leading_pc: int, *, is_last: bool
) -> tuple[IntArray, FloatArray]:
    """Return the layouts (bass, tenor, alto) of a strike, and what each costs."""
    chord, top = strike.chord, strike.top
    pcs = set(chord.pcs) | {chord.bass_pc}
    choices = []
    bases = {chord.bass_pc} | (set() if chord.bass or is_last else {chord.third_pc})
    for voice, (low, high) in enumerate(_RANGES):
        wanted = bases if voice == 0 else pcs
        low = max(36, low + shift)
        choices.append([p for p in range(low, min(high, top) + 1) if p % 12 in wanted])
    rows, costs = [], []
    for bass, tenor, alto in product(*choices):
        if not bass <= tenor <= alto <= top or alto - tenor > 12 or tenor - bass > 24:
            continue
        cost = _flaws((bass, tenor, alto, top), chord, shift, leading_pc)
        cost += _INVERTED * (bass % 12 != chord.bass_pc)
        rows.append((bass, tenor, alto))
        costs.append(cost)
    if not rows:
        return np.zeros((0, 3), np.int64), np.zeros(0)
    order = np.argsort(np.array(costs), kind="stable")[:_MOST]
    return np.array(rows, np.int64)[order], np.array(costs)[order]


def _flaws(voices: tuple[int, int, int, int], chord: Chord, shift: int, leading_pc: int) -> float:
    """Return how far one layout is from a good one."""
    pcs = [pitch % 12 for pitch in voices]
    cost = 0.0
    many = len(chord.pcs) >= 5
    seventh = chord.seventh_pc if {10, 11} & set(chord.intervals) else -1
    for pc in chord.pcs:
        if pc in pcs:
            continue
        if pc == chord.third_pc:
            cost += 9.0
        elif pc == seventh:
            cost += 7.0
        elif pc == chord.root_pc:
            cost += 1.5 if many else 6.0
        elif pc == chord.fifth_pc and 7 in chord.intervals:
            cost += 0.5 if many else 1.4
        else:
            cost += 2.5
    lower = pcs[:3]
    for pc, each in ((seventh, 8.0), (leading_pc, 8.0)):
        if pc >= 0 and pcs.count(pc) > 1 and pc in lower:
            cost += each * (pcs.count(pc) - 1)
    if pcs.count(chord.third_pc) > 1:
        cost += (1.0 if chord.is_minor else 2.0) * (pcs.count(chord.third_pc) - 1)
    for pitch, centre in zip(voices[:3], _CENTRES, strict=True):
        cost += 0.07 * abs(pitch - centre - shift)
    gap = voices[3] - voices[2]
    cost += 0.8 * max(0, gap - 12) + (2.5 if gap == 0 else 1.2 if gap == 1 else 0.0)
    cost += 2.0 * (voices[2] == voices[1]) + 1.2 * (voices[1] == voices[0])
    if voices[1] - voices[0] < 5 and voices[0] < 48:
        cost += 2.0
    return cost


def _steps(old: IntArray, new: IntArray, one: Strike, two: Strike, key: Key) -> FloatArray:
    """Return how rough each step from one layout (rows) to the next (columns) is."""
    before = np.concatenate([old, np.full((len(old), 1), two.before)], axis=1)[:, None, :]
    after = np.concatenate([new, np.full((len(new), 1), two.top)], axis=1)[None, :, :]
    move = after - before
    size = np.abs(move)
    cost = 0.22 * size[..., 0] + 0.6 * (size[..., 1] + size[..., 2])
    cost += np.where(size[..., 1:3] > 5, 1.5 + 0.6 * (size[..., 1:3] - 5), 0.0).sum(axis=-1)
    cost += np.where((size[..., 0] > 7) & (size[..., 0] != 12), 1.5, 0.0)
    cost += np.where(np.isin(size[..., 0], (6, 10, 11)), 1.5, 0.0)
    for low in range(4):
        for high in range(low + 1, 4):
            gap_before = (before[..., high] - before[..., low]) % 12
            gap_after = (after[..., high] - after[..., low]) % 12
            both = (move[..., low] != 0) & (move[..., high] != 0)
            bad = both & (gap_before == gap_after) & np.isin(gap_after, (0, 7))
            same_way = move[..., low] * move[..., high] > 0
            cost += np.where(bad, np.where(same_way, _PARALLEL, _CONSECUTIVE), 0.0)
    direct = (move[..., 0] * move[..., 3] > 0) & (size[..., 3] > 2)
    cost += 2.0 * (direct & np.isin((after[..., 3] - after[..., 0]) % 12, (0, 7)))
    for low in range(3):
        overlaps = (after[..., low] > before[..., low + 1]) | (
            after[..., low + 1] < before[..., low]
        )
        cost += 3.0 * overlaps
    same = one.chord == two.chord
    cost += 0.0 if same else _resolutions(before, move, one.chord, two.chord, key)
    still = (size[..., :3].sum(axis=-1) == 0) & (not same)
    return np.asarray(cost + 1.0 * still, np.float64)


def _resolutions(before: IntArray, move: IntArray, one: Chord, two: Chord, key: Key) -> FloatArray:
    """Return what leading tones and sevenths that do not resolve cost, soprano apart."""
    cost = np.zeros(move.shape[:2])
    leading = (key.tonic_pc + 11) % 12
    is_dominant = leading in one.pcs and 4 in one.intervals and two.root_pc == key.tonic_pc
    seventh = one.seventh_pc if 10 in one.intervals and one.seventh_pc != one.root_pc else -1
    goal = (one.root_pc + 5) % 12 == two.root_pc or (one.root_pc + 11) % 12 == two.root_pc
    third = one.third_pc if 4 in one.intervals and 10 in one.intervals and goal else -1
    for voice in range(3):
        pc = before[..., voice] % 12
        step = move[..., voice]
        if is_dominant:
            inner = voice in (1, 2)
            free = (step == 1) | (step == 0) | (inner & (step == -4))
            cost += np.where((pc == leading) & ~free, 6.0, 0.0)
            cost += np.where((pc == leading) & inner & (step == -4), 2.0, 0.0)
        elif third >= 0:
            cost += np.where((pc == third) & ~np.isin(step, (0, 1, -1)), 3.0, 0.0)
        if seventh >= 0:
            falls = np.isin(step, (-1, -2)) | ((step == 0) & (seventh in two.pcs))
            cost += np.where((pc == seventh) & ~falls, 6.0, 0.0)
    return cost


def write_choir(
    strikes: Sequence[Strike], key: Key, *, tied: bool = False
) -> tuple[tuple[Note, ...], tuple[Note, ...], tuple[Note, ...]]:
    """Return the notes of alto, tenor and bass.

    Parameters
    ----------
    strikes : sequence of Strike
    key : Key
    tied : bool
        Whether a voice that keeps its pitch sounds on instead of striking again.

    Returns
    -------
    three tuples of Note
        Empty where the melody lies too low for voices under it.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmony import read_harmony
    >>> score = make_score("E5:2 F5:2 | D5:2 E5:2", chords="C:2 F:2 G:2 C:2")
    >>> strikes = lay_strikes(score, score.parts[0], read_harmony(score))
    >>> [len(voice) for voice in write_choir(strikes, Key("C"))]
    [4, 4, 4]
    """
    if not strikes:
        return (), (), ()
    tops = sorted(one.top for one in strikes)
    middle = tops[len(tops) // 2]
    shift = -min(14, max(0, 69 - middle)) * 2 // 3
    leading_pc = (key.tonic_pc + 11) % 12
    chosen: list[tuple[Strike, IntArray, FloatArray, IntArray]] = []
    best = np.zeros(0)
    for strike in strikes:
        rows, costs = _layouts(
            strike, shift, leading_pc if leading_pc in strike.chord.pcs else -1,
            is_last=strike is strikes[-1],
        )  # fmt: skip
        if not len(rows):
            continue
        if not chosen:
            best, source = costs, np.zeros(len(rows), np.int64)
        else:
            reach = best[:, None] + _steps(chosen[-1][1], rows, chosen[-1][0], strike, key)
            source = reach.argmin(axis=0)
            best = reach[source, np.arange(len(rows))] + costs
        chosen.append((strike, rows, costs, source))
    if not chosen:
        return (), (), ()
    at = int(best.argmin())
    path: list[tuple[Strike, IntArray]] = []
    for strike, rows, _, source in reversed(chosen):
        path.append((strike, rows[at]))
        at = int(source[at])
    path.reverse()
    return tuple(_voice(path, voice, key, tied=tied) for voice in (2, 1, 0))  # type: ignore[return-value]


def _voice(
    path: list[tuple[Strike, IntArray]], voice: int, key: Key, *, tied: bool
) -> tuple[Note, ...]:
    """Return the notes of one voice."""
    found: list[Note] = []
    for strike, pitches in path:
        pitch = int(pitches[voice])
        last = found[-1] if found else None
        length = strike.end_tick - strike.tick
        if tied and last is not None and last.pitch == pitch and last.end_tick == strike.tick:
            found[-1] = Note(
                onset_tick=last.onset_tick, duration_tick=last.duration_tick + length, pitch=pitch,
                velocity=last.velocity, spelling=last.spelling,
            )  # fmt: skip
            continue
        name = spell_pitch(pitch, fifths=key.fifths, chord_tones=strike.chord.tones())
        found.append(
            Note(
                onset_tick=strike.tick,
                duration_tick=length,
                pitch=pitch,
                velocity=70 + (4 if voice == 0 else 0),
                spelling=name,
            )
        )
    return tuple(found)
