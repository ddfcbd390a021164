"""About in the tree, and in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import BusyError, FormatError, ParameterError
from motet.project import Project
from motet.project.history import no_proposal
from motet.score import Score, transpose


def grown(project: Project) -> Project:
    """Steps 1, 2, 3 in a row."""
    for shift in (1, 2):
        project.take_back(transpose(project.score_of("1"), shift_semi=shift), note=str(shift))
    return project


def test_undo_redo_and_go(project: Project) -> None:
    grown(project)
    assert [one.id for one in project.steps] == ["1", "2", "3"]
    assert project.undo().id == "2"
    assert project.undo().id == "1"
    with pytest.raises(ParameterError, match="nothing to undo"):
        project.undo()
    assert project.redo(2).id == "3"
    with pytest.raises(ParameterError, match="nothing to redo"):
        project.redo()
    assert project.go("1").id == "1"
    assert project.redo().id == "2"
    with pytest.raises(ParameterError, match="no step or branch '9'"):
        project.go("9")


def test_a_new_step_after_undo_loses_nothing(project: Project) -> None:
    grown(project)
    old = project.score
    project.undo(2)
    project.take_back(transpose(project.score, shift_semi=5))
    assert project.current.parent == "1"
    assert [one.id for one in project.tree] == ["1", "2", "3", "4"]
    assert project.score_of(3) == old
    project.undo()
    assert project.redo().id == "4"


def test_branches(project: Project) -> None:
    project.branch("dark")
    project.take_back(transpose(project.score, shift_semi=-3))
    assert project.state.branches == {"main": "1", "dark": "2"}
    project.go("main")
    assert (project.current.id, project.state.branch) == ("1", "main")
    project.take_back(transpose(project.score, shift_semi=3))
    assert project.state.branches == {"main": "3", "dark": "2"}
    assert project.score_of("dark") == project.score_of("2")
    for name in ("dark", "", "7", "a.b"):
        with pytest.raises(ParameterError, match="branch"):
            project.branch(name)


def test_a_file_holds_everything(project: Project, tmp_path: Path) -> None:
    grown(project).lock("Bass:2", layer="rhythm")
    project.undo()
    path = project.save(tmp_path / "a.motet")
    again = Project.open(path)
    assert again.state == project.state
    assert again.score == project.score
    assert again.redo().id == "3"


def test_saving_over_another_writer_is_refused(saved: Path) -> None:
    one, two = Project.open(saved), Project.open(saved)
    one.lock("1")
    one.save()
    one.lock("2")
    one.save()
    two.lock("3")
    with pytest.raises(BusyError, match="changed on disk"):
        two.save()
    two.save(saved.with_name("other.motet"))
    assert Project.open(saved).locks == one.locks


def test_files_that_are_not_there(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="path"):
        project.save()
    with pytest.raises(ParameterError, match="cannot read"):
        Project.open(tmp_path / "none.motet")
    (tmp_path / "a.motet").write_bytes(b"MThd")
    with pytest.raises(FormatError):
        Project.open(tmp_path / "a.motet")
    with pytest.raises(ParameterError, match="already"):
        project.save(tmp_path / "a.motet")


def test_names_of_candidates(project: Project) -> None:
    with pytest.raises(ParameterError, match="no proposal"):
        project.accept(1)
    with pytest.raises(ParameterError, match="p7"):
        project.score_of("p7.1")
    assert "提案" in no_proposal().zh


def test_scores_are_kept_once(project: Project, piece: Score) -> None:
    grown(project)
    project.go("1")
    project.take_back(transpose(piece, shift_semi=1))
    assert len(project.state.digests()) == 3


def test_going_to_a_step_of_another_branch_goes_to_that_branch(project: Project) -> None:
    grown(project)
    project.go("1")
    project.branch("dark")
    project.take_back(transpose(project.score, shift_semi=-3))
    assert (project.current.id, project.state.branch) == ("4", "dark")
    project.go("2")
    assert project.state.branch == "main"
    project.go("1")
    assert project.state.branch == "main"
    project.go("4")
    project.take_back(transpose(project.score, shift_semi=1))
    assert project.state.branches == {"main": "3", "dark": "5"}
