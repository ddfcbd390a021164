"""Drafting with a model that nobody has trained: every cell is written, sections return."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import BusyError
from motet.tasks.draft import write_draft
from motet.tasks.plan import plan_brief


def brief(**options: object) -> Brief:
    """A small brief for two parts."""
    usual = {"parts": "flute,cello", "ground": "model", "candidates": 2, "key": "C", "seed": 5}
    return Brief(**{**usual, **options})  # type: ignore[arg-type]


def cells(grid: object, part: int, bars: range) -> list[list[tuple[int, ...]]]:
    """What a part has in some bars."""
    names = ["pos", "dur", "pitch"]
    return [grid.cell(bar, part)[names].tolist() for bar in bars]  # type: ignore[attr-defined]


def test_a_section_that_returns_begins_as_it_did_and_goes_on_otherwise(bundle: Bundle) -> None:
    plan = plan_brief(brief(form="A6 B2 A6", chords="C F G C Am G | F G | C F G C G C"))
    draft = write_draft(plan, bundle)
    assert cells(draft.grid, 0, range(2)) == cells(draft.grid, 0, range(8, 10))
    assert cells(draft.grid, 0, range(2, 6)) != cells(draft.grid, 0, range(10, 14))
    assert 8 in [one.start_bar for one in draft.stretches if one.n_copied]
    same = write_draft(plan_brief(plan.brief.with_(repeats="copy")), bundle)
    assert cells(same.grid, 0, range(4)) == cells(same.grid, 0, range(8, 12))
    fresh = write_draft(plan_brief(plan.brief.with_(repeats="new")), bundle)
    assert cells(fresh.grid, 0, range(3)) != cells(fresh.grid, 0, range(8, 11))


def test_bars_are_told_as_they_are_done(bundle: Bundle) -> None:
    told: list[tuple[int, int]] = []
    write_draft(plan_brief(brief(bars=10)), bundle, on_bar=lambda a, b: told.append((a, b)))
    assert told[-1] == (10, 10)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({done for done, _ in told}) == 10


def test_the_same_seed_gives_the_same_notes_and_another_gives_others(bundle: Bundle) -> None:
    grids = [write_draft(plan_brief(brief(bars=4, seed=seed)), bundle).grid for seed in (5, 5, 6)]
    assert grids[0].equals(grids[1])
    assert not grids[0].equals(grids[2])


def test_each_stretch_has_its_candidates(bundle: Bundle) -> None:
    draft = write_draft(plan_brief(brief(bars=12)), bundle)
    assert [(one.start_bar, one.end_bar) for one in draft.stretches] == [
        (0, 2), (2, 4), (4, 6), (6, 8), (8, 10), (10, 12),
    ]  # fmt: skip
    for one in draft.stretches:
        assert len(one.figures) == 2
        assert one.figures[0].total >= one.figures[1].total
    assert draft.n_tokens > 0


def test_a_cancel_stops_it(bundle: Bundle) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(BusyError, match="stopped"):
        write_draft(plan_brief(brief(bars=4)), bundle, cancel=cancel)


def test_the_second_phrase_answers_in_the_rhythm_of_the_first(bundle: Bundle) -> None:
    grid = write_draft(plan_brief(brief(bars=8, metre="4/4")), bundle).grid
    for bar in (4, 5):
        if len(grid.cell(bar - 4, 0)):
            assert grid.cell(bar, 0)["pos"].tolist() == grid.cell(bar - 4, 0)["pos"].tolist()
    starts = grid.bar_starts
    for bar in (3, 7):
        for row in grid.cell(bar, 0):
            assert starts[bar] + row["pos"] + row["dur"] <= starts[bar + 1]


def test_a_tune_moves_on_and_does_not_thin_out(bundle: Bundle) -> None:
    grid = write_draft(plan_brief(brief(bars=10, repeats="new", metre="4/4")), bundle).grid
    line = grid.notes["pitch"][grid.notes["part"] == 0].tolist()
    repeats = [one == two for one, two in pairwise(line)]
    assert all(sum(repeats[k : k + 10]) <= 2 for k in range(len(repeats)))
    counts = [len(grid.cell(bar, 0)) for bar in range(10)]
    for bar in range(1, 9):
        assert counts[bar] >= min(4, math.ceil(float(np.median(counts[:bar])) / 2))


def test_sections_can_keep_their_rhythm_alone(bundle: Bundle) -> None:
    plan = plan_brief(brief(form="A4 A4", metre="4/4", repeats="rhythm", candidates=1))
    grid = write_draft(plan, bundle).grid
    for bar in (4, 5):
        model, own = grid.cell(bar - 4, 0), grid.cell(bar, 0)
        if len(model) and bar == 4:
            assert own["pos"].tolist() == model["pos"].tolist()
