"""Projects as the page sees them."""

from __future__ import annotations

import json

from motet.project import Project
from motet.project.node import Candidate
from motet.project.propose import Made
from motet.score import make_score
from motet.server.schemas.project import ProjectView
from motet.server.schemas.score import ScoreView
from motet.server.store import Changed
from motet.server.views import project_json, project_view, score_json

PIECE = make_score("C4:4 D4:4", "C3:4 r:4", chords="C:4 G7:4", fifths=0)


def _project() -> Project:
    project = Project.start(PIECE, title="两小节")
    project.lock("Part 2:1", layer="rhythm")
    other = make_score("C4:4 E4:4", "C3:4 r:4", chords="C:4 G7:4", fifths=0)
    request = project.request("infill", n=1, bars="2", parts=["Part 1"], seed=3)
    made = Made(
        score=other,
        candidate=Candidate(score="", total=0.5, written=("hm", "h."), cells=("Part 1:2",)),
    )
    project.add_proposal(request, [made])
    return project


def _changed(project: Project) -> Changed:
    return Changed(project, project_id="x", revision=2, updated="now", view={"zoom": 1})


def test_a_view_is_what_the_page_was_promised() -> None:
    data = project_json(_changed(_project()))
    view = ProjectView.model_validate_json(data, extra="forbid")
    assert (view.title, view.revision, view.view) == ("两小节", 2, {"zoom": 1})
    assert view.locks[0].cells == [(1, 0)]
    assert view.writers == ["hh", "h."]
    assert view.proposals[0].candidates[0].cells == [(0, 1)]
    assert view.proposals[0].candidates[0].version == "p1.1"
    assert [chord.roman for chord in view.score.chords] == ["I", "V7"]
    assert "两小节".encode() in data


def test_what_is_kept_is_never_another_version() -> None:
    project = _project()
    first = project_json(_changed(project))
    project.accept("p1.1")
    then = json.loads(project_json(_changed(project)))
    assert then["score"]["parts"][0]["notes"][1][2] == 64
    assert (then["can_undo"], then["writers"][0], then["nodes"][1]["who"]) == (True, "hm", "h")
    project.rename("Other")
    assert json.loads(project_json(_changed(project)))["score"]["title"] == "Other"
    project.undo()
    project.rename("两小节")
    again = project_view(_changed(project))
    assert again["score"] == json.loads(first)["score"]
    assert again["can_redo"]


def test_scores_of_versions() -> None:
    project = _project()
    now, candidate = (
        ScoreView.model_validate_json(score_json(project, name), extra="forbid")
        for name in (None, "p1.1")
    )
    assert now.parts[1] == candidate.parts[1]
    assert (now.parts[0].notes[1][2], candidate.parts[0].notes[1][2]) == (62, 64)
    assert project.current.id == "1"
