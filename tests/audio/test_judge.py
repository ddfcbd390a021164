import numpy as np

from motet.audio.candidates import find_candidates
from motet.audio.judge import N_FEATURES, describe_candidates, judge_candidates
from motet.audio.network import FRAME_S, Posteriors


def heard(notes: list[tuple[int, int, int, float, float]]) -> Posteriors:
    """Return likelihoods of notes: start, end, column, onset, loudness in dB."""
    onset, frame = np.full((2, 200, 88), 0.03, np.float32)
    level = np.full((200, 88), -80, np.float32)
    for start, end, column, height, level_db in notes:
        onset[start - 1 : start + 2, column] = 0.5 * height
        onset[start, column] = height
        frame[start:end, column] = height
        level[start:end, column] = level_db
    return Posteriors(onset, frame, np.zeros((200, 264), np.float32), FRAME_S, level)


def sure_of(posteriors: Posteriors) -> dict[int, float]:
    found = find_candidates(posteriors, strike_least=0.2)
    sure = judge_candidates(posteriors, found)
    return dict(zip(found["column"].tolist(), sure.tolist(), strict=True))


def test_a_clear_note_is_surer_than_a_faint_one() -> None:
    sure = sure_of(heard([(50, 90, 39, 0.9, -20), (120, 135, 43, 0.3, -50)]))
    assert sure[39] > 0.8
    assert sure[43] < 0.5


def test_an_overtone_of_a_lower_note_is_less_sure_than_a_note_of_its_own() -> None:
    alone = sure_of(heard([(50, 90, 51, 0.45, -32)]))
    above = sure_of(heard([(50, 90, 39, 0.9, -20), (50, 90, 51, 0.45, -32)]))
    assert above[51] < alone[51]


def test_the_loudness_of_the_recording_does_not_matter() -> None:
    loud = heard([(50, 90, 39, 0.9, -20), (50, 90, 51, 0.5, -30)])
    soft = Posteriors(loud.onset, loud.frame, loud.contour, FRAME_S, loud.level_db - 5)
    found = find_candidates(loud)
    assert np.allclose(judge_candidates(loud, found), judge_candidates(soft, found), atol=1e-4)


def test_features_are_finite_at_the_edges() -> None:
    posteriors = heard([(1, 200, 0, 0.9, -20), (190, 200, 87, 0.9, -20)])
    found = find_candidates(posteriors)
    features = describe_candidates(posteriors, found)
    assert features.shape == (2, N_FEATURES)
    assert np.isfinite(features).all()
    assert np.abs(features).max() < 12
    assert judge_candidates(posteriors, found[:0]).shape == (0,)
