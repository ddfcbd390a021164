"""MusicXML made ready for the engraver."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from motet.io.musicxml_write import write_musicxml
from motet.render.sheet import sheet_pages
from motet.render.sheet_music import ready_full, ready_lead
from motet.score import BarLength, Score, Section, make_score


def _lines(score: Score, **options: float) -> list[int]:
    """Return how many bars each line of the lead sheet has."""
    text = ready_lead(write_musicxml(score, layout="lead"), score, **options).decode()
    bars = re.findall(r"<measure\b.*?</measure>", text, re.DOTALL)
    starts = [0, *(k for k, bar in enumerate(bars) if "new-system" in bar), len(bars)]
    return [high - low for low, high in pairwise(starts)]


def _song(n_bars: int, metre: str = "4/4", bar: str = "C4:4 ") -> Score:
    return make_score(bar * n_bars, metre=metre)


@pytest.mark.parametrize(
    ("n_bars", "lines"), [(3, [3]), (8, [4, 4]), (9, [4, 5]), (14, [4, 4, 4, 2])]
)
def test_four_bars_a_line(n_bars: int, lines: list[int]) -> None:
    assert _lines(_song(n_bars)) == lines
    assert _lines(_song(n_bars, "3/4", "C4:3 ")) == lines


def test_a_section_begins_a_line() -> None:
    marks = tuple(Section(tick=k * 1920, label="x") for k in (0, 6, 10))
    assert _lines(replace(_song(12), sections=marks)) == [4, 2, 4, 2]


def test_a_pickup_is_no_bar_of_its_own() -> None:
    score = make_score("G4:1 " + "C4:4 " * 8)
    score = replace(score, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    assert _lines(score) == [5, 4]


def test_full_bars_get_room_and_big_staves_too() -> None:
    busy = _song(8, bar="C4:0.25 D4:0.25 E4:0.25 F4:0.25 " * 4)
    assert _lines(busy) == [2, 2, 2, 2]
    eighths = _song(8, bar="C4:0.5 D4:0.5 " * 4)
    assert (_lines(eighths), _lines(eighths, scale=1.8)) == ([4, 4], [2, 2, 2, 2])


def test_lines_are_engraved_as_asked() -> None:
    (page,) = sheet_pages(_song(14), layout="lead")
    systems = page.split('class="system"')[1:]
    assert [system.count('class="measure"') for system in systems] == [4, 4, 4, 2]


def test_marks_over_a_long_rest_are_printed() -> None:
    score = make_score("r:4 " * 6 + "C4:4 " * 6, chords="Am:24 F:24", qpm=90)
    score = replace(score, sections=(Section(tick=0, label="intro"),))
    (page,) = sheet_pages(score, layout="lead")
    assert [page.count(f'class="{name}"') for name in ("harm", "reh", "tempo", "multiRest")] == [
        2, 1, 1, 1,
    ]  # fmt: skip
    assert page.count('class="measure"') == 8  # one with the marks, five as one, and six


def _long_score() -> Score:
    """Return 60 bars: the second part plays in the first bars only, the top one in the last."""
    score = make_score("r:4 " * 40 + "C5:4 " * 20, "E4:4 " * 3, "C3:4 " * 60, chords="C:8 " * 30)
    return replace(score, sections=(Section(tick=0, label="a"), Section(tick=38400, label="b")))


def test_silent_staves_are_hidden_after_the_first_system_but_never_the_top_one() -> None:
    pages = sheet_pages(_long_score())
    systems = [system for page in pages for system in page.split('class="system"')[1:]]
    per_bar = [s.count('class="staff"') / s.count('class="measure"') for s in systems]
    assert per_bar[0] == 3
    assert set(per_bar[1:]) == {2}
    text = "".join(pages)
    assert (text.count('class="harm"'), text.count('class="reh"')) == (30, 2)


def test_braces_stay() -> None:
    score = _long_score()
    keys = replace(score.parts[2], name="Piano", n_staves=2)
    page = sheet_pages(score.with_parts(*score.parts[:2], keys))[0]
    assert page.count('class="grpSym"') >= page.count('class="system"') > 1


def test_the_written_file_holds_none_of_this() -> None:
    data = write_musicxml(_long_score())
    assert b"<note print-object" not in data
    assert ready_full(data).count(b'<note print-object="no"') == 40
