"""Phrases are cut once, weighed by piece, drawn by step, and packed to be carried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motet.errors import CorpusError
from motet.phrases.kinds import PhraseKind, register_kind
from motet.score import make_score
from motet.tokens import score_to_grid
from motet.tokens.layout import GridScore
from motet.train.phrases import (
    PhraseRows,
    load_phrases,
    pack_phrases,
    prepare_phrases,
    sample_phrases,
)
from motet.train.pieces import Pieces

CUT: list[int] = []


@dataclass(frozen=True, kw_only=True)
class Options:
    """How many notes a phrase has."""

    length: int = 2


def cut(grid: GridScore, options: Options) -> list[dict[str, Any]]:
    pitches = grid.notes["pitch"].astype(np.int16)
    CUT.append(len(pitches))
    n = len(pitches) // options.length
    return [{"pitch": one} for one in pitches[: n * options.length].reshape(n, options.length)]


KIND = PhraseKind(
    name="notes-in-order",
    options=Options,
    extract=cut,
    vary=lambda batch, rng: {"pitch": batch["pitch"] + np.int16(100 * rng.integers(0, 2))},
)
register_kind(KIND)


def pieces_of(*bars: int) -> Pieces:
    """Pieces of so many bars; each bar is four equal notes, one pitch a piece."""
    made = []
    for k, n in enumerate(bars):
        grid = score_to_grid(make_score(" | ".join(["C4:1 C4:1 C4:1 C4:1"] * n))).grid
        notes = grid.notes.copy()
        notes["pitch"] = 40 + k
        made.append(replace(grid, notes=notes))
    return Pieces(made)


def test_phrases_are_cut_once_for_the_same_question(tmp_path: Path) -> None:
    CUT.clear()
    pieces, path = pieces_of(1, 3), tmp_path / "new" / "a.npz"
    for options, n_cut in (({}, 2), ({}, 2), ({"length": 4}, 4), ({"length": 4}, 4)):
        assert prepare_phrases(pieces, KIND, options, path) == path
        assert len(CUT) == n_cut
    assert load_phrases(path)["pitch"].tolist() == [[40] * 4] + [[41] * 4] * 3
    prepare_phrases(pieces, KIND, {"length": 4}, path, facts={"corpus": "another"})
    assert len(CUT) == 6
    assert [one.name for one in path.parent.iterdir()] == ["a.npz"]


def test_a_piece_weighs_what_it_weighs_however_many_phrases_it_gives(tmp_path: Path) -> None:
    pieces = pieces_of(1, 3)
    pieces.draw_weights = lambda: np.array([0.5, 0.5])
    path = prepare_phrases(pieces, KIND, {}, tmp_path / "a.npz")
    weights = load_phrases(path)["weight_of_phrase"]
    assert weights == pytest.approx([1 / 4] * 2 + [1 / 12] * 6)
    rows = PhraseRows(path, kind=KIND.name, seed=0)
    drawn = Counter((rows.rows(0, 4000)["pitch"][:, 0] % 100).tolist())
    assert drawn[40] / 4000 == pytest.approx(0.5, abs=0.04)


def test_rows_of_a_step_are_always_the_same(tmp_path: Path) -> None:
    path = prepare_phrases(pieces_of(2, 2, 2), KIND, {}, tmp_path / "a.npz")
    one, two = (PhraseRows(path, kind=KIND.name, seed=3) for _ in range(2))
    steps = [two.rows(step, 6)["pitch"] for step in range(6)]
    assert np.array_equal(one.rows(4, 6)["pitch"], steps[4])
    assert len({step.tobytes() for step in steps}) == 6
    assert {int(step[0, 0]) // 100 for step in steps} == {0, 1}  # varied
    other = PhraseRows(path, kind=KIND.name, seed=4)
    assert not np.array_equal(other.rows(4, 6)["pitch"], steps[4])


def test_few_pieces_of_many_are_drawn_by_weight_and_then_count_alike(tmp_path: Path) -> None:
    pieces = pieces_of(*[1] * 40)
    chance = np.array([0.0] * 20 + [0.05] * 20)
    pieces.draw_weights = lambda: chance
    path = prepare_phrases(pieces, KIND, {"length": 4}, tmp_path / "a.npz", pieces=10)
    arrays = load_phrases(path)
    assert len(arrays["pitch"]) == 10
    assert int(arrays["pitch"].min()) >= 60
    assert arrays["weight_of_phrase"] == pytest.approx([0.1] * 10)


def test_packed_phrases_are_fewer_and_keep_their_share(tmp_path: Path) -> None:
    pieces = pieces_of(50, 50)
    pieces.draw_weights = lambda: np.array([0.75, 0.25])
    path = prepare_phrases(pieces, KIND, {}, tmp_path / "a.npz")
    assert pack_phrases(path, tmp_path / "b.npz", n_phrases=60) == 60
    arrays = load_phrases(tmp_path / "b.npz")
    first = float(arrays["weight_of_phrase"][arrays["pitch"][:, 0] == 40].sum())
    assert first == pytest.approx(0.75, abs=0.12)
    assert pack_phrases(path, path, n_phrases=10**6) == 200
    assert PhraseRows(path, kind=KIND.name, seed=0).facts["kind"] == KIND.name


def test_phrases_to_measure_on_are_fixed_and_have_no_weights(tmp_path: Path) -> None:
    arrays = load_phrases(prepare_phrases(pieces_of(9), KIND, {}, tmp_path / "a.npz"))
    found = sample_phrases(arrays, 5)
    assert set(found) == {"pitch"}
    assert found["pitch"].shape == (5, 2)
    assert np.array_equal(found["pitch"], sample_phrases(arrays, 5)["pitch"])


def test_nothing_to_cut_and_a_damaged_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no piece of this split has a phrase"):
        prepare_phrases(pieces_of(1), KIND, {"length": 99}, tmp_path / "a.npz")
    assert not list(tmp_path.iterdir())
    path = prepare_phrases(pieces_of(1), KIND, {}, tmp_path / "a.npz")
    path.write_bytes(path.read_bytes()[:90])
    with pytest.raises(CorpusError, match="prepare them again"):
        load_phrases(path)
    CUT.clear()
    prepare_phrases(pieces_of(1), KIND, {}, path)
    assert CUT
