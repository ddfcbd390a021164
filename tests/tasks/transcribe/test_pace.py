"""The beat of a tune sung alone: even where nearly even, dotted where in threes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.audio.heard import HeardBeats, HeardNote
from motet.errors import ParameterError
from motet.tasks.transcribe.pace import even_out, find_pace, with_dotted_beats

BEATS = HeardBeats(np.arange(13) * 0.6, np.arange(13) % 4, 4, 1.0, (4, 4), 100.0, 0.5, 0.9)


def notes_at(*onsets: float) -> list[HeardNote]:
    return [HeardNote(t, t + 0.1, 60 + k % 5, 80, 1.0) for k, t in enumerate(onsets)]


def test_a_tempo_that_changes_is_followed() -> None:
    slower = replace(BEATS, time_s=np.cumsum(np.linspace(0.5, 0.8, 13)))
    assert even_out(slower) is slower


def test_a_steady_one_is_made_even() -> None:
    rng = np.random.default_rng(2)
    shaky = replace(BEATS, time_s=BEATS.time_s + rng.normal(size=13) * 0.01)
    even = even_out(shaky)
    assert np.ptp(np.diff(even.time_s)) < 1e-9
    assert even.qpm == pytest.approx(100, abs=1)
    assert even.time_s[0] >= 0


def test_swing_stays_in_four() -> None:
    swung = [0.6 * k + late for k in range(12) for late in (0.0, 0.4)]
    assert with_dotted_beats(BEATS, notes_at(*swung)) is BEATS


def test_eighths_and_sixteenths_stay_in_four() -> None:
    straight = [0.15 * k for k in range(48)]
    assert with_dotted_beats(BEATS, notes_at(*straight)) is BEATS


def test_a_waltz_of_triplets_is_nine_eight() -> None:
    waltz = replace(BEATS, beats_per_bar=3, metre=(3, 4), place=np.arange(13) % 3)
    found = with_dotted_beats(waltz, notes_at(*(0.2 * k for k in range(36))))
    assert (found.metre, found.beat_qn, found.qpm) == ((9, 8), 1.5, 150.0)


def test_what_is_known_is_kept() -> None:
    jig = notes_at(*(0.2 * k for k in range(48)))
    assert find_pace(jig, metre="4/4").metre == (4, 4)
    with pytest.raises(ParameterError, match="qpm must be 20 to 400"):
        find_pace(jig, qpm=9)
