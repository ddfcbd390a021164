"""Fields and values as people read them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from motet.brief import Brief
from motet.sentence.field_title import field_title, value_text


@pytest.mark.parametrize("name", [one.name for one in fields(Brief)])
def test_every_field_has_a_chinese_title_where_a_sentence_can_say_it(name: str) -> None:
    if name not in ("ground", "temperature"):
        assert field_title(name, language="zh") != name


@pytest.mark.parametrize(
    ("field", "value", "en", "zh"),
    [
        ("qpm", 120.0, "120", "120"), ("key", "F# minor", "F# minor", "升F小调"), ("style", "bossa", "Bossa",
        "波萨诺瓦"),
        ("feel", "swing", "swing", "摇摆"), ("avoid", "drums", "drums", "鼓"), ("articulation", "legato",
        "legato", "连奏"),
        ("emotion_curve", ((1, 0.4, -0.7), (9, -0.5, 0.7)), "1: calm, 9: tense", "1: 平静, 9: 紧张"),
    ],
)  # fmt: skip
def test_values(field: str, value: object, en: str, zh: str) -> None:
    assert value_text(field, value) == en
    assert value_text(field, value, language="zh") == zh
