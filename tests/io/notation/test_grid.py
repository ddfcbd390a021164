"""Onsets of played music on the printed grid."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from motet.io.notation.grid import ReadingGrid, swing_unit
from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.score import BarLength, Metre, Note, Part, Score, Tempo, Text, make_score


def played(onsets: list[float], *, shift_tick: int = 15, seed: int = 0, **score) -> list[float]:
    """Return the printed onsets (quarter notes) of notes played off the grid."""
    rng = random.Random(seed)
    notes = [
        Note(
            onset_tick=max(0, round(onset * 480) + rng.randint(-shift_tick, shift_tick)),
            duration_tick=100,
            pitch=60,
        )
        for onset in onsets
    ]
    whole = Score(parts=(Part(notes=tuple(notes)),), length_tick=4 * 1920, **score)
    return [read.start / QN for read in ReadingGrid(whole).read_part(whole.parts[0])]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "onsets",
    [
        [0, 1, 2, 3, 4],
        [0, 0.5, 1, 1.5, 2.5, 3.5],
        [0, 0.25, 0.5, 0.75, 1, 1.75, 2, 2.75],
        [0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3, 2],
    ],
)
def test_played_onsets_read_as_they_were_meant(onsets, seed) -> None:
    assert played(onsets, seed=seed) == pytest.approx(onsets)


def test_exact_scores_keep_fine_values() -> None:
    onsets = [0, 0.125, 0.25, 1, 1.2, 1.4, 1.6, 1.8, 2, 2 + 1 / 6, 2 + 1 / 3, 2.5]
    assert played(onsets, shift_tick=0) == pytest.approx(onsets, abs=0.01)


def test_sixty_fourths_are_exact_too() -> None:
    onsets = [k / 16 for k in range(32)]
    assert played(onsets, shift_tick=0) == pytest.approx(onsets)


def test_a_note_before_the_bar_line_belongs_to_the_next_bar() -> None:
    score = Score(
        parts=(Part(notes=(Note(onset_tick=1905, duration_tick=400, pitch=60),)),),
        length_tick=3840,
    )
    grid = ReadingGrid(score)
    (read,) = grid.read_part(score.parts[0])
    assert grid.frame_at(read.start).bar.index == 1


def test_swung_eighths_read_as_straight_ones() -> None:
    text = (Text(tick=0, text="Swing", kind="expression"),)
    onsets = [0, 0.66, 1, 1.64, 2, 2.6, 3, 3.66]
    assert played(onsets, texts=text) == [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]


def test_triplets_stay_triplets_in_swing() -> None:
    text = (Text(tick=0, text="Swing", kind="expression"),)
    onsets = [0, 1 / 3, 2 / 3, 1, 1.66]
    assert played(onsets, texts=text) == pytest.approx([0, 1 / 3, 2 / 3, 1, 1.5])


def test_sixteenths_swing_where_eighths_are_even() -> None:
    text = (Text(tick=0, text="Swing", kind="expression"),)
    onsets = [beat + part for beat in range(12) for part in (0, 0.31, 0.5, 0.81)]
    read = played(onsets, shift_tick=5, texts=text)
    assert read == [beat + part for beat in range(12) for part in (0, 0.25, 0.5, 0.75)]


def test_who_swings() -> None:
    straight = make_score("C4:4")
    assert swing_unit(straight) == 0
    swung = replace(straight, tempos=(Tempo(tick=0, quarter_us=500_000, text="Medium swing"),))
    assert swing_unit(swung) == QN // 2
    assert swing_unit(replace(straight, texts=(Text(tick=0, text="Swing 16ths"),))) == QN // 4


def test_a_strummed_chord_is_one_onset() -> None:
    notes = tuple(
        Note(onset_tick=480 + 9 * k, duration_tick=400, pitch=52 + 5 * k) for k in range(5)
    )
    score = Score(parts=(Part(notes=notes),), length_tick=1920)
    assert {read.start for read in ReadingGrid(score).read_part(score.parts[0])} == {QN}


def test_pickup_and_short_bars() -> None:
    score = replace(
        make_score("C4:1 D4:4 E4:3"),
        bar_lengths=(
            BarLength(tick=0, duration_tick=480),
            BarLength(tick=2400, duration_tick=1440),
        ),
    )
    frames = ReadingGrid(score).frames
    assert [(f.start, f.duration, f.offset) for f in frames] == [
        (0, QN, 3 * QN),
        (QN, 4 * QN, 0),
        (5 * QN, 3 * QN, 0),
    ]


def test_a_bar_that_only_a_late_end_reaches_is_not_printed() -> None:
    late = Note(onset_tick=1440, duration_tick=490, pitch=60)
    score = Score(parts=(Part(notes=(late,)),), length_tick=1920)
    assert score.n_bars == 2
    assert len(ReadingGrid(score).frames) == 1


@pytest.mark.parametrize("resolution", [1, 7, 24, 96, 960, 10080])
def test_any_resolution_can_be_read(resolution) -> None:
    notes = tuple(
        Note(onset_tick=k * resolution, duration_tick=resolution, pitch=60) for k in range(4)
    )
    score = Score(
        parts=(Part(notes=notes),),
        resolution=resolution,
        metres=(Metre(tick=0, numerator=4, denominator=4),),
    )
    read = ReadingGrid(score).read_part(score.parts[0])
    assert [one.start for one in read] == [0, QN, 2 * QN, 3 * QN]
