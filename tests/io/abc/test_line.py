"""Bars of one voice."""

from fractions import Fraction

from motet.io.abc.line import LineWriter, Marks
from motet.io.abc.plan import cut_bars, lay_strands
from motet.score import make_score


def bars(text, unit=Fraction(1, 8)):
    score = make_score(text)
    strand = lay_strands(score.parts[0])[0]
    writer = LineWriter(480, unit, Marks(), strand.graces)
    pieces = cut_bars(strand, score.bars, [])
    return [writer.bar(bar, mine) for bar, mine in zip(score.bars, pieces, strict=True)]


def test_ties_over_bar_lines_and_whole_rests():
    assert bars("r:4 C#4:6 C#4:2") == ["Z", "^C8-", "C4 ^C4"]


def test_odd_tuplets_name_their_numbers():
    assert bars("C4:0.2 D4:0.2 E4:0.2 F4:0.2 G4:0.2 r:3", Fraction(1, 16)) == ["(5:4:5CDEFG z12"]
