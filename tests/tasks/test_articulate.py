"""Articulation is heard in durations, seen in marks, and measured."""

from __future__ import annotations

from itertools import pairwise

import pytest

from motet.brief import MANNERS, Brief
from motet.score import Score, make_score
from motet.tasks.articulate import articulate, articulation_of, check_articulation
from motet.tasks.cast import choose_cast

LINE = "C4:.75 D4:.5 E4:1 r:.5 C4:1.25 | C4:1 D4:3 | C4:4"


def done(articulation: str, text: str = LINE, **options: object) -> tuple[Score, Brief]:
    """A line played in an articulation, and its brief."""
    wish = {"parts": "violin", "articulation": articulation} | options
    brief = Brief(**wish)  # type: ignore[arg-type]
    return articulate(make_score(text), choose_cast(brief), brief), brief


@pytest.mark.parametrize("name", sorted(MANNERS))
def test_each_articulation_is_what_its_check_asks(name: str) -> None:
    score, brief = done(name)
    assert [one.ok for one in check_articulation(score, brief)] == [True]
    before = make_score(LINE).parts[0].notes
    after = score.parts[0].notes
    assert [(n.onset_tick, n.pitch) for n in before] == [(n.onset_tick, n.pitch) for n in after]
    assert before[-1] == after[-1]


def test_plain_notes_are_not_staccato() -> None:
    brief = Brief(parts="flute", articulation="staccato")
    assert [one.ok for one in check_articulation(make_score(LINE), brief)] == [False]


def test_legato_fills_rests_and_is_slurred() -> None:
    score, _ = done("legato")
    notes = score.parts[0].notes
    assert notes[2].end_tick == notes[3].onset_tick
    assert [span.kind for span in score.parts[0].spans] == ["slur", "slur"]


def test_a_drawn_rhythm_keeps_its_durations_and_is_marked() -> None:
    wish = [{"instrument": "violin", "rhythm": "x-x-", "articulation": "staccato"}]
    score, brief = done("", parts=wish)
    assert [n.duration_tick for n in score.parts[0].notes] == [
        n.duration_tick for n in make_score(LINE).parts[0].notes
    ]
    assert "staccato" in score.parts[0].notes[0].articulations
    assert [one.ok for one in check_articulation(score, brief)] == [True]


def test_only_strings_are_plucked_and_drums_have_no_touch() -> None:
    brief = Brief(parts="violin,piano,drums", articulation="pizzicato")
    cast = choose_cast(brief)
    assert [articulation_of(brief, k, cast[k]) for k in range(3)] == ["pizzicato", "staccato", ""]
    score, _ = done("pizzicato")
    assert [one.value for one in score.parts[0].controls if one.kind == "program"] == [45]


def test_legato_never_makes_a_fast_line_overlap() -> None:
    text = "C4:.0625 D4:.0625 E4:.125 F4:.75 G4:3 | C4:4"
    score, _ = done("legato", text, parts="flute:melody")
    notes = score.parts[0].notes
    assert [a.end_tick <= b.onset_tick for a, b in pairwise(notes)] == [True] * (len(notes) - 1)


def test_filling_a_rest_makes_no_syncopation_that_is_to_be_avoided() -> None:
    text = "C4:.5 D4:.5 r:.5 E4:2.5 | C4:4"
    score, _ = done("tenuto", text, avoid="syncopation")
    assert score.parts[0].notes[1].end_tick == 480
    score, _ = done("tenuto", text)
    assert score.parts[0].notes[1].end_tick == 720
