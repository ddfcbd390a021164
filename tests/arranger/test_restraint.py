"""Restraint: no syncopation, no chromatic tones, no leaps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import motet
from motet.arranger.ensemble import write_score
from motet.arranger.plan import Stroke
from motet.arranger.planning import plan_invented
from motet.arranger.request import ArrangeRequest
from motet.arranger.restraint import key_tones, smooth_line, steady_strokes
from motet.arranger.style_file import find_style
from motet.score import Score
from motet.theory.scale import Key

SCALE = [p for p in range(50, 90) if p % 12 in (0, 2, 4, 5, 7, 9, 11)]


def written(style: str, *avoid: str, seed: int = 0) -> Score:
    """A piece of the arranger's on the grid."""
    request = ArrangeRequest(style=style, avoid=avoid, key="C", seed=seed, humanise=0, swing=0)
    return write_score(plan_invented(request, find_style(style)), request)


def n_held_over(score: Score) -> int:
    """How many notes begin off the beat and are held over the next one."""
    found = 0
    for part in score.parts:
        for note in part.notes if not part.is_drums else ():
            beat = -(-note.onset_tick // 480) * 480
            found += note.onset_tick % 480 != 0 and note.end_tick > beat
    return found


@settings(max_examples=40)
@given(st.lists(st.integers(50, 89), min_size=1, max_size=20))
def test_a_smooth_line_steps_and_keeps_what_steps_already(pitches: list[int]) -> None:
    line = smooth_line(pitches, lambda _: SCALE)
    assert len(line) == len(pitches)
    assert all(abs(a - b) <= 5 for a, b in pairwise(line))
    if all(abs(a - b) <= 5 for a, b in pairwise(pitches)):
        assert line == pitches


def test_held_strokes_begin_on_the_beat_or_end_at_it() -> None:
    strokes = [Stroke(240, 480, 60, 80), Stroke(720, 600, 62, 80), Stroke(960, 300, 64, 80)]
    found = steady_strokes(strokes, (0, 480, 960, 1440))
    assert [(one.tick, one.duration_tick) for one in found] == [(480, 240), (720, 240), (960, 300)]


def test_a_bossa_without_syncopation_has_none() -> None:
    assert n_held_over(written("bossa")) > 20
    assert n_held_over(written("bossa", "syncopation")) == 0


@pytest.mark.parametrize("style", ["swing", "pop", "gospel"])
def test_without_chromatic_notes_everything_is_in_the_key(style: str) -> None:
    score = written(style, "chromatic notes", seed=3)
    pcs = {note.pitch % 12 for part in score.parts if not part.is_drums for note in part.notes}
    assert pcs <= key_tones(Key("C"))


def test_a_melody_without_leaps_has_none() -> None:
    tune = written("pop", "leaps", seed=2).parts[0]
    assert tune.role == "melody"
    steps = [abs(b.pitch - a.pitch) for a, b in pairwise(tune.notes)]
    assert len(steps) > 20
    assert max(steps) <= 5


def test_seventh_chords_can_be_left_out() -> None:
    chords = written("bossa", "seventh chords").chords
    assert len(chords) > 4
    assert all(len(motet.theory.parse_chord(one.symbol).pcs) <= 3 for one in chords)
