"""What people write for what they want to keep."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.score import Score
from motet.tasks.restyle.keep import KEEPS, read_keep


@pytest.mark.parametrize("word", list(KEEPS))
def test_every_word_is_known_in_both_languages(word: str, song: Score) -> None:
    for name in (word, *KEEPS[word]):
        assert word in read_keep(name, song)


def test_parts_are_kept_by_name_and_twice_is_once(song: Score) -> None:
    found = read_keep(["Part 2", "part 2", "form"], song)
    assert found.parts == (1,)
    assert found.words == {"form"}


def test_nothing_is_nothing(song: Score) -> None:
    assert read_keep("nothing", song).words == set()


def test_a_slip_is_told_with_the_nearest_word(song: Score) -> None:
    with pytest.raises(ParameterError, match="melody") as caught:
        read_keep("melodie", song)
    assert "melody" in caught.value.zh
