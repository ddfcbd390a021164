"""Section labels."""

import pytest

from motet.tokens.section import section_value
from motet.tokens.vocab import SECTIONS


def test_every_section_names_itself():
    assert [section_value(name) for name in SECTIONS] == list(range(len(SECTIONS)))
    assert [section_value(name.upper()) for name in SECTIONS] == list(range(len(SECTIONS)))


@pytest.mark.parametrize(
    ("label", "section"),
    [
        ("Verse 1", "verse"),
        ("VERSE2", "verse"),
        ("[Chorus]", "chorus"),
        ("Chorus:", "chorus"),
        ("Refrain", "chorus"),
        ("Pre-Chorus 2", "pre-chorus"),
        ("prechorus", "pre-chorus"),
        ("A'", "A"),
        ("(b)", "B"),
        ("Section C", "C"),
        ("副歌", "chorus"),
        ("主歌1", "verse"),
        (" Bridge ", "bridge"),
    ],
)
def test_ways_to_write_them(label, section):
    assert section_value(label) == SECTIONS.index(section)


@pytest.mark.parametrize("label", ["", "Allegro", "G", "12", "Verses of joy", "AB", "'"])
def test_other_labels_name_none(label):
    assert section_value(label) == -1
