"""Sections, chords and numbers above a row."""

import re

from motet.render.roll_layout import Row, row_furniture
from motet.render.roll_style import RollStyle
from motet.render.roll_words import chord_size, draw_chords, draw_numbers, draw_sections
from motet.score import ChordSymbol, KeySignature, Metre, Score, Section, Tempo, make_score

_STYLE = RollStyle()


def _row(score: Score, *, px_per_bar: float, first: int = 0, last: int | None = None) -> Row:
    bars = score.bars[first:last]
    furniture = row_furniture(score, score.bars, score.parts)
    return Row(bars=bars, px_per_tick=px_per_bar / score.bars[0].duration_tick, furniture=furniture)


def _words(elements: list[str]) -> list[str]:
    return [found for line in elements for found in re.findall(r">([^<]+)</text>", line)]


def _score(n_bars: int, **more: object) -> Score:
    return Score(parts=make_score("C4:4 " * n_bars).parts, **more)  # type: ignore[arg-type]


def test_bands_span_their_sections_and_kinds_share_a_colour() -> None:
    labels = ("verse 1", "chorus", "verse 2")
    sections = tuple(Section(tick=k * 1920, label=label) for k, label in enumerate(labels))
    drawn = draw_sections(s := _score(3, sections=sections), _row(s, px_per_bar=200), 0, _STYLE)
    bands = [line for line in drawn if line.startswith("<rect")]
    colours = [re.search('fill="(#.{6})"', band).group(1) for band in bands]  # type: ignore[union-attr]
    assert colours[0] == colours[2] != colours[1]
    assert all('width="198.0"' in band for band in bands)
    assert _words(drawn) == ["Verse 1", "Chorus", "Verse 2"]


def test_a_section_that_goes_on_is_named_again_in_the_next_row() -> None:
    score = _score(2, sections=(Section(tick=0, label="A"),))
    drawn = draw_sections(score, _row(score, px_per_bar=400, first=1), 0, _STYLE)
    assert _words(drawn) == ["A"]
    assert "bold" not in "".join(drawn)


def test_crowded_chords_shrink_then_squeeze_then_keep_those_on_the_beat() -> None:
    score = make_score("C4:4 C4:4 C4:4", chords="Bbmaj7:4 F#m7b5:4 E7:4")
    assert chord_size(score, _row(score, px_per_bar=200)) == 15
    assert 10 < chord_size(score, _row(score, px_per_bar=55)) < 15
    tight = draw_chords(score, _row(score, px_per_bar=48), 0, _STYLE)
    assert _words(tight) == ["B♭maj7", "F♯m7♭5", "E7"]
    assert "textLength" in tight[1]
    busy = make_score("C4:4 C4:4", chords="C:1 F/A:1 Bbmaj7:1 G7:1 Am7:4")
    assert _words(draw_chords(busy, _row(busy, px_per_bar=40), 0, _STYLE))[-1] == "Am7"
    assert _words(draw_chords(busy, _row(busy, px_per_bar=40), 0, _STYLE))[0] == "C"


def test_bar_numbers_thin_out() -> None:
    score = _score(32)
    wide = _words(draw_numbers(score, _row(score, px_per_bar=60), 0, _STYLE))
    assert wide == [str(k + 1) for k in range(32)]
    dense = _words(draw_numbers(score, _row(score, px_per_bar=12), 0, _STYLE))
    assert dense == ["1", "5", "9", "13", "17", "21", "25", "29"]


def test_changes_are_told_at_their_bars() -> None:
    score = _score(
        4,
        tempos=(Tempo(tick=0, quarter_us=500_000), Tempo(tick=1920, quarter_us=1_000_000)),
        metres=(
            Metre(tick=0, numerator=4, denominator=4),
            Metre(tick=3840, numerator=3, denominator=4),
        ),
        keys=(KeySignature(tick=0, fifths=0), KeySignature(tick=3840, fifths=3)),
    )
    words = _words(draw_numbers(score, _row(score, px_per_bar=150), 0, _STYLE))
    assert "2  ♩=60" in words
    assert "3  3/4  A major" in words


def test_slow_tempo_drift_is_not_told_at_every_step() -> None:
    tempos = tuple(Tempo(tick=k * 240, quarter_us=500_000 + 1000 * k) for k in range(16))
    score = _score(2, tempos=tempos)
    words = _words(draw_numbers(score, _row(score, px_per_bar=400), 0, _STYLE))
    assert words == ["1", "2"]


def test_chords_before_the_row_do_not_show() -> None:
    score = _score(2, chords=(ChordSymbol(tick=0, symbol="C"), ChordSymbol(tick=1920, symbol="D")))
    assert _words(draw_chords(score, _row(score, px_per_bar=90, first=1), 0, _STYLE)) == ["D"]
