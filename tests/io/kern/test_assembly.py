"""Which spines make a part."""

from motet.io.kern.assembly import group_tracks
from motet.io.kern.track import Track


def spine(number, part="", **words):
    return Track(number, "kern", 1, part=part, words=words)


def sizes(*tracks):
    return [len(family.staves) for family in group_tracks(list(tracks))]


def test_parts_and_keyboards():
    assert sizes(spine(0, "1"), spine(1, "1")) == [2]
    assert sizes(spine(0, "2"), spine(1, "1")) == [1, 1]
    assert sizes(spine(0, code="piano"), spine(1, code="piano")) == [2]
    assert sizes(spine(0, code="violn"), spine(1, code="violn")) == [1, 1]
    assert sizes(spine(0), spine(1)) == [1, 1]


def test_an_empty_staff_belongs_to_the_keyboard_above_it():
    assert sizes(spine(0, "2", empty="*Iempty"), spine(1, "1", code="organ")) == [2]


def test_words_go_to_the_spine_on_their_left():
    bass, words, top = spine(0), Track(1, "text", 1), spine(2)
    families = group_tracks([bass, words, top])
    assert [len(family.words) for family in families] == [0, 1]
