"""Every style has a kin among the arranger's."""

from __future__ import annotations

from motet.arranger.style_file import list_styles
from motet.tasks.kin import KIN, kin_style
from motet.tokens.vocab import STYLES


def test_every_style_has_a_kin() -> None:
    own = {style.name for style in list_styles()}
    for name in ("", *STYLES):
        assert kin_style(name).name == KIN.get(name, name)
        assert kin_style(name).name in own
    assert not set(KIN) & own
