"""Small projects for the tests of the command line."""

from __future__ import annotations

from pathlib import Path

from motet.io import write
from motet.project import Project
from motet.score import Score, make_score, rename

__all__ = ["make_project", "small_score"]


def small_score() -> Score:
    """Four bars for a tune and a bass, with chords."""
    score = make_score(
        "C5:1 D5:1 E5:2 | G5:3 E5:1 | D5:2 B4:2 | C5:4", "C3:2 G2:2 | C3:4 | G2:4 | C3:4",
        chords="C:8 G:4 C:4", fifths=0,
    )  # fmt: skip
    return rename(rename(score, part=0, name="Tune"), part=1, name="Bass")


def make_project(folder: Path) -> Path:
    """Write ``a.motet`` and ``a.mid``, and return the first."""
    write(small_score(), folder / "a.mid")
    return Project.start(small_score(), title="Small").save(folder / "a.motet")
