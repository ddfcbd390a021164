"""What comes back: exact, sequence, ornament, rhythm; on bars made by hand."""

from __future__ import annotations

import pytest

from motet.score import Score, make_score, transpose
from motet.why.piece import open_piece
from motet.why.returns import Form, explain_form

FIRST = "C5:1 D5:1 E5:2 | G5:1 F5:1 D5:2 | A5:1 G5:2 E5:1 | F5:3 D5:1 | "


def told(score: Score) -> Form:
    return explain_form(open_piece(score), part=0, bars=range(score.n_bars))


def test_a_return_in_bar_five_is_found_with_its_bars() -> None:
    one = told(make_score(FIRST + FIRST.rstrip("| "))).returns[0]
    assert (one.bars, one.earlier, one.kind) == ((5, 6, 7, 8), (1, 2, 3, 4), "exact")
    assert one.tell() == "Part 1, bars 5-8 come back to bars 1-4: exactly"
    assert one.tell("zh") == "Part 1,第 5-8 小节回到第 1-4 小节:原样"


@pytest.mark.parametrize(
    ("bar", "kind", "words"),
    [
        ("E5:1 F5:1 G5:2", "sequence", "as a sequence, a third higher"),
        ("B4:1 C5:1 D5:2", "sequence", "as a sequence, a second lower"),
        ("C5:1 D5:0.5 F5:0.5 E5:2", "ornamented", "ornamented"),
        ("C4:1 D4:1 E4:2", "octave", "in another octave"),
        ("C5:2 D5:1 E5:1", "re-timed", "same pitches in another rhythm"),
        ("C5:1 A4:1 F5:2", "rhythm", "the rhythm of bar 1, other notes"),
    ],
)
def test_each_kind_of_return(bar: str, kind: str, words: str) -> None:
    found = [
        one for one in told(make_score(f"C5:1 D5:1 E5:2 | A5:4 | {bar}")).returns if 3 in one.bars
    ]
    assert [(one.kind, one.earlier) for one in found] == [(kind, (1,))]
    assert words in found[0].tell()


def test_new_material_is_told_as_such() -> None:
    assert told(make_score("C5:1 D5:1 E5:2 | A5:0.5 G5:3.5")).new_bars == (1, 2)


def test_moving_the_whole_piece_changes_no_return() -> None:
    score = make_score(FIRST + "E5:1 F5:1 G5:2 | G5:1 F5:1 D5:2", fifths=0)
    plain = [(one.bars, one.earlier, one.kind, one.steps) for one in told(score).returns]
    moved = told(transpose(score, shift_semi=2)).returns
    assert [(one.bars, one.earlier, one.kind, one.steps) for one in moved] == plain


def test_other_parts_are_counted() -> None:
    score = make_score(FIRST.rstrip("| "), "C3:4 | C3:4 | G2:4 | C3:4")
    assert told(score).repeats == (("Part 2", 2, 4),)


def test_a_phrase_with_one_bar_changed_is_one_return() -> None:
    again = "C5:1 D5:1 E5:2 | G5:1 F5:1 D5:2 | A5:1 G5:1 A5:0.5 G5:0.5 E5:1 | F5:3 D5:1"
    one = told(make_score(FIRST + again)).returns[0]
    assert (one.bars, one.kind, one.but) == ((5, 6, 7, 8), "exact", ((7, "ornamented"),))
    assert one.tell().endswith("back to bars 1-4: exactly, bar 7 ornamented")
