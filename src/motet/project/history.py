"""The history of a project: its tree of steps, going about in it, and its file.

Conventions: see `motet.project.project`. A score is stored once, by its digest, and read when it is asked for.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from motet.errors import ParameterError
from motet.io import read_json, write_json
from motet.io.limits import load_bytes
from motet.io.motet_file import MAX_PROJECT_BYTES
from motet.project.carry import carry_locks
from motet.project.node import Node, Proposal
from motet.project.pack import motet_version, pack, unpack
from motet.project.state import MAIN, State, digest_of, now
from motet.project.storage import replace_file
from motet.score import Score

__all__ = ["History", "no_proposal"]


class History:
    """The steps of a project, and the scores that they name.

    Parameters
    ----------
    state : State
    scores : dict of str to bytes
        Motet JSON by digest.
    """

    def __init__(self, state: State, scores: dict[str, bytes]) -> None:
        self.state = state
        self._scores = scores
        self._read: dict[str, Score] = {}
        self._path = ""
        self._seen = ""

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Return the project of a file.

        Raises
        ------
        FormatError
            It is no project, damaged, or of a newer format.
        ParameterError
            There is no such file.
        """
        data, name = load_bytes(Path(path), max_bytes=MAX_PROJECT_BYTES)
        state, scores = unpack(data, path=name)
        project = cls(state, scores)
        project._path, project._seen = os.path.realpath(path), _sha(data)
        return project

    def save(self, path: str | Path | None = None) -> Path:
        """Write the project, whole or not at all, and return the path; None is where it came from.

        Raises
        ------
        BusyError
            The file has changed since it was opened.
        ParameterError
            There is another file of that name, or it cannot be written.
        """
        target = Path(path) if path is not None else Path(self._path)
        if path is None and not self._path:
            raise ParameterError(
                "a new project needs a path to be saved under; give one that ends in .motet",
                zh="新工程保存时需要路径;请给出以 .motet 结尾的文件名",
            )
        place = os.path.realpath(target)
        seen = self._seen if place == self._path else ""
        data = pack(self.state, self._scores, beside=self._beside())
        self._seen = replace_file(target, data, seen=seen)
        self._path = place
        return target

    @property
    def title(self) -> str:
        """The title."""
        return self.state.title

    @property
    def score(self) -> Score:
        """The piece as it is now."""
        return self.score_of(self.current.id)

    @property
    def current(self) -> Node:
        """The step at which the piece is now."""
        return self.state.nodes[self.state.current]

    @property
    def tree(self) -> tuple[Node, ...]:
        """All steps, oldest first; each names its parent."""
        return tuple(self.state.nodes.values())

    @property
    def steps(self) -> tuple[Node, ...]:
        """The steps that led to the current one, from the first on."""
        return self.state.line(self.current.id)

    @property
    def proposal(self) -> Proposal | None:
        """The newest proposal that was not discarded."""
        kept = [one for one in self.state.proposals if one.state != "discarded"]
        return kept[-1] if kept else None

    def score_of(self, name: str | int) -> Score:
        """Return the score of a step (``"3"``), a branch, or a candidate (``"p1.2"``)."""
        digest = self._digest(str(name))
        found = self._read.get(digest)
        if found is None:
            found = self._read[digest] = read_json(self._scores[digest]).score
        return found

    def rename(self, title: str) -> None:
        """Give the piece another title; its steps stay as they are."""
        self.state = replace(self.state, title=title.strip() or self.state.title)

    def score_data(self, digest: str) -> bytes:
        """Return a score as it is kept: Motet JSON, by its digest."""
        return self._scores[digest]

    def share_scores(self, read: dict[str, Score]) -> None:
        """Keep scores, once they are read, in a place that others share; they never change."""
        self._read = read

    def undo(self, steps: int = 1) -> Node:
        """Go back by so many steps and return the step that is current then.

        Raises
        ------
        ParameterError
            There is nothing to undo.
        """
        node = self.current
        for _ in range(max(1, steps)):
            if not node.parent:
                raise ParameterError(
                    "there is nothing to undo; this is the first step",
                    zh="没有可撤销的步骤;已是第一步",
                )
            node = self.state.nodes[node.parent]
        return self.go(node.id)

    def redo(self, steps: int = 1) -> Node:
        """Go forward again by so many steps, to where `undo` came from.

        Raises
        ------
        ParameterError
            There is nothing to redo.
        """
        name = self.current.id
        for _ in range(max(1, steps)):
            if name not in self.state.redo:
                raise ParameterError("there is nothing to redo", zh="没有可重做的步骤")
            name = self.state.redo[name]
        return self.go(name)

    def go(self, name: str | int) -> Node:
        """Go to any step or branch, and return the step.

        Raises
        ------
        ParameterError
            There is no such step or branch.
        """
        text = str(name)
        node = self._node(text)
        branch = text if text in self.state.branches else self._branch_of(node)
        redo = dict(self.state.redo)
        for one in self.state.line(node.id)[1:]:
            redo[one.parent] = one.id
        locks = carry_locks(self.state, self.current.id, node.id, score_of=self.score_of)
        self.state = replace(self.state, current=node.id, branch=branch, redo=redo, locks=locks)
        return node

    def _branch_of(self, node: Node) -> str:
        """Return the branch that goes through a step: the present one if it does, else the first."""
        own = self.state.branch
        for name in (own, *self.state.branches):
            if node in self.state.line(self.state.branches.get(name, "")):
                return name
        return own

    def branch(self, name: str) -> None:
        """Begin a branch here; what is accepted from now on belongs to it.

        Raises
        ------
        ParameterError
            The name is empty, a number, or taken.
        """
        text = name.strip()
        if not text or text.isdigit() or "." in text or text in self.state.branches:
            raise ParameterError(
                f"a branch needs a name that is no number, has no dot and is not taken, got {name!r}",
                zh=f"分支名不能是数字、不能含句点,也不能与已有分支重名,收到 {name!r}",
            )
        branches = {MAIN: self.current.id, **self.state.branches, text: self.current.id}
        self.state = replace(self.state, branch=text, branches=branches)

    def _beside(self) -> dict[str, bytes]:
        """Return what lies in the file beside the history, and may be lost without harm."""
        return {}

    def _add(self, score: Score, **known: Any) -> Node:
        """Add a step after the current one and go there."""
        node = Node(
            id=self.state.next_id, parent=self.state.current, score=self._store(score), time=now(),
            version=motet_version(), **known,
        )  # fmt: skip
        self.state = self.state.add(node)
        return node

    def _store(self, score: Score) -> str:
        """Keep a score and return its digest."""
        data = write_json(score)
        name = digest_of(data)
        self._scores[name] = data
        self._read[name] = score
        return name

    def _node(self, name: str) -> Node:
        """Return a step by its number or the name of a branch."""
        found = self.state.nodes.get(self.state.branches.get(name, name))
        if found is None:
            raise ParameterError(
                f"there is no step or branch {name!r}; steps are 1 to {len(self.state.nodes)}, "
                f"branches {', '.join(self.state.branches)}",
                zh=f"没有步骤或分支 {name!r};步骤为 1 到 {len(self.state.nodes)},"
                f"分支为 {'、'.join(self.state.branches)}",
            )
        return found

    def _digest(self, name: str) -> str:
        """Return the digest of the score that a name means."""
        if name.startswith("p") and "." in name and name not in self.state.branches:
            proposal, place = self._candidate(name)
            return proposal.candidates[place].score
        return self._node(name).score

    def _proposal(self, name: str) -> Proposal:
        for one in self.state.proposals:
            if one.id == name:
                return one
        raise ParameterError(
            f"there is no proposal {name!r}; see motet project show",
            zh=f"没有提案 {name!r};见 motet project show",
        )

    def _candidate(self, name: str) -> tuple[Proposal, int]:
        """Return the proposal and the place, from 0, that a candidate's name means."""
        head, dot, tail = name.rpartition(".")
        found = self._proposal(head) if dot else self.proposal
        if found is None:
            raise no_proposal()
        place = int(tail) - 1 if tail.isascii() and tail.isdigit() else -1
        if not 0 <= place < len(found.candidates):
            raise ParameterError(
                f"{found.id} has candidates 1 to {len(found.candidates)}, got {tail!r}",
                zh=f"{found.id} 的候选为 1 到 {len(found.candidates)},收到 {tail!r}",
            )
        if not found.candidates[place].score:
            raise ParameterError(
                f"candidate {found.id}.{tail} was pruned",
                zh=f"候选 {found.id}.{tail} 已被清除",
            )
        return found, place

    def _mark(self, name: str, state: str) -> None:
        """Set the state of a proposal."""
        proposals = tuple(
            replace(one, state=state) if one.id == name else one for one in self.state.proposals
        )
        self.state = replace(self.state, proposals=proposals)


def no_proposal() -> ParameterError:
    """Return the error that nothing was proposed.

    Examples
    --------
    >>> "motet project propose" in no_proposal().en
    True
    """
    return ParameterError(
        "there is no proposal; ask for one: motet project propose FILE",
        zh="还没有提案;请先执行:motet project propose 文件",
    )


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
