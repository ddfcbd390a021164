"""The list of repairs."""

import pytest

from motet.errors import FormatError
from motet.io.musicxml.journal import Journal


def test_one_kind_is_one_entry_at_its_first_place():
    journal = Journal()
    for measure in ("3", "5"):
        journal.part, journal.measure = "P2", measure
        journal.mend("{n} things mended", "修正 {n} 处")
    (repair,) = journal.repairs
    assert repair.localised("zh") == "声部 P2,第 3 小节:修正 2 处"


def test_strict_reading_raises_at_damage_but_not_at_news():
    journal = Journal(mend=False, path="a.xml")
    journal.tell("{n} fingerings left out", "略去 {n}")
    with pytest.raises(FormatError, match="1 thing") as caught:
        journal.mend("{n} thing", "{n} 处")
    assert caught.value.path == "a.xml"


def test_the_line_of_a_measure_is_found():
    journal = Journal()
    journal.data = b"<a>\n<measure>\n</measure><measure>\n"
    journal.n_measures = 2
    assert journal.line == 3
    assert journal.refusal("x", "x").place == "line 3"
