"""Names of styles in both languages."""

from __future__ import annotations

import pytest

from motet.brief.style_name import STYLE_NAMES_ZH, find_style_name, style_title
from motet.errors import ParameterError
from motet.tokens.vocab import STYLES


def test_every_style_has_both_names_and_is_found_by_them() -> None:
    assert set(STYLE_NAMES_ZH) == set(STYLES)
    assert len(set(STYLE_NAMES_ZH.values())) == len(STYLES)
    for name, zh in STYLE_NAMES_ZH.items():
        assert find_style_name(name.upper()) == name
        assert find_style_name(zh) == name
        assert style_title(name, language="zh") == zh


def test_the_arranger_s_styles_keep_their_chinese_names() -> None:
    from motet.arranger.style_file import list_styles

    names = {style.name: style.title_zh for style in list_styles()}
    assert {name: STYLE_NAMES_ZH[name] for name in names} == names


def test_the_nearest_is_offered() -> None:
    with pytest.raises(ParameterError, match="bossa"):
        find_style_name("bosa")
