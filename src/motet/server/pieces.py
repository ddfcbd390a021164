"""A version of a project, as exports, sheets and explanations need it: score, record, digest.

Conventions: a version is a step (``"3"``), a branch, a candidate (``"p1.2"``), or None, what is current. The
project itself is never changed.

Offers `VersionOf`, `find_version`.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from motet.provenance import Record, Step, record_of
from motet.provenance.snapshot import digest_notes, take_snapshot

if TYPE_CHECKING:
    from motet.project import Project
    from motet.project.node import Candidate, Proposal
    from motet.score import Score

__all__ = ["VersionOf", "find_version"]


@dataclass(frozen=True, slots=True)
class VersionOf:
    """One version of a project.

    Parameters
    ----------
    project : Project
        Standing at that version, or where its candidate starts from; a copy.
    name : str
        The step, or the candidate.
    digest : str
        Of the score; equal scores have equal digests.
    is_candidate : bool
    """

    project: Project
    name: str
    digest: str
    is_candidate: bool = False

    @property
    def score(self) -> Score:
        """Its score."""
        return self.project.score_of(self.name)

    @property
    def title(self) -> str:
        """Of the project, else of the score."""
        return self.project.title or self.score.title

    def record(self) -> Record:
        """Return how it came to be; of a candidate too, though it was not accepted."""
        known = record_of(self.project)
        if not self.is_candidate:
            return known
        proposal, told = _candidate(self.project, self.name)
        score = self.score
        step = Step(
            task=proposal.task, model=told.bundle, digest=told.bundle_digest, seed=told.seed,
            brief=dict(told.brief), cells=tuple(told.cells),
        )  # fmt: skip
        return replace(
            known, steps=(*known.steps, step), parts=tuple(part.name for part in score.parts),
            written=tuple(told.written), originality={}, digests=digest_notes(score),
            snapshot=take_snapshot(score),
        )  # fmt: skip


def find_version(project: Project, name: str | None = None) -> VersionOf:
    """Return a version of a project.

    Parameters
    ----------
    project : Project
        Not changed.
    name : str or None

    Returns
    -------
    VersionOf

    Raises
    ------
    ParameterError
        There is no such step, branch or candidate.

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> project = Project.start(make_score("C4:4"), title="One")
    >>> find_version(project).name, find_version(project, "1").record().written
    ('1', ('h',))
    """
    own = copy.copy(project)
    if name and _is_candidate(project, name):
        proposal, told = _candidate(own, name)
        own.go(proposal.base)
        return VersionOf(own, name, told.score, True)
    node = own.go(name) if name else own.current
    return VersionOf(own, node.id, node.score)


def _is_candidate(project: Project, name: str) -> bool:
    return name.startswith("p") and "." in name and name not in project.state.branches


def _candidate(project: Project, name: str) -> tuple[Proposal, Candidate]:
    """Return a candidate and its proposal; the error of the project where there is none."""
    project.score_of(name)
    head, _, tail = name.rpartition(".")
    proposal = next(one for one in project.state.proposals if one.id == head)
    return proposal, proposal.candidates[int(tail) - 1]
