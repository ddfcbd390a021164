"""What style transfer is compared with."""

from __future__ import annotations

import pytest

from motet.score import make_score
from motet.suite.transfer_rows import ALONE, OPEN, ROWS, SOURCE, SWAPPED, make_row, swap_instruments
from motet.tasks.restyle.source import Source, read_source
from motet.tasks.restyle.target import find_target


@pytest.fixture
def source() -> Source:
    return read_source(
        make_score("E5:2 D5:2 | C5:4 | E5:2 D5:2 | C5:4", "E4+G4:4 | " * 4, "C3:4 | " * 4, fifths=0)
    )


def test_other_instruments_play_the_same_notes(source: Source) -> None:
    found = swap_instruments(source, find_target("bossa"))
    for old, new in zip(source.score.parts, found.parts, strict=True):
        assert new.notes == old.notes
    assert [part.program for part in found.parts] == [73, 24, 32]


@pytest.mark.parametrize("row", [SOURCE, SWAPPED, ALONE, OPEN])
@pytest.mark.parametrize("name", ["bossa", "hymn"])
def test_every_row_is_made(source: Source, row: str, name: str) -> None:
    assert row in ROWS
    found = make_row(row, source, find_target(name))
    assert found is not None
    assert found.n_bars == 4
