"""Lines bent to tones: nothing contradicts where there is a way, and little moves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.tasks.melody.settle import Sung, count_contradictions, settle_tones

C_MAJOR = frozenset({0, 2, 4, 5, 7, 9, 11})


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(60, 72), st.integers(0, 5), st.booleans()), min_size=1, max_size=14
    )
)
def test_no_interval_contradicts_where_all_notes_are_free(
    rows: list[tuple[int, int, bool]],
) -> None:
    notes = [Sung(pitch=p, tone=t, after_breath=b, pcs=C_MAJOR) for p, t, b in rows]
    found = settle_tones(notes, low=57, high=76)
    bent = [
        Sung(pitch=pitch, tone=note.tone, after_breath=note.after_breath)
        for pitch, note in zip(found, notes, strict=True)
    ]
    assert count_contradictions(bent)[0] == 0
    assert all(57 <= pitch <= 76 for pitch in found)


def test_a_line_without_tones_stays() -> None:
    notes = [Sung(pitch=pitch, pcs=C_MAJOR) for pitch in (60, 64, 62, 67)]
    assert settle_tones(notes, low=55, high=79) == (60, 64, 62, 67)


def test_a_fixed_note_stays() -> None:
    notes = [Sung(pitch=67, tone=3, pcs=C_MAJOR), Sung(pitch=60, tone=1, is_fixed=True)]
    found = settle_tones(notes, low=55, high=79)
    assert found[1] == 60
    assert found[0] <= 60


def test_an_empty_line_is_empty() -> None:
    assert settle_tones([], low=60, high=72) == ()
