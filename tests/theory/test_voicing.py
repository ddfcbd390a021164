"""Choosing voicings: smooth, in range, and the same every time."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.theory.chord import NO_CHORD, make_chord, parse_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import pitch_name, position_to_spelling
from motet.theory.voicing import (
    KINDS,
    movement_semi,
    parallel_perfects,
    voice_chord,
    voice_progression,
)


def _names(voicing):
    return " ".join(pitch_name(pitch) for pitch in voicing)


@given(
    st.integers(-6, 6),
    st.sampled_from(sorted(QUALITIES)),
    st.sampled_from(KINDS),
    st.integers(1, 6),
    st.integers(36, 60),
    st.integers(12, 40),
)
@settings(max_examples=250, deadline=None)
def test_voicings_keep_to_range_and_chord(place, quality, kind, n_voices, low, width):
    chord = make_chord(position_to_spelling(place), quality)
    voicing = voice_chord(chord, low=low, high=low + width, n_voices=n_voices, kind=kind)
    assert voicing
    assert list(voicing) == sorted(set(voicing))
    assert all(low <= pitch <= low + width for pitch in voicing)
    allowed = {*chord.pcs, (chord.root_pc + 7) % 12} if kind == "power" else set(chord.pcs)
    assert {pitch % 12 for pitch in voicing} <= allowed


@given(st.integers(-6, 6), st.sampled_from(["7", "maj7", "m7", "m7b5", "9", "13", "m9", "6"]))
@settings(max_examples=60, deadline=None)
def test_four_voices_hold_both_guide_tones(place, quality):
    chord = make_chord(position_to_spelling(place), quality)
    for kind in ("close", "open", "drop2", "spread", "shell", "rootless"):
        voicing = voice_chord(chord, low=48, high=80, kind=kind)
        assert set(chord.guide_tones) <= {pitch % 12 for pitch in voicing}


def test_common_tones_stay():
    before = voice_chord(parse_chord("C"), low=55, high=79, n_voices=3)
    after = voice_chord(parse_chord("Am"), low=55, high=79, n_voices=3, previous=before)
    assert len(set(before) & set(after)) == 2
    assert movement_semi(before, after) == 2


def test_a_two_five_one_moves_by_step():
    chords = [parse_chord(one) for one in ("Dm7", "G7", "Cmaj7")]
    voicings = voice_progression(chords, low=48, high=74, kind="drop2")
    for before, after in pairwise(voicings):
        assert max(abs(a - b) for a, b in zip(before, after)) <= 2


@given(
    st.lists(
        st.sampled_from(["C", "Dm", "Em", "F", "G", "Am", "G7", "Dm7"]), min_size=2, max_size=8
    )
)
@settings(max_examples=40, deadline=None)
def test_triads_in_close_position_make_no_parallels(symbols):
    chords = [parse_chord(one) for one in symbols]
    voicings = voice_progression(chords, low=52, high=79, n_voices=3)
    same_size = list(pairwise(voicings))
    assert sum(parallel_perfects(a, b) for a, b in same_size) <= len(same_size) // 4


def test_the_top_note_is_kept():
    voicing = voice_chord(parse_chord("C"), low=48, high=84, n_voices=4, top=72)
    assert voicing[-1] == 72
    melody = voice_chord(parse_chord("C"), low=48, high=84, n_voices=4, top=74)
    assert melody[-1] == 74
    assert {pitch % 12 for pitch in melody[:-1]} <= {0, 4, 7}


def test_tones_to_avoid_are_left_out():
    voicing = voice_chord(parse_chord("G7"), low=48, high=76, n_voices=3, avoid=(11,))
    assert 11 not in {pitch % 12 for pitch in voicing}


def test_no_chord_is_silent_and_remembered_over():
    chords = [parse_chord("C"), NO_CHORD, parse_chord("C")]
    first, rest, last = voice_progression(chords, low=55, high=79, n_voices=3)
    assert rest == ()
    assert first == last


def test_known_voicings():
    assert (
        _names(voice_chord(parse_chord("C5"), low=40, high=60, n_voices=3, kind="power"))[0] == "C"
    )
    rootless = voice_chord(parse_chord("Dm9"), low=48, high=70, kind="rootless")
    assert {pitch % 12 for pitch in rootless} == {5, 9, 0, 4}
    guitar = voice_chord(parse_chord("G"), low=40, high=76, n_voices=6, kind="guitar")
    assert guitar[0] % 12 == 7
    assert len(guitar) >= 4


def test_movement_and_parallels_are_counted():
    assert movement_semi((60, 64, 67), (59, 62, 67)) == 3
    assert movement_semi((60, 64), (60, 64, 67)) == 3
    assert parallel_perfects((48, 60), (50, 62)) == 1
    assert parallel_perfects((48, 55, 64), (50, 57, 65)) == 1
    assert parallel_perfects((48, 55), (47, 56)) == 0


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"kind": "dropp2"}, "did you mean 'drop2'"),
        ({"low": 70, "high": 60}, "low <= high"),
        ({"n_voices": 0}, "n_voices"),
    ],
)
def test_bad_options_are_refused(options, match):
    settings = {"low": 48, "high": 72} | options
    with pytest.raises(ParameterError, match=match):
        voice_chord(parse_chord("C"), **settings)


def test_lists_must_fit_the_chords():
    with pytest.raises(ParameterError, match="tops must have one entry"):
        voice_progression([parse_chord("C")], low=48, high=72, tops=(60, 61))
