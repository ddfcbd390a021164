"""Voices to parts."""

from motet.io.abc.assembly import group_voices
from motet.io.abc.read import read_abc


def test_layouts():
    assert group_voices("", ["1", "2"]) == [[["1"]], [["2"]]]
    assert group_voices("[(S A) (T B)]", list("SATB")) == [[["S", "A"]], [["T", "B"]]]
    assert group_voices("{(R1 R2) | L}", ["R1", "R2", "L"]) == [[["R1", "R2"], ["L"]]]
    assert group_voices("((((", ["1"]) == [[["1"]]]


def test_free_metre_has_the_bars_that_are_written():
    score = read_abc(b"X:1\nM:none\nL:1/4\nK:C\nCDE|F|]\n").score
    assert score.metres[0].symbol == "none"
    assert [bar.duration_tick for bar in score.bars] == [1440, 480]


def test_credits_go_where_they_belong():
    score = read_abc(b"X:1\nC:Words: Ann\nC:Music: Bob\nC:copyright: free\nK:C\nC\n").score
    assert (score.lyricist, score.composer, score.copyright) == ("Ann", "Bob", "free")
