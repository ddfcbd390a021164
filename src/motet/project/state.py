"""The whole of a project as a value: its tree, branches, locks and proposals; scores by their digest.

Conventions: immutable; every change gives a new state. `redo` names, for each node, the child that was
left last. Nothing is ever taken out but by pruning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from motet.errors import FormatError
from motet.project.lock import LAYERS, Lock
from motet.project.node import Node, Proposal, from_plain, to_plain

__all__ = ["MAIN", "State", "digest_of", "now", "state_from_plain", "state_to_plain"]

MAIN = "main"
_MOST_NODES = 100_000


def now() -> str:
    """Return the time, UTC, to the second: ``2026-11-22T19:04:05Z``.

    Examples
    --------
    >>> len(now()), now()[-1]
    (20, 'Z')
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest_of(data: bytes) -> str:
    """Return what a score is called in a project: the first 16 digits of its SHA-256.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    str

    Examples
    --------
    >>> digest_of(b"")
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(data).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class State:
    """What a project knows.

    Parameters
    ----------
    title : str
    created : str
    nodes : dict of str to Node
        By identifier, oldest first.
    current : str
    branch : str
        The branch that goes on from here.
    branches : dict of str to str
        The newest node of each.
    redo : dict of str to str
    locks : tuple of Lock
    proposals : tuple of Proposal
        Oldest first.
    """

    title: str = ""
    created: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    current: str = ""
    branch: str = MAIN
    branches: dict[str, str] = field(default_factory=dict)
    redo: dict[str, str] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    def add(self, node: Node) -> State:
        """Return the state with one more node, which becomes the current one."""
        redo = {**self.redo, node.parent: node.id} if node.parent else self.redo
        return replace(
            self,
            nodes={**self.nodes, node.id: node},
            current=node.id,
            redo=redo,
            branches={**self.branches, self.branch: node.id},
        )

    @property
    def next_id(self) -> str:
        """The identifier that the next node gets."""
        return str(1 + max((int(one) for one in self.nodes), default=0))

    def line(self, node: str) -> tuple[Node, ...]:
        """Return the nodes from the root to one, both taken."""
        found: list[Node] = []
        while node:
            found.append(self.nodes[node])
            node = found[-1].parent
        return tuple(reversed(found))

    def children(self, node: str) -> tuple[Node, ...]:
        """Return the nodes that were made from one, oldest first; the root for an empty name."""
        return tuple(one for one in self.nodes.values() if one.parent == node)

    def digests(self) -> tuple[str, ...]:
        """Return the names of all scores that are still needed, each once."""
        names = [node.score for node in self.nodes.values()]
        names += [one.score for p in self.proposals for one in p.candidates if one.score]
        return tuple(dict.fromkeys(names))


def state_to_plain(state: State) -> dict[str, Any]:
    """Return what ``tree.json`` holds.

    Parameters
    ----------
    state : State

    Returns
    -------
    dict

    Examples
    --------
    >>> state_to_plain(State().add(Node(id="1", score="a")))["nodes"]
    [{'id': '1', 'task': 'start', 'score': 'a'}]
    """
    return {
        "current": state.current,
        "branch": state.branch,
        "branches": state.branches,
        "redo": state.redo,
        "locks": [{"where": one.where, "layer": one.layer} for one in state.locks],
        "nodes": [to_plain(one) for one in state.nodes.values()],
        "proposals": [to_plain(one) for one in state.proposals],
    }


def state_from_plain(manifest: Mapping[str, Any], tree: Mapping[str, Any]) -> State:
    """Return the state that a project file holds, checked.

    Parameters
    ----------
    manifest, tree : mapping
        ``manifest.json`` and ``tree.json`` of format 1.

    Returns
    -------
    State

    Raises
    ------
    FormatError
        A key is missing, or the nodes make no tree.

    Examples
    --------
    >>> state_from_plain({}, {"nodes": []})
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: tree.json: the project has no step at all
    """
    nodes: dict[str, Node] = {}
    entries = tree.get("nodes")
    for k, one in enumerate(entries if isinstance(entries, list) else ()):
        node = from_plain(Node, one, place=f"tree.json, nodes[{k}]")
        _check_node(node, nodes, k)
        nodes[node.id] = node
    if not nodes:
        raise _damaged("the project has no step at all", "工程中没有任何步骤")
    if len(nodes) > _MOST_NODES:
        raise _damaged(f"there are over {_MOST_NODES:,} steps", f"步骤超过 {_MOST_NODES:,} 个")
    state = State(
        title=_text(manifest, "title"),
        created=_text(manifest, "created"),
        nodes=nodes,
        current=_text(tree, "current"),
        branch=_text(tree, "branch") or MAIN,
        branches=_texts(tree, "branches"),
        redo=_texts(tree, "redo"),
        locks=_locks(tree.get("locks", [])),
        proposals=_proposals(tree.get("proposals", [])),
    )
    named = [state.current, *state.branches.values(), *state.redo.values(), *state.redo]
    named += [one.base for one in state.proposals]
    lost = [one for one in named if one not in nodes]
    if lost:
        raise _damaged(f"there is no step {lost[0][:40]!r}", f"没有第 {lost[0][:40]!r} 步")
    strays = [one for one in state.redo if nodes[state.redo[one]].parent != one]
    if strays:
        raise _damaged(f"step {strays[0]} has no such child", f"第 {strays[0]} 步没有这样的后继")
    return state


def _check_node(node: Node, earlier: Mapping[str, Node], k: int) -> None:
    """Refuse nodes that make no tree: parents come before their children, roots come first."""
    is_number = node.id.isascii() and node.id.isdigit() and len(node.id) < 10 and node.id[0] != "0"
    has_parent = node.parent in earlier if k else not node.parent
    if not is_number or node.id in earlier or not has_parent or not node.score:
        raise _damaged(
            f"entry {k} of the nodes ({node.id[:20]!r}) has no place in the tree",
            f"第 {k} 个节点({node.id[:20]!r})在历史树中没有位置",
        )


def _locks(value: Any) -> tuple[Lock, ...]:
    found = []
    for one in value if isinstance(value, list) else [value]:
        is_sound = isinstance(one, dict) and set(one) == {"where", "layer"}
        if not is_sound or not isinstance(one["where"], str) or one["layer"] not in LAYERS:
            raise _damaged(f"this is no lock: {str(one)[:60]}", f"这不是锁定:{str(one)[:60]}")
        found.append(Lock(one["where"], one["layer"]))
    return tuple(found)


def _proposals(value: Any) -> tuple[Proposal, ...]:
    if not isinstance(value, list):
        raise _damaged("proposals must be a list", "proposals 应为列表")
    return tuple(
        from_plain(Proposal, one, place=f"tree.json, proposals[{k}]") for k, one in enumerate(value)
    )


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise _damaged(f"{key} must be text", f"{key} 应为文字")
    return value


def _texts(table: Mapping[str, Any], key: str) -> dict[str, str]:
    value = table.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _damaged(f"{key} must hold texts", f"{key} 应为文字表")
    return dict(value)


def _damaged(en: str, zh: str) -> FormatError:
    return FormatError(en, zh=zh, place="tree.json")
