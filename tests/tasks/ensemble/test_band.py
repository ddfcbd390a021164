"""Ensembles by name, in both languages, and as lists."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.tasks.ensemble.band import ENSEMBLES, find_ensemble


@pytest.mark.parametrize(
    "name", ["string-quartet", "String Quartet", "弦乐四重奏", "string_quartet"]
)
def test_one_ensemble_has_many_names(name: str) -> None:
    assert find_ensemble(name).identifier == "string-quartet"


def test_every_ensemble_has_chairs_with_names_of_their_own() -> None:
    for one in ENSEMBLES.values():
        for language in ("en", "zh"):
            names = [chair.name for chair in one.chairs(language)]
            assert len(set(names)) == len(names)
        assert any(not chair.is_drums for chair in one.chairs())
        assert any("\u4e00" <= sign <= "\u9fff" for sign in one.name_zh)


def test_a_list_is_an_ensemble() -> None:
    assert find_ensemble("flute,viola,harp").instruments == ("flute", "viola", "harp")
    assert find_ensemble(["erhu", "pipa"]).name_zh == "二胡、琵琶"
    assert find_ensemble("cello").instruments == ("cello",)


@pytest.mark.parametrize("wanted", ["", "soup", "drums", ",".join(["flute"] * 17), "flute,soup"])
def test_what_is_no_ensemble(wanted: str) -> None:
    with pytest.raises(ParameterError) as caught:
        find_ensemble(wanted)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.zh)


def test_a_name_that_is_near_is_offered() -> None:
    with pytest.raises(ParameterError, match="string-quartet"):
        find_ensemble("string-quartte")
