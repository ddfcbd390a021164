"""Valence and arousal: each cue moves the estimate the way the literature says."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from motet.analysis import estimate_emotion
from motet.analysis.emotion import find_cues, weigh_cues
from motet.score import Score, make_score

DANCE = "C5:.5 E5:.5 G5:.5 E5:.5 D5:.5 F5:.5 A5:.5 F5:.5 C5:.5 E5:.5 G5:.5 C6:.5 G5:.5 E5:.5 C5:1"
LAMENT = "A3:2 C4:1 B3:1 A3:2 G#3:2 A3:2 D4:1 C4:1 B3:2 G#3:2 A3:4"


def judge(text: str, *more: str, **known: float) -> tuple[float, float]:
    found = estimate_emotion(make_score(text, *more, **known))
    assert found is not None
    return found.valence, found.arousal


def test_fast_major_dance_and_slow_minor_lament_lie_at_the_corners() -> None:
    glad, lively = judge(DANCE, qpm=168)
    sad, calm = judge(LAMENT, qpm=52)
    assert glad > 0.5
    assert lively > 0.5
    assert sad < -0.5
    assert calm < -0.5


@pytest.mark.parametrize(("slow", "fast"), [(50, 80), (80, 120), (120, 200)])
def test_a_faster_tempo_raises_both(slow: int, fast: int) -> None:
    before, after = judge(LAMENT, qpm=slow), judge(LAMENT, qpm=fast)
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_minor_is_sadder_and_as_lively() -> None:
    major = judge("C4:1 D4:1 E4:1 F4:1 G4:1 E4:1 D4:1 C4:1", qpm=100)
    minor = judge("C4:1 D4:1 Eb4:1 F4:1 G4:1 Eb4:1 D4:1 C4:1", qpm=100)
    assert minor[0] < major[0] - 0.3
    assert abs(minor[1] - major[1]) < 0.1


def test_unknown_tempo_leaves_arousal_to_the_other_cues() -> None:
    slow, quick = (
        estimate_emotion(replace(make_score(text), tempos=()))
        for text in ("C4:4 D4:4 E4:4 G4:4", "C4:.25 D4:.25 E4:.25 G4:.25 " * 8)
    )
    assert slow is not None
    assert quick is not None
    assert slow.parts["tempo"] == quick.parts["tempo"] == (0.0, 0.0, 0.0)
    assert slow.arousal < quick.arousal


def test_louder_and_drums_excite() -> None:
    def with_velocity(velocity: int) -> Score:
        score = make_score(DANCE)
        notes = tuple(replace(note, velocity=velocity) for note in score.parts[0].notes)
        return replace(score, parts=(replace(score.parts[0], notes=notes),))

    quiet, loud = (estimate_emotion(with_velocity(one)) for one in (40, 120))
    assert quiet is not None
    assert loud is not None
    assert quiet.arousal < loud.arousal
    assert judge(LAMENT)[1] < judge(LAMENT, "drums " + "36:1 38:1 " * 10)[1]


def test_seconds_and_tritones_darken() -> None:
    assert judge("C4+E4+G4:1 " * 8)[0] > judge("C4+F#4+G4:1 " * 8)[0]


def test_drums_alone_say_nothing_of_valence() -> None:
    found = estimate_emotion(make_score("drums 36:1 38:1 36:1 38:1"))
    assert found is not None
    assert math.isnan(found.valence)
    assert -1 <= found.arousal <= 1
    assert found.to_dict()["valence"] is None


def test_too_few_notes_have_no_emotion() -> None:
    assert estimate_emotion(make_score("C4:1 D4:1 E4:1")) is None


def test_parts_add_up_and_the_ends_are_never_passed() -> None:
    cues = dict.fromkeys(
        ("tempo", "rate", "loudness", "detachment", "register", "dissonance", "drums", "mode"), 0.0
    )
    one = weigh_cues(cues | {"tempo": 1.0, "mode": -1.0})
    assert sum(row[1] for row in one.parts.values()) == pytest.approx(0.5 - 1.0)
    extreme = weigh_cues(dict.fromkeys(cues, 100.0))
    assert extreme.arousal < 1
    assert weigh_cues(dict.fromkeys(cues, -100.0)).arousal > -1


def test_notes_in_any_order_give_the_same_cues() -> None:
    rng = np.random.default_rng(1)
    n = 40
    columns = {
        "onset_qn": rng.integers(0, 32, n) / 2,
        "duration_qn": rng.integers(1, 5, n) / 2,
        "pitch": rng.integers(40, 80, n),
        "velocity": rng.integers(30, 120, n),
        "part": rng.integers(0, 2, n),
        "is_drum": np.zeros(n, np.bool_),
    }
    order = rng.permutation(n)
    moved = {name: column[order] for name, column in columns.items()}
    known = {"length_qn": 18.0, "qpm": 90.0, "mode_valence": -1.0}
    assert find_cues(**columns, **known) == pytest.approx(find_cues(**moved, **known))
