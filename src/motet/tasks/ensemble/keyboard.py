"""Two hands on a keyboard: any set of notes made playable, the melody on top, the bass below.

Conventions: at most five notes a hand at once, no hand wider than a tenth (16 semitones); what a hand must
leave to reach a new note is cut short there. Staff 1 is the right hand. A note that moves by octaves or is
left out is counted.

Source: own definition; a tenth is as far as most hands reach.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from motet.score import Note

__all__ = ["FINGERS", "REACH_SEMI", "Laid", "lay_keyboard", "widest_hand"]

REACH_SEMI = 16
"""The widest that a hand spans: a tenth."""
FINGERS = 5
"""Notes of a hand at once."""

_LOW, _HIGH = 21, 108
_SPLIT = 60
_ROOM_SEMI = 14


@dataclass(frozen=True, slots=True)
class Laid:
    """Notes that two hands play, and how many were moved by octaves or left out."""

    notes: tuple[Note, ...]
    n_moved: int = 0
    n_left_out: int = 0


@dataclass(slots=True)
class _Hand:
    """What a hand holds at a moment, as indices of the notes laid so far."""

    staff: int
    held: list[int] = field(default_factory=list)


def lay_keyboard(melody: Sequence[Note], bass: Sequence[Note], inner: Sequence[Note]) -> Laid:
    """Return notes that two hands can play.

    Parameters
    ----------
    melody, bass, inner : sequences of Note
        Any may be empty; melody notes stay as they are.

    Returns
    -------
    Laid

    Examples
    --------
    >>> from motet.score import make_score
    >>> rows = [part.notes for part in make_score("C6:4", "C2:4", "E4+G4+C5+E5+G5:4").parts]
    >>> [(note.pitch, note.staff) for note in lay_keyboard(*rows).notes]
    [(36, 2), (72, 1), (76, 1), (79, 1), (84, 1)]
    """
    roles = [(n, 0) for n in melody] + [(n, 1) for n in bass] + [(n, 2) for n in inner]
    roles.sort(key=lambda one: (one[0].onset_tick, one[1], -one[0].pitch))
    table = _Table()
    for tick, group in itertools.groupby(roles, key=lambda one: one[0].onset_tick):
        table.release(tick)
        struck = list(group)
        table.restrike({n.pitch % 12 for n, role in struck if role == 2}, tick)
        for note, role in struck:
            if role == 0:
                table.sing(note)
            elif role == 1:
                table.ground(note)
            else:
                table.fill(note)
    notes = tuple(
        sorted(
            (one for one in table.notes if one is not None),
            key=lambda n: (n.onset_tick, bool(not n.grace), n.pitch),
        )
    )
    return Laid(_voiced(notes), table.n_moved, table.n_left_out)


class _Table:
    """The two hands while the notes come in."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.right, self.left = _Hand(1), _Hand(2)
        self.top = -1
        self.inner: set[int] = set()
        self.filled: dict[int, set[int]] = {}
        self.n_moved = self.n_left_out = 0

    def release(self, tick: int) -> None:
        """Let go of what has ended."""
        for hand in (self.right, self.left):
            hand.held = [k for k in hand.held if self.notes[k].end_tick > tick]
        if self.top >= 0 and self.notes[self.top].end_tick <= tick:
            self.top = -1

    def restrike(self, classes: set[int], tick: int) -> None:
        """Let go of held inner notes that are struck again, so that nothing rings under its repeat."""
        for hand in (self.right, self.left):
            for k in list(hand.held):
                is_inner = k in self.inner
                if is_inner and self.notes[k].pitch % 12 in classes:
                    self._cut(hand, k, tick)

    def sing(self, note: Note) -> None:
        """Lay a note of the melody: it stays, and what is in its way gives way."""
        if note.grace:
            self.notes.append(replace(note, staff=1, voice=1))
            return
        if self.top >= 0:
            self._cut(self.right, self.top, note.onset_tick)
        self._clear(self.right, note)
        self.top = self._lay(self.right, note, voice=1)

    def ground(self, note: Note) -> None:
        """Lay a note of the bass."""
        pitch = self._below(note.pitch)
        while pitch > _SPLIT + 4 and pitch - 12 >= _LOW:
            pitch -= 12
        moved = self._at(note, pitch)
        self._clear(self.left, moved)
        self._lay(self.left, moved, voice=2)

    def fill(self, note: Note) -> None:
        """Lay an inner note where a hand reaches it, an octave off if need be, or leave it out."""
        struck = {
            self.notes[k].pitch % 12
            for hand in (self.right, self.left)
            for k in hand.held
            if self.notes[k].onset_tick == note.onset_tick
        }
        if note.pitch % 12 in self.filled.get(note.onset_tick, ()):
            self.n_left_out += 1
            return
        taken = {self.notes[k].pitch for hand in (self.right, self.left) for k in hand.held}
        for pitch in (note.pitch, note.pitch - 12, note.pitch + 12, note.pitch - 24):
            if pitch != note.pitch and note.pitch % 12 in struck:
                break
            if pitch in taken or not _LOW <= pitch <= _HIGH or self._below(pitch) != pitch:
                continue
            hands = (self.right, self.left) if pitch >= _SPLIT - 4 else (self.left, self.right)
            for hand in hands:
                if self._reaches(hand, pitch, note.onset_tick):
                    voice = 2 if hand.staff == 1 else 1
                    self.inner.add(self._lay(hand, self._at(note, pitch), voice=voice))
                    self.filled = {
                        note.onset_tick: self.filled.get(note.onset_tick, set()) | {pitch % 12}
                    }
                    return
        self.n_left_out += 1

    def _below(self, pitch: int) -> int:
        """Return a pitch brought under the melody."""
        top = self.notes[self.top].pitch if self.top >= 0 else _HIGH + 1
        while pitch >= top and pitch - 12 >= _LOW:
            pitch -= 12
        return pitch

    def _at(self, note: Note, pitch: int) -> Note:
        """Return a note at a pitch, counted if it moved."""
        self.n_moved += pitch != note.pitch
        return replace(note, pitch=pitch)

    def _reaches(self, hand: _Hand, pitch: int, tick: int) -> bool:
        """Whether a hand has a finger left, and the width; held inner notes give way to new ones."""
        keep = [k for k in hand.held if k == self.top or self.notes[k].onset_tick == tick]
        loose = [k for k in hand.held if k not in keep]
        fixed = [self.notes[k].pitch for k in keep]
        if len(fixed) >= FINGERS or any(abs(pitch - one) > REACH_SEMI for one in fixed):
            return False
        if hand is self.left and self._bass_held(loose) is not None:
            bass = self._bass_held(loose)
            if bass is not None and abs(self.notes[bass].pitch - pitch) > REACH_SEMI:
                return False
        for k in loose:
            if abs(self.notes[k].pitch - pitch) > _ROOM_SEMI or len(hand.held) >= FINGERS:
                self._cut(hand, k, tick)
        return True

    def _bass_held(self, held: Iterable[int]) -> int | None:
        """Return the lowest held note of the bass line."""
        found = [k for k in held if self.notes[k].voice == 2]
        return min(found, key=lambda k: self.notes[k].pitch, default=None)

    def _clear(self, hand: _Hand, note: Note) -> None:
        """Cut what a hand cannot hold together with a note."""
        for k in list(hand.held):
            other = self.notes[k]
            same = other.pitch == note.pitch
            above = hand.staff == 1 and other.pitch > note.pitch
            if same or above or abs(other.pitch - note.pitch) > REACH_SEMI:
                self._cut(hand, k, note.onset_tick)
        while len(hand.held) >= FINGERS:
            self._cut(hand, hand.held[0], note.onset_tick)

    def _cut(self, hand: _Hand, k: int, tick: int) -> None:
        """End a held note at a tick."""
        note = self.notes[k]
        if tick > note.onset_tick:
            self.notes[k] = replace(note, duration_tick=tick - note.onset_tick, ties_tick=())
        if k in hand.held:
            hand.held.remove(k)

    def _lay(self, hand: _Hand, note: Note, *, voice: int) -> int:
        """Add a note to a hand."""
        self.notes.append(replace(note, staff=hand.staff, voice=voice))
        hand.held.append(len(self.notes) - 1)
        return len(self.notes) - 1


def _voiced(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return notes with one voice on a staff wherever all that starts together there ends together."""
    found: dict[int, Note] = {}
    for staff in (1, 2):
        mine = [note for note in notes if note.staff == staff and not note.grace]
        onsets = [note.onset_tick for note in mine]
        longest = max((note.duration_tick for note in mine), default=0)
        for note in mine:
            near = mine[
                bisect_left(onsets, note.onset_tick - longest) : bisect_left(onsets, note.end_tick)
            ]
            span = (note.onset_tick, note.duration_tick)
            crossing = any(
                one.end_tick > note.onset_tick and (one.onset_tick, one.duration_tick) != span
                for one in near
            )
            if not crossing:
                found[id(note)] = replace(note, voice=1)
    return tuple(found.get(id(note), note) for note in notes)


def widest_hand(notes: Sequence[Note]) -> tuple[int, int]:
    """Return the widest stretch and the most notes that one hand holds at any moment.

    Parameters
    ----------
    notes : sequence of Note
        With staves.

    Returns
    -------
    int, int
        Semitones; notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> widest_hand(make_score("C4+E4:4").parts[0].notes)
    (4, 2)
    """
    widest = most = 0
    for staff in {note.staff for note in notes}:
        held: list[Note] = []
        mine = [n for n in notes if n.staff == staff and not n.grace]
        for tick, group in itertools.groupby(
            sorted(mine, key=lambda n: n.onset_tick), key=lambda n: n.onset_tick
        ):
            held = [n for n in held if n.end_tick > tick] + list(group)
            pitches = [n.pitch for n in held]
            widest = max(widest, max(pitches) - min(pitches))
            most = max(most, len(held))
    return widest, most
