"""Which style of several is meant."""

from __future__ import annotations

import pytest

from motet.sentence import understand
from motet.sentence.said import Said
from motet.sentence.style import choose_style


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("a jazzy waltz", "jazz-waltz"), ("爵士华尔兹", "jazz-waltz"), ("classical waltz", "waltz"),
        ("slow blues", "slow-blues"),
        ("慢板布鲁斯", "slow-blues"), ("lo-fi hip hop", "lofi"), ("R&B", "neo-soul"), ("8-bit", "chiptune"),
        ("like Chopin", "piano-romantic"), ("巴赫风格", "baroque"), ("武侠", "guofeng"), ("古风", "guofeng"),
        ("drum'n'bass", "electronic"), ("heavy metal", "metal"), ("big band", "swing"), ("rainy cafe", "lofi"),
        ("a boss battle", "game-rock"), ("8-bit game over screen", "chiptune"), ("less jazz, more classical",
        "classical"),
        ("不要电子的,要管弦乐", "orchestral"), ("rock, no, actually a samba", "samba"), ("民谣", "folk"),
        ("not a waltz but a tango", "tango"), ("reggae", "reggae"), ("合成器浪潮", "synthwave"),
    ],
)  # fmt: skip
def test_styles(text: str, style: str) -> None:
    assert understand(text).brief.style == style


def test_nothing_and_only_what_is_unwanted() -> None:
    assert choose_style([], []) == (None, [])
    assert choose_style([Said("style", "rock", 0, 4, polarity="no")], [])[0] is None
