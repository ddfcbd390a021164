"""Comping: chord tones only, led with small steps, struck again at changes; strums, arpeggios, left hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import motet
from motet.arranger import PartSpec, Style
from motet.arranger.comping import Voicings, voice_within, write_comping
from motet.arranger.plan import Plan, Stroke
from motet.score import make_score
from motet.theory.chord import parse_chord
from motet.theory.instrument import find_instrument

MakePlan = Callable[..., Plan]
MakeStyle = Callable[..., Style]
Play = Callable[..., list[Stroke]]


def piano(plan: Plan) -> PartSpec:
    return next(spec for spec in plan.style.parts if spec.name == "Piano")


@pytest.fixture
def play(make_plan: MakePlan, make_style: MakeStyle) -> Play:
    def make(text: str, pattern: str, **options: object) -> list[Stroke]:
        plan = make_plan(text, style=make_style(("x--- x---", pattern)), **options)
        return write_comping(plan, piano(plan))

    return make


def at(strokes: list[Stroke], tick: int) -> list[int]:
    return sorted(stroke.pitch for stroke in strokes if stroke.tick == tick)


def spans(strokes: list[Stroke]) -> list[tuple[int, int]]:
    return sorted({(stroke.tick, stroke.duration_tick) for stroke in strokes})


def test_chords_are_whole_and_in_range(play: Play) -> None:
    strokes = play("| C | F | G7 | Am |", "X---o---")
    for bar, chord in enumerate(("C", "F", "G7", "Am")):
        pitches = at(strokes, 1920 * bar)
        assert {p % 12 for p in pitches} <= set(parse_chord(chord).pcs)
        assert len(pitches) == 3
        assert min(pitches) >= 48
        assert max(pitches) <= 72


def test_voices_move_little(play: Play) -> None:
    strokes = play("| C | F | G | C | Am | Dm | G | C |", "x-------")
    for bar in range(7):
        one, two = at(strokes, 1920 * bar), at(strokes, 1920 * (bar + 1))
        assert max(abs(a - b) for a, b in zip(one, two, strict=True)) <= 5


def test_a_stroke_over_a_change_is_struck_again(play: Play) -> None:
    strokes = play("| C F |", "x-------")
    assert spans(strokes) == [(0, 960), (960, 960)]
    assert {p % 12 for p in at(strokes, 960)} == {5, 9, 0}


def test_a_held_beginning_holds_only_the_same_chord(play: Play) -> None:
    assert spans(play("| C | C |", "x--- x--- | --- x----"))[1] == (960, 1680)
    assert spans(play("| C | F |", "x--- x--- | --- x----"))[1] == (960, 960)


def test_early_chords_are_the_next_ones(play: Play) -> None:
    strokes = play("| C | F |", "x-----p- | --x-----")
    assert {p % 12 for p in at(strokes, 1440)} == {5, 9, 0}
    assert (1440, 960) in spans(strokes)


def test_no_chord_is_silence(play: Play) -> None:
    strokes = play("| C | N.C. | C |", "x---x---")
    assert not [stroke for stroke in strokes if 1920 <= stroke.tick < 3840]
    assert play("| C | N.C. |", "x-----P- | ----x---")[-1].tick < 1440


@pytest.mark.parametrize("pattern", ["123456", "654321", "6-6-6-", "1t2b3t"])
@pytest.mark.parametrize("chord", ["C", "F#m7b5", "Bb13", "E7#9", "G/B"])
def test_broken_chords_have_chord_tones_and_rise(play: Play, pattern: str, chord: str) -> None:
    strokes = play(f"| {chord} |", pattern)
    assert {stroke.pitch % 12 for stroke in strokes} <= set(parse_chord(chord).pcs)
    if pattern == "123456":
        pitches = [stroke.pitch for stroke in strokes]
        assert pitches[:3] == sorted(set(pitches[:3]))


def test_a_broken_chord_stays_on_its_instrument(make_plan: MakePlan, make_style: MakeStyle) -> None:
    style = make_style(
        ("x--- x---", "123456"),
        ('"piano"', '"banjo"'),
        ('["C3", "C5"]', '["A4", "A5"]'),
        ("voices = 3", "voices = 2"),
    )
    plan = make_plan("| C | F | Ab | E |", style=style)
    spec = piano(plan)
    strokes = write_comping(plan, spec)
    for stroke in strokes:
        assert 69 <= stroke.pitch <= find_instrument("banjo").high
        assert stroke.pitch % 12 in plan.span_at(stroke.tick).chord.pcs


def test_strums_go_down_and_up(play: Play) -> None:
    strokes = play("| C |", "D---U---")
    down = [stroke for stroke in strokes if stroke.tick == 0]
    up = [stroke for stroke in strokes if stroke.tick == 960]
    assert [s.pitch for s in sorted(down, key=lambda s: s.offset_tick)] == at(strokes, 0)
    assert [s.pitch for s in sorted(up, key=lambda s: s.offset_tick)] == at(strokes, 960)[::-1]
    assert max(stroke.offset_tick for stroke in down) > 0


def test_a_muted_strum_is_short_and_soft(play: Play) -> None:
    muted = play("| C |", "m---")
    usual = play("| C |", "x---")
    assert max(s.duration_tick for s in muted) <= 50
    assert max(s.velocity for s in muted) < min(s.velocity for s in usual)


def test_a_left_hand_plays_below(make_plan: MakePlan, make_style: MakeStyle) -> None:
    style = make_style(("Bass = ", '"Piano:bass" = "R---5---"\nBass = '))
    plan = make_plan("| C | F |", style=style)
    strokes = write_comping(plan, piano(plan))
    bass = [min(s.pitch for s in strokes if s.tick == tick) for tick in (0, 960, 1920, 2880)]
    assert [pitch % 12 for pitch in bass] == [0, 7, 5, 0]
    assert max(bass) < 52


def test_a_part_of_higher_levels_is_silent(make_plan: MakePlan, make_style: MakeStyle) -> None:
    style = make_style(("voices = 3", "voices = 3\nlevel = [4, 5]"))
    soft, loud = (make_plan("| C |", style=style, intensity=level) for level in (3, 4))
    assert not write_comping(soft, piano(soft))
    assert write_comping(loud, piano(loud))


@pytest.mark.parametrize(("ending", "length"), [("hold", 1920), ("stab", 240)])
def test_the_last_chord_is_held_or_struck(
    make_plan: MakePlan, tiny: Style, ending: str, length: int
) -> None:
    plan = make_plan("| G | C |", style=replace(tiny, ending=ending), ends=True)
    strokes = write_comping(plan, piano(plan))
    assert {s.duration_tick for s in strokes if s.tick == 1920} == {length}


def test_a_section_that_returns_begins_with_its_voicing(make_plan: MakePlan) -> None:
    plan = make_plan("| C | F | Bb | Eb | C |")
    back = tuple(
        replace(bar, section=bar.index // 4, bar_in_section=bar.index % 4) for bar in plan.bars
    )
    voicings = Voicings(replace(plan, bars=back), piano(plan))
    assert voicings.at(plan.harmony[0]) == voicings.at(plan.harmony[4])


def test_a_voicing_that_does_not_fit_gives_way_to_a_close_one() -> None:
    spec = PartSpec(
        name="A", name_zh="A", role="comping", instrument="Piano", program=0,
        voicing="spread", n_voices=5, low=60, high=72,
    )  # fmt: skip
    found = voice_within(parse_chord("C"), spec, ())
    assert found
    assert all(60 <= pitch <= 72 for pitch in found)


def test_a_major_seventh_is_left_out_under_a_root_that_the_melody_holds() -> None:
    held = make_score("C5:4", chords="Cmaj7:4")
    free = make_score("G4:4", chords="Cmaj7:4")
    for score, has_seventh in ((held, False), (free, True)):
        piece = motet.arrange(score, style="bossa", humanise=0)
        pitches = {n.pitch % 12 for p in piece.parts if p.role == "comping" for n in p.notes}
        assert (11 in pitches) is has_seventh
