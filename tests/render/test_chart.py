"""Charts: what begins in which bar, counted by hand."""

from __future__ import annotations

from dataclasses import replace

from motet.render.chart import ChartBar, chart_bars, draw_chart
from motet.score import BarLength, Section, make_score


def test_each_bar_has_its_own_chords() -> None:
    score = make_score("C4:4 D4:4 E4:4", chords="C:2 Am:2 F:4 G:4")
    assert [bar.chords for bar in chart_bars(score)] == [("C", "Am"), ("F",), ("G",)]


def test_sections_begin_a_line() -> None:
    score = make_score("C4:4 D4:4 E4:4", chords="C:12")
    score = replace(score, sections=(Section(tick=1920, label="主歌"),))
    assert draw_chart(chart_bars(score)) == [
        "   1 | C       |",
        "主歌:",
        "   2 | %       | %       |",
    ]


def test_a_pickup_keeps_the_numbers_of_the_score() -> None:
    score = make_score("G4:1 | C5:4", chords="N.C.:1 C:4")
    score = replace(score, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    bars = chart_bars(score)
    assert [bar.bar for bar in bars] == [bar.number for bar in score.bars]
    assert bars[1].chords == ("C",)


def test_nothing_gives_no_chart() -> None:
    assert draw_chart(chart_bars(make_score("C4:4"))) == []


def test_long_charts_say_how_much_is_missing() -> None:
    bars = tuple(ChartBar(bar=k, section="", chords=("C",)) for k in range(1, 101))
    assert draw_chart(bars, max_lines=5)[-1] == "… 20 more lines"
    assert draw_chart(bars, max_lines=5, language="zh")[-1] == "……另有 20 行"
