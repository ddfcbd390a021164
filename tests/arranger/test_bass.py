"""Bass: chord roots wherever chords change, slash chords, approaches, walking, silence, endings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from motet.arranger import Style
from motet.arranger.bass import write_bass
from motet.arranger.plan import Plan, Stroke

MakePlan = Callable[..., Plan]
MakeStyle = Callable[..., Style]


def bass(plan: Plan) -> list[Stroke]:
    return write_bass(plan, next(spec for spec in plan.style.parts if spec.role == "bass"))


def line(strokes: list[Stroke]) -> list[tuple[int, int, int]]:
    return [(s.tick, s.duration_tick, s.pitch % 12) for s in strokes]


@pytest.fixture
def play(make_plan: MakePlan, make_style: MakeStyle) -> Callable[..., list[Stroke]]:
    def make(text: str, pattern: str, **options: object) -> list[Stroke]:
        style = make_style(("R--- 5---", pattern))
        return bass(make_plan(text, style=style, **options))

    return make


Play = Callable[..., list[Stroke]]


def test_roots_and_fifths(play: Play) -> None:
    assert line(play("| C | F |", "R--- 5---")) == [
        (0, 960, 0), (960, 960, 7), (1920, 960, 5), (2880, 960, 0),
    ]  # fmt: skip


def test_a_slash_chord_puts_its_bass_below(play: Play) -> None:
    assert line(play("| C/E | F/A |", "R-------")) == [(0, 1920, 4), (1920, 1920, 9)]


def test_a_chord_change_under_a_long_note_is_struck(play: Play) -> None:
    assert line(play("| C F |", "R-------")) == [(0, 960, 0), (960, 960, 5)]


def test_three_chords_in_seven_eight(play: Play) -> None:
    found = line(play("| C F G |", "R-------", metre="7/8"))
    assert [pc for _, _, pc in found] == [0, 5, 7]
    assert sum(duration for _, duration, _ in found) == 1680


def test_no_chord_is_silence(play: Play) -> None:
    found = line(play("| C | N.C. | F |", "R--- 5---"))
    assert [tick for tick, _, _ in found] == [0, 960, 3840, 4800]


def test_a_held_root_stops_where_the_harmony_does(play: Play) -> None:
    assert line(play("| C | N.C. |", "R------- | -----R--")) == [(0, 1920, 0)]


def test_an_early_root_belongs_to_the_next_chord(play: Play) -> None:
    found = line(play("| C | F |", "R-----p- | --R-----"))
    assert found == [(0, 1440, 0), (1440, 960, 5), (2400, 1440, 5)]


def test_a_held_beginning_under_a_new_chord_is_struck(play: Play) -> None:
    found = line(play("| C | F |", "R------- | --R-----"))
    assert found == [(0, 1920, 0), (1920, 480, 5), (2400, 1440, 5)]


def test_approaches_lead_to_the_next_root_by_a_semitone(play: Play) -> None:
    strokes = play("| C | F | G | C |", "R-----a-")
    for approach, root in zip(strokes[1::2], strokes[2::2], strict=False):
        assert abs(approach.pitch - root.pitch) == 1


def test_scale_approaches_stay_in_the_scale(play: Play) -> None:
    strokes = play("| C | F | G | C |", "R-----s-")
    for approach in strokes[1::2]:
        assert approach.pitch % 12 in {0, 2, 4, 5, 7, 9, 11}


@pytest.mark.parametrize(
    ("chord", "pattern", "degrees"),
    [
        ("Am7", "R357", [9, 0, 4, 7]),
        ("Cmaj7", "R357", [0, 4, 7, 11]),
        ("Ddim7", "R357", [2, 5, 8, 11]),
        ("C", "R62R", [0, 9, 2, 0]),
        ("C", "R8lR", [0, 0, 7, 0]),
    ],
)
def test_degrees_are_those_of_the_chord(
    play: Play, chord: str, pattern: str, degrees: list[int]
) -> None:
    assert [stroke.pitch % 12 for stroke in play(f"| {chord} |", pattern)] == degrees


def test_walking_lines_start_on_roots_and_move_by_small_steps(play: Play) -> None:
    strokes = play("| C | Am | Dm | G7 | C | F | G7 | C |", "wwww")
    roots = [0, 9, 2, 7, 0, 5, 7, 0]
    assert [stroke.pitch % 12 for stroke in strokes[::4]] == roots
    leaps = [abs(a.pitch - b.pitch) for a, b in pairwise(strokes)]
    assert sum(leaps) / len(leaps) < 4


def test_a_degree_after_walking_belongs_to_the_chord_of_now(play: Play) -> None:
    strokes = play("| C | Eb |", "www8")
    assert strokes[-1].pitch % 12 == 3


def test_a_dead_note_at_a_chord_s_start_has_the_chord_s_root(play: Play) -> None:
    strokes = play("| C | Eb |", "xR--")
    assert [stroke.pitch % 12 for stroke in strokes] == [0, 0, 3, 3]


@pytest.mark.parametrize("pattern", ["R8 5l", "wwww", "R3 5a", "Rs p-", "876432lR"])
def test_one_voice_within_the_range(play: Play, pattern: str) -> None:
    strokes = play("| C7 | Db/F | B7#9 | Gsus4 | F#m7b5 | Bb | Ab+ | C |", pattern)
    assert all(28 <= stroke.pitch <= 43 for stroke in strokes)
    for one, other in pairwise(strokes):
        assert one.tick + one.duration_tick <= other.tick


@pytest.mark.parametrize(("ending", "length"), [("hold", 1920), ("ritard", 1920), ("stab", 240)])
def test_the_last_note_lasts_as_the_style_ends(
    make_plan: MakePlan, tiny: Style, ending: str, length: int
) -> None:
    plan = make_plan("| G | C |", style=replace(tiny, ending=ending), ends=True)
    assert line(bass(plan))[-1] == (1920, length, 0)


def test_a_part_that_never_plays_does_not_end_the_piece(
    make_plan: MakePlan, make_style: MakeStyle
) -> None:
    style = make_style(('range = ["E1", "G2"]', 'range = ["E1", "G2"]\nlevel = [4, 5]'))
    assert bass(make_plan("| G | C |", style=style, ends=True, intensity=2)) == []


def test_an_early_root_in_the_middle_of_a_long_chord_is_the_chord_s_own(play: Play) -> None:
    assert line(play("| C | F |", "R-p-R---"))[1] == (480, 480, 0)
