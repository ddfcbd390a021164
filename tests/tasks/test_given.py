"""What a given score says of itself."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.score import Part, Score, make_score
from motet.tasks.given import choose_rows, chord_symbols, find_key, measure_part, thin_out
from motet.theory import parse_key


def test_the_written_key_wins_where_it_says_its_mode() -> None:
    assert find_key(make_score("C4:1 E4:1 G4:2", fifths=1)).fifths == 1
    assert find_key(make_score("A4:1 C5:1 E5:2 A4:4")).name() == "A minor"
    assert find_key(Score(length_tick=1920)).name() == "C major"


def test_written_chords_win_and_unsure_ones_ask_for_nothing() -> None:
    written = chord_symbols(make_score("C4:4", chords="F:4"), key=parse_key("C"))
    assert [one.symbol for one in written] == ["F"]
    bare = chord_symbols(make_score("B4:0.5 r:3.5"), key=parse_key("C"))
    assert {one.symbol for one in bare} <= {"N.C."}


def test_a_part_is_measured_as_it_plays() -> None:
    score = make_score("C4+E4:2 G4:2 | C5:4", "drums 36:1 38:1 36:1 38:1 | 36:4")
    piano = measure_part(score, 0, [0, 1])
    assert (piano.low, piano.high, piano.polyphony, piano.instrument) == (60, 72, 2, "piano")
    assert piano.density is not None
    assert piano.density[0] < 0.25 < 0.5 < piano.density[1]
    drums = measure_part(score, 1, [0])
    assert drums.is_drums
    assert drums.role == "drums"
    assert measure_part(score, 0, []).density is None


def test_one_note_parts_get_room() -> None:
    plan = measure_part(make_score("C4:4"), 0, [0])
    assert plan.high - plan.low == 7


def test_sixteen_rows_at_most_those_to_be_written_first() -> None:
    parts = tuple(Part(name=str(k)) for k in range(20))
    score = Score(parts=parts, length_tick=1920)
    assert len(choose_rows(score, [19])) == 16
    assert 19 in choose_rows(score, [19])
    with pytest.raises(ParameterError, match="16"):
        choose_rows(score, range(17))


def test_a_part_is_thinned_out_or_filled_up() -> None:
    plan = measure_part(make_score("C4:1 E4:1 G4:1 C5:1 | C4:2 G4:2"), 0, [0, 1])
    low, high = thin_out(plan, 0.5).density or (0.0, 0.0)
    assert low < high < 0.5
    assert thin_out(plan, 1.0) is plan
    with pytest.raises(ParameterError):
        thin_out(plan, 9.0)
