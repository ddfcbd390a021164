"""Empty grids."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.server.edit_steps import edit_project
from motet.server.empty import empty_project
from motet.server.schemas.op import SetNotes
from motet.server.schemas.project import NewPart, NewProject


def test_a_grid_is_what_was_asked_for() -> None:
    parts = [NewPart(name="Piano"), NewPart(name="Piano"), NewPart(name="Kit", is_drums=True)]
    wish = NewProject(title="Sketch", bars=5, metre="7/8", qpm=90, key="Eb minor", parts=parts)
    project = empty_project(wish)
    score = project.score
    assert (score.n_bars, score.bars[4].metre.numerator, score.n_notes) == (5, 7, 0)
    assert score.bars[4].end_tick == 5 * 7 * score.resolution // 2
    assert [part.name for part in score.parts] == ["Piano", "Piano 2", "Kit"]
    assert (round(score.tempos[0].qpm), score.keys[0].fifths, score.keys[0].mode) == (
        90,
        -6,
        "minor",
    )
    assert project.current.written == (".....", ".....", ".....")


def test_the_first_note_is_a_step_that_can_be_undone() -> None:
    project = empty_project(NewProject(bars=2))
    op = SetNotes(op="set_notes", part=0, start_bar=1, end_bar=2, notes=[(1920, 480, 60, 80)])
    assert edit_project(project, [op]).written == (".h",)
    project.undo()
    assert (project.score.n_notes, project.score.n_bars) == (0, 2)


@pytest.mark.parametrize("field", [{"metre": "4/5"}, {"metre": "0/4"}, {"key": "H sharp"}])
def test_what_cannot_be_read_is_told(field: dict[str, str]) -> None:
    with pytest.raises(ParameterError) as caught:
        empty_project(NewProject.model_validate(field))
    assert caught.value.zh
