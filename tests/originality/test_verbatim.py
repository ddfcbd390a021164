"""Runs of notes that agree one for one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.originality.verbatim import LEAST, extra_bits, run_bits


def slow_bits(
    own: list[int], theirs: list[int], own_time: list[int], their_time: list[int], bits: list[int]
) -> int:
    """The richest of all runs, tried one by one."""
    best = 0
    for first in range(len(own)):
        for last in range(first, len(own)):
            at, there = own[first : last + 1], theirs[first : last + 1]
            steps = [b - a for a, b in pairwise(at)]
            steps += [b - a for a, b in pairwise(there)]
            ratios = {
                (own_time[b] - own_time[a]) / (their_time[d] - their_time[c])
                for a, b, c, d in zip(at, at[1:], there, there[1:], strict=False)
            }
            if all(step == 1 for step in steps) and len(ratios) <= 1:
                best = max(best, sum(bits[k] for k in at))
    return best


@settings(max_examples=150)
@given(st.data())
def test_the_richest_run_is_found(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 9))
    gaps = st.lists(st.sampled_from([6, 12, 24]), min_size=n + 3, max_size=n + 3)
    own_time, their_time = (np.cumsum(data.draw(gaps)).tolist() for _ in range(2))
    places = st.sets(st.integers(0, n + 2), min_size=n, max_size=n)
    own, theirs = (sorted(data.draw(places)) for _ in range(2))
    bits = data.draw(st.lists(st.integers(0, 4), min_size=n + 3, max_size=n + 3))
    found = run_bits(
        np.array(own),
        np.array(theirs),
        own_time=np.array(own_time),
        their_time=np.array(their_time),
        bits=np.array(bits, np.float64),
    )
    assert found == slow_bits(own, theirs, own_time, their_time, bits)


def test_tempo_changes_nothing_and_a_note_between_does() -> None:
    time, bits = np.array([0, 24, 36, 48, 96, 120]), np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    every = np.arange(6)
    assert run_bits(every, every, own_time=time, their_time=time * 3, bits=bits) == 21.0
    left_out = np.array([0, 1, 2, 4, 5])
    assert run_bits(left_out, left_out, own_time=time, their_time=time, bits=bits) == 11.0


def test_what_everybody_writes_adds_nothing() -> None:
    assert extra_bits(LEAST) == 0.0
    assert extra_bits(LEAST + 8) == 8.0
    assert run_bits(
        np.zeros(0, np.int64),
        np.zeros(0, np.int64),
        own_time=np.zeros(3, np.int64),
        their_time=np.zeros(3, np.int64),
        bits=np.zeros(3),
    ) == 0.0  # fmt: skip
