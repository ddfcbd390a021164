"""Plans: exact bars, the given chords at their ticks, forms, sections, endings."""

from __future__ import annotations

import pytest

from motet.arranger import ArrangeRequest, find_style
from motet.arranger.plan import Plan
from motet.arranger.planning import plan_invented, plan_progression
from motet.errors import ParameterError


def plan_of(text: str | None, **options: object) -> Plan:
    request = ArrangeRequest(style="bossa", **options)  # type: ignore[arg-type]
    style = find_style("bossa")
    return plan_invented(request, style) if text is None else plan_progression(request, style, text)


def heard(plan: Plan) -> list[tuple[int, str]]:
    return [(span.start_tick, span.chord.symbol) for span in plan.harmony]


def labels(plan: Plan) -> list[str]:
    return [f"{b.label}{b.section_bars}" for b in plan.bars if b.bar_in_section == 0]


def check_spans(plan: Plan) -> None:
    """Chord spans and bars follow each other without a gap."""
    edges = [0, *(span.end_tick for span in plan.harmony)]
    assert [span.start_tick for span in plan.harmony] == edges[:-1]
    assert edges[-1] == plan.end_tick
    assert [bar.start_tick for bar in plan.bars] == [0, *(bar.end_tick for bar in plan.bars[:-1])]


def test_chords_come_in_order_at_their_ticks() -> None:
    plan = plan_of("| Dm7 G7 | Cmaj7 |", bars=2)
    assert heard(plan) == [(0, "Dm7"), (960, "G7"), (1920, "Cmaj7")]
    check_spans(plan)


@pytest.mark.parametrize(
    "text", ["| C |", "| C F G |", "| C | N.C. | G/B |", "| C | x3", "|: C | G :| F |"]
)
@pytest.mark.parametrize("metre", ["4/4", "3/4", "7/8", "12/8", "5/8"])
def test_spans_fill_every_metre(text: str, metre: str) -> None:
    check_spans(plan_of(text, metre=metre))


@pytest.mark.parametrize("bars", [1, 2, 7, 16, 33, 400])
def test_the_number_of_bars_is_obeyed(bars: int) -> None:
    for text in (None, "| C | F | G |", "[A] | C | F | [B] | G | C |"):
        plan = plan_of(text, bars=bars)
        assert len(plan.bars) == bars
        check_spans(plan)


def test_a_short_progression_is_played_for_sixteen_bars_and_an_end() -> None:
    plan = plan_of("| Am7 D7 | Gmaj7 |")
    assert len(plan.bars) == 17
    assert plan.bars[-1].is_ending
    assert plan.harmony[-1].chord.symbol == "Gmaj7"


def test_a_hundred_bars_are_all_played() -> None:
    plan = plan_of("| C | F | G | Am | Dm " * 20 + "|")
    assert len(plan.bars) == 101
    assert [symbol for _, symbol in heard(plan)][:100] == ["C", "F", "G", "Am", "Dm"] * 20


def test_repeats_are_written_out() -> None:
    assert [symbol for _, symbol in heard(plan_of("|: C | G :| F |", bars=5))] == list("CGCGF")


def test_sections_of_the_text_are_the_form() -> None:
    plan = plan_of("[主歌] | C | Am | F | G | [副歌] | F | G | C | C |")
    assert labels(plan) == ["主歌4", "副歌5"]
    assert [bar.kind for bar in plan.bars] == ["verse"] * 4 + ["chorus"] * 5
    assert plan.bars[4].intensity > plan.bars[0].intensity


def test_a_form_takes_chords_from_sections_of_its_name() -> None:
    plan = plan_of("[A] | C | F | [B] | G | Am |", form="intro2 A4 B4")
    assert labels(plan) == ["intro2", "A4", "B4"]
    assert [s for _, s in heard(plan)] == ["C", "F", "C", "F", "C", "F", "G", "Am", "G", "Am"]


def test_an_invented_piece_follows_its_form_and_comes_home() -> None:
    plan = plan_of(None, form="前奏2 A4 B4 A4", key="F", seed=3)
    assert labels(plan) == ["前奏2", "A4", "B4", "A4"]
    assert plan.harmony[-1].chord.root_pc == 5
    first, again = (
        [span.chord for span in plan.harmony if start <= span.start_tick < start + 2 * 1920]
        for start in (2 * 1920, 10 * 1920)
    )
    assert first == again
    check_spans(plan)


def test_sections_end_with_fills() -> None:
    plan = plan_of("[A] | C | F | G | C | [B] | F | G | C | C |")
    fills = [bar.index for bar in plan.bars if bar.is_fill]
    assert fills == [3, 7]


def test_one_bar_is_a_loop_and_no_ending() -> None:
    assert not plan_of("| C |", bars=1).bars[0].is_ending


def test_roman_numerals_need_a_key_and_get_it() -> None:
    plan = plan_of("| ii7 V7 | Imaj7 |", key="F", bars=2)
    assert [symbol for _, symbol in heard(plan)] == ["Gm7", "C7", "Fmaj7"]


@pytest.mark.parametrize("text", ["| C | Xyz | G |", "| C | F | Hm7 |"])
def test_an_unknown_chord_names_its_bar(text: str) -> None:
    with pytest.raises(ParameterError, match=r"bar [23]") as caught:
        plan_of(text)
    assert "小节" in caught.value.zh
