"""The writing loop: what is kept, what is obeyed, and that chance is counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.engine.bundle import Bundle
from motet.engine.rules import CellRules
from motet.engine.session import Session
from motet.engine.write import Cancel, Sampling, Written, write_cells
from motet.errors import ConstraintError, ParameterError
from motet.tokens import GRID_NOTE, GridScore, encode, find_error

SCALE = frozenset((0, 2, 4, 5, 7, 9, 11))
RULES = (
    CellRules(scale=SCALE, low=60, high=79, max_polyphony=1, min_onsets=1, max_onsets=4),
    CellRules(scale=SCALE, low=36, high=52, max_polyphony=1, max_onsets=2),
    CellRules(drum_keys=frozenset((36, 38, 42)), max_group=2, max_onsets=4),
)


def _cells(bars: range, parts: range = range(3)) -> dict[tuple[int, int], CellRules]:
    return {(bar, part): RULES[part] for bar in bars for part in parts}


def _write(
    source: Bundle | Session, grid: GridScore, cells: object, **options: object
) -> list[Written]:
    rules = dict(cells) if isinstance(cells, dict) else None
    return write_cells(source, grid, list(cells), rules=rules, **options)  # type: ignore[call-overload, arg-type]


def _in_cell(notes: np.ndarray, bar: int, part: int) -> np.ndarray:
    return notes[(notes["bar"] == bar) & (notes["part"] == part)]


@pytest.fixture
def whole(bundle: Bundle, frame: GridScore) -> GridScore:
    """The frame with all cells written."""
    return _write(bundle, frame, _cells(range(8)), seed=1)[0].grid


def test_every_cell_obeys_its_rules(whole: GridScore) -> None:
    assert find_error(encode(whole)) is None
    notes = whole.notes
    for bar in range(8):
        melody = _in_cell(notes, bar, 0)
        assert 1 <= len(melody) <= 4
        assert set(melody["pitch"] % 12) <= SCALE
        assert melody["pitch"].min() >= 60
        assert melody["pitch"].max() <= 79
        assert (melody["pos"][1:] >= (melody["pos"] + melody["dur"])[:-1]).all()
        assert set(_in_cell(notes, bar, 2)["pitch"]) <= {36, 38, 42}
    ends = notes["bar"] * 72 + notes["pos"] + notes["dur"]
    assert ends[notes["part"] != 2].max() <= 8 * 72  # exact bars


def test_the_same_seed_gives_the_same_notes(
    bundle: Bundle, frame: GridScore, whole: GridScore
) -> None:
    again = _write(Session(bundle, n_threads=1), frame, _cells(range(8)), seed=1)[0].grid
    assert again.equals(whole)
    other = _write(bundle, frame, _cells(range(8)), seed=2)[0].grid
    assert not other.equals(whole)


def test_a_candidate_does_not_depend_on_how_many_there_are(
    bundle: Bundle, frame: GridScore, whole: GridScore
) -> None:
    four = _write(bundle, frame, _cells(range(8)), seed=1, n_candidates=4)
    assert four[0].grid.equals(whole)
    in_twos = _write(Session(bundle, n_rows=2), frame, _cells(range(8)), seed=1, n_candidates=4)
    for one, other in zip(four, in_twos, strict=True):
        assert one.grid.equals(other.grid)
        assert one.logp == other.logp
    assert len({one.logp for one in four}) == 4
    assert [one.candidate for one in four] == [0, 1, 2, 3]


def test_given_cells_are_never_touched(bundle: Bundle, whole: GridScore) -> None:
    cells = _cells(range(3, 5)) | {(6, 1): RULES[1]}
    got = _write(bundle, whole, cells, seed=9, n_candidates=2)
    for one in got:
        for bar in range(8):
            for part in range(3):
                before, after = (_in_cell(g.notes, bar, part) for g in (whole, one.grid))
                if (bar, part) not in cells:
                    assert np.array_equal(before, after)
        assert len(_in_cell(one.grid.notes, 3, 0)) >= 1
        assert find_error(encode(one.grid)) is None
    assert not got[0].grid.equals(got[1].grid)


def test_new_parts_are_written_after_given_ones(bundle: Bundle, whole: GridScore) -> None:
    one = _write(bundle, whole, _cells(range(8), range(1, 2)), seed=3)[0].grid
    is_bass = one.notes["part"] == 1
    assert np.array_equal(one.notes[~is_bass], whole.notes[whole.notes["part"] != 1])


def test_notes_end_before_the_next_given_cell(bundle: Bundle, whole: GridScore) -> None:
    free = CellRules(min_onsets=1)
    for seed in range(4):
        one = write_cells(bundle, whole, [(2, 0), (3, 0)], rules={(3, 0): free}, seed=seed)[0].grid
        mine = one.notes[(one.notes["part"] == 0) & np.isin(one.notes["bar"], (2, 3))]
        assert (mine["bar"] * 72 + mine["pos"] + mine["dur"]).max() <= 4 * 72


def test_a_held_given_note_counts_for_polyphony(bundle: Bundle, frame: GridScore) -> None:
    held = np.array([(0, 0, 0, 72 + 48, 64, 9)], dtype=GRID_NOTE)
    one = _write(bundle, replace(frame, notes=held), {(1, 0): RULES[0]}, seed=2)[0].grid
    assert _in_cell(one.notes, 1, 0)["pos"].min() >= 48


def test_runs_of_given_notes_read_at_once_or_one_by_one_lead_to_the_same_notes(
    bundle: Bundle, whole: GridScore, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = _cells(range(8), range(1))
    n_same = 0
    for seed in range(4):
        found = []
        for n_few in (3, 10_000):  # the other: never at once but for prompts
            monkeypatch.setattr("motet.engine.write._FEW", n_few)
            found.append(_write(bundle, whole, cells, seed=seed, n_candidates=2))
        for one, other in zip(*found, strict=True):
            if one.grid.equals(other.grid):
                assert one.logp == pytest.approx(other.logp, abs=0.2)
                n_same += 1
    assert n_same >= 4  # of 8; the two ways round differently, which may decide a near tie


def test_given_notes_are_read_in_few_runs(
    bundle: Bundle, whole: GridScore, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    step = Session.step

    def count(self: Session, *args: object, **options: object) -> np.ndarray:
        calls.append(1)
        return step(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "step", count)
    one = _write(bundle, whole, _cells(range(8), range(1)), seed=1)[0]
    assert one.n_tokens > 2 * one.n_choices
    assert len(calls) < one.n_choices + 8 * 4  # a few tokens of structure in each bar


def test_an_empty_mind_may_stay_silent_but_not_where_it_must_sound(
    bundle: Bundle, frame: GridScore
) -> None:
    rest = CellRules(max_onsets=0)
    must = CellRules(min_onsets=3)
    one = _write(bundle, frame, {(0, 0): rest, (1, 0): must, (2, 0): rest}, seed=1)[0].grid
    counts = np.bincount(one.notes["bar"], minlength=8)
    assert counts[0] == counts[2] == 0
    assert counts[1] >= 3


def test_a_fixed_rhythm_is_kept(bundle: Bundle, frame: GridScore) -> None:
    rhythm = ((0, 36), (36, 12), (48, 24))
    rules = {(bar, 0): CellRules(rhythm=rhythm, max_group=1) for bar in range(4)}
    one = _write(bundle, frame, rules, seed=1)[0].grid
    for bar in range(4):
        cell = _in_cell(one.notes, bar, 0)
        assert list(zip(cell["pos"].tolist(), cell["dur"].tolist(), strict=True)) == list(rhythm)


def test_a_clash_is_named_before_anything_is_written(bundle: Bundle, frame: GridScore) -> None:
    bars: list[int] = []
    rules = {(0, 0): RULES[0], (7, 0): CellRules(scale=frozenset((1,)), low=60, high=60)}
    with pytest.raises(ConstraintError, match="bar 8") as caught:
        _write(bundle, frame, rules, on_bar=lambda bar, _: bars.append(bar))
    assert not bars
    assert caught.value.zh


def test_bars_are_told_when_they_are_done(bundle: Bundle, frame: GridScore) -> None:
    told: list[tuple[int, GridScore]] = []
    got = _write(
        bundle, frame, _cells(range(8)), seed=1, n_candidates=2, on_bar=lambda *a: told.append(a)
    )
    assert [bar for bar, _ in told] == list(range(8))
    for bar, grid in told:
        until = got[0].grid.notes["bar"] <= bar
        assert np.array_equal(grid.notes, got[0].grid.notes[until])


def test_cancelling_stops_and_says_so(bundle: Bundle, frame: GridScore) -> None:
    cancel = Cancel()
    one = _write(
        bundle,
        frame,
        _cells(range(8)),
        cancel=cancel,
        on_bar=lambda bar, _: bar == 1 and cancel.set(),
    )[0]
    assert not one.is_whole
    assert 0 < one.grid.notes["bar"].max() <= 2


def test_a_cancel_that_was_set_before_leaves_all_candidates_unfinished(
    bundle: Bundle, frame: GridScore
) -> None:
    cancel = Cancel()
    cancel.set()
    found = _write(bundle, frame, _cells(range(8)), n_candidates=3, cancel=cancel)
    assert [one.is_whole for one in found] == [False] * 3
    assert all(len(one.grid.notes) == 0 for one in found)


def test_changing_one_cells_rules_does_not_reshuffle_the_cells_before(
    bundle: Bundle, frame: GridScore, whole: GridScore
) -> None:
    cells = _cells(range(8)) | {(5, 1): CellRules(max_onsets=0)}
    other = _write(bundle, frame, cells, seed=1)[0].grid
    before = whole.notes["bar"] < 5
    assert np.array_equal(other.notes[other.notes["bar"] < 5], whole.notes[before])


def test_a_session_that_was_used_gives_the_same_notes(
    bundle: Bundle, frame: GridScore, whole: GridScore
) -> None:
    session = Session(bundle, n_rows=3)
    _write(session, whole, _cells(range(2, 4)), seed=5, n_candidates=3)
    assert _write(session, frame, _cells(range(8)), seed=1)[0].grid.equals(whole)
    # What the session holds now was written one by one; as a prompt it must be read anew.
    for seed in range(3):
        used = _write(session, whole, _cells(range(5, 8)), seed=seed, n_candidates=3)
        fresh = _write(bundle, whole, _cells(range(5, 8)), seed=seed, n_candidates=3)
        for one, other in zip(used, fresh, strict=True):
            assert one.grid.equals(other.grid)
            assert one.logp == other.logp


def test_a_piece_longer_than_a_window_is_written_to_its_end(
    bundle: Bundle, frame: GridScore
) -> None:
    n_bars = 150
    grid = replace(frame, bars=np.resize(frame.bars, n_bars), chords=frame.chords[:1])
    rules = {(bar, 0): RULES[0] for bar in range(n_bars)}
    session = Session(bundle, max_length=700)
    one = _write(session, grid, rules, seed=1)[0]
    assert one.is_whole
    assert set(one.grid.notes["bar"].tolist()) == set(range(n_bars))
    holes = {(bar, 0): RULES[0] for bar in (3, 4, 70, 140)}
    again = _write(session, one.grid, holes, seed=2)[0].grid
    kept = ~np.isin(again.notes["bar"], (3, 4, 70, 140))
    expected = ~np.isin(one.grid.notes["bar"], (3, 4, 70, 140))
    assert np.array_equal(again.notes[kept], one.grid.notes[expected])
    assert set(again.notes["bar"].tolist()) == set(range(n_bars))


def test_no_open_cell_gives_the_grid_back(bundle: Bundle, whole: GridScore) -> None:
    one = write_cells(bundle, whole, [])[0]
    assert one.grid.equals(whole)
    assert (one.n_choices, one.logp) == (0, 0.0)


def test_a_low_temperature_is_likelier(bundle: Bundle, frame: GridScore) -> None:
    cells = _cells(range(2), range(1))
    cold = _write(bundle, frame, cells, sampling=Sampling(temperature=0))[0]
    warm = _write(bundle, frame, cells, sampling=Sampling(temperature=1, top_p=1, min_p=0))[0]
    assert cold.logp / cold.n_choices > warm.logp / warm.n_choices


def test_what_is_not_in_the_grid_is_refused(bundle: Bundle, frame: GridScore) -> None:
    with pytest.raises(ParameterError, match=r"got \(8, 0\)"):
        write_cells(bundle, frame, [(8, 0)])
    with pytest.raises(ParameterError, match="n_candidates"):
        write_cells(bundle, frame, [(0, 0)], n_candidates=0)
    with pytest.raises(ParameterError, match="each once"):
        write_cells(bundle, frame, [(0, 0)], order=[0, 0, 1])


def test_long_answers_leave_room_for_those_that_follow(bundle: Bundle, frame: GridScore) -> None:
    n_bars = 24
    known = [(bar, 0, 0, 72, 60, 9) for bar in range(1, n_bars, 2)]
    grid = replace(
        frame,
        bars=np.resize(frame.bars, n_bars),
        notes=np.array(known, dtype=GRID_NOTE),
        chords=frame.chords[:1],
    )
    talkative = CellRules(min_onsets=12, max_group=1)
    holes = {(bar, 0): talkative for bar in range(0, n_bars, 2)}
    one = _write(Session(bundle, max_length=400), grid, holes, seed=3)[0]
    assert one.is_whole
    counts = np.bincount(one.grid.notes["bar"], minlength=n_bars)
    assert (counts[0::2] >= 12).all()
    assert (counts[1::2] == 1).all()
