"""Keys of synthetic cadences, and what is said of silence."""

from __future__ import annotations

import numpy as np
import pytest

from chord_sound import play
from motet.audio import key_from_chroma
from motet.audio.chroma import fold_chroma
from motet.audio.key import (
    describe_key,
    heard_key,
    key_probabilities,
    match_key_profile,
    signature_of,
)

MAJOR = [(36, 52, 55, 60), (41, 53, 57, 60), (43, 50, 59, 65), (36, 52, 55, 60)]
MINOR = [(45, 52, 57, 60), (38, 53, 57, 62), (40, 56, 59, 62), (45, 52, 57, 60)]


@pytest.mark.parametrize("shift", [0, 4, 9])
@pytest.mark.parametrize(("chords", "tonic", "mode"), [(MAJOR, 0, "major"), (MINOR, 9, "minor")])
def test_cadences_in_several_keys(
    shift: int, chords: list[tuple[int, ...]], tonic: int, mode: str
) -> None:
    sound = play([tuple(p + shift for p in chord) for chord in chords * 2])
    chroma = fold_chroma([sound])
    found = key_from_chroma(chroma)
    assert (found.tonic, found.mode) == ((tonic + shift) % 12, mode)
    assert key_probabilities(chroma).sum() == pytest.approx(1.0)
    assert found.confidence == pytest.approx(key_probabilities(chroma).max(), abs=1e-4)


def test_the_baseline_hears_a_scale() -> None:
    sound = play([(60 + step,) for step in (0, 2, 4, 5, 7, 9, 11, 12, 7, 4, 0)], each_s=0.5)
    assert match_key_profile(fold_chroma([sound])).name == "C major"


def test_silence_is_no_evidence() -> None:
    chroma = fold_chroma([np.zeros(22050, np.float32)])
    assert key_from_chroma(chroma).confidence == 0.0
    assert match_key_profile(chroma).confidence == 0.0
    assert np.allclose(key_probabilities(chroma), 1 / 24)


def test_all_keys_have_names_with_at_most_six_signs() -> None:
    keys = [heard_key(k, 0.5) for k in range(24)]
    assert len({key.name for key in keys}) == 24
    assert all(-6 <= signature_of(key) <= 6 for key in keys)
    assert [keys[k].name for k in (1, 6, 13, 18)] == [
        "Db major",
        "Gb major",
        "C# minor",
        "F# minor",
    ]


def test_transposing_turns_what_is_told() -> None:
    chroma = fold_chroma([play(MAJOR)])
    table = describe_key(chroma)
    assert table.shape == (12, 72)
    assert np.allclose(np.roll(table[0].reshape(6, 12), -5, axis=1), table[5].reshape(6, 12))
