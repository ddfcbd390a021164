"""The Transformer behind the call of all families; weights are random, so only rules make it obey."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motet.engine.bundle import Bundle, load_bundle
from motet.engine.generate import check_written, generate
from motet.engine.phrase_ask import PHRASE_PARTS, PhraseAsk
from motet.engine.probe import practice_grid
from motet.engine.tokens_driver import parts
from motet.engine.write import Cancel


@pytest.fixture(scope="module")
def bundle(bundle_folder: Path) -> Bundle:
    return load_bundle(bundle_folder)


def test_all_parts_can_be_asked_for(bundle: Bundle) -> None:
    assert set(parts(bundle)) == set(PHRASE_PARTS)


@pytest.mark.parametrize("n_known", [0, 1])
def test_what_is_asked_for_is_kept(bundle: Bundle, n_known: int) -> None:
    ask = PhraseAsk(
        grid=practice_grid(n_known, 2), parts=("melody", "strings", "drums"), n=2, seed=5,
        low_midi=55, high_midi=79, max_polyphony=2, temperature=1.5,
    )  # fmt: skip
    found = generate(bundle, ask)
    assert [check_written(ask, grid) for grid in found] == [(), ()]
    for grid in found:
        for row in (0, 3, 4):
            assert all(len(grid.cell(bar, row)) for bar in range(n_known, grid.n_bars))


def test_the_same_seed_gives_the_same_notes_and_another_gives_others(bundle: Bundle) -> None:
    ask = PhraseAsk(grid=replace(practice_grid(0, 2), parts=()), parts=("melody",), n=2)
    one, two = (generate(bundle, ask) for _ in range(2))
    other = generate(bundle, replace(ask, seed=1))
    assert all(np.array_equal(a.notes, b.notes) for a, b in zip(one, two, strict=True))
    assert not np.array_equal(one[0].notes, other[0].notes)
    assert not np.array_equal(one[0].notes, one[1].notes)


def test_nothing_open_and_nothing_wanted_any_more(bundle: Bundle) -> None:
    given = practice_grid(2, 0)
    assert generate(bundle, PhraseAsk(grid=given, parts=("melody",)))[0].equals(given)
    stop = Cancel()
    stop.set()
    assert (
        generate(bundle, PhraseAsk(grid=practice_grid(1, 1), parts=("melody",)), cancel=stop) == []
    )
