"""Groups of styles hold each style once."""

from __future__ import annotations

from motet.suite.groups import FEW_WINDOWS, GROUPS, group_of, style_name
from motet.tokens.vocab import STYLES


def test_each_style_is_in_one_group() -> None:
    styles = [style for own in GROUPS.values() for style in own]
    assert len(styles) == len(set(styles))
    assert set(styles) <= set(STYLES)
    assert FEW_WINDOWS == 8


def test_every_style_of_people_but_drums_has_a_group() -> None:
    people = STYLES[STYLES.index("renaissance") :]
    without = [style for style in people if not group_of(STYLES.index(style))]
    assert all(style.startswith("drum-") for style in without)
    assert style_name(len(STYLES)) == "unknown"
