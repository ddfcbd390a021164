"""Form: known sections come back, and single bars are compared by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from motet.analysis.sections import bar_similarity, find_sections
from motet.score import make_score

A = "C4+E4+G4:2 F4+A4+C5:2 G4+B4+D5:2 C4+E4+G4:2 " * 4
B = "A3:1 C#4:1 E4:1 C#4:1 D4:1 F#4:1 A4:1 F#4:1 " * 4


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (A + B + A, [("A", 0, 8), ("B", 8, 16), ("A", 16, 24)]),
        (B + B + A + B, None),
    ],
)
def test_known_forms_come_back(text: str, form: list[tuple[str, int, int]] | None) -> None:
    found = find_sections(make_score(text))
    if form is not None:
        assert [(one.label, one.start_bar, one.end_bar) for one in found] == form
    starts = {one.start_bar for one in found}
    assert {16, 24} <= starts or form is not None


def test_sections_cover_every_bar_once() -> None:
    score = make_score(A + B[: len(B) // 2] + A)
    found = find_sections(score)
    assert found[0].start_bar == 0
    assert found[-1].end_bar == score.n_bars
    assert all(a.end_bar == b.start_bar for a, b in itertools.pairwise(found))
    assert all(0 <= one.strength <= 1 for one in found)


def test_short_and_empty_scores_are_one_section() -> None:
    assert [(one.label, one.end_bar) for one in find_sections(make_score())] == [("A", 1)]
    assert len(find_sections(make_score("C4:4 D4:4"))) == 1


def test_likeness_is_symmetric_and_whole_for_equal_bars() -> None:
    found = bar_similarity(make_score("C4:4 | C4:4 | F#5:1 F#5:1 F#5:2"))
    assert np.allclose(found, found.T)
    assert found[0, 1] == pytest.approx(1.0)
    assert found[0, 2] < 0.7
    assert bar_similarity(make_score()).shape == (1, 1)
