"""Feels and articulations: named in both languages, wrong ones refused."""

from __future__ import annotations

import pytest

from motet.brief.brief import Brief
from motet.brief.manner import (
    FEELS,
    MANNERS,
    articulation_title,
    feel_title,
    read_articulation,
    read_feel,
)
from motet.brief.part import PartBrief
from motet.errors import ParameterError


def test_every_name_is_read_in_both_languages() -> None:
    assert all(read_feel(feel_title(one)[k]) == one for one in FEELS for k in (0, 1))
    assert all(
        read_articulation(articulation_title(one)[k]) == one for one in MANNERS for k in (0, 1)
    )
    assert read_feel(" Half Time ") == "half-time"
    assert (read_feel(None), read_articulation("")) == ("", "")


@pytest.mark.parametrize(
    "options",
    [{"feel": "swingy"}, {"feel": 3}, {"articulation": "stacato"}, {"articulation": ["x"]}],
)
def test_wrong_words_are_refused_in_both_languages(options: dict[str, object]) -> None:
    with pytest.raises(ParameterError, match="did you mean") as caught:
        Brief(**options)  # type: ignore[arg-type]
    assert "是否想写" in caught.value.localised("zh")


def test_only_bowed_strings_are_plucked_with_a_finger() -> None:
    assert PartBrief(instrument="violin", articulation="拨奏").articulation == "pizzicato"
    with pytest.raises(ParameterError, match="bowed"):
        PartBrief(instrument="flute", articulation="pizzicato")
