"""Edits by hand: who wrote what, and what is locked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.errors import ConstraintError, ParameterError
from motet.project.hand import judge_edit
from motet.project.lock import Lock
from motet.score import Tempo, make_score


def test_a_hand_over_a_machine_and_over_silence() -> None:
    before, after = make_score("C4:4 D4:4 r:4"), make_score("C4:4 E4:4 F4:4")
    _, rows, cells = judge_edit(before, after, ["mm."])
    assert rows == ("meh",)
    assert cells == ("Part 1:2-3",)


def test_bars_that_only_moved_keep_their_writers() -> None:
    before, after = make_score("C4:4 D4:4"), make_score("r:4 C4:4 D4:4")
    _, rows, cells = judge_edit(before, after, [".ma"], base=after)
    assert (rows, cells) == ((".ma",), ())


def test_a_tempo_alone_is_a_step_and_nothing_is_none() -> None:
    score = make_score("C4:4")
    slow = replace(score, tempos=(Tempo(tick=0, quarter_us=1_000_000),))
    named, rows, cells = judge_edit(score, slow, ["m"])
    assert (rows, cells) == (("m",), ())
    with pytest.raises(ParameterError, match="nothing would change"):
        judge_edit(named, slow, ["m"])


def test_a_locked_cell_refuses_by_name() -> None:
    with pytest.raises(ConstraintError, match="Part 1:2"):
        judge_edit(
            make_score("C4:4 D4:4"), make_score("C4:4 E4:4"), ["mm"], locks=(Lock("Part 1:2"),)
        )
