"""Confidences: ordered as they should be, within 0 and 1."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.analysis import estimate_chords
from motet.analysis.confidence import SpanFeatures, calibrate
from motet.score import make_score

FULL = SpanFeatures(p=0.99, n_voices=3.0, n_cells=4, foreign=0.0, n_tones=3, bass=1.0, weight=4.0)


@settings(max_examples=30)
@given(st.floats(0, 1), st.floats(0, 12), st.integers(0, 500), st.floats(0, 1), st.integers(0, 7))
def test_always_a_probability(p, n_voices, n_cells, foreign, n_tones):
    features = SpanFeatures(p, n_voices, n_cells, foreign, n_tones, bass=0.5, weight=3.0)
    assert 0.0 < calibrate(features) < 1.0


def test_surer_models_and_purer_chords_are_surer():
    assert calibrate(replace(FULL, p=0.5)) < calibrate(FULL)
    assert calibrate(replace(FULL, foreign=0.4)) < calibrate(FULL)
    assert calibrate(replace(FULL, n_tones=1)) < calibrate(FULL)


def test_a_bare_melody_is_less_sure_than_the_same_with_chords():
    melody = "E5:1 D5:1 C5:2 | F5:1 E5:1 D5:2 | G5:1 F5:1 D5:1 B4:1 | C5:4"
    alone = estimate_chords(make_score(melody))
    full = estimate_chords(
        make_score(melody, "G4+E4:4 | F4+A4:4 | F4+G4+B4:4 | E4+G4:4", "C3:4 | F3:4 | G2:4 | C3:4")
    )
    assert [one.chord.root for one in full] == ["C", "F", "G", "C"]
    assert min(one.confidence for one in full) > 0.75
    assert max(one.confidence for one in alone) < 0.65
