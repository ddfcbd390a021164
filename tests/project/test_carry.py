"""Locks over steps that moved bars and parts."""

from __future__ import annotations

from motet.project import Project
from motet.score import make_score
from motet.server.edit_steps import edit_project
from motet.server.schemas.op import InsertBars, MovePart, RemovePart, SetMetre, SetPart


def _project() -> Project:
    return Project.start(make_score("C4:4 D4:4 E4:4", "C3:4 D3:4 E3:4", chords="C:4 D:4 E:4"))


def test_a_lock_goes_back_and_forth_with_its_bar() -> None:
    project = _project()
    project.lock("Part 2:2", layer="rhythm")
    project.lock("3", layer="harmony")
    edit_project(project, [InsertBars(op="insert_bars", at=0, n=2)])
    there = [(one.where, one.layer) for one in project.locks]
    assert there == [("Part 2:4", "rhythm"), ("5", "harmony")]
    project.undo()
    assert [(one.where, one.layer) for one in project.locks] == [
        ("Part 2:2", "rhythm"),
        ("3", "harmony"),
    ]
    project.redo()
    assert [(one.where, one.layer) for one in project.locks] == there


def test_a_lock_made_after_a_step_is_right_before_it() -> None:
    project = _project()
    edit_project(
        project,
        [MovePart(op="move_part", part=1, to=0), SetPart(op="set_part", part=0, name="Bass")],
    )
    project.lock("Bass:1")
    project.undo()
    assert project.locks[0].where == "Part 2:1"
    assert project.locks[0].cells(project.score) == {(0, 1)}


def test_what_is_not_there_yet_cannot_be_locked_there() -> None:
    project = _project()
    edit_project(project, [InsertBars(op="insert_bars", at=1, n=1)])
    project.lock("Part 1:2")
    project.lock("Part 1:1")
    project.undo()
    assert [one.where for one in project.locks] == ["Part 1:1"]


def test_from_one_branch_to_another() -> None:
    project = _project()
    edit_project(project, [InsertBars(op="insert_bars", at=0, n=1)])
    project.undo()
    project.branch("other")
    edit_project(project, [RemovePart(op="remove_part", part=0)])
    project.lock("Part 2:1")
    project.go("2")
    assert project.locks[0].cells(project.score) == {(1, 1)}
    project.go("3")
    assert project.locks[0].cells(project.score) == {(0, 0)}


def test_everything_locked_stays_everything() -> None:
    project = _project()
    edit_project(project, [SetMetre(op="set_metre", bar=1, metre="3/4")])
    project.lock("")
    project.undo()
    assert [one.where for one in project.locks] == [""]
