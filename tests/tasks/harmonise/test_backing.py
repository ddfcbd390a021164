"""Parts of the arranger under given notes."""

from __future__ import annotations

import pytest

from motet.arranger.style_file import find_style
from motet.brief import read_parts
from motet.score import change_resolution, make_score
from motet.tasks.cast import plan_part
from motet.tasks.harmonise.backing import lay_backing
from motet.theory import Key

_TUNE = make_score(
    "E5:2 D5:2 | C5:3.5 D5:4.5 | E5:2 D5:2 | C5:4", chords="C:2 G7:2 Am:4 F:2 G:2 C:4"
)


def plans(text: str) -> list:  # type: ignore[type-arg]
    return [plan_part(one, role=one.role) for one in read_parts(text)]


@pytest.mark.parametrize("style", ["pop", "swing", "classical", "tango"])
def test_every_role_plays_in_every_style(style: str) -> None:
    wanted = plans("bass,drums,comping,pad,strings,counter")
    parts = lay_backing(_TUNE, _TUNE.parts[0], Key("C"), find_style(style), wanted)
    assert [part.role for part in parts] == [
        "bass",
        "drums",
        "comping",
        "pad",
        "strings",
        "counter",
    ]
    assert all(part.notes for part in parts)
    for plan, part in zip(wanted, parts, strict=True):
        if not plan.is_drums:
            assert all(0 <= note.pitch - plan.found.low <= 128 for note in part.notes)


def test_other_resolutions_give_the_same_music() -> None:
    fine = change_resolution(_TUNE, resolution=960).score
    style, wanted = find_style("pop"), plans("bass")
    one = lay_backing(_TUNE, _TUNE.parts[0], Key("C"), style, wanted)[0]
    two = lay_backing(fine, fine.parts[0], Key("C"), style, wanted)[0]
    assert [(2 * n.onset_tick, n.pitch) for n in one.notes] == [
        (n.onset_tick, n.pitch) for n in two.notes
    ]


def test_the_kick_goes_with_what_is_sung_off_the_beat() -> None:
    drums = lay_backing(_TUNE, _TUNE.parts[0], Key("C"), find_style("ballad"), plans("drums"))[0]
    kicks = {note.onset_tick for note in drums.notes if note.pitch in (35, 36)}
    assert any(abs(tick - (1920 + 1680)) <= 80 for tick in kicks)


def test_chords_alone_are_enough() -> None:
    bare = make_score("C5:4", chords="C:4")
    parts = lay_backing(bare, None, Key("C"), find_style("bossa"), plans("bass,comping"))
    assert all(part.notes for part in parts)
