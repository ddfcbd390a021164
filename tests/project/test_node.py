"""Steps, candidates and proposals as JSON, and back."""

from __future__ import annotations

from typing import Any

import pytest

from motet.errors import FormatError
from motet.project.node import Candidate, Node, Proposal, from_plain, to_plain

NODE = Node(
    id="2", parent="1", task="infill", score="ab", written=("mh",), cells=("Bass:2",), seed=0,
    proposal="p1", candidate=2, brief={"key": "C"}, edits=("x",),
)  # fmt: skip
ONE = Candidate(score="ab", total=0.5, figures={"leaps": 1.0}, is_met=False, missed=("key",))
PROPOSAL = Proposal(id="p1", base="1", task="infill", candidates=(ONE, Candidate(score="cd")))


@pytest.mark.parametrize("thing", [NODE, ONE, PROPOSAL, Node(id="1"), Candidate(score="")])
def test_there_and_back(thing: Any) -> None:
    assert from_plain(type(thing), to_plain(thing), place="x") == thing


def test_a_pruned_candidate_comes_back() -> None:
    gone = Proposal(id="p1", base="1", task="infill", candidates=(Candidate(score="", total=0.4),))
    assert from_plain(Proposal, to_plain(gone), place="x") == gone


@pytest.mark.parametrize(
    "value",
    [
        [], None, {}, {"id": 1}, {"id": "1", "colour": "red"}, {"id": "1", "written": "mm"},
        {"id": "1", "written": [1]}, {"id": "1", "seed": True}, {"id": "1", "seed": 1.5},
        {"id": "1", "brief": []}, {"id": "1", "candidate": "2"},
    ],
)  # fmt: skip
def test_wrong_values_are_refused(value: Any) -> None:
    with pytest.raises(FormatError) as caught:
        from_plain(Node, value, place="tree.json, nodes[3]")
    assert "nodes[3]" in str(caught.value)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.zh)


def test_wrong_candidates_are_refused() -> None:
    plain = to_plain(PROPOSAL)
    plain["candidates"][1]["figures"] = {"leaps": "high"}
    with pytest.raises(FormatError, match=r"candidates\[1\]"):
        from_plain(Proposal, plain, place="p")
