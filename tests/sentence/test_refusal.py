"""Refusals some words away from what they refuse."""

from __future__ import annotations

import pytest

from motet.sentence import understand


@pytest.mark.parametrize(
    ("text", "avoid"),
    [
        ("get rid of those fat synth pads", "warm_pad"),
        ("any instrument but brass, march in D", "horns"),
        ("everything except the drums", "drums"),
        ("I don't want to hear the trumpet", "trumpet"),
        ("不想听到小号,圆号可以", "trumpet"),
        ("别给我来什么电吉他", "electric_guitar"),
    ],
)
def test_what_is_refused_from_afar(text: str, avoid: str) -> None:
    assert avoid in understand(text).brief.avoid


@pytest.mark.parametrize(
    "text",
    [
        "no rush, piano", "don't forget the lovely piano", "not too fast for the piano",
        "without drums but with piano", "no vocals, keep the piano", "avoid drums and use piano",
        "不要太快的钢琴曲", "别忘了加上钢琴", "不只要钢琴", "去掉鼓,钢琴留着",
    ],
)  # fmt: skip
def test_what_is_not_refused(text: str) -> None:
    brief = understand(text).brief
    assert "piano" not in brief.avoid
    assert "piano" in [part.instrument for part in brief.parts]
