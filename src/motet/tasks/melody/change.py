"""What a musician does to a tune: ornament it, simplify it, change its rhythm.

Conventions: a line is notes one at a time, in the score's ticks; what comes out fills the same time. New
pitches are steps of the key, bent by the chord that sounds. Bars with the same notes get the same change,
so that what was a motif stays one. ``strength`` from 0 to 1 says how many notes change.

Offers `Ground`, `ornament_line`, `rephrase_line`, `simplify_line`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from motet.arranger.plan import rng_for
from motet.score import Note, Score
from motet.tasks.harmony import HeldHarmony, bent_tones
from motet.tasks.melody.setting import slot_strength
from motet.theory.scale import Key

__all__ = ["Ground", "ornament_line", "rephrase_line", "simplify_line"]


@dataclass(frozen=True)
class Ground:
    """What a line stands on: its score (bars and chords), key and the seed of all choices."""

    score: Score
    key: Key
    seed: int

    @property
    def unit(self) -> int:
        """A sixteenth note in ticks."""
        return max(1, self.score.resolution // 4)

    def strength(self, tick: int) -> int:
        """How strong the place of a tick is, 0 to 3."""
        bar = self.score.bars[self.score.bar_at(tick)]
        return slot_strength(bar.metre, (tick - bar.start_tick) / self.score.resolution)

    def step(self, held: HeldHarmony, tick: int, pitch: int, by: int) -> int:
        """Return the pitch some steps of the scale above or below another."""
        allowed = held.allowed(self.key, tick) - bent_tones(self.key, held.at(tick))
        way = 1 if by > 0 else -1
        for _ in range(abs(by)):
            pitch += way
            while pitch % 12 not in allowed and 0 < pitch < 127:
                pitch += way
        return pitch


def _by_bar(
    ground: Ground, line: Sequence[Note]
) -> list[tuple[int, list[Note], np.random.Generator]]:
    """Return the notes of each bar with random numbers that equal bars share."""
    found: dict[int, list[Note]] = {}
    for note in line:
        found.setdefault(ground.score.bar_at(note.onset_tick), []).append(note)
    out = []
    for bar in sorted(found):
        start = ground.score.bars[bar].start_tick
        own = tuple((n.onset_tick - start, n.pitch, n.duration_tick) for n in found[bar])
        out.append((bar, found[bar], rng_for(ground.seed, "vary", own)))
    return out


def ornament_line(ground: Ground, line: Sequence[Note], *, strength: float) -> tuple[Note, ...]:
    """Return a line with neighbours, passing notes, turns and leaning notes between its own.

    Parameters
    ----------
    ground : Ground
    line : sequence of Note
    strength : float, 0 to 1
        The share of the notes with room for it that are ornamented.

    Returns
    -------
    tuple of Note
        Every note of the line is there, at its place unless one leans on it.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:2 E4:2 | D4:4", fifths=0)
    >>> done = ornament_line(Ground(score, Key("C"), 1), score.parts[0].notes, strength=1.0)
    >>> len(done) > 3, done[0].pitch, sum(note.duration_tick for note in done)
    (True, 60, 3840)
    """
    held = HeldHarmony(ground.score)
    following = {one.onset_tick: two for one, two in pairwise(line)}
    out: list[Note] = []
    for _, notes, rng in _by_bar(ground, line):
        for note in notes:
            wants = rng.random() < strength
            draw = float(rng.random())
            after = following.get(note.onset_tick)
            joined = after is not None and after.onset_tick - note.end_tick < ground.unit
            to = after if joined else None
            out += _ornament(ground, held, note, to, draw) if wants else [note]
    return tuple(out)


def _ornament(
    ground: Ground, held: HeldHarmony, note: Note, to: Note | None, draw: float
) -> list[Note]:
    """Return a note with an ornament that its length and what follows allow."""
    unit, length = ground.unit, note.duration_tick
    if length < 2 * unit:
        return [note]
    up = ground.step(held, note.onset_tick, note.pitch, 1)
    down = ground.step(held, note.onset_tick, note.pitch, -1)
    gap = to.pitch - note.pitch if to is not None else 0
    size = unit if length < 4 * unit else 2 * unit
    if to is not None and abs(gap) in (3, 4):
        return _split(note, [(length - size, note.pitch), (size, up if gap > 0 else down)])
    if to is not None and 5 <= abs(gap) <= 9 and length >= 4 * unit:
        run, pitch = [], note.pitch
        for _ in range(3):
            pitch = ground.step(held, note.onset_tick, pitch, 1 if gap > 0 else -1)
            if (pitch - to.pitch) * gap < 0:
                run.append(pitch)
        run = run[-(length // unit - 2) :] if length // unit > 2 else []
        each = unit
        return _split(
            note, [(length - each * len(run), note.pitch), *[(each, pitch) for pitch in run]]
        )
    if length >= 4 * unit and draw < 0.35:
        rest = length - 3 * unit
        return _split(note, [(unit, note.pitch), (unit, up), (unit, note.pitch), (rest, down)]) if (
            rest == unit and to is not None and to.pitch == note.pitch
        ) else _split(note, [(unit, note.pitch), (unit, up), (length - 2 * unit, note.pitch)])  # fmt: skip
    if length >= 4 * unit and draw < 0.6 and ground.strength(note.onset_tick) >= 1:
        lean = min(length // 3 // unit * unit or unit, 2 * unit)
        return _split(note, [(lean, up), (length - lean, note.pitch)])
    if to is not None and abs(gap) <= 2:
        other = (down if gap > 0 else up) if gap else (up if draw < 0.8 else down)
        return _split(note, [(length - size, note.pitch), (size, other)])
    if length >= 3 * unit:
        return _split(note, [(unit, note.pitch), (unit, up), (length - 2 * unit, note.pitch)])
    return [note]


def _split(note: Note, pieces: list[tuple[int, int]]) -> list[Note]:
    """Return a note as several, one after another."""
    out, at = [], note.onset_tick
    for duration, pitch in pieces:
        name = note.spelling if pitch == note.pitch else ""
        soft = note.velocity if pitch == note.pitch else max(1, note.velocity - 6)
        out.append(
            replace(
                note, onset_tick=at, duration_tick=duration, pitch=pitch, spelling=name,
                velocity=soft, ties_tick=(), articulations=() if at > note.onset_tick else
                note.articulations,
            )
        )  # fmt: skip
        at += duration
    return out


def simplify_line(ground: Ground, line: Sequence[Note], *, strength: float) -> tuple[Note, ...]:
    """Return a line with its least important notes left out, those before them held on.

    Parameters
    ----------
    ground : Ground
    line : sequence of Note
    strength : float, 0 to 1
        The share of the notes off the strong beats that go.

    Returns
    -------
    tuple of Note

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 D4:.5 E4:.5 F4:1 G4:1")
    >>> done = simplify_line(Ground(score, Key("C"), 1), score.parts[0].notes, strength=1.0)
    >>> [(note.pitch, note.duration_tick) for note in done]
    [(60, 960), (65, 960)]
    """
    out: list[Note] = []
    for _, notes, rng in _by_bar(ground, line):
        weights = [
            ground.strength(note.onset_tick) + note.duration_tick / ground.score.resolution
            + (1.0 if k == 0 else 0.0) + 0.2 * float(rng.random())
            for k, note in enumerate(notes)
        ]  # fmt: skip
        weak = [
            k for k, note in enumerate(notes)
            if k and ground.strength(note.onset_tick) < 2
            and note.duration_tick <= ground.score.resolution * 1.01
        ]  # fmt: skip
        weak.sort(key=lambda k: weights[k])
        gone = set(weak[: int(strength * len(weak) + float(rng.random()))])
        for k, note in enumerate(notes):
            if k not in gone:
                out.append(note)
                continue
            before = out[-1]
            if note.onset_tick - before.end_tick <= ground.unit:
                length = note.end_tick - before.onset_tick
                out[-1] = replace(before, duration_tick=length, ties_tick=())
    return tuple(out)


def rephrase_line(ground: Ground, line: Sequence[Note], *, strength: float) -> tuple[Note, ...]:
    """Return a line in another rhythm: pairs dotted or reversed, beats anticipated, long notes struck anew.

    Parameters
    ----------
    ground : Ground
    line : sequence of Note
    strength : float, 0 to 1
        How many of the places that allow it change.

    Returns
    -------
    tuple of Note
        Its pitches in their order; a long one may be said twice.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 D4:1 E4:1 F4:1")
    >>> done = rephrase_line(Ground(score, Key("C"), 1), score.parts[0].notes, strength=1.0)
    >>> [note.pitch for note in done], sum(note.duration_tick for note in done)
    ([60, 62, 64, 65], 1920)
    """
    unit = ground.unit
    out: list[Note] = []
    for _, notes, rng in _by_bar(ground, line):
        k, style = 0, int(rng.integers(3))
        while k < len(notes):
            one = notes[k]
            two = notes[k + 1] if k + 1 < len(notes) else None
            wants = rng.random() < strength
            joined = two is not None and two.onset_tick == one.end_tick
            if not wants or (two is not None and not joined):
                out.append(one)
                k += 1
                continue
            if two is None:
                out += _again(ground, one)
                k += 1
                continue
            span = one.duration_tick + two.duration_tick
            first = _first_part(one.duration_tick, two.duration_tick, unit, style)
            out.append(replace(one, duration_tick=first, ties_tick=()))
            out.append(
                replace(
                    two, onset_tick=one.onset_tick + first, duration_tick=span - first, ties_tick=()
                )
            )
            k += 2
    return tuple(out)


def _first_part(one: int, two: int, unit: int, style: int) -> int:
    """Return how long the first of two joined notes is in another rhythm."""
    span = one + two
    if one == two and span >= 4 * unit:
        return span * 3 // 4 if style != 1 else span // 4 if span >= 8 * unit else span * 3 // 4
    if one != two and min(one, two) >= unit:
        return two if style != 2 else span // 2
    return one


def _again(ground: Ground, note: Note) -> list[Note]:
    """Return a long note said twice."""
    unit = ground.unit
    if note.duration_tick < 8 * unit:
        return [note]
    first = note.duration_tick - 4 * unit
    return [
        replace(note, duration_tick=first, ties_tick=()),
        replace(
            note, onset_tick=note.onset_tick + first, duration_tick=4 * unit, ties_tick=(),
            articulations=(),
        ),
    ]  # fmt: skip
