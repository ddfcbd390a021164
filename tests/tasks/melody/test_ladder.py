"""Pitches for a rhythm without a model."""

from __future__ import annotations

from dataclasses import replace

from motet.brief import PartBrief
from motet.score import Part, Score, make_score
from motet.tasks.cast import plan_part
from motet.tasks.harmony import HeldHarmony
from motet.tasks.melody.ladder import find_pitches, plain_rhythm, tune_note
from motet.theory.scale import Key

PLAN = plan_part(PartBrief(instrument="flute", low=60, high=79), role="melody")


def test_the_rhythm_is_exact_and_strong_notes_fit_the_chords() -> None:
    frame = replace(
        make_score("r:8", chords="C:4 G7:4"), parts=(Part(name="Flute"),), length_tick=3840
    )
    rhythms = {0: ((0, 24), (24, 12), (36, 12), (48, 48)), 1: ((0, 96),)}
    done = find_pitches(frame, 0, PLAN, rhythms, bars=[0, 1], key=Key("C"), seed=3)
    notes = done.parts[0].notes
    assert [note.onset_tick for note in notes] == [0, 480, 720, 960, 1920]
    assert all(60 <= note.pitch <= 79 for note in notes)
    assert notes[0].pitch % 12 in (0, 4, 7)
    assert notes[-1].pitch % 12 == 7
    assert done == find_pitches(frame, 0, PLAN, rhythms, bars=[0, 1], key=Key("C"), seed=3)


def test_other_bars_stay() -> None:
    score = make_score("C4:4 D4:4 E4:4")
    done = find_pitches(score, 0, PLAN, {1: ((0, 48),)}, bars=[1], key=Key("C"))
    assert [n for n in done.parts[0].notes if n.onset_tick != 1920] == [
        n for n in score.parts[0].notes if n.onset_tick != 1920
    ]


def test_nothing_to_write_is_nothing() -> None:
    score = Score(parts=(Part(),), length_tick=1920)
    assert find_pitches(score, 0, PLAN, {0: ()}, bars=[0], key=Key("C")) == score


def test_a_note_knows_its_place() -> None:
    score = make_score("C4:1 D4:1", chords="C:2")
    held = HeldHarmony(score)
    strong = tune_note(score, held, Key("C"), tick=0, duration_tick=480, goal=60)
    weak = tune_note(score, held, Key("C"), tick=480, duration_tick=240, goal=60)
    assert (strong.is_strong, strong.is_long) == (True, True)
    assert (weak.is_strong, weak.is_long) == (False, False)


def test_a_plain_rhythm_fills_its_bar() -> None:
    for metre, total in (("4/4", 96), ("3/4", 72), ("6/8", 72), ("7/8", 84)):
        pairs = plain_rhythm(make_score("C4:1", metre=metre), 0)
        assert pairs[0][0] == 0
        assert sum(duration for _, duration in pairs) == total
