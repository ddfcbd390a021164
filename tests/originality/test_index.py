"""Tests of motet.originality.index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motet.errors import CorpusError
from motet.originality import Index, load_index
from motet.originality.store import write_store
from motet.score import Score, make_score, transpose
from motet.tokens import GridScore, shift_grid, window
from tiny_corpus import random_tune


def test_a_piece_is_its_own_neighbour(index: Index, tunes: list[GridScore]) -> None:
    found = index.nearest(tunes[7])
    assert found is not None
    assert found.piece == "made/7"
    assert (found.own_bars, found.their_bars) == ((1, 12), (1, 12))
    assert (found.shift_semi, found.tempo_ratio) == (0, 1.0)
    assert found.n_notes == found.n_verbatim == 48
    assert np.isnan(found.percentile)


@pytest.mark.parametrize("shift", [-5, 3, 11])
def test_another_key_is_seen_through(index: Index, shift: int) -> None:
    score: Score = transpose(random_tune(7), shift_semi=shift)
    found = index.nearest(score)
    assert found is not None
    assert (found.piece, found.shift_semi) == ("made/7", shift)


def test_another_tempo_is_seen_through(index: Index) -> None:
    score = random_tune(3)
    names = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    slow = " ".join(f"{names[n.pitch % 12]}{n.pitch // 12 - 1}:2" for n in score.parts[0].notes)
    found = index.nearest(make_score(slow, fifths=0))
    assert found is not None
    assert (found.piece, found.tempo_ratio) == ("made/3", 2.0)


def test_four_bars_are_found_where_they_are(index: Index, tunes: list[GridScore]) -> None:
    found = index.nearest(window(tunes[11], 4, 8))
    assert found is not None
    assert (found.piece, found.own_bars, found.their_bars) == ("made/11", (1, 4), (5, 8))


def test_strangers_are_less_alike(
    index: Index, tunes: list[GridScore], strangers: list[GridScore]
) -> None:
    copies = [found.bits for one in tunes[:8] if (found := index.nearest(one))]
    others = [found.bits if (found := index.nearest(one)) else 0.0 for one in strangers]
    assert min(copies) > 3 * max(others)


def test_only_the_cells_asked_for_are_judged(index: Index, tunes: list[GridScore]) -> None:
    found = index.nearest(tunes[5], cells={(bar, 1) for bar in range(12)})
    assert found is not None
    assert (found.piece, found.part) == ("made/5", 1)
    assert index.nearest(tunes[5], cells={(0, 0)}) is None


def test_scales_and_repeated_notes_are_nobodys(index: Index) -> None:
    scale = " | ".join(["C4:1 D4:1 E4:1 F4:1", "G4:1 A4:1 B4:1 C5:1"] * 6)
    assert index.nearest(make_score(scale)) is None
    assert index.nearest(make_score(" | ".join(["C4:1 C4:1 C4:1 C4:1"] * 6))) is None


def test_shifting_the_grid_alone_changes_the_shift_only(
    index: Index, tunes: list[GridScore]
) -> None:
    one, two = index.nearest(tunes[2]), index.nearest(shift_grid(tunes[2], 2))
    assert one is not None
    assert two is not None
    assert abs(one.bits - two.bits) < 1e-3


def test_the_same_from_its_file(index: Index, tunes: list[GridScore], tmp_path: Path) -> None:
    path = write_store(tmp_path / "index.npz", index.store)
    again = load_index(path).nearest(tunes[9])
    first = index.nearest(tunes[9])
    assert again is not None
    assert first is not None
    assert again.to_dict() == first.to_dict()


def test_no_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no originality index"):
        load_index(tmp_path / "none.npz")
