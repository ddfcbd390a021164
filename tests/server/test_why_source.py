"""What is sent to be explained: projects whole, candidates with their record."""

from __future__ import annotations

from pathlib import Path

from motet.io import read_json
from motet.project import Project
from motet.provenance import record_in
from motet.score import make_score
from motet.server.why_source import pack_piece


def test_steps_are_sent_as_projects_and_candidates_as_scores(tmp_path: Path) -> None:
    project = Project.start(make_score("C4:4 D4:4"), title="Two")
    project.propose("humanise", n=1)
    project.accept(1)
    project.propose("humanise", n=1, seed=5)
    packed = pack_piece(project, "1", tmp_path)
    assert Project.open(packed["project"]).current.id == "1"
    told = pack_piece(project, "p2.1", tmp_path)
    carried = record_in(read_json(told["score"]).score)
    assert carried is not None
    assert carried.steps[-1].seed == 5
    assert "score" in pack_piece(project, None, None)
