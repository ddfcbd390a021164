"""Every style is a target; its ground can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.arranger.style_file import load_style
from motet.errors import ParameterError
from motet.score import Metre
from motet.tasks.restyle import target
from motet.tasks.restyle.target import find_target, list_targets

GROUNDS = sorted((Path(target.__file__).parent / "grounds").glob("*.toml"))


@pytest.mark.parametrize("name", list_targets())
def test_every_target_is_found(name: str) -> None:
    found = find_target(name)
    assert found.name == name
    assert found.style.grooves
    assert found.title("zh") != found.title()


@pytest.mark.parametrize("path", GROUNDS, ids=lambda path: path.stem)
def test_every_ground_is_a_style_in_usual_metres(path: Path) -> None:
    style = load_style(path)
    assert style.name == path.stem
    assert {"4/4", "3/4", "2/4"} <= set(style.metres)
    assert style.progressions["major"]
    assert style.progressions["minor"]


def test_drums_alone_are_no_target() -> None:
    with pytest.raises(ParameterError, match="drums alone"):
        find_target("drum-rock")


def test_grooves_and_unknown_names() -> None:
    assert find_target("bossa-light").style.name == "bossa"
    with pytest.raises(ParameterError, match="bossa"):
        find_target("bosa")


def test_a_waltz_in_swing_is_a_jazz_waltz() -> None:
    three, four = (Metre(tick=0, numerator=n, denominator=4) for n in (3, 4))
    assert find_target("swing").for_metre(three).style.name == "jazz-waltz"
    assert find_target("swing").for_metre(four).style.name == "swing"
    assert find_target("swing").for_metre(three).name == "swing"


def test_a_style_of_ones_own(tmp_path: Path) -> None:
    text = GROUNDS[0].read_text(encoding="utf-8")
    own = tmp_path / "mine.toml"
    own.write_text(text, encoding="utf-8")
    assert find_target(str(own)).name == ""
