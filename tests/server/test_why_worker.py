"""Reasons and originality of a piece that the model wrote, for a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import motet
from motet.errors import ParameterError
from motet.io import write_json
from motet.project import Project
from motet.score import make_score
from motet.server.why_source import pack_piece
from motet.server.why_worker import explain_piece, judge_originality


class _Listener:
    """Notes how far a worker is."""

    cancel = None

    def __init__(self) -> None:
        self.far: list[float] = []

    def progress(self, fraction: float, en: str, zh: str) -> None:
        assert en != zh
        self.far.append(fraction)


@pytest.fixture(scope="module")
def project() -> Project:
    brief = motet.Brief(parts="flute:melody,acoustic_bass:bass", bars=4, key="G", seed=2)
    return Project.start(motet.compose(brief), title="Four")


def test_surprise_is_told_a_bar_and_other_versions_can_be_heard(
    project: Project, tmp_path: Path
) -> None:
    listener = _Listener()
    payload = {**pack_piece(project, None, tmp_path), "alternatives": 2, "what_if": {"key": "F"}}
    found = explain_piece(payload, listener)
    json.dumps(found)
    assert list(tmp_path.iterdir()) == []  # the packed project is taken away
    assert [one["index"] for one in found["bars"]] == [0, 1, 2, 3]
    assert all(one["nats"] > 0 for one in found["bars"])
    assert {one["name"] for one in found["sections"]} >= {"kept", "harmony", "surprise", "what_if"}
    assert found["what_if"][0]["after"]["zh"]
    other = found["otherwise"]
    start, end = (
        project.score.bars[other["index"]].start_tick,
        project.score.bars[other["index"]].end_tick,
    )
    for version in other["versions"]:
        assert version["n_notes"] == len(version["notes"])
        assert all(start <= onset < end for onset, _, _, _ in version["notes"])
    assert listener.far == sorted(listener.far)
    assert listener.far[-1] == 1.0
    assert any(check["ok"] for check in found["kept"]["checks"])


def test_a_piece_that_was_not_wished_for_cannot_be_wished_otherwise() -> None:
    payload = {"score": write_json(make_score("C4:4 D4:4")), "what_if": {"qpm": 90}}
    with pytest.raises(ParameterError, match="not composed from a wish") as caught:
        explain_piece(payload, _Listener())
    assert "作一首曲子" in caught.value.zh


def test_originality_names_a_neighbour_or_says_that_there_is_none(project: Project) -> None:
    found = judge_originality(pack_piece(project, None, None), _Listener())
    json.dumps(found)
    assert found["verdict"]["name"] in ("original", "alike", "copy")
    assert found["said"]["zh"]
    drums = judge_originality({"score": write_json(make_score("C4:4"))}, _Listener())
    assert (drums["neighbour"], drums["percentile"]) == (None, None)
