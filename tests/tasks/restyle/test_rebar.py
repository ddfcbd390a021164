"""A tune in another metre: every note in its order, none lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import Score, make_score
from motet.tasks.restyle.rebar import rebar


def test_a_waltz_in_four_doubles_one_beat(waltz: Score) -> None:
    found = rebar(waltz, metre="4/4")
    assert found.n_bars == waltz.n_bars
    assert {bar.duration_tick for bar in found.bars} == {1920}
    assert [n.pitch for n in found.parts[0].notes] == [n.pitch for n in waltz.parts[0].notes]
    starts = [n.onset_tick for n in found.parts[0].notes if n.onset_tick % 1920 == 0]
    assert len(starts) == 4


def test_four_four_becomes_two_bars_of_three(song: Score) -> None:
    found = rebar(song, metre="3/4")
    assert found.n_bars == 2 * song.n_bars
    assert [n.pitch for n in found.parts[0].notes] == [n.pitch for n in song.parts[0].notes]


def test_six_eight_becomes_four_four() -> None:
    jig = make_score("C4:0.5 D4:0.5 E4:0.5 F4:0.5 E4:0.5 D4:0.5 | C4:3", metre="6/8")
    found = rebar(jig, metre="4/4")
    assert [n.onset_tick for n in found.parts[0].notes if n.onset_tick in (0, 960, 1920)] == [
        0,
        960,
        1920,
    ]
    assert all(n.onset_tick % 240 == 0 for n in found.parts[0].notes)


def test_even_quavers_lilt_in_a_jig() -> None:
    reel = make_score("C4:0.5 D4:0.5 E4:1 F4:2 | C4:4")
    found = rebar(reel, metre="6/8")
    assert [n.onset_tick for n in found.parts[0].notes][:4] == [0, 480, 720, 1440]
    assert found.n_bars == 4


def test_a_jig_in_two_has_even_quavers() -> None:
    jig = make_score("C4:1 D4:0.5 E4:1 F4:0.5 | C4:3", metre="6/8")
    found = rebar(jig, metre="2/4")
    assert [n.onset_tick for n in found.parts[0].notes][:4] == [0, 240, 480, 720]


def test_two_four_becomes_four_four_by_doubling_all() -> None:
    found = rebar(make_score("C4:0.5 D4:0.5 E4:1 | F4:2", metre="2/4"), metre="4/4")
    assert [n.onset_tick for n in found.parts[0].notes] == [0, 480, 960, 1920]
    assert found.n_bars == 2


def test_its_own_metre_changes_nothing(song: Score) -> None:
    assert rebar(song, metre="4/4") == song


def test_a_metre_too_far_is_refused(song: Score) -> None:
    with pytest.raises(ParameterError, match="beat by beat"):
        rebar(song, metre="2/16")


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from([0.25, 0.5, 1.0, 1.5]), min_size=4, max_size=14),
    st.sampled_from(["4/4", "6/8", "2/4"]),
)
def test_time_never_runs_backwards(lengths: list[float], metre: str) -> None:
    score = make_score(" ".join(f"C4:{one}" for one in lengths), metre="3/4")
    try:
        found = rebar(score, metre=metre)
    except ParameterError:
        return
    notes = found.parts[0].notes
    assert len(notes) == len(lengths)
    assert all(a.end_tick <= b.onset_tick + 1 for a, b in pairwise(notes))
    assert all(note.duration_tick > 0 for note in notes)
