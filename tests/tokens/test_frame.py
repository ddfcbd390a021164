"""Header and plan: bars, lengths and chords as they are said."""

from __future__ import annotations

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.tokens.grammar import Grammar
from motet.tokens.vocab import token_id

HEAD = "BOS KEY_0 PART_0 PROG_0 PLAN "


def after(text):
    """Return the grammar after names such as ``BOS KEY_0``."""
    words = [word.partition("_") for word in text.split()]
    return Grammar.after([token_id(name, int(value or 0)) for name, _, value in words])


def test_bars_keep_the_metre_and_say_other_lengths():
    frame = after(
        HEAD
        + "PBAR METRE_13 BARLEN POS_24 PBAR PBAR METRE_10 PBAR METRE_64 PBAR BARLEN POSX_6 POS_143"
    ).frame
    assert frame.metres == [13, 13, 10, 64, 64]  # 4/4, 4/4, 3/8, unmetred twice
    assert frame.bar_lengths == [24, 96, 36, 96, 1151]


def test_chords_stand_where_they_were_said():
    frame = after(
        HEAD + "PBAR SECTION_1 METRE_13 CHORD_25 POS_48 CHORD_0 BASS_4 PBAR POS_1 NOCHORD"
    ).frame
    assert frame.chords == [[(0, 25, -1), (48, 0, 4)], [(1, -1, -1)]]
    assert frame.sections == [1, -1]


def test_a_bar_of_one_position_has_room_for_one_chord():
    grammar = after(HEAD + "PBAR METRE_13 BARLEN POS_1 CHORD_0 BASS_4")
    assert np.flatnonzero(grammar.mask()).tolist() == [token_id("PBAR"), token_id("NOTES")]


def test_the_normal_length_is_not_said_in_long_bars_either():
    grammar = after(HEAD + "PBAR METRE_60 BARLEN POSX_4")  # 16/2 has 768 positions
    mask = grammar.mask()
    assert mask[token_id("POS", 47)]
    assert not mask[token_id("POS", 48)]
    assert mask.sum() == 143


def test_a_plan_has_at_most_so_many_bars():
    grammar = after(HEAD + "PBAR METRE_13 " + "PBAR " * 62)
    assert grammar.mask()[token_id("PBAR")]
    grammar.push(token_id("PBAR"))
    assert not grammar.mask()[token_id("PBAR")]
    with pytest.raises(ParameterError, match="max_bars must be 1 to 64, got 65"):
        Grammar(max_bars=65)


def test_copies_are_independent():
    grammar = after(HEAD + "PBAR METRE_13")
    other = grammar.copy()
    other.push(token_id("CHORD", 3))
    other.push(token_id("PBAR"))
    assert grammar.frame.chords == [[]]
    assert other.frame.chords == [[(0, 3, -1)], []]


def test_a_chord_is_said_where_it_changes():
    grammar = after(HEAD + "PBAR METRE_13 NOCHORD PBAR")
    assert not grammar.mask()[token_id("NOCHORD")]
    assert grammar.mask()[token_id("CHORD", 0)]
    grammar = after(HEAD + "PBAR METRE_13 CHORD_0 PBAR CHORD_0")  # only its bass can be new
    values = [token_id("BASS", value) for value in range(1, 12)]
    assert np.flatnonzero(grammar.mask()).tolist() == values
    grammar = after(HEAD + "PBAR METRE_13 CHORD_0 BASS_4 PBAR CHORD_0")
    mask = grammar.mask()
    assert mask[token_id("PBAR")]
    assert not mask[token_id("BASS", 4)]
    assert mask[token_id("BASS", 7)]
