"""A choir that moves: passing notes, neighbour notes and suspensions in voices that strike together.

Conventions: voices run from the lowest: bass, tenor, alto; each has one note a strike. One voice moves at a
time, off the beat, by step, and comes or goes to where the plain voices are; a suspension holds a tone of the
chord before into the next, where it is foreign, and falls by step to what stands there. Whatever would add a
fault (`motet.tasks.harmonise.faults`) to the bars around it, parallels above all, is left out.

Source: Edward Aldwell and Carl Schachter, Harmony and Voice Leading: figures of melody, suspensions. How often
they come is ours.

Offers `decorate_choir`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from motet.score import Note, Part
from motet.tasks.harmonise.choir import Strike
from motet.tasks.harmonise.faults import Faults, count_faults
from motet.tasks.harmony import bent_tones, chord_tones
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["decorate_choir"]

_RANGES: Final = ((36, 62), (45, 69), (50, 76))
_RUNS: Final = {2: 1, 3: 3}
"""Strikes one after the other that may be adorned, by adventure."""
_LONGEST_QN: Final = 4
_RUBS: Final = (1, 13)
_NAMES: Final = tuple(one.name for one in fields(Faults) if one.name != "n_chords")
Cell = tuple[Note, ...]
Line = list[Cell]


@dataclass(frozen=True, slots=True)
class _Change:
    """Cells of one voice that would be others: by index of the strike; `tied` continues the note before."""

    voice: int
    cells: dict[int, Cell]
    tied: int = -1


def decorate_choir(
    strikes: Sequence[Strike],
    voices: tuple[Sequence[Note], Sequence[Note], Sequence[Note]],
    melody: Part,
    key: Key,
    *,
    resolution: int,
    adventure: int,
) -> tuple[tuple[Note, ...], tuple[Note, ...], tuple[Note, ...]]:
    """Return alto, tenor and bass with figures between their chords.

    Parameters
    ----------
    strikes : sequence of Strike
    voices : (alto, tenor, bass)
        Of `motet.tasks.harmonise.choir.write_choir`, not tied: a note a strike.
    melody : Part
        One voice, above.
    key : Key
    resolution : int, ticks a quarter note
    adventure : int, 1 to 3
        1 leaves the voices as they are; 3 moves more than 2, the bass too.

    Returns
    -------
    three tuples of Note

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmonise.choir import lay_strikes, write_choir
    >>> from motet.tasks.harmony import read_harmony
    >>> score = make_score("E5:2 C5:2 | D5:2 B4:2 | C5:4", chords="C:2 Am:2 Dm:2 G:2 C:4")
    >>> strikes = lay_strikes(score, score.parts[0], read_harmony(score))
    >>> plain = write_choir(strikes, Key("C"))
    >>> florid = decorate_choir(strikes, plain, score.parts[0], Key("C"), resolution=480, adventure=3)
    >>> sum(map(len, florid)) > sum(map(len, plain))
    True
    """
    if adventure < 2 or not all(voices):
        return tuple(tuple(one) for one in voices)  # type: ignore[return-value]
    by_tick = {one.tick: one for one in strikes}
    laid = [by_tick[note.onset_tick] for note in voices[2]]
    choir = _Choir(laid, [[(note,) for note in one] for one in reversed(voices)], melody, key)
    run = 0
    last = -1
    for k in range(len(laid) - 1):
        if laid[k].end_tick != laid[k + 1].tick or run >= _RUNS[adventure]:
            run = 0
            continue
        tried = list(_changes(choir, k, resolution, adventure))
        tried.sort(key=lambda one: one.voice == last)  # another voice than before, if one can
        taken = next((one for one in tried if choir.takes(one, k)), None)
        run = run + 1 if taken is not None else 0
        last = taken.voice if taken is not None else last
    bass, tenor, alto = (choir.notes(voice) for voice in range(3))
    return alto, tenor, bass


class _Choir:
    """Voices under way: the cells of each, and which continue the note before."""

    def __init__(self, strikes: list[Strike], lines: list[Line], melody: Part, key: Key) -> None:
        self.strikes, self.lines, self.key = strikes, lines, key
        self.top = sorted(melody.notes, key=lambda note: note.onset_tick)
        self.tied: set[tuple[int, int]] = set()

    def sounding(self, tick: int, near: int) -> list[int]:
        """Return the pitches of the voices at a tick, the highest last; fewer where some rest."""
        found = []
        for line in self.lines:
            for j in range(max(0, near - 1), min(len(line), near + 3)):
                found += [n.pitch for n in line[j] if n.onset_tick <= tick < n.end_tick]
        return found + [n.pitch for n in self.top if n.onset_tick <= tick < n.end_tick][:1]

    def _faults(self, near: int) -> Faults:
        """Return the faults of the chords around a strike."""
        first, last = max(0, near - 1), min(len(self.strikes), near + 3)
        start, end = self.strikes[first].tick, self.strikes[last - 1].end_tick
        ticks = {n.onset_tick for line in self.lines for j in range(first, last) for n in line[j]}
        ticks |= {n.onset_tick for n in self.top if start <= n.onset_tick < end}
        rows = [tuple(self.sounding(tick, near)) for tick in sorted(ticks)]
        whole = [row for row in rows if len(row) == len(self.lines) + 1]
        return count_faults(whole, self.key, ranges=_RANGES, given_top=True)

    def takes(self, change: _Change, near: int) -> bool:
        """Whether a change adds no fault; it is made then."""
        line = self.lines[change.voice]
        before, held = self._faults(near), {j: line[j] for j in change.cells}
        for j, cell in change.cells.items():
            line[j] = cell
        after = self._faults(near)
        if any(getattr(after, name) > getattr(before, name) for name in _NAMES):
            for j, cell in held.items():
                line[j] = cell
            return False
        if change.tied >= 0:
            self.tied.add((change.voice, change.tied))
        return True

    def notes(self, voice: int) -> tuple[Note, ...]:
        """Return the notes of a voice, suspended ones as one."""
        found: list[Note] = []
        for j, cell in enumerate(self.lines[voice]):
            for number, note in enumerate(cell):
                if number == 0 and (voice, j) in self.tied:
                    before = found.pop()
                    note = replace(before, duration_tick=note.end_tick - before.onset_tick)
                found.append(note)
        return tuple(found)


def _changes(choir: _Choir, k: int, resolution: int, adventure: int) -> Iterator[_Change]:
    """Yield what could move between a strike and the next: suspensions, passing notes, neighbours."""
    for voice in (2, 1, 0)[: 3 if adventure > 2 else 2]:
        change = _suspension(choir, voice, k, resolution)
        if change is not None:
            yield change
    for kind in (_passing, _neighbour):
        for voice in (1, 0, 2):
            pitch = kind(choir, voice, k)
            change = None if pitch is None else _figure(choir, voice, k, pitch, resolution)
            if change is not None:
                yield change


def _scale(choir: _Choir, k: int) -> frozenset[int]:
    """Return the tones that may pass over a strike's chord."""
    chord = choir.strikes[k].chord
    return (frozenset(choir.key.pcs) - bent_tones(choir.key, chord)) | chord_tones(chord)


def _passing(choir: _Choir, voice: int, k: int) -> int | None:
    """Return the step between two notes a third apart."""
    here, there = choir.lines[voice][k][-1].pitch, choir.lines[voice][k + 1][0].pitch
    if abs(there - here) not in (3, 4):
        return None
    way = 1 if there > here else -1
    scale = _scale(choir, k)
    return next((p for p in (here + 2 * way, here + way) if p % 12 in scale), None)


def _neighbour(choir: _Choir, voice: int, k: int) -> int | None:
    """Return the step above or below a note that comes again, on its way back."""
    here, there = choir.lines[voice][k][-1].pitch, choir.lines[voice][k + 1][0].pitch
    if here != there or k % 2:
        return None
    scale = _scale(choir, k)
    steps = (2, 1) if voice else (-1, -2)
    return next((here + by for by in steps if (here + by) % 12 in scale), None)


def _figure(choir: _Choir, voice: int, k: int, pitch: int, resolution: int) -> _Change | None:
    """Return the last part of a strike moved to a step; None where it is too short or rubs."""
    strike, cell = choir.strikes[k], choir.lines[voice][k]
    length = strike.end_tick - strike.tick
    if len(cell) > 1 or not resolution <= length <= _LONGEST_QN * resolution:
        return None
    at = strike.end_tick - (resolution if length >= 2 * resolution else length // 2)
    others = [p for p in choir.sounding(at, k) if p != cell[0].pitch]
    if any(abs(pitch - other) in (0, *_RUBS) for other in others):
        return None
    first = replace(cell[0], duration_tick=at - strike.tick)
    return _Change(voice, {k: (first, _note(choir, k, cell[0], at, strike.end_tick, pitch))})


def _note(choir: _Choir, k: int, model: Note, start: int, end: int, pitch: int) -> Note:
    """Return a note like another elsewhere."""
    name = spell_pitch(pitch, fifths=choir.key.fifths, chord_tones=choir.strikes[k].chord.tones())
    return replace(model, onset_tick=start, duration_tick=end - start, pitch=pitch, spelling=name)


def _suspension(choir: _Choir, voice: int, k: int, resolution: int) -> _Change | None:
    """Return a note held into the next chord, to which it is foreign, and its fall by step."""
    held, cell = choir.lines[voice][k][-1], choir.lines[voice][k + 1]
    strike = choir.strikes[k + 1]
    length = strike.end_tick - strike.tick
    size = resolution if length > 2 * resolution else length // 2
    goal = cell[0].pitch
    is_last = k + 2 == len(choir.strikes)
    least = 2 * resolution if is_last else resolution
    tones = chord_tones(strike.chord)
    if held.pitch - goal not in (1, 2) or length < least or held.duration_tick < size:
        return None
    if held.pitch % 12 in tones or held.pitch % 12 not in _scale(choir, k):
        return None
    others = choir.sounding(strike.tick, k + 1)
    others.remove(goal)
    uppers = others if voice == 0 else others[1:]
    if any(other % 12 == goal % 12 for other in uppers):
        return None
    if any(abs(held.pitch - other) in (0, *_RUBS) for other in others):
        return None
    at = strike.tick + size
    first = replace(
        cell[0], pitch=held.pitch, spelling=held.spelling, duration_tick=at - strike.tick
    )
    rest = replace(cell[0], onset_tick=at, duration_tick=strike.end_tick - at)
    return _Change(voice, {k + 1: (first, rest)}, tied=k + 1)
