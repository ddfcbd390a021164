"""Wrote format-1.motet, once, with the version that brought format 1; later versions must open that file.

Run it only to begin the fixture of another format, under another name.
"""

from __future__ import annotations

import sys
from pathlib import Path

from motet.project import Project
from motet.score import Score, make_score, rename

TUNES = ("C5:1 E5:1 G5:2 | F5:4 | E5:2 D5:2 | C5:4", "C5:1 E5:1 A5:2 | F5:4 | E5:2 D5:2 | C5:4")


def piece(tune: str) -> Score:
    """Four bars."""
    score = make_score(tune, "C3:4 | F2:4 | G2:4 | C3:4", chords="C:4 F:4 G:4 C:4", fifths=0)
    return rename(rename(score, part=0, name="Tune"), part=1, name="Bass")


def make(path: Path) -> Path:
    """Write the project."""
    project = Project.start(piece(TUNES[0]), title="Format one")
    project.take_back(piece(TUNES[1]), note="edited.mid")
    project.undo()
    project.branch("other")
    project.take_back(piece(TUNES[0].replace("C5:4", "C5:2 r:2")), note="other.mid")
    project.lock("Bass:1-2")
    project.lock("Tune:2", layer="rhythm")
    project.lock("3-4", layer="harmony")
    project.propose(n=3, bars="2-3", seed=1)
    project.accept(2, bars="3", parts=["Tune"])
    project.propose(n=2, bars="4", parts=["Bass"], seed=2)
    project.discard()
    project.undo()
    return project.save(path)


if __name__ == "__main__":
    sys.stdout.write(f"{make(Path(__file__).with_name('format-1.motet'))}\n")
