"""Fast chords: read by hand, in any metre, and as the slower estimator reads them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.analysis import estimate_chords
from motet.corpus.chord_match import match_chords
from motet.score import make_score
from motet.tokens import GridScore, score_to_grid
from motet.tokens.grid import keep_parts
from motet.tokens.harmony import chord_of


def names(grid: GridScore) -> list[tuple[int, int, str]]:
    found = match_chords(grid)
    return [
        (int(row["bar"]), int(row["pos"]), chord_of(int(row["chord"]), int(row["bass"])).symbol)
        for row in found
    ]


def test_reads_full_chords_in_their_bars() -> None:
    score = make_score(
        "C4+E4+G4:4 | F4+A4+C5:2 B3+D4+G4:2 | C4+E4+A4:4 | B3+D4+F4+G4:2 C4+E4+G4:2",
        "C3:4 | F2:2 G2:2 | A2:4 | G2:2 C3:2",
    )
    assert [name for _, _, name in names(score_to_grid(score).grid)] == [
        "C", "F", "G", "Am", "G7", "C",
    ]  # fmt: skip


def test_knows_the_bass() -> None:
    score = make_score("C4+E4+G4:4 | B3+D4+G4:4 | C4+E4+G4:4", "E3:4 | G2:4 | C3:4")
    assert [name for *_, name in names(score_to_grid(score).grid)] == ["C/E", "G", "C"]


def test_counts_three_and_six_eight() -> None:
    waltz = make_score("E4+G4:3 | F4+B4:3 | E4+G4:3", "C3:3 | G2:3 | C3:3", metre="3/4")
    assert [row[:2] for row in names(score_to_grid(waltz).grid)] == [(0, 0), (1, 0), (2, 0)]
    jig = make_score("E4+G4:1.5 D4+B3:1.5 | C4+E4:3", "C3:1.5 G2:1.5 | C3:3", metre="6/8")
    assert [row[:2] for row in names(score_to_grid(jig).grid)] == [(0, 0), (0, 36), (1, 0)]


def test_a_bare_melody_is_never_sure() -> None:
    score = make_score("C4:1 E4:1 G4:1 E4:1 | D4:1 F4:1 B4:1 D4:1 | C4:4")
    assert (match_chords(score_to_grid(score).grid)["confidence"] <= 0.5).all()


def test_hears_no_drums() -> None:
    score = make_score("C4:4 | C4:4", "drums 36:1 38:1 36:1 38:1 | 36:4")
    grid = score_to_grid(score).grid
    drums = [k for k, part in enumerate(grid.parts) if part.is_drums]
    assert not len(match_chords(keep_parts(grid, drums)))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(("C", "F", "G", "Am", "Dm", "Em")), min_size=3, max_size=8))
def test_agrees_with_the_slower_estimator(symbols: list[str]) -> None:
    tones = {
        "C": "C3+E4+G4", "F": "F3+A4+C5", "G": "G2+B3+D4", "Am": "A2+C4+E4", "Dm": "D3+F4+A4",
        "Em": "E3+G4+B4",
    }  # fmt: skip
    score = make_score(" | ".join(f"{tones[name]}:4" for name in ("C", *symbols)))
    grid = score_to_grid(score).grid
    fast = match_chords(grid)
    at = np.searchsorted(fast["bar"], np.arange(grid.n_bars), side="right") - 1
    slow = [
        one.chord.root_pc
        for one in estimate_chords(score)
        for _ in range(round((one.end_tick - one.start_tick) / (4 * score.resolution)))
    ]
    shift = grid.shift_semi
    found = [(int(fast["chord"][k]) // 20 - shift) % 12 for k in at]
    same = sum(a == b for a, b in zip(found, slow, strict=False))
    assert same >= 0.8 * len(found)
