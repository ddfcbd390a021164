"""Documents drawn for training are valid, fit, and vary as told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import make_score
from motet.tokens import decode, score_to_grid
from motet.tokens.emotion import grid_emotion
from motet.tokens.grammar import find_error
from motet.tokens.vocab import FAMILIES, token_id
from motet.train.draw import DrawConfig, choose_window, draw_document, draw_holes, draw_order
from tiny_corpus import random_tune

TUNE = score_to_grid(random_tune(1, n_bars=20)).grid
PLAIN = DrawConfig(
    p_short=0, p_shift=0, p_drop_parts=0, p_reorder=0, p_no_chords=0, p_header=0, p_holes=0,
    p_tempo=0, p_octave=0, p_instrument=0,
)  # fmt: skip


@given(st.integers(0, 10**6), st.integers(48, 600))
@settings(max_examples=40)
def test_documents_fit_and_obey_the_grammar(seed: int, budget: int) -> None:
    rng = np.random.default_rng(seed)
    ids = draw_document(TUNE, budget=budget, config=DrawConfig(), rng=rng)
    if ids is None:
        return
    assert len(ids) <= budget
    if ids[-1] == token_id("EOS"):
        assert find_error(ids) is None
    else:
        assert len(ids) == budget
        place, _ = find_error(ids) or (0, "")
        assert place >= len(ids)


def test_the_same_generator_gives_the_same_document() -> None:
    one, two = (
        draw_document(TUNE, budget=300, config=DrawConfig(), rng=np.random.default_rng(3))
        for _ in range(2)
    )
    assert one is not None
    assert two is not None
    assert one.tolist() == two.tolist()


def test_without_variation_a_small_piece_comes_whole() -> None:
    grid = score_to_grid(make_score("C4:1 E4:1 G4:2", fifths=0)).grid
    ids = draw_document(grid, budget=200, config=PLAIN, rng=np.random.default_rng(0))
    assert ids is not None
    assert np.array_equal(decode(ids).notes, grid.notes)


def test_shifts_move_key_and_notes_together() -> None:
    config = replace(PLAIN, p_shift=1)
    shifts = set()
    for seed in range(40):
        ids = draw_document(TUNE, budget=4000, config=config, rng=np.random.default_rng(seed))
        assert ids is not None
        grid = decode(ids)
        shift = int(grid.notes["pitch"][0] - TUNE.notes["pitch"][0])
        assert grid.key == (TUNE.key + 7 * shift) % 84
        shifts.add(shift)
    assert shifts == set(range(-3, 4))


def test_header_fields_are_left_out_at_random() -> None:
    said = []
    for seed in range(200):
        ids = draw_document(TUNE, budget=4000, config=DrawConfig(), rng=np.random.default_rng(seed))
        assert ids is not None
        family = FAMILIES["DENSITY"]
        said.append(bool(((ids >= family.start) & (ids < family.end)).any()))
    assert 0.45 < np.mean(said) < 0.75


def test_windows_fill_the_room_and_reach_every_bar() -> None:
    seen = set()
    for place in np.linspace(0, 0.999, 50):
        piece = choose_window(TUNE, room=150, place=float(place))
        assert piece is not None
        assert 3 <= piece.n_bars < 20
        seen.add(piece.extent)
    assert seen == {1, 2, 3}
    many = choose_window(TUNE, room=-50, place=0.99)
    assert many is not None
    assert many.n_bars == 1


def test_silent_parts_are_left_out() -> None:
    grid = score_to_grid(make_score("C4:4 | D4:4", "r:4 | C3:4")).grid
    piece = choose_window(grid, room=10, place=0.0)
    assert piece is not None
    assert [part.slot for part in piece.parts] == [0]


def test_holes_are_cells_and_of_all_three_kinds() -> None:
    kinds = set()
    for seed in range(60):
        holes = draw_holes(TUNE, np.random.default_rng(seed))
        assert holes
        assert all(0 <= bar < TUNE.n_bars and 0 <= part < 2 for bar, part in holes)
        bars = sorted({bar for bar, _ in holes})
        is_run = bars == list(range(bars[0], bars[-1] + 1))
        kinds.add((is_run and len(holes) == 2 * len(bars), len({p for _, p in holes})))
    assert {(True, 2), (False, 1)} <= kinds
    one_bar = score_to_grid(make_score("C4:4")).grid
    assert draw_holes(one_bar, np.random.default_rng(2)) == {(0, 0)}


def test_given_parts_come_first() -> None:
    orders = [draw_order(4, DrawConfig(p_reorder=1), np.random.default_rng(s)) for s in range(30)]
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
    assert len({tuple(order) for order in orders}) > 8
    assert draw_order(1, DrawConfig(p_reorder=1), np.random.default_rng(0)) == [0]


def test_a_share_outside_0_to_1_is_refused() -> None:
    with pytest.raises(ParameterError, match="p_holes must be 0 to 1, got 2"):
        DrawConfig(p_holes=2)


def test_the_emotion_of_the_window_is_said() -> None:
    ids = draw_document(TUNE, budget=4000, config=PLAIN, rng=np.random.default_rng(0))
    assert ids is not None
    assert decode(ids).emotion == grid_emotion(TUNE) >= 0


def test_tempo_varies_where_it_is_known_only() -> None:
    config = replace(PLAIN, p_tempo=1)
    told = set()
    for seed in range(30):
        ids = draw_document(TUNE, budget=4000, config=config, rng=np.random.default_rng(seed))
        assert ids is not None
        told.add(decode(ids).qpm)
    assert len(told) >= 2
    silent = replace(TUNE, qpm=None)
    ids = draw_document(silent, budget=4000, config=config, rng=np.random.default_rng(0))
    assert ids is not None
    assert decode(ids).qpm is None
