"""Tests of motet.originality.seed."""

from __future__ import annotations

import numpy as np

from motet.originality import Index
from motet.originality.gram import hash_grams
from motet.originality.line import find_lines
from motet.originality.seed import find_candidates, find_places, scan_places
from motet.tokens import GridScore, window


def test_the_right_diagonal_comes_first(index: Index, tunes: list[GridScore]) -> None:
    lines = find_lines(window(tunes[8], 3, 9))
    best = find_candidates(index.store, lines)[0]
    assert int(index.store.line_pieces[best.line]) == 8
    assert best.diagonal == (12 if best.own_id == 0 else 6)


def test_places_are_where_the_intervals_are(index: Index, tunes: list[GridScore]) -> None:
    line = find_lines(tunes[0])[0]
    at, places, counts = find_places(index.store, line.pitch)
    assert len(at) == len(places) == len(counts) > 0
    for one, place in zip(at.tolist(), places.tolist(), strict=True):
        if place < len(line):
            assert one == place


def test_a_scan_finds_every_gram(index: Index, tunes: list[GridScore]) -> None:
    lines = find_lines(tunes[5])
    piece = index.store.line_pieces
    for line, (at, places, counts) in zip(lines, scan_places(index.store, lines), strict=True):
        owner = piece[np.searchsorted(index.store.line_starts, places, side="right") - 1]
        wanted = hash_grams(line.pitch)[1]
        assert len(places) == len(counts)
        assert set(at[owner == 5].tolist()) == set(np.flatnonzero(wanted).tolist())
    assert scan_places(index.store, []) == []


def test_nothing_in_common_gives_no_candidate(index: Index) -> None:
    assert find_candidates(index.store, []) == []
