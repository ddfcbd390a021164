"""Part writing for a choir."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.theory.chord import NO_CHORD, parse_chord
from motet.theory.progression import parse_progression
from motet.theory.scale import parse_key
from motet.theory.voice_leading import SATB, lead_voices
from motet.theory.voicing import parallel_perfects

_PIECES = ["C F G7 C", "C Am Dm G7 C", "C G/B Am Em/G F C/E Dm7 G7 C", "C E7 Am F Fm C/G G7 C"]


@pytest.mark.parametrize("text", _PIECES)
def test_hymns_have_no_parallels_and_keep_their_ranges(text):
    chords = parse_progression(text).chords
    voices = lead_voices(chords, key=parse_key("C"))
    for chord, layout in zip(chords, voices):
        assert layout[0] % 12 == chord.bass_pc
        assert chord.third_pc in {pitch % 12 for pitch in layout}
        assert all(low <= pitch <= high for pitch, (low, high) in zip(layout, SATB))
        assert list(layout) == sorted(layout)
    assert sum(parallel_perfects(a, b) for a, b in pairwise(voices)) == 0


def test_the_leading_tone_rises_in_the_soprano():
    voices = lead_voices([parse_chord("G"), parse_chord("C")], key=parse_key("C"))
    for before, after in zip(*voices):
        if before % 12 == 11:
            assert after - before == 1


@given(
    st.lists(
        st.sampled_from(["C", "Dm", "Em", "F", "G", "Am", "Bdim", "G7", "E7", "N.C."]),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=20, deadline=None)
def test_every_chord_gets_its_voices(symbols):
    chords = [parse_chord(one) for one in symbols]
    voices = lead_voices(chords)
    assert len(voices) == len(chords)
    for chord, layout in zip(chords, voices):
        assert len(layout) == (4 if chord.root else 0)
        assert {pitch % 12 for pitch in layout} <= set(chord.pcs)


def test_other_ensembles_and_bad_ranges():
    trio = lead_voices([parse_chord("C"), NO_CHORD], ranges=((48, 60), (55, 67), (60, 76)))
    assert [len(layout) for layout in trio] == [3, 0]
    with pytest.raises(ParameterError, match="2 to 6"):
        lead_voices([parse_chord("C")], ranges=((60, 48), (50, 60)))
