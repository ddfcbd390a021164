"""Two versions beside each other, as plain values.

Offers `compare_versions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motet.project import compare_scores

if TYPE_CHECKING:
    from motet.project import Project

__all__ = ["compare_versions"]


def compare_versions(project: Project, before: str, after: str | None = None) -> dict[str, Any]:
    """Return a comparison: counts, lines in words, cells of the later version with their kind.

    Raises
    ------
    ParameterError
        There is no such version.

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> project = Project.start(make_score("C4:4 D4:4"))
    >>> node = project.edit(make_score("C4:4 E4:4"))
    >>> compare_versions(project, "1")["cells"]
    [{'part': 0, 'bar': 1, 'kind': 'rhythm'}]
    """
    one = project.score_of(before)
    two = project.score if after is None else project.score_of(after)
    found = compare_scores(one, two)
    rows = {part.name: k for k, part in reversed(list(enumerate(two.parts)))}
    bars = {bar.number: bar.index for bar in reversed(two.bars)}
    lines = zip(found.tell("en"), found.tell("zh"), strict=True)
    return {
        "is_same": found.is_same,
        "counts": found.counts(),
        "lines": [{"en": en, "zh": zh} for en, zh in lines],
        "cells": [
            {"part": rows[line.part], "bar": bars[line.after or line.before], "kind": line.kind}
            for line in found.lines
            if line.kind != "same" and line.part in rows and (line.after or line.before) in bars
        ],
        "facts": found.facts(),
    }
