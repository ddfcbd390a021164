"""Two versions beside each other."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.project import Project
from motet.score import make_score
from motet.server.compared import compare_versions
from motet.server.schemas.project import ComparisonView


def test_cells_are_those_of_the_later_version() -> None:
    project = Project.start(make_score("C4:4 D4:4", "C3:4 D3:4"))
    project.edit(make_score("C4:4 E4:4", "C3:4 D3:2 D3:2"))
    found = ComparisonView.model_validate(compare_versions(project, "1"), extra="forbid")
    assert {(one.part, one.bar) for one in found.cells} == {(0, 1), (1, 1)}
    assert found.lines
    assert all(one.en and one.zh for one in found.lines)
    back = compare_versions(project, "2", "1")
    assert {(one["part"], one["bar"]) for one in back["cells"]} == {(0, 1), (1, 1)}


def test_a_version_is_the_same_as_itself() -> None:
    project = Project.start(make_score("C4:4"))
    found = compare_versions(project, "1", "1")
    assert (found["is_same"], found["cells"]) == (True, [])
    with pytest.raises(ParameterError):
        compare_versions(project, "7")
