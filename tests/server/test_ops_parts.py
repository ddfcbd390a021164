"""Parts as the mixer changes them."""

from __future__ import annotations

import io

import pytest

from motet.errors import ParameterError
from motet.io import read, write_midi
from motet.score import make_score
from motet.server.ops_parts import add_new_part, drop_part, move_part, set_part
from motet.server.schemas.op import AddPart, MovePart, RemovePart, SetPart
from motet.server.score_view import part_pan, part_volume

SCORE = make_score("C4:4", "E4:4")


def test_volume_and_pan_are_in_the_file_that_goes_out() -> None:
    made = set_part(SCORE, SetPart(op="set_part", part=1, volume=40, pan=100, program=68))
    back = read(io.BytesIO(write_midi(made)).getvalue()).score
    assert (part_volume(back.parts[1]), part_pan(back.parts[1]), back.parts[1].program) == (
        40,
        100,
        68,
    )
    again = set_part(made, SetPart(op="set_part", part=1, volume=90))
    assert [one.value for one in again.parts[1].controls if one.number == 7] == [90]


@pytest.mark.parametrize(
    "wish", [{"name": "Part 1"}, {"name": " "}, {"name": "a:b"}, {"role": "king"}]
)
def test_names_and_roles_that_are_not_allowed(wish: dict[str, str]) -> None:
    with pytest.raises(ParameterError):
        set_part(SCORE, SetPart(op="set_part", part=1, **wish))


def test_parts_are_added_moved_and_taken_out() -> None:
    made = add_new_part(SCORE, AddPart(op="add_part", name="Part 1", at=0))
    assert [part.name for part in made.parts] == ["Part 1", "Part 1 2", "Part 2"]
    made = move_part(made, MovePart(op="move_part", part=0, to=2))
    assert [len(part.notes) for part in made.parts] == [1, 1, 0]
    assert len(drop_part(made, RemovePart(op="remove_part", part=2)).parts) == 2
    with pytest.raises(ParameterError, match="no part 5"):
        drop_part(made, RemovePart(op="remove_part", part=5))
    with pytest.raises(ParameterError, match="one part at least"):
        drop_part(make_score("C4:4"), RemovePart(op="remove_part", part=0))
