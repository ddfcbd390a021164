"""Candidates: different from each other, ranked, and with every lock kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.engine.bundle import Bundle
from motet.errors import ConstraintError, ParameterError
from motet.project import propose
from motet.project.keep import check_kept
from motet.project.lock import LAYERS, Lock
from motet.project.propose import Request, make_candidates
from motet.score import Score, rename
from motet.tasks.layer import pitches_of, rhythm_of

LOCKS = st.builds(
    Lock,
    st.sampled_from(["Tune", "Bass:1-4", "Tune:5-6", "Bass:3", "2-3", "8"]),
    st.sampled_from(LAYERS),
)


def ask(bundle: Bundle, **known: Any) -> Request:
    return Request(
        **{"task": "infill", "n": 2, "options": {}, "usual": {"bundle": bundle}, **known}
    )


def cell(score: Score, k: int, bars: tuple[int, int]) -> list[Any]:
    low, high = score.bars[bars[0] - 1].start_tick, score.bars[bars[1] - 1].end_tick
    return [note for note in score.parts[k].notes if low <= note.onset_tick < high]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(LOCKS, max_size=3), st.integers(0, 99))
def test_every_lock_holds_in_every_candidate(
    bundle: Bundle, piece: Score, locks: list[Lock], seed: int
) -> None:
    asked = ask(bundle, locks=tuple(locks), seed=seed, bars="2-6")
    try:
        found = make_candidates(piece, ["h" * 8] * 2, asked)
    except ConstraintError:
        return
    for one in found:
        assert check_kept(piece, one.score, locks) == ()
        assert cell(one.score, 0, (7, 8)) == cell(piece, 0, (7, 8))
        assert cell(one.score, 1, (1, 1)) == cell(piece, 1, (1, 1))


def test_candidates_differ_and_the_best_comes_first(bundle: Bundle, piece: Score) -> None:
    found = make_candidates(
        piece, ["h" * 8] * 2, ask(bundle, n=4, bars="5-8", parts=["Tune"], seed=1)
    )
    totals = [one.candidate.total for one in found]
    assert len(found) == 4
    assert totals == sorted(totals, reverse=True)
    assert len({one.score for one in found}) == 4
    assert all(set(one.candidate.cells[0]) <= set("Tune:5678-, ") for one in found)
    assert set(found[0].candidate.written[0]) <= {"h", "m"}
    assert found[0].candidate.written[1] == "hhhhhhhh"
    assert found[0].candidate.bundle_digest == bundle.digest


def test_the_same_request_gives_the_same_candidates(bundle: Bundle, piece: Score) -> None:
    asked = ask(bundle, bars="3-4", seed=4)
    one, two = (make_candidates(piece, ["h" * 8] * 2, asked) for _ in range(2))
    assert [x.score for x in one] == [x.score for x in two]


def test_a_locked_rhythm_and_locked_pitches(bundle: Bundle, piece: Score) -> None:
    locks = (Lock("Tune:1-4", "rhythm"), Lock("Bass:1-4", "pitch"))
    found = make_candidates(piece, ["h" * 8] * 2, ask(bundle, locks=locks, bars="1-4"))[0].score
    assert rhythm_of(cell(found, 0, (1, 4))) == rhythm_of(cell(piece, 0, (1, 4)))
    assert pitches_of(cell(found, 1, (1, 4)), resolution=480) == pitches_of(
        cell(piece, 1, (1, 4)), resolution=480
    )
    assert found != piece


def test_what_a_task_leaves_unsaid_is_taken_from_the_selection(
    monkeypatch: pytest.MonkeyPatch, bundle: Bundle, piece: Score
) -> None:
    """A task that knows no bars changes only those that were selected."""
    import motet.tasks as tasks
    from motet.brief import Brief
    from motet.score import transpose
    from motet.tasks import Adherence, Composition

    def shift(score: Score, *, up: int = 2, seed: int = 0) -> Composition:
        made = transpose(score, shift_semi=up + seed)
        return Composition(
            task="vary", score=made, brief=Brief(seed=seed), adherence=Adherence(checks=()),
            writers=("arranger", "model"),
        )  # fmt: skip

    monkeypatch.setattr(tasks, "vary", shift, raising=False)
    asked = ask(
        bundle, task="vary", bars="2-3", parts=["Tune"], locks=(Lock("3"),), options={"up": 4}
    )
    found = make_candidates(piece, ["h" * 8] * 2, asked)
    assert [one.candidate.cells for one in found] == [("Tune:2",), ("Tune:2",)]
    assert found[0].candidate.written == ("hahhhhhh", "hhhhhhhh")
    pitches = {tuple(n.pitch for n in cell(one.score, 0, (2, 2))) for one in found}
    assert pitches == {(83, 80), (84, 81)}


@pytest.mark.parametrize(
    ("known", "error", "said"),
    [
        ({"task": "sing"}, ParameterError, "sing"),
        ({"bars": "99"}, ParameterError, "99"),
        ({"bars": "1", "parts": ["Kazoo"]}, ParameterError, "Kazoo"),
        ({"options": {"colour": "red"}}, ParameterError, "colour"),
        ({"locks": (Lock(""),)}, ConstraintError, "locked"),
        ({"task": "continue", "bars": "x"}, ParameterError, "how many"),
    ],
)
def test_what_cannot_be_is_said(
    bundle: Bundle, piece: Score, known: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        make_candidates(piece, ["h" * 8] * 2, ask(bundle, **known))


def test_a_task_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, bundle: Bundle, piece: Score
) -> None:
    monkeypatch.setitem(propose.TASKS, "levitate", "levitate")
    with pytest.raises(ParameterError, match="no task 'levitate'"):
        make_candidates(piece, ["h" * 8] * 2, ask(bundle, task="levitate"))


def test_continuing_leaves_all_bars(bundle: Bundle, piece: Score) -> None:
    found = make_candidates(piece, ["h" * 8] * 2, ask(bundle, task="continue", bars="2", n=1))[0]
    assert found.score.n_bars == 10
    assert cell(found.score, 0, (1, 8)) == cell(piece, 0, (1, 8))
    assert found.candidate.written[0][:8] == "hhhhhhhh"
    assert rename(piece, part=0, name="x").n_bars == 8
