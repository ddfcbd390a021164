"""Words in syllables: no letter changes, and the cuts are those of singers' editions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.tasks.melody.stress import read_stress, short_vowels
from motet.tasks.melody.syllable import cut_word


@pytest.mark.parametrize(
    "word",
    [
        "re-mem-ber", "walk-ing", "run-ning", "lit-tle", "beau-ti-ful", "riv-er", "i-de-a", "heav-en",
        "some-thing", "nev-er", "to-mor-row", "yes-ter-day", "shad-ow", "whis-per", "sum-mer", "chil-dren",
        "bro-ken", "gol-den", "moun-tain", "o-cean", "a-noth-er", "be-lieve", "moon-light", "flow-er",
        "qui-et", "li-on", "rhy-thm", "hap-py", "lone-ly", "prom-ise", "win-dow", "feath-er", "fin-ger",
        "an-gel", "ta-ble", "peo-ple", "gen-tle", "a-cross", "vi-o-let", "ra-di-o", "cre-ate", "ques-tion",
        "sev-en", "o-pen", "wa-ter", "bod-y", "mu-sic", "want-ed", "loved", "fire", "for-ev-er",
    ],
)  # fmt: skip
def test_words_are_cut_as_singers_read_them(word: str) -> None:
    plain = word.replace("-", "")
    n = len(read_stress(plain))
    assert "-".join(cut_word(plain, n, short=short_vowels(plain))) == word


@settings(max_examples=60)
@given(st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=14), st.integers(1, 5))
def test_cutting_changes_no_letter(word: str, n: int) -> None:
    pieces = cut_word(word, n)
    assert "".join(pieces) == word
    assert all(pieces)
    assert len(pieces) <= max(n, 1)


def test_capitals_stay() -> None:
    assert cut_word("River", 2, short=(True, False)) == ("Riv", "er")
