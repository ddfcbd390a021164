"""Headers and plans, spelled out."""

from dataclasses import replace

import numpy as np
import pytest

from motet.score import BarLength, Metre, Section, make_score
from motet.tokens import score_to_grid, token_name
from motet.tokens.front import ALL, write_front

SCORE = replace(
    make_score(
        "G4:1 C5:4 D5:4 E5:2",
        "drums r:1 36:4 36:4 36:2",
        qpm=120,
        fifths=0,
        chords="N.C.:1 C:2 G7/B:2 G7/B:2 E:4",
    ),
    bar_lengths=(BarLength(tick=0, duration_tick=480),),
    metres=(
        Metre(tick=0, numerator=4, denominator=4),
        Metre(tick=4320, numerator=2, denominator=4),
    ),
    sections=(Section(tick=480, label="A"), Section(tick=4320, label="Outro")),
)
GRID = score_to_grid(SCORE).grid


def names(
    grid=GRID, *, ranks=(0, 1), has_chords=True, min_confidence=0.0, header=(), describe=None
):
    ids = write_front(grid, list(ranks), has_chords, min_confidence, header, describe)
    return " ".join(token_name(token) for token in ids)


def test_a_plan_with_pickup_change_of_metre_sections_and_chords():
    plan = names(header={"SECTION"}).split("PLAN ")[1]
    assert plan == (
        "PBAR METRE_13 BARLEN POS_24 NOCHORD "
        "PBAR SECTION_0 CHORD_0 POS_48 CHORD_142 BASS_11 "
        "PBAR POS_48 CHORD_80 "
        "PBAR SECTION_13 METRE_5 NOTES"
    )


def test_what_may_be_left_out():
    plan = names(has_chords=False).split("PLAN ")[1]
    assert plan == "PBAR METRE_13 BARLEN POS_24 PBAR PBAR PBAR METRE_5 NOTES"


def test_a_header_in_full_and_in_another_order():
    grid = replace(GRID, style=4, emotion=15, difficulty=2, extent=1)
    assert names(grid, header=ALL).split(" PLAN")[0] == (
        "BOS EXTENT_1 STYLE_4 EMOTION_15 DIFFICULTY_2 TEMPO_12 KEY_0 "
        "PART_0 PROG_0 RANGE_8 DENSITY_1 POLY_0 "
        "PART_1 PROG_128 ROLE_2 DENSITY_1 POLY_0"
    )
    assert names(grid, ranks=(1, 0), header={"ROLE"}).split(" PLAN")[0] == (
        "BOS KEY_0 PART_1 PROG_128 ROLE_2 PART_0 PROG_0"
    )


@pytest.mark.parametrize("left_out", sorted(ALL))
def test_each_field_can_be_left_out_alone(left_out):
    grid = replace(GRID, style=4, emotion=15, difficulty=2, extent=1)
    words = names(grid, header=ALL - {left_out})
    every = names(grid, header=ALL)
    assert [one for one in every.split() if not one.startswith(left_out)] == words.split()


def test_descriptions_may_be_given():
    wish = np.array([[3, -1, 5], [-1, 11, -1]], np.int8)
    assert "PROG_0 RANGE_3 POLY_5 PART_1 PROG_128 DENSITY_11 PLAN" in names(
        header={"RANGE", "DENSITY", "POLY"}, describe=wish
    )


def test_unsure_chords_become_none():
    chords = GRID.chords.copy()
    chords["confidence"] = (0.4, 0.4, 0.9, 0.4)
    plan = names(replace(GRID, chords=chords), min_confidence=0.5).split("PLAN ")[1]
    assert plan == (
        "PBAR METRE_13 BARLEN POS_24 PBAR POS_48 CHORD_142 BASS_11 PBAR POS_48 NOCHORD "
        "PBAR METRE_5 NOTES"
    )


def test_chords_that_are_no_change_are_not_said():
    chords = np.concatenate((GRID.chords, GRID.chords[-1:]))
    chords["bar"][-1] += 1
    assert names(replace(GRID, chords=chords)) == names(GRID)


def test_far_positions_take_two_tokens():
    score = make_score("C4:16", metre="16/4", fifths=0, chords="C:7 G:9")
    assert names(score_to_grid(score).grid, ranks=[0]).endswith(
        "PBAR METRE_61 CHORD_0 POSX_0 POS_24 CHORD_140 NOTES"
    )
    long = replace(score, bar_lengths=(BarLength(tick=0, duration_tick=23_020),))
    assert "BARLEN POSX_6 POS_143" in names(score_to_grid(long).grid, ranks=[0])
