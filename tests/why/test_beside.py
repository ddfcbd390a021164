"""Two pieces side by side, by hand."""

from __future__ import annotations

from motet.score import make_score, transpose
from motet.why.beside import compare_pieces


def test_nothing_differs() -> None:
    score = make_score("C5:1 D5:1 E5:2", chords="C:4")
    assert compare_pieces(score, score)[0] == ()


def test_a_transposed_piece_is_told_as_moved() -> None:
    score = make_score("C5:1 E5:1 G5:2", "C3:4", fifths=0)
    lines, facts = compare_pieces(score, transpose(score, shift_semi=3))
    assert facts["n_moved"] == 4
    assert ("all 4 notes stay, moved up by 3 semitones", "4/4 个音保留,整体上移 3 个半音") in lines


def test_notes_parts_and_length_are_counted() -> None:
    before = make_score("C5:1 D5:1 E5:2 | C5:4", "C3:4 | C3:4", fifths=0)
    after = make_score("C5:1 D5:1 F5:2 | C5:4 | C5:4", "C3:4 | C3:4", fifths=0)
    words = "; ".join(en for en, _ in compare_pieces(before, after)[0])
    assert "2 → 3 bars" in words
    assert "5 of 6 notes stay" in words
    assert "Part 1 in 1 of 2 bars" in words
