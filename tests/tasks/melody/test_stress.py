"""English stress: the dictionary's, weak words, and a guess for the rest."""

from __future__ import annotations

import pytest

from motet.tasks.melody.stress import count_vowels, guess_stress, read_stress, short_vowels


@pytest.mark.parametrize(
    ("word", "stress"),
    [
        ("remember", "010"), ("tonight", "01"), ("river", "10"), ("the", "0"), ("moon", "1"),
        ("Yesterday", "102"), ("don\u2019t", "1"), ("river's", "10"), ("church's", "10"),
        ("singin'", "10"), ("fire", "1"), ("every", "10"), ("i'm", "0"),
    ],
)  # fmt: skip
def test_words_have_their_stress(word: str, stress: str) -> None:
    assert read_stress(word) == stress


def test_unknown_words_are_guessed() -> None:
    assert read_stress("blorption") == guess_stress("blorption") == "10"
    assert read_stress("glimmerdale").count("1") == 1
    assert read_stress("zzz") == "1"


def test_the_letters_count_most_words_right() -> None:
    words = "table moonshine wanted kissed houses little radio being fire quickly stone lonely"
    right = [2, 2, 2, 1, 2, 2, 3, 2, 1, 2, 1, 2]
    assert sum(count_vowels(w) == n for w, n in zip(words.split(), right, strict=True)) >= 10


def test_short_vowels_are_marked() -> None:
    assert short_vowels("seven") == (True, False)
    assert short_vowels("open") == (False, False)
