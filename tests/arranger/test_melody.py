"""Melodies: one voice, chord tones on long strong notes, sections that return, silence in intros."""

from __future__ import annotations

from itertools import pairwise

import pytest

from motet.arranger import ArrangeRequest, Piece, find_style, list_styles, write_piece
from motet.arranger.melody import write_melody
from motet.arranger.plan import Plan, Stroke
from motet.arranger.planning import plan_invented, plan_progression


def plan_of(text: str | None, style: str = "pop", **options: object) -> Plan:
    request = ArrangeRequest(style=style, **options)  # type: ignore[arg-type]
    found = find_style(style)
    return plan_invented(request, found) if text is None else plan_progression(request, found, text)


def sing(plan: Plan) -> list[Stroke]:
    return write_melody(plan, plan.style.melody)


@pytest.mark.parametrize("metre", ["1/4", "2/4", "3/8", "5/8", "7/8", "9/8", "11/8", "5/4", "3/2"])
def test_one_voice_in_every_metre(metre: str) -> None:
    for style in ("pop", "bossa"):
        plan = plan_of("| C | Am | F | G |", style, metre=metre, bars=12, seed=2)
        strokes = sing(plan)
        assert strokes
        for one, two in pairwise(strokes):
            assert one.tick < two.tick
        assert min(s.tick for s in strokes) >= 0
        spec = plan.style.melody
        assert all(spec.low <= s.pitch <= spec.high for s in strokes)


@pytest.mark.parametrize("style", [style.name for style in list_styles()][::4])
def test_long_notes_on_the_beat_belong_to_the_chord(style: str) -> None:
    plan = plan_of("| C | Am7 | Dm7 | G7 |", style, bars=16, seed=4, metre="4/4")
    strong = [s for s in sing(plan) if s.tick % 1920 == 0 and s.duration_tick >= 480]
    inside = [s.pitch % 12 in plan.span_at(s.tick).chord.pcs for s in strong]
    assert sum(inside) >= 0.75 * len(inside)


def test_intros_and_breaks_are_silent() -> None:
    plan = plan_of(None, form="intro4 A4 break4 B4", seed=1)
    silent = [bar for bar in plan.bars if bar.kind in ("intro", "break")]
    lead_in = 720
    for stroke in sing(plan):
        for bar in silent:
            is_last = bar.bar_in_section == bar.section_bars - 1
            end = bar.end_tick - (lead_in if is_last else 0)
            assert not bar.start_tick <= stroke.tick < end


def test_the_tune_comes_back_with_its_section() -> None:
    plan = plan_of("[A] | C | Am | F | G | [B] | F | G | C | Am | [A] | C | Am | F | G |", seed=3)
    lines = [
        [s.pitch for s in sing(plan) if start * 1920 <= s.tick < (start + 3) * 1920]
        for start in (0, 8)
    ]
    shared = sum(pitch in lines[1] for pitch in lines[0])
    assert lines[0][0] == lines[1][0]
    assert shared >= 0.8 * len(lines[0])


def test_the_last_note_is_the_tonic() -> None:
    for seed in range(4):
        plan = plan_of(None, form="A8 B8", key="D", seed=seed)
        last = sing(plan)[-1]
        assert last.tick == plan.bars[-1].start_tick
        assert last.pitch % 12 == 2


def test_no_melody_is_written_when_none_is_wanted() -> None:
    def piece(**options: object) -> Piece:
        return write_piece("| C | G |", ArrangeRequest(bars=4, **options))  # type: ignore[arg-type]

    assert "melody" in [part.role for part in piece().parts]
    assert "melody" not in [part.role for part in piece(melody=False).parts]
    assert "melody" not in [part.role for part in piece(parts=("bass",)).parts]


def test_a_lead_in_never_begins_before_the_piece() -> None:
    for seed in range(12):
        plan = plan_of(None, form="intro1 A8 B4", metre="1/4", seed=seed)
        assert min(stroke.tick for stroke in sing(plan)) >= 0
