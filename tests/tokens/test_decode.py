"""Ids as grids: what is refused, what may break off."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grid_strategies import grids, orders
from motet.errors import ParameterError
from motet.score import make_score
from motet.tokens import Grammar, decode, encode, find_error, score_to_grid, token_id

GRID = score_to_grid(
    make_score("C4:1 E4+G4:1 r:2 | C5:4", "drums 36:2 38:2 36:4", fifths=0, chords="C:4 G/B:4")
).grid
IDS = encode(GRID, holes=[(1, 0)]).tolist()


def read(text):
    """Ids of names: ``PITCH_60``, ``BAR``."""
    words = (word.rpartition("_") if "_" in word else (word, "", "0") for word in text.split())
    return [token_id(family, int(value)) for family, _, value in words]


FRONT = "BOS KEY_0 PART_0 PROG_0 PART_1 PROG_128 PLAN PBAR METRE_13 PBAR NOTES "


def test_what_tokens_do_not_say():
    found = decode(IDS, shift_semi=-3)
    assert found.equals(GRID)
    assert (found.shift_semi, decode(IDS).shift_semi) == (-3, 0)
    assert [part.name for part in found.parts] == ["", ""]


def test_padding_is_not_read():
    assert decode([*IDS, 0, 0, 0]).equals(GRID)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_free_running_grammar_makes_grids_that_come_back(data):
    """A document drawn token by token from the grammar's mask decodes, and is its own spelling."""
    random = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    grammar, ids = Grammar(max_bars=4), []
    end = {token_id(name) for name in ("EOS", "EOH", "NOTES", "PLAN")}
    while not grammar.is_done and len(ids) < 1_000:
        allowed = np.flatnonzero(grammar.mask())
        ends = [token for token in allowed.tolist() if token in end]
        bars = token_id("BAR")
        if ends and random.random() < 0.2:
            token = ends[0]
        elif bars in allowed and random.random() < 0.2:
            token = bars
        else:
            token = int(random.choice(allowed))
        grammar.push(token)
        ids.append(token)
    if not grammar.is_done:
        return
    grid = decode(ids)
    order = [sorted(grammar.slots).index(slot) for slot in grammar.slots]
    index = {slot: k for k, slot in enumerate(sorted(grammar.slots))}
    holes = [(bar, index[slot]) for bar, slot in grammar.holes]
    notes = ids[ids.index(token_id("NOTES")) :]
    again = encode(grid, order=order, holes=holes).tolist()
    assert again[again.index(token_id("NOTES")) :] == notes


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_document_may_break_off_anywhere_after_notes(data):
    grid = data.draw(grids())
    ids = encode(grid, order=data.draw(orders(grid))).tolist()
    first = ids.index(token_id("NOTES")) + 1
    cut = data.draw(st.integers(first, len(ids) - 1))
    found = decode(ids[:cut], is_whole=False)
    known = {tuple(note) for note in grid.notes.tolist()}
    assert {tuple(note) for note in found.notes.tolist()} <= known
    assert found.bars.tolist() == grid.bars.tolist()
    with pytest.raises(ParameterError, match="breaks off"):
        decode(ids[:cut])


def test_breaking_off_under_fill():
    for cut in range(IDS.index(token_id("FILL")), len(IDS)):
        found = decode(IDS[:cut], is_whole=False)
        assert found.n_notes in (GRID.n_notes - 1, GRID.n_notes)
    assert found.equals(GRID)


@pytest.mark.parametrize("n", range(12))
def test_breaking_off_before_notes_is_refused(n):
    with pytest.raises(ParameterError, match="breaks off"):
        decode(IDS[:n], is_whole=False)


@pytest.mark.parametrize(
    "text",
    [
        "KEY_0",
        "BOS PART_0",
        "BOS KEY_0 PART_0 PROG_0 PART_0 PROG_0 PLAN",
        "BOS KEY_0 PART_0 PROG_0 ROLE_11 PLAN",
        "BOS KEY_0 PART_0 PROG_0 PLAN PBAR NOTES",
        "BOS KEY_0 PART_0 PROG_0 PLAN PBAR METRE_13 BARLEN POS_0 NOTES",
        "BOS KEY_0 PART_0 PROG_0 PLAN PBAR METRE_13 POS_96 CHORD_0 NOTES",
        "BOS KEY_0 PART_0 PROG_0 PLAN PBAR METRE_13 POS_24 CHORD_0 POS_24 CHORD_1 NOTES",
        FRONT + "PITCH_60",
        FRONT + "BAR PART_0 PITCH_60",  # no duration
        FRONT + "BAR PART_0 BAR",  # no note
        FRONT + "BAR PART_0 DUR_23 ADD_60",
        FRONT + "BAR PART_0 DUR_23 POS_96 PITCH_60",
        FRONT + "BAR PART_0 DUR_95 PITCH_60 PITCH_62",  # the cursor is at the bar line
        FRONT + "BAR PART_0 POS_24 DUR_23 PITCH_60 POS_24 PITCH_62",
        FRONT + "BAR PART_0 DUR_23 PITCH_60 POS_48 ADD_62",
        FRONT + "BAR PART_0 DRUM_9",
        FRONT + "BAR PART_1 DRUM_9",  # no position
        FRONT + "BAR PART_1 POS_0 PITCH_60",
        FRONT + "BAR PART_1 POS_0 DUR_5 DRUM_9",
        FRONT + "BAR PART_2",
        FRONT + "BAR PART_1 POS_0 DRUM_9 PART_0 DUR_23 PITCH_60",  # not the header's order
        FRONT + "BAR BAR BAR",
        FRONT + "BAR BAR FILL",
        FRONT + "BAR PART_0 HOLE BAR EOS",
        FRONT + "BAR PART_0 HOLE BAR FILL BARREF_1 PART_0 EOH EOS",
        FRONT + "BAR PART_0 HOLE BAR FILL BARREF_0 PART_1 EOH EOS",
        FRONT + "BAR PART_0 HOLE BAR FILL BARREF_0 PART_0 EOS",
    ],
)
def test_what_does_not_make_sense_is_refused(text):
    ids = read(text)
    with pytest.raises(ParameterError, match="does not fit at place"):
        decode(ids)
    place, _ = find_error(ids)
    assert place < len(ids)


def test_a_pitch_twice_is_refused():
    with pytest.raises(ParameterError, match="one pitch twice"):
        decode(read(FRONT + "BAR PART_0 DUR_47 PITCH_60 DUR_23 ADD_60 BAR EOS"))


@pytest.mark.parametrize("token", [-1, 1536])
def test_ids_out_of_range_are_refused(token):
    with pytest.raises(ParameterError, match="at place 2"):
        decode([IDS[0], IDS[1], token])


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_damage_is_refused_or_read_but_never_a_crash(data):
    ids = IDS.copy()
    for _ in range(data.draw(st.integers(1, 3))):
        ids[data.draw(st.integers(0, len(ids) - 1))] = data.draw(st.integers(0, 1535))
    for is_whole in (True, False):
        try:
            grid = decode(ids, is_whole=is_whole)
        except ParameterError:
            continue
        assert len(grid.notes) <= len(ids)
        if is_whole and find_error(ids) is None:
            assert decode(encode(grid)).equals(grid)


def test_programs_and_roles_come_back():
    parts = (
        replace(GRID.parts[0], role="melody", slot=3, program=73),
        replace(GRID.parts[1], slot=9),
    )
    grid = replace(GRID, parts=parts)
    found = decode(encode(grid, order=[1, 0])).parts
    assert [(one.slot, one.program, one.role) for one in found] == [
        (3, 73, "melody"),
        (9, 128, "drums"),
    ]
