"""Bars and parts that are exported, and the record that goes with them."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.io.record_mark import put_mark
from motet.provenance import record_in, record_of
from motet.provenance.snapshot import digest_notes
from motet.score import make_score
from motet.server.export_selection import choose_bars, choose_score

SCORE = make_score("C4:4 D4:4 E4:4", "C3:8 G2:4", chords="C:4 Dm:4 C:4")


@pytest.mark.parametrize("bars", ["0", "2-9", "1,3", [2, 2], [-1, 2], [0, 9], [1]])
def test_bars_that_are_not_one_range_are_refused(bars: str | list[int]) -> None:
    with pytest.raises(ParameterError):
        choose_bars(SCORE, bars)


def test_an_excerpt_begins_at_its_first_bar_with_what_is_in_force() -> None:
    made = choose_score(SCORE, None, bars="2-3", parts=[1])
    assert [note.pitch for note in made.parts[0].notes] == [48, 43]
    assert [note.onset_tick for note in made.parts[0].notes] == [0, 1920]
    assert made.chords[0].symbol == "Dm"
    assert made.n_bars == 2


def test_the_record_of_an_excerpt_fits_it() -> None:
    record = record_of(SCORE)
    made = choose_score(SCORE, record, bars=(0, 2), parts=[0])
    carried = record_in(made)
    assert carried is not None
    assert carried.written == ("gg",)
    assert carried.parts == (SCORE.parts[0].name,)
    assert carried.digests == digest_notes(put_mark(made, b""))
    assert carried.steps[-1].task == "edit"
    assert choose_score(SCORE, record, bars=None).parts == SCORE.parts


def test_a_silent_selection_is_refused() -> None:
    score = make_score("C4:4 r:4 E4:4")
    with pytest.raises(ParameterError, match="no note"):
        choose_score(score, None, bars="2")
