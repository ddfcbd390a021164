"""Pieces of the arranger: every style, the same every time, only of lead sheets in training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motet.corpus.arranged import ARRANGED_STYLES, arrange_pieces, order_pieces, write_order
from motet.corpus.layout import TIMING
from motet.corpus.shard import Piece
from motet.score import make_score
from motet.tokens import score_to_grid
from motet.tokens.vocab import STYLES

SHEET = score_to_grid(
    make_score("C5:1 D5:1 E5:1 G5:1 | A5:2 G5:2 | F5:1 E5:1 D5:2 | C5:4", chords="C:4 F:4 G:4 C:4")
).grid


def sheet(name: str, *, split: str = "train", group: int = 7) -> Piece:
    return Piece(
        name=name, source=0, split=split, group=group, weight=1.0, grid=SHEET,
        timing=np.zeros(0, TIMING),
    )  # fmt: skip


def test_every_style_has_an_id_and_comes_in_turn() -> None:
    assert set(ARRANGED_STYLES) <= set(STYLES)
    orders = order_pieces(2 * len(ARRANGED_STYLES))
    styles = [order.request.style for order in orders]
    assert styles == list(ARRANGED_STYLES) * 2
    assert len({order.name for order in orders}) == len(orders)


def test_more_pieces_begin_with_the_same_ones() -> None:
    few, many = order_pieces(6), order_pieces(12)
    assert [(one.name, one.request, one.progression) for one in few] == [
        (one.name, one.request, one.progression) for one in many[:6]
    ]


def test_orders_differ_in_key_tempo_form_and_strength() -> None:
    requests = [order.request for order in order_pieces(340)]
    for name, least in (("key", 20), ("qpm", 60), ("form", 12), ("intensity", 5), ("metre", 4)):
        assert len({getattr(one, name) for one in requests}) >= least, name
    assert len({one.seed for one in requests}) == len(requests)


def test_the_same_order_gives_the_same_piece() -> None:
    order = order_pieces(1)[0]
    one, two = write_order(order), write_order(order)
    assert one is not None
    assert two is not None
    assert one.equals(two)
    assert STYLES[one.style] == order.request.style
    assert len(one.chords) > 4
    assert one.qpm == order.request.qpm


def test_only_lead_sheets_in_training_are_arranged() -> None:
    made = arrange_pieces(6, [sheet("openewld/x", group=7)], source=3, sheets_from=0)
    assert [piece.group for piece in made] == [8, 9, 10, 11, 12, 7]
    assert {(piece.split, piece.source) for piece in made} == {("train", 3)}
    tune = SHEET.notes["pitch"] % 12
    own = made[-1].grid
    melody = next(k for k, part in enumerate(own.parts) if part.role == "melody")
    found = own.notes["pitch"][own.notes["part"] == melody] % 12
    assert tune.tolist() == found[: len(tune)].tolist()
    held = arrange_pieces(6, [sheet("openewld/x", split="test")], source=3, sheets_from=0)
    assert 7 not in {piece.group for piece in held}


def test_an_order_that_cannot_be_written_gives_nothing() -> None:
    order = order_pieces(1)[0]
    assert write_order(replace(order, progression="| H9 |")) is None
