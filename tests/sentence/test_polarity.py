"""What is wanted and what is not."""

from __future__ import annotations

import pytest

from motet.sentence import understand
from motet.sentence.polarity import find_corrections, find_polarity, is_listed
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "word", "polarity"),
    [
        ("no drums", "drums", "no"), ("without any drums", "drums", "no"), ("please don't use a piano",
        "piano", "no"),
        ("leave out the bass", "bass", "no"), ("drum-free", "drum", "no"), ("not too fast", "fast", "less"),
        ("not so sad", "sad", "less"), ("very sad", "sad", "very"), ("a bit sad", "sad", "slight"), ("sad",
        "sad", "yes"),
        ("no drums, piano", "piano", "yes"), ("not only piano", "piano", "yes"), ("不要鼓", "鼓", "no"),
        ("没有人声", "人声", "no"), ("别太快", "快", "less"), ("不要太悲伤", "悲伤", "less"), ("非常快", "快",
        "very"),
        ("有点悲伤", "悲伤", "slight"), ("不要鼓,钢琴", "钢琴", "yes"), ("除了钢琴", "钢琴", "no"),
    ],
)  # fmt: skip
def test_polarity(text: str, word: str, polarity: str) -> None:
    start = text.index(word)
    assert find_polarity(Sentence(text), start, start + len(word)) == polarity


def test_lists_and_corrections() -> None:
    assert is_listed(Sentence("no drums or bass"), 8, 12)
    assert not is_listed(Sentence("no drums but bass"), 8, 13)
    assert find_corrections(Sentence("a march")) == []
    assert len(find_corrections(Sentence("a march... actually, a waltz"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "hold the drums on this one", "nobody on drums", "not a single drum", "I can't stand drums",
        "without so much as a drum", "don't put any drums in there", "go without the drums",
        "the drums are a no", "the drummer stays home tonight", "leave the drummer at home", "drums out",
        "drums taken out", "drums sit this one out", "不要 drums", "no鼓", "without鼓", "鼓可以没有",
        "鼓全部撤掉", "不带任何 drums", "受不了鼓",
    ],
)  # fmt: skip
def test_odd_forms_of_no(text: str) -> None:
    assert understand(text).brief.avoid == ("drums",)


@pytest.mark.parametrize("text", ["I don't dislike drums", "not that I hate drums", "drums stay"])
def test_what_is_no_refusal(text: str) -> None:
    assert understand(text).brief.avoid == ()
