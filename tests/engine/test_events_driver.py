"""Asks written by a recurrent network: obeyed whatever its weights say, in flat memory."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest

from motet.engine.bundle import Bundle
from motet.engine.events_driver import parts, stream_bars, write
from motet.engine.generate import check_written, generate
from motet.engine.phrase_ask import PhraseAsk
from motet.engine.probe import practice_grid
from motet.errors import ConstraintError
from motet.tokens.layout import GridScore

Bundles = dict[str, Bundle]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("melody", ("melody",)),
        ("drums", ("drums",)),
        ("poly", ("bass", "melody", "drums", "chords")),
    ],
)
@pytest.mark.parametrize("most", [None, 1, 2])
def test_every_rule_is_obeyed(
    events_bundles: Bundles, content: str, wanted: tuple[str, ...], most: int | None
) -> None:
    ask = PhraseAsk(
        grid=replace(practice_grid(0, 6), shift_semi=2, parts=()), parts=wanted, n=2, seed=4,
        low_midi=48, high_midi=70, max_polyphony=most,
    )  # fmt: skip
    found = generate(events_bundles[content], ask)
    assert [check_written(ask, one) for one in found] == [(), ()]
    assert not found[0].equals(found[1])
    again = generate(events_bundles[content], ask)
    assert all(one.equals(two) for one, two in zip(found, again, strict=True))
    for one in found:
        assert set(one.notes["bar"].tolist()) == set(range(6))


def test_a_range_of_one_note_and_an_odd_metre_are_no_dead_end(
    events_bundles: Bundles, frame: GridScore
) -> None:
    ask = PhraseAsk(grid=frame, parts=("melody", "bass"), low_midi=67, high_midi=67, scale=False)
    (one,) = generate(events_bundles["poly"], ask)
    assert set(one.notes["pitch"].tolist()) == {67}
    assert check_written(ask, one) == ()


def test_given_notes_stay_and_are_gone_on_from(events_bundles: Bundles) -> None:
    grid = practice_grid(2, 2)
    ask = PhraseAsk(grid=grid, parts=("bass", "melody"))
    (one,) = generate(events_bundles["poly"], ask)
    assert check_written(ask, one) == ()
    assert {2, 3} <= set(one.notes["bar"][one.notes["part"] == 0].tolist()) | {2, 3}
    other = replace(grid, notes=grid.notes[grid.notes["part"] != 1])
    (two,) = generate(events_bundles["poly"], replace(ask, grid=other))
    assert not np.array_equal(one.notes[one.notes["bar"] > 1], two.notes[two.notes["bar"] > 1])


def test_bars_come_one_by_one_and_are_those_of_the_whole(events_bundles: Bundles) -> None:
    ask = PhraseAsk(grid=replace(practice_grid(0, 5), parts=()), parts=("chords", "bass"), seed=2)
    (whole,) = write(events_bundles["poly"], ask)
    streamed = list(stream_bars(events_bundles["poly"], ask))
    assert [bar for bar, _ in streamed] == list(range(5))
    joined = np.concatenate([notes for _, notes in streamed])
    assert sorted(joined.tolist()) == sorted(whole.notes.tolist())


def test_a_cancel_ends_it(events_bundles: Bundles) -> None:
    cancel = threading.Event()
    cancel.set()
    ask = PhraseAsk(grid=practice_grid(0, 2), parts=("melody",), n=3)
    assert write(events_bundles["melody"], ask, cancel=cancel) == []


def test_a_bundle_says_what_it_can_write(events_bundles: Bundles) -> None:
    assert parts(events_bundles["drums"]) == ("drums",)
    with pytest.raises(ConstraintError, match="writes melody, not drums"):
        generate(events_bundles["melody"], PhraseAsk(grid=practice_grid(0, 1), parts=("drums",)))
