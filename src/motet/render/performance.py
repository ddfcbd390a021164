"""Performances: what a part's player does, in seconds, ready to be sounded.

Conventions: seconds count from the start of the score; a strike's ``off_s`` is when its sound is
let go, sustain pedal and re-struck keys included. Controllers are steps ``(time_s, value)``.

Source: MIDI 1.0 specification (controllers 1, 7, 10, 11, 64, 91, 93; registered parameter 0, the
bend range). Staccato is half the written length, an accent 12 velocities, as is common in players.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from motet.score import Note, Part, Score

__all__ = ["Performance", "Strike", "perform_part", "value_at"]

Steps = tuple[tuple[float, float], ...]
_GRACE_S = 0.06
_SHORTEST_S = 0.02
_LENGTHS = {"staccatissimo": 0.3, "staccato": 0.5, "portato": 0.75, "pizzicato": 0.5}
_ACCENTS = {"accent": 12, "marcato": 18, "ghost": -24}
_DRUM_BANK = 128


@dataclass(frozen=True, slots=True)
class Strike:
    """One note as played: seconds, key 0 to 127, velocity 1 to 127, SoundFont bank and program."""

    onset_s: float
    off_s: float
    key: int
    velocity: int
    bank: int
    program: int


@dataclass(frozen=True, slots=True)
class Performance:
    """A part as played: strikes in order of onset, and its controllers as steps.

    ``controls`` has an entry for each controller number that the part sets (7, 11, 10, 91, 93, 1);
    ``bend_cents`` and ``pressure`` are empty when nothing moves.
    """

    strikes: tuple[Strike, ...] = ()
    controls: dict[int, Steps] = field(default_factory=dict)
    bend_cents: Steps = ()
    pressure: Steps = ()

    @property
    def end_s(self) -> float:
        """When the last sound is let go; 0 when there is none."""
        return max((strike.off_s for strike in self.strikes), default=0.0)

    def shifted(self, by_s: float, *, until_s: float) -> Performance:
        """Return the performance as heard from `by_s` to `until_s`, starting at 0."""

        def move(steps: Steps) -> Steps:
            return tuple((time - by_s, value) for time, value in steps)

        kept = tuple(
            replace(one, onset_s=one.onset_s - by_s, off_s=one.off_s - by_s)
            for one in self.strikes
            if one.onset_s < until_s and one.off_s > by_s - 2.0
        )
        return Performance(
            kept,
            {number: move(steps) for number, steps in self.controls.items()},
            move(self.bend_cents),
            move(self.pressure),
        )


def value_at(steps: Steps, time_s: float, default: float) -> float:
    """Return the value of a controller that holds at a time.

    Parameters
    ----------
    steps : tuple of (seconds, value), in order
    time_s : float, seconds
    default : float
        Holds before the first step.

    Returns
    -------
    float

    Examples
    --------
    >>> value_at(((1.0, 64.0), (2.0, 0.0)), 1.5, 127.0)
    64.0
    """
    k = bisect_right(steps, time_s, key=lambda step: step[0])
    return steps[k - 1][1] if k else default


def _soundfont_bank(bank: int, *, is_drums: bool) -> int:
    """Return the SoundFont bank for a MIDI bank (MSB * 128 + LSB), General MIDI 2 included."""
    if is_drums:
        return _DRUM_BANK
    high, low = bank >> 7, bank & 127
    if high == 120:
        return _DRUM_BANK
    return low if high in (0, 121) else high


def _spans(part: Part, score: Score) -> list[tuple[float, float]]:
    """Return when the sustain pedal is down, in order, from controllers and written pedal marks."""
    found: list[tuple[float, float]] = []
    down: float | None = None
    seconds = score.time.tick_to_s
    for control in sorted(part.controls, key=lambda one: one.tick):
        if control.kind == "cc" and control.number == 64:
            now = seconds(control.tick)
            if control.value >= 64 and down is None:
                down = now
            elif control.value < 64 and down is not None:
                found.append((down, now))
                down = None
    if down is not None:
        found.append((down, seconds(score.end_tick)))
    found += [
        (seconds(span.start_tick), seconds(span.end_tick))
        for span in part.spans
        if span.kind == "pedal"
    ]
    return sorted(found)


def _hold(off_s: float, pedals: list[tuple[float, float]]) -> float:
    k = bisect_right(pedals, off_s, key=lambda span: span[0])
    return max([off_s, *(up for _, up in pedals[max(0, k - 3) : k])])


def _times(notes: Iterable[Note], score: Score) -> list[tuple[Note, float, float]]:
    """Return each note with onset and end in seconds, grace notes before the beat."""
    seconds = score.time.tick_to_s
    out: list[tuple[Note, float, float]] = []
    waiting: list[Note] = []
    for note in notes:
        if note.grace and note.duration_tick == 0:
            waiting.append(note)
            continue
        onset, end = seconds(note.onset_tick), seconds(note.end_tick)
        if waiting:
            beat = seconds(waiting[0].onset_tick)
            for k, grace in enumerate(waiting):
                start = beat - _GRACE_S * (len(waiting) - k)
                out.append((grace, max(0.0, start), max(0.0, start) + _GRACE_S))
            waiting = []
        share = min((_LENGTHS.get(name, 1.0) for name in note.articulations), default=1.0)
        if "tenuto" in note.articulations:
            share = max(share, 0.75) if share < 1.0 else 1.0
        out.append((note, onset, max(onset + (end - onset) * share, onset + _SHORTEST_S)))
    for grace in waiting:
        beat = seconds(grace.onset_tick)
        out.append((grace, max(0.0, beat - _GRACE_S), beat))
    return sorted(out, key=lambda one: one[1])


def perform_part(score: Score, part: Part) -> Performance:
    """Return what a part's player does: strikes in seconds, and controllers.

    Parameters
    ----------
    score : Score
        Gives the tempo map.
    part : Part
        One of the score's parts.

    Returns
    -------
    Performance

    Source
    ------
    MIDI 1.0 specification, channel voice messages and registered parameters.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 E4:2", qpm=60)
    >>> [(s.key, s.onset_s, s.off_s) for s in perform_part(score, score.parts[0]).strikes]
    [(60, 0.0, 1.0), (64, 1.0, 3.0)]
    """
    seconds = score.time.tick_to_s
    controls: dict[int, list[tuple[float, float]]] = {}
    bends: list[tuple[float, float]] = []
    pressure: list[tuple[float, float]] = []
    programs: list[tuple[int, int]] = []
    banks: list[tuple[int, int]] = []
    bank, parameter, bend_semi, bend_range_cents = part.bank, [127, 127], 2.0, 0.0
    for control in sorted(part.controls, key=lambda one: one.tick):
        now = seconds(control.tick)
        if control.kind == "cc" and control.number in (100, 101):
            parameter[control.number - 100] = control.value
        elif control.kind == "cc" and control.number in (6, 38) and parameter == [0, 0]:
            if control.number == 6:
                bend_semi = float(control.value)
            else:
                bend_range_cents = float(control.value)
        elif control.kind == "cc" and control.number == 0:
            bank = control.value << 7 | bank & 127
            banks.append((control.tick, bank))
        elif control.kind == "cc" and control.number == 32:
            bank = bank & ~127 | control.value
            banks.append((control.tick, bank))
        elif control.kind == "cc":
            controls.setdefault(control.number, []).append((now, float(control.value)))
        elif control.kind == "bend":
            bends.append((now, control.value / 8192 * (bend_semi * 100.0 + bend_range_cents)))
        elif control.kind == "pressure":
            pressure.append((now, float(control.value)))
        elif control.kind == "program":
            programs.append((control.tick, control.value))
    pedals = _spans(part, score)
    strikes: list[Strike] = []
    for note, onset_s, end_s in _times(part.notes, score):
        k = bisect_right(programs, note.onset_tick, key=lambda step: step[0])
        program = programs[k - 1][1] if k else part.program
        k = bisect_right(banks, note.onset_tick, key=lambda step: step[0])
        now_bank = banks[k - 1][1] if k else part.bank
        louder = sum(_ACCENTS.get(name, 0) for name in note.articulations)
        strikes.append(
            Strike(
                onset_s,
                _hold(end_s, pedals) if pedals else end_s,
                note.pitch,
                max(1, min(127, note.velocity + louder)),
                _soundfont_bank(now_bank, is_drums=part.is_drums),
                program,
            )
        )
    return Performance(
        tuple(_end_restruck(strikes)),
        {number: tuple(steps) for number, steps in controls.items()},
        tuple(bends) if any(value for _, value in bends) else (),
        tuple(pressure),
    )


def _end_restruck(strikes: list[Strike]) -> list[Strike]:
    """Return the strikes, each let go no later than its key is struck again."""
    following: dict[int, float] = {}
    out: list[Strike] = []
    for strike in reversed(strikes):
        then = following.get(strike.key)
        if then is not None and strike.onset_s < then < strike.off_s:
            strike = replace(strike, off_s=then)
        following[strike.key] = strike.onset_s
        out.append(strike)
    return out[::-1]
