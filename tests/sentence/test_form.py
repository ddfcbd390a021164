"""Forms."""

from __future__ import annotations

import pytest

from motet.sentence.form import lay_out, read_form_words
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("intro8 A16 A16 B8 A16 outro4", "intro8 A16 A16 B8 A16 outro4"),
        ("AABA", "A8 A8 B8 A8"), ("ABA form", "A8 B8 A8"), ("a rondo", "A8 B8 A8 C8 A8"), ("三段体",
        "A8 B8 A8"),
        ("intro, verse, chorus, outro", "intro4 verse8 chorus8 outro4"),
        ("sixteen-bar verse then an eight-bar chorus", "verse16 chorus8"),
        ("a 4 bar intro and a 16 bar verse", "intro4 verse16"),
        ("前奏4小节,主歌8小节,副歌8小节", "intro4 verse8 chorus8"), ("前奏4 主歌8 副歌8",
        "intro4 verse8 chorus8"),
        ("intro 4 bars, calm; verse 8 bars, tense", "intro4 verse8"),
        ("A: 8 bars, B: 8 bars, A: 8 bars", "A8 B8 A8"), ("eight-bar A, then back to A", "A8 A8"),
        ("verse/chorus/verse/chorus, every section 8 bars", "verse8 chorus8 verse8 chorus8"),
        ("前奏四小节,主歌和副歌各八小节,尾奏四小节", "intro4 verse8 chorus8 outro4"),
        ("主歌副歌各八小节", "verse8 chorus8"), ("AABA曲式,每段四小节", "A4 A4 B4 A4"),
        ("two verses and a chorus", "verse8 verse8 chorus8"), ("没有副歌,只要十六小节的主歌", "verse16"),
    ],
)  # fmt: skip
def test_forms(text: str, form: str) -> None:
    found = read_form_words(Sentence(text))
    assert lay_out(found[0].value, None) == form


@pytest.mark.parametrize(
    "text", ["a catchy chorus", "guitar solo", "A sad tune", "like ABBA", "a great ending", "BAD"]
)
def test_what_is_no_form(text: str) -> None:
    assert read_form_words(Sentence(text)) == []


def test_a_length_is_dealt_out() -> None:
    assert lay_out((("intro", 0), ("A", 0), ("A", 0), ("outro", 0)), 24) == "intro4 A8 A8 outro4"
    assert lay_out((("A", 0), ("A", 0), ("B", 0), ("A", 0)), 30) == "A7 A7 B8 A8"
    assert lay_out((("A", 0), ("B", 0)), 1) is None
