"""The tree as a value, and what makes no tree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from motet.errors import FormatError
from motet.project.lock import Lock
from motet.project.node import Node, Proposal
from motet.project.state import State, digest_of, now, state_from_plain, state_to_plain


def forked() -> State:
    state = State(title="T", created=now(), locks=(Lock("1", "pitch"),))
    for name, parent in (("1", ""), ("2", "1"), ("3", "2"), ("4", "1")):
        state = state.add(Node(id=name, parent=parent, score=f"s{name}"))
    return replace(state, proposals=(Proposal(id="p1", base="2", task="infill"),))


def test_there_and_back() -> None:
    state = forked()
    plain = state_to_plain(state)
    assert state_from_plain({"title": "T", "created": state.created}, plain) == state


def test_lines_and_children() -> None:
    state = forked()
    assert [one.id for one in state.line("3")] == ["1", "2", "3"]
    assert [one.id for one in state.children("1")] == ["2", "4"]
    assert (state.current, state.next_id, state.redo["1"]) == ("4", "5", "4")
    assert state.digests() == ("s1", "s2", "s3", "s4")
    assert len(digest_of(b"x")) == 16


def wrong(**change: Any) -> dict[str, Any]:
    return {**state_to_plain(forked()), **change}


NODES = state_to_plain(forked())["nodes"]


@pytest.mark.parametrize(
    "tree",
    [
        {}, wrong(nodes={}), wrong(nodes=[]), wrong(nodes=[1]),
        wrong(nodes=[*NODES, {"id": "4", "parent": "1", "score": "x"}]),
        wrong(nodes=[*NODES, {"id": "5", "parent": "6", "score": "x"}]),
        wrong(nodes=[*NODES, {"id": "5", "parent": "", "score": "x"}]),
        wrong(nodes=[*NODES, {"id": "../5", "parent": "1", "score": "x"}]),
        wrong(nodes=[*NODES, {"id": "5", "parent": "5", "score": "x"}]),
        wrong(nodes=[{"id": "1"}]), wrong(current="9"), wrong(current=1), wrong(branches={"a": "9"}),
        wrong(branches=[]), wrong(redo={"1": "3"}), wrong(redo={"7": "1"}), wrong(locks=[{"where": 1}]),
        wrong(locks=[{"where": "1", "layer": "tempo"}]), wrong(locks={"a": 1}),
        wrong(proposals={}), wrong(proposals=[{"id": "p1", "base": "77", "task": "infill"}]),
    ],
)  # fmt: skip
def test_what_is_no_tree_is_refused(tree: dict[str, Any]) -> None:
    with pytest.raises(FormatError) as caught:
        state_from_plain({}, tree)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.zh)
