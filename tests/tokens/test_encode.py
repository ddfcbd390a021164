"""Grids as ids: golden examples spelled out by hand, and the laws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grid_strategies import grids, orders
from motet.errors import ParameterError
from motet.score import BarLength, make_score
from motet.tokens import (
    Grammar,
    decode,
    encode,
    encode_prompt,
    find_error,
    score_to_grid,
    token_id,
    token_name,
)


def names(ids):
    return " ".join(token_name(int(token)) for token in ids)


def notes_of(score, **options):
    """The names from NOTES on of a score in C."""
    text = names(encode(score_to_grid(replace(score, keys=()), key="none").grid, **options))
    return text.split("NOTES ")[1]


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        # the cursor follows the durations, so neither position nor duration is said again
        (("C4:1 D4:1 E4:2",), "BAR PART_0 DUR_23 PITCH_60 PITCH_62 DUR_47 PITCH_64"),
        # a rest moves the position
        (("r:1 C4:1 r:1 D4:1",), "BAR PART_0 POS_24 DUR_23 PITCH_60 POS_72 PITCH_62"),
        # a chord: one PITCH, then ADD upwards
        (("E4+C4+G4:4",), "BAR PART_0 DUR_95 PITCH_60 ADD_64 ADD_67"),
        # the cell ends the state: bar 1 says its duration again
        (("C4:4 C4:4",), "BAR PART_0 DUR_95 PITCH_60 BAR PART_0 DUR_95 PITCH_60"),
        # an empty bar has no cell
        (("r:4 C4:4",), "BAR BAR PART_0 DUR_95 PITCH_60"),
        # over the bar line; the next bar starts late
        (("r:3 C4:2 r:1 D4:2",), "BAR PART_0 POS_72 DUR_47 PITCH_60 BAR PART_0 POS_48 DUR_47 PITCH_62"),
        # longer than 96 positions
        (("C4:5 r:3",), "BAR PART_0 DURX_0 DUR_23 PITCH_60 BAR"),
        # drums say every onset, and no duration
        (
            ("drums 36+42:1 42:1 38+42:1 42:1",),
            "BAR PART_0 POS_0 DRUM_9 DRUM_15 POS_24 DRUM_15 POS_48 DRUM_11 DRUM_15 POS_72 DRUM_15",
        ),
        # two parts: each bar writes both
        (
            ("C4:4 r:4", "drums r:4 36:4"),
            "BAR PART_0 DUR_95 PITCH_60 BAR PART_1 POS_0 DRUM_9",
        ),
    ],
)  # fmt: skip
def test_small_scores(texts, written):
    assert notes_of(make_score(*texts)) == f"{written} EOS"


def test_two_voices_in_one_cell():
    score = make_score("C5:1 D5:1 E5:1 F5:1", "C4:2 G3:2")
    grid = score_to_grid(score, key="none", groups=[[0, 1]]).grid
    assert names(encode(grid)).split("NOTES ")[1] == (
        "BAR PART_0 DUR_47 PITCH_60 DUR_23 ADD_72 PITCH_74 "  # the shorter note moves the cursor
        "DUR_47 PITCH_55 DUR_23 ADD_76 PITCH_77 EOS"
    )


def test_velocity_is_said_when_it_changes():
    score = make_score("C4:1 D4:1 E4:1 F4:1", "drums 36:2 36+38:2")
    parts = [
        replace(
            part,
            notes=tuple(
                replace(note, velocity=velocity)
                for note, velocity in zip(part.notes, (100, 100, 80, 100), strict=False)
            ),
        )
        for part in score.parts
    ]
    assert notes_of(score.with_parts(*parts)) == (
        "BAR PART_0 DUR_23 VEL_12 PITCH_60 PITCH_62 VEL_9 PITCH_64 VEL_12 PITCH_65 "
        "PART_1 POS_0 VEL_12 DRUM_9 POS_48 DRUM_9 VEL_9 DRUM_11 EOS"
    )


def test_far_positions_take_two_tokens():
    score = make_score("r:7 C4:1 C4:8", "drums r:7 36:9", metre="16/4")
    assert notes_of(score) == (
        "BAR PART_0 POSX_0 POS_24 DUR_23 PITCH_60 DURX_0 DUR_95 PITCH_60 PART_1 POSX_0 POS_24 DRUM_9 EOS"
    )
    pickup = (BarLength(tick=0, duration_tick=480),)
    assert notes_of(replace(make_score("C4:1 D4:4"), bar_lengths=pickup)) == (
        "BAR PART_0 DUR_23 PITCH_60 BAR PART_0 DUR_95 PITCH_62 EOS"
    )


def test_holes_are_answered_at_the_end():
    score = make_score("C4:4 D4:4", "E4:4 F4:4")
    assert notes_of(score, holes=[(1, 0), (0, 1)]) == (
        "BAR PART_0 DUR_95 PITCH_60 PART_1 HOLE BAR PART_0 HOLE PART_1 DUR_95 PITCH_65 "
        "FILL BARREF_0 PART_1 DUR_95 PITCH_64 EOH BARREF_1 PART_0 DUR_95 PITCH_62 EOH EOS"
    )
    assert notes_of(make_score("r:4 C4:4"), holes=[(0, 0)]) == (
        "BAR PART_0 HOLE BAR PART_0 DUR_95 PITCH_60 FILL BARREF_0 PART_0 EOH EOS"
    )


def test_parts_are_written_in_header_order():
    score = make_score("C4:4", "E4:4", "G4:4")
    assert notes_of(score, order=[2, 0, 1], holes=[(0, 1), (0, 2)]) == (
        "BAR PART_2 HOLE PART_0 DUR_95 PITCH_60 PART_1 HOLE "
        "FILL BARREF_0 PART_2 DUR_95 PITCH_67 EOH BARREF_0 PART_1 DUR_95 PITCH_64 EOH EOS"
    )


def cells(grid):
    return st.sets(
        st.tuples(st.integers(0, grid.n_bars - 1), st.integers(0, len(grid.parts) - 1)), max_size=5
    )


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_the_law(data):
    grid = data.draw(grids())
    ids = encode(grid, order=data.draw(orders(grid)), holes=data.draw(cells(grid)))
    assert ids.dtype == np.int32
    assert decode(ids).equals(grid)
    assert find_error(ids) is None


@settings(max_examples=40, deadline=None)
@given(grids())
def test_without_header_chords_or_sections_the_notes_stay(grid):
    found = decode(encode(grid, header=(), has_chords=False))
    assert np.array_equal(found.notes, grid.notes)
    assert found.bars["length"].tolist() == grid.bars["length"].tolist()
    assert (len(found.chords), found.style, found.qpm) == (0, -1, None)
    assert set(found.bars["section"].tolist()) == {-1}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_prompt_is_the_beginning_of_the_document(data):
    grid = data.draw(grids())
    order, holes = data.draw(orders(grid)), data.draw(cells(grid))
    whole = encode(grid, order=order, holes=holes).tolist()
    bar = data.draw(st.integers(0, grid.n_bars))
    rank = data.draw(st.integers(0, len(grid.parts) - 1)) if bar < grid.n_bars else 0
    prompt = encode_prompt(grid, bar=bar, rank=rank, order=order, holes=holes)
    assert prompt.dtype == np.int32
    assert whole[: len(prompt)] == prompt.tolist()
    grammar = Grammar.after(prompt)
    following = whole[len(prompt)]
    if bar == grid.n_bars:
        assert following == (token_id("BARREF", min(holes)[0]) if holes else token_id("EOS"))
    else:
        assert grammar.bar == bar
        written = {token_id("PART", grid.parts[part].slot) for part in order[:rank]}
        assert following not in written


def test_a_prompt_hides_what_comes_later():
    grid = score_to_grid(make_score("C4:4 D4:4", "E4:4 F4:4"), key="none").grid
    empty = replace(grid, notes=grid.notes[:2])
    described = np.zeros((2, 3), np.int8)
    for bar, rank in ((1, 0), (1, 1)):
        full, less = (
            encode_prompt(one, bar=bar, rank=rank, describe=described) for one in (grid, empty)
        )
        assert (full.tolist() == less.tolist()) == (rank == 0)


@pytest.mark.parametrize("order", [[0], [0, 0], [0, 2], [0, 1, 1]])
def test_orders_that_are_none(order):
    grid = score_to_grid(make_score("C4:4", "E4:4")).grid
    with pytest.raises(ParameterError, match="order"):
        encode(grid, order=order)


@pytest.mark.parametrize("hole", [(1, 0), (0, 2), (-1, 0), (0, -1)])
def test_holes_that_are_no_cells(hole):
    grid = score_to_grid(make_score("C4:4", "E4:4")).grid
    with pytest.raises(ParameterError, match="hole"):
        encode(grid, holes=[hole])


def test_holes_end_with_the_sixty_fourth_bar():
    grid = score_to_grid(make_score("C4:260")).grid
    assert len(encode(grid, holes=[(63, 0)]))
    with pytest.raises(ParameterError, match="0 to 63"):
        encode(grid, holes=[(64, 0)])


@pytest.mark.parametrize("place", [(-1, 0), (2, 0), (0, 2)])
def test_prompts_for_no_cell(place):
    grid = score_to_grid(make_score("C4:4")).grid
    with pytest.raises(ParameterError, match="rank"):
        encode_prompt(grid, bar=place[0], rank=place[1])


@pytest.mark.parametrize(
    ("column", "value"),
    [("bar", 1), ("part", 1), ("pos", 96), ("pos", -1), ("dur", 0), ("dur", 1633), ("pitch", 128),
     ("pitch", -1), ("part", -1), ("bar", -1)],
)  # fmt: skip
def test_notes_that_tokens_cannot_say(column, value):
    grid = score_to_grid(make_score("C4:4")).grid
    notes = grid.notes.copy()
    notes[column] = value
    with pytest.raises(ParameterError, match="a note of the grid"):
        encode(replace(grid, notes=notes))


def test_a_grid_without_notes_is_a_plan():
    grid = score_to_grid(make_score("C4:8"), key="none").grid
    empty = replace(grid, notes=grid.notes[:0])
    assert names(encode(empty)) == (
        "BOS TEMPO_12 KEY_84 PART_0 PROG_0 PLAN PBAR METRE_13 PBAR NOTES BAR BAR EOS"
    )
    assert decode(encode(empty)).equals(empty)
