"""Phrases of events: round trips, rests, what is left untold."""

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.phrases.event_codec import FAR, NO_CHORD, NO_STYLE, PAD, REST, Ground, read_stream
from motet.phrases.events import KIND, EventOptions, events_of, extract, to_grid, vary
from motet.score import make_score
from motet.tokens import score_to_grid

TUNE = ["C5:1 D5:0.5 E5:0.5 F5:1 r:1", "G5:1.5 A5:0.5 G5:2", "C5:1 D5:0.5 E5:0.5 F5:1 r:1", "E5:4"]


def _grid(*parts):
    return score_to_grid(make_score(*parts, fifths=0), key="none").grid


@pytest.mark.parametrize("content", ["melody", "poly", "drums"])
def test_a_phrase_gives_the_same_music_back(content):
    lines = [
        " | ".join(TUNE),
        " | ".join(["C4+E4+G4:2 F4+A4:2"] * 4),
        " | ".join(["C2:2 F2:2"] * 4),
    ]
    drums = "drums " + " | ".join(["36:1 42:0.5 42:0.5 38:1 42:1"] * 4)
    kept = {"melody": [" | ".join(TUNE * 2)], "drums": [drums], "poly": [*lines, drums]}[content]
    grid = _grid(*kept)
    (phrase,) = extract(grid, EventOptions(content=content, length=96)) or [None]
    back = to_grid(phrase)
    fields = ["bar", "part", "pos", "pitch"] + ([] if content != "melody" else ["dur"])
    assert back.notes[fields].tolist() == grid.notes[fields].tolist()
    assert [one.is_drums for one in back.parts] == [one.is_drums for one in grid.parts]


def test_a_long_wait_is_said_with_rests():
    grid = _grid("C5:1 " + " | ".join(["r:3", *["r:4"] * 6, "D5:1 E5:1 F5:1 G5:1"]))
    phrase = events_of(read_stream(grid, "melody"), Ground(grid), length=16)
    pitches = phrase["events"][1:, 2].tolist()
    assert pitches[:3] == [72, REST, 74]
    assert pitches.index(PAD) == 6
    assert to_grid(phrase).notes.tolist() == grid.notes.tolist()


def test_what_says_too_little_gives_no_phrase():
    assert extract(_grid("C5:1 D5:1 E5:1 F5:1"), EventOptions()) == []
    lone = _grid(" | ".join(TUNE * 2))
    assert extract(lone, EventOptions(content="poly")) == []
    assert extract(lone, EventOptions(content="drums")) == []


def test_phrases_begin_at_bars_and_have_the_shapes_of_their_options():
    found = extract(_grid(" | ".join(TUNE * 12)), EventOptions(length=32))
    assert 1 < len(found) <= 6
    for one in found:
        assert one["events"].shape == (33, 5)
        assert one["events"].dtype == np.uint8
        assert one["place"][0, :2].tolist() == [0, 0]


def test_variations_only_leave_things_out():
    grid = _grid(" | ".join(TUNE * 4))
    one = extract(grid, EventOptions(length=32))[0]
    batch = {name: np.stack([array] * 200) for name, array in one.items()}
    varied = vary(batch, np.random.default_rng(0))
    for name in ("events", "lags", "last", "sound", "mode"):
        assert np.array_equal(varied[name], batch[name])
    assert set(np.unique(varied["style"])) <= {NO_STYLE, int(one["style"])}
    assert 0.2 < (varied["place"][:, 1, 4] == FAR).mean() <= 1
    assert (varied["chords"][varied["chords"] != batch["chords"]] == NO_CHORD).all()


@pytest.mark.parametrize("wrong", [{"content": "choir"}, {"length": 3}, {"length": 9999}])
def test_other_options_are_refused(wrong):
    with pytest.raises(ParameterError, match="must be"):
        EventOptions(**wrong)
    assert KIND.options is EventOptions
