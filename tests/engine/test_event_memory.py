"""The ring of a player says what a whole stream says, and its size never changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.engine.event_memory import (
    LiveEvent,
    LiveState,
    look_at,
    look_before,
    new_state,
    remember,
)
from motet.engine.event_scene import Scene
from motet.engine.probe import practice_grid
from motet.errors import FormatError
from motet.phrases.event_codec import EVENT, PARTS, Ground
from motet.phrases.event_memory import look_back

GRID = practice_grid(0, 8)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 63), st.sampled_from((0, 1, 2, 4)), st.integers(60, 63), st.integers(1, 48)
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda row: row[:3],
)


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_note_by_note_it_says_what_the_stream_says(rows: list[tuple[int, int, int, int]]) -> None:
    stream = np.array(
        [(12 * at, part, pitch, dur, 9) for at, part, pitch, dur in sorted(rows)], EVENT
    )
    whole = look_back(stream, Ground(GRID))
    scene, state = Scene(GRID), new_state(n_layers=1, width=2)
    for i, (onset, part, pitch, dur, vel) in enumerate(stream.tolist()):
        seen = look_before(state, scene)
        state = LiveState(**{name: getattr(state, name) for name in LiveState.__slots__} | {
            "run": tuple(int(one) for one in seen[:, 5])})  # fmt: skip
        assert look_at(state, scene, seen, onset, part).tolist() == whole[i].tolist()
        event = LiveEvent(onset_tick=onset, part=PARTS[part], pitch=pitch, dur_tick=dur, vel=vel)
        state = remember(state, event, shift=0)


def test_a_state_is_as_long_after_a_thousand_notes_and_comes_back_whole() -> None:
    state = new_state(n_layers=2, width=16, seed=9)
    size = len(state.to_bytes())
    for i in range(1000):
        state = remember(state, LiveEvent(onset_tick=6 * i, pitch=60 + i % 7), shift=6)
    stored = state.to_bytes()
    assert len(stored) == size < 5000
    back = LiveState.from_bytes(stored)
    assert back.to_bytes() == stored
    assert back.ring["key"].tolist() == state.ring["key"].tolist()
    assert (back.onset, back.n, back.last) == (5994, 1000, state.last)


@pytest.mark.parametrize(
    "stored", [b"", b"MTLS1", b"x" * 4000, new_state(n_layers=1, width=2).to_bytes()[:-1]]
)
def test_other_bytes_are_no_state(stored: bytes) -> None:
    with pytest.raises(FormatError, match="no state of a player"):
        LiveState.from_bytes(stored)
