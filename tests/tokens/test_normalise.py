"""The key that normalises."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import KeySignature, make_score
from motet.theory import Key, key_from_signature
from motet.tokens import score_to_grid
from motet.tokens.normalise import choose_key, key_shift
from motet.tokens.vocab import MODES

FLAT = np.ones(12)
C_SCALE = make_score("C4:1 D4:1 E4:1 F4:1 G4:1 A4:1 B4:1 C5:1")


def with_keys(score, *keys):
    return replace(score, keys=tuple(KeySignature(tick=t, fifths=f, mode=m) for t, f, m in keys))


@given(st.integers(-7, 7), st.sampled_from(MODES))
def test_every_signature_becomes_empty_by_the_smaller_way(fifths, mode):
    key = key_from_signature(fifths, mode)
    value, shift = key_shift(key)
    assert -5 <= shift <= 6
    assert {(pc + shift) % 12 for pc in key.pcs} == {0, 2, 4, 5, 7, 9, 11}
    assert (value // 7, MODES[value % 7]) == ((key.tonic_pc + shift) % 12, mode)


@pytest.mark.parametrize(
    ("key", "mode"),
    [
        (Key("A", "harmonic minor"), "minor"),
        (Key("C", "major pentatonic"), "major"),
        (Key("E", "aeolian"), "minor"),
        (Key("E", "ionian"), "major"),
    ],
)
def test_other_modes_count_by_their_third(key, mode):
    assert MODES[key_shift(key)[0] % 7] == mode


def test_the_signature_that_holds_longest_decides():
    score = with_keys(C_SCALE, (0, 0, "major"), (960, 2, "major"), (2880, -1, "minor"))
    assert choose_key(score, FLAT) == (0, -2)  # D major: 4 of 8 quarters
    score = with_keys(C_SCALE, (0, 1, "major"), (960, 2, "major"), (1920, 1, "major"))
    assert choose_key(score, FLAT) == (0, 5)  # G major: 2 and 4
    score = with_keys(C_SCALE, (0, 1, "major"), (1920, 2, "major"))
    assert choose_key(score, FLAT) == (0, 5)  # of equals the first


def test_an_unwritten_mode_is_heard():
    a_minor = make_score("A4:2 B4:1 C5:2 E5:2 G#4:1 A4:3 E4:1")
    c_major = make_score("C4:2 D4:1 E4:2 G4:2 B4:1 C5:3 G4:1")
    for score, mode in ((a_minor, "minor"), (c_major, "major")):
        grid = score_to_grid(with_keys(score, (0, 0, ""))).grid
        assert (MODES[grid.key % 7], grid.shift_semi) == (mode, 0)
    assert choose_key(with_keys(C_SCALE, (0, 0, "")), FLAT) == (0, 0)


def test_a_score_without_a_signature_is_estimated():
    d_major = make_score("D4:1 E4:1 F#4:1 G4:1 A4:1 B4:1 C#5:1 D5:1")
    assert choose_key(d_major, FLAT) == (0, -2)
    assert choose_key(make_score("drums 36:4"), np.zeros(12)) == (84, 0)
    assert choose_key(with_keys(d_major, (0, -3, "major")), FLAT, key="estimate") == (0, -2)


def test_a_key_may_be_given():
    assert choose_key(C_SCALE, FLAT, key=Key("E", "phrygian")) == (4 * 7 + 3, 0)
    assert choose_key(C_SCALE, FLAT, key="none") == (84, 0)


def test_another_word_is_refused():
    with pytest.raises(ParameterError, match="key must be"):
        choose_key(C_SCALE, FLAT, key="C major")


def test_drums_alone_have_no_key():
    drums = with_keys(make_score("drums 36:4"), (0, 2, "major"))
    assert choose_key(drums, np.zeros(12)) == (84, 0)
    assert choose_key(drums, np.zeros(12), key=Key("D", "major")) == (0, -2)
    lead = with_keys(make_score("drums 36:4", chords="D:4"), (0, 2, "major"))
    assert choose_key(lead, np.zeros(12)) == (0, -2)


def test_the_last_bass_note_decides_where_the_profile_does_not():
    score = with_keys(C_SCALE, (0, 0, ""))
    found = [MODES[choose_key(score, FLAT, last_bass=one)[0] % 7] for one in (48, 45, 43, -1)]
    assert found == ["major", "minor", "major", "major"]
    low = make_score("A4:1 C5:1 D5:1 E5:1 G5:1 A5:1 E5:2", "A2:8")
    high = make_score("A4:1 C5:1 D5:1 E5:1 G5:1 A5:1 E5:2", "C3:8")
    for one, mode in ((low, "minor"), (high, "major")):
        assert MODES[score_to_grid(with_keys(one, (0, 0, ""))).grid.key % 7] == mode
