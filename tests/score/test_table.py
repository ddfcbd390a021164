"""The note table."""

import numpy as np
import pytest
from hypothesis import given, settings

from motet.errors import ParameterError
from motet.score import NOTE_DTYPE, Part, Score, make_score, note_table, part_from_table
from strategies import full_score, scores


def test_a_row_says_everything():
    score = make_score("r:4 E4:2", qpm=60, metre="4/4")
    row = note_table(score)[0]
    assert (row["onset_tick"], row["duration_tick"]) == (1920, 960)
    assert (row["onset_qn"], row["duration_qn"]) == (4.0, 2.0)
    assert (row["onset_s"], row["duration_s"]) == (4.0, 2.0)
    assert (row["pitch"], row["velocity"], row["bar"]) == (64, 80, 1)
    assert (row["part"], row["channel"], row["is_drum"]) == (0, -1, False)


def test_drums_are_marked():
    table = note_table(make_score("C4:1", "drums 36:1"))
    assert table["is_drum"].tolist() == [False, True]
    assert table["channel"].tolist() == [-1, 9]


def test_nothing_gives_an_empty_table():
    assert note_table(Score()).shape == (0,)
    assert note_table(Part()).dtype == NOTE_DTYPE


def test_chosen_parts_keep_their_index():
    table = note_table(make_score("C4:1", "D4:1"), parts=[1])
    assert table["part"].tolist() == [1]
    assert table["pitch"].tolist() == [62]


@settings(max_examples=20)
@given(scores())
def test_the_table_agrees_with_the_score(score):
    table = note_table(score)
    assert len(table) == score.n_notes
    assert np.all(np.diff(table["onset_tick"]) >= 0)
    for row in table:
        note = score.parts[row["part"]].notes[row["note"]]
        assert (note.onset_tick, note.pitch) == (row["onset_tick"], row["pitch"])
        assert row["bar"] == score.bar_at(note.onset_tick)
        assert row["onset_s"] == pytest.approx(score.time.tick_to_s(note.onset_tick))
        end_s = score.time.tick_to_s(note.end_tick)
        assert row["onset_s"] + row["duration_s"] == pytest.approx(end_s)


@settings(max_examples=20)
@given(scores())
def test_a_part_comes_back(score):
    table = note_table(score)
    for k, part in enumerate(score.parts):
        assert part_from_table(table[table["part"] == k], like=part) == part


def test_an_edited_row_loses_what_no_longer_holds():
    part = full_score().parts[0]
    table = note_table(part)
    table["pitch"] += 1
    moved = part_from_table(table, like=part)
    assert {note.spelling for note in moved.notes} == {""}
    assert [n.voice for n in moved.notes] == [n.voice for n in part.notes]


def test_a_plain_table_needs_three_columns():
    plain = np.array(
        [(0, 480, 60)], dtype=[("onset_tick", "i8"), ("duration_tick", "i8"), ("pitch", "i8")]
    )
    assert part_from_table(plain).notes[0].velocity == 80
    with pytest.raises(ParameterError, match="pitch"):
        part_from_table(plain[["onset_tick", "duration_tick"]])
