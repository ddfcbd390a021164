"""Lines in the range of their voice, and bars of one length."""

import numpy as np

from motet.phrases.step_codec import VOICES
from motet.phrases.step_lines import equal_runs, fit_octave, place_line
from motet.score import make_score
from motet.tokens import score_to_grid


def test_a_low_line_moves_by_octaves_all_alike():
    voice = VOICES["melody"][0]
    assert fit_octave(np.array([2 + 30, 1, 2 + 40]), voice) == 24
    assert fit_octave(np.array([2 + 98]), voice) == -12
    assert fit_octave(np.array([2 + 20, 2 + 90]), voice) is None


def test_a_line_that_no_octave_fits_is_folded_note_by_note():
    voice = VOICES["melody"][0]
    placed = place_line(np.array([[2 + 20, 1, 2 + 60, 2 + 100]]), voice, None)
    assert placed.min() >= 1
    assert placed.max() < voice.n_tokens
    assert ((placed[0, [0, 2, 3]] - 2 + voice.low) % 12).tolist() == [20 % 12, 0, 100 % 12]


def test_a_bar_of_five_quarters_ends_a_run():
    grid = score_to_grid(make_score("C5:3 D5:3", metre="3/4")).grid
    assert list(equal_runs(grid)) == [(0, 2, 12)]
    assert list(equal_runs(score_to_grid(make_score("C5:5", metre="5/4")).grid)) == []
