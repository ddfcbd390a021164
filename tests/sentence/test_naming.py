"""Titles, seeds, candidates, reference files."""

from __future__ import annotations

import pytest

from motet.sentence.naming import read_naming
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('a song called "Rain"', "title", "Rain"),
        ("a waltz titled 'Last Light', sad", "title", "Last Light"),
        ("a tune named Winter Sun for piano", "title", "Winter Sun"),
        ("写一首叫《雨》的歌", "title", "雨"),
        ("标题是“晚风”,钢琴", "title", "晚风"),
        ("seed 42", "seed", 42),
        ("种子7", "seed", 7),
        ("try 8 candidates", "candidates", 8),
        ("in the manner of my song.mid please", "references", "song.mid"),
    ],
)
def test_names(text: str, field: str, value: object) -> None:
    assert (field, value) in [(one.field, one.value) for one in read_naming(Sentence(text))]


def test_the_words_of_a_title_are_no_wishes() -> None:
    one = Sentence("a march called 'Sad Waltz in C minor'")
    read_naming(one)
    assert "Waltz" not in one.rest()


def test_a_piece_that_it_should_be_like_is_no_title() -> None:
    assert read_naming(Sentence("像《茉莉花》那样")) == []
