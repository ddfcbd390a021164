"""Near misses are offered; far ones are not."""

from __future__ import annotations

import pytest

from motet.cli.suggest import did_you_mean, near_words

STYLES = ["bossa", "waltz", "jazz-waltz", "pop", "Lo-fi"]


@pytest.mark.parametrize(
    ("word", "first"),
    [("bosa", "bossa"), ("WALZ", "waltz"), ("lofi", "Lo-fi"), ("ja", "jazz-waltz"), ("po", "pop")],
)
def test_the_nearest_comes_first(word: str, first: str) -> None:
    assert near_words(word, STYLES)[0] == first


def test_nothing_near_offers_nothing() -> None:
    assert near_words("xyzzy", STYLES) == ()
    assert did_you_mean("xyzzy", STYLES) == ("", "")


def test_both_languages_offer_the_word() -> None:
    en, zh = did_you_mean("walts", STYLES)
    assert "waltz" in en
    assert "waltz" in zh
    assert "您" in zh
