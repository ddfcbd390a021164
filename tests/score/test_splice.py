"""A stretch replaced: what sounds outside stays as it was."""

import pytest

from motet.score import Control, Dynamic, Note, Part
from motet.score.retime import state_at
from motet.score.splice import Piece, default_control, splice


def pedal(tick, value):
    return Control(tick=tick, kind="cc", number=64, value=value)


def tone(tick):
    return Note(onset_tick=tick, duration_tick=10, pitch=60)


def test_a_pedal_lifted_in_the_cleared_stretch_is_lifted_behind_it():
    part = Part(notes=(tone(0), tone(300)), controls=(pedal(0, 127), pedal(150, 0)))
    cut = splice(part, None, start_tick=100, end_tick=200)
    assert cut.controls == (pedal(0, 127), pedal(200, 0))


def test_a_pedal_pressed_by_the_piece_does_not_reach_behind_it():
    part = Part(notes=(tone(0), tone(300)))
    piece = Piece(part=Part(notes=(tone(0),), controls=(pedal(50, 127),)), start_tick=0)
    out = splice(part, piece, start_tick=100, end_tick=200)
    assert out.controls == (pedal(150, 127), pedal(200, 0))


def test_the_piece_brings_the_state_it_began_in():
    source = Part(notes=(tone(120),), controls=(pedal(0, 127),))
    out = splice(
        Part(notes=(tone(0), tone(300))),
        Piece(part=source, start_tick=100),
        start_tick=100,
        end_tick=200,
    )
    assert state_at(out.controls, 100)["cc", 64].value == 127
    assert state_at(out.controls, 200)["cc", 64].value == 0


def test_the_dynamic_mark_behind_is_the_old_one():
    old = Part(
        notes=(tone(0), tone(300)),
        dynamics=(Dynamic(tick=0, mark="p"), Dynamic(tick=150, mark="f")),
    )
    new = Piece(part=Part(dynamics=(Dynamic(tick=20, mark="pp"),)), start_tick=0)
    out = splice(old, new, start_tick=100, end_tick=200)
    assert [(mark.tick, mark.mark) for mark in out.dynamics] == [(0, "p"), (120, "pp"), (200, "f")]


def test_nothing_is_set_again_after_the_last_note():
    part = Part(notes=(tone(0),), controls=(pedal(150, 127),))
    assert splice(part, None, start_tick=100, end_tick=200).controls == ()


def test_a_stretch_replaced_by_itself_is_the_same():
    part = Part(notes=(tone(0), tone(110), tone(300)), controls=(pedal(0, 127), pedal(150, 0)))
    assert splice(part, Piece(part=part, start_tick=100), start_tick=100, end_tick=200) == part


@pytest.mark.parametrize(
    ("kind", "number", "rest"),
    [("cc", 64, 0), ("cc", 11, 127), ("cc", 7, 100), ("bend", 0, 0), ("program", 0, 33)],
)
def test_known_defaults(kind, number, rest):
    control = Control(tick=0, kind=kind, number=number, value=55)
    assert default_control(control, program=33).value == rest


def test_an_unknown_controller_has_no_default():
    assert default_control(Control(tick=0, kind="cc", number=74, value=1), program=0) is None
