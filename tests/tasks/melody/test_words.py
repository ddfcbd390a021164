"""Lyrics as text: sections, marks, repeats, syllables."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.tasks.melody.words import read_words


def test_marks_and_empty_lines_make_sections() -> None:
    text = "[Verse 1]\nOne two three\n\nChorus:\nHome again\n\nVerse 2\nFour five six\n\n[Chorus]\n"
    found = read_words(text)
    assert [one.kind for one in found] == ["verse", "chorus", "verse", "chorus"]
    assert found[3].model == 1
    assert found[3].lines == found[1].lines


def test_a_block_that_returns_is_a_chorus() -> None:
    found = read_words("A first verse\n\nLa di da\n\nA next verse\n\nLa di da")
    assert [one.kind for one in found] == ["verse", "chorus", "verse", "chorus"]
    assert [one.model for one in found] == [-1, -1, 0, 1]


def test_chinese_marks_and_punctuation() -> None:
    found = read_words("【主歌】\n你问我,爱你有多深\n【副歌】\n月亮代表我的心")
    assert [one.kind for one in found] == ["verse", "chorus"]
    line = found[0].lines[0]
    assert [one.text for one in line.syllables] == list("你问我爱你有多深")
    assert [one.breath for one in line.syllables].index(True) == 2
    assert all(1 <= one.tone <= 5 for one in line.syllables)


def test_syllables_join_to_their_words() -> None:
    (section,) = read_words("Don't whisper, beautiful river!")
    syllables = section.lines[0].syllables
    assert "".join(one.text for one in syllables) == "Don'twhisperbeautifulriver"
    kinds = [one.syllabic for one in syllables]
    assert kinds == ["single", "begin", "end", "begin", "middle", "end", "begin", "end"]
    assert [one.weight for one in syllables][1:3] == [2, 0]


def test_both_languages_in_one_line() -> None:
    (section,) = read_words("说 love 你")
    assert [(one.text, one.tone > 0) for one in section.lines[0].syllables] == [
        ("说", True), ("love", False), ("你", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word"),
    [("", "no word"), ("[Chorus]\n\n", "no word"), ("!!! ...", "no word"), ("la " * 50, "line 1"),
     ("la la\n\n" * 200, "160")],
)  # fmt: skip
def test_what_cannot_be_sung_is_refused(text: str, word: str) -> None:
    with pytest.raises(ParameterError, match=word) as caught:
        read_words(text)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.zh)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ParameterError, match="en or zh"):
        read_words("bonjour", language="fr")
