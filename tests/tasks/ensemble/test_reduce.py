"""Reducing: two hands that can play it, or a lead sheet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import Note, Part, Score, make_score
from motet.tasks.ensemble.keyboard import lay_keyboard, widest_hand
from motet.tasks.ensemble.reduce import reduce_score

NOTES = st.builds(
    lambda onset, length, pitch: Note(onset_tick=onset * 240, duration_tick=length * 240, pitch=pitch),
    st.integers(0, 15), st.integers(1, 6), st.integers(30, 96),
)  # fmt: skip


@given(st.lists(st.lists(NOTES, max_size=14), min_size=1, max_size=3).filter(lambda x: any(x)))
@settings(max_examples=60, deadline=None)
def test_two_hands_can_always_play_it(rows: list[list[Note]]) -> None:
    score = Score(parts=tuple(Part(notes=tuple(row)) for row in rows))
    piece = reduce_score(score)
    assert piece.adherence.is_met, piece.summary()
    widest, most = widest_hand(piece.parts[0].notes)
    assert widest <= 16
    assert most <= 5


def test_melody_on_top_bass_below_and_doublings_gone() -> None:
    score = make_score("C6:2 B5:2", "E4+G4:2 D4+G4:2", "E5+G5:2 D5+G5:2", "C3:2 G2:2", "drums 36:4")
    part = reduce_score(score).parts[0]
    first = [(note.pitch, note.staff) for note in part.notes if note.onset_tick == 0]
    assert first[0] == (48, 2)
    assert first[-1] == (84, 1)
    assert len(first) == 4
    assert not part.is_drums


def test_an_inner_note_above_the_melody_goes_under_it() -> None:
    part = reduce_score(make_score("C5:4", "E5:4", "C3:4"), melody=0).parts[0]
    assert max(note.pitch for note in part.notes) == 72
    assert any(note.pitch % 12 == 4 for note in part.notes)


def test_nothing_to_lay() -> None:
    assert lay_keyboard((), (), ()).notes == ()


def test_a_lead_sheet_keeps_written_chords_and_finds_others() -> None:
    written = make_score("C5:4 D5:4", "C3:8", chords="C:4 G7:4")
    assert [one.symbol for one in reduce_score(written, to="lead").score.chords] == ["C", "G7"]
    bare = make_score("E5:2 D5:2 | C5:4", "C4+E4+G4:2 B3+D4+G4:2 C4+E4+G4:4", "C3:2 G2:2 C3:4")
    piece = reduce_score(bare, to="lead")
    assert [one.symbol for one in piece.score.chords] == ["C", "G", "C"]
    assert len(piece.parts) == 1
    told = next(one for one in piece.adherence.checks if one.name == "chords")
    assert "confidence" in told.measured[0]
    assert "置信度" in told.measured[1]


def test_mistakes() -> None:
    with pytest.raises(ParameterError, match="soup"):
        reduce_score(make_score("C4:4"), to="soup")
    with pytest.raises(ParameterError, match="pitched"):
        reduce_score(make_score("drums 36:4"))
