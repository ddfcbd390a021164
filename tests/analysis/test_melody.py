"""The melody part and the skyline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motet.analysis.melody import FEATURES, estimate_melody, melody_features, skyline
from motet.score import make_score

TUNE = "G4:1 A4:1 B4:1 C5:1 D5:2 B4:1 A4:1 "
CHORDS = "C3+E3+G3:2 D3+F#3+A3:2 G3+B3+D4:2 C3+E3+G3:2 "


def test_the_tune_is_found_wherever_it_stands() -> None:
    for place, texts in enumerate([(TUNE, CHORDS), (CHORDS, TUNE)]):
        found = estimate_melody(make_score(*texts), use_words=False)
        assert found is not None
        assert found.part == place
        assert found.p > 0.5
        assert abs(sum(found.p_parts) - 1) < 1e-9


def test_words_can_overrule_the_notes() -> None:
    score = make_score(TUNE, CHORDS)
    chords = replace(score.parts[1], role="melody")
    found = estimate_melody(score.with_parts(score.parts[0], chords))
    assert found is not None
    assert found.part == 1
    silent = estimate_melody(score.with_parts(score.parts[0], chords), use_words=False)
    assert silent is not None
    assert silent.part == 0


def test_drums_and_silence_are_no_melody() -> None:
    assert estimate_melody(make_score("drums 36:1 38:1")) is None
    assert estimate_melody(make_score()) is None
    found = estimate_melody(make_score("drums 36:1 38:1", TUNE))
    assert found is not None
    assert found.p_parts[0] == 0.0


def test_features_have_their_columns() -> None:
    found = melody_features(make_score(TUNE, CHORDS, "drums 36:1"))
    assert found.shape == (3, len(FEATURES))
    assert found[0, FEATURES.index("monophony")] == 1.0
    assert found[1, FEATURES.index("monophony")] == 1 / 3
    assert np.isnan(found[2]).all()


def test_the_skyline_drops_what_is_covered() -> None:
    part = make_score("C5:4", "r:1 E4:1 E5:1 C4:1").parts
    both = replace(part[0], notes=part[0].notes + part[1].notes)
    assert [note.pitch for note in skyline(both)] == [72, 76]
