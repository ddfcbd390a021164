"""What stood one, two and four bars ago, against a search note by note."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.phrases.event_codec import (
    DRUMS,
    EVENT,
    SHIFTS_TICK,
    Ground,
    duration_class,
    shift_class,
)
from motet.phrases.event_memory import (
    LAGS,
    MOST_RUN,
    NO_DUR,
    NO_PART,
    NO_PITCH,
    NO_SHIFT,
    last_pitches,
    look_back,
)
from motet.score import make_score
from motet.tokens import score_to_grid

GRID = score_to_grid(make_score(" | ".join(["C4:4"] * 8), fifths=0), key="none").grid
ROWS = st.lists(
    st.tuples(
        st.integers(0, 63), st.sampled_from((0, 1, 2, 4)), st.integers(60, 63), st.integers(1, 48)
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda row: row[:3],
)


def _stream(rows):
    return np.array(
        [(12 * at, part, pitch, dur, 9) for at, part, pitch, dur in sorted(rows)], EVENT
    )


def _slowly(stream, i, lag):
    """What stood a lag ago, found by looking at every note."""
    rows = stream.tolist()
    key = lambda row: (row[0], row[1], row[2])  # noqa: E731
    shift, part_before, run = NO_SHIFT, NO_PART, 0
    now = rows[i - 1] if i else None
    if now is not None and now[0] >= 96 * lag:
        point = (now[0] - 96 * lag, now[1], now[2])
        later = [row for row in rows[:i] if key(row) > point]
        if later and later[0][0] - point[0] <= SHIFTS_TICK[-1]:
            shift, part_before = shift_class(later[0][0] - point[0]), later[0][1]
    at = i
    while at and rows[at - 1][0] >= 96 * lag:
        one = rows[at - 1]
        if (one[0] - 96 * lag, one[1], one[2]) not in {key(row) for row in rows}:
            break
        run, at = run + 1, at - 1
    onset, part, _, _, _ = rows[i]
    begun = now is not None and now[0] == onset and now[1] == part
    then = [
        row
        for row in rows
        if row[0] == onset - 96 * lag and row[1] == part and (not begun or row[2] > now[2])
    ]
    pitch, moved, dur = NO_PITCH, NO_PITCH, NO_DUR
    if then:
        pitch, dur = then[0][2], 0 if part == DRUMS else int(duration_class(then[0][3]))
        mine = [row for row in rows if row[1] == part]
        before, last = mine[: mine.index(then[0])], mine[: mine.index(rows[i])]
        if part != DRUMS and before and last:
            moved = last[-1][2] + pitch - before[-1][2]
    return [shift, part_before, pitch, moved, dur, min(run, MOST_RUN)]


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_the_look_back_is_what_a_search_finds(rows):
    stream = _stream(rows)
    found = look_back(stream, Ground(GRID))
    for i in range(len(stream)):
        for k, lag in enumerate(LAGS):
            assert found[i, k].tolist() == _slowly(stream, i, lag), (i, lag)


def test_nothing_before_the_start_is_looked_back_to():
    stream = _stream([(8, 0, 60, 12), (16, 0, 60, 12)])
    assert look_back(stream, Ground(GRID), start=96)[1, 0, 2] == 60
    assert look_back(stream, Ground(GRID), start=100)[1, 0, 2] == NO_PITCH


def test_last_pitches_are_those_of_the_same_part():
    assert last_pitches(_stream([(0, 0, 60, 9), (0, 2, 61, 9), (1, 0, 62, 9)])).tolist()[2] == 60
