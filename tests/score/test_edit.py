"""Edits of parts."""

import pytest

from motet.errors import ParameterError
from motet.score import (
    Control,
    Part,
    Score,
    add_part,
    change_instrument,
    make_score,
    remove_part,
    rename,
    scale_velocity,
)
from strategies import full_score


def test_adding_and_removing_a_part_gives_the_score_back():
    score = full_score()
    longer = add_part(score, Part(name="Flute"), index=1)
    assert [part.name for part in longer.parts] == ["Piano", "Flute", "Drums"]
    assert remove_part(longer, part="Flute") == score


def test_removing_the_longest_part_keeps_the_bars():
    score = make_score("C4:8", "D4:1")
    assert remove_part(score, part=0).n_bars == 2


def test_renaming_keeps_everything_else():
    score = rename(full_score(), part=-1, name="Kit", abbreviation="K.")
    assert (score.parts[1].name, score.parts[1].abbreviation) == ("Kit", "K.")
    assert score.parts[0] == full_score().parts[0]


def test_another_instrument_is_not_undone_by_old_program_changes():
    change = Control(tick=480, kind="program", number=0, value=5)
    bank = Control(tick=480, kind="cc", number=0, value=1)
    pedal = Control(tick=480, kind="cc", number=64, value=127)
    score = Score(parts=(Part(name="Piano", bank=128, controls=(change, bank, pedal)),))
    part = change_instrument(score, part=0, program=73, name="Flute").parts[0]
    assert (part.program, part.bank, part.name) == (73, 0, "Flute")
    assert part.controls == (pedal,)


def test_the_notes_stay_when_the_instrument_changes():
    score = full_score()
    changed = change_instrument(score, part=0, program=66, transposition_semi=-14)
    assert changed.parts[0].notes == score.parts[0].notes
    assert changed.parts[0].transposition_semi == -14
    with pytest.raises(ParameterError, match="program"):
        change_instrument(score, part=0, program=128)


@pytest.mark.parametrize(
    ("factor", "offset", "velocity"),
    [(1.0, 0, 80), (0.5, 0, 40), (2.0, 0, 127), (0.0, 0, 1), (1.0, 10, 90), (1.0, -200, 1)],
)
def test_velocities_stay_in_range(factor, offset, velocity):
    score = scale_velocity(make_score("C4:1"), factor=factor, offset=offset)
    assert score.parts[0].notes[0].velocity == velocity


def test_only_the_named_parts_get_louder():
    score = scale_velocity(make_score("C4:1", "C4:1"), offset=5, parts=[1])
    assert [part.notes[0].velocity for part in score.parts] == [80, 85]


@pytest.mark.parametrize("factor", [-1.0, float("nan")])
def test_impossible_factors_are_refused(factor):
    with pytest.raises(ParameterError, match="factor"):
        scale_velocity(make_score("C4:1"), factor=factor)
