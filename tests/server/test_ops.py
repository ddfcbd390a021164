"""Edits one after the other: what is locked stays, what the page does not know stays, nothing breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from motet.errors import ConstraintError, ParameterError
from motet.io import read_json, write_json
from motet.io.record_mark import get_mark, put_mark
from motet.project.lock import Lock
from motet.score import Score, make_score
from motet.server.ops import apply_op, apply_ops
from motet.server.schemas.op import Op

OPS: TypeAdapter[Any] = TypeAdapter(Op)
SCORE = make_score(
    "C4:1 D4:1 E4:2 | F4:4 | G4:2 A4:2 | C5:4", "C3:4 | F3:4 | G3:4 | C3:4",
    "drums 36:1 38:1 36:1 38:1 | 36:4 | 36:4 | 36:4", chords="C:4 F:4 G7:4 C:4",
)  # fmt: skip


def _do(score: Score, *ops: dict[str, Any], locks: tuple[Lock, ...] = ()) -> Any:
    return apply_ops(score, [OPS.validate_python(one) for one in ops], locks=locks)


def test_what_is_locked_is_refused_by_name() -> None:
    locks = (Lock("Part 1:2"), Lock("Part 2:1-4", "rhythm"), Lock("3", "harmony"))
    _do(
        SCORE,
        {"op": "set_notes", "part": 0, "start_bar": 0, "end_bar": 1, "notes": []},
        locks=locks,
    )
    with pytest.raises(ConstraintError, match="Part 1:2"):
        _do(SCORE, {"op": "transpose", "shift_semi": 1, "parts": [0]}, locks=locks)
    _do(
        SCORE, {"op": "transpose", "shift_semi": 1, "parts": [1]}, locks=locks
    )  # only rhythm is held
    with pytest.raises(ConstraintError, match="3 \\(harmony\\)"):
        _do(SCORE, {"op": "set_chord", "tick": 3840, "symbol": "Dm"}, locks=locks)
    with pytest.raises(ConstraintError):
        _do(SCORE, {"op": "remove_bars", "start": 1, "end": 2}, locks=locks)
    with pytest.raises(ConstraintError):
        _do(SCORE, {"op": "remove_part", "part": 0}, locks=locks)


def test_locks_go_with_their_cells() -> None:
    locks = (Lock("Part 1:2"), Lock("3", "harmony"))
    made = _do(SCORE, {"op": "insert_bars", "at": 1, "n": 2},
               {"op": "move_part", "part": 0, "to": 1},
               {"op": "set_part", "part": 1, "name": "Tune"}, locks=locks)  # fmt: skip
    assert made.locks == (Lock("Tune:4"), Lock("5", "harmony"))
    with pytest.raises(ConstraintError, match="Tune:4"):
        _do(made.score, {"op": "clear_cells", "start_bar": 3, "end_bar": 4}, locks=made.locks)


def test_a_batch_is_refused_whole_even_where_a_later_edit_moves_bars() -> None:
    with pytest.raises(ConstraintError):
        _do(SCORE, {"op": "clear_cells", "start_bar": 0, "end_bar": 4},
            {"op": "insert_bars", "at": 0, "n": 1}, locks=(Lock("Part 1:2"),))  # fmt: skip


def test_the_record_of_a_score_stays() -> None:
    score = put_mark(SCORE, b"record")
    for op in ({"op": "insert_bars", "at": 0, "n": 1}, {"op": "remove_bars", "start": 0, "end": 1}):
        assert get_mark(apply_op(score, OPS.validate_python(op))) == b"record"


_bars = st.integers(0, 4)


def _edit(op: str, **fields: Any) -> Any:
    return st.fixed_dictionaries({"op": st.just(op), **fields})


_edits = st.one_of(
    _edit("clear_cells", start_bar=_bars, end_bar=_bars),
    _edit("insert_bars", at=_bars, n=st.integers(1, 2)),
    _edit("remove_bars", start=_bars, end=_bars),
    _edit("duplicate_bars", start=_bars, end=_bars, at=_bars),
    _edit("set_metre", bar=_bars, metre=st.sampled_from(["3/4", "7/8", "5/4"])),
    _edit("transpose", shift_semi=st.integers(-7, 7), start_bar=_bars),
    _edit("quantise", grid_qn=st.sampled_from([0.25, 0.5, 1 / 3, 2]), end_bar=_bars),
    _edit("set_section", bar=_bars, label=st.sampled_from(["A", "B", ""])),
    _edit("set_tempo", tick=st.integers(0, 9000), qpm=st.floats(20, 400)),
    _edit("set_chord", tick=st.integers(0, 9000), symbol=st.sampled_from(["Am7", "N.C.", ""])),
    _edit("move_part", part=st.integers(0, 2), to=st.integers(0, 2)),
    _edit("remove_part", part=st.integers(0, 2)),
    _edit("add_part", name=st.just("New"), at=st.integers(0, 3)),
    st.builds(
        lambda part, bar, to, place: {
            "op": "copy_cells", "from": {"part": part, "start_bar": bar, "end_bar": bar + 1},
            "to": {"part": to, "bar": place},
        },
        st.integers(0, 2), _bars, st.integers(0, 2), _bars,
    ),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(_edits, max_size=6))
def test_any_edits_leave_a_whole_score_or_a_plain_error(edits: list[dict[str, Any]]) -> None:
    score = SCORE
    for edit in edits:
        try:
            score = apply_op(score, OPS.validate_python(edit))
        except ParameterError:
            continue
        assert read_json(write_json(score)).score == score
        close = score.bars[-1].end_tick
        assert score.end_tick <= close
        assert all(note.onset_tick < close for part in score.parts for note in part.notes)
        assert len({part.name for part in score.parts}) == len(score.parts)
        assert all(one.tick < close for one in (*score.chords, *score.sections))


def test_edits_are_pure() -> None:
    before = replace(SCORE)
    _do(SCORE, {"op": "transpose", "shift_semi": 2}, {"op": "duplicate_bars", "start": 0, "end": 2})
    assert before == SCORE
