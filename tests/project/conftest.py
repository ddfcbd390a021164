"""What the tests of projects share: a tiny model that nobody has trained, and a small piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.engine.bundle import Bundle, load_bundle
from motet.project import Project
from motet.score import Score, make_score, rename
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle of random weights."""
    return load_bundle(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


@pytest.fixture
def piece() -> Score:
    """Eight bars for a tune and a bass, with chords."""
    score = make_score(
        "C5:1 D5:1 E5:2 | G5:3 E5:1 | D5:2 B4:2 | C5:1 D5:1 E5:1 F5:1 | G5:4 | A5:2 G5:2 | E5:4 | C5:4",
        "C3:2 G2:2 | C3:4 | G2:4 | C3:2 G2:2 | C3:4 | F3:2 C3:2 | C3:4 | C3:4",
        fifths=0,
        chords="C:4 C:4 G:4 C:4 C:4 F:2 C:2 C:4 C:4",
    )
    return rename(rename(score, part=0, name="Tune"), part=1, name="Bass")


@pytest.fixture
def project(piece: Score) -> Project:
    """A project around it."""
    return Project.start(piece, title="Small")


@pytest.fixture
def saved(project: Project, tmp_path: Path) -> Path:
    """The file of that project."""
    return project.save(tmp_path / "small.motet")
