"""Markov chains over the note events that the recurrent network learns: what it must beat.

Conventions: arrays are those of the phrase kind "events". Each field of an event has a chain of its own: it
is foretold from the same field of the k events before, after the fields of this event that come before it;
orders are interpolated by Witten and Bell's rule down to a uniform distribution. Nats.

Offers `EventChain`.

Source: as `motet.train.baseline`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from motet.errors import ParameterError
from motet.phrases.event_codec import (
    CONTENTS,
    DRUMS,
    DURATIONS_TICK,
    EVENT,
    N_PITCHES,
    PAD,
    PARTS,
    REST,
    SHIFTS_TICK,
    START,
)
from motet.phrases.kinds import Batch
from motet.tokens.layout import GridArray

__all__ = ["EventChain"]

_FIELDS: Final = ("time", "part", "pitch", "duration", "velocity")
_SIZES: Final = (len(SHIFTS_TICK), len(PARTS), N_PITCHES, len(DURATIONS_TICK), 16)
_NOW: Final = ((), (0,), (1, 0), (0,), (1,))
"""Fields of the same event that a field is foretold from, the nearest first."""
_MOST_ORDER: Final = 4
_Key = tuple[int, ...]


class EventChain:
    """Chains of all orders up to one.

    Parameters
    ----------
    phrases : sequence of dict of str to array
        Of one content.
    content : str
    order : int, 0 to 4

    Raises
    ------
    ParameterError
        The order is out of range, or there is no phrase.

    Examples
    --------
    >>> EventChain([], content="melody", order=2)
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there must be phrases and an order of 0 to 4, got 0 and 2
    """

    def __init__(self, phrases: Sequence[Batch], *, content: str, order: int) -> None:
        if not phrases or not 0 <= order <= _MOST_ORDER:
            raise ParameterError(
                f"there must be phrases and an order of 0 to 4, got {len(phrases)} and {order}",
                zh=f"须有乐句且 order 为 0 到 4,收到 {len(phrases)} 和 {order}",
            )
        self.order, self.content = order, content
        self._counts: list[dict[_Key, Counter[int]]] = [defaultdict(Counter) for _ in _FIELDS]
        self.n_events = 0
        for phrase in phrases:
            rows = _rows(phrase)
            for i in range(1, len(rows)):
                self.n_events += 1
                for field in self._asked(rows[i]):
                    for key in self._contexts(rows, i, field, order):
                        self._counts[field][key][rows[i][field]] += 1

    def _asked(self, row: _Key) -> list[int]:
        """Return the fields of an event that its content and what came before leave open."""
        fields = [0, 2]
        if len(CONTENTS[self.content]) > 1:
            fields.append(1)
        if row[2] < REST:
            fields += [4] if row[1] == DRUMS else [3, 4]
        return fields

    def _contexts(self, rows: list[_Key], i: int, field: int, order: int) -> list[_Key]:
        """Return the contexts of a field, the longest first."""
        now = [rows[i][one] for one in _NOW[field]] if order else []
        past = [rows[i - k][field] if i >= k else -1 for k in range(1, order + 1)]
        longest = (*now, *past)
        keys: list[_Key] = [(n, *longest[:n]) for n in range(len(longest), -1, -1)]
        return keys

    def _chance(self, field: int, keys: Sequence[_Key], value: int) -> float:
        chance = 1.0 / _SIZES[field]
        for key in reversed(keys):
            found = self._counts[field].get(key)
            if found:
                kinds = len(found)
                chance = (found[value] + kinds * chance) / (found.total() + kinds)
        return chance

    def nats_per_note(self, phrases: Sequence[Batch], *, order: int | None = None) -> float:
        """Return the nats of a note, rests counted to the notes that follow.

        Parameters
        ----------
        phrases : sequence of dict of str to array
        order : int or None
            Lower than the chain's own; None is its own.
        """
        order = self.order if order is None else order
        total, n_notes = 0.0, 0
        for phrase in phrases:
            rows = _rows(phrase)
            for i in range(1, len(rows)):
                n_notes += rows[i][2] < REST
                for field in self._asked(rows[i]):
                    keys = self._contexts(rows, i, field, order)
                    total -= math.log(self._chance(field, keys, rows[i][field]))
        return total / max(1, n_notes)

    def write(self, end_tick: int, rng: np.random.Generator) -> GridArray:
        """Return a stream of events up to an end, drawn freely.

        Parameters
        ----------
        end_tick : int, positions
        rng : numpy.random.Generator

        Returns
        -------
        array of `EVENT`
        """
        first = CONTENTS[self.content][0]
        rows: list[_Key] = [(0, first, START, 0, 9)]
        out: list[tuple[int, ...]] = []
        onset = 0
        while True:
            row: list[int] = [0, first, 0, 0, 9]
            for field in (0, 1, 2, 3, 4):
                if field not in self._asked((*row[:2], row[2] if field > 2 else 0, *row[3:])):
                    continue
                keys = self._contexts([*rows, tuple(row)], len(rows), field, self.order)
                row[field] = self._draw(field, keys, rng)
            onset += int(SHIFTS_TICK[row[0]])
            if onset >= end_tick:
                return np.array(out, EVENT)
            rows = [*rows[-_MOST_ORDER:], tuple(row)]
            if row[2] < REST:
                dur = 6 if row[1] == DRUMS else int(DURATIONS_TICK[row[3]])
                out.append((onset, row[1], row[2], min(dur, end_tick - onset), row[4]))

    def _draw(self, field: int, keys: Sequence[_Key], rng: np.random.Generator) -> int:
        """Return a value, by backing off as the rule says."""
        for key in keys:
            found = self._counts[field].get(key)
            if found and rng.random() < found.total() / (found.total() + len(found)):
                values, counts = list(found), np.array(list(found.values()), float)
                return int(values[int(rng.choice(len(values), p=counts / counts.sum()))])
        found = self._counts[field][(0,)]
        return int(max(found, key=found.__getitem__)) if found else 0


def _rows(phrase: dict[str, Any]) -> list[_Key]:
    events = phrase["events"]
    n = int(np.argmax(events[:, 2] == PAD)) if (events[:, 2] == PAD).any() else len(events)
    return [tuple(row) for row in events[:n].tolist()]
