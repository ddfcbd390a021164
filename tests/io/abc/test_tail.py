"""Bar lines and syllables of the writer."""

from dataclasses import replace

from motet.io.abc.tail import bar_marks
from motet.score import Ending, Repeat, make_score


def test_endings_and_jumps():
    score = replace(
        make_score("C4:4 D4:4 E4:4 F4:4"),
        repeats=(Repeat(tick=0, kind="start"), Repeat(tick=3840, kind="end"),
                 Repeat(tick=7680, kind="da-capo")),
        endings=(Ending(start_tick=1920, end_tick=3840, numbers=(1,)),
                 Ending(start_tick=3840, end_tick=5760, numbers=(2,))),
    )  # fmt: skip
    ends, starts = bar_marks(score)
    assert ends == [("|", "[1 "), (":|", "[2 "), ("||", ""), ("!D.C.!|]", "")]
    assert starts[0] == "|:"
