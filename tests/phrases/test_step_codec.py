"""Tokens of lines and drums, by hand."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.phrases.step_codec import HOLD, VOICES, read_drums, read_line, write_voice

MELODY, DRUMS = VOICES["melody"][0], VOICES["drums"][0]


def _rows(n_steps, n_tokens):
    return st.lists(st.integers(0, n_tokens - 1), min_size=2 * n_steps, max_size=2 * n_steps)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([8, 12, 16]), st.data())
def test_lines_come_back_from_their_notes(n_steps, data):
    flat = data.draw(_rows(n_steps, MELODY.n_tokens))
    silent = True
    for k, token in enumerate(flat):  # a note cannot go on from nothing
        silent = token == 0 or (silent and token == HOLD)
        flat[k] = 0 if silent else token
    tokens = np.zeros((2, 16), int)
    tokens[:, :n_steps] = np.array(flat).reshape(2, n_steps)
    notes = write_voice(tokens, MELODY, n_steps=n_steps, part=0)
    found = read_line(notes, 2, n_steps).tokens
    assert np.where(found > HOLD, found - MELODY.low, found).tolist() == tokens.tolist()


@settings(max_examples=20, deadline=None)
@given(_rows(16, DRUMS.n_tokens))
def test_drums_come_back_from_their_notes(flat):
    tokens = np.array(flat).reshape(2, 16)
    notes = write_voice(tokens, DRUMS, n_steps=16, part=0)
    assert read_drums(notes, 2, 16).tokens.tolist() == tokens.tolist()


def test_a_note_that_goes_on_over_the_bar_line_is_one_note():
    tokens = np.zeros((2, 16), int)
    tokens[0, 12:], tokens[1, :4] = [14, 1, 1, 1], 1
    (note,) = write_voice(tokens, MELODY, n_steps=16, part=0)
    assert (note["bar"], note["pos"], note["dur"], note["pitch"]) == (0, 72, 48, 60)
