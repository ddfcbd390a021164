"""Who sings a tune as it lies, and octaves for one that may move."""

from __future__ import annotations

import pytest

from motet.arranger.style_file import find_style, list_styles
from motet.score import Note, make_score
from motet.tasks.restyle.singer import choose_singer, octaves_to


def line(low: int) -> tuple[Note, ...]:
    notes = make_score("C4:1 D4:1 E4:1 G4:1").parts[0].notes
    return tuple(
        Note(onset_tick=n.onset_tick, duration_tick=480, pitch=low + n.pitch - 60) for n in notes
    )


@pytest.mark.parametrize("style", [style.name for style in list_styles()])
@pytest.mark.parametrize("low", [48, 60, 72])
def test_most_tunes_find_a_singer_who_can_play_them(style: str, low: int) -> None:
    _, share = choose_singer(find_style(style), line(low))
    assert share == 1.0


def test_the_styles_own_singer_wins_where_the_tune_suits_it() -> None:
    assert choose_singer(find_style("bossa"), line(67))[0].identifier == "flute"
    assert choose_singer(find_style("tango"), line(72))[0].identifier == "bandoneon"


def test_octaves_bring_a_tune_to_the_styles_range() -> None:
    bossa = find_style("bossa")
    assert octaves_to(bossa, line(65)) == 0
    assert octaves_to(bossa, line(41)) == 24
    assert octaves_to(bossa, ()) == 0
