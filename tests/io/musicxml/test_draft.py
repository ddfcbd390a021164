"""Durations and places of a part that is being read."""

from fractions import Fraction

import pytest

from motet.errors import FormatError
from motet.io.musicxml.draft import PartDraft
from motet.io.musicxml.head import Head, PartHead
from motet.io.musicxml.journal import Journal
from motet.io.musicxml.measure_time import PLACE_BITS


def draft(**options):
    return PartDraft("P1", PartHead("P1"), Head(), Journal(), 480, **options)


def test_durations_are_ticks():
    state = draft(unit=240)
    assert [state.length_of(text) for text in ("1", " 3 ", "0.5")] == [240, 720, 120]
    assert draft(unit=Fraction(480, 7)).length_of("2") == Fraction(960, 7)


def test_durations_longer_than_any_note_are_refused():
    with pytest.raises(FormatError, match="4096"):
        draft(unit=480).length_of("4097")


def test_places_count_measures_and_ticks():
    state = draft(base=3 << PLACE_BITS, now=100)
    assert (state.place, state.end_place()) == ((3 << PLACE_BITS) + 100, 4 << PLACE_BITS)
