"""Features of emotion: hand-made scores whose numbers are known."""

from __future__ import annotations

import numpy as np
import pytest

from motet.score import Score, make_score, transpose
from motet.suite.emotion_features import EMOTION_FEATURES, find_emotion_features


def heard(score: Score) -> dict[str, float]:
    return dict(zip(EMOTION_FEATURES, find_emotion_features(score).tolist(), strict=True))


def test_time_is_counted_in_seconds() -> None:
    slow = heard(make_score("C4:1 E4:1 G4:1 C5:1", qpm=60))
    fast = heard(make_score("C4:1 E4:1 G4:1 C5:1", qpm=120))
    assert fast["log_qpm"] - slow["log_qpm"] == pytest.approx(1.0)
    assert fast["log_onsets_s"] - slow["log_onsets_s"] == pytest.approx(1.0)
    assert 2 ** slow["log_gap_s"] == pytest.approx(1.0)
    assert slow["held_share"] == pytest.approx(1.0)


def test_detached_notes_are_short() -> None:
    found = heard(make_score("C4:.5 r:.5 E4:.5 r:.5 G4:.5 r:.5 C5:.5 r:.5"))
    assert found["held_share"] == pytest.approx(0.5)
    assert found["short_share"] == 1.0


def test_major_and_minor_are_told_apart_in_every_key() -> None:
    major = make_score("C4:1 E4:1 G4:1 E4:1 | C4:1 G4:1 E4:1 C4:1", "C3:4 | C3:4")
    minor = make_score("C4:1 Eb4:1 G4:1 Eb4:1 | C4:1 G4:1 Eb4:1 C4:1", "C3:4 | C3:4")
    for shift in (0, 3, 8):
        assert heard(transpose(major, shift_semi=shift))["mode_gap"] > 0
        assert heard(transpose(minor, shift_semi=shift))["mode_gap"] < 0
    assert heard(minor)["minor_third_share"] > 0.9 > 0.1 > heard(major)["minor_third_share"]
    assert heard(minor)["bass_minor_share"] > heard(major)["bass_minor_share"]


def test_loudness_and_drums_are_not_heard() -> None:
    plain = make_score("C4:1 E4:1 G4:1 C5:1")
    loud = plain.with_parts(
        *(
            type(part)(
                name=part.name,
                notes=tuple(
                    type(n)(
                        onset_tick=n.onset_tick,
                        duration_tick=n.duration_tick,
                        pitch=n.pitch,
                        velocity=120,
                    )
                    for n in part.notes
                ),
            )
            for part in plain.parts
        )
    )
    assert np.allclose(find_emotion_features(plain), find_emotion_features(loud), equal_nan=True)
    assert np.isnan(find_emotion_features(make_score("drums 36:1 38:1 36:1 38:1"))).all()
