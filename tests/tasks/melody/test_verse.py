"""Words in bars: windows follow each other, repeats keep theirs."""

from __future__ import annotations

from motet.score import Metre
from motet.tasks.melody.verse import lay_words
from motet.tasks.melody.words import read_words

COMMON = Metre(tick=0, numerator=4, denominator=4)


def test_windows_fill_the_bars_one_after_another() -> None:
    text = "The river runs beneath the silver moon\nAnd carries all my sorrows\n\nHome\n\nThe end of all"
    found = lay_words(read_words(text), COMMON, start_bar=4)
    bar = 4
    for verse in found:
        assert verse.start_bar == bar
        for line in verse.lines:
            assert line.start_bar == bar
            bar += line.n_bars
    ticks = [one.tick for verse in found for line in verse.lines for one in line.sets]
    assert ticks == sorted(set(ticks))


def test_the_same_words_have_the_same_rhythm() -> None:
    found = lay_words(
        read_words("[Chorus]\nHome again tonight\n\n[Verse]\nA b c\n\n[Chorus]"), COMMON
    )
    first, last = found[0], found[2]
    assert last.is_same_words
    shift = (last.start_bar - first.start_bar) * 1920
    own = [one.tick - shift for one in last.lines[0].sets]
    assert own == [one.tick for one in first.lines[0].sets]


def test_bars_a_line_are_obeyed() -> None:
    found = lay_words(read_words("la la la\nla la"), COMMON, bars_a_line=4)
    assert [line.n_bars for line in found[0].lines] == [4, 4]
