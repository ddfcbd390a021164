"""The line beside the tune: judged by ear-like figures, written by a model within bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.score import Score, make_score
from motet.tasks import restyle
from motet.tasks.restyle.answer import judge_line
from tiny_bundle import make_tiny_bundle


def test_a_line_that_answers_is_better_than_one_that_doubles_or_clashes() -> None:
    tune = make_score("C5:2 D5:2 | E5:4").parts[0]
    lines = make_score(
        "r:1 E4:1 F4:1 G4:1 | r:2 G4:1 C5:1", "C5:2 D5:2 | E5:4", "B4:2 C#5:2 | D#5:4"
    )
    answer, double, clash = (judge_line(part, tune, 480) for part in lines.parts)
    assert answer > double
    assert answer > clash


def test_no_line_is_worth_nothing() -> None:
    tune = make_score("C5:4").parts[0]
    assert judge_line(make_score("E4:4").parts[0], tune, 480) == 0.0


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_a_model_writes_no_more_than_the_line(song: Score, bundle: str, tmp_path: Path) -> None:
    piece = restyle(song, to="chamber", bundle=bundle, seed=3)
    assert piece.adherence.is_met
    assert {w for part, w in zip(piece.parts, piece.writers, strict=True) if part.role != "counter"} <= {
        "given", "arranger",
    }  # fmt: skip
    assert any("the arranger's" in en and "编配器" in zh for en, zh in piece.remarks)
    again = restyle(song, to="chamber", bundle=bundle, seed=3)
    assert again.score == piece.score
    assert piece.write(tmp_path / "piece.mid").is_file()


def test_the_model_can_be_left_out(song: Score, bundle: str) -> None:
    piece = restyle(song, to="chamber", bundle=bundle, ground="arranger")
    assert piece.bundle == ""
    assert "model" not in piece.writers
