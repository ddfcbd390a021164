"""What was written, and what must still find room."""

from __future__ import annotations

import pytest

from motet.engine.cell_track import CellTrack
from motet.engine.rules import CellRules
from motet.errors import ConstraintError
from motet.tokens.grammar import Grammar
from motet.tokens.vocab import token_id

HEAD = (
    "BOS KEY_0 PART_0 PROG_0 PLAN PBAR METRE_13 BARLEN POS_8 NOTES BAR PART_0 DUR_1 PITCH_60 POS_4"
)


def test_notes_take_voices_as_they_are_written():
    words = [word.partition("_") for word in HEAD.split()]
    grammar = Grammar.after([token_id(name, int(value or 0)) for name, _, value in words])
    track = CellTrack(CellRules(max_polyphony=1), sounding=[(1, 48)])
    assert track.follow(grammar) is grammar.cell
    assert track.active.tolist() == [2, 1, 0, 0, 0, 0, 0, 0]
    assert track.free_at.tolist() == [2, 3, 4, 5, 6, 7]
    grammar.push(token_id("PITCH", 62))
    track.follow(grammar)
    assert track.free_at.tolist() == [2, 3, 6, 7]


def test_the_longest_note_leaves_room():
    track = CellTrack(CellRules(max_polyphony=1, last_end=20))
    track.bind(8, is_drums=False)
    assert [track.find_longest(0, n_needed) for n_needed in (0, 1, 3, 7)] == [20, 7, 5, 1]
    track = CellTrack(CellRules(last_end=20))
    track.bind(8, is_drums=False)
    assert track.find_longest(0, 7) == 20  # voices without end


def test_a_fixed_rhythm_counts_from_the_start():
    track = CellTrack(CellRules(rhythm=((4, 2), (0, 6), (4, 2), (4, 3))))
    track.bind(8, is_drums=False)
    assert track.active.tolist() == [1, 1, 1, 1, 4, 4, 1, 0]
    assert track.next_required() == (0, 6)
    assert [track.n_required_at(0), track.n_required_at(4)] == [1, 0]
    track.n_done = 1
    assert [track.n_required_at(4), track.n_required_at(4, duration=3)] == [3, 1]
    track.n_done = 4
    assert track.next_required() is None


def test_held_notes_may_leave_no_room():
    track = CellTrack(CellRules(max_polyphony=1, rhythm=((4, 2),)), sounding=[(5, 60)])
    with pytest.raises(ConstraintError, match="2 notes sounding at position 4, held ones included"):
        track.bind(8, is_drums=False)
