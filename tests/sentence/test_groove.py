"""Beats that have a name set a groove of the style; where it has none such, that is said."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from motet.arranger import list_styles
from motet.sentence import understand
from motet.sentence.groove import PLAYED_AS
from motet.tasks.kin import KIN
from motet.tasks.manner import settle_manner

GROOVES = {groove.name: style.name for style in list_styles() for groove in style.grooves}


@pytest.mark.parametrize(
    ("text", "style", "groove"),
    [
        ("rock in E, four on the floor", "rock", "rock-four-floor"),
        ("four on the floor disco", "disco", "disco-octaves"),
        ("synthwave with the kick on every beat", "synthwave", "synthwave-drive"),
        ("house track, 四四拍底鼓", "house", "house-deep"),
        ("浩室,四四拍底鼓,124", "house", "house-deep"),
        ("one drop, 75 bpm", "reggae", "reggae-one-drop"),
        ("reggae steppers", "reggae", "reggae-steppers"),
        ("dusty boom bap drums, lofi", "lofi", "lofi-dusty"),
        ("country with a train beat", "country", "country-train"),
        ("乡村,火车节奏", "country", "country-train"),
        ("salsa over a 3-2 clave", "salsa", "salsa-three-two"),
        ("jazz with a two-feel", "jazz", "swing-two-feel"),
        ("a slip jig in D", "jig", "slip-jig"),
        ("rock, driving eighths groove", "rock", "rock-eighths"),
        ("bossa-light groove", "bossa", "bossa-light"),
        ("轻柔波萨律动,长笛", "bossa", "bossa-light"),
        ("groove: funk-second-line", "funk", "funk-second-line"),
    ],
)
def test_a_named_beat_is_a_groove_of_the_style(text: str, style: str, groove: str) -> None:
    brief = understand(text).brief
    assert (brief.style, brief.groove) == (style, groove)
    assert settle_manner(brief).groove == groove


@pytest.mark.parametrize("text", ["waltz with a one drop", "圆舞曲,四踩"])
def test_a_beat_that_the_style_has_not_is_left_out_and_told(text: str) -> None:
    understood = understand(text)
    assert understood.brief.style == "waltz"
    assert not understood.brief.groove
    assert len(understood.clashes) == 1


def test_a_beat_that_nobody_plays_is_not_understood() -> None:
    understood = understand("rock and roll in E with a Bo Diddley beat")
    assert not understood.brief.groove
    assert understood.unused == ("Bo Diddley beat",)


def test_a_refused_beat_sets_no_groove() -> None:
    understood = understand("pop, no four on the floor")
    assert not understood.brief.groove
    assert understood.unused == ("four on the floor",)


def test_the_later_of_two_beats_holds() -> None:
    understood = understand("reggae: one drop, then steppers")
    assert understood.brief.groove == "reggae-steppers"
    assert understood.clashes


@pytest.mark.parametrize(
    ("text", "feel"),
    [
        ("blues with a shuffle groove", "shuffle"),
        ("爵士,摇摆节奏", "swing"),
        ("rock with a half-time feel", "half-time"),
        ("trap, in double time", "double-time"),
        ("neo-soul that sits back", "laid-back"),
    ],
)
def test_a_feel_is_no_groove(text: str, feel: str) -> None:
    brief = understand(text).brief
    assert (brief.feel, brief.groove) == (feel, "")


def test_each_beat_names_grooves_that_are_there() -> None:
    text = files("motet.sentence").joinpath("data", "grooves.toml").read_text("utf-8")
    for row in tomllib.loads(text)["beat"]:
        names = [name.strip() for name in row["beat"].split(",") if name]
        assert set(names) <= set(GROOVES), row
        assert len({GROOVES[name] for name in names}) == len(names), "one groove for a style"


def test_styles_borrow_from_those_that_play_them() -> None:
    assert PLAYED_AS.items() <= KIN.items()
