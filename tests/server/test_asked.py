"""What a worker is asked for, and how what it made is kept."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.io import read_json, write_json
from motet.project import Project
from motet.project.node import Candidate, to_plain
from motet.score import make_score
from motet.server.asked import ask_candidates, keep_candidates
from motet.server.schemas.project import ProposalRequest
from motet.server.store import Store

PIECE = make_score("C4:4 D4:4", "C3:4 D3:4")


@pytest.fixture
def store() -> Store:
    """A store in memory."""
    found = Store("sqlite://")
    found.start()
    return found


def test_the_payload_is_plain_and_whole(store: Store) -> None:
    name = store.create(Project.start(PIECE))
    store.change(name, lambda project: project.lock("Part 2:1"))
    wish = ProposalRequest(
        task="infill", n=2, bars="1", parts=["Part 1"], seed=4, feel={"energy": 0.5},
        options={"temperature": 0.9, "style": ""},
    )  # fmt: skip
    payload, base = ask_candidates(store, name, wish)
    assert base == "1"
    assert read_json(payload["score"]).score == store.open(name).score
    assert payload["request"] == {
        "task": "infill", "n": 2, "bars": "1", "parts": ["Part 1"], "seed": 4,
        "locks": [{"where": "Part 2:1", "layer": "all"}], "options": {"temperature": 0.9},
    }  # fmt: skip
    assert (payload["feel"], payload["written"]) == ({"energy": 0.5}, ["hh", "hh"])


@pytest.mark.parametrize(
    "fields",
    [
        {"task": "sing"},
        {"parts": ["Kazoo"]},
        {"options": {"bundle": "x"}},
        {"options": {"on_bar": 1}},
    ],
)
def test_what_cannot_be_asked_is_told_at_once(store: Store, fields: dict[str, object]) -> None:
    name = store.create(Project.start(PIECE))
    with pytest.raises(ParameterError):
        ask_candidates(store, name, ProposalRequest.model_validate(fields))


def test_candidates_belong_to_the_step_they_were_made_from(store: Store) -> None:
    name = store.create(Project.start(PIECE))
    payload, base = ask_candidates(store, name, ProposalRequest(task="infill", n=1, bars="2"))
    store.change(name, lambda project: project.edit(make_score("C4:4 D4:4", "C3:4 G3:4")))
    candidate = Candidate(score="", total=0.4, written=("hm", "hm"), cells=("Part 1:2",))
    made = {
        "score": write_json(make_score("C4:4 F4:4", "C3:4 D3:4")),
        "candidate": to_plain(candidate),
    }
    kept = keep_candidates(store, name, payload, base, {"candidates": [made], "remarks": []})
    assert kept == {"proposal": "p1", "revision": 3, "n": 1, "remarks": []}
    found, node = store.change(
        name, lambda project: project.accept("p1.1", bars="2", parts=["Part 1"])
    )
    assert [part.notes[1].pitch for part in found.project.score.parts] == [65, 55]
    assert node.written == ("hm", "hh")
