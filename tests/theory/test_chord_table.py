"""The table of chord qualities, each spelled out on C."""

import pytest

from motet.theory.chord import make_chord
from motet.theory.chord_table import QUALITIES

_MEMBERS = """
maj C E G; min C Eb G; 7 C E G Bb; maj7 C E G B; m7 C Eb G Bb; dim C Eb Gb; aug C E G#
m7b5 C Eb Gb Bb; dim7 C Eb Gb Bbb; sus4 C F G; sus2 C D G; 5 C G; 6 C E G A; m6 C Eb G A
9 C E G Bb D; maj9 C E G B D; m9 C Eb G Bb D; add9 C E G D; madd9 C Eb G D; 7sus4 C F G Bb
9sus4 C F G Bb D; 69 C E G A D; m69 C Eb G A D; mMaj7 C Eb G B; mMaj9 C Eb G B D; 7#5 C E G# Bb
maj7#5 C E G# B; 7b5 C E Gb Bb; maj7b5 C E Gb B; majb5 C E Gb; dimMaj7 C Eb Gb B
m7#5 C Eb G# Bb; 11 C G Bb D F; m11 C Eb G Bb D F; maj11 C E G B D F; 13 C E G Bb D A
m13 C Eb G Bb D F A; maj13 C E G B D A; 13sus4 C F G Bb D A; 7b9 C E G Bb Db; 7#9 C E G Bb D#
7#11 C E G Bb F#; 7b13 C E G Bb Ab; 7b9#9 C E G Bb Db D#; 7b9#11 C E G Bb Db F#
7#9#11 C E G Bb D# F#; 7b9b13 C E G Bb Db Ab; 7#9b13 C E G Bb D# Ab; 7b5b9 C E Gb Bb Db
7b5#9 C E Gb Bb D#; 7#5b9 C E G# Bb Db; 7#5#9 C E G# Bb D#; 7alt C E Bb Db D# Ab
9b5 C E Gb Bb D; 9#5 C E G# Bb D; 9#11 C E G Bb D F#; 13b9 C E G Bb Db A; 13#9 C E G Bb D# A
13#11 C E G Bb D F# A; maj7#11 C E G B F#; maj9#11 C E G B D F#; maj13#11 C E G B D F# A
m9b5 C Eb Gb Bb D; m11b5 C Eb Gb Bb D F; dim9 C Eb Gb Bbb D; m7b9 C Eb G Bb Db
m7add11 C Eb G Bb F; 7sus2 C D G Bb; 7susb9 C F G Bb Db; maj7sus4 C F G B; sus24 C D F G
add11 C E G F; madd11 C Eb G F; add#11 C E G F#; 7add11 C E G Bb F; 7add13 C E G Bb A
maj7add13 C E G B A; m#5 C Eb G#; mb6 C Eb G Ab; It6 C E A#; Fr6 C E F# A#; Ger6 C E G A#
"""
_ROWS = [row.split() for row in _MEMBERS.replace("\n", ";").split(";") if row.strip()]


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row[0])
def test_each_quality_has_its_members(row):
    assert list(make_chord("C", row[0]).tones()) == row[1:]


def test_the_table_is_whole():
    assert len(QUALITIES) >= 40
    assert {row[0] for row in _ROWS} == set(QUALITIES)
    for one in QUALITIES.values():
        assert one.en
        assert one.zh
        assert one.intervals == tuple(sorted(one.intervals))
        assert len(one.fifths) == len(one.degrees)


def test_no_two_printed_suffixes_are_alike():
    suffixes = [one.suffix for name, one in QUALITIES.items() if name not in ("Fr6", "Ger6")]
    assert len(set(suffixes)) == len(suffixes)
