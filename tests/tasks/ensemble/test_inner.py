"""Inner lines of a source."""

from __future__ import annotations

from motet.score import make_score
from motet.tasks.ensemble.inner import fill_rests, inner_lines, third_voice
from motet.tasks.ensemble.material import read_material


def test_doublings_go_first() -> None:
    found = read_material(make_score("C5:4", "E4+G4+C4:4", "C3:4"))
    assert [[n.pitch for n in line] for line in inner_lines(found, 2)] == [[67], [64]]


def test_no_lines_and_no_notes() -> None:
    found = read_material(make_score("C5:4"))
    assert inner_lines(found, 0) == ()
    assert inner_lines(found, 2) == ((), ())


def test_a_line_that_plays_enough_is_left_alone() -> None:
    score = make_score("C5:4 D5:4", "E4:4 F4:4", "G4:4 A4:4")
    line, n_new = fill_rests(
        score, score.parts[1].notes, score.parts[2].notes, [score.parts[0].notes]
    )
    assert (line, n_new) == (score.parts[1].notes, 0)


def test_a_third_voice_has_the_tone_that_lacks() -> None:
    score = make_score("C5:4", "E4:4", "C3:4", chords="C:4")
    assert [n.pitch % 12 for n in third_voice(score, [part.notes for part in score.parts])] == [7]
    assert third_voice(score, []) == ()
