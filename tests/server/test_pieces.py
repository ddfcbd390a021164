"""Versions of a project, without changing it."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.project import Project
from motet.provenance import embed, record_in
from motet.provenance.snapshot import digest_notes
from motet.score import make_score
from motet.server.pieces import find_version


@pytest.fixture(scope="module")
def project() -> Project:
    project = Project.start(make_score("C4:1 D4:1 E4:1 F4:1 | G4:4", chords="C:4 G:4"), title="Two")
    project.propose("humanise", n=1, seed=3)
    project.accept(1)
    project.propose("humanise", n=1, seed=9)
    return project


def test_steps_and_candidates_are_found_and_nothing_moves(project: Project) -> None:
    before = project.state
    now, first, told = (find_version(project, name) for name in (None, "1", "p2.1"))
    assert (now.name, first.name, told.name) == ("2", "1", "p2.1")
    assert first.score == project.score_of("1")
    assert first.project.current.id == "1"
    assert told.is_candidate
    assert told.project.current.id == "2"
    assert len({now.digest, first.digest, told.digest}) == 3
    assert project.state is before


def test_the_record_of_a_candidate_tells_its_step_and_fits_its_notes(project: Project) -> None:
    told = find_version(project, "p2.1")
    record = told.record()
    assert [step.task for step in record.steps] == ["import", "humanise", "humanise"]
    assert record.steps[-1].seed == 9
    assert record.digests == digest_notes(told.score)
    carried = record_in(embed(told.score, record))
    assert carried is not None
    assert carried.score.parts == told.score.parts


@pytest.mark.parametrize("name", ["9", "p9.1", "p2.7", "nobody"])
def test_what_is_not_there_is_refused(project: Project, name: str) -> None:
    with pytest.raises(ParameterError):
        find_version(project, name)
