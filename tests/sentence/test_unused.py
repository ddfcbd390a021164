"""What looks musical and was not understood."""

from __future__ import annotations

import pytest

from motet.sentence import understand


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a waltz with theremin", ("theremin",)), ("with a floogle and piano", ("floogle",)),
        ("颤音的圆舞曲", ("颤音",)),
        ("piano, 17", ("17",)), ("a sad waltz for piano in A minor, 16 bars", ()), ("钢琴,欢快,120拍", ()),
    ],
)  # fmt: skip
def test_unused(text: str, words: tuple[str, ...]) -> None:
    assert understand(text).unused == words
