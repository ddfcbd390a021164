"""Two hands: reach, fingers, the melody untouched."""

from __future__ import annotations

from motet.score import Note, make_score
from motet.tasks.ensemble.keyboard import FINGERS, REACH_SEMI, lay_keyboard, widest_hand


def test_a_held_note_is_let_go_for_a_far_one() -> None:
    score = make_score("C5:2 C6:2", "C3:4", "E4:4")
    notes = lay_keyboard(*(part.notes for part in score.parts)).notes
    held = next(note for note in notes if note.pitch == 64)
    assert held.end_tick == 960 or held.staff == 2
    assert widest_hand(notes)[0] <= REACH_SEMI


def test_a_cluster_is_thinned() -> None:
    inner = tuple(Note(onset_tick=0, duration_tick=480, pitch=p) for p in range(55, 72))
    laid = lay_keyboard((), (), inner)
    assert widest_hand(laid.notes)[1] <= FINGERS
    assert laid.n_left_out == len(inner) - len(laid.notes) > 0


def test_the_bass_goes_left_and_down() -> None:
    laid = lay_keyboard((), make_score("C5:4").parts[0].notes, ())
    assert [(n.pitch, n.staff) for n in laid.notes] == [(60, 2)]
    assert laid.n_moved == 1


def test_one_voice_where_all_ends_together() -> None:
    score = make_score("C5:2", "r:4", "E4:2")
    assert {n.voice for n in lay_keyboard(*(part.notes for part in score.parts)).notes} == {1}
