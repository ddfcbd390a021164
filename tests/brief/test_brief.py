"""The brief: checked when made, whole when stored."""

from __future__ import annotations

from typing import Any

import pytest

from motet.brief.brief import BRIEF_FORMAT, Brief
from motet.brief.read import brief_from_dict
from motet.errors import ParameterError


def full() -> Brief:
    """A brief that says everything."""
    return Brief(
        title="Dusk", style="波萨诺瓦", emotion="calm", qpm=96, metre="4/4, 5: 3/4", key="F",
        form="A4 B4", chords=["F", "Gm7 C7", "F", "C7"] * 2, parts="flute:melody,piano,bass",
        harmony="scale", repeats="new", intensity=2, swing=0.5, humanise=0.0, ground="model", temperature=0.8,
        candidates=2, seed=7,
    )  # fmt: skip


def test_stored_and_read_back_it_is_the_same() -> None:
    brief = full()
    told = brief.to_dict()
    assert told["format"] == BRIEF_FORMAT
    assert brief_from_dict(told) == brief
    assert (brief.style, brief.emotion) == ("bossa", (0.4, -0.7))
    assert brief.chords.startswith("F | Gm7 C7 | F")


def test_an_empty_brief_leaves_all_open() -> None:
    brief = Brief()
    assert (brief.metres, brief.sections, brief.parts) == ((), (), ())


def test_it_cannot_be_changed_but_copied_with_changes() -> None:
    brief = Brief(key="C")
    with pytest.raises(AttributeError):
        brief.key = "D"  # type: ignore[misc]
    assert brief.with_(seed=3).key == "C"
    with pytest.raises(ParameterError, match="did you mean 'seed'"):
        brief.with_(seeed=3)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"style": "bosa"}, "bossa"),
        ({"key": "H"}, "H"),
        ({"metre": "4/5"}, "4/5"),
        ({"qpm": 0}, "qpm"),
        ({"bars": 0}, "bars"),
        ({"bars": 2.5}, "whole"),
        ({"seed": -1}, "seed"),
        ({"candidates": 99}, "candidates"),
        ({"temperature": 0}, "temperature"),
        ({"emotion": "hungry"}, "hungry"),
        ({"emotion": [2, 0]}, "emotion"),
        ({"harmony": "loose"}, "harmony"),
        ({"form": "A8 B8", "bars": 8}, "16"),
        ({"bars": 4, "metre": "4/4, 9: 3/4"}, "9"),
        ({"bars": 4, "parts": [{"instrument": "piano", "rests": "5"}]}, "5"),
        ({"chords": 5}, "chords"),
    ],
)
def test_what_cannot_be_is_refused_in_both_languages(options: dict[str, Any], word: str) -> None:
    with pytest.raises(ParameterError) as caught:
        Brief(**options)
    assert word in str(caught.value)
    assert caught.value.localised("zh") != str(caught.value)
