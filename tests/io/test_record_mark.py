"""The raw event that carries a record."""

from __future__ import annotations

from dataclasses import replace

from motet.io import musicxml_losses
from motet.io.record_mark import get_mark, is_mark, put_mark
from motet.score import RawEvent, Score, make_score

SCORE = make_score("C4:4")


def test_a_mark_is_put_found_replaced_and_taken_out() -> None:
    once = put_mark(SCORE, b"one")
    assert get_mark(once) == b"one"
    assert get_mark(put_mark(once, b"two")) == b"two"
    assert put_mark(once, b"") == SCORE


def test_a_mark_in_a_part_is_found_and_moved_to_the_score() -> None:
    mark = put_mark(Score(), b"x").raw[0]
    part = replace(SCORE.parts[0], raw=(mark,))
    score = SCORE.with_parts(part)
    assert get_mark(score) == b"x"
    assert put_mark(score, b"") == SCORE


def test_other_raw_events_stay() -> None:
    other = RawEvent(tick=0, kind="meta-7f", data=b"\x7dother")
    score = replace(SCORE, raw=(other,))
    assert not is_mark(other)
    assert put_mark(put_mark(score, b"x"), b"").raw == (other,)


def test_a_record_is_no_loss_in_musicxml() -> None:
    assert musicxml_losses(put_mark(SCORE, b"x")) == musicxml_losses(SCORE)
