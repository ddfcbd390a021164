"""Fingerprints: the same in every key, tempo and rhythm; different for other music."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.corpus.fingerprint import fingerprint, fingerprint_line
from motet.score import make_score, stretch, transpose
from motet.tokens import score_to_grid

TUNE = (
    "C4:1 E4:1 D4:1 G4:1 | F4:1 A4:1 G4:0.5 F4:0.5 E4:1 | D4:1 B3:1 C4:1 F4:1 | E4:1 A3:1 C4:2 | "
    * 2
)
BASS = "C3:2 G2:2 | F2:2 A2:2 | G2:2 D3:2 | A2:2 C3:2 | " * 2


def tune_print(score):
    return fingerprint(score_to_grid(score).grid)


def test_key_and_tempo_do_not_matter() -> None:
    score = make_score(TUNE, BASS)
    own = tune_print(score)
    assert len(own) > 5
    assert np.array_equal(own, tune_print(transpose(score, shift_semi=5)))
    assert np.array_equal(own, tune_print(stretch(score, factor=2)))


def test_a_part_alone_is_in_the_whole() -> None:
    whole, alone = make_score(TUNE, BASS), make_score(TUNE)
    assert len(tune_print(alone)) > 3
    assert np.isin(tune_print(alone), tune_print(whole)).all()


def test_drums_do_not_count() -> None:
    score = make_score(TUNE)
    drums = make_score("drums 36:1 38:1 36:1 38:1").parts[0]
    both = score.with_parts(*score.parts, replace(drums, role="drums"))
    assert np.array_equal(tune_print(score), tune_print(both))


def test_scales_and_trills_say_nothing() -> None:
    assert len(fingerprint_line(np.arange(40, 80))) == 0
    assert len(fingerprint_line(np.array([60, 62] * 30))) == 0


@settings(max_examples=25)
@given(
    st.lists(st.integers(40, 80), min_size=0, max_size=60),
    st.integers(-12, 12),
    st.integers(1, 3),
)
def test_shifting_and_repeating_change_nothing(line: list[int], shift: int, times: int) -> None:
    pitches = np.array(line, np.int64)
    own = fingerprint_line(pitches)
    assert np.array_equal(own, fingerprint_line(np.repeat(pitches + shift, times)))
    assert (np.diff(own.astype(object)) > 0).all()


def test_other_music_is_other() -> None:
    rng = np.random.default_rng(1)
    one, two = (fingerprint_line(rng.integers(40, 80, 400)) for _ in range(2))
    assert len(one) > 300
    assert not np.isin(one, two).any()
