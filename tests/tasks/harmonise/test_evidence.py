"""Slots, phrases, and how chords fit a melody."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from motet.score import BarLength, make_score
from motet.tasks.harmonise.evidence import fit_slots, lay_slots, mark_phrases
from motet.tasks.harmonise.palette import find_palette
from motet.theory import Key


@pytest.mark.parametrize(
    ("metre", "most", "n"),
    [("4/4", 1, 1), ("4/4", 2, 2), ("4/4", 4, 4), ("4/4", 3, 2), ("3/4", 2, 1), ("3/4", 3, 3),
     ("6/8", 2, 2), ("2/4", 2, 2), ("7/8", 2, 1), ("5/4", 2, 1)],
)  # fmt: skip
def test_slots_follow_the_metre(metre: str, most: int, n: int) -> None:
    beats = {"4/4": 4, "3/4": 3, "6/8": 3, "2/4": 2, "7/8": 3.5, "5/4": 5}[metre]
    score = make_score(f"C4:{beats}", metre=metre)
    slots = lay_slots(score, chords_per_bar=most)
    assert len(slots) == n
    assert slots[0].level == 3
    assert (slots[0].start_tick, slots[-1].end_tick) == (0, score.bars[0].end_tick)
    assert all(a.end_tick == b.start_tick for a, b in itertools.pairwise(slots))


def test_a_pickup_has_no_chord() -> None:
    whole = make_score("G4:1 C5:4 C5:4")
    score = replace(whole, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    assert lay_slots(score)[0].bar == 1


def test_the_piece_closes_at_its_end() -> None:
    score = make_score("C4:1 D4:1 E4:1 F4:1 | G4:1 F4:1 E4:1 D4:1")
    slots = mark_phrases(score, score.parts[0], lay_slots(score))
    assert [one.closes for one in slots] == [0, 0, 0, 1.0]


def test_rests_say_nothing() -> None:
    score = replace(make_score("C5:4"), length_tick=3840)
    palette = find_palette(Key("C"), 1)
    fit = fit_slots(score, score.parts[0], lay_slots(score, chords_per_bar=1), palette)
    assert np.all(fit[1] == 0)
    assert np.ptp(fit[0]) > 1


def test_an_early_note_belongs_to_the_beat_it_anticipates() -> None:
    palette = find_palette(Key("C"), 1)
    on = make_score("G4:4 | A4:4")
    early = make_score("G4:3.5 A4:4.5")
    for score in (on, early):
        fit = fit_slots(score, score.parts[0], lay_slots(score, chords_per_bar=1), palette)
        names = [palette[k].chord.symbol for k in np.argsort(-fit[1])[:3]]
        assert {"F", "Am"} & set(names)
