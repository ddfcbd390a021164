"""Emotions: words, pairs, and what they ask of the music."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.brief.brief import Brief
from motet.brief.emotion import EMOTIONS, find_mood, read_emotion, settle_emotion, tell_emotion
from motet.errors import ParameterError

AXIS = st.floats(-1, 1)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("happy", (0.8, 0.5)), ("开心", (0.8, 0.5)), (" Sad ", (-0.7, -0.4)),
        ("0.7,-0.3", (0.7, -0.3)), ("-.5 , 1", (-0.5, 1.0)), ("0.7\uff0c-0.3", (0.7, -0.3)),
        ("0.7 -0.3", (0.7, -0.3)), ([0.2, 0], (0.2, 0.0)), (None, None), ("", None),
    ],
)  # fmt: skip
def test_words_and_pairs_are_read_in_both_languages(value: object, found: object) -> None:
    assert read_emotion(value) == found


@pytest.mark.parametrize("value", ["blue", "2,0", "0.5", (0.1,), (2, 0), 7, "0.1,0.2,0.3"])
def test_what_is_no_emotion_is_refused_in_both_languages(value: object) -> None:
    with pytest.raises(ParameterError, match="happy") as caught:
        read_emotion(value)
    assert "欢快" in caught.value.zh


@settings(max_examples=50)
@given(AXIS, AXIS)
def test_a_mood_stays_within_its_bounds(valence: float, arousal: float) -> None:
    mood = find_mood((valence, arousal))
    assert 0.6 <= mood.tempo_ratio <= 1.6
    assert 0.6 <= mood.density_ratio <= 1.6
    assert 0.5 <= mood.held_share <= 1
    assert 1 <= mood.intensity <= 5
    assert mood.wants_minor == (valence < 0)


@settings(max_examples=50)
@given(AXIS, AXIS, AXIS)
def test_more_arousal_is_never_slower_softer_or_thinner(
    valence: float, one: float, other: float
) -> None:
    low, high = (find_mood((valence, arousal)) for arousal in sorted((one, other)))
    assert low.tempo_ratio <= high.tempo_ratio
    assert low.density_ratio <= high.density_ratio
    assert low.velocity_shift <= high.velocity_shift
    assert low.intensity <= high.intensity
    assert low.held_share >= high.held_share


def test_harmony_darkens_with_low_valence_only() -> None:
    found = {word: find_mood(EMOTIONS[word]).harmony for word in EMOTIONS}
    assert {found[word] for word in ("tense", "angry", "紧张", "愤怒")} == {"tense"}
    assert {found[word] for word in ("sad", "gloomy", "悲伤")} == {"dark"}
    assert {found[word] for word in ("happy", "excited", "calm", "tender")} == {"plain"}


def test_every_word_is_told_by_a_word_of_its_own_place() -> None:
    for place in EMOTIONS.values():
        en, zh = tell_emotion(place)
        assert EMOTIONS[en] == EMOTIONS[zh] == place


def test_what_the_brief_says_wins_over_the_emotion() -> None:
    brief = settle_emotion(Brief(emotion="angry", style="swing", intensity=1))
    assert (brief.style, brief.intensity) == ("swing", 1)
    assert settle_emotion(Brief(emotion="angry", qpm=60)).qpm == 60
    assert settle_emotion(Brief(emotion="angry", style="swing")).qpm is None
    assert settle_emotion(Brief()).style == ""
    assert settle_emotion(Brief()).intensity == 3
    assert settle_emotion(settle_emotion(Brief(emotion="calm"))) == settle_emotion(
        Brief(emotion="calm")
    )


def test_tempos_of_open_styles_run_from_gloomy_to_excited() -> None:
    words = ("gloomy", "sad", "tender", "happy", "excited")
    tempos = [settle_emotion(Brief(emotion=word)).qpm or 0.0 for word in words]
    assert tempos == sorted(tempos)
    assert 60 < tempos[0] < 80
    assert 140 < tempos[-1] < 170
