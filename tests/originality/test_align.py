"""Tests of motet.originality.align, with a slow twin of a few obvious lines."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.originality.align import BAND, CHANGED, MISSING, Pair, align_pairs


def pair_of(own: list[int], theirs: list[int], *, diagonal: int = 0, shift: int = 0) -> Pair:
    n = len(own)
    return Pair(
        own_pitch=np.array(own),
        own_change=np.zeros(n, int),
        pitch_bits=np.full(n, 2.0),
        time_bits=np.zeros(n),
        their_pitch=np.array(theirs),
        their_change=np.zeros(len(theirs), int),
        diagonal=diagonal,
        shift_semi=shift,
    )


def slow_bits(pair: Pair) -> float:
    """Smith and Waterman, note by note, in the band."""
    best = 0.0
    table: dict[tuple[int, int], float] = {}
    for i, own in enumerate(pair.own_pitch):
        for j in range(i + pair.diagonal - BAND, i + pair.diagonal + BAND + 1):
            same = 0 <= j < len(pair.their_pitch) and pair.their_pitch[j] == own - pair.shift_semi
            gain = float(pair.pitch_bits[i]) if same else -CHANGED
            table[i, j] = max(
                0.0,
                table.get((i - 1, j - 1), 0.0) + gain,
                table.get((i - 1, j), 0.0) - MISSING,
                table.get((i, j - 1), 0.0) - MISSING,
            )
            best = max(best, table[i, j])
    return best


@settings(max_examples=25)
@given(
    st.lists(st.integers(60, 64), min_size=3, max_size=14),
    st.lists(st.integers(60, 64), min_size=3, max_size=14),
    st.integers(-3, 3),
)
def test_as_the_slow_twin(own: list[int], theirs: list[int], diagonal: int) -> None:
    pair = pair_of(own, theirs, diagonal=diagonal)
    found = align_pairs([pair])[0]
    assert abs(found.bits - slow_bits(pair)) < 1e-3
    assert all(own[i] == theirs[j] for i, j in zip(found.own, found.theirs, strict=True))


def test_a_note_more_is_bridged() -> None:
    theirs = [60, 67, 64, 71, 62, 69, 65, 72]
    own = [*theirs[:4], 50, *theirs[4:]]
    found = align_pairs([pair_of(own, theirs)])[0]
    assert found.bits == 8 * 2.0 - MISSING
    assert found.own.tolist() == [0, 1, 2, 3, 5, 6, 7, 8]
    assert found.n_verbatim == 4


def test_pairs_do_not_disturb_one_another() -> None:
    one, two = pair_of([60, 64, 67], [60, 64, 67]), pair_of([1, 2], [50, 51, 52, 53])
    together, alone = align_pairs([one, two]), [align_pairs([k])[0] for k in (one, two)]
    assert [k.bits for k in together] == [k.bits for k in alone] == [6.0, 0.0]
    assert align_pairs([]) == []
