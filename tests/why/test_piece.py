"""What an explanation starts from: files, records, projects."""

from __future__ import annotations

from pathlib import Path

import pytest

import motet
from motet.score import make_score
from motet.why.piece import open_piece


@pytest.mark.parametrize("ending", ["mid", "musicxml", "json"])
def test_the_record_in_a_file_brings_its_brief(tmp_path: Path, ending: str) -> None:
    made = motet.compose(
        bars=4, key="D", parts="flute:melody", ground="arranger", candidates=1, seed=7
    )
    made.write(tmp_path / f"a.{ending}")
    found = open_piece(tmp_path / f"a.{ending}")
    assert found.brief is not None
    assert (found.brief.seed, found.brief.key) == (7, "D")
    assert found.is_whole_task
    assert found.score.n_bars == 4


def test_a_bare_score_has_no_story() -> None:
    found = open_piece(make_score("C5:4", "C3:4"))
    assert (found.record, found.brief, found.bundle) == (None, None, "")
    assert found.melody == 0


def test_a_project_brings_the_brief_of_its_first_step(tmp_path: Path) -> None:
    made = motet.compose(bars=4, parts="flute:melody", ground="arranger", candidates=1, seed=7)
    motet.Project.start(made).save(tmp_path / "a.motet")
    found = open_piece(tmp_path / "a.motet")
    assert found.project is not None
    assert found.brief is not None
    assert found.brief.seed == 7
