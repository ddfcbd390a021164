"""The list of projects."""

from __future__ import annotations

from dataclasses import replace

from motet.project import Project
from motet.score import Note, Part, Score, make_score
from motet.server.facts import tell_facts
from motet.server.schemas.project import ProjectInfo


def test_a_long_piece_has_a_small_picture() -> None:
    notes = tuple(
        Note(onset_tick=k * 240, duration_tick=240, pitch=60, velocity=80) for k in range(2000)
    )
    score = Score(parts=tuple(Part(name=f"P{k}", notes=notes) for k in range(6)))
    facts = tell_facts(Project.start(score))
    assert (facts["n_bars"], facts["n_parts"], len(facts["thumbnail"])) == (250, 6, 4)
    assert all(len(row) <= 60 for row in facts["thumbnail"])
    places = [place for place, _ in facts["thumbnail"][0]]
    assert (places == sorted(places), places[0], max(places) >= 62) == (True, 0, True)
    ProjectInfo.model_validate({"id": "a", "title": "", "updated": "", "revision": 1, **facts})


def test_the_style_is_that_of_the_last_brief() -> None:
    project = Project.start(make_score("C4:4"))
    node = replace(project.current, brief={"style": "waltz"})
    project.state = replace(project.state, nodes={"1": node})
    project.edit(make_score("D4:4"))
    assert tell_facts(project)["style"] == "waltz"
