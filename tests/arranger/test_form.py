"""Forms: labels in two languages, bars, kinds, and how strong each section is."""

from __future__ import annotations

import pytest

from motet.arranger.form import (
    SECTION_KINDS,
    parse_form,
    section_intensities,
    section_kind,
    section_title,
)
from motet.errors import ParameterError


@pytest.mark.parametrize(
    "text", ["前奏4 主歌8 副歌8", "前奏4,主歌8、副歌8", "前奏:4 主歌=8 副歌-8"]
)
def test_chinese_labels(text: str) -> None:
    found = [(s.label, s.kind, s.n_bars) for s in parse_form(text)]
    assert found == [("前奏", "intro", 4), ("主歌", "verse", 8), ("副歌", "chorus", 8)]


@pytest.mark.parametrize("text", ["", "A", "8", "A0", "A8 B", "A1000", "A-", "A8x2"])
def test_what_is_no_form_is_told(text: str) -> None:
    with pytest.raises(ParameterError, match="a form is made of labels") as caught:
        parse_form(text)
    assert "曲式" in caught.value.zh


def test_a_form_has_400_bars_at_most() -> None:
    assert len(parse_form("A200 B200")) == 2
    with pytest.raises(ParameterError, match="400 bars at most, got 401"):
        parse_form("A200 B201")


def test_every_kind_is_known_by_its_own_name() -> None:
    assert [section_kind(kind) for kind in SECTION_KINDS] == list(SECTION_KINDS)
    assert [section_kind(label) for label in ("Verse 2", "C'", "Drop", "尾奏")] == [
        "verse", "chorus", "chorus", "outro",
    ]  # fmt: skip


def test_titles() -> None:
    assert section_title("chorus 2") == ("Chorus", "副歌")
    assert section_title("Rain") == ("Rain", "Rain")


@pytest.mark.parametrize("intensity", [1, 2, 3, 4, 5])
def test_choruses_are_stronger_and_breaks_thinner(intensity: int) -> None:
    form = parse_form("intro4 verse8 chorus8 break4 chorus8 outro4")
    levels = section_intensities(form, intensity=intensity)
    assert all(1 <= level <= 5 for level in levels)
    intro, verse, chorus, pause, last, outro = levels
    assert pause <= intro <= verse <= chorus <= last
    assert outro <= verse
    if intensity == 3:
        assert pause < verse < chorus < last


def test_a_single_section_is_as_strong_as_asked() -> None:
    assert section_intensities(parse_form("break8"), intensity=4) == (4,)
