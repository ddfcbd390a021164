"""Layers: a rhythm under new pitches, pitches in a new rhythm."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.score import Note, make_score
from motet.tasks.layer import lay_pitches, lay_rhythm, pitches_of, rhythm_of


def notes(text: str) -> tuple[Note, ...]:
    return make_score(text).parts[0].notes


def lines() -> st.SearchStrategy[list[Note]]:
    """Notes of one bar, chords and all, off the grid here and there."""
    note = st.builds(
        Note,
        onset_tick=st.integers(0, 95).map(lambda place: 20 * place),
        duration_tick=st.integers(1, 900),
        pitch=st.integers(40, 80),
    )
    return st.lists(note, min_size=1, max_size=9)


def test_chords_keep_their_outer_notes() -> None:
    found = lay_pitches(notes("C4+E4:2 D4:2"), notes("F4+A4+C5:2 G4+B4:2"))
    assert [note.pitch for note in found] == [65, 72, 71]
    assert rhythm_of(found) == rhythm_of(notes("C4+E4:2 D4:2"))


def test_a_swung_rhythm_stays_to_the_tick() -> None:
    swung = tuple(Note(onset_tick=t, duration_tick=100, pitch=60) for t in (3, 331, 478))
    fresh = notes("A4:0.625 B4:0.375 C5:3")
    found = lay_pitches(swung, fresh)
    assert [(note.onset_tick, note.pitch) for note in found] == [(3, 69), (331, 71), (478, 72)]


def test_pitches_in_order_in_another_rhythm() -> None:
    found = lay_rhythm(notes("C4:1 E4+G4:1 D4:2"), notes("A5:1.5 A5:0.5 A5:2"), resolution=480)
    assert [(n.onset_tick, n.duration_tick, n.pitch) for n in found] == [
        (0, 720, 60), (720, 240, 64), (720, 240, 67), (960, 960, 62)
    ]  # fmt: skip


def test_too_few_onsets_change_nothing() -> None:
    kept = notes("C4:1 D4:1 E4:2")
    assert lay_rhythm(kept, notes("C4:4"), resolution=480) == kept
    assert lay_pitches(kept, ()) == kept


def test_a_grace_note_goes_with_its_pitch() -> None:
    grace = Note(onset_tick=0, duration_tick=0, pitch=62, grace="acciaccatura")
    kept = (grace, *notes("C4:2 E4:2"))
    found = lay_rhythm(kept, notes("A4:1 A4:3"), resolution=480)
    assert [n.pitch for n in found] == [62, 60, 64]
    assert rhythm_of(lay_pitches(kept, notes("A4:1"))) == rhythm_of(kept)


@settings(max_examples=40)
@given(lines(), lines())
def test_what_is_kept_is_kept(kept: list[Note], fresh: list[Note]) -> None:
    assert rhythm_of(lay_pitches(kept, fresh)) == rhythm_of(kept)
    laid = lay_rhythm(kept, fresh, resolution=480)
    assert pitches_of(laid, resolution=480) == pitches_of(kept, resolution=480)
