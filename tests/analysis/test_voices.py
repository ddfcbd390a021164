"""Voices: crossing-free chorales, entries of a fugue, chords of too many notes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.analysis.voices import count_voices, mark_voices, separate_voices
from motet.errors import ParameterError
from motet.score import Note, Part, make_score


def test_four_voices_in_order() -> None:
    part = make_score("C3+G3+E4+C5:1 F3+A3+F4+C5:1 G3+B3+D4+B4:1").parts[0]
    assert separate_voices(part) == (4, 3, 2, 1) * 3


def test_a_held_note_keeps_its_voice() -> None:
    notes = (
        Note(onset_tick=0, duration_tick=1920, pitch=67),
        Note(onset_tick=0, duration_tick=480, pitch=60),
        Note(onset_tick=480, duration_tick=480, pitch=62),
        Note(onset_tick=960, duration_tick=960, pitch=64),
    )
    part = Part(notes=notes)
    by_pitch = dict(zip([note.pitch for note in part.notes], separate_voices(part), strict=True))
    assert by_pitch == {67: 1, 60: 2, 62: 2, 64: 2}


def test_a_single_entry_goes_where_it_belongs() -> None:
    part = make_score("C4:1 D4:1 E4+C5:1 F4+D5:1 G4+E5:2").parts[0]
    assert separate_voices(part) == (2, 2, 2, 1, 2, 1, 2, 1)


def test_fuller_chords_share_a_voice() -> None:
    part = make_score("C4+E4+G4:1").parts[0]
    assert separate_voices(part, n_voices=2) == (2, 1, 1)
    assert separate_voices(part, n_voices=1) == (1, 1, 1)


def test_rare_chords_do_not_make_voices() -> None:
    assert count_voices(make_score("C4+E4:60 C4+E4+G4:1").parts[0]) == 2
    assert count_voices(Part()) == 1
    assert separate_voices(Part()) == ()


def test_the_number_is_checked() -> None:
    with pytest.raises(ParameterError, match="n_voices"):
        separate_voices(Part(), n_voices=9)


def test_marking_sets_voices_only() -> None:
    part = make_score("C4+G4:1").parts[0]
    marked = mark_voices(part)
    assert [note.voice for note in marked.notes] == [2, 1]
    assert [note.pitch for note in marked.notes] == [60, 67]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6), st.integers(40, 80)), max_size=20))
def test_every_note_has_one_voice_in_range(rows: list[tuple[int, int, int]]) -> None:
    part = Part(
        notes=tuple(
            Note(onset_tick=240 * onset, duration_tick=240 * length, pitch=pitch)
            for onset, length, pitch in rows
        )
    )
    found = separate_voices(part, n_voices=3)
    assert len(found) == len(part.notes)
    assert set(found) <= {1, 2, 3}
