"""Reasons: the weakest bars, the part to blame, figures only where the piece is long enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from motet.phrases.judged import extract_judged
from motet.phrases.kinds import Batch
from motet.score import make_score
from motet.tasks.judge import Heard
from motet.tasks.judge_reasons import find_reasons
from motet.tokens import score_to_grid

SCORE = make_score("E5:1 F5:1 G5:2 | " * 12, "C3:2 G3:2 | " * 12, fifths=0)
GRID = score_to_grid(SCORE).grid
PHRASES = extract_judged(GRID)


def _as_without_bass(phrases: Sequence[Batch]) -> npt.NDArray[np.float64]:
    """A judge who minds the bass alone."""
    return np.array([0.0 if one["present"][2] else 3.0 for one in phrases])


def test_bars_and_part_are_named() -> None:
    heard = Heard(phrases=PHRASES, marks=np.array([0.0, 0.0, -4.0]))
    told = find_reasons(SCORE, GRID, heard, _as_without_bass)
    assert told[0].startswith("the bass")
    assert told[0].endswith("pulls it down most")
    assert told[1] == "bars 9 to 12 are the weakest"
    assert len(told) <= 4
    chinese = find_reasons(SCORE, GRID, heard, _as_without_bass, language="zh")
    assert "低音" in chinese[0]
    assert chinese[1] == "第 9 至 12 小节最弱"


def test_figures_of_length_are_for_long_pieces() -> None:
    heard = Heard(phrases=PHRASES, marks=np.zeros(3))
    told = find_reasons(SCORE, GRID, heard, lambda rows: np.zeros(len(rows)))
    assert any(one.startswith("the same bar again and again") for one in told)
    short = make_score("E5:1 F5:1 G5:2 | " * 4, fifths=0)
    grid = score_to_grid(short).grid
    heard = Heard(phrases=extract_judged(grid), marks=np.zeros(1))
    told = find_reasons(short, grid, heard, lambda rows: np.zeros(len(rows)))
    assert not any("again and again" in one for one in told)
