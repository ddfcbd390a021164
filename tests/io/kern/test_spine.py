"""Splits, joins, exchanges, new spines and ends."""

import pytest

from motet.errors import FormatError
from motet.io.kern.ledger import LineLedger
from motet.io.kern.spine import MAX_TRACKS, Spines


def start(*kinds):
    spines = Spines(LineLedger())
    spines.move(list(kinds), 1)
    return spines


def test_exchange_and_new_spine():
    spines = start("**kern", "**dynam")
    spines.move(["*x", "*x"], 2)
    assert [column.track.kind for column in spines.columns] == ["dynam", "kern"]
    spines.move(["*", "*+"], 3)
    spines.move(["*", "*", "**text"], 4)
    assert [column.track.kind for column in spines.columns] == ["dynam", "kern", "text"]


def test_joins_keep_tracks_apart():
    spines = start("**kern", "**kern")
    spines.move(["*^", "*^"], 2)
    spines.move(["*v", "*v", "*v", "*v"], 3)
    assert [column.track.number for column in spines.columns] == [0, 1]


def test_a_lone_join_is_listed():
    spines = start("**kern", "**kern")
    spines.move(["*v", "*"], 2)
    assert spines.width == 2
    assert "stand alone" in spines.ledger.repairs[0].en


def test_ends_and_a_second_beginning():
    spines = start("**kern")
    spines.columns[0].end = 7
    spines.move(["*-"], 2)
    assert (spines.width, spines.end) == (0, 7)
    spines.move(["**kern"], 3)
    assert spines.columns[0].end == 7


def test_unknown_kinds_are_listed():
    spines = start("**kern", "**fing")
    assert "**fing" in spines.ledger.repairs[0].en
    assert [i for i, _ in spines.rhythm] == [0]


def test_too_many_beginnings_are_refused():
    spines = start("**kern")
    spines.move(["*-"], 2)
    spines.tracks *= MAX_TRACKS
    with pytest.raises(FormatError, match=r"line 3: .*spines"):
        spines.move(["**kern"], 3)


def test_splits_without_end_are_refused():
    spines = start("**kern")

    def go():
        for number in range(200_000):
            spines.move([["*^"], ["*v", "*v"]][number % 2], number)

    with pytest.raises(FormatError, match="more often than any score") as caught:
        go()
    assert caught.value.zh
