"""Projects: a piece with its history as a tree, what is locked of it, and what is proposed for the rest.

Conventions: one file, ``.motet``, see docs/project-file.md. Bars are numbered as people count them, locks and
selections are texts (``"Bass:5-8"``).
"""

from motet.project.compare import Comparison, compare_scores
from motet.project.keep import check_kept
from motet.project.lock import LAYERS, Lock
from motet.project.node import WRITERS, Candidate, Node, Proposal
from motet.project.project import Project
from motet.project.propose import TASKS

__all__ = [
    "LAYERS",
    "TASKS",
    "WRITERS",
    "Candidate",
    "Comparison",
    "Lock",
    "Node",
    "Project",
    "Proposal",
    "check_kept",
    "compare_scores",
]
